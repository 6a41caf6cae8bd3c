"""Many inputs: what random directions confirm, what they deny, and how entries are named by halving."""

import numpy as np
import pytest

from gradcheck_tool.methods.directional import FEW, Claims, confirmed_by, directional, is_directional
from gradcheck_tool.methods.estimate import Declined
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Point


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def gradient(x):
    g = np.zeros_like(x)
    g[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    g[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return g[None, :]


def banded(x):
    y = np.sin(x)
    y[1:] += x[1:] * x[:-1]
    return y


def banded_jacobian(x):
    jacobian = np.diag(np.cos(x))
    at = np.arange(x.size - 1)
    jacobian[at + 1, at + 1] += x[:-1]
    jacobian[at + 1, at] += x[1:]
    return jacobian


def problem_of(function, x):
    return Problem.at(function, Point({"x": x}, {}, "test"))


def asked(function, jacobian, n, **more):
    problem = problem_of(function, np.linspace(0.5, 1.6, n))
    return directional(problem, Claims(jacobian(problem.x) if callable(jacobian) else jacobian), None, **more)


def spoiled(x, factors):
    g = gradient(x)
    for column, factor in factors.items():
        g[0, column] *= factor
    return g


@pytest.mark.parametrize("n", [300, 1000, 10_000])
def test_a_right_gradient_is_confirmed_in_forty_evaluations(n):
    """Whatever n is; the bars hold the truth and are those of the whole direction."""
    found = asked(rosenbrock, gradient, n)
    assert found.evaluations <= 40
    assert is_directional(found)
    truth = gradient(np.linspace(0.5, 1.6, n).astype(np.longdouble)).astype(float)
    assert np.all(np.abs(found.jacobian - truth) <= found.bound)
    assert np.median(found.bound / np.abs(truth)) < 1e-8


@pytest.mark.parametrize("n", [300, 10_000])
@pytest.mark.parametrize("factor", [1 + 1e-6, 1.01, -1.0, 0.0])
def test_one_wrong_entry_is_found_and_measured_by_differences_alone(n, factor):
    """Also an error of 1e-6 among ten thousand entries, without any recording."""
    x = np.linspace(0.5, 1.6, n)
    column = n // 11
    found = asked(rosenbrock, spoiled(x, {column: factor}), n)
    truth = gradient(x)[0, column]
    assert abs(found.jacobian[0, column] - truth) <= found.bound[0, column]
    assert found.bound[0, column] < 1e-7 * abs(truth)
    assert found.evaluations < 300
    others = np.delete(found.jacobian[0], column)
    assert np.array_equal(others, np.delete(gradient(x)[0], column))


def test_several_wrong_entries_are_all_named():
    """Halving goes on until every one of a few is alone."""
    n = 2000
    x = np.linspace(0.5, 1.6, n)
    wrong = {3: 1.1, 700: -1.0, 1500: 1.0001, 1999: 2.0}
    found = asked(rosenbrock, spoiled(x, wrong), n)
    for column in wrong:
        assert abs(found.jacobian[0, column] - gradient(x)[0, column]) <= found.bound[0, column]


def test_where_more_are_wrong_than_can_be_named_the_rest_is_left_open():
    """Nobody has looked into the other entries: their bars are infinite."""
    found = asked(rosenbrock, lambda x: -gradient(x), 1000)
    named = np.isfinite(found.bound[0])
    assert named.sum() == FEW
    truth = gradient(np.linspace(0.5, 1.6, 1000))[0]
    assert np.all(np.abs(found.jacobian[0] - truth)[named] <= found.bound[0, named])


def test_vector_valued_functions_are_named_by_row_and_column():
    """One entry of a Jacobian that is wrong by a tenth of a percent."""
    n = 300
    x = np.linspace(0.5, 1.6, n)
    claimed = banded_jacobian(x)
    claimed[40, 39] *= 1.001
    found = asked(banded, claimed, n)
    truth = banded_jacobian(x)
    assert abs(found.jacobian[40, 39] - truth[40, 39]) <= found.bound[40, 39] < 1e-6
    assert np.all(np.abs(found.jacobian - truth) <= found.bound)


def test_a_recording_that_agrees_is_confirmed_and_contested_entries_are_measured():
    """Yours differs from the recording in one entry: that one is measured, and says who is right."""
    n = 1000
    problem = problem_of(rosenbrock, np.linspace(0.5, 1.6, n))
    truth = gradient(problem.x)
    claims = Claims(spoiled(problem.x, {123: 1 + 1e-5}), truth, 1e-12 * np.abs(truth))
    assert claims.contested == [123]
    found = directional(problem, claims, None)
    assert confirmed_by(found)
    assert found.jacobian[0, 123] != truth[0, 123]  # its own measurement, not an echo
    assert abs(found.jacobian[0, 123] - truth[0, 123]) <= found.bound[0, 123] < 1e-7 * abs(truth[0, 123])


def test_a_recording_that_the_values_deny_is_not_confirmed():
    """The recording misread one entry: the differences start from yours, and are right."""
    n = 1000
    problem = problem_of(rosenbrock, np.linspace(0.5, 1.6, n))
    truth = gradient(problem.x)
    misread = spoiled(problem.x, {123: 1.5})
    found = directional(problem, Claims(truth, misread, 1e-12 * np.abs(truth)), None)
    assert not confirmed_by(found)
    assert np.all(np.abs(found.jacobian - truth) <= found.bound)


def test_inputs_at_a_kink_are_measured_alone():
    """They are left out of the directions; both slopes are told."""
    x = np.linspace(-1, 1, 501)
    problem = problem_of(lambda x: np.sum(np.abs(x)) + np.sum(x * x), x)
    found = directional(problem, Claims((np.sign(x) + 2 * x)[None, :]), None, kinks=(250,))
    assert [remark.column for remark in found.remarks if remark.kind == "kink"] == [250]
    assert np.isinf(found.bound[0, 250])
    assert np.all(found.bound[0, :250] * np.abs(x[:250]) < 1e-10)


def test_entries_that_are_not_finite_have_no_sum():
    found = asked(rosenbrock, lambda x: spoiled(x, {5: np.nan}), 300)
    assert isinstance(found, Declined)
