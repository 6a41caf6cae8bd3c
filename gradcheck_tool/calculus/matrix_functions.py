"""Functions of whole matrices that rules are written with: cofactors, Fréchet derivatives, the Sylvester equation.

The Fréchet derivative of f at A in the direction E is the upper right block of f([[A, E], [0, A]]); the second
one in the directions E and F that of f of the same with [[A, E], [0, A]] for A and [[F, 0], [0, F]] for E
(Higham 2008, "Functions of Matrices", section 3.2).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import Ruled, ruled, turned


def _scipy() -> Any:
    """SciPy's linear algebra; only lines of code that called it come here."""
    return importlib.import_module("scipy.linalg")


# --- cofactors -----------------------------------------------------------------------------------


def cofactor(matrix: Any) -> Any:
    """The derivative of det: the transposed adjugate, by the SVD so that singular matrices have one too."""
    left, values, right, sign = _factors(matrix)
    return sign * (left * _products(values)[..., None, :]) @ right


def _factors(matrix: Any) -> tuple[Any, Any, Any, Any]:
    """The cofactors of the two unitary factors of the SVD, up to their signs or phases, whose product comes last."""
    left, values, right = np.linalg.svd(matrix)
    sign = np.asarray(np.linalg.det(left) * np.linalg.det(right))[..., None, None]
    if sign.dtype.kind != "c":
        return left, values, right, np.round(sign)
    return np.conj(left), values, np.conj(right), sign


def _products(values: Any) -> Any:
    """Products of all values but one, shape (..., n)."""
    n = values.shape[-1]
    others = [np.prod(np.delete(values, k, axis=-1), axis=-1) for k in range(n)]
    return np.stack(others, axis=-1) if n else np.zeros(values.shape)


def _cofactor_moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    """In the frame of the SVD: minors of two rows and columns left out."""
    left, values, right, sign = _factors(operands[0])
    n = values.shape[-1]
    moved = np.swapaxes(left, -1, -2) @ np.moveaxis(tangents[0], -1, 0) @ np.swapaxes(right, -1, -2)
    pairs = np.zeros((*values.shape, n))
    for k in range(n):
        pairs[..., k, np.arange(n) != k] = _products(np.delete(values, k, axis=-1))
    inner = -pairs * np.swapaxes(moved, -1, -2)
    inner[..., np.arange(n), np.arange(n)] = np.einsum("...ij,...jj->...i", pairs, moved)
    return np.moveaxis(sign * (left @ inner @ right), 0, -1)


def _cofactor_recorded(matrix: Any) -> Any:
    n = matrix.shape[-1]
    det = np.reshape(np.linalg.det(matrix), (*matrix.shape[:-2], 1, 1))
    return det * turned(np.linalg.solve(matrix, np.broadcast_to(np.eye(n), matrix.shape)))


COFACTOR = Ruled(cofactor, _cofactor_moved, _cofactor_recorded)


# --- functions of matrices -----------------------------------------------------------------------


def value_of(detail: tuple[Any, ...], matrix: Any) -> Any:
    """``scipy.linalg.expm(matrix)`` and its kin; `detail` is the name and further arguments."""
    name, *rest = detail
    function = getattr(_scipy(), name)
    if name in STACKED or matrix.ndim == 2:
        return function(matrix, *rest)
    flat = matrix.reshape((-1, *matrix.shape[-2:]))
    return np.stack([function(page, *rest) for page in flat]).reshape(matrix.shape)


STACKED = ("expm",)


def _above(diagonal: Any, corner: Any) -> Any:
    """``[[A, E], [0, A]]``."""
    upper = np.concatenate([diagonal, corner], axis=-1)
    lower = np.concatenate([np.zeros_like(diagonal), diagonal], axis=-1)
    return np.concatenate([upper, lower], axis=-2)


def _slope(detail: tuple[Any, ...], matrix: Any, direction: Any) -> Any:
    """The derivative of the function at `matrix` in one direction each, stacks broadcast."""
    matrix, direction = np.broadcast_arrays(matrix, direction)
    size = np.max(np.abs(direction), axis=(-2, -1), keepdims=True, initial=0.0)
    # The derivative is linear in the direction: made as small as the matrix, it does not disturb the scaling.
    size = size / np.maximum(np.max(np.abs(matrix), axis=(-2, -1), keepdims=True, initial=0.0), 1e-3)
    size = np.where(size == 0, 1.0, size)
    n = matrix.shape[-1]
    return size * value_of(detail, _above(matrix, direction / size))[..., :n, n:]


def _bend(detail: tuple[Any, ...], matrix: Any, first: Any, second: Any) -> Any:
    """The second derivative in two directions."""
    matrix, first, second = np.broadcast_arrays(matrix, first, second)
    n = matrix.shape[-1]
    zero = np.zeros_like(second)
    corner = np.concatenate([np.concatenate([second, zero], axis=-1), np.concatenate([zero, second], axis=-1)], axis=-2)
    return _slope(detail, _above(matrix, first), corner)[..., :n, n:]


@lru_cache(maxsize=64)
def frechet(detail: tuple[Any, ...]) -> Ruled:
    """``L(A, E)``, the derivative of the matrix function at A in the direction E."""

    def moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
        matrix, direction = operands
        total: Any = 0.0
        if tangents[0] is not None:
            total = total + _bend(detail, matrix, direction, np.moveaxis(tangents[0], -1, 0))
        if tangents[1] is not None:
            total = total + _slope(detail, matrix, np.moveaxis(tangents[1], -1, 0))
        return np.moveaxis(total, 0, -1)

    def recorded(matrix: Any, direction: Any) -> Any:
        n = matrix.shape[-1]
        return ruled(function_of(detail), _above(matrix, direction))[..., :n, n:]

    return Ruled(lambda matrix, direction: _slope(detail, matrix, direction), moved, recorded)


@lru_cache(maxsize=64)
def function_of(detail: tuple[Any, ...]) -> Ruled:
    """The matrix function itself."""

    def moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
        return np.moveaxis(_slope(detail, operands[0], np.moveaxis(tangents[0], -1, 0)), 0, -1)

    return Ruled(
        lambda matrix: value_of(detail, matrix), moved, lambda matrix: _written(matrix, "matfun", (matrix,), detail)
    )


def _written(x: Any, name: str, operands: tuple[Any, ...], detail: Any) -> Any:
    written: Callable[..., Any] = x.apply_leaf
    return written(name, operands, detail)


# --- the Sylvester equation ----------------------------------------------------------------------


def _sylvester(a: Any, b: Any, right: Any) -> Any:
    shape = np.broadcast_shapes(a.shape[:-2], b.shape[:-2], right.shape[:-2])
    pages = [np.broadcast_to(x, (*shape, *x.shape[-2:])).reshape((-1, *x.shape[-2:])) for x in (a, b, right)]
    solved = [_scipy().solve_sylvester(*page) for page in zip(*pages, strict=True)]
    return np.stack(solved).reshape((*shape, *right.shape[-2:]))


def _sylvester_moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
    a, b, right = operands
    x = _sylvester(a, b, right)
    da, db, source = (None if moved is None else np.moveaxis(moved, -1, 0) for moved in tangents)
    total: Any = 0.0 if source is None else source
    if da is not None:
        total = total - da @ x
    if db is not None:
        total = total - x @ db
    return np.moveaxis(_sylvester(a, b, total), 0, -1)


def _sylvester_recorded(a: Any, b: Any, right: Any) -> Any:
    holder = next(x for x in (a, b, right) if hasattr(x, "apply_leaf"))
    return _written(holder, "sylvester", (a, b, right), None)


SYLVESTER = Ruled(_sylvester, _sylvester_moved, _sylvester_recorded)
"""X of ``A X + X B = Q``."""
