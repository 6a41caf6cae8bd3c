"""The end of a report: the list of targets, worst first, and the count, where a CI log ends."""

from __future__ import annotations

import re
from collections import Counter

from rich.text import Text

from gradcheck_tool.report import numbers
from gradcheck_tool.report.glyphs import VERDICT_STYLES, WORDS
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.order import accused, by_target, is_unstable, main_finding, ranked, shown_entry
from gradcheck_tool.report.points import numbers_by_name
from gradcheck_tool.report.record import Report, Result
from gradcheck_tool.report.rows import reference_method, tested_name
from gradcheck_tool.report.words import hanging, line, one_line, pad

MOST_AGREEING = 20
WORD_WIDTH = len("? cannot tell")


def target_list(report: Report, look: Look) -> list[Text]:
    """One line per target; over twenty targets without the agreeing ones."""
    groups = ranked(by_target(report))
    if len(groups) > MOST_AGREEING:
        groups = [group for group in groups if group[0].verdict != "agree" or is_unstable(group[0])]
    width = max((Text(one_line(group[0].target)).cell_len for group in groups), default=0)
    lines: list[Text] = []
    for group in groups:
        lines.extend(_list_row(group[0], look, width))
    return lines


def _list_row(result: Result, look: Look, width: int) -> list[Text]:
    glyph, word = look.glyphs.verdict(result.verdict), WORDS[result.verdict]
    gap = " " * (WORD_WIDTH - len(f"{glyph} {word}") + 2)
    style = VERDICT_STYLES[result.verdict]
    head = (
        line("  ", (glyph, style), f" {word}", gap)
        if result.verdict == "agree"
        else line("  ", (f"{glyph} {word}", style), gap)
    )
    second = f" (order {result.order})" if result.order > 1 else ""
    note = in_short(result) + second
    target = one_line(result.target)
    if head.cell_len + width + 3 + 20 > look.width:
        head.append(target)
        return [head, *hanging(line(" " * (WORD_WIDTH + 4)), note, look.width)]
    head.append(pad(target, width) + "   ")
    return hanging(head, note, look.width)


def in_short(result: Result) -> str:
    """What happened to one target in a few words."""
    return {
        "wrong": _wrong,
        "error": _error,
        "cannot-tell": _cannot_tell,
        "kink": _kink,
        "agree": _agree,
    }[result.verdict](result)


def _wrong(result: Result) -> str:
    entries = accused(result)
    if not entries:
        return _error(result)
    first, more = entries[0], sum(entry.verdict == "wrong" for entry in entries) - 1
    truth, yours = numbers.rough(first.reference), numbers.rough(first.yours)
    if truth == yours:
        share = numbers.relative(first.yours - first.reference, first.reference)
        text = f"{one_line(first.name)} is off by {share or numbers.signed(first.yours - first.reference)}"
    else:
        text = f"{one_line(first.name)} is {yours}, not {truth}"
    return f"{text}; {more} more" if more > 0 else text


def _error(result: Result) -> str:
    finding = main_finding(result)
    raised = result.details[-1].partition(":")[0] if result.details else ""
    what = (
        raised if raised.isidentifier() and raised[0].isupper() else finding.kind.replace("-", " ") if finding else ""
    )
    where = (finding.where if finding else "") or result.where
    return one_line(" at ".join(part for part in (what, where) if part))


def _cannot_tell(result: Result) -> str:
    finding = main_finding(result)
    known = f"agrees to {numbers.accuracy(result.confirmed)}" if 0 < result.confirmed < 1 else ""
    return ", ".join(part for part in (known, finding.kind.replace("-", " ") if finding else "") if part)


def _kink(result: Result) -> str:
    entry = shown_entry(result, main_finding(result))
    if entry is None:
        return "no derivative here"
    variable = entry.name.rpartition("/d")[2]
    value = numbers_by_name(result).get(variable)
    return one_line(entry.name + (f" at {variable} = {numbers.short(value)}" if value is not None else ""))


def _agree(result: Result) -> str:
    if is_unstable(result):
        entry = shown_entry(result, main_finding(result))
        digits = numbers.digits_shared(entry.yours, entry.reference) if entry else "0"
        return f"unstable: {'16' if digits == '=' else digits} of 16 digits left"
    count = f"{len(result.entries)} entr{'y' if len(result.entries) == 1 else 'ies'}"
    told = re.search(r"\d+ digits", result.reason)
    return f"{count}, {told[0]}" if told else count


def count_line(report: Report, look: Look) -> list[Text]:
    """``8 checked: 2 wrong, 1 error, 1 cannot tell, 1 kink, 3 agree (1 unstable); 1.4 s``: nothing uncounted."""
    groups = by_target(report)
    worst = [group[0] for group in groups]
    tally = Counter(result.verdict for result in worst)
    unstable = sum(is_unstable(result) for result in worst)
    parts = []
    for outcome in ("wrong", "error", "cannot-tell", "kink", "agree"):
        if tally[outcome]:
            note = f" ({unstable} unstable)" if outcome == "agree" and unstable else ""
            parts.append(f"{tally[outcome]} {WORDS[outcome]}{note}")
    time = f"; {numbers.seconds(report.seconds)}" if len(groups) > 1 else ""
    text = f"{len(groups)} checked: {', '.join(parts)}{time}" if groups else "nothing checked"
    return hanging(line(), text, look.width)


def quiet_lines(report: Report) -> list[Text]:
    """One greppable line per target that fails the run, and nothing else."""
    failing = {"wrong", "error"} | ({"kink", "cannot-tell"} if report.strict else set())
    return [_quiet(group[0]) for group in by_target(report) if group[0].verdict in failing]


def _quiet(result: Result) -> Text:
    finding = main_finding(result)
    where = (finding.where if finding else "") or result.where or result.target
    head = f"{where}: {WORDS[result.verdict]}{f' {finding.code}' if finding else ''}"
    entries = accused(result)
    if result.verdict != "wrong" or not entries:
        return line(one_line(f"{head} {result.reason}"))
    entry = entries[0]
    method, name = reference_method(result, entry)
    truth = entry.values.get(method, entry.reference)
    scale = numbers.scale_for(truth, [entry.yours])
    tested = result.yours if tested_name(result) == "yours" else result.name
    return line(
        one_line(
            f"{head} {tested} {entry.name} {tested_name(result)} {scale.write(entry.yours)} "
            f"{name} {scale.write(truth)} tol {numbers.bar(entry.tolerance)}"
        )
    )
