"""The rounding of a gradient by reverse mode, sampled: for runs too large for one tangent per input.

Every line of the run, and every adjoint on the way back, is moved by its own roundoff in a random direction, and
what that does to the gradient is carried along as tangents: a few dozen directions in one walk, whatever the number of
inputs (Monte Carlo arithmetic to first order; Parker 1997). The root mean square over the directions times a few is
the bound.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.rules import ZERO, rules, spread
from gradcheck_tool.calculus.worlds.dual import CAREFUL_DUAL, DUAL, Dual
from gradcheck_tool.calculus.worlds.world import FLOAT, World
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.jacobian import seed
from gradcheck_tool.walks.values import has_complex, is_nested

Vector = NDArray[np.float64]

SAMPLES = 16
"""Directions. The mean square of 16 is below a fiftieth of what is expected with a probability of 1e-13."""

WIDE = 8.0
"""From the root mean square to a bound: errors of 8 standard deviations do not happen, samples 7 times too small
neither."""

ROUNDINGS = 2.0**-52
"""A product and the sum it goes into, relative to the adjoint they make."""

MOST_LINES = 100_000
MOST_ENTRIES = 30_000_000


def moved_by_rounding(trace: Trace, values: list[Any], slip: list[Any], outputs: int = 1) -> list[Any]:
    """How far rounding moves every line in random directions, shape (*value.shape, `SAMPLES`) per line.

    Empty where it would cost too much, and for runs with complex numbers.
    """
    entries = sum(np.size(value) for value in values)
    large = len(trace) > MOST_LINES or entries * SAMPLES * outputs > MOST_ENTRIES
    if large or is_nested(trace) or has_complex(trace):
        return []
    chance = np.random.default_rng(0)
    rule = rules("push", FLOAT)
    moved: list[Any] = [np.zeros((*np.shape(value), SAMPLES)) for value in values[: trace.inputs]]
    with np.errstate(all="ignore"):
        for k in range(trace.inputs, len(values)):
            try:
                tangent = rule[trace.operation[k]](moved, values, trace.first[k], trace.second[k], k)
            except (ArithmeticError, ValueError, TypeError):
                return []
            tangent = 0.0 if tangent is ZERO else spread(tangent, values[k])
            moved.append(tangent + np.asarray(slip[k])[..., None] * _signs(chance, np.shape(values[k])))
    return moved


def gradient_rounding(trace: Trace, line: int, entry: int, values: list[Any], moved: list[Any]) -> Vector:
    """How far rounding moves the gradient of one output number, shape (n,); infinite where that is not known."""
    values = [np.float64(value) if type(value) is float else value for value in values]
    duals = [Dual(value, tangent) for value, tangent in zip(values, moved, strict=True)]
    start = seed(values[line], entry)
    adjoints = _walk_up(trace, line, start, duals, DUAL)
    if adjoints is None:
        adjoints = _walk_up(trace, line, start, duals, CAREFUL_DUAL)
    sizes = [np.size(value) for value in values[: trace.inputs]]
    if adjoints is None:
        return np.full(sum(sizes), np.inf)
    parts = [_spread_of(adjoint, values[k]) for k, adjoint in enumerate(adjoints)]
    return WIDE * np.concatenate(parts) if parts else np.zeros(0)


def _walk_up(trace: Trace, line: int, start: Any, values: list[Any], world: World) -> list[Any] | None:
    """Adjoints of the inputs, each moved by its own roundoff on the way; None where they are not finite."""
    chance = np.random.default_rng(1)
    rule = rules("pull", world)
    adj: list[Any] = [ZERO] * len(values)
    own: list[Any] = [False] * len(values)
    adj[line] = start
    with np.errstate(all="ignore"):
        for k in range(line, trace.inputs - 1, -1):
            if adj[k] is ZERO:
                continue
            try:
                rule[trace.operation[k]](adj, own, _rounded(adj[k], chance), values, trace.first[k], trace.second[k], k)
            except (ArithmeticError, ValueError, TypeError, CannotFollow):
                return None
    found = [adjoint if adjoint is ZERO else _rounded(adjoint, chance) for adjoint in adj[: trace.inputs]]
    return found if all(np.all(np.isfinite(g.tangents)) for g in found if isinstance(g, Dual)) else None


def _rounded(adjoint: Any, chance: np.random.Generator) -> Dual:
    value, tangents = (adjoint.value, adjoint.tangents) if type(adjoint) is Dual else (adjoint, 0.0)
    own = ROUNDINGS * np.abs(np.asarray(value))[..., None] * _signs(chance, np.shape(value))
    return Dual(value, tangents + own)


def _signs(chance: np.random.Generator, shape: tuple[int, ...]) -> Vector:
    return np.asarray(chance.integers(0, 2, (*shape, SAMPLES)) * 2.0 - 1.0)


def _spread_of(adjoint: Any, value: Any) -> Vector:
    """The root mean square of what the samples did to one input's adjoint, flat."""
    if adjoint is ZERO:
        return np.zeros(np.size(value))
    tangents = np.broadcast_to(adjoint.tangents, (*np.shape(value), SAMPLES))
    return np.asarray(np.sqrt(np.mean(np.square(tangents), axis=-1))).ravel()
