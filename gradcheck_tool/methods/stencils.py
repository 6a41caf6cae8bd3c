"""Fixed difference formulas as rows of exact numbers, for error curves and for teaching.

A stencil of order p approximates ``f'(x)`` by ``sum(w * f(x + k*h)) / h`` over its nodes k, with the
error ``C f^(p+1)(x) h^p`` of truncation and at most ``K eps_f / h`` of rounding, K = sum(abs(w)).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gradcheck_tool.subject.packing import Vector


@dataclass(frozen=True, slots=True)
class Stencil:
    """One formula: nodes in steps, their weights, its order p and the constants C (signed) and K."""

    name: str
    nodes: tuple[int, ...]
    weights: tuple[Fraction, ...]
    order: int
    truncation: Fraction
    rounding: Fraction

    def best_step(self, noise: float, derivative: float) -> float:
        """Where truncation and rounding balance: ``(K eps_f / (p |C f^(p+1)|))^(1/(p+1))``.

        `noise` is eps_f, `derivative` is ``f^(p+1)``; infinite where that vanishes.
        """
        bend = self.order * abs(float(self.truncation) * derivative)
        return float((float(self.rounding) * noise / bend) ** (1 / (self.order + 1))) if bend else float("inf")

    def best_error(self, noise: float, derivative: float) -> float:
        """The error at the best step: ``(p+1)/p * K eps_f / h``."""
        return (self.order + 1) / self.order * float(self.rounding) * noise / self.best_step(noise, derivative)


def _stencil(  # noqa: PLR0913, PLR0917 - a row of the table
    name: str, nodes: str, weights: str, order: int, truncation: str, rounding: str
) -> Stencil:
    exact = tuple(Fraction(weight) for weight in weights.split())
    return Stencil(name, tuple(map(int, nodes.split())), exact, order, Fraction(truncation), Fraction(rounding))


# fmt: off
STENCILS = (
    #         name         nodes                weights                                       p   C          K
    _stencil("forward",   "0 1",               "-1 1",                                       1, "1/2",     "2"),
    _stencil("backward",  "-1 0",              "-1 1",                                       1, "-1/2",    "2"),
    _stencil("forward-3", "0 1 2",             "-3/2 2 -1/2",                                2, "-1/3",    "4"),
    _stencil("forward-4", "0 1 2 3",           "-11/6 3 -3/2 1/3",                           3, "1/4",     "20/3"),
    _stencil("central",   "-1 1",              "-1/2 1/2",                                   2, "1/6",     "1"),
    _stencil("central-4", "-2 -1 1 2",         "1/12 -2/3 2/3 -1/12",                        4, "-1/30",   "3/2"),
    _stencil("central-6", "-3 -2 -1 1 2 3",    "-1/60 3/20 -3/4 3/4 -3/20 1/60",             6, "1/140",   "11/6"),
    _stencil("central-8", "-4 -3 -2 -1 1 2 3 4",
             "1/280 -4/105 1/5 -4/5 4/5 -1/5 4/105 -1/280",                                  8, "-1/630",  "25/12"),
)
# fmt: on

BY_NAME = {stencil.name: stencil for stencil in STENCILS}


def apply(stencil: Stencil, evaluate: Callable[[float], Vector], h: float) -> Vector:
    """The stencil's estimate of the slope at step `h`, shape (m,).

    `evaluate` takes a displacement from the point. Weights are applied as ratios of whole numbers over
    their common denominator, so that the plain formulas stay the textbook's:
    ``(f(x+h) - f(x)) / h`` and ``(f(x+h) - f(x-h)) / (2h)``.
    """
    common = int(np.lcm.reduce([weight.denominator for weight in stencil.weights]))
    # From the right to the left: the sum then starts with f(x+h), as the textbooks write it.
    terms = [
        int(weight * common) * np.asarray(evaluate(node * h), dtype=float)
        for node, weight in zip(reversed(stencil.nodes), reversed(stencil.weights), strict=True)
    ]
    return np.asarray(sum(terms[1:], start=terms[0]) / (common * h))


def curve_points(stencil: Stencil, evaluate: Callable[[float], float], steps: Iterable[float]) -> Vector:
    """The stencil's estimate of the slope of a scalar function at every step, shape (number of steps,).

    `evaluate` takes a displacement from the point. Nothing is done against the rounding of the nodes:
    the curve shows what the formula does in floats.
    """
    return np.array([float(apply(stencil, lambda move: np.asarray(evaluate(move), dtype=float), h)) for h in steps])
