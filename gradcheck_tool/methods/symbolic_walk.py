"""One walk down a trace in object arrays: for SymPy expressions, and for numbers of many digits.

Values are object arrays throughout; a number is an array without axes. The caller says what an
elementwise row and a linear algebra row mean; everything that only moves or sums elements is the trace's own.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf, Linear
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.calculus.worlds.symbol_matrices import LARGEST, SPEAKABLE
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.tracing.trace import Constant, Line, Trace


@dataclass(frozen=True, slots=True)
class Run:
    """What is differentiated, and until when on the clock of `time.perf_counter`."""

    problem: Problem
    trace: Trace
    wanted: frozenset[int]  # the lines an output depends on
    deadline: float


Meaning = Callable[[Line, list[Any]], Any]
MOVING = ("assemble", "numbers", "contract")


def boxed(x: Any) -> Any:
    """X as an object array, without axes if it is one number."""
    if isinstance(x, np.ndarray):
        return x if x.dtype == object else x.astype(object)
    out = np.empty((), dtype=object)
    out[()] = x
    return out


def needed(trace: Trace) -> frozenset[int]:
    """The lines that an output depends on."""
    found = {ref for ref in trace.outputs if not isinstance(ref, Constant)}
    for number in range(len(trace) - 1, trace.inputs - 1, -1):
        if number in found:
            found.update(ref for ref in trace[number].operands if not isinstance(ref, Constant))
    return frozenset(found)


def walk(  # noqa: PLR0913, PLR0917 - what is walked, from where, and what each kind of line means
    trace: Trace,
    wanted: frozenset[int],
    inputs: list[Any],
    lift: Callable[[float], Any],
    elementwise: Meaning,
    matrices: Meaning,
) -> list[Any]:
    """The values of the `wanted` lines, None for the others; `lift` turns a constant double into a number."""
    values: list[Any] = list(inputs)
    lifted = np.frompyfunc(lift, 1, 1)
    for number in range(trace.inputs, len(trace)):
        if number not in wanted:
            values.append(None)
            continue
        line = trace[number]
        operands = [
            boxed(lifted(np.asarray(ref.value, dtype=float))) if isinstance(ref, Constant) else values[ref]
            for ref in line.operands
        ]
        values.append(boxed(_value(line, operands, elementwise, matrices)))
    return values


def _value(line: Line, operands: list[Any], elementwise: Meaning, matrices: Meaning) -> Any:
    row = line.primitive
    if isinstance(row, Elementwise):
        return elementwise(line, operands)
    if isinstance(row, Linear):
        return row.forward(operands[0], line.detail, 0)
    if row is not None and row.name in MOVING:
        return row.evaluate(tuple(operand if operand.ndim else operand[()] for operand in operands), line.detail)
    return matrices(line, operands)


def refuse_unsayable(trace: Trace, wanted: frozenset[int]) -> None:
    """Raise a `Complaint` for the first line that SymPy has no word for, or that sits exactly on a kink."""
    for number in sorted(wanted):
        row = ROWS[trace.operation[number] >> 3] if number >= trace.inputs else None
        if isinstance(row, Elementwise) and row.kink:
            _refuse_kink(trace, trace[number], row)
        elif isinstance(row, Leaf) and row.name not in MOVING:
            _refuse_matrix(trace, trace[number], row)


def _refuse_kink(trace: Trace, line: Line, row: Elementwise) -> None:
    names = dict(zip(row.operands, recorded_operands(trace, line), strict=True))
    with np.errstate(all="ignore"):
        distance = _distance(row)(*names.values(), np.asarray(line.value))
    if np.any(np.equal(distance, 0)):
        raise Complaint(
            f"{row.name} sits exactly on its kink, where SymPy has no derivative to offer",
            where=line.where,
            remedy="check at a point beside the kink",
        )


@cache
def _distance(row: Elementwise) -> Callable[..., Any]:
    found: Callable[..., Any] = eval(f"lambda {', '.join(row.operands)}, y: {row.kink}", dict(ARRAY))  # noqa: S307 - our own text
    return found


def _refuse_matrix(trace: Trace, line: Line, row: Leaf) -> None:
    shape = np.shape(recorded_operands(trace, line)[0])
    if row.name not in SPEAKABLE:
        raise Complaint(f"SymPy has no formula for {row.name}", where=line.where, remedy="rely on the other methods")
    if row.name != "norm" and shape[-1] > LARGEST:
        raise Complaint(
            f"the formula of {row.name} for a {shape[-1]} by {shape[-1]} matrix is too long to write out",
            where=line.where,
            remedy=f"check with matrices of at most {LARGEST} rows",
        )


def recorded_operands(trace: Trace, line: Line) -> list[Any]:
    """The doubles the recorded line worked on."""
    return [
        np.asarray(ref.value if isinstance(ref, Constant) else trace.value[ref], dtype=float) for ref in line.operands
    ]


def formula_size(trace: Trace, wanted: frozenset[int], budget: float) -> float:
    """How many nodes the expressions of the outputs would have, written out as trees; inf for very long runs."""
    if len(wanted) > budget + trace.inputs:
        return math.inf

    def elementwise(line: Line, operands: list[Any]) -> Any:
        # Each mention of an operand in the text is a copy of its whole tree.
        row = line.primitive
        counts = _mentions(row) if isinstance(row, Elementwise) else ()
        return 1.0 + sum(count * operand for count, operand in zip(counts, operands, strict=True))

    def matrices(line: Line, operands: list[Any]) -> Any:
        total = sum(float(np.sum(operand)) for operand in operands)
        short = line.primitive is not None and line.primitive.name == "norm"
        terms = 1 if short else math.factorial(operands[0].shape[-1])
        return np.full(np.shape(line.value), total * terms, dtype=object)

    inputs = [boxed(np.ones(np.shape(trace.value[k]))) for k in range(trace.inputs)]
    sizes = walk(trace, wanted, inputs, lambda _constant: 1.0, elementwise, matrices)
    return float(sum(np.sum(sizes[ref]) for ref in trace.outputs if not isinstance(ref, Constant)))


@cache
def _mentions(row: Elementwise) -> tuple[int, ...]:
    names = [node.id for node in ast.walk(ast.parse(row.value, mode="eval")) if isinstance(node, ast.Name)]
    return tuple(names.count(operand) for operand in row.operands)
