"""Stdout belongs to the findings: what the user's code prints meanwhile goes to stderr."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TextIO

STDOUT, STDERR = 1, 2


@contextlib.contextmanager
def user_prints_aside() -> Iterator[None]:
    """Send prints, and what compiled code writes to descriptor 1, to stderr while the work is done."""
    with contextlib.redirect_stdout(sys.stderr), _descriptor_aside():
        yield


@contextlib.contextmanager
def _descriptor_aside() -> Iterator[None]:
    try:
        kept = os.dup(STDOUT)
    except OSError:  # started without a stdout
        yield
        return
    try:
        with contextlib.suppress(ValueError, OSError, AttributeError):
            sys.__stdout__.flush()  # type: ignore[union-attr]  # None without a console: suppressed
        os.dup2(STDERR, STDOUT)
        yield
    finally:
        _flush_c_buffers()
        os.dup2(kept, STDOUT)
        os.close(kept)


def silence(stream: TextIO) -> None:
    """Point a stream at nothing after its reader has gone, so that the interpreter's last flush stays quiet."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # without a descriptor there is nothing to flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _flush_c_buffers() -> None:
    """What C's printf still holds must leave before descriptor 1 is stdout again."""
    with contextlib.suppress(Exception):  # no C library to ask: nothing to flush that we could reach
        import ctypes  # noqa: PLC0415 - not every platform has it

        ctypes.CDLL(None).fflush(None)
