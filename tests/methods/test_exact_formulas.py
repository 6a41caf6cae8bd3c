"""The user's derivative without rounding: right formulas proven, wrong ones told apart, traps never accused."""

import math

import numpy as np
import pytest
import right_pairs as pairs

import gradcheck_tool
from gradcheck_tool.methods.estimate import Estimate
from gradcheck_tool.methods.exact import exact
from gradcheck_tool.methods.exact_handwritten import constants_slack, exact_handwritten, recorded_run
from gradcheck_tool.methods.iterations import coarse_constants, iteration, single_precision
from gradcheck_tool.subject import Problem, from_callable, point_from

METHODS = ("reverse", "differences")


def checked(f, g, x, against=METHODS, **more):
    return gradcheck_tool.check(f, x, jac=g, points=1, against=against, **more).results[0]


def codes(result):
    return {finding.code for finding in result.findings}


def made_wrong(g, share, entry=0):
    """The derivative with one entry that is not 0 off by a share of itself."""

    def wrong(x):
        value = g(x)
        if np.ndim(value) == 0:
            return value * (1 + share)
        flat = np.array(value).ravel()
        place = np.flatnonzero(np.asarray(g(np.array(x, dtype=float))).ravel())[entry]
        factors = np.ones(flat.size)
        factors[place] = 1 + share
        return np.reshape(flat * factors, np.shape(value))

    wrong.__name__ = "wrong_grad"
    return wrong


@pytest.mark.parametrize("name", pairs.PAIRS)
def test_right_formulas_are_proven_whatever_their_spelling(name):
    """0.1 beside 1/10, products of pi and sums in another order are the same formula."""
    result = checked(*pairs.PAIRS[name])
    assert result.verdict == "agree"
    assert "formula proven equal" in result.reason
    assert result.certified >= 15
    assert not codes(result) & {"GC100", "GC110", "GC210"}


@pytest.mark.parametrize("name", pairs.UNSTABLE)
def test_unstable_spellings_are_right_and_the_line_that_loses_the_digits_is_named(name):
    """The formula is proven although hardly a digit of its value is left."""
    result = checked(*pairs.UNSTABLE[name])
    assert result.verdict == "agree"
    (told,) = [finding for finding in result.findings if finding.code == "GC210"]
    data = dict(told.data)
    assert "right_pairs.py:" in data["line"]
    assert " lost there, and " in data["loses"]


def test_the_line_that_loses_most_digits_is_named_not_one_after_it():
    """In 1 - cos(x) thirteen digits go; what is subtracted later has none to lose."""

    def f(x):
        return (1 - math.cos(x)) / x**2

    def f_grad(x):
        small = 1 - math.cos(x)
        rest = x * math.sin(x) - 2 * small
        return rest / x**3

    told = dict(next(finding for finding in checked(f, f_grad, 1e-7).findings if finding.code == "GC210").data)
    assert told["line"].endswith("small = 1 - math.cos(x)")
    assert told["loses"].startswith("13 digits lost there")


SHARES = (1e-3, 1e-5, 1e-8, 1e-10, 1e-12)
WELL_CONDITIONED = (
    "square",
    "circle",
    "gauss",
    "sin cos",
    "power of variable",
    "rosen",
    "quadratic form",
    "vector",
    "relu",
)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("name", WELL_CONDITIONED)
def test_wrong_formulas_are_told_apart_however_small_the_mistake(name, share):
    """Above the tolerance by every method, below it by exact arithmetic alone."""
    f, g, x = pairs.PAIRS[name]
    result = checked(f, made_wrong(g, share), x)
    assert result.verdict == "wrong"
    if share < 5e-7:
        assert "GC110" in codes(result)
        assert "more than rounding explains" in result.reason
    else:
        assert "GC110" not in codes(result)


@pytest.mark.parametrize("name", pairs.PAIRS)
def test_no_wrong_formula_is_proven(name):
    """A mistake of one part in a million never passes as a proof."""
    f, g, x = pairs.PAIRS[name]
    if not np.any(g(x)):
        pytest.skip("nothing to multiply")
    result = checked(f, made_wrong(g, 1e-6), x)
    assert "formula proven equal" not in result.reason
    assert result.verdict == "wrong"


def test_a_wrong_formula_is_seen_where_rounding_hides_it_from_all_others():
    """(1 - cos x)/x^2 at 1e-7: differences and AD have no digit, the recording is confirmed at other points."""
    f, g, _ = pairs.UNSTABLE["cosine"]
    assert checked(f, g, 1e-7).verdict == "agree"
    assert checked(f, lambda x: 1.1 * g(x), 1e-7).verdict == "wrong"


def test_a_wider_tolerance_is_respected():
    """Who allows a relative error of 1e-3 is not told about 1e-9."""
    f, g, x = pairs.PAIRS["circle"]
    assert checked(f, made_wrong(g, 1e-9), x, rtol=1e-3).verdict == "agree"


# --- traps -----------------------------------------------------------------------------------------


def newton_root(x):
    y = x
    while abs(y * y - x) > 1e-9:
        y = 0.5 * (y + x / y)
    return y


def fixed_point(x):
    y = 1.0
    for _ in range(34):
        y = math.cos(x * y)
    return y


def fixed_point_grad(x):
    y = 1.0
    for _ in range(400):
        y = math.cos(x * y)
    return -math.sin(x * y) * y / (1 + x * math.sin(x * y))


def runge_kutta(k):
    y, h = 1.0, 1 / 64
    for _ in range(64):
        a = -k * y
        b = -k * (y + h / 2 * a)
        c = -k * (y + h / 2 * b)
        d = -k * (y + h * c)
        y = y + h / 6 * (a + 2 * b + 2 * c + d)
    return y


def bisected(x):
    low, high = 0.0, 4.0
    for _ in range(48):
        middle = 0.5 * (low + high)
        if middle * middle < x:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def single_sum(x):
    return np.sum(x.astype(np.float32) ** 2 * np.float32(0.1))


TRAPS = {
    "Newton's method": (newton_root, lambda x: 0.5 / math.sqrt(x), 3.0),
    "fixed point that lags": (fixed_point, fixed_point_grad, 0.9),
    "integrator": (runge_kutta, lambda k: -math.exp(-k), 1.0),
    "bisection": (bisected, lambda x: 0.5 / math.sqrt(x), 2.7),
    "single precision inside": (single_sum, lambda x: 0.2 * x, np.array([0.3, 0.7])),
    "constants of single precision": (
        lambda x: 0.1 * x**2, lambda x: 2 * float(np.float32(0.1)) * x, 0.7,
    ),
    "difference quotient": (
        lambda x: math.sin(x), lambda x: (math.sin(x + 1e-6) - math.sin(x - 1e-6)) / 2e-6, 0.7,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TRAPS)
def test_right_derivatives_of_limits_and_of_coarse_numbers_are_not_accused(name):
    """What the last steps of an iteration left over, or a rounding to float32, is no wrong formula."""
    result = checked(*TRAPS[name])
    assert result.verdict in ("agree", "cannot-tell"), result.reason
    assert not codes(result) & {"GC100", "GC110"}


def test_differences_that_deny_the_recording_win_the_argument():
    """A branch taken at equality hides the slope; the user's derivative is that of both sides, and right."""

    def f(x):
        return 1.0 if x == 1 else x**2

    result = checked(f, lambda x: 2 * x, 1.0)
    assert result.verdict == "agree"
    assert not codes(result) & {"GC100", "GC110"}


def test_a_zero_gradient_is_not_proven_by_the_recorded_zero_of_a_bisection():
    """Both runs say 0 exactly; f moves."""
    result = checked(bisected, lambda x: 0.0 * x, 2.7)
    assert "proven" not in result.reason
    assert result.verdict != "agree"


def test_what_iterates_is_recognised_and_what_sums_is_not():
    """Loops that stop on a residual, and loops that feed their result back; not a plain sum over a loop."""

    def summed(x):
        total = 0.0
        for entry in x:
            total += entry**2 * 0.1
        return total

    assert iteration(gradcheck_tool.trace(newton_root, 3.0))
    assert iteration(gradcheck_tool.trace(fixed_point, 0.9))
    assert iteration(gradcheck_tool.trace(runge_kutta, 1.0))
    assert iteration(gradcheck_tool.trace(bisected, 2.7))
    assert not iteration(gradcheck_tool.trace(summed, np.ones(5)))
    assert not iteration(gradcheck_tool.trace(pairs.rosen, np.ones(5)))


def test_single_precision_is_found_in_numbers_and_in_constants():
    """A float32 anywhere; a float64 constant that was rounded to 24 bits; whole numbers and halves are neither."""
    assert single_precision(gradcheck_tool.trace(single_sum, np.ones(2)))
    assert not single_precision(gradcheck_tool.trace(lambda x: np.sum(x * 0.1), np.ones(2)))
    assert coarse_constants(gradcheck_tool.trace(lambda x: x * float(np.float32(0.1)), 1.0))
    assert not coarse_constants(gradcheck_tool.trace(lambda x: x * 0.1 + 101325.0 * x + x / 2.5, 1.0))


# --- how far constants part two formulas -------------------------------------------------------------


def slack_of(f, g, x):
    subject = from_callable(f, jac=g)
    problem = Problem.at(f, point_from(subject, x))
    run = recorded_run(problem, subject.gradient)
    trace = gradcheck_tool.trace(f, x)
    right, (mine, _) = exact(trace), exact_handwritten(run)
    assert isinstance(right, Estimate)
    assert isinstance(mine, Estimate)
    return constants_slack(trace, run)[0, 0], abs(right.jacobian[0, 0] - mine.jacobian[0, 0])


def test_short_constants_leave_no_slack_and_long_ones_a_few_units():
    """2.5 is what it says; 0.1 is a rounded number, and moves the result by as much as it may be off."""
    assert slack_of(lambda x: 2.5 * x**2, lambda x: 5.0 * x, 0.7) == (0.0, 0.0)
    slack, gap = slack_of(lambda x: 0.1 * x**2, lambda x: x / 5, 0.7)
    assert gap < slack
    assert 0 < slack < 1e-14


def test_constants_amplified_by_cancellation_get_the_slack_they_need():
    """Beside the minimum of (3x - 0.3)^2 the rounding of 0.3 and of 1.8 is larger than the derivative itself."""
    slack, gap = slack_of(lambda x: (3 * x - 0.3) ** 2, lambda x: 18 * x - 1.8, 0.1)
    assert gap > 1e-17
    assert slack > 4 * gap
    assert slack < 1e-12


def test_a_result_that_is_a_constant_is_moved_as_well():
    """``return 0.1`` has no line in the trace; its digits are rounded all the same."""
    slack, _ = slack_of(lambda x: x / 10, lambda _x: 0.1, 0.7)
    assert 0 < slack < 1e-14


def test_small_formulas_that_sympy_knows_are_proved_on_the_whole_branch():
    """Identical expressions, not only equal numbers at one point; 0.1 twice beside 0.2 is no identity."""
    both = ("reverse", "symbolic", "differences")
    for name in ("circle", "rosen", "quotient", "branch"):
        assert "proved identical on this branch" in checked(*pairs.PAIRS[name], against=both).reason, name
    assert "formula proven equal" in checked(*pairs.PAIRS["tenth"], against=both).reason
    f, g, x = pairs.PAIRS["quotient"]
    assert "identical" not in checked(f, made_wrong(g, 1e-12), x, against=both).reason


def test_the_verbose_report_tells_certified_digits_and_kappa():
    """Of a derivative that floating point loses, and of one that it keeps."""
    f, g, _ = pairs.UNSTABLE["cosine"]
    lost = checked(f, g, 1e-4)
    assert lost.certified >= 15
    assert lost.kappa > 1e15
    kept = checked(*pairs.PAIRS["square"])
    assert kept.kappa < 100
