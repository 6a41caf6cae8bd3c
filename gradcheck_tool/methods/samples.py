"""The values of a function along one coordinate, each computed once, and the quotients made of them."""

from __future__ import annotations

import numpy as np

from gradcheck_tool.methods.ladder import UNIT
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem


def power_of_two(size: float) -> float:
    """The largest power of two not above `size`: steps of this kind leave the fewest node errors."""
    return float(2.0 ** np.floor(np.log2(size)))


class Samples:
    """Plain runs beside the point along one input, kept so that every ladder can reuse them.

    Parameters
    ----------
    problem, column
        The function and the input that moves.
    noise
        How far rounding can move each output, absolute, shape (m,). May be raised later on.
    cap
        The largest step allowed, a power of two.
    """

    def __init__(self, problem: Problem, column: int, noise: Vector, cap: float = np.inf) -> None:
        self.problem = problem
        self.column = column
        self.noise = noise
        self.cap = cap
        self.origin = problem.y
        self._seen: dict[float, tuple[Vector, float]] = {}

    @property
    def size(self) -> float:
        """The magnitude of the input."""
        return abs(float(self.problem.x[self.column]))

    @property
    def scale(self) -> float:
        """The natural length of the input: a power of two near it, 1 where it is 0; at most twice the cap."""
        size = self.size
        return min(power_of_two(size) if np.isfinite(size) and size > 1e-300 else 1.0, 2 * self.cap)

    @property
    def grain(self) -> float:
        """The distance between neighbouring values the input can take."""
        size = float(self.problem.x[self.column])
        seen = 0
        for leaf in self.problem.inputs.leaves:
            seen += leaf.size
            if self.column < seen:
                kind = np.dtype(float) if leaf.dtype is None else leaf.dtype
                return float(np.spacing(np.abs(kind.type(size))))
        return float(np.spacing(abs(size)))

    @property
    def steps(self) -> list[float]:
        """Every step taken to both sides so far, the largest first."""
        return sorted((h for h in self._seen if h > 0 and -h in self._seen), reverse=True)

    def at(self, step: float) -> tuple[Vector, float]:
        """The value at a signed displacement, shape (m,), and the displacement the input really had."""
        if step == 0:
            return self.origin, 0.0
        if step not in self._seen:
            moved = self.problem.x.copy()
            moved[self.column] += step
            # A float32 argument is rounded again on its way into the function.
            node = self.problem.inputs.pack(self.problem.inputs.unpack(moved))[self.column]
            self._seen[step] = self.problem.evaluate(moved), float(node - self.problem.x[self.column])
        return self._seen[step]

    def values(self, step: float) -> Vector:
        """The value at a signed displacement, shape (m,)."""
        return self.at(step)[0]

    def central(self, step: float) -> tuple[Vector, Vector]:
        """``(f(x+h) - f(x-h)) / 2h`` and its noise, for a ladder of ratio 4."""
        upper, right = self.at(step)
        lower, left = self.at(-step)
        width = right - left
        if not (right > 0 > left):
            return _undefined(upper), _undefined(upper)
        with np.errstate(all="ignore"):
            noise = (self._rounding(upper) + self._rounding(lower)) / width
            # Nodes that are not quite symmetric show the slope at their middle.
            bend = np.abs(upper - 2 * self.origin + lower) / step**2 * abs(right + left) / 2
            return (upper - lower) / width, noise + np.nan_to_num(bend)

    def one_sided(self, step: float) -> tuple[Vector, Vector]:
        """``(f(x+h) - f(x)) / h`` for h of either sign, and its noise, for a ladder of ratio 2."""
        value, moved = self.at(step)
        if moved == 0:
            return _undefined(value), _undefined(value)
        with np.errstate(all="ignore"):
            noise = (self._rounding(value) + self._rounding(self.origin)) / abs(moved)
            return (value - self.origin) / moved, noise

    def bend(self, step: float) -> Vector:
        """``f(x+h) - 2 f(x) + f(x-h)``: falls like h squared where f is smooth, like h at a kink."""
        with np.errstate(all="ignore"):
            return self.values(step) - 2 * self.origin + self.values(-step)

    def rise(self, step: float) -> Vector:
        """``f(x+h) - f(x-h)``: does not fall with h across a jump."""
        with np.errstate(all="ignore"):
            return self.values(step) - self.values(-step)

    def rounding(self, step: float) -> Vector:
        """The rounding error a value at ``x + step`` or ``x - step`` must be granted, shape (m,)."""
        return np.maximum(self._rounding(self.values(step)), self._rounding(self.values(-step)))

    def _rounding(self, value: Vector) -> Vector:
        return np.maximum(self.noise, UNIT * np.abs(value))


def _undefined(like: Vector) -> Vector:
    return np.full(like.shape, np.nan)
