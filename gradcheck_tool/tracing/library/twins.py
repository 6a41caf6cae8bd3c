"""Twins of a library's modules, functions, classes and objects, made when lifting meets them.

A twin passes plain arguments on and gives recorded ones to the entry of that name. Modules are twinned attribute by
attribute, as the user's code asks for them, so that nothing of the library is imported or read that f does not use.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.library import entries
from gradcheck_tool.tracing.library.arguments import bare, holds_active, holds_recorded
from gradcheck_tool.tracing.library.naming import ROOT, is_library, public_name, refused, ufunc_name
from gradcheck_tool.tracing.library.objects import LibraryObject, class_twin
from gradcheck_tool.tracing.library.watched import calls_back, watched
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.ufuncs import inactive


class LibraryTwins:
    """The twins of one recorder, by the identity of what they stand for."""

    def __init__(self, recorder: Recorder, below: LibraryTwins | None = None) -> None:
        self.recorder = recorder
        self._below = below
        self._made: dict[int, Any] = {}
        self._original: dict[int, Any] = {}
        self._keep: list[Any] = []

    def twin(self, x: Any) -> Any:
        """What stands for x while f runs; None for everything that is not the library's."""
        if self._below is not None:
            x = self._below.original(x)
        known = self._made.get(id(x))
        if known is not None:
            return known
        made = self._make(x, None if self._below is None else self._below.twin(x))
        if made is not None:
            self._made[id(x)] = made
            self._original[id(made)] = x
            self._keep.append(x)
        return made

    def original(self, x: Any) -> Any:
        """What x stands for, if x is a twin of this recorder; else x."""
        return self._original.get(id(x), x)

    def _make(self, x: Any, enclosing: Any) -> Any:
        """The twin of x. It computes with `enclosing`, the twin of x in the recording around this one, if any."""
        if isinstance(x, ModuleType):
            name = x.__name__
            return self._module(x) if name == ROOT or name.startswith(f"{ROOT}.") else None
        if type(x) is np.ufunc:
            name = ufunc_name(x)
            return self._ufunc(name, x) if name else None
        if isinstance(x, type):
            return self._class(x) if is_library(x) else None
        if is_library(type(x)):
            return LibraryObject(self, x)
        if callable(x) and is_library(x):
            return self._function(public_name(x), x if enclosing is None else enclosing)
        return None

    def _module(self, module: ModuleType) -> ModuleType:
        twin = ModuleType(module.__name__, module.__doc__)

        def attribute(name: str) -> Any:
            found = getattr(module, name)
            replacement = self.twin(found)
            chosen = found if replacement is None else replacement
            setattr(twin, name, chosen)
            return chosen

        twin.__dict__["__getattr__"] = attribute
        for name in ("__file__", "__path__", "__package__", "__all__"):
            if hasattr(module, name):
                setattr(twin, name, getattr(module, name))
        return twin

    def _function(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def twin(*args: Any, **keywords: Any) -> Any:
            return self.call(name, original, args, keywords)

        return twin

    def call(
        self, name: str, original: Callable[..., Any], args: tuple[Any, ...], keywords: dict[str, Any], *owner: Any
    ) -> Any:
        """Call a library function: by its entry where something recorded may come in, else as it is.

        `owner` is the plain object a method belongs to; the entry is given it first.
        """
        recorder = self.recorder
        if threading.get_ident() != recorder.thread:
            return original(*args, **keywords)
        given = (*args, *keywords.values())
        recorded = any(holds_recorded(x) for x in given)
        active = recorded and any(holds_active(recorder, x) for x in given)
        called_back = calls_back(given)
        if active or called_back:
            entry = entries().get(name)
            if entry is not None:
                start = len(recorder.value)
                result = entry(recorder, *owner, *args, **keywords)
                recorder.restamp(start)
                return result
            if active:
                raise refused(name)
            args, keywords = watched(recorder, name, args), watched(recorder, name, keywords)
        if not recorded:
            return self.kept(self._guarded(name, original, args, keywords))
        plain = bare(recorder, args), bare(recorder, keywords)
        return self.kept(self._guarded(name, original, *plain))

    def _guarded(self, name: str, original: Callable[..., Any], args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """The plain call; where a callback meets a recorded value inside it, it is the call that is refused."""
        try:
            return original(*args, **keywords)
        except CannotFollow as refusal:
            raise refused(name) from refusal

    def kept(self, result: Any) -> Any:
        """Float arrays made while f runs are recorded from birth, so that they can be filled."""
        if type(result) is np.ndarray:
            return inactive(self.recorder, result)
        if type(result) in (tuple, list):
            return type(result)(self.kept(part) for part in result)
        if type(result).__module__.startswith(ROOT):
            return self.twin(result) if not isinstance(result, tuple | dict) else result
        return result

    def _ufunc(self, name: str, original: np.ufunc) -> Callable[..., Any]:
        recorder = self.recorder

        def twin(*args: Any, **keywords: Any) -> Any:
            if any(type(x) in (list, tuple) and holds_recorded(x) for x in args):
                args = tuple(recorder.array(x) if type(x) in (list, tuple) and holds_recorded(x) else x for x in args)
            return self.kept(original(*args, **keywords))

        twin.__name__ = twin.__qualname__ = name.rpartition(".")[2]
        for attribute in ("nin", "nout", "nargs", "types", "identity"):
            setattr(twin, attribute, getattr(original, attribute))
        return twin

    def _class(self, cls: type) -> Any:
        """A twin whose instances are those of the class; exceptions stay themselves, for `except` clauses."""
        if issubclass(cls, BaseException):
            return None
        return class_twin(self, cls)
