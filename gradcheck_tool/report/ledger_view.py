"""``gradcheck trace``: every operation with its primal, tangent and adjoint, as the textbooks table it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.look import Column, Look, lay_table, table_width
from gradcheck_tool.report.numbers import compact
from gradcheck_tool.report.words import hanging, line, one_line, pad
from gradcheck_tool.walks.ledger import Ledger, LedgerRow

GAP = 2


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the three columns: its title, and per row the rule, the rule with numbers, the value."""

    title: str
    cells: tuple[tuple[str, str, str], ...]

    @property
    def width(self) -> int:
        """Cells that hold the widest rule with its value, and the widest line of numbers."""
        return max(
            [
                Text(self.title).cell_len,
                *(
                    max(Text(rule).cell_len + GAP + Text(value).cell_len, Text(put_in).cell_len)
                    for rule, put_in, value in self.cells
                ),
            ]
        )


def ledger_lines(ledger: Ledger, look: Look) -> list[Text]:
    """The whole page; where three columns do not fit, primal with tangent and then primal with adjoint."""
    primal, tangent, adjoint = panels(ledger)
    found = ", ".join(f"{name} = {value}" for name, value in ((ledger.name, ledger.value), *ledger.derivatives))
    operations = sum(1 for row in ledger.rows if row.where)
    told = (
        f"{ledger.name} at {ledger.point}; {operations} operation{'' if operations == 1 else 's'}; "
        f"tangent along {ledger.direction}"
    )
    lines = [
        *hanging(line("trace  "), one_line(found), look.width),
        *hanging(line(f"  {one_line(ledger.where)}  "), one_line(told), look.width),
        line(),
    ]
    for group in _arrangement(ledger, (primal, tangent, adjoint), look):
        lines.extend([*_table(ledger, group, look), line()])
    return [*lines, *_legend(ledger, look)]


def panels(ledger: Ledger) -> tuple[Panel, Panel, Panel]:
    """The three columns of the page."""
    rows = ledger.rows
    return (
        Panel("primal (down)", tuple(_cell(row.primal, row.primal_numbers, row.value) for row in rows)),
        Panel("tangent (down)", tuple(_cell(row.tangent, row.tangent_numbers, row.tangent_value) for row in rows)),
        Panel("adjoint (up)", tuple(_cell(row.adjoint, row.adjoint_numbers, row.adjoint_value) for row in rows)),
    )


def _cell(rule: str, put_in: str, value: float | str) -> tuple[str, str, str]:
    return one_line(rule), one_line(put_in), one_line(compact(value))


def _arrangement(ledger: Ledger, every: tuple[Panel, Panel, Panel], look: Look) -> list[tuple[Panel, ...]]:
    primal, tangent, adjoint = every
    arrangements: tuple[list[tuple[Panel, ...]], ...] = ([every], [(primal, tangent), (primal, adjoint)])
    for groups in arrangements:
        if all(table_width(_columns(ledger, group)) <= look.width for group in groups):
            return groups
    return [(primal,), (tangent,), (adjoint,)]


def _columns(ledger: Ledger, group: tuple[Panel, ...]) -> list[Column]:
    names: list[str | Text] = []
    for row in ledger.rows:
        names.extend([Text(one_line(row.name), STYLES["name"]), ""])
    columns = [Column("", tuple(names), left=True)]
    for panel in group:
        cells: list[str | Text] = []
        for rule, put_in, value in panel.cells:
            spread = pad(rule, panel.width - Text(value).cell_len)
            cells.extend([Text.assemble(spread, (value, STYLES["name"])), Text(put_in, STYLES["dim"])])
        columns.append(Column(panel.title, tuple(cells), gap=GAP, left=True))
    return columns


def _table(ledger: Ledger, group: tuple[Panel, ...], look: Look) -> list[Text]:
    columns = _columns(ledger, group)
    head, *rows = lay_table(columns)
    ruled = line("  ", look.glyphs.line * (max(table_width(columns), min(look.width, 80)) - 2))
    ruled.truncate(look.width)
    lines = [head, ruled]
    where = ""
    for position, row in enumerate(ledger.rows):
        if row.where and row.where != where:
            where = row.where
            lines.append(_source(row))
        value_line, numbers_line = rows[2 * position], rows[2 * position + 1]
        lines.append(value_line)
        if numbers_line.plain.strip():
            lines.append(numbers_line)
    return [*lines, ruled]


def _source(row: LedgerRow) -> Text:
    return line(f"  {one_line(row.where)}   ", (one_line(row.source.strip()), "code"))


def _legend(ledger: Ledger, look: Look) -> list[Text]:
    last = next((row.name for row in reversed(ledger.rows) if row.where), ledger.name)
    tangent, adjoint = f"v' = d v / d {one_line(ledger.direction)}", f"v~ = d {one_line(last)} / d v"
    width = max(len(tangent), len(adjoint))
    rows = (
        (tangent, "each row uses the rows above it: forward mode"),
        (adjoint, "each row uses the rows below it: reverse mode"),
    )
    return [part for head, told in rows for part in hanging(line(f"  {pad(head, width)}   "), told, look.width)]
