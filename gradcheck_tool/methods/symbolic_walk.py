"""One walk down a trace in object arrays: for SymPy expressions, and for numbers of many digits.

Values are object arrays throughout; a number is an array without axes. The caller says what an
elementwise row and a linear algebra row mean; everything that only moves or sums elements is the trace's own.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise, Leaf, Linear
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.calculus.worlds.symbol_matrices import LARGEST, SPEAKABLE
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.tracing.trace import Constant, Line, Trace

Meaning = Callable[[Line, list[Any]], Any]
_MOVING = ("assemble", "numbers", "contract")


def boxed(x: Any) -> Any:
    """x as an object array, without axes if it is one number."""
    if isinstance(x, np.ndarray):
        return x if x.dtype == object else x.astype(object)
    out = np.empty((), dtype=object)
    out[()] = x
    return out


def walk(trace: Trace, inputs: list[Any], lift: Callable[[float], Any], elementwise: Meaning, matrices: Meaning) -> list[Any]:
    """The values of all lines, from those of the inputs; `lift` turns a constant double into a number."""
    values: list[Any] = []
    lifted = np.frompyfunc(lift, 1, 1)
    for line in trace.lines:
        if line.primitive is None:
            values.append(inputs[line.number])
            continue
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
    if row is not None and row.name in _MOVING:
        return row.evaluate(tuple(operand if operand.ndim else operand[()] for operand in operands), line.detail)
    return matrices(line, operands)


def refuse_unsayable(trace: Trace) -> None:
    """Raise a `Complaint` for the first line that SymPy has no word for, or that sits exactly on a kink."""
    for line in trace.lines:
        row = line.primitive
        if isinstance(row, Elementwise):
            _refuse_kink(trace, line, row)
        elif isinstance(row, Leaf) and row.name not in _MOVING:
            _refuse_matrix(trace, line, row)


def _refuse_kink(trace: Trace, line: Line, row: Elementwise) -> None:
    if not row.kink:
        return
    names = dict(zip(row.operands, recorded_operands(trace, line), strict=True))
    with np.errstate(all="ignore"):
        distance = eval(row.kink, dict(ARRAY), names | {"y": np.asarray(line.value)})  # noqa: S307 - our own text
    if np.any(np.equal(distance, 0)):
        raise Complaint(
            f"{row.name} sits exactly on its kink, where SymPy has no derivative to offer",
            where=line.where,
            remedy="check at a point beside the kink",
        )


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
    return [np.asarray(ref.value if isinstance(ref, Constant) else trace.value[ref], dtype=float) for ref in line.operands]


def formula_size(trace: Trace) -> float:
    """How many nodes the expressions of the outputs would have, written out as trees; inf where beyond counting."""

    def elementwise(line: Line, operands: list[Any]) -> Any:
        row = line.primitive
        text = row.value if isinstance(row, Elementwise) else ""
        # Each mention of an operand in the text is a copy of its whole tree.
        return 1.0 + sum(operand * max(1, _mentions(text, name)) for operand, name in _named(line, operands))

    def matrices(line: Line, operands: list[Any]) -> Any:
        total = sum(float(np.sum(operand)) for operand in operands)
        factor = 1 if line.primitive is not None and line.primitive.name == "norm" else math.factorial(operands[0].shape[-1])
        return np.full(np.shape(line.value), total * factor, dtype=object)

    with np.errstate(all="ignore"):
        inputs = [boxed(np.ones(np.shape(trace.value[k]))) for k in range(trace.inputs)]
        sizes = walk(trace, inputs, lambda _constant: 1.0, elementwise, matrices)
    return float(sum(np.sum(sizes[ref]) for ref in trace.outputs if not isinstance(ref, Constant)))


def _named(line: Line, operands: list[Any]) -> list[tuple[Any, str]]:
    row = line.primitive
    return list(zip(operands, row.operands, strict=True)) if isinstance(row, Elementwise) else []


def _mentions(text: str, name: str) -> int:
    return text.replace("(", " ").replace(")", " ").replace(",", " ").replace("-", " ").split().count(name)
