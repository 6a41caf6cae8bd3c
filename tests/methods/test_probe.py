"""One random direction: about twenty runs that tell whether a recorded derivative is about the real code."""

import numpy as np
import pytest

from gradcheck_tool.methods.estimate import Estimate
from gradcheck_tool.methods.probe import confirms
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Point
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.jacobian import reverse_jacobian
from gradcheck_tool.walks.margins import nearest
from gradcheck_tool.walks.survey import survey


def f(x):
    return np.sum(np.sin(x) * x[::-1] ** 2) + np.sum(np.abs(x))


def asked(x, change=None, seed=0, function=f):
    def g(x):
        return function(x)

    problem = Problem.at(g, Point({"x": x}, {}, "test"))
    trace = record(function, x)
    known = survey(trace)
    jacobian = reverse_jacobian(trace)
    if change is not None:
        jacobian = change(jacobian)
    estimate = Estimate("reverse", jacobian, known.bound)
    before = problem.evaluations
    agrees = confirms(problem, estimate, known.noise, nearest(known.guards, x.size), seed)
    return agrees, problem.evaluations - before


@pytest.mark.parametrize("n", [1, 3, 50, 1000])
@pytest.mark.parametrize("seed", range(5))
def test_a_right_derivative_is_confirmed_in_few_runs(n, seed):
    """Whatever the number of inputs, beside kinks too."""
    agrees, runs = asked(np.random.default_rng(n).normal(size=n), seed=seed)
    assert agrees
    assert runs <= 60


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("place", [0, 17, 49])
def test_one_wrong_entry_of_fifty_is_seen(seed, place):
    """A thousandth of one entry is enough, in any direction."""

    def change(jacobian):
        jacobian[0, place] *= 1.001
        return jacobian

    agrees, _ = asked(np.random.default_rng(1).normal(size=50), change, seed=seed)
    assert not agrees


def test_a_sign_a_zero_and_a_nan_are_never_confirmed():
    """Neither the negative, nor nothing at all, nor nan, is the derivative."""
    x = np.array([0.3, -1.2, 0.8])
    for change in (np.negative, np.zeros_like, lambda jacobian: jacobian * np.nan):
        assert not asked(x, change)[0]


def test_a_function_that_is_not_smooth_anywhere_confirms_nothing():
    """Where differences never settle there is no evidence, and none is claimed."""
    assert not asked(np.array([0.3]), function=lambda x: np.sum(np.floor(x * 1e14)) * 1.0)[0]


def test_a_bar_as_wide_as_the_derivative_confirms_nothing():
    """Where rounding hides the slope of f, no recorded number may call itself verified."""
    agrees, _ = asked(np.array([1e-5]), function=lambda x: np.sum((1 - np.cos(x)) / x**2))
    assert not agrees
