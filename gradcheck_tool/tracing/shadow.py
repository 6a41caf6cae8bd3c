"""NumPy's own Python source, run with twins for names: a function without an entry is followed through its code.

A clone of a function of NumPy's looks its names up in a shadow of its module. There constructors, ufuncs and
public functions are the recording twins, NumPy's private helpers are clones of the same kind, and the modules it
calls ``np``, ``nx`` or ``umath`` are shadows too. Nothing of NumPy itself is changed.
"""

from __future__ import annotations

import abc
import builtins as python
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.construct import holds_recorded
from gradcheck_tool.tracing.moving import as_strided
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array

_CONVERTER = "_array_converter"
_RUN = ("numpy.lib.", "numpy.linalg.", "numpy.polynomial", "numpy._core.", "numpy.fft")
_BUILTINS = ("float", "int", "complex", "type")
_ABSENT = object()
_PER_CLASS = frozenset({"__dict__", "__weakref__", "_abc_impl"})


class Shadow:
    """Clones of NumPy's functions, classes and modules for one recorder, made when they are first asked for."""

    def __init__(self, recorder: Recorder, twins: dict[int, Any], builtins: Callable[[], dict[str, Any]]) -> None:
        self._recorder = recorder
        self._twins = twins
        self._builtins = builtins
        self._spaces: dict[int, _Space] = {}
        self._modules: dict[str, _Module] = {}
        self._made: dict[int, Any] = {}
        self._keep: list[Any] = []

    def function(self, original: Any) -> Any:
        """A function of NumPy's that looks its names up here."""
        if id(original) not in self._made:
            space = self._space(original.__globals__)
            clone = types.FunctionType(
                original.__code__, space, original.__name__, original.__defaults__, original.__closure__
            )
            clone.__kwdefaults__ = original.__kwdefaults__
            clone.__doc__ = original.__doc__
            self._remember(original, clone)
        return self._made[id(original)]

    def module(self, original: types.ModuleType) -> types.ModuleType:
        """A module of NumPy's whose names stand for twins and clones."""
        name = original.__name__
        if name not in self._modules:
            self._modules[name] = _Module(self, original)
        return self._modules[name]

    def twin(self, x: Any) -> Any:  # noqa: PLR0911 - one return per kind of object
        """What stands for x in NumPy's code while it is followed; x itself where that is followed as it is."""
        known = self._twins.get(id(x), self._made.get(id(x), _ABSENT))
        if known is not _ABSENT:
            return known
        if x is np.lib.stride_tricks.as_strided:
            return self._remember(x, lambda *args, **keywords: as_strided(self._recorder, *args, **keywords))
        if getattr(x, "__name__", "") == _CONVERTER:
            return self._remember(x, lambda *arrays: _Converter(self._recorder, arrays))
        if isinstance(x, types.ModuleType):
            return self.module(x) if x.__name__.startswith("numpy") else x
        if isinstance(x, types.FunctionType) and (x.__module__ or "").startswith(_RUN):
            return x if hasattr(x, "_implementation") else self.function(x)
        if isinstance(x, abc.ABCMeta) and x.__module__.startswith("numpy.polynomial"):
            return self._class(x)
        return self._polynomial(x) if isinstance(x, np.polynomial._polybase.ABCPolyBase) else x  # noqa: SLF001 - the base of the six classes

    def _polynomial(self, x: Any) -> Any:
        """A polynomial made outside the function, as one whose methods are followed."""
        return self.twin(type(x))(x.coef, x.domain, x.window, x.symbol)

    def poly1d(self) -> type:
        """``np.poly1d`` with cloned methods, which also takes lists that hold recorded numbers."""
        recorder = self._recorder
        names = {name: self._member(found) for name, found in vars(np.poly1d).items() if name not in _PER_CLASS}
        start = names["__init__"]

        def made(polynomial: Any, c_or_r: Any, r: Any = False, variable: Any = None) -> None:
            if isinstance(c_or_r, list | tuple) and holds_recorded(c_or_r):
                c_or_r = recorder.array(c_or_r)
            start(polynomial, c_or_r, r, variable)

        clone = _AlsoOriginal("poly1d", (np.poly1d,), names | {"__init__": made})
        self._remember(np.poly1d, clone)
        return clone

    def _class(self, original: abc.ABCMeta) -> Any:
        """A class of NumPy's with cloned methods; instances of the original count as its own."""
        bases = tuple(self.twin(base) for base in original.__bases__)
        names = {name: self._member(found) for name, found in vars(original).items() if name not in _PER_CLASS}
        clone = type(original)(original.__name__, bases, names)
        clone.register(original)  # type: ignore[arg-type]  # any class will do
        return self._remember(original, clone)

    def _member(self, found: Any) -> Any:
        if isinstance(found, types.FunctionType):
            return self.function(found)
        if isinstance(found, staticmethod | classmethod):
            return type(found)(self.twin(found.__func__))
        if isinstance(found, property):
            return property(*(None if f is None else self.twin(f) for f in (found.fget, found.fset, found.fdel)))
        return found

    def _space(self, names: dict[str, Any]) -> _Space:
        if id(names) not in self._spaces:
            self._spaces[id(names)] = _Space(self, names, self._builtins)
        return self._spaces[id(names)]

    def _remember(self, original: Any, clone: Any) -> Any:
        self._made[id(original)] = clone
        self._keep.append(original)
        return clone


class _AlsoOriginal(type):
    """The class of a clone whose original's instances count as its own."""

    def __instancecheck__(cls, x: object) -> bool:
        return isinstance(x, cls.__mro__[1])


class _Space(dict[str, Any]):
    """The names of a module, each exchanged when code first looks it up."""

    def __init__(self, shadow: Shadow, names: dict[str, Any], builtins: Callable[[], dict[str, Any]]) -> None:
        super().__init__({name: names[name] for name in ("__name__", "__package__", "__spec__") if name in names})
        self._shadow = shadow
        self._names = names
        self["__builtins__"] = {**vars(python), "__import__": self._import}
        self._own = builtins

    def __missing__(self, name: str) -> Any:
        if name in _BUILTINS and name not in self._names:
            found = self._own()[name]
        else:
            found = self._shadow.twin(self._names[name])
        self[name] = found
        return found

    def _import(self, *args: Any) -> Any:
        """An import inside a function of NumPy's gives the shadow of the module."""
        return self._shadow.twin(python.__import__(*args))


class _Module(types.ModuleType):
    """A module of NumPy's as its followed code, or the user's, sees it."""

    def __init__(self, shadow: Shadow, original: types.ModuleType) -> None:
        super().__init__(original.__name__, original.__doc__)
        self.__dict__["_shadow"] = shadow
        self.__dict__["_original"] = original

    def __getattr__(self, name: str) -> Any:
        found = self._shadow.twin(getattr(self._original, name))
        self.__dict__[name] = found
        return found

    def __dir__(self) -> list[str]:
        return dir(self._original)


class _Converter:
    """What NumPy's own functions use to turn their arguments into arrays and their result back."""

    def __init__(self, recorder: Recorder, given: tuple[Any, ...]) -> None:
        self._arrays = tuple(as_array(recorder, x) for x in given)
        self.scalar_input = tuple(not isinstance(x, np.ndarray) and np.ndim(recorder.number(a)) == 0
                                  for x, a in zip(given, self._arrays, strict=True))  # fmt: skip

    def __len__(self) -> int:
        return len(self._arrays)

    def __getitem__(self, k: int) -> Any:
        return self._arrays[k]

    def as_arrays(self, *, subok: bool = True, pyscalars: str = "convert_if_no_array") -> tuple[Any, ...]:
        """All arguments as arrays."""
        del subok, pyscalars
        return self._arrays

    def result_type(self, extra_dtype: Any = None, ensure_inexact: bool = False) -> Any:
        """The common dtype."""
        kinds = [x.dtype for x in self._arrays] + ([extra_dtype] if extra_dtype is not None else [])
        return np.result_type(*kinds, *([np.float64] if ensure_inexact and all(k.kind in "iub" for k in kinds) else []))

    def wrap(self, array: Any, to_scalar: bool | None = None) -> Any:
        """The result as the arguments were; whether a number or an array without axes, NumPy's own result decides."""
        del to_scalar
        return array
