"""One entry, judged: yours against the most precise reference that the differences do not contradict."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from gradcheck_tool.judgement.evidence import ILL_CONDITIONED, SHOWN, UNIT, Evidence, Reading, larger, precise
from gradcheck_tool.judgement.formula import by_formula
from gradcheck_tool.judgement.kinks import Slopes
from gradcheck_tool.judgement.kinks import sentence as placed
from gradcheck_tool.judgement.record import Entry, Outcome

NEAR_A_BRANCH = 4.0  # ulps: closer than this no difference fits between the point and the branch
SATURATED = 4.0 * UNIT  # of the natural scale: what is left of a derivative whose terms cancelled


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with the code of what is to be told about it (empty: nothing)."""

    entry: Entry
    code: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Held:
    """What yours is held against, and whether that may be trusted.

    `contradicted`: differences lie outside what the trace says and have won the argument.
    `supported`: something that ran the real code confirms the reference to a few percent.
    `rounding`: what rounding may have done to yours, beyond the bar of the reading.
    """

    reading: Reading
    contradicted: bool = False
    supported: bool = False
    rounding: float = 0.0


NOTHING = Held(Reading("", math.nan, math.inf))


def judge_entry(evidence: Evidence, rtol: float) -> Judged:
    """Judge one entry; `rtol` is the relative rounding allowed to yours."""
    slopes, cause = evidence.slopes, evidence.remark("random", "jump", "staircase")
    if slopes is not None and not slopes.removable and (slopes.known or cause is None):
        return _kink(evidence, slopes, rtol)
    if slopes is not None:
        common = Reading("differences", *slopes.common)
        if common.bar < evidence.differences.bar:
            evidence = replace(evidence, differences=common)
    held = reference(evidence, rtol)
    if cause is not None:
        code = "GC206" if cause.kind == "random" else "GC202"
        return _undecided(evidence, held or NOTHING, rtol, code, cause.sentence)
    return _without_reference(evidence, rtol) if held is None else _smooth(evidence, held, rtol)


def reference(evidence: Evidence, rtol: float) -> Held | None:
    """The most precise reading inside the differences' bar; the differences where they contradict them all.

    None where no method has a finite answer, or precise ones contradict each other and there are no
    differences to say which is right.
    """
    differences, candidates, rounding = evidence.differences, precise(evidence), evidence.rounding
    if not differences.usable:
        if not candidates or not all(candidates[0].consistent(each) for each in candidates):
            return None
        return Held(candidates[0], supported=_ran_the_code(evidence, candidates[0]), rounding=rounding)
    inside = [each for each in candidates if each.consistent(differences)]
    if candidates and not inside:
        return Held(differences, contradicted=True, supported=True)
    if not inside or inside[0].bar > differences.bar or not all(inside[0].consistent(each) for each in inside):
        return Held(differences, supported=True, rounding=rounding)
    share = ILL_CONDITIONED if evidence.handwritten else _shown(rtol)
    confirmed = differences.bar <= share * larger(inside[0].value, differences.value)
    return Held(inside[0], supported=confirmed or _ran_the_code(evidence, inside[0]), rounding=rounding)


def _ran_the_code(evidence: Evidence, reading: Reading) -> bool:
    """Whether a reading is evidence about the real code: the complex step runs it, a recording must be verified."""
    return evidence.verified or reading.method == "complex-step"


def _shown(rtol: float) -> float:
    """The widest relative bar with which a verdict "agree" is honest."""
    return max(SHOWN - rtol, rtol)


def _smooth(evidence: Evidence, held: Held, rtol: float) -> Judged:
    yours, right = evidence.yours, held.reading
    if not math.isfinite(yours):
        return _entry(evidence, held, rtol, "wrong", "GC109", f"{yours} where the derivative is finite")
    size = larger(yours, right.value)
    gap = abs(yours - right.value)
    proof = by_formula(evidence, rtol, supported=held.supported)
    if proof is not None and not (proof.outcome == "wrong" and _lagging(evidence, held)):
        settled = Held(proof.right, supported=held.supported)
        tolerated = 0.0 if proof.code == "GC110" else rtol
        return _entry(evidence, settled, tolerated, proof.outcome, proof.code, proof.reason)
    if gap > right.bar + held.rounding + rtol * size:
        return _apart(evidence, held, rtol)
    within = gap <= right.bar + rtol * size
    unseen = right.bar + (0.0 if within else held.rounding)
    if not _settled_zero(evidence, held, size):
        if unseen > _shown(rtol) * size:
            return _undecided(evidence, held, rtol, *_too_wide(evidence, held, within=within))
        if not held.supported:
            return _undecided(evidence, held, rtol, "GC209", "only methods that read the recording confirm it")
    return _entry(evidence, held, rtol, "agree", _doubt(evidence) if held.contradicted else "")


def _doubt(evidence: Evidence) -> str:
    """Why what reads the recording differs from what the code does, although yours is right."""
    if evidence.kinks:
        return "GC205"
    return "GC204" if evidence.remark("noisy") else "GC391"


def _apart(evidence: Evidence, held: Held, rtol: float) -> Judged:  # noqa: PLR0911 - a decision tree, one leaf each
    """Yours is too far from the reference: wrong, unless the evidence against it is not good enough."""
    yours, differences = evidence.yours, evidence.differences
    gap = abs(yours - held.reading.value)
    lagging = _lagging(evidence, held)
    if lagging:
        return _undecided(evidence, held, rtol, "GC215", lagging)
    if held.contradicted and evidence.rounding >= gap:
        sentence = "f multiplies rounding by more than its derivative, so that no digit of it can be seen"
        return _undecided(evidence, held, rtol, "GC210", sentence)
    if held.contradicted or (not evidence.handwritten and held.reading is differences):
        alone = all(
            abs(each.value - yours) <= each.bar + rtol * larger(each.value, yours) for each in precise(evidence)
        )
        if alone and not evidence.kinks and evidence.margin < NEAR_A_BRANCH:
            return _undecided(evidence, held, rtol, "GC209", "the nearest branch is closer than any step")
        if alone and not evidence.kinks and evidence.verified:
            return _undecided(evidence, held, rtol, *_limited(evidence, "only differences differ"))
        if evidence.order == 2 and evidence.kinks:
            sentence = "a branch is decided at equality here, and second differences mix its two sides"
            return _undecided(evidence, held, rtol, "GC209", sentence)
        branch = alone and evidence.kinks
        return _entry(
            evidence, held, rtol, "wrong", "GC205" if branch else "GC100" if evidence.handwritten else "GC391"
        )
    unsettled = not differences.usable or abs(yours - differences.value) <= differences.bar
    if held.reading is not differences and unsettled:
        if not held.supported:
            return _undecided(evidence, held, rtol, "GC209", "only methods that read the recording speak against it")
        if abs(yours - held.reading.value) <= SATURATED * evidence.scale:
            return _undecided(evidence, held, rtol, "GC210", "what is left of it is at the level of rounding")
    ours = "GC391" if held.reading is differences else "GC390"
    return _entry(evidence, held, rtol, "wrong", "GC100" if evidence.handwritten else ours)


def _lagging(evidence: Evidence, held: Held) -> str:
    """Whether yours may be the derivative of the limit of an iteration that f stops early: the sentence, or nothing."""
    lag = evidence.lag
    gap, size = abs(evidence.yours - held.reading.value), larger(evidence.yours, held.reading.value)
    if lag is None or not evidence.handwritten or not gap <= lag.derivative * size:
        return ""
    return f"f stops iterating at {lag.where} while it moves by {lag.move:.0e}, and yours may be of its limit"


def _settled_zero(evidence: Evidence, held: Held, size: float) -> bool:
    """Whether this is a derivative of 0, as far as its natural scale lets anyone see.

    An exact 0 in the trace (no path, or a factor 0) with differences that contain 0 is one too:
    nothing there is rounded.
    """
    differences, right = evidence.differences, held.reading
    if size > right.bar and size > 0:
        return False
    if right.value == 0 and right.bar == 0:
        return held.supported or (differences.usable and abs(differences.value) <= differences.bar)
    tiny = SHOWN * evidence.scale
    return right.bar <= tiny and (held.supported or differences.bar <= tiny)


def _too_wide(evidence: Evidence, held: Held, *, within: bool) -> tuple[str, str]:
    """Why the bar is too wide for a verdict: the code and the cause."""
    recorded = next((each for each in evidence.readings if each.method in ("reverse", "forward")), None)
    ill = recorded is not None and recorded.usable and recorded.bar > SHOWN * abs(recorded.value)
    if ill and (not within or held.reading is not evidence.differences):
        return "GC210", "rounding in the formula hides the rest"
    right = held.reading
    if larger(evidence.yours, right.value) <= right.bar:
        return _limited(evidence, f"it is 0 within {right.bar:.1e}, and nothing smaller can be seen")
    return _limited(evidence, "differences settle no further")


def _limited(evidence: Evidence, otherwise: str) -> tuple[str, str]:
    """What limits the differences, in the words of their own remark."""
    for kind, code in (
        ("noisy", "GC204"),
        ("flat", "GC211"),
        ("scales", "GC209"),
        ("edge", "GC209"),
        ("directional", "GC209"),
    ):
        remark = evidence.remark(kind)
        if remark is not None:
            return code, remark.sentence
    return "GC209", otherwise


def _kink(evidence: Evidence, slopes: Slopes, rtol: float) -> Judged:
    """Two slopes, or a decision at equality with nothing measured beside it."""
    place = slopes.place(evidence.yours, rtol)
    held = Held(Reading("differences", *slopes.common), supported=True)
    who = "yours" if evidence.handwritten else "AD"
    if place == "outside" and not evidence.handwritten and math.isnan(evidence.yours):
        # Nobody wrote this nan: the rules divide by zero exactly where no derivative exists.
        return _entry(evidence, held, rtol, "kink", "GC201", "AD has no value there")
    return _entry(evidence, held, rtol, "wrong" if place == "outside" else "kink", "GC201", placed(place, who))


def _without_reference(evidence: Evidence, rtol: float) -> Judged:
    """No method is sure. NaN agrees with nothing, and is wrong wherever a method has a finite answer."""
    answers = (*evidence.others, evidence.differences)
    answered = next((each for each in answers if each.usable), None)
    if answered is not None and not math.isfinite(evidence.yours):
        return _entry(
            evidence, Held(answered), rtol, "wrong", "GC109", f"{evidence.yours} where {answered.method} is finite"
        )
    if answered is not None:
        return _undecided(evidence, Held(answered), rtol, *_limited(evidence, "the methods contradict each other"))
    if any(not math.isfinite(each.value) for each in evidence.others):
        return _undecided(evidence, NOTHING, rtol, "GC203", "the derivative is not a finite number here")
    return _undecided(evidence, NOTHING, rtol, *_limited(evidence, "no method has a precise answer"))


def _undecided(evidence: Evidence, held: Held, rtol: float, code: str, reason: str) -> Judged:
    return _entry(evidence, held, rtol, "cannot-tell", code, reason)


def _entry(  # noqa: PLR0913, PLR0917 - what was held against what, and the three words that came out
    evidence: Evidence, held: Held, rtol: float, outcome: Outcome, code: str, reason: str = ""
) -> Judged:
    right = held.reading
    size = larger(evidence.yours, right.value)
    allowed = rtol * size if math.isfinite(size) else 0.0
    readings = [each for each in (*evidence.readings, evidence.differences) if each.answered]
    entry = Entry(
        name=evidence.name,
        row=evidence.row,
        column=evidence.column,
        verdict=outcome,
        yours=evidence.yours,
        reference=right.value,
        bound=right.bar,
        tolerance=right.bar + held.rounding + allowed,
        values={each.method: each.value for each in readings},
        bars={each.method: each.bar for each in readings},
        reason=reason,
    )
    return Judged(entry, code, evidence)
