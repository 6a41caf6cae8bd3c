"""Slopes of Carlson's symmetric elliptic integrals: one step into the complex plane, exact to rounding.

The integrals are analytic and SciPy computes them for complex arguments, so the imaginary part after a step of
1e-30 is the derivative: nothing is subtracted, nothing cancels where arguments are equal.

Reference: Squire and Trapp (1998), Using complex variables to estimate derivatives of real functions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.scipy_words import special

_STEP = 1e-30


def slope(name: str, place: int) -> Callable[..., Any]:
    """The partial derivative of one of the integrals in the operand at `place`; inf where that operand is 0."""

    def word(*operands: Any) -> Any:
        moved = [np.asarray(operand, dtype=complex) for operand in operands]
        at = np.asarray(operands[place], dtype=float)
        step = _STEP * np.where(at == 0, 1.0, np.abs(at))
        moved[place] = moved[place] + 1j * step
        found = getattr(special(), name)(*moved).imag / step
        return np.where(at == 0, -np.inf if name != "elliprg" else np.inf, found)[()]

    return word


CARLSON_WORDS = {
    f"{name}_{'xyzp'[place]}": slope(name, place)
    for name, count in (("elliprd", 3), ("elliprg", 3), ("elliprj", 4))
    for place in range(count)
}


def _turned(p: Any, m: Any) -> tuple[Any, Any, Any, Any]:
    """Half turns in the amplitude p, and sin, cos squared and delta squared of the rest."""
    p = np.asarray(p, dtype=float)
    turns = np.rint(p / np.pi)
    sine, cosine = np.sin(p - np.pi * turns), np.cos(p - np.pi * turns)
    return turns, sine, cosine * cosine, 1 - m * sine * sine


def _whole_turns(turns: Any, term: Any) -> Any:
    return np.where(turns == 0, 0.0, turns * term)


def ellipkinc_m(p: Any, m: Any) -> Any:
    """The derivative of the incomplete elliptic integral F(p, m) in m."""
    turns, sine, rest, delta = _turned(p, m)
    elliprd = special().elliprd
    return (sine**3 / 6 * elliprd(rest, 1.0, delta) + _whole_turns(turns, elliprd(0.0, 1.0, 1 - m) / 3))[()]


def ellipkinc_mm(p: Any, m: Any) -> Any:
    """The second derivative of F(p, m) in m."""
    turns, sine, rest, delta = _turned(p, m)
    moved = slope("elliprd", 2)
    return (-(sine**5) / 6 * moved(rest, 1.0, delta) - _whole_turns(turns, moved(0.0, 1.0, 1 - m) / 3))[()]


def ellipeinc_m(p: Any, m: Any) -> Any:
    """The derivative of the incomplete elliptic integral E(p, m) in m."""
    turns, sine, rest, delta = _turned(p, m)
    elliprd = special().elliprd
    return (-(sine**3) / 6 * elliprd(rest, delta, 1.0) - _whole_turns(turns, elliprd(0.0, 1 - m, 1.0) / 3))[()]


def ellipeinc_mm(p: Any, m: Any) -> Any:
    """The second derivative of E(p, m) in m."""
    turns, sine, rest, delta = _turned(p, m)
    moved = slope("elliprd", 1)
    return (sine**5 / 6 * moved(rest, delta, 1.0) + _whole_turns(turns, moved(0.0, 1 - m, 1.0) / 3))[()]
