"""Laws of the walks: push and pull are adjoint, evaluation repeats the run, one new row serves every walk."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradcheck_tool.calculus import catalogue, rules
from gradcheck_tool.calculus.primitive import elementwise
from gradcheck_tool.calculus.worlds.world import FLOAT
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.evaluate import evaluate
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.push import push

# Each step turns a 2x3 array and the input vector into another 2x3 array.
STEPS = (
    lambda a, _x: np.sin(a),
    lambda a, _x: np.exp(-a * a),
    lambda a, x: a * x[:3],
    lambda a, x: a + x.reshape(2, 3),
    lambda a, x: a / (1.5 + np.abs(x[0])),
    lambda a, _x: np.tanh(a).T.reshape(2, 3),
    lambda a, _x: a @ np.array([[1.0, 0.5, 0.0], [0.0, 1.0, 0.25], [-0.5, 0.0, 1.0]]),
    lambda a, _x: a @ a.T @ a * 0.25,
    lambda a, _x: np.cumsum(a, axis=1) * 0.5,
    lambda a, _x: a - np.mean(a, axis=0, keepdims=True),
    lambda a, _x: np.where(a > 0.1, a, a**2),
    lambda a, _x: np.sort(a, axis=1),
    lambda a, _x: np.roll(a, 1, axis=0) * 1.25,
    lambda a, _x: a[[1, 0]][:, ::-1],
    lambda a, x: np.array([[math.sin(a[0, 0]), x[1], 2.0], [a[1, 2] * x[2], a[0, 1], a[1, 1]]]),
    lambda a, x: np.vstack([a[0], np.linalg.solve(np.eye(3) * 3 + np.outer(x[:3], x[3:]), a[1])]),
    lambda a, _x: np.sqrt(1.0 + a * a),
    lambda a, _x: np.einsum("ij,ik->jk", a, a)[:2] * 0.5,
    lambda a, _x: np.maximum(a, 0.2) + np.minimum(a, 0.1),
    lambda a, x: _written(a, x),
    lambda a, _x: np.logaddexp(a, 0.0) * np.max(a),
    lambda a, _x: a / np.linalg.norm(a, axis=1, keepdims=True).clip(0.5),
)


def _written(a, x):
    out = np.zeros((2, 3))
    out[0] = a[1]
    out[1, ::2] = x[:2]
    out.T[1] += a[0, :2]
    return out


def program(choices):
    def f(x):
        a = x.reshape(2, 3)
        for k in choices:
            a = STEPS[k](a, x)
        return a

    return f


programs = st.lists(st.integers(0, len(STEPS) - 1), min_size=1, max_size=8)
vectors = st.lists(st.floats(-2.0, 2.0).map(lambda v: round(v, 3)), min_size=6, max_size=6).map(np.array)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs, vectors, vectors, vectors)
def test_push_and_pull_are_adjoint(choices, x, v, w):
    """<w, J v> = <J' w, v> to a few ulps of the sum of the sizes of its terms."""
    trace = record(program(choices), x)
    line = trace.outputs[0]
    if type(line) is not int:
        return
    weights = w.reshape(2, 3)
    moved = np.broadcast_to(push(trace, [v[:, None]])[line], (2, 3, 1))[..., 0]
    pulled = np.broadcast_to(pull(trace, {line: weights})[0], 6)
    left, right = float(np.sum(weights * moved)), float(np.dot(pulled, v))
    jacobian = np.abs(reverse_jacobian(trace))
    size = float(np.abs(w) @ jacobian @ np.abs(v))
    assert abs(left - right) <= 64 * len(trace) * 2.0**-53 * (size + _inner(trace, v, w))


def _inner(trace, v, w):
    """The largest product met on the way: cancellation inside a program is not the walks' doing."""
    adjoints = pull(trace, {trace.outputs[0]: np.abs(w).reshape(2, 3)})
    tangents = push(trace, [np.abs(v)[:, None]])
    return max(
        float(np.max(np.abs(adjoint), initial=0.0)) * float(np.max(np.abs(tangent), initial=0.0))
        for adjoint, tangent in zip(adjoints, tangents, strict=True)
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs, vectors)
def test_evaluate_repeats_the_recorded_values(choices, x):
    """Replayed in floats at the same inputs, every line has its recorded value, to rounding of the other spelling."""
    trace = record(program(choices), x)
    for again, value in zip(evaluate(trace, [x], FLOAT), trace.value, strict=True):
        np.testing.assert_allclose(np.asarray(again, dtype=float), value, rtol=1e-12, atol=1e-13)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs, vectors)
def test_forward_and_reverse_give_one_jacobian(choices, x):
    """The two modes agree entry by entry."""
    trace = record(program(choices), x)
    forward, reverse = forward_jacobian(trace), reverse_jacobian(trace)
    assert np.all(np.abs(forward - reverse) <= 1e-11 * (1 + np.max(np.abs(reverse))))


def test_evaluate_is_exact_on_the_operations_of_the_processor():
    """Arithmetic, sqrt and the C library's functions of numbers repeat bit for bit."""

    def f(x):
        v = x[0]
        for k in range(20):
            v = math.sin(v) * x[1] + v / (x[2] + k) - math.sqrt(abs(v) + 1.0)
        return v

    trace = record(f, np.array([0.3, 1.7, 0.9]))
    assert list(map(float, evaluate(trace, [trace.value[0]], FLOAT)[1:])) == list(map(float, trace.value[1:]))


@pytest.fixture
def halved_log():
    """A row that no table has, entered for one test."""
    before = len(catalogue.ROWS), dict(catalogue.SPELLED)
    number = catalogue.add(elementwise("halved_log", "x", "log(x) / 2", ("1 / (2 * x)",), "numpy.spacing"))
    yield number
    for kept in rules._CACHE.values():
        for operation in [operation for operation in kept if operation >> 3 == number]:
            del kept[operation]
    del catalogue.ROWS[before[0] :]
    catalogue.SPELLED.clear()
    catalogue.SPELLED.update(before[1])
    del catalogue.NUMBER["halved_log"]


def test_a_row_added_at_run_time_serves_every_walk(halved_log):
    """One row gives evaluation, forward mode, reverse mode and second derivatives."""
    x = np.array([0.5, 2.0])
    trace = record(lambda v: np.sum(np.spacing(v)), x)
    assert trace.operation[1] >> 3 == halved_log
    np.testing.assert_array_equal(forward_jacobian(trace)[0], 1 / (2 * x))
    np.testing.assert_array_equal(reverse_jacobian(trace)[0], 1 / (2 * x))
    np.testing.assert_array_equal(evaluate(trace, [x], FLOAT)[1], np.log(x) / 2)
    np.testing.assert_allclose(hessian_matrix(trace), np.diag(-1 / (2 * x * x)), rtol=1e-15)


def test_the_added_row_is_gone():
    """The row of the test above left nothing behind."""
    assert "halved_log" not in catalogue.NUMBER
    assert "numpy.spacing" not in catalogue.SPELLED


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (lambda x: np.where(x[0] > 0, x[0], np.sqrt(x[0] - 1e300)), 1.0),
        (lambda x: np.sum(np.where(x > 0, x, np.log(x - 1.0))), 1.0),
        (lambda x: x[0] ** 0.0 + x[0], 1.0),
        (lambda x: np.sum(np.where(x < 5, x, np.exp(x * 1e6))), 1.0),
        (lambda x: 0.0 * np.sqrt(x[0] - x[0]) + x[0], 1.0),
        (lambda x: np.linalg.norm(x - x) + x[0], 1.0),
        (lambda x: np.std(x) + x[0], 1.0),
        (lambda x: np.logaddexp(0.0, x[0] * 1e4), 1e4),
        (lambda x: np.hypot(x[0] * 3e200, 0.0), 3e200),
        (lambda x: math.tanh(x[0] * 800) + x[0], 1.0),
        (lambda x: np.tanh(x[0] * 800) + x[0], 1.0),
    ],
)
def test_branches_not_taken_and_overflow_leave_no_trace(f, slope):
    """An infinite partial beside an exact zero, and an overflow inside a rule, do not spoil the derivative."""
    trace = record(f, np.array([1.25]))
    assert forward_jacobian(trace)[0, 0] == pytest.approx(slope, rel=1e-15)
    assert reverse_jacobian(trace)[0, 0] == pytest.approx(slope, rel=1e-15)


@pytest.mark.parametrize("f", [lambda x: x[0] / 0.0, lambda x: x[0] / 0, lambda x: np.sum(x / 0)])
def test_a_division_by_zero_that_numpy_allows_does_not_raise_in_a_walk(f):
    """Where NumPy answers inf, so does the derivative: Python's own division would raise."""
    with np.errstate(all="ignore"):
        trace = record(f, np.array([1.25]))
        assert not np.isfinite(forward_jacobian(trace)[0, 0])
        assert not np.isfinite(reverse_jacobian(trace)[0, 0])
