"""Lifting: while f runs, the names it can reach stand for recording twins; afterwards all is as it was.

What is exchanged are entries of namespaces (globals, closure cells, defaults, containers, attributes) that the
code of f mentions, never attributes of `numpy` or `math` themselves: compiled code casts their results
unchecked. On other threads the twins pass through.
"""

from __future__ import annotations

import builtins
import functools
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.tracing.place import is_foreign
from gradcheck_tool.tracing.twins import Twins

_ABSENT = object()
_STANDARD = sysconfig.get_paths()["stdlib"]
_DEPTH = 3  # how far into lists, dicts and attributes the search goes
Site = tuple[Callable[[Any], None], Any]


@contextmanager
def lifted(function: Any, twins: Twins) -> Iterator[None]:
    """Exchange everything `function` can reach for its twin; restored also after an exception."""
    undo: list[Site] = []
    try:
        _Reach(twins, undo).visit(function)
        _imports(twins, undo)
        yield
    finally:
        for restore, original in reversed(undo):
            restore(original)


def _imports(twins: Twins, undo: list[Site]) -> None:
    """Answer ``import numpy`` inside the user's functions with the twin, on this thread only."""
    genuine = builtins.__import__
    thread = threading.get_ident()

    def importing(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:  # noqa: A002 - Python's names
        module = genuine(name, globals, locals, fromlist, level)
        ours = threading.get_ident() == thread and globals is not None and is_foreign(globals.get("__file__") or "")
        if not ours or not (name == "math" or name == "numpy" or name.startswith("numpy.")):
            return module
        caller = sys._getframe(1).f_code.co_filename  # noqa: SLF001 - who imports decides who is answered
        if not is_foreign(caller) or "site-packages" in caller:
            return module
        return twins.of.get(id(module), module)

    builtins.__import__ = importing
    undo.append((lambda original: setattr(builtins, "__import__", original), genuine))


class _Reach:
    """The walk through everything the code of f mentions, exchanging as it goes."""

    def __init__(self, twins: Twins, undo: list[Site]) -> None:
        self.twins = twins
        self.undo = undo
        self.seen: set[int] = set()

    def visit(self, x: Any, depth: int = 0) -> None:
        """Look into one object for code and for things to exchange."""
        if id(x) in self.seen or depth > _DEPTH:
            return
        self.seen.add(id(x))
        if isinstance(x, FunctionType):
            self._function(x)
        elif isinstance(x, MethodType):
            self.visit(x.__func__, depth)
            self._attributes(x.__self__, depth)
        elif isinstance(x, functools.partial):
            self._partial(x, depth)
        elif isinstance(x, type):
            self._class(x, depth)
        elif isinstance(x, dict):
            self._mapping(x, depth)
        elif isinstance(x, list):
            self._sequence(x, depth)
        elif isinstance(x, tuple | set | frozenset):
            for inner in x:
                self.visit(inner, depth + 1)
        elif isinstance(x, staticmethod | classmethod | property):
            for inner in (getattr(x, "__func__", None), getattr(x, "fget", None)):
                self.visit(inner, depth)
        elif hasattr(x, "__wrapped__") and hasattr(x, "cache_clear"):
            self.visit(x.__wrapped__, depth)
        elif _is_instance(x):
            self._attributes(x, depth)

    def _twin(self, x: Any) -> Any:
        """The twin of x, or `_ABSENT` where x stays as it is."""
        if isinstance(x, ModuleType | BuiltinFunctionType | np.ufunc | FunctionType | type) or callable(x):
            twin = self.twins.of.get(id(x))
            if twin is not None:
                return twin
            if hasattr(x, "cache_clear") and hasattr(x, "__wrapped__") and hasattr(x, "cache_parameters"):
                return functools.lru_cache(**x.cache_parameters())(x.__wrapped__)
        if type(x) is np.ndarray and x.dtype.kind == "f":
            # A user's array outside f is read in place and copied before it could be written.
            adopted = self.twins.recorder.wrap(x, -1)
            adopted.borrowed = True
            return adopted
        return _ABSENT

    def _function(self, function: FunctionType) -> None:
        names = _names(function.__code__)
        space = function.__globals__
        file = function.__code__.co_filename
        if not is_foreign(file) or _is_standard(file):
            # An adapter of ours around the user's function: only what it encloses is his.
            for cell in function.__closure__ or ():
                self._cell(cell)
            self.visit(getattr(function, "__wrapped__", None))
            return
        for name in names:
            found = space.get(name, _ABSENT)
            if found is _ABSENT:
                if name in self.twins.builtins:
                    self._exchange_key(space, name, _ABSENT, self.twins.builtins[name])
                continue
            if self.twins.below is not None and found is self.twins.below.builtins.get(name):
                self._exchange_key(space, name, found, self.twins.builtins[name])
                continue
            self._entry(space, name, found, names)
        for cell in function.__closure__ or ():
            self._cell(cell)
        self._defaults(function)

    def _entry(self, space: dict[str, Any], name: str, found: Any, names: tuple[str, ...]) -> None:
        twin = self._twin(found)
        if twin is not _ABSENT:
            self.visit(found)
            self._exchange_key(space, name, found, twin)
        elif isinstance(found, ModuleType):
            # Helper functions reached as `module.name`.
            for inner in names:
                member = vars(found).get(inner, _ABSENT)
                if isinstance(member, FunctionType | type) and is_foreign(getattr(found, "__file__", "") or ""):
                    self.visit(member)
        else:
            self.visit(found)

    def _cell(self, cell: Any) -> None:
        try:
            found = cell.cell_contents
        except ValueError:
            return
        twin = self._twin(found)
        if twin is not _ABSENT:
            cell.cell_contents = twin
            self.undo.append((lambda original, cell=cell: setattr(cell, "cell_contents", original), found))
        self.visit(found)

    def _defaults(self, function: FunctionType) -> None:
        if function.__defaults__:
            changed = tuple(self._changed(x) for x in function.__defaults__)
            if any(a is not b for a, b in zip(changed, function.__defaults__, strict=True)):
                self.undo.append((lambda original: setattr(function, "__defaults__", original), function.__defaults__))
                function.__defaults__ = changed
        for name, found in dict(function.__kwdefaults__ or {}).items():
            twin = self._changed(found)
            if twin is not found:
                self._exchange_key(function.__kwdefaults__, name, found, twin)  # type: ignore[arg-type]  # not None here

    def _changed(self, x: Any) -> Any:
        twin = self._twin(x)
        self.visit(x)
        return x if twin is _ABSENT else twin

    def _partial(self, partial: Any, depth: int) -> None:
        self.visit(partial.func, depth)
        function, args, keywords, space = partial.__reduce__()[2]
        new = (
            self._changed(function),
            tuple(self._changed(x) for x in args),
            {key: self._changed(x) for key, x in (keywords or {}).items()},
            space,
        )
        self.undo.append((partial.__setstate__, (function, args, keywords, space)))
        partial.__setstate__(new)

    def _class(self, cls: type, depth: int) -> None:
        if not is_foreign(getattr(sys.modules.get(cls.__module__), "__file__", None) or "<frozen") or "site-packages" in (
            getattr(sys.modules.get(cls.__module__), "__file__", "") or ""
        ):
            return
        for name, found in list(vars(cls).items()):
            twin = self._twin(found) if not name.startswith("__") else _ABSENT
            if twin is not _ABSENT:
                setattr(cls, name, twin)
                self.undo.append((lambda original, name=name: setattr(cls, name, original), found))
            self.visit(found, depth)
        for base in cls.__mro__[1:-1]:
            self.visit(base, depth)

    def _attributes(self, instance: Any, depth: int) -> None:
        self.visit(type(instance), depth)
        space = getattr(instance, "__dict__", None)
        if isinstance(space, dict):
            self._mapping(space, depth)

    def _mapping(self, space: dict[Any, Any], depth: int) -> None:
        for key, found in list(space.items()):
            twin = self._twin(found)
            if twin is not _ABSENT:
                self._exchange_key(space, key, found, twin)
            self.visit(found, depth + 1)

    def _sequence(self, items: list[Any], depth: int) -> None:
        for position, found in enumerate(list(items)):
            twin = self._twin(found)
            if twin is not _ABSENT:
                items[position] = twin
                self.undo.append((lambda original, k=position: items.__setitem__(k, original), found))
            self.visit(found, depth + 1)

    def _exchange_key(self, space: dict[Any, Any], key: Any, original: Any, twin: Any) -> None:
        space[key] = twin
        if original is _ABSENT:
            self.undo.append((lambda _original: space.pop(key, None), None))
        else:
            self.undo.append((lambda kept: space.__setitem__(key, kept), original))


def _is_standard(file: str) -> bool:
    """Whether a file belongs to Python's own library."""
    return file.startswith(_STANDARD) and "site-packages" not in file


def _is_instance(x: Any) -> bool:
    """Whether x is an object of a class that a user wrote."""
    module = sys.modules.get(type(x).__module__)
    file = getattr(module, "__file__", None)
    return bool(file) and is_foreign(file) and "site-packages" not in file and not _is_standard(file)


@functools.lru_cache(maxsize=4096)
def _names(code: CodeType) -> tuple[str, ...]:
    """All names a code object, and the functions defined in it, mention."""
    inner = (name for constant in code.co_consts if isinstance(constant, CodeType) for name in _names(constant))
    return tuple(dict.fromkeys((*code.co_names, *inner)))


