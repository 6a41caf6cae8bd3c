"""Sums, means and spreads of recorded arrays, with every keyword NumPy has for them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.complex_ufuncs import embedded
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorded, Recorder, solid
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_ADDED: Callable[..., Any] = np.add.reduce


class UnlikeNumPyError(CannotFollow):
    """A composition that does not give NumPy's own value; whoever knows the function's name says it."""


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
    if type(x) is recorder.Scalar or type(x) is recorder.Complex:
        value = solid(x.value)
        return recorder.emit("reshape", x.line, ((), ()), value)
    return x if isinstance(x, np.ndarray) or isinstance(type(x), Recorded) else np.asarray(x)


def patched(recorder: Recorder, result: Any, value: Any) -> Any:
    """The result of a composition, holding NumPy's own value bit for bit and of NumPy's own class.

    Raises `CannotFollow` where the two are not the same computation.
    """
    if not recorder.active(result):
        return inactive(recorder, value)
    mine = recorder.number(result)
    if isinstance(type(mine), Recorded) or isinstance(type(value), Recorded):
        return result  # a number of an enclosing recording is what its own operations made it
    if type(mine) is type(value) and _identical(mine, value):
        return result
    if np.shape(mine) != np.shape(value) or not close(mine, value):
        raise UnlikeNumPyError(
            "a NumPy operation with these arguments has no derivative rule here",
            where=here(),
            remedy="write that step with other NumPy functions, or check against differences alone",
        )
    if is_complex(mine) != is_complex(value):
        result = np.real(result) if is_complex(mine) else embedded(recorder, result)
        mine = recorder.number(result)
    line = recorder.line(result)
    if _identical(mine, value):
        if type(value) is np.ndarray:
            return recorder.emit("reshape", line, (value.shape, np.shape(recorder.value[line])), value.copy())
        if np.ndim(recorder.value[line]) == 0 and type(recorder.value[line]) is np.ndarray:
            return recorder.item(line, (), (), value)
    return recorder.emit("pos", line, None, value, 1)


def _identical(mine: Any, value: Any) -> bool:
    """Whether two numbers or arrays are the same, precision and bits; one nan is as good as another."""
    mine, value = np.asarray(mine), np.asarray(value)
    if mine.dtype != value.dtype or mine.shape != value.shape:
        return False
    return bool(np.array_equal(mine, value, equal_nan=mine.dtype.kind in "fc"))


def close(mine: Any, expected: Any) -> bool:
    """Whether two spellings of one computation agree, beyond what rounding and cancellation explain."""
    mine, expected = np.asarray(mine), np.asarray(expected)
    if mine.dtype.kind not in "fiubc" or expected.dtype.kind not in "fiubc":
        return bool(np.array_equal(mine, expected))
    coarse = max(64.0 * _unit(mine), 64.0 * _unit(expected))
    slack = max(1e-9, coarse) * (1.0 + float(np.max(np.abs(expected), initial=0.0, where=np.isfinite(expected))))
    return bool(np.allclose(mine, expected, rtol=max(1e-6, coarse), atol=slack, equal_nan=True))


def _unit(x: Any) -> float:
    """The rounding unit of an array's own precision; 0 for whole numbers and doubles, which 1e-9 allows for."""
    narrow = x.dtype.kind in "fc" and np.finfo(x.dtype).eps > 1e-15
    return float(np.finfo(x.dtype).eps) if narrow else 0.0


def scalar_like(recorder: Recorder, result: Any, value: Any) -> Any:
    """Give a 0-d result the class NumPy's own result has."""
    if type(value) is np.ndarray or type(result) is not recorder.Array or not recorder.active(result):
        return result
    return recorder.item(recorder.line(result), (), (), value)


def total(recorder: Recorder, a: Any, axis: Any, value: Any, *, keepdims: bool) -> Any:
    """Write the sum of `a` over `axis`, whose value NumPy says is `value`."""
    shape = a.value.shape
    detail = (axes_of(axis, len(shape)), bool(keepdims), shape)
    return recorder.emit("sum", recorder.line(same_kind(a, value)), detail, value)


def same_kind(a: Any, value: Any) -> Any:
    """A complex array, or its real part where the result `value` is real: all that a real ``dtype=`` leaves of it."""
    return np.real(a) if is_complex(a) and not is_complex(value) else a


def given(keyword: Any, default: Any = None) -> Any:
    """A keyword, or its default where NumPy's own code marks it as not given."""
    return default if keyword is np._NoValue else keyword  # noqa: SLF001 - NumPy's mark


def masked(recorder: Recorder, a: Any, where: Any, filler: float) -> Any:
    """The array with `filler` in the places that a ``where=`` leaves out."""
    where = given(where, True)
    return a if where is True else as_array(recorder, np.where(recorder.number(where), a, filler))


def sum_(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
         initial: Any = None, where: Any = True) -> Any:  # fmt: skip
    """``np.sum``."""
    if axis is None and dtype is out is initial is None and keepdims is False and where is True:
        a = as_array(recorder, a)
        value = _ADDED(recorder.number(a), axis=None)
        return total(recorder, a, None, value, keepdims=False) if recorder.active(a) else inactive(recorder, value)
    refuse_given("sum", out=out)
    initial = given(initial)
    a, keep = as_array(recorder, a), bool(given(keepdims, False))
    value = asked(recorder, np.sum, a, where, initial, axis=axis, dtype=dtype, keepdims=keep)
    a = masked(recorder, a, where, 0.0)
    result: Any = 0.0
    if recorder.active(a):
        plain = given(where, True) is True and initial is None
        added = value if plain else _ADDED(a.value, axis=axis, dtype=dtype, keepdims=keep)
        result = total(recorder, a, axis, added, keepdims=keep)
        if plain:
            return result
    return patched(recorder, result if initial is None else result + initial, value)


def asked(recorder: Recorder, function: Any, a: Any, where: Any, initial: Any, **keywords: Any) -> Any:
    """NumPy's own answer on the plain numbers."""
    if given(where, True) is not True:
        keywords["where"] = recorder.number(where)
    if initial is not None:
        keywords["initial"] = recorder.number(initial)
    _refuse_whole(function, keywords)
    return function(recorder.number(a), **keywords)


def _refuse_whole(function: Any, keywords: dict[str, Any]) -> None:
    """A sum in whole numbers rounds its terms; it is not followed."""
    dtype = keywords.get("dtype")
    if dtype is None:
        keywords.pop("dtype", None)
    elif np.dtype(dtype).kind not in "fc":
        raise refusal(f"dtype={np.dtype(dtype)} of numpy.{function.__name__}", "leave dtype out, or use a float")


def mean(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
         where: Any = True) -> Any:  # fmt: skip
    """``np.mean``: a sum divided by the count."""
    refuse_given("mean", out=out)
    a, keep = as_array(recorder, a), bool(given(keepdims, False))
    if dtype is None and where is True and recorder.active(a) and a.value.dtype == np.float64 and a.value.size:
        added = total(recorder, a, axis, _ADDED(a.value, axis=axis, keepdims=keep), keepdims=keep)
        return added / counted(recorder, a, axis, where, keep=keep)  # exactly what NumPy does
    value = asked(recorder, np.mean, a, where, None, axis=axis, dtype=dtype, keepdims=keep)
    if not recorder.active(a):
        return inactive(recorder, value)
    count = counted(recorder, a, axis, where, keep=keep)
    a = masked(recorder, a, where, 0.0)
    if not recorder.active(a):
        return inactive(recorder, value)
    added = total(recorder, a, axis, _ADDED(a.value, axis=axis, keepdims=keep), keepdims=keep)
    return patched(recorder, added / count, value)


def counted(recorder: Recorder, a: Any, axis: Any, where: Any, *, keep: bool) -> Any:
    """How many entries each sum over `axis` has: a number, or an array where a mask chooses."""
    shape = recorder.number(a).shape
    where = given(where, True)
    if where is True:
        return math.prod(shape if axis is None else [shape[k] for k in axes_of(axis, len(shape))])
    return np.sum(np.broadcast_to(recorder.number(where), shape), axis=axis, keepdims=keep, dtype=float)


def var(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0,
        keepdims: Any = False, *, where: Any = True, mean: Any = None, correction: Any = None) -> Any:  # fmt: skip
    """``np.var``: the mean square of the deviations."""
    return _spread(recorder, np.var, a, axis, dtype, out, ddof, keepdims, where, mean, correction)


def std(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0,
        keepdims: Any = False, *, where: Any = True, mean: Any = None, correction: Any = None) -> Any:  # fmt: skip
    """``np.std``: the 2-norm of the deviations over the root of the count; a kink where all are equal."""
    return _spread(recorder, np.std, a, axis, dtype, out, ddof, keepdims, where, mean, correction)


def _spread(recorder: Recorder, function: Any, a: Any, axis: Any, dtype: Any, out: Any, ddof: Any, keepdims: Any,
            where: Any, mean: Any, correction: Any) -> Any:  # fmt: skip
    """Variance or standard deviation, with all that NumPy lets one say about it."""
    refuse_given(function.__name__, out=out)
    a, keep, mean, correction = as_array(recorder, a), bool(given(keepdims, False)), given(mean), given(correction)
    less: dict[str, Any] = {"ddof": recorder.number(ddof)}
    if correction is not None:
        less = {**({"ddof": less["ddof"]} if less["ddof"] != 0 else {}), "correction": recorder.number(correction)}
    if mean is not None:
        mean = as_array(recorder, mean)
        less["mean"] = recorder.number(mean)
    if recorder.active(ddof) or recorder.active(correction):
        raise refusal(f"ddof= of numpy.{function.__name__} that depends on the inputs")
    value = asked(recorder, function, a, where, None, axis=axis, dtype=dtype, keepdims=keep, **less)
    if not (recorder.active(a) or recorder.active(mean)):
        return inactive(recorder, value)
    deviation = masked(recorder, _deviation(recorder, a, axis, where, mean), where, 0.0)
    if not recorder.active(deviation):
        return inactive(recorder, value)
    count = counted(recorder, a, axis, where, keep=keep)
    freedom = np.maximum(count - (ddof if correction is None else correction), 0)
    if function is np.var:
        squares = sum_(recorder, _squares(deviation), axis, keepdims=keep)
        return patched(recorder, squares / freedom, value)
    return patched(recorder, norm2(recorder, deviation, axis, keepdims=keep) / np.sqrt(freedom), value)


def _deviation(recorder: Recorder, a: Any, axis: Any, where: Any, mean: Any) -> Any:
    if mean is not None:
        return as_array(recorder, a - mean)
    count = counted(recorder, a, axis, where, keep=True)
    entries = masked(recorder, a, where, 0.0)
    if not recorder.active(entries):
        return as_array(recorder, a - np.sum(recorder.number(entries), axis=axis, keepdims=True) / count)
    added = solid(np.sum(entries.value, axis=axis, keepdims=True))
    return as_array(recorder, a - total(recorder, entries, axis, added, keepdims=True) / count)


def norm2(recorder: Recorder, a: Any, axis: Any, *, keepdims: bool, value: Any = None) -> Any:
    """The root of the sum of squares over `axis`, one line; at zero a kink."""
    shape = a.value.shape
    if is_complex(a.value):
        return _complex_norm2(recorder, a, axes_of(axis, len(shape)), keepdims=keepdims, value=value)
    detail = (axes_of(axis, len(shape)), keepdims, shape)
    if value is None:
        value = np.sqrt(np.sum(a.value * a.value, axis=axis, keepdims=keepdims))
    result = recorder.emit("norm", (recorder.line(a),), detail, value)
    if np.any(value == 0):
        recorder.guard("==", recorder.line(result), Constant(0.0), held=True)
    return result


def _complex_norm2(recorder: Recorder, a: Any, axes: tuple[int, ...], *, keepdims: bool, value: Any) -> Any:
    """The 2-norm of complex numbers: of their real and imaginary parts."""
    parts = np.stack([np.real(a), np.imag(a)], axis=-1)
    length = norm2(recorder, parts, (*axes, a.value.ndim), keepdims=False)
    if keepdims:
        length = np.reshape(length, tuple(1 if k in axes else n for k, n in enumerate(a.value.shape)))
    return length if value is None else patched(recorder, length, value)


def _squares(deviation: Any) -> Any:
    """``abs(deviation)**2``, entry by entry."""
    if not is_complex(deviation):
        return deviation * deviation
    return np.square(np.real(deviation)) + np.square(np.imag(deviation))


def refuse_given(function: str, **keywords: Any) -> None:
    """A keyword that no rule honours is refused by name, never swallowed."""
    for name, x in keywords.items():
        if given(x) is not None:
            raise refusal(f"{name}= of numpy.{function}")
