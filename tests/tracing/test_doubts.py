"""A derivative that may not be the function's is never handed out without a word."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from gradcheck_tool import DerivativeWarning, gradient, hessian, jacobian


def guarded(x):
    if x == 0:
        return 1.0
    return np.sin(x) / x


def bisected(x):
    low, high = 0.0, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        if middle * middle > x:
            high = middle
        else:
            low = middle
    return middle


def looked_up(x):
    return [1.0, 2.0, 3.0][int(x)]


def ties(x):
    return np.where(x == x[::-1], x, 2 * x).sum()


@pytest.mark.parametrize(
    ("f", "x", "line"),
    [
        (guarded, 0.0, "if x == 0:"),
        (bisected, 2.0, ""),
        (looked_up, 1.5, ""),
        (ties, np.array([1.0, 2.0, 1.0]), "np.where(x == x[::-1]"),
        (lambda x: 2 * x if x <= 1.0 else x, 1.0, "if x <= 1.0"),
        (lambda x: np.where(x > 0.5, x, -x).sum(), np.array([0.2, 0.5]), "x > 0.5"),
        (np.linalg.norm, np.zeros(2), ""),
    ],
)
def test_warns_with_the_line(f, x, line):
    """Each way to a derivative warns, naming the decision and pointing at the caller."""
    for way in (gradient, jacobian):
        with pytest.warns(DerivativeWarning, match="the derivative is that of the branch taken") as caught:
            way(f, x)
        assert line in str(caught[0].message)
        assert f is np.linalg.norm or "test_doubts.py:" in str(caught[0].message)
        assert caught[0].filename == __file__


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (guarded, 0.5),
        (lambda x: x * x if x > 0 else -x, 0.5),
        (lambda x: max(x[0], x[1]) * 2, np.array([1.0, 2.0])),
        (lambda x: float(int(x)) * x, 2.5),
        (lambda x: 3.0, 2.5),
    ],
)
def test_is_quiet_otherwise(f, x):
    """Branches decided clearly need no word."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gradient(f, x)
        jacobian(f, x)
        hessian(f, x)
