"""numpy.linalg, numpy.fft and scipy.linalg at 80 digits, for arrays of `Real`.

Signs and the order of eigenvalues are LAPACK's: they are read off the double-precision result, since they are
decisions, not values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import mpmath
import numpy as np
from arrays_of_real import Reals, array, lifted
from mpmath import mp, mpc, mpf
from real import Real, raw


def matrix(a: Any) -> Any:
    rows = np.asarray(a)
    out = mp.matrix(*rows.shape)
    for i, j in np.ndindex(rows.shape):
        out[i, j] = raw(rows[i, j])
    return out


def back(m: Any) -> Any:
    out = np.empty((m.rows, m.cols), dtype=object)
    for i, j in np.ndindex(out.shape):
        out[i, j] = Real(m[i, j])
    return out.view(Reals)


def doubles(a: Any) -> Any:
    """The array in double precision, for decisions only."""
    a = np.asarray(a)
    complex_ = any(isinstance(raw(v), mpc) for v in a.ravel())
    out = np.empty(a.shape, dtype=complex if complex_ else float)
    for at in np.ndindex(a.shape):
        out[at] = complex(raw(a[at])) if complex_ else float(raw(a[at]))
    return out


def batched(work: Callable[..., Any], cores: int = 2) -> Callable[..., Any]:
    """Over the leading axes of the first argument."""

    def called(a, *rest, **keywords):
        a = array(a)
        if a.ndim <= cores:
            return work(a, *rest, **keywords)
        lead = a.shape[: a.ndim - cores]
        results = [work(a[at], *rest, **keywords) for at in np.ndindex(lead)]
        if isinstance(results[0], tuple):
            parts = [gathered([r[k] for r in results], lead) for k in range(len(results[0]))]
            kind = type(results[0])
            return kind(*parts) if hasattr(kind, "_fields") else tuple(parts)
        return gathered(results, lead)

    return called


def gathered(results: list[Any], lead: tuple[int, ...]) -> Any:
    shape = np.shape(results[0])
    out = np.empty((len(results), *shape), dtype=object)
    for k, r in enumerate(results):
        out[k] = r
    return lifted(out.reshape(lead + shape))


@batched
def inv(a, **_):
    try:
        return back(matrix(a) ** -1)
    except ZeroDivisionError as singular:
        raise np.linalg.LinAlgError("Singular matrix") from singular


@batched
def det(a, **_):
    return Real(mp.det(matrix(a)))


def solve(a, b, **_):
    a, b = array(a), array(b)
    if a.ndim > 2:
        b = np.broadcast_to(b, (*a.shape[:-2], *b.shape[-2:])) if b.ndim > 1 else b
        return gathered([solve(a[k], b[k] if b.ndim > 1 else b) for k in range(a.shape[0])], a.shape[:1])
    columns = b.reshape(len(b), -1)
    out = np.empty(columns.shape, dtype=object)
    for j in range(columns.shape[1]):
        try:
            x = mp.lu_solve(matrix(a), matrix(columns[:, j : j + 1]))
        except ZeroDivisionError as singular:
            raise np.linalg.LinAlgError("Singular matrix") from singular
        for i in range(len(b)):
            out[i, j] = Real(x[i])
    return out.reshape(b.shape).view(Reals)


class Slogdet(NamedTuple):
    sign: Any
    logabsdet: Any


class Eig(NamedTuple):
    eigenvalues: Any
    eigenvectors: Any


class Svd(NamedTuple):
    U: Any
    S: Any
    Vh: Any


class Qr(NamedTuple):
    Q: Any
    R: Any


@batched
def slogdet(a):
    d = mp.det(matrix(a))
    return Slogdet(Real(mpmath.sign(d)), Real(mp.log(abs(d))))


@batched
def cholesky(a, lower=None, upper=False, **_):
    """Reads the lower triangle, as NumPy does; scipy's default is the upper factor."""
    a = np.asarray(a)
    n = len(a)
    up = upper if lower is None else not lower
    source = np.triu(a) + np.triu(a, 1).T if lower is False else np.tril(a) + np.tril(a, -1).T
    ell = [[mpf(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            s = raw(source[i, j]) - sum((ell[i][k] * ell[j][k] for k in range(j)), mpf(0))
            if i == j:
                if s <= 0:
                    raise np.linalg.LinAlgError("Matrix is not positive definite")
                ell[i][i] = mp.sqrt(s)
            else:
                ell[i][j] = s / ell[j][j]
    factor = back(mp.matrix(ell))
    return factor.T if up else factor


@batched
def eigh(a, UPLO="L", **_):
    a = np.asarray(a)
    a = np.triu(a) + np.triu(a, 1).conj().T if UPLO == "U" else np.tril(a) + np.tril(a, -1).conj().T
    values, vectors = (mp.eighe if any(isinstance(raw(v), mpc) for v in a.ravel()) else mp.eigsy)(matrix(a))
    order = sorted(range(len(a)), key=lambda k: values[k])
    Q = back(vectors)[:, order]
    w = lifted(np.array([Real(values[k]) for k in order], dtype=object))
    return Eig(w, aligned(Q, np.linalg.eigh(doubles(a))[1]))


def aligned(Q, like):
    """Columns turned to the sign, or phase, of the double-precision ones."""
    for k in range(Q.shape[1]):
        overlap = sum((mpmath.conj(raw(Q[i, k])) * _mp(like[i, k]) for i in range(len(like))), mpf(0))
        turn = overlap / abs(overlap) if isinstance(overlap, mpc) else mpmath.sign(overlap)
        for i in range(len(like)):
            Q[i, k] = Real(raw(Q[i, k]) * turn)
    return Q


def _mp(x):
    return mpc(complex(x)) if isinstance(x, (complex, np.complexfloating)) else mpf(float(x))


@batched
def eig(a):
    values, vectors = mp.eig(matrix(a))
    theirs, frame = np.linalg.eig(doubles(a))
    order = nearest(values, theirs)
    V = back(vectors)[:, order]
    for k in range(V.shape[1]):
        size = mp.sqrt(sum((abs(raw(v)) ** 2 for v in V[:, k]), mpf(0)))
        V[:, k] = [Real(raw(v) / size) for v in V[:, k]]
    V = aligned(V, frame)
    w = [values[k] for k in order]
    if not np.iscomplexobj(theirs):
        w, V = [v.real for v in w], V.real
    return Eig(lifted(np.array([Real(v) for v in w], dtype=object)), V)


def nearest(values, theirs):
    left, order = list(range(len(values))), []
    for t in theirs:
        k = min(left, key=lambda k: abs(complex(values[k]) - complex(t)))
        left.remove(k)
        order.append(k)
    return order


@batched
def svd(a, full_matrices=True, compute_uv=True, **_):
    a = np.asarray(a)
    m, n = a.shape
    U, S, V = mp.svd_r(matrix(a)) if not any(isinstance(raw(v), mpc) for v in a.ravel()) else mp.svd_c(matrix(a))
    s = lifted(np.array([Real(S[k]) for k in range(min(m, n))], dtype=object))
    if not compute_uv:
        return s
    if full_matrices and m != n:
        raise TypeError("full factors of a rectangular matrix are not unique")
    u, vh = back(U), back(V)
    like = np.linalg.svd(doubles(a), full_matrices=False)[0]
    for k in range(len(s)):
        turn = 1 if np.vdot(doubles(u[:, k]), like[:, k]).real > 0 else -1
        u[:, k] = u[:, k] * turn
        vh[k] = vh[k] * turn
    return Svd(u, s, vh)


@batched
def qr(a, mode="reduced", **_):
    if mode == "economic":
        mode = "reduced"
    a = np.asarray(a)
    m, n = a.shape
    if mode not in ("reduced", "r") and m > n:
        raise TypeError("the full Q is not unique")
    signs = np.sign(np.diag(np.linalg.qr(doubles(a))[1]))
    k = min(m, n)
    Q, R = lifted(np.zeros((m, k))), lifted(np.zeros((k, n)))
    for j in range(k):
        v = a[:, j] * Real(1)
        for _ in range(2):  # at 80 digits once would do
            for i in range(j):
                c = np.dot(np.asarray(Q[:, i]), v)
                v = v - c * np.asarray(Q[:, i])
        size = Real(mp.sqrt(raw(np.dot(v, v)))) * signs[j]
        Q[:, j] = v / size
    R[:, :] = np.asarray(Q).T @ a
    for i in range(k):
        for j in range(i):
            R[i, j] = Real(0)
    return R if mode == "r" else Qr(Q, R)


def norm(x, ord=None, axis=None, keepdims=False):
    x = array(x)
    if axis is None and (x.ndim == 1 or ord is None):
        if ord is None:
            x = x.ravel()
        result = vector_norm(x, 2 if ord is None else ord)
        return array([result]).reshape((1,) * x.ndim) if keepdims else result
    if axis is None or isinstance(axis, tuple):
        first, second = axis or (0, 1)
        moved = np.moveaxis(x, (first, second), (-2, -1))
        result = batched(matrix_norm)(moved, ord)
        return np.expand_dims(result, (first, second)) if keepdims else result
    moved = np.moveaxis(x, axis, -1)
    result = batched(vector_norm, 1)(moved, 2 if ord is None else ord)
    return np.expand_dims(result, axis) if keepdims else result


def vector_norm(x, ord=2):
    sizes = [abs(raw(v)) for v in np.asarray(x).ravel()]
    if ord in (np.inf, -np.inf):
        return Real(max(sizes) if ord > 0 else min(sizes))
    if ord == 0:
        return Real(sum(s != 0 for s in sizes))
    if ord == 1:
        return Real(sum(sizes, mpf(0)))
    if ord == 2:
        return Real(mp.sqrt(sum((s * s for s in sizes), mpf(0))))
    return Real(sum((s ** raw(ord) for s in sizes), mpf(0)) ** (1 / raw(ord)))


def matrix_norm(a, ord=None):
    sizes = np.abs(np.asarray(a))
    if ord in (None, "fro"):
        return Real(mp.sqrt(sum((raw(v) ** 2 for v in sizes.ravel()), mpf(0))))
    if ord in (1, -1):
        return (max if ord > 0 else min)(sizes.sum(axis=0))
    if ord in (np.inf, -np.inf):
        return (max if ord > 0 else min)(sizes.sum(axis=1))
    s = svd(a, compute_uv=False)
    return {2: s[0], -2: s[-1], "nuc": np.sum(np.asarray(s))}[ord]


def cond(a, p=None):
    if p in (None, 2):
        s = svd(a, compute_uv=False)
        return s[0] / s[-1]
    return norm(a, p) * norm(inv(a), p)


@batched
def pinv(a, *_, **__):
    a = np.asarray(a)
    return inv(a.T @ a) @ a.T if a.shape[0] >= a.shape[1] else a.T @ inv(a @ a.T)


def lstsq(a, b, rcond=None):
    a, b = array(a), array(b)
    x = pinv(a) @ b
    r = np.asarray(b - a @ x)
    m, n = a.shape
    residual = lifted((r * r).sum(axis=0).reshape(-1)) if m > n else array([])
    return x, residual, min(m, n), svd(a, compute_uv=False)


def matrix_power(a, n):
    a = array(a)
    if n < 0:
        return matrix_power(inv(a), -n)
    result = array(np.eye(a.shape[-1]))
    for _ in range(n):
        result = result @ a
    return result


def multi_dot(arrays):
    result = array(arrays[0])
    for a in arrays[1:]:
        result = result @ array(a)
    return result


def _tensorsolve(a, b):
    a, b = array(a), array(b)
    return solve(a.reshape(b.size, -1), b.ravel()).reshape(a.shape[b.ndim :])


def _tensorinv(a, ind=2):
    a = array(a)
    return inv(a.reshape(int(np.prod(a.shape[:ind])), -1)).reshape(a.shape[ind:] + a.shape[:ind])


LINALG: dict[str, Any] = {
    "inv": inv, "det": det, "solve": solve, "slogdet": slogdet, "cholesky": cholesky, "eigh": eigh, "eig": eig,
    "eigvalsh": lambda a, UPLO="L": eigh(a, UPLO=UPLO)[0], "eigvals": lambda a: eig(a)[0], "svd": svd, "qr": qr,
    "tensorsolve": _tensorsolve, "tensorinv": _tensorinv,
    "svdvals": lambda a: svd(a, compute_uv=False), "norm": norm, "cond": cond, "pinv": pinv, "lstsq": lstsq,
    "matrix_power": matrix_power, "multi_dot": multi_dot, "LinAlgError": np.linalg.LinAlgError,
    "vector_norm": lambda x, ord=2, axis=None: norm(array(x).ravel() if axis is None else x, ord, axis),
    "matrix_norm": lambda x, ord="fro": norm(x, ord, (-2, -1)),
    "matrix_rank": lambda a, **_: np.linalg.matrix_rank(doubles(a)),
}  # fmt: skip
