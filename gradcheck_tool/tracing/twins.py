"""Recording twins of what NumPy's protocols do not reach: `math`, constructors, functions of lists, `float`.

A twin behaves exactly like the original for plain arguments and on every other thread. The modules themselves
are never touched; twins stand in for them under the user's names while f runs.
"""

from __future__ import annotations

import builtins
import functools
import math
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import construct, functions, reductions
from gradcheck_tool.tracing.dispatch import Recording, to_number
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.scalars import unary
from gradcheck_tool.tracing.ufuncs import elementwise, inactive

_NUMPY_SUBMODULES = ("linalg",)
_WHOLE = ("floor", "ceil", "trunc")


class Twins:
    """All twins of one recorder, by the identity of the original they stand in for.

    The twins of a nested recording stand in for those of the enclosing one, and compute with them.
    """

    def __init__(self, recorder: Recording, below: Twins | None = None) -> None:
        self.recorder = recorder
        self.below = below
        self.of: dict[int, Any] = {}
        self._keep: list[Any] = []
        math_twin = self._module(math, _math_twins(recorder, math if below is None else below.math))
        numpy_names = _numpy_twins(recorder)
        for name in _NUMPY_SUBMODULES:
            inner = getattr(np, name)
            numpy_names[name] = self._module(inner, _listening(recorder, inner))
        self.numpy = self._module(np, numpy_names)
        self.math = math_twin
        self.builtins: dict[str, Any] = {
            "float": _float_twin(recorder),
            "int": _int_twin(recorder),
            "type": _type_twin(recorder),
        }

    def _module(self, original: ModuleType, changed: dict[str, Any]) -> ModuleType:
        twin = ModuleType(original.__name__, original.__doc__)
        twin.__dict__.update(original.__dict__)
        twin.__dict__.update(changed)
        self._enter(original, twin)
        for name, replacement in changed.items():
            self._enter(getattr(original, name), replacement)
        return twin

    def _enter(self, original: Any, twin: Any) -> None:
        self.of[id(original)] = twin
        self._keep.append(original)
        if self.below is not None and id(original) in self.below.of:
            self.of[id(self.below.of[id(original)])] = twin


def _on(recorder: Recording) -> bool:
    return threading.get_ident() == recorder.thread


# --- math -----------------------------------------------------------------------------------------


def _math_twins(recorder: Recording, module: ModuleType) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name, original in vars(module).items():
        if callable(original) and not name.startswith("_"):
            special = _MATH_SPECIAL.get(name)
            if special is not None:
                changed[name] = functools.wraps(original)(special(recorder, original))
            elif f"math.{name}" in SPELLED:
                changed[name] = _math_twin(recorder, name, original)
            else:
                changed[name] = _math_refusal(recorder, name, original)
    return changed


def _math_twin(recorder: Recording, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    number = SPELLED[f"math.{name}"]
    scalar = recorder.Scalar
    one = unary(recorder, scalar, number, original, depth=2)
    row = ROWS[number]

    if len(row.operands) == 1:

        def twin(x: Any, /) -> Any:
            return one(x) if type(x) is scalar else original(_bare(recorder, x, name))

        return twin

    def twin_of_two(*operands: Any) -> Any:
        flags = tuple(type(x) is scalar for x in operands)
        operands = tuple(_bare(recorder, x, name) if not flag else x for x, flag in zip(operands, flags, strict=True))
        if not any(flags):
            return original(*operands)
        numbers = tuple(recorder.number(x) for x in operands)
        value = original(*numbers)
        if len(operands) != len(row.operands):
            return original(*operands)
        return elementwise(recorder, row.name, operands, numbers, flags, value)

    return twin_of_two


def _bare(recorder: Recording, x: Any, name: str) -> Any:
    """An argument for the C function: arrays of one recorded number are taken as that number."""
    if type(x) is recorder.Array:
        if recorder.active(x):
            if x.size == 1:
                return x
            raise TypeError(f"only length-1 arrays can be converted to Python scalars (math.{name})")
        return x.value
    return x


def _whole(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(x: Any, /) -> Any:
        if type(x) is recorder.Scalar:
            return x._whole(original)  # noqa: SLF001 - the twins and the numbers are one room
        return original(x)

    return twin


def _log(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    one = unary(recorder, recorder.Scalar, SPELLED["math.log"], original, depth=2)

    def twin(x: Any, *base: Any) -> Any:
        if not base:
            return one(x) if type(x) is recorder.Scalar else original(x)
        if not any(type(part) is recorder.Scalar for part in (x, *base)):
            return original(x, *base)
        ratio = twin(x) / twin(base[0])
        return reductions.patched(recorder, ratio, original(recorder.number(x), recorder.number(base[0])))

    return twin


def _hypot(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(*coordinates: Any) -> Any:
        if not any(type(x) is recorder.Scalar for x in coordinates):
            return original(*coordinates)
        numbers = tuple(recorder.number(x) for x in coordinates)
        if len(coordinates) == 2:
            flags = tuple(type(x) is recorder.Scalar for x in coordinates)
            return elementwise(recorder, "hypot", coordinates, numbers, flags, original(*numbers))
        length = reductions.norm2(recorder, recorder.array(list(coordinates)), None, keepdims=False)
        return reductions.patched(recorder, length, original(*numbers))

    return twin


def _dist(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(p: Any, q: Any, /) -> Any:
        p, q = list(p), list(q)
        numbers = [recorder.number(x) for x in p], [recorder.number(x) for x in q]
        value = original(*numbers)
        if not any(recorder.active(x) for x in (*p, *q)):
            return value
        gaps = [a - b for a, b in zip(p, q, strict=True)]
        return reductions.patched(recorder, reductions.norm2(recorder, recorder.array(gaps), None, keepdims=False), value)

    return twin


def _fsum(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(terms: Any, /) -> Any:
        terms = list(terms)
        value = original([recorder.number(x) for x in terms])
        if not any(recorder.active(x) for x in terms):
            return value
        return reductions.patched(recorder, reductions.sum_(recorder, recorder.array(terms)), value)

    return twin


def _prod(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(factors: Any, /, *, start: Any = 1) -> Any:
        factors = list(factors)
        value = original([recorder.number(x) for x in factors], start=recorder.number(start))
        if not any(recorder.active(x) for x in (*factors, start)):
            return value
        result = start
        for factor in factors:
            result = result * factor
        return reductions.patched(recorder, result, value)

    return twin


def _sumprod(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(p: Any, q: Any, /) -> Any:
        p, q = list(p), list(q)
        value = original([recorder.number(x) for x in p], [recorder.number(x) for x in q])
        if not any(recorder.active(x) for x in (*p, *q)):
            return value
        products = [a * b for a, b in zip(p, q, strict=True)]
        return reductions.patched(recorder, reductions.sum_(recorder, recorder.array(products)), value)

    return twin


def _decision(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(*args: Any, **keywords: Any) -> Any:
        return original(*(recorder.number(x) for x in args), **keywords)

    return twin


def _modf(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(x: Any, /) -> Any:
        if type(x) is not recorder.Scalar:
            return original(x)
        fraction, whole = original(x.value)
        x._whole(math.trunc)  # noqa: SLF001 - the twins and the numbers are one room
        return reductions.patched(recorder, x - whole, fraction), whole

    return twin


_MATH_SPECIAL: dict[str, Callable[[Recording, Callable[..., Any]], Callable[..., Any]]] = {
    **dict.fromkeys(_WHOLE, _whole),
    **dict.fromkeys(("isnan", "isinf", "isfinite", "isclose"), _decision),
    "log": _log,
    "hypot": _hypot,
    "dist": _dist,
    "fsum": _fsum,
    "prod": _prod,
    "sumprod": _sumprod,
    "modf": _modf,
}


def _math_refusal(recorder: Recording, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def twin(*args: Any, **keywords: Any) -> Any:
        if any(type(x) is recorder.Scalar for x in args):
            raise CannotFollow(
                f"math.{name} has no derivative rule here",
                where=here(),
                remedy="write that step with supported functions, or check against differences alone",
            )
        return original(*args, **keywords)

    return twin


# --- numpy ----------------------------------------------------------------------------------------


def _numpy_twins(recorder: Recording) -> dict[str, Any]:
    changed = _listening(recorder, np)
    scalar = recorder.Scalar
    for name, original in vars(np).items():
        if isinstance(original, np.ufunc):
            spelled = SPELLED.get(f"numpy.{original.__name__}")
            one = unary(recorder, scalar, spelled, original, depth=2) if spelled is not None and original.nin == 1 else None
            changed[name] = _ufunc_twin(recorder, original, one)
    changed |= _constructors(recorder)
    return changed


def _ufunc_twin(recorder: Recording, original: np.ufunc, one: Callable[[Any], Any] | None) -> Callable[..., Any]:
    scalar = recorder.Scalar

    if one is not None:

        def twin(x: Any, *args: Any, **keywords: Any) -> Any:
            if type(x) is scalar and not args and not keywords:
                return one(x)
            if type(x) in (list, tuple) and construct.holds_recorded(x):
                x = recorder.array(x)
            return _kept(recorder, original(x, *args, **keywords))

    else:

        def twin(*args: Any, **keywords: Any) -> Any:  # type: ignore[misc]  # two signatures of one name
            if any(type(x) in (list, tuple) for x in args):
                args = tuple(recorder.array(x) if construct.holds_recorded(x) else x for x in args)
            return _kept(recorder, original(*args, **keywords))

    for attribute in ("reduce", "accumulate", "outer", "at", "reduceat", "nin", "nout", "nargs", "types", "identity"):
        setattr(twin, attribute, getattr(original, attribute))
    twin.__name__ = original.__name__
    return twin


def _kept(recorder: Recording, result: Any) -> Any:
    """Float arrays made while f runs are recorded from birth, so that they can be filled."""
    if type(result) is np.ndarray and _on(recorder):
        return inactive(recorder, result)
    return result


def _listening(recorder: Recording, module: ModuleType) -> dict[str, Any]:
    """Twins of NumPy's array functions that also hear recorded numbers inside lists."""
    changed = {}
    for name, original in vars(module).items():
        if callable(original) and hasattr(original, "_implementation") and not name.startswith("_"):
            changed[name] = _list_twin(recorder, original)
    return changed


def _list_twin(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def twin(*args: Any, **keywords: Any) -> Any:
        for x in args:
            if type(x) in (list, tuple) and construct.holds_recorded(x):
                return functions.record(recorder, original, args, keywords)
        return _kept(recorder, original(*args, **keywords))

    return twin


def _constructors(recorder: Recording) -> dict[str, Any]:
    def array(nest: Any, dtype: Any = None, *, copy: Any = True, order: str = "K", subok: Any = False, ndmin: int = 0,
              like: Any = None) -> Any:  # fmt: skip
        if not construct.holds_recorded(nest):
            return _kept(recorder, np.array(nest, dtype=dtype, copy=copy, order=order, subok=subok, ndmin=ndmin, like=like))
        if type(nest) is recorder.Array and ndmin <= nest.ndim:
            same = not copy and (dtype is None or np.dtype(dtype) == nest.dtype)
            return nest if same else construct.copied(recorder, nest, dtype)
        return construct.array(recorder, nest, dtype, ndmin)

    def asarray(nest: Any, dtype: Any = None, order: Any = None, **keywords: Any) -> Any:
        if not construct.holds_recorded(nest):
            return _kept(recorder, np.asarray(nest, dtype=dtype, order=order, **keywords))
        if type(nest) is recorder.Array:
            same = dtype is None or np.dtype(dtype) == nest.dtype
            return nest if same else construct.copied(recorder, nest, dtype)
        return construct.array(recorder, nest, dtype)

    def maker(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def twin(*args: Any, **keywords: Any) -> Any:
            return _kept(recorder, original(*args, **keywords))

        return twin

    def full(shape: Any, fill_value: Any, dtype: Any = None, order: str = "C", **keywords: Any) -> Any:
        if not construct.holds_recorded(fill_value):
            return _kept(recorder, np.full(shape, fill_value, dtype, order, **keywords))
        return construct.full(recorder, np.zeros(shape, dtype=dtype or float), fill_value)

    def linspace(start: Any, stop: Any, num: int = 50, endpoint: Any = True, **keywords: Any) -> Any:
        if not (recorder.active(start) or recorder.active(stop)):
            return _kept(recorder, np.linspace(recorder.number(start), recorder.number(stop), num, endpoint, **keywords))
        if keywords:
            raise CannotFollow(f"{next(iter(keywords))}= of numpy.linspace has no derivative rule here", where=here())
        steps = np.arange(num) / max(num - 1 if endpoint else num, 1)
        value = np.linspace(recorder.number(start), recorder.number(stop), num, endpoint)
        return reductions.patched(recorder, np.multiply(steps, stop) + np.multiply(1.0 - steps, start), value)

    def vectorize(function: Callable[..., Any], *args: Any, **keywords: Any) -> Any:
        plain = np.vectorize(function, *args, **keywords)

        def over(*operands: Any, **rest: Any) -> Any:
            if not any(recorder.active(x) for x in operands) or rest:
                return plain(*operands, **rest)
            arrays = np.broadcast_arrays(*(recorder.number(x) for x in operands))
            shape = arrays[0].shape
            flats = [np.ravel(np.broadcast_to(reductions.as_array(recorder, x), shape)) for x in operands]
            results = [function(*(flat[k] for flat in flats)) for k in range(int(np.prod(shape, dtype=int)))]
            return recorder.array(results).reshape(shape)

        return over

    def einsum(*operands: Any, **keywords: Any) -> Any:
        if any(construct.holds_recorded(x) for x in operands):
            return functions.record(recorder, np.einsum, operands, keywords)
        return _kept(recorder, np.einsum(*operands, **keywords))

    changed: dict[str, Any] = {
        name: maker(getattr(np, name))
        for name in ("zeros", "ones", "empty", "eye", "identity", "arange", "fromiter", "logspace", "geomspace", "tri")
    }
    changed |= {
        "array": array, "asarray": asarray, "asanyarray": asarray, "ascontiguousarray": asarray, "asfortranarray": asarray,
        "asarray_chkfinite": asarray, "full": full, "linspace": linspace, "vectorize": vectorize, "einsum": einsum,
        "r_": _Joined(recorder, np.r_), "c_": _Joined(recorder, np.c_),
        "isscalar": lambda x: np.isscalar(recorder.number(x)),
        "float64": _float_twin(recorder), "double": _float_twin(recorder),
    }  # fmt: skip
    return changed


class _Joined:
    """``np.r_`` and ``np.c_`` of recorded pieces."""

    def __init__(self, recorder: Recording, original: Any) -> None:
        self._recorder = recorder
        self._original = original

    def __getitem__(self, key: Any) -> Any:
        pieces = key if isinstance(key, tuple) else (key,)
        if not construct.holds_recorded(pieces):
            return _kept(self._recorder, self._original[key])
        if any(isinstance(piece, str | slice) for piece in pieces):
            raise CannotFollow("slices and strings in numpy.r_ have no derivative rule here", where=here())
        arrays = [np.atleast_1d(reductions.as_array(self._recorder, piece)) for piece in pieces]
        if self._original is np.r_:
            return np.concatenate(arrays)
        return np.concatenate([a if a.ndim > 1 else np.reshape(a, (-1, 1)) for a in arrays], axis=-1)


# --- builtins -------------------------------------------------------------------------------------


class _Disguise(type):
    """The metaclass of twin types: instances, subclasses and equality are those of the original."""

    original: type

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, cls.original)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(getattr(subclass, "original", subclass), cls.original)

    def __eq__(cls, other: object) -> bool:
        return other is cls.original or (isinstance(type(other), type) and getattr(other, "original", None) is cls.original)

    def __hash__(cls) -> int:
        return hash(cls.original)

    def __getattr__(cls, name: str) -> Any:
        return getattr(cls.original, name)


def _float_twin(recorder: Recording) -> type:
    """`float` that keeps the record. A subclass of np.float64, so that ``dtype=float`` still means float64."""

    def make(cls: Any, x: Any = 0.0) -> Any:  # noqa: ARG001 - the signature of __new__
        if type(x) is recorder.Scalar or (type(x) is recorder.Array and recorder.active(x)):
            return to_number(recorder, x, float)
        return float(x)

    return _Disguise("float", (np.float64,), {"original": float, "__new__": make})


def _int_twin(recorder: Recording) -> type:
    def make(cls: Any, x: Any = 0, *base: Any) -> int:  # noqa: ARG001 - the signature of __new__
        return int(recorder.number(x) if type(x) is recorder.Array and not recorder.active(x) else x, *base)

    return _Disguise("int", (int,), {"original": int, "__new__": make})


def _type_twin(recorder: Recording) -> Any:
    class TypeTwin(type):
        """`type` that answers with the class of the plain value."""

        def __call__(cls, *args: Any, **keywords: Any) -> Any:
            if len(args) == 1:
                return builtins.type(recorder.number(args[0]))
            return builtins.type(*args, **keywords)

        def __instancecheck__(cls, instance: Any) -> bool:
            return isinstance(instance, builtins.type)

        def __eq__(cls, other: object) -> bool:
            return other is builtins.type or other is cls

        def __hash__(cls) -> int:
            return hash(builtins.type)

    return TypeTwin("type", (), {})
