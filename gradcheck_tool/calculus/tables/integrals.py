# ruff: noqa: E501 - a table is read across, one row to a line
"""Elliptic, exponential and trigonometric integrals, hypergeometric functions and orthogonal polynomials.

The derivatives of the elliptic integrals are Carlson's R_D, a sum of positive terms: the textbook's ``(E - (1 - m)*K)/(2*m*(1 - m))``
cancels near m = 0. Degrees of polynomials and parameters of hypergeometric functions are constants: their partial is `-`.

References: Abramowitz and Stegun (1964), chapters 5, 7, 13, 15, 16, 17, 22; DLMF 19.25 (Carlson's forms) and 19.18.
"""

from __future__ import annotations

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.primitive import elementwise as row

_ANY = (-3.0, 3.0)
_ABOVE = (0.4, 6.0)
_UNIT = (0.05, 0.95)
_DEGREE = (0.0, 5.0)
_POSITIVE = (0.3, 2.5)
_S = "scipy.special."
_AM = "ellipkinc_m(ellipj_am(u, m), m) * ellipj_dn(u, m)"  # minus the slope of the amplitude in m, from F(am(u, m), m) = u


def _at_zero(text: str) -> str:
    """A derivative that carries the degree as no factor, and is 0 for the constant polynomial."""
    return f"where(n <= 0, 0, {text})"


# fmt: off
ELLIPTIC: tuple[Elementwise, ...] = (
    row("ellipk",   "x", "ellipk(x)",   ("elliprd(0, 1, 1 - x) / 6",),  f"{_S}ellipk",   probe=(-3.0, 0.95), rounding=16),
    row("ellipkm1", "x", "ellipkm1(x)", ("-elliprd(0, 1, x) / 6",),     f"{_S}ellipkm1", probe=(0.05, 1.9),  rounding=16),
    row("ellipe",   "x", "ellipe(x)",   ("-elliprd(0, 1 - x, 1) / 6",), f"{_S}ellipe",   probe=(-3.0, 0.95), rounding=16),
    row("ellipkinc", "p m", "ellipkinc(p, m)", ("1 / sqrt(1 - m * sin(p) * sin(p))", "ellipkinc_m(p, m)"), f"{_S}ellipkinc", probe=((-4.0, 4.0), (-2.0, 0.9)), rounding=64),
    row("ellipeinc", "p m", "ellipeinc(p, m)", ("sqrt(1 - m * sin(p) * sin(p))", "ellipeinc_m(p, m)"), f"{_S}ellipeinc", probe=((-4.0, 4.0), (-2.0, 0.9)), rounding=64),
    row("ellipj_sn", "u m", "ellipj_sn(u, m)", ("ellipj_cn(u, m) * ellipj_dn(u, m)", f"-ellipj_cn(u, m) * {_AM}"),
        f"{_S}ellipj[0]", probe=(_ANY, (0.05, 0.9)), rounding=64),
    row("ellipj_cn", "u m", "ellipj_cn(u, m)", ("-ellipj_sn(u, m) * ellipj_dn(u, m)", f"ellipj_sn(u, m) * {_AM}"),
        f"{_S}ellipj[1]", probe=(_ANY, (0.05, 0.9)), rounding=64),
    row("ellipj_dn", "u m", "ellipj_dn(u, m)",
        ("-m * ellipj_sn(u, m) * ellipj_cn(u, m)", f"-ellipj_sn(u, m) * (half * ellipj_sn(u, m) - m * ellipj_cn(u, m) * {_AM}) / y"),
        f"{_S}ellipj[2]", probe=(_ANY, (0.05, 0.9)), rounding=64),
    row("ellipj_am", "u m", "ellipj_am(u, m)", ("ellipj_dn(u, m)", f"-{_AM}"), f"{_S}ellipj[3]", probe=(_ANY, (0.05, 0.9)), rounding=64),
    row("elliprc", "x y_", "elliprc(x, y_)", ("-elliprd(y_, y_, x) / 6", "-elliprd(x, y_, y_) / 3"), f"{_S}elliprc", probe=_POSITIVE, rounding=64),
    row("elliprd", "x y_ z", "elliprd(x, y_, z)", ("elliprd_x(x, y_, z)", "elliprd_y(x, y_, z)", "elliprd_z(x, y_, z)"), f"{_S}elliprd", probe=_POSITIVE, rounding=64),
    row("elliprf", "x y_ z", "elliprf(x, y_, z)", ("-elliprd(y_, z, x) / 6", "-elliprd(x, z, y_) / 6", "-elliprd(x, y_, z) / 6"), f"{_S}elliprf", probe=_POSITIVE, rounding=64),
    row("elliprg", "x y_ z", "elliprg(x, y_, z)", ("elliprg_x(x, y_, z)", "elliprg_y(x, y_, z)", "elliprg_z(x, y_, z)"), f"{_S}elliprg", probe=_POSITIVE, rounding=64),
    row("elliprj", "x y_ z p", "elliprj(x, y_, z, p)",
        ("elliprj_x(x, y_, z, p)", "elliprj_y(x, y_, z, p)", "elliprj_z(x, y_, z, p)", "elliprj_p(x, y_, z, p)"), f"{_S}elliprj", probe=_POSITIVE, rounding=64),
    row("agm", "a b", "agm(a, b)", ("2 * a * y * y / (3 * pi) * elliprd(0, b * b, a * a)", "2 * b * y * y / (3 * pi) * elliprd(0, a * a, b * b)"),
        f"{_S}agm", probe=_POSITIVE, rounding=16),
)

INTEGRALS: tuple[Elementwise, ...] = (
    row("exp1",   "x", "exp1(x)",   ("-exp(-x) / x",), f"{_S}exp1", probe=_ABOVE, rounding=16),
    row("expi",   "x", "expi(x)",   ("exp(x) / x",),   f"{_S}expi", probe=_ABOVE, rounding=16),
    row("expn",   "n x", "expn(n, x)", ("-", "where(n <= 0, -exp(-x) * (1 + x) / (x * x), -expn(maximum(n - 1, 0), x))"), f"{_S}expn", probe=(_DEGREE, _ABOVE), rounding=32),
    row("si",     "x", "si(x)",     ("where(fabs(x) < 1, sinc(x / pi), sin(x) / where(fabs(x) < 1, 1, x))",), f"{_S}sici[0]", probe=_ABOVE, rounding=16),
    row("ci",     "x", "ci(x)",     ("cos(x) / x",), f"{_S}sici[1]", probe=_ABOVE, rounding=64),
    row("shi",    "x", "shi(x)",    ("half * (exprel(x) + exprel(-x))",), f"{_S}shichi[0]", probe=_ABOVE, rounding=16),
    row("chi",    "x", "chi(x)",    ("cosh(x) / x",), f"{_S}shichi[1]", probe=_ABOVE, rounding=64),
    row("fresnel_s", "x", "fresnel_s(x)", ("sin(half * pi * x * x)",), f"{_S}fresnel[0]", probe=_ANY, rounding=64),
    row("fresnel_c", "x", "fresnel_c(x)", ("cos(half * pi * x * x)",), f"{_S}fresnel[1]", probe=_ANY, rounding=64),
    row("spence", "x", "spence(x)", ("where(x < half, log(x) / (1 - x), -log1p_ratio(x - 1))",), f"{_S}spence", probe=_POSITIVE, rounding=16),
)

HYPERGEOMETRIC: tuple[Elementwise, ...] = (
    row("hyp0f1", "b x", "hyp0f1(b, x)", ("-", "hyp0f1(b + 1, x) / b"), f"{_S}hyp0f1", probe=(_POSITIVE, _ANY), rounding=64),
    row("hyp1f1", "a b x", "hyp1f1(a, b, x)", ("-", "-", "a / b * hyp1f1(a + 1, b + 1, x)"), f"{_S}hyp1f1", probe=(_POSITIVE, _POSITIVE, _ANY), rounding=256),
    row("hyp2f1", "a b c x", "hyp2f1(a, b, c, x)", ("-", "-", "-", "a * b / c * hyp2f1(a + 1, b + 1, c + 1, x)"), f"{_S}hyp2f1",
        probe=(_POSITIVE, _POSITIVE, _POSITIVE, (-2.0, 0.8)), rounding=256),
    row("hyperu", "a b x", "hyperu(a, b, x)", ("-", "-", "-a * hyperu(a + 1, b + 1, x)"), f"{_S}hyperu", probe=(_POSITIVE, _POSITIVE, (5.0, 9.0)), rounding=1e7),
    row("lambertw", "k x", "lambertw(k, x)", ("-", "exp(-y) / (1 + y)"), f"{_S}lambertw", probe=((0.0, 0.1), (-0.3, 4.0)), rounding=16),
    row("wrightomega", "x", "wrightomega(x)", ("y / (1 + y)",), f"{_S}wrightomega", probe=_ANY, rounding=16),
)

POLYNOMIALS: tuple[Elementwise, ...] = (
    row("eval_chebyt", "n x", "eval_chebyt(n, x)", ("-", "n * eval_chebyu(n - 1, x)"), f"{_S}eval_chebyt", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_chebyu", "n x", "eval_chebyu(n, x)", ("-", _at_zero("2 * eval_gegenbauer(maximum(n - 1, 0), 2, x)")), f"{_S}eval_chebyu", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_chebyc", "n x", "eval_chebyc(n, x)", ("-", "n * eval_chebyu(n - 1, half * x)"), f"{_S}eval_chebyc", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_chebys", "n x", "eval_chebys(n, x)", ("-", _at_zero("eval_gegenbauer(maximum(n - 1, 0), 2, half * x)")), f"{_S}eval_chebys", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_legendre", "n x", "eval_legendre(n, x)", ("-", _at_zero("half * (n + 1) * eval_jacobi(maximum(n - 1, 0), 1, 1, x)")), f"{_S}eval_legendre", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_hermite", "n x", "eval_hermite(n, x)", ("-", "2 * n * eval_hermite(maximum(n - 1, 0), x)"), f"{_S}eval_hermite", probe=(_DEGREE, _ANY), rounding=64),
    row("eval_hermitenorm", "n x", "eval_hermitenorm(n, x)", ("-", "n * eval_hermitenorm(maximum(n - 1, 0), x)"), f"{_S}eval_hermitenorm", probe=(_DEGREE, _ANY), rounding=64),
    row("eval_laguerre", "n x", "eval_laguerre(n, x)", ("-", _at_zero("-eval_genlaguerre(maximum(n - 1, 0), 1, x)")), f"{_S}eval_laguerre", probe=(_DEGREE, _ANY), rounding=64),
    row("eval_genlaguerre", "n a x", "eval_genlaguerre(n, a, x)", ("-", "-", _at_zero("-eval_genlaguerre(maximum(n - 1, 0), a + 1, x)")), f"{_S}eval_genlaguerre",
        probe=(_DEGREE, _POSITIVE, _ANY), rounding=64),
    row("eval_gegenbauer", "n a x", "eval_gegenbauer(n, a, x)", ("-", "-", _at_zero("2 * a * eval_gegenbauer(maximum(n - 1, 0), a + 1, x)")), f"{_S}eval_gegenbauer",
        probe=(_DEGREE, _POSITIVE, _UNIT), rounding=64),
    row("eval_jacobi", "n a b x", "eval_jacobi(n, a, b, x)",
        ("-", "-", "-", _at_zero("half * (n + a + b + 1) * eval_jacobi(maximum(n - 1, 0), a + 1, b + 1, x)")), f"{_S}eval_jacobi",
        probe=(_DEGREE, _POSITIVE, _POSITIVE, _UNIT), rounding=64),
    row("eval_sh_legendre", "n x", "eval_sh_legendre(n, x)", ("-", _at_zero("(n + 1) * eval_jacobi(maximum(n - 1, 0), 1, 1, 2 * x - 1)")), f"{_S}eval_sh_legendre", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_sh_chebyt", "n x", "eval_sh_chebyt(n, x)", ("-", "2 * n * eval_chebyu(n - 1, 2 * x - 1)"), f"{_S}eval_sh_chebyt", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_sh_chebyu", "n x", "eval_sh_chebyu(n, x)", ("-", _at_zero("4 * eval_gegenbauer(maximum(n - 1, 0), 2, 2 * x - 1)")), f"{_S}eval_sh_chebyu", probe=(_DEGREE, _UNIT), rounding=64),
    row("eval_sh_jacobi", "n p q x", "eval_sh_jacobi(n, p, q, x)",
        ("-", "-", "-", _at_zero("(n + p) * eval_jacobi(maximum(n - 1, 0), p - q + 1, q, 2 * x - 1) / binom(2 * n + p - 1, n)")), f"{_S}eval_sh_jacobi",
        probe=(_DEGREE, (2.0, 4.0), (1.0, 1.9), _UNIT), rounding=64),
    row("lpmv", "m v x", "lpmv(m, v, x)", ("-", "-", "(v * x * y - (v + m) * lpmv(m, v - 1, x)) / ((x - 1) * (x + 1))"), f"{_S}lpmv",
        probe=((0.0, 2.0), (2.0, 5.0), _UNIT), rounding=256),
)

INTEGRAL_WORDS: tuple[Elementwise, ...] = (
    row("ellipkinc_m", "p m", "ellipkinc_m(p, m)",
        ("half * sin(p) * sin(p) / ((1 - m * sin(p) * sin(p)) * sqrt(1 - m * sin(p) * sin(p)))", "ellipkinc_mm(p, m)"), "", probe=((-4.0, 4.0), (-2.0, 0.9))),
    row("ellipeinc_m", "p m", "ellipeinc_m(p, m)", ("-half * sin(p) * sin(p) / sqrt(1 - m * sin(p) * sin(p))", "ellipeinc_mm(p, m)"), "", probe=((-4.0, 4.0), (-2.0, 0.9))),
    row("ellipkinc_mm", "p m", "ellipkinc_mm(p, m)", ("-", "-"), "", probe=((-4.0, 4.0), (-2.0, 0.9))),
    row("ellipeinc_mm", "p m", "ellipeinc_mm(p, m)", ("-", "-"), "", probe=((-4.0, 4.0), (-2.0, 0.9))),
    row("log1p_ratio", "x", "log1p_ratio(x)", ("log1p_ratio_slope(x)",), ""),
    row("log1p_ratio_slope", "x", "log1p_ratio_slope(x)", ("-",), ""),
    *(row(f"{name}_{letter}", operands, f"{name}_{letter}({', '.join(operands.split())})", ("-",) * len(operands.split()), "")
      for name, operands in (("elliprd", "x y_ z"), ("elliprg", "x y_ z"), ("elliprj", "x y_ z p"))
      for letter in "xyzp"[: len(operands.split())]),
)
# fmt: on
