"""A program that calls a solver, and the closed form of what it computes: compared in every mode."""

from __future__ import annotations

import numpy as np
from following import differences, flat, numbers

from gradcheck_tool import hessian, jacobian
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian

X = np.array([1.3, 2.1])


def assert_like(f, closed, x=X, rtol=1e-11):
    """Both Jacobians and the Hessian of a weighted sum are those of the closed form, the value the plain one."""
    trace = record(lambda v: numbers(f(v)), x)
    assert np.array_equal(flat(trace.result), flat(f(x.copy())))
    expected = np.atleast_2d(jacobian(closed, x))
    np.testing.assert_allclose(expected, differences(closed, x), rtol=1e-7, atol=1e-9)
    scale = rtol * (1 + np.max(np.abs(expected)))
    np.testing.assert_allclose(forward_jacobian(trace), expected, rtol=rtol, atol=scale)
    np.testing.assert_allclose(reverse_jacobian(trace), expected, rtol=rtol, atol=scale)
    weights = np.cos(np.arange(np.size(closed(x)))).reshape(np.shape(closed(x)))
    mine, theirs = (hessian(lambda v, g=g: np.sum(g(v) * weights), x) for g in (f, closed))
    np.testing.assert_allclose(mine, theirs, rtol=10 * rtol, atol=10 * rtol * (1 + np.max(np.abs(theirs))))
