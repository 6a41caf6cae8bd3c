"""The entries after the worst one: a table row each, and in words how many more and what they share."""

from __future__ import annotations

from rich.text import Text

from gradcheck_tool.judgement.record import Entry
from gradcheck_tool.report import numbers
from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.look import Column, Look, lay_table, table_width
from gradcheck_tool.report.record import Result
from gradcheck_tool.report.rows import reference_method, tested_name
from gradcheck_tool.report.words import hanging, line, one_line

MOST_ROWS = 3


def also_wrong(result: Result, entries: list[Entry], look: Look) -> list[Text]:
    """The table of further wrong entries; all of them with -v, else three and a count."""
    if not entries:
        return []
    most = MOST_ROWS if look.verbosity < 1 else len(entries)
    method, name = reference_method(result, entries[0])
    shown = entries[:most]
    lines = _table(shown, tested_name(result), method, name, look)
    if len(entries) > most:
        shared = in_common([*entries])
        text = f"and {len(entries) - most} more{f', all in {shared}' if shared else ''} (all with -v)"
        lines.extend(hanging(line("  "), text, look.width))
    return lines


def in_common(entries: list[Entry]) -> str:
    """The column or row all entries lie in, in the words of their names; empty where they share neither."""
    if len(entries) < 2 or "/d" not in entries[0].name:
        return ""
    if len({entry.column for entry in entries}) == 1 and len({entry.row for entry in entries}) > 1:
        return f"column {one_line(entries[0].name.rpartition('/d')[2])}"
    if len({entry.row for entry in entries}) == 1 and "[" in entries[0].name.partition("/d")[0]:
        return f"row {one_line(entries[0].name.partition('/d')[0].removeprefix('d'))}"
    return ""


def _table(entries: list[Entry], tested: str, method: str, name: str, look: Look) -> list[Text]:
    yours, truths = [], []
    pairs = [(entry.yours, entry.values.get(method, entry.reference)) for entry in entries]
    scales = _aligned([numbers.scale_for(truth, [value]) for value, truth in pairs])
    for entry, scale, (value, truth) in zip(entries, scales, pairs, strict=True):
        blur = entry.bars.get(method, 0.0) if method == "differences" else 0.0
        text = scale.write(value)
        yours.append(Text(text if value else "0"))
        truths.append(Text(scale.write(truth, blur)))
        wrong_at = numbers.first_wrong_digit(text, scale.write(entry.reference))
        if wrong_at is not None:
            yours[-1].stylize(STYLES["wrong"], wrong_at if value else 0)
    columns = [
        Column(
            "also wrong", tuple(Text(one_line(entry.name), STYLES["name"]) for entry in entries), left=True, least=11
        ),
        Column(tested, tuple(yours), gap=4, least=10),
        Column(name, tuple(truths), gap=4, least=10),
        Column("off by", tuple(numbers.signed(entry.yours - entry.reference) for entry in entries), gap=4),
        Column("tolerance", tuple(numbers.bar(entry.tolerance) for entry in entries)),
    ]
    return fitted(columns, look, ["tolerance", "off by"])


def _aligned(scales: list[numbers.Scale]) -> list[numbers.Scale]:
    """Give all numbers without an exponent the same decimals, so that their points stand under each other."""
    decimals = max((scale.decimals for scale in scales if scale.exponent is None), default=0)
    if decimals > numbers.MOST_DIGITS - numbers.USUAL_DIGITS:
        return scales
    return [numbers.Scale(decimals) if scale.exponent is None else scale for scale in scales]


def fitted(columns: list[Column], look: Look, dispensable: list[str]) -> list[Text]:
    """Lay a table out; where it is too wide drop the dispensable columns in order, at last stack every row."""
    for count in range(len(dispensable) + 1):
        kept = [column for column in columns if column.head not in dispensable[:count]]
        if table_width(kept) <= look.width:
            return lay_table(kept)
    return _stacked([column for column in columns if column.head not in dispensable])


def _stacked(columns: list[Column]) -> list[Text]:
    lines = [line("  ", (columns[0].head, "dim"))] if columns[0].head else []
    width = max(len(column.head) for column in columns[1:])
    for cells in zip(*(column.cells for column in columns), strict=True):
        head = line("  ")
        head.append_text(Text.assemble(cells[0]))
        lines.append(head)
        for column, cell in zip(columns[1:], cells[1:], strict=True):
            if not str(cell):
                continue
            row = line("    ", f"{column.head:<{width}}   ")
            row.append_text(Text.assemble(cell))
            lines.append(row)
    return lines
