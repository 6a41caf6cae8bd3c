"""Sums, products, extremes and scans of recorded arrays."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.recorder import Recorded, Recorder, solid
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_ADDED: Callable[..., Any] = np.add.reduce


def axes_of(axis: Any, ndim: int) -> tuple[int, ...]:
    """The axes as a sorted tuple of non-negative numbers; None means all."""
    if axis is None:
        return tuple(range(ndim))
    chosen = (axis,) if isinstance(axis, int | np.integer) else tuple(axis)
    return tuple(sorted(int(k) % ndim for k in chosen))


def as_array(recorder: Recorder, x: Any) -> Any:
    """Lists become arrays; numbers, recorded or not, become 0-d arrays."""
    if type(x) is recorder.Array or type(x) is np.ndarray:
        return x
    if isinstance(x, list | tuple):
        return recorder.array(x)
    if type(x) is recorder.Scalar:
        value = solid(x.value)
        return recorder.emit("reshape", x.line, ((), ()), value)
    return x if isinstance(x, np.ndarray) or isinstance(type(x), Recorded) else np.asarray(x)


def patched(recorder: Recorder, result: Any, value: Any) -> Any:
    """The result of a composition, holding NumPy's own value bit for bit.

    Raises `CannotFollow` where the two are not the same computation.
    """
    if not recorder.active(result):
        return inactive(recorder, value)
    line = recorder.line(result)
    mine = recorder.value[line]
    if isinstance(type(mine), Recorded) or isinstance(type(value), Recorded):
        return result  # a number of an enclosing recording is what its own operations made it
    if type(mine) is not np.ndarray and type(value) is not np.ndarray:
        if mine == value:
            return result
    elif np.shape(mine) == np.shape(value) and np.array_equal(mine, value, equal_nan=True):
        return result
    if np.shape(mine) != np.shape(value) or not close(mine, value):
        raise refusal("an operation with these arguments")
    return recorder.emit("pos", line, None, value if type(value) is np.ndarray else np.float64(value), 1)


def close(mine: Any, expected: Any) -> bool:
    """Whether two spellings of one computation agree, beyond what rounding and cancellation explain."""
    mine, expected = np.asarray(mine), np.asarray(expected)
    if mine.dtype.kind not in "fiub" or expected.dtype.kind not in "fiub":
        return bool(np.array_equal(mine, expected))
    slack = 1e-9 * (1.0 + float(np.max(np.abs(expected), initial=0.0, where=np.isfinite(expected))))
    return bool(np.allclose(mine, expected, rtol=1e-6, atol=slack, equal_nan=True))


def scalar_like(recorder: Recorder, result: Any, value: Any) -> Any:
    """Give a 0-d result the class NumPy's own result has."""
    if type(value) is np.ndarray or type(result) is recorder.Scalar or not recorder.active(result):
        return result
    return recorder.item(recorder.line(result), (), (), value)


def total(recorder: Recorder, a: Any, axis: Any, value: Any, *, keepdims: bool) -> Any:
    """Write the sum of `a` over `axis`, whose value NumPy says is `value`."""
    shape = a.value.shape
    detail = (axes_of(axis, len(shape)), bool(keepdims), shape)
    return recorder.emit("sum", recorder.line(a), detail, value)


def sum_(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
         initial: Any = None, where: Any = True) -> Any:  # fmt: skip
    """``np.sum``."""
    if not (dtype is out is initial is None and where is True):
        _refuse("sum", dtype=dtype, out=out, initial=initial, where=None if where is True else where)
    a = as_array(recorder, a)
    value = _ADDED(recorder.number(a), axis=axis, keepdims=bool(keepdims))
    if not recorder.active(a):
        return inactive(recorder, value)
    return total(recorder, a, axis, value, keepdims=bool(keepdims))


def mean(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
         where: Any = True) -> Any:  # fmt: skip
    """``np.mean``: a sum divided by the count."""
    if not (dtype is out is None and where is True):
        _refuse("mean", dtype=dtype, out=out, where=None if where is True else where)
    a = as_array(recorder, a)
    if not recorder.active(a):
        return inactive(recorder, np.mean(recorder.number(a), axis=axis, keepdims=bool(keepdims)))
    keep = bool(keepdims)
    added = total(recorder, a, axis, _ADDED(a.value, axis=axis, keepdims=keep), keepdims=keep)
    mean_value = added / _count(a.value.shape, axis)
    if a.value.dtype == np.float64 and a.value.size:
        return mean_value  # exactly what NumPy does
    return patched(recorder, mean_value, np.mean(a.value, axis=axis, keepdims=keep))


def _count(shape: tuple[int, ...], axis: Any) -> int:
    """How many entries one sum over `axis` has."""
    return math.prod(shape if axis is None else [shape[k] for k in axes_of(axis, len(shape))])


def var(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0,
        keepdims: Any = False, *, where: Any = True, mean: Any = None, correction: Any = None) -> Any:  # fmt: skip
    """``np.var``: the mean square of the deviations."""
    _refuse("var", dtype=dtype, out=out, where=None if where is True else where, mean=mean)
    a = as_array(recorder, a)
    ddof = ddof if correction is None else correction
    value = np.var(recorder.number(a), axis=axis, ddof=ddof, keepdims=bool(keepdims))
    if not recorder.active(a):
        return inactive(recorder, value)
    deviation, count = _deviation(recorder, a, axis)
    squares = sum_(recorder, deviation * deviation, axis, keepdims=bool(keepdims))
    return patched(recorder, squares / (count - ddof), value)


def std(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0,
        keepdims: Any = False, *, where: Any = True, mean: Any = None, correction: Any = None) -> Any:  # fmt: skip
    """``np.std``: the 2-norm of the deviations over the root of the count; a kink where all are equal."""
    _refuse("std", dtype=dtype, out=out, where=None if where is True else where, mean=mean)
    a = as_array(recorder, a)
    ddof = ddof if correction is None else correction
    value = np.std(recorder.number(a), axis=axis, ddof=ddof, keepdims=bool(keepdims))
    if not recorder.active(a):
        return inactive(recorder, value)
    deviation, count = _deviation(recorder, a, axis)
    length = norm2(recorder, deviation, axis, keepdims=bool(keepdims))
    return patched(recorder, length / np.sqrt(count - ddof), value)


def _deviation(recorder: Recorder, a: Any, axis: Any) -> tuple[Any, int]:
    count = _count(a.value.shape, axis)
    centre = total(recorder, a, axis, solid(np.sum(a.value, axis=axis, keepdims=True)), keepdims=True) / count
    return as_array(recorder, a - centre), count


def norm2(recorder: Recorder, a: Any, axis: Any, *, keepdims: bool, value: Any = None) -> Any:
    """The root of the sum of squares over `axis`, one line; at zero a kink."""
    shape = a.value.shape
    detail = (axes_of(axis, len(shape)), keepdims, shape)
    if value is None:
        value = np.sqrt(np.sum(a.value * a.value, axis=axis, keepdims=keepdims))
    result = recorder.emit("norm", (recorder.line(a),), detail, value)
    if np.any(value == 0):
        recorder.guard("==", recorder.line(result), Constant(0.0), held=True)
    return result


def prod(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
         initial: Any = None, where: Any = True) -> Any:  # fmt: skip
    """``np.prod``: successive products, so that a zero factor needs no division."""
    _refuse("prod", dtype=dtype, out=out, initial=initial, where=None if where is True else where)
    a = as_array(recorder, a)
    value = np.prod(recorder.number(a), axis=axis, keepdims=bool(keepdims))
    if not recorder.active(a):
        return inactive(recorder, value)
    if axis is None:
        result = functools.reduce(operator.mul, list(a.reshape(-1)))
    else:
        result = a
        for k in reversed(axes_of(axis, a.ndim)):
            result = functools.reduce(operator.mul, [result[(slice(None),) * k + (i,)] for i in range(result.shape[k])])
    if np.shape(value) != np.shape(recorder.number(result)):
        result = as_array(recorder, result).reshape(np.shape(value))
    return scalar_like(recorder, patched(recorder, result, value), value)


def cumsum(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
    """``np.cumsum``."""
    _refuse("cumsum", dtype=dtype, out=out)
    a = as_array(recorder, a)
    value = np.cumsum(recorder.number(a), axis=axis)
    if not recorder.active(a):
        return inactive(recorder, value)
    if axis is None or a.ndim == 0:
        a, axis = a.reshape(-1), 0
    return recorder.emit("cumsum", recorder.line(a), (axis % a.ndim, False), value)


def cumprod(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
    """``np.cumprod``: successive products, stacked."""
    _refuse("cumprod", dtype=dtype, out=out)
    a = as_array(recorder, a)
    value = np.cumprod(recorder.number(a), axis=axis)
    if not recorder.active(a):
        return inactive(recorder, value)
    if axis is None or a.ndim == 0:
        a, axis = a.reshape(-1), 0
    axis %= a.ndim
    parts = [a[(slice(None),) * axis + (0,)]]
    for k in range(1, a.shape[axis]):
        parts.append(parts[-1] * a[(slice(None),) * axis + (k,)])
    return patched(recorder, np.stack(parts, axis=axis) if a.ndim > 1 else recorder.array(parts), value)


def extreme(function: Callable[..., Any], position: Callable[..., Any]) -> Callable[..., Any]:
    """``np.max`` or ``np.min``: the entry that wins, and a guard that says so."""

    def entry(recorder: Recorder, a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, initial: Any = None,
              where: Any = True) -> Any:  # fmt: skip
        _refuse(function.__name__, out=out, initial=initial, where=None if where is True else where)
        a = as_array(recorder, a)
        number = recorder.number(a)
        value = function(number, axis=axis, keepdims=bool(keepdims))
        if not recorder.active(a):
            return inactive(recorder, value)
        axes = axes_of(axis, number.ndim)
        places = np.arange(1, number.size + 1).reshape(number.shape)
        rest = tuple(k for k in range(number.ndim) if k not in axes)
        shape = tuple(number.shape[k] for k in rest)
        rows = np.transpose(number, rest + axes).reshape((*shape, -1))
        where_from = np.transpose(places, rest + axes).reshape((*shape, -1))
        best = position(rows, axis=-1)
        chosen = np.take_along_axis(where_from, np.asarray(best)[..., None], axis=-1)[..., 0]
        chosen = np.asarray(chosen).reshape(np.shape(value))
        line = recorder.line(a)
        recorder.guard("largest" if function is np.max else "smallest", line, axes, held=True)
        if np.ndim(value) == 0:
            flat = int(chosen) - 1
            key = tuple(int(k) for k in np.unravel_index(flat, number.shape))
            return recorder.item(line, key, number.shape, value)
        return recorder.emit("gather", line, (chosen, chosen.shape, number.shape), value)

    return entry


def _refuse(function: str, **keywords: Any) -> None:
    """A keyword that no rule honours is refused by name, never swallowed."""
    for name, given in keywords.items():
        absent = given is None or given is np._NoValue  # noqa: SLF001 - NumPy's mark for "not given"
        harmless = name == "dtype" and not absent and np.dtype(given) == np.float64
        if not absent and not harmless:
            raise refusal(f"{name}= of numpy.{function}")
