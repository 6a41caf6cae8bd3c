"""Linear algebra: solve, inv, det, log abs det, cholesky, 2-norm. Matrices are (..., n, n).

Pushes follow from differentiating the defining equation, pulls from transposing the push
(Giles 2008, "Collected matrix derivative results for forward and reverse mode AD"). Cholesky's pull:
Murray 2016, "Differentiation of the Cholesky decomposition", section 4.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_plain, linear, product, ruled, solve, turned
from gradcheck_tool.calculus.eigen import is_split
from gradcheck_tool.calculus.matrix_functions import COFACTOR, cofactor
from gradcheck_tool.calculus.primitive import Leaf
from gradcheck_tool.calculus.radial import corner, radial

Operands = tuple[Any, ...]
_BLOCK = 32  # rows of a triangle that is inverted as any matrix is


def _front(tangent: Any) -> Any:
    """Directions to the front, where NumPy's linear algebra broadcasts over them."""
    return np.moveaxis(tangent, -1, 0)


def _back(tangent: Any) -> Any:
    return np.moveaxis(tangent, 0, -1)


def _mT(matrix: Any) -> Any:  # noqa: N802 - the name NumPy gives it
    return np.swapaxes(matrix, -1, -2)


def _solve_push(tangents: Operands, operands: Operands, value: Any, _detail: Any) -> Any:
    right: Any = 0.0
    if tangents[1] is not None:
        right = right + _front(tangents[1])
    if tangents[0] is not None:
        right = right - _front(tangents[0]) @ value
    return _back(np.linalg.solve(operands[0], right))


def _solve_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, wanted: tuple[bool, ...]) -> list[Any]:
    right = solve(turned(operands[0]), adjoint)
    return [-product(right, turned(value)) if wanted[0] else None, right if wanted[1] else None]


def _inv_push(tangents: Operands, _operands: Operands, value: Any, _detail: Any) -> Any:
    return _back(-(value @ _front(tangents[0]) @ value))


def _inv_pull(adjoint: Any, _operands: Operands, value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    return [-product(product(turned(value), adjoint), turned(value))]


def _inverse(matrix: Any) -> Any:
    if is_plain(matrix):
        return np.linalg.inv(matrix)
    return solve(matrix, np.broadcast_to(np.eye(matrix.shape[-1]), matrix.shape))


def _det_push(tangents: Operands, operands: Operands, _value: Any, _detail: Any) -> Any:
    return np.sum(cofactor(operands[0])[..., None] * tangents[0], axis=(-3, -2))


def _spread(scalar: Any, shape: tuple[int, ...]) -> Any:
    """A number per matrix, repeated over the entries of each."""
    batch = tuple(shape[:-2])
    if not batch and is_plain(scalar):
        return np.broadcast_to(scalar, shape)
    return linear("expand", scalar, ((len(batch), len(batch) + 1), False, shape))


def _det_pull(adjoint: Any, operands: Operands, _value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    matrix = operands[0]
    return [_spread(adjoint, matrix.shape) * ruled(COFACTOR, matrix)]


def _logdet_evaluate(operands: Operands, _detail: Any) -> Any:
    return np.linalg.slogdet(operands[0])[1]


def _logdet_push(tangents: Operands, operands: Operands, _value: Any, _detail: Any) -> Any:
    return np.sum(_mT(np.linalg.inv(operands[0]))[..., None] * tangents[0], axis=(-3, -2))


def _logdet_pull(adjoint: Any, operands: Operands, _value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    return [_spread(adjoint, operands[0].shape) * turned(_inverse(operands[0]))]


def _lower(n: int) -> Any:
    """Phi of Murray 2016: the lower triangle with half the diagonal."""
    return np.tril(np.ones((n, n)), -1) + 0.5 * np.eye(n)


def _phi(matrix: Any) -> Any:
    """``matrix * _lower(n)`` of a plain array, as a new one."""
    low = np.tril(matrix)
    diagonal = np.einsum("...ii->...i", low)
    diagonal *= 0.5
    return low


def _inverse_of_lower(low: Any) -> Any:
    """The inverse of lower triangles (..., n, n), by halves: most of it is products.

    Four times cheaper than a general solve, and as accurate: each column is found by substitution.
    Reference: Higham 2002, section 14.2.
    """
    n = low.shape[-1]
    if n <= _BLOCK:
        return np.tril(np.linalg.inv(low))
    m = n // 2
    out = np.zeros(low.shape)
    top = out[..., :m, :m] = _inverse_of_lower(low[..., :m, :m])
    rest = out[..., m:, m:] = _inverse_of_lower(low[..., m:, m:])
    out[..., m:, :m] = -(rest @ (low[..., m:, :m] @ top))
    return out


def _cholesky_push(tangents: Operands, _operands: Operands, value: Any, _detail: Any) -> Any:
    # NumPy reads the lower triangle only, so the upper half of a tangent does not matter.
    given = np.tril(_front(tangents[0]))
    symmetric = given + _mT(np.tril(given, -1))
    if value.shape[-1] <= _BLOCK:
        inner = np.linalg.solve(value, _mT(np.linalg.solve(value, symmetric)))
        return _back(value @ _phi(_mT(inner)))
    inverse = _inverse_of_lower(value)
    return _back(value @ _phi(inverse @ symmetric @ _mT(inverse)))


def _cholesky_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    n = operands[0].shape[-1]
    if n > _BLOCK and type(adjoint) is type(value) is np.ndarray and adjoint.dtype == value.dtype == float:
        back = _mT(_inverse_of_lower(value))
        half = back @ _phi(_mT(value) @ adjoint)
        full = half @ _mT(back)
        return [_phi(full + _mT(full))]
    inner = product(turned(value), adjoint) * _lower(n)
    half = solve(turned(value), inner)
    full = turned(solve(turned(value), turned(half)))
    return [(full + turned(full)) * _lower(n)]


def _norm_evaluate(operands: Operands, detail: Any) -> Any:
    axes, keep, _shape = detail
    return np.sqrt(np.sum(operands[0] * operands[0], axis=axes, keepdims=keep))


def _norm_pull(adjoint: Any, operands: Operands, value: Any, detail: Any, _wanted: Any) -> list[Any]:
    return [ruled(radial(detail), adjoint, value, operands[0])]


def _norm_push(tangents: Operands, operands: Operands, value: Any, detail: Any) -> Any:
    axes, keep, _shape = detail
    size = np.asarray(value)[..., None]
    moved = np.sum(operands[0][..., None] * tangents[0], axis=axes, keepdims=keep)
    slope = moved / np.where(size == 0, np.inf, size)
    if not is_split() or not np.any(size == 0):
        return slope
    return np.where(size == 0, np.sqrt(np.sum(tangents[0] * tangents[0], axis=axes, keepdims=keep)), slope)


def _corner_evaluate(operands: Operands, detail: Any) -> Any:
    axes, _place = detail
    return np.sum(np.asarray(operands[0]) * 0.0, axis=axes)


def _corner_push(tangents: Operands, _operands: Operands, _value: Any, detail: Any) -> Any:
    axes, _place = detail
    return np.sum(tangents[0] * 0.0, axis=axes)


def _corner_pull(adjoint: Any, operands: Operands, _value: Any, detail: Any, _wanted: Any) -> list[Any]:
    return [ruled(corner(detail[1]), operands[0], adjoint)]


def _order(operands: Operands, _detail: Any) -> float:
    return 2.0 * float(operands[0].shape[-1])


LINALG: tuple[Leaf, ...] = (
    #    name        value                                        push             pull             rounding
    Leaf("solve",    lambda ops, _d: solve(*ops),                 _solve_push,     _solve_pull,     _order),
    Leaf("inv",      lambda ops, _d: _inverse(ops[0]),            _inv_push,       _inv_pull,       _order),
    Leaf("det",      lambda ops, _d: np.linalg.det(ops[0]),       _det_push,       _det_pull,       _order),
    Leaf("logdet",   _logdet_evaluate,                            _logdet_push,    _logdet_pull,    _order),
    Leaf("cholesky", lambda ops, _d: np.linalg.cholesky(ops[0]),  _cholesky_push,  _cholesky_pull,  _order),
    Leaf("norm",     _norm_evaluate,                              _norm_push,      _norm_pull),
    Leaf("corner",   _corner_evaluate,                            _corner_push,    _corner_pull),
)  # fmt: skip
