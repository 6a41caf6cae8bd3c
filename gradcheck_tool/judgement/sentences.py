"""The one sentence of a verdict, naming the user's function and the worst entry."""

from __future__ import annotations

import math

import numpy as np

from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.compare import Judged
from gradcheck_tool.judgement.evidence import SHOWN, larger
from gradcheck_tool.judgement.formula import proven
from gradcheck_tool.judgement.record import Entry, Outcome, relative_gap

METHOD_NAMES = {
    "forward": "AD",
    "reverse": "AD",
    "symbolic": "SymPy",
    "complex-step": "complex step",
    "differences": "differences",
    "exact": "exact arithmetic",
    "handwritten": "yours",
    "exact-handwritten": "yours, exact",
}
SIX = 6  # digits below which a method is not named as agreeing


def summary(case: Case, judged: tuple[Judged, ...], outcome: Outcome) -> str:
    """Line 1 of the report without its glyph; `judged` comes worst first."""
    if outcome == "wrong":
        return _wrong(case, judged)
    if outcome == "kink":
        return _kink(case, judged)
    return _cannot_tell(case, judged) if outcome == "cannot-tell" else _agree(case, judged)


def _wrong(case: Case, judged: tuple[Judged, ...]) -> str:
    wrong = [each.entry for each in judged if each.entry.verdict == "wrong"]
    kinks = [each for each in judged if each.code == "GC201"]
    if len(kinks) >= len(wrong) and kinks[0].entry.verdict == "wrong":
        return f"{case.name} has no derivative {kink_place(case, kinks[0])}; {kinks[0].entry.reason}: wrong"
    slightly = [each for each in judged if each.code == "GC110"]
    if len(slightly) == len(wrong):
        share = percent(max(relative_gap(entry.yours, entry.reference) for entry in wrong))
        return f"{case.yours_name} is wrong by {share} in {wrong[0].name}, more than rounding explains"
    if len(judged) == 1:
        return f"{case.yours_name} is wrong: {wrong[0].name}"
    count = f"{case.yours_name} is wrong in {len(wrong)} of {len(judged)} entries"
    if len(wrong) == 1:
        return f"{count}: {wrong[0].name}"
    block = block_of(case, wrong)
    return f"{count}: {block}" if block else f"{count}, most in {wrong[0].name}"


def block_of(case: Case, entries: list[Entry]) -> str:
    """Name the one row or column that `entries` fill exactly; empty where they do not."""
    rows, columns = case.shape
    row, column = {entry.row for entry in entries}, {entry.column for entry in entries}
    if min(rows, columns) < 2 or len(entries) < 2:
        return ""
    if len(column) == 1 and len(entries) == rows:
        return f"all of column {case.column_names[column.pop()]}"
    if len(row) == 1 and len(entries) == columns:
        names = case.column_names if case.order == 2 else case.row_names
        return f"all of row {names[row.pop()]}"
    return ""


def _zeros(case: Case, judged: tuple[Judged, ...]) -> str:
    """The entries that are 0 for everybody and are not listed."""
    zeros = int(np.prod(case.shape)) - len(judged)
    return f" and {zeros} zeros" if zeros > 0 else ""


def _kink(case: Case, judged: tuple[Judged, ...]) -> str:
    kinks = [each for each in judged if each.entry.verdict == "kink"]
    more = "" if len(kinks) == 1 else f", nor in {len(kinks) - 1} more entr{'y' if len(kinks) == 2 else 'ies'}"
    return f"{case.name} has no derivative {kink_place(case, kinks[0])}{more}; {kinks[0].entry.reason}"


def kink_place(case: Case, judged: Judged) -> str:
    """Where the kink is: ``at x[1] = 0``, or along which input."""
    column = judged.entry.column
    if case.x is None:
        return f"along {case.column_names[column]} here"
    value = float(case.x[column])
    return (
        f"at {case.column_names[column]} = {int(value) if value == int(value) and abs(value) < 1e15 else repr(value)}"
    )


def _cannot_tell(case: Case, judged: tuple[Judged, ...]) -> str:
    open_ = [each for each in judged if each.entry.verdict == "cannot-tell"]
    least = max(open_, key=lambda each: agreement(each.entry))
    level, scope = agreement(least.entry), "" if len(judged) == 1 else f" in {least.entry.name}"
    unfit = (
        least.code in ("GC202", "GC203", "GC206") or abs(least.entry.yours - least.entry.reference) > least.entry.bound
    )
    if unfit or not SHOWN / 2 < level < 1:
        others = "" if len(open_) == 1 else f" and {len(open_) - 1} more"
        return f"{case.yours_name} cannot be judged in {least.entry.name}{others}: {least.entry.reason}"
    if least.code == "GC204":
        return f"{case.yours_name} agrees to {percent(level)}{scope}; noise in {case.name} hides the rest"
    return f"{case.yours_name} agrees to {percent(level)} only{scope}; {least.entry.reason}"


def agreement(entry: Entry) -> float:
    """The relative accuracy to which yours was confirmed; infinite where not at all."""
    size = larger(entry.yours, entry.reference)
    reach = max(abs(entry.yours - entry.reference), entry.bound)
    if math.isnan(size) or not math.isfinite(reach):
        return math.inf
    return reach / size if size else math.inf


def percent(share: float, digits: int = 1) -> str:
    """``0.09 %`` for shares a reader thinks of in percent, ``3e-05`` below."""
    if share >= 1:
        return f"{100 * share:.0f} %"
    return f"{float(f'{100 * share:.{digits}g}'):g} %" if share >= 1e-4 else f"{share:.{digits - 1}e}"


def _agree(case: Case, judged: tuple[Judged, ...]) -> str:
    if any(each.code == "GC210" for each in judged):
        return f"{case.yours_name} is the right formula, badly rounded here"
    entries = [each.entry for each in judged]
    shared = _shared(entries, case.label)
    count = f"{len(entries)} entr{'y' if len(entries) == 1 else 'ies'}{_zeros(case, judged)}"
    if all(proven(each.evidence) for each in judged):
        count += _proved(case)
        shared.pop(METHOD_NAMES["exact"], None)
    if not shared:
        return f"{case.yours_name}, {count}"
    order = list(dict.fromkeys([*METHOD_NAMES.values(), *shared]))
    names = sorted(shared, key=order.index)
    return f"{case.yours_name}, {count}, at least {min(shared.values())} digits ({', '.join(names)})"


def _proved(case: Case) -> str:
    """What exact arithmetic showed, after the number of entries; and whose single precision it passed over."""
    formula = case.formula
    told = ", proved identical on this branch" if formula and formula.identical else ", formula proven equal"
    if formula is None or not formula.single:
        return told
    names = {"f": case.name, "yours": case.yours_name}
    who = " and ".join(names[each] for each in formula.single)
    return f"{told} ({who} {'computes' if len(formula.single) == 1 else 'compute'} in single precision)"


def digits_of(entries: list[Entry]) -> int:
    """The digits that yours shares, in all these entries, with every method precise enough to be named."""
    return min(_shared(entries, "yours").values(), default=0)


def _shared(entries: list[Entry], label: str) -> dict[str, int]:
    """Digits by the name of the method, where they are enough to name it; AD is the worse of its two modes."""
    shared: dict[str, int] = {}
    for method in dict.fromkeys(method for entry in entries for method in entry.values):
        name = METHOD_NAMES.get(method, method)
        digits = min(shared_digits(entry, method) for entry in entries)
        if name not in (label, METHOD_NAMES["exact-handwritten"]):
            shared[name] = min(shared.get(name, digits), digits)
    return {name: digits for name, digits in shared.items() if digits >= SIX}


def shared_digits(entry: Entry, method: str) -> int:
    """How many leading digits yours shares with one method, no more than its bar allows; at most 16."""
    if method not in entry.values:
        return 0
    value, bar = entry.values[method], entry.bars[method]
    size = larger(entry.yours, value)
    reach = max(abs(entry.yours - value), bar)
    if not math.isfinite(reach) or math.isnan(size):
        return 0
    if reach == 0:
        return 16
    if entry.verdict == "agree" and larger(entry.yours, entry.reference) <= entry.bound:
        return 16 if abs(entry.yours - value) <= bar + entry.bound else 0  # a derivative of 0
    return 0 if reach >= size else min(16, math.floor(-math.log10(reach / size)))
