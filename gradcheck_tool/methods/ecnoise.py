"""The noise level of a black box, read off the differences of a few values along a line.

Moré and Wild, "Estimating computational noise", SIAM J. Sci. Comput. 33 (2011): the k-th
differences of a smooth function at a small spacing vanish, those of its rounding errors do not.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.methods.ladder import UNIT
from gradcheck_tool.subject.packing import Vector

SPACINGS = (1e-12, 1e-9, 1e-6)
"""Relative spacings looked at; the largest answer counts, because a too fine one may see one inner operation only."""

WIDER = (1e-4, 1e-2, 1.0, 1e2, 1e4)
"""Where to look next when a spacing was too small to move f: it computes more coarsely than in double precision.

Only spacings up to `WIDEST`, absolute, are tried."""

WIDEST = 1e-2

CLOSER = (1e-14, 1e-15)
"""Where to look next when every spacing was too large to tell noise from shape."""

FINER = 100.0
"""How much louder a wider spacing must be than a closer one to be suspected of showing shape, not noise."""

LOUD = 1e6
"""And how much louder than the rounding of the value itself."""

HALVINGS = 26
"""How often a gap is halved to see whether it is a jump."""

POINTS = 7
SAFETY = 4.0
"""From the standard deviation of the noise to a value that rounding errors rarely exceed."""


def ecnoise(evaluate: Callable[[float], Vector], scale: float, spacings: tuple[float, ...] = SPACINGS) -> Vector:
    """How far rounding can move each output of a function along a line, absolute, shape (m,).

    `evaluate` takes a displacement from the point; `scale` is the length to which `spacings` refer.
    The point itself and one side of it are left out, so that a kink, a jump or a domain edge there is
    not taken for noise. Never less than half an ulp of the value at the point; deterministic.
    """
    origin = evaluate(0.0)
    found = np.full(origin.shape, -1.0)
    still = np.zeros(origin.shape, dtype=bool)

    def look(spacing: float, moved: float = 0.1) -> None:
        values = _values(evaluate, origin, spacing * scale)
        levels, unmoved = noise_levels(values, moved)
        still[:] |= unmoved
        # A wider spacing much louder than a closer one may show shape.
        loud = (found > 0) & (found * FINER < levels) & (levels > LOUD * UNIT * np.abs(origin))
        for output in map(int, np.flatnonzero(loud)):
            if not _breaks(evaluate, values[:, output], output, spacing * scale):
                levels[output] = -1.0
        found[:] = np.maximum(found, levels)

    for spacing in spacings:
        look(spacing)
    for spacing in WIDER:
        # What did not move at first may have shown the grain of one inner operation only.
        wanted = still if spacing == WIDER[0] else still & (found < 0)
        if np.any(wanted) and spacing * scale <= WIDEST * max(1.0, scale):
            look(spacing)
    for spacing in CLOSER:
        if np.any((found < 0) & ~still):
            # Where f vanishes it moves by more than its own size at any spacing: the finest must do.
            look(spacing, np.inf)
    with np.errstate(all="ignore"):
        return np.asarray(np.fmax(SAFETY * np.maximum(found, 0.0), UNIT * np.abs(origin)))


def _breaks(evaluate: Callable[[float], Vector], values: Vector, output: int, spacing: float) -> bool:
    """Whether scattered values are torn apart by jumps, as noise is, and are not a fine smooth ripple.

    The widest gap beside the common trend is halved again and again: a jump stays, a ripple melts.
    """
    gaps = np.diff(values)
    trend = float(np.median(gaps)) / spacing
    place = int(np.argmax(np.abs(gaps - np.median(gaps)))) + 1
    sign = 1.0 if np.isfinite(evaluate(POINTS * spacing)[output]) else -1.0
    left, right = place * spacing, (place + 1) * spacing
    below, above = float(values[place - 1]), float(values[place])
    first = float(np.max(np.abs(gaps - np.median(gaps))))
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        value = float(evaluate(sign * middle)[output])
        slack = trend * (right - left) / 2
        if abs(value - below - slack) >= abs(above - value - slack):
            right, above = middle, value
        else:
            left, below = middle, value
    return abs(above - below - trend * (right - left)) > 2.0**-8 * first


def _values(evaluate: Callable[[float], Vector], origin: Vector, spacing: float) -> Vector:
    right = np.array([evaluate(k * spacing) for k in range(1, POINTS + 1)])
    if np.all(np.isfinite(right) | ~np.isfinite(origin)):
        return right
    left = np.array([evaluate(-k * spacing) for k in range(1, POINTS + 1)])
    return np.where(np.isfinite(right).all(axis=0), right, left)


def noise_levels(values: Vector, moved: float = 0.1) -> tuple[Vector, NDArray[np.bool_]]:
    """The standard deviation of the noise in equally spaced values of m outputs, shape (points, m).

    Returns
    -------
    levels, still
        Shape (m,). A level is -1 where none shows: the values hardly move (`still`), or they range over
        more than `moved` times the largest of them and are too far apart to tell noise from shape.
    """
    differences = np.asarray(values, dtype=float)
    points, outputs = differences.shape
    with np.errstate(all="ignore"):
        finite = np.isfinite(differences).all(axis=0)
        still = finite & (np.count_nonzero(np.diff(differences, axis=0) == 0, axis=0) * 2 >= points - 1)
        far = ~(np.ptp(differences, axis=0) <= moved * np.abs(differences).max(axis=0))
        factor = 1.0
        sizes, turns = [], []
        for k in range(1, points):
            differences = np.diff(differences, axis=0)
            factor *= 0.5 * k / (2 * k - 1)
            sizes.append(np.sqrt(factor * np.mean(differences**2, axis=0)))
            turns.append((differences.min(axis=0) < 0) & (differences.max(axis=0) > 0))
    levels = np.full(outputs, -1.0)
    for k in range(len(sizes) - 2):
        window = np.array(sizes[k : k + 3])
        level = turns[k] & (window.max(axis=0) <= 4 * window.min(axis=0)) & (levels < 0)
        levels = np.where(level, sizes[k], levels)
    return np.where(finite & ~still & ~far, levels, -1.0), still
