"""The exact derivative against what the user's formula gives without rounding: right, unstable, or wrong.

Only where differences, which run the real code, do not deny the exact derivative. Tiny differences prove nothing
where f iterates or computes in single precision, nor where rounding of the user's own run is larger than they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from gradcheck_tool.judgement.evidence import UNIT, Evidence, Reading, larger
from gradcheck_tool.judgement.record import Outcome

SMALLEST = 1e-13  # relative; two formulas this close are not told apart, whatever their constants are
FOLLOWED = 0.1  # the share of the gap by which the user's numbers may differ from the user's formula
LAST = 16 * UNIT  # of the largest entry of a gradient: where a small one is rounded by less, no digit was lost
DOUBTFUL = 1e-6  # relative; what an inner iteration leaves over is smaller


@dataclass(frozen=True, slots=True)
class ByFormula:
    """A judgement that needs no tolerance: the word, its code, a reason, and the exact derivative it rests on."""

    outcome: Outcome
    code: str
    reason: str
    right: Reading


def by_formula(evidence: Evidence, rtol: float, *, supported: bool) -> ByFormula | None:  # noqa: PLR0911 - a decision tree
    """Judge an entry by the two exact readings; None where they do not settle it.

    `supported`: something that ran the real code confirms what the recording says. A formula that is proven equal
    needs no such support, because two people do not misread the same code alike, unless both say 0.
    """
    pair = evidence.exact_pair
    if pair is None or not evidence.handwritten:
        return None
    right, mine = pair
    gap, size = abs(right.value - mine.value), larger(right.value, mine.value)
    if proven(evidence):
        if size <= right.bar + mine.bar and not (supported or _contain_zero(evidence.differences)):
            return None
        lost = abs(evidence.yours - right.value)
        if lost > max(right.bar + rtol * larger(evidence.yours, right.value), LAST * evidence.peak):
            if evidence.formula is not None and evidence.formula.single:
                return ByFormula("agree", "", "the formula is right, single precision hides its digits", right)
            return ByFormula("agree", "GC210", "the formula is right, its spelling loses digits here", right)
        return ByFormula("agree", "", "", right)
    if not supported or gap <= SMALLEST * size or _doubtful(evidence, gap, size):
        return None
    if gap > rtol * size:
        apart = abs(evidence.yours - right.value) > right.bar + rtol * larger(evidence.yours, right.value)
        return ByFormula("wrong", "GC100", "", right) if apart else None
    if abs(evidence.yours - mine.value) > FOLLOWED * gap or rtol > DOUBTFUL:
        return None
    reason = f"it differs from the derivative by {gap / size:.1e} of its value, more than rounding explains"
    return ByFormula("wrong", "GC110", reason, right)


def _contain_zero(differences: Reading) -> bool:
    return differences.usable and abs(differences.value) <= differences.bar


def proven(evidence: Evidence) -> bool:
    """Whether the user's formula is the exact derivative in this entry, up to the rounding of constants."""
    pair = evidence.exact_pair
    if pair is None or not evidence.handwritten:
        return False
    right, mine = pair
    return abs(right.value - mine.value) <= right.bar + mine.bar


def _doubtful(evidence: Evidence, gap: float, size: float) -> bool:
    formula = evidence.formula
    if formula is None:
        return False
    return bool(formula.single) or (bool(formula.doubt) and gap <= DOUBTFUL * size)
