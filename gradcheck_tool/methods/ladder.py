"""A noise-aware Richardson ladder: the limit of a difference quotient for h -> 0, with an error bar.

A row of the ladder is a difference quotient at one step; each next row halves the step, and each
column removes one more term of the error series (Richardson 1911). Published ladders stop where
successive entries part, and so take rounding for convergence; here the rounding noise of every
row is carried through the table beside the values and is part of every error estimate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.subject.packing import Vector

UNIT = 2.0**-53
"""Unit round-off of double precision."""

Mask = NDArray[np.bool_]
Row = Callable[[float], tuple[Vector, Vector]]
"""What a ladder climbs on: step -> (quotient, its noise), each of shape (m,); nan where undefined."""

SCOUTS = (12, 20, 28)
"""How many halvings below the natural scale single quotients look for finer structure."""

ENOUGH = 1e-12
"""Relative error at which an entry is good enough to stop."""

UNSETTLED = 1e-3
"""Relative error above which a ladder has not settled."""

POOR = 1e-9
"""Relative error above which a wider start is worth its evaluations."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Where a ladder settled, per output, each of shape (m,).

    `bar` is infinite where nothing settled and `noise` is the part of it that rounding makes. `step`
    is the step of the winning row, `truncation` how far the plain quotient of that row lies from the
    extrapolated value.
    """

    value: Vector
    bar: Vector
    noise: Vector
    step: Vector
    truncation: Vector

    def poor(self, relative: float) -> Mask:
        """Which outputs have a bar larger than `relative` times their value."""
        return np.asarray(~(self.bar <= relative * np.abs(self.value)))

    def proud(self) -> Mask:
        """Which outputs are unsettled although rounding leaves room: the rows were too coarse or do not converge."""
        return np.asarray(self.poor(UNSETTLED) & ~(self.bar <= 16 * self.noise))


def climb(row: Row, start: float, ratio: float, rows: int = 24, columns: int = 6) -> Settled:
    """Climb one ladder from the step `start` downwards and keep the best entry of every output.

    `ratio` is the factor between successive terms of the error series when the step is halved: 4
    where the series is even (central quotients), 2 where it is not (one-sided ones). With
    ``T[k, j] = T[k, j-1] + (T[k, j-1] - T[k-1, j-1]) / (ratio**j - 1)`` and the noise
    ``N[k, j] = (ratio**j N[k, j-1] + N[k-1, j-1]) / (ratio**j - 1)``, the error of an entry is its
    largest disagreement with the three neighbours it was made from or replaces, plus its noise. A later
    row whose plain quotient denies the best entry so far takes it back: it was agreement by chance,
    or the noise is larger than stated, and the bars of what follows are widened.
    """
    value, noise = row(start)
    table, noises = [value], [noise]
    unknown = np.full(value.shape, np.inf)
    best = Settled(_finite(value), unknown, unknown, np.full(value.shape, start), np.zeros(value.shape))
    earlier, doubt = np.full(value.shape, np.nan), np.ones(value.shape)
    for k in range(1, rows):
        step = start * 2.0**-k
        value, noise = row(step)
        fresh, fresh_noise = _extended(value, noise, table[:columns], noises, ratio)
        denied = _denies(value, noise, step, best, ratio)
        best = _choose(denied, replace(best, bar=unknown), best)
        doubt = np.where(denied, np.minimum(2 * doubt, 4.0), doubt)
        with np.errstate(all="ignore"):
            move = np.abs(value - table[0])
            lag = doubt * _lag(move, earlier, noise, ratio)
        for j in range(1, min(k, len(table))):
            best = _better(best, _entry(fresh, table, fresh_noise[j], lag, j, step))
        table, noises, earlier = fresh, fresh_noise, move
        if np.all((noise > best.bar) | ~best.poor(ENOUGH)):
            break
    return best


def settle(row: Row, scale: float, ratio: float, cap: float = np.inf) -> Settled:
    """The limit of `row` for h -> 0, looked for from several starts.

    The first ladder starts at half the power of two `scale`, never above `cap`. Scouts far below it
    find structure the ladder was too coarse to see: where one contradicts, a new ladder starts just
    above it. Where the answer stays poor, a wider ladder competes. The smallest bar wins; where two
    scales contradict each other, the finer one does.
    """
    best = climb(row, min(scale / 2, cap), ratio)
    for halvings in SCOUTS:
        step = scale * 2.0**-halvings
        denied = contradicts(row, step, best, ratio)
        if np.any(denied):
            finer = climb(row, min(16 * step, cap), ratio, rows=14)
            best = _choose(denied, _doubted(finer, best), prefer_finer(finer, best))
    if np.any(best.proud()):
        best = prefer_finer(climb(row, min(16 * scale * 2.0 ** -SCOUTS[-1], cap), ratio, rows=14), best)
    wide = min(max(1.0, 256 * scale), cap)
    if wide > scale and np.any(best.poor(POOR)):
        wider = climb(row, wide, ratio, rows=12)
        # What does not move over a wide step may still move at the point: only a signal counts.
        signal = np.abs(wider.value) > wider.bar
        for halvings in SCOUTS:  # steps of a staircase look straight where they are met at whole numbers
            signal &= ~contradicts(row, scale * 2.0**-halvings, wider, ratio)
        best = _choose(signal, prefer_finer(best, wider), best)
    return best


def _doubted(fine: Settled, coarse: Settled) -> Settled:
    """The finer of two that contradict each other; where it is too blurred to overrule, its bar covers both."""
    with np.errstate(all="ignore"):
        apart = np.abs(fine.value - coarse.value)
        blurred = (fine.bar > UNSETTLED * apart) & np.isfinite(fine.bar) & ~coarse.poor(UNSETTLED)
        return replace(fine, bar=np.where(blurred, fine.bar + apart + coarse.bar, fine.bar))


def contradicts(row: Row, step: float, best: Settled, ratio: float) -> Mask:
    """Whether a single quotient at `step`, finer than the winner, denies it, per output.

    A plain quotient has a truncation error of its own; it is scaled down from that of the winning row.
    """
    value, noise = row(step)
    far = _denies(value, noise, step, best, ratio)
    return np.asarray((far | ~np.isfinite(best.bar)) & (step < best.step) & np.isfinite(value))


def _denies(value: Vector, noise: Vector, step: float, best: Settled, ratio: float) -> Mask:
    order = np.log2(ratio)
    with np.errstate(all="ignore"):
        allowed = best.bar + noise + 4 * best.truncation * (step / best.step) ** order
        return np.asarray(np.abs(value - best.value) > allowed)


def prefer_finer(fine: Settled, coarse: Settled) -> Settled:
    """Per output, the smaller bar of two; the finer one where the two contradict each other."""
    with np.errstate(all="ignore"):
        contradiction = np.abs(fine.value - coarse.value) > fine.bar + coarse.bar
    take = np.isfinite(fine.bar) & (contradiction | (fine.bar <= coarse.bar))
    return _choose(take, fine, coarse)


def _extended(
    value: Vector, noise: Vector, table: list[Vector], noises: list[Vector], ratio: float
) -> tuple[list[Vector], list[Vector]]:
    """The next row of the table and of its noise."""
    fresh, fresh_noise = [value], [noise]
    with np.errstate(all="ignore"):
        for j in range(1, len(table) + 1):
            factor = ratio**j
            fresh.append(fresh[j - 1] + (fresh[j - 1] - table[j - 1]) / (factor - 1))
            fresh_noise.append((factor * fresh_noise[j - 1] + noises[j - 1]) / (factor - 1))
    return fresh, fresh_noise


def _lag(move: Vector, earlier: Vector, noise: Vector, ratio: float) -> Vector:
    """By how much to widen the gaps of a row whose quotients converge more slowly than the series promises.

    Moves that shrink by q leave q / (1 - q) of the last one to go: 2.4 times it for the square-root
    terms of x**1.5 at 0, where the disagreement of neighbours alone would be too proud. Moves that do
    not shrink at all promise nothing.
    """
    shrinks = move / earlier
    slow = (shrinks > 1.2 / ratio) & (move > 8 * noise)
    left = np.where(shrinks < 1, np.maximum(1.0, 2 * shrinks / (1 - shrinks)), np.inf)
    return np.where(slow, left, 1.0)


def _entry(  # noqa: PLR0913, PLR0917 - an entry is judged by its neighbours, its noise and its place
    fresh: list[Vector], table: list[Vector], noise: Vector, lag: Vector, j: int, step: float
) -> Settled:
    value = fresh[j]
    with np.errstate(all="ignore"):
        gaps = [np.abs(value - other) for other in (fresh[j - 1], table[j - 1], table[j])]
        error = lag * (np.maximum.reduce(gaps) + noise) + UNIT * np.abs(value)
        error = np.where(np.isfinite(error) & np.isfinite(value), error, np.inf)
        return Settled(value, error, noise, np.full(value.shape, step), np.abs(fresh[0] - value))


def _finite(value: Vector) -> Vector:
    return np.where(np.isfinite(value), value, np.nan)


def _better(best: Settled, entry: Settled) -> Settled:
    return _choose(entry.bar < best.bar, entry, best)


def _choose(take: Mask, first: Settled, second: Settled) -> Settled:
    return Settled(
        np.where(take, first.value, second.value),
        np.where(take, first.bar, second.bar),
        np.where(take, first.noise, second.noise),
        np.where(take, first.step, second.step),
        np.where(take, first.truncation, second.truncation),
    )
