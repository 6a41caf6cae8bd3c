"""Roots and fixed points by SciPy's solvers against closed forms, in every mode."""

from __future__ import annotations

import math

import numpy as np
import pytest
from closed_forms import X, assert_like
from following import assert_followed
from scipy import optimize
from scipy.optimize import brentq, fsolve, minimize, root_scalar

from gradcheck_tool import gradient, jacobian
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record
from gradcheck_tool.tracing.doubts import doubts

PAIRS = {}
COEFFICIENTS = np.array([[2.0, 1.0], [1.0, 3.0]])


def solves(closed):
    """Remember a program and the closed form of what it computes."""

    def keep(f):
        PAIRS[f.__name__] = (f, closed)
        return f

    return keep


# --- roots ---------------------------------------------------------------------------------------


def cube_root(x):
    return np.cbrt(x[0] * x[1] ** 2)


def cubic(t, p):
    return t**3 - p[0] * p[1] ** 2


@solves(cube_root)
def by_brentq(x):
    return brentq(lambda t: t**3 - x[0] * x[1] ** 2, 0, 5)


@solves(cube_root)
def by_brentq_with_args(x):
    return brentq(cubic, 0.0, 5.0, args=(x,))


@solves(cube_root)
def by_brentq_full(x):
    root, details = brentq(cubic, 0, 5, args=(x,), full_output=True)
    return root + 0.5 * details.root - 0.5 * root + 0.0 * details.iterations


@solves(cube_root)
def by_recorded_bracket(x):
    return brentq(cubic, x[0] - 1.0, x[1] + 4.0, (x,))


@solves(cube_root)
def by_brenth(x):
    return optimize.brenth(cubic, 0, 5, args=(x,))


@solves(cube_root)
def by_bisect(x):
    return optimize.bisect(cubic, 0, 5, args=(x,))


@solves(cube_root)
def by_ridder(x):
    return optimize.ridder(cubic, 0, 5, args=(x,))


@solves(cube_root)
def by_toms748(x):
    return optimize.toms748(cubic, 0, 5, args=(x,))


@solves(cube_root)
def by_newton(x):
    return optimize.newton(cubic, 2.0, fprime=lambda t, p: 3 * t**2, args=(x,))


@solves(cube_root)
def by_secant(x):
    return optimize.newton(lambda t: t**3 - x[0] * x[1] ** 2, 2.0)


@solves(cube_root)
def by_halley(x):
    return optimize.newton(cubic, 2.0, lambda t, p: 3 * t**2, (x,), fprime2=lambda t, p: 6 * t)


@solves(lambda x: np.cbrt(np.array([x[0], x[0] * x[1], 2.0])))
def by_newton_of_arrays(x):
    right = np.array([x[0], x[0] * x[1], 2.0])
    return optimize.newton(lambda t: t**3 - right, np.array([1.0, 1.5, 1.2]))


@solves(cube_root)
def by_root_scalar(x):
    return root_scalar(cubic, args=(x,), bracket=[0, 5]).root


@solves(cube_root)
def by_root_scalar_newton(x):
    return root_scalar(lambda t: (cubic(t, x), 3 * t**2), x0=2.0, fprime=True, method="newton").root


@solves(lambda x: np.sqrt(x[0]) * x[1])
def by_fixed_point(x):
    return optimize.fixed_point(lambda t: 0.5 * (t + x[0] / t), 1.0) * x[1]


@solves(lambda x: np.arctan(x[0] / x[1]))
def by_math(x):
    return brentq(lambda t: math.sin(t) * x[1] - math.cos(t) * x[0], 0.0, 1.5)


def pair_of_roots(x):
    return np.array([np.sqrt(x[0]), np.log(x[1]) / np.sqrt(x[0])])


def equations(z, p):
    return [z[0] ** 2 - p[0], np.exp(z[0] * z[1]) - p[1]]


@solves(pair_of_roots)
def by_fsolve(x):
    return fsolve(equations, [1.0, 0.5], args=(x,))


@solves(pair_of_roots)
def by_fsolve_with_jacobian(x):
    def slopes(z):
        return np.array([[2 * z[0], 0.0], [z[1] * np.exp(z[0] * z[1]), z[0] * np.exp(z[0] * z[1])]])

    return fsolve(lambda z: np.array(equations(z, x)), np.array([1.0, 0.5]), fprime=slopes)


@solves(pair_of_roots)
def by_fsolve_full(x):
    return fsolve(equations, [1.0, 0.5], args=(x,), full_output=True)[0]


@solves(pair_of_roots)
def by_root(x):
    return optimize.root(lambda z: np.array(equations(z, x)), [1.0, 0.5]).x


@solves(pair_of_roots)
def by_root_lm(x):
    return optimize.root(lambda z: equations(z, x), [1.0, 0.5], method="lm").x


@solves(lambda x: np.linalg.solve(COEFFICIENTS, np.array([x[0], x[1] ** 2])))
def with_a_filled_buffer(x):
    right = np.zeros(2)
    right[0] = x[0]
    right[1] = x[1] ** 2
    return fsolve(lambda z: COEFFICIENTS @ z - right, np.zeros(2))


@solves(lambda x: np.sqrt(x[0]) + np.cbrt(x[1]))
def with_a_scratch_buffer(x):
    rest = np.empty(2)

    def fill(z):
        rest[0] = z[0] ** 2 - x[0]
        rest[1] = z[1] ** 3 - x[1]
        return rest.copy()

    return np.sum(fsolve(fill, [1.0, 1.0]))


@solves(lambda x: x[0] / x[1])
def roots_nested(x):
    return brentq(lambda t: brentq(lambda s: s**3 - t, 0.0, 3.0) ** 3 * x[1] - x[0], 0.1, 2.0)


@pytest.mark.parametrize("name", PAIRS)
def test_like_the_closed_form(name):
    """The implicit function theorem: first and second derivatives to rounding, the value SciPy's own."""
    assert_like(*PAIRS[name])


# --- what is left alone --------------------------------------------------------------------------


def test_calls_without_recorded_values_are_left_alone():
    """The same numbers, and the function is called as often as in a plain run."""
    calls = []

    def counted(t):
        calls.append(t)
        return t**3 - 2.0

    def f(x):
        calls.clear()
        root = brentq(counted, 0, 5) + minimize(lambda z: (z[0] - 1) ** 2, [0.0]).x[0]
        return (root + fsolve(lambda z: [z[0] - 0.5, z[1] - z[0]], [0.0, 0.0])[1]) * x

    plain = f(2.0)
    times = len(calls)
    trace = record(f, 2.0)
    assert trace.result == plain
    assert len(calls) == times
    assert len(trace) == 2


@pytest.mark.filterwarnings("ignore")
def test_a_buffer_that_is_returned_again_and_again():
    """SciPy keeps what it is given: with one buffer for all calls it goes astray, and so do we, or we refuse."""

    def f(x):
        rest = np.empty(2)

        def fill(z):
            rest[0] = z[0] ** 2 - x[0]
            rest[1] = z[1] ** 3 - x[1]
            return rest

        return fsolve(fill, [1.0, 1.0])

    assert not np.allclose(f(X), [np.sqrt(X[0]), np.cbrt(X[1])])
    with pytest.raises(CannotFollow, match="converged"):
        record(f, X)


def test_our_own_calls_are_not_counted():
    """Counters and lists hold what they hold after a plain run."""

    class Counter:
        def __init__(self, target):
            self.calls, self.points, self.target = 0, [], target

        def __call__(self, t):
            self.calls += 1
            self.points.append(0)
            return t**3 - self.target

    def f(x):
        counts, total = [0], 0

        def counted(t):
            nonlocal total
            counts[0] += 1
            total += 2
            return t**3 - x[0]

        counter = Counter(x[1])
        roots = brentq(counted, 0, 5) + fsolve(counter, 1.0)[0] + brentq(counter.__call__, 0, 5)
        return roots * counts[0] + total + counter.calls + len(counter.points)

    assert record(f, X).result == f(X)
    assert_followed(f, X)


def test_the_search_leaves_no_lines():
    """A search of thirty calls leaves the few steps at the solution, and no decision."""
    trace = record(lambda x: brentq(lambda t: abs(t) ** 3 - x if t > -1 else 0.0, 0, 5), 2.0)
    assert len(trace) < 30
    assert all(value is not None for value in trace.value)
    assert len(trace.guards) <= 4


def test_exceptions_are_those_of_the_plain_call():
    """What SciPy or the user's function raises comes out unchanged."""
    with pytest.raises(ValueError, match="different signs"):
        jacobian(lambda x: brentq(lambda t: t**2 + x[0], 0, 5), X)

    def failing(t):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        jacobian(lambda x: brentq(failing, 0, x[1]), X)
    with pytest.raises(RuntimeError, match="converge"):
        jacobian(lambda x: optimize.newton(lambda t: t**3 - x[0], 9.0, maxiter=2), X)


def test_a_refused_call_leaves_the_recorder_usable():
    """After a refusal inside of a search the next recording is right."""
    with pytest.raises(CannotFollow):
        jacobian(lambda x: brentq(lambda t: optimize.nnls(np.eye(2), x * t)[1], 0, 5), X)
    assert_like(by_brentq, cube_root)


def test_bisection_by_hand_leaves_a_doubt():
    """A result that depends on the input through comparisons only is recorded, and said to be doubtful."""

    def by_hand(x):
        low, high = 0.0, 4.0
        for _ in range(40):
            middle = 0.5 * (low + high)
            if middle**2 > x:
                high = middle
            else:
                low = middle
        return low

    found = doubts(record(by_hand, 2.0))
    assert found
    assert "test_solvers.py:" in found[0].where


def test_newton_by_hand_is_followed():
    """A loop of the user's own needs no rule."""

    def by_hand(x):
        t = 1.0
        for _ in range(20):
            t = 0.5 * (t + x / t)
        return t

    assert gradient(by_hand, 2.0) == pytest.approx(0.5 / math.sqrt(2.0), rel=1e-14)
