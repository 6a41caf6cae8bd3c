# ruff: noqa: E501 - a table is read across, one row to a line
"""Distribution functions, their inverses, and the incomplete gamma and beta functions behind them.

A derivative in x is a density, and that of an inverse is one over a density. Derivatives in the shape parameters have no closed
form: their partial is `-`.

References: Abramowitz and Stegun (1964), chapters 6 and 26; the Voigt profile by the derivatives of the Faddeeva function
(7.1.20), in sigma by the heat equation.
"""

from __future__ import annotations

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.primitive import elementwise as row

_SHAPE = (0.4, 9.0)
_UNIT = (0.05, 0.95)
_ANY = (-3.0, 3.0)
_S = "scipy.special."
_F = (
    "where(a * x <= b, beta_density(half * a, half * b, a * x / (b + a * x)),"
    " beta_density(half * b, half * a, b / (b + a * x))) * (a / (b + a * x)) * (b / (b + a * x))"
)
_BINOMIAL = "beta_density(floor(k) + 1, n - floor(k), {})"
_NEGATIVE = "beta_density(n, floor(k) + 1, {})"

# fmt: off
DISTRIBUTIONS: tuple[Elementwise, ...] = (
    row("gammainc",     "a x", "gammainc(a, x)",     ("-", "gamma_density(a, x)"),      f"{_S}gammainc",  probe=_SHAPE, rounding=64),
    row("gammaincc",    "a x", "gammaincc(a, x)",    ("-", "-gamma_density(a, x)"),     f"{_S}gammaincc", probe=_SHAPE, rounding=64),
    row("gammaincinv",  "a x", "gammaincinv(a, x)",  ("-", "1 / gamma_density(a, y)"),  f"{_S}gammaincinv",  probe=(_SHAPE, _UNIT), rounding=64),
    row("gammainccinv", "a x", "gammainccinv(a, x)", ("-", "-1 / gamma_density(a, y)"), f"{_S}gammainccinv", probe=(_SHAPE, _UNIT), rounding=64),
    row("betainc",      "a b x", "betainc(a, b, x)",     ("-", "-", "beta_density(a, b, x)"),      f"{_S}betainc",  probe=(_SHAPE, _SHAPE, _UNIT), rounding=128),
    row("betaincc",     "a b x", "betaincc(a, b, x)",    ("-", "-", "-beta_density(a, b, x)"),     f"{_S}betaincc", probe=(_SHAPE, _SHAPE, _UNIT), rounding=128),
    row("betaincinv",   "a b x", "betaincinv(a, b, x)",  ("-", "-", "1 / beta_density(a, b, y)"),  f"{_S}betaincinv",  probe=(_SHAPE, _SHAPE, _UNIT), rounding=128),
    row("betainccinv",  "a b x", "betainccinv(a, b, x)", ("-", "-", "-1 / beta_density(a, b, y)"), f"{_S}betainccinv", probe=(_SHAPE, _SHAPE, _UNIT), rounding=128),
    row("log_ndtr",     "x", "log_ndtr(x)",  ("sqrt(2 / pi) / erfcx(-x / sqrt(2))",), f"{_S}log_ndtr",  probe=_ANY,  rounding=64),
    row("ndtri",        "x", "ndtri(x)",     ("sqrt(2 * pi) / gaussian_half(y)",),    f"{_S}ndtri",     probe=_UNIT, rounding=64),
    row("ndtri_exp",    "x", "ndtri_exp(x)", ("sqrt(pi / 2) * erfcx(-y / sqrt(2))",), f"{_S}ndtri_exp", probe=(-4.0, -0.1), rounding=64),
    row("chdtr",   "v x", "chdtr(v, x)",  ("-", "half * gamma_density(half * v, half * x)"),  f"{_S}chdtr",  probe=_SHAPE, rounding=128),
    row("chdtrc",  "v x", "chdtrc(v, x)", ("-", "-half * gamma_density(half * v, half * x)"), f"{_S}chdtrc", probe=_SHAPE, rounding=128),
    row("chdtri",  "v x", "chdtri(v, x)", ("-", "-2 / gamma_density(half * v, half * y)"),    f"{_S}chdtri", probe=(_SHAPE, _UNIT), rounding=128),
    row("gdtr",    "a b x", "gdtr(a, b, x)",  ("x * gamma_density(b, a * x)", "-", "a * gamma_density(b, a * x)"),    f"{_S}gdtr",  probe=(0.4, 4.0), rounding=128),
    row("gdtrc",   "a b x", "gdtrc(a, b, x)", ("-x * gamma_density(b, a * x)", "-", "-a * gamma_density(b, a * x)"),  f"{_S}gdtrc", probe=(0.4, 4.0), rounding=128),
    row("gdtrix",  "a b x", "gdtrix(a, b, x)", ("-y / a", "-", "1 / (a * gamma_density(b, a * y))"), f"{_S}gdtrix", probe=((0.4, 4.0), (0.4, 4.0), _UNIT), rounding=256),
    row("pdtr",    "k x", "pdtr(k, x)",  ("-", "-gamma_density(floor(k) + 1, x)"), f"{_S}pdtr",  probe=_SHAPE, rounding=128),
    row("pdtrc",   "k x", "pdtrc(k, x)", ("-", "gamma_density(floor(k) + 1, x)"),  f"{_S}pdtrc", probe=_SHAPE, rounding=128),
    row("pdtri",   "k x", "pdtri(k, x)", ("-", "-1 / gamma_density(floor(k) + 1, y)"), f"{_S}pdtri", probe=(_SHAPE, _UNIT), rounding=128),
    row("bdtr",    "k n x", "bdtr(k, n, x)",  ("-", "-", f"-{_BINOMIAL.format('x')}"),     f"{_S}bdtr",  probe=((0.0, 3.9), (5.0, 9.0), _UNIT), rounding=256),
    row("bdtrc",   "k n x", "bdtrc(k, n, x)", ("-", "-", _BINOMIAL.format("x")),           f"{_S}bdtrc", probe=((0.0, 3.9), (5.0, 9.0), _UNIT), rounding=256),
    row("bdtri",   "k n x", "bdtri(k, n, x)", ("-", "-", f"-1 / {_BINOMIAL.format('y')}"), f"{_S}bdtri", probe=((0.0, 3.9), (5.0, 9.0), _UNIT), rounding=256),
    row("nbdtr",   "k n x", "nbdtr(k, n, x)",  ("-", "-", _NEGATIVE.format("x")),          f"{_S}nbdtr",  probe=((0.0, 3.9), (5.0, 9.0), _UNIT), rounding=256),
    row("nbdtrc",  "k n x", "nbdtrc(k, n, x)", ("-", "-", f"-{_NEGATIVE.format('x')}"),    f"{_S}nbdtrc", probe=((0.0, 3.9), (5.0, 9.0), _UNIT), rounding=256),
    row("nbdtri",  "k n x", "nbdtri(k, n, x)", ("-", "-", f"1 / {_NEGATIVE.format('y')}"), f"{_S}nbdtri", probe=((0.0, 3.9), (5.0, 9.0), _UNIT), rounding=256),
    row("fdtr",    "a b x", "fdtr(a, b, x)",  ("-", "-", _F),                                f"{_S}fdtr",  probe=(_SHAPE, _SHAPE, (0.2, 4.0)), rounding=128),
    row("fdtrc",   "a b x", "fdtrc(a, b, x)", ("-", "-", f"-{_F}"),                          f"{_S}fdtrc", probe=(_SHAPE, _SHAPE, (0.2, 4.0)), rounding=128),
    row("fdtri",   "a b x", "fdtri(a, b, x)", ("-", "-", f"1 / ({_F.replace('* x', '* y')})"), f"{_S}fdtri", probe=(_SHAPE, _SHAPE, _UNIT), rounding=256),
    row("stdtr",   "v x", "stdtr(v, x)",   ("-", "t_density(v, x)"),     f"{_S}stdtr",   probe=(_SHAPE, _ANY), rounding=128),
    row("stdtrit", "v x", "stdtrit(v, x)", ("-", "1 / t_density(v, y)"), f"{_S}stdtrit", probe=(_SHAPE, _UNIT), rounding=256),
    row("tklmbda", "x l", "tklmbda(x, l)", ("1 / (y ** (l - 1) + (1 - y) ** (l - 1))", "-"), f"{_S}tklmbda", probe=((-1.0, 1.0), (0.1, 0.9)), rounding=256),
    row("nrdtrimn", "p s x", "nrdtrimn(p, s, x)", ("-s * sqrt(2 * pi) / gaussian_half(ndtri(p))", "-ndtri(p)", "1"), f"{_S}nrdtrimn", probe=(_UNIT, (0.5, 2.0), _ANY), rounding=256),
    row("nrdtrisd", "m p x", "nrdtrisd(m, p, x)", ("-1 / ndtri(p)", "-y / ndtri(p) * sqrt(2 * pi) / gaussian_half(ndtri(p))", "1 / ndtri(p)"),
        f"{_S}nrdtrisd", probe=((-3.0, 0.0), (0.55, 0.95), (0.5, 3.0)), rounding=256),
    row("kolmogorov", "x", "kolmogorov(x)", ("kolmogorov_slope(1, x)",),     f"{_S}kolmogorov", probe=(0.4, 2.0), rounding=64),
    row("kolmogi",    "x", "kolmogi(x)",    ("1 / kolmogorov_slope(1, y)",), f"{_S}kolmogi",    probe=_UNIT,      rounding=64),
    row("owens_t",    "x a", "owens_t(x, a)",
        ("-gaussian_half(x) * erf(a * x / sqrt(2)) / sqrt(8 * pi)", "gaussian_half(x) * gaussian_half(a * x) / (2 * pi * (1 + a * a))"),
        f"{_S}owens_t", probe=_ANY, rounding=64),
    row("voigt_profile", "x s g", "voigt_profile(x, s, g)",
        ("voigt_derivative(1, 0, x, s, g)", "s * voigt_derivative(2, 0, x, s, g)", "voigt_derivative(0, 1, x, s, g)"),
        f"{_S}voigt_profile", probe=(_ANY, (0.5, 2.0), (0.5, 2.0)), rounding=64),
)

DENSITIES: tuple[Elementwise, ...] = (
    row("gamma_density", "a x", "gamma_density(a, x)", ("-", "gamma_density(a - 1, x) - y"), "", probe=_SHAPE),
    row("beta_density",  "a b x", "beta_density(a, b, x)",
        ("-", "-", "(a + b - 1) * (beta_density(a - 1, b, x) - beta_density(a, b - 1, x))"), "", probe=(_SHAPE, _SHAPE, _UNIT)),
    row("t_density",     "v x", "t_density(v, x)", ("-", "-y * x * ((v + 1) / (v + x * x))"), "", probe=(_SHAPE, _ANY)),
    row("kolmogorov_slope", "n x", "kolmogorov_slope(n, x)", ("-", "kolmogorov_slope(2, x)"), "", probe=((1.0, 1.5), (0.4, 2.0))),
    row("voigt_derivative", "p q x s g", "voigt_derivative(p, q, x, s, g)",
        ("-", "-", "voigt_derivative(p + 1, q, x, s, g)", "s * voigt_derivative(p + 2, q, x, s, g)", "voigt_derivative(p, q + 1, x, s, g)"),
        "", probe=((0.0, 0.1), (0.0, 0.1), _ANY, (0.5, 2.0), (0.5, 2.0))),
)
# fmt: on
