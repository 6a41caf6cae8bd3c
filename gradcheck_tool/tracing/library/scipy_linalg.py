"""`scipy.linalg`: systems of equations, inverses and least squares, spelled with `numpy.linalg`.

SciPy reads only the part of a matrix that its structure says it needs; what it does not read has no derivative.
The keywords about overwriting and checking change nothing: an entry works on copies.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.decompositions import lstsq as numpy_lstsq
from gradcheck_tool.tracing.decompositions import pseudo_inverse
from gradcheck_tool.tracing.library.spelling import library_function, spelled_all
from gradcheck_tool.tracing.norms import norm as numpy_norm
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.spectral import symmetrised
from gradcheck_tool.tracing.ufuncs import refusal


def transposed(a: Any) -> Any:
    """The transpose of the last two axes."""
    return np.swapaxes(a, -1, -2)


def triangle(a: Any, *, lower: bool, diagonal: bool = True) -> Any:
    """One triangle of a matrix, with or without its diagonal; zeros elsewhere."""
    offset = 0 if diagonal else (-1 if lower else 1)
    return np.tril(a, offset) if lower else np.triu(a, offset)


def symmetric(recorder: Recorder, a: Any, *, lower: bool) -> Any:
    """The symmetric matrix of which SciPy reads one triangle."""
    if not recorder.active(a):
        strict = triangle(a, lower=lower, diagonal=False)
        return triangle(a, lower=lower) + np.conj(transposed(strict))
    if is_complex(recorder.number(a)):
        strict = triangle(a, lower=lower, diagonal=False)
        return triangle(a, lower=lower) + np.conj(transposed(strict))
    return symmetrised(recorder, a, "L" if lower else "U")


def _structured(recorder: Recorder, a: Any, assume: Any, *, lower: bool) -> Any:
    """The matrix as SciPy reads it under an assumption about its structure."""
    if assume in (None, "gen", "general"):
        return a  # a structure that SciPy finds by itself does not change what the matrix is
    if assume in ("sym", "symmetric", "pos", "positive definite") and is_complex(recorder.number(a)):
        if assume.startswith("sym"):
            strict = triangle(a, lower=lower, diagonal=False)
            return triangle(a, lower=lower) + transposed(strict)
        return symmetric(recorder, a, lower=lower)
    if assume in ("sym", "symmetric", "pos", "positive definite", "her", "hermitian"):
        return symmetric(recorder, a, lower=lower)
    if assume in ("lower triangular", "upper triangular"):
        return triangle(a, lower=assume.startswith("lower"))
    if assume in ("diagonal", "tridiagonal"):
        width = 1 if assume == "tridiagonal" else 0
        return np.triu(np.tril(a, width), -width)
    raise refusal(f"assume_a={assume!r} of scipy.linalg", "leave assume_a out")


def _divided(a: Any, b: Any) -> Any:
    """``a^-1 b`` for one right-hand side or several; stacks as SciPy pairs them."""
    single = b.ndim == 1 or (a.ndim > 2 and b.ndim < a.ndim and b.shape == a.shape[:-1])
    if not single:
        return np.linalg.solve(a, b)
    return np.linalg.solve(a, b[..., None])[..., 0]


def solve(recorder: Recorder, a: Any, b: Any, lower: bool = False, overwrite_a: bool = False, overwrite_b: bool = False,
          check_finite: bool = True, assume_a: Any = None, transposed: bool = False) -> Any:  # fmt: skip
    """``scipy.linalg.solve``."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    a = _structured(recorder, a, assume_a, lower=lower)
    return _divided(np.swapaxes(a, -1, -2) if transposed else a, b)


def solve_triangular(recorder: Recorder, a: Any, b: Any, trans: Any = 0, lower: bool = False,
                     unit_diagonal: bool = False, overwrite_b: bool = False,
                     check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.solve_triangular``."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    matrix = triangle(a, lower=lower, diagonal=not unit_diagonal)
    if unit_diagonal:
        matrix = matrix + np.eye(a.shape[-1])
    if trans in (1, "T", 2, "C"):
        matrix = transposed(matrix)
    if trans in (2, "C") and is_complex(recorder.number(a)):
        matrix = np.conj(matrix)
    return _divided(matrix, b)


def inv(recorder: Recorder, a: Any, overwrite_a: bool = False, check_finite: bool = True, *, assume_a: Any = None,
        lower: bool = False) -> Any:  # fmt: skip
    """``scipy.linalg.inv``."""
    return np.linalg.inv(_structured(recorder, as_array(recorder, a), assume_a, lower=lower))


def det(recorder: Recorder, a: Any, overwrite_a: bool = False, check_finite: bool = True) -> Any:
    """``scipy.linalg.det``."""
    return np.linalg.det(as_array(recorder, a))


def norm(recorder: Recorder, a: Any, ord: Any = None, axis: Any = None, keepdims: bool = False,  # noqa: A002
         check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.norm``."""
    return numpy_norm(recorder, a, ord, axis, keepdims)


# --- factors that were made before ----------------------------------------------------------------


def cho_solve(
    recorder: Recorder, c_and_lower: Any, b: Any, overwrite_b: bool = False, check_finite: bool = True
) -> Any:
    """``scipy.linalg.cho_solve``."""
    c, lower = c_and_lower
    b = as_array(recorder, b)
    factor = triangle(as_array(recorder, c), lower=bool(lower))
    adjoint = transposed(np.conj(factor) if is_complex(recorder.number(factor)) else factor)
    first, second = (factor, adjoint) if lower else (adjoint, factor)
    return _divided(second, _divided(first, b))


def pivots(piv: Any) -> Any:
    """The order of the rows after the exchanges that LAPACK lists."""
    order = np.arange(len(piv))
    for k, other in enumerate(piv):
        order[[k, other]] = order[[other, k]]
    return order


def lu_solve(recorder: Recorder, lu_and_piv: Any, b: Any, trans: Any = 0, overwrite_b: bool = False,
             check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.lu_solve``."""
    lu, piv = lu_and_piv
    lu, b = as_array(recorder, lu), as_array(recorder, b)
    order = pivots(innermost(recorder.number(piv)))
    lower = triangle(lu, lower=True, diagonal=False) + np.eye(lu.shape[-1])
    upper = triangle(lu, lower=False)
    if trans == 0:
        return _divided(upper, _divided(lower, b[order]))
    first, second = transposed(upper), transposed(lower)
    if trans == 2 and is_complex(recorder.number(lu)):
        first, second = np.conj(first), np.conj(second)
    return _divided(second, _divided(first, b))[np.argsort(order)]


# --- least squares --------------------------------------------------------------------------------


def _cut(recorder: Recorder, a: Any, atol: Any, rtol: Any) -> Any:
    """Below which fraction of the largest singular value the others count as zero."""
    number = innermost(recorder.number(a))
    relative = max(number.shape[-2:]) * np.finfo(number.dtype).eps if rtol is None else rtol
    if not atol:
        return relative
    return relative + atol / np.max(np.linalg.svd(number, compute_uv=False), axis=-1)


def pinv(recorder: Recorder, a: Any, *, atol: Any = None, rtol: Any = None, return_rank: bool = False,
         check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.pinv``."""
    a = as_array(recorder, a)
    return _with_rank(recorder, "pinv", a, {"atol": atol, "rtol": rtol}, return_rank)


def pinvh(recorder: Recorder, a: Any, atol: Any = None, rtol: Any = None, lower: bool = True,
          return_rank: bool = False, check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.pinvh``."""
    a = symmetric(recorder, as_array(recorder, a), lower=lower)
    return _with_rank(recorder, "pinvh", a, {"atol": atol, "rtol": rtol}, return_rank)


def _with_rank(recorder: Recorder, name: str, a: Any, cuts: dict[str, Any], return_rank: bool) -> Any:
    inverse = pseudo_inverse(recorder, a, _cut(recorder, a, **cuts))
    if not return_rank:
        return inverse
    number = innermost(recorder.number(a))
    return inverse, library_function(f"scipy.linalg.{name}")(number, **cuts, return_rank=True)[1]


def lstsq(recorder: Recorder, a: Any, b: Any, cond: Any = None, overwrite_a: bool = False, overwrite_b: bool = False,
          check_finite: bool = True, lapack_driver: Any = None) -> Any:  # fmt: skip
    """``scipy.linalg.lstsq``."""
    b = as_array(recorder, b)
    cut = np.finfo(float).eps if cond is None else cond
    x, residuals, rank, s = numpy_lstsq(recorder, a, b, cut)
    if b.ndim == 1 and np.size(recorder.number(residuals)):
        residuals = residuals[0]
    return x, residuals, rank, None if lapack_driver == "gelsy" else s


# --- matrices of few diagonals --------------------------------------------------------------------


def _dense(ab: Any, above: int, size: int) -> Any:
    """The square matrix of which row ``above + i - j`` of `ab` holds the entry (i, j)."""
    rows, columns = np.indices((size, size))
    band = above + rows - columns
    held = (band >= 0) & (band < ab.shape[0])
    return ab[np.where(held, band, 0), columns] * held.astype(float)


def solve_banded(recorder: Recorder, l_and_u: Any, ab: Any, b: Any, overwrite_ab: bool = False,
                 overwrite_b: bool = False, check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.solve_banded``."""
    ab = as_array(recorder, ab)
    return _divided(_dense(ab, l_and_u[1], ab.shape[1]), as_array(recorder, b))


def solveh_banded(recorder: Recorder, ab: Any, b: Any, overwrite_ab: bool = False, overwrite_b: bool = False,
                  lower: bool = False, check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.solveh_banded``."""
    ab = as_array(recorder, ab)
    half = _dense(ab, 0 if lower else ab.shape[0] - 1, ab.shape[1])
    other = transposed(triangle(half, lower=lower, diagonal=False))
    return _divided(half + (np.conj(other) if is_complex(recorder.number(ab)) else other), as_array(recorder, b))


ENTRIES = spelled_all(
    "scipy.linalg",
    {
        "solve": solve,
        "solve_triangular": solve_triangular,
        "inv": inv,
        "det": det,
        "norm": norm,
        "cho_solve": cho_solve,
        "lu_solve": lu_solve,
        "pinv": pinv,
        "pinvh": pinvh,
        "lstsq": lstsq,
        "solve_banded": solve_banded,
        "solveh_banded": solveh_banded,
    },
)
