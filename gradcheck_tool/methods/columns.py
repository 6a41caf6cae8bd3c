"""Every one of many inputs by two evaluations: the step is learned from a few full ladders.

The few tell how large truncation and bends are per unit of each input's size; whatever disagrees with what is
claimed, or bends more than they do, gets a full ladder of its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from gradcheck_tool.methods.differences import METHOD, along, climbed, sampled
from gradcheck_tool.methods.estimate import Estimate, Matrix, Remark
from gradcheck_tool.methods.samples import Samples
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem

PILOTS = 5
HALVINGS = range(8, 23, 2)
"""Steps that are tried, as halvings of each input's size."""

SAFETY = 8.0
"""How much larger than in the few the truncation of a column may be before its bar is too small."""

UNUSUAL = 64.0
"""And how much larger its bend, before it is looked at closely."""

LOOSE = 5e-7
"""Relative bar beyond which a column that nothing precise confirms gets a ladder."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A step as halvings of each input's size; truncation and bend at it in units of f, noise in the same, (m,)."""

    halvings: int
    truncation: Vector
    bend: Vector
    noise: Vector


def by_columns(
    problem: Problem, noise: Vector | None, margins: Vector, claims: tuple[Matrix, ...], *, confirmed: bool
) -> Estimate:
    """The Jacobian, shape (m, n), column by column.

    Parameters
    ----------
    noise, margins
        As for `differences`.
    claims
        What other methods say, shape (m, n) each: a column outside its bar of any of them gets a ladder.
    confirmed
        Whether one of the claims is precise and independent of what is tested; else a column that two evaluations
        leave with a wide bar gets a ladder too.
    """
    began, before = time.perf_counter(), problem.evaluations
    shape = (problem.y.size, problem.x.size)
    jacobian, bound = np.zeros(shape), np.full(shape, np.inf)
    remarks: list[Remark] = []
    order = np.random.default_rng(0).permutation(problem.x.size)
    pilots = []
    for column in map(int, order[:PILOTS]):
        samples = sampled(problem, column, noise, float(margins[column]))
        slope, bar, said = climbed(samples, measure=noise is not None)
        jacobian[:, column], bound[:, column] = slope, bar
        remarks += said
        pilots.append((samples, slope))
    learned = _learn(pilots)
    for column in map(int, order[PILOTS:]):
        slope, bar, unusual = _two(Samples(problem, column, learned.noise, _cap(float(margins[column]))), learned)
        if unusual or _denied(slope, bar, column, claims) or (not confirmed and np.any(bar > LOOSE * np.abs(slope))):
            own = along(problem, column, noise, float(margins[column]))
            slope, bar = own.slope, own.bar
            remarks += own.remarks
        jacobian[:, column], bound[:, column] = slope, bar
    return Estimate(
        METHOD,
        jacobian,
        bound,
        shares=("f",),
        evaluations=problem.evaluations - before,
        seconds=time.perf_counter() - began,
        remarks=tuple(remarks),
    )


def _cap(margin: float) -> float:
    return float(2.0 ** (np.floor(np.log2(margin)) - 1)) if 0 < margin < np.inf else np.inf


def _learn(pilots: list[tuple[Samples, Vector]]) -> Learned:
    """The step at which truncation and noise of the few are smallest together."""
    found: list[tuple[float, Learned]] = []
    noise = np.maximum.reduce([samples.noise for samples, _ in pilots])
    for halvings in HALVINGS:
        seen = []
        for samples, slope in pilots:
            step = samples.scale * 2.0**-halvings
            quotient, level = samples.central(step)
            gap = np.nan_to_num(np.abs(quotient - slope), nan=np.inf)
            seen.append((gap * samples.scale, np.nan_to_num(np.abs(samples.bend(step))), level * samples.scale))
        truncation, bend, level = (np.max([each[part] for each in seen], axis=0) for part in range(3))
        size = np.max([np.abs(slope) * samples.scale for samples, slope in pilots], axis=0)
        with np.errstate(all="ignore"):
            worst = float(np.max(np.where(size > 0, (truncation + level) / size, 0.0), initial=0.0))
        found.append((worst, Learned(halvings, truncation, bend, noise)))
    return min(found, key=lambda each: each[0])[1]


def _two(samples: Samples, learned: Learned) -> tuple[Vector, Vector, bool]:
    """The central quotient at the learned step, its bar, and whether the values around the point look unusual."""
    step = samples.scale * 2.0**-learned.halvings
    quotient, level = samples.central(step)
    bend = np.abs(samples.bend(step))
    bar = 4 * level + SAFETY * learned.truncation / samples.scale
    unusual = ~np.isfinite(quotient) | ~(bend <= UNUSUAL * learned.bend + 16 * learned.noise)
    return quotient, bar, bool(np.any(unusual))


def _denied(slope: Vector, bar: Vector, column: int, claims: tuple[Matrix, ...]) -> bool:
    return any(bool(np.any(~(np.abs(slope - claimed[:, column]) <= bar))) for claimed in claims)
