"""Stories about a factor that changes from point to point: a number of f's run, missing or one too many.

The ratio of yours to the derivative, taken at all points, is a series; so is every number of the run of f. A forgotten
inner derivative is a series of the run that equals the ratio. One point, or a ratio that does not vary, shows nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.evidence import SHARP, Evidence, Stack
from gradcheck_tool.diagnosis.table import LONGEST, Table
from gradcheck_tool.diagnosis.terms import Place, contributions, part_of, places
from gradcheck_tool.diagnosis.words import Candidate, is_atom

Vector = NDArray[np.float64]

FACTOR, ON_TERM = 3.5, 5.0
MANY_INPUTS, MANY_TURNS = 50, 12
POWERS = (1.0, -1.0, 2.0, -2.0)
CLOSE, VARIES = 1e-8, 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One number of the run at every point, shape (points, 1), or one per input, shape (points, n)."""

    words: str
    numbers: Stack
    extra: float
    where: str = ""
    compound: bool = True  # needs brackets in a product


def factors(known: Evidence, tables: tuple[Table, ...], deadline: float) -> Iterator[Candidate]:
    """Yours is the derivative times, or divided by, a number of the run."""
    if known.searched < 2 or not known.sharp(SHARP):
        return
    all_series = [each for each in _series(known, tables) if _varies(each)]
    yield from _on_entries(known, all_series)
    if all_series:
        yield from _on_terms(known, tables, [each for each in all_series if each.numbers.shape[1] == 1], deadline)


def by_inputs(known: Evidence) -> Iterator[Candidate]:
    """Those of them in which the number is an input, or the slope of its square or cube."""
    return _on_entries(known, (each for each in _inputs(known) if _varies(each)))


def _on_entries(known: Evidence, series: Iterable[Series]) -> Iterator[Candidate]:
    with np.errstate(all="ignore"):
        ratio = known.mine / known.right
    for each in series:
        for power, sign in _matches(known, ratio, each):
            said = known.right * (sign * each.numbers**power)[:, None, :]
            yield _factor(each, power, sign, said)


def _matches(known: Evidence, ratio: Stack, series: Series) -> Iterator[tuple[float, float]]:
    part = slice(0, known.searched)
    wanted = ratio[part][:, known.wrong]
    row = np.broadcast_to(series.numbers[:, None, :], ratio.shape)[part][:, known.wrong]
    with np.errstate(all="ignore"):
        room = CLOSE + known.slack[part][:, known.wrong] / np.abs(known.right[part][:, known.wrong])
        for power in POWERS:
            for sign in (1.0, -1.0):
                if np.all(np.abs(wanted - sign * row**power) <= room * np.abs(wanted)):
                    yield power, sign


def _varies(series: Series) -> bool:
    numbers = series.numbers
    if not np.all(np.isfinite(numbers)) or np.any(numbers == 0):
        return False
    spread = np.abs(numbers - numbers[:1]).max(axis=0)
    return bool(np.all(spread > VARIES * np.abs(numbers[0])))


def _factor(series: Series, power: float, sign: float, said: Stack) -> Candidate:
    missing = power < 0
    text = series.words
    product = not series.compound and abs(power) == 1 and missing  # 2 * x[2], as it is
    if not product and not is_atom(text):
        text = f"({text})"
    text = f"{'-' if sign < 0 else ''}{text}{'**2' if abs(power) == 2 else ''}"
    words = f"AD = yours {'*' if missing else '/'} {text}"
    code, kind = ("GC103", "missing-factor") if missing else ("GC102", "extra-factor")
    cost = FACTOR + series.extra + 0.1 * (abs(power) == 2) + 0.1 * (sign < 0)
    return Candidate(cost, code, kind, words, said, where=series.where)


def _series(known: Evidence, tables: tuple[Table, ...]) -> Iterator[Series]:
    yield from _inputs(known)
    yield from _lines(known, tables)


def _inputs(known: Evidence) -> Iterator[Series]:
    """Each input and the slopes of its square and cube; and each entry's own input."""
    x = np.stack([sample.x for sample in known.samples])
    names = known.names
    if x.shape[1] <= MANY_INPUTS:
        for column, name in enumerate(names):
            yield from _slopes_of(x[:, [column]], name, 0.0)
    columns = np.flatnonzero(known.wrong.any(axis=0))
    labels = {names[at].rpartition("[")[0] or names[at] for at in columns.tolist()}
    if columns.size > 1 and x.shape[1] == known.wrong.shape[1]:
        yield from _slopes_of(x, labels.pop() if len(labels) == 1 else "the inputs", 0.0)


def _slopes_of(x: Stack, name: str, extra: float) -> Iterator[Series]:
    yield Series(name, x, extra)
    yield Series(f"2 * {name}", 2 * x, extra + 0.02, compound=False)
    yield Series(f"3 * {name}**2", 3 * x * x, extra + 0.03, compound=False)


def _lines(known: Evidence, tables: tuple[Table, ...]) -> Iterator[Series]:
    """The values of the run, the slopes and the adjoints, matched between points by site and turn."""
    n = known.wrong.shape[1]
    for site, lines in tables[0].sites.items():
        if len(lines) > MANY_TURNS or any(len(table.sites.get(site, ())) != len(lines) for table in tables):
            continue
        text = site.text or site.where
        for turn, line in enumerate(lines):
            size = np.size(tables[0].values[line])
            if size not in (1, n):
                continue
            found = [table.sites[site][turn] for table in tables]
            rows = [np.ravel(table.values[k]).astype(float) for table, k in zip(tables, found, strict=True)]
            if any(row.size != size for row in rows):
                continue
            yield Series(_short(text), np.stack(rows), 0.05, site.where)
            for position in tables[0].operands(site):
                edges = [table.edge(site, position) for table in tables]
                if any(edge is None for edge in edges):
                    continue
                parts = [edge.line(turn) for edge in edges if edge is not None]
                slopes = [part.partial for part in parts]
                if all(slope.size == size for slope in slopes):
                    of = tables[0].quoted(tables[0].operand_lines(site, position)[turn])
                    yield Series(
                        _short(f"the slope of {text}" + (f" in {of}" if of else "")), np.stack(slopes), 0.1, site.where
                    )
                given = [part.given[0] for part in parts]
                if position == tables[0].operands(site)[0] and all(row.size == size for row in given):
                    yield Series(_short(f"the slope of f in {text}"), np.stack(given), 0.2, site.where)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST + 16 else text[: LONGEST + 13] + "..."


def _on_terms(known: Evidence, tables: tuple[Table, ...], series: list[Series], deadline: float) -> Iterator[Candidate]:
    """One term of the chain rule lacks a factor, or has one too many."""
    if not series:
        return
    numbers = np.stack([each.numbers[:, 0] for each in series])
    part = slice(0, known.searched)
    for place in places(tables[min(1, known.searched - 1)]):
        if time.perf_counter() > deadline:
            return
        parts = contributions(tables, place) if place[2] < 0 else None
        if parts is None:
            continue
        with np.errstate(all="ignore"):
            ratio = 1 + (known.gap[part] / parts[part])[:, known.wrong]
        if not np.all(np.isfinite(ratio)) or np.any(np.abs(ratio - ratio[:, :1]) > 1e-7 * np.abs(ratio[:, :1])):
            continue
        yield from _term(known, tables, place, parts, ratio[:, 0], numbers, series)


def _term(  # noqa: PLR0913, PLR0917 - one term, its ratio, and every series it is compared with
    known: Evidence,
    tables: tuple[Table, ...],
    place: Place,
    parts: Stack,
    ratio: Vector,
    numbers: Stack,
    series: list[Series],
) -> Iterator[Candidate]:
    part = slice(0, known.searched)
    for power in POWERS:
        with np.errstate(all="ignore"):
            powers = numbers**power
        for sign in (1.0, -1.0):
            close = np.all(np.abs(sign * powers[:, part] - ratio) <= 1e-7 * np.abs(ratio), axis=1)
            for at in np.flatnonzero(close).tolist():
                factor = (sign * powers[at])[:, None, None]
                said = known.right + (factor - 1) * parts
                verb = "lacks the factor" if power < 0 else "has one factor too many,"
                minus = "-" if sign < 0 else ""
                square = " squared" if abs(power) == 2 else ""
                name, where = part_of(tables, place)
                text = f"yours {verb} {minus}{series[at].words}{square} in {name}"
                code, kind = ("GC103", "missing-factor") if power < 0 else ("GC102", "extra-factor")
                cost = ON_TERM + series[at].extra + 0.1 * (abs(power) == 2) + 0.1 * (sign < 0)
                yield Candidate(cost, code, kind, text, said, where=where)
