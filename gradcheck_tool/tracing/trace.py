"""A trace: the user's run as data. Columns of plain tuples, with lines and guards as views."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any, NamedTuple

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Primitive
from gradcheck_tool.calculus.wide import WIDE
from gradcheck_tool.tracing.place import path_line, source_line


class Constant(NamedTuple):
    """An operand that does not depend on the inputs."""

    value: Any


class Line(NamedTuple):
    """One recorded operation. Operands are line numbers or `Constant`; `detail` is a structural row's shapes."""

    number: int
    primitive: Primitive | None  # None: an input
    operands: tuple[int | Constant, ...]
    detail: Any
    value: Any
    where: str


class Guard(NamedTuple):
    """A decision the run took: ``left relation right`` was `held` just before line `before`.

    Operands are line numbers or `Constant`. The relations ``largest`` and ``order`` are decisions
    among the elements of one array (max, sort); `right` is then the axis.
    """

    before: int
    relation: str
    left: int | Constant
    right: Any
    held: Any
    where: str


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """The recorded run of one function at one point.

    Attributes
    ----------
    inputs
        How many input lines there are; they are lines 0 .. inputs-1, one per float or array.
    outputs
        One line number or `Constant` per float or array of the result.
    operation, first, second, value, code, offset
        The columns; see `gradcheck_tool.calculus.catalogue` for operation numbers.
    result
        The structure of the user's result with its numbers, as the recorded run computed them.
    """

    inputs: int
    outputs: tuple[int | Constant, ...]
    operation: tuple[int, ...]
    first: tuple[Any, ...]
    second: tuple[Any, ...]
    value: tuple[Any, ...]
    code: tuple[CodeType | None, ...]
    offset: tuple[int, ...]
    flags: tuple[Any, ...]
    labels: tuple[str, ...]
    result: Any

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, number: int) -> Line:
        where = self.where(number)
        operation = self.operation[number]
        if operation < 0:
            return Line(number, None, (), None, self.value[number], where)
        row = ROWS[operation >> 3]
        if isinstance(row, Elementwise) and len(row.operands) <= WIDE:
            mask = operation & 3
            raw = (self.first[number], self.second[number])[: len(row.operands)]
            operands = tuple(ref if mask >> k & 1 else Constant(ref) for k, ref in enumerate(raw))
            return Line(number, row, operands, None, self.value[number], where)
        first = self.first[number]
        operands = first if isinstance(first, tuple) else (first,)
        return Line(number, row, operands, self.second[number], self.value[number], where)

    @property
    def lines(self) -> Iterator[Line]:
        """All lines in the order of the run, made as they are asked for."""
        return (self[number] for number in range(len(self)))

    @property
    def guards(self) -> Sequence[Guard]:
        """All decisions in the order of the run."""
        flat = self.flags
        return [
            Guard(before, relation, left, right, held, path_line(code, offset))
            for before, relation, left, right, held, code, offset in zip(*(flat[k::7] for k in range(7)), strict=True)
        ]

    def where(self, number: int) -> str:
        """``path:line`` of the user's source that caused line `number`; empty for inputs."""
        return path_line(self.code[number], self.offset[number])

    def source(self, number: int) -> str:
        """The text of that source line, stripped; empty where there is no source."""
        return source_line(self.code[number], self.offset[number])
