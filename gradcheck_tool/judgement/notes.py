"""Remarks that take nothing from a judgement: single precision, unfinished loops, rules without a value."""

from __future__ import annotations

import math

from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.codes import finding
from gradcheck_tool.judgement.compare import Judged
from gradcheck_tool.judgement.formula import proven
from gradcheck_tool.judgement.record import Entry, Finding, Outcome, relative_gap
from gradcheck_tool.judgement.sentences import shared_digits

LAGGING = 1e-6
"""Relative; the derivative of a stopped iteration that is closer to that of its limit is not worth a word."""


def notes(case: Case, judged: tuple[Judged, ...], outcome: Outcome) -> tuple[Finding, ...]:
    """What is worth knowing about f although `outcome` does not rest on it."""
    found = (_single(case, judged, outcome), _unfinished(case, judged, outcome), _no_value(judged))
    return tuple(each for each in found if each is not None)


def _single(case: Case, judged: tuple[Judged, ...], outcome: Outcome) -> Finding | None:
    """Single precision: how far yours agrees with the code as it runs, and with its formula without rounding."""
    if outcome != "agree" or case.formula is None or not case.formula.single:
        return None
    known = {"f": case.name, "yours": case.yours_name}
    who = " and ".join(known.get(each, each) for each in case.formula.single)
    told = f"{who} {'compute' if len(case.formula.single) > 1 else 'computes'} in single precision"
    running = min((shared_digits(each.entry, "differences") for each in judged), default=0)
    said = [f"to {running} digits with what it returns"] if running else []
    if judged and all(proven(each.evidence) for each in judged):
        said.append(f"to {min(map(_formula_digits, judged))} with its formula in exact arithmetic")
    told += f"; {case.yours_name} agrees {' and '.join(said)}" if said else ""
    return finding("GC216", told, where=case.where)


def _formula_digits(judged: Judged) -> int:
    """The digits in which the two formulas agree when nothing is rounded; at most 16."""
    values = judged.entry.values
    gap = relative_gap(values["exact"], values["exact-handwritten"])
    return 16 if gap == 0 else max(0, min(16, math.floor(-math.log10(gap))))


def _unfinished(case: Case, judged: tuple[Judged, ...], outcome: Outcome) -> Finding | None:
    lag = case.lag
    if lag is None or outcome != "agree" or lag.derivative <= LAGGING or not judged:
        return None
    told = f"{case.name} stops an iteration that still moves by {lag.move:.0e}: this is the derivative of its steps"
    return finding("GC215", told, where=lag.where)


def _no_value(judged: tuple[Judged, ...]) -> Finding | None:
    """Entries that are settled although the rules, walked along the recorded run, have no finite value for them."""
    lost = [each.entry for each in judged if each.entry.verdict == "agree" and _ruleless(each.entry)]
    if not lost:
        return None
    more = "" if len(lost) == 1 else f" and {len(lost) - 1} more"
    value = lost[0].values["reverse"]
    return finding("GC392", f"{lost[0].name}{more}: AD gives {value:g}, where f has a derivative", entry=lost[0].name)


def _ruleless(entry: Entry) -> bool:
    value = entry.values.get("reverse")
    return value is not None and not math.isfinite(value) and math.isfinite(entry.reference)
