"""One run walked both ways, with a name for everything: what the rows of a ledger are written from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.rules import ZERO as NOTHING
from gradcheck_tool.calculus.rules import spread
from gradcheck_tool.tracing.trace import Constant, Line, Trace
from gradcheck_tool.walks.formula import Number, Symbol
from gradcheck_tool.walks.jacobian import seed, sizes
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.push import push
from gradcheck_tool.walks.values import column


def entries(label: str, shape: tuple[int, ...]) -> list[str]:
    """What the entries of an input or a line are called: ``x``, or ``x[0,1]`` for each of an array."""
    return [f"{label}[{','.join(map(str, place))}]" for place in np.ndindex(*shape)] if shape else [label]


def line_names(trace: Trace) -> list[str]:
    """Inputs by their labels, operations numbered; by another letter where an input is called ``v1`` itself."""
    taken = " ".join(trace.labels)
    letter = next((letter for letter in "vwuzt" if not re.search(rf"\b{letter}\d", taken)), "op")
    return [*trace.labels, *(f"{letter}{k}" for k in range(1, len(trace) - trace.inputs + 1))]


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Names, values, tangents and adjoints of all lines, and which lines use which."""

    names: list[str]
    values: list[Any]
    tangents: list[Any]
    adjoints: list[Any]
    uses: dict[int, list[tuple[Line, int]]]
    seeds: dict[int, Any]
    seeded: str

    @classmethod
    def of(cls, trace: Trace, row: int, along: int) -> Walked:
        """Walk down along one input entry and up from one output entry."""
        values, names = column(trace), line_names(trace)
        outputs, inputs = sizes(trace)
        at = int(np.searchsorted(np.cumsum(outputs), row, side="right"))
        line = trace.outputs[at]
        entry = row - sum(outputs[:at])
        seeds = {line: seed(values[line], entry)} if isinstance(line, int) else {}
        seeded = entries(names[line], np.shape(values[line]))[entry] if isinstance(line, int) else ""
        moved = push(trace, _directions(values, inputs, along), values)
        uses: dict[int, list[tuple[Line, int]]] = {}
        for used in trace.lines:
            for position, operand in enumerate(used.operands):
                if isinstance(operand, int):
                    uses.setdefault(operand, []).append((used, position))
        return cls(
            names,
            values,
            [_shaped(spread(t, v)[..., 0] if t is not NOTHING else 0.0, v) for t, v in zip(moved, values, strict=True)],
            [_shaped(a, v) for a, v in zip(pull(trace, seeds, values), values, strict=True)],
            uses,
            seeds,
            seeded,
        )

    def value(self, k: int) -> Symbol:
        """What a line computed, by name and number."""
        return Symbol(self.names[k], self.values[k])

    def tangent(self, k: int) -> Symbol:
        """The tangent of a line, by name and number."""
        return Symbol(f"{self.names[k]}'", self.tangents[k])

    def adjoint(self, k: int) -> Symbol:
        """The adjoint of a line, by name and number."""
        return Symbol(f"{self.names[k]}~", self.adjoints[k])

    def operand(self, ref: int | Constant) -> Symbol | Number:
        """An operand: a line or a constant."""
        return Number(ref.value) if isinstance(ref, Constant) else self.value(ref)


def _directions(values: list[Any], inputs: list[int], along: int) -> list[Any]:
    unit = np.zeros(sum(inputs))
    unit[along] = 1.0
    pieces = np.split(unit, np.cumsum(inputs)[:-1])
    return [
        piece.reshape((*value.shape, 1)) if isinstance(value, np.ndarray) else float(piece[0])
        for piece, value in zip(pieces, values, strict=False)
    ]


def _shaped(number: Any, like: Any) -> Any:
    if isinstance(like, np.ndarray):
        return np.broadcast_to(number, like.shape)
    return complex(np.reshape(number, ())) if is_complex(number) else float(np.reshape(number, ()))
