"""One random direction: the cheap, independent question whether a recorded derivative is about the real code."""

from __future__ import annotations

import numpy as np

from gradcheck_tool.methods.estimate import Estimate
from gradcheck_tool.methods.ladder import settle
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem

SLACK = 1e-6
"""How far the two may lie apart beyond their error bars, relative to the sum of the sizes of the terms."""

SHARP = 0.05
"""The widest bar, relative to what is measured, with which an answer counts."""


def confirms(problem: Problem, known: Estimate, noise: Vector, margins: Vector, seed: int = 0) -> bool:
    """Whether differences of plain runs along one random direction agree with ``jacobian @ direction``.

    Directions have entries of plus or minus the size of each input, so that no input hides another; about
    twenty evaluations, whatever their number. Agreement means: within both error bars and 1e-6 of the sum of
    sizes, for every output whose differences settle, and at least one does; a bar as wide as what
    it is about confirms nothing. `noise` is eps_f per output,
    shape (m,); `margins` the distance to the nearest branch along each input, shape (n,).
    """
    direction = _direction(problem.x, seed)
    reach = _reach(direction, margins)

    def row(h: float) -> tuple[Vector, Vector]:
        upper, lower = problem.evaluate(problem.x + h * direction), problem.evaluate(problem.x - h * direction)
        with np.errstate(all="ignore"):
            return (upper - lower) / (2 * h), noise / h

    settled = settle(row, 1.0, 4, reach)
    with np.errstate(all="ignore"):
        expected = known.jacobian @ direction
        sizes = np.abs(known.jacobian) @ np.abs(direction)
        apart = np.abs(settled.value - expected) > settled.bar + known.bound @ np.abs(direction) + SLACK * sizes
        # A derivative that is 0 along such a direction is measured on the scale of the value itself.
        sharp = settled.bar <= np.maximum(SHARP * np.maximum(sizes, np.abs(settled.value)), SLACK * np.abs(problem.y))
    comparable = sharp & np.isfinite(expected)
    return bool(np.any(comparable) and not np.any(apart & comparable))


def _direction(x: Vector, seed: int) -> Vector:
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=x.size)
    return np.asarray(signs * np.where(x == 0, 1.0, np.abs(x)))


def _reach(direction: Vector, margins: Vector) -> float:
    """The step that stays half way from every branch; infinite where the point itself is on one."""
    with np.errstate(all="ignore"):
        nearest = float(np.min(margins / np.abs(direction), initial=np.inf))
    return nearest / 2 if nearest > 0 else float("inf")
