"""Recording twins of what NumPy's protocols do not reach: constructors, and functions given lists."""

from __future__ import annotations

import functools
import threading
from collections import deque
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.tracing import construct, functions, iterating, ranges
from gradcheck_tool.tracing.array_operators import added, one_array, product, two_arrays
from gradcheck_tool.tracing.builtin_twins import float64_twin
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.joined import Joined
from gradcheck_tool.tracing.polynomials import algebra_twins
from gradcheck_tool.tracing.recorder import Recorded, is_array
from gradcheck_tool.tracing.scalars import unary
from gradcheck_tool.tracing.text import refuse_text
from gradcheck_tool.tracing.ufunc_methods import listening_methods
from gradcheck_tool.tracing.ufuncs import inactive
from gradcheck_tool.tracing.vectorizing import PythonFunction, Vectorized

_NESTS = (list, tuple, deque)
_CONVERTERS = ("array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "asarray_chkfinite", "require")


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
            direct = _direct(recorder, spelled, original)
            changed[name] = _ufunc_twin(recorder, original, one, direct)
    changed["dot"] = _product_twin(recorder, np.dot, changed["dot"])
    changed |= _constructors(recorder, enclosing)
    changed |= algebra_twins(changed)
    return changed


def _product_twin(recorder: Recording, original: Callable[..., Any], long: Callable[..., Any]) -> Callable[..., Any]:
    direct = product(recorder, original, 2)

    @functools.wraps(original)
    def twin(*args: Any, **keywords: Any) -> Any:
        result = direct(*args) if len(args) == 2 and not keywords else None
        return long(*args, **keywords) if result is None else result

    return twin


def _direct(recorder: Recording, row: int | None, original: np.ufunc) -> Callable[..., Any]:
    """The short way of a ufunc on arrays of doubles; None from it, or where there is none: the long way."""
    if row is None or "-" in ROWS[row].partials:  # type: ignore[union-attr]  # what has a spelling is elementwise
        return lambda *_operands: None
    if original.nout == 1 and original is not np.power:  # a square has a row of its own
        if original.nin == 1:
            return one_array(recorder, row, original, 2)
        if original.nin == 2:
            return two_arrays(recorder, row, original, 2)
    return lambda *_operands: None


def _one_operand(
    recorder: Recording, original: np.ufunc, one: Callable[[Any], Any], direct: Callable[..., Any]
) -> Callable[..., Any]:
    scalar, array = recorder.Scalar, recorder.Array

    def twin(x: Any, *args: Any, **keywords: Any) -> Any:
        kind = type(x)
        if not args and not keywords:
            if kind is scalar:
                return one(x)
            if kind is array:
                result = direct(x)
                if result is not None:
                    return result
        if issubclass(kind, _NESTS) and not args and construct.holds_recorded(x):
            x = recorder.array(x)
        return _kept(recorder, original(x, *args, **keywords))

    return twin


def _several_operands(recorder: Recording, original: np.ufunc, direct: Callable[..., Any]) -> Callable[..., Any]:
    array = recorder.Array

    def twin(*args: Any, **keywords: Any) -> Any:
        if len(args) == 2 and not keywords and (type(args[0]) is array or type(args[1]) is array):
            result = direct(*args)
            if result is not None:
                return result
        if len(args) <= original.nin and any(issubclass(type(x), _NESTS) for x in args):
            args = tuple(recorder.array(x) if construct.holds_recorded(x) else x for x in args)
        return _kept(recorder, original(*args, **keywords))

    return twin


def _ufunc_twin(
    recorder: Recording, original: np.ufunc, one: Callable[[Any], Any] | None, direct: Callable[..., Any]
) -> Callable[..., Any]:
    several = _several_operands(recorder, original, direct)
    twin = several if one is None else _one_operand(recorder, original, one, direct)
    for attribute in ("nin", "nout", "nargs", "types", "identity"):
        setattr(twin, attribute, getattr(original, attribute))
    for attribute, method in listening_methods(recorder, original).items():
        setattr(twin, attribute, method)
    twin.__name__ = original.__name__
    return twin


def _of_text(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def twin(string: Any, *args: Any, **keywords: Any) -> Any:
        refuse_text(recorder, f"numpy.{original.__name__}", string)
        return _kept(recorder, original(string, *args, **keywords))

    return twin


def _kept(recorder: Recording, result: Any) -> Any:
    """Float arrays made while f runs are recorded from birth, so that they can be filled."""
    if type(result) is np.ndarray and _on(recorder):
        return inactive(recorder, result)
    if isinstance(type(result), Recorded) and type(result) is not recorder.Array and is_array(result):
        return recorder.wrap(result, -1)  # a buffer of the enclosing recording, which takes its numbers
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
    direct = added(recorder) if original is np.sum else None

    @functools.wraps(original)
    def twin(*args: Any, **keywords: Any) -> Any:
        if args and type(args[0]) is array and not recorder.has_inner:
            if direct is not None and len(args) == 1 and not keywords and (result := direct(args[0])) is not None:
                return result
            return functions.record(recorder, original, args, keywords)  # no need to ask NumPy who answers
        for x in (*args, *keywords.values()):
            if issubclass(type(x), _NESTS) and construct.holds_recorded(x):
                args = tuple(construct.listed(x) if type(x) not in (list, tuple) else x for x in args)
                return functions.record(recorder, original, args, keywords)
        return _kept(recorder, original(*args, **keywords))

    return twin


def _constructors(recorder: Recording, enclosing: ModuleType) -> dict[str, Any]:  # noqa: C901 - one short function per constructor
    def converter(original: Callable[..., Any]) -> Callable[..., Any]:
        def twin(*args: Any, **keywords: Any) -> Any:
            # The first argument is what is converted; the rest is for NumPy to judge.
            if args and type(args[0]) is np.ndarray and args[0].dtype.kind == "O":
                members = args[0].tolist()  # an array of objects may hold recorded values
                args = (members, *args[1:]) if construct.holds_recorded(members) else args
            named = () if args else ("object" if original.__name__ == "array" else "a",)
            nest = keywords.pop(named[0], None) if named and named[0] in keywords else args[0] if args else None
            rest = tuple(recorder.number(x) for x in args[1:])
            if recorder.texts:
                refuse_text(recorder, f"numpy.{original.__name__}", nest)
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
        plain: Any = enclosing.full(
            shape, construct.bare(recorder, fill_value), dtype, order=order, **keywords
        )  # NumPy judges the arguments
        if not construct.holds_recorded(fill_value):
            return _kept(recorder, plain)
        return construct.full(recorder, plain, fill_value)

    def vectorize(*args: Any, **keywords: Any) -> Any:
        return Vectorized(recorder, np.vectorize(*args, **keywords))

    def frompyfunc(function: Callable[..., Any], /, nin: int, nout: int, **keywords: Any) -> Any:
        return PythonFunction(recorder, function, nin, nout, **keywords)

    def einsum(*operands: Any, **keywords: Any) -> Any:
        if any(construct.holds_recorded(x) for x in operands):
            return functions.record(recorder, np.einsum, operands, keywords)
        return _kept(recorder, np.einsum(*operands, **keywords))

    changed: dict[str, Any] = {
        name: maker(getattr(enclosing, name)) for name in ("zeros", "ones", "empty", "eye", "identity", "tri")
    }
    changed["fromstring"] = _of_text(recorder, np.fromstring)
    changed |= {
        **{name: converter(getattr(enclosing, name)) for name in _CONVERTERS},
        "full": full, "vectorize": vectorize, "frompyfunc": frompyfunc, "einsum": einsum,
        **{name: ranges.listening(recorder, name, getattr(np, name)) for name in ranges.RANGES},
        "fromiter": functools.wraps(np.fromiter)(functools.partial(ranges.fromiter, recorder)),
        **iterating.twins(recorder),
        "r_": Joined(recorder, np.r_), "c_": Joined(recorder, np.c_),
        "isscalar": lambda x: np.isscalar(recorder.number(x)),
        "float64": float64_twin(recorder), "double": float64_twin(recorder),
    }  # fmt: skip
    return changed
