"""The keyed lines under the evidence: what each tells, in one fixed order, each at most once."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from gradcheck_tool.judgement.record import Finding
from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.order import telling
from gradcheck_tool.report.record import Result
from gradcheck_tool.report.words import clean, hanging, line, pad

ORDER = (
    *("branch", "noise", "seen", "where", "who", "points", "rest"),
    *("pattern", "about", "repair", "also", "hint", "again"),
)
NARROWEST_KEY = 9
AS_IT_IS = frozenset({"branch", "where", "again"})  # the user's source and commands are never folded
IN_THE_STACK = frozenset({"left slope", "right slope", "left bar", "right bar"})


def keyed_lines(result: Result, look: Look, finding: Finding | None, extra: dict[str, str] | None = None) -> list[Text]:
    """Lines such as ``who``, ``pattern``, ``hint`` and ``again``, from the finding, its remedy and the command."""
    told = {key: text for key, text in finding.data if key not in IN_THE_STACK} if finding else {}
    others = [other for other in telling(result) if other is not finding]
    if others:
        told.setdefault("also", "\n".join(_mention(other) for other in others))
    for key, text in (extra or {}).items():
        told.setdefault(key, text)
    if finding and finding.remedy:
        told.setdefault("hint", finding.remedy)
    if result.again:
        told["again"] = result.again
    unknown = [key for key in told if key not in ORDER]
    ordered = [key for key in (*ORDER[:4], *unknown, *ORDER[4:]) if told.get(key)]
    width = max([NARROWEST_KEY, *(len(key) + 2 for key in ordered)])
    return [row for key in ordered for row in keyed(key, told[key], look, width)]


def keyed(key: str, text: str, look: Look, width: int = NARROWEST_KEY) -> list[Text]:
    """One key with its text; a command or a line of source may run over the edge, a sentence is wrapped."""
    words = clean(text) if look.unicode else clean(text).replace("±", "+-")
    start = line("  ", (pad(key, width), "key"))
    if key not in AS_IT_IS:
        return hanging(start, words, look.width)
    rows = []
    indent = " " * cell_len(start.plain)
    for position, piece in enumerate(words.split("\n")):
        row = start if position == 0 else line(indent)
        row.append(piece, STYLES["code"])
        rows.append(row)
    return rows


def _mention(finding: Finding) -> str:
    place = f" ({finding.where})" if finding.where else ""
    entry = f"{finding.entry}: " if finding.entry and finding.entry not in finding.message else ""
    return f"{finding.code} {finding.kind}: {entry}{finding.message}{place}"
