"""Proof that the check can fail: an error put into the derivative under test, and the same judgement of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.power import power
from gradcheck_tool.judgement.record import Entry, Outcome, Proof, Verdict
from gradcheck_tool.judgement.verdict import judge
from gradcheck_tool.methods.directional import is_directional
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate

TIMES = 4.0
"""How large the error is that is put in, in units of the error that is said to be caught."""

MOST = 24
"""Entries that are perturbed one after the other; of more, the ones with the least power and a random sample."""

VOUCHING = ("exact-handwritten",)
"""Answers about the user's own formula: they say nothing about numbers that were changed."""

Measure = Callable[[Estimate], Answer]
"""Differences that start from what is claimed, taken again for another claim."""


def prove(case: Case, verdict: Verdict, measure: Measure, seed: int = 0) -> tuple[Proof, ...]:
    """Change one entry at a time that agrees, by four times the error that would be caught, and judge it again.

    The changed derivative goes through the whole judgement with the same evidence. Where the differences took what is
    claimed as their starting point, they are taken again.
    """
    tested = case.tested
    if tested is None:
        return ()
    entries = [entry for entry in verdict.entries if entry.verdict == "agree" and math.isfinite(power(entry))]
    return tuple(_proof(case, tested, entry, measure, sign=_sign(k)) for k, entry in enumerate(_sample(entries, seed)))


def _sign(k: int) -> float:
    return -1.0 if k % 2 else 1.0


def _sample(entries: list[Entry], seed: int) -> list[Entry]:
    """All of a few entries; of many, half of them with the least power and half at random."""
    if len(entries) <= MOST:
        return sorted(entries, key=lambda entry: (entry.row, entry.column))
    weakest = sorted(entries, key=lambda entry: -_relative(entry))
    chosen, rest = weakest[: MOST // 2], weakest[MOST // 2 :]
    places = np.random.default_rng(seed).choice(len(rest), MOST - len(chosen), replace=False)
    return sorted([*chosen, *(rest[int(place)] for place in places)], key=lambda entry: (entry.row, entry.column))


def _relative(entry: Entry) -> float:
    return power(entry) / abs(entry.yours) if entry.yours else math.inf


def _proof(case: Case, tested: Estimate, entry: Entry, measure: Measure, sign: float) -> Proof:
    jacobian = tested.jacobian.copy()
    error = sign * TIMES * power(entry)
    jacobian[entry.row, entry.column] += error
    put_in = float(jacobian[entry.row, entry.column] - entry.yours)
    changed = replace(tested, method="handwritten", jacobian=jacobian, bound=np.zeros(jacobian.shape), remarks=())
    answers = tuple(_again(answer, changed, measure) for answer in case.answers if answer.method not in VOUCHING)
    again = judge(replace(case, yours=changed, answers=answers, formula=None, stories=()))
    outcome: Outcome = next(
        (each.verdict for each in again.entries if (each.row, each.column) == (entry.row, entry.column)), "cannot-tell"
    )
    return Proof(entry.name, power(entry), entry.yours, put_in, outcome)


def _again(answer: Answer, changed: Estimate, measure: Measure) -> Answer:
    """Differences that were told what is claimed are told the changed claim."""
    if isinstance(answer, Declined) or not is_directional(answer):
        return answer
    return measure(changed)
