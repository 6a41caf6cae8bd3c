"""A right formula in an unstable spelling: the line that loses the digits, and how many, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable

from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.compare import Judged
from gradcheck_tool.judgement.evidence import UNIT
from gradcheck_tool.judgement.record import Entry

DIGITS = 16  # of a double


def lost_digits(case: Case, group: list[Judged]) -> tuple[tuple[str, str], ...]:
    """The keyed lines ``line`` (where, and its text) and ``loses`` about the worst entry whose line is known."""
    places = {(each.entry.row, each.entry.column): each.entry for each in group}
    losses = () if case.formula is None else case.formula.losses
    for loss in losses:
        if (loss.row, loss.column) in places:
            lost = min(DIGITS, max(1, round(loss.lost)))
            left = max(0, math.floor(loss.left))
            plural = "" if lost == 1 else "s"
            kept = "no digit is left" if left == 0 else f"{left} of {DIGITS} digits are left"
            told = f"{lost} digit{plural} lost there, and {kept} in {places[loss.row, loss.column].name}"
            return (("line", f"{loss.where}  {loss.source}"), ("loses", told))
    return ()


def certified_digits(entries: Iterable[Entry]) -> int:
    """The digits to which exact arithmetic knows the derivative, in the entry it knows least; 0 without it."""
    known = [_digits(entry) for entry in entries if "exact" in entry.values]
    return min(known, default=0)


def _digits(entry: Entry) -> int:
    value, bar = abs(entry.values["exact"]), entry.bars["exact"]
    if not math.isfinite(bar) or bar >= 0.1 * value:
        return DIGITS if bar <= 1e-30 else 0  # a derivative of 0
    return min(DIGITS, math.floor(-math.log10(max(bar / value, UNIT / 4))))


def condition(entries: Iterable[Entry]) -> float:
    """The largest ``kappa``: AD's running bound over the exact derivative, in units of u; nan where not known.

    ``log10(kappa)`` is how many digits of the derivative floating point loses by the operations of f.
    """
    found = [_condition(entry) for entry in entries if "exact" in entry.values]
    known = [kappa for kappa in found if not math.isnan(kappa)]
    return max(known, default=math.nan)


def _condition(entry: Entry) -> float:
    value = abs(entry.values["exact"])
    bars = [entry.bars[method] for method in ("reverse", "forward") if method in entry.bars]
    if not bars or value == 0 or not math.isfinite(max(bars)):
        return math.nan
    return max(1.0, max(bars) / value / UNIT)
