"""`scipy.linalg`: triangular and orthogonal factors, eigenvalues and singular values."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.eigen import coinciding
from gradcheck_tool.tracing import singular, spectral
from gradcheck_tool.tracing.decompositions import completed, orthogonal
from gradcheck_tool.tracing.library.scipy_linalg import symmetric, transposed, triangle
from gradcheck_tool.tracing.library.spelling import asked, spelled_all
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorded, Recorder, solid
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal


def _plain(recorder: Recorder, name: str, *args: Any, **keywords: Any) -> Any:
    return asked(f"scipy.linalg.{name}", tuple(recorder.number(x) for x in args), keywords)


# --- Cholesky and LU ------------------------------------------------------------------------------


def _half(recorder: Recorder, a: Any, *, lower: bool) -> Any:
    if lower:
        return np.linalg.cholesky(a)
    return np.linalg.cholesky(a, upper=True)


def cholesky(
    recorder: Recorder, a: Any, lower: bool = False, overwrite_a: bool = False, check_finite: bool = True
) -> Any:
    """``scipy.linalg.cholesky``."""
    return _half(recorder, as_array(recorder, a), lower=lower)


def cho_factor(
    recorder: Recorder, a: Any, lower: bool = False, overwrite_a: bool = False, check_finite: bool = True
) -> Any:
    """``scipy.linalg.cho_factor``: the other triangle keeps what was there."""
    a = as_array(recorder, a)
    return _half(recorder, a, lower=lower) + triangle(a, lower=not lower, diagonal=False), lower


def _compact(recorder: Recorder, a: Any, order: Any) -> Any:
    """L below the diagonal and U from it on, of the rows of `a` in that order; (m, n)."""
    rows = a[order]
    m, n = rows.shape
    k = min(m, n)
    corner = rows[:k, :k]
    number = recorder.number(corner)
    value = number.apply_leaf("lu", (number,), None) if isinstance(type(number), Recorded) else _eliminated(number)
    if np.any(np.diagonal(innermost(value)) == 0):
        raise refusal("the LU factors of a singular matrix")
    square = recorder.emit("lu", (recorder.line(corner),), None, solid(value))
    below = triangle(square, lower=True, diagonal=False) + np.eye(k)
    if m > n:
        rest = transposed(np.linalg.solve(transposed(triangle(square, lower=False)), transposed(rows[k:])))
        return np.concatenate([square, rest], axis=0)
    if n > m:
        return np.concatenate([square, np.linalg.solve(below, rows[:, k:])], axis=1)
    return square


def _eliminated(number: Any) -> Any:
    """Gaussian elimination of rows that are in pivot order."""
    out = np.array(number)
    for k in range(len(out) - 1):
        out[k + 1 :, k] /= out[k, k]
        out[k + 1 :, k + 1 :] -= np.outer(out[k + 1 :, k], out[k, k + 1 :])
    return out


def _matrix(recorder: Recorder, a: Any, name: str) -> Any:
    a = as_array(recorder, a)
    if recorder.active(a) and name.startswith("scipy.linalg.lu"):
        recorder.guard("order", recorder.line(a), None, held=True)  # which row is the pivot
    if a.ndim != 2:
        raise refusal(f"{name} of a stack of matrices", "take them one by one")
    return a


def lu_factor(recorder: Recorder, a: Any, overwrite_a: bool = False, check_finite: bool = True) -> Any:
    """``scipy.linalg.lu_factor``."""
    a = _matrix(recorder, a, "scipy.linalg.lu_factor")
    order = np.argsort(_plain(recorder, "lu", innermost(recorder.number(a)), p_indices=True)[0])
    return _compact(recorder, a, order), innermost(_plain(recorder, "lu_factor", innermost(recorder.number(a)))[1])


def lu(recorder: Recorder, a: Any, permute_l: bool = False, overwrite_a: bool = False, check_finite: bool = True,
       p_indices: bool = False) -> Any:  # fmt: skip
    """``scipy.linalg.lu``."""
    a = _matrix(recorder, a, "scipy.linalg.lu")
    place = np.asarray(_plain(recorder, "lu", innermost(recorder.number(a)), p_indices=True)[0])
    both = _compact(recorder, a, np.argsort(place))
    k = min(a.shape)
    lower = triangle(both[:, :k], lower=True, diagonal=False) + np.eye(a.shape[0], k)
    upper = triangle(both[:k], lower=False)
    if permute_l:
        return lower[place], upper
    return place if p_indices else np.eye(a.shape[0])[place], lower, upper


# --- QR -------------------------------------------------------------------------------------------


def qr(recorder: Recorder, a: Any, overwrite_a: bool = False, lwork: Any = None, mode: str = "full",
       pivoting: bool = False, check_finite: bool = True) -> Any:  # fmt: skip
    """``scipy.linalg.qr``; the order of the columns is a decision of the run."""
    a = as_array(recorder, a)
    expected = _plain(recorder, "qr", a, mode=mode, pivoting=pivoting)
    order: tuple[Any, ...] = ()
    if pivoting:
        recorder.guard("order", recorder.line(a), None, held=True)
        order = (innermost(expected[-1]),)
        a = a[:, order[0]]
    if mode == "raw":
        raise refusal("mode='raw' of scipy.linalg.qr", "use mode='economic'")
    m, n = a.shape[-2:]
    q, r = orthogonal(recorder, a, "scipy.linalg.qr")
    if mode != "economic" and m > n:
        whole = np.linalg.qr(recorder.number(a), "complete")[0] if mode == "r" else expected[0]
        q, r = completed(recorder, q, r, whole)
    return (r, *order) if mode == "r" else (q, r, *order)


# --- eigenvalues of symmetric matrices --------------------------------------------------------------


def _ends(every: Any, chosen: Any) -> tuple[int, int]:
    """Which of all ascending eigenvalues were asked for."""
    every, chosen = innermost(every), innermost(chosen)
    start = int(np.argmin(np.abs(every - chosen[0]))) if len(chosen) else 0
    same = coinciding(every)
    if same is not None and len(chosen) < len(every) and np.sum(same[start]) > 1:
        raise refusal("a part of the eigenvalues where some coincide", "ask for all of them")
    return start, start + len(chosen)


def eigh(recorder: Recorder, a: Any, b: Any = None, *, lower: bool = True, eigvals_only: bool = False,
         overwrite_a: bool = False, overwrite_b: bool = False, type: int = 1, check_finite: bool = True,  # noqa: A002
         subset_by_index: Any = None, subset_by_value: Any = None, driver: Any = None) -> Any:  # fmt: skip
    """``scipy.linalg.eigh``, also of a pencil (a, b) of the first type."""
    a = _matrix(recorder, a, "scipy.linalg.eigh")
    subset = {"subset_by_index": subset_by_index, "subset_by_value": subset_by_value}
    if b is not None and type != 1:
        raise refusal(f"type={type} of scipy.linalg.eigh", "multiply the matrices first")
    asked_for = {"lower": lower, "driver": driver}
    pencil: tuple[Any, ...] = (a,) if b is None else (a, as_array(recorder, b))
    found = _plain(recorder, "eigh", *pencil, **asked_for, **subset, eigvals_only=eigvals_only)
    values, vectors = (found, None) if eigvals_only else found
    if any(is_complex(recorder.number(x)) for x in pencil):
        if b is not None or any(x is not None for x in subset.values()):
            raise refusal("scipy.linalg.eigh of a complex pencil, or of a part of its eigenvalues")
        both = np.linalg.eigh(a, "L" if lower else "U")
        return both[0] if eigvals_only else tuple(both)
    if b is None:
        return _chosen(recorder, symmetric(recorder, a, lower=lower), values, vectors)
    half = np.linalg.cholesky(symmetric(recorder, pencil[1], lower=lower))
    whole = symmetric(recorder, a, lower=lower)
    reduced = np.linalg.solve(half, transposed(np.linalg.solve(half, whole)))
    reduced = (reduced + transposed(reduced)) / 2
    if vectors is None:
        return _chosen(recorder, reduced, values, None)
    turned = transposed(recorder.number(half)) @ vectors
    values, turned = _chosen(recorder, reduced, values, turned)
    return values, np.linalg.solve(transposed(half), turned)


def _chosen(recorder: Recorder, matrix: Any, values: Any, vectors: Any) -> Any:
    """Some or all eigenvalues, and eigenvectors, of a recorded symmetric matrix."""
    every = np.linalg.eigvalsh(recorder.number(matrix))
    start, stop = _ends(every, values)
    result = spectral.eigenvalues(recorder, matrix, values if stop - start == len(every) else every)
    result = result if stop - start == len(every) else result[start:stop]
    if vectors is None:
        return result
    alone = spectral.simple(coinciding(innermost(every)), every.shape)[start:stop]
    return result, spectral.columns(recorder, matrix, vectors, values, alone, None)


def eigvalsh(recorder: Recorder, a: Any, b: Any = None, *, lower: bool = True, overwrite_a: bool = False,
             overwrite_b: bool = False, type: int = 1, check_finite: bool = True, subset_by_index: Any = None,  # noqa: A002
             subset_by_value: Any = None, driver: Any = None) -> Any:  # fmt: skip
    """``scipy.linalg.eigvalsh``."""
    return eigh(recorder, a, b, lower=lower, eigvals_only=True, type=type, subset_by_index=subset_by_index,
                subset_by_value=subset_by_value, driver=driver)  # fmt: skip


def eigh_tridiagonal(recorder: Recorder, d: Any, e: Any, eigvals_only: bool = False, select: str = "a",
                     select_range: Any = None, check_finite: bool = True, tol: float = 0.0,
                     lapack_driver: str = "auto") -> Any:  # fmt: skip
    """``scipy.linalg.eigh_tridiagonal``."""
    d, e = as_array(recorder, d), as_array(recorder, e)
    found = _plain(recorder, "eigh_tridiagonal", d, e, eigvals_only=eigvals_only, select=select,
                   select_range=select_range, tol=tol, lapack_driver=lapack_driver)  # fmt: skip
    values, vectors = (found, None) if eigvals_only else found
    return _chosen(recorder, np.diag(d) + np.diag(e, 1) + np.diag(e, -1), values, vectors)


def eigvalsh_tridiagonal(recorder: Recorder, d: Any, e: Any, select: str = "a", select_range: Any = None,
                         check_finite: bool = True, tol: float = 0.0, lapack_driver: str = "auto") -> Any:  # fmt: skip
    """``scipy.linalg.eigvalsh_tridiagonal``."""
    return eigh_tridiagonal(recorder, d, e, True, select, select_range, True, tol, lapack_driver)


# --- eigenvalues of general matrices ----------------------------------------------------------------


def _pencil(recorder: Recorder, a: Any, b: Any) -> Any:
    a = _matrix(recorder, a, "scipy.linalg.eig")
    return a if b is None else np.linalg.solve(as_array(recorder, b), a)


def eigvals(recorder: Recorder, a: Any, b: Any = None, overwrite_a: bool = False, check_finite: bool = True,
            homogeneous_eigvals: bool = False) -> Any:  # fmt: skip
    """``scipy.linalg.eigvals``."""
    if homogeneous_eigvals:
        raise refusal("homogeneous_eigvals= of scipy.linalg.eigvals")
    value = _plain(recorder, "eigvals", a, b)
    return spectral.eigenvalues_of(recorder, _pencil(recorder, a, b), value, "scipy.linalg.eigvals")


def eig(recorder: Recorder, a: Any, b: Any = None, left: bool = False, right: bool = True, overwrite_a: bool = False,
        overwrite_b: bool = False, check_finite: bool = True, homogeneous_eigvals: bool = False) -> Any:  # fmt: skip
    """``scipy.linalg.eig`` with right eigenvectors."""
    if left or homogeneous_eigvals or b is not None:
        raise refusal(
            "left=, homogeneous_eigvals= or the second matrix of scipy.linalg.eig", "use eigvals, or eig of solve(b, a)"
        )
    if not right:
        return eigvals(recorder, a)
    a = _pencil(recorder, a, None)
    values, vectors = _plain(recorder, "eig", a)
    alone = spectral.simple(coinciding(innermost(values)), values.shape)
    followed = spectral.eigenvalues_of(recorder, a, values, "scipy.linalg.eig")
    inner = values if is_complex(vectors) else values.real
    return followed, spectral.eigenvectors_of(recorder, a, inner, vectors, alone)


# --- singular values --------------------------------------------------------------------------------


def svd(recorder: Recorder, a: Any, full_matrices: bool = True, compute_uv: bool = True, overwrite_a: bool = False,
        check_finite: bool = True, lapack_driver: str = "gesdd") -> Any:  # fmt: skip
    """``scipy.linalg.svd``."""
    a = as_array(recorder, a)
    expected = _plain(
        recorder, "svd", a, full_matrices=full_matrices, compute_uv=compute_uv, lapack_driver=lapack_driver
    )
    if not compute_uv:
        return singular.singular_values(recorder, a, expected)
    return singular.factors(recorder, a, *expected)


def svdvals(recorder: Recorder, a: Any, overwrite_a: bool = False, check_finite: bool = True) -> Any:
    """``scipy.linalg.svdvals``."""
    a = as_array(recorder, a)
    return singular.singular_values(recorder, a, _plain(recorder, "svdvals", a))


ENTRIES = spelled_all(
    "scipy.linalg",
    {
        "cholesky": cholesky,
        "cho_factor": cho_factor,
        "lu": lu,
        "lu_factor": lu_factor,
        "qr": qr,
        "eigh": eigh,
        "eigvalsh": eigvalsh,
        "eigh_tridiagonal": eigh_tridiagonal,
        "eigvalsh_tridiagonal": eigvalsh_tridiagonal,
        "eigvals": eigvals,
        "eig": eig,
        "svd": svd,
        "svdvals": svdvals,
    },
)
