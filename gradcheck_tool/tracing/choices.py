"""Functions that choose: the choice is a decision of the run, the chosen entries are only moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.rearrange import learned
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, patched, scalar_like
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import call, inactive, refusal

# Functions whose result is a decision, a shape or a position: no derivative flows through them.
DISCRETE = (
    np.shape, np.ndim, np.size, np.any, np.all, np.iscomplexobj, np.isrealobj, np.result_type, np.can_cast,
    np.min_scalar_type, np.common_type, np.may_share_memory, np.shares_memory,
    np.isclose, np.allclose, np.array_equal, np.array_equiv, np.array_str, np.array_repr, np.array2string,
)  # fmt: skip
# Decisions among the values of one array; a guard remembers them.
ORDERING = (
    np.argmax,
    np.argmin,
    np.argsort,
    np.argwhere,
    np.nonzero,
    np.flatnonzero,
    np.count_nonzero,
    np.searchsorted,
)


def plain(recorder: Recorder, nest: Any) -> Any:
    """A nest of arguments without its record: for decisions alone."""
    if type(nest) in (list, tuple):
        return type(nest)(plain(recorder, inner) for inner in nest)
    return recorder.number(nest)


def _discrete(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        return function(
            *(plain(recorder, x) for x in args), **{name: plain(recorder, x) for name, x in keywords.items()}
        )

    return entry


def _ordering(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, a: Any, *args: Any, **keywords: Any) -> Any:
        for x in (a, *args[:1]):
            if recorder.active(x):
                recorder.guard("order", recorder.line(x), None, held=True)
        return _discrete(function)(recorder, a, *args, **keywords)

    return entry


def where(recorder: Recorder, condition: Any, *choices: Any) -> Any:
    """Choose, never multiply: an infinite branch that is not taken leaves no trace."""
    if recorder.active(condition):
        condition = condition != 0
    condition = recorder.number(condition)
    if not choices:
        return np.where(condition)
    first, second = (recorder.array(x) if isinstance(x, list | tuple) else x for x in choices)
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


def select(recorder: Recorder, condlist: Any, choicelist: Any, default: Any = 0) -> Any:
    """``np.select``: nested choices, the first condition outermost."""
    result = default
    for condition, choice in reversed(list(zip(condlist, choicelist, strict=True))):
        result = where(recorder, condition, choice, result)
    return result


def clip(recorder: Recorder, a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, **keywords: Any) -> Any:
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


def sort(recorder: Recorder, a: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    """``np.sort``: the same entries in another order, and a guard that says so."""
    del kind, stable
    if order is not None:
        raise refusal("order= of numpy.sort")
    a = as_array(recorder, a)
    if axis is None:
        a, axis = np.ravel(a), 0
    places = _ordering(np.argsort)(recorder, a, axis=axis, kind="stable")
    return learned(recorder, np.take_along_axis, (0,), (a, places, axis), {})


def median(
    recorder: Recorder, a: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False, keepdims: Any = False
) -> Any:
    """``np.median``: the middle entry, or the mean of the two."""
    if out is not None or overwrite_input or keepdims:
        raise refusal("out=, overwrite_input= or keepdims= of numpy.median")
    a = as_array(recorder, a)
    value = np.median(recorder.number(a), axis=axis)
    ordered = sort(recorder, a, axis=axis)
    axis = 0 if axis is None else axis % ordered.ndim
    n = ordered.shape[axis]
    middle = (n - 1) // 2, n // 2
    low, high = (ordered[(slice(None),) * axis + (k,)] for k in middle)
    return patched(recorder, low if middle[0] == middle[1] else (low + high) / 2, value)


def round_(recorder: Recorder, a: Any, decimals: int = 0, out: Any = None) -> Any:
    """Rounding: no slope between its jumps."""
    if out is not None:
        raise refusal("out= of numpy.round")
    if decimals == 0:
        return call(recorder, np.rint, (a,), {})
    return call(recorder, np.rint, (a * 10.0**decimals,), {}) / 10.0**decimals


def interp(
    recorder: Recorder, x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None
) -> Any:
    """``np.interp``: a straight line between two table entries; the choice of the entries is a guard."""
    if left is not None or right is not None or period is not None:
        raise refusal("left=, right= or period= of numpy.interp")
    x, xp, fp = (as_array(recorder, v) for v in (x, xp, fp))
    numbers = [np.asarray(recorder.number(v), dtype=float) for v in (x, xp, fp)]
    value: Any = np.interp(numbers[0], numbers[1], numbers[2])
    inside = np.clip(x, numbers[1][0], numbers[1][-1])
    cell = np.clip(np.searchsorted(numbers[1], numbers[0], side="right") - 1, 0, len(numbers[1]) - 2)
    if recorder.active(x):
        recorder.guard("order", recorder.line(x), Constant(numbers[1]), held=True)
    x0, x1, y0, y1 = (v[k] for v, k in ((xp, cell), (xp, cell + 1), (fp, cell), (fp, cell + 1)))
    result = y0 + (inside - x0) * ((y1 - y0) / (x1 - x0))
    return scalar_like(recorder, patched(recorder, result, value), value)


ENTRIES: dict[Any, Entry] = {
    **{function: _discrete(function) for function in DISCRETE},
    **{function: _ordering(function) for function in ORDERING},
    np.where: where,
}
# Spelled with other recorded functions, so that their value is compared with NumPy's.
COMPOSED: dict[Any, Entry] = {
    np.select: select,
    np.clip: clip,
    np.sort: sort,
    np.median: median,
    np.round: round_,
    np.interp: interp,
}
