"""Law: where a walk takes a cheaper way for plain arrays, it comes to the same derivative as the long way."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from gradcheck_tool import gradient, hessian, jacobian, jvp
from gradcheck_tool.calculus.tables.linalg import _inverse_of_lower
from gradcheck_tool.walks.values import finite

RNG = np.random.default_rng(7)
WEIGHTS = RNG.normal(size=(20, 60, 8))
TURNED = RNG.normal(size=(8, 20, 60))
VECTORS = RNG.normal(size=(600, 8))


def middle(x):
    """Repeated over an axis in the middle, taken away and multiplied by itself."""
    gaps = WEIGHTS - x.reshape(20, 1, 8)
    return np.sum(gaps * gaps)


def front(x):
    """Repeated over the first axis."""
    gaps = VECTORS - x
    return np.sum(np.sum(gaps * gaps, axis=1) ** 2) / 1e3


def moved(x):
    """Axes moved in three ways of NumPy."""
    y = np.exp(0.1 * x).reshape(4, 5, 6)
    z = np.moveaxis(np.swapaxes(y, 0, 2), 1, 0) * np.transpose(y, (1, 2, 0))
    return np.sum(z * TURNED.ravel()[:120].reshape(5, 6, 4))


def factored(x):
    """A Cholesky factor large enough to be inverted by halves."""
    t = np.linspace(0, 4, 75)
    K = x[0] ** 2 * np.exp(-((t[:, None] - t[None, :]) ** 2) / x[1] ** 2) + x[2] ** 2 * np.eye(75)
    L = np.linalg.cholesky(K)
    return np.sum(np.log(np.diag(L))) + np.sum(np.sin(t) * L[:, 3]) + L[70, 50]


POINTS = [
    (middle, RNG.normal(size=160)),
    (front, RNG.normal(size=8)),
    (moved, RNG.normal(size=120)),
    (factored, np.array([1.3, 0.8, 0.6])),
]


def slope(f, x, v):
    """The directional derivative, by extrapolated central differences of the plain function."""
    steps = [2e-3 / 2**k for k in range(4)]
    row = [(f(x + h * v) - f(x - h * v)) / (2 * h) for h in steps]
    for order in (4, 16, 64):
        row = [(order * b - a) / (order - 1) for a, b in pairwise(row)]
    return row[0]


@pytest.mark.parametrize(("f", "x"), POINTS, ids=lambda f: getattr(f, "__name__", ""))
def test_both_modes_agree_with_differences(f, x):
    """One push, one pull, the push of all directions: one number along a direction."""
    v = RNG.normal(size=x.shape)
    v /= np.linalg.norm(v)
    g = gradient(f, x)
    scale = np.linalg.norm(g)
    assert abs(jvp(f, x, v)[1] - g @ v) <= 1e-11 * scale
    assert np.allclose(jacobian(f, x, mode="forward"), g, rtol=1e-9, atol=1e-11 * scale)
    assert abs(slope(f, x, v) - g @ v) <= 1e-7 * scale


@pytest.mark.parametrize(("f", "x"), [POINTS[1], POINTS[3]], ids=lambda f: getattr(f, "__name__", ""))
def test_second_derivatives_take_the_long_way_to_the_same_end(f, x):
    """The Hessian against differences of gradients."""
    H = hessian(f, x)
    h = 1e-4
    for k, unit in enumerate(np.eye(x.size)):
        column = (8 * (gradient(f, x + h * unit) - gradient(f, x - h * unit))
                  - (gradient(f, x + 2 * h * unit) - gradient(f, x - 2 * h * unit))) / (12 * h)  # fmt: skip
        assert np.allclose(H[k], column, rtol=1e-6, atol=1e-7 * np.abs(H).max())


def test_ties_share():
    """At a tie of an array's maximum each side has one half, beside numbers and beside arrays; nan is no tie."""
    x = np.array([1.0, 2.0, 3.0])
    assert gradient(lambda x: np.sum(np.maximum(x, 2.0)), x).tolist() == [0.0, 0.5, 1.0]
    assert gradient(lambda x: np.sum(np.minimum(x, 4.0 - x)), x).tolist() == [1.0, 0.0, -1.0]
    assert jvp(lambda x: np.sum(np.maximum(2.0, x)), x, np.ones(3))[1] == 1.5


@pytest.mark.parametrize("shape", [(1, 1), (33, 33), (3, 40, 40), (101, 101)])
def test_the_inverse_of_a_triangle(shape):
    """By halves as by NumPy, and nothing above the diagonal."""
    low = np.tril(RNG.normal(size=shape)) + 6 * np.eye(shape[-1])
    found = _inverse_of_lower(low)
    assert np.allclose(found, np.linalg.inv(low), rtol=1e-10, atol=1e-13)
    assert not np.triu(found, 1).any()


def test_large_entries_are_finite_though_their_squares_are_not():
    """The quick look at the sum of squares is only a look."""
    assert finite(np.array([1e200, 1.0]))
    assert not finite(np.array([np.inf, 1.0]))
    assert not finite(np.array([[np.nan, 1.0]]).T)
