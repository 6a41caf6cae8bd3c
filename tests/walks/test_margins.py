"""How far each input may move before a decision of the run flips."""

import math

import numpy as np
import pytest

from gradcheck_tool.tracing import record
from gradcheck_tool.walks.jacobian import reverse_jacobian
from gradcheck_tool.walks.margins import nearest
from gradcheck_tool.walks.survey import survey


def nested(x):
    if x > 0:
        if x * x - 1.21 > 0:
            return 3 * x
        return 2 * x
    return -x


FLIPS = [
    # name, function, point, distance to the flip along each input
    ("relu", lambda x: max(x, 0.0), 1e-7, [1e-7]),
    ("maximum", lambda x: np.sum(np.maximum(x, 0.5)), np.array([0.75, -1.0]), [0.25, 1.5]),
    ("abs", abs, -0.25, [0.25]),
    ("fabs of a product", lambda x: math.fabs(3 * x - 6), 2.5, [0.5]),
    ("step", lambda x: 1.0 if x >= 1 else 0.0, 1 - 2.0**-30, [2.0**-30]),
    ("nested, near 0", nested, 0.125, [0.125]),
    ("floor", lambda x: math.floor(x) * x, 3.75, [0.25]),
    ("floor of an array", lambda x: np.sum(np.floor(x) * x), np.array([3.75, -0.375]), [0.25, 0.375]),
    ("int", lambda x: int(x) * x, 3.75, [0.25]),
    ("sum of both", lambda x: max(x[0] + 2 * x[1], 0.0), np.array([1.0, 1.0]), [3.0, 1.5]),
    ("where", lambda x: np.sum(np.where(x > 1, 2 * x, x)), np.array([1.5, 0.875]), [0.5, 0.125]),
    ("largest of an array", np.max, np.array([3.0, 2.5, -1.0]), [0.5, 0.5, 4.0]),
    ("smallest of an array", np.min, np.array([3.0, 2.5, -1.0]), [4.0, 3.5, 3.5]),
    ("largest of each row", lambda x: np.sum(x.max(axis=1)), np.array([[1.0, 1.5], [4.0, 2.0]]), [0.5, 0.5, 2.0, 2.0]),
    ("sort", lambda x: np.sort(x) @ np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.5, -1.0]), [0.5, 0.5, 3.5]),
    ("clip", lambda x: np.sum(np.clip(x, -1, 1)), np.array([0.75, 1.5]), [0.25, 0.5]),
]


@pytest.mark.parametrize(("f", "x", "distances"), [row[1:] for row in FLIPS], ids=[row[0] for row in FLIPS])
def test_the_margin_is_the_distance_to_the_flip(f, x, distances):
    """Where what is compared is linear in the inputs the first-order distance is the true one."""
    found = nearest(survey(record(f, x)).guards, len(distances))
    assert np.array_equal(found, distances) or np.allclose(found, distances, rtol=4 * 2.0**-53, atol=0)


@pytest.mark.parametrize(("f", "x", "distances"), [row[1:] for row in FLIPS], ids=[row[0] for row in FLIPS])
def test_the_run_really_decides_otherwise_beyond_the_margin(f, x, distances):
    """Inside the margin the branch is the one at the point, on both sides; outside, on one of them, it is not."""

    def branch(shift):
        moved = (np.ravel(x) + shift).reshape(np.shape(x))
        trace = record(f, moved if isinstance(x, np.ndarray) else float(moved))
        return reverse_jacobian(trace).tolist(), [np.all(guard.held) for guard in trace.guards]

    for unit, distance in zip(np.eye(len(distances)), distances, strict=True):
        shifts = unit * distance
        assert branch(-0.96 * shifts) == branch(0 * unit) == branch(0.96 * shifts)
        assert not branch(-1.04 * shifts) == branch(0 * unit) == branch(1.04 * shifts)


TIES = [
    ("relu at 0", lambda x: max(x, 0.0), 0.0),
    ("maximum of equals", lambda x: np.maximum(x[0], x[1]), np.array([2.0, 2.0])),
    ("abs at 0", abs, 0.0),
    ("largest of equals", np.max, np.array([1.0, 2.0, 2.0])),
    ("floor at a whole number", lambda x: math.floor(x) * x, 3.0),
    ("compared with itself", lambda x: x * x if x == 1.0 else x, 1.0),
]


@pytest.mark.parametrize(("f", "x"), [row[1:] for row in TIES], ids=[row[0] for row in TIES])
def test_a_decision_at_equality_has_margin_zero(f, x):
    """Exactly 0, not a small number: this is how a kink is proved."""
    assert np.min(nearest(survey(record(f, x)).guards, np.size(x))) == 0


def test_an_input_that_does_not_matter_never_flips_anything():
    """The distance along it is infinite, also beside one that does matter; smooth code has no distance at all."""
    found = nearest(survey(record(lambda x: abs(x[0]) + x[1] ** 2, np.array([0.5, 0.0]))).guards, 2)
    assert found.tolist() == [0.5, math.inf]
    assert nearest(survey(record(np.sin, 1.0)).guards, 1).tolist() == [math.inf]


def test_a_curved_decision_is_found_to_first_order():
    """sin x > 0.5 flips at pi/6; from 0.479 the straight line lands 0.0006 beside it."""
    [guard] = survey(record(lambda x: 1.0 if math.sin(x) > 0.5 else 0.0 * x, 0.479)).guards
    assert guard.margin[0] == pytest.approx((0.5 - math.sin(0.479)) / math.cos(0.479), rel=1e-14)
    assert guard.margin[0] == pytest.approx(math.pi / 6 - 0.479, rel=0.02)
    assert (guard.relation, guard.held) == (">", False)


def test_a_guard_knows_its_place_and_its_source_line():
    """So that a report can show the decision itself."""
    [guard] = survey(record(lambda x: 2 * x if x > 1 else x, 1.5)).guards
    assert guard.where.startswith(__file__.rpartition("/")[2]) or __file__.endswith(guard.where.partition(":")[0])
    assert "2 * x if x > 1 else x" in guard.source
