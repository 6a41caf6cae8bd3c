import math

import numpy as np
import pytest
from known_functions import KNOWN

from gradcheck_tool.methods.differences import differences, one_sided
from gradcheck_tool.methods.estimate import Declined
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Point

known = pytest.mark.parametrize("function", KNOWN, ids=lambda function: function.name)


def in_x(function):
    def f(x):
        return function(x)

    return f


def problem_of(function, **values):
    return Problem.at(function, Point(values, {}, "test"))


def scalar(function, x, noise=None, margin=None):
    problem = problem_of(in_x(function), x=x)
    level = None if noise is None else np.array([noise])
    found = differences(problem, level, None if margin is None else np.array([margin]))
    return found.jacobian[0, 0], found.bound[0, 0], found


def kinds(estimate):
    return [remark.kind for remark in estimate.remarks]


@known
@pytest.mark.parametrize("given_noise", [True, False], ids=["noise given", "noise measured"])
def test_the_bar_covers_the_error(function, given_noise):
    """The 30-digit derivative lies within the bar around the differences."""
    slope, bar, found = scalar(function, function.point, function.noise if given_noise else None)
    assert abs(function.slope - slope) <= bar
    assert "kink" not in kinds(found)
    assert "jump" not in kinds(found)


def test_half_of_the_known_slopes_are_right_to_fourteen_digits():
    """With the noise level of a running error analysis the median relative error is below 1e-12 in few evaluations."""
    errors, evaluations, digits = [], [], 0
    for function in KNOWN:
        slope, bar, found = scalar(function, function.point, function.noise)
        truth = function.slope
        errors.append(float(abs(truth - slope) / abs(truth)) if abs(truth) > 1e-30 else abs(slope))
        evaluations.append(found.evaluations)
        digits += bar <= 1e-8 * abs(slope)
    assert np.median(errors) < 1e-13
    assert np.median(evaluations) <= 24
    assert max(evaluations) <= 100
    assert digits >= 36


@pytest.mark.parametrize(
    ("function", "x", "left", "right"),
    [
        (abs, 0.0, -1, 1),
        (lambda x: max(x, 0.0), 0.0, 0, 1),
        (lambda x: max(x * x, x), 1.0, 1, 2),
        (lambda x: abs(math.sin(x)) + 5, 0.0, -1, 1),
        (lambda x: abs(x - 0.3) * math.exp(x), 0.3, -math.exp(0.3), math.exp(0.3)),
        (lambda x: x if x > 0 else 0.01 * x, 0.0, 0.01, 1),
        (lambda x: float(np.interp(x, [0, 1, 2], [0, 3, 4])), 1.0, 3, 1),
    ],
    ids=["abs", "relu", "max tie", "abs sin", "shifted abs", "leaky relu", "interp"],
)
@pytest.mark.parametrize("noise", [None, 1e-16])
def test_kinks_show_both_slopes(function, x, left, right, noise):
    """At a kink nothing is decided: an infinite bar and the slopes of both sides within their bars."""
    _, bar, found = scalar(function, x, noise)
    (remark,) = found.remarks
    assert bar == np.inf
    assert remark.kind == "kink"
    assert abs(remark.left - left) <= remark.left_bar + 1e-12
    assert abs(remark.right - right) <= remark.right_bar + 1e-12
    assert max(remark.left_bar, remark.right_bar) < 1e-8


@pytest.mark.parametrize("distance", [10.0**-k for k in range(1, 12)])
@pytest.mark.parametrize("aware", [True, False], ids=["margin given", "margin unknown"])
def test_a_kink_beside_the_point_never_gives_a_false_slope(distance, aware):
    """At any distance from a kink the true slope lies within the bar; with a margin the bar is small too."""
    slope, bar, _ = scalar(lambda x: abs(x - 1) * 2 + x, 1 + distance, 1e-15, distance if aware else None)
    assert abs(slope - 3) <= bar
    if aware:
        assert bar <= 3e-14 / distance


def test_a_kink_too_near_to_be_resolved_is_still_a_kink():
    """At 1e-11 from an unknown kink the remark gives the slopes of both sides and says how near it is."""
    _, _, found = scalar(lambda x: abs(x - 1) * 2 + x, 1 + 1e-11, 1e-15)
    (remark,) = found.remarks
    assert remark.kind == "kink"
    assert (remark.left, remark.right) == pytest.approx((-1, 3), abs=1e-4)
    assert "within" in remark.sentence


@pytest.mark.parametrize(
    ("function", "x", "kind"),
    [
        (lambda x: 1.0 if x >= 0 else 0.0, 0.0, "jump"),
        (lambda x: 2.0 + x if x >= 0.3 else x, 0.3, "jump"),
        (lambda x: x % 1, 1.0, "jump"),
        (lambda x: 5.0 if x == 1 else x * x, 1.0, "jump"),
        (math.sqrt, 0.0, "edge"),
        (math.asin, 1.0, "edge"),
        (np.cbrt, 0.0, "edge"),
        (lambda x: x * math.log(x) if x > 0 else 0 / (x == 0), 0.0, "edge"),
        (lambda x: math.floor(10 * x) / 10, 0.55, "staircase"),
        (lambda x: math.sin(round(x * 100) / 100), 1.0, "staircase"),
    ],
    ids=["step", "jump", "mod", "isolated", "sqrt", "asin", "cbrt", "x log x", "floor", "table"],
)
@pytest.mark.parametrize("noise", [None, 2e-16])
def test_points_without_a_slope_are_named(function, x, kind, noise):
    """Jumps, vertical tangents and staircases have an infinite bar and a remark of their kind."""
    _, bar, found = scalar(function, x, noise)
    assert kinds(found) == [kind]
    assert bar == np.inf


def test_a_domain_edge_keeps_its_finite_slope():
    """x**1.5 has slope 0 from the right at 0, within the bar, and the remark says that it is one-sided."""
    slope, bar, found = scalar(lambda x: math.sqrt(x) ** 3, 0.0)
    assert kinds(found) == ["edge"]
    assert abs(slope) <= bar < 1e-4


@pytest.mark.parametrize(
    ("function", "x", "slope"),
    [
        (lambda x: math.exp(x / 1e-8), 0.0, 1e8),
        (lambda x: math.sin(x / 1e-7), 5.5e-7, math.cos(5.5e-7 / 1e-7) / 1e-7),
        (math.sin, 1e-12, 1.0),
        (lambda x: x * x * 1e24 + x * 1e12, 1e-12, 3e12),
        (lambda x: x**3, 1e50, 3e100),
        (lambda x: 1e-150 * math.sin(x), 1.0, 1e-150 * math.cos(1)),
        (lambda x: math.exp(-x * x), 9.0, -18 * math.exp(-81)),
        (lambda x: math.sin(1e9 * x), 0.7, None),
    ],
    ids=["exp(x/1e-8)", "SI", "sin 1e-12", "A", "1e50", "1e-150", "gauss", "sin(1e9x)"],
)
def test_no_scale_is_too_small_or_too_large(function, x, slope):
    """Slopes are right to five digits whatever the units of x and f."""
    truth = 1e9 * math.cos(1e9 * x) if slope is None else slope
    found, bar, _ = scalar(function, x)
    assert abs(found - truth) <= bar + 1e-15 * abs(truth)
    assert bar <= 1e-5 * abs(truth)


@pytest.mark.parametrize("x", [1.0, 0.3, 0.77])
@pytest.mark.parametrize("noise", [None, 1e-16], ids=["measured", "far too small"])
def test_single_precision_inside_is_covered(x, noise):
    """A function that computes in float32 gets a bar that covers its error, also when the noise given denies it."""
    slope, bar, found = scalar(lambda x: float(np.sin(np.float32(x)) * np.float32(3)), x, noise)
    assert abs(slope - 3 * math.cos(x)) <= bar < 1e-3
    assert kinds(found) == ([] if noise is None else ["noisy"])


def cube_root_by_bisection(x):
    low, high = 0.0, 4.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if middle**3 < x else (low, middle)
    return (low + high) / 2


@pytest.mark.parametrize("noise", [None, 1e-16], ids=["measured", "far too small"])
def test_an_inner_solver_is_covered(noise):
    """The tolerance of a bisection inside f is found to be its noise."""
    slope, bar, found = scalar(cube_root_by_bisection, 2.0, noise)
    assert abs(slope - 2 ** (-2 / 3) / 3) <= bar < 1e-5
    assert kinds(found) == ([] if noise is None else ["noisy"])


@pytest.mark.parametrize("noise", [None, 1e-15], ids=["measured", "given"])
def test_a_fine_smooth_ripple_is_not_taken_for_noise(noise):
    """A ripple of amplitude 1e-9 and frequency 1e6 is part of f, and so is its slope."""
    slope, bar, _ = scalar(lambda x: x + 1e-9 * math.sin(1e6 * x), 1.0, noise)
    assert abs(slope - (1 + 1e-3 * math.cos(1e6))) <= bar < 1e-6


def test_float32_arguments_are_differenced_between_the_nodes_they_reach():
    """An array of float32 is stepped to float32 numbers only."""
    x = np.array([0.3, 1.7], dtype=np.float32)
    found = differences(problem_of(lambda x: np.sum(np.sin(x.astype(float))), x=x), None)
    assert np.all(np.abs(found.jacobian[0] - np.cos(x.astype(float))) <= found.bound[0])
    assert np.all(found.bound < 1e-9)


@pytest.mark.parametrize("value", [0.0, 5.0])
def test_a_function_that_does_not_move_is_flat(value):
    """A constant has slope 0, a bar of its noise over the widest step, and says so."""
    slope, bar, found = scalar(lambda _: value, 1.0)
    assert kinds(found) == ["flat"]
    assert slope == 0
    assert 0 < bar < 1e-14


def test_underflow_is_not_taken_for_zero():
    """x*x at 1e-200 is 0 in doubles; its slope 2e-200 stays within the bar."""
    slope, bar, _ = scalar(lambda x: x * x, 1e-200, 0.0)
    assert abs(slope - 2e-200) <= bar


def test_smooth_functions_with_branches_inside_are_smooth():
    """What is smooth although its code branches has a finite bar and no remark."""
    for function, x, truth in (
        (lambda x: max(x, 0) - max(-x, 0), 0.0, 1),
        (lambda x: x * abs(x), 0.0, 0),
        (lambda x: math.sqrt(x**4), 0.0, 0),
        (lambda x: 1.0 if x == 1 else x * x, 1.0, 2),
        (lambda x: np.sin(x) / x, 0.0, 0),
    ):
        slope, bar, found = scalar(function, x)
        assert abs(slope - truth) <= bar < 1e-9
        assert kinds(found) == []


def test_a_value_that_is_nowhere_finite_decides_nothing():
    """log(1 + exp(x)) overflows at 1000 on one side and the point: the bar is infinite."""
    _, bar, _ = scalar(lambda x: float(np.log(1 + np.exp(x))), 1000.0)
    assert bar == np.inf


def test_jacobians_have_a_row_per_output_and_a_column_per_input():
    """Rows are outputs and columns inputs, for nested arguments too; one run serves all outputs."""

    def f(a, w):
        return np.array([a * w["k"][0], w["k"][1] ** 2, a * a])

    problem = problem_of(f, a=3.0, w={"k": np.array([2.0, 5.0])})
    before = problem.evaluations
    found = differences(problem, np.full(3, 1e-15))
    expected = np.array([[2.0, 3, 0], [0, 0, 10], [6, 0, 0]])
    assert np.all(np.abs(found.jacobian - expected) <= found.bound + 1e-300)
    assert found.bound.max() < 1e-12
    assert found.shares == ("f",)
    assert found.evaluations == problem.evaluations - before


def test_outputs_are_judged_one_by_one():
    """A kinked, a jumping and a smooth output of one function get their own bars and remarks."""
    found = differences(problem_of(lambda x: np.array([abs(x), math.sin(x), float(x > 0)]), x=0.0), None)
    assert np.isfinite(found.bound[:, 0]).tolist() == [False, True, False]
    assert [(remark.row, remark.kind) for remark in found.remarks] == [(0, "kink"), (2, "jump")]


def test_one_sided_slopes_are_measured_alone():
    """Both slopes of relu with small bars; an undefined side has an infinite one."""
    left, left_bar, right, right_bar = one_sided(problem_of(lambda x: max(x, 0.0), x=0.0), 0, np.zeros(1))
    assert (left[0], right[0]) == (0, 1)
    assert max(left_bar[0], right_bar[0]) < 1e-12
    _, left_bar, right, right_bar = one_sided(problem_of(lambda x: math.sqrt(x) ** 5, x=0.0), 0, np.zeros(1))
    assert left_bar[0] == np.inf
    assert abs(right[0]) <= right_bar[0] < 1e-6


def rosenbrock(x):
    return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2


@pytest.mark.parametrize("noise", [None, np.array([1e-13])])
def test_second_differences_of_a_scalar_function(noise):
    """The Hessian of Rosenbrock's function at (-1.2, 1), within bars of eight digits."""
    found = differences(problem_of(rosenbrock, x=np.array([-1.2, 1.0])), noise, order=2)
    expected = np.array([[1330.0, 480], [480, 200]])
    assert np.all(np.abs(found.jacobian - expected) <= found.bound)
    assert np.all(found.bound <= 1e-8 * np.abs(expected))


def test_second_differences_follow_the_scale_of_each_input():
    """Inputs of 1e-6 and 1e6 in one function are each stepped in their own units."""
    x = np.array([1.3e-6, 2.1e6])

    def f(x):
        return math.sin(x[0] * 1e6) * math.exp(x[1] / 1e6)

    a, b = 1.3e-6 * 1e6, math.exp(2.1)
    expected = np.array([[-math.sin(a) * b * 1e12, math.cos(a) * b], [math.cos(a) * b, math.sin(a) * b * 1e-12]])
    found = differences(problem_of(f, x=x), None, order=2)
    assert np.all(np.abs(found.jacobian - expected) <= found.bound)
    assert np.all(found.bound <= 1e-6 * np.abs(expected))


def test_second_differences_decline_several_outputs():
    """A vector function has no Hessian here, and other orders are not written."""
    problem = problem_of(lambda x: np.array([x, x]), x=1.0)
    assert isinstance(differences(problem, None, order=2), Declined)
    assert isinstance(differences(problem, None, order=3), Declined)


def test_the_answer_is_deterministic():
    """The same problem gives the same numbers twice."""
    first, second = (scalar(math.tan, 0.7)[:2] for _ in range(2))
    assert first == second


def test_steps_of_an_inner_iteration_are_crossed_where_the_margin_is_tiny():
    """A result that moves in steps is flat within the branch margin; across many steps it has a slope."""

    def stairs(x):
        return np.floor(x * 2.0**30) / 2.0**30

    found = differences(problem_of(stairs, x=1.3), np.array([0.0]), np.array([2.0**-32]))
    assert found.jacobian[0, 0] == pytest.approx(1.0, abs=1e-6)
    assert abs(found.jacobian[0, 0] - 1.0) <= found.bound[0, 0] <= 1e-6
    assert [remark.kind for remark in found.remarks] == ["noisy"]


@pytest.mark.parametrize("noise", [None, np.array([1e-16])])
def test_waves_finer_than_every_step_are_not_called_flat(noise):
    """At 1e14 every usual step skips many periods of a sine: nothing is known about its slope."""
    found = differences(problem_of(in_x(math.sin), x=1e14), noise)
    assert abs(found.jacobian[0, 0] - math.cos(1e14)) <= found.bound[0, 0]


def test_a_blurred_finer_answer_does_not_overrule_a_sharp_one():
    """(x*x - 1)/(x - 1) rounds to 2 near 1: the answer there is too blurred to deny the slope 1."""
    found = differences(problem_of(lambda x: 2.0 if x == 1 else (x * x - 1) / (x - 1), x=1.0), np.array([0.0]))
    assert abs(found.jacobian[0, 0] - 1.0) <= found.bound[0, 0]
