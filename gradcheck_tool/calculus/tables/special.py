# ruff: noqa: E501 - a table is read across, one row to a line
"""The rows beyond the elementary functions, and the derivatives of the words no user can spell.

`SPECIAL` is part of the elementwise table. `WORDS` closes the vocabulary: every function a partial text may
mention that has no row of its own, with its partials in the same words, so that a world of (value, tangent)
pairs can differentiate the texts themselves.

Some partials are accurate to a few ulp of the function's scale rather than of the partial itself where they
pass through zero: ``sinc_slope`` at its zeros beyond 1.4, ``sinc_slope2`` at its own, ``digamma`` at its negative ones,
and the differences of Bessel functions and densities.

References: Abramowitz and Stegun (1964), chapters 6 (gamma, digamma) and 7 (erf).
"""

from __future__ import annotations

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.primitive import elementwise as row
from gradcheck_tool.calculus.tables.bessel import AIRY, BESSEL, BESSEL_WORDS, CYLINDERS
from gradcheck_tool.calculus.tables.distributions import DENSITIES, DISTRIBUTIONS
from gradcheck_tool.calculus.tables.integrals import ELLIPTIC, HYPERGEOMETRIC, INTEGRAL_WORDS, INTEGRALS, POLYNOMIALS

_ANY = (-3.0, 3.0)
_UNIT = (0.05, 0.95)
_POSITIVE = (0.3, 2.5)
_S = "scipy.special."

# fmt: off
PLAIN: tuple[Elementwise, ...] = (
    row("erf",       "x", "erf(x)",       ("2 / sqrt(pi) * gaussian(x)",),  "math.erf scipy.special.erf",          probe=_ANY),
    row("erfc",      "x", "erfc(x)",      ("-2 / sqrt(pi) * gaussian(x)",), "math.erfc scipy.special.erfc",        probe=_ANY, rounding=16),
    row("ndtr",      "x", "erfc(-x / sqrt(2)) / 2", ("gaussian_half(x) / sqrt(2 * pi)",), "scipy.special.ndtr",    probe=_ANY, rounding=8),
    row("gamma",     "x", "gamma(x)",     ("y * digamma(x)",),              "math.gamma scipy.special.gamma",      rounding=8),
    row("lgamma",    "x", "lgamma(x)",    ("digamma(x)",),                  "math.lgamma scipy.special.gammaln scipy.special.loggamma",   probe=(2.3, 6.0), rounding=16),
    row("digamma",   "x", "digamma(x)",   ("trigamma(x)",),                 "scipy.special.digamma scipy.special.psi", rounding=8),
    row("sinc",      "x", "sinc(x)",      ("sinc_slope(x)",),               "numpy.sinc",                          probe=(-0.8, 0.8), rounding=8),
    row("bessel_i0", "x", "bessel_i(0, x)", ("bessel_i(1, x)",),            "numpy.i0",                            probe=_ANY, rounding=16),
    row("expit",     "x", "expit(x)",     ("expit(x) * expit(-x)",),        "scipy.special.expit",                 probe=_ANY, rounding=4),
    row("logit",     "x", "log(x / (1 - x))"  , ("1 / (x * (1 - x))",),     "scipy.special.logit",                 probe=_UNIT, rounding=4),
    row("log_expit", "x", "-logaddexp(0, -x)",  ("expit(-x)",),             "scipy.special.log_expit",             probe=_ANY, rounding=4),
    row("xlogy",     "a b", "xlogy(a, b)",     ("log(b)", "where(fabs(a) + fabs(b) <= 0, 0, a / b)"),         "scipy.special.xlogy",   rounding=3),
    row("xlog1py",   "a b", "xlog1py(a, b)", ("log1p(b)", "where(fabs(a) + fabs(1 + b) <= 0, 0, a / (1 + b))"), "scipy.special.xlog1py", rounding=3),
)

GAMMA: tuple[Elementwise, ...] = (
    row("rgamma",    "x",   "rgamma(x)",    ("rgamma_slope(1, x)",), f"{_S}rgamma", probe=_ANY, rounding=64),
    row("gammasgn",  "x",   "gammasgn(x)",  ("0",), f"{_S}gammasgn", probe=(-2.9, -2.1), rounding=0, analytic=False),
    row("beta",      "a b", "beta(a, b)",   ("-y * digamma_gap(a, b)", "-y * digamma_gap(b, a)"), f"{_S}beta",   rounding=64),
    row("betaln",    "a b", "betaln(a, b)", ("-digamma_gap(a, b)", "-digamma_gap(b, a)"),         f"{_S}betaln", rounding=256),
    row("poch",      "a b", "poch(a, b)",   ("y * digamma_gap(a, b)", "y * digamma(a + b)"),      f"{_S}poch",   rounding=256),
    row("binom",     "n k", "binom(n, k)",  ("binom_slope(n, k)", "y * digamma_gap(k + 1, n - 2 * k)"), f"{_S}binom", probe=((3.0, 6.0), (0.5, 2.5)), rounding=256),
    row("polygamma", "n x", "polygamma(n, x)", ("-", "polygamma(n + 1, x)"), f"{_S}polygamma", probe=((0.0, 3.0), _POSITIVE), rounding=64),
    row("zeta",      "s q", "zeta(s, q)", ("zeta_slope(1, s, q)", "-s * zeta(s + 1, q)"), f"{_S}zeta", probe=((1.3, 4.0), _POSITIVE), rounding=64),
    row("riemann_zeta", "s", "riemann_zeta(s)", ("zeta_slope(1, s, 1)",), "", probe=(1.3, 4.0), rounding=64),
    row("zetac",     "s",   "zetac(s)",  ("zeta_slope(1, s, 1)",), f"{_S}zetac", probe=(1.3, 4.0), rounding=256),
)

ERRORS: tuple[Elementwise, ...] = (
    row("erfcx",   "x", "erfcx(x)",   ("erfcx_slope(1, x)",), f"{_S}erfcx", probe=_ANY, rounding=16),
    row("erfi",    "x", "erfi(x)",    ("2 / sqrt(pi) / gaussian(x)",), f"{_S}erfi", probe=_ANY, rounding=64),
    row("dawsn",   "x", "dawsn(x)",   ("dawsn_slope(1, x)",), f"{_S}dawsn", probe=_ANY, rounding=16),
    row("erfinv",  "x", "erfinv(x)",  ("sqrt(pi) / 2 / gaussian(y)",),  f"{_S}erfinv", probe=(-0.95, 0.95), rounding=16),
    row("erfcinv", "x", "erfcinv(x)", ("-sqrt(pi) / 2 / gaussian(y)",), f"{_S}erfcinv", probe=(0.05, 1.95), rounding=64),
)

ELEMENTARY: tuple[Elementwise, ...] = (
    row("exp10",  "x", "10 ** x",   ("ln10 * y",), f"{_S}exp10", probe=_ANY, rounding=16),
    row("cosm1",  "x", "cosm1(x)",  ("-sin(x)",),  f"{_S}cosm1", probe=_ANY, rounding=8),
    row("exprel", "x", "exprel(x)", ("exprel_slope(1, x)",), f"{_S}exprel", probe=_ANY, rounding=16),
    row("sindg",  "x", "sindg(x)",  ("pi / 180 * cosdg(x)",),  f"{_S}sindg", probe=(-200.0, 200.0), rounding=16),
    row("cosdg",  "x", "cosdg(x)",  ("-pi / 180 * sindg(x)",), f"{_S}cosdg", probe=(-200.0, 200.0), rounding=16),
    row("tandg",  "x", "tandg(x)",  ("pi / 180 * (1 + y * y)",),  f"{_S}tandg", probe=(-80.0, 80.0), rounding=16),
    row("cotdg",  "x", "cotdg(x)",  ("-pi / 180 * (1 + y * y)",), f"{_S}cotdg", probe=(5.0, 80.0), rounding=16),
    row("radian", "d m s", "radian(d, m, s)", ("pi / 180", "pi / 10800", "pi / 648000"), f"{_S}radian", probe=(0.0, 50.0), rounding=16),
    row("powm1",  "a b", "powm1(a, b)", ("power_partial_base(a, b)", "(1 + y) * log(a)"), f"{_S}powm1", rounding=16),
    row("softplus", "x", "logaddexp(0, x)", ("expit(x)",), f"{_S}softplus", probe=_ANY, rounding=16),
    row("entr",     "x",   "entr(x)",        ("-log(x) - 1",), f"{_S}entr", rounding=8),
    row("rel_entr", "a b", "rel_entr(a, b)", ("1 + log_ratio(a, b)", "where(fabs(a) + fabs(b) <= 0, 0, -a / b)"), f"{_S}rel_entr", rounding=256),
    row("kl_div",   "a b", "kl_div(a, b)",   ("log_ratio(a, b)", "(b - a) / b"), f"{_S}kl_div",  rounding=4096),
    row("boxcox",       "x l", "boxcox(x, l)",       ("x ** (l - 1)", "log(x) * log(x) * exprel_slope(1, l * log(x))"), f"{_S}boxcox", rounding=64),
    row("boxcox1p",     "x l", "boxcox1p(x, l)",     ("(1 + x) ** (l - 1)", "log1p(x) * log1p(x) * exprel_slope(1, l * log1p(x))"), f"{_S}boxcox1p", rounding=64),
    row("inv_boxcox",   "x l", "inv_boxcox(x, l)",   ("y ** (1 - l)", "-log(y) * log(y) * exprel_slope(1, l * log(y)) * y ** (1 - l)"), f"{_S}inv_boxcox", rounding=64),
    row("inv_boxcox1p", "x l", "inv_boxcox1p(x, l)", ("(1 + y) ** (1 - l)", "-log1p(y) * log1p(y) * exprel_slope(1, l * log1p(y)) * (1 + y) ** (1 - l)"), f"{_S}inv_boxcox1p", rounding=64),
    row("huber",        "d r", "huber(d, r)",        ("maximum(fabs(r) - d, 0)", "where(fabs(r) <= d, r, d * sign(r))"), f"{_S}huber", rounding=8, analytic=False),
    row("pseudo_huber", "d r", "pseudo_huber(d, r)",
        ("d * (r / d) * (r / d) * (r / (d * (1 + hypot(1, r / d)))) * (r / (d * (1 + hypot(1, r / d)))) / hypot(1, r / d)", "r / hypot(1, r / d)"),
        f"{_S}pseudo_huber", rounding=16),
)

# What SciPy computes: no text of these can be said in plain Python.
SCIPY: tuple[Elementwise, ...] = (
    *GAMMA, *ERRORS, *ELEMENTARY, *BESSEL, *AIRY, *CYLINDERS, *DISTRIBUTIONS, *ELLIPTIC, *INTEGRALS, *HYPERGEOMETRIC, *POLYNOMIALS,
)  # fmt: skip
SPECIAL: tuple[Elementwise, ...] = (*PLAIN, *SCIPY)

SCIPY_WORDS: tuple[Elementwise, ...] = (
    row("rgamma_slope", "n x", "rgamma_slope(n, x)", ("-", "rgamma_slope(2, x)"), "", probe=((1.0, 1.5), _ANY)),
    row("binom_slope", "n k", "binom_slope(n, k)",
        ("y * digamma_gap(n - k + 1, k) + binom(n, k) * (trigamma(n + 1) - trigamma(n - k + 1))",
         "binom(n, k) * (digamma_gap(k + 1, n - 2 * k) * digamma_gap(n - k + 1, k) + trigamma(n - k + 1))"), "", probe=((3.0, 6.0), (0.5, 2.5))),
    row("digamma_gap", "a b", "digamma_gap(a, b)", ("trigamma(a + b) - trigamma(a)", "trigamma(a + b)"), ""),
    row("zeta_slope", "n s q", "zeta_slope(n, s, q)", ("-", "zeta_slope(2, s, q)", "-zeta(s + 1, q) - s * zeta_slope(1, s + 1, q)"), "", probe=((1.0, 1.5), (1.3, 4.0), _POSITIVE)),
    row("erfcx_slope", "n x", "erfcx_slope(n, x)", ("-", "erfcx_slope(n + 1, x)"), "", probe=((1.0, 1.5), _ANY)),
    row("dawsn_slope", "n x", "dawsn_slope(n, x)", ("-", "dawsn_slope(n + 1, x)"), "", probe=((1.0, 1.5), _ANY)),
    row("exprel_slope", "n x", "exprel_slope(n, x)", ("-", "exprel_slope(2, x)"), "", probe=((1.0, 1.5), _ANY)),
    row("log_ratio", "a b", "log_ratio(a, b)", ("1 / a", "-1 / b"), ""),
    *BESSEL_WORDS, *DENSITIES, *INTEGRAL_WORDS,
)  # fmt: skip

WORDS: tuple[Elementwise, ...] = (
    row("sech2",         "x",     "sech2(x)",         ("-2 * tanh(x) * y",),          "", probe=_ANY),
    row("gaussian",      "x",     "gaussian(x)",      ("-2 * x * y",),                "", probe=_ANY),
    row("gaussian_half", "x",     "gaussian_half(x)", ("-x * y",),                    "", probe=_ANY),
    row("expit_gap",     "a b",   "expit_gap(a, b)",  ("y * expit_gap(b, a)", "-y * expit_gap(b, a)"), "", probe=_ANY),
    row("expit2_gap",    "a b",   "expit2_gap(a, b)", ("ln2 * y * expit2_gap(b, a)", "-ln2 * y * expit2_gap(b, a)"), "", probe=_ANY),
    row("trigamma",      "x",     "trigamma(x)",      ("polygamma(2, x)",),           ""),
    row("sinc_slope",    "x",     "sinc_slope(x)",    ("sinc_slope2(x)",),            "", probe=(-0.5, 0.5)),
    row("bessel_i",      "n x",   "bessel_i(n, x)",    ("-", "half * (bessel_i(fabs(n - 1), x) + bessel_i(n + 1, x))"), "", probe=((1.0, 1.5), _ANY)),
    row("sinc_slope2",   "x",     "sinc_slope2(x)",   ("-",),                         "", probe=_ANY),
    row("ieee_remainder", "a b",  "ieee_remainder(a, b)", ("1", "-rint((a - y) / b)"), "",
        probe=((-9.0, 9.0), (0.5, 2.5)), analytic=False),
    row("power_partial_base",     "a b",   "power_partial_base(a, b)",
        ("b * power_partial_base(a, b - 1)", "a ** (b - 1) + y * log(a)"), ""),
    row("power_partial_exponent", "a b c", "power_partial_exponent(a, b, c)", ("c / a", "0", "log(where(a * a <= 0, 1, a))"), ""),
    *SCIPY_WORDS,
)
# fmt: on
