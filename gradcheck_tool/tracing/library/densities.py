"""Distributions in their standard form, as functions of recorded values: densities, distribution functions, quantiles.

Sources of the formulas: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions; for the discrete ones
Johnson, Kemp and Kotz, Univariate Discrete Distributions. Arguments are the standard variable z = (x - loc)/scale,
or the probability q, then the shape parameters.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.originals import original

Form = Callable[..., Any]
_HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)


def _special(name: str) -> Form:
    def asking(*args: Any) -> Any:
        return original(f"scipy.special.{name}")(*args)  # looked up late: only who calls it has loaded it

    return asking


_ndtr, _log_ndtr, _ndtri, _gammaln, _xlogy, _xlog1py = map(
    _special, ("ndtr", "log_ndtr", "ndtri", "gammaln", "xlogy", "xlog1py")
)
_expit, _log_expit, _logit, _betaln = map(_special, ("expit", "log_expit", "logit", "betaln"))


@dataclass(frozen=True)
class Family:
    """One continuous distribution.

    Attributes
    ----------
    logpdf, forms
        The logarithm of the standard density; the other functions by SciPy's method names.
    low, high
        The ends of the support; inside them the formulas hold.
    """

    logpdf: Form
    forms: dict[str, Form] = field(default_factory=dict)
    low: float = -math.inf
    high: float = math.inf


def _t_logpdf(z: Any, df: Any) -> Any:
    half = 0.5 * (df + 1.0)
    return _gammaln(half) - _gammaln(0.5 * df) - 0.5 * np.log(df * math.pi) - half * np.log1p(z * z / df)


def _chi2_logpdf(z: Any, df: Any) -> Any:
    return _xlogy(0.5 * df - 1.0, z) - 0.5 * z - _gammaln(0.5 * df) - 0.5 * math.log(2.0) * df


CONTINUOUS: dict[str, Family] = {
    "norm": Family(
        lambda z: -0.5 * z**2 - _HALF_LOG_2PI,
        {
            "cdf": _ndtr, "sf": lambda z: _ndtr(-z), "logcdf": _log_ndtr, "logsf": lambda z: _log_ndtr(-z),
            "ppf": _ndtri, "isf": lambda q: -_ndtri(q),
        },
    ),
    "expon": Family(
        lambda z: -z,
        {
            "cdf": lambda z: -np.expm1(-z), "sf": lambda z: np.exp(-z), "logsf": lambda z: -z,
            "ppf": lambda q: -np.log1p(-q), "isf": lambda q: -np.log(q),
        },
        low=0.0,
    ),
    "uniform": Family(lambda z: 0.0 * z, {"cdf": lambda z: 1.0 * z, "sf": lambda z: 1.0 - z, "ppf": lambda q: 1.0 * q},
                      low=0.0, high=1.0),
    "lognorm": Family(
        lambda z, s: -0.5 * (np.log(z) / s) ** 2 - np.log(s * z) - _HALF_LOG_2PI,
        {
            "cdf": lambda z, s: _ndtr(np.log(z) / s), "sf": lambda z, s: _ndtr(-np.log(z) / s),
            "logcdf": lambda z, s: _log_ndtr(np.log(z) / s), "logsf": lambda z, s: _log_ndtr(-np.log(z) / s),
            "ppf": lambda q, s: np.exp(s * _ndtri(q)), "isf": lambda q, s: np.exp(-s * _ndtri(q)),
        },
        low=0.0,
    ),
    "gamma": Family(
        lambda z, a: _xlogy(a - 1.0, z) - z - _gammaln(a),
        {
            "cdf": lambda z, a: _special("gammainc")(a, z), "sf": lambda z, a: _special("gammaincc")(a, z),
            "ppf": lambda q, a: _special("gammaincinv")(a, q),
        },
        low=0.0,
    ),
    "chi2": Family(
        _chi2_logpdf,
        {
            "cdf": lambda z, df: _special("gammainc")(0.5 * df, 0.5 * z),
            "sf": lambda z, df: _special("gammaincc")(0.5 * df, 0.5 * z),
        },
        low=0.0,
    ),
    "beta": Family(
        lambda z, a, b: _xlog1py(b - 1.0, -z) + _xlogy(a - 1.0, z) - _betaln(a, b),
        {
            "cdf": lambda z, a, b: _special("betainc")(a, b, z),
            "sf": lambda z, a, b: _special("betainc")(b, a, 1.0 - z),
        },
        low=0.0,
        high=1.0,
    ),
    "t": Family(
        _t_logpdf,
        {"cdf": lambda z, df: _special("stdtr")(df, z), "sf": lambda z, df: _special("stdtr")(df, -z)},
    ),
    "cauchy": Family(
        lambda z: -math.log(math.pi) - np.log1p(z * z),
        {
            "cdf": lambda z: 0.5 + np.arctan(z) / math.pi, "sf": lambda z: 0.5 - np.arctan(z) / math.pi,
            "ppf": lambda q: np.tan(math.pi * (q - 0.5)), "isf": lambda q: np.tan(math.pi * (0.5 - q)),
        },
    ),
    "logistic": Family(
        lambda z: _log_expit(z) + _log_expit(-z),
        {
            "cdf": _expit, "sf": lambda z: _expit(-z), "logcdf": _log_expit, "logsf": lambda z: _log_expit(-z),
            "ppf": _logit, "isf": lambda q: -_logit(q),
        },
    ),
    "laplace": Family(
        lambda z: -math.log(2.0) - np.abs(z),
        {
            "cdf": lambda z: np.where(z > 0, 1.0 - 0.5 * np.exp(-np.abs(z)), 0.5 * np.exp(-np.abs(z))),
            "sf": lambda z: np.where(z > 0, 0.5 * np.exp(-np.abs(z)), 1.0 - 0.5 * np.exp(-np.abs(z))),
        },
    ),
    "weibull_min": Family(
        lambda z, c: np.log(c) + _xlogy(c - 1.0, z) - z**c,
        {
            "cdf": lambda z, c: -np.expm1(-(z**c)), "sf": lambda z, c: np.exp(-(z**c)), "logsf": lambda z, c: -(z**c),
            "ppf": lambda q, c: (-np.log1p(-q)) ** (1.0 / c),
        },
        low=0.0,
    ),
    "pareto": Family(
        lambda z, b: np.log(b) - (b + 1.0) * np.log(z),
        {
            "cdf": lambda z, b: -np.expm1(-b * np.log(z)), "sf": lambda z, b: np.exp(-b * np.log(z)),
            "ppf": lambda q, b: np.exp(-np.log1p(-q) / b),
        },
        low=1.0,
    ),
    "rayleigh": Family(
        lambda z: np.log(z) - 0.5 * z**2,
        {"cdf": lambda z: -np.expm1(-0.5 * z**2), "sf": lambda z: np.exp(-0.5 * z**2), "logsf": lambda z: -0.5 * z**2,
         "ppf": lambda q: np.sqrt(-2.0 * np.log1p(-q))},
        low=0.0,
    ),
    "gumbel_r": Family(
        lambda z: -z - np.exp(-z),
        {"cdf": lambda z: np.exp(-np.exp(-z)), "logcdf": lambda z: -np.exp(-z), "sf": lambda z: -np.expm1(-np.exp(-z)),
         "ppf": lambda q: -np.log(-np.log(q))},
    ),
    "halfnorm": Family(
        lambda z: 0.5 * math.log(2.0 / math.pi) - 0.5 * z**2,
        {"cdf": lambda z: _special("erf")(z / math.sqrt(2.0)), "sf": lambda z: 2.0 * _ndtr(-z)},
        low=0.0,
    ),
}  # fmt: skip


def _binom_logpmf(k: Any, n: Any, p: Any) -> Any:
    ways = _gammaln(n + 1.0) - _gammaln(k + 1.0) - _gammaln(n - k + 1.0)
    return ways + _xlogy(k, p) + _xlog1py(n - k, -p)


# Functions of constant whole numbers and of shape parameters: logarithm of the mass, distribution function.
DISCRETE: dict[str, tuple[Form, Form | None]] = {
    "poisson": (
        lambda k, mu: _xlogy(k, mu) - _gammaln(k + 1.0) - mu,
        lambda k, mu: _special("gammaincc")(np.floor(k) + 1.0, mu),
    ),
    "binom": (_binom_logpmf, lambda k, n, p: _special("betainc")(n - np.floor(k), np.floor(k) + 1.0, 1.0 - p)),
    "bernoulli": (lambda k, p: _xlogy(k, p) + _xlog1py(1.0 - k, -p), None),
    "geom": (lambda k, p: _xlog1py(k - 1.0, -p) + np.log(p), lambda k, p: -np.expm1(np.floor(k) * np.log1p(-p))),
}
