"""Polynomials given by their coefficients, highest power first, and the convolutions they are made of."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.fits import characteristic
from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal


def polyval(recorder: Recorder, p: Any, x: Any) -> Any:
    """``np.polyval`` by Horner's rule, as NumPy does it."""
    if isinstance(x, np.poly1d):
        raise refusal("numpy.polyval at a poly1d", "call one poly1d with the other")
    p = np.ravel(as_array(recorder, p))
    x = as_array(recorder, x) if isinstance(x, list | tuple) else x
    result: Any = np.zeros(np.shape(recorder.number(x)))
    for k in range(len(p)):
        result = result * x + p[k]
    return result


def _sum(sign: float) -> Entry:
    """``np.polyadd`` and ``np.polysub``: the shorter one is filled up with zeros in front."""

    def entry(recorder: Recorder, a1: Any, a2: Any) -> Any:
        a, b = (np.atleast_1d(as_array(recorder, p)) for p in (a1, a2))
        n = max(len(a), len(b))
        a, b = (np.concatenate([np.zeros(n - len(p)), p]) if len(p) < n else p for p in (a, b))
        return a + b if sign > 0 else a - b

    return entry


def polymul(recorder: Recorder, a1: Any, a2: Any) -> Any:
    """``np.polymul``: leading zeros are cut off first, which is a decision."""
    a, b = (np.trim_zeros(np.atleast_1d(as_array(recorder, p)), "f") for p in (a1, a2))
    return convolve(recorder, a if len(a) else np.zeros(1), b if len(b) else np.zeros(1))


def polyder(recorder: Recorder, p: Any, m: int = 1) -> Any:
    """``np.polyder``."""
    p = as_array(recorder, p)
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p


def polyint(recorder: Recorder, p: Any, m: int = 1, k: Any = None) -> Any:
    """``np.polyint``: each integration appends its constant."""
    p = as_array(recorder, p)
    constants = np.atleast_1d(as_array(recorder, np.zeros(m) if k is None else k))
    if len(constants) == 1 and m > 1:
        constants = constants * np.ones(m)
    for step in range(m):
        p = np.concatenate([p / np.arange(len(p), 0, -1), constants[step : step + 1]])
    return p


def polydiv(recorder: Recorder, u: Any, v: Any) -> Any:
    """``np.polydiv``: long division; leading coefficients that cancel are cut from the remainder, as NumPy does."""
    u, v = (np.atleast_1d(as_array(recorder, p)) for p in (u, v))
    expected = np.polydiv(recorder.number(u), recorder.number(v))
    steps = max(len(u) - len(v) + 1, 0)
    rest, quotient = u, []
    for k in range(steps):
        factor = rest[k] / v[0]
        quotient.append(factor)
        lead, tail = rest[: k + 1] * 0.0, rest[k + len(v) :]
        rest = np.concatenate([lead, rest[k + 1 : k + len(v)] - factor * v[1:], tail])
    return recorder.array(quotient or [0.0]), rest[len(rest) - len(expected[1]) :]


def poly(recorder: Recorder, seq_of_zeros: Any) -> Any:
    """``np.poly`` of real zeros: the product of the linear factors."""
    zeros = np.atleast_1d(as_array(recorder, seq_of_zeros))
    if zeros.ndim == 2:
        return characteristic(recorder, zeros)
    result: Any = np.ones(1)
    for k in range(len(zeros)):
        result = np.concatenate([result, np.zeros(1)]) - np.concatenate([np.zeros(1), zeros[k] * result])
    return result


def convolve(recorder: Recorder, a: Any, v: Any, mode: Any = "full") -> Any:
    """``np.convolve``: windows of the longer one, padded with zeros, times the shorter one turned round."""
    a, v = (np.reshape(as_array(recorder, x), -1) for x in (a, v))
    if len(v) > len(a):
        a, v = v, a
    return _sliding(a, v[::-1], _mode(mode))


def correlate(recorder: Recorder, a: Any, v: Any, mode: Any = "valid") -> Any:
    """``np.correlate``, the second conjugated; with the shorter one first NumPy turns the result round."""
    a, v = (np.reshape(as_array(recorder, x), -1) for x in (a, v))
    if is_complex(v):
        v = np.conjugate(v)
    if len(v) > len(a):
        return _sliding(v, a, _mode(mode))[::-1]
    return _sliding(a, v, _mode(mode))


def _mode(mode: Any) -> str:
    return mode if isinstance(mode, str) else ("valid", "same", "full")[int(mode)]


def _sliding(a: Any, v: Any, mode: str) -> Any:
    """Sums of products of the n entries of `a` with the m <= n entries of `v` at all shifts that `mode` keeps."""
    n, m = len(a), len(v)
    before = {"full": m - 1, "same": m // 2, "valid": 0}[mode]
    length = {"full": n + m - 1, "same": n, "valid": n - m + 1}[mode]
    padded = np.concatenate([np.zeros(before), a, np.zeros(m - 1)])
    return padded[np.add.outer(np.arange(length), np.arange(m))] @ v


_ALGEBRA = ("polyval", "polyadd", "polysub", "polymul", "polydiv", "polyder", "polyint")


def algebra_twins(twins: dict[str, Any]) -> dict[str, Any]:
    """The functions above by name, from their `twins` for arrays: they take and give ``poly1d`` objects, too."""

    def listening(name: str, twin: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(twin)
        def function(*args: Any, **keywords: Any) -> Any:
            given = [isinstance(x, np.poly1d) for x in args]
            if not any(given) or (name == "polyval" and len(given) > 1 and given[1]):
                return twin(*args, **keywords)
            found = twin(*(x.coeffs if is_poly else x for x, is_poly in zip(args, given, strict=True)), **keywords)
            if name == "polyval":
                return found
            kind = type(next(x for x, is_poly in zip(args, given, strict=True) if is_poly))
            return tuple(kind(part) for part in found) if isinstance(found, tuple) else kind(found)

        return function

    return {name: listening(name, twins[name]) for name in _ALGEBRA}


COMPOSED: dict[Any, Callable[..., Any]] = {
    np.polyval: polyval,
    np.polyadd: _sum(1.0),
    np.polysub: _sum(-1.0),
    np.polymul: polymul,
    np.polyder: polyder,
    np.polyint: polyint,
    np.polydiv: polydiv,
    np.poly: poly,
    np.convolve: convolve,
    np.correlate: correlate,
}
