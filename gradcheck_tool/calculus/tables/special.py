# ruff: noqa: E501 - a table is read across, one row to a line
"""The rows beyond the elementary functions, and the derivatives of the words no user can spell.

`SPECIAL` is part of the elementwise table. `WORDS` closes the vocabulary: every function a partial text may
mention that has no row of its own, with its partials in the same words, so that a world of (value, tangent)
pairs can differentiate the texts themselves.

Two partials are accurate to a few ulp of the function's scale rather than of the partial itself where they
pass through zero: ``sinc_slope`` at its zeros beyond 1.4, and ``digamma`` at its negative ones.

References: Abramowitz and Stegun (1964), chapters 6 (gamma, digamma) and 7 (erf).
"""

from __future__ import annotations

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.primitive import elementwise as row

_ANY = (-3.0, 3.0)
_UNIT = (0.05, 0.95)

# fmt: off
SPECIAL: tuple[Elementwise, ...] = (
    row("erf",       "x", "erf(x)",       ("2 / sqrt(pi) * gaussian(x)",),  "math.erf scipy.special.erf",          probe=_ANY),
    row("erfc",      "x", "erfc(x)",      ("-2 / sqrt(pi) * gaussian(x)",), "math.erfc scipy.special.erfc",        probe=_ANY, rounding=16),
    row("ndtr",      "x", "erfc(-x / sqrt(2)) / 2", ("gaussian_half(x) / sqrt(2 * pi)",), "scipy.special.ndtr",    probe=_ANY, rounding=8),
    row("gamma",     "x", "gamma(x)",     ("y * digamma(x)",),              "math.gamma scipy.special.gamma",      rounding=8),
    row("lgamma",    "x", "lgamma(x)",    ("digamma(x)",),                  "math.lgamma scipy.special.gammaln",   probe=(2.3, 6.0), rounding=16),
    row("digamma",   "x", "digamma(x)",   ("trigamma(x)",),                 "scipy.special.digamma scipy.special.psi", rounding=8),
    row("sinc",      "x", "sinc(x)",      ("sinc_slope(x)",),               "numpy.sinc",                          probe=(-0.8, 0.8), rounding=8),
    row("expit",     "x", "expit(x)",     ("expit(x) * expit(-x)",),        "scipy.special.expit",                 probe=_ANY, rounding=4),
    row("logit",     "x", "log(x / (1 - x))"  , ("1 / (x * (1 - x))",),     "scipy.special.logit",                 probe=_UNIT, rounding=4),
    row("log_expit", "x", "-logaddexp(0, -x)",  ("expit(-x)",),             "scipy.special.log_expit",             probe=_ANY, rounding=4),
    row("xlogy",     "a b", "xlogy(a, b)",     ("log(b)", "a / b"),         "scipy.special.xlogy",   rounding=3),
    row("xlog1py",   "a b", "xlog1py(a, b)", ("log1p(b)", "a / (1 + b)"), "scipy.special.xlog1py", rounding=3),
)

WORDS: tuple[Elementwise, ...] = (
    row("sech2",         "x",     "sech2(x)",         ("-2 * tanh(x) * y",),          "", probe=_ANY),
    row("gaussian",      "x",     "gaussian(x)",      ("-2 * x * y",),                "", probe=_ANY),
    row("gaussian_half", "x",     "gaussian_half(x)", ("-x * y",),                    "", probe=_ANY),
    row("expit_gap",     "a b",   "expit_gap(a, b)",  ("y * expit_gap(b, a)", "-y * expit_gap(b, a)"), "", probe=_ANY),
    row("expit2_gap",    "a b",   "expit2_gap(a, b)", ("ln2 * y * expit2_gap(b, a)", "-ln2 * y * expit2_gap(b, a)"), "", probe=_ANY),
    row("trigamma",      "x",     "trigamma(x)",      ("-",),                         ""),
    row("sinc_slope",    "x",     "sinc_slope(x)",    ("-",),                         "", probe=_ANY),
    row("ieee_remainder", "a b",  "ieee_remainder(a, b)", ("1", "-rint((a - y) / b)"), "",
        probe=((-9.0, 9.0), (0.5, 2.5)), analytic=False),
    row("power_partial_base",     "a b",   "power_partial_base(a, b)",
        ("b * power_partial_base(a, b - 1)", "a ** (b - 1) + y * log(a)"), ""),
    row("power_partial_exponent", "a b c", "power_partial_exponent(a, b, c)", ("c / a", "0", "log(a)"), ""),
)
# fmt: on
