"""One direction in forward mode gives what all directions give, for every function that has a rule."""

from __future__ import annotations

import math

import numpy as np
import pytest
from test_functions import FUNCTIONS, X

from gradcheck_tool import jacobian, jvp

V = np.array([0.4, -1.2, 0.7, 0.3, -0.5, 1.1])


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_one_direction_is_the_jacobian_times_it(name):
    """``jvp`` along V is the forward Jacobian times V, shaped as the result."""
    f = FUNCTIONS[name]
    value, moved = jvp(f, X, V)
    if isinstance(value, (tuple, list)):
        pytest.skip("results of several parts are compared below")
    matrix = np.asarray(jacobian(f, X, mode="forward"))
    assert np.shape(moved) == np.shape(value)
    scale = np.abs(matrix) @ np.abs(V) + 1e-2  # some are 0 by the cancellation of terms of size 1
    assert np.all(np.abs(np.asarray(moved) - matrix @ V) <= 1e-12 * scale)


def loop(x):
    total = 0.0
    for k in range(len(x)):
        total = total + math.sin(x[k]) * x[-1] ** 2 / (1.0 + x[0])
    return total


def parts(x):
    return {"a": x[1:] * x[0], "b": (np.sum(x), 3.0), "c": x[2]}


def test_scalar_code():
    """Numbers read from an array are pushed as plain floats."""
    value, moved = jvp(loop, X, V)
    assert value == loop(X)
    assert moved == pytest.approx(jacobian(loop, X, mode="forward") @ V, rel=1e-14)
    assert isinstance(moved, float)


def test_results_of_several_parts():
    """A nest of results gives a nest of tangents; what does not depend on the input does not move."""
    _value, moved = jvp(parts, X, V)
    np.testing.assert_allclose(moved["a"], V[1:] * X[0] + X[1:] * V[0], rtol=1e-15)
    assert moved["b"][0] == pytest.approx(V.sum())
    assert moved["b"][1] == 0.0
    assert moved["c"] == V[2]


def test_an_infinite_partial_that_nothing_moves():
    """A root at 0 whose argument does not move along this direction leaves the others right."""
    _value, moved = jvp(lambda x: np.sqrt(x[0]) + x[1] ** 2, np.array([0.0, 3.0]), np.array([0.0, 1.0]))
    assert moved == 6.0


def test_inside_another_derivative():
    """A direction that is itself recorded is pushed in the numbers of the outer recording."""
    _value, moved = jvp(lambda x: jvp(lambda y: y**3 * x, x, 1.0)[1], 2.0, 1.0)
    assert moved == pytest.approx(3 * 3 * 2.0**2)
