"""The V of every difference quotient: error against step, its two slopes, and the step where they meet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import median

from gradcheck_tool.judgement.record import Curve

CLEAR = 30.0  # how far one kind of error must stand above the other to be fitted
LOST = 0.3  # share of the derivative beyond which rounding leaves nothing to fit
WOBBLE = 0.25  # how far the slope may wander within one regime
RISING = 0.5  # slopes below are a saturated curve, not truncation

Spot = tuple[float, float]  # log10 step, log10 error
Line = tuple[float, float]  # slope, log10 error at step 1


def fit(  # noqa: PLR0913, PLR0917 - a stencil is K, C and an order; the curve is its samples
    method: str,
    entry: str,
    order: int,
    K: float,
    C: float,  # noqa: ARG001 - names the stencil; the fit measures C |f^(p+1)| as one number
    steps: Sequence[float],
    values: Sequence[float],
    reference: float,
    noise: float,
    user_step: float | None = None,
) -> Curve:
    """Fit both sides of the V of one stencil, ``|error| = C |f^(p+1)| h^p + K noise / h``.

    Parameters
    ----------
    method, entry, order
        What the stencil is called, which derivative it approximates, its order p.
    K, C
        Its constants: the sum of its absolute weights, and that of its leading error term.
    steps, values
        Parallel: the steps h > 0 and the difference quotients there.
    reference
        The derivative the quotients are held against.
    noise
        The rounding noise of one value of f, in its units; 0 or nan where unknown.
    user_step
        A step whose error is to be named.

    Notes
    -----
    Truncation is fitted where the error is over 30 times ``K noise / h`` and rises steadily;
    rounding where the fitted truncation is below a thirtieth of that floor and the floor still
    leaves digits. Rounding errors scatter downwards (one low point is luck), so their upper
    envelope is fitted. Without a fitted truncation its order p is not assumed: the slope is nan.
    """
    noise = noise if math.isfinite(noise) else 0.0
    errors = tuple(abs(value - reference) for value in values)
    floor = tuple(K * noise / step for step in steps)
    samples = sorted(
        (step, error, level)
        for step, error, level in zip(steps, errors, floor, strict=True)
        if math.isfinite(error) and error > 0
    )
    rising = _truncation(samples)
    falling = _rounding(samples, rising, abs(reference))
    best_step, best_error = _meet(falling or _predicted(K * noise), rising)
    return Curve(
        method=method,
        entry=entry,
        order=order,
        steps=tuple(steps),
        values=tuple(values),
        errors=errors,
        floor=floor,
        slope_rounding=falling[0] if falling else math.nan,
        slope_truncation=rising[0] if rising else math.nan,
        best_step=best_step,
        best_error=best_error,
        user_step=math.nan if user_step is None else user_step,
        user_error=math.nan if user_step is None else _error_at(user_step, steps, errors, (rising, falling)),
    )


def _truncation(samples: list[tuple[float, float, float]]) -> Line | None:
    """The line through the longest stretch of clear points with one slope: leaves saturation at large steps out."""
    clear = [(math.log10(step), math.log10(error)) for step, error, level in samples if error > CLEAR * level]
    local = [(clear[place + 2][1] - spot[1]) / (clear[place + 2][0] - spot[0]) for place, spot in enumerate(clear[:-2])]
    longest: list[Spot] = []
    for start in range(len(local)):
        stop = start
        while stop < len(local) and abs(local[stop] - median(local[start : stop + 1])) <= WOBBLE:
            stop += 1
        stretch = clear[start : stop + 2]
        if stop > start and len(stretch) > len(longest) and median(local[start:stop]) >= RISING:
            longest = stretch
    return _line(longest) if len(longest) >= 4 else None


def _rounding(samples: list[tuple[float, float, float]], rising: Line | None, size: float) -> Line | None:
    """The line through the upper envelope of the points where rounding rules."""
    ruled = [
        (math.log10(step), math.log10(error), level)
        for step, error, level in samples
        if CLEAR * _on(rising, step) < (level or error)
    ]
    kept = [(step, error) for step, error, level in ruled if not (size and level > LOST * size)]
    return _line(_envelope(kept)) if len(kept) >= 4 else None


def _envelope(spots: list[Spot]) -> list[Spot]:
    """The highest point of each half decade: what luck has not lowered."""
    bins: dict[int, Spot] = {}
    for spot in spots:
        place = math.floor(2 * spot[0])
        bins[place] = max(bins.get(place, spot), spot, key=lambda each: each[1] + each[0])
    return list(bins.values())


def _line(spots: list[Spot]) -> Line | None:
    """The median of all slopes between two points, and the median intercept (Theil 1950, Sen 1968)."""
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(spots, 2) if a[0] != b[0]]
    if not slopes:
        return None
    slope = median(slopes)
    return slope, median(error - slope * step for step, error in spots)


def _on(line: Line | None, step: float) -> float:
    """The error a line gives at a step; 0 for no line."""
    return 0.0 if line is None else 10.0 ** min(300.0, line[1] + line[0] * math.log10(step))


def _predicted(level: float) -> Line | None:
    """The floor ``K noise / h`` as a line, for curves that never reach it."""
    return (-1.0, math.log10(level)) if level > 0 else None


def _meet(falling: Line | None, rising: Line | None) -> tuple[float, float]:
    """Step and error where the two lines meet; nan where one is missing or they do not."""
    if falling is None or rising is None or rising[0] <= falling[0]:
        return math.nan, math.nan
    where = (falling[1] - rising[1]) / (rising[0] - falling[0])
    return 10.0**where, 10.0 ** (rising[1] + rising[0] * where)


def _error_at(
    step: float, steps: Sequence[float], errors: Sequence[float], lines: tuple[Line | None, Line | None]
) -> float:
    """The measured error where that step was taken, else the higher of the two lines."""
    taken = [error for other, error in zip(steps, errors, strict=True) if math.isclose(other, step, rel_tol=1e-6)]
    return taken[0] if taken else max(_on(line, step) for line in lines) or math.nan


def sentence(*curves: Curve) -> str:
    """Compare the user's step with the best of each stencil; empty where there is nothing to compare.

    ``your step 1e-06 is 304 times the best for forward, 2 times for central``
    """
    told = [curve for curve in curves if math.isfinite(curve.user_step) and math.isfinite(curve.best_step)]
    if not told:
        return ""
    first, *rest = [_share(curve.user_step / curve.best_step, curve.method) for curve in told]
    if "times the best" in first:
        rest = [phrase.replace("times the best", "times") for phrase in rest]
    return f"your step {told[0].user_step:.0e} is {', '.join([first, *rest])}"


def _share(ratio: float, method: str) -> str:
    """How the user's step compares with the best, in words."""
    if ratio >= 1.5:
        return f"{f'{ratio:.0f}' if ratio < 1e6 else f'{ratio:.0e}'} times the best for {method}"
    if ratio > 1 / 1.5:
        return f"about the best for {method}"
    return f"{f'1/{1 / ratio:.0f}' if ratio > 1e-6 else f'{ratio:.0e}'} of the best for {method}"
