"""One program, all modes: against differences of the plain function, extrapolated to order 8."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from gradcheck_tool import hessian, jacobian, jvp
from gradcheck_tool.tracing import record

DIRECTION = np.array([0.3, -0.2, 0.5, 0.9])


def leaves(result):
    """The numbers of a nest of results as one vector."""
    if isinstance(result, (list, tuple)):
        return np.concatenate([leaves(inner) for inner in result])
    return np.ravel(np.asarray(result, dtype=float))


def differences(f, x):
    """The Jacobian by central differences of four steps, Richardson's table on top of them."""

    def central(h):
        return np.stack([(leaves(f(x + h * e)) - leaves(f(x - h * e))) / (2 * h) for e in np.eye(x.size)], axis=-1)

    rows = [central(h) for h in (8e-3, 4e-3, 2e-3, 1e-3)]
    for power in (4, 16, 64):
        rows = [(power * fine - coarse) / (power - 1) for coarse, fine in pairwise(rows)]
    return rows[0]


def weighted(f):
    """A number that bends with every output of f."""

    def total(x):
        found = 0.0
        queue = [f(x)]
        while queue:
            inner = queue.pop()
            if isinstance(inner, (list, tuple)):
                queue.extend(inner)
            else:
                found = found + np.sum(inner * (1 + 0.3 * np.sin(inner)))
        return found

    return total


def matrix(f, x, mode):
    """The Jacobian by the engine, shape (m, n)."""

    def rows(block):
        if isinstance(block, (list, tuple)):
            return np.concatenate([rows(inner) for inner in block])
        return np.reshape(block, (-1, x.size))

    return rows(jacobian(f, x, mode=mode))


def assert_all_modes(f, x):
    """Values bit for bit, forward = reverse = one direction = differences, Hessians = differences of gradients."""
    np.testing.assert_array_equal(leaves(record(f, x).result), leaves(f(x.copy())))
    expected, forward, reverse = differences(f, x), matrix(f, x, "forward"), matrix(f, x, "reverse")
    scale = 1 + np.max(np.abs(expected))
    for found in (forward, reverse):
        assert found.dtype == float
        assert np.max(np.abs(found - expected)) < 1e-9 * scale, (found, expected)
    assert np.max(np.abs(forward - reverse)) < 1e-12 * scale
    _value, along = jvp(f, x, DIRECTION)
    assert np.max(np.abs(leaves(along) - forward @ DIRECTION)) < 1e-12 * scale
    total = weighted(f)
    bent = differences(lambda at: matrix(total, at, "reverse"), x)
    assert np.max(np.abs(hessian(total, x) - bent)) < 1e-7 * (1 + np.max(np.abs(bent)))
