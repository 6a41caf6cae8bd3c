"""Derivatives of a program run on 80 digits: central differences, and one-sided ones that tell kinks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from arrays_of_real import array
from mpmath import mpf
from programs import flat
from real import Real, raw

STEP = mpf(10) ** -25
CLOSE = mpf(10) ** -12  # one-sided differences of a smooth function differ by about the step


class Unusable(Exception):
    """No reference of this kind for this program."""


def _numbers(result: Any) -> list[Any]:
    values = [raw(x) for x in flat(result)]
    if any(v is None for v in values):
        raise Unusable("the result holds something that is no number")
    if any(isinstance(v, mpmath.mpc) and v.imag != 0 for v in values):
        raise Unusable("the result is complex")
    return [v.real for v in values]


class Digits:
    """A program on 80-digit numbers, with its values near the point kept."""

    def __init__(self, function: Callable[[Any], Any], point: Any) -> None:
        self.function, self.point = function, point
        self.n = np.size(point)
        self.steps = [step_at(float(t)) for t in np.ravel(point)]
        self.seen: dict[tuple[tuple[int, int], ...], list[Any]] = {}

    def at(self, *moves: tuple[int, int]) -> list[Any]:
        """The results at the point moved by whole steps along some inputs."""
        key = tuple(sorted(moves))
        if key not in self.seen:
            if np.ndim(self.point) == 0:
                x: Any = Real(mpf(self.point) + sum(k * self.steps[0] for _, k in moves))
            else:
                x = array(self.point)
                moved = np.asarray(x).reshape(-1)
                for j, k in moves:
                    moved[j] = Real(raw(moved[j]) + k * self.steps[j])
                x = array(moved.reshape(np.shape(self.point)))
            self.seen[key] = _numbers(self.function(x))
        return self.seen[key]

    def slopes(self, sign: int) -> Any:
        """One-sided derivatives, rows by outputs; None where the program cannot be run on that side.

        At a jump, the slope of the piece beside the point; infinite only where that has none either.
        """
        base = self.at()
        columns: list[Any] = []
        for j in range(self.n):
            try:
                places = [self.at((j, k * sign)) for k in (1, 2, 1000, 1001)]
            except (ArithmeticError, ValueError):
                columns.append([None] * len(base))
                continue
            step = sign * self.steps[j]
            columns.append([_slopes(b, *there, step) for b, *there in zip(base, *places, strict=True)])
        return [[column[i] for column in columns] for i in range(len(base))]

    def jacobian(self) -> dict[str, Any]:
        left, right = self.slopes(-1), self.slopes(1)
        base = self.at()
        smooth = True
        matrix, singular = [], []
        for i in range(len(base)):
            row, flags = [], []
            for j in range(self.n):
                a, b = left[i][j], right[i][j]
                if a is None or b is None or not _close(a[0], b[0]):
                    smooth = False
                    row.append(None)
                else:
                    up, down = self.at((j, 1))[i], self.at((j, -1))[i]
                    row.append(float((up - down) / (2 * self.steps[j])))
                flags.append(row[-1] is None and any(s is None or not mpmath.isfinite(s[0]) for s in (a, b)))
            matrix.append(row)
            singular.append(flags)
        found: dict[str, Any] = {"jacobian": matrix}
        if not smooth:
            found["left"], found["right"] = (
                [[_plain(v and v[1]) for v in row] for row in side] for side in (left, right)
            )
            found["singular"] = singular
        return found

    def hessian(self) -> Any:
        """Mean of forward and backward second differences; null where they disagree."""
        n = self.n
        base = self.at()[0]
        matrix = [[0.0] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1):
                sides = []
                for s in (1, -1):
                    one, two = self.at((i, s))[0], self.at((j, s))[0]
                    both = self.at((i, 2 * s))[0] if i == j else self.at((i, s), (j, s))[0]
                    sides.append((both - one - two + base) / (self.steps[i] * self.steps[j]))
                if not _close(*sides):
                    return None
                if i == j:
                    mean = (self.at((i, 1))[0] - 2 * base + self.at((i, -1))[0]) / self.steps[i] ** 2
                else:
                    mean = (sides[0] + sides[1]) / 2
                matrix[i][j] = matrix[j][i] = float(mean)
        return matrix


def step_at(x: float) -> Any:
    """1e-25 beside numbers of ordinary size, relative to huge and tiny ones."""
    return STEP * abs(mpf(x)) if abs(x) > 1e3 or 0 < abs(x) < 1e-13 else STEP


def _slope(near: Any, far: Any, step: Any, wide: int = 1000) -> Any:
    """The slope seen at one signed step; infinite where it grows as the step shrinks."""
    slope, average = near / step, far / (wide * step)
    if abs(slope) > 10**6 and abs(slope) > 3 * abs(average):
        return mpf("inf") * (1 if slope > 0 else -1)
    return slope


def _slopes(base: Any, one: Any, two: Any, far: Any, farther: Any, step: Any) -> tuple[Any, Any]:
    """The slope from the point to one side, and, should it be infinite, that of the piece on this side."""
    slope = _slope(one - base, far - base, step)
    if mpmath.isfinite(slope):
        return slope, slope
    piece, elsewhere = (two - one) / step, (farther - far) / step
    return slope, piece if abs(piece) <= 3 * abs(elsewhere) + 1 else slope


def _close(a: Any, b: Any) -> bool:
    if not (mpmath.isfinite(a) and mpmath.isfinite(b)):
        return False
    return bool(abs(a - b) <= CLOSE * max(abs(a), abs(b), mpf(10) ** -6))


def _plain(v: Any) -> Any:
    return None if v is None or mpmath.isnan(v) else float(v)
