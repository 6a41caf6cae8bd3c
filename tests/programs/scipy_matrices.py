"""scipy.linalg at 80 digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from arrays_of_real import array, each, lifted
from matrices import LINALG, back, cholesky, eigh, matrix, qr, solve, svd
from mpmath import mp, mpf
from real import Real, raw


def _triangular(a, b, trans=0, lower=False, unit_diagonal=False, **_):
    a = np.tril(array(a)) if lower else np.triu(array(a))
    if unit_diagonal:
        a = a - np.diag(np.diag(a)) + np.eye(len(a))
    return solve(a if trans in (0, "N") else a.T, b)


def _lu_factor(a, **_):
    """Rows exchanged as LAPACK does; the factors in one matrix."""
    a = array(a) * Real(1)
    pivots = []
    for k in range(len(a)):
        p = k + max(range(len(a) - k), key=lambda i: abs(a[k + i, k]))
        pivots.append(p)
        if p != k:
            a[[k, p]] = np.array(np.asarray(a[[p, k]]))
        for i in range(k + 1, len(a)):
            a[i, k] = a[i, k] / a[k, k]
            a[i, k + 1 :] = a[i, k + 1 :] - a[i, k] * a[k, k + 1 :]
    return a, np.array(pivots)


def _lu(a, permute_l=False, **_):
    P, L, U = _unpacked(*_lu_factor(a))
    return (lifted(P @ np.asarray(L)), U) if permute_l else (P, L, U)


def _lu_solve(factors, b, trans=0, **_):
    packed, pivots = factors
    P, L, U = _unpacked(packed, pivots)
    A = P @ L @ U
    return solve(A if trans == 0 else A.T, b)


def _unpacked(packed, pivots):
    n = len(pivots)
    rows = list(range(n))
    for k, p in enumerate(pivots):
        rows[k], rows[p] = rows[p], rows[k]
    P = np.zeros((n, n))
    P[rows, range(n)] = 1.0
    return P, lifted(np.tril(np.asarray(packed), -1)) + np.eye(n), lifted(np.triu(np.asarray(packed)))


def _function(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def called(a, *_, **__):
        result = work(matrix(array(a)))
        out = back(result)
        if all(abs(mpmath.im(raw(v))) < mpf(10) ** -60 for v in out.ravel()):
            out = each(mpmath.re, out)
        return out

    return called


def _toeplitz(c, r=None):
    c = array(c).ravel()
    r = c if r is None else array(r).ravel()
    out = np.empty((len(c), len(r)), dtype=object)
    for i, j in np.ndindex(out.shape):
        out[i, j] = c[i - j] if i >= j else r[j - i]
    return lifted(out)


def _circulant(c):
    c = array(c)
    return lifted(np.array([[c[(i - j) % len(c)] for j in range(len(c))] for i in range(len(c))], dtype=object))


def _block_diag(*blocks):
    blocks = [np.atleast_2d(array(b)) for b in blocks]
    out = lifted(np.zeros((sum(b.shape[0] for b in blocks), sum(b.shape[1] for b in blocks))))
    r = c = 0
    for b in blocks:
        out[r : r + b.shape[0], c : c + b.shape[1]] = b
        r, c = r + b.shape[0], c + b.shape[1]
    return out


def _banded(l_and_u, ab, b, **_):
    low, up = l_and_u
    ab = array(ab)
    n = ab.shape[1]
    a = lifted(np.zeros((n, n)))
    for i, j in np.ndindex(n, n):
        if -low <= j - i <= up:
            a[i, j] = ab[up + i - j, j]
    return solve(a, b)


def _sylvester(a, b, q):
    a, b, q = array(a), array(b), array(q)
    m, n = q.shape
    big = np.kron(np.asarray(a), np.eye(n)) + np.kron(np.eye(m), np.asarray(b).T)
    return solve(lifted(big), q.ravel()).reshape(m, n)


def _lyapunov(a, q):
    return _sylvester(a, array(a).T, q)


def _eigh(a, lower=True, eigvals_only=False, **_):
    values, vectors = eigh(a, UPLO="L" if lower else "U")
    return values if eigvals_only else (values, vectors)


def _hankel(c, r=None):
    first = list(array(c))
    rest = [0.0] * (len(first) - 1) if r is None else list(array(r)[1:])
    line = first + rest
    return lifted(np.array([[line[i + j] for j in range(len(rest) + 1)] for i in range(len(first))], dtype=object))


SCIPY_LINALG: dict[str, Any] = {
    **{name: LINALG[name] for name in ("inv", "det", "solve", "eig", "eigvals", "norm", "pinv", "lstsq", "svdvals")},
    "eigh": _eigh,
    "eigvalsh": lambda a, lower=True, **_: eigh(a, UPLO="L" if lower else "U")[0], "svd": svd,
    "qr": lambda a, mode="full", **_: qr(a, mode=mode),
    "cholesky": lambda a, lower=False, **_: cholesky(a, lower=lower),
    "solve_triangular": _triangular, "cho_factor": lambda a, lower=False, **_: (cholesky(a, lower=lower), lower),
    "cho_solve": lambda c, b, **_: solve(c[0] @ c[0].T if c[1] else c[0].T @ c[0], b),
    "lu_factor": _lu_factor, "lu_solve": _lu_solve, "lu": _lu, "expm": _function(mp.expm), "logm": _function(mp.logm),
    "sqrtm": _function(mp.sqrtm), "sinm": _function(mp.sinm), "cosm": _function(mp.cosm), "toeplitz": _toeplitz,
    "circulant": _circulant, "block_diag": _block_diag, "solve_banded": _banded, "solve_sylvester": _sylvester,
    "solve_continuous_lyapunov": _lyapunov, "solve_toeplitz": lambda c, b, **_: solve(
        _toeplitz(*c) if isinstance(c, tuple) else _toeplitz(c), b
    ),
    "hankel": _hankel,
}  # fmt: skip
