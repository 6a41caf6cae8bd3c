"""Norms of vectors and matrices, and condition numbers, spelled with recorded operations.

A norm has a kink at zero; the slope taken there is 0, and a guard says so. A norm that chooses the largest or the
smallest of several sizes has kinks where they tie.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, norm2, patched
from gradcheck_tool.tracing.singular import singular_values
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive


def norm(recorder: Recorder, x: Any, ord: Any = None, axis: Any = None, keepdims: Any = False) -> Any:  # noqa: A002 - NumPy's name
    """``np.linalg.norm`` of every order."""
    x = as_array(recorder, x)
    value = np.linalg.norm(recorder.number(x), ord=ord, axis=axis, keepdims=bool(keepdims))
    if not recorder.active(x):
        return inactive(recorder, value)
    axes = tuple(range(x.ndim)) if axis is None else _axes(axis, x.ndim)
    if ord is None or len(axes) == 1 or ord in ("fro", "f"):
        return _shaped(recorder, _vector(recorder, x, 2 if ord in (None, "fro", "f") else ord, axes), value)
    return _shaped(recorder, _matrix(recorder, np.moveaxis(x, axes, (-2, -1)), ord), value)


def vector_norm(recorder: Recorder, x: Any, /, *, axis: Any = None, keepdims: Any = False, ord: Any = 2) -> Any:  # noqa: A002 - NumPy's name
    """``np.linalg.vector_norm``: over one axis, several, or all."""
    x = as_array(recorder, x)
    value = np.linalg.vector_norm(recorder.number(x), axis=axis, keepdims=bool(keepdims), ord=ord)
    if not recorder.active(x):
        return inactive(recorder, value)
    axes = tuple(range(x.ndim)) if axis is None else _axes(axis, x.ndim)
    return _shaped(recorder, _vector(recorder, x, ord, axes), value)


def matrix_norm(recorder: Recorder, x: Any, /, *, keepdims: Any = False, ord: Any = "fro") -> Any:  # noqa: A002 - NumPy's name
    """``np.linalg.matrix_norm``: of the last two axes."""
    return norm(recorder, x, ord, (-2, -1), keepdims)


def _axes(axis: Any, ndim: int) -> tuple[int, ...]:
    """The axes in the order given: the first counts rows, the second columns."""
    chosen = (axis,) if isinstance(axis, int | np.integer) else tuple(axis)
    return tuple(int(k) % ndim for k in chosen)


def _shaped(recorder: Recorder, result: Any, value: Any) -> Any:
    if not recorder.active(result):
        return inactive(recorder, value)
    if np.shape(recorder.number(result)) != np.shape(value):
        result = np.reshape(result, np.shape(value))
    return patched(recorder, result, value)


def _vector(recorder: Recorder, x: Any, order: Any, axes: tuple[int, ...]) -> Any:
    """The norm over `axes` as of one long vector; the axes are gone afterwards."""
    if order == 0:
        recorder.guard("order", recorder.line(x), None, held=True)
        return 0.0
    if order == 2:
        return _euclidean(recorder, x, axes)
    size = np.abs(x)
    simple: dict[Any, Any] = {np.inf: np.max, -np.inf: np.min, 1: np.sum}
    folded = simple.get(order)
    if folded is not None:
        return folded(size, axis=axes)
    total = np.sum(size**order, axis=axes)
    zero = recorder.number(total) == 0
    if order < 0 or not np.any(zero):
        return total ** (1.0 / order)
    # At the origin the root has no slope: the norm has a kink, of which the middle slope is 0.
    recorder.guard("==", recorder.line(total), Constant(0.0), held=True)
    at_origin = recorder.emit("corner", (recorder.line(x),), (axes, here()), solid(np.zeros(np.shape(zero))))
    return np.where(zero, at_origin, np.where(zero, 1.0, total) ** (1.0 / order))


def _euclidean(recorder: Recorder, x: Any, axes: tuple[int, ...]) -> Any:
    if is_complex(recorder.number(x)):
        x, axes = np.stack([x.real, x.imag]), (0, *(k + 1 for k in axes))
    return norm2(recorder, x, axes, keepdims=False)


def _matrix(recorder: Recorder, x: Any, order: Any) -> Any:
    """The norm of the last two axes."""
    if order in (2, -2, "nuc"):
        s = singular_values(recorder, x, np.linalg.svd(recorder.number(x), compute_uv=False))
        return np.sum(s, axis=-1) if order == "nuc" else s[..., 0 if order == 2 else -1]
    sums = np.sum(np.abs(x), axis=-2 if abs(order) == 1 else -1)
    return np.max(sums, axis=-1) if order > 0 else np.min(sums, axis=-1)


def cond(recorder: Recorder, x: Any, p: Any = None) -> Any:
    """``np.linalg.cond``: the quotient of singular values, or the product of two norms."""
    x = as_array(recorder, x)
    if p is None or p in (2, -2):
        s = singular_values(recorder, x, np.linalg.svd(recorder.number(x), compute_uv=False))
        largest, smallest = s[..., 0], s[..., -1]
        return smallest / largest if p == -2 else largest / smallest
    return norm(recorder, x, p, (-2, -1)) * norm(recorder, np.linalg.inv(x), p, (-2, -1))


ENTRIES: dict[Any, Any] = {
    np.linalg.norm: norm,
    np.linalg.vector_norm: vector_norm,
    np.linalg.matrix_norm: matrix_norm,
}
COMPOSED: dict[Any, Any] = {np.linalg.cond: cond}
