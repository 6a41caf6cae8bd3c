"""Factorisations: QR, LU, and the pseudo-inverse. Matrices are (..., m, n).

QR: Walter and Lehmann 2013, "Algorithmic differentiation of linear algebra functions with application in optimum
experimental design". LU: de Hoog, Anderssen and Lukas 2011, "Differentiation of matrix functionals using
triangular factorization". Pseudo-inverse at constant rank: Golub and Pereyra 1973, "The differentiation of
pseudo-inverses and nonlinear least squares problems whose variables separate".
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import linear, product, solve, turned
from gradcheck_tool.calculus.primitive import Leaf

Operands = tuple[Any, ...]


def _front(tangent: Any) -> Any:
    return np.moveaxis(tangent, -1, 0)


def _back(tangent: Any) -> Any:
    return np.moveaxis(tangent, 0, -1)


def _mT(matrix: Any) -> Any:  # noqa: N802 - the name NumPy gives it
    return np.swapaxes(matrix, -1, -2)


def strictly_lower(n: int) -> Any:
    """A mask of ones below the diagonal."""
    return np.tril(np.ones((n, n)), -1)


def _rows(x: Any, start: int, stop: int) -> Any:
    whole = (slice(None),) * (len(x.shape) - 2)
    return linear("getitem", x, ((*whole, slice(start, stop), slice(None)), x.shape))


# --- QR of matrices of full column rank; the value is Q on top of R, (..., m + n, n) --------------


def _qr_evaluate(operands: Operands, _detail: Any) -> Any:
    return np.concatenate(np.linalg.qr(operands[0]), axis=-2)


def _qr_push(tangents: Operands, operands: Operands, value: Any, _detail: Any) -> Any:
    m, n = operands[0].shape[-2:]
    q, r = value[..., :m, :], value[..., m:, :]
    inner = _mT(np.linalg.solve(_mT(r), _mT(_front(tangents[0]))))  # dA R^-1
    turns = _mT(q) @ inner
    lower = turns * strictly_lower(n)
    upper = turns - lower + _mT(lower)
    return _back(np.concatenate([inner - q @ upper, upper @ r], axis=-2))


def _qr_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    m, n = operands[0].shape[-2:]
    q, r = _rows(value, 0, m), _rows(value, m, m + n)
    given, bent = _rows(adjoint, 0, m), _rows(adjoint, m, m + n) * (1.0 - strictly_lower(n))
    inner = product(r, turned(bent)) - product(turned(given), q)
    lower = inner * strictly_lower(n)
    symmetric = lower + turned(lower) + inner * np.eye(n)
    return [turned(solve(r, turned(given + product(q, symmetric))))]


# --- LU of square matrices whose rows are in pivot order; the value is L below and U on the diagonal


def _lu_evaluate(operands: Operands, _detail: Any) -> Any:
    out = np.array(operands[0])
    for k in range(out.shape[-1] - 1):
        out[..., k + 1 :, k] /= out[..., k, k, None]
        out[..., k + 1 :, k + 1 :] -= out[..., k + 1 :, k, None] * out[..., k, None, k + 1 :]
    return out


def _lu_push(tangents: Operands, operands: Operands, value: Any, _detail: Any) -> Any:
    n = operands[0].shape[-1]
    below = strictly_lower(n)
    lower, upper = value * below + np.eye(n), value * (1.0 - below)
    inner = np.linalg.solve(lower, _front(tangents[0]))
    inner = _mT(np.linalg.solve(_mT(upper), _mT(inner)))
    return _back(lower @ (inner * below) + (inner * (1.0 - below)) @ upper)


def _lu_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    n = operands[0].shape[-1]
    below = strictly_lower(n)
    lower, upper = value * below + np.eye(n), value * (1.0 - below)
    inner = product(turned(lower), adjoint * below) * below
    inner = inner + product(adjoint * (1.0 - below), turned(upper)) * (1.0 - below)
    left = solve(turned(lower), inner)
    return [turned(solve(upper, turned(left)))]


# --- pseudo-inverse of matrices of full rank ------------------------------------------------------


def _pinv_push(tangents: Operands, operands: Operands, value: Any, _detail: Any) -> Any:
    a, p = operands[0], value
    m, n = a.shape[-2:]
    moved = _front(tangents[0])
    out = -(p @ moved @ p)
    if m > n:
        out = out + p @ _mT(p) @ _mT(moved) @ (np.eye(m) - a @ p)
    if n > m:
        out = out + (np.eye(n) - p @ a) @ _mT(moved) @ _mT(p) @ p
    return _back(out)


def _pinv_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    a, p = operands[0], value
    m, n = a.shape[-2:]
    out = -product(product(turned(p), adjoint), turned(p))
    if m > n:
        rest = np.eye(m) - product(a, p)
        out = out + product(product(rest, turned(adjoint)), product(p, turned(p)))
    if n > m:
        rest = np.eye(n) - product(p, a)
        out = out + product(product(turned(p), p), product(turned(adjoint), rest))
    return [out]


def _order(operands: Operands, _detail: Any) -> float:
    return 2.0 * float(operands[0].shape[-1])


FACTORS: tuple[Leaf, ...] = (
    #    name    value                                      push        pull        rounding
    Leaf("qr",   _qr_evaluate,                              _qr_push,   _qr_pull,   _order),
    Leaf("lu",   _lu_evaluate,                              _lu_push,   _lu_pull,   _order),
    Leaf("pinv", lambda ops, _d: np.linalg.pinv(ops[0]),    _pinv_push, _pinv_pull, _order),
)  # fmt: skip
