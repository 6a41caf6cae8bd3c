"""One random direction: the cheap, independent question whether a recorded derivative is about the real code."""

from __future__ import annotations

import numpy as np

from gradcheck_tool.methods.estimate import Matrix
from gradcheck_tool.methods.ladder import settle
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem


def confirms(problem: Problem, jacobian: Matrix, bound: Matrix, noise: Vector, margins: Vector, seed: int = 0) -> bool:
    """Whether differences of plain runs along one random direction agree with ``jacobian @ direction``.

    Directions have entries of plus or minus the size of each input, so that no input hides another; about
    twenty evaluations, whatever their number. Agreement means: within both error bars and 1e-6 of the sum of
    sizes, for every output whose differences settle.
    """
    signs = np.random.default_rng(seed).choice((-1.0, 1.0), size=problem.x.size)
    direction = signs * np.where(problem.x == 0, 1.0, np.abs(problem.x))
    with np.errstate(all="ignore"):
        reach = np.min(margins / np.abs(direction), initial=np.inf)

    def row(h: float) -> tuple[Vector, Vector]:
        move = problem.evaluate(problem.x + h * direction) - problem.evaluate(problem.x - h * direction)
        return move / (2 * h), noise / h

    settled = settle(row, 1.0, 4, reach / 2 if np.isfinite(reach) and reach > 0 else np.inf)
    with np.errstate(all="ignore"):
        expected = jacobian @ direction
        sizes = np.abs(jacobian) @ np.abs(direction)
        allowed = settled.bar + bound @ np.abs(direction) + 1e-6 * sizes
        apart = np.abs(settled.value - expected) > allowed
    known = np.isfinite(settled.bar) & np.isfinite(expected)
    return bool(not np.any(apart & known)) and bool(np.any(known))
