"""Random programs: forward, reverse and Hessians against 80 digits, and against each other."""

from __future__ import annotations

import numpy as np
import pytest
from digits import Digits
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_programs import N, sources
from standins import load

from gradcheck_tool import hessian, jacobian, jvp, vjp

pytestmark = pytest.mark.filterwarnings("ignore")  # of decisions: a random program takes many
RTOL = 1e-9
LAW = 1e-11
LARGE = 1e6  # beyond, round-off of the plain run decides
DETERMINISTIC = settings(
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
POINT = st.lists(st.integers(-190, 190), min_size=N, max_size=N, unique_by=abs).map(lambda v: np.array(v) / 97.0)
DIRECTION = st.lists(st.sampled_from([-1.0, -0.5, 0.25, 1.0]), min_size=N, max_size=N).map(np.array)


def plain(source):
    names = {"__name__": "random_program"}
    exec(compile(source, "random_program.py", "exec"), names)  # noqa: S102 - our own text
    return names


def digits(source, name, x):
    """The program at 80 digits; draws whose point lies on a kink are dropped."""
    run = Digits(load(source, "random_program.py")[name], x)
    found = run.jacobian()
    assume("left" not in found)
    want = np.array(found["jacobian"])
    assume(np.abs(want).max() < LARGE)
    return run, want


def assert_near(got, want, rtol=RTOL):
    scale = np.maximum(np.abs(want), 1e-3 * np.abs(want).max(axis=-1, keepdims=True) + 1e-4)
    assert np.all(np.abs(got - want) <= rtol * scale), (got, want)


@settings(DETERMINISTIC, max_examples=200)
@given(sources(), POINT)
def test_first_derivatives_have_all_digits(source, x):
    """Both modes agree with differences at 80 digits."""
    _, want = digits(source, "f", x)
    f = plain(source)["f"]
    assert_near(jacobian(f, x, mode="forward"), want)
    assert_near(jacobian(f, x, mode="reverse"), want)


@settings(DETERMINISTIC, max_examples=70)
@given(sources(), POINT)
def test_second_derivatives_have_all_digits(source, x):
    """Hessians agree with second differences at 80 digits."""
    run, want = digits(source, "h", x)
    second = run.hessian()
    assume(second is not None)
    second = np.array(second)
    scale = max(1.0, np.abs(second).max(), np.abs(want).max())
    assume(scale < LARGE)
    got = hessian(plain(source)["h"], x)
    assert np.all(np.abs(got - second) <= RTOL * np.maximum(np.abs(second), 1e-3 * scale)), (got, second)


@settings(DETERMINISTIC, max_examples=300)
@given(sources(), POINT, DIRECTION, DIRECTION)
def test_forward_and_reverse_are_transposed(source, x, v, w):
    """``<J v, w> = <v, J' w>`` for all directions."""
    f = plain(source)["f"]
    with np.errstate(all="ignore"):
        value, moved = jvp(f, x, v)
        again, pull_back = vjp(f, x)
        pulled = pull_back(w)
        matrix = jacobian(f, x, mode="reverse")
    assume(np.all(np.isfinite(matrix)) and np.abs(matrix).max() < LARGE)
    assert np.array_equal(value, f(x.copy()), equal_nan=True)
    assert np.array_equal(value, again, equal_nan=True)
    scale = np.abs(w) @ np.abs(matrix) @ np.abs(v)
    assert abs(np.dot(moved, w) - np.dot(v, pulled)) <= LAW * (scale + 1e-6)
