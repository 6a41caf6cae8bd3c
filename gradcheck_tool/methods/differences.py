"""Finite differences of the untouched function, with an error bar that is earned and not assumed.

Nothing is shared with the recorder or the rules: the function runs on plain floats, the steps are
chosen without a look at any other method's answer, and what cannot be decided has an infinite bar.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gradcheck_tool.methods.ecnoise import POINTS, SPACINGS, ecnoise
from gradcheck_tool.methods.estimate import Declined, Estimate, Ladder, Remark
from gradcheck_tool.methods.ladder import SCOUTS, UNSETTLED, Settled, settle
from gradcheck_tool.methods.reading import Sides, read
from gradcheck_tool.methods.samples import Samples
from gradcheck_tool.methods.second_differences import second_differences
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem

METHOD = "differences"

LADDERS = 50
"""Inputs whose steps are kept for the report."""

CLOSE = 2.0**-20
"""A branch margin below this share of the input's natural length is one of many steps of an inner iteration."""


def differences(
    problem: Problem, noise: Vector | None, margins: Vector | None = None, order: int = 1
) -> Estimate | Declined:
    """The Jacobian, shape (m, n), by differences of plain runs; with ``order=2`` the Hessian of a scalar f.

    Parameters
    ----------
    problem
        The function at its point; every run is counted there.
    noise
        How far rounding can move each output, absolute, shape (m,); None: measured along each input.
    margins
        Per input the distance to the nearest branch flip, shape (n,), inf where there is none. Steps
        stay below half of it.
    order
        1 or 2.
    """
    if order not in {1, 2}:
        return Declined(METHOD, f"differences are written for orders 1 and 2, not {order}")
    if order == 2 and problem.y.size != 1:
        return Declined(METHOD, f"second differences need a scalar function; this one has {problem.y.size} outputs")
    began, before = time.perf_counter(), problem.evaluations
    limits = np.full(problem.x.shape, np.inf) if margins is None else np.asarray(margins, dtype=float)
    ladders: tuple[Ladder, ...] = ()
    if order == 2:
        jacobian, bound, remarks = second_differences(problem, noise, limits)
    else:
        columns = [along(problem, column, noise, float(limits[column])) for column in range(problem.x.size)]
        empty = np.zeros((problem.y.size, 0))
        jacobian = np.column_stack([empty, *(column.slope for column in columns)])
        bound = np.column_stack([empty, *(column.bar for column in columns)])
        remarks = tuple(remark for column in columns for remark in column.remarks)
        ladders = tuple(column.ladder for column in columns[:LADDERS] if column.ladder is not None)
    return Estimate(
        METHOD,
        jacobian,
        bound,
        shares=("f",),
        evaluations=problem.evaluations - before,
        seconds=time.perf_counter() - began,
        remarks=remarks,
        ladders=ladders,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """The derivative of every output with respect to one input: slopes and bars of shape (m,)."""

    slope: Vector
    bar: Vector
    remarks: tuple[Remark, ...]
    ladder: Ladder | None = None


def along(problem: Problem, column: int, noise: Vector | None, margin: float = np.inf) -> Column:
    """The derivative along one input; see `differences` for what the arguments mean.

    An inner iteration decides by branches that lie close together: within the margin its result does not
    move at all. Where steps across many of them settle on a slope, that slope is the answer.
    """
    close = _along(problem, column, noise, margin)
    free = Samples(problem, column, np.zeros(problem.y.shape)).scale
    if not (_cap(margin) < free * CLOSE and np.any(close.slope == 0)):
        return close
    across = _along(problem, column, None, np.inf)
    moves = (close.slope == 0) & (across.bar <= UNSETTLED * np.abs(across.slope)) & (across.slope != 0)
    rows = tuple(map(int, np.flatnonzero(moves)))
    said = {remark.row: remark for remark in close.remarks}
    for row in rows:
        sentence = f"f moves in steps: it is flat within {margin:.1g} of this point, and rises across many of them"
        said[row] = Remark(row, column, "noisy", sentence)
    return Column(
        np.where(moves, across.slope, close.slope),
        np.where(moves, across.bar, close.bar),
        tuple(said[row] for row in sorted(said)),
        across.ladder,
    )


def _along(problem: Problem, column: int, noise: Vector | None, margin: float) -> Column:
    samples = sampled(problem, column, noise, margin)
    found = climbed(samples, measure=noise is not None)
    return Column(*found, _seen(samples))


def _seen(samples: Samples) -> Ladder:
    """Everything the samples hold, step by step; no run is made for it."""
    steps = np.array(samples.steps)
    with np.errstate(all="ignore"):
        rows = [samples.central(step) for step in samples.steps]
        apart = [np.abs(samples.bend(step)) / (2 * step) for step in samples.steps]
    shape = (steps.size, samples.noise.size)
    central, noise = (np.reshape([row[part] for row in rows], shape) for part in range(2))
    return Ladder(samples.column, steps, central, np.reshape(apart, shape), noise)


def climbed(samples: Samples, *, measure: bool = True) -> tuple[Vector, Vector, tuple[Remark, ...]]:
    """Slopes, bars, both of shape (m,), and remarks along what `samples` moves.

    `measure`: the noise was assumed, and is measured where the values deny it.
    """
    settled = settle(samples.central, samples.scale, 4, samples.cap)
    raised = _raise_noise(samples) if measure else ()
    if raised:
        settled = settle(samples.central, samples.scale, 4, samples.cap)
    return read(samples, settled, lambda: (sides(samples), coarse_sides(samples)), raised)


def one_sided(
    problem: Problem, column: int, noise: Vector | None, margin: float = np.inf
) -> tuple[Vector, Vector, Vector, Vector]:
    """Slopes to the left and to the right of the point along one input, each of shape (m,).

    Returns
    -------
    left, left_bar, right, right_bar
        The bars are infinite where a side does not settle or is outside the domain.
    """
    both = sides(sampled(problem, column, noise, margin))
    return both[0].value, both[0].bar, both[1].value, both[1].bar


def sampled(problem: Problem, column: int, noise: Vector | None, margin: float = np.inf) -> Samples:
    """Samples along one input with the noise given, or measured where none is given."""
    level = np.zeros(problem.y.shape) if noise is None else np.asarray(noise, dtype=float)
    samples = Samples(problem, column, np.where(np.isfinite(level), level, 0.0), _cap(margin))
    if noise is None:
        samples.noise = measured(samples)
    return samples


def measured(samples: Samples) -> Vector:
    """The noise of each output measured along the input of `samples`, shape (m,)."""
    size = samples.size
    scale = max(size, min(1.0, 100 * size)) if size else 1.0
    scale = min(scale, samples.cap / (POINTS * SPACINGS[-1]))
    # A float32 argument reaches float32 values only: spacings are whole numbers of its grain.
    coarse = samples.grain > 1e-12 * scale
    spacings = tuple(samples.grain * times / scale for times in (1, 64, 4096)) if coarse else SPACINGS
    return np.nan_to_num(ecnoise(samples.values, scale, spacings), posinf=0.0)


def sides(samples: Samples) -> Sides:
    """Both one-sided slopes, from the same steps the central ladder used."""
    return (
        settle(lambda step: samples.one_sided(-step), samples.scale, 2, samples.cap),
        settle(samples.one_sided, samples.scale, 2, samples.cap),
    )


def coarse_sides(samples: Samples) -> Sides:
    """Both one-sided slopes at one middling step: they do not see how close beside the point a kink is."""
    step = samples.scale * 2.0 ** -((SCOUTS[0] + SCOUTS[1]) // 2)
    return _plain(samples, -step), _plain(samples, step)


def _plain(samples: Samples, step: float) -> Settled:
    """The one-sided quotient at `step`; twice its distance from the next wider one is its bar."""
    value, noise = samples.one_sided(step)
    wider, _ = samples.one_sided(2 * step)
    gap = np.abs(wider - value)
    return Settled(value, 2 * gap + noise, noise, np.full(value.shape, abs(step)), gap)


def _cap(margin: float) -> float:
    """Half the branch margin as a power of two; no cap where a guard sits at equality: the kink is to be seen."""
    if not np.isfinite(margin) or margin <= 0:
        return np.inf
    return float(2.0 ** (np.floor(np.log2(margin)) - 1))


def _raise_noise(samples: Samples) -> tuple[int, ...]:
    """Replace an assumed noise that the values deny by the measured one; which outputs were raised.

    Between two scouts the bend of a smooth function falls with the square of the step. Where it does
    not and is larger than the noise explains, either rounding is larger than assumed (an inner
    solver, single precision inside) or the point is a kink; measuring beside the point tells.
    """
    steps = [samples.scale * 2.0**-halvings for halvings in SCOUTS]
    bends = [np.nan_to_num(np.abs(samples.bend(step))) for step in steps]
    assumed = np.maximum.reduce([samples.noise, *(np.nan_to_num(samples.rounding(step)) for step in steps[1:])])
    halved = 2.0 ** (SCOUTS[1] - SCOUTS[2])
    falls = 4 * 2.0 ** (SCOUTS[0] - SCOUTS[1])
    rises = [np.nan_to_num(samples.rise(step)) for step in steps[1:]]
    with np.errstate(all="ignore"):
        uneven = np.abs(rises[1] - rises[0] * halved) > 40 * assumed
        denied = [(fine > 40 * assumed) & (fine > falls * coarse) for coarse, fine in pairwise(bends)]
    if not np.any([uneven, *denied]):
        return ()
    level = measured(samples)
    low = level > 10 * assumed
    samples.noise = np.where(low, level, samples.noise)
    return tuple(int(row) for row in np.flatnonzero(low))
