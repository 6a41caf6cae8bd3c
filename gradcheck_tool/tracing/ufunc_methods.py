"""The methods of ufuncs on recorded arrays: reduce, accumulate, reduceat, outer and at.

Sums, products and extremes have rules of their own; every other ufunc is applied to one entry after the other,
as NumPy does.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing import extremes, reductions, scans, writes
from gradcheck_tool.tracing.construct import holds_recorded
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import UnlikeNumPyError, as_array, axes_of, given, patched
from gradcheck_tool.tracing.ufuncs import call, inactive, refusal

METHODS = ("reduce", "accumulate", "reduceat", "outer", "at")
_MAX = extremes.extreme(np.max, np.argmax)
_MIN = extremes.extreme(np.min, np.argmin)
_OWN: dict[Any, Callable[..., Any]] = {
    (np.add, "reduce"): reductions.sum_,
    (np.multiply, "reduce"): scans.prod,
    (np.maximum, "reduce"): _MAX,
    (np.minimum, "reduce"): _MIN,
    (np.add, "accumulate"): scans.cumsum,
    (np.multiply, "accumulate"): scans.cumprod,
}


def method(recorder: Recorder, ufunc: np.ufunc, name: str, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """``ufunc.name(*inputs, **keywords)`` but for ``out=``, which the caller honours."""
    if ufunc.nout != 1 or (ufunc.nin != 2 and name != "at"):
        raise refusal(f"numpy.{ufunc.__name__}.{name}")
    if name == "at":
        return writes.at(recorder, ufunc, *inputs)
    if name == "outer":
        return _outer(recorder, ufunc, *inputs, **keywords)
    own = _OWN.get((ufunc, name))
    try:
        if own is not None:
            return _folded(recorder, own, *inputs, **keywords)
        return _GENERAL[name](recorder, ufunc, *inputs, **keywords)
    except UnlikeNumPyError as unlike:
        raise refusal(f"numpy.{ufunc.__name__}.{name} with these arguments") from unlike


def _folded(
    recorder: Recorder,
    entry: Callable[..., Any],
    a: Any,
    axis: Any = 0,
    dtype: Any = None,
    out: Any = None,
    keepdims: Any = False,
    initial: Any = np._NoValue,  # noqa: SLF001 - NumPy's mark
    where: Any = True,
) -> Any:
    """The function behind ``add.reduce`` and its kin, which have axis 0 for a default."""
    named = {"dtype": dtype, "out": out, "keepdims": keepdims, "initial": given(initial), "where": where}
    absent = {"dtype": None, "out": None, "keepdims": False, "initial": None, "where": True}
    return entry(recorder, a, axis, **{name: x for name, x in named.items() if x is not absent[name]})


def _reduce(
    recorder: Recorder,
    ufunc: np.ufunc,
    a: Any,
    axis: Any = 0,
    dtype: Any = None,
    out: Any = None,
    keepdims: Any = False,
    initial: Any = np._NoValue,  # noqa: SLF001 - NumPy's mark
    where: Any = True,
) -> Any:
    if out is not None or where is not True or given(initial) is not None:
        raise refusal(f"out=, where= or initial= of numpy.{ufunc.__name__}.reduce", "fold the array in a loop instead")
    a = as_array(recorder, a)
    value = ufunc.reduce(recorder.number(a), axis=axis, dtype=dtype, keepdims=bool(keepdims))
    if not recorder.active(a):
        return inactive(recorder, value)
    rows = scans.rows(a, axes_of(axis, a.ndim))
    folded = functools.reduce(lambda x, y: call(recorder, ufunc, (x, y), {}), [rows[k] for k in range(len(rows))])
    return patched(recorder, np.reshape(as_array(recorder, folded), np.shape(value)), value)


def _accumulate(recorder: Recorder, ufunc: np.ufunc, a: Any, axis: Any = 0, dtype: Any = None, out: Any = None) -> Any:
    if out is not None:
        raise refusal(f"out= of numpy.{ufunc.__name__}.accumulate", "use the result it returns")
    a = as_array(recorder, a)
    value = ufunc.accumulate(recorder.number(a), axis, dtype=dtype)
    if not recorder.active(a):
        return inactive(recorder, value)
    rows = np.moveaxis(a, axis, 0)
    parts = [rows[0]]
    for k in range(1, len(rows)):
        parts.append(call(recorder, ufunc, (parts[-1], rows[k]), {}))
    return patched(recorder, _stacked(recorder, parts, axis), value)


def _stacked(recorder: Recorder, parts: list[Any], axis: int) -> Any:
    return np.stack([as_array(recorder, part) for part in parts], axis=axis)


def _reduceat(
    recorder: Recorder, ufunc: np.ufunc, a: Any, indices: Any, axis: Any = 0, dtype: Any = None, out: Any = None
) -> Any:
    if out is not None:
        raise refusal(f"out= of numpy.{ufunc.__name__}.reduceat", "use the result it returns")
    a = as_array(recorder, a)
    value = ufunc.reduceat(recorder.number(a), recorder.number(indices), axis, dtype)
    if not recorder.active(a):
        return inactive(recorder, value)
    rows = np.moveaxis(a, axis, 0)
    starts = np.asarray(recorder.number(indices)).tolist()
    parts = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        part = rows[start : end if end > start else start + 1]
        parts.append(method(recorder, ufunc, "reduce", (part,), {"axis": 0}))
    return patched(recorder, _stacked(recorder, parts, axis), value)


_GENERAL: dict[str, Callable[..., Any]] = {"reduce": _reduce, "accumulate": _accumulate, "reduceat": _reduceat}


def _outer(recorder: Recorder, ufunc: np.ufunc, a: Any, b: Any, **keywords: Any) -> Any:
    a, b = (as_array(recorder, x) for x in (a, b))
    wide = np.reshape(a, (*np.shape(a), *(1,) * np.ndim(b)))
    return call(recorder, ufunc, (wide, b), keywords)


def listening_methods(recorder: Recorder, ufunc: np.ufunc) -> dict[str, Callable[..., Any]]:
    """The methods of a ufunc by name; those of two operands also hear recorded numbers inside lists."""
    plain = {name: getattr(ufunc, name) for name in METHODS}
    if ufunc.nin != 2 or ufunc.nout != 1:
        return plain

    def heard(original: Callable[..., Any]) -> Callable[..., Any]:
        def twin(*args: Any, **keywords: Any) -> Any:
            if any(type(x) in (list, tuple) and holds_recorded(x) for x in args):
                args = tuple(recorder.array(x) if type(x) in (list, tuple) and holds_recorded(x) else x for x in args)
            result = original(*args, **keywords)
            return inactive(recorder, result) if type(result) is np.ndarray else result

        return twin

    return {name: heard(original) for name, original in plain.items()}
