"""Whether a function answers the same question twice in the same way, before its numbers are believed."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.methods.estimate import Matrix, Remark
from gradcheck_tool.methods.ladder import UNIT
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.tracing.memory import Memory

NEARBY = 2.0**-7
"""How far the other point lies, relative to each input."""

FARTHER = 41.0
"""How much farther to look where f says the same at both points: its table may be coarse."""

BESIDE = (32, 24, 18, 12, 7, 3)
"""Halvings of that distance at which a table with rounded keys is looked for."""


def repeat(problem: Problem) -> Remark | None:
    """Call f again at the point after a visit to another one: None where it behaves as a function.

    Otherwise a remark about all entries: ``random`` where the values differ (with their spread),
    ``remembers`` where they depend on what earlier calls left behind, ``mutates`` where f writes into its arguments.
    """
    memory = Memory(problem.function)
    other = elsewhere(problem)  # the visit
    again = problem.evaluate(problem.x)
    name = getattr(problem.function, "__name__", "f")
    if not np.array_equal(problem.y, again, equal_nan=True):
        with np.errstate(all="ignore"):
            spread = float(np.nanmax(np.append(np.abs(again - problem.y), 0.0)))
        if _is_cured(problem, memory):
            told = f"{name} remembers earlier calls: the same point gives values {spread:.3g} apart"
            return _remembers(memory, told)
        sentence = f"{name} returns different values at the same point, {spread:.3g} apart"
        return Remark(-1, -1, "random", sentence)
    return _kept(problem, memory, other, name) or _mutation(problem, name)


def _is_cured(problem: Problem, memory: Memory) -> bool:
    """Whether f gives one value, call for call, once what it keeps is put back before each."""
    values = []
    for _ in range(2):
        memory.restore()
        values.append(problem.evaluate(problem.x))
    return memory.changed() and np.array_equal(values[0], values[1], equal_nan=True)


def _kept(problem: Problem, memory: Memory, other: Vector, name: str) -> Remark | None:
    """A value that answers for its neighbours, as a table with rounded keys does; None where f keeps none.

    Only where a call changes something f can reach: at another point a value is asked for, then values close
    beside it, with what f keeps as the first call left it and once more put back. They must not differ.
    """
    if not memory.changed():
        if not np.array_equal(problem.evaluate(other), problem.y):
            return None
        other = problem.x + (other - problem.x) * FARTHER  # the table may be coarse
        problem.evaluate(other)
        if not memory.changed():
            return None
    where = memory.where()
    for halvings in BESIDE:
        beside = other + (other - problem.x) * 2.0**-halvings
        memory.restore()
        fresh = problem.evaluate(beside)
        memory.restore()
        problem.evaluate(other)
        if not np.array_equal(problem.evaluate(beside), fresh, equal_nan=True):
            problem.evaluate(problem.x)
            sentence = f"{name} remembers earlier calls, and answers with the value of a point nearby"
            return _remembers(memory, sentence, where)
    problem.evaluate(problem.x)  # what is kept is about the point again
    return None


def _remembers(memory: Memory, sentence: str, where: str = "") -> Remark:
    where = where or memory.where()
    place = f" (kept at {where})" if where else ""
    return Remark(-1, -1, "remembers", f"{sentence}{place}", where=where)


def _mutation(problem: Problem, name: str) -> Remark | None:
    arguments = problem.bind(problem.inputs.unpack(problem.x))
    given = dict(arguments)
    problem.evaluations += 1
    with quiet():
        problem.function(**arguments)
    return written_into(problem, given, name)


def written_into(problem: Problem, given: dict[str, Any], name: str) -> Remark | None:
    """Whether the arguments of a call at the point, `given`, are not what they were: ``mutates``."""
    for label in problem.point.values:
        try:
            after = problem.inputs.pack({key: given[key] for key in problem.point.values})
        except (TypeError, ValueError):
            return Remark(-1, -1, "mutates", f"{name} changes its argument {label} in place")
        if after.shape != problem.x.shape or not np.array_equal(after, problem.x, equal_nan=True):
            return Remark(-1, -1, "mutates", f"{name} changes its argument {_changed(problem, after)} in place")
    return None


def _changed(problem: Problem, after: Vector) -> str:
    if after.shape != problem.x.shape:
        return next(iter(problem.point.values))
    entry = problem.inputs.names[int(np.flatnonzero(after != problem.x)[0])]
    return entry.partition("[")[0]


def elsewhere(problem: Problem) -> Vector:
    """Another point a little beside the first in every input, inside the domain where it can be, shape (n,)."""
    away = problem.x + np.where(problem.x == 0, 1.0, problem.x) * NEARBY
    return away if np.all(np.isfinite(problem.evaluate(away))) else 2 * problem.x - away


def slopes_differ(problem: Problem, other: Vector) -> bool:
    """Whether f has clearly different slopes at the point and at `other`, along the line between the two.

    A gradient that is the same at both is then not the gradient of f at both.
    """
    direction = (other - problem.x) * 2.0**-6
    first, noise = _slope(problem, problem.x, direction)
    second, _ = _slope(problem, other, direction)
    with np.errstate(all="ignore"):
        clear = np.abs(second - first) > 1e-3 * np.maximum(np.abs(first), np.abs(second)) + noise
    return bool(np.any(clear))


def denied(problem: Problem, other: Vector, jacobian: Matrix) -> bool:
    """Whether f clearly has another slope at `other` than ``jacobian`` says, shape (m, n).

    Three steps must agree on that slope better than on the one that is claimed: across a jump, or on the
    stairs of a rounded value, they do not.
    """
    direction = other - problem.x
    measured = []
    for step in (2.0**-6, 2.0**-7, 2.0**-8):
        move, noise = _slope(problem, other, direction * step)
        measured.append((move / (2 * step), noise / (2 * step)))
    slopes = np.array([slope for slope, _ in measured])
    with np.errstate(all="ignore"):
        claimed = jacobian @ direction
        spread = 8 * np.ptp(slopes, axis=0) + measured[0][1]
        clear = np.abs(slopes[-1] - claimed) > 1e-3 * np.maximum(np.abs(slopes[-1]), np.abs(claimed)) + spread
    return bool(np.any(clear))


def _slope(problem: Problem, x: Vector, direction: Vector) -> tuple[Vector, Vector]:
    upper, lower = problem.evaluate(x + direction), problem.evaluate(x - direction)
    # Enough for single precision inside: 2^30 units of double rounding.
    return upper - lower, 2.0**30 * UNIT * np.abs(problem.y)
