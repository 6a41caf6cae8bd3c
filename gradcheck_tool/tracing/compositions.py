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
    for name in keywords:
        raise refusal(f"{name}= of numpy.diff")
    a = as_array(recorder, a)
    lead = (slice(None),) * (axis % a.ndim)
    for _ in range(n):
        a = a[(*lead, slice(1, None))] - a[(*lead, slice(None, -1))]
    return a


def trapezoid(recorder: Recorder, y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
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


def average(recorder: Recorder, a: Any, axis: Any = None, weights: Any = None, returned: Any = False, *, keepdims: Any = False) -> Any:
    if returned or keepdims or (weights is not None and axis is not None):
        raise refusal("returned=, keepdims= or axis= with weights of numpy.average", "write it as a sum over the weights")
    a = as_array(recorder, a)
    if weights is None:
        return np.mean(a, axis=axis)
    weights = as_array(recorder, weights)
    value = np.average(recorder.number(a), weights=recorder.number(weights))
    return patched(recorder, np.sum(a * weights) / np.sum(weights), value)


def kron(recorder: Recorder, a: Any, b: Any) -> Any:
    a, b = as_array(recorder, a), as_array(recorder, b)
    ndim = max(a.ndim, b.ndim)
    a, b = (np.reshape(x, (1,) * (ndim - x.ndim) + x.shape) for x in (a, b))
    pairs = np.reshape(a, tuple(n for k in a.shape for n in (k, 1))) * np.reshape(b, tuple(n for k in b.shape for n in (1, k)))
    return np.reshape(pairs, tuple(n * m for n, m in zip(a.shape, b.shape, strict=True)))


def cross(recorder: Recorder, a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None) -> Any:
    a, b = as_array(recorder, a), as_array(recorder, b)
    if (axisa, axisb, axisc, axis) != (-1, -1, -1, None) or a.shape[-1] != 3 or b.shape[-1] != 3:
        raise refusal("numpy.cross of other than three components in the last axis")
    x, y = ([v[..., k] for k in range(3)] for v in (a, b))
    parts = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]
    return np.stack(parts, axis=-1)


def polyval(recorder: Recorder, p: Any, x: Any) -> Any:
    result: Any = 0.0
    for coefficient in p:
        result = result * x + coefficient
    return result


def matrix_power(recorder: Recorder, a: Any, n: int) -> Any:
    a = as_array(recorder, a)
    value = np.linalg.matrix_power(recorder.number(a), n)
    base = np.linalg.inv(a) if n < 0 else a
    result: Any = np.eye(a.shape[-1])
    for _ in range(abs(n)):
        result = base @ result
    return patched(recorder, result, value)


COMPOSED: dict[Any, Entry] = {
    np.diff: diff,
    np.trapezoid: trapezoid,
    np.average: average,
    np.kron: kron,
    np.cross: cross,
    np.linalg.cross: cross,
    np.polyval: polyval,
    np.linalg.matrix_power: matrix_power,
}
