"""``gradcheck explain``: a code's meaning and repair as lines."""

from __future__ import annotations

import difflib

from rich.text import Text

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.report.codes import CODES, FAMILIES, Code
from gradcheck_tool.report.examples import EXAMPLES
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.words import hanging, line, pad


def found_code(text: str) -> Code:
    """The code a user means, by number or by kind; raises `Complaint` (GC906) where there is none."""
    row = CODES.get(text.upper()) or next((row for row in CODES.values() if row.kind == text.lower()), None)
    if row is not None:
        return row
    near = difflib.get_close_matches(text.lower(), [row.kind for row in CODES.values()], n=1)
    raise Complaint(
        f"there is no code {text}",
        code="GC906",
        kind="bad-option",
        remedy=f"did you mean {near[0]}?" if near else "gradcheck explain lists the codes",
    )


def one_code(row: Code, look: Look) -> list[Text]:
    """The page of one code."""
    example = EXAMPLES.get(row.code, "")
    return [
        line((row.code, "name"), f" {row.kind}"),
        line(("  " + FAMILIES[row.code[:3]], "dim")),
        line(),
        *hanging(line("  ", (pad("means", 9), "key")), row.meaning, look.width),
        *hanging(line("  ", (pad("repair", 9), "key")), row.repair, look.width),
        *(hanging(line("  ", (pad("example", 9), "key")), example, look.width) if example else []),
    ]


def every_code() -> list[Text]:
    """All codes by family."""
    lines: list[Text] = []
    for family, text in FAMILIES.items():
        lines.extend([line()] if lines else [])
        lines.append(line((f"{family}xx", "name"), f"  {text}"))
        lines.extend(line(f"  {row.code}  {row.kind}") for row in CODES.values() if row.code.startswith(family))
    return lines
