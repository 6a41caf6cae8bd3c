"""Recording twins of what NumPy's protocols do not reach: constructors, and functions given lists."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import SPELLED
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import construct, functions, reductions
from gradcheck_tool.tracing.builtin_twins import float64_twin
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.scalars import unary
from gradcheck_tool.tracing.ufuncs import inactive

_CONVERTERS = ("array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "asarray_chkfinite")


def _on(recorder: Recording) -> bool:
    return threading.get_ident() == recorder.thread


def numpy_twins(recorder: Recording, enclosing: ModuleType = np) -> dict[str, Any]:
    """Twins of what NumPy's protocols do not reach, by name: constructors, and functions that are given lists.

    `enclosing` is NumPy, or its twin in the recording around this one: the converters compute with it.
    """
    changed = listening(recorder, np)
    scalar = recorder.Scalar
    for name, original in vars(np).items():
        if isinstance(original, np.ufunc):
            spelled = SPELLED.get(f"numpy.{original.__name__}")
            one = (
                unary(recorder, scalar, spelled, original, depth=2)
                if spelled is not None and original.nin == 1
                else None
            )
            changed[name] = _ufunc_twin(recorder, original, one)
    changed |= _constructors(recorder, enclosing)
    return changed


def _ufunc_twin(recorder: Recording, original: np.ufunc, one: Callable[[Any], Any] | None) -> Callable[..., Any]:
    scalar = recorder.Scalar

    if one is not None:

        def twin(x: Any, *args: Any, **keywords: Any) -> Any:
            if type(x) is scalar and not args and not keywords:
                return one(x)
            if type(x) in (list, tuple) and not args and construct.holds_recorded(x):
                x = recorder.array(x)
            return _kept(recorder, original(x, *args, **keywords))

    else:

        def twin(*args: Any, **keywords: Any) -> Any:  # type: ignore[misc]  # two signatures of one name
            if len(args) <= original.nin and any(type(x) in (list, tuple) for x in args):
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


def listening(recorder: Recording, module: ModuleType) -> dict[str, Any]:
    """Twins of NumPy's array functions that also hear recorded numbers inside lists."""
    changed = {}
    for name, original in vars(module).items():
        if callable(original) and hasattr(original, "_implementation") and not name.startswith("_"):
            changed[name] = _list_twin(recorder, original)
    return changed


def _list_twin(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    array = recorder.Array

    @functools.wraps(original)
    def twin(*args: Any, **keywords: Any) -> Any:
        if len(args) == 1 and type(args[0]) is array and not keywords:
            return functions.record(recorder, original, args, keywords)  # no need to ask NumPy who answers
        for x in (*args, *keywords.values()):
            if type(x) in (list, tuple) and construct.holds_recorded(x):
                return functions.record(recorder, original, args, keywords)
        return _kept(recorder, original(*args, **keywords))

    return twin


def _constructors(recorder: Recording, enclosing: ModuleType) -> dict[str, Any]:  # noqa: C901 - one short function per constructor
    def converter(original: Callable[..., Any]) -> Callable[..., Any]:
        def twin(*args: Any, **keywords: Any) -> Any:
            # The first argument is what is converted; the rest is for NumPy to judge.
            named = () if args else ("object" if original.__name__ == "array" else "a",)
            nest = keywords.pop(named[0], None) if named and named[0] in keywords else args[0] if args else None
            rest = tuple(recorder.number(x) for x in args[1:])
            if not construct.holds_recorded(nest):
                return _kept(recorder, original(*((nest,) if args or named else ()), *rest, **keywords))
            return construct.converted(recorder, nest, lambda plain: original(plain, *rest, **keywords))

        return functools.wraps(original)(twin)

    def maker(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def twin(*args: Any, **keywords: Any) -> Any:
            return _kept(recorder, original(*args, **keywords))

        return twin

    def full(shape: Any, fill_value: Any, dtype: Any = None, order: str = "C", **keywords: Any) -> Any:
        plain: Any = np.full(shape, construct.bare(recorder, fill_value), dtype, order=order, **keywords)  # type: ignore[call-overload]  # NumPy judges the arguments
        if not construct.holds_recorded(fill_value):
            return _kept(recorder, plain)
        return construct.full(recorder, plain, fill_value)

    def linspace(start: Any, stop: Any, num: int = 50, endpoint: Any = True, **keywords: Any) -> Any:
        plain = [construct.bare(recorder, x) for x in (start, stop)]
        value: Any = np.linspace(plain[0], plain[1], num, endpoint, **keywords)
        if not (construct.holds_recorded(start) or construct.holds_recorded(stop)):
            return _kept(recorder, value)
        if keywords:
            raise CannotFollow(
                f"{next(iter(keywords))}= of numpy.linspace has no derivative rule here",
                where=here(),
                remedy="scale numpy.linspace(0, 1, num) by the ends instead",
            )
        ends = [recorder.array(x) if isinstance(x, list | tuple) else x for x in (start, stop)]
        steps = np.arange(num) / max(num - 1 if endpoint else num, 1)
        steps = steps.reshape(-1, *(1,) * (value.ndim - 1))
        return reductions.patched(recorder, np.multiply(steps, ends[1]) + np.multiply(1.0 - steps, ends[0]), value)

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
        **{name: converter(getattr(enclosing, name)) for name in _CONVERTERS},
        "full": full, "linspace": linspace, "vectorize": vectorize, "einsum": einsum,
        "r_": _Joined(recorder, np.r_), "c_": _Joined(recorder, np.c_),
        "isscalar": lambda x: np.isscalar(recorder.number(x)),
        "float64": float64_twin(recorder), "double": float64_twin(recorder),
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
