"""One block per target: the verdict's sentence, the place, the evidence, the keyed lines."""

from __future__ import annotations

from rich.text import Text

from gradcheck_tool.judgement.record import Entry, Finding
from gradcheck_tool.report.also import also_wrong
from gradcheck_tool.report.glyphs import VERDICT_STYLES, WORDS
from gradcheck_tool.report.keys import keyed, keyed_lines
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.order import NOTES, accused, is_unstable, main_finding, shown_entry, telling
from gradcheck_tool.report.picture import between_slopes, matrix_map
from gradcheck_tool.report.points import describe_point
from gradcheck_tool.report.record import Result
from gradcheck_tool.report.rows import evidence, has_handwritten, slope
from gradcheck_tool.report.words import hanging, line, one_line

MAP_FROM = 40  # entries above which a picture of the matrix says more than rows


def headline(result: Result, look: Look, suffix: str = "") -> list[Text]:
    """The first line: glyph, verdict word, one sentence; only the word of a bad verdict is coloured."""
    style = VERDICT_STYLES[result.verdict]
    glyph = look.glyphs.verdict(result.verdict)
    if result.verdict == "agree":
        word = (" (unstable)", "doubt") if is_unstable(result) else ("", "plain")
        start = line((glyph, style), " agree", word, "  ")
    else:
        start = line((f"{glyph} {WORDS[result.verdict]}", style), "  ")
    return hanging(start, one_line(result.reason) + suffix, look.width)


def notes(result: Result, look: Look) -> list[Text]:
    """One line for each remark that takes nothing from an agreement."""
    found = [finding for finding in result.findings if finding.code in NOTES]
    return [
        row
        for finding in found
        for row in hanging(line("  ", (finding.code, "dim"), "  "), one_line(finding.message), look.width)
    ]


def place(result: Result, finding: Finding | None) -> list[Text]:
    """The second line: what to open, and the code to ask ``gradcheck explain`` about."""
    where = (finding.where if finding else "") or result.where
    code = f"{finding.code} {finding.kind}" if finding else ""
    if not where and not code:
        return []
    return [line("  ", one_line(where), "  " if where and code else "", (code, "dim"))]


def brief_block(result: Result, look: Look) -> list[Text]:
    """Three lines for a doubt among several targets: sentence, place, hint."""
    finding = main_finding(result)
    hint = dict(finding.data).get("hint", finding.remedy) if finding else ""
    return [*headline(result, look), *place(result, finding), *(keyed("hint", hint, look) if hint else [])]


def block(result: Result, look: Look, points: tuple[int, int] = (1, 1)) -> list[Text]:
    """The full block of one result; `points` says at how many of how many points the verdict holds."""
    if result.verdict == "agree" and not telling(result) and look.verbosity < 1:
        return [*headline(result, look, f", at {points[1]} points" if points[1] > 1 else ""), *notes(result, look)]
    finding = main_finding(result)
    extra = {"points": _points_text(result, points)} if points[1] > 1 else {}
    parts = [[*headline(result, look), *place(result, finding)]]
    if result.verdict == "error":
        parts.extend(_error_lines(result, look))
    else:
        parts.extend(_evidence_parts(result, look, finding))
    parts.append(keyed_lines(result, look, finding, extra))
    return joined(parts)


def joined(parts: list[list[Text]]) -> list[Text]:
    """Put paragraphs together with one empty line between."""
    lines: list[Text] = []
    for part in parts:
        if part:
            lines.extend([line(), *part] if lines else part)
    return lines


def _points_text(result: Result, points: tuple[int, int]) -> str:
    same, every = points
    shown = "" if result.verdict == "agree" else "; this is the first" if same > 1 else "; this is the one"
    return f"{WORDS[result.verdict]} at {same} of {every} points{shown}"


def _error_lines(result: Result, look: Look) -> list[list[Text]]:
    """The user's own frames and messages, as they are but for control characters."""
    del look
    return [[line(one_line(f"  {detail}")) for detail in result.details]]


def _evidence_parts(result: Result, look: Look, finding: Finding | None) -> list[list[Text]]:
    entry = shown_entry(result, finding)
    if entry is None:
        return [[line(one_line(f"  {detail}")) for detail in result.details]]
    stack = [*entry_head(result, entry, look), *evidence(result, entry, look, finding)]
    if finding is not None and result.verdict == "kink":
        stack.extend(_picture(result, entry, look, finding))
    parts = [stack]
    if result.verdict == "wrong":
        wrong = [other for other in accused(result) if other is not entry and other.verdict == "wrong"]
        parts.append(also_wrong(result, wrong, look))
        rows, columns = result.shape
        if rows > 1 and columns > 1 and len(result.entries) > MAP_FROM and len(wrong) > 1:
            parts.append(matrix_map(result.entries, result.shape, look))
    return parts


def entry_head(result: Result, entry: Entry, look: Look) -> list[Text]:
    """The entry's name and the point, over the stack."""
    point = describe_point(result)
    start = line("  ", (one_line(entry.name), "name"))
    return hanging(start.append("  at "), point, look.width) if point else [start]


def _picture(result: Result, entry: Entry, look: Look, finding: Finding) -> list[Text]:
    (left, _), (right, _) = slope(finding, "left"), slope(finding, "right")
    if left is None or right is None:
        return []
    marks = [("yours", entry.yours)] if has_handwritten(result) else []
    automatic = entry.values.get("reverse", entry.values.get("forward"))
    if automatic is not None:
        marks.append(("AD", automatic))
    return between_slopes(left, right, marks, look)
