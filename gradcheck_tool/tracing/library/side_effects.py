"""Counters and lists of the user's, which our own extra calls of his function must leave as they were.

A function that counts its calls, or keeps the points it was called at, is called more often here than in a plain run.
What an extra call adds to such plain data is taken away again. Recorded values it writes stay: they are what the
function computes at the solution.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

from gradcheck_tool.tracing.place import is_foreign

_PLAIN = (int, float, bool)  # exactly these: a recorded number is none of them
_DEPTH = 3


class Undone:
    """The context of one extra call of `function`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._undo: list[Callable[[], None]] = []
        self._seen: set[int] = set()
        self._function = function

    def __enter__(self) -> None:
        self._visit(self._function, 0)

    def __exit__(self, *_error: object) -> None:
        for undo in self._undo:
            undo()

    def _visit(self, x: Any, depth: int) -> None:  # noqa: C901 - one branch per kind of object
        if type(x) in _PLAIN or depth > _DEPTH or id(x) in self._seen:
            return
        self._seen.add(id(x))
        if isinstance(x, functools.partial):
            for part in (x.func, *x.args, *x.keywords.values()):
                self._visit(part, depth + 1)
        elif isinstance(x, MethodType):
            self._visit(x.__func__, depth)
            self._visit(x.__self__, depth)
        elif isinstance(x, FunctionType):
            if is_foreign(x.__code__.co_filename) and "site-packages" not in x.__code__.co_filename:
                self._function_state(x, depth)
        elif type(x) is list:
            self._list(x)
        elif type(x) is dict:
            self._dict(x)
        elif _is_users(type(x)) and type(getattr(x, "__dict__", None)) is dict:
            self._dict(x.__dict__)
            for inner in list(x.__dict__.values()):
                self._visit(inner, depth + 1)

    def _function_state(self, function: FunctionType, depth: int) -> None:
        for cell in function.__closure__ or ():
            try:
                found = cell.cell_contents
            except ValueError:
                continue  # not yet bound
            if type(found) in _PLAIN:
                self._undo.append(functools.partial(_restore_cell, cell, found))
            self._visit(found, depth + 1)
        for name in function.__code__.co_names:
            found = function.__globals__.get(name)
            if type(found) in _PLAIN:
                self._undo.append(functools.partial(_restore_key, function.__globals__, name, found))
            elif type(found) in (list, dict):
                self._visit(found, depth + 1)

    def _list(self, x: list[Any]) -> None:
        before = list(x)

        def undo() -> None:
            del x[len(before) :]
            for k in range(len(x)):
                if type(before[k]) in _PLAIN and type(x[k]) in _PLAIN:
                    x[k] = before[k]

        self._undo.append(undo)

    def _dict(self, x: dict[Any, Any]) -> None:
        before = dict(x)

        def undo() -> None:
            for key in list(x):
                if key not in before:
                    del x[key]
                elif type(before[key]) in _PLAIN and type(x[key]) in _PLAIN:
                    x[key] = before[key]

        self._undo.append(undo)


def _is_users(cls: type) -> bool:
    """Whether a user wrote that class: never one of ours, whose lists are the recording itself."""
    file = str(getattr(sys.modules.get(cls.__module__), "__file__", None) or "")
    return bool(file) and is_foreign(file) and "site-packages" not in file


def _restore_cell(cell: Any, before: Any) -> None:
    if type(cell.cell_contents) in _PLAIN:
        cell.cell_contents = before


def _restore_key(space: dict[str, Any], name: str, before: Any) -> None:
    if type(space.get(name)) in _PLAIN:
        space[name] = before
