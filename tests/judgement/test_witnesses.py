"""Who agrees with whom, in one sentence."""

import dataclasses
import math

import pytest
from case_builder import UNIT

from gradcheck_tool.judgement.kinks import Slopes
from gradcheck_tool.judgement.record import Entry
from gradcheck_tool.judgement.witnesses import who

TRUTH = 0.118977


def entry(yours, **values):
    values = {"reverse": TRUTH, "forward": TRUTH, "symbolic": TRUTH, "differences": TRUTH} | values
    bars = {method: 6.3e-14 if method == "differences" else 4 * UNIT for method in values}
    return Entry("df/dx", 0, 0, "wrong", yours, TRUTH, 0.0, 0.0, values, bars)


def test_yours_is_alone():
    """The usual sentence under a wrong entry."""
    assert who(entry(0.17)) == "AD, SymPy and differences agree to 12 digits; yours is alone"
    assert who(entry(math.nan)) == "AD, SymPy and differences agree to 12 digits; yours is alone"


def test_everybody_agrees():
    """Yours included."""
    assert who(entry(TRUTH)) == "yours, AD, SymPy and differences agree to 12 digits"


def test_only_differences_differ():
    """The recording and yours against the differences."""
    assert who(entry(TRUTH, differences=0.2)) == "only differences differ; yours, AD and SymPy agree to 14 digits"


def test_the_recording_differs():
    """Yours and the differences against two readers of one recording."""
    said = who(entry(TRUTH, reverse=0.2, forward=0.2, symbolic=0.2))
    assert said == "yours and differences agree to 12 digits; AD and SymPy differ (they read the same recording)"


def test_forward_and_reverse_differ():
    """That is our bug, and nothing else is said."""
    assert who(entry(0.17, forward=0.2)) == "forward and reverse differ: our bug, please report"


def test_a_single_witness_is_called_one():
    """No agreement is claimed where only one method spoke."""
    single = dataclasses.replace(entry(0.17), values={"differences": TRUTH}, bars={"differences": 1e-9})
    assert who(single) == "differences against yours, nobody else was asked or could answer"
    nobody = dataclasses.replace(entry(0.17), values={"differences": TRUTH}, bars={"differences": math.inf})
    assert who(nobody) == "there is nothing to hold yours against"


@pytest.mark.parametrize(
    ("value", "place"),
    [(1.0, "right"), (-1.0, "left"), (0.0, "between"), (1.1, "outside"), (-1.00001, "outside"), (math.inf, "outside")],
)
def test_where_a_value_lies_between_two_slopes(value, place):
    """The slopes of abs at 0, in either order."""
    assert Slopes(-1.0, 1e-12, 1.0, 1e-12).place(value, 5e-7) == place
    mirrored = {"left": "right", "right": "left"}.get(place, place)
    assert Slopes(1.0, 1e-12, -1.0, 1e-12).place(value, 5e-7) == mirrored


def test_equal_slopes_are_a_removable_kink():
    """Within the bars only: a gap beyond them is a kink, an unknown slope is nothing."""
    assert Slopes(2.0, 1e-9, 2.0 + 1e-9, 1e-9).removable
    assert not Slopes(2.0, 1e-12, 2.0 + 1e-9, 1e-12).removable
    assert not Slopes(2.0, 1e-12, math.nan, 1e-12).removable
    assert Slopes(2.0, 1e-9, 4.0, 3e-9).common == (3.0, 1.0 + 3e-9)
