"""Products and running sums and products of recorded arrays.

Products never divide, so that a zero factor is a factor like any other: neighbours are multiplied pairwise, in as
many rounds as it takes, and running products double the reach of each entry per round (Hillis and Steele 1986).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, asked, axes_of, given, masked, patched, refuse_given, same_kind
from gradcheck_tool.tracing.ufuncs import inactive


def prod(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
         initial: Any = None, where: Any = True) -> Any:  # fmt: skip
    """``np.prod``."""
    refuse_given("prod", out=out)
    initial = given(initial)
    a, keep = as_array(recorder, a), bool(given(keepdims, False))
    value = asked(recorder, np.prod, a, where, initial, axis=axis, dtype=dtype, keepdims=keep)
    factors = masked(recorder, a, where, 1.0)
    if not (recorder.active(factors) or recorder.active(initial)):
        return inactive(recorder, value)
    lined = rows(factors, axes_of(axis, factors.ndim))
    try:
        return _product(recorder, _pairwise(lined), initial, value)
    except CannotFollow:
        # Pairs may overflow where NumPy's running product does not.
        return _product(recorder, _one_by_one(lined), initial, value)


def _product(recorder: Recorder, product: Any, initial: Any, value: Any) -> Any:
    product = np.reshape(as_array(recorder, product), np.shape(value))
    return patched(recorder, product if initial is None else product * initial, value)


def rows(a: Any, axes: tuple[int, ...]) -> Any:
    """The array with `axes` rolled into one leading axis."""
    rest = tuple(k for k in range(a.ndim) if k not in axes)
    moved = a if axes + rest == tuple(range(a.ndim)) else np.transpose(a, axes + rest)
    length = int(np.prod([a.shape[k] for k in axes], dtype=int))
    shape = (length, *(a.shape[k] for k in rest))
    return moved if moved.shape == shape else np.reshape(moved, shape)


def _pairwise(rows: Any) -> Any:
    if len(rows) == 0:
        return np.ones(rows.shape[1:])
    while len(rows) > 1:
        even = len(rows) // 2 * 2
        pairs = rows[0:even:2] * rows[1:even:2]
        rows = pairs if even == len(rows) else np.concatenate([pairs, rows[even:]])
    return rows[0]


def _one_by_one(rows: Any) -> Any:
    product = rows[0]
    for k in range(1, len(rows)):
        product = product * rows[k]
    return product


def _flattened(recorder: Recorder, a: Any, axis: Any) -> tuple[Any, int]:
    """The array and the axis of a scan, which flattens where none is given."""
    a = as_array(recorder, a)
    if axis is None or a.ndim == 0:
        return np.reshape(a, -1), 0
    return a, int(axis) % a.ndim


def cumsum(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
    """``np.cumsum``."""
    refuse_given("cumsum", out=out)
    a = as_array(recorder, a)
    value = asked(recorder, np.cumsum, a, True, None, axis=axis, dtype=dtype)
    if not recorder.active(a):
        return inactive(recorder, value)
    a, axis = _flattened(recorder, same_kind(a, value), axis)
    return recorder.emit("cumsum", recorder.line(a), (axis, False), value)


def cumprod(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
    """``np.cumprod``."""
    refuse_given("cumprod", out=out)
    a = as_array(recorder, a)
    value = asked(recorder, np.cumprod, a, True, None, axis=axis, dtype=dtype)
    if not recorder.active(a):
        return inactive(recorder, value)
    a, axis = _flattened(recorder, a, axis)
    try:
        return patched(recorder, _doubling(a, axis), value)
    except CannotFollow:
        return patched(recorder, _running(recorder, a, axis), value)


def _doubling(a: Any, axis: int) -> Any:
    lead = (slice(None),) * axis
    reach = 1
    while reach < a.shape[axis]:
        grown = a[(*lead, slice(None, -reach))] * a[(*lead, slice(reach, None))]
        a = np.concatenate([a[(*lead, slice(None, reach))], grown], axis=axis)
        reach *= 2
    return a if reach > 1 else +a


def _running(recorder: Recorder, a: Any, axis: int) -> Any:
    rows = np.moveaxis(a, axis, 0)
    parts = [rows[0]]
    for k in range(1, len(rows)):
        parts.append(parts[-1] * rows[k])
    return np.moveaxis(np.stack([as_array(recorder, part) for part in parts]), 0, axis)


def cumulative_sum(recorder: Recorder, x: Any, /, *, axis: Any = None, dtype: Any = None, out: Any = None,
                   include_initial: Any = False) -> Any:  # fmt: skip
    """``np.cumulative_sum``: as cumsum, of one axis, optionally with the empty sum in front."""
    refuse_given("cumulative_sum", out=out)
    return _cumulative(recorder, (np.cumsum, np.zeros), x, axis, dtype, include_initial)


def cumulative_prod(recorder: Recorder, x: Any, /, *, axis: Any = None, dtype: Any = None, out: Any = None,
                    include_initial: Any = False) -> Any:  # fmt: skip
    """``np.cumulative_prod``: as cumprod, of one axis, optionally with the empty product in front."""
    refuse_given("cumulative_prod", out=out)
    return _cumulative(recorder, (np.cumprod, np.ones), x, axis, dtype, include_initial)


def _cumulative(recorder: Recorder, kind: Any, x: Any, axis: Any, dtype: Any, include_initial: Any) -> Any:
    scan, filled = kind
    x = np.atleast_1d(as_array(recorder, x))
    if axis is None and x.ndim > 1:
        raise ValueError("For arrays which have more than one dimension ``axis`` argument is required.")
    axis = (0 if axis is None else int(axis)) % x.ndim
    scanned = scan(x, axis=axis, dtype=dtype)
    if not include_initial:
        return scanned
    first = filled(tuple(1 if k == axis else n for k, n in enumerate(x.shape)), dtype=scanned.dtype)
    return np.concatenate([first, scanned], axis=axis)
