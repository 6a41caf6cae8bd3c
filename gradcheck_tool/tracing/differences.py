"""Neighbours subtracted and summed: diff, gradient, trapezoid, unwrap."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, given


def along(axis: int, start: int | None, stop: int | None) -> tuple[slice, ...]:
    """The key that takes ``start:stop`` of one axis."""
    return (*(slice(None),) * axis, slice(start, stop))


def diff(
    recorder: Recorder, a: Any, n: int = 1, axis: int = -1, prepend: Any = np._NoValue, append: Any = np._NoValue  # noqa: SLF001 - NumPy's mark
) -> Any:  # fmt: skip
    """``np.diff``: neighbours subtracted, n times."""
    a = as_array(recorder, a)
    axis %= a.ndim
    for end, in_front in ((given(prepend), True), (given(append), False)):
        if end is not None:
            whole = as_array(recorder, end)
            if whole.ndim == 0:
                whole = np.broadcast_to(whole, tuple(1 if k == axis else size for k, size in enumerate(a.shape)))
            a = np.concatenate([whole, a] if in_front else [a, whole], axis=axis)
    for _ in range(n):
        a = a[along(axis, 1, None)] - a[along(axis, None, -1)]
    return +a if n == 0 else a


def ediff1d(recorder: Recorder, ary: Any, to_end: Any = None, to_begin: Any = None) -> Any:
    """``np.ediff1d``: differences of the flattened array, between what is put at the ends."""
    flat = np.ravel(as_array(recorder, ary))
    parts = [flat[1:] - flat[:-1]]
    if to_begin is not None:
        parts.insert(0, np.ravel(as_array(recorder, to_begin)))
    if to_end is not None:
        parts.append(np.ravel(as_array(recorder, to_end)))
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def trapezoid(recorder: Recorder, y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    """``np.trapezoid``: widths times the means of neighbours."""
    y = as_array(recorder, y)
    axis %= y.ndim
    width = dx if x is None else widths(recorder, x, y.ndim, axis)
    return np.sum(width * (y[along(axis, 1, None)] + y[along(axis, None, -1)]) / 2.0, axis=axis)


def widths(recorder: Recorder, x: Any, ndim: int, axis: int) -> Any:
    """The steps of sample points that lie along `axis` of an array with `ndim` axes, shaped to multiply it."""
    x = as_array(recorder, x)
    if x.ndim != 1:
        axis = axis if x.ndim == ndim else axis - ndim
        return np.diff(x, axis=axis)
    return np.reshape(x[1:] - x[:-1], tuple(-1 if k == axis else 1 for k in range(ndim)))


def gradient(recorder: Recorder, f: Any, *spacing: Any, axis: Any = None, edge_order: int = 1) -> Any:
    """``np.gradient``: second-order differences inside, of first or second order at the ends.

    Coordinates always take the formula for unequal steps, which for equal ones gives the same value but also
    the derivative with respect to each coordinate.
    """
    f = as_array(recorder, f)
    axes = range(f.ndim) if axis is None else [k % f.ndim for k in np.atleast_1d(axis).tolist()]
    steps = spacing * len(axes) if len(spacing) == 1 and np.ndim(spacing[0]) == 0 else spacing or (1.0,) * len(axes)
    found = [_slope(recorder, f, step, k, edge_order) for step, k in zip(steps, axes, strict=True)]
    return tuple(found) if len(found) > 1 else found[0]


def _slope(recorder: Recorder, f: Any, step: Any, axis: int, edge_order: int) -> Any:
    n = f.shape[axis]
    if np.ndim(step) == 0:
        h: Any = np.multiply(step, np.ones(n - 1))
    else:
        step = as_array(recorder, step)
        h = step[1:] - step[:-1]
    h = np.reshape(h, tuple(-1 if k == axis else 1 for k in range(f.ndim)))

    def part(x: Any, start: int | None, stop: int | None) -> Any:
        return x[along(axis, start, stop)]

    rise = (part(f, 1, None) - part(f, None, -1)) / h
    before, after = part(h, None, -1), part(h, 1, None)
    inside = (after * part(rise, None, -1) + before * part(rise, 1, None)) / (before + after)
    first, last = part(rise, None, 1), part(rise, -1, None)
    if edge_order == 2:
        # The line through the slopes of the two outermost intervals, carried on to the end.
        first = first - (part(rise, 1, 2) - first) * part(h, None, 1) / (part(h, None, 1) + part(h, 1, 2))
        last = last + (last - part(rise, -2, -1)) * part(h, -1, None) / (part(h, -1, None) + part(h, -2, -1))
    return np.concatenate([first, inside, last], axis=axis)


def unwrap(recorder: Recorder, p: Any, discont: Any = None, axis: int = -1, *, period: Any = 2 * np.pi) -> Any:
    """``np.unwrap``: whole periods are added; how many is a decision of the run."""
    p = as_array(recorder, p)
    numbers = recorder.number(p), recorder.number(period)
    value = np.unwrap(numbers[0], recorder.number(discont), axis, period=numbers[1])
    turns = np.rint((value - numbers[0]) / numbers[1])
    jumps = as_array(recorder, np.diff(p, axis=axis) / period + 0.5)
    if recorder.active(jumps):
        recorder.guard("int", recorder.line(jumps), None, held=True)
    return p + turns * period


COMPOSED: dict[Any, Entry] = {
    np.diff: diff,
    np.ediff1d: ediff1d,
    np.trapezoid: trapezoid,
    np.gradient: gradient,
    np.unwrap: unwrap,
}
