"""Sparse Jacobians: inputs that share no output are moved together, one ladder for the whole group."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from gradcheck_tool.methods.differences import METHOD, along, climbed
from gradcheck_tool.methods.directional import signs
from gradcheck_tool.methods.estimate import Estimate, Matrix, Remark
from gradcheck_tool.methods.ladder import UNIT
from gradcheck_tool.methods.samples import Samples
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.walks.structure import Mask

FEW = 8
"""Inputs whose entries contradict the recording that are measured alone."""


class Together(Samples):
    """Samples along a group of inputs, each moved by its own size; steps are in units of those."""

    def __init__(self, problem: Problem, members: list[int], noise: Vector, cap: float) -> None:
        super().__init__(problem, members[0], noise, cap)
        self.direction = np.zeros_like(problem.x)
        self.direction[members] = np.abs(signs(problem.x, 0))[members]

    @property
    def size(self) -> float:
        """The length of the group's step: 1, because each input brings its own."""
        return 1.0

    @property
    def grain(self) -> float:
        """The distance between neighbouring values, relative to the inputs' sizes."""
        single = any(leaf.dtype is not None and leaf.dtype != np.float64 for leaf in self.problem.inputs.leaves)
        return 2.0**-23 if single else 2.0**-52

    def at(self, step: float) -> tuple[Vector, float]:
        """The value at a signed step, shape (m,), and the step itself: sizes and steps are powers of two."""
        if step == 0:
            return self.origin, 0.0
        if step not in self._seen:
            self._seen[step] = self.problem.evaluate(self.problem.x + step * self.direction), step
        return self._seen[step]


def by_groups(  # noqa: PLR0913, PLR0917 - the function, its structure, and what is known about noise, branches and claims
    problem: Problem,
    groups: list[list[int]],
    pattern: Mask,
    noise: Vector,
    margins: Vector,
    claims: tuple[Matrix, ...],
) -> Estimate:
    """The Jacobian, shape (m, n), by one ladder per group of inputs that share no output.

    Parameters
    ----------
    groups, pattern
        The groups, and which output depends on which input, shape (m, n).
    noise, margins
        As for `differences`.
    claims
        Other matrices for the same Jacobian: where the groups contradict one of them, or one has an entry outside
        of the pattern, that input is measured alone, so that nothing rests on the structure being right.
    """
    began, before = time.perf_counter(), problem.evaluations
    shape = (problem.y.size, problem.x.size)
    jacobian, bound = np.zeros(shape), np.full(shape, np.inf)
    remarks: list[Remark] = []
    for members in groups:
        samples = Together(problem, members, noise, _cap(problem, members, margins))
        slope, bar, said = climbed(samples)
        owner = np.where(pattern[:, members].any(axis=1), pattern[:, members].argmax(axis=1), -1)
        sizes = samples.direction[members]
        with np.errstate(all="ignore"):
            bound[:, members] = bar[:, None] / sizes
        rows = np.flatnonzero(owner >= 0)
        own = np.asarray(members)[owner[rows]]
        jacobian[rows, own] = slope[rows] / sizes[owner[rows]]
        # An output that depends on none of them must not move; what it moves is part of the bar.
        idle = np.flatnonzero(owner < 0)
        bound[np.ix_(idle, np.asarray(members))] += np.abs(slope[idle])[:, None] / sizes
        remarks += [_placed(remark, members, owner, sizes) for remark in said if owner[remark.row] >= 0]
    for column in _contested(jacobian, bound, claims):
        own_column = along(problem, column, noise, float(margins[column]))
        jacobian[:, column], bound[:, column] = own_column.slope, own_column.bar
        remarks = [remark for remark in remarks if remark.column != column] + list(own_column.remarks)
    return Estimate(
        METHOD,
        jacobian,
        bound,
        shares=("f", "structure"),
        evaluations=problem.evaluations - before,
        seconds=time.perf_counter() - began,
        remarks=tuple(remarks),
    )


def _contested(jacobian: Matrix, bound: Matrix, claims: tuple[Matrix, ...]) -> list[int]:
    """The inputs in which a claim lies outside the bars, the worst first."""
    worst = np.zeros(jacobian.shape[1])
    with np.errstate(all="ignore"):
        for claimed in claims:
            excess = np.abs(jacobian - claimed) - bound - 4 * UNIT * np.abs(claimed)
            excess = np.where(np.isnan(excess) & ~np.isposinf(bound), np.inf, np.nan_to_num(excess, neginf=0.0))
            worst = np.maximum(worst, excess.max(axis=0, initial=0.0))
    return [int(column) for column in np.argsort(-worst, kind="stable")[:FEW] if worst[column] > 0]


def _cap(problem: Problem, members: list[int], margins: Vector) -> float:
    """Half of the nearest branch margin in units of the inputs' sizes, as a power of two; none at equality."""
    with np.errstate(all="ignore"):
        shares = margins[members] / np.abs(signs(problem.x, 0))[members]
    nearest = float(np.min(shares[shares > 0], initial=np.inf))
    return float(2.0 ** (np.floor(np.log2(nearest)) - 1)) if np.isfinite(nearest) else np.inf


def _placed(remark: Remark, members: list[int], owner: Vector, sizes: Vector) -> Remark:
    """A remark about a group, as one about the input its output depends on, in units of that input."""
    place = int(owner[remark.row])
    size = float(sizes[place])
    slopes = {name: getattr(remark, name) / size for name in ("left", "left_bar", "right", "right_bar")}
    return replace(remark, column=members[place], **slopes)
