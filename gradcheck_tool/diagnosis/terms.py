"""Stories about the chain rule: one term of it missing, doubled, of the wrong sign, with another slope, times a number.

``D = sum(adjoint * (q - p) * derivative of the operand)`` is what yours is off by if the slope p of one operation of f
was taken to be q.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.diagnosis.evidence import FIT, SHARP, SHARP_FREE, Evidence, Stack
from gradcheck_tool.diagnosis.factors import recognised
from gradcheck_tool.diagnosis.table import Edge, Site, Table
from gradcheck_tool.diagnosis.words import Candidate, is_atom

Vector = NDArray[np.float64]

TERM, PART_ONLY, ONE_LINE = 3.0, 0.7, 0.5
DEEP = 0.01  # of two equally true stories the one about the whole expression is told, not that about its inside
ADDITIVE = ("add", "sub", "sum", "neg")
SIMPLE = re.compile(r"-?[\w.]+(\[[^\]]*\])*")  # a name, a number, an element
KNOWN_MULTIPLE, FREE_MULTIPLE = 3.6, 4.6
LONGEST_LOOP = 30  # lines of one site that are also looked at one by one


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope somebody may have taken: what to say, how far-fetched it is, and what the story is about."""

    words: str
    extra: float
    code: str = "GC111"
    kind: str = "wrong-partial"


SLOPES = (
    Slope("yours lacks {part}", 0.0, "GC104", "missing-term"),
    Slope("yours counts {part} twice", 0.1, "GC104", "doubled-term"),
    Slope("yours has {part} with the wrong sign", 0.1, "GC101", "term-sign"),
    Slope("yours has half of {part}", 0.2, "GC102", "halved-term"),
    Slope("yours leaves out the slope of {whole} in {operand}", 0.2, "GC103", "missing-inner"),
    Slope("yours takes {whole} itself for its slope in {operand}", 0.2),
    Slope("yours takes {minus} for the slope of {whole}", 0.3),
    Slope("yours has the slope of {whole} upside down", 0.5),
    Slope("yours has the slope of {whole} squared", 0.5),
    Slope("yours takes {operand} for the slope of {whole}", 0.4),
    Slope("yours has one factor {operand} too many in the slope of {whole}", 0.4, "GC102", "extra-factor"),
    Slope("yours lacks one factor {operand} in the slope of {whole}", 0.4, "GC103", "missing-factor"),
    Slope("yours takes {other} for the slope of {whole}", 0.5),
    Slope("yours has one factor {other} too many in the slope of {whole}", 0.5, "GC102", "extra-factor"),
    Slope("yours lacks the factor {other} in the slope of {whole}", 0.5, "GC103", "missing-factor"),
)


def _taken(edge: Edge) -> NDArray[np.float64]:
    """The slopes of `SLOPES` for each element of an edge, shape (len(SLOPES), e)."""
    p, u, o, y = edge.partial, edge.operand, edge.other, edge.value
    with np.errstate(all="ignore"):
        return np.stack(
            [0 * p, 2 * p, -p, p / 2, np.ones_like(p), y, -y, 1 / p, p * p, u, p * u, p / u, o, p * o, p / o]
        )


Place = tuple[Site, int, int]  # the site, the operand, and one line of it or -1 for all


def terms(known: Evidence, tables: tuple[Table, ...], deadline: float) -> Iterator[Candidate]:
    """Stories about one operand of one operation of f, everywhere in it or in one turn of a loop."""
    first = min(1, known.searched - 1)  # a generic point: the tested one may hold zeros and ties
    for place in places(tables[first]):
        if time.perf_counter() > deadline:
            return
        edge = _at(tables[first], place)
        if edge is None:
            continue
        yield from _slopes(known, tables, place, edge, first)
        yield from _multiple(known, tables, place)


def places(table: Table) -> Iterator[Place]:
    """All operands of all operations, and each turn of a loop alone."""
    for site, lines in table.sites.items():
        for position in table.operands(site):
            yield site, position, -1
            if 1 < len(lines) <= LONGEST_LOOP:
                yield from ((site, position, turn) for turn in range(len(lines)))


def _at(table: Table, place: Place) -> Edge | None:
    site, position, turn = place
    edge = table.edge(site, position)
    if edge is None or turn < 0:
        return edge
    return edge.line(turn) if turn < len(edge.starts) else None


def _slopes(known: Evidence, tables: tuple[Table, ...], place: Place, edge: Edge, first: int) -> Iterator[Candidate]:
    with np.errstate(all="ignore"):
        off = np.einsum("me,he,en->hmn", edge.given, _taken(edge) - edge.partial, edge.moved, optimize=False)
        left = np.abs(known.gap[first] - off)[:, known.wrong]
        allowed = (FIT * np.abs(known.gap[first]) + known.slack[first])[known.wrong]
        fits = np.flatnonzero(np.all(left <= allowed, axis=1))
    if not fits.size or not known.sharp(SHARP):
        return
    edges = [_at(table, place) for table in tables]
    for at in fits.tolist():
        said = known.right.copy()
        for k, other in enumerate(edges):
            if other is not None:
                with np.errstate(all="ignore"):
                    said[k] += other.contribution(_taken(other)[at] - other.partial)
        if all(other is not None for other in edges):
            yield _told(known, tables[first], place, SLOPES[at], said)


def _told(known: Evidence, table: Table, place: Place, slope: Slope, said: Stack) -> Candidate:
    site, _, turn = place
    cost = TERM + slope.extra + far_fetched(known, table, place, said)
    part, whole, operand = _part(table, place)
    turned = f", turn {turn + 1}" if turn >= 0 else ""
    minus = f"-{whole}" if is_atom(whole) else f"-({whole})"
    other = _other(table, place)
    words = slope.words.format(part=part, whole=whole, operand=operand, other=other, minus=minus)
    return Candidate(cost, slope.code, slope.kind, words + turned, said, where=site.where)


def far_fetched(known: Evidence, table: Table, place: Place, said: Stack) -> float:
    """What a story costs more about one turn of a loop, some entries only, or the inside of an expression."""
    turn = ONE_LINE if place[2] >= 0 else 0.0
    part = PART_ONLY if _part_only(known, said) else 0.0
    return turn + part + DEEP * (1 - table.rank[place[0]])


def _part(table: Table, place: Place) -> tuple[str, str, str]:
    """In words: what goes through one operand, the operation, and the operand."""
    site, position, turn = place
    row = ROWS[site.operation >> 3]
    operand = table.quoted(table.operand_lines(site, position)[max(turn, 0)])
    whole = site.text or f"the {row.name} at {site.where}"
    if row.name in ADDITIVE and operand and not SIMPLE.fullmatch(operand):
        part = f"the derivative of {operand}"
    elif len(table.operands(site)) == 1 or not operand or operand == whole:
        part = f"the part through {whole}"
    else:
        part = f"the part through {operand} in {whole}"
    return part, whole, operand or "its operand"


def _other(table: Table, place: Place) -> str:
    """The other operand of a binary operation, in words."""
    site, position, turn = place
    k = table.sites[site][max(turn, 0)]
    if not isinstance(ROWS[site.operation >> 3], Elementwise):
        return "the other operand"
    if site.operation >> (1 - position) & 1:
        return table.quoted((table.trace.first, table.trace.second)[1 - position][k]) or "the other operand"
    constant = (table.trace.first, table.trace.second)[1 - position][k]
    return f"{constant:.6g}" if np.ndim(constant) == 0 and constant is not None else "the other operand"


def part_of(tables: tuple[Table, ...], place: Place) -> tuple[str, str]:
    """What goes through one operand, in words, and the ``path:line`` of the operation."""
    table = next(table for table in tables[1:] + tables[:1] if place[0] in table.sites)
    return _part(table, place)[0], place[0].where


def _part_only(known: Evidence, said: Stack) -> bool:
    """Whether the story would also change entries that are right."""
    rest = ~known.wrong
    if not rest.any():
        return False
    part = slice(0, known.searched)
    moved = np.abs(said[part] - known.right[part])[:, rest]
    return bool(np.any(moved > (known.slack[part][:, rest]) * 10))


def _multiple(known: Evidence, tables: tuple[Table, ...], place: Place) -> Iterator[Candidate]:
    """The difference is one number times what goes through here."""
    if not known.free or not known.sharp(SHARP_FREE):
        return
    parts = contributions(tables, place)
    if parts is None:
        return
    factor = multiple(known, parts)
    if factor is None:
        return
    ratio = 1 + factor  # of the part in yours to the right one
    text = recognised(ratio, known.sizes)
    table = tables[min(1, known.searched - 1)]
    part, where = part_of(tables, place)
    said = known.right + factor * parts
    cost = (KNOWN_MULTIPLE if text else FREE_MULTIPLE) + far_fetched(known, table, place, said)
    amount = (text[2:] if text.startswith("* ") else f"1 {text}") if text else f"{ratio:.10g}"
    words = f"yours has {amount} times {part}"
    yield Candidate(cost, "GC102", "term-factor", words, said, free=True, where=where)


def contributions(tables: tuple[Table, ...], place: Place) -> Stack | None:
    """What goes through one operand at every point, shape (points, m, n); None where it is missing at one."""
    edges = [_at(table, place) for table in tables]
    if any(edge is None for edge in edges):
        return None
    parts = np.stack([edge.contribution() for edge in edges if edge is not None])
    return parts if np.all(np.isfinite(parts)) else None


def multiple(known: Evidence, parts: Stack) -> float | None:
    """The number k with ``yours - AD = k * parts`` in all wrong entries at all points of the search, or None."""
    part = (slice(0, known.searched), known.wrong)
    gap, shape = known.gap[part], parts[part]
    with np.errstate(all="ignore"):
        scale = np.abs(shape).max(initial=0.0)
        if not scale or not np.isfinite(scale):
            return None
        shape = shape / scale
        factor = float(np.vdot(shape, gap) / np.vdot(shape, shape)) / scale
    if not np.isfinite(factor) or not factor:
        return None
    return factor if known.residual(known.right + factor * parts) is not None else None
