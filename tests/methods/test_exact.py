"""The exact method: enclosures contain the derivative, and say when they cannot be had."""

import math

import mpmath
import numpy as np
import pytest

import gradcheck_tool
from gradcheck_tool.methods.estimate import Declined, Estimate
from gradcheck_tool.methods.exact import exact

CASES = [
    ("cancel", lambda x: (1 - np.cos(x)) / x**2, 1e-4, lambda x: (1 - mpmath.cos(x)) / x**2),
    ("tanh", lambda x: math.tanh(x) * x**3, 20.0, lambda x: mpmath.tanh(x) * x**3),
    ("power", lambda x: x**2.5 + 2.0**x, 0.7, lambda x: x ** mpmath.mpf(2.5) + mpmath.mpf(2) ** x),
    ("deep", lambda x: math.exp(math.sin(math.log(x) * x)), 1.3, lambda x: mpmath.exp(mpmath.sin(mpmath.log(x) * x))),
    ("gamma", lambda x: math.lgamma(x) + math.erf(x), 1.7, lambda x: mpmath.loggamma(x) + mpmath.erf(x)),
]


@pytest.mark.parametrize(("name", "f", "x", "high"), CASES, ids=[case[0] for case in CASES])
def test_the_enclosure_contains_the_derivative_to_fifty_digits(name, f, x, high):
    """Also where float AD has lost every digit, as in (1 - cos x)/x^2."""
    with mpmath.workdps(60):
        truth = mpmath.diff(high, mpmath.mpf(x))
        answer = exact(gradcheck_tool.trace(f, x))
        assert isinstance(answer, Estimate)
        assert abs(mpmath.mpf(float(answer.jacobian[0, 0])) - truth) <= float(answer.bound[0, 0]), name


def test_arrays_contractions_and_branches_are_walked_in_balls_too():
    """One vector function with sums, products, selections and a guard, against the float Jacobian."""
    A = np.array([[2.0, 0.3], [0.1, 1.5]])

    def f(x):
        y = np.maximum(A @ x, 0.4)
        z = np.zeros(3)
        z[:2] = y * x
        z[2] = np.sum(np.where(x > 0.2, x**2, 0.0)) if x[0] < x[1] else 0.0
        return np.cumsum(z)

    trace = gradcheck_tool.trace(f, np.array([0.3, 0.5]))
    answer = exact(trace)
    assert isinstance(answer, Estimate)
    np.testing.assert_allclose(answer.jacobian, gradcheck_tool.jacobian(f, np.array([0.3, 0.5])), rtol=1e-14)


def test_a_decision_made_by_rounding_is_declined():
    """0.1 + 0.2 <= 0.3 is decided by rounding: in exact arithmetic of the doubles it is the other way round."""

    def f(x):
        return x * 2 if x * 3 == 0.1 + 0.2 else x

    answer = exact(gradcheck_tool.trace(f, 0.1))
    assert isinstance(answer, Declined)
    assert "rounding" in answer.reason


def test_logistic_map_of_a_hundred_steps_needs_and_gets_more_bits():
    """Float AD has the wrong sign here; the published value at the double 0.2 is about 4e29 in size."""

    def f(x):
        for _ in range(99):
            x = 4 * x * (1 - x)
        return x

    answer = exact(gradcheck_tool.trace(f, 0.2))
    assert isinstance(answer, Estimate)
    with mpmath.workdps(120):
        value, slope = mpmath.mpf(0.2), mpmath.mpf(1)
        for _ in range(99):
            value, slope = 4 * value * (1 - value), 4 * slope * (1 - 2 * value)
        assert abs(mpmath.mpf(float(answer.jacobian[0, 0])) / slope - 1) < 1e-15


def test_what_has_no_form_in_balls_is_declined_by_name_of_the_gap():
    """A Cholesky factor is not walked in balls yet, and no number is given instead."""
    answer = exact(gradcheck_tool.trace(lambda x: np.linalg.cholesky(np.eye(2) * x)[0, 0], 2.0))
    assert isinstance(answer, Declined)
