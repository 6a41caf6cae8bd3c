"""The EXACT world: every row can be walked in balls, and the balls contain the truth."""

import re

import numpy as np
import pytest

from gradcheck_tool.calculus.tables.elementwise import ELEMENTWISE, by_name
from gradcheck_tool.calculus.tables.special import SCIPY
from gradcheck_tool.calculus.worlds.ball import Ball, Undecided, ball_world, boxed, precision
from gradcheck_tool.calculus.worlds.floats import ARRAY

UNIT = 2.0**-53
# Not the one that is about the format of floats rather than about numbers.
ROWS = [row for row in ELEMENTWISE if row not in SCIPY and row.name != "nextafter"]


def _probes(row):
    rng = np.random.default_rng(7)
    for _ in range(10):
        yield [float(rng.uniform(low, high)) for low, high in row.probe]


def _whole(row, operands):
    return [float(round(x)) if row.name == "ldexp" and k == 1 else x for k, x in enumerate(operands)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_value_text_read_in_balls_is_the_float_value_within_its_rounding(row):
    """Worlds commute: the text of a row means the same in balls and in floats, up to the row's rounding."""
    world = ball_world()
    exactly = eval(f"lambda {', '.join(row.operands)}: {row.value}", dict(world.scalar))  # noqa: S307 - our own table
    roughly = eval(f"lambda {', '.join(row.operands)}: {row.value}", dict(ARRAY))  # noqa: S307 - our own table
    for operands in _probes(row):
        given = _whole(row, operands)
        with precision(200), np.errstate(all="ignore"):
            ball = Ball(exactly(*[Ball(x) for x in given])).ball
            error = abs(float(ball.mid()) - float(roughly(*given)))
            assert float(ball.rad()) <= 1e-40 * max(1.0, abs(float(ball.mid())))
        # Operands such as those of sinc near its zeros amplify: the row's rounding counts in units of 1 there.
        assert error <= max(4.0, 4 * row.rounding) * UNIT * max(1.0, abs(float(ball.mid()))), (row.name, given)


def _words(text, row):
    return set(re.findall(r"[A-Za-z_]\w*", text)) - {*row.operands, "y"}


SAID = {name: _words(row.value, row) for name, row in by_name().items()}


@pytest.mark.parametrize(
    "row", [row for row in SCIPY if SAID[row.name] <= ball_world().scalar.keys()], ids=lambda row: row.name
)
def test_special_functions_in_balls_contain_scipys_values_and_slopes(row):
    """Where Arb has a function, its balls agree with SciPy's value and with the slope of the float world."""
    pytest.importorskip("scipy")
    exactly, roughly = dict(ball_world().scalar), dict(ARRAY)
    for operands in _probes(row):
        given = [float(round(x)) if name in ("n", "k") else x for name, x in zip(row.operands, operands, strict=True)]
        for text in (row.value, *(text for text in row.partials if text != "-")):
            with precision(200), np.errstate(all="ignore"):
                balls = dict(zip(row.operands, map(Ball, given), strict=True))
                floats = dict(zip(row.operands, given, strict=True))
                for names, words in ((balls, exactly), (floats, roughly)):
                    names["y"] = eval(row.value, words, names)  # noqa: S307 - our own table
                if not _words(text, row) <= exactly.keys():
                    continue  # the slope has no ball: the method declines
                ball = Ball(eval(text, exactly, balls)).ball  # noqa: S307 - our own table
                value = float(eval(text, roughly, floats))  # noqa: S307 - our own table
            assert float(ball.rad()) <= 1e-40 * max(1.0, abs(float(ball.mid())))
            assert abs(float(ball.mid()) - value) <= max(1e-11, row.rounding * UNIT) * (1 + abs(value)), (text, given)


def test_a_comparison_that_a_ball_cannot_decide_raises():
    """Arb's own comparisons answer False when undecided; ours must not."""
    with precision(64):
        third = Ball(1) / 3
        with pytest.raises(Undecided):
            _ = third * 3 < 1
        assert third < 1
        assert not third > 1


def test_constants_follow_the_precision_in_force():
    """Pi at 53 bits must not be reused at 300."""
    names = ball_world().array
    with precision(300):
        assert (names["pi"] * 1).ball.rel_accuracy_bits() > 280
        assert (names["ln2"] * 1).ball.rel_accuracy_bits() > 280


def test_doubles_enter_balls_exactly():
    """The program's 0.1 is the double 0.1, not one tenth."""
    with precision(128):
        assert (Ball(0.1) * 10 - 1).ball != 0
        assert boxed(np.array([0.1, 2.0]))[1] == 2
