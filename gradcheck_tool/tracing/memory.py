"""What a function keeps from call to call: the containers and names it can reach, seen to change, and put back.

The walk is the one that recording uses (`reach.py`), without anything being exchanged.
"""

from __future__ import annotations

import dis
from collections.abc import Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.tracing.place import is_foreign, path_line
from gradcheck_tool.tracing.places import Attribute, Cell, Item, Key, Slot
from gradcheck_tool.tracing.reach import Reach

LARGEST = 1 << 20
"""Entries above which a container is not copied: what a call does to it stays unseen."""


class _NoTwins:
    """Stands in for the recording twins where nothing is to be recorded."""

    recorder = None
    below = None
    builtins: dict[str, Any] = {}  # noqa: RUF012 - never written
    of: dict[int, Any] = {}  # noqa: RUF012 - never written

    @staticmethod
    def twin(_x: Any) -> None:
        """Nothing has a twin here."""


class Memory:
    """Everything one function could keep something in, as it is now.

    Containers are copied one level deep: dicts, lists, sets, writeable arrays, and the attributes of instances of
    the user's own classes; of names and cells the binding is remembered. State in compiled code, in files or in a
    random generator is not seen.
    """

    def __init__(self, function: Any) -> None:
        self._function = function
        reach = Reach(function, _NoTwins())  # type: ignore[arg-type]  # the few names of Twins that the walk reads
        self._names: dict[int, str] = {}
        held: dict[int, Any] = {}
        self._places: list[tuple[Any, Any]] = []
        for place, found in reach.watched:
            holder = getattr(place, "holder", None)
            if type(place) in (Key, Cell, Slot, Item, Attribute):
                self._places.append((place, found))
                if type(place) is Key and isinstance(place.key, str):
                    self._names.setdefault(id(found), place.key)
            for container in (found, _space(found), *(() if _is_namespace(place) else (holder,))):
                if _is_container(container):
                    held[id(container)] = container
        space = getattr(function, "__dict__", None)
        if isinstance(function, FunctionType) and isinstance(space, dict):
            held[id(space)] = space
        self._kept = [(container, _copy(container)) for container in held.values()]

    def changed(self) -> bool:
        """Whether anything is not as it was."""
        return next(self._changes(), None) is not None

    def restore(self) -> None:
        """Put everything back as it was."""
        for place, found in self._places:
            if not place.holds(found):
                place.write(found)
        for container, before in self._kept:
            if not _same(container, before):
                _refill(container, before)

    def where(self) -> str:
        """``path:line`` of the first line of the user's code that names what has changed; empty where none does."""
        names = set(self._changes())
        for code in _codes(self._function, set()):
            for step in dis.get_instructions(code):
                if isinstance(step.argval, str) and step.argval in names and step.opname.startswith("LOAD_"):
                    return path_line(code, step.offset)
        return ""

    def _changes(self) -> Iterator[str]:
        """The names by which the code knows what has changed; the empty text for what has no name."""
        for place, found in self._places:
            if not place.holds(found):
                yield str(place.key) if isinstance(place.key, str) else ""
        for container, before in self._kept:
            if not _same(container, before):
                if isinstance(container, dict) and isinstance(before, dict):
                    yield from (
                        key for key in container if isinstance(key, str) and container[key] is not before.get(key)
                    )
                yield self._names.get(id(container), "")


def _space(x: Any) -> Any:
    return None if isinstance(x, type | ModuleType) else getattr(x, "__dict__", None)


def _is_namespace(place: Any) -> bool:
    """Whether the holder is a module's namespace, in which only the names that were looked at count."""
    return type(place) is Key and "__builtins__" in place.holder


def _is_container(x: Any) -> bool:
    if isinstance(x, np.ndarray):
        return bool(x.flags.writeable) and x.size <= LARGEST
    if not isinstance(x, dict | list | set | bytearray) or len(x) > LARGEST:
        return False
    return not (isinstance(x, dict) and "__builtins__" in x)  # a module's names are watched one by one


def _copy(x: Any) -> Any:
    return x.copy()


def _same(x: Any, before: Any) -> bool:
    if isinstance(x, np.ndarray):
        return bool(x.shape == before.shape and x.tobytes() == before.tobytes())
    if len(x) != len(before):
        return False
    if isinstance(x, dict):
        return all(key in before and x[key] is before[key] for key in x)
    if isinstance(x, list):
        return all(a is b for a, b in zip(x, before, strict=True))
    return bool(x == before)


def _refill(x: Any, before: Any) -> None:
    if isinstance(x, np.ndarray):
        x[...] = before
    elif isinstance(x, list | bytearray):
        x[:] = before
    else:
        x.clear()
        x.update(before)


def _codes(function: Any, seen: set[int]) -> Iterator[CodeType]:
    """The code of a function of the user's and of what it calls, encloses or is wrapped around, the outermost first."""
    if id(function) in seen:
        return
    seen.add(id(function))
    if isinstance(function, MethodType):
        yield from _codes(function.__func__, seen)
    elif isinstance(function, FunctionType):
        if is_foreign(function.__code__.co_filename):
            yield from _within(function.__code__)
        inner = [cell.cell_contents for cell in function.__closure__ or () if _is_filled(cell)]
        called = [function.__globals__.get(name) for name in function.__code__.co_names]
        for other in (*inner, *called):
            if isinstance(other, FunctionType | MethodType):
                yield from _codes(other, seen)
            elif not isinstance(other, ModuleType) and is_foreign(function.__code__.co_filename):
                for method in vars(type(other)).values() if _is_plain_class(type(other)) else ():
                    yield from _codes(method, seen)


def _is_plain_class(cls: type) -> bool:
    return cls.__module__.partition(".")[0] not in ("builtins", "numpy")


def _within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _within(constant)


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - an empty cell raises
    except ValueError:
        return False
    return True
