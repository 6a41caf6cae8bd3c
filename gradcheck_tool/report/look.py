"""`Look`: how a report is to look on one device; handed to every piece that lays something out."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gradcheck_tool.report.glyphs import ASCII, UNICODE, Glyphs
from gradcheck_tool.report.words import line


@dataclass(frozen=True, slots=True)
class Look:
    """Width in cells, alphabet and verbosity (-1 quiet, 0 usual, 1 everything)."""

    width: int = 80
    unicode: bool = True
    verbosity: int = 0

    @property
    def glyphs(self) -> Glyphs:
        """The alphabet the device can show."""
        return UNICODE if self.unicode else ASCII

    @property
    def narrow(self) -> bool:
        """Whether the layouts for 60 columns apply."""
        return self.width < 72


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its head, its cells and the gap before it."""

    head: str
    cells: tuple[str | Text, ...]
    gap: int = 3
    left: bool = False
    least: int = 0

    @property
    def width(self) -> int:
        """Cells needed by the widest of head and cells, so that nothing is ever cut."""
        return max([self.least, Text(self.head).cell_len, *(_text(cell).cell_len for cell in self.cells)])


def table_width(columns: list[Column], indent: int = 2) -> int:
    """How wide a table of these columns will be."""
    return indent + sum(column.gap + column.width for column in columns) - (columns[0].gap if columns else 0)


def lay_table(columns: list[Column], *, indent: int = 2, head_style: str = "dim", heads: bool = True) -> list[Text]:
    """Lay a borderless table out whose widths are known before rich sees it, as one text per line.

    Numbers stand right aligned with their heads over the right edge; rich would cut a digit
    silently where a table does not fit, so it is given exactly the width it needs.
    """
    if not columns:
        return []
    table = Table(
        box=None,
        padding=0,
        pad_edge=False,
        show_header=heads,
        header_style=head_style,
        width=table_width(columns, indent),
    )
    for position, column in enumerate(columns):
        gap = indent if position == 0 else column.gap
        table.add_column(
            Text(" " * gap + column.head),
            width=gap + column.width,
            no_wrap=True,
            overflow="crop",
            justify="left" if column.left else "right",
        )
    for row in zip(*(column.cells for column in columns), strict=True):
        cells = []
        for position, (column, cell) in enumerate(zip(columns, row, strict=True)):
            gap = indent if position == 0 else column.gap
            cells.append(Text.assemble(" " * gap, _text(cell)) if column.left else _text(cell))
        table.add_row(*cells)
    return lines_of(table, table_width(columns, indent))


def lines_of(table: Table, width: int) -> list[Text]:
    """Turn a rich table into lines of text without trailing blanks."""
    console = Console(width=width, markup=False, emoji=False, highlight=False, color_system=None)
    lines = []
    for segments in console.render_lines(table, console.options, pad=False):
        row = line()
        for segment in segments:
            row.append(segment.text, segment.style)
        row.rstrip()
        lines.append(row)
    return lines


def _text(cell: str | Text) -> Text:
    return Text(cell) if isinstance(cell, str) else cell
