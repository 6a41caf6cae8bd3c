"""The law of the error over the steps: what does not fall with the step is no matter of the step.

A difference quotient beside a derivative errs by truncation (a power of h) and by noise (1/h). An error that stays
the same over decades is a difference between two formulas; left and right quotients that stay the same distance
apart are a kink.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Literal

from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.record import Entry

Kind = Literal["formula", "kink", "beside", "jump", "staircase", "smooth", "noise", "exact", "open"]

CLEAR = 30.0  # how far an error must stand above the noise to say anything
LEVEL = 0.1  # decades by which a plateau may wander
LONG = 1.5  # decades that make a plateau
SMALL = 1e-7  # relative to the derivative: what is smaller is not called a difference between formulas
LOST = 10.0  # how far the error must fall below a plateau for the plateau to have an end


@dataclass(frozen=True, slots=True)
class Sample:
    """One step: the error of the central quotient, the noise in it, and how far forward and central lie apart."""

    step: float
    error: float
    floor: float
    gap: float


@dataclass(frozen=True, slots=True)
class Law:
    """What the errors obey: a word, and the sentence for the report."""

    kind: Kind
    sentence: str


def law(samples: Sequence[Sample], size: float, label: str = "the derivative") -> Law:
    """Name the law of the error of central quotients against a value; `size` is the magnitude of that value.

    Where too little stands above the noise to say anything the law is ``noise``, ``exact`` or ``open``.
    """
    known = sorted((each for each in samples if _known(each)), key=lambda each: each.step)
    if len(known) < 4:
        return Law("open", "")
    stairs = _stairs(known, size)
    if stairs > 0:
        told = f"at steps up to {stairs:.0e} the quotients are exactly 0, at larger ones they are not"
        return Law("staircase", f"error law: {told}, so f moves in steps of its own")
    gaps = _plateau([(each.step, each.gap) for each in known if each.gap > CLEAR * each.floor])
    if gaps and gaps[2] > SMALL * size:
        return _kink(known, gaps)
    jump = _power([(each.step, each.gap) for each in known if each.gap > 1e4 * CLEAR * each.floor])
    if jump is not None and abs(jump + 1) < LEVEL:
        return Law("jump", "error law: the quotients grow like 1/h far above the noise, so f jumps here")
    level = _plateau([(each.step, each.error) for each in known if each.error > CLEAR * each.floor])
    if level and level[2] > SMALL * size and not _falls_below(known, level):
        low, high, height = level
        told = f"the error stays at {height:.1e} from h = {high:.0e} down to {low:.0e}, whatever the step"
        return Law("formula", f"error law: {told}, so {label} is another formula than the slope of f")
    return _smooth(known, size)


def law_of(case: Case, entry: Entry) -> str:
    """The law of the differences' errors against yours in one entry, from the steps they took; empty if unknown."""
    seen = case.estimates.get("differences")
    if seen is None or case.order == 2:
        return ""
    ladder = next((each for each in seen.ladders if each.column == entry.column), None)
    if ladder is None:
        return ""
    row = entry.row
    samples = [
        Sample(float(step), abs(float(central[row]) - entry.yours), float(noise[row]), float(apart[row]))
        for step, central, noise, apart in zip(ladder.steps, ladder.central, ladder.noise, ladder.apart, strict=True)
    ]
    return law(samples, max(abs(entry.yours), abs(entry.reference)), case.label).sentence


def _known(sample: Sample) -> bool:
    return sample.step > 0 and all(map(math.isfinite, (sample.error, sample.floor, sample.gap)))


def _stairs(known: list[Sample], size: float) -> float:
    """The largest of the steps over which f does not move, where it moves as it should over larger ones; or 0."""
    still = 0
    while still < len(known) and known[still].error == size and known[still].gap == 0:
        still += 1
    moves = any(each.error < 0.1 * size for each in known[still:])
    return known[still - 1].step if still >= 2 and moves and size > 0 else 0.0


def _kink(known: list[Sample], gaps: tuple[float, float, float]) -> Law:
    low, _, height = gaps
    below = [each for each in known if each.step < low and max(each.gap, CLEAR * each.floor) * LOST < height]
    if below:
        at = math.sqrt(low * below[-1].step)
        return Law("beside", f"error law: a step at h = {at:.0e}, so a kink of f lies about that far from the point")
    told = f"forward and central quotients stay {height:.1e} apart at every step"
    return Law("kink", f"error law: {told}, so f has a kink here")


def _smooth(known: list[Sample], size: float) -> Law:
    """Truncation at large steps, noise at small ones."""
    clear = [(each.step, each.error) for each in known if each.error > CLEAR * each.floor and each.error > 0]
    power = _power(clear) if len(clear) >= 3 else None
    best = min((each.error for each in known), default=math.nan)
    share = f"; they meet at {best / size:.0e} of the value" if size > 0 and best > 0 else ""
    if power is not None and power > 0.5:
        told = f"h^{power:.1f} at large steps is truncation, what is left at small ones is noise"
        return Law("smooth", f"error law: {told}{share}")
    if not clear:
        worst = max(each.error for each in known)
        if worst == 0:
            return Law("exact", "error law: no error at any step, as for a linear f without rounding")
        return Law("noise", "error law: 1/h, the noise of f divided by the step, and no truncation above it")
    return Law("open", "")


def _falls_below(known: list[Sample], level: tuple[float, float, float]) -> bool:
    """Whether the error is clearly smaller at steps below a plateau, so that the plateau is not the last word."""
    low, _, height = level
    return any(each.step < low and max(each.error, CLEAR * each.floor) * LOST < height for each in known)


def _plateau(spots: list[tuple[float, float]]) -> tuple[float, float, float] | None:
    """The longest run of one height: its smallest and largest step, and the height; None where it is short."""
    best: tuple[float, float, float] | None = None
    logs = [(math.log10(step), math.log10(height)) for step, height in spots if height > 0]
    for start in range(len(logs)):
        low = high = logs[start][1]
        for stop in range(start + 1, len(logs)):
            low, high = min(low, logs[stop][1]), max(high, logs[stop][1])
            if high - low > LEVEL:
                break
            width = logs[stop][0] - logs[start][0]
            if stop - start >= 2 and width >= LONG and (best is None or width > math.log10(best[1] / best[0])):
                best = spots[start][0], spots[stop][0], 10.0 ** ((low + high) / 2)
    return best


def _power(spots: list[tuple[float, float]]) -> float | None:
    """The median slope between all pairs of points, in decades per decade."""
    logs = [(math.log10(step), math.log10(height)) for step, height in spots if height > 0]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(logs[:40], 2) if a[0] != b[0]]
    return median(slopes) if len(logs) >= 3 else None
