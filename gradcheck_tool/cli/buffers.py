"""What a command does about memory: large buffers are kept for the next use, records stay below a limit."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3  # names of glibc's <malloc.h>
_KEPT, _PAD = 1 << 30, 64 << 20  # bytes


def prepare_memory(limit: int | None) -> None:
    """What every command does about memory before its work: keep buffers, and hold records below `limit` bytes."""
    from gradcheck_tool.tracing.budget import allow_memory  # noqa: PLC0415 - the engine loads when the work starts

    keep_buffers()
    allow_memory(limit)


def keep_buffers() -> bool:
    """Tell glibc's allocator to keep freed memory; True where it listens.

    By default it gives every large array back to the kernel as soon as it is freed, and each new one starts with
    page faults: array code runs up to five times slower. A library must not change that for its host, a command
    may: this is called where a command line starts.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return False
    answers = [
        mallopt(name, value) for name, value in ((_MMAP_THRESHOLD, _KEPT), (_TRIM_THRESHOLD, _KEPT), (_TOP_PAD, _PAD))
    ]
    return all(answers)
