"""Tables, polynomials, convolutions, ranges, functions of functions: values, first and second derivatives."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import numpy as np
import pytest
from following import assert_followed
from small_programs import X, assert_right, assert_second, program, refused

from gradcheck_tool import jacobian
from gradcheck_tool.tracing import record

TABLES = (
    "np.interp(x, [0.0, 1.0, 2.0, 3.0], [0.0, 2.0, 1.0, 4.0])", "np.interp(s, [0.0, 1.0, 2.0], [0.0, 2.0, 1.0])", "np.interp(1.3, [0.0, 1.0, 2.0], x[:3])", "np.interp(x, np.linspace(0, 3, 6), x)", "np.interp(c, np.cumsum(x), y)",
    "np.interp(2.0, np.cumsum(x), c)", "np.interp(x, [1.0, 2.0], [s, 3.0])", "np.interp(x, [1.0, 2.0], [s, 3.0], left=-1.0, right=s * s)", "np.interp(c, [0.0, 1.0], x[:2], left=s)", "np.interp(A, [0.0, 1.0, 3.0], x[:3])",
    "np.interp(x * 3, [0.5, 1.0, 1.9], [1.0, s, 3.0], period=2.0)", "np.interp(-x, [190, -190, 350, -350], [5, 10, 3, 4], period=360)", "np.interp([s, 1.0], [0.0, 1.5], [s, 2.0])", "np.interp(x, np.array([0.0, 3.0]), y[:2])",
    "np.interp(x, [1.0], [s])", "np.interp([1.0, 1.0], [1.0], [s])", "np.interp(0.0, [0.5, 1.0], x[:2])", "np.interp(np.float64(9.0), [0.5, 1.0], x[:2])",
    "np.bincount([0, 2, 1, 0, 2, 5], weights=x)", "np.bincount([0, 1, 1], x[:3], minlength=5)", "np.bincount([1, 1], [s, 2.0])", "np.histogram(c, bins=3, weights=x)[0]", "np.histogram(c, bins=[-2, 0, 1, 3], weights=x)[0]",
    "np.histogram(x, bins=3)[1]", "np.histogram(x, bins=[0, 1, 2, 3])[0] * s", "list(np.histogram(x, bins=4, weights=y))", "list(np.histogram(c, bins=3, weights=x, density=True))", "list(np.histogram(x, bins=4, density=True))", "np.histogram(x, bins=4, range=(0.0, 3.0), weights=x)[0]",
    "np.histogram(c, bins=3, range=(-s, 3.0), weights=x)[0]", "list(np.histogram(x, np.sort(y), weights=x, density=True))", "list(np.histogram(x, bins=2, range=(0.5, 3 * s), density=True))", "np.histogram_bin_edges(x, 3)",
    "np.searchsorted([0.5, 1.0, 2.0], s) * s", "np.digitize(s, [0.5, 1.0, 2.0]) * s",
)  # fmt: skip
POLYNOMIALS = (
    "np.polyval(x[:3], 2.0)", "np.polyval([1.0, 2.0, 3.0], x)", "np.polyval([s, 1.0, x[0]], s)", "np.polyval(x[:3], y)", "np.polyval(A[0], A)", "np.polyval(c, s)", "np.polyval([s], 2.0)", "np.polyval(x[:3], [s, 2.0])",
    "np.polyadd(x[:3], y[:2])", "np.polyadd([s], x)", "np.polysub(x[:2], c)", "np.polysub(x, s)", "np.polymul(x[:3], y[:2])", "np.polymul([s, 1.0], [1.0, x[0]])", "np.polymul(x[:3], [0.0, 1.0, 2.0])", "np.polyder(x)", "np.polyder(x, 2)", "np.polyder([s, 1.0, x[0]])", "np.polyder(x, 0)",
    "np.polyint(x)", "np.polyint(x, 2)", "np.polyint(x, 2, [s, 1.0])", "np.polyint(x[:3], k=s)", "np.polyint([s, 1.0])", "np.polyint(x, 3, k=2.0)", "np.polydiv(x[:4], y[:2])[0]", "list(np.polydiv(x[:4], y[:2]))", "list(np.polydiv(x[:3], [1.0, s]))", "list(np.polydiv([s, 1.0], x[:4]))", "list(np.polydiv(x[:4], [2.0]))[0]", "np.poly(x[:3])", "np.poly([s, x[0]])",
    "np.poly1d(x[:3])(2.0)", "np.poly1d([s, 1.0, x[0]])(s)", "p = np.poly1d([1.0, s, 2.0]); return p.deriv()(x)", "p = np.poly1d(x[:3]); return p.integ(k=s)(1.5)", "p = np.poly1d(x[:3]); q = np.poly1d([1.0, s]); return (p * q)(0.7) + (p + q)(0.3) - (p - q)(0.2)",
    "p = np.poly1d(x[:3]); return (p ** 2).coeffs", "p = np.poly1d(x[:3]); return (3.0 * p + 1.0)(s)", "p = np.poly1d(x[:3]); return (p * s)(s) + (-p)(1.0)", "p = np.poly1d(x[:3]); return p[0] * p[2] + p.order", "p = np.poly1d([1.0, s]); return isinstance(p, np.poly1d) * p.c",
    "p = np.poly1d(x[:4]); q, r = p / np.poly1d([1.0, s]); return q(0.5) + r(0.3)", "np.poly1d([s, x[0]], True)(0.4)", "np.poly1d([1.0, 2.0])(x)", "np.polyval(np.polyfit(c, x, 2), 0.5)", "np.polyfit(c, x, 1)", "np.polyfit(x, y * y, 1)", "np.polyfit(np.arange(6.0), x, 3)", "np.vander(x[:3])", "np.vander(x[:3], 4, increasing=True)",
)  # fmt: skip
PACKAGE = (
    *(f"np.polynomial.{module}.{name}(x, {c})" for module, name in
      (("polynomial", "polyval"), ("chebyshev", "chebval"), ("legendre", "legval"), ("hermite", "hermval"), ("hermite_e", "hermeval"), ("laguerre", "lagval")) for c in ("[1.0, 2.0, 0.5, s]", "c")),
    *(f"np.polynomial.{kind}([1.0, s, x[0]])(y)" for kind in ("Polynomial", "Chebyshev", "Legendre", "Hermite", "HermiteE", "Laguerre")),
    "np.polynomial.polynomial.polyval(2.0, x[:3])", "np.polynomial.polynomial.polyval(s, A)", "np.polynomial.polynomial.polyadd(x, y[:2])", "np.polynomial.polynomial.polymul(x[:3], y[:2])", "np.polynomial.polynomial.polyder(x)", "np.polynomial.polynomial.polyint(x)",
    "np.polynomial.chebyshev.chebder(x)", "np.polynomial.legendre.legint(x)", "np.polynomial.polynomial.polyval2d(x[0], x[1], C)", "np.polynomial.polynomial.polyvander(x, 3)", "np.polynomial.chebyshev.chebvander(x, 2)", "np.polynomial.legendre.legvander(x, 3)", "np.polynomial.hermite.hermvander(x, 2)",
    "p = np.polynomial.Polynomial(x[:3]); return p.deriv()(1.5) + p.integ()(0.5)", "p = np.polynomial.Polynomial([s, 2.0]); return (p * p + 1.0 - p).coef", "p = np.polynomial.Polynomial([1.0, 2.0, 3.0]); return p(x)", "p = np.polynomial.Polynomial(x[:3], domain=[0, 4], window=[-1, 1]); return p(y)",
    "p = np.polynomial.Chebyshev(x[:3]); return p.deriv()(0.5) + (p ** 2)(0.3)", "p = np.polynomial.Polynomial([1.0, s]); return isinstance(p, np.polynomial.Polynomial) * p.coef", "np.polynomial.chebyshev.cheb2poly(x[:4])", "np.polynomial.Polynomial.fromroots([s, x[0]])(0.5)",
)  # fmt: skip
SIGNALS = (
    *(f"np.convolve({a}, mode='{mode}')" for mode in ("full", "same", "valid") for a in ("x, c[:3]", "x[:3], y", "c, x[:4]", "x[:2], y[:2]", "x, [s, 1.0]", "x[:3], c[:4]")),
    *(f"np.correlate({a}, mode='{mode}')" for mode in ("full", "same", "valid") for a in ("x, c[:3]", "x[:3], y", "c, x[:4]", "x[:2], y[:2]", "x[:5], y[:2]", "x[:3], c[:4]")),
    "np.convolve(x, c[:3])", "np.correlate(x, c[:3])", "np.convolve(x, [0.25, 0.5, 0.25], 'same')", "np.correlate(x, y)", "np.convolve(s, x)",
    "np.gradient(x)", "np.gradient(x, 0.3)", "np.gradient(x, s)", "np.gradient(x, np.cumsum(y))", "np.gradient(c, np.cumsum(x))", "np.gradient(x, [0.0, 1.0, 3.0, 4.0, 6.0, 7.0])", "np.gradient(x, edge_order=2)", "np.gradient(x, 0.5, edge_order=2)", "np.gradient(x, np.cumsum(y), edge_order=2)", "np.gradient(c, s, edge_order=2)",
    "list(np.gradient(A))", "list(np.gradient(A, 0.5))", "list(np.gradient(A, 0.5, s))", "list(np.gradient(A, [0.0, 2.0], [0.0, 1.0, 4.0]))", "np.gradient(A, axis=1)", "np.gradient(A, 2.0, axis=0)", "np.gradient(A, [0.0, 1.0, 4.0], axis=1, edge_order=2)", "list(np.gradient(T, axis=(0, 1)))", "np.gradient([s, x[0], 1.0])", "np.gradient(c, np.arange(6) * s)",
    "np.unwrap(x * 7)", "np.unwrap(A * 9, axis=0)", "np.unwrap(x * 5, period=2.0)", "np.unwrap(x * 5, discont=4.0)", "np.unwrap(np.cumsum(x) % (2 * np.pi))", "np.unwrap(np.array([0.0, 5.0, 9.0]), period=s) * s",
    "np.hanning(6) * x", "np.hamming(6) * x", "np.blackman(6) @ x", "np.bartlett(6) * x", "np.kaiser(6, 8.0) * x", "np.sinc(x)",
)  # fmt: skip
ENTRIES = (
    "np.nan_to_num(x)", "np.nan_to_num(np.where(m, x, nan))", "np.nan_to_num(np.where(m, x, nan), nan=2.0)", "np.nan_to_num(np.where(m, x, np.inf), posinf=s)", "np.nan_to_num(np.where(m, x, -np.inf), neginf=-3.0)", "np.nan_to_num(s)", "z = np.where(m, x, nan); np.nan_to_num(z, copy=False); return z", "np.nan_to_num(x, nan=s)", "np.nan_to_num([s, nan])",
    "np.clip(x, 0.6, 1.4)", "np.clip(x, C.ravel(), 2.0)", "np.clip(x, None, s)", "np.clip(x, 0.7, None)", "np.clip(x, a_min=0.7, a_max=1.4)", "np.clip(x, min=0.7)", "np.clip(x, max=1.4)", "np.clip(x, y * 0.5, y)", "np.clip(s, x, 2.0)", "np.clip(c, -s, s)", "z = x * 1.0; np.clip(z, 0.6, 1.4, out=z); return z", "np.clip([s, x[0]], 0.9, 3.0)", "np.clip(x, 1.5, 0.6) + x",
    "np.round(x, 1) + x", "np.around(x) * s", "np.rint(x) * x", "np.fix(x) * x", "np.round(x * 100, -1) + x", "np.round(s, 2) * s", "np.sign(x - 1) * x", "np.heaviside(x - 1, 0.5) * x", "np.heaviside(c, s)", "np.copysign(x, c)", "np.copysign(c, x)", "np.real(x)", "np.imag(x) + x", "np.real_if_close(x)", "np.isreal(x) * x", "np.abs(x - 1)", "np.fabs(c * x)",
    "np.linspace(0.0, s, 5)", "np.linspace(x[0], x[1], 4)", "np.linspace(x[:2], y[:2], 3)", "np.linspace(x[:2], 4.0, 3, axis=1)", "np.linspace(s, 1.0, 4, endpoint=False)", "v, h = np.linspace(0.0, s, 5, retstep=True); return v * h", "np.linspace(0, s, num=1)", "np.linspace([s, 1.0], [2.0, x[0]], 3)", "np.linspace(start=0, stop=s, num=3)",
    "np.logspace(0.0, s, 4)", "np.logspace(s, 2.0, 3, base=2.0)", "np.logspace(0.0, 1.0, 3, base=s)", "np.logspace(x[:2], 2.0, 3)", "np.logspace(s, 2.0, 3, endpoint=False)", "np.geomspace(1.0, s, 4)", "np.geomspace(s, 10.0, 4)", "np.geomspace(-s, -10.0, 4)", "np.geomspace(x[:2], 9.0, 3)", "np.geomspace(s, 10.0, 4, endpoint=False)",
    "np.arange(4) * s", "np.arange(0.0, 3.0, s)", "np.arange(s, 4.0)", "np.arange(s)  + s", "np.arange(s, s + 3.0, 0.8)", "np.arange(0.0, stop=s * 2, step=0.5) * s", "np.fromfunction(lambda i, j: i * s + j, (2, 3))", "np.fromiter((v * v for v in x), dtype=float)", "np.fromiter([s, 1.0], float, count=2)", "np.full((2, 2), s)", "np.full(3, x[:3])", "np.full_like(A, s)", "np.tri(3) @ x[:3]", "np.indices((2, 3))[1] * A",
    "np.apply_along_axis(np.sum, 1, A)", "np.apply_along_axis(lambda r: r * r[0], 0, A)", "np.apply_along_axis(lambda r: np.outer(r, r), 1, A)", "np.apply_along_axis(lambda r, k: r[k] ** 2, 1, A, 2)", "np.apply_along_axis(np.sort, 1, T)", "np.apply_along_axis(lambda r: r @ r, 2, T)", "np.apply_along_axis(np.cumsum, 0, x)", "np.apply_along_axis(lambda r: r * s, 1, C)", "np.apply_over_axes(np.sum, T, [0, 2])", "np.apply_over_axes(np.mean, A, 1)",
    "x * np.isclose(x, 0.5)", "x * np.allclose(x, y)", "x * np.array_equal(x, x.copy())", "s * (1.0 if np.isclose(s, 5.0) else 2.0)", "np.ptp(x)", "np.ptp(A, axis=1)", "np.ptp(A, axis=0, keepdims=True)", "np.cross(x[:3], y[:3])", "np.angle(x) + x", "np.i0(x)", "np.trace(A)", "np.nanargmax(x) * s", "np.iscomplexobj(x) + x", "np.shape(x)[0] * s",
)  # fmt: skip
GROUPS = {"tables": TABLES, "polynomials": POLYNOMIALS, "package": PACKAGE, "signals": SIGNALS, "entries": ENTRIES}


@pytest.mark.parametrize(("group", "text"), [(group, text) for group, texts in GROUPS.items() for text in texts])
def test_functions_are_right(group, text):
    """Forward, reverse and Hessian."""
    assert_right(text)


OUTSIDE = {
    "Polynomial": np.polynomial.Polynomial([1.0, -2.0, 0.5]),
    "Chebyshev": np.polynomial.Chebyshev([1.0, -2.0, 0.5], domain=[0, 4]),
    "poly1d": np.poly1d([1.0, -2.0, 0.5]),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_polynomials_made_outside_the_function(name):
    """They are called with recorded arrays and multiplied with recorded polynomials like those made inside."""

    def f(x):
        p = OUTSIDE[name]
        q = p * np.poly1d([x[0], 1.0, x[1]]) if name == "poly1d" else p
        return p(x) + q(x) + p.deriv()(x[2])

    assert_followed(f, X)
    assert_second(f, X)


def test_equal_coordinates_still_have_derivatives():
    """NumPy takes another formula where steps happen to be equal; the derivative is that of the general one."""
    coordinates = np.arange(6.0)
    values = np.array([0.4, -1.2, 0.9, 2.2, -0.3, 1.7])
    found = jacobian(lambda t: np.gradient(values, t), coordinates)
    step = 1e-6
    for k in range(6):
        unit = np.zeros(6)
        unit[k] = step
        moved = (np.gradient(values, coordinates + unit) - np.gradient(values, coordinates - unit)) / (2 * step)
        np.testing.assert_allclose(found[:, k], moved, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize(("text", "name"), [
    ("np.histogram(x, bins='auto')[1]", "numpy.histogram"), ("np.interp(x, [0.0, 1.0], [1.0, 2.0], period=s)", "numpy.interp"),
    ("np.linspace(0, s, 3, dtype=int)", "numpy.linspace"), ("np.fromiter([s], dtype=int)", "numpy.fromiter"),
])  # fmt: skip
def test_what_has_no_rule_is_refused_by_name(text, name):
    """With the function, the line and a remedy."""
    refusal = refused(text)
    assert name in str(refusal)
    assert refusal.where
    assert refusal.remedy


@pytest.mark.parametrize(("text", "relation"), [
    ("np.interp(x, [0.0, 1.0, 3.0], [0.0, 2.0, 1.0])", "order"), ("np.histogram(x, bins=[0, 1, 2], weights=x)[0]", "order"), ("np.unwrap(x * 7)", "int"), ("np.arange(0.0, 3.0, s)", "int"), ("x * np.isclose(x, 1.0)", "=="),
])  # fmt: skip
def test_decisions_are_guarded(text, relation):
    """The cell of a table, the number of turns and of steps are decisions of the run."""
    assert relation in {guard.relation for guard in record(program(text), X).guards}
