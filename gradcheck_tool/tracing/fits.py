"""Vandermonde matrices, least squares polynomials, and roots as eigenvalues of the companion matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.spectral import eigenvalues_of
from gradcheck_tool.tracing.ufuncs import inactive, refusal

Entry = Callable[..., Any]


def vander(recorder: Recorder, x: Any, N: Any = None, increasing: bool = False) -> Any:
    """``np.vander``: successive powers, by successive products."""
    x = as_array(recorder, x)
    count = x.shape[0] if N is None else int(N)
    columns: list[Any] = [np.ones(x.shape[0])]
    for _ in range(1, count):
        columns.append(columns[-1] * x)
    columns = columns[:count]
    if not columns:
        return np.zeros((x.shape[0], 0))
    return np.stack(columns if increasing else columns[::-1], axis=1)


def polyfit(
    recorder: Recorder,
    x: Any,
    y: Any,
    deg: Any,
    rcond: Any = None,
    full: bool = False,
    w: Any = None,
    cov: Any = False,
) -> Any:
    """``np.polyfit``: least squares on the scaled Vandermonde matrix, as NumPy does it."""
    x, y = as_array(recorder, x), as_array(recorder, y)
    degrees = np.asarray(recorder.number(deg))
    if degrees.ndim:
        raise refusal("numpy.polyfit with a list of degrees", "give the degree as one number")
    order = int(degrees) + 1
    cut = len(x) * np.finfo(float).eps if rcond is None else recorder.number(rcond)
    left, right = vander(recorder, x, order), y
    if w is not None:
        w = as_array(recorder, w)
        left = left * w[:, None]
        right = right * (w[:, None] if y.ndim == 2 else w)
    scale = np.sqrt(np.sum(left * left, axis=0))
    left = left / scale
    c, residuals, rank, s = np.linalg.lstsq(left, right, cut)
    c = (c.T / scale).T
    if full:
        return c, residuals, rank, s, cut
    if not cov:
        return c
    base = np.linalg.inv(left.T @ left) / np.outer(scale, scale)
    if isinstance(cov, str) and cov == "unscaled":
        return c, base if y.ndim == 1 else base[:, :, None] * np.ones(1)
    factor = residuals / (len(x) - order)
    return c, base * factor if y.ndim == 1 else base[:, :, None] * factor


def roots(recorder: Recorder, p: Any) -> Any:
    """``np.roots``: eigenvalues of the companion matrix; all must be simple."""
    p = np.atleast_1d(as_array(recorder, p))
    number = recorder.number(p)
    value = np.roots(number)
    if not recorder.active(p):
        return inactive(recorder, value)
    degree = len(number) - 1
    if degree < 1 or innermost(number)[0] == 0:
        raise refusal("numpy.roots of a polynomial whose leading coefficient is zero", "leave that coefficient out")
    first = -p[1:] / p[0]
    if degree == 1:
        return np.reshape(first, (1,))
    companion = np.concatenate([first[None, :], np.eye(degree - 1, degree)], axis=0)
    return eigenvalues_of(recorder, companion, value, "numpy.roots")


def characteristic(recorder: Recorder, a: Any) -> Any:
    """``np.poly`` of a square matrix: its characteristic polynomial by Faddeev and LeVerrier, without eigenvalues."""
    a = as_array(recorder, a)
    if is_complex(recorder.number(a)):
        raise refusal("numpy.poly of a complex matrix")
    n = a.shape[-1]
    inner: Any = np.eye(n)
    coefficients: list[Any] = [1.0]
    for k in range(1, n + 1):
        product = a @ inner
        coefficients.append(-np.trace(product) / k)
        inner = product + coefficients[-1] * np.eye(n)
    return np.stack([np.asarray(coefficients[0]), *coefficients[1:]])


ENTRIES: dict[Any, Entry] = {np.roots: roots}
COMPOSED: dict[Any, Entry] = {np.vander: vander, np.polyfit: polyfit}
