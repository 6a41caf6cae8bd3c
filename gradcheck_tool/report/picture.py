"""Small drawings inside a block: where yours lies between two slopes, which part of a matrix is wrong."""

from __future__ import annotations

import math

from rich.text import Text

from gradcheck_tool.judgement.record import Entry
from gradcheck_tool.report import numbers
from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.words import hanging, line, pad, pad_left

RULER = 25
MOST_ROWS = 5
MOST_COLUMNS = 50


def between_slopes(left: float, right: float, marks: list[tuple[str, float]], look: Look) -> list[Text]:
    """Draw the interval of the two slopes and the values that lie in it, their names below."""
    low, high = min(left, right), max(left, right)
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return []
    inside = [(name, value) for name, value in marks if low <= value <= high]
    cells = [look.glyphs.left_end, *(look.glyphs.line * (RULER - 2)), look.glyphs.right_end]
    places: dict[int, list[str]] = {}
    for name, value in inside:
        place = round((value - low) / (high - low) * (RULER - 1))
        cells[place] = look.glyphs.dot
        places.setdefault(place, []).append(name)
    head = f"{numbers.short(float(f'{low:.6g}'))} "
    picture = line("    ", pad("picture", 11), "   ", head, "".join(cells), f" {numbers.short(float(f'{high:.6g}'))}")
    start = 4 + 11 + 3 + len(head)
    rows = [picture]
    for place, names in sorted(places.items()):
        label = ", ".join(names)
        rows.append(line(" " * max(0, start + place - len(label) // 2), label))
    return rows


def matrix_map(entries: tuple[Entry, ...], shape: tuple[int, int], look: Look) -> list[Text]:
    """Draw which part of a Jacobian is wrong, one mark for a block of rows and columns."""
    height, width = shape
    across = MOST_COLUMNS if not look.narrow else 40
    tall, wide = -(-height // MOST_ROWS), -(-width // across)
    wrong, every = _counts(entries, tall, wide)
    columns, rows = -(-width // wide), -(-height // tall)
    label = max(10, len(f"df[{height - 1}]"))
    glyphs = look.glyphs
    size = f"{tall} row{'s' * (tall > 1)} of {wide} column{'s' * (wide > 1)}"
    lines = [
        *hanging(
            line("  "),
            f"where: one mark is {size}, {glyphs.full} all wrong, {glyphs.some} some, {glyphs.none} none",
            look.width,
        ),
        line(" " * (label + 2), *_column_heads(entries, width, columns)),
    ]
    for row in range(rows):
        marks = Text()
        for column in range(columns):
            bad, total = wrong.get((row, column), 0), every.get((row, column), 0)
            mark = glyphs.none if not bad else glyphs.full if bad == total else glyphs.some
            marks.append(mark, STYLES["wrong"] if bad else "")
        text = line(pad_left(_row_head(entries, row * tall), label), "  ")
        text.append_text(marks)
        lines.append(text)
    return lines


def _counts(
    entries: tuple[Entry, ...], tall: int, wide: int
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    wrong: dict[tuple[int, int], int] = {}
    every: dict[tuple[int, int], int] = {}
    for entry in entries:
        block = (entry.row // tall, entry.column // wide)
        every[block] = every.get(block, 0) + 1
        if entry.verdict == "wrong":
            wrong[block] = wrong.get(block, 0) + 1
    return wrong, every


def _column_heads(entries: tuple[Entry, ...], width: int, columns: int) -> list[str]:
    names = {entry.column: entry.name.partition("/")[2] for entry in entries if entry.column in (0, width - 1)}
    first, last = names.get(0, ""), names.get(width - 1, "")
    room = columns - len(first) - len(last)
    return [f"{first}{' ' * room}{last}" if room > 0 else first]


def _row_head(entries: tuple[Entry, ...], row: int) -> str:
    return next((entry.name.partition("/")[0] for entry in entries if entry.row == row), f"df[{row}]")
