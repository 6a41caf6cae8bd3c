"""The columns of a trace page: rules, the numbers put in with just enough digits, values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.cells import cell_len
from rich.text import Text

from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.numbers import MOST_DIGITS, USUAL_DIGITS, compact
from gradcheck_tool.report.words import one_line, wrap
from gradcheck_tool.walks.ledger import LedgerRow
from gradcheck_tool.walks.recompute import is_formula, recompute

GAP = 2
MOST_TERMS = 12
_MOST_LINES = 2  # a text wrapped over more lines gets a wider column
_NARROWEST = 26
_DIGITS = re.compile(r"(?<![\w.])(?:\d+\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+)(?![\w.])")
_ZERO = re.compile(r"(?<![\w.])-0(?![\w.])")

Cell = tuple[str, str, str]  # the rule, the lines of numbers below it, the value


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the three columns: its title, and per row the rule, the numbers put in and the value."""

    title: str
    cells: tuple[Cell, ...]

    @property
    def width(self) -> int:
        """Cells that hold the widest rule with its value, and the widest line of numbers."""
        return max([cell_len(self.title), *(cell_len(text) for cell in self.cells for text in laid(cell, 0))])

    def least(self) -> int:
        """The narrowest column in which no text takes more than two lines and no value is cut."""
        full = self.width
        return next((width for width in range(min(_NARROWEST, full), full) if self._holds(width)), full)

    def _holds(self, width: int) -> bool:
        pieces = [wrap(text, width) for cell in self.cells for text in (cell[0], *cell[1].split("\n"))]
        return (
            all(len(lines) <= _MOST_LINES for lines in pieces)
            and all(cell_len(text) <= width for lines in pieces for text in lines)
            and all(cell_len(value) <= width for _rule, _put_in, value in self.cells)
        )


def panels(rows: tuple[LedgerRow, ...]) -> tuple[Panel, Panel, Panel]:
    """The three columns of the page."""
    return (
        Panel("primal (down)", tuple(_cell(row.primal, row.primal_numbers, row.value) for row in rows)),
        Panel("tangent (down)", tuple(_cell(row.tangent, row.tangent_numbers, row.tangent_value) for row in rows)),
        Panel(
            "adjoint (up)",
            tuple(_cell(row.adjoint, row.adjoint_numbers, row.adjoint_value, row.increments) for row in rows),
        ),
    )


def short_numbers(text: str) -> str:
    """A text with its numbers as a page writes them."""
    return _ZERO.sub("0", _DIGITS.sub(lambda found: compact(float(found.group())), text))


def _cell(rule: str, put_in: str, value: float | str, increments: tuple[str, ...] = ()) -> Cell:
    shown = short_numbers(compact(value) if isinstance(value, float) else one_line(value))
    terms = _terms(one_line(rule))
    if len(terms) > MOST_TERMS:
        between = f"... {len(terms) - 6} more ..."
        return short_numbers(" + ".join([*terms[:4], between, *terms[-2:]])), "", shown
    lines = [_enough_digits(one_line(put_in), shown)] if put_in else []
    if put_in and len(increments) > 1 and "[" not in "".join(increments):
        steps = _enough_digits(" + ".join(increments).replace("+ -", "- "), shown)
        lines.extend([f"= {steps}"] if steps != lines[0] else [])
    return short_numbers(one_line(rule)), "\n".join(lines), shown


def _terms(rule: str) -> list[str]:
    """The terms of a sum, split where no bracket is open."""
    terms, depth = [""], 0
    for piece in re.split(r"( \+ )", rule):
        if piece == " + " and depth == 0:
            terms.append("")
            continue
        terms[-1] += piece
        depth += len(re.findall(r"[(\[]", piece)) - len(re.findall(r"[)\]]", piece))
    return terms


def _enough_digits(put_in: str, shown: str) -> str:
    """The numbers of a rule with as few digits as still come to the value that is shown."""
    if not is_formula(put_in):
        return short_numbers(put_in)
    wanted = _as_shown(shown)
    for digits in range(USUAL_DIGITS, MOST_DIGITS):
        text = short_numbers(put_in) if digits == USUAL_DIGITS else _to(digits, put_in)
        if _as_shown(text) == wanted:
            return text
    return put_in


def _to(digits: int, text: str) -> str:
    return _DIGITS.sub(lambda found: f"{float(found.group()):.{digits}g}", text)


def _compact(number: Any) -> str:
    return compact(repr(complex(number)) if np.iscomplexobj(number) else float(number))


def _as_shown(text: str) -> list[str]:
    """What a text comes to, number by number, as the page would write it."""
    try:
        found = [_compact(number) for number in np.ravel(recompute(text))]
    except (ValueError, TypeError, NameError, SyntaxError):  # words, such as True
        return [text]
    return ["0" if number == "-0" else number for number in found]


def laid(cell: Cell, width: int, wrapped: int = 0) -> list[str]:
    """The lines of a cell: the rule with its value at the right edge, then the numbers.

    With `wrapped`, texts are broken at spaces to that many cells.
    """
    rule, put_in, value = cell
    rules = wrap(rule, wrapped) if wrapped else [rule]
    if wrapped and cell_len(rules[-1]) + GAP + cell_len(value) > wrapped:
        rules.append("")
    gap = max(GAP, width - cell_len(rules[-1]) - cell_len(value)) if rules[-1] else max(0, width - cell_len(value))
    rules[-1] += " " * gap + value if value else ""
    numbers = [piece for text in put_in.split("\n") if text for piece in (wrap(text, wrapped) if wrapped else [text])]
    return [*rules, *numbers]


def value_line(cell: Cell, wrapped: int) -> int:
    """Which line of a laid cell carries the value."""
    return len(laid((cell[0], "", cell[2]), 0, wrapped)) - 1


def styled(text: str, value: str, of_rule: bool) -> Text:  # noqa: FBT001 - a line of rule or of numbers
    """A line of a cell: its value bold, its numbers dim."""
    if not of_rule:
        return Text(text, STYLES["dim"])
    return Text.assemble(text[: len(text) - len(value)], (value, STYLES["name"])) if value else Text(text)
