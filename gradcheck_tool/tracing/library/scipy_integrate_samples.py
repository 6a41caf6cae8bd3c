"""`scipy.integrate`: integrals of samples, by trapezoids, parabolas and Romberg's rule.

Sources: Cartwright (2017) for Simpson's rule with unequal steps and for the last interval of an odd number of them;
Bauer, Rutishauser and Stiefel (1963) for Romberg's extrapolation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.differences import along, trapezoid, widths
from gradcheck_tool.tracing.library.spelling import spelled_all
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array


def _steps(recorder: Recorder, y: Any, x: Any, dx: Any, axis: int) -> Any:
    """The widths of all intervals along `axis`, shaped to multiply the samples."""
    if x is not None:
        return widths(recorder, x, y.ndim, axis)
    shape = tuple(n - 1 if k == axis else 1 for k, n in enumerate(y.shape))
    return as_array(recorder, dx) * np.ones(shape)


def cumulative_trapezoid(
    recorder: Recorder, y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1, initial: Any = None
) -> Any:
    """``scipy.integrate.cumulative_trapezoid``."""
    y = as_array(recorder, y)
    axis %= y.ndim
    h = _steps(recorder, y, x, dx, axis)
    areas = h * (y[along(axis, 1, None)] + y[along(axis, None, -1)]) / 2.0
    sums = np.cumsum(areas, axis=axis)
    return sums if initial is None else _opened(recorder, initial, sums, axis)


def _opened(recorder: Recorder, initial: Any, sums: Any, axis: int) -> Any:
    """The running integrals with their first value in front."""
    shape = tuple(1 if k == axis else n for k, n in enumerate(sums.shape))
    return np.concatenate([np.broadcast_to(as_array(recorder, initial), shape), sums], axis=axis)


def simpson(recorder: Recorder, y: Any, x: Any = None, *, dx: Any = 1.0, axis: int = -1) -> Any:
    """``scipy.integrate.simpson``: parabolas through three samples; an odd last interval by Cartwright."""
    y = as_array(recorder, y)
    axis %= y.ndim
    h = _steps(recorder, y, x, dx, axis)
    n = y.shape[axis]
    if n == 2:
        return np.sum(0.5 * h * (y[along(axis, 1, None)] + y[along(axis, None, -1)]), axis=axis)
    pairs = (n - 1) // 2
    area: Any = 0.0
    if pairs:
        h0, h1 = h[_every_second(axis, 0, pairs)], h[_every_second(axis, 1, pairs)]
        y0, y1, y2 = (y[_every_second(axis, k, pairs)] for k in range(3))
        total = h0 + h1
        parts = y0 * (2.0 - h1 / h0) + y1 * (total * total / (h0 * h1)) + y2 * (2.0 - h0 / h1)
        area = np.sum(total / 6.0 * parts, axis=axis)
    if n % 2 == 0:
        before, last = h[along(axis, n - 3, n - 2)], h[along(axis, n - 2, n - 1)]
        y0, y1, y2 = (y[along(axis, n - 3 + k, n - 2 + k)] for k in range(3))
        both = before + last
        alpha = (2.0 * last * last + 3.0 * before * last) / (6.0 * both)
        beta = (last * last + 3.0 * before * last) / (6.0 * before)
        eta = last * last * last / (6.0 * before * both)
        area = area + np.sum(alpha * y2 + beta * y1 - eta * y0, axis=axis)
    return area


def _every_second(axis: int, start: int, count: int) -> tuple[slice, ...]:
    return (*(slice(None),) * axis, slice(start, start + 2 * count - 1, 2))


def cumulative_simpson(recorder: Recorder, y: Any, *, x: Any = None, dx: Any = 1.0, axis: int = -1,
                       initial: Any = None) -> Any:  # fmt: skip
    """``scipy.integrate.cumulative_simpson``: each interval under the parabola through it and a neighbour."""
    y = as_array(recorder, y)
    axis %= y.ndim
    few = y.shape[axis] < 3
    sums = cumulative_trapezoid(recorder, y, x, dx, axis) if few else _parabolas(recorder, y, x, dx, axis)
    if initial is None:
        return sums
    first = as_array(recorder, initial)
    return _opened(recorder, first, sums + first, axis)


def _parabolas(recorder: Recorder, y: Any, x: Any, dx: Any, axis: int) -> Any:
    h = _steps(recorder, y, x, dx, axis)
    forwards = _first_intervals(y, h, axis)
    backwards = np.flip(_first_intervals(np.flip(y, axis), np.flip(h, axis), axis), axis)
    # Odd intervals look back, even ones ahead, and the last one can only look back.
    count = y.shape[axis] - 1
    pieces = []
    for k in range(count):
        ahead = k % 2 == 0 and k < count - 1
        pieces.append(forwards[along(axis, k, k + 1)] if ahead else backwards[along(axis, k - 1, k)])
    return np.cumsum(np.concatenate(pieces, axis=axis), axis=axis)


def _first_intervals(y: Any, h: Any, axis: int) -> Any:
    """The area over the first interval of every three neighbouring samples."""
    first, second = h[along(axis, None, -1)], h[along(axis, 1, None)]
    y0, y1, y2 = y[along(axis, None, -2)], y[along(axis, 1, -1)], y[along(axis, 2, None)]
    share = first / (first + second)
    bend = share * first / second
    return first / 6.0 * ((3.0 - share) * y0 + (3.0 + bend + share) * y1 - bend * y2)


def romb(recorder: Recorder, y: Any, dx: Any = 1.0, axis: int = -1, show: Any = False) -> Any:
    """``scipy.integrate.romb``: trapezoids of halved steps, extrapolated."""
    del show
    y = as_array(recorder, y)
    axis %= y.ndim
    intervals = y.shape[axis] - 1
    rows: list[Any] = []
    stride = intervals
    while stride:
        samples = y[(*(slice(None),) * axis, slice(None, None, stride))]
        row = [trapezoid(recorder, samples, dx=dx * float(stride), axis=axis)]
        for j, coarser in enumerate(rows[-1] if rows else [], start=1):
            row.append(row[-1] + (row[-1] - coarser) / (4.0**j - 1.0))
        rows.append(row)
        stride //= 2
    return rows[-1][-1]


ENTRIES = spelled_all(
    "scipy.integrate",
    {
        "trapezoid": trapezoid,
        "cumulative_trapezoid": cumulative_trapezoid,
        "simpson": simpson,
        "cumulative_simpson": cumulative_simpson,
        "romb": romb,
    },
)
