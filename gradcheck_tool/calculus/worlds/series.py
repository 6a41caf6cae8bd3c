"""Words that are summed here: slopes of (exp(x) - 1)/x, of the zeta function in its argument, and of Kolmogorov's law.

References: Abramowitz and Stegun (1964), 23.2.3 (Euler-Maclaurin for zeta); Marsaglia, Tsang and Wang (2003) on
Kolmogorov's distribution.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.psi import BERNOULLI

_FAR = 19.0  # where the asymptotic expansion of I_n is exact to rounding
_HEAD = 24  # terms of the zeta function that are added one by one


def bessel_i(n: Any, x: Any) -> Any:
    """The modified Bessel function I_n of a small whole order, without SciPy: its series, or far out its expansion."""
    order, x = int(n), np.asarray(x, dtype=float)
    near = np.where(np.abs(x) < _FAR, x, 0.0)
    total: Any = 0.0
    for k in reversed(range(1, 60)):
        total = (1 + total) * (near / 2) ** 2 / (k * (k + order))
    series = (1 + total) * (near / 2) ** order / math.factorial(order)
    far = np.where(np.abs(x) < _FAR, _FAR, np.abs(x))
    tail: Any = 0.0
    for k in reversed(range(1, 24)):
        tail = -(1 + tail) * (4 * order * order - (2 * k - 1) ** 2) / (8 * k * far)
    root = np.exp(far / 2)  # twice a half, which overflows later
    grown = root * ((1 + tail) / np.sqrt(2 * math.pi * far)) * root * np.where(x < 0, (-1.0) ** order, 1.0)
    return np.where(np.abs(x) < _FAR, series, grown)[()]


def exprel_slope(order: Any, x: Any) -> Any:
    """The first or second derivative of ``(exp(x) - 1)/x``."""
    order, x = int(order), np.asarray(x, dtype=float)
    small = np.where(np.abs(x) < 1.5, x, 0.0)
    series: Any = 0.0
    for k in reversed(range(26)):
        series = series * small / (k + 1) + 1 / (k + order + 1)
    safe = np.where(np.abs(x) < 1.5, 2.0, x)
    grown = np.exp(safe)
    first = grown / safe - np.expm1(safe) / safe / safe
    found = first if order == 1 else (grown - 2 * first) / safe
    return np.where(np.abs(x) < 1.5, series, found)[()]


def zeta_slope(order: Any, s: Any, q: Any) -> Any:
    """The first or second derivative of ``sum of (n + q)**-s`` in s, by Euler-Maclaurin; nan for s far below 0."""
    order = int(order)
    s, q = np.broadcast_arrays(np.asarray(s, dtype=float), np.asarray(q, dtype=float))
    total = sum(_power_slope(order, s, q + n) for n in range(_HEAD))
    far = q + _HEAD
    log, gap = np.log(far), s - 1
    scale = far**-gap
    # the integral of t**-s from `far` on, and its derivatives
    tail = -scale * (log / gap + 1 / gap**2) if order == 1 else scale * (log**2 / gap + 2 * log / gap**2 + 2 / gap**3)
    total = total + tail + _power_slope(order, s, far) / 2
    jet = [s, np.ones_like(s), np.zeros_like(s)]  # s (s+1) ... (s+2k-2) with two derivatives
    for k, number in enumerate(BERNOULLI, 1):
        if k > 1:
            jet = _times_linear(_times_linear(jet, s + 2 * k - 3), s + 2 * k - 2)
        moved = [jet[0], jet[1] - log * jet[0], jet[2] - 2 * log * jet[1] + log**2 * jet[0]]
        total = total + number / math.factorial(2 * k) * moved[order] * far ** -(s + 2 * k - 1)
    return np.where(s > -4, total, np.nan)[()]


def _power_slope(order: int, s: Any, base: Any) -> Any:
    return (-np.log(base)) ** order * base**-s


def _times_linear(jet: list[Any], factor: Any) -> list[Any]:
    return [jet[0] * factor, jet[1] * factor + jet[0], jet[2] * factor + 2 * jet[1]]


def kolmogorov_slope(order: Any, x: Any) -> Any:
    """The first or second derivative of Kolmogorov's ``2 * sum of (-1)**(k-1) * exp(-2*k*k*x*x)``."""
    order, x = int(order), np.asarray(x, dtype=float)
    large, small = np.maximum(x, 0.8), np.clip(x, 1e-3, 0.8)
    right: Any = 0.0
    left: Any = 0.0
    for k in range(1, 12):
        rate = 4.0 * k * k
        wave = 2 * (-1) ** (k - 1) * np.exp(-rate / 2 * large * large)
        right = right + (-rate * large * wave if order == 1 else (rate * large) ** 2 * wave - rate * wave)
        # the same function as 1 - sqrt(2*pi)/x * sum of exp(-c/x**2)
        c = (2 * k - 1) ** 2 * math.pi**2 / 8
        term = np.exp(-c / small**2)
        slope = 2 * c / small**4 - 1 / small**2
        left = left - math.sqrt(2 * math.pi) * term * (
            slope if order == 1 else slope * 2 * c / small**3 - 8 * c / small**5 + 2 / small**3
        )
    return np.where(x >= 0.8, right, np.where(x > 1e-3, left, 0.0))[()]
