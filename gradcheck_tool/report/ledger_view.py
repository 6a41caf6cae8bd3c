"""``gradcheck trace``: every operation with its primal, tangent and adjoint, as the textbooks table it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.ledger_cells import GAP, Panel, laid, panels, short_numbers, styled, value_line
from gradcheck_tool.report.look import Column, Look, lay_table, table_width
from gradcheck_tool.report.words import hanging, line, one_line, pad
from gradcheck_tool.walks.ledger import Ledger, LedgerRow

MOST_ROWS = 48  # a longer page shows its beginning and its end
_SHOWN = (28, 14)
MOST_NAMED = 6


def ledger_lines(ledger: Ledger, look: Look) -> list[Text]:
    """The whole page; where three columns do not fit, primal with tangent and then primal with adjoint.

    A long trace shows its beginning and its end, unless everything is asked for.
    """
    rows, left_out = _chosen(ledger.rows, look)
    page = Page(rows, left_out, look)
    values = (
        (ledger.name, short_numbers(ledger.value)),
        *((name, short_numbers(value)) for name, value in ledger.derivatives),
    )
    found = ", ".join(f"{name} = {value}" for name, value in values[: MOST_NAMED + 1])
    if len(values) > MOST_NAMED + 1:
        found += f" and {len(values) - MOST_NAMED - 1} more"
    operations = sum(1 for row in ledger.rows if row.where and row.name != "if")
    told = (
        f"{ledger.name} at {' '.join(ledger.point.split())}; {operations} operation{'' if operations == 1 else 's'}; "
        f"tangent along {ledger.direction}"
    )
    lines = [
        *hanging(line("trace  "), one_line(found), look.width),
        *hanging(line(f"  {one_line(ledger.where)}  "), one_line(told), look.width),
        line(),
    ]
    for group in page.arrangement(panels(rows)):
        lines.extend([*page.table(group), line()])
    return [*lines, *_legend(ledger, look)]


def _chosen(rows: tuple[LedgerRow, ...], look: Look) -> tuple[tuple[LedgerRow, ...], int]:
    """The rows to show, and how many are left out after the first `_SHOWN[0]` of them."""
    if look.verbosity > 0 or len(rows) <= MOST_ROWS:
        return rows, 0
    first, last = _SHOWN
    return (*rows[:first], *rows[-last:]), len(rows) - first - last


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page and how they are laid out."""

    rows: tuple[LedgerRow, ...]
    left_out: int
    look: Look

    def arrangement(self, every: tuple[Panel, Panel, Panel]) -> list[list[tuple[Panel, int]]]:
        """Tables, each a list of columns with the width its texts are wrapped to, 0: not wrapped."""
        primal, tangent, adjoint = every
        pairs = [(primal, tangent), (primal, adjoint)]
        if self._room(3) >= sum(panel.width for panel in every):
            return [[(panel, 0) for panel in every]]
        if all(self._room(2) >= sum(panel.width for panel in pair) for pair in pairs):
            return [[(panel, 0) for panel in pair] for pair in pairs]
        if all(self._room(2) >= sum(panel.least() for panel in pair) for pair in pairs):
            return [self._shared(pair) for pair in pairs]
        return [[(panel, 0 if panel.width <= self._room(1) else self._room(1))] for panel in every]

    def _room(self, columns: int) -> int:
        named = max((cell_len(one_line(row.name)) for row in self.rows), default=0)
        return self.look.width - 2 - named - columns * GAP

    def _shared(self, pair: tuple[Panel, Panel]) -> list[tuple[Panel, int]]:
        """Two columns that share the room: each its least, and what is left goes where it is wanted."""
        left, right = (panel.least() for panel in pair)
        spare = self._room(2) - left - right
        wanted_left, wanted_right = pair[0].width - left, pair[1].width - right
        for_left = min(wanted_left, max(spare // 2, spare - wanted_right))
        return [(pair[0], left + for_left), (pair[1], right + min(wanted_right, spare - for_left))]

    def table(self, group: list[tuple[Panel, int]]) -> list[Text]:
        """One table with its source lines, decisions only where they say something."""
        blocks = [self._block(position, group) for position in range(len(self.rows))]
        names = Column("", tuple(name for block in blocks for name, _cells in block), left=True)
        columns = [
            names,
            *(
                Column(panel.title, tuple(cells[k] for block in blocks for _name, cells in block), gap=GAP, left=True)
                for k, (panel, _wrapped) in enumerate(group)
            ),
        ]
        head, *below = lay_table(columns)
        width = max(table_width(columns), min(self.look.width, 80))
        ruled = line("  ", self.look.glyphs.line * (min(width, self.look.width) - 2))
        lines, where = [head, ruled], ""
        for position, (row, block) in enumerate(zip(self.rows, blocks, strict=True)):
            if self.left_out and position == _SHOWN[0]:
                lines.append(line(f"  ... {self.left_out} more rows; all of them with --format json"))
                where = ""
            if block and row.where and row.where != where:
                where = row.where
                lines.append(line(f"  {one_line(row.where)}   ", (one_line(row.source.strip()), "code")))
            lines.extend(below[: len(block)])
            below = below[len(block) :]
        return [*lines, ruled]

    def _block(self, position: int, group: list[tuple[Panel, int]]) -> list[tuple[Text, list[Text]]]:
        """The lines of one row: its name, and a text per column."""
        row = self.rows[position]
        stacks = []
        for panel, wrapped in group:
            rule, _put_in, value = cell = panel.cells[position]
            texts = laid(cell, wrapped or panel.width, wrapped) if rule or value else []
            at = len(texts) - 1 if not rule else value_line(cell, wrapped)
            stacks.append([styled(text, value if k == at else "", k <= at) for k, text in enumerate(texts)])
        height = max(map(len, stacks))
        names = [Text(one_line(row.name), STYLES["name"]), *(Text("") for _ in range(height - 1))]
        cells = [[stack[k] if k < len(stack) else Text("") for stack in stacks] for k in range(height)]
        return list(zip(names, cells, strict=False))[:height]


def _legend(ledger: Ledger, look: Look) -> list[Text]:
    last = next((row.name for row in reversed(ledger.rows) if row.where and row.name != "if"), ledger.name)
    tangent = f"v' = d v / d {one_line(ledger.direction)}"
    adjoint = f"v~ = d {one_line(ledger.adjoint_of or last)} / d v"
    width = max(len(tangent), len(adjoint))
    rows = (
        (tangent, "each row uses the rows above it: forward mode"),
        (adjoint, "each row uses the rows below it: reverse mode"),
    )
    return [part for head, told in rows for part in hanging(line(f"  {pad(head, width)}   "), told, look.width)]
