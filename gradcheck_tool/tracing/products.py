"""Products spelled with recorded operations: Kronecker and cross products, powers and chains of matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal

Entry = Callable[..., Any]


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
    """``np.cross`` of vectors with two or three components."""
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = (np.moveaxis(as_array(recorder, x), k, -1) for x, k in ((a, axisa), (b, axisb)))
    flat = a.shape[-1] == b.shape[-1] == 2
    x, y = ([v[..., k] for k in range(v.shape[-1])] + [0.0] * (3 - v.shape[-1]) for v in (a, b))
    last = x[0] * y[1] - x[1] * y[0]
    if flat:
        return last
    parts = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], last]
    return np.moveaxis(np.stack(parts, axis=-1), -1, axisc)


def _cross3(recorder: Recorder, x1: Any, x2: Any, /, *, axis: int = -1) -> Any:
    return cross(recorder, x1, x2, axis=axis)


def matrix_power(recorder: Recorder, a: Any, n: Any) -> Any:
    """``np.linalg.matrix_power``: squares and products, of the inverse for negative powers."""
    a = as_array(recorder, a)
    base = np.linalg.inv(a) if n < 0 else a
    result: Any = None
    left = abs(int(recorder.number(n)))
    while left:
        if left % 2:
            result = base if result is None else result @ base
        left //= 2
        if left:
            base = base @ base
    return np.broadcast_to(np.eye(a.shape[-1]), a.shape) + 0.0 if result is None else result


def multi_dot(recorder: Recorder, arrays: Any, *, out: Any = None) -> Any:
    """``np.linalg.multi_dot``: the product of all, in the order of the list."""
    if out is not None:
        raise refusal("out= of numpy.linalg.multi_dot with an array made outside the function")
    factors = [as_array(recorder, x) for x in arrays]
    result = factors[0]
    for factor in factors[1:]:
        result = np.dot(result, factor)
    return result


def vecdot(recorder: Recorder, x1: Any, x2: Any, /, *, axis: int = -1) -> Any:
    """``np.linalg.vecdot``, and NumPy's ufunc of that name with ``axis=``: products summed over one axis."""
    a, b = as_array(recorder, x1), as_array(recorder, x2)
    if is_complex(recorder.number(a)):
        a = np.conj(a)
    if axis not in (-1, None):
        a, b = np.moveaxis(a, axis, -1), np.moveaxis(b, axis, -1)
    return np.einsum("...i,...i->...", a, b)


def _renamed(function: Any) -> Entry:
    """An entry of `numpy.linalg` that does what a function of `numpy` does."""

    def entry(_recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        return function(*args, **keywords)

    return entry


def _last_two(function: Any) -> Entry:
    def entry(_recorder: Recorder, x: Any, /, *, offset: int = 0) -> Any:
        return function(x, offset, -2, -1)

    return entry


COMPOSED: dict[Any, Entry] = {
    np.kron: kron,
    np.cross: cross,
    np.linalg.cross: _cross3,
    np.linalg.matrix_power: matrix_power,
    np.linalg.multi_dot: multi_dot,
    np.linalg.vecdot: vecdot,
    np.linalg.matmul: _renamed(np.matmul),
    np.linalg.outer: _renamed(np.outer),
    np.linalg.tensordot: _renamed(np.tensordot),
}
# Views, which must stay views.
ENTRIES: dict[Any, Entry] = {
    np.linalg.matrix_transpose: _renamed(np.matrix_transpose),
    np.linalg.diagonal: _last_two(np.diagonal),
}
