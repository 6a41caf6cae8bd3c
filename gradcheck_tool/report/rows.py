"""The evidence: what every method says about one entry, stacked so that the eye finds the first wrong digit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from gradcheck_tool.judgement.record import Entry, Finding
from gradcheck_tool.report import numbers
from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.order import is_slight, is_unstable
from gradcheck_tool.report.record import Result
from gradcheck_tool.report.words import hanging, line, one_line, pad, pad_left

NARROWEST_NOTE = 20
NAMES = {
    "exact": "exact",
    "exact-handwritten": "yours, exact",
    "handwritten": "yours",
    "forward": "AD forward",
    "reverse": "AD reverse",
    "symbolic": "SymPy",
    "complex-step": "complex step",
    "differences": "differences",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the stack: a value with its bar, or words in its place, and a note."""

    label: str
    value: float | None = None
    bar: float = 0.0
    note: str = ""
    words: str = ""
    judged: bool = False
    measured: bool = False  # its bar limits the digits shown


def has_handwritten(result: Result) -> bool:
    """Whether a derivative of the user's was under test, not our own."""
    declined = any(row.method == "handwritten" and row.reason for row in result.methods)
    return result.yours not in ("", "AD") and not declined


def tested_name(result: Result) -> str:
    """What the value under test is called in tables: ``yours`` or ``AD``."""
    return "yours" if has_handwritten(result) else "AD"


def reference_method(result: Result, entry: Entry) -> tuple[str, str]:
    """The method a wrong entry is best held against, and its name in a table's head."""
    if has_handwritten(result):
        for method in ("reverse", "forward"):
            if method in entry.values:
                return method, "AD"
    for method in ("symbolic", "complex-step", "differences"):
        if method in entry.values:
            return method, NAMES[method]
    return "", "reference"


def gap_parts(entry: Entry) -> list[tuple[str, str]]:
    """How far the tested value is from the reference and how far it may be, as (key, text) pairs."""
    if math.isnan(entry.reference):
        return [("", entry.reason)] if entry.reason else []
    gap = entry.yours - entry.reference
    share = numbers.relative(gap, entry.reference)
    parts = [("off by", numbers.signed(gap) + (f" ({share})" if share else ""))]
    if entry.verdict == "cannot-tell" and abs(gap) <= entry.bound:
        parts.append(("", "inside the bar"))
    else:
        parts.append(("tolerance", numbers.bar(entry.tolerance)))
    return parts


def evidence(result: Result, entry: Entry, look: Look, finding: Finding | None = None) -> list[Text]:
    """The stack of one entry, every digit whole at any width."""
    parts = gap_parts(entry) if entry.verdict in ("wrong", "cannot-tell") else []
    rows = [*_slopes(finding), *_rows(result, entry, look, finding)]
    refusals = declined(result)
    width = max([len("differences"), *(cell_len(row.label) for row in rows), *(cell_len(name) for name, _ in refusals)])
    lines = _stack(rows, entry, parts, look, width)
    for name, reason in refusals:
        lines.extend(hanging(line("    ", pad(name, width), "   "), reason, look.width, "dim"))
    return lines


def _rows(result: Result, entry: Entry, look: Look, finding: Finding | None) -> list[Row]:
    values, bars = dict(entry.values), entry.bars
    rows = []
    exact, formula = values.pop("exact", None), values.pop("exact-handwritten", None)
    told = is_unstable(result) or is_slight(result) or look.verbosity > 0 or not values
    if exact is not None and told:
        rows.append(Row("exact", exact, note="certified"))
    if formula is not None and told:
        rows.append(Row(NAMES["exact-handwritten"], formula, note="without rounding"))
    if has_handwritten(result):
        values.pop("handwritten", None)
        note = (_between(entry, finding) or entry.reason) if entry.verdict == "kink" else ""
        note = _digits_left(entry.yours, entry.reference) if is_unstable(result) else note
        rows.append(Row("yours", entry.yours, note=note, judged=True))
    rows.extend(_automatic(values, bars, look, judged=not has_handwritten(result)))
    for method in ("symbolic", "complex-step", "differences", *values):
        if method in values:
            measured = method == "differences"
            blur = bars.get(method, 0.0)
            if measured and math.isinf(blur):
                values.pop(method)
                rows.append(Row(NAMES[method], words="no reliable value here"))
                continue
            known = "" if not measured and look.verbosity < 1 else _bar_note(blur, look)
            if is_unstable(result) and not measured:
                known = _digits_left(values[method], entry.reference)
            rows.append(Row(NAMES.get(method, method), values.pop(method), blur, known, measured=measured))
    return rows


def _automatic(values: dict[str, float], bars: dict[str, float], look: Look, *, judged: bool) -> list[Row]:
    forward, reverse = values.pop("forward", None), values.pop("reverse", None)
    blur = max(bars.get("forward", 0.0), bars.get("reverse", 0.0))
    known = f"   {_bar_note(blur, look)}" if look.verbosity > 0 and blur else ""
    if forward is None and reverse is None:
        return []
    if forward is None or reverse is None:
        value, mode = (reverse, "reverse") if forward is None else (forward, "forward")
        return [Row("AD", value, blur, f"{mode} mode{known}", judged=judged)]
    slack = bars.get("forward", 0.0) + bars.get("reverse", 0.0)
    if forward == reverse or abs(forward - reverse) <= slack:
        return [Row("AD", reverse, blur, f"forward = reverse{known}", judged=judged)]
    return [
        Row("AD forward", forward, bars.get("forward", 0.0), _bar_note(bars.get("forward", 0.0), look)),
        Row("AD reverse", reverse, bars.get("reverse", 0.0), _bar_note(bars.get("reverse", 0.0), look), judged=judged),
    ]


def _bar_note(blur: float, look: Look) -> str:
    return f"{look.glyphs.plus_minus} {numbers.bar(blur)}"


def _digits_left(value: float, truth: float) -> str:
    """What rounding left of a value whose formula is right."""
    digits = numbers.digits_shared(value, truth)
    return "no digit left" if digits == "0" else "every bit" if digits == "=" else f"{digits} of 16 digits left"


def _slopes(finding: Finding | None) -> list[Row]:
    if finding is None:
        return []
    rows = []
    for side in ("left", "right"):
        value, blur = slope(finding, side)
        if value is not None:
            note = f"± {numbers.bar(blur)}" if blur else ""
            rows.append(Row(f"{side} slope", value, blur, note, measured=True))
    return rows


def slope(finding: Finding, side: str) -> tuple[float | None, float]:
    """Read a one-sided slope and its bar from a finding's keyed data; None where there is none."""
    data = dict(finding.data)
    head, _, tail = data.get(f"{side} slope", "").replace("+-", "±").partition("±")
    return _number(head), _number(tail) or _number(data.get(f"{side} bar", "")) or 0.0


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _between(entry: Entry, finding: Finding | None) -> str:
    if finding is None:
        return ""
    (left, left_bar), (right, right_bar) = slope(finding, "left"), slope(finding, "right")
    if left is None or right is None:
        return ""
    if abs(entry.yours - left) <= left_bar:
        return "the left slope: a valid choice"
    if abs(entry.yours - right) <= right_bar:
        return "the right slope: a valid choice"
    return "between them: a valid choice" if min(left, right) <= entry.yours <= max(left, right) else "outside them"


def _stack(rows: list[Row], entry: Entry, parts: list[tuple[str, str]], look: Look, width: int) -> list[Text]:
    scale = entry_scale(entry, [row.value for row in rows if row.value is not None], look)
    truth = scale.write(entry.reference)
    texts = [
        row.words if row.value is None else scale.write(row.value, row.bar if row.measured else 0.0) for row in rows
    ]
    shown = [text for row, text in zip(rows, texts, strict=True) if not row.words]
    before = max((len(_head(text)) for text in shown), default=0)
    after = max((len(text) - len(_head(text)) for text in shown), default=0)
    lines: list[Text] = []
    below: list[Text] = []
    for row, text in zip(rows, texts, strict=True):
        if row.words:
            lines.append(line("    ", pad(row.label, width), "   ", (row.words, "dim")))
            continue
        aligned = pad(pad_left("", before - len(_head(text))) + text, before + after)
        wrong_at = numbers.first_wrong_digit(text, truth) if row.judged and entry.verdict == "wrong" else None
        start = line("    ", pad(row.label, width), "   ")
        indent = cell_len(start.plain) + before - len(_head(text))
        start.append_text(_accused(aligned, wrong_at, before - len(_head(text))))
        note = row.note if look.unicode else row.note.replace("±", look.glyphs.plus_minus)
        beside, under = _with_note(start, pad(row.label, width), note, parts if row.judged else [], look)
        lines.extend(beside)
        below.extend(under)
        if wrong_at is not None and numbers.agreeing_digits(text, wrong_at) >= 2:
            lines.append(line(" " * (indent + wrong_at), ("^ first wrong digit", "wrong")))
    return [*lines, *below]


def entry_scale(entry: Entry, values: list[float], look: Look) -> numbers.Scale:
    """How the numbers of one entry are written: what differs beyond the tolerance must look different."""
    digits = numbers.MOST_DIGITS if look.verbosity > 0 else numbers.USUAL_DIGITS
    anchor = entry.reference if math.isfinite(entry.reference) else entry.yours
    apart = [value for value in values if abs(value - anchor) > entry.tolerance]
    judged = [entry.yours] if entry.verdict != "agree" else []
    return numbers.scale_for(anchor, [*judged, *apart], digits=digits, beside=values)


def _head(text: str) -> str:
    """What stands before the decimal point: the part that is aligned."""
    return text.partition(".")[0].partition("e")[0]


def _accused(shown: str, wrong_at: int | None, offset: int) -> Text:
    text = Text(shown)
    if wrong_at is not None:
        text.stylize(STYLES["wrong"], offset + wrong_at, len(shown.rstrip()))
    return text


def _with_note(
    start: Text, label: str, note: str, parts: list[tuple[str, str]], look: Look
) -> tuple[list[Text], list[Text]]:
    """A value with its note beside it, and the rows for under the stack where there is no room beside it."""
    spoken = ", ".join([f"{key} {text}".strip() for key, text in parts] + ([note] if note else []))
    room = look.width - cell_len(start.plain) - 3
    if cell_len(spoken) <= room:
        start.append(f"   {spoken}" if spoken else "")
        start.rstrip()
        return [start], []
    if not parts and room >= NARROWEST_NOTE:
        return hanging(start.append("   "), spoken, look.width), []
    start.rstrip()
    keyed = [*parts, *([(label, note)] if note else [])]
    rows = [hanging(line("    ", pad(key, cell_len(label)), "   "), text, look.width) for key, text in keyed]
    return [start], [text for row in rows for text in row]


def declined(result: Result) -> list[tuple[str, str]]:
    """Every method without an answer and why, AD's two modes as one where the reason is one."""
    seen: dict[tuple[str, str], str] = {}
    for method in result.methods:
        if method.reason:
            name = "AD" if method.method in ("forward", "reverse") else NAMES.get(method.method, method.method)
            where = f" ({method.where})" if method.where and method.where not in method.reason else ""
            seen[(name, method.reason)] = f"declined: {one_line(method.reason)}{where}"
    return [(name, text) for (name, _), text in seen.items()]
