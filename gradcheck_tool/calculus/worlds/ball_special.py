"""The special functions in balls, where Arb has them (Johansson 2017); a word that is missing declines by its name."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

from typing import Any


def special_balls() -> dict[str, tuple[int, Any]]:
    """Functions of real balls by word, with the number of their operands."""
    import flint  # noqa: PLC0415 - only those who ask for exact arithmetic pay for it

    arb = flint.arb

    def degree() -> Any:
        return arb.pi() / 180

    def whole(n: Any) -> int:
        return int(float(n.mid()))

    def gap(a: Any, b: Any) -> Any:
        return (a + b).digamma() - a.digamma()

    def rgamma_slope(order: Any, x: Any) -> Any:
        first = -x.rgamma() * x.digamma()
        return first if order == 1 else x.rgamma() * (x.digamma() ** 2 - arb(2).zeta(x))

    def gamma_density(a: Any, x: Any) -> Any:
        return x ** (a - 1) * (-x).exp() * a.rgamma()

    def beta_density(a: Any, b: Any, x: Any) -> Any:
        return x ** (a - 1) * (1 - x) ** (b - 1) * (a + b).gamma() * a.rgamma() * b.rgamma()

    return {
        "rgamma": (1, lambda x: x.rgamma()), "rgamma_slope": (2, rgamma_slope), "digamma_gap": (2, gap),
        "beta": (2, lambda a, b: a.gamma() * b.gamma() * (a + b).rgamma()),
        "betaln": (2, lambda a, b: a.lgamma() + b.lgamma() - (a + b).lgamma()),
        "poch": (2, lambda a, b: (a + b).gamma() * a.rgamma()),
        "zeta": (2, lambda s, q: s.zeta(q)), "polygamma": (2, lambda n, x: _polygamma(arb, whole(n), x)),
        "erfi": (1, lambda x: x.erfi()), "erfinv": (1, lambda x: x.erfinv()), "erfcinv": (1, lambda x: x.erfcinv()),
        "erfcx": (1, lambda x: (x * x).exp() * x.erfc()),
        "log_ndtr": (1, lambda x: ((-x / arb(2).sqrt()).erfc() / 2).log()),
        "cosm1": (1, lambda x: -2 * (x / 2).sin() ** 2),
        "sindg": (1, lambda x: (x * degree()).sin()), "cosdg": (1, lambda x: (x * degree()).cos()),
        "tandg": (1, lambda x: (x * degree()).tan()), "cotdg": (1, lambda x: (x * degree()).cot()),
        "radian": (3, lambda d, m, s: degree() * (d + m / 60 + s / 3600)),
        "entr": (1, lambda x: -x * x.log()), "rel_entr": (2, lambda a, b: a * (a / b).log()),
        "kl_div": (2, lambda a, b: a * (a / b).log() - a + b), "log_ratio": (2, lambda a, b: (a / b).log()),
        "pseudo_huber": (2, lambda d, r: d * d * ((1 + (r / d) ** 2).sqrt() - 1)),
        "jv": (2, lambda v, x: x.bessel_j(v)), "yv": (2, lambda v, x: x.bessel_y(v)),
        "bessel_i": (2, lambda v, x: x.bessel_i(v)),
        "iv": (2, lambda v, x: x.bessel_i(v)), "kv": (2, lambda v, x: x.bessel_k(v)),
        "jve": (2, lambda v, x: x.bessel_j(v)), "yve": (2, lambda v, x: x.bessel_y(v)),
        "airy_ai": (1, lambda x: x.airy_ai()), "airy_aip": (1, lambda x: x.airy_ai(derivative=1)),
        "airy_bi": (1, lambda x: x.airy_bi()), "airy_bip": (1, lambda x: x.airy_bi(derivative=1)),
        "gamma_density": (2, gamma_density), "beta_density": (3, beta_density),
        "gammainc": (2, lambda a, x: 1 - x.gamma_upper(a, regularized=1)), "gammaincc": (2, lambda a, x: x.gamma_upper(a, regularized=1)),
        "betainc": (3, lambda a, b, x: x.beta_lower(a, b, regularized=1)), "betaincc": (3, lambda a, b, x: 1 - x.beta_lower(a, b, regularized=1)),
        "exp1": (1, lambda x: x.expint(arb(1))), "expn": (2, lambda n, x: x.expint(n)), "expi": (1, lambda x: x.ei()),
        "si": (1, lambda x: x.si()), "ci": (1, lambda x: x.ci()), "shi": (1, lambda x: x.shi()), "chi": (1, lambda x: x.chi()),
        "fresnel_s": (1, lambda x: x.fresnel_s()), "fresnel_c": (1, lambda x: x.fresnel_c()),
        "exprel": (1, lambda x: arb(1) if x.is_zero() else x.expm1() / x),
        "hyp0f1": (2, lambda b, x: x.hypgeom_0f1(b)), "hyp1f1": (3, lambda a, b, x: x.hypgeom_1f1(a, b)),
        "hyp2f1": (4, lambda a, b, c, x: x.hypgeom_2f1(a, b, c)), "hyperu": (3, lambda a, b, x: x.hypgeom_u(a, b)),
        "lambertw": (2, lambda k, x: x.lambertw(whole(k))), "wrightomega": (1, lambda x: x.exp().lambertw()),
        "agm": (2, lambda a, b: a.agm(b)),
        "eval_chebyt": (2, lambda n, x: x.chebyshev_t(n)), "eval_chebyu": (2, lambda n, x: x.chebyshev_u(n)),
        "eval_legendre": (2, lambda n, x: x.legendre_p(n)), "eval_hermite": (2, lambda n, x: x.hermite_h(n)),
        "eval_laguerre": (2, lambda n, x: x.laguerre_l(n)), "eval_genlaguerre": (3, lambda n, a, x: x.laguerre_l(n, a)),
        "eval_gegenbauer": (3, lambda n, a, x: x.gegenbauer_c(n, a)), "eval_jacobi": (4, lambda n, a, b, x: x.jacobi_p(n, a, b)),
    }  # fmt: skip


def _polygamma(arb: Any, n: int, x: Any) -> Any:
    if n == 0:
        return x.digamma()
    return (-1) ** (n + 1) * arb(n + 1).gamma() * arb(n + 1).zeta(x)
