"""A silent room to run somebody else's code in: no print, no warning, no exit gets out of it."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


class ExitError(RuntimeError):
    """The user's code called ``sys.exit``; an error like any other, because our process stays."""


@contextlib.contextmanager
def quiet(warned: list[warnings.WarningMessage] | None = None) -> Iterator[io.StringIO]:
    """Run the block with its prints collected in the yielded stream and its warnings in `warned`, or nowhere.

    Raises `ExitError` where the block ends the interpreter; every other exception passes.
    """
    stream = io.StringIO()
    with (
        contextlib.redirect_stdout(stream),
        warnings.catch_warnings(record=warned is not None) as seen,
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore" if warned is None else "always")
        try:
            yield stream
        except SystemExit as leaving:
            raise ExitError(
                f"the code called sys.exit({'' if leaving.code is None else repr(leaving.code)})"
            ) from leaving
        finally:
            if warned is not None and seen:
                warned += seen


def runs(function: Callable[..., Any], arguments: dict[str, Any]) -> bool:
    """Whether a call with these arguments ends without an exception."""
    try:
        with quiet():
            function(**arguments)
    except Exception:  # noqa: BLE001 - whatever is raised, the answer is no
        return False
    return True
