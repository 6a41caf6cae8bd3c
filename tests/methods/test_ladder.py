import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck_tool.methods.ladder import SCOUTS, Settled, climb, contradicts, prefer_finer, settle


def central(function, x, noise=0.0, log=None):
    def row(h):
        if log is not None:
            log.append(h)
        width = (x + h) - (x - h)
        if width == 0:
            return np.full(1, np.nan), np.full(1, np.nan)
        return np.array([(function(x + h) - function(x - h)) / width]), np.array([2 * noise / width])

    return row


def settled(value, bar, step=1.0):
    return Settled(*(np.array([float(part)]) for part in (value, bar, 0.0, step, 0.0)))


def test_a_smooth_quotient_is_extrapolated_to_rounding():
    """The slope of exp at 0.3 comes out within its bar, and the bar is below 1e-11."""
    found = climb(central(math.exp, 0.3, 2e-16), 0.25, 4)
    assert abs(found.value[0] - math.exp(0.3)) <= found.bar[0] < 1e-11


@given(st.floats(0.1, 10), st.floats(-13, -3))
def test_the_bar_covers_noise_of_any_size(frequency, level):
    """With deterministic noise of a known level on the values the truth stays within the bar."""
    size = 10.0**level

    def noisy(x):
        return math.sin(frequency * x) + size * math.cos(1e15 * x)

    found = settle(central(noisy, 0.7, size), 0.5, 4)
    assert abs(found.value[0] - frequency * math.cos(frequency * 0.7)) <= found.bar[0]


def test_noise_is_part_of_the_bar():
    """A larger noise on the same values widens the bar."""
    quiet, loud = (climb(central(math.sin, 1.0, noise), 0.5, 4) for noise in (1e-16, 1e-8))
    assert loud.bar[0] > 1e4 * quiet.bar[0]


def test_scouts_overrule_an_aliased_start():
    """sin(2^14 x) around 0.7 looks flat to steps that are multiples of its period; scouts see through that."""
    slope = 1e4 * math.cos(7e3)
    found = settle(central(lambda x: math.sin(1e4 * x), 0.7, 1e-12), 0.5, 4)
    assert abs(found.value[0] - slope) <= found.bar[0] < 1e-6 * abs(slope)


def test_a_wider_ladder_helps_where_rounding_drowns_the_fine_one():
    """cos at 1e-12: relative steps drown in rounding, a step of order one does not."""
    found = settle(central(lambda x: math.cos(x) + 1, 1e-12, 2e-16), 2.0**-40, 4)
    assert abs(found.value[0] + 1e-12) <= found.bar[0] < 1e-14


def test_steps_never_exceed_the_cap():
    """Every step stays at or below the cap, also those of the wider ladder."""
    steps = []
    settle(central(math.cos, 1.0, 1e-3, steps), 1.0, 4, cap=2.0**-9)
    assert max(steps) == 2.0**-9


def test_undefined_rows_are_left_out():
    """log at 0.1 from a start of one is undefined at first; the rows that are defined settle."""

    def row(h):
        return central(lambda x: math.log(x) if x > 0 else math.nan, 0.1, 1e-16)(h)

    found = climb(row, 1.0, 4)
    assert abs(found.value[0] - 10) <= found.bar[0] < 1e-9


def test_what_never_settles_has_an_infinite_bar():
    """Quotients that double with every halving of the step, as across a jump, promise nothing."""
    found = climb(lambda h: (np.array([1 / h]), np.zeros(1)), 1.0, 4)
    assert found.bar[0] == np.inf


def test_agreement_by_chance_is_taken_back():
    """Rows that agree at first and are denied by finer ones do not count."""
    rows = {1.0: 5.0, 0.5: 5.0, 0.25: 5.0}

    found = climb(lambda h: (np.array([rows.get(h, 2 + h * h)]), np.array([1e-9 / h])), 1.0, 4)
    assert abs(found.value[0] - 2) <= found.bar[0] < 1e-3


def test_a_wide_step_without_movement_says_nothing():
    """A slope that drowns in noise nearby is not replaced by the stillness of a wider, saturated step."""
    found = settle(lambda h: (np.array([1e-16 if h < 1 else 0.0]), np.array([1e-16 / h])), 0.125, 4)
    assert abs(found.value[0] - 1e-16) <= found.bar[0]


def test_slow_convergence_widens_the_bar():
    """Terms in the square root of h, which the extrapolation does not know, stay covered."""
    found = climb(lambda h: (np.array([2 + math.sqrt(h)]), np.zeros(1)), 1.0, 2)
    assert abs(found.value[0] - 2) <= found.bar[0]


def test_outputs_keep_their_own_best_entry():
    """A noisy output does not spoil a quiet one beside it."""

    def row(h):
        values = [central(math.sin, 1.0, noise)(h) for noise in (1e-16, 1e-6)]
        return np.concatenate([v for v, _ in values]), np.concatenate([n for _, n in values])

    found = climb(row, 0.5, 4)
    assert found.bar[0] < 1e-12 < found.bar[1]


def test_the_finer_scale_wins_a_contradiction():
    """Of two settled ladders the smaller bar wins, unless they exclude each other: then the finer one."""
    assert prefer_finer(settled(1.0, 0.1), settled(1.05, 0.01)).value[0] == 1.05
    assert prefer_finer(settled(1.0, 0.1), settled(2.0, 0.01)).value[0] == 1.0
    assert prefer_finer(settled(np.nan, np.inf), settled(2.0, 0.01)).value[0] == 2.0


def test_a_scout_grants_the_winner_its_truncation():
    """A plain quotient that is off by its own truncation error does not deny the extrapolated value."""
    row = central(math.exp, 1.0, 2e-16)
    best = climb(row, 0.5, 4)
    assert not any(contradicts(row, 2.0**-halvings, best, 4)[0] for halvings in SCOUTS)


@pytest.mark.parametrize("shape", [(1,), (3,)])
def test_an_exact_zero_settles_at_zero(shape):
    """Values without any noise or movement give 0 with a bar of 0 and no division by zero."""
    found = settle(lambda _: (np.zeros(shape), np.zeros(shape)), 1.0, 4)
    assert found.value.tolist() == found.bar.tolist() == [0.0] * shape[0]
