"""`numpy.linalg` on recorded arrays: one line each for the functions that have a rule."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, axes_of, norm2, patched, scalar_like
from gradcheck_tool.tracing.ufuncs import inactive, refusal


class SlogdetResult(NamedTuple):
    """What ``np.linalg.slogdet`` returns."""

    sign: Any
    logabsdet: Any


def solve(recorder: Recorder, a: Any, b: Any) -> Any:
    """``np.linalg.solve``; one right-hand side or several, batches broadcast."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    value = np.linalg.solve(recorder.number(a), recorder.number(b))
    if not (recorder.active(a) or recorder.active(b)):
        return inactive(recorder, value)
    single = b.ndim == 1
    right = np.reshape(b, (-1, 1)) if single else b
    batch = np.broadcast_shapes(a.shape[:-2], right.shape[:-2])
    if batch:
        a = np.broadcast_to(a, (*batch, *a.shape[-2:]))
        right = np.broadcast_to(right, (*batch, *right.shape[-2:]))
    columns = value[..., None] if single else value
    result = recorder.emit("solve", (recorder.operand(a), recorder.operand(right)), None, solid(columns))
    return np.reshape(result, value.shape) if single else result


def one_matrix(name: str, function: Any) -> Any:
    """``np.linalg.inv``, ``det``, ``cholesky``: a function of one (stack of) matrix."""

    def entry(recorder: Recorder, a: Any, **keywords: Any) -> Any:
        upper = keywords.pop("upper", False)
        for keyword in keywords:
            raise refusal(f"{keyword}= of numpy.linalg.{name}")
        if upper:
            raise refusal("upper=True of numpy.linalg.cholesky", "transpose the lower factor")
        a = as_array(recorder, a)
        value = function(recorder.number(a))
        if not recorder.active(a):
            return inactive(recorder, value)
        result = recorder.emit(name, (recorder.line(a),), None, solid(value))
        return scalar_like(recorder, result, value)

    return entry


def slogdet(recorder: Recorder, a: Any) -> Any:
    """``np.linalg.slogdet``: the sign is a constant between the zeros of the determinant."""
    a = as_array(recorder, a)
    sign, value = np.linalg.slogdet(recorder.number(a))
    if not recorder.active(a):
        return SlogdetResult(sign, value)
    result = recorder.emit("logdet", (recorder.line(a),), None, solid(value))
    return SlogdetResult(sign, scalar_like(recorder, result, value))


def norm(recorder: Recorder, x: Any, ord: Any = None, axis: Any = None, keepdims: Any = False) -> Any:  # noqa: A002 - NumPy's name
    """``np.linalg.norm``: Frobenius and 2-norms of vectors, 1-, infinity- and p-norms of vectors."""
    x = as_array(recorder, x)
    number = recorder.number(x)
    value = np.linalg.norm(number, ord=ord, axis=axis, keepdims=bool(keepdims))
    if not recorder.active(x):
        return inactive(recorder, value)
    axes = axes_of(axis, number.ndim)
    euclidean = ord is None or ord == "fro" or (ord == 2 and len(axes) == 1)
    if euclidean:
        return norm2(recorder, x, axis, keepdims=bool(keepdims), value=value)
    if len(axes) != 1:
        raise refusal(f"the matrix norm of order {ord}", "write it out, or use the Frobenius norm")
    keep = bool(keepdims)
    if ord == np.inf:
        result = np.max(np.abs(x), axis=axes[0], keepdims=keep)
    elif ord == -np.inf:
        result = np.min(np.abs(x), axis=axes[0], keepdims=keep)
    elif ord == 1:
        result = np.sum(np.abs(x), axis=axes[0], keepdims=keep)
    elif ord == 0:
        raise refusal("the norm of order 0")
    else:
        result = np.sum(np.abs(x) ** ord, axis=axes[0], keepdims=keep) ** (1.0 / ord)
    return patched(recorder, result, value)
