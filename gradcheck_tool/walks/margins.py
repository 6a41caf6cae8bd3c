"""Branch margins: how far each input may move before a decision of the run flips.

To first order the distance is ``abs(c) / abs(tangent of c)``, with c the difference of what was compared.
A margin of 0 means the run decided at equality: there the function may have a kink.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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


def margins(trace: Trace, values: list[Any], tangents: list[Any], n: int) -> tuple[GuardAtPoint, ...]:
    """All decisions of the run: comparisons, and rows whose derivative jumps such as abs and maximum.

    `tangents` is the pushed column for the n unit directions, shape (*value.shape, n) per line.
    """
    found = []
    for k, guard in enumerate(trace.guards):
        gap = _gap(guard, values, tangents, n)
        if gap is not None:
            source = source_line(trace.flags[7 * k + 5], trace.flags[7 * k + 6])
            held = bool(np.all(guard.held))
            found.append(GuardAtPoint(guard.where, source, guard.relation, _distance(*gap, n), held))
    for k in range(trace.inputs, len(trace)):
        row = ROWS[trace.operation[k] >> 3]
        if isinstance(row, Elementwise) and row.kink:
            margin = _distance(*_kink(row, trace, k, values, tangents, n), n)
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


def _side(ref: Any, values: list[Any], tangents: list[Any], n: int) -> tuple[Any, Any]:
    if isinstance(ref, Constant):
        return ref.value, np.zeros((*np.shape(ref.value), n))
    value = values[ref]
    return value, spread(tangents[ref], value if type(value) is np.ndarray else 0.0)


def _gap(guard: Guard, values: list[Any], tangents: list[Any], n: int) -> tuple[Any, Any] | None:
    left, moved = _side(guard.left, values, tangents, n)
    if guard.relation in ("largest", "smallest"):
        return _runner_up(np.asarray(left), moved, guard, n)
    if guard.relation == "order":
        if isinstance(guard.right, Constant):  # a place in a table
            knots = np.asarray(guard.right.value, dtype=float)
            return np.subtract.outer(np.asarray(left), knots), np.repeat(np.asarray(moved)[..., None, :], knots.size, axis=-2)
        flat, along = np.ravel(left), np.reshape(np.broadcast_to(moved, (*np.shape(left), n)), (-1, n))
        order = np.argsort(flat, kind="stable")
        return np.diff(flat[order]), np.diff(along[order], axis=0)
    if guard.relation == "int":
        gap = np.asarray(left) - np.rint(left)
        return gap, moved
    right, also = _side(guard.right, values, tangents, n)
    with np.errstate(all="ignore"):
        c = np.asarray(left, dtype=float) - np.asarray(right, dtype=float)
    slope = np.broadcast_to(moved, (*np.shape(left), n)) - np.broadcast_to(also, (*np.shape(right), n))
    if guard.relation in ("==", "!="):
        # An equality that does not hold is left only at single points, which no step meets.
        c = np.where(c == 0, 0.0, np.inf)
    return c, slope


def _runner_up(x: Any, moved: Any, guard: Guard, n: int) -> tuple[Any, Any]:
    """How far the winner of a max is ahead of every other element it beat."""
    moved = np.broadcast_to(moved, (*x.shape, n))
    rest = tuple(axis for axis in range(x.ndim) if axis not in guard.right)
    rows = np.transpose(x, rest + guard.right).reshape(int(np.prod([x.shape[k] for k in rest], dtype=int)), -1)
    along = np.transpose(moved, (*rest, *guard.right, x.ndim)).reshape(*rows.shape, n)
    best = np.argmax(rows, axis=1) if guard.relation == "largest" else np.argmin(rows, axis=1)
    index = np.arange(rows.shape[0])
    gap = rows[index, best][:, None] - rows
    slope = along[index, best][:, None, :] - along
    gap[index, best] = np.inf
    return gap, slope


def _kink(row: Elementwise, trace: Trace, k: int, values: list[Any], tangents: list[Any], n: int) -> tuple[Any, Any]:
    mask = trace.operation[k] & 3
    names: dict[str, Any] = dict(DUAL.array)
    for position, name in enumerate(row.operands):
        ref = (trace.first[k], trace.second[k])[position]
        if mask >> position & 1:
            value = values[ref]
            names[name] = value if tangents[ref] is ZERO else Dual(value, spread(tangents[ref], value))
        else:
            names[name] = ref
    if re.search(r"\by\b", row.kink):
        value = values[k]
        names["y"] = value if tangents[k] is ZERO else Dual(value, spread(tangents[k], value))
    with np.errstate(all="ignore"):
        c = eval(row.kink, names)  # noqa: S307 - the texts are our own table
    return (c.value, c.tangents) if type(c) is Dual else (c, np.zeros((*np.shape(c), n)))
