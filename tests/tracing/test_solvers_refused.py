"""Calls into SciPy's solvers that have no derivative, or none that we know: refused by name, line and remedy."""

from __future__ import annotations

import numpy as np
import pytest
from closed_forms import X
from scipy import optimize
from scipy.optimize import brentq, fsolve, minimize, root_scalar

from gradcheck_tool import jacobian
from gradcheck_tool.complaint import CannotFollow

TIMES = np.linspace(0.0, 2.0, 9)


def valley(z, p):
    return (z[0] - p[0]) ** 2 + 3 * (z[1] - p[0] * p[1]) ** 2 + 0.5 * p[1]


def history(x):
    seen = []

    def watched(t):
        seen.append(t)
        return t**3 - x[0]

    root = brentq(watched, 0, 5)
    return seen[4] * root


def history_of_values(x):
    seen = []

    def watched(t):
        seen.append(t**3 - x[0])
        return seen[-1]

    brentq(watched, 0, 5)
    return seen[3] * 1.0


def written_aside(x):
    kept = np.zeros(1)

    def watched(t):
        if t < 1.0:
            kept[0] = t * x[0]
        return t**3 - 20.0 * x[0]

    return brentq(watched, 0.5, 5) + kept[0]


REFUSALS = {
    "scipy.optimize.brentq": [
        history,
        history_of_values,
        written_aside,
        lambda x: brentq(lambda t: 1.0 if t > x[0] else -1.0, 0, 5),
    ],
    "scipy.optimize.newton": [
        lambda x: optimize.newton(lambda t: (t - x[0]) ** 2, 3.0),
        lambda x: optimize.newton(lambda t: t**3 - x[0], 9.0, maxiter=3, disp=False),
    ],
    "scipy.optimize.bisect": [lambda x: optimize.bisect(lambda t: t**3 - x[0], 0, 5, xtol=1e-2)],
    "scipy.optimize.root_scalar": [
        lambda x: root_scalar(lambda t: t**3 - x[0], x0=9.0, fprime=lambda t: 3 * t * t, maxiter=2).root
    ],
    "scipy.optimize.fsolve": [
        lambda x: fsolve(lambda z: [z[0] + z[1] - x[0], 2 * z[0] + 2 * z[1] - 2 * x[0]], [0.0, 0.0]),
        lambda x: fsolve(lambda z: [z[0] - x[0]], [0.0], full_output=True)[1]["fjac"][0, 0],
    ],
    "scipy.optimize.minimize": [
        lambda x: minimize(valley, [1.0, 1.0], args=(x,), bounds=[(0, 0.5), (0, 9)]).x,
        lambda x: minimize(valley, [1.0, 1.0], args=(x,), constraints={"type": "eq", "fun": lambda z: z[0] - z[1]}).x,
        lambda x: minimize(valley, [1.0, 1.0], args=(x,)).hess_inv[0, 0],
        lambda x: minimize(valley, [1.0, 1.0], args=(x,), method="L-BFGS-B").hess_inv.todense()[0, 0],
        lambda x: minimize(valley, [1.0, 1.0], args=(x,), options={"maxiter": 1}).x,
    ],
    "scipy.optimize.curve_fit": [
        lambda x: optimize.curve_fit(lambda t, a, b: a + b * t, TIMES, x[0] * TIMES**2)[1],
    ],
    "scipy.optimize.least_squares": [
        lambda x: optimize.least_squares(lambda z: z - x, [0.0, 0.0], loss="huber").x,
        lambda x: optimize.least_squares(lambda z: z - x**2, [0.0, 0.0]).jac,
    ],
    "scipy.optimize.nnls": [lambda x: optimize.nnls(np.eye(2), x)[0]],
    "scipy.optimize.linprog": [lambda x: optimize.linprog(x, bounds=(0, 1)).x],
    "scipy.optimize.golden": [lambda x: optimize.golden(lambda t: (t - x[0]) ** 2)],
    "scipy.optimize.approx_fprime": [
        lambda x: optimize.approx_fprime(x, lambda v: v @ v),
        lambda x: optimize.approx_fprime(np.ones(2), lambda v: v @ x),
    ],
    "scipy.optimize.differential_evolution": [
        lambda x: optimize.differential_evolution(lambda z: (z[0] - x[0]) ** 2, [(0, 3)], maxiter=2).x
    ],
    "scipy.optimize.brute": [lambda x: optimize.brute(lambda z: (z - x[0]) ** 2, [(0, 3)], Ns=5)],
}


@pytest.mark.parametrize(("name", "f"), [(name, f) for name, listed in REFUSALS.items() for f in listed])
@pytest.mark.filterwarnings("ignore")
def test_refused(name, f):
    """By the name of the function, with the line and a remedy."""
    with pytest.raises(CannotFollow) as caught:
        jacobian(f, X)
    assert name in str(caught.value)
    assert "test_solvers_refused.py:" in caught.value.where
    assert caught.value.remedy
