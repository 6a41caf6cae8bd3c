"""What the code of a function can reach: the places in namespaces where something may have to be exchanged.

The walk follows globals that the code mentions, closures, defaults, partials, containers, classes and instances
of the user's. It changes nothing. It remembers everything it looked at, so that the next recording of the same
function only has to see that all of it is still the same.
"""

from __future__ import annotations

import functools
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, MemberDescriptorType, MethodType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from gradcheck_tool.tracing.library.naming import is_library
from gradcheck_tool.tracing.place import is_foreign
from gradcheck_tool.tracing.places import ABSENT, Attribute, Cell, Defaults, Item, Key, Length, Place, Slot, State
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.twins import Twins
from gradcheck_tool.tracing.vectorizing import Vectorized

_STANDARD = sysconfig.get_paths()["stdlib"]
_RECORDING = str(Path(__file__).resolve().parent)
_WRAPPERS = (functools.cached_property, functools.singledispatchmethod, functools.partialmethod, np.vectorize)
_DEPTH = 5  # how far into lists, dicts and attributes the search goes
_LEAVES = frozenset({float, int, str, bool, complex, bytes, type(None), np.float64, np.int64, np.bool_, range, slice})


class Exchange(NamedTuple):
    """A place, what stands there, and how its replacement is made for one run."""

    place: Place
    original: Any
    make: Callable[[], Any]


class Reach:
    """Everything one function can reach.

    Attributes
    ----------
    exchanges
        What has to stand elsewhere while the function is recorded.
    watched
        Every place the walk looked at, with what it found there.
    """

    def __init__(self, function: Any, twins: Twins) -> None:
        self.exchanges: list[Exchange] = []
        self.watched: list[tuple[Place, Any]] = []
        self._twins = twins
        self._seen: set[int] = set()
        self._visit(function)

    def is_current(self) -> bool:
        """Whether every place still holds what the walk found there."""
        for place, found in self.watched:  # noqa: SIM110 - a loop is faster than a generator, and this runs every time
            if not place.holds(found):
                return False
        return True

    def release(self) -> None:
        """Leave plain numbers where the run has left recorded ones, in globals, attributes, tables and lists."""
        for place, found in self.watched:
            if type(place) is Length:
                _release(place.holder, found)
            else:
                now = place.read()
                if isinstance(type(now), Recorded):
                    place.write(now.value)

    def _look(self, place: Place, depth: int = 0) -> None:
        """Look at one place: exchange what is there, or look further into it."""
        found = place.read()
        self.watched.append((place, found))
        if found is ABSENT or type(found) in _LEAVES:
            return
        make = self._replacement(found)
        if make is not None and type(place) is Attribute and not hasattr(found, "__get__"):
            make = _unbound(make)
        if make is not None:
            self.exchanges.append(Exchange(place, found, make))
        if make is None or not (is_library(found) or is_library(type(found))):
            self._visit(found, depth)

    def _replacement(self, x: Any) -> Callable[[], Any] | None:
        """How the replacement of x is made; None where x stays as it is."""
        if type(x) is np.ndarray:
            return functools.partial(_adopted, self._twins, x) if x.dtype.kind in "fc" else None
        if type(x) is tuple:
            inner = [self._replacement(part) for part in x]
            if not any(inner):
                return None
            return lambda: tuple(part if make is None else make() for part, make in zip(x, inner, strict=True))
        if type(x) in (staticmethod, classmethod):
            inside = self._replacement(x.__func__)
            return None if inside is None else lambda: type(x)(inside())
        return self._twin(x)

    def _twin(self, x: Any) -> Callable[[], Any] | None:
        if type(x) is np.vectorize:
            return lambda: Vectorized(self._twins.recorder, x)
        if isinstance(x, ModuleType | BuiltinFunctionType | FunctionType | type) or callable(x) or is_library(type(x)):
            twin = self._twins.twin(x)
            if twin is not None:
                return lambda: twin
            if hasattr(x, "cache_clear") and hasattr(x, "__wrapped__") and hasattr(x, "cache_parameters"):
                return lambda: functools.lru_cache(**x.cache_parameters())(x.__wrapped__)
        return None

    def _visit(self, x: Any, depth: int = 0) -> None:  # noqa: C901, PLR0912 - one branch per kind of object
        if type(x) in _LEAVES or id(x) in self._seen or depth > _DEPTH:
            return
        self._seen.add(id(x))
        if isinstance(x, FunctionType):
            self._function(x)
        elif isinstance(x, MethodType):
            self._visit(x.__func__, depth)
            self._instance(x.__self__, depth)
        elif isinstance(x, functools.partial):
            self._partial(x, depth)
        elif isinstance(x, type):
            self._class(x)
        elif isinstance(x, dict):
            self._mapping(x, depth)
        elif isinstance(x, list):
            self.watched.append((Length(x), len(x)))
            for position, inner in enumerate(x):
                if type(inner) not in _LEAVES:
                    self._look(Item(x, position), depth + 1)
        elif isinstance(x, tuple | set | frozenset):
            for inner in x:
                self._visit(inner, depth + 1)
        elif isinstance(x, (staticmethod, classmethod, property, *_WRAPPERS)):
            for name in ("__func__", "fget", "fset", "func", "dispatcher", "pyfunc"):
                self._visit(getattr(x, name, None), depth)
        elif hasattr(x, "__wrapped__") and hasattr(x, "cache_clear"):
            self._visit(x.__wrapped__, depth)
        elif _is_users(type(x)):
            self._instance(x, depth)

    def _function(self, function: FunctionType) -> None:
        file = function.__code__.co_filename
        if file.startswith(_RECORDING):
            return
        if is_foreign(file) and not _is_standard(file):
            names = _names(function.__code__)
            for name in names:
                self._name(function.__globals__, name, names)
            self._look(Defaults(function))
            if function.__kwdefaults__:
                self._mapping(function.__kwdefaults__, 0)
            if function.__dict__:
                self._mapping(function.__dict__, 0)
        else:
            # An adapter around the user's function: only what it encloses is his.
            self._visit(getattr(function, "__wrapped__", None))
        for cell in function.__closure__ or ():
            self._look(Cell(cell))

    def _name(self, space: dict[str, Any], name: str, names: tuple[str, ...]) -> None:
        place = Key(space, name)
        found = place.read()
        twins, below = self._twins, self._twins.below
        if name in twins.builtins and (found is ABSENT or (below is not None and found is below.builtins.get(name))):
            self.watched.append((place, found))
            self.exchanges.append(Exchange(place, found, lambda: twins.builtins[name]))
        elif found is not ABSENT:
            self._look(place)
            ours = isinstance(found, ModuleType) and id(found) in twins.of
            if isinstance(found, ModuleType) and not ours and _is_users_file(getattr(found, "__file__", None)):
                # Helper functions and arrays reached as `module.name`.
                for inner in names:
                    self._look(Key(vars(found), inner))

    def _class(self, cls: type) -> None:
        if not _is_users(cls):
            return
        for name, found in list(vars(cls).items()):
            if not name.startswith("__"):
                self._look(Attribute(cls, name))
            else:
                self._visit(found)
        for base in cls.__mro__[1:-1]:
            self._visit(base)

    def _instance(self, instance: Any, depth: int) -> None:
        self._visit(type(instance), depth)
        space = getattr(instance, "__dict__", None)
        if isinstance(space, dict):
            self._mapping(space, depth)
        for cls in type(instance).__mro__:
            for member in list(vars(cls).values()):
                if type(member) is MemberDescriptorType and _is_users(cls):
                    self._look(Slot(instance, member), depth + 1)

    def _mapping(self, space: dict[Any, Any], depth: int) -> None:
        self.watched.append((Length(space), len(space)))
        for key, found in list(space.items()):
            if type(found) not in _LEAVES:
                self._look(Key(space, key), depth + 1)

    def _partial(self, partial: functools.partial[Any], depth: int) -> None:
        place = State(partial)
        found = place.read()
        self.watched.append((place, found))
        function, args, keywords, space = found
        parts = [self._replacement(part) for part in (function, *args, *keywords.values())]
        for part in (function, *args, *keywords.values()):
            self._visit(part, depth)
        if any(parts):

            def make() -> Any:
                new = [
                    part if remake is None else remake()
                    for part, remake in zip((function, *args, *keywords.values()), parts, strict=True)
                ]
                named = dict(zip(keywords, new[1 + len(args) :], strict=True))
                return new[0], tuple(new[1 : 1 + len(args)]), named, space

            self.exchanges.append(Exchange(place, found, make))


def _unbound(make: Callable[[], Any]) -> Callable[[], Any]:
    """For an attribute of a class: functions in C are not bound to instances, so their twins must not be either."""

    def made() -> Any:
        twin = make()
        return staticmethod(twin) if isinstance(twin, FunctionType) else twin

    return made


def _release(container: Any, before: int) -> None:
    """Rid a container, which had `before` entries, of recorded values: plain numbers instead.

    What a run has added to a table is taken out again: the next run would read it back as a constant.
    """
    if isinstance(container, dict):
        recorded = [
            (place, key)
            for place, (key, held) in enumerate(container.items())
            if isinstance(type(held), Recorded) or isinstance(type(key), Recorded)
        ]
        for place, key in recorded:
            if place >= before:
                del container[key]
            else:
                container[key] = container[key].value
    elif isinstance(container, list):
        for place, held in enumerate(container):
            if isinstance(type(held), Recorded):
                container[place] = held.value


def _adopted(twins: Twins, array: Any) -> Any:
    """A user's array outside f is read in place and copied before it could be written."""
    adopted = twins.recorder.wrap(array, -1)
    adopted.borrowed = True
    return adopted


def _is_standard(file: str) -> bool:
    """Whether a file belongs to Python's own library."""
    return file.startswith(_STANDARD) and "site-packages" not in file


def _is_users_file(file: str | None) -> bool:
    return bool(file) and is_foreign(str(file)) and "site-packages" not in str(file) and not _is_standard(str(file))


def _is_users(cls: type) -> bool:
    """Whether a user wrote that class."""
    return _is_users_file(getattr(sys.modules.get(cls.__module__), "__file__", None))


@functools.lru_cache(maxsize=4096)
def _names(code: CodeType) -> tuple[str, ...]:
    """All names a code object, and the functions defined in it, mention."""
    inner = (name for constant in code.co_consts if isinstance(constant, CodeType) for name in _names(constant))
    words = (text for text in code.co_consts if isinstance(text, str) and text.isidentifier())  # globals()["exp"]
    return tuple(dict.fromkeys((*code.co_names, *inner, *words)))
