"""What exact arithmetic adds to the judgement: proofs, slight mistakes, and when it keeps silent."""

import dataclasses

import numpy as np
import pytest
from case_builder import case, estimate

from gradcheck_tool.judgement.rounded import certified_digits, condition
from gradcheck_tool.judgement.verdict import judge
from gradcheck_tool.methods.formula import Formula, Loss

UNIT = 2.0**-53


def exactly(yours, truth, formula, *, slack=0.0, told=None, **more):
    """A case with both exact readings: the derivative `truth`, and what yours gives without rounding, `formula`."""
    made = case(yours, truth, **more)
    right = estimate("exact", truth, UNIT * np.abs(truth))
    mine = estimate("exact-handwritten", formula, UNIT * np.abs(formula) + slack)
    scale = np.abs(np.atleast_2d(truth)) + 1.0
    return dataclasses.replace(
        made, answers=(*made.answers, right, mine), formula=told or Formula(), scale=scale, trace_verified=True
    )


def only(verdict):
    (entry,) = verdict.entries
    return entry


def codes(verdict):
    return [finding.code for finding in verdict.findings]


def test_an_equal_formula_agrees_and_the_headline_says_so():
    verdict = judge(exactly([2.0], [2.0], [2.0]))
    assert verdict.outcome == "agree"
    assert "formula proven equal" in verdict.reason
    assert codes(verdict) == []


def test_single_precision_is_said_beside_the_proof():
    verdict = judge(exactly([2.0], [2.0], [2.0], told=Formula(single=("f",))))
    assert "formula proven equal (waves computes in single precision)" in verdict.reason


def test_an_equal_formula_with_lost_digits_is_right_and_names_the_line():
    loss = Loss(0, 0, "waves.py:9", "a - b", 11.6, 3.2)
    verdict = judge(exactly([2.003], [2.0], [2.0], told=Formula(losses=(loss,))))
    assert verdict.outcome == "agree"
    assert verdict.reason == "waves_grad is the right formula, badly rounded here"
    (finding,) = verdict.findings
    assert finding.code == "GC210"
    assert finding.where == "waves.py:9"
    data = dict(finding.data)
    assert data["line"] == "waves.py:9  a - b"
    assert data["loses"] == "12 digits lost there, and 3 of 16 digits are left in df/dx"


def test_rounding_of_constants_is_the_same_formula():
    gap = 3e-13
    assert "proven" in judge(exactly([2.0], [2.0], [2.0 + gap], slack=2 * gap)).reason


@pytest.mark.parametrize("share", [1e-12, 1e-10, 1e-8])
def test_another_formula_is_wrong_below_the_tolerance_too(share):
    value = 2.0 * (1 + share)
    verdict = judge(exactly([value], [2.0], [value]))
    assert verdict.outcome == "wrong"
    assert codes(verdict) == ["GC110"]
    assert "more than rounding explains" in verdict.reason


def test_a_formula_within_a_few_units_is_neither_proven_nor_accused():
    value = 2.0 * (1 + 5e-14)
    verdict = judge(exactly([value], [2.0], [value]))
    assert verdict.outcome == "agree"
    assert "proven" not in verdict.reason


@pytest.mark.parametrize(
    "told", [Formula(doubt="f iterates (waves.py:3)"), Formula(single=("f",)), Formula(single=("yours",))]
)
def test_doubts_silence_small_differences(told):
    value = 2.0 * (1 + 1e-8)
    assert judge(exactly([value], [2.0], [value], told=told)).outcome == "agree"


def test_an_iteration_does_not_excuse_a_gross_mistake():
    told = Formula(doubt="f iterates (waves.py:3)")
    assert judge(exactly([2.2], [2.0], [2.2], told=told)).outcome == "wrong"


def test_numbers_that_do_not_follow_their_own_formula_are_not_accused_of_it():
    """A difference quotient: its truncation is 1e-10, its rounding more."""
    verdict = judge(exactly([2.0 * (1 - 4e-9)], [2.0], [2.0 * (1 + 2e-10)]))
    assert verdict.outcome == "agree"


def test_differences_that_deny_the_exact_derivative_win():
    verdict = judge(exactly([3.0], [2.0], [2.0], differences=[3.0]))
    assert verdict.outcome == "agree"
    assert "proven" not in verdict.reason


def test_a_wrong_formula_is_wrong_where_rounding_would_excuse_it():
    """AD's bound is wider than the mistake; exact arithmetic is not excused."""
    made = exactly([2.2], [2.0], [2.2], ad_bar=np.array([[0.09]]), bar=0.09)
    assert judge(made).outcome == "wrong"


def test_nothing_is_accused_by_a_recording_that_nothing_confirmed():
    value = 2.0 * (1 + 1e-8)
    made = exactly([value], [2.0], [value], differences=False)
    assert judge(dataclasses.replace(made, trace_verified=False)).outcome == "cannot-tell"


def test_a_proof_needs_no_other_witness_unless_both_say_zero():
    made = dataclasses.replace(exactly([2.0], [2.0], [2.0], differences=False), trace_verified=False)
    assert judge(made).outcome == "agree"
    zero = dataclasses.replace(exactly([0.0], [0.0], [0.0], differences=False), trace_verified=False)
    assert "proven" in judge(dataclasses.replace(zero, trace_verified=True)).reason
    assert judge(zero).outcome == "cannot-tell"


def test_a_small_entry_beside_large_ones_has_lost_nothing():
    """2(x - mean) in the middle: one unit of the largest entry is all of a derivative of 1e-17."""
    made = exactly([1.0, 0.0], [1.0, 3e-17], [1.0, 3e-17], bar=[1e-12, 1e-12], ad_bar=np.array([[1e-16, 1e-16]]))
    verdict = judge(made)
    assert verdict.outcome == "agree"
    assert "GC210" not in codes(verdict)


def test_a_wider_tolerance_asked_for_is_not_undercut():
    value = 2.0 * (1 + 1e-8)
    assert judge(exactly([value], [2.0], [value], rtol=1e-3)).outcome == "agree"


def test_certified_digits_and_kappa_come_from_the_exact_reading():
    verdict = judge(exactly([2.0], [2.0], [2.0], ad_bar=np.array([[2e-12]])))
    assert verdict.certified == 15
    assert verdict.kappa == pytest.approx(1e-12 / UNIT)
    assert certified_digits(verdict.entries) == 15
    plain = judge(case([2.0], [2.0]))
    assert plain.certified == 0
    assert np.isnan(condition(plain.entries))
    assert only(verdict).reference == 2.0
