"""Branches of runs with many inputs: how far along one direction, and which inputs sit at equality.

One tangent per input would need the square of their number; a random direction needs one tangent, and an input
matters to a tie if the adjoint of what was compared reaches it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.rules import ZERO
from gradcheck_tool.tracing.trace import Constant, Trace
from gradcheck_tool.walks.jacobian import as_tangents, flat, sizes
from gradcheck_tool.walks.margins import GuardAtPoint, margins
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.push import push
from gradcheck_tool.walks.values import column

Vector = NDArray[np.float64]

MOST_TIES = 50
"""Decisions at equality whose inputs are looked for."""

MOST_LINES = 300_000


def along(trace: Trace, directions: list[Vector]) -> tuple[float, tuple[GuardAtPoint, ...]]:
    """How far one may go along directions, shape (n,) each, before a branch flips, and the decisions at equality.

    Returns
    -------
    reach, ties
        The nearest flip in units of the directions, infinite without one; decisions at equality do not count.
        They come with margins of shape (n,): 0 for the inputs they depend on, infinite for all others.
    """
    if len(trace) > MOST_LINES:
        return np.inf, ()
    values = column(trace)
    pushed = push(trace, as_tangents(trace, np.array(directions).T), values)
    seen = margins(trace, values, pushed, len(directions))
    distances = np.array([guard.margin for guard in seen]) if seen else np.zeros((0, len(directions)))
    reach = float(np.min(distances[distances > 0], initial=np.inf))
    tied = np.flatnonzero(np.any(distances == 0, axis=1))[:MOST_TIES]
    places = _lines(trace)
    return reach, tuple(replace(seen[k], margin=_inputs(trace, values, places[k])) for k in map(int, tied))


def ties(trace: Trace) -> tuple[GuardAtPoint, ...]:
    """The decisions at equality of a run with many inputs, with the inputs they depend on."""
    chance = np.random.default_rng(0)
    n = sum(sizes(trace)[1])
    return along(trace, [chance.standard_normal(n) for _ in range(2)])[1]


def _lines(trace: Trace) -> list[tuple[Any, ...]]:
    """What each decision compared, in the order in which `margins` lists them: its lines, or its operands."""
    asked: list[tuple[Any, ...]] = [(guard.left, guard.right) for guard in trace.guards]
    for k in range(trace.inputs, len(trace)):
        row = ROWS[trace.operation[k] >> 3]
        if isinstance(row, Elementwise) and row.kink:
            mask, operands = trace.operation[k] & 3, (trace.first[k], trace.second[k])[: len(row.operands)]
            asked.append(tuple(ref if mask >> at & 1 else Constant(ref) for at, ref in enumerate(operands)))
    return asked


def _inputs(trace: Trace, values: list[Any], compared: tuple[Any, ...]) -> Vector:
    """0 for the inputs that move what was compared where it is equal, infinite for the others, shape (n,)."""
    _outputs, inputs = sizes(trace)
    sides = [values[ref] if type(ref) is int else getattr(ref, "value", 0.0) for ref in compared]
    touched = np.zeros(sum(inputs), dtype=bool)
    for ref, side in zip(compared, sides, strict=True):
        if type(ref) is not int:
            continue
        other = next((each for each in sides if each is not side), 0.0)
        weights = np.where(_equal(side, other), np.random.default_rng(0).uniform(1.0, 2.0, np.shape(side)), 0.0)
        adjoints = pull(trace, {ref: weights if np.ndim(side) else float(weights)}, values)
        if ref < trace.inputs and adjoints[ref] is ZERO:
            adjoints[ref] = weights
        touched |= flat(trace, adjoints, inputs) != 0
    return np.where(touched, 0.0, np.inf)


def _equal(side: Any, other: Any) -> Any:
    """Where two sides of a decision are equal; everywhere where their shapes tell nothing of it."""
    try:
        mask = np.asarray(side) == np.asarray(other, dtype=float)
    except (TypeError, ValueError):
        mask = np.zeros(0, dtype=bool)
    if np.shape(mask) != np.shape(side) or not np.any(mask):
        return np.ones(np.shape(side), dtype=bool)
    return mask
