"""NumPy's functions on recorded arrays: a table from the function to what records it.

Most entries are one line: a rearrangement that teaches its own index map, or a composition of
recorded operations. Signatures are explicit, so a keyword without a rule is refused, not swallowed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import contractions, decompositions, reductions
from gradcheck_tool.tracing.construct import copied, like
from gradcheck_tool.tracing.rearrange import learned
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, patched, scalar_like
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import call, inactive, refusal

Entry = Callable[..., Any]

# Functions of one array whose result is a view where NumPy can make one, else a rearranged copy.
STRUCTURAL = (
    np.reshape, np.ravel, np.transpose, np.swapaxes, np.moveaxis, np.rollaxis, np.squeeze, np.expand_dims,
    np.broadcast_to, np.diagonal, np.flip, np.flipud, np.fliplr, np.rot90, np.matrix_transpose, np.permute_dims,
)  # fmt: skip
# Functions that move elements into new memory.
MOVING = (
    np.concatenate, np.stack, np.vstack, np.hstack, np.dstack, np.column_stack, np.append, np.roll, np.tile, np.repeat,
    np.pad, np.take, np.take_along_axis, np.insert, np.delete, np.diag, np.diagflat, np.tril, np.triu, np.block,
    np.compress, np.extract, np.choose, np.split, np.array_split, np.hsplit, np.vsplit, np.dsplit, np.meshgrid,
    np.atleast_1d, np.atleast_2d, np.atleast_3d, np.resize, np.trim_zeros, np.unstack,
)  # fmt: skip
# Functions whose result is a decision, a shape or a position: no derivative flows through them.
DISCRETE = (
    np.shape, np.ndim, np.size, np.any, np.all, np.iscomplexobj, np.isrealobj, np.result_type, np.can_cast,
    np.min_scalar_type, np.common_type, np.may_share_memory, np.shares_memory,
)  # fmt: skip
# Decisions among the values of one array; a guard remembers them.
ORDERING = (np.argmax, np.argmin, np.argsort, np.argwhere, np.nonzero, np.flatnonzero, np.count_nonzero, np.searchsorted)
NUMERIC_TESTS = (np.isclose, np.allclose, np.array_equal, np.array_equiv)

TABLE: dict[Any, Entry] = {}


def entry(*functions: Any) -> Callable[[Entry], Entry]:
    """Enter a recording function for one or more NumPy functions."""

    def enter(record: Entry) -> Entry:
        for function in functions:
            TABLE[function] = record
        return record

    return enter


def structural(recorder: Recorder, function: Callable[..., Any], array: Any, *args: Any, **keywords: Any) -> Any:
    """A view of a recorded array where NumPy gives one, else a copy with a learned index map."""
    array = as_array(recorder, array)
    if type(array) is not recorder.Array:
        return inactive(recorder, function(array, *args, **keywords))

    def step(x: Any) -> Any:
        return function(x, *args, **keywords)

    result = step(array.value)
    if not np.shares_memory(result, array.value):
        return learned(recorder, function, (array, *args), keywords)
    shape = array.value.shape
    if function in (np.reshape, np.ravel, np.squeeze, np.expand_dims) and keywords.get("order", "C") == "C":
        return array.view(step, "reshape", (result.shape, shape))
    places = step(np.arange(1, array.value.size + 1).reshape(shape))
    return array.view(step, "gather", (np.array(places), result.shape, shape))


for _function in STRUCTURAL:
    TABLE[_function] = lambda recorder, *args, _f=_function, **kw: structural(recorder, _f, *args, **kw)
for _function in MOVING:
    TABLE[_function] = lambda recorder, *args, _f=_function, **kw: learned(recorder, _f, args, kw)
for _function in DISCRETE:
    TABLE[_function] = lambda recorder, *args, _f=_function, **kw: _f(*(_numbers(recorder, x) for x in args), **kw)
for _function in ORDERING:
    TABLE[_function] = lambda recorder, *args, _f=_function, **kw: _ordered(recorder, _f, args, kw)
for _function in NUMERIC_TESTS:
    TABLE[_function] = lambda recorder, *args, _f=_function, **kw: _f(*(_numbers(recorder, x) for x in args), **kw)


def _numbers(recorder: Recorder, x: Any) -> Any:
    if type(x) in (list, tuple):
        return type(x)(_numbers(recorder, inner) for inner in x)
    return recorder.number(x)


def _ordered(recorder: Recorder, function: Callable[..., Any], args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    if recorder.active(args[0]):
        recorder.guard("order", recorder.line(args[0]), None, held=True)
    return function(*(_numbers(recorder, x) for x in args), **keywords)


TABLE |= {
    np.sum: reductions.sum_,
    np.mean: reductions.mean,
    np.var: reductions.var,
    np.std: reductions.std,
    np.prod: reductions.prod,
    np.cumsum: reductions.cumsum,
    np.cumprod: reductions.cumprod,
    np.max: reductions.extreme(np.max, np.argmax),
    np.min: reductions.extreme(np.min, np.argmin),
    np.amax: reductions.extreme(np.max, np.argmax),
    np.amin: reductions.extreme(np.min, np.argmin),
    np.dot: contractions.dot,
    np.vdot: contractions.vdot,
    np.inner: contractions.inner,
    np.outer: contractions.outer,
    np.tensordot: contractions.tensordot,
    np.einsum: contractions.einsum,
    np.linalg.solve: decompositions.solve,
    np.linalg.inv: decompositions.one_matrix("inv", np.linalg.inv),
    np.linalg.det: decompositions.one_matrix("det", np.linalg.det),
    np.linalg.cholesky: decompositions.one_matrix("cholesky", np.linalg.cholesky),
    np.linalg.slogdet: decompositions.slogdet,
    np.linalg.norm: decompositions.norm,
    np.zeros_like: lambda recorder, a, dtype=None, order="K", subok=True, shape=None: like(recorder, a, 0.0, dtype, shape),
    np.empty_like: lambda recorder, a, dtype=None, order="K", subok=True, shape=None: like(recorder, a, 0.0, dtype, shape),
    np.ones_like: lambda recorder, a, dtype=None, order="K", subok=True, shape=None: like(recorder, a, 1.0, dtype, shape),
    np.full_like: lambda recorder, a, fill_value, dtype=None, order="K", subok=True, shape=None: like(
        recorder, a, fill_value, dtype, shape
    ),
    np.copy: lambda recorder, a, order="K", subok=False: copied(recorder, as_array(recorder, a)),
    np.ptp: lambda recorder, a, axis=None, keepdims=False: (
        np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)
    ),
    np.real: lambda recorder, a: a,
    np.trace: lambda recorder, a, offset=0, axis1=0, axis2=1: np.sum(
        np.diagonal(as_array(recorder, a), offset, axis1, axis2), axis=-1
    ),
    np.array_str: lambda recorder, a, *rest, **kw: np.array_str(recorder.number(a), *rest, **kw),
    np.array_repr: lambda recorder, a, *rest, **kw: np.array_repr(recorder.number(a), *rest, **kw),
    np.array2string: lambda recorder, a, *rest, **kw: np.array2string(recorder.number(a), *rest, **kw),
}


@entry(np.where)
def _where(recorder: Recorder, condition: Any, *choices: Any) -> Any:
    """Choose, never multiply: an infinite branch that is not taken leaves no trace."""
    if recorder.active(condition):
        condition = condition != 0
    condition = recorder.number(condition)
    if not choices:
        return np.where(condition)
    first, second = (as_array(recorder, x) for x in choices)
    value = np.where(condition, recorder.number(first), recorder.number(second))
    if not (recorder.active(first) or recorder.active(second)):
        return inactive(recorder, value)
    chosen = np.broadcast_to(condition, value.shape).ravel().astype(bool)
    constant = np.zeros(value.size, dtype=bool)
    refs, moves = [], []
    for x, taken in ((first, chosen), (second, ~chosen)):
        if not recorder.active(x):
            constant |= taken
        elif taken.any():
            number = recorder.number(x)
            places = np.broadcast_to(np.arange(np.size(number)).reshape(np.shape(number)), value.shape).ravel()
            targets = np.flatnonzero(taken)
            refs.append(recorder.line(x))
            moves.append((targets, places[targets]))
    if not refs:
        return inactive(recorder, value)
    base = np.where(constant, value.ravel(), 0.0) if constant.any() else None
    return recorder.emit("assemble", tuple(refs), (value.shape, base, tuple(moves)), value)


@entry(np.select)
def _select(recorder: Recorder, condlist: Any, choicelist: Any, default: Any = 0) -> Any:
    result = default
    for condition, choice in reversed(list(zip(condlist, choicelist, strict=True))):
        result = _where(recorder, condition, choice, result)
    return result


@entry(np.clip)
def _clip(recorder: Recorder, a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, **keywords: Any) -> Any:
    """``np.clip``: the larger of a and the lower bound, then the smaller of that and the upper."""
    lower = keywords.pop("min", a_min)
    upper = keywords.pop("max", a_max)
    if keywords:
        raise refusal(f"{next(iter(keywords))}= of numpy.clip")
    result = as_array(recorder, a) if isinstance(a, list | tuple) else a
    if lower is not None:
        result = call(recorder, np.maximum, (result, lower), {})
    if upper is not None:
        result = call(recorder, np.minimum, (result, upper), {})
    if out is not None:
        out[...] = result
        return out
    return result


@entry(np.sort)
def _sort(recorder: Recorder, a: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    """``np.sort``: the same entries in another order, and a guard that says so."""
    del kind, stable
    if order is not None:
        raise refusal("order= of numpy.sort")
    a = as_array(recorder, a)
    if axis is None:
        a, axis = np.ravel(a), 0
    places = _ordered(recorder, np.argsort, (a,), {"axis": axis, "kind": "stable"})
    return learned(recorder, np.take_along_axis, (a, places, axis), {})


@entry(np.median)
def _median(recorder: Recorder, a: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False, keepdims: Any = False) -> Any:
    """``np.median``: the middle entry, or the mean of the two."""
    if out is not None or overwrite_input or keepdims:
        raise refusal("out=, overwrite_input= or keepdims= of numpy.median")
    a = as_array(recorder, a)
    value = np.median(recorder.number(a), axis=axis)
    ordered = _sort(recorder, a, axis=axis)
    axis = 0 if axis is None else axis % ordered.ndim
    n = ordered.shape[axis]
    middle = (n - 1) // 2, n // 2
    low, high = (ordered[(slice(None),) * axis + (k,)] for k in middle)
    return patched(recorder, low if middle[0] == middle[1] else (low + high) / 2, value)


@entry(np.diff)
def _diff(recorder: Recorder, a: Any, n: int = 1, axis: int = -1, **keywords: Any) -> Any:
    for name in keywords:
        raise refusal(f"{name}= of numpy.diff")
    a = as_array(recorder, a)
    lead = (slice(None),) * (axis % a.ndim)
    for _ in range(n):
        a = a[(*lead, slice(1, None))] - a[(*lead, slice(None, -1))]
    return a


@entry(np.trapezoid)
def _trapezoid(recorder: Recorder, y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    y = as_array(recorder, y)
    numbers = recorder.number(y), None if x is None else _numbers(recorder, x)
    value = np.trapezoid(numbers[0], numbers[1], dx=_numbers(recorder, dx), axis=axis)
    lead = (slice(None),) * (axis % y.ndim)
    width = dx
    if x is not None:
        x = as_array(recorder, x)
        width = np.diff(x, axis=-1 if np.ndim(x) == 1 else axis)
        if np.ndim(x) == 1 and y.ndim > 1:
            width = np.reshape(width, tuple(-1 if k == axis % y.ndim else 1 for k in range(y.ndim)))
    pairs = width * (y[(*lead, slice(1, None))] + y[(*lead, slice(None, -1))]) / 2.0
    return patched(recorder, np.sum(pairs, axis=axis), value)


@entry(np.average)
def _average(recorder: Recorder, a: Any, axis: Any = None, weights: Any = None, returned: Any = False, *, keepdims: Any = False) -> Any:
    if returned or keepdims or (weights is not None and axis is not None):
        raise refusal("returned=, keepdims= or axis= with weights of numpy.average", "write it as a sum over the weights")
    a = as_array(recorder, a)
    if weights is None:
        return np.mean(a, axis=axis)
    weights = as_array(recorder, weights)
    value = np.average(recorder.number(a), weights=recorder.number(weights))
    return patched(recorder, np.sum(a * weights) / np.sum(weights), value)


@entry(np.kron)
def _kron(recorder: Recorder, a: Any, b: Any) -> Any:
    a, b = as_array(recorder, a), as_array(recorder, b)
    ndim = max(a.ndim, b.ndim)
    a, b = (np.reshape(x, (1,) * (ndim - x.ndim) + x.shape) for x in (a, b))
    pairs = np.reshape(a, tuple(n for k in a.shape for n in (k, 1))) * np.reshape(b, tuple(n for k in b.shape for n in (1, k)))
    return np.reshape(pairs, tuple(n * m for n, m in zip(a.shape, b.shape, strict=True)))


@entry(np.cross)
def _cross(recorder: Recorder, a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None) -> Any:
    a, b = as_array(recorder, a), as_array(recorder, b)
    if (axisa, axisb, axisc, axis) != (-1, -1, -1, None) or a.shape[-1] != 3 or b.shape[-1] != 3:
        raise refusal("numpy.cross of other than three components in the last axis")
    x, y = ([v[..., k] for k in range(3)] for v in (a, b))
    parts = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]
    return np.stack(parts, axis=-1)


@entry(np.polyval)
def _polyval(recorder: Recorder, p: Any, x: Any) -> Any:
    result: Any = 0.0
    for coefficient in p:
        result = result * x + coefficient
    return result


@entry(np.linalg.matrix_power)
def _matrix_power(recorder: Recorder, a: Any, n: int) -> Any:
    a = as_array(recorder, a)
    value = np.linalg.matrix_power(recorder.number(a), n)
    base = np.linalg.inv(a) if n < 0 else a
    result: Any = np.eye(a.shape[-1])
    for _ in range(abs(n)):
        result = base @ result
    return patched(recorder, result, value)


@entry(np.round)
def _round(recorder: Recorder, a: Any, decimals: int = 0, out: Any = None) -> Any:
    """Rounding: no slope between its jumps."""
    if out is not None:
        raise refusal("out= of numpy.round")
    if decimals == 0:
        return call(recorder, np.rint, (a,), {})
    return call(recorder, np.rint, (a * 10.0**decimals,), {}) / 10.0**decimals


@entry(np.interp)
def _interp(recorder: Recorder, x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None) -> Any:
    """``np.interp``: a straight line between two table entries; the choice of the entries is a guard."""
    if left is not None or right is not None or period is not None:
        raise refusal("left=, right= or period= of numpy.interp")
    x, xp, fp = (as_array(recorder, v) for v in (x, xp, fp))
    numbers = [np.asarray(recorder.number(v), dtype=float) for v in (x, xp, fp)]
    value = np.interp(*numbers)
    inside = np.clip(x, numbers[1][0], numbers[1][-1])
    cell = np.clip(np.searchsorted(numbers[1], numbers[0], side="right") - 1, 0, len(numbers[1]) - 2)
    if recorder.active(x):
        recorder.guard("order", recorder.line(x), Constant(numbers[1]), held=True)
    x0, x1, y0, y1 = (v[k] for v, k in ((xp, cell), (xp, cell + 1), (fp, cell), (fp, cell + 1)))
    result = y0 + (inside - x0) * ((y1 - y0) / (x1 - x0))
    return scalar_like(recorder, patched(recorder, result, value), value)


@entry(np.sinc, np.nan_to_num)
def _spelled_in_python(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
    del args, keywords
    raise refusal("numpy.sinc and numpy.nan_to_num")


def record(recorder: Recorder, function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """Call a NumPy function on recorded values: by its entry, else through NumPy's own Python source.

    Raises `CannotFollow` for a function that neither has an entry nor is made of functions that have.
    """
    known = TABLE.get(function)
    if known is not None:
        return known(recorder, *args, **keywords)
    implementation = getattr(function, "_implementation", None)
    name = f"{getattr(function, '__module__', 'numpy')}.{getattr(function, '__name__', function)}"
    if implementation is None or not hasattr(implementation, "__code__"):
        raise refusal(name)
    try:
        return implementation(*args, **keywords)
    except CannotFollow:
        raise refusal(name) from None
