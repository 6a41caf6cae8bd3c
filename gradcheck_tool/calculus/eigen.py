"""Eigenvalues that may coincide, as functions that rules are written with.

An eigenvalue that coincides with others moves as the eigenvalues of the tangent, projected on their common
space, do: one-sided, and in an order of its own for every direction (Kato 1995, "Perturbation theory for linear
operators", II.5.4). First derivatives here take the mean over the space, which every symmetric function of the
eigenvalues has, whatever basis is chosen. Second derivatives of symmetric functions: Lewis and Sendov 2001,
"Twice differentiable spectral functions", in the basis that belongs to each direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import Ruled, contract, is_plain, ruled, solve, turned
from gradcheck_tool.complaint import CannotFollow

_SPLIT: ContextVar[bool] = ContextVar("split", default=False)
_EPS = float(np.finfo(float).eps)
BATCH = "abcdefgh"


@contextmanager
def splitting() -> Iterator[None]:
    """Push one-sided: coinciding eigenvalues each along its own, a norm of zero to the length of the tangent.

    Second derivatives start from such tangents. They tell, for every direction by itself, how a function whose
    first derivative exists bends beyond the kink of what it is made of.
    """
    token = _SPLIT.set(True)
    try:
        yield
    finally:
        _SPLIT.reset(token)


def is_split() -> bool:
    """Whether tangents are one-sided now."""
    return _SPLIT.get()


def coinciding(values: Any) -> Any:
    """Which eigenvalues are the same up to rounding, shape (..., n, n); None where all are simple."""
    n = values.shape[-1]
    scale = np.max(np.abs(values), axis=-1, initial=0.0)[..., None, None]
    same = np.abs(values[..., :, None] - values[..., None, :]) <= (1e-13 + 4 * n * _EPS) * scale
    for _ in range(n.bit_length()):  # neighbours of neighbours
        same = same @ same
    return same if np.count_nonzero(same) > values.size else None


def mean_over(same: Any, x: Any) -> Any:
    """Entries of x (..., n) averaged over the eigenvalues that coincide."""
    if same is None:
        return x
    b = BATCH[: same.ndim - 2]
    return contract(f"{b}ij,{b}j->{b}i", same / np.sum(same, axis=-1, keepdims=True), x)


# --- symmetric matrices --------------------------------------------------------------------------


def projected(vectors: Any, tangents: Any) -> Any:
    """``V^T dS V`` for tangents (..., n, n, directions)."""
    b = BATCH[: len(vectors.shape) - 2]
    half = contract(f"{b}ijZ,{b}jl->{b}ilZ", tangents, vectors)
    return contract(f"{b}ik,{b}ilZ->{b}klZ", vectors, half)


def eigenvalue_tangents(matrix: Any, tangents: Any) -> Any:
    """The tangents of the ascending eigenvalues of symmetric matrices, shape (..., n, directions)."""
    values, vectors = np.linalg.eigh(matrix)
    b = BATCH[: len(matrix.shape) - 2]
    half = contract(f"{b}ijZ,{b}jl->{b}ilZ", tangents, vectors)
    moved = contract(f"{b}il,{b}ilZ->{b}lZ", vectors, half)
    same = coinciding(values) if is_plain(matrix) else None
    if same is None:
        return moved
    if _SPLIT.get():
        return _split(same, projected(vectors, tangents))[1]
    return contract(f"{b}ij,{b}jZ->{b}iZ", same / np.sum(same, axis=-1, keepdims=True), moved)


def _groups(same: Any) -> Iterator[Any]:
    """The sets of more than one eigenvalue that coincide, of one matrix."""
    seen = np.zeros(len(same), dtype=bool)
    for row in same:
        members = np.flatnonzero(row)
        if len(members) > 1 and not seen[members[0]]:
            seen[members] = True
            yield members


def _split(same: Any, moved: Any) -> tuple[Any, Any]:
    """Per direction: the basis (Z, ..., n, n) that splits the coinciding eigenvalues, and all their tangents."""
    moved = np.moveaxis(moved, -1, 0)
    basis = np.broadcast_to(np.eye(moved.shape[-1]), moved.shape).copy()
    slopes = np.diagonal(moved, axis1=-2, axis2=-1).copy()
    for place in np.ndindex(*same.shape[:-2]):
        for members in _groups(same[place]):
            block = (slice(None), *place, members[:, None], members[None, :])
            slopes[(slice(None), *place, members)], basis[block] = np.linalg.eigh(moved[block])
    return basis, np.moveaxis(slopes, 0, -1)


def _spectral(matrix: Any, slopes: Any, _eigenvalues: Any) -> Any:
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * mean_over(coinciding(values), slopes)[..., None, :]) @ np.swapaxes(vectors, -1, -2)


def _spectral_moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    matrix, slopes, _ = operands
    values, vectors = np.linalg.eigh(matrix)
    directions = next(x.shape[-1] for x in tangents if x is not None)
    given = np.zeros((*matrix.shape, directions)) if tangents[0] is None else tangents[0]
    bent = np.zeros((*values.shape, directions)) if tangents[1] is None else tangents[1]
    bent = np.broadcast_to(bent, (*values.shape, directions))
    moved = projected(vectors, given)
    gaps = values[..., None, :] - values[..., :, None]
    steps = slopes[..., None, :] - slopes[..., :, None]
    same = coinciding(values)
    if same is None:
        same = np.broadcast_to(np.eye(values.shape[-1], dtype=bool), matrix.shape)
        basis = None
    else:
        basis, split = _split(same, moved)
        _refuse_unequal(same, slopes, steps)
        _refuse_unsplit(same, split, tangents[2])
        moved = np.moveaxis(np.swapaxes(basis, -1, -2) @ np.moveaxis(moved, -1, 0) @ basis, 0, -1)
    ratio = np.where(same, 0.0, steps / np.where(same, 1.0, gaps))
    inner = np.moveaxis(ratio[..., None] * moved, -1, 0)
    inner = inner + np.moveaxis(bent, -1, 0)[..., None, :] * np.eye(values.shape[-1])
    frame = vectors if basis is None else vectors @ basis
    return np.moveaxis(frame @ inner @ np.swapaxes(frame, -1, -2), 0, -1)


def _refuse_unequal(same: Any, slopes: Any, steps: Any) -> None:
    if np.any(np.abs(np.where(same, steps, 0.0)) > 1e-8 * (1e-300 + np.max(np.abs(slopes), initial=0.0))):
        raise CannotFollow(
            "eigenvalues or singular values coincide here, and a function that is not symmetric in them has no second "
            "derivative",
            remedy="check first derivatives (--order 1) at this point, or choose another point",
        )


def _refuse_unsplit(same: Any, split: Any, tangents: Any) -> None:
    """The tangents of the eigenvalues must be those of `splitting`, or there is nothing to bend."""
    if tangents is None:
        tangents = np.zeros_like(split)
    several = (np.sum(same, axis=-1) > 1)[..., None]
    if np.any(np.abs(np.where(several, split - tangents, 0.0)) > 1e-8 * (1e-300 + np.max(np.abs(split), initial=0.0))):
        raise CannotFollow(
            "eigenvalues or singular values coincide here, and this second derivative needs them apart",
            remedy="ask for the whole Hessian, or choose another point",
        )


def _spectral_recorded(matrix: Any, slopes: Any, _eigenvalues: Any) -> Any:
    values, vectors = np.linalg.eigh(matrix)
    if is_plain(matrix):
        slopes = mean_over(coinciding(values), slopes)
    b = BATCH[: len(matrix.shape) - 2]
    scaled = contract(f"{b}ij,{b}j->{b}ij", vectors, slopes)
    return contract(f"{b}ij,{b}kj->{b}ik", scaled, vectors)


SPECTRAL = Ruled(_spectral, _spectral_moved, _spectral_recorded)
"""``V diag(g) V^T`` of a symmetric matrix, slopes g and the ascending eigenvalues."""


# --- general matrices ----------------------------------------------------------------------------


def frame_of(matrix: Any, wanted: Any) -> Any:
    """Right eigenvectors as columns, in the order in which `wanted` names the eigenvalues."""
    values, vectors = np.linalg.eig(matrix)
    out = np.array(vectors)
    for place in np.ndindex(*values.shape[:-1]):
        left = list(range(values.shape[-1]))
        for k, value in enumerate(wanted[place]):
            nearest = min(left, key=lambda j: abs(values[place][j] - value))
            left.remove(nearest)
            out[(*place, slice(None), k)] = vectors[(*place, slice(None), nearest)]
    return out


def _frame_moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    matrix, values = operands
    if tangents[0] is None:
        return np.zeros((*matrix.shape, tangents[1].shape[-1]))
    if coinciding(values) is not None:
        raise CannotFollow(
            "eigenvalues coincide here, and their second derivative is not known",
            remedy="use eigvalsh where the matrix is symmetric, or choose another point",
        )
    vectors = frame_of(matrix, values)
    inner = np.linalg.inv(vectors) @ np.moveaxis(tangents[0], -1, 0) @ vectors
    gaps = values[..., None, :] - values[..., :, None]
    one = np.eye(values.shape[-1])
    return np.moveaxis(vectors @ (inner * ((1 - one) / (gaps + one))), 0, -1)


def _frame_recorded(matrix: Any, values: Any) -> Any:
    return np.linalg.eig(matrix)[1] if not is_plain(matrix) else frame_of(matrix, values)


FRAME = Ruled(frame_of, _frame_moved, _frame_recorded)
"""Right eigenvectors of a matrix in the order of its given eigenvalues, of no particular length."""


def spread_out(matrix: Any, slopes: Any, values: Any) -> Any:
    """``X^-T diag(g) X^T``: what eigenvalues with the adjoints g hand to their matrix."""
    vectors = ruled(FRAME, matrix, values)
    if is_plain(values):
        slopes = mean_over(coinciding(values), slopes)
    b = BATCH[: len(matrix.shape) - 2]
    scaled = contract(f"{b}ij,{b}j->{b}ij", vectors, slopes)
    return solve(turned(vectors), turned(scaled))
