"""The special functions for SymPy: in its own functions where it has them, else in those it can differentiate.

A word that is missing here makes the symbolic method decline a run that says it.
"""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

from typing import Any


def special_symbols() -> dict[str, Any]:
    """The words of `scipy_words` and `own_words` that SymPy can say."""
    import sympy as sp  # noqa: PLC0415 - imported late

    half = sp.Rational(1, 2)
    degree = sp.pi / 180

    def normal(x: Any) -> Any:
        return sp.erfc(-x / sp.sqrt(2)) / 2

    def lower(a: Any, x: Any) -> Any:
        return sp.lowergamma(a, x) / sp.gamma(a)

    def upper(a: Any, x: Any) -> Any:
        return sp.uppergamma(a, x) / sp.gamma(a)

    def share(a: Any, b: Any, x: Any) -> Any:
        # Not betainc_regularized, which SymPy's printer for mpmath calls without the word "regularized".
        return sp.betainc(a, b, 0, x) * sp.gamma(a + b) / (sp.gamma(a) * sp.gamma(b))

    def spherical(bessel: Any) -> Any:
        return lambda n, x: sp.sqrt(sp.pi / (2 * x)) * bessel(n + half, x)

    return {
        "rgamma": lambda x: 1 / sp.gamma(x),
        "beta": lambda a, b: sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b),
        "betaln": lambda a, b: sp.loggamma(a) + sp.loggamma(b) - sp.loggamma(a + b),
        "poch": lambda a, b: sp.gamma(a + b) / sp.gamma(a),
        "binom": lambda n, k: sp.gamma(n + 1) / (sp.gamma(k + 1) * sp.gamma(n - k + 1)),
        "polygamma": sp.polygamma, "zeta": sp.zeta,
        "erfi": sp.erfi, "erfinv": sp.erfinv, "erfcinv": sp.erfcinv,
        "erfcx": lambda x: sp.exp(x * x) * sp.erfc(x),
        "dawsn": lambda x: sp.sqrt(sp.pi) / 2 * sp.exp(-x * x) * sp.erfi(x),
        "log_ndtr": lambda x: sp.log(normal(x)),
        "ndtri": lambda p: sp.sqrt(2) * sp.erfinv(2 * p - 1),
        "ndtri_exp": lambda p: sp.sqrt(2) * sp.erfinv(2 * sp.exp(p) - 1),
        "cosm1": lambda x: sp.cos(x) - 1, "exprel": lambda x: (sp.exp(x) - 1) / x,
        "sindg": lambda x: sp.sin(degree * x), "cosdg": lambda x: sp.cos(degree * x),
        "tandg": lambda x: sp.tan(degree * x), "cotdg": lambda x: sp.cot(degree * x),
        "radian": lambda d, m, s: degree * (d + m / 60 + s / 3600),
        "powm1": lambda a, b: a**b - 1, "entr": lambda x: -x * sp.log(x),
        "rel_entr": lambda a, b: a * sp.log(a / b), "kl_div": lambda a, b: a * sp.log(a / b) - a + b,
        "boxcox": lambda x, p: (x**p - 1) / p, "boxcox1p": lambda x, p: ((1 + x) ** p - 1) / p,
        "inv_boxcox": lambda x, p: (1 + p * x) ** (1 / p), "inv_boxcox1p": lambda x, p: (1 + p * x) ** (1 / p) - 1,
        "huber": lambda d, r: sp.Piecewise((r * r / 2, sp.Abs(r) <= d), (d * (sp.Abs(r) - d / 2), True)),
        "pseudo_huber": lambda d, r: d * d * (sp.sqrt(1 + (r / d) ** 2) - 1),
        "bessel_i": sp.besseli,
        "jv": sp.besselj, "yv": sp.bessely, "iv": sp.besseli, "kv": sp.besselk, "jve": sp.besselj, "yve": sp.bessely,
        "ive": lambda v, x: sp.exp(-sp.Abs(x)) * sp.besseli(v, x), "kve": lambda v, x: sp.exp(x) * sp.besselk(v, x),
        "spherical_jn": spherical(sp.besselj), "spherical_yn": spherical(sp.bessely),
        "spherical_in": spherical(sp.besseli), "spherical_kn": spherical(sp.besselk),
        "airy_ai": sp.airyai, "airy_aip": sp.airyaiprime, "airy_bi": sp.airybi, "airy_bip": sp.airybiprime,
        "gammainc": lower, "gammaincc": upper,
        "chdtr": lambda v, x: lower(v / 2, x / 2), "chdtrc": lambda v, x: upper(v / 2, x / 2),
        "gdtr": lambda a, b, x: lower(b, a * x), "gdtrc": lambda a, b, x: upper(b, a * x),
        "pdtr": lambda k, x: upper(sp.floor(k) + 1, x), "pdtrc": lambda k, x: lower(sp.floor(k) + 1, x),
        "betainc": share, "betaincc": lambda a, b, x: 1 - share(a, b, x),
        "fdtr": lambda a, b, x: share(a / 2, b / 2, a * x / (b + a * x)), "fdtrc": lambda a, b, x: 1 - share(a / 2, b / 2, a * x / (b + a * x)),
        "ellipk": sp.elliptic_k, "ellipkm1": lambda p: sp.elliptic_k(1 - p), "ellipe": sp.elliptic_e,
        "ellipkinc": sp.elliptic_f, "ellipeinc": sp.elliptic_e,
        "agm": lambda a, b: sp.pi * (a + b) / (4 * sp.elliptic_k(((a - b) / (a + b)) ** 2)),
        "exp1": lambda x: sp.expint(1, x), "expi": sp.Ei, "expn": sp.expint,
        "si": sp.Si, "ci": sp.Ci, "shi": sp.Shi, "chi": sp.Chi, "fresnel_s": sp.fresnels, "fresnel_c": sp.fresnelc,
        "hyp0f1": lambda b, x: sp.hyper([], [b], x), "hyp1f1": lambda a, b, x: sp.hyper([a], [b], x),
        "hyp2f1": lambda a, b, c, x: sp.hyper([a, b], [c], x),
        "lambertw": lambda k, x: sp.LambertW(x, k), "wrightomega": lambda x: sp.LambertW(sp.exp(x)),
        "eval_chebyt": sp.chebyshevt, "eval_chebyu": sp.chebyshevu, "eval_legendre": sp.legendre,
        "eval_chebyc": lambda n, x: 2 * sp.chebyshevt(n, x / 2), "eval_chebys": lambda n, x: sp.chebyshevu(n, x / 2),
        "eval_hermite": sp.hermite, "eval_hermitenorm": lambda n, x: sp.hermite(n, x / sp.sqrt(2)) / sp.sqrt(2) ** n,
        "eval_laguerre": sp.laguerre, "eval_genlaguerre": sp.assoc_laguerre,
        "eval_gegenbauer": sp.gegenbauer, "eval_jacobi": sp.jacobi,
        "eval_sh_legendre": lambda n, x: sp.legendre(n, 2 * x - 1),
        "eval_sh_chebyt": lambda n, x: sp.chebyshevt(n, 2 * x - 1), "eval_sh_chebyu": lambda n, x: sp.chebyshevu(n, 2 * x - 1),
    }  # fmt: skip


def spelled_in_mpmath() -> dict[str, Any]:
    """Functions of SymPy's that mpmath has under another name."""
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    return {
        "airyaiprime": lambda x: mpmath.airyai(x, derivative=1),
        "airybiprime": lambda x: mpmath.airybi(x, derivative=1),
        "erfcinv": lambda x: mpmath.erfinv(1 - x),
    }
