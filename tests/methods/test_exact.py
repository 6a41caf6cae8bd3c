"""The exact method: enclosures contain the derivative, and say when they cannot be had."""

import math

import mpmath
import numpy as np
import pytest

import gradcheck_tool
from gradcheck_tool.calculus.worlds.ball import Ball, ball_world, boxed, precision
from gradcheck_tool.methods.enclosing import entries, walked
from gradcheck_tool.methods.estimate import Declined, Estimate
from gradcheck_tool.methods.exact import exact
from gradcheck_tool.walks.pull import walk_up

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


def test_what_has_no_form_in_balls_is_declined_by_name():
    """Eigenvectors, complex numbers, words without a ball: a reason, and no number."""
    A = np.array([[2.0, 0.3], [0.3, 1.5]])
    for f, word in (
        (lambda x: np.linalg.eigh(A * x)[1][0, 0], "eigenvectors"),
        (lambda x: abs((x + 1j) ** 2), "complex"),
        (lambda x: np.linalg.eigvals(np.array([[1.0, x], [0.0, 2.0]]))[0], "eigvals"),
    ):
        answer = exact(gradcheck_tool.trace(f, 2.0))
        assert isinstance(answer, Declined)
        assert word in answer.reason


def test_a_derivative_of_zero_by_cancellation_is_known_although_it_has_no_relative_width():
    """exp(x) - exp(x) written twice: its balls never close on 0, they are small beside the natural scale."""
    answer = exact(
        gradcheck_tool.trace(lambda x: np.exp(x) * 3.0 - np.exp(x) * 2.0 - np.exp(x), 0.7), np.array([[6.0]])
    )
    assert isinstance(answer, Estimate)
    assert abs(answer.jacobian[0, 0]) + answer.bound[0, 0] < 1e-50


def test_a_tiny_derivative_is_not_taken_for_zero():
    """(1 - cos x)/x^2 at 1e-7: the derivative is 1e-22 of the natural scale of its terms, and is known all the same."""
    answer = exact(gradcheck_tool.trace(lambda x: (1 - math.cos(x)) / x**2, 1e-7), np.array([[1e14]]))
    assert isinstance(answer, Estimate)
    assert answer.jacobian[0, 0] == pytest.approx(-1e-7 / 12, rel=1e-13)


def test_undecided_decisions_get_more_bits_and_decided_ones_no_more():
    """x^400 against its neighbour needs more than 128 bits; 0.1 * 3 > 0.3 is decided at once, the other way round."""

    def close(x):
        y = x
        for _ in range(6):
            y = y * y
        return y if y * (1 + 2.0**-52) > y else -y

    answer = exact(gradcheck_tool.trace(close, 1.3))
    assert isinstance(answer, Estimate)
    assert answer.jacobian[0, 0] == pytest.approx(64 * 1.3**63, rel=1e-12)


def test_a_decision_at_equality_of_inexact_numbers_lies_on_the_boundary():
    """sin(x)^2 + cos(x)^2 is 1, and no precision can tell that it is not a little less."""

    def f(x):
        return x if np.sin(x) ** 2 + np.cos(x) ** 2 <= 1.0 else 2 * x

    answer = exact(gradcheck_tool.trace(f, 0.7))
    assert isinstance(answer, Declined)
    assert "branch" in answer.reason or "comparison" in answer.reason


def exactly(f, x, bits=256):
    """The derivative of a scalar function in balls of so many bits: its middle and radius in mpmath."""
    trace = gradcheck_tool.trace(f, x)
    with precision(bits):
        values = walked(trace)
        seed = boxed(np.ones(())) if isinstance(values[trace.outputs[0]], np.ndarray) else Ball(1)
        adjoints = walk_up(trace, {trace.outputs[0]: seed}, values, ball_world())
        ball = entries(adjoints[0], np.shape(x))[0]
        return mpmath.mpf(ball.mid().str(70, radius=False)), float(ball.rad())


def test_no_operation_between_constants_is_rounded_to_a_double():
    """1/3 in a partial, a product of two entries of a table beside an input: enclosed, not computed in doubles."""
    table = np.array([0.1, 0.7])

    def mixed(x):
        stacked = np.array([x, 0.3]) * table  # an array in which one number is recorded and one is a constant
        return np.sum(stacked) ** 2 / 3.0

    with mpmath.workdps(60):
        tenth = mpmath.mpf(0.1)
        for f, x, truth in (
            (lambda x: x / 3.0, 0.7, mpmath.mpf(1) / 3),
            (mixed, 0.7, 2 * tenth * (tenth * mpmath.mpf(0.7) + mpmath.mpf(0.3) * mpmath.mpf(0.7)) / 3),
            (lambda x: np.prod(np.array([x, 0.1, 0.3])), 0.7, mpmath.mpf(0.1) * mpmath.mpf(0.3)),
        ):
            middle, radius = exactly(f, x)
            assert radius < 1e-70
            assert abs(middle - truth) < mpmath.mpf(10) ** -55
