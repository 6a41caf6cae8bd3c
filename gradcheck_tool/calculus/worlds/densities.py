"""The densities behind the incomplete gamma and beta functions, and differences of digamma: nothing cancels.

``exp((a - 1)*log(x) - x - lgamma(a))`` loses three digits at a = 1000, since its terms are large and its sum is not.
Here what is large is subtracted on paper.

References: Loader (2000), Fast and accurate computation of binomial probabilities; Abramowitz and Stegun (1964),
6.1.41 (Stirling's series), 6.3.18 (digamma).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.psi import BERNOULLI
from gradcheck_tool.calculus.worlds.scipy_words import special

_LARGE = 10.0
_SHIFT = 12


def gamma_density(a: Any, x: Any) -> Any:
    """``x**(a - 1) * exp(-x) / gamma(a)``."""
    a, x = np.asarray(a, dtype=float), np.asarray(x, dtype=float)
    near = np.power(x, a - 1) * np.exp(-x) * special().rgamma(a)
    large = (a >= _LARGE) & (x > 0)
    if np.any(large):
        a, x = np.where(large, a, _LARGE), np.where(large, x, _LARGE)
        shape = np.sqrt(a / (2 * math.pi)) * np.exp(a * _log1p_less((x - a) / a)) / stirling_ratio(a) / x
        near = np.where(large, shape, near)
    return near[()]


def beta_density(a: Any, b: Any, x: Any) -> Any:
    """``x**(a - 1) * (1 - x)**(b - 1) / beta(a, b)``."""
    a, b, x = (np.asarray(v, dtype=float) for v in (a, b, x))
    n = a + b
    near = np.power(x, a - 1) * np.power(1 - x, b - 1) / special().beta(a, b)
    large = (n > _LARGE) & (a > 0) & (b > 0) & (x > 0) & (x < 1)
    if np.any(large):
        a, b, n, x = (np.where(large, v, w) for v, w in ((a, 1.0), (b, 1.0), (n, 2.0), (x, 0.5)))
        exponent = a * _log1p_less((n * x - a) / a) + b * _log1p_less((n * (1 - x) - b) / b)
        stars = stirling_ratio(n) / (stirling_ratio(a) * stirling_ratio(b))
        shape = np.sqrt(a * b / (2 * math.pi * n)) * np.exp(exponent) * stars / (x * (1 - x))
        near = np.where(large, shape, near)
    return near[()]


def t_density(v: Any, t: Any) -> Any:
    """Student's density with v degrees of freedom."""
    v, t = np.asarray(v, dtype=float), np.asarray(t, dtype=float)
    half = np.where(np.isinf(v), 1.0, v) / 2
    # gamma(h + 1/2) / gamma(h), from the logarithms of both subtracted on paper
    stars = stirling_ratio(half + 0.5) / stirling_ratio(half)
    ratio = np.sqrt(half) * np.exp(half * np.log1p(0.5 / half) - 0.5) * stars
    found = ratio / np.sqrt(2 * half * math.pi) * np.exp(-(half + 0.5) * np.log1p(t * t / (2 * half)))
    return np.where(np.isinf(v), np.exp(-t * t / 2) / math.sqrt(2 * math.pi), found)[()]


def stirling_ratio(a: Any) -> Any:
    """Gamma(a) over Stirling's formula ``sqrt(2*pi/a) * (a/e)**a``; 0 < a."""
    a = np.asarray(a, dtype=float)
    small, large = np.minimum(a, _LARGE), np.maximum(a, _LARGE)
    direct = special().gamma(small) * np.sqrt(small / (2 * math.pi)) * np.exp(small * (1 - np.log(small)))
    square = 1 / (large * large)
    total: Any = 0.0
    for k in reversed(range(len(BERNOULLI))):
        total = total * square + BERNOULLI[k] / ((2 * k + 1) * (2 * k + 2))
    return np.where(a < _LARGE, direct, np.exp(total / large))


def _log1p_less(u: Any) -> Any:
    """``log1p(u) - u`` without cancellation near 0."""
    ratio = u / (2 + u)
    square = ratio * ratio
    total: Any = 0.0
    for k in reversed(range(1, 16)):
        total = total * square + 1 / (2 * k + 1)
    near = ratio * (2 * square * total - u)
    return np.where(np.abs(u) < 0.35, near, np.log1p(u) - u)


def log1p_ratio(u: Any) -> Any:
    """``log1p(u)/u``, 1 at 0."""
    u = np.asarray(u, dtype=float)
    safe = np.where(u == 0, 1.0, u)
    return np.where(u == 0, 1.0, np.log1p(safe) / safe)[()]


def log1p_ratio_slope(u: Any) -> Any:
    """The derivative of `log1p_ratio`; -1/2 at 0."""
    u = np.asarray(u, dtype=float)
    tiny = np.abs(u) < 1e-5
    safe = np.where(tiny, 1.0, u)
    return np.where(tiny, -0.5 + u * (2 / 3 - 0.75 * u), -1 / (1 + safe) - _log1p_less(safe) / (safe * safe))[()]


def digamma_gap(a: Any, b: Any) -> Any:
    """``digamma(a + b) - digamma(a)``; for 0 < a and 0 < a + b from a sum of terms of one sign."""
    a, b = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    plain = special().psi(a + b) - special().psi(a)
    good = (a > 0) & (a + b > 0)
    start, gap = np.where(good, a, 1.0), np.where(good, b, 1.0)
    near, far = start + _SHIFT, start + gap + _SHIFT
    t, s = 1 / (far * far), 1 / (near * near)
    total: Any = 0.0
    slope: Any = 0.0  # Horner's scheme for the divided difference of the asymptotic series between t and s
    for k in reversed(range(-1, len(BERNOULLI))):
        slope = slope * s + total
        total = total * t + (BERNOULLI[k] / (2 * k + 2) if k >= 0 else 0.0)
    ratio = gap / (far * near)
    tail = np.log1p(gap / near) + ratio / 2 + slope * ratio * (1 / far + 1 / near)
    terms = sum(gap / ((n + start) * (n + start + gap)) for n in range(_SHIFT))
    return np.where(good, terms + tail, plain)[()]


def rgamma_slope(order: Any, x: Any) -> Any:
    """The first or second derivative of 1/gamma(x), also at the poles of gamma; left of 1/2 by reflection."""
    x = np.asarray(x, dtype=float)
    polygamma, psi = special().polygamma, special().psi
    right, left = np.maximum(x, 0.5), np.minimum(x, 0.5)
    whole = np.rint(left)
    turn = np.where(whole % 2 == 0, 1.0, -1.0)
    sine, cosine = turn * np.sin(math.pi * (left - whole)), turn * np.cos(math.pi * (left - whole))
    slope = psi(1 - left)
    if order == 1:
        direct = -special().rgamma(right) * psi(right)
        mirrored = cosine - sine * slope / math.pi
    else:
        direct = special().rgamma(right) * (psi(right) ** 2 - polygamma(1, right))
        mirrored = sine * ((slope * slope + polygamma(1, 1 - left)) / math.pi - math.pi) - 2 * cosine * slope
    return np.where(x >= 0.5, direct, mirrored * special().gamma(1 - left))[()]


def binom_slope(n: Any, k: Any) -> Any:
    """The derivative of the binomial coefficient in n, also where it is 0 because k is beyond n."""
    n, k = np.asarray(n, dtype=float), np.asarray(k, dtype=float)
    lower = n - k + 1
    pole = (lower <= 0) & (lower == np.rint(lower))
    smooth = special().binom(n, k) * digamma_gap(np.where(pole, 1.0, lower), k)
    edge = special().gamma(n + 1) * special().rgamma(k + 1)
    return np.where(pole, edge * rgamma_slope(1, np.where(pole, lower, 0.0)), smooth)[()]
