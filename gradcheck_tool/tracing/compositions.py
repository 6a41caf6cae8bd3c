"""NumPy functions spelled with recorded operations; their value is compared with NumPy's own at every call."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.choices import plain
from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.ufuncs import refusal


def diff(recorder: Recorder, a: Any, n: int = 1, axis: int = -1, **keywords: Any) -> Any:
    """``np.diff``: neighbours subtracted, n times."""
    for name in keywords:
        raise refusal(f"{name}= of numpy.diff")
    a = as_array(recorder, a)
    lead = (slice(None),) * (axis % a.ndim)
    for _ in range(n):
        a = a[(*lead, slice(1, None))] - a[(*lead, slice(None, -1))]
    return a


def trapezoid(recorder: Recorder, y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    """``np.trapezoid``: widths times the means of neighbours."""
    y = as_array(recorder, y)
    numbers = recorder.number(y), None if x is None else plain(recorder, x)
    value = np.trapezoid(numbers[0], numbers[1], dx=plain(recorder, dx), axis=axis)
    lead = (slice(None),) * (axis % y.ndim)
    width = dx
    if x is not None:
        x = as_array(recorder, x)
        width = np.diff(x, axis=-1 if np.ndim(x) == 1 else axis)
        if np.ndim(x) == 1 and y.ndim > 1:
            width = np.reshape(width, tuple(-1 if k == axis % y.ndim else 1 for k in range(y.ndim)))
    pairs = width * (y[(*lead, slice(1, None))] + y[(*lead, slice(None, -1))]) / 2.0
    return patched(recorder, np.sum(pairs, axis=axis), value)


def average(
    recorder: Recorder, a: Any, axis: Any = None, weights: Any = None, returned: Any = False, *, keepdims: Any = False
) -> Any:
    """``np.average`` over all entries, or unweighted along an axis."""
    if returned or keepdims or (weights is not None and axis is not None):
        raise refusal(
            "returned=, keepdims= or axis= with weights of numpy.average", "write it as a sum over the weights"
        )
    a = as_array(recorder, a)
    if weights is None:
        return np.mean(a, axis=axis)
    weights = as_array(recorder, weights)
    value = np.average(recorder.number(a), weights=recorder.number(weights))
    return patched(recorder, np.sum(a * weights) / np.sum(weights), value)


def kron(recorder: Recorder, a: Any, b: Any) -> Any:
    """``np.kron``: every entry of the first times the whole second."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    ndim = max(a.ndim, b.ndim)
    a, b = (np.reshape(x, (1,) * (ndim - x.ndim) + x.shape) for x in (a, b))
    pairs = np.reshape(a, tuple(n for k in a.shape for n in (k, 1))) * np.reshape(
        b, tuple(n for k in b.shape for n in (1, k))
    )
    return np.reshape(pairs, tuple(n * m for n, m in zip(a.shape, b.shape, strict=True)))


def cross(
    recorder: Recorder, a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None
) -> Any:
    """``np.cross`` of vectors with three components."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    if (axisa, axisb, axisc, axis) != (-1, -1, -1, None) or a.shape[-1] != 3 or b.shape[-1] != 3:
        raise refusal("numpy.cross of other than three components in the last axis")
    x, y = ([v[..., k] for k in range(3)] for v in (a, b))
    parts = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]
    return np.stack(parts, axis=-1)


def polyval(recorder: Recorder, p: Any, x: Any) -> Any:
    """``np.polyval`` by Horner's rule, as NumPy does it."""
    result: Any = 0.0
    for coefficient in p:
        result = result * x + coefficient
    return result


def matrix_power(recorder: Recorder, a: Any, n: int) -> Any:
    """``np.linalg.matrix_power``: repeated products, of the inverse for negative powers."""
    a = as_array(recorder, a)
    value = np.linalg.matrix_power(recorder.number(a), n)
    base = np.linalg.inv(a) if n < 0 else a
    result: Any = np.eye(a.shape[-1])
    for _ in range(abs(n)):
        result = base @ result
    return patched(recorder, result, value)


def convolve(recorder: Recorder, a: Any, v: Any, mode: str = "full") -> Any:
    """``np.convolve``: windows of the first, padded with zeros, times the second turned round."""
    a, v = (np.reshape(as_array(recorder, x), -1) for x in (a, v))
    if len(v) > len(a):
        a, v = v, a
    n, m = len(a), len(v)
    padded = np.concatenate([np.zeros(m - 1), a, np.zeros(m - 1)])
    whole = padded[np.add.outer(np.arange(n + m - 1), np.arange(m))] @ v[::-1]
    if mode == "full":
        return whole
    length = n if mode == "same" else n - m + 1
    start = (n + m - 1 - length) // 2
    return whole[start : start + length]


def correlate(recorder: Recorder, a: Any, v: Any, mode: str = "valid") -> Any:
    """``np.correlate`` of real vectors: a convolution with the second turned round."""
    return convolve(recorder, a, as_array(recorder, v)[::-1], mode)


def cov(recorder: Recorder, m: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: Any = None) -> Any:
    """``np.cov`` without weights."""
    if y is not None:
        raise refusal("y= of numpy.cov", "stack both sets of observations first")
    x = np.atleast_2d(as_array(recorder, m))
    if not rowvar and x.shape[0] != 1:
        x = x.T
    count = x.shape[1] - ((0 if bias else 1) if ddof is None else ddof)
    centred = x - np.mean(x, axis=1, keepdims=True)
    return np.squeeze(centred @ centred.T / count)


def corrcoef(recorder: Recorder, x: Any, y: Any = None, rowvar: bool = True) -> Any:
    """``np.corrcoef``."""
    c = cov(recorder, x, y, rowvar)
    spread = np.sqrt(np.diagonal(c))
    return c / spread[:, None] / spread[None, :]


def gradient(recorder: Recorder, f: Any, *spacing: Any, axis: Any = None, edge_order: int = 1) -> Any:
    """``np.gradient`` for uniform spacing: central differences inside, one-sided ones at the ends."""
    f = as_array(recorder, f)
    axes = range(f.ndim) if axis is None else [k % f.ndim for k in np.atleast_1d(axis).tolist()]
    steps = spacing * len(axes) if len(spacing) == 1 else spacing or (1.0,) * len(axes)
    if edge_order != 1 or any(np.ndim(recorder.number(step)) for step in steps):
        raise refusal("numpy.gradient with coordinates or edge_order=", "use a uniform spacing and edge_order=1")
    found = [_slope(f, step, k) for step, k in zip(steps, axes, strict=True)]
    return tuple(found) if len(found) > 1 else found[0]


def _slope(f: Any, step: Any, axis: int) -> Any:
    def part(start: int | None, stop: int | None) -> Any:
        return f[(*(slice(None),) * axis, slice(start, stop))]

    first, last = part(1, 2) - part(0, 1), part(-1, None) - part(-2, -1)
    return np.concatenate([first, (part(2, None) - part(None, -2)) / 2.0, last], axis=axis) / step


COMPOSED: dict[Any, Entry] = {
    np.diff: diff,
    np.trapezoid: trapezoid,
    np.average: average,
    np.kron: kron,
    np.cross: cross,
    np.linalg.cross: cross,
    np.polyval: polyval,
    np.convolve: convolve,
    np.correlate: correlate,
    np.cov: cov,
    np.corrcoef: corrcoef,
    np.gradient: gradient,
    np.linalg.matrix_power: matrix_power,
}
