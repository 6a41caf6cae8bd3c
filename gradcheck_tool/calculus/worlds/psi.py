"""Digamma and trigamma of a float, accurate to a few ulp: the derivatives of lgamma.

Near its positive root digamma is written as a difference from the root, ``sum of d/((n + x)*(n + root))``,
whose terms all have one sign: subtracting a recurrence would lose every digit there.

References: Abramowitz and Stegun (1964), equations 6.3.6, 6.3.7, 6.3.16, 6.3.18, 6.4.6, 6.4.7, 6.4.12.
"""

from __future__ import annotations

import math

_ROOT = 1.4616321449683622  # the positive root of digamma, and what its double leaves over
_ROOT_REST = 9.549995429965697e-17
_SHIFT = 12
# B_2k / (2k) and B_2k, k = 1 .. 8, of the Bernoulli numbers.
BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510)
_DIGAMMA_SERIES = tuple(number / (2 * k) for k, number in enumerate(BERNOULLI, 1))


def digamma(x: float) -> float:
    """The derivative of log(gamma(x)); raises `ValueError` at the poles 0, -1, -2, ..., as `math.gamma` does."""
    if x <= 0:
        fraction = _fraction(x)
        return digamma(1 - x) - math.pi / math.tan(math.pi * fraction)
    if x >= _SHIFT:
        return math.log(x) - 1 / (2 * x) - _polynomial(_DIGAMMA_SERIES, 1 / (x * x))
    return _digamma_from_root(x)


def trigamma(x: float) -> float:
    """The second derivative of log(gamma(x)); raises `ValueError` at the poles 0, -1, -2, ..."""
    if x <= 0:
        ratio = math.pi / math.sin(math.pi * _fraction(x))
        return ratio * ratio - trigamma(1 - x)
    head = 0.0
    while x < _SHIFT:
        head += 1 / (x * x)
        x += 1
    inverse = 1 / x
    return head + (inverse + inverse * inverse / 2 + inverse * _polynomial(BERNOULLI, inverse * inverse))


def _fraction(x: float) -> float:
    """How far x is beyond the nearest whole number, exactly."""
    if not math.isfinite(x):
        return math.nan
    fraction = x - round(x)
    if fraction == 0:
        raise ValueError("math domain error")
    return fraction


def _polynomial(coefficients: tuple[float, ...], t: float) -> float:
    total = 0.0
    for coefficient in reversed(coefficients):
        total = (total + coefficient) * t
    return total


def _digamma_from_root(x: float) -> float:
    gap = (x - _ROOT) - _ROOT_REST
    far, near = x + _SHIFT, _ROOT + _SHIFT
    ratio = gap / (far * near)  # 1/near - 1/far
    t, s = 1 / (far * far), 1 / (near * near)
    total = slope = 0.0  # Horner's scheme for the divided difference of the asymptotic series between t and s
    for coefficient in (*reversed(_DIGAMMA_SERIES), 0.0):
        slope = slope * s + total
        total = total * t + coefficient
    tail = math.log1p(gap / near) + ratio / 2 + slope * ratio * (1 / far + 1 / near)
    terms = [gap / ((n + x) * (n + _ROOT)) for n in range(_SHIFT)]
    return math.fsum([*terms, tail])
