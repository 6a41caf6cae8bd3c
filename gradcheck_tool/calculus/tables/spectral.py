"""Eigenvalues and eigenvectors. Matrices are (..., n, n).

Eigenvalues alone may coincide (see `gradcheck_tool.calculus.eigen`). Eigenvectors are rows with operands of their
own: one pair (x, w) is the solution of ``A x = w x`` and of one more equation that fixes the length of x, and both
are differentiated together (the bordered system of Magnus 1985, "On differentiating eigenvalues and eigenvectors").
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import contract, is_plain, linear, ruled, solve, turned
from gradcheck_tool.calculus.eigen import (
    BATCH,
    SPECTRAL,
    coinciding,
    eigenvalue_tangents,
    frame_of,
    spread_out,
)
from gradcheck_tool.calculus.primitive import Leaf
from gradcheck_tool.complaint import CannotFollow

Operands = tuple[Any, ...]


def _placed(refused: CannotFollow, place: str) -> CannotFollow:
    """A refusal in the middle of a walk, at the user's line that asked for the eigenvalues."""
    return CannotFollow(refused.sentence, where=refused.where or place, remedy=refused.remedy)


# --- eigenvalues of symmetric matrices, ascending ------------------------------------------------


def _eigvalsh_push(tangents: Operands, operands: Operands, _value: Any, _place: str) -> Any:
    return eigenvalue_tangents(operands[0], tangents[0])


def _eigvalsh_pull(adjoint: Any, operands: Operands, value: Any, place: str, _wanted: Any) -> list[Any]:
    try:
        return [ruled(SPECTRAL, operands[0], adjoint, value)]
    except CannotFollow as refused:
        raise _placed(refused, place) from None


# --- eigenvalues of general matrices -------------------------------------------------------------


def _eigvals_evaluate(operands: Operands, _place: str) -> Any:
    return np.linalg.eigvals(operands[0])


def _eigvals_push(tangents: Operands, operands: Operands, value: Any, _place: str) -> Any:
    matrix = operands[0]
    b = BATCH[: len(matrix.shape) - 2]
    if not is_plain(matrix):
        vectors, same = np.linalg.eig(matrix)[1], None
    else:
        vectors, same = frame_of(matrix, value), coinciding(value)
    half = contract(f"{b}ijZ,{b}jl->{b}ilZ", tangents[0], vectors)
    moved = contract(f"{b}li,{b}ilZ->{b}lZ", np.linalg.inv(vectors), half)
    if same is None:
        return moved
    return contract(f"{b}ij,{b}jZ->{b}iZ", same / np.sum(same, axis=-1, keepdims=True), moved)


def _eigvals_pull(adjoint: Any, operands: Operands, value: Any, place: str, _wanted: Any) -> list[Any]:
    try:
        return [spread_out(operands[0], adjoint, value)]
    except CannotFollow as refused:
        raise _placed(refused, place) from None


# --- eigenvectors with their eigenvalues ---------------------------------------------------------
# The value is (..., n + 1, k): k chosen eigenvectors as columns, and in the last row their eigenvalues. The detail
# is None for vectors of fixed length (symmetric matrices), or the entry of each vector that does not move, (..., k).


def _parts(pairs: Any, n: int) -> tuple[Any, Any]:
    whole = (slice(None),) * (len(pairs.shape) - 2)
    vectors = linear("getitem", pairs, ((*whole, slice(0, n), slice(None)), pairs.shape))
    return vectors, linear("getitem", pairs, ((*whole, n, slice(None)), pairs.shape))


def _bordered(matrix: Any, vectors: Any, values: Any, pins: Any) -> Any:
    """``[[A - w I, -x], [c^T, 0]]`` for every pair, shape (..., k, n + 1, n + 1)."""
    *batch, n, k = vectors.shape
    b = BATCH[: len(batch)]
    shape = (*batch, k, n + 1, n + 1)
    whole = (slice(None),) * (len(batch) + 1)
    each = linear("expand", matrix, ((len(batch),), False, (*batch, k, n, n)))
    shifted = each - contract(f"{b}j,mn->{b}jmn", values, np.eye(n))
    rows = turned(vectors)
    border = rows if pins is None else np.eye(n)[pins]
    total = linear("putitem", shifted, ((*whole, slice(0, n), slice(0, n)), shape))
    total = total - linear("putitem", rows, ((*whole, slice(0, n), n), shape))
    return total + linear("putitem", border, ((*whole, n, slice(0, n)), shape))


def _pairs_push(tangents: Operands, operands: Operands, value: Any, pins: Any) -> Any:
    *batch, n, _n = operands[0].shape
    b = BATCH[: len(batch)]
    lead = len(batch)
    vectors, values = _parts(value, n)
    moved = -contract(f"{b}mnZ,{b}nj->{b}jmZ", tangents[0], vectors)
    shape = (*batch, value.shape[-1], n + 1, moved.shape[-1])
    right = linear("putitem", moved, (((slice(None),) * (lead + 1) + (slice(0, n), slice(None))), shape))
    solved = solve(_bordered(operands[0], vectors, values, pins), right)
    return linear("permute", solved, (*range(lead), lead + 1, lead, lead + 2))


def _pairs_pull(adjoint: Any, operands: Operands, value: Any, pins: Any, _wanted: Any) -> list[Any]:
    *batch, n, _n = operands[0].shape
    b = BATCH[: len(batch)]
    vectors, values = _parts(value, n)
    shape = (*batch, value.shape[-1], n + 1)
    right = linear("reshape", turned(adjoint), ((*shape, 1), shape))
    solved = solve(turned(_bordered(operands[0], vectors, values, pins)), right)
    key = ((slice(None),) * (len(batch) + 1) + (slice(0, n), 0), (*shape, 1))
    return [-contract(f"{b}jm,{b}nj->{b}mn", linear("getitem", solved, key), vectors)]


def _pairs_evaluate(_operands: Operands, _detail: Any) -> Any:
    raise CannotFollow(
        "eigenvectors are not evaluated anew, their signs are those of the run",
        remedy="rely on the recorded values",
    )


def _order(operands: Operands, _detail: Any) -> float:
    return 2.0 * float(operands[0].shape[-1])


SPECTRA: tuple[Leaf, ...] = (
    #    name          value                                         push             pull             rounding
    Leaf("eigvalsh",   lambda ops, _d: np.linalg.eigvalsh(ops[0]),   _eigvalsh_push,  _eigvalsh_pull,  _order),
    Leaf("eigvals",    _eigvals_evaluate,                            _eigvals_push,   _eigvals_pull,   _order),
    Leaf("eigenpairs", _pairs_evaluate,                              _pairs_push,     _pairs_pull,     _order),
)  # fmt: skip
