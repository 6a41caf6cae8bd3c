"""One case for each verdict: what is said, and what is not."""

import dataclasses
import math

import numpy as np
import pytest
from case_builder import case, estimate, guard, kink, remark

from gradcheck_tool.judgement.verdict import Case, entry_name, judge
from gradcheck_tool.methods.estimate import Declined, Remark


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(0, "agree"), (1e-8, "agree"), (4e-7, "agree"), (6e-7, "wrong"), (1e-6, "wrong"), (-1e-6, "wrong"), (-2, "wrong")],
)
@pytest.mark.parametrize("size", [1e-250, 1e-12, 1.0, 1e250])
def test_a_relative_error_of_one_in_a_million_is_wrong(error, outcome, size):
    """Rounding up to 5e-7 passes, 1e-6 does not, whatever the size of the derivative."""
    assert judge(case([size * (1 + error), size], [size, size])).outcome == outcome


def test_agree_says_how_well_and_with_whom():
    """Line 1 of a report names the function, the entries, the digits and the methods."""
    verdict = judge(case([1.5, -2, 3], [1.5, -2, 3], bar=2e-14))
    assert verdict.reason == "waves_grad, 3 entries, at least 13 digits (AD, SymPy, differences)"
    assert verdict.findings == ()
    assert verdict.confirmed < 1e-15


def test_wrong_sentences_name_the_worst_entry_or_the_block():
    """One entry is named, of several the worst, a whole column as a column."""
    one = judge(case([1, 2, 4], [1, 2, 3]))
    assert one.reason == "waves_grad is wrong in 1 of 3 entries: df/dx[2]"
    more = judge(case([1, 2.1, 4], [1, 2, 3]))
    assert more.reason == "waves_grad is wrong in 2 of 3 entries, most in df/dx[2]"
    column = judge(case([[0, 2], [0, 5]], [[3, 2], [4, 5]]))
    assert column.reason == "waves_grad is wrong in 2 of 4 entries: all of column x[0]"
    row = judge(case([[6, 7], [4, 5]], [[3, 2], [4, 5]]))
    assert row.reason == "waves_grad is wrong in 2 of 4 entries: all of row f[0]"
    assert judge(case([4], [3])).reason == "waves_grad is wrong: df/dx"


def test_differences_alone_convict_and_acquit():
    """Where the recording declined, differences with a small bar are enough."""
    blind = {"ad": False, "symbolic": False, "bar": 1e-9}
    assert judge(case([2.0], [2.0], **blind)).outcome == "agree"
    assert judge(case([2.00001], [2.0], **blind)).outcome == "wrong"


def test_a_wide_bar_is_an_honest_cannot_tell():
    """Noise hides the rest: the accuracy that was confirmed is named, with cause and cure."""
    said = {"ad": False, "symbolic": False, "differences": [-3.4595e-08], "bar": [3.1e-11]}
    verdict = judge(case([-3.46022e-08], [0], remarks=[remark("noisy")], noise=np.array([2.9e-8]), **said))
    assert verdict.outcome == "cannot-tell"
    assert verdict.reason == "waves_grad agrees to 0.09 %; noise in waves hides the rest"
    found = verdict.findings[0]
    assert (found.code, found.kind) == ("GC204", "noisy-function")
    assert ("seen", "an error above 3.8e-11 (0.11 %) would have shown, a smaller one not") in found.data
    assert "inner solver" in found.remedy


def test_accuracy_confirmed_is_named_without_noise_too():
    """A bar of 3e-05 is named as such."""
    verdict = judge(case([1.0], [1.0], ad=False, symbolic=False, bar=3e-5))
    assert verdict.reason == "waves_grad agrees to 3e-05 only; differences settle no further"
    assert verdict.confirmed == pytest.approx(3e-5)


def test_a_zero_within_the_bar_is_said_to_be_one():
    """At a stationary point of a function that cannot be recorded, the bar is all there is to say."""
    verdict = judge(case([0.0], [3e-13], ad=False, symbolic=False, bar=[1e-12]))
    assert verdict.outcome == "cannot-tell"
    assert verdict.reason.endswith("df/dx: it is 0 within 1.0e-12, and nothing smaller can be seen")
    assert judge(case([2e-12], [3e-13], ad=False, symbolic=False, bar=[1e-12])).outcome == "wrong"


def test_the_recording_alone_is_no_second_witness():
    """Without differences AD and SymPy confirm a hand-written gradient only if the recording was verified."""
    alone = case([2.0], [2.0], differences=False)
    assert judge(alone).outcome == "cannot-tell"
    assert judge(dataclasses.replace(alone, trace_verified=True)).outcome == "agree"
    accused = case([3.0], [2.0], differences=False)
    assert judge(accused).outcome == "cannot-tell"
    assert judge(dataclasses.replace(accused, trace_verified=True)).outcome == "wrong"


def test_the_complex_step_verifies_the_recording():
    """The complex step runs the real code: with it, and without differences, there are two witnesses."""
    built = case([2.0], [2.0], differences=False)
    stepped = estimate("complex-step", [2.0], 1e-15)
    assert judge(dataclasses.replace(built, answers=(*built.answers, stepped))).outcome == "agree"
    assert judge(dataclasses.replace(built, answers=(stepped,))).outcome == "agree"


def test_ad_alone_against_differences_is_reported_as_a_misreading():
    """Without a hand-written derivative, an unverified recording that differences contradict is accused itself."""
    built = case(None, [2.0], symbolic=False, differences=[1.0], bar=[1e-10])
    only = tuple(each for each in built.answers if each.method != "forward")
    verdict = judge(dataclasses.replace(built, answers=only))
    assert (verdict.outcome, verdict.findings[0].code) == ("wrong", "GC391")
    verified = judge(dataclasses.replace(built, answers=only, trace_verified=True))
    assert verified.outcome == "cannot-tell"


def test_outside_their_bar_differences_win():
    """A recording that misread the code neither convicts a right gradient nor acquits a wrong one."""
    misread = {"ad": [1.0], "symbolic": [1.0], "differences": [2.0], "bar": [1e-10]}
    right = judge(case([2.0], [2.0], **misread))
    assert (right.outcome, right.findings[0].code) == ("agree", "GC391")
    assert judge(case([1.0], [2.0], **misread)).outcome == "wrong"


def test_differences_alone_against_everybody_accuse_nobody():
    """With a verified recording, or a branch closer than any step, a lone contradiction stays open."""
    lonely = {"ad": [2.0], "symbolic": [2.0], "differences": [1.0], "bar": [1e-10], "x": np.array([1.0])}
    near = (guard([3 * math.ulp(1.0)], "<"),)
    assert judge(case([2.0], [2.0], trace_verified=True, **lonely)).outcome == "cannot-tell"
    assert judge(case([2.0], [2.0], guards=near, **lonely)).outcome == "cannot-tell"
    nobody = {**lonely, "symbolic": False}
    assert judge(case(None, [2.0], guards=near, **nobody)).outcome == "cannot-tell"
    assert judge(case(None, [2.0], trace_verified=True, **nobody)).outcome == "cannot-tell"
    far = (guard([1e-3], "<"),)
    assert judge(case([2.0], [2.0], guards=far, **lonely)).outcome == "wrong"


@pytest.mark.parametrize(
    ("yours", "outcome", "words"),
    [
        (0.4, "kink", "yours lies between its slopes"),
        (0.1, "kink", "yours is the left slope"),
        (0.7, "kink", "yours is the right slope"),
        (0.71, "wrong", "yours lies outside its slopes: wrong"),
        (0.099, "wrong", "yours lies outside its slopes: wrong"),
        (math.nan, "wrong", "yours lies outside its slopes: wrong"),
    ],
)
def test_at_a_kink_every_choice_between_the_slopes_is_valid(yours, outcome, words):
    """A subgradient is accepted as a kink, never as agreement; outside the slopes it is wrong."""
    built = case(
        [2.0, yours],
        [2.0, 0.4],
        bar=[1e-13, math.inf],
        remarks=[kink(0, 1, 0.1, 0.7)],
        guards=(guard([math.inf, 0.0]),),
        x=np.array([0.8, 0.0]),
    )
    verdict = judge(built)
    assert verdict.outcome == outcome
    assert verdict.reason == f"waves has no derivative at x[1] = 0; {words}"
    found = verdict.findings[0]
    assert (found.code, found.where) == ("GC201", "lasso.py:8")
    assert found.data[0] == ("left slope", "0.1 ± 1.0e-13")
    assert ("rest", "the other entry agrees to 13 digits") in found.data


def test_a_decision_at_equality_without_slopes_is_a_kink():
    """Where no difference was taken, a guard at equality is all that is known, and it is said."""
    built = case([1.0], [1.0], differences=False, guards=(guard([0.0]),), x=np.array([0.5]))
    verdict = judge(built)
    assert verdict.outcome == "kink"
    assert verdict.reason.startswith("waves has no derivative at x = 0.5; the slopes beside it were not measured")


def test_a_removable_kink_never_blames_a_right_gradient():
    """``if x == 1``: AD follows the branch and is wrong, the hand-written 2 is right, the branch is named."""
    branch = {"ad": [0.0], "symbolic": [0.0], "differences": [2.0], "bar": [1e-11], "guards": (guard([0.0], "=="),)}
    right = judge(case([2.0], [2.0], **branch))
    assert right.outcome == "agree"
    assert (right.findings[0].code, right.findings[0].where) == ("GC205", "lasso.py:8")
    same = judge(case([0.0], [2.0], **branch))
    assert (same.outcome, same.findings[0].code) == ("wrong", "GC205")
    tested = judge(case(None, [2.0], **branch))
    assert (tested.outcome, tested.findings[0].code) == ("wrong", "GC205")


def test_equal_slopes_on_both_sides_are_a_derivative():
    """A kink remark whose two slopes agree within their bars is an ordinary derivative."""
    built = case([2.0], [2.0], ad=[0.0], symbolic=[0.0], bar=[math.inf], remarks=[kink(0, 0, 2.0, 2.0 + 1e-13)])
    assert judge(built).outcome == "agree"


@pytest.mark.parametrize(("kind", "code"), [("jump", "GC202"), ("staircase", "GC202"), ("random", "GC206")])
def test_what_has_no_derivative_cannot_be_told(kind, code):
    """Jumps, staircases and random values: the cause in words and a cure."""
    built = case([0.0], [0.0], bar=[math.inf], remarks=[Remark(0, 0, kind, "f jumps by 1 at this point")])
    verdict = judge(built)
    assert (verdict.outcome, verdict.findings[0].code) == ("cannot-tell", code)
    assert "f jumps by 1 at this point" in verdict.reason
    assert verdict.findings[0].remedy


def test_shared_cancellation_is_no_agreement():
    """Yours and AD lose the same digits; differences, which do not, keep the verdict open."""
    lost = {"ad": [44.1e-6], "symbolic": [44.1e-6], "ad_bar": 1e-4, "differences": [-8.3e-6], "bar": [1.1e-6]}
    verdict = judge(case([44.1e-6], [-8.3e-6], **lost))
    assert (verdict.outcome, verdict.findings[0].code) == ("cannot-tell", "GC210")


def test_a_right_formula_badly_rounded_agrees_and_says_so():
    """Yours without rounding equals the exact derivative: the formula is acquitted, the spelling is named."""
    lost = {"ad": [44.1e-6], "symbolic": [44.1e-6], "ad_bar": 1e-4, "differences": [-8.3e-6], "bar": [1.1e-6]}
    built = case([44.1e-6], [-8.3e-6], **lost)
    exact = estimate("exact", [-8.33333e-6], 1e-25)
    for mine, outcome in ((-8.33333e-6, "agree"), (-8.4e-6, "cannot-tell")):
        answers = (*built.answers, exact, estimate("exact-handwritten", [mine], 1e-25))
        assert judge(dataclasses.replace(built, answers=answers)).outcome == outcome
    verdict = judge(
        dataclasses.replace(built, answers=(*built.answers, exact, estimate("exact-handwritten", [-8.33333e-6])))
    )
    assert verdict.reason == "waves_grad is the right formula, badly rounded here"
    assert verdict.findings[0].code == "GC210"


def test_good_differences_settle_what_cancels_in_ad():
    """AD that lost its digits stands in nobody's way where differences are precise."""
    lost = {"ad": [1.3], "symbolic": [1.3], "ad_bar": 0.5}
    assert judge(case([1.0], [1.0], bar=1e-9, **lost)).outcome == "agree"


def test_a_saturated_unit_is_not_accused():
    """``1 - tanh(20)**2`` is 0 in floats, the truth 1.7e-17: rounding, which differences cannot settle."""
    tanh = {"bar": [1e-16], "differences": [0.0], "scale": np.array([[0.05]]), "trace_verified": True}
    verdict = judge(case([0.0], [1.699e-17], **tanh))
    assert (verdict.outcome, verdict.findings[0].code) == ("cannot-tell", "GC210")
    assert judge(case([1e-12], [1.699e-17], **tanh)).outcome == "wrong"


def test_an_input_that_does_not_matter_agrees_at_zero():
    """AD says exactly 0, differences contain 0, yours is 0."""
    assert judge(case([1.0, 0.0], [1.0, 0.0], bar=[1e-13, 1e-15])).outcome == "agree"
    assert judge(case([1.0, 1e-9], [1.0, 0.0], bar=[1e-13, 1e-15])).outcome == "wrong"


def test_another_shape_is_wrong_and_the_transpose_is_recognised():
    """Shapes are named; a Jacobian the wrong way round is called transposed."""
    jacobian = np.arange(1.0, 7.0).reshape(2, 3)
    turned = judge(case(jacobian.T, jacobian))
    assert (turned.outcome, turned.findings[0].code) == ("wrong", "GC107")
    assert turned.reason == "waves_grad is transposed: it has shape (3, 2), not (2, 3)"
    other = judge(case([1.0, 2.0], [1.0, 2.0, 3.0]))
    assert (other.outcome, other.findings[0].code) == ("wrong", "GC106")


@pytest.mark.parametrize(
    ("kind", "code", "right", "wrong"),
    [
        ("stale", "GC208", "wrong", "wrong"),
        ("random", "GC206", "cannot-tell", "cannot-tell"),
        ("unstable", "GC206", "cannot-tell", "cannot-tell"),
        ("mutates", "GC207", "cannot-tell", "wrong"),
    ],
)
def test_a_derivative_that_misbehaves_is_told_so(kind, code, right, wrong):
    """Behaviour comes before numbers: what changes from call to call accuses nobody, what never changes is wrong."""
    for value, outcome in ((2.0, right), (3.0, wrong)):
        yours = estimate("handwritten", [value], remarks=[Remark(-1, -1, kind, "the same at two points")])
        verdict = judge(dataclasses.replace(case([value], [2.0]), yours=yours))
        assert verdict.outcome == outcome
        assert verdict.findings[0].code == code


def test_no_method_at_all_is_said_without_failing():
    """Everything declined: the reasons are the findings."""
    verdict = judge(case(None, [1.0], ad=False, symbolic=False, differences=False))
    assert verdict.outcome == "cannot-tell"
    assert [found.code for found in verdict.findings] == ["GC301", "GC302", "GC303"]


def test_a_declined_method_is_a_finding_with_its_remedy():
    """Reason, place and remedy are passed on unchanged."""
    built = case([1.0], [1.0])
    declined = Declined("complex-step", "np.abs is not analytic", "leave it out", "lasso.py:8")
    found = judge(dataclasses.replace(built, answers=(*built.answers, declined))).findings
    assert [(each.code, each.where, each.remedy) for each in found] == [("GC304", "lasso.py:8", "leave it out")]
    assert found[0].message == "complex step declined: np.abs is not analytic"


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("f", "x[2]"), "df/dx[2]"),
        (("f", "W[0,3]"), "df/dW[0,3]"),
        (("f", 'w["bias"][0]'), 'df/dw["bias"][0]'),
        (("f[5]", "x[0]"), "df[5]/dx[0]"),
        (('f["loss"]', "x"), 'df["loss"]/dx'),
        (("f", "x[0]", 2, "x[1]"), "d2f/dx[0]dx[1]"),
    ],
)
def test_entries_are_named_in_ascii(arguments, name):
    """Names are shared by terminal, JSON and grep."""
    assert entry_name(*arguments) == name


def test_a_hessian_is_judged_entry_by_entry():
    """Second order: inputs by inputs, named d2f/dxdx."""
    hessian = np.array([[2.0, 1.0], [1.0, 4.0]])
    wrong = hessian.copy()
    wrong[0, 1] = 3.0
    built = dataclasses.replace(case(wrong, hessian), order=2, row_names=("f",))
    verdict = judge(built)
    assert verdict.reason == "waves_grad is wrong in 1 of 4 entries: d2f/dx[0]dx[1]"
    assert verdict.findings[0].code == "GC102"


def test_precise_differences_replace_an_imprecise_recording():
    """Of two consistent references the one with the smaller bar is used."""
    assert judge(case([1.0], [1.0], bar=1e-9, ad_bar=1e-3)).outcome == "agree"
    assert judge(case([1.0001], [1.0], bar=1e-9, ad_bar=1e-6)).outcome == "wrong"


def test_ad_is_not_its_own_witness():
    """Without a hand-written derivative, reverse mode alone confirms nothing, nor do differences of three digits."""
    alone = case(None, [2.0], symbolic=False, differences=False, trace_verified=True)
    only = tuple(each for each in alone.answers if each.method != "forward")
    assert judge(dataclasses.replace(alone, answers=only)).outcome == "cannot-tell"
    assert judge(case(None, [2.0], bar=1e-3)).outcome == "cannot-tell"
    assert judge(case(None, [2.0], bar=1e-3, trace_verified=True)).outcome == "agree"


def test_the_natural_scale_is_for_zeros_only():
    """A small derivative known to 1 % is not settled because larger terms exist."""
    small = {"ad_bar": 1e-11, "bar": [1e-10], "scale": np.array([[1.0]]), "trace_verified": True}
    assert judge(case([1.005e-9], [1e-9], **small)).outcome == "cannot-tell"


def test_the_worst_entry_is_a_wrong_one():
    """An undecided entry with a larger distance stands behind a wrong one."""
    verdict = judge(case([1.00001, 1.05], [1.0, 1.0], ad=False, symbolic=False, bar=[1e-9, 0.1]))
    assert [entry.verdict for entry in verdict.entries] == ["wrong", "cannot-tell"]
    assert verdict.reason == "waves_grad is wrong in 1 of 2 entries: df/dx[0]"


def test_a_function_that_is_random_is_named_itself():
    """Remarks on f reach the verdict with and without a hand-written derivative."""
    seen = Remark(-1, -1, "random", "waves returns different values at the same point, 0.1 apart")
    for yours in ([2.0], None):
        verdict = judge(case(yours, [2.0], behaviour=(seen,)))
        assert (verdict.outcome, verdict.reason) == ("cannot-tell", seen.sentence)
        assert verdict.findings[0].code == "GC206"


def test_readers_of_one_recording_may_differ_by_rounding():
    """AD and SymPy a few ulps apart, or at a kink, are not reported as our bug."""
    assert judge(case([1.0], [1.0], symbolic=[1.0 + 1e-12])).findings == ()
    assert [found.code for found in judge(case([1.0], [1.0], symbolic=[1.001])).findings] == ["GC390"]
    branch = (guard([0.0], "=="),)
    assert "GC390" not in [found.code for found in judge(case([1.0], [1.0], symbolic=[2.0], guards=branch)).findings]


def test_a_random_function_without_a_derivative_is_told_as_such():
    """Nothing to judge is not the news: that f answers differently each time is."""
    remark = Remark(-1, -1, "random", "f returns different values at the same point, 0.3 apart")
    declined = Declined("reverse", remark.sentence)
    verdict = judge(
        Case("f", "AD", ("f",), ("x",), None, (declined,), behaviour=(remark,)),
    )
    assert verdict.outcome == "cannot-tell"
    assert verdict.findings[0].code == "GC206"
    assert "different values" in verdict.reason


def test_nan_from_the_rules_at_a_kink_accuses_nobody_but_a_written_nan_is_wrong():
    """At the tip of a cone reverse mode divides zero by zero; whoever writes that nan by hand is told so."""
    tip = {"ad": [math.nan], "symbolic": False, "bar": [math.inf], "remarks": [kink(0, 0, -1.0, 1.0)]}
    assert judge(case(None, [0.0], **tip)).outcome == "kink"
    assert judge(case([math.nan], [0.0], **tip)).outcome == "wrong"
