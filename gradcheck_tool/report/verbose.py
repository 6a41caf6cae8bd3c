"""What ``-v`` adds: every entry and every method, how many digits each pair shares, what each one cost."""

from __future__ import annotations

import math
from itertools import combinations

from rich.text import Text

from gradcheck_tool.judgement.power import relative_power
from gradcheck_tool.judgement.record import Entry
from gradcheck_tool.report import numbers
from gradcheck_tool.report.also import fitted
from gradcheck_tool.report.blocks import joined
from gradcheck_tool.report.glyphs import STYLES
from gradcheck_tool.report.keys import keyed
from gradcheck_tool.report.look import Column, Look, lay_table, table_width
from gradcheck_tool.report.order import worst_first
from gradcheck_tool.report.points import MOST_NUMBERS
from gradcheck_tool.report.record import MethodRow, Result
from gradcheck_tool.report.rows import has_handwritten
from gradcheck_tool.report.words import hanging, line, one_line

MOST_ENTRIES = 40
FEW_DIGITS = 10
SHORT = {
    "handwritten": "yours",
    "forward": "fwd",
    "reverse": "rev",
    "symbolic": "sym",
    "complex-step": "cstep",
    "differences": "diff",
}
LONG = {
    "handwritten": "yours",
    "forward": "forward",
    "reverse": "reverse",
    "symbolic": "SymPy",
    "complex-step": "complex step",
    "differences": "differences",
    "exact": "exact",
    "exact-handwritten": "yours, exact",
}


def everything(result: Result, look: Look) -> list[Text]:
    """The tables of one result: digits shared with the reference, by each pair, formulas, what was counted."""
    if not result.entries:
        return joined([_facts(result, look)])
    entries = worst_first(result.entries)
    methods = _methods(result)
    return joined(
        [
            *_digits_table(entries, methods, look),
            *_pair_table(result, entries[0], methods, look),
            _facts(result, look),
        ]
    )


def _methods(result: Result) -> list[str]:
    """The columns, yours first; every method that has a value in some entry."""
    known = {method for entry in result.entries for method in entry.values} - {
        *("exact", "exact-handwritten", "handwritten")
    }
    first = ["handwritten"] if has_handwritten(result) else []
    return [*first, *(method for method in SHORT if method in known), *sorted(known - set(SHORT))]


def _value(entry: Entry, method: str) -> float | None:
    return entry.yours if method == "handwritten" else entry.values.get(method)


def _digits_table(entries: list[Entry], methods: list[str], look: Look) -> list[list[Text]]:
    shown = entries[:MOST_ENTRIES]
    columns = [
        Column("entry", tuple(Text(one_line(entry.name), STYLES["name"]) for entry in shown), left=True),
        Column("reference", tuple(numbers.short(entry.reference) for entry in shown), left=True),
        *(
            Column(SHORT.get(method, method), tuple(_digits(entry, method) for entry in shown), least=4, gap=2)
            for method in methods
        ),
        Column("bar", tuple(_bar(entry) for entry in shown), least=7),
        Column("caught", tuple(_caught(entry) for entry in shown), least=7),
    ]
    title = hanging(line("  "), "digits shared with the reference   (= means every bit)", look.width)
    rest = len(entries) - len(shown)
    more = [line(f"  and {rest} more entr{'y' if rest == 1 else 'ies'}, all less far from the reference")]
    return [title, [*fitted(columns, look, ["caught", "reference"]), *(more if rest else [])]]


def _bar(entry: Entry) -> str:
    return numbers.bar(entry.bars.get("differences", entry.bound))


def _caught(entry: Entry) -> str:
    """The relative error above which yours would have been called wrong."""
    share = relative_power(entry)
    return numbers.bar(share) if math.isfinite(share) else "-"


def _digits(entry: Entry, method: str) -> Text:
    value = _value(entry, method)
    if value is None:
        return Text("-", STYLES["dim"])
    text = numbers.digits_shared(value, entry.reference)
    if method == "handwritten" and entry.verdict == "wrong":
        return Text(text, STYLES["wrong"])
    few = text != "=" and int(text) < FEW_DIGITS
    return Text(text, STYLES["doubt"] if few else "")


def _pair_table(result: Result, entry: Entry, methods: list[str], look: Look) -> list[list[Text]]:
    """Who agrees with whom to how many digits, in the worst entry, and how often f ran for it."""
    if len(methods) < 2:
        return []
    shared = {
        frozenset(pair): numbers.digits_shared(first, second)
        for pair in combinations(methods, 2)
        if (first := _value(entry, pair[0])) is not None and (second := _value(entry, pair[1])) is not None
    }
    calls = {row.method: row.evaluations for row in result.methods}
    columns = [
        Column("", tuple(LONG.get(method, method) for method in methods), left=True),
        *(
            Column(
                SHORT.get(method, method),
                tuple(
                    look.glyphs.none if other == method else shared.get(frozenset((method, other)), "-")
                    for other in methods
                ),
                least=4,
                gap=2,
            )
            for method in methods
        ),
        Column("calls of f", tuple(str(calls.get(method, 0)) for method in methods)),
    ]
    name = one_line(entry.name)
    title = hanging(line("  "), f"digits shared by each pair, worst entry {name}", look.width)
    if table_width(columns) > look.width:
        columns.pop()
    return [title, lay_table(columns)]


def _facts(result: Result, look: Look) -> list[Text]:
    """The formula, how the point and the derivative were found, noise, accuracy, calls of f."""
    facts = [
        ("formula", "\n".join(row.formula.replace("; ", "\n") for row in result.methods if row.formula)),
        ("point", _origin(result)),
        ("value", ", ".join(map(numbers.short, result.value[:MOST_NUMBERS]))),
        ("derivative", f"{result.yours}, {result.source}" if result.source else ""),
        ("noise", f"f carries about {numbers.bar(result.noise)} of rounding" if result.noise > 0 else ""),
        ("error law", result.law.removeprefix("error law: ")),
        ("warnings", "\n".join(result.warned)),
        ("accuracy", _accuracy(result)),
        ("caught", _caught_everywhere(result)),
        ("certified", _certified(result)),
        ("methods", "\n".join(_cost(row) for row in result.methods)),
    ]
    width = max(len(key) for key, _ in facts) + 2
    return [row for key, text in facts if text for row in keyed(key, text, look, width)]


def _caught_everywhere(result: Result) -> str:
    """The error that would have been called wrong in whichever entry it were."""
    shares = [(relative_power(entry), entry.name) for entry in result.entries if entry.verdict == "agree"]
    if not shares or not 0 < max(shares)[0] < math.inf:
        return ""
    share, name = max(shares)
    scope = "" if len(shares) == 1 else f", in {one_line(name)}; in other entries a smaller one too"
    return f"a relative error above {numbers.bar(share)} would have been called wrong{scope}"


def _origin(result: Result) -> str:
    told = result.seed is None or "seed" in result.origin
    return result.origin if told else f"{result.origin}, seed {result.seed}"


def _accuracy(result: Result) -> str:
    if not 0 < result.confirmed < math.inf:
        return ""
    worst = "" if math.isnan(result.max_rel_error) else f"; the largest found is {numbers.bar(result.max_rel_error)}"
    return f"a relative error above {numbers.bar(result.confirmed)} would have shown in every entry{worst}"


def _certified(result: Result) -> str:
    """How many digits exact arithmetic vouches for, and what floating point makes of them."""
    if not result.certified:
        return ""
    known = f"exact arithmetic certifies {result.certified} digits of the derivative"
    lost = math.log10(result.kappa) if result.kappa >= 1 else 0.0
    if lost < 1:
        return f"{known}; floating point keeps them"
    return f"{known}; floating point may lose {math.ceil(lost)} of 16 (kappa {numbers.bar(result.kappa)})"


def _cost(row: MethodRow) -> str:
    name = LONG.get(row.method, row.method)
    if row.reason:
        return f"{name} declined: {row.reason}{f'; {row.remedy}' if row.remedy else ''}"
    calls = f"{row.evaluations} call{'' if row.evaluations == 1 else 's'} of f, {1e3 * row.seconds:.1f} ms"
    shares = f", shares {' and '.join(row.shares)}" if row.shares else ""
    return f"{name}: {calls}{shares}"
