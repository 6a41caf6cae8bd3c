"""`scipy.linalg`: matrices of a special form, made from a few numbers, and what their form decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.audit import bare
from gradcheck_tool.tracing.library.spelling import asked, library_function, spelled_all
from gradcheck_tool.tracing.rearrange import innermost, learned
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal

Entry = Callable[..., Any]


def _moving(name: str, *positions: int) -> Entry:
    """A function that only puts the entries of its arguments into a matrix."""

    def entry(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        arrays = positions or tuple(range(len(args)))
        names = [key for key in ("r", "s") if key in keywords]  # the second argument, given by name
        args = (*args, *(keywords.pop(key) for key in names))
        given = tuple(as_array(recorder, x) if k in arrays and x is not None else x for k, x in enumerate(args))
        return learned(recorder, library_function(f"scipy.linalg.{name}"), arrays, given, keywords)

    return entry


def companion(recorder: Recorder, a: Any) -> Any:
    """``scipy.linalg.companion``."""
    a = as_array(recorder, a)
    if a.ndim != 1:
        raise refusal("scipy.linalg.companion of a stack of polynomials", "take them one by one")
    first = -a[1:] / a[0]
    return np.concatenate([first[None, :], np.eye(len(first) - 1, len(first))], axis=0)


def fiedler(recorder: Recorder, a: Any) -> Any:
    """``scipy.linalg.fiedler``: the distances of all pairs."""
    a = np.atleast_1d(as_array(recorder, a))
    return np.abs(a[:, None] - a[None, :])


def khatri_rao(recorder: Recorder, a: Any, b: Any) -> Any:
    """``scipy.linalg.khatri_rao``: Kronecker products of columns."""
    a, b = as_array(recorder, a), as_array(recorder, b)
    pairs = a[..., :, None, :] * b[..., None, :, :]
    return np.reshape(pairs, (*pairs.shape[:-3], -1, pairs.shape[-1]))


def _toeplitz(recorder: Recorder, c_or_cr: Any) -> Any:
    parts = c_or_cr if isinstance(c_or_cr, tuple) else (c_or_cr,)
    flat = tuple(np.ravel(as_array(recorder, x)) for x in parts)
    return _moving("toeplitz", 0, 1)(recorder, *flat)


def _against(matrix: Any, x: Any, apply: Callable[[Any, Any], Any]) -> Any:
    return apply(matrix, x[:, None])[:, 0] if x.ndim == 1 else apply(matrix, x)


def solve_toeplitz(recorder: Recorder, c_or_cr: Any, b: Any, check_finite: bool = True) -> Any:
    """``scipy.linalg.solve_toeplitz``."""
    return _against(_toeplitz(recorder, c_or_cr), as_array(recorder, b), np.linalg.solve)


def matmul_toeplitz(recorder: Recorder, c_or_cr: Any, x: Any, check_finite: bool = False, workers: Any = None) -> Any:
    """``scipy.linalg.matmul_toeplitz``."""
    return _against(_toeplitz(recorder, c_or_cr), as_array(recorder, x), np.matmul)


def solve_circulant(recorder: Recorder, c: Any, b: Any, singular: str = "raise", tol: Any = None, caxis: int = -1,
                    baxis: int = 0, outaxis: int = 0) -> Any:  # fmt: skip
    """``scipy.linalg.solve_circulant`` of one circulant matrix."""
    c, b = as_array(recorder, c), as_array(recorder, b)
    if c.ndim != 1 or (caxis, baxis, outaxis) not in ((-1, 0, 0), (0, 0, 0)) or singular != "raise":
        raise refusal("scipy.linalg.solve_circulant with axes or singular=", "use solve(circulant(c), b)")
    return _against(_moving("circulant", 0)(recorder, c), b, np.linalg.solve)


def _decision(name: str) -> Entry:
    """A property of a matrix: no derivative flows through it, but it may change with the input."""

    def entry(recorder: Recorder, a: Any, *args: Any, **keywords: Any) -> Any:
        a = as_array(recorder, a)
        if recorder.active(a):
            recorder.guard("order", recorder.line(a), None, held=True)
        plain = bare(recorder, args), bare(recorder, keywords)
        return asked(f"scipy.linalg.{name}", (innermost(recorder.number(a)), *plain[0]), plain[1])

    return entry


ENTRIES = {
    **spelled_all(
        "scipy.linalg",
        {
            "block_diag": _moving("block_diag"),
            "toeplitz": _moving("toeplitz", 0, 1),
            "hankel": _moving("hankel", 0, 1),
            "circulant": _moving("circulant", 0),
            "leslie": _moving("leslie", 0, 1),
            "diagsvd": _moving("diagsvd", 0),
            "convolution_matrix": _moving("convolution_matrix", 0),
            "companion": companion,
            "fiedler": fiedler,
            "khatri_rao": khatri_rao,
            "solve_toeplitz": solve_toeplitz,
            "matmul_toeplitz": matmul_toeplitz,
            "solve_circulant": solve_circulant,
        },
    ),
    **{f"scipy.linalg.{name}": _decision(name) for name in ("issymmetric", "ishermitian", "bandwidth")},
}
