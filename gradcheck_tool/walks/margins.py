"""Branch margins: how far each input may move before a decision of the run flips.

To first order the distance is ``abs(c) / abs(tangent of c)``, with c the difference of what was compared.
A margin of 0 means the run decided at equality: there the function may have a kink.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.rules import ZERO, spread
from gradcheck_tool.calculus.worlds.dual import DUAL, Dual
from gradcheck_tool.tracing.place import source_line
from gradcheck_tool.tracing.trace import Constant, Guard, Trace

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GuardAtPoint:
    """One decision of the recorded run, seen from the point.

    Attributes
    ----------
    where, source
        ``path:line`` of the decision and the text of that line.
    relation
        What was asked: ``==``, ``<``, ``abs``, ``maximum`` ...
    margin
        Shape (n,): how far each input may move before the decision flips, in units of that input;
        0 exactly at equality, infinite where the input does not matter.
    held
        How it was decided.
    """

    where: str
    source: str
    relation: str
    margin: Vector
    held: bool


@dataclass(frozen=True, slots=True)
class _Columns:
    """Value and tangent of every line, and the number of directions n."""

    values: list[Any]
    tangents: list[Any]
    n: int


Gap = tuple[Any, Any]
"""What was compared, as a difference c of any shape, and its tangents, shape (*c.shape, n)."""


def margins(trace: Trace, values: list[Any], tangents: list[Any], n: int) -> tuple[GuardAtPoint, ...]:
    """All decisions of the run: comparisons, and rows whose derivative jumps such as abs and maximum.

    `tangents` is the pushed column for the n unit directions, shape (*value.shape, n) per line.
    """
    columns = _Columns(values, tangents, n)
    found = []
    for k, guard in enumerate(trace.guards):
        margin = _distance(*_GAPS.get(guard.relation, _compared)(guard, columns), n)
        source = source_line(trace.flags[7 * k + 5], trace.flags[7 * k + 6])
        found.append(GuardAtPoint(guard.where, source, guard.relation, margin, bool(np.all(guard.held))))
    for k in range(trace.inputs, len(trace)):
        row = ROWS[trace.operation[k] >> 3]
        if isinstance(row, Elementwise) and row.kink:
            margin = _distance(*_kink(row, trace, k, columns), n)
            found.append(GuardAtPoint(trace.where(k), trace.source(k), row.name, margin, held=True))
    return tuple(found)


def nearest(guards: tuple[GuardAtPoint, ...], n: int) -> Vector:
    """The distance to the nearest flip along each input, shape (n,); infinite where there is none."""
    return np.min([guard.margin for guard in guards], axis=0) if guards else np.full(n, np.inf)


def _distance(c: Any, slope: Any, n: int) -> Vector:
    """The smallest ``abs(c) / abs(slope)`` over all elements, per direction; where slope is 0 nothing flips."""
    c = np.abs(np.asarray(c, dtype=float)).reshape(-1, 1)
    slope = np.abs(np.broadcast_to(slope, (*np.shape(slope)[:-1], n)) if np.ndim(slope) else np.zeros(n)).reshape(-1, n)
    with np.errstate(all="ignore"):
        distance = np.where(slope == 0, np.inf, c / slope)
    distance = np.where(np.isnan(distance), np.inf, distance)
    return np.min(distance, axis=0) if distance.size else np.full(n, np.inf)


def _side(ref: Any, columns: _Columns) -> tuple[Any, Any]:
    """One side of a comparison: its value, and its tangents of shape (*value.shape, n)."""
    if isinstance(ref, Constant):
        return ref.value, np.zeros((*np.shape(ref.value), columns.n))
    value = columns.values[ref]
    moved = spread(columns.tangents[ref], value)
    return value, np.broadcast_to(moved, (*np.shape(value), columns.n))


def _compared(guard: Guard, columns: _Columns) -> Gap:
    left, moved = _side(guard.left, columns)
    right, also = _side(guard.right, columns)
    with np.errstate(all="ignore"):
        sides = (np.asarray(side, dtype=complex if is_complex(side) else float) for side in (left, right))
        c = np.abs(np.subtract(*sides))
    if guard.relation in ("==", "!="):
        # An equality that does not hold is left only at single points, which no step meets.
        c = np.where(c == 0, 0.0, np.inf)
    return c, moved - also


def _ordered(guard: Guard, columns: _Columns) -> Gap:
    """A sorted array changes where neighbours meet; a place in a table, where a knot is met."""
    left, moved = _side(guard.left, columns)
    if isinstance(guard.right, Constant):
        knots = np.asarray(guard.right.value, dtype=float)
        return np.subtract.outer(np.asarray(left), knots), np.repeat(moved[..., None, :], knots.size, axis=-2)
    # NumPy orders complex numbers by their real parts.
    flat, along = np.ravel(np.real(left)), np.reshape(np.real(moved), (-1, columns.n))
    order = np.argsort(flat, kind="stable")
    return np.diff(flat[order]), np.diff(along[order], axis=0)


def _truncated(guard: Guard, columns: _Columns) -> Gap:
    left, moved = _side(guard.left, columns)
    return np.asarray(left) - np.rint(left), moved


def _won(guard: Guard, columns: _Columns) -> Gap:
    """How far the winner of a max or min is from every other element it beat."""
    x, moved = _side(guard.left, columns)
    x = np.asarray(x)
    rest = tuple(axis for axis in range(x.ndim) if axis not in guard.right)
    groups = int(np.prod([x.shape[axis] for axis in rest], dtype=int))
    rows = np.transpose(x, rest + guard.right).reshape(groups, -1)
    along = np.transpose(moved, (*rest, *guard.right, x.ndim)).reshape(*rows.shape, columns.n)
    best = np.argmax(rows, axis=1) if guard.relation == "largest" else np.argmin(rows, axis=1)
    index = np.arange(groups)
    gap = rows[index, best][:, None] - rows
    slope = along[index, best][:, None, :] - along
    gap[index, best] = np.inf
    return gap, slope


_GAPS: dict[str, Callable[[Guard, _Columns], Gap]] = {
    "largest": _won,
    "smallest": _won,
    "order": _ordered,
    "int": _truncated,
}


def _kink(row: Elementwise, trace: Trace, k: int, columns: _Columns) -> Gap:
    """What a row says is zero where its derivative jumps, with its tangents."""
    mask = trace.operation[k] & 3
    names: dict[str, Any] = dict(DUAL.array)
    for position, (name, ref) in enumerate(zip(row.operands, (trace.first[k], trace.second[k]), strict=False)):
        names[name] = _dual(ref, columns) if mask >> position & 1 else ref
    if re.search(r"\by\b", row.kink):
        names["y"] = _dual(k, columns)
    with np.errstate(all="ignore"):
        c = eval(row.kink, names)  # noqa: S307 - the texts are our own table
    return (c.value, c.tangents) if type(c) is Dual else (c, np.zeros((*np.shape(c), columns.n)))


def _dual(line: int, columns: _Columns) -> Any:
    value, tangent = columns.values[line], columns.tangents[line]
    return value if tangent is ZERO else Dual(value, spread(tangent, value))
