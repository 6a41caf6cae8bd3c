"""SymPy's derivative of recorded runs: whole formulas, line by line, and every way to decline."""

import math
import subprocess
import sys
import time
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from gradcheck_tool.calculus import catalogue
from gradcheck_tool.calculus.tables.elementwise import by_name
from gradcheck_tool.methods import symbolic as module
from gradcheck_tool.methods.estimate import Declined, Estimate
from gradcheck_tool.methods.symbolic import symbolic
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Point
from gradcheck_tool.tracing.record import record


def ask(function, order=1, budget=module.BUDGET, seconds=module.SECONDS, **values):
    problem = Problem.at(function, Point(values, {}, "test"))
    trace = record(function, values, call=lambda recorded: function(**recorded))
    return symbolic(problem, trace, order, budget=budget, seconds=seconds)


def wave(x):
    return math.sin(x) * math.exp(-x / 3) + x**0.1


def valley(x):
    return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2


def network(W, b):
    hidden = np.tanh(W @ np.array([1.0, 2.0, 3.0]) + b)
    return np.log(np.sum(np.exp(hidden))) + np.mean(W**2)


def solved(A, b):
    return np.linalg.solve(A, b)


def moved(x):
    return np.cumsum(x**3) * x[::-1] + np.where(x > 0, x, x**2)


def determinant(A):
    return np.linalg.det(A) + np.linalg.slogdet(A)[1]


def selected(x):
    return np.sum(np.maximum(x, 0.25) * np.abs(x)) + x[0] % 0.7 + np.sort(x)[1]


def special(x):
    return math.gamma(x) + math.lgamma(x) * math.erf(x) + math.log1p(x)


def iterated(x):
    for _ in range(40):
        x = x + 0.01 * math.sin(x)
    return x


def squashed(x):
    return math.tanh(x)


def sine(x):
    return math.sin(x)


def size(x):
    return abs(x)


def root(x):
    return math.sqrt(x)


def length(x):
    return np.linalg.norm(x)


def volume(A):
    return np.linalg.det(A)


CASES = [
    (wave, {"x": 0.7}),
    (valley, {"x": np.array([-1.2, 1.0])}),
    (network, {"W": np.array([[0.1, -0.7, 0.3], [1.1, 0.2, -0.4]]), "b": np.array([0.1, -0.2])}),
    (solved, {"A": np.array([[4.0, 1.0], [2.0, 3.0]]), "b": np.array([1.0, 2.0])}),
    (moved, {"x": np.array([0.3, -1.2, 2.0])}),
    (determinant, {"A": np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 0.7], [0.2, 0.1, 3.0]])}),
    (selected, {"x": np.array([1.3, -0.4, 0.6])}),
    (special, {"x": 1.7}),
    (iterated, {"x": 0.3}),
]


def steep_differences(function, values):
    """Plain central differences of the untouched function, extrapolated once."""
    problem = Problem.at(function, Point(values, {}, "test"))

    def central(h):
        moves = h * np.eye(problem.inputs.size)
        slopes = [(problem.evaluate(problem.x + e) - problem.evaluate(problem.x - e)) / (2 * h) for e in moves]
        return np.stack(slopes, axis=1)

    return (4 * central(5e-4) - central(1e-3)) / 3


@pytest.mark.parametrize("budget", [module.BUDGET, 0.0], ids=["formula", "lines"])
@pytest.mark.parametrize(("function", "values"), CASES, ids=[case[0].__name__ for case in CASES])
def test_it_is_the_derivative_of_the_untouched_function(function, values, budget):
    """Formula and lines agree with differences of the plain function to the accuracy of the differences."""
    answer = ask(function, budget=budget, **values)
    assert isinstance(answer, Estimate)
    measured = steep_differences(function, values)
    scale = np.max(np.abs(measured))
    assert np.max(np.abs(answer.jacobian - measured)) <= 1e-8 * scale


@pytest.mark.parametrize(("function", "values"), CASES, ids=[case[0].__name__ for case in CASES])
def test_formula_and_lines_agree_to_their_bars(function, values):
    """The two ways differ by no more than their two error bars, which are a rounding each."""
    whole, chained = ask(function, **values), ask(function, budget=0.0, **values)
    assert "rearrangements" in chained.shares
    assert np.all(np.abs(whole.jacobian - chained.jacobian) <= whole.bound + chained.bound)
    assert np.all(whole.bound <= 2.0**-51 * np.abs(whole.jacobian))


@pytest.mark.parametrize("budget", [module.BUDGET, 0.0], ids=["formula", "lines"])
@pytest.mark.parametrize(
    ("function", "x", "exact"),
    [
        (squashed, 340.0, lambda x: mpmath.sech(x) ** 2),
        (lambda x: (math.exp(x) - math.exp(-x)) / (math.exp(x) + math.exp(-x)), 90.0, lambda x: mpmath.sech(x) ** 2),
        (squashed, 20.0, lambda x: mpmath.sech(x) ** 2),
        (lambda x: (1 - math.cos(x)) / x**2, 1e-7, lambda x: mpmath.sin(x) / x**2 - 2 * (1 - mpmath.cos(x)) / x**3),
        (lambda x: x**0.1, 1e-300, lambda x: mpmath.mpf(0.1) * x ** (mpmath.mpf(0.1) - 1)),
        (lambda x: math.exp(x) - math.exp(-x) - 2 * x, 1e-6, lambda x: mpmath.exp(x) + mpmath.exp(-x) - 2),
    ],
    ids=["saturated", "by hand", "tanh", "cancelling", "power", "flat"],
)
def test_the_bar_holds_where_floats_lose_every_digit(function, x, exact, budget):
    """The truth, to a thousand digits, lies within the bar also where the user's own run cancels."""
    answer = ask(function, budget=budget, x=x)
    with mpmath.workdps(1000):
        truth = exact(mpmath.mpf(x))
        error = abs(mpmath.mpf(float(answer.jacobian[0, 0])) - truth)
        assert error <= mpmath.mpf(float(answer.bound[0, 0])) <= 2.0**-51 * abs(truth)


def test_constants_are_the_doubles_of_the_code():
    """0.1 in the code is the double, not one tenth: the slope of 0.1*x is exactly that double."""
    answer = ask(lambda x: 0.1 * x, x=3.0)
    assert answer.jacobian[0, 0] == 0.1
    assert answer.formula == "0.1"


@pytest.mark.parametrize(
    ("function", "values", "formula"),
    [
        (lambda x: x**3, {"x": 2.0}, "3*x**2"),
        (lambda x: math.sin(x) * math.exp(x), {"x": 2.0}, "(sin(x) + cos(x))*exp(x)"),
        (lambda x: x[0] * x[1], {"x": np.array([2.0, 3.0])}, "x[0]: x[1]; x[1]: x[0]"),
        (lambda a, b: a * math.log(b), {"a": 2.0, "b": 3.0}, "a: log(b); b: a/b"),
        (iterated, {"x": 0.3}, ""),
    ],
)
def test_short_formulas_are_told(function, values, formula):
    """A short derivative comes with its formula in Python's spelling and the entries' names; a long one without."""
    assert ask(function, **values).formula == formula


def test_second_derivatives():
    """Order 2 gives the whole symmetric Hessian of a function with one output."""
    answer = ask(valley, order=2, x=np.array([-1.2, 1.0]))
    a = Fraction(-1.2)  # the double, not six fifths
    exact = [[float(1200 * a * a - 400 + 2), float(-400 * a)], [float(-400 * a), 200.0]]
    assert np.array_equal(answer.jacobian, exact)
    assert np.all(answer.bound <= 2.0**-51 * np.abs(answer.jacobian))


def test_second_derivatives_of_a_selection_have_no_spikes():
    """Away from its kink the second derivative of a maximum is that of the chosen side."""
    answer = ask(lambda x: np.sum(np.maximum(x, 0.5) ** 2), order=2, x=np.array([1.0, -2.0]))
    assert np.array_equal(answer.jacobian, [[2.0, 0.0], [0.0, 0.0]])


@pytest.mark.parametrize("budget", [module.BUDGET, 0.0], ids=["formula", "lines"])
@pytest.mark.parametrize(
    ("function", "values", "words"),
    [
        (size, {"x": 0.0}, "abs sits exactly on its kink"),
        (lambda x: np.sum(np.maximum(x, 2.0)), {"x": np.array([1.0, 2.0])}, "maximum sits exactly on its kink"),
        (lambda x: np.floor(x) * x, {"x": 3.0}, "floor sits exactly on its kink"),
        (root, {"x": 0.0}, "derivative of f by x is not a finite real number"),
        (length, {"x": np.zeros(2)}, "derivative of f by x[0] is not a finite real number"),
        (volume, {"A": np.eye(5)}, "formula of det for a 5 by 5 matrix"),
    ],
    ids=["abs", "maximum", "floor", "sqrt", "norm", "det"],
)
def test_what_sympy_cannot_say_is_declined(function, values, words, budget):
    """Kinks, poles and operations without a formula are declined with the operation and a remedy, not guessed."""
    answer = ask(function, budget=budget, **values)
    assert isinstance(answer, Declined)
    assert words in answer.reason
    assert answer.remedy


def test_a_declined_line_is_named():
    """The place of a kink is the user's own line."""

    def kinked(x):
        y = 2 * x
        return abs(y)

    line = kinked.__code__.co_firstlineno + 2
    assert ask(kinked, x=0.0).where.endswith(f"test_symbolic.py:{line}")


def test_a_kink_nobody_needs_does_not_matter():
    """A kinked value that no output depends on declines nothing."""

    def unused(x):
        abs(x)
        return x * x + 3 * x

    assert ask(unused, x=0.0).jacobian[0, 0] == 3.0


def test_second_derivatives_are_declined_where_the_formula_is_long():
    """Order 2 does not fall back to lines, and needs one output."""
    assert "too long to differentiate twice" in ask(iterated, order=2, x=0.3).reason
    assert "one output" in ask(moved, order=2, x=np.ones(2)).reason


def test_the_time_limit_holds():
    """A run beyond the time limit is declined within a small multiple of it."""

    def wide(x):
        for _ in range(20):
            x = np.tanh(np.sin(x) + x)
        return np.sum(x)

    start = time.perf_counter()
    answer = ask(wide, x=np.linspace(0, 1, 400), seconds=0.4)
    assert isinstance(answer, Declined)
    assert "time limit" in answer.reason or "too long" in answer.reason
    assert time.perf_counter() - start < 4


def test_a_powers_zero_base_is_no_obstacle():
    """``x**2`` has slope 0 at 0, where the rule for a general exponent divides 0 by 0."""
    for budget in (module.BUDGET, 0.0):
        answer = ask(lambda x: x**2.0 + np.sum(np.array([x, 1.0]) ** np.array([3.0, 2.0])), budget=budget, x=0.0)
        assert answer.jacobian[0, 0] == 0.0


@pytest.mark.parametrize("budget", [module.BUDGET, 0.0], ids=["formula", "lines"])
def test_a_wrong_partial_in_the_table_does_not_reach_it(budget):
    """With the sign of the sine's partial broken in the table, SymPy's derivative stays right."""
    number = catalogue.NUMBER["sin"]
    row = by_name()["sin"]
    broken = type(row)(row.name, row.operands, row.value, ("-cos(x)",), row.spellings, row.probe)
    catalogue.ROWS[number] = broken
    try:
        answer = ask(sine, budget=budget, x=0.5)
    finally:
        catalogue.ROWS[number] = row
    assert answer.jacobian[0, 0] == math.cos(0.5)


def test_sympy_is_imported_late():
    """Importing the method costs nothing of SymPy's import time."""
    code = "import sys, gradcheck_tool.methods.symbolic; sys.exit('sympy' in sys.modules or 'mpmath' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter
