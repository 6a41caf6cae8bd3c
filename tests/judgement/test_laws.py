"""Laws of the verdict, whatever the numbers."""

import dataclasses
import math

import numpy as np
from case_builder import case, estimate
from hypothesis import given
from hypothesis import strategies as st

from gradcheck_tool.judgement.record import relative_gap
from gradcheck_tool.judgement.verdict import judge
from gradcheck_tool.methods.estimate import Remark

magnitudes = st.floats(1e-3, 1e3)
numbers = st.builds(lambda size, sign: size * sign, magnitudes, st.sampled_from([-1.0, 1.0]))
gradients = st.lists(numbers, min_size=1, max_size=6)
odd = st.sampled_from([math.nan, math.inf, -math.inf])
bars = st.sampled_from([1e-14, 1e-9, 1e-7, 1e-5, 1e-2, 0.3])


@given(gradients, odd, st.data())
def test_what_is_not_finite_never_agrees(truth, bad, data):
    """A NaN or infinity in yours is wrong where the derivative is finite, whatever else is right."""
    place = data.draw(st.integers(0, len(truth) - 1))
    yours = [*truth]
    yours[place] = bad
    verdict = judge(case(yours, truth))
    assert verdict.outcome == "wrong"
    assert [(entry.column, entry.verdict) for entry in verdict.entries[:1]] == [(place, "wrong")]


@given(odd, odd)
def test_nan_does_not_agree_with_nan(first, second):
    """Where no method has a finite number, the same non-number in yours is no agreement."""
    verdict = judge(case([first], [second], bar=[math.inf]))
    assert verdict.outcome == "cannot-tell"
    assert verdict.findings[0].code == "GC203"


@given(gradients, bars, st.booleans(), st.booleans())
def test_a_lost_minus_is_always_wrong(truth, bar, without_ad, flip_one):
    """Signs count: with differences of any usable bar, -g is wrong and is called a sign."""
    yours = [-truth[0], *truth[1:]] if flip_one else [-each for each in truth]
    verdict = judge(
        case(yours, truth, bar=bar, ad=False if without_ad else None, symbolic=False if without_ad else None)
    )
    assert verdict.outcome == "wrong"
    assert verdict.entries[0].verdict == "wrong"
    assert bar > 0.1 or verdict.findings[0].code == "GC101"


@given(gradients, bars, st.floats(-1e-3, 1e-3), st.integers(-660, 660))
def test_units_do_not_matter(truth, bar, error, exponent):
    """Multiplying every number of the problem by a power of two between 1e-200 and 1e200 keeps every verdict."""
    yours = [truth[0] * (1 + error), *truth[1:]]
    scale = 2.0**exponent
    here = judge(case(yours, truth, bar=bar))
    there = judge(case([scale * each for each in yours], [scale * each for each in truth], bar=bar))
    assert [entry.verdict for entry in there.entries] == [entry.verdict for entry in here.entries]
    assert there.reason == here.reason
    assert [found.code for found in there.findings] == [found.code for found in here.findings]


@given(numbers, st.sampled_from([1e-6, 1e-4, 0.5]), st.lists(numbers, max_size=40))
def test_company_excuses_nothing(right, error, others):
    """A wrong entry stays exactly as wrong when entries that agree stand beside it, however many and large."""
    alone = judge(case([right * (1 + error)], [right]))
    among = judge(case([right * (1 + error), *others], [right, *others]))
    assert (alone.outcome, among.outcome) == ("wrong", "wrong")
    mine, theirs = alone.entries[0], among.entries[0]
    assert (mine.tolerance, mine.bound, mine.verdict) == (theirs.tolerance, theirs.bound, theirs.verdict)
    assert {entry.verdict for entry in among.entries[1:]} <= {"agree"}


@given(gradients, bars, st.floats(-2, 2), st.booleans())
def test_wrong_means_beyond_the_tolerance(truth, bar, error, without_ad):
    """Every entry can be recomputed from its own numbers: with a
    verified recording wrong is exactly a gap beyond the tolerance."""
    yours = [each * (1 + error * 10.0**-place) for place, each in enumerate(truth)]
    missing = False if without_ad else None
    built = case(yours, truth, bar=bar, ad=missing, symbolic=missing, trace_verified=True)
    for entry in judge(built).entries:
        gap = abs(entry.yours - entry.reference)
        assert (entry.verdict == "wrong") == (gap > entry.tolerance)


@given(gradients, bars)
def test_agreement_is_a_promise(truth, bar):
    """With differences alone, agree is said only where an error of 1e-6 would have been seen, and then it is seen."""
    blind = {"ad": False, "symbolic": False, "bar": bar}
    outcome = judge(case(truth, truth, **blind)).outcome
    assert outcome == ("agree" if bar <= 5e-7 else "cannot-tell")
    if outcome == "agree":
        assert judge(case([truth[0] * (1 + 1.01e-6), *truth[1:]], truth, **blind)).outcome == "wrong"


@given(gradients, st.permutations(range(6)))
def test_entries_come_worst_first(truth, order):
    """The gravest verdict comes first, then the largest relative distance."""
    errors = [10.0**-place for place in order]
    yours = [each * (1 + error) for each, error in zip(truth, errors, strict=False)]
    entries = judge(case(yours, truth)).entries
    gaps = [relative_gap(entry.yours, entry.reference) for entry in entries]
    assert gaps == sorted(gaps, reverse=True)


@given(gradients, st.floats(-1e-3, 1e-3))
def test_judging_twice_gives_the_same(truth, error):
    """A verdict is a value."""
    given_case = case([each * (1 + error) for each in truth], truth)
    assert judge(given_case) == judge(given_case)


@given(gradients)
def test_without_a_gradient_ad_is_under_test(truth):
    """AD itself is judged against differences and SymPy: right it agrees, wrong it is reported as ours."""
    assert judge(case(None, truth)).outcome == "agree"
    broken = case(None, truth, ad=[2 * each for each in truth])
    verdict = judge(broken)
    assert verdict.outcome == "wrong"
    assert verdict.findings[0].code == "GC390"


@given(gradients)
def test_forward_and_reverse_must_agree(truth):
    """When our two modes differ, the finding says so even though yours is fine."""
    built = case(truth, truth)
    answers = [
        estimate("forward", 2 * answer.jacobian, 1e-15) if answer.method == "forward" else answer
        for answer in built.answers
    ]
    verdict = judge(dataclasses.replace(built, answers=tuple(answers)))
    assert verdict.outcome == "agree"
    assert "GC390" in [found.code for found in verdict.findings]


def test_the_scale_of_zero_excuses_no_wrong_number():
    """A natural scale lets an exact zero pass, and nothing that differs from it beyond rounding."""
    zero = {"bar": [1e-12], "scale": np.array([[1.0]]), "ad_bar": 1e-16}
    assert judge(case([0.0], [3e-17], **zero)).outcome == "agree"
    assert judge(case([1e-11], [3e-17], **zero)).outcome == "wrong"


@given(numbers, numbers, numbers, bars, bars)
def test_wrong_at_a_kink_is_beyond_the_tolerance_too(yours, left, right, left_bar, right_bar):
    """Also beside two slopes, wrong can be recomputed from the entry."""
    seen = Remark(0, 0, "kink", "two slopes", left, left_bar, right, right_bar)
    entry = judge(case([yours], [0.0], bar=[math.inf], ad=False, symbolic=False, remarks=[seen])).entries[0]
    assert (entry.verdict == "wrong") == (abs(entry.yours - entry.reference) > entry.tolerance)
