"""From a `Case`, numbers only, to a `Verdict`: entry by entry, then as a whole."""

from __future__ import annotations

import math

from gradcheck_tool.judgement import protocol
from gradcheck_tool.judgement.case import Case, GuardAtPoint, entry_name
from gradcheck_tool.judgement.compare import Judged, judge_entry
from gradcheck_tool.judgement.evidence import gather
from gradcheck_tool.judgement.findings import about_entries, about_methods, wrong_shape
from gradcheck_tool.judgement.notes import notes
from gradcheck_tool.judgement.record import Entry, Outcome, Verdict, relative_gap
from gradcheck_tool.judgement.rounded import certified_digits, condition
from gradcheck_tool.judgement.sentences import summary

__all__ = ["Case", "GuardAtPoint", "entry_name", "judge"]

SEVERITY: dict[Outcome, int] = {"error": 0, "wrong": 1, "kink": 2, "cannot-tell": 3, "agree": 4}


def judge(case: Case) -> Verdict:
    """Judge every entry of the derivative under test and say in one sentence what came out.

    An entry is wrong where it lies further from the reference than the reference's bound, what
    rounding can explain and ``rtol`` of the larger value; there is no absolute floor and nothing
    grows with the number of entries. It agrees only where an error of 1e-6 would have been seen.
    The whole is wrong if one entry is, else a kink, else cannot-tell, else agree.
    """
    if case.yours is not None and case.yours.jacobian.shape != case.shape:
        found = wrong_shape(case)
        return Verdict("wrong", found.message, (), (found, *about_methods(case, ())), math.inf)
    if case.tested is None:
        return Verdict(
            "cannot-tell",
            _nothing(case),
            (),
            (*protocol.told_of(case, case.behaviour), *about_methods(case, ())),
            math.inf,
        )
    judged = tuple(sorted((judge_entry(each, case.rtol) for each in gather(case)), key=_worst_first))
    told = protocol.about(case, judged)
    judged = told.judged
    outcome = told.outcome or overall(judged)
    findings = (
        *told.findings,
        *about_entries(case, judged),
        *about_methods(case, judged),
        *notes(case, judged, outcome),
    )
    entries = tuple(each.entry for each in judged)
    reason = told.reason or summary(case, judged, outcome)
    reach = max((confirmed(entry) for entry in entries if entry.verdict != "kink"), default=math.inf)
    return Verdict(outcome, reason, entries, findings, reach, certified_digits(entries), condition(entries))


def _nothing(case: Case) -> str:
    """Why there is nothing to judge: no hand-written derivative, and no recorded one."""
    for each in case.behaviour:
        if each.kind in ("random", "remembers"):
            return each.sentence
    why = next((each.reason for each in case.declined if each.method in ("reverse", "forward")), "")
    return f"{case.name} has no hand-written derivative, and AD declined" + (f": {why}" if why else "")


def overall(judged: tuple[Judged, ...]) -> Outcome:
    """The gravest of the entries' verdicts."""
    outcomes: list[Outcome] = [each.entry.verdict for each in judged]
    return min(outcomes, key=SEVERITY.__getitem__, default="cannot-tell")


def confirmed(entry: Entry) -> float:
    """How far yours can be from the truth, relative to the larger value; infinite where nobody knows."""
    gap = 0.0 if entry.verdict == "wrong" else abs(entry.yours - entry.reference)
    reach = gap + entry.bound
    if not math.isfinite(reach):
        return math.inf
    larger = max(abs(entry.yours) if math.isfinite(entry.yours) else 0.0, abs(entry.reference))
    if entry.verdict == "agree" and reach >= larger:
        return 0.0  # a derivative of 0, settled on its natural scale
    return reach / larger if larger else math.inf


def _worst_first(judged: Judged) -> tuple[int, int, float, float, int, int]:
    """Gravest verdict, then nan, then the relative and the absolute distance, as every report lists them."""
    entry = judged.entry
    relative = relative_gap(entry.yours, entry.reference)
    absolute = abs(entry.yours - entry.reference)
    unordered = math.isnan(relative) or math.isnan(absolute)
    distance = (0.0, 0.0) if unordered else (-relative, -absolute)
    return (SEVERITY[entry.verdict], 0 if unordered else 1, *distance, entry.row, entry.column)
