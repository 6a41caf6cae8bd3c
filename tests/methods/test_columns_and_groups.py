"""Full Jacobians of many inputs: two evaluations per column, or one ladder per group of columns."""

import numpy as np
from test_directional import banded, banded_jacobian, gradient, problem_of, rosenbrock, spoiled

from gradcheck_tool.methods.columns import by_columns
from gradcheck_tool.methods.grouped import by_groups
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.structure import grouped, structure
from gradcheck_tool.walks.survey import survey

FREE = np.inf


def noise_of(function, x):
    trace = record(function, {"x": x}, call=lambda values: function(values["x"]), label="")
    return trace, survey(trace).noise


def test_a_full_check_costs_little_more_than_two_evaluations_per_input():
    """At n = 1000: at most 1.3 times 2n, and every bar holds the truth."""
    x = np.linspace(0.5, 1.6, 1000)
    problem = problem_of(rosenbrock, x)
    truth = gradient(x)
    _, noise = noise_of(rosenbrock, x)
    found = by_columns(problem, noise, np.full(x.shape, FREE), (truth,), confirmed=True)
    assert found.evaluations <= 1.3 * 2 * x.size
    exact = gradient(x.astype(np.longdouble)).astype(float)
    assert np.all(np.abs(found.jacobian - exact) <= found.bound)
    # Two evaluations leave about (noise / f)**(2/3): 1e-13 here, that of a sum of a thousand terms, and safety.
    assert np.median(found.bound / np.abs(exact)) < 2e-6


def test_columns_that_disagree_with_a_claim_get_a_ladder():
    """Of their own, so that the entry is right to many more digits than two evaluations give."""
    x = np.linspace(0.5, 1.6, 400)
    problem = problem_of(rosenbrock, x)
    _, noise = noise_of(rosenbrock, x)
    found = by_columns(problem, noise, np.full(x.shape, FREE), (spoiled(x, {77: 1.001}),), confirmed=True)
    truth = gradient(x)[0, 77]
    assert abs(found.jacobian[0, 77] - truth) <= found.bound[0, 77] < 1e-10 * abs(truth)


def test_a_column_that_bends_more_than_the_others_gets_a_ladder():
    """A kink beside the point of one input is seen, although nothing claims anything else."""

    def f(x):
        return np.sum(x**3) + np.abs(x[60] - 1.0)

    x = np.linspace(0.5, 1.6, 300)
    x[60] = 1.0
    problem = problem_of(f, x)
    claimed = 3 * x[None, :] ** 2
    found = by_columns(problem, np.array([1e-13]), np.full(x.shape, FREE), (claimed,), confirmed=True)
    assert [(remark.kind, remark.column) for remark in found.remarks] == [("kink", 60)]


def test_a_tridiagonal_jacobian_costs_a_few_dozen_runs():
    """A thousand inputs in two groups, and every entry within its bar, zeros too."""
    x = np.linspace(0.5, 1.6, 1000)
    trace, noise = noise_of(banded, x)
    pattern = structure(trace)
    groups = grouped(pattern)
    assert len(groups) == 2
    found = by_groups(problem_of(banded, x), groups, pattern, noise, np.full(x.shape, FREE), (banded_jacobian(x),))
    assert found.evaluations <= 100
    truth = banded_jacobian(x.astype(np.longdouble)).astype(float)
    assert np.all(np.abs(found.jacobian - truth) <= found.bound)
    assert np.all(found.bound[truth != 0] < 1e-8)


def test_an_entry_claimed_outside_of_the_structure_is_measured_alone():
    """Nothing rests on the structure being right: here a dependency is missing from it."""
    x = np.linspace(0.5, 1.6, 60)
    trace, noise = noise_of(banded, x)
    pattern = structure(trace)
    pattern[31, 30] = False
    groups = grouped(pattern)
    truth = banded_jacobian(x)
    found = by_groups(problem_of(banded, x), groups, pattern, noise, np.full(x.shape, FREE), (truth,))
    assert abs(found.jacobian[31, 30] - truth[31, 30]) <= found.bound[31, 30] < 1e-8
    assert np.all(np.abs(found.jacobian - truth) <= found.bound + 1e-14)
