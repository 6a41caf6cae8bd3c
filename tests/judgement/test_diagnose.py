"""Simple mistakes are named, and nothing else is."""

import numpy as np
import pytest
from case_builder import case
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcheck_tool.judgement.diagnose import pattern
from gradcheck_tool.judgement.verdict import judge

RIGHT = np.array([[2.1, -1.3, 0.118977, 5.5]])
X = np.array([1.5, 0.7, 2.0, -3.25])
NAMES = ("w[0]", "w[1]", "w[2]", "w[3]")


def told(yours, right=RIGHT, *, x=X, names=NAMES, bar=0.0):
    right = np.atleast_2d(np.array(right, dtype=float))
    yours = np.atleast_2d(np.array(yours, dtype=float))
    return pattern(yours, right, np.full(right.shape, bar), names=names, x=x)


def with_entry(place, value):
    changed = RIGHT.copy()
    changed[0, place] = value
    return changed


@pytest.mark.parametrize(
    ("yours", "code", "equation"),
    [
        (-RIGHT, "GC101", "AD = yours * -1"),
        (with_entry(1, 1.3), "GC101", "AD = yours * -1"),
        (RIGHT / 2, "GC102", "AD = yours * 2"),
        (RIGHT * 2, "GC102", "AD = yours / 2"),
        (RIGHT * 3, "GC102", "AD = yours / 3"),
        (RIGHT / 4, "GC102", "AD = yours * 4"),
        (RIGHT * 180 / np.pi, "GC102", "AD = yours * pi / 180"),
        (RIGHT * np.pi / 180, "GC102", "AD = yours * 180 / pi"),
        (RIGHT * np.log(10), "GC102", "AD = yours / ln 10"),
        (RIGHT * np.log(2), "GC102", "AD = yours / ln 2"),
        (-2 * RIGHT, "GC102", "AD = yours / -2"),
        (with_entry(3, 11.0), "GC102", "AD = yours / 2"),
        (RIGHT / 1.37, "GC102", "AD = yours * 1.37"),
        (with_entry(2, 0.118977 / 0.7), "GC103", "AD = yours * w[1]"),
        (RIGHT / 0.7, "GC103", "AD = yours * w[1]"),
        (RIGHT * 1.5, "GC102", "AD = yours / w[0]"),
        (with_entry(2, 0.118977 / 1.4), "GC103", "AD = yours * 2 * w[1]"),
        (RIGHT / (2 * X), "GC103", "AD = yours * 2 * w"),
        (RIGHT / (3 * X**2), "GC103", "AD = yours * 3 * w**2"),
        (with_entry(2, 0.118977 * 0.7), "GC100", "AD = yours / w[1]"),
        (RIGHT - 0.1 * X, "GC104", "AD - yours = 0.1 * w"),
        (RIGHT - 0.25, "GC104", "AD - yours = 0.25"),
        (0 * RIGHT, "GC105", "yours is 0 in all 4 wrong entries"),
        (with_entry(1, 0.0), "GC105", "yours is 0 in the wrong entry"),
        (RIGHT[:, ::-1], "GC108", "AD = yours in reverse order along w"),
        (np.roll(RIGHT, 1), "GC108", "AD = yours shifted by -1 along w"),
        (RIGHT[:, [2, 1, 0, 3]], "GC108", "AD = yours with the two wrong entries swapped"),
        (RIGHT[:, [1, 2, 0, 3]], "GC108", "AD = yours with the 3 wrong entries in another order"),
    ],
)
def test_a_simple_mistake_is_one_equation(yours, code, equation):
    """Each edit is recognised as itself."""
    found = told(yours)
    assert (found.code, found.equation) == (code, equation)


def test_the_number_of_inputs_or_outputs_as_a_factor():
    """A mean instead of a sum, over inputs or outputs."""
    right = np.random.default_rng(1).normal(size=(7, 9))
    names = tuple(f"x[{place}]" for place in range(9))
    assert told(right / 9, right, x=None, names=names).equation == "AD = yours * 9, the number of inputs"
    assert told(right * 7, right, x=None, names=names).equation == "AD = yours / 7, the number of outputs"


def test_a_square_jacobian_or_parameter_the_wrong_way_round():
    """Transposed is said of the Jacobian, or of the parameter by its name."""
    right = np.random.default_rng(1).normal(size=(4, 4))
    assert (told(right.T, right).code, told(right.T, right).equation) == ("GC107", "AD = yours transposed")
    names = ("W[0,0]", "W[0,1]", "W[1,0]", "W[1,1]")
    found = told(RIGHT[:, [0, 2, 1, 3]], names=names)
    assert (found.code, found.equation) == ("GC107", "AD = yours with W transposed")


@given(st.floats(1.01, 1.9), st.integers(0, 3))
def test_one_entry_makes_no_story_with_a_free_number(factor, place):
    """Some number always fits one entry: no pattern, unless it is an input of the point to the last bit."""
    found = told(with_entry(place, RIGHT[0, place] * factor))
    assert found is None or (found.code in ("GC103", "GC102", "GC100") and found.residual <= 1e-6)


@settings(max_examples=200)
@given(st.lists(st.floats(-0.5, 0.5).filter(lambda v: abs(v) > 1e-3), min_size=3, max_size=3, unique=True))
def test_two_independent_mistakes_have_no_simple_pattern(errors):
    """Unrelated errors in three entries are not explained away."""
    yours = RIGHT * (1 + np.array([[*errors, 0.0]]))
    found = told(yours)
    assert found is None or found.residual <= 1e-9 * np.abs(RIGHT).max()


def test_the_residual_must_be_at_rounding_level():
    """Nearly twice is not twice."""
    yours = RIGHT / 2 * (1 + 1e-5 * np.array([1, -1, 2, 3]))
    assert told(yours) is None


def test_wide_bars_tell_a_sign_but_no_factor():
    """A bar of 5 % still shows a lost minus; a factor could be anything."""
    assert told(-RIGHT, bar=0.005).code == "GC101"
    assert told(-RIGHT * 1.0005, bar=0.005).code == "GC101"
    assert told(RIGHT / 2, bar=0.005) is None
    assert told(-RIGHT, bar=2.0) is None


def test_a_pattern_says_how_exactly_it_holds():
    """To the last bit, or with a residual; one point is said to be no more than that."""
    assert told(-RIGHT).line == "looks like AD = yours * -1   (to the last bit, at this point)"
    assert told(with_entry(2, 0.118977 / 0.7)).line.endswith(", at this point)")
    assert "(residual " in told(RIGHT / 1.37 * (1 + 1e-12 * np.arange(4))).line


def test_the_finding_carries_pattern_and_witnesses():
    """Keyed lines for the report: who agrees with whom, and the equation."""
    found = judge(case(-RIGHT, RIGHT, x=X)).findings[0]
    assert (found.code, found.kind, found.where) == ("GC101", "wrong-sign", "waves.py:8")
    assert found.data == (
        ("who", "AD, SymPy and differences agree to 12 digits; yours is alone"),
        ("pattern", "looks like AD = yours * -1   (to the last bit, at this point)"),
    )


def test_one_point_alone_tells_no_free_number():
    """Some number always fits; it is told where other points confirm it."""
    assert [told(yours).free for yours in (RIGHT / 1.37, RIGHT - 0.25, RIGHT / 2)] == [True, True, False]
    for yours in (RIGHT / 1.37, RIGHT - 0.25, RIGHT - 0.1 * X):
        found = judge(case(yours, RIGHT, x=X)).findings[0]
        assert (found.code, dict(found.data)["pattern"]) == ("GC100", "no simple pattern fits")


def test_no_pattern_is_said_in_words():
    """GC100 and the sentence of the report."""
    yours = RIGHT * np.array([1.1, 0.77, 1.9, 1.0])
    found = judge(case(yours, RIGHT, x=X)).findings[0]
    assert (found.code, dict(found.data)["pattern"]) == ("GC100", "no simple pattern fits")


def test_a_nan_stands_beside_the_pattern_of_the_rest():
    """NaN entries are their own finding; the others keep their pattern."""
    yours = np.where(np.arange(4) == 1, np.nan, -RIGHT)
    assert [found.code for found in judge(case(yours, RIGHT)).findings] == ["GC109", "GC101"]


def test_a_forgotten_column_is_a_zero_block():
    """The block is named by its input."""
    right = np.random.default_rng(2).normal(size=(5, 3))
    yours = right.copy()
    yours[:, 1] = 0
    found = judge(case(yours, right)).findings[0]
    assert (found.code, found.message) == ("GC105", "yours is 0 in all of column x[1]")


def test_independent_mistakes_are_told_one_by_one():
    """A sign here, a factor there: two findings, each naming its own entry."""
    yours = RIGHT * np.array([1.0, -1.0, 2.0, 1.0])
    found = judge(case(yours, RIGHT)).findings
    assert {(each.code, each.entry) for each in found} == {("GC101", "df/dx[1]"), ("GC102", "df/dx[2]")}
