"""Derivatives of scaled functions where the recurrences cancel: asymptotic series, differentiated term by term.

The derivative of ``exp(x*x)*erfc(x)`` is ``2*x*y - 2/sqrt(pi)``, which at x = 1000 loses seven digits of sixteen, and
``ive(1, x) - ive(0, x)`` is no better. Beyond a radius where the asymptotic series is exact to rounding its terms
are used instead; none of them cancels.

References: Abramowitz and Stegun (1964), 7.1.23 (the Faddeeva function), 9.7.1 and 9.7.2 (modified Bessel functions).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.scipy_words import special

_RADIUS = 6.0  # there the smallest term of the series of w is exp(-36)
_TERMS = 34
_BESSEL_RADIUS = 25.0
_BESSEL_TERMS = 24


def faddeeva(order: int, z: Any) -> Any:
    """The derivative of that order of ``w(z) = exp(-z*z)*erfc(-1j*z)`` for z in the closed upper half plane."""
    z = np.asarray(z, dtype=complex)
    far = np.abs(z) >= _RADIUS
    total = _faddeeva_near(order, np.where(far, 0.0, z))
    if np.any(far):
        total = np.where(far, _faddeeva_far(order, np.where(far, z, 10.0)), total)
    return total[()]


def _faddeeva_near(order: int, z: Any) -> Any:
    before, now = np.zeros_like(z), special().wofz(z)
    for k in range(order):
        before, now = now, -2 * z * now + (2j / math.sqrt(math.pi) if k == 0 else -2 * k * before)
    return now


def _faddeeva_far(order: int, z: Any) -> Any:
    inverse = 1 / (z * z)
    total = np.zeros_like(z)
    for k in reversed(range(_TERMS)):
        # term k is (2k-1)!!/2**k * (2k+1)(2k+2)...(2k+order) / z**(2k+1+order)
        total = total * inverse * (k + 0.5) + math.prod(range(2 * k + 1, 2 * k + 1 + order))
    return 1j / math.sqrt(math.pi) * (-1) ** order * total / z ** (1 + order)


def erfcx_slope(order: Any, x: Any) -> Any:
    """The derivative of that order of ``exp(x*x)*erfc(x)``."""
    order, x = int(order), np.asarray(x, dtype=float)
    y = special().erfcx(x)
    before, now = np.zeros_like(x), y
    for k in range(order):
        before, now = now, 2 * x * now + (-2 / math.sqrt(math.pi) if k == 0 else 2 * k * before)
    far = x >= _RADIUS
    if np.any(far):
        now = np.where(far, (1j**order * _faddeeva_far(order, 1j * np.where(far, x, 10.0))).real, now)
    return now[()]


def dawsn_slope(order: Any, x: Any) -> Any:
    """The derivative of that order of Dawson's integral."""
    order, x = int(order), np.asarray(x, dtype=float)
    before, now = np.zeros_like(x), special().dawsn(x)
    for k in range(order):
        before, now = now, -2 * x * now + (1.0 if k == 0 else -2 * k * before)
    far = np.abs(x) >= _RADIUS
    if np.any(far):
        asymptotic = _faddeeva_far(order, np.where(far, x, 10.0).astype(complex)).imag * math.sqrt(math.pi) / 2
        now = np.where(far, asymptotic, now)
    return now[()]


def voigt_derivative(p: Any, q: Any, x: Any, sigma: Any, gamma: Any) -> Any:
    """The Voigt profile, differentiated p times in x and q times in gamma; 0 < sigma."""
    order, turns = int(p) + int(q), int(q)
    scale = np.asarray(sigma, dtype=float) * math.sqrt(2)
    z = (np.asarray(x, dtype=float) + 1j * np.asarray(gamma, dtype=float)) / scale
    return (1j**turns * faddeeva(order, z) / scale**order).real / (scale * math.sqrt(math.pi))


def ive_slope(order: Any, v: Any, x: Any) -> Any:
    """The first or second derivative of ``exp(-abs(x))*I_v(x)``."""
    v, x = np.asarray(v, dtype=float), np.asarray(x, dtype=float)
    ive, sign = special().ive, np.sign(x)
    if order == 1:
        near = (ive(v - 1, x) + ive(v + 1, x)) / 2 - sign * ive(v, x)
    else:
        near = (ive(v - 2, x) + 6 * ive(v, x) + ive(v + 2, x)) / 4 - sign * (ive(v - 1, x) + ive(v + 1, x))
    far = np.abs(x) > np.maximum(_BESSEL_RADIUS, v * v / 2)
    if np.any(far):
        # a whole order is even or odd; at other orders a negative x has no real value
        parity = np.where(x < 0, np.where(v % 2 == 0, 1.0, np.where(v % 1 == 0, -1.0, np.nan)), 1.0)
        series = _hankel(int(order), v, np.where(far, np.abs(x), 100.0), -1.0) / math.sqrt(2 * math.pi)
        near = np.where(far, parity * sign ** int(order) * series, near)
    return near[()]


def kve_slope(order: Any, v: Any, x: Any) -> Any:
    """The first or second derivative of ``exp(x)*K_v(x)``."""
    v, x = np.asarray(v, dtype=float), np.asarray(x, dtype=float)
    kve = special().kve
    if order == 1:
        near = kve(v, x) - (kve(v - 1, x) + kve(v + 1, x)) / 2
    else:
        near = (kve(v - 2, x) + 6 * kve(v, x) + kve(v + 2, x)) / 4 - (kve(v - 1, x) + kve(v + 1, x))
    far = x > np.maximum(_BESSEL_RADIUS, v * v / 2)
    if np.any(far):
        series = _hankel(int(order), v, np.where(far, x, 100.0), 1.0) * math.sqrt(math.pi / 2)
        near = np.where(far, series, near)
    return near[()]


def _hankel(order: int, v: Any, x: Any, sign: float) -> Any:
    """The derivative of ``sum of sign**k * a_k(v) * x**(-k - 1/2)``."""
    total: Any = 0.0
    coefficient: Any = np.ones_like(v)
    for k in range(_BESSEL_TERMS):
        falling = math.prod(-(k + 0.5 + j) for j in range(order))
        total = total + coefficient * falling * x ** (-(k + 0.5 + order))
        coefficient = sign * coefficient * (4 * v * v - (2 * k + 1) ** 2) / (8 * (k + 1))
    return total
