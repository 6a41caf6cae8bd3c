"""The words of the rules that neither NumPy nor SciPy has: derivatives that would cancel if they were spelled out."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds import densities, series, tails
from gradcheck_tool.calculus.worlds.carlson import CARLSON_WORDS, ellipeinc_m, ellipeinc_mm, ellipkinc_m, ellipkinc_mm
from gradcheck_tool.calculus.worlds.scipy_words import Word, dispatched


def log_ratio(a: Any, b: Any) -> Any:
    """``log(a/b)``, exact where a and b are close."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    close = np.abs(a - b) <= b / 2
    safe = np.where(close, b, 1.0)
    return np.where(close, np.log1p(np.where(close, a - b, 0.0) / safe), np.log(a / np.where(close, 1.0, b)))[()]


_WORDS: tuple[Word, ...] = (
    densities.gamma_density,
    densities.beta_density,
    densities.t_density,
    densities.log1p_ratio,
    densities.log1p_ratio_slope,
    densities.digamma_gap,
    densities.rgamma_slope,
    densities.binom_slope,
    tails.erfcx_slope,
    tails.dawsn_slope,
    tails.voigt_derivative,
    tails.ive_slope,
    tails.kve_slope,
    series.bessel_i,
    series.exprel_slope,
    series.zeta_slope,
    series.kolmogorov_slope,
    ellipkinc_m,
    ellipkinc_mm,
    ellipeinc_m,
    ellipeinc_mm,
    log_ratio,
)
OWN_WORDS: dict[str, Word] = {
    name: dispatched(name, word) for name, word in {**{word.__name__: word for word in _WORDS}, **CARLSON_WORDS}.items()
}
