"""Forward and reverse mode as methods, and two ways to a Hessian that share as little as can be."""

import math

import numpy as np
import pytest
import sympy

from gradcheck_tool.methods.automatic import forward, forward_over_reverse, reverse, reverse_over_reverse
from gradcheck_tool.methods.estimate import Declined, Estimate
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.survey import survey


def both_hessians(f, x):
    return forward_over_reverse(record(f, x)), reverse_over_reverse(f, x, f)


SECOND = {
    "polynomial": (lambda x: x[0] ** 3 * x[1] + x[1] ** 2, [1.5, -0.5]),
    "textbook": (lambda x: np.log(x[0]) + x[0] * x[1] - np.sin(x[1]), [2.0, 5.0]),
    "rosenbrock": (lambda x: np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2), [1.2, 0.7, -0.3, 2.0]),
    "quotient": (lambda x: np.exp(x[0]) / (1 + x[1] ** 2) + np.sqrt(x[2]), [0.3, 0.7, 2.0]),
    "products": (lambda x: np.prod(x) + np.sum(np.outer(x, x) ** 2), [0.3, 0.7, 2.0]),
    "linear": (lambda x: 3 * x[0] - x[1], [0.3, 0.7]),
    "one input silent": (lambda x: x[0] ** 3 + 0 * x[1], [0.3, 0.7]),
}


@pytest.mark.parametrize(("f", "x"), SECOND.values(), ids=SECOND)
def test_the_two_hessians_agree(f, x):
    """Forward over reverse and reverse over reverse lie within each other's bars, and both are symmetric."""
    first, second = both_hessians(f, np.array(x))
    assert isinstance(first, Estimate)
    assert isinstance(second, Estimate)
    assert first.jacobian.shape == second.jacobian.shape == (len(x), len(x))
    assert np.all(np.abs(first.jacobian - second.jacobian) <= first.bound + second.bound + 2.0**-50)
    assert np.all(np.abs(first.jacobian - first.jacobian.T) <= first.bound)


def test_a_hessian_is_the_one_sympy_finds():
    """The textbook function of the evaluation-trace tables, at (2, 5): [[-0.25, 1], [1, sin 5]]."""
    x1, x2 = sympy.symbols("x1 x2")
    formula = sympy.log(x1) + x1 * x2 - sympy.sin(x2)
    exact = np.array(sympy.hessian(formula, (x1, x2)).subs({x1: 2, x2: 5}).evalf(20).tolist(), dtype=float)
    for found in both_hessians(*map_point("textbook")):
        assert np.all(np.abs(found.jacobian - exact) <= found.bound)


def map_point(name):
    f, x = SECOND[name]
    return f, np.array(x)


def test_first_derivatives_carry_the_bound_of_the_survey():
    """Both modes answer with the surveyed bound and the last rounding on top, and name what they share."""
    trace = record(lambda x: np.array([np.sum(np.sin(x)), x[0] * x[1]]), np.array([0.5, 2.0]))
    bound = survey(trace).bound
    exact = np.array([[math.cos(0.5), math.cos(2.0)], [2.0, 0.5]])
    for method, name in ((forward, "forward"), (reverse, "reverse")):
        found = method(trace, bound)
        assert found.method == name
        assert found.shares == ("trace", "rules")
        assert np.all(np.abs(found.jacobian - exact) <= found.bound)
        assert np.all(found.bound >= bound)
        assert np.all(found.bound <= bound + 2.0**-51 * np.abs(exact))


def test_what_has_no_rule_is_declined_with_its_place():
    """A value without a known derivative is refused by name, as an answer rather than an error."""
    trace = record(lambda x: np.array([x, 2 * x]), 1.0)
    found = forward_over_reverse(trace)
    assert isinstance(found, Declined)
    assert "single number" in found.reason


def test_code_that_writes_into_arrays_is_followed_twice():
    """Element writes in a recording of a recording: both Hessians are the exact one."""

    def f(x):
        z = np.zeros(3)
        z[0] = x[0] ** 2
        z[1:] = z[0] * x[1]
        return np.sum(z * z)

    first, second = both_hessians(f, np.array([0.5, 2.0]))
    x, y = 0.5, 2.0
    exact = np.array([[12 * x**2 * (1 + 2 * y**2), 16 * x**3 * y], [16 * x**3 * y, 4 * x**4]])
    assert np.all(np.abs(first.jacobian - exact) <= first.bound)
    assert np.all(np.abs(second.jacobian - exact) <= second.bound)
