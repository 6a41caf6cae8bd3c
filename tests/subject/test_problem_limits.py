"""Evaluations are counted and limited, undefined places are visited once, warnings are counted and not sprayed."""

import warnings

import numpy as np
import pytest

from gradcheck_tool import check
from gradcheck_tool.report.json import from_json, to_json
from gradcheck_tool.subject.problem import Exhausted, Problem
from gradcheck_tool.subject.subject import Point


def problem_of(function, x):
    return Problem.at(function, Point({"x": x}, {}, "test"))


def test_a_limit_holds_inside_of_its_block_only():
    problem = problem_of(lambda x: x * x, 2.0)
    with problem.limited(3):
        problem.evaluate(problem.x)
        assert problem.left == 1
        problem.evaluate(problem.x)
        with pytest.raises(Exhausted):
            problem.evaluate(problem.x)
    assert problem.evaluations == 3
    problem.evaluate(problem.x)
    assert problem.evaluations == 4


def test_a_place_outside_of_the_domain_is_not_run_twice():
    seen = []

    def f(x):
        seen.append(x)
        if x < 0:
            raise ValueError("no")
        return x

    problem = problem_of(f, 1.0)
    for _ in range(3):
        assert np.isnan(problem.evaluate(np.array([-1.0]))[0])
    assert seen.count(-1.0) == 1
    assert problem.evaluate(np.array([3.0]))[0] == 3.0


def test_no_check_runs_outside_of_the_domain_twice_at_one_place():
    """sqrt beside its edge, differences and all."""
    seen = []

    def f(x):
        seen.append(float(x))
        return float(np.sqrt(x - 1))

    check(f, 1.0 + 1e-9, jac=lambda x: 0.5 / np.sqrt(x - 1), against=("differences",))
    outside = [x for x in seen if x < 1]
    assert outside
    assert len(outside) == len(set(outside))


def test_warnings_are_counted_and_not_sprayed(recwarn):
    """Each once with its count, in the report and in its JSON."""

    def f(x):
        warnings.warn("steep here", UserWarning, stacklevel=1)
        return x**3

    report = check(f, 1.5, jac=lambda x: 3 * x**2)
    assert [str(each.message) for each in recwarn if "steep" in str(each.message)] == []
    (told,) = [text for text in report.results[0].warned if "steep" in text]
    assert "UserWarning" in told
    assert "times" in told
    assert from_json(to_json(report)).results[0].warned == report.results[0].warned


@pytest.mark.parametrize("most", range(1, 80, 3))
def test_whatever_the_limit_the_check_ends_with_an_answer(most):
    """A method that runs out says so, and the function is not run by it again."""

    def f(x):
        return np.exp(x[0]) * x[1] - np.sin(x[2]) * x[0]

    def gradient(x):
        return np.array([np.exp(x[0]) * x[1] - np.sin(x[2]), np.exp(x[0]), -np.cos(x[2]) * x[0]])

    result = check(f, np.array([0.5, 1.2, 0.7]), jac=gradient, max_evals=most).results[0]
    assert result.verdict in ("agree", "cannot-tell")
    spent = sum(row.evaluations for row in result.methods if row.method in ("differences", "complex-step"))
    assert spent <= most
    short = [row for row in result.methods if "used up" in row.reason]
    assert all("--max-evals" in row.remedy for row in short)
    assert short or most > 48


def test_a_wrong_gradient_is_still_found_with_few_evaluations():
    """The recording needs none."""
    result = check(lambda x: np.sum(x**3), np.array([0.5, 1.2]), jac=lambda x: 2.9 * x**2, max_evals=1).results[0]
    assert result.verdict in ("wrong", "cannot-tell")
    assert result.verdict != "agree"
