"""Yours and the derivative at all points, stacked: what a story is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.points import Points, Sample
from gradcheck_tool.methods.estimate import Matrix

Stack = NDArray[np.float64]  # (points, m, n)

WRONG = 1e-9  # relative size from which a difference is one
FIT, FLOOR = 1e-7, 5e-12  # residual of a story: relative to the difference, and to the larger of the two values
EXACT_FLOOR = 1e-13  # the same where both values are known without rounding: what rounded constants leave over
FRESH_FIT = 1e-6
SHARP, SHARP_FREE = 1e-2, 1e-4  # how well the difference must be known, for a known number and for a free one
ENOUGH = 3  # points from which a free number is a story


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Numbers at the points of the search, followed by those at the fresh points; `wrong`, shape (m, n), is explained.

    `searched` is how many of the points belong to the search. `sizes` are lengths that occur in the problem.
    """

    points: Points
    samples: tuple[Sample, ...]
    searched: int
    mine: Stack
    right: Stack
    slack: Stack  # what a residual may be where a story is exactly true
    wrong: NDArray[np.bool_]
    names: tuple[str, ...]
    sizes: tuple[tuple[int, str], ...]

    @property
    def gap(self) -> Stack:
        """Yours minus the derivative."""
        return self.mine - self.right

    @property
    def free(self) -> bool:
        """Whether there are points enough for a story with a free number."""
        return self.searched >= ENOUGH

    @property
    def few(self) -> bool:
        """Whether one or two entries are all there is to explain."""
        return int(self.wrong.sum()) <= 2 < self.wrong.size

    def only(self, row: int, column: int) -> Evidence:
        """The same with one entry to explain."""
        mask = np.zeros_like(self.wrong)
        mask[row, column] = True
        return replace(self, wrong=mask)

    def sharp(self, share: float) -> bool:
        """Whether at some point of the search the difference in each wrong entry is known to that share of it."""
        part = (slice(0, self.searched), self.wrong)
        return bool(np.all(np.any(self.slack[part] <= share * np.abs(self.gap[part]), axis=0)))

    def residual(self, said: Stack, *, everywhere: bool = False) -> float | None:
        """The largest distance of yours from what a story says yours is, at the points of the search.

        None where it is beyond rounding and 1e-7 of the difference at any point, in any wrong entry (`everywhere`:
        in any entry).
        """
        part = slice(0, self.searched)
        where = np.ones_like(self.wrong) if everywhere else self.wrong
        with np.errstate(all="ignore"):
            left = np.abs(self.mine[part] - said[part])[:, where]
            allowed = (FIT * np.abs(self.gap[part]) + self.slack[part])[:, where]
        return float(left.max()) if left.size and bool(np.all(left <= allowed)) else None

    def held(self, said: Stack, *, everywhere: bool = False) -> tuple[int, float]:
        """At how many of the fresh points a story holds (-1: fails at one), and the largest distance left there."""
        part = slice(self.searched, len(self.samples))
        where = np.ones_like(self.wrong) if everywhere else self.wrong
        with np.errstate(all="ignore"):
            left = np.abs(self.mine[part] - said[part])[:, where]
            allowed = (FRESH_FIT * np.abs(self.gap[part]) + self.slack[part])[:, where]
        if not np.all(left <= allowed):
            return -1, float("inf")
        return len(self.samples) - self.searched, float(left.max(initial=0.0))


def evidence(points: Points, wrong: Matrix | NDArray[np.bool_] | None, names: Sequence[str]) -> Evidence | None:
    """Stack the samples; `wrong` are the entries judged wrong, those wrong at any point are added. None: none is."""
    samples = (*points.search, *points.fresh)
    mine, right, bound = (np.stack([getattr(each, word) for each in samples]) for word in ("mine", "right", "bound"))
    if mine.shape != right.shape:
        return None
    judged = None if wrong is None else np.asarray(wrong, dtype=bool)
    mine = _as_judged(samples, mine, right, bound, judged)
    with np.errstate(all="ignore"):
        larger = np.maximum(np.abs(mine), np.abs(right))
        beyond = np.abs(mine - right) > WRONG * larger + 5 * bound
        mask = beyond[: len(points.search)].any(axis=0)
    mask = mask if judged is None else mask | judged
    mask &= np.isfinite(mine).all(axis=0)
    if not mask.any():
        return None
    slack = (EXACT_FLOOR if all(sample.exact for sample in samples) else FLOOR) * larger + bound
    return Evidence(points, samples, len(points.search), mine, right, slack, mask, tuple(names), _sizes(points.tested))


def _as_judged(
    samples: tuple[Sample, ...], mine: Stack, right: Stack, bound: Stack, wrong: NDArray[np.bool_] | None
) -> Stack:
    """What yours says without rounding; as it was called where only its rounding is wrong, such as float32."""
    if wrong is None:
        return mine
    with np.errstate(all="ignore"):
        same = np.abs(mine - right) <= WRONG * np.abs(right) + bound
    if not np.all(same[:, wrong]):
        return mine
    return np.stack([sample.plain for sample in samples])


def _sizes(sample: Sample) -> tuple[tuple[int, str], ...]:
    """The lengths of the run: inputs, outputs, and axes of the arrays in it."""
    m, n = sample.right.shape
    found = {n: "the number of inputs", m: "the number of outputs"}
    for value in sample.trace.value:
        for length in (*np.shape(value), np.size(value)):
            found.setdefault(int(length), "a length in the run")
    return tuple((size, words) for size, words in found.items() if size > 2)[:12]
