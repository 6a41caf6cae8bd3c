"""Minima and least squares by SciPy's solvers against closed forms, in every mode."""

from __future__ import annotations

import math

import numpy as np
import pytest
from closed_forms import assert_like
from following import differences
from scipy import optimize
from scipy.optimize import minimize

from gradcheck_tool import gradient, jacobian

PAIRS = {}
TIMES = np.linspace(0.0, 2.0, 9)


def solves(closed):
    """Remember a program and the closed form of what it computes."""

    def keep(f):
        PAIRS[f.__name__] = (f, closed)
        return f

    return keep


def valley(z, p):
    return (z[0] - p[0]) ** 2 + 3 * (z[1] - p[0] * p[1]) ** 2 + 0.5 * p[1]


def slope_of_valley(z, p):
    return np.array([2 * (z[0] - p[0]), 6 * (z[1] - p[0] * p[1])])


def bottom(x):
    return np.array([x[0], x[0] * x[1]])


@solves(bottom)
def by_minimize(x):
    return minimize(valley, [1.0, 1.0], args=(x,)).x


@solves(bottom)
def by_minimize_with_jac(x):
    return minimize(valley, [1.0, 1.0], args=(x,), jac=slope_of_valley, method="L-BFGS-B").x


@solves(bottom)
def by_minimize_with_jac_true(x):
    return minimize(lambda z: (valley(z, x), slope_of_valley(z, x)), [1.0, 1.0], jac=True).x


@solves(bottom)
def by_nelder_mead(x):
    return minimize(valley, [1.0, 1.0], (x,), "Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-15}).x


@solves(lambda x: 0.5 * x[1])
def value_at_minimum(x):
    return minimize(valley, [1.0, 1.0], args=(x,), tol=1e-10).fun


@solves(bottom)
def inside_bounds(x):
    return minimize(valley, [1.0, 1.0], args=(x,), bounds=[(0, 9), (None, 9)]).x


@solves(lambda x: np.log(x[0] * x[1]))
def by_minimize_scalar(x):
    return optimize.minimize_scalar(lambda t: math.exp(t) - x[0] * x[1] * t).x


@solves(lambda x: np.log(x[0] * x[1]))
def by_fminbound(x):
    return optimize.fminbound(lambda t: np.exp(t) - x[0] * x[1] * t, 0, 3, xtol=1e-9)


@solves(bottom)
def by_fmin(x):
    return optimize.fmin(valley, [1.0, 1.0], args=(x,), disp=False, xtol=1e-9, ftol=1e-15)


@solves(bottom)
def by_fmin_bfgs(x):
    return optimize.fmin_bfgs(valley, [1.0, 1.0], slope_of_valley, args=(x,), disp=False)


def line(x):
    design = np.stack([np.ones(9), TIMES], axis=1)
    return np.linalg.solve(design.T @ design, design.T @ (x[0] * TIMES**2 + x[1] * np.cos(TIMES)))


@solves(line)
def by_least_squares(x):
    return optimize.least_squares(lambda z: z[0] + z[1] * TIMES - x[0] * TIMES**2 - x[1] * np.cos(TIMES), [0.0, 0.0]).x


@solves(line)
def by_leastsq(x):
    return optimize.leastsq(lambda z: z[0] + z[1] * TIMES - x[0] * TIMES**2 - x[1] * np.cos(TIMES), [0.0, 0.0])[0]


@solves(line)
def by_curve_fit(x):
    return optimize.curve_fit(lambda t, a, b: a + b * t, TIMES, x[0] * TIMES**2 + x[1] * np.cos(TIMES))[0]


@pytest.mark.parametrize("name", PAIRS)
def test_like_the_closed_form(name):
    """The implicit function theorem: first and second derivatives to rounding, the value SciPy's own."""
    assert_like(*PAIRS[name])


def test_rosenbrock_functions():
    """Values bit for bit, derivatives from SciPy's own next function."""
    x = np.array([0.4, -0.3, 0.7])
    assert np.allclose(gradient(optimize.rosen, x), optimize.rosen_der(x), rtol=1e-14)
    assert np.allclose(jacobian(lambda v: optimize.rosen_der(v), x), optimize.rosen_hess(x), rtol=1e-14)
    assert np.allclose(
        jacobian(lambda v: optimize.rosen_hess(v) @ np.ones(3), x),
        jacobian(lambda v: optimize.rosen_hess_prod(v, np.ones(3)), x),
    )
    np.testing.assert_allclose(
        jacobian(lambda v: optimize.rosen_hess_prod(v, v), x),
        differences(lambda v: optimize.rosen_hess_prod(v, v), x), rtol=1e-9, atol=1e-7,
    )  # fmt: skip
