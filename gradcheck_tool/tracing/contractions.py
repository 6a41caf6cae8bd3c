"""Products summed over shared indices: every one becomes a two-operand contraction in letters."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, patched, scalar_like
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_LETTERS = "abcdefghijklmnopqrstuvwxy"


def contracted(recorder: Recorder, text: str, a: Any, b: Any, value: Any) -> Any:
    """Write ``einsum(text, a, b)``, whose value NumPy says is `value`."""
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
    """``np.vdot`` of real arrays: the sum of products of the flattened arrays."""
    return matmul(recorder, np.ravel(as_array(recorder, a)), np.ravel(as_array(recorder, b)))


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


def einsum(recorder: Recorder, text: Any, *operands: Any, optimize: Any = False, out: Any = None) -> Any:
    """``np.einsum`` in letters, with ellipses, traces and any number of operands."""
    del optimize  # the order of the products is a matter of speed
    if out is not None or not isinstance(text, str):
        raise refusal(
            "out= of numpy.einsum" if out is not None else "the list form of numpy.einsum",
            "write the subscripts as text",
        )
    arrays = [as_array(recorder, x) for x in operands]
    value = np.einsum(text, *(recorder.number(x) for x in arrays))
    if not any(recorder.active(x) for x in arrays):
        return inactive(recorder, value)
    inputs, result = _subscripts(text, [np.ndim(recorder.number(x)) for x in arrays])
    left, current = _reduced(arrays[0], inputs[0], set("".join(inputs[1:])) | set(result))
    for position in range(1, len(arrays)):
        later = set("".join(inputs[position + 1 :])) | set(result)
        right, other = _reduced(arrays[position], inputs[position], later | set(left))
        left, current = _reduced(current, left, later | set(right))
        kept = "".join(dict.fromkeys(letter for letter in left + right if letter in later))
        kept = result if position == len(arrays) - 1 and set(kept) == set(result) else kept
        plain = np.einsum(f"{left},{right}->{kept}", recorder.number(current), recorder.number(other))
        if recorder.active(current) or recorder.active(other):
            current = contracted(recorder, f"{left},{right}->{kept}", current, other, solid(plain))
        else:
            current = recorder.wrap(solid(plain), -1)
        left = kept
    if left != result:
        current = np.transpose(current, [left.index(letter) for letter in result])
    return scalar_like(recorder, patched(recorder, current, solid(value)), value)


def _subscripts(text: str, ndims: list[int]) -> tuple[list[str], str]:
    """The terms with ellipses spelled out and the implied result made explicit."""
    text = text.replace(" ", "")
    given, arrow, result = text.partition("->")
    inputs = given.split(",")
    dots = max(
        (n - len(term.replace("...", "")) for term, n in zip(inputs, ndims, strict=True) if "..." in term), default=0
    )
    spare = "".join(letter for letter in "zyxwvutsrqp" if letter not in text)[:dots]
    inputs = [
        term.replace("...", spare[dots - (n - len(term.replace("...", ""))) :])
        for term, n in zip(inputs, ndims, strict=True)
    ]
    if arrow:
        return inputs, result.replace("...", spare)
    joined = "".join(inputs)
    return inputs, spare + "".join(
        sorted(letter for letter in set(joined) if joined.count(letter) == 1 and letter not in spare)
    )


def _reduced(x: Any, term: str, wanted: set[str]) -> tuple[str, Any]:
    """Take diagonals for repeated letters and sum over letters nobody else wants."""
    for letter in dict.fromkeys(term):
        while term.count(letter) > 1:
            first = term.index(letter)
            second = term.index(letter, first + 1)
            x = np.diagonal(x, axis1=first, axis2=second)
            term = term[:first] + term[first + 1 : second] + term[second + 1 :] + letter
    gone = tuple(k for k, letter in enumerate(term) if letter not in wanted)
    if gone:
        x = np.sum(x, axis=gone)
        term = "".join(letter for letter in term if letter in wanted)
    return term, x
