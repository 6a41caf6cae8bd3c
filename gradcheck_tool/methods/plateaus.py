"""Flat here only: a derivative of 0 that is about one step of a staircase, or about a dead zone around the point.

Rounding, tables read at the nearest entry and loops that have nothing to do at this point make f constant nearby,
while in the large it has a slope. Differences see the constant, and whoever differentiates by hand means the slope:
both are right about something.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gradcheck_tool.methods.estimate import Estimate, Matrix, Remark
from gradcheck_tool.methods.samples import Samples
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem

FEW = 8
"""Inputs that are looked at; each costs eight runs."""

ALIKE = 0.4
"""How far two slopes in the large may lie apart, relative: steps of a staircase blur them."""

WIDE = (0, 1)
"""Halvings of the natural length at which the slopes in the large are taken."""


def with_plateaus(problem: Problem, flat: Estimate, yours: Matrix) -> Estimate:
    """Add remarks ``staircase`` where f is flat at the point, has a slope in the large, and `yours` is about that.

    `flat` are the differences, shape (m, n). Steps to the left and to the right, and of two sizes, must tell the same
    slope: beside a kink, or where f is flat because it bends, they do not.
    """
    remarked = {(remark.row, remark.column) for remark in flat.remarks if remark.kind != "flat"}
    still = (flat.jacobian == 0) & np.isfinite(flat.bound) & (yours != 0) & np.isfinite(yours)
    found = []
    for column in np.flatnonzero(still.any(axis=0))[:FEW]:
        slopes = _in_the_large(problem, int(column))
        for row in np.flatnonzero(still[:, column]):
            place = (int(row), int(column))
            slope = _common(slopes[:, :, row])
            if place not in remarked and slope and abs(yours[place] - slope) <= ALIKE * abs(slope):
                told = f"f is flat at this point only; in the large it has a slope of about {slope:.2g}"
                found.append(Remark(*place, "staircase", told))
    return replace(flat, remarks=(*flat.remarks, *found)) if found else flat


ROUNDING = frozenset({"rint", "floor", "ceil", "trunc", "int"})
"""Rows and decisions that make stairs."""

MIDDLING = (6, 8, 10)
"""Halvings of the natural length at which fine stairs are no longer seen, and a smooth f is almost straight."""

FINE = 1e-3
"""How far the slope over stairs may lie from the one that was meant, relative."""


def over_stairs(problem: Problem, fine: Estimate, yours: Matrix) -> Estimate:
    """Add remarks ``staircase`` where differences have settled on one stair, and `yours` is the slope over many.

    To be asked only about functions that round. Both one-sided slopes must tell the same as `yours`, so that no kink
    passes for a staircase, and the slope on the stair must be clearly another one.
    """
    with np.errstate(all="ignore"):
        near = np.abs(fine.jacobian - yours) <= fine.bound + 4 * FINE * np.abs(yours)
        apart = ~(near & np.isfinite(fine.bound)) & np.isfinite(yours)
    found = []
    for column in np.flatnonzero(apart.any(axis=0))[:FEW]:
        samples = Samples(problem, int(column), np.zeros(problem.y.shape))
        for row in np.flatnonzero(apart[:, column]):
            if _straight(samples, int(row), float(yours[row, column])):
                told = f"f is a staircase; over many of its steps the slope is about {yours[row, column]:.4g}"
                found.append(Remark(int(row), int(column), "staircase", told))
    return replace(fine, remarks=(*fine.remarks, *found)) if found else fine


def _straight(samples: Samples, row: int, slope: float) -> bool:
    """Whether the slope over middling steps is `slope`, with sides that differ by no more than a bend explains."""
    steps = [samples.scale * 2.0**-halvings for halvings in MIDDLING]
    middle = [float(samples.central(step)[0][row]) for step in steps]
    sides = [abs(float((samples.one_sided(step)[0] - samples.one_sided(-step)[0])[row])) for step in steps]
    close = all(abs(value - slope) <= FINE * abs(slope) for value in middle[1:])
    return close and sides[1] <= max(0.5 * sides[0], FINE * abs(slope))


def _in_the_large(problem: Problem, column: int) -> Matrix:
    """One-sided quotients, shape (2 step sizes, 2 sides, m)."""
    samples = Samples(problem, column, np.zeros(problem.y.shape))
    steps = [samples.scale * 2.0**-halvings for halvings in WIDE]
    with np.errstate(all="ignore"):
        return np.array([[samples.one_sided(side * step)[0] for side in (-1, 1)] for step in steps])


def _common(slopes: Vector) -> float:
    """The slope of the finer steps where all are of one sign and both sizes agree; 0 where they do not.

    `slopes` has shape (2 sizes, 2 sides).
    """
    if not np.all(np.isfinite(slopes)) or not (np.all(slopes > 0) or np.all(slopes < 0)):
        return 0.0
    sizes = np.abs(slopes)
    if sizes.max() > 3 * sizes.min():
        return 0.0
    wide, narrow = slopes.mean(axis=1)
    return float(narrow) if abs(wide - narrow) <= ALIKE * abs(narrow) else 0.0
