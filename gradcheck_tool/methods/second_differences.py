"""Second derivatives of a scalar function from differences of its values alone."""

from __future__ import annotations

import numpy as np

from gradcheck_tool.methods.ecnoise import ecnoise
from gradcheck_tool.methods.estimate import Matrix, Remark
from gradcheck_tool.methods.ladder import UNIT, Row, settle
from gradcheck_tool.methods.samples import power_of_two
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem


def second_differences(
    problem: Problem, noise: Vector | None, margins: Vector
) -> tuple[Matrix, Matrix, tuple[Remark, ...]]:
    """The Hessian of a scalar function, shape (n, n), and its bars.

    ``(f(x+h) - 2f(x) + f(x-h)) / h^2`` on the diagonal and the four-point formula beside it, each
    climbed like a first difference: the error series is even. Steps are relative to each input.
    """
    size = problem.x.size
    scales = np.array([power_of_two(abs(entry)) if abs(entry) > 1e-300 else 1.0 for entry in problem.x])
    level = _noise(problem, scales) if noise is None else float(np.max(noise, initial=0.0))
    level = max(level, UNIT * float(np.abs(problem.y[0])))
    caps = np.where(np.isfinite(margins) & (margins > 0), margins / 2, np.inf) / scales
    hessian, bound = np.zeros((size, size)), np.zeros((size, size))
    for i in range(size):
        for j in range(i + 1):
            row = _diagonal(problem, i, scales, level) if i == j else _mixed(problem, i, j, scales, level)
            cap = min(caps[i], caps[j])
            settled = settle(row, 1.0, 4, power_of_two(cap) if np.isfinite(cap) else np.inf)
            hessian[i, j] = hessian[j, i] = settled.value[0]
            bound[i, j] = bound[j, i] = settled.bar[0]
    return hessian, bound, ()


def _noise(problem: Problem, scales: Vector) -> float:
    def along(column: int) -> float:
        def evaluate(step: float) -> Vector:
            return _shifted(problem, (column, step)) if step else problem.y

        return float(ecnoise(evaluate, float(scales[column]))[0])

    return max((along(column) for column in range(problem.x.size)), default=0.0)


def _shifted(problem: Problem, *moves: tuple[int, float]) -> Vector:
    x = problem.x.copy()
    for column, step in moves:
        x[column] += step
    return problem.evaluate(x)


def _diagonal(problem: Problem, i: int, scales: Vector, noise: float) -> Row:
    def row(relative: float) -> tuple[Vector, Vector]:
        step = relative * scales[i]
        if problem.x[i] + step == problem.x[i]:
            return np.full(1, np.nan), np.full(1, np.nan)
        upper, lower = _shifted(problem, (i, step)), _shifted(problem, (i, -step))
        level = np.maximum(noise, UNIT * np.maximum(np.abs(upper), np.abs(lower)))
        with np.errstate(all="ignore"):
            return (upper - 2 * problem.y + lower) / step**2, 4 * level / step**2

    return row


def _mixed(problem: Problem, i: int, j: int, scales: Vector, noise: float) -> Row:
    def row(relative: float) -> tuple[Vector, Vector]:
        a, b = relative * scales[i], relative * scales[j]
        if problem.x[i] + a == problem.x[i] or problem.x[j] + b == problem.x[j]:
            return np.full(1, np.nan), np.full(1, np.nan)
        corners = [_shifted(problem, (i, s * a), (j, t * b)) for s, t in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
        level = np.maximum(noise, UNIT * np.max(np.abs(corners), axis=0))
        with np.errstate(all="ignore"):
            return (corners[0] - corners[1] - corners[2] + corners[3]) / (4 * a * b), level / (a * b)

    return row
