"""Random programs of writes: through views, aliases, masks and index arrays, in both modes against differences."""

from __future__ import annotations

import numpy as np
import pytest
from writing import program

from gradcheck_tool.calculus.worlds.world import FLOAT
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.evaluate import evaluate
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian

X = np.array([0.83, 0.31, 0.57, 0.72, 0.44, 0.65])


def differences(f, h=1e-5):
    def at(k, step):
        x = X.copy()
        x[k] += step
        return f(x)

    with np.errstate(all="ignore"):
        return np.array(
            [(8 * (at(k, h) - at(k, -h)) - (at(k, 2 * h) - at(k, -2 * h))) / (12 * h) for k in range(X.size)]
        )


@pytest.mark.parametrize("block", range(8))
def test_written_arrays_are_followed(block):
    """Fifty programs of 4 to 14 writes each: the plain value, and the derivative of its differences in both modes."""
    followed = 0
    for seed in range(50 * block, 50 * block + 50):
        f = program(seed)
        expected = differences(f)
        if not np.all(np.isfinite(expected)):
            continue
        trace = record(f, X)
        value = f(X.copy())
        assert abs(trace.result - value) <= 1e-13 * abs(value), (seed, f.start, f.steps)
        slack = 1e-5 * (1 + np.abs(expected)) * max(1.0, abs(value)) ** 0.5
        forward, reverse = forward_jacobian(trace)[0], reverse_jacobian(trace)[0]
        assert np.all(np.abs(reverse - expected) <= slack), (seed, f.start, f.steps)
        assert np.all(np.abs(forward - reverse) <= 1e-10 * (1 + np.abs(reverse))), (seed, f.start, f.steps)
        for kept, replayed in zip(trace.value, evaluate(trace, [X.copy()], FLOAT), strict=True):
            # Nothing a line keeps was overwritten by a later one.
            assert kept is None or np.allclose(kept, replayed, rtol=1e-6, atol=1e-9, equal_nan=True), seed
        followed += 1
    assert followed >= 45


def test_filling_costs_what_it_holds():
    """A vector filled element by element costs a number of lines in proportion to its length, not its square."""

    def fill(x):
        y = np.zeros(300)
        y[0] = x[0]
        for k in range(1, 300):
            y[k] = y[k - 1] * x[1]
        return y[-1]

    trace = record(fill, np.array([1.0, 0.99]))
    assert len(trace) < 310
    assert sum(np.size(value) for value in trace.value) < 400


@pytest.mark.parametrize(
    "copy", [lambda a: a.copy(), np.copy, lambda a: np.array(a), lambda a: a.copy("F"), lambda a: a * 1.0]
)
def test_copies_have_the_memory_order_numpy_gives_them(copy):
    """Whether a later reshape is a view or a copy depends on it, and with it what a write reaches."""

    def f(x):
        a = np.zeros((3, 2), order="F")
        a[:, 0] = x[:3]
        b = copy(a)
        b.reshape(-1)[1] = x[3] * 7.0
        return np.sum(b * np.arange(6.0).reshape(3, 2))

    trace = record(f, X)
    assert trace.result == pytest.approx(f(X.copy()), rel=1e-15)


def test_a_kept_view_sees_later_writes():
    """A view read after its base was written holds what the base now holds."""

    def f(x):
        y = np.zeros((2, 2))
        row, column = y[0], y[:, 0]
        y[...] = x[0]
        column *= x[1]
        return row[0] + 10 * row[1] + 100 * column[1]

    trace = record(f, np.array([2.0, 3.0]))
    assert trace.result == 6 + 20 + 600
    np.testing.assert_array_equal(reverse_jacobian(trace)[0], [3 + 10 + 300, 2 + 200])


def test_the_users_input_array_is_never_written():
    """A function that overwrites its argument overwrites the recorder's copy."""

    def f(x):
        x *= 2.0
        x[0] = x[1] ** 2
        return np.sum(x)

    x = np.array([1.0, 2.0, 3.0])
    trace = record(f, x)
    np.testing.assert_array_equal(x, [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(reverse_jacobian(trace)[0], [0.0, 2.0 + 2 * 4 * 2, 2.0])
