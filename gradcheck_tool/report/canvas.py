"""A log-log canvas in braille, or in letters where the device has no braille."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

from rich.text import Text

from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.words import line, pad_left

# Braille dot of (column 0-1, row 0-3), as the Unicode block U+2800 counts them.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
LABEL_WIDTH = 8


@dataclass
class Canvas:
    """A drawing of `columns` by `rows` cells; x and y are decades (log10), y grows upwards."""

    columns: int
    rows: int
    left: float
    right: float
    bottom: float
    top: float
    look: Look
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    bits: dict[tuple[int, int], int] = field(default_factory=dict)

    def column(self, x: float) -> float:
        """The (fractional) column of a decade."""
        return (x - self.left) / (self.right - self.left) * (self.columns - 1)

    def row(self, y: float) -> float:
        """The (fractional) row of a decade, 0 at the top."""
        return (self.top - y) / (self.top - self.bottom) * (self.rows - 1)

    def mark(self, x: float, y: float, letter: str) -> None:
        """Put a letter into the cell of a point unless something stands there."""
        self.cells.setdefault((round(self.row(y)), round(self.column(x))), letter)

    def curve(self, points: list[tuple[float, float]], letter: str) -> None:
        """Join points by straight lines, in braille dots or in letters."""
        for (x, y), (x_next, y_next) in pairwise(points):
            reach = max(abs(self.column(x_next) - self.column(x)) * 2, abs(self.row(y_next) - self.row(y)) * 4)
            steps = max(1, math.ceil(reach))
            for step in range(steps + 1):
                share = step / steps
                self._dot(x + (x_next - x) * share, y + (y_next - y) * share, letter)

    def _dot(self, x: float, y: float, letter: str) -> None:
        if not self.look.unicode:
            self.cells[(round(self.row(y)), round(self.column(x)))] = letter
            return
        across, down = round(self.column(x) * 2 + 0.5), round(self.row(y) * 4 + 1.5)
        cell = (down // 4, across // 2)
        self.bits[cell] = self.bits.get(cell, 0) | _DOTS[across % 2][down % 4]

    def write(self, x: float, y: float, text: str) -> bool:
        """Write a word with its left end at a point where all its cells and their neighbours are free."""
        row, start = round(self.row(y)), round(self.column(x))
        wanted = [(row, column) for column in range(start - 1, start + len(text) + 1)]
        taken = self.bits.keys() | self.cells.keys()
        if not 0 <= row < self.rows or start < 0 or start + len(text) > self.columns or taken & set(wanted):
            return False
        self.cells.update({(row, start + place): letter for place, letter in enumerate(text)})
        return True

    def lines(self, labels: dict[int, str], markers: dict[int, str]) -> list[Text]:
        """The drawing with its left axis labels by row and marker letters on the lower axis by column."""
        glyphs = self.look.glyphs
        drawn = []
        for row in range(self.rows):
            label = labels.get(row, "")
            edge = glyphs.tick if label else glyphs.wall
            text = line(pad_left(label, LABEL_WIDTH), f" {edge}", self._letters(row))
            text.rstrip()
            drawn.append(text)
        axis = line(" " * LABEL_WIDTH, f" {glyphs.corner}")
        for column in range(self.columns):
            letter = markers.get(column)
            axis.append(letter or glyphs.line, STYLES["name"] if letter else "")
        return [*drawn, axis]

    def _letters(self, row: int) -> str:
        return "".join(self._letter((row, column)) for column in range(self.columns))

    def _letter(self, cell: tuple[int, int]) -> str:
        if cell in self.bits:
            return chr(0x2800 + self.bits[cell])
        return self.cells.get(cell, " ")
