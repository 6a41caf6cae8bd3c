"""Products summed over shared indices: every one becomes a two-operand contraction in letters."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.complex_ufuncs import embedded
from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, scalar_like
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_LETTERS = "abcdefghijklmnopqrstuvwxy"


def contracted(recorder: Recorder, text: str, a: Any, b: Any, value: Any) -> Any:
    """Write ``einsum(text, a, b)``, whose value NumPy says is `value`; both are complex where it is."""
    if is_complex(value):
        a, b = (embedded(recorder, x) if recorder.active(x) else x for x in (a, b))
    refs = (recorder.operand(a), recorder.operand(b))
    return recorder.emit("contract", refs, text, value)


def matmul(recorder: Recorder, a: Any, b: Any) -> Any:
    """``a @ b`` of vectors, matrices and stacks of matrices."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    x, y = recorder.number(a), recorder.number(b)
    value = np.matmul(x, y)
    if not (recorder.active(a) or recorder.active(b)):
        return inactive(recorder, value)
    left = "k" if x.ndim == 1 else "ik"
    right = "k" if y.ndim == 1 else "kj"
    if x.ndim <= 2 and y.ndim <= 2:
        return contracted(recorder, f"{left},{right}->{left[:-1]}{right[1:]}".translate(_MATRIX), a, b, value)
    batch = np.broadcast_shapes(x.shape[:-2], y.shape[:-2])
    a, b = _batched(a, batch), _batched(b, batch)
    letters = "abcdefgh"[: len(batch)]
    lead = [letters if recorder.number(x).ndim > 2 else "" for x in (a, b)]
    return contracted(recorder, f"{lead[0]}{left},{lead[1]}{right}->{letters}{left[:-1]}{right[1:]}", a, b, value)


# The letters of the commonest products, for which the algebra has a direct call.
_MATRIX = str.maketrans({"k": "j", "j": "k"})


def _batched(x: Any, batch: tuple[int, ...]) -> Any:
    """Repeat a stack of matrices to the common batch; single matrices and vectors stay."""
    shape = np.shape(x)
    if len(shape) <= 2 or shape[:-2] == batch:
        return x
    return np.broadcast_to(x, (*batch, *shape[-2:]))


def dot(recorder: Recorder, a: Any, b: Any, out: Any = None) -> Any:
    """``np.dot``."""
    if out is not None:
        raise refusal("out= of numpy.dot")
    a, b = as_array(recorder, a), as_array(recorder, b)
    if np.ndim(recorder.number(a)) == 0 or np.ndim(recorder.number(b)) == 0:
        return np.multiply(a, b)
    if b.ndim <= 2:
        return (
            matmul(recorder, a, b)
            if a.ndim <= 2
            else tensordot(recorder, a, b, ((-1,), (b.ndim - 2 if b.ndim > 1 else 0,)))
        )
    return tensordot(recorder, a, b, ((a.ndim - 1,), (b.ndim - 2,)))


def inner(recorder: Recorder, a: Any, b: Any) -> Any:
    """``np.inner``: sums over the last axes."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    if np.ndim(recorder.number(a)) == 0 or np.ndim(recorder.number(b)) == 0:
        return np.multiply(a, b)
    return tensordot(recorder, a, b, ((a.ndim - 1,), (b.ndim - 1,)))


def vdot(recorder: Recorder, a: Any, b: Any) -> Any:
    """``np.vdot``: the sum of products of the flattened arrays, of the first its conjugate."""
    return matmul(recorder, np.ravel(conjugate(as_array(recorder, a))), np.ravel(as_array(recorder, b)))


def conjugate(a: Any) -> Any:
    """The conjugate where a is complex; real arrays as they are."""
    return np.conjugate(a) if is_complex(a) else a


def outer(recorder: Recorder, a: Any, b: Any, out: Any = None) -> Any:
    """``np.outer`` of the flattened arrays."""
    if out is not None:
        raise refusal("out= of numpy.outer")
    a, b = np.ravel(as_array(recorder, a)), np.ravel(as_array(recorder, b))
    value = np.outer(recorder.number(a), recorder.number(b))
    if not (recorder.active(a) or recorder.active(b)):
        return inactive(recorder, value)
    return contracted(recorder, "i,j->ij", a, b, value)


def tensordot(recorder: Recorder, a: Any, b: Any, axes: Any = 2) -> Any:
    """``np.tensordot``."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    x, y = recorder.number(a), recorder.number(b)
    value = np.tensordot(x, y, axes=axes)
    if not (recorder.active(a) or recorder.active(b)):
        return inactive(recorder, value)
    if isinstance(axes, int | np.integer):
        pairs = list(zip(range(x.ndim - axes, x.ndim), range(axes), strict=True))
    else:
        ours, theirs = (np.atleast_1d(side).tolist() for side in axes)
        pairs = [(i % x.ndim, j % y.ndim) for i, j in zip(ours, theirs, strict=True)]
    left = list(_LETTERS[: x.ndim])
    right = list(_LETTERS[x.ndim : x.ndim + y.ndim])
    for i, j in pairs:
        right[j] = left[i]
    summed = {left[i] for i, _ in pairs}
    out = [letter for letter in (*left, *right) if letter not in summed]
    text = f"{''.join(left)},{''.join(right)}->{''.join(out)}"
    return scalar_like(recorder, contracted(recorder, text, a, b, solid(value)), value)
