"""Integrals and initial value problems by SciPy against closed forms, in every mode."""

from __future__ import annotations

import math

import numpy as np
import pytest
from closed_forms import X, assert_like
from following import assert_followed, numbers
from scipy import integrate, special
from scipy.integrate import odeint, quad, solve_ivp
from scipy.optimize import brentq

from gradcheck_tool import jacobian
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record

PAIRS = {}
LOOSE = {}


def integrates(closed, rtol=1e-11, kept=PAIRS):
    """Remember a program, the closed form of what it computes and how near they come."""

    def keep(f):
        kept[f.__name__] = (f, closed, rtol)
        return f

    return keep


@integrates(lambda x: x[1] * (1 - np.exp(-x[0])) / x[0])
def in_a_closure(x):
    return quad(lambda t: np.exp(-t * x[0]) * x[1], 0, 1)[0]


@integrates(lambda x: x[1] * (1 - np.exp(-x[0])) / x[0])
def in_args(x):
    return quad(lambda t, a, b: math.exp(-t * a) * b, 0, 1, args=(x[0], x[1]))[0]


@integrates(lambda x: np.sin(x[1]) - np.sin(x[0]))
def active_limits(x):
    return quad(np.cos, x[0], x[1])[0]


@integrates(lambda x: (1 - np.exp(-x[0] * x[1])) / x[0])
def active_limit_and_parameter(x):
    return quad(lambda t: np.exp(-t * x[0]), 0.0, x[1])[0]


@integrates(lambda x: (np.exp(-x[0] * x[1]) - 1) / x[0])
def reversed_limits(x):
    return quad(lambda t: np.exp(-t * x[0]), x[1], 0.0)[0]


@integrates(lambda x: np.exp(-x[0] * x[1]) / x[0])
def to_infinity(x):
    return quad(lambda t: np.exp(-t * x[0]), x[1], np.inf)[0]


@integrates(lambda x: np.exp(x[0] * x[1]) / x[0])
def from_minus_infinity(x):
    return quad(lambda t: np.exp(t * x[0]), -np.inf, x[1])[0]


@integrates(lambda x: np.sqrt(2 * np.pi) * x[1] + 0.0 * x[0])
def over_the_line(x):
    return quad(lambda t: np.exp(-((t - x[0]) ** 2) / 2 / x[1] ** 2), -np.inf, np.inf)[0]


@integrates(lambda x: np.pi / x[0])
def slow_decay(x):
    return quad(lambda t: 1.0 / (1.0 + (t * x[0]) ** 2), -np.inf, np.inf)[0]


@integrates(special.gamma, 1e-9)
def gamma_function(x):
    return np.array(
        [quad(lambda t, p=p: t ** (p - 1) * np.exp(-t), 0, np.inf, epsabs=1e-13)[0] for p in (x[0] + 1, x[1])]
    ) / (np.array([x[0], 1.0]))


@integrates(lambda x: 2 * x[0] / np.sqrt(x[1]), 1e-9)
def root_at_the_end(x):
    return quad(lambda t: x[0] / np.sqrt(t * x[1]), 0, 1)[0]


@integrates(lambda x: 0.5 * x[0] ** 2 + 0.5 * (5 - x[0]) ** 2)
def kink_at_a_named_point(x):
    return quad(lambda t: abs(t - x[0]), 0, 5, points=[x[0]])[0]


@integrates(lambda x: x[0] * x[1] + 2.0 * (5 - x[1]))
def jump_at_a_named_point(x):
    return quad(lambda t: x[0] if t < x[1] else 2.0, 0, 5, points=[x[1]])[0]


@integrates(lambda x: 0.045 + 0.5 * (x[0] - 0.3) ** 2, 1e-7)
def fixed_kink_and_active_limit(x):
    return quad(lambda t: abs(t - 0.3), 0, x[0], points=[0.3])[0]


@integrates(lambda x: x[1] * (1 - np.cos(50 * x[0])) / (50 * x[0]), 1e-9)
def oscillating(x):
    return quad(lambda t: np.sin(50 * t * x[0]) * x[1], 0, 1, limit=200)[0]


@integrates(lambda x: x[0] * x[1] / 8.0)
def quad_in_quad(x):
    return quad(lambda t: quad(lambda s: s * t * x[0], 0, t)[0] * x[1], 0, 1)[0]


@integrates(lambda x: x[1] / x[0])
def quad_in_a_root(x):
    return brentq(lambda t: quad(lambda s: x[0] + 0.0 * s, 0, t)[0] - x[1], 0, 3)


@integrates(lambda x: np.array([x[0] / 2, (1 - np.cos(x[1])) / x[1]]))
def of_vectors(x):
    return integrate.quad_vec(lambda t: np.array([t * x[0], np.sin(t * x[1])]), 0, 1)[0]


@integrates(lambda x: np.array([x[0] ** 3 / 3, x[0] ** 2]))
def fixed_nodes(x):
    return integrate.fixed_quad(lambda t: np.stack([t * t, t * 2.0]), 0.0, x[0], n=3)[0]


@integrates(lambda x: x[1] * np.exp(-x[0]), 1e-9)
def tight_runge_kutta(x):
    return solve_ivp(lambda t, y: -x[0] * y, (0, 1), [x[1]], rtol=1e-12, atol=1e-13).y[0, -1]


@integrates(lambda x: np.exp(-x[0] * x[1]), 1e-9)
def to_an_active_time(x):
    return solve_ivp(lambda t, y: -x[0] * y, (0.0, x[1]), [1.0], rtol=1e-12, atol=1e-13).y[0, -1]


def _radau(method):
    def f(x):
        found = solve_ivp(lambda t, y: -x[0] * y, (0, 1), [x[1]], method, [0.0, 0.5, 1.0], rtol=1e-9, atol=1e-12)
        return found.y[0]

    return f


def assert_near(f, closed, rtol):
    """As `assert_like`, for values that the library itself gets to `rtol` only."""
    expected = np.atleast_2d(jacobian(closed, X))
    for mode in ("forward", "reverse"):
        np.testing.assert_allclose(np.atleast_2d(jacobian(f, X, mode)), expected, rtol=rtol, atol=rtol)


@pytest.mark.parametrize("name", PAIRS)
def test_like_the_closed_form(name):
    """Values are SciPy's own, derivatives those of the integral."""
    f, closed, rtol = PAIRS[name]
    if closed is special.gamma:
        assert_near(f, lambda x: special.gamma(x), 1e-9)
    else:
        assert_like(f, closed, rtol=rtol)


@pytest.mark.parametrize("method", ["DOP853", "Radau", "BDF", "LSODA"])
def test_other_methods(method):
    """The derivative is that of the solution, where the method got it to six digits."""
    times = np.array([0.0, 0.5, 1.0])
    assert_near(_radau(method), lambda x: x[1] * np.exp(-x[0] * times), 1e-10)


def test_end_of_other_methods():
    """The last state is followed although the times in between are the method's own."""
    assert_near(
        lambda x: solve_ivp(lambda t, y: -x[0] * y, (0, x[1]), [1.0], "LSODA", rtol=1e-9, atol=1e-12).y[0, -1],
        lambda x: np.exp(-x[0] * x[1]), 1e-10,
    )  # fmt: skip


@pytest.mark.parametrize("tfirst", [False, True])
def test_odeint(tfirst):
    """``odeint`` with recorded parameters, start and times."""

    def f(x):
        def slope(y, t):
            return [y[1], -x[0] * y[0]]

        times = np.array([0.0, 0.5, 1.0]) * x[1]
        return odeint((lambda t, y: slope(y, t)) if tfirst else slope, [1.0, 0.5 * x[1]], times, tfirst=tfirst)[:, 0]

    def closed(x):
        w, t = np.sqrt(x[0]), np.array([0.0, 0.5, 1.0]) * x[1]
        return np.cos(w * t) + 0.5 * x[1] / w * np.sin(w * t)

    assert_near(f, closed, 1e-9)


PROGRAMS = {
    "default tolerances": lambda x: solve_ivp(lambda t, y: -x[0] * y, (0, 1), [x[1]]).y[0, -1],
    "pendulum": lambda x: (
        solve_ivp(
            lambda t, y: [y[1], -x[0] * np.sin(y[0])],
            (0, 3),
            [1.0, x[1]],
            rtol=1e-8,
            atol=1e-10,
            t_eval=np.linspace(0, 3, 4),
        ).y
    ),
    "RK23 and args": lambda x: solve_ivp(
        lambda t, y, a: np.array([y[1], -a * y[0]]), (0, 2), [1.0, 0.5], "RK23", args=(x[0],)
    ).y[:, -1],
    "backwards": lambda x: solve_ivp(lambda t, y: -x[0] * y, (1, 0), [x[1]], t_eval=[0.8, 0.1]).y[0],
    "first and largest step": lambda x: solve_ivp(
        lambda t, y: -x[0] * y * y, (0, 1), [x[1]], max_step=0.2, first_step=0.05
    ).y[0],
    "nothing recorded": lambda x: solve_ivp(lambda t, y: -y, (0, 1), [1.0]).y[0, -1] * x,
    "no error at all": lambda x: solve_ivp(lambda t, y: x[0] + 0.0 * y, (0, 1), [x[1]]).y[0, -1],
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_step_by_step(name):
    """RK45 and RK23 are followed with their step-size control: the derivative is that of the very numbers."""
    f = PROGRAMS[name]
    assert_followed(f, X)
    assert np.array_equal(np.ravel(record(lambda v: numbers(f(v)), X).result), np.ravel(f(X)))


REFUSALS = {
    "scipy.integrate.quad": [
        lambda x: quad(lambda t: abs(t - x[0]), 0, 5)[0],
        lambda x: quad(lambda t: 1.0 if t < x[0] else 0.0, 0, 5)[0],
        lambda x: quad(lambda t: max(t - x[0], 0.0) ** 3, 0, 5)[0],
        lambda x: quad(lambda t: np.sign(t - x[0]) * x[1], 0, 2.6)[0],
        lambda x: quad(lambda t: t * x[0], 0, 1, weight="cos", wvar=2.0)[0],
        lambda x: quad(lambda t: t * x[0], 0, 1, full_output=1)[2]["rlist"][0],
        lambda x: quad(lambda t: 1.0 / np.sqrt(x[0] - t), 0, x[0])[0],
    ],
    "scipy.integrate.dblquad": [lambda x: integrate.dblquad(lambda s, t: s * t * x[0], 0, 1, 0, 1)[0]],
    "scipy.integrate.nquad": [lambda x: integrate.nquad(lambda s, t: s * t * x[0], [[0, 1], [0, 1]])[0]],
    "scipy.integrate.solve_ivp": [
        lambda x: solve_ivp(lambda t, y: -np.sign(y - x[0]) - 1.5, (0, 1), [x[1]], rtol=1e-6).y[0, -1],
        lambda x: solve_ivp(lambda t, y: -1.0 if y[0] > x[0] else -2.0, (0, 1), [x[1]]).y[0, -1],
        lambda x: solve_ivp(lambda t, y: -x[0] * y, (0, 1), [1.0], events=lambda t, y: y[0] - 0.5).y[0, -1],
        lambda x: solve_ivp(lambda t, y: -x[0] * y, (0, 1), [1.0], dense_output=True).sol(0.5)[0],
        lambda x: solve_ivp(lambda t, y: -x[0] * y, (0, 1), [1.0], method="LSODA").y[0, -1],
        lambda x: solve_ivp(lambda t, y: -x[0] * y, (0, 1), [1.0], "Radau", rtol=1e-9, atol=1e-9).y[0, 2],
    ],
    "scipy.integrate.odeint": [
        lambda x: odeint(lambda y, t: -1.0 if y[0] > x[0] else -2.0, x[1], [0.0, 1.5])[1],
        lambda x: odeint(lambda y, t: -np.abs(y - x[0]) - 1.0, x[1], [0.0, 1.5])[1],
        lambda x: odeint(lambda y, t: -np.maximum(y, x[0]), x[1], [0.0, 1.5])[1],
        lambda x: odeint(lambda y, t: -x[0] * y, [1.0], [0.0, 1.0], rtol=1e-3, atol=1e-3)[1],
    ],
    "scipy.integrate.RK45": [lambda x: integrate.RK45(lambda t, y: -x[0] * y, 0, [1.0], 1).y],
}


@pytest.mark.parametrize(("name", "f"), [(name, f) for name, listed in REFUSALS.items() for f in listed])
@pytest.mark.filterwarnings("ignore")
def test_refused(name, f):
    """By the name of the function, with the line and a remedy."""
    with pytest.raises(CannotFollow) as caught:
        jacobian(f, X)
    assert name in str(caught.value)
    assert "test_solvers_integrals.py:" in caught.value.where
    assert caught.value.remedy


def test_a_kink_at_a_nice_place_is_seen():
    """Panels are never cut at simple fractions, where a kink would hide between two of them."""
    for place in (0.5, 0.25, 0.75, 0.125, 1.0 / 3.0):
        with pytest.raises(CannotFollow):
            jacobian(lambda x: quad(lambda t: abs(t - x[0]), 0, 1)[0], np.array([place]))
