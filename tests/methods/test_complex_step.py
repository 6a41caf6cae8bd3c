import math

import numpy as np
import pytest

from gradcheck_tool.methods.complex_step import complex_step
from gradcheck_tool.methods.estimate import Declined
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Point


def in_x(function):
    def f(x):
        return function(x)

    return f


def problem_of(function, **values):
    return Problem.at(function, Point(values, {}, "test"))


def test_analytic_code_is_differentiated_to_the_last_digits():
    """A Jacobian of NumPy code comes out to four units of rounding, one run per input."""
    x = np.array([0.3, 1.7])
    found = complex_step(problem_of(lambda x: np.array([np.exp(x[0]) * x[1], np.sin(x[0] * x[1])]), x=x))
    c = math.cos(0.3 * 1.7)
    expected = np.array([[math.exp(0.3) * 1.7, math.exp(0.3)], [1.7 * c, 0.3 * c]])
    assert np.all(np.abs(found.jacobian - expected) <= 4 * 2.0**-53 * np.abs(expected))
    assert found.evaluations == 2
    assert found.shares == ("f",)


def test_nested_arguments_keep_their_structure():
    """Floats, arrays and dicts of them arrive as they are, but complex."""
    found = complex_step(
        problem_of(lambda a, w: a * w["k"][0] ** 2 + w["b"], a=2.0, w={"k": np.array([3.0]), "b": 1.0})
    )
    assert found.jacobian == pytest.approx(np.array([[9.0, 12.0, 1.0]]), rel=1e-15)


def test_given_noise_is_part_of_the_bar():
    """Cancellation in f shows in the bar: (1 - cos x)/x^2 at 1e-3 is wrong in the fourth digit and covered."""
    problem = problem_of(lambda x: (1 - np.cos(x)) / x**2, x=1e-3)
    found = complex_step(problem, np.array([1.2e-10]))
    error = abs(found.jacobian[0, 0] + 8.33333277777779e-5)
    assert 1e-9 < error <= found.bound[0, 0]


@pytest.mark.parametrize(
    "function",
    [math.sin, lambda x: x if x > 0 else -x, float, lambda x: np.real(x) * 2, abs, int],
    ids=["math", "comparison", "float", "real", "abs", "int"],
)
def test_code_that_refuses_or_drops_complex_numbers_is_declined(function):
    """An exception or a real answer is a reason, not a number."""
    answer = complex_step(problem_of(in_x(function), x=0.5))
    assert isinstance(answer, Declined)
    assert answer.reason


def test_a_buffer_of_floats_is_declined():
    """Storing a complex number in a float array drops its imaginary part; that is noticed."""

    def f(x):
        buffer = np.zeros(2)
        buffer[:] = x
        return buffer * (1 + 0 * x)

    assert isinstance(complex_step(problem_of(f, x=np.array([0.5, 0.7]))), Declined)


def test_single_precision_arguments_are_declined():
    """A point in float32 would lose the step."""
    assert isinstance(complex_step(problem_of(np.sum, a=np.ones(2, dtype=np.float32))), Declined)


@pytest.mark.parametrize("x", [1e-30, 1e-5, 1.0, 1e14])
def test_the_step_is_small_beside_inputs_of_every_size(x):
    """Neither a tiny nor a huge input leaves truncation behind."""
    found = complex_step(problem_of(lambda x: np.sin(x) + np.log(x), x=x))
    expected = math.cos(x) + 1 / x
    assert abs(found.jacobian[0, 0] - expected) <= 8 * 2.0**-53 * (abs(expected) + 1)
