"""What a place of the formula would have to be multiplied by, or what added to it, at each point; and what that is.

The amount is solved for by the secant method at every point on its own, for all places in one replay. It is then
looked for among numbers, values and products of two values: one point allows anything, several nearly nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.replay import Family, Replay
from gradcheck_tool.diagnosis.sites import Target

Array = NDArray[Any]
ROUNDS = 8
START = 1e-4  # the first step of the secant, relative
ALIKE = 1e-7  # how well a series must agree with a candidate before the candidate itself is replayed


# --- solving --------------------------------------------------------------------------------------------------------


def solved(replay: Replay, targets: Sequence[Target], right: Array, entry: int) -> Array:
    """The amount that makes one entry right, shape (targets, P); nan where there is none.

    `right` has shape (N, P), the numbers the result should have; `entry` is the one that is solved for.
    """
    amounts = np.array([_starts(replay, target) for target in targets]).reshape(-1, 2, replay.points)
    before, now = amounts[:, 0].copy(), amounts[:, 1].copy()
    if not len(targets):
        return now
    goal = right[entry]
    missed = replay.run([target.family(before[k][:, None]) for k, target in enumerate(targets)])[entry].T - goal
    live = np.arange(len(targets))
    for _ in range(ROUNDS):
        families: list[Family] = [targets[k].family(now[k][:, None]) for k in live.tolist()]
        misses = replay.run(families)[entry].T - goal
        known = np.abs(misses) <= 1e-15 * np.abs(goal)
        with np.errstate(all="ignore"):
            step = misses * (now[live] - before[live]) / (misses - missed[live])
        moves = np.isfinite(step) & ~known
        worse = np.all(np.abs(misses) > 10 * np.abs(missed[live]), axis=1)
        before[live] = np.where(moves, now[live], before[live])
        missed[live] = np.where(moves, misses, missed[live])
        now[live] = np.where(moves, now[live] - step, now[live])
        live = live[moves.any(axis=1) & np.isfinite(misses).all(axis=1) & ~worse]
        if not len(live):
            break
    return now


def _starts(replay: Replay, target: Target) -> Array:
    """The amount that changes nothing, and one beside it."""
    if target.scale:
        return np.array([np.ones(replay.points), np.full(replay.points, 1 + START)])
    own = target.value(replay)
    size = np.max(np.abs(own).reshape(-1, replay.points), axis=0, initial=0.0)
    size = np.where((size > 0) & np.isfinite(size), size, 1.0)
    if target.brought:
        brought = np.max(np.abs(target.brought[0][..., replay.chosen]).reshape(-1, replay.points), axis=0)
        size = size / np.where(brought > 0, brought, 1.0)
    return np.array([np.zeros(replay.points), START * size])


def solved_entries(replay: Replay, target: Target, right: Array) -> Array | None:
    """The amounts for every entry of an array that has as many as the result: shape (*shape, P).

    Entry k of the array is taken to move entry k of the result alone; None where that is not so.
    """
    shape = (*target.site.shape, replay.points)
    first = _starts(replay, target)
    before, now = (np.broadcast_to(first[k], shape) for k in (0, 1))
    missed = replay.results()[..., 0].reshape(shape) - right.reshape(shape)
    goal = right.reshape(shape)
    for _ in range(ROUNDS):
        misses = replay.run([target.family(now[..., None])])[..., 0].reshape(shape) - goal
        if np.all(np.abs(misses) <= 1e-15 * np.abs(goal)):
            break
        with np.errstate(all="ignore"):
            step = misses * (now - before) / (misses - missed)
        still = ~np.isfinite(step)
        if np.all(still):
            return now if np.all(np.abs(misses) <= 1e-9 * np.abs(goal)) else None
        before, missed, now = now, misses, np.where(still, now, now - step)
    return np.array(now)


# --- recognising ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """An amount recognised: ``number * product of values[k] ** power`` over `factors`."""

    number: float
    factors: tuple[tuple[int, int], ...]


def recognised(series: Array, values: Array, *, inverse: bool, pairs: bool = True) -> list[Found]:
    """What a series of amounts, shape (T,), is: a number, a multiple of a value, of a product or of a quotient.

    `values` has shape (V, T); with `inverse` also multiples of ``1/v`` and ``1/(v*w)``;
    without `pairs` no products.
    """
    if not np.all(np.isfinite(series)) or np.any(series == 0) or len(series) < 2:
        return []
    if np.ptp(series) <= ALIKE * np.max(np.abs(series)):
        return [Found(float(np.mean(series)), ())]
    with np.errstate(all="ignore"):
        mine = _logarithms(series[None])[0]
        theirs = _logarithms(values)
    usable = np.flatnonzero(np.all(np.isfinite(theirs), axis=1))
    theirs = theirs[usable]
    found: list[Found | None] = []
    for power in (1, -1) if inverse else (1,):
        near = _near(power * theirs, mine).tolist()
        found += [_checked(series, values, ((int(usable[k]), power),)) for k in near]
    single = [hit for hit in found if hit is not None]
    return (
        single
        if single or not pairs
        else [hit for hit in _pairs(series, values, usable, theirs, mine, inverse) if hit is not None]
    )


def _logarithms(values: Array) -> Array:
    """How the size of each series changes from its first entry on, shape (V, T - 1)."""
    logs = np.log(np.abs(values))
    return logs[:, 1:] - logs[:, :1]


def _near(candidates: Array, mine: Array) -> Array:
    return np.flatnonzero(np.all(np.abs(candidates - mine) <= ALIKE, axis=1)) if len(candidates) else np.zeros(0, int)


def _pairs(  # noqa: PLR0913, PLR0917 - both forms of the same numbers
    series: Array,
    values: Array,
    usable: Array,
    theirs: Array,
    mine: Array,
    inverse: bool,  # noqa: FBT001 - as above
) -> list[Found | None]:
    """Products and quotients of two values: the first logarithm is found by bisection, the others are compared."""
    if not len(theirs):
        return []
    found: list[Found | None] = []
    order = np.argsort(theirs[:, 0])
    ranked = theirs[order]
    for own, power in ((1, 1), (1, -1), *(((-1, -1),) if inverse else ())):
        # own * v + power * w = mine, for every v the w is looked up
        wanted = (mine - own * theirs) * power
        low = np.searchsorted(ranked[:, 0], wanted[:, 0] - ALIKE)
        high = np.searchsorted(ranked[:, 0], wanted[:, 0] + ALIKE)
        for v in np.flatnonzero(high > low):
            for at in range(low[v], high[v]):
                w = order[at]
                if (own == power and w < v) or not np.all(np.abs(theirs[w] - wanted[v]) <= ALIKE):
                    continue
                found.append(_checked(series, values, ((int(usable[v]), own), (int(usable[w]), power))))
    return found


def _checked(series: Array, values: Array, factors: tuple[tuple[int, int], ...]) -> Found | None:
    """The number before a product, where it is one number, signs included."""
    ratio = series / math.prod(values[k] ** float(power) for k, power in factors)
    number = float(np.mean(ratio))
    return Found(number, factors) if number and np.all(np.abs(ratio - number) <= 2 * ALIKE * abs(number)) else None


KNOWN = (
    (math.pi, "pi"), (2 * math.pi, "2*pi"), (math.pi / 180, "pi/180"), (math.log(2), "log(2)"),
    (math.log(10), "log(10)"), (math.sqrt(2), "sqrt(2)"), (math.sqrt(math.pi), "sqrt(pi)"),
    (math.sqrt(2 * math.pi), "sqrt(2*pi)"),
)  # fmt: skip
LARGEST = 12
SHORT = 7  # characters of a constant that somebody wrote; longer ones were computed


def spelled(number: float, size: int, constants: Sequence[float] = ()) -> tuple[float, str, float]:
    """A number as it is meant, its text, and how far-fetched it is: 0 for 1, -1; up to 1 for one nobody recognises."""
    sign, absolute = ("-" if number < 0 else ""), abs(number)
    for value, text, cost in _meant(absolute, size, constants):
        if abs(absolute - value) <= 2 * ALIKE * absolute:
            return math.copysign(value, number), sign + text, cost
    return number, f"{number:.10g}", 1.0


def _meant(absolute: float, size: int, constants: Sequence[float]) -> list[tuple[float, str, float]]:
    near = Fraction(absolute).limit_denominator(LARGEST) if 1e-3 < absolute < 1e3 else Fraction(0)
    simple = [(float(near), str(near), _price(near))] if near.numerator and near.numerator <= LARGEST else []
    counts = [(float(size), str(size), 0.3), (1 / size, f"1/{size}", 0.3), (size - 1.0, str(size - 1), 0.4)]
    whole = [(float(round(absolute)), str(round(absolute)), 0.5)] if 1 <= absolute < 1e6 else []
    short = [c for c in constants if len(f"{c:.10g}") <= SHORT]
    powers = [(c**p, f"{c:.10g}" if p == 1 else f"1/{c:.10g}", 0.3) for c in short for p in (1, -1)]
    doubled = [(2 * c, f"{2 * c:.10g}", 0.4) for c in short] + [(2 / c, f"2/{c:.10g}", 0.4) for c in short]
    halved = [(c / 2, f"{c / 2:.10g}", 0.4) for c in short]
    known = [(v**p, text if p == 1 else f"1/({text})", 0.4) for v, text in KNOWN for p in (1, -1)]
    rounded = float(f"{absolute:.3g}")
    decimal = [(rounded, f"{rounded:g}", 0.5)]
    return [*simple, *counts, *known, *powers, *doubled, *halved, *whole, *decimal]


def _price(fraction: Fraction) -> float:
    if fraction == 1:
        return 0.0
    return 0.1 if {fraction.numerator, fraction.denominator} <= {1, 2} else 0.2 if fraction.denominator == 1 else 0.3
