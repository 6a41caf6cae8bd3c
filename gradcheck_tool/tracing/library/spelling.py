"""Entries for library functions that are spelled with recorded operations: the library is asked first, and believed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.audit import bare, settled
from gradcheck_tool.tracing.recorder import Recorded, Recorder
from gradcheck_tool.tracing.ufuncs import refusal

Entry = Callable[..., Any]
# What our own code may raise on arguments it never thought of.
STUMBLES = (TypeError, ValueError, IndexError, AttributeError, ArithmeticError)


def library_function(name: str) -> Callable[..., Any]:
    """The function of that dotted name; the library is there, since the user's code has called it."""
    module, _, last = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(module), last)
    return found


def asked(name: str, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """What the library answers to arguments without a record here; in an outer recording, what that records."""
    from gradcheck_tool.tracing.library import entries  # noqa: PLC0415 - it gathers the files that import this one

    for x in (*args, *keywords.values()):
        for inner in x if type(x) in (list, tuple) else (x,):
            if isinstance(type(inner), Recorded):
                return entries()[name](type(inner).recorder, *args, **keywords)
    return library_function(name)(*args, **keywords)


def spelled(name: str, entry: Entry) -> Entry:
    """An entry whose values are the library's own, and which is refused where it disagrees with them."""

    @wraps(entry)
    def checked(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        expected = asked(name, bare(recorder, args), bare(recorder, keywords))
        try:
            result = entry(recorder, *args, **keywords)
        except CannotFollow:
            raise
        except STUMBLES as error:
            raise refusal(f"{name} with these arguments") from error
        return settled(recorder, result, expected, name)

    return checked


def spelled_all(prefix: str, functions: dict[str, Entry]) -> dict[str, Entry]:
    """A table of entries by dotted name from one by plain name."""
    return {f"{prefix}.{name}": spelled(f"{prefix}.{name}", entry) for name, entry in functions.items()}
