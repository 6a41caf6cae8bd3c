"""What a trace tells without one tangent per input: rounding by samples, branches along directions, structure."""

import numpy as np
import pytest

from gradcheck_tool.tracing import record
from gradcheck_tool.walks import survey as surveys
from gradcheck_tool.walks.jacobian import jacobian_times, reverse_jacobian
from gradcheck_tool.walks.structure import grouped, structure
from gradcheck_tool.walks.ties import along, ties


def traced(function, x):
    return record(function, {"x": x}, call=lambda values: function(values["x"]), label="")


def chained(x):
    a = np.exp(-x * x) * np.sin(3 * x)
    b = np.cumsum(a) / (1 + x * x)
    return np.dot(b, b) - np.log(np.sum(np.exp(b)))


def products(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


@pytest.mark.parametrize("function", [chained, products])
@pytest.mark.parametrize("n", [4, 40, 150])
def test_sampled_rounding_is_that_of_the_running_bound(function, n, monkeypatch):
    """Of the same size, to a factor of a few, in every entry."""
    trace = traced(function, np.linspace(0.5, 1.5, n))
    full = surveys.survey(trace).bound
    monkeypatch.setattr(surveys, "_AFFORDABLE", 0)
    sampled = surveys.survey(trace).bound
    ratio = sampled / full
    assert np.all(ratio > 0.2)
    assert np.all(ratio < 12)


def test_sampled_rounding_covers_the_error_of_a_large_gradient():
    """Ten thousand entries against long double."""
    x = np.linspace(0.5, 1.5, 10_000)
    trace = traced(products, x)
    assert not surveys.affordable(trace)
    known = surveys.survey(trace)
    exact = x.astype(np.longdouble)
    gradient = np.zeros_like(exact)
    gradient[:-1] = -400 * exact[:-1] * (exact[1:] - exact[:-1] ** 2) - 2 * (1 - exact[:-1])
    gradient[1:] += 200 * (exact[1:] - exact[:-1] ** 2)
    error = np.abs((reverse_jacobian(trace)[0] - gradient).astype(float))
    assert np.all(error <= known.bound[0])
    assert np.median(known.bound[0] / np.abs(gradient.astype(float))) < 1e-12


def test_directions_cost_one_tangent_each():
    """The Jacobian times two vectors, as by the whole Jacobian."""
    x = np.linspace(0.5, 1.5, 30)
    trace = traced(chained, x)
    directions = np.random.default_rng(0).standard_normal((30, 2))
    assert np.allclose(jacobian_times(trace, directions), reverse_jacobian(trace) @ directions, rtol=1e-12)


def test_the_nearest_branch_along_a_direction():
    """abs flips where the first input reaches 0."""
    x = np.array([0.5, -0.25, 3.0])
    reach, tied = along(traced(lambda x: np.sum(np.abs(x)), x), [np.array([1.0, 1.0, 1.0]), np.array([-4.0, 0.1, 0.1])])
    assert reach == 0.125
    assert tied == ()


def test_ties_name_the_inputs_they_depend_on():
    """abs at 0 in one input, a maximum at equality of two others, and nothing about the rest."""

    def f(x):
        return np.sum(np.abs(x[:3] * 2)) + np.maximum(x[4], x[5]) + np.sum(x)

    x = np.array([1.0, 0.0, 2.0, 5.0, 0.7, 0.7])
    found = {guard.relation: np.flatnonzero(guard.margin == 0).tolist() for guard in ties(traced(f, x))}
    assert found["abs"] == [1]
    assert found["maximum"] == [4, 5]


def test_structure_is_of_operations_and_not_of_their_numbers():
    """A product with a factor that is 0 here still depends on both."""

    def f(x):
        y = np.zeros(4)
        y[0] = x[0] * x[1]
        y[1] = np.sin(x[2])
        y[2] = np.sum(x[:2])
        y[3] = 7.0
        return y

    pattern = structure(traced(f, np.array([0.0, 0.0, 1.0])))
    assert pattern.tolist() == [[True, True, False], [False, False, True], [True, True, False], [False] * 3]


def test_structure_of_a_matrix_product_has_the_zeros_of_the_matrix():
    """And a norm joins everything."""
    matrix = np.diag([1.0, 2.0, 3.0])
    x = np.array([1.0, 2.0, 3.0])
    assert structure(traced(lambda x: matrix @ x, x)).tolist() == np.eye(3, dtype=bool).tolist()
    assert structure(traced(lambda x: x / np.linalg.norm(x), x)).all()


def test_groups_share_no_row():
    """Columns of a tridiagonal pattern go into three groups."""
    pattern = np.abs(np.subtract.outer(np.arange(50), np.arange(50))) <= 1
    groups = grouped(pattern)
    assert len(groups) == 3
    assert sorted(column for group in groups for column in group) == list(range(50))
    assert all(pattern[:, group].sum(axis=1).max() <= 1 for group in groups)
