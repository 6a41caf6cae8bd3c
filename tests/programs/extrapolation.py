"""Derivatives of the plain function: differences extrapolated to step zero, with an error estimate."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from digits import Unusable
from programs import flat

FACTOR, ROWS = 1.5, 14
SAFETY = 10.0


def extrapolated(samples: Callable[[float], Any], start: float) -> tuple[Any, Any]:
    """Neville's scheme for an even function of the step, with its error estimate (Ridders, 1982)."""
    best = error = None
    previous: list[Any] = []
    step = start
    for row in range(ROWS):
        line = [np.asarray(samples(step), dtype=float)]
        for m in range(1, row + 1):
            factor = FACTOR ** (2 * m)
            line.append((factor * line[m - 1] - previous[m - 1]) / (factor - 1))
            doubt = np.maximum(np.abs(line[m] - line[m - 1]), np.abs(line[m] - previous[m - 1]))
            doubt = np.where(np.isfinite(doubt), doubt, np.inf)
            if best is None:
                best, error = line[m], doubt
            else:
                better = doubt < error
                best, error = np.where(better, line[m], best), np.where(better, doubt, error)
        previous = line
        step /= FACTOR
    return best, error


class Doubles:
    """The plain function in double precision."""

    def __init__(self, function: Callable[[Any], Any], point: Any) -> None:
        self.function, self.point = function, point
        self.n = np.size(point)

    def at(self, shift: Any) -> Any:
        x = self.point + shift if np.ndim(self.point) == 0 else self.point + np.reshape(shift, np.shape(self.point))
        x = float(x[0]) if np.ndim(self.point) == 0 else x
        with np.errstate(all="warn"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = flat(self.function(x))
        if any(isinstance(v, complex) and v.imag for v in result):
            raise Unusable("the result is complex")
        return np.array([complex(v).real for v in result])

    def guarded(self, shift: Any) -> Any:
        try:
            return self.at(shift)
        except (ArithmeticError, ValueError, np.linalg.LinAlgError):
            return np.nan

    def _thrice(self, samples: Callable[[float], Any], starts: tuple[float, ...], noise: Any) -> tuple[Any, Any]:
        """Three runs with different steps: the best one, and an error that covers how far they are apart."""
        values, doubts = zip(*(extrapolated(samples, start) for start in starts), strict=True)
        values, doubts = np.array(values), np.array(doubts)
        best = np.argmin(doubts, axis=0)[None]
        value, doubt = (np.take_along_axis(a, best, 0)[0] for a in (values, doubts))
        near = doubts < 100 * doubt + noise  # a step that was far too large or too small says nothing
        apart = np.max(np.where(near, np.abs(values - value), 0.0), axis=0)
        return value, SAFETY * doubt + 3 * apart + noise

    def jacobian(self) -> tuple[Any, Any]:
        base = self.at(np.zeros(self.n))
        columns, errors = [], []
        for j in range(self.n):
            unit = np.eye(self.n)[j]
            size = max(abs(float(np.ravel(self.point)[j])), 0.1)

            def samples(h, unit=unit):
                return (self.guarded(h * unit) - self.guarded(-h * unit)) / (2 * h)

            value, error = self._thrice(samples, (0.08 * size, 0.031 * size, 0.011 * size), 1e-14 * np.abs(base) / size)
            columns.append(np.broadcast_to(value, base.shape))
            errors.append(np.broadcast_to(error, base.shape))
        return np.stack(columns, -1), np.stack(errors, -1)

    def hessian(self) -> tuple[Any, Any]:
        n = self.n
        base = self.at(np.zeros(n))[0]
        matrix, errors = np.zeros((n, n)), np.zeros((n, n))
        sizes = np.maximum(np.abs(np.ravel(self.point)), 0.1)
        for i in range(n):
            for j in range(i + 1):
                a, b = np.eye(n)[i] * sizes[i], np.eye(n)[j] * sizes[j]

                def samples(h, a=a, b=b, same=i == j):
                    if same:
                        return (self.guarded(h * a) - 2 * base + self.guarded(-h * a)) / h**2
                    corners = [self.guarded(h * (s * a + t * b)) * s * t for s in (1, -1) for t in (1, -1)]
                    return sum(corners) / (4 * h**2)

                value, error = self._thrice(samples, (0.1, 0.043, 0.023), 1e-10 * abs(base))
                scale = sizes[i] * sizes[j]
                matrix[i, j] = matrix[j, i] = np.ravel(value)[0] / scale
                errors[i, j] = errors[j, i] = np.ravel(error)[0] / scale
        return matrix, errors
