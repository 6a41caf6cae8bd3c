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
def quiet() -> Iterator[io.StringIO]:
    """Run the block with its prints collected in the yielded stream and its warnings off.

    Raises `ExitError` where the block ends the interpreter; every other exception passes.
    """
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            yield stream
        except SystemExit as leaving:
            raise ExitError(
                f"the code called sys.exit({'' if leaving.code is None else repr(leaving.code)})"
            ) from leaving


def runs(function: Callable[..., Any], arguments: dict[str, Any]) -> bool:
    """Whether a call with these arguments ends without an exception."""
    try:
        with quiet():
            function(**arguments)
    except Exception:  # noqa: BLE001 - whatever is raised, the answer is no
        return False
    return True
