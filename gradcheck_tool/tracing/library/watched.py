"""Functions of the user's given to a library function that has no entry: they may not bring recorded values in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import plain
from gradcheck_tool.tracing.library.naming import is_library, refused
from gradcheck_tool.tracing.library.objects import LibraryObject
from gradcheck_tool.tracing.recorder import Recorder

_DEPTH = 3


def calls_back(x: Any, depth: int = 0) -> bool:
    """Whether x is, or a container of arguments holds, something the library could call."""
    kind = type(x)
    if depth < _DEPTH and kind in (list, tuple):
        return any(calls_back(part, depth + 1) for part in x)
    if depth < _DEPTH and kind is dict:
        return any(calls_back(part, depth + 1) for part in x.values())
    return callable(x) and not isinstance(x, type | np.ufunc)


def watched(recorder: Recorder, name: str, x: Any, depth: int = 0) -> Any:
    """Arguments whose functions refuse the call of `name` as soon as they meet a value that depends on the inputs.

    Without this a solver written in Python would run on recorded values and return its last interval as a constant.
    """
    kind = type(x)
    if depth <= _DEPTH and kind in (list, tuple):
        return kind(watched(recorder, name, part, depth + 1) for part in x)
    if depth <= _DEPTH and kind is dict:
        return {key: watched(recorder, name, part, depth + 1) for key, part in x.items()}
    if type(x) is LibraryObject or is_library(x) or is_library(type(x)) or not calls_back(x):
        return x
    return _watched(recorder, name, x)


def _watched(recorder: Recorder, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def watching(*args: Any, **keywords: Any) -> Any:
        lines, decisions = len(recorder.value), len(recorder.flags)
        result = function(*args, **keywords)
        if len(recorder.value) > lines or len(recorder.flags) > decisions or holds_active(recorder, result):
            raise refused(name)
        return plain(result)

    return watching
