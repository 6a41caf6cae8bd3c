"""Linear algebra as users write it: forward, reverse and Hessians against differences of the plain function."""

from __future__ import annotations

import linear_programs
import numpy as np
import pytest
import scipy_linear_programs
from following import numbers

from gradcheck_tool import hessian, jacobian

X = np.array([0.83, -0.31, 0.57, 1.12, 0.46, -0.72])
PROGRAMS = [
    *linear_programs.SMOOTH,
    *((f"scipy {name}", f) for name, f in scipy_linear_programs.PROGRAMS),
]


def flat(result):
    return np.concatenate([np.ravel(np.asarray(leaf, dtype=float)) for leaf in numbers(result)])


def total(f, result_weights):
    """One number out of everything f returns, so that a Hessian exists."""

    def scalar(x):
        parts = numbers(f(x))
        whole, start = 0.0, 0
        for part in parts:
            size = np.size(part)
            whole = whole + np.sum(part * result_weights[start : start + size].reshape(np.shape(part)))
            start += size
        return whole

    return scalar


def extrapolated(f, x, h=0.02, levels=5):
    """The Jacobian by central differences, extrapolated to step 0 (Ridders 1982); and how far it is settled."""
    columns, gaps = [], []
    for k in range(x.size):
        table = []
        for level in range(levels):
            step = h / 2**level
            up, down = x.copy(), x.copy()
            up.flat[k] += step
            down.flat[k] -= step
            row = [(f(up) - f(down)) / (2 * step)]
            for order, coarser in enumerate(table[-1] if table else [], start=1):
                row.append(row[-1] + (row[-1] - coarser) / (4**order - 1))
            table.append(row)
        columns.append(table[-1][-1])
        gaps.append(np.abs(table[-1][-1] - table[-2][-1]))
    return np.stack(columns, axis=-1), np.stack(gaps, axis=-1)


def close(found, expected, gap, slack):
    scale = 1 + np.max(np.abs(expected))
    assert np.all(np.abs(found - expected) <= slack * scale + 10 * gap), np.max(np.abs(found - expected))


@pytest.mark.filterwarnings("ignore:Arrays of 2-dimensional vectors:DeprecationWarning")
@pytest.mark.filterwarnings("ignore::gradcheck_tool.complaint.DerivativeWarning")
@pytest.mark.parametrize("f", [f for _, f in PROGRAMS], ids=[name for name, _ in PROGRAMS])
def test_program(f):
    """Both Jacobians agree with extrapolated differences, the Hessian with differences of gradients."""
    plain = flat(f(X))
    expected, gap = extrapolated(lambda x: flat(f(x)), X)
    assert np.max(gap) < 1e-8 * (1 + np.max(np.abs(expected))), "the program is not smooth here"
    forward, reverse = (jacobian(lambda x: _one(numbers(f(x))), X, mode=mode) for mode in ("forward", "reverse"))
    assert forward.shape == (plain.size, X.size)
    close(forward, expected, gap, 1e-9)
    close(reverse, forward, 0.0, 1e-12)
    scalar = total(f, np.cos(np.arange(plain.size)))
    assert np.isclose(float(scalar(X)), plain @ np.cos(np.arange(plain.size)), rtol=1e-12)
    second = hessian(scalar, X)
    expected, gap = extrapolated(lambda x: jacobian(scalar, x), X)
    close(second, expected, gap, 1e-8)
    close(second, second.T, 0.0, 1e-9)


def _one(parts):
    return np.concatenate([np.ravel(part) for part in parts])
