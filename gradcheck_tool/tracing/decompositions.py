"""`numpy.linalg` on recorded arrays: systems of equations, inverses, determinants and triangular factors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.complex_ufuncs import embedded
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, patched, scalar_like
from gradcheck_tool.tracing.singular import completing, factors, null_withheld, singular_values
from gradcheck_tool.tracing.spectral import real_form, symmetrised
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive, refusal


def same_field(recorder: Recorder, *arrays: Any) -> tuple[Any, ...]:
    """All arrays complex where one of them is."""
    if not any(is_complex(recorder.number(a)) for a in arrays):
        return arrays
    return tuple(embedded(recorder, a) for a in arrays)


def solve(recorder: Recorder, a: Any, b: Any) -> Any:
    """``np.linalg.solve``; one right-hand side or several, batches broadcast."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    value = np.linalg.solve(recorder.number(a), recorder.number(b))
    if not (recorder.active(a) or recorder.active(b)):
        return inactive(recorder, value)
    a, b = same_field(recorder, a, b)
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
    """``np.linalg.inv`` and ``det``: a function of one (stack of) matrix."""

    def entry(recorder: Recorder, a: Any) -> Any:
        a = as_array(recorder, a)
        value = function(recorder.number(a))
        if not recorder.active(a):
            return inactive(recorder, value)
        result = recorder.emit(name, (recorder.line(a),), None, solid(value))
        return scalar_like(recorder, result, value)

    return entry


def cholesky(recorder: Recorder, a: Any, /, *, upper: bool = False) -> Any:
    """``np.linalg.cholesky`` of the triangle that is read."""
    a = as_array(recorder, a)
    value = np.linalg.cholesky(recorder.number(a), upper=upper)
    if not recorder.active(a):
        return inactive(recorder, value)
    if is_complex(recorder.number(a)):
        turned = np.conj(np.swapaxes(a, -1, -2))
        factor = complex_cholesky(turned if upper else a)
        return patched(recorder, np.conj(np.swapaxes(factor, -1, -2)) if upper else factor, value)
    if not upper:
        return recorder.emit("cholesky", (recorder.line(a),), None, solid(value))
    lower = np.swapaxes(value, -1, -2).copy()
    result = recorder.emit("cholesky", (recorder.line(symmetrised(recorder, a, "U")),), None, solid(lower))
    return patched(recorder, np.swapaxes(result, -1, -2), value)


def complex_cholesky(a: Any) -> Any:
    """The lower factor of a Hermitian matrix of which the lower triangle is read, column by column."""
    columns = []
    for k in range(a.shape[-1]):
        root = np.sqrt(a[..., :1, 0].real)
        below = a[..., 1:, 0] / root
        columns.append(np.concatenate([np.zeros((*a.shape[:-2], k)) + 0j, root + 0j, below], axis=-1))
        a = a[..., 1:, 1:] - below[..., :, None] * np.conj(below)[..., None, :]
    return np.stack(columns, axis=-1)


def slogdet(recorder: Recorder, a: Any) -> Any:
    """``np.linalg.slogdet``: the sign is a constant between the zeros of the determinant."""
    a = as_array(recorder, a)
    expected = np.linalg.slogdet(recorder.number(a))
    if not recorder.active(a):
        return type(expected)(*(inactive(recorder, part) for part in expected))
    if is_complex(recorder.number(a)):
        det = np.linalg.det(a)
        size = np.abs(det)
        return type(expected)(patched(recorder, det / size, expected[0]), patched(recorder, np.log(size), expected[1]))
    if np.any(innermost(expected[0]) == 0):
        raise refusal("numpy.linalg.slogdet of a singular matrix", "use numpy.linalg.det")
    result = recorder.emit("logdet", (recorder.line(a),), None, solid(expected[1]))
    return type(expected)(expected[0], scalar_like(recorder, result, expected[1]))


# --- pseudo-inverse and least squares -------------------------------------------------------------


def pinv(recorder: Recorder, a: Any, rcond: Any = None, hermitian: bool = False, *, rtol: Any = np._NoValue) -> Any:  # noqa: SLF001 - NumPy's signature
    """``np.linalg.pinv``; which singular values count as zero is a decision of the run."""
    a = as_array(recorder, a)
    keywords: dict[str, Any] = {"hermitian": hermitian}
    if rcond is not None:
        keywords["rcond"] = recorder.number(rcond)
    if rtol is not np._NoValue:  # noqa: SLF001 - the same
        keywords["rtol"] = recorder.number(rtol)
    value = np.linalg.pinv(recorder.number(a), **keywords)
    if not recorder.active(a):
        return inactive(recorder, value)
    if hermitian and is_complex(recorder.number(a)):
        raise refusal("numpy.linalg.pinv of a complex matrix with hermitian=True", "leave hermitian out")
    if hermitian:
        a = symmetrised(recorder, a, "L")
    cut = keywords.get("rtol", keywords.get("rcond"))
    if rcond is None and cut is None:
        default = max(a.shape[-2:]) * np.finfo(float).eps if rtol is None else 1e-15
        cut = default
    return patched(recorder, pseudo_inverse(recorder, a, cut, value), value)


def pseudo_inverse(recorder: Recorder, a: Any, cut: Any, value: Any = None) -> Any:
    """The pseudo-inverse with singular values below `cut` times the largest taken for zero."""
    if is_complex(recorder.number(a)):
        m, n = a.shape[-2:]
        both = pseudo_inverse(recorder, as_array(recorder, real_form(a.real, a.imag)), cut)
        return both[..., :n, :m] + 1j * both[..., n:, :m]
    number = innermost(recorder.number(a))
    sizes = np.linalg.svd(number, compute_uv=False)
    if sizes.shape[-1] == 0:
        return np.swapaxes(a, -1, -2)
    kept = sizes > np.asarray(cut)[..., None] * sizes[..., :1]
    if kept.all():
        if value is None:
            value = np.linalg.pinv(recorder.number(a), rcond=0.0)
        return recorder.emit("pinv", (recorder.line(a),), None, solid(value))
    counts = np.unique(np.sum(kept, axis=-1))
    if counts.size > 1:
        raise refusal("the pseudo-inverse of a stack of matrices of different rank", "take them one by one")
    rank = int(counts[0])
    u, s, vh = factors(recorder, a, *np.linalg.svd(recorder.number(a), full_matrices=False))
    first = s[(0,) * (s.ndim - 1)]
    recorder.guard("<=", recorder.line(first[rank]), Constant(float(np.min(cut) * sizes.flat[0])), held=True)
    if rank == 0:
        return 0.0 * np.swapaxes(a, -1, -2)
    return np.swapaxes(vh[..., :rank, :], -1, -2) / s[..., None, :rank] @ np.swapaxes(u[..., :rank], -1, -2)


def lstsq(recorder: Recorder, a: Any, b: Any, rcond: Any = None) -> Any:
    """``np.linalg.lstsq``: solution, residuals, rank and singular values."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    number, right = recorder.number(a), recorder.number(b)
    _x, residuals, rank, s = np.linalg.lstsq(number, right, rcond)
    m, n = number.shape
    cut = np.finfo(float).eps * max(m, n) if rcond is None else max(float(rcond), np.finfo(float).eps)
    inverse = pseudo_inverse(recorder, a, cut) if recorder.active(a) else _cut_inverse(number, cut)
    mine = inverse @ b
    rest: Any = residuals
    if np.size(residuals):
        left = b - a @ mine
        squares = left.real * left.real + left.imag * left.imag if is_complex(recorder.number(left)) else left * left
        rest = np.reshape(np.sum(squares, axis=0), residuals.shape)
    values = singular_values(recorder, a, s) if recorder.active(a) else s
    return mine, rest, rank, values


def _cut_inverse(number: Any, cut: float) -> Any:
    return np.linalg.pinv(number, rcond=cut)


def matrix_rank(
    recorder: Recorder,
    A: Any,
    tol: Any = None,
    hermitian: bool = False,
    *,
    rtol: Any = None,
) -> Any:
    """``np.linalg.matrix_rank``: a decision."""
    a = as_array(recorder, A)
    if recorder.active(a):
        recorder.guard("order", recorder.line(a), None, held=True)
    return np.linalg.matrix_rank(
        innermost(recorder.number(a)), innermost(recorder.number(tol)), hermitian, rtol=innermost(recorder.number(rtol))
    )


# --- QR -------------------------------------------------------------------------------------------


def qr(recorder: Recorder, a: Any, mode: str = "reduced") -> Any:
    """``np.linalg.qr`` of matrices whose first columns are independent."""
    a = as_array(recorder, a)
    expected = np.linalg.qr(recorder.number(a), mode)  # type: ignore[call-overload]  # NumPy judges the mode
    if not recorder.active(a):
        return (
            inactive(recorder, expected) if mode == "r" else type(expected)(*(inactive(recorder, x) for x in expected))
        )
    if mode not in ("reduced", "complete", "r"):
        raise refusal(f"mode={mode!r} of numpy.linalg.qr", "use mode='reduced'")
    q, r = orthogonal(recorder, a, "numpy.linalg.qr")
    if mode == "r":
        return patched(recorder, r, expected)
    m, n = a.shape[-2:]
    if mode == "complete" and m > n:
        if is_complex(recorder.number(a)):
            raise refusal("mode='complete' of numpy.linalg.qr of a complex matrix", "use mode='reduced'")
        q, r = completed(recorder, q, r, expected[0])
        return type(expected)(q, patched(recorder, r, expected[1]))
    return type(expected)(patched(recorder, q, expected[0]), patched(recorder, r, expected[1]))


def orthogonal(recorder: Recorder, a: Any, name: str) -> tuple[Any, Any]:
    """The reduced factors Q and R; where there are more columns than rows the first square block decides Q."""
    number = recorder.number(a)
    if is_complex(number):
        return _complex_orthogonal(recorder, a, name)
    m, n = number.shape[-2:]
    square = a[..., :, :m] if n > m else a
    value = np.concatenate(list(np.linalg.qr(number[..., :, : min(m, n)])), axis=-2)
    corner = np.abs(np.diagonal(innermost(value)[..., m:, :], axis1=-2, axis2=-1))
    if np.any(corner <= 1e-14 * np.max(np.abs(innermost(number)), axis=(-2, -1), initial=0.0)[..., None]):
        raise refusal(f"{name} of a matrix whose leading columns are dependent", "its factors have no derivative here")
    both = recorder.emit("qr", (recorder.line(square),), None, value)
    q, r = both[..., :m, :], both[..., m:, :]
    if n > m:
        r = np.concatenate([r, np.swapaxes(q, -1, -2) @ a[..., :, m:]], axis=-1)
    return q, r


def _complex_orthogonal(recorder: Recorder, a: Any, name: str) -> tuple[Any, Any]:
    """The reduced factors of a complex matrix by the Cholesky factor of ``A^H A``, with LAPACK's signs."""
    m, n = a.shape[-2:]
    square = a[..., :, :m] if n > m else a
    corner = np.diagonal(innermost(np.linalg.qr(recorder.number(square))[1]), axis1=-2, axis2=-1)
    if np.any(corner.imag != 0) or np.any(np.abs(corner) <= 1e-7 * np.max(np.abs(corner), axis=-1, keepdims=True)):
        raise refusal(f"{name} of this complex matrix", "use the real form [[Re, -Im], [Im, Re]]")
    adjoint = np.conj(np.swapaxes(square, -1, -2))
    r = np.sign(corner.real)[..., None] * np.conj(np.swapaxes(complex_cholesky(adjoint @ square), -1, -2))
    q = np.swapaxes(np.linalg.solve(np.swapaxes(r, -1, -2), np.swapaxes(square, -1, -2)), -1, -2)
    if n > m:
        r = np.concatenate([r, np.conj(np.swapaxes(q, -1, -2)) @ a[..., :, m:]], axis=-1)
    return q, r


def completed(recorder: Recorder, q: Any, r: Any, value: Any) -> tuple[Any, Any]:
    """Q with the columns that complete the basis, and R with rows of zeros."""
    *batch, m, n = q.shape
    r = np.concatenate([r, np.zeros((*batch, m - n, n))], axis=-2)
    whole = recorder.wrap(np.array(value), -1)
    whole[..., :n] = q
    if m - n > 1:
        return null_withheld(whole, slice(n, None)), r
    whole[..., n:] = completing(recorder, q @ np.swapaxes(q, -1, -2), value[..., n:])
    return whole, r


# --- tensors --------------------------------------------------------------------------------------


def tensorsolve(recorder: Recorder, a: Any, b: Any, axes: Any = None) -> Any:
    """``np.linalg.tensorsolve``."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    if axes is not None:
        order = [k for k in range(a.ndim) if k not in [axis % a.ndim for axis in axes]]
        a = np.transpose(a, (*order, *(axis % a.ndim for axis in axes)))
    shape = a.shape[b.ndim :]
    return np.reshape(np.linalg.solve(np.reshape(a, (-1, math.prod(shape))), np.ravel(b)), shape)


def tensorinv(recorder: Recorder, a: Any, ind: int = 2) -> Any:
    """``np.linalg.tensorinv``."""
    a = as_array(recorder, a)
    rows = math.prod(a.shape[:ind])
    return np.reshape(np.linalg.inv(np.reshape(a, (rows, -1))), (*a.shape[ind:], *a.shape[:ind]))


ENTRIES: dict[Any, Any] = {
    np.linalg.solve: solve,
    np.linalg.inv: one_matrix("inv", np.linalg.inv),
    np.linalg.det: one_matrix("det", np.linalg.det),
    np.linalg.cholesky: cholesky,
    np.linalg.slogdet: slogdet,
    np.linalg.pinv: pinv,
    np.linalg.qr: qr,
    np.linalg.matrix_rank: matrix_rank,
}
# Spelled with recorded functions, so that their values are compared with NumPy's.
COMPOSED: dict[Any, Any] = {
    np.linalg.lstsq: lstsq,
    np.linalg.tensorsolve: tensorsolve,
    np.linalg.tensorinv: tensorinv,
}
