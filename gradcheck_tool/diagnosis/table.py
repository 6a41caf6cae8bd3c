"""The chain rule of one run of f as a table: what each operand of each operation contributes to the derivative.

Operations are matched between points by where they stand: code object, instruction and operation. Line numbers of a
trace move as soon as a loop takes another turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf, Linear
from gradcheck_tool.calculus.pulls import operands_of
from gradcheck_tool.calculus.rules import ZERO, spread
from gradcheck_tool.calculus.wide import WIDE
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.tracing.place import path_line, spelled_at
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.jacobian import input_directions, seed, sizes
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.push import push
from gradcheck_tool.walks.values import column, has_complex

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

LARGEST = 4_000_000  # numbers in the tangents and adjoints of a run that is laid out as a table
LONGEST = 44  # characters of a subexpression that is quoted


@dataclass(frozen=True, slots=True)
class Site:
    """One operation of the source: code object, instruction, operation number."""

    code: CodeType | None
    offset: int
    operation: int

    @property
    def where(self) -> str:
        """``path:line``."""
        return path_line(self.code, self.offset)

    @property
    def text(self) -> str:
        """The subexpression as it is written; empty where it is not known or long."""
        text = "" if self.code is None else spelled_at(self.code, self.offset)
        return text if len(text) <= LONGEST else ""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """One operand of some lines of one site: everything that reaches the output through it.

    Attributes
    ----------
    given
        Shape (m, e): the derivative of each output by each of the e results.
    moved
        Shape (e, n): the derivative of the operand of each.
    partial, operand, other, value
        Shape (e,): the slope of each operation along that operand, its operands, its result.
    starts
        Where the elements of each line begin.
    """

    given: Matrix
    moved: Matrix
    partial: Vector
    operand: Vector
    other: Vector
    value: Vector
    starts: tuple[int, ...]

    def contribution(self, partial: Vector | float | None = None) -> Matrix:
        """Shape (m, n): the part of the derivative that goes through here, with another slope where one is given."""
        slope = self.partial if partial is None else partial
        with np.errstate(all="ignore"):
            return np.asarray((self.given * slope) @ self.moved)

    def line(self, occurrence: int) -> Edge:
        """The same for one of the lines."""
        ends = (*self.starts[1:], self.partial.size)
        part = slice(self.starts[occurrence], ends[occurrence])
        rest = self.partial[part], self.operand[part], self.other[part], self.value[part]
        return Edge(self.given[:, part], self.moved[part], *rest, (0,))


class Table:
    """One run of f: its lines by site, and the edges between them, made when they are asked for."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.values = column(trace)
        self.outputs, inputs = sizes(trace)
        self.n = sum(inputs)
        self.tangents = push(trace, input_directions(trace), self.values)
        self.adjoints = [
            pull(trace, {line: seed(self.values[line], entry)}, self.values) if type(line) is int else None
            for line, size in zip(trace.outputs, self.outputs, strict=True)
            for entry in range(size)
        ]
        self.sites: dict[Site, list[int]] = {}
        for k in range(trace.inputs, len(trace)):
            site = Site(trace.code[k], trace.offset[k], trace.operation[k])
            self.sites.setdefault(site, []).append(k)
        count = len(self.sites)
        self.rank = {site: place / count for place, site in enumerate(self.sites)}  # 0 at the start of the run
        self._edges: dict[tuple[Site, int], Edge | None] = {}

    @classmethod
    def of(cls, trace: Trace) -> Table | None:
        """The table of a run, None where it is too large or holds complex numbers."""
        outputs, inputs = sizes(trace)
        numbers = sum(np.size(value) for value in trace.value)
        if numbers * (sum(inputs) + sum(outputs)) > LARGEST or has_complex(trace):
            return None
        try:
            with np.errstate(all="ignore"):
                return cls(trace)
        except (ArithmeticError, ValueError, TypeError):
            return None

    def operands(self, site: Site) -> tuple[int, ...]:
        """Which operands of a site are lines in all of its lines."""
        row, mask = ROWS[site.operation >> 3], site.operation & 3
        if isinstance(row, Elementwise):
            return (
                () if len(row.operands) > WIDE else tuple(k for k in (0, 1) if mask >> k & 1 and k < len(row.operands))
            )
        if isinstance(row, Linear):
            return (0,)
        firsts = [self.trace.first[k] for k in self.sites[site]]
        count = min(len(first) for first in firsts)
        return tuple(at for at in range(count) if all(type(first[at]) is int for first in firsts))

    def operand_lines(self, site: Site, position: int) -> list[int]:
        """The lines that are that operand, in the order of the run."""
        return [self._reference(k, position) for k in self.sites[site]]

    def _reference(self, k: int, position: int) -> Any:
        row = ROWS[self.trace.operation[k] >> 3]
        if isinstance(row, Elementwise):
            return (self.trace.first, self.trace.second)[position][k]
        first = self.trace.first[k]
        return first[position] if isinstance(first, tuple) else first

    def edge(self, site: Site, position: int) -> Edge | None:
        """All that goes through one operand of a site; None where nothing does, or its rule does not tell."""
        key = (site, position)
        if key not in self._edges:
            try:
                with np.errstate(all="ignore"):
                    self._edges[key] = self._edge(site, position)
            except (ArithmeticError, ValueError, TypeError, LookupError, NotImplementedError):
                self._edges[key] = None
        return self._edges[key]

    def _edge(self, site: Site, position: int) -> Edge | None:
        parts = [self._part(k, position) for k in self.sites.get(site, ())]
        if not parts:
            return None
        starts = np.cumsum([0, *(part[2].size for part in parts)])[:-1]
        given = np.concatenate([part[0] for part in parts], axis=1)
        moved, slope, operand, other, value = (np.concatenate([part[at] for part in parts]) for at in range(1, 6))
        return Edge(given, moved, slope, operand, other, value, tuple(starts.tolist()))

    def _part(self, k: int, position: int) -> tuple[Matrix, Matrix, Vector, Vector, Vector, Vector]:
        value, row = self.values[k], ROWS[self.trace.operation[k] >> 3]
        shape = np.shape(value)
        given = np.stack(
            [np.broadcast_to(0.0 if a is None or a[k] is ZERO else a[k], shape).ravel() for a in self.adjoints]
        ).astype(float)
        flat = np.ravel(value).astype(float)
        if isinstance(row, Elementwise):
            slope, operand, other, moved = self._elementwise(k, position, row)
        else:
            moved = self.tangents[k] if isinstance(row, Linear) else self._leaf(k, position, row)
            slope, operand, other = 1.0, np.nan, np.nan
        moved = np.broadcast_to(np.asarray(moved), (*shape, self.n)).reshape(-1, self.n)
        return (
            given,
            moved,
            np.broadcast_to(slope, shape).ravel().astype(float),
            np.broadcast_to(operand, shape).ravel().astype(float),
            np.broadcast_to(other, shape).ravel().astype(float),
            flat,
        )

    def _elementwise(self, k: int, position: int, row: Elementwise) -> tuple[Any, Any, Any, Any]:
        mask = self.trace.operation[k] & 3
        raw = (self.trace.first[k], self.trace.second[k])[: len(row.operands)]
        numbers = [np.asarray(self.values[ref] if mask >> at & 1 else ref, dtype=float) for at, ref in enumerate(raw)]
        slope = slope_of(row, position)(*numbers, np.asarray(self.values[k], dtype=float))
        other = numbers[1 - position] if len(numbers) == 2 else np.nan
        ref = raw[position]
        return slope, numbers[position], other, spread(self._tangent(ref), self.values[ref])

    def _tangent(self, line: int) -> Any:
        return np.zeros(self.n) if self.tangents[line] is ZERO else self.tangents[line]

    def _leaf(self, k: int, position: int, row: Leaf) -> Any:
        first = self.trace.first[k]
        operands = operands_of(self.values, first)
        tangents = tuple(
            spread(self._tangent(ref), value)
            if at == position
            else np.zeros((*np.shape(value), self.n))
            if type(ref) is int
            else None
            for at, (ref, value) in enumerate(zip(first, operands, strict=True))
        )
        return row.push(tangents, operands, self.values[k], self.trace.second[k])

    def quoted(self, line: int) -> str:
        """The source text of the subexpression that a line computes, or the name of the input; empty if unknown."""
        if line < self.trace.inputs:
            return self.trace.labels[line]
        return Site(self.trace.code[line], self.trace.offset[line], self.trace.operation[line]).text


@lru_cache(maxsize=512)
def slope_of(row: Elementwise, position: int) -> Callable[..., Any]:
    """The partial of a row as a function of its operands and its result, in NumPy."""
    if row.partials[position] == "-":
        raise NotImplementedError(row.name)
    result = "_" if "y" in row.operands else "y"
    names = ", ".join((*row.operands, result))
    made: Callable[..., Any] = eval(f"lambda {names}: {row.partials[position]}", dict(ARRAY))  # noqa: S307 - the texts are our own table
    return made
