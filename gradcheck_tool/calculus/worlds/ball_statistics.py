"""More special functions in balls: distribution functions, elliptic integrals, relatives of what Arb has.

Definitions as in Abramowitz and Stegun (1964), chapters 6, 7, 17, 22, 26, and Carlson (1995) for the symmetric
elliptic integrals; words and their arguments are SciPy's. All are checked against SciPy's values.
"""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

from typing import Any

from gradcheck_tool.calculus.worlds.ball_decide import sign


def statistical_balls() -> dict[str, tuple[int, Any]]:  # noqa: C901 - one table, with what its rows share
    """Functions of real balls by word, with the number of their operands."""
    import flint  # noqa: PLC0415 - only those who ask for exact arithmetic pay for it

    arb, acb = flint.arb, flint.acb

    def half(x: Any) -> Any:
        return x / 2

    def lower(a: Any, x: Any) -> Any:
        return 1 - x.gamma_upper(a, regularized=1)

    def upper(a: Any, x: Any) -> Any:
        return x.gamma_upper(a, regularized=1)

    def beta(a: Any, b: Any, x: Any) -> Any:
        return x.beta_lower(a, b, regularized=1)

    def student(v: Any, t: Any) -> Any:
        tail = beta(v / 2, arb(1) / 2, v / (v + t * t)) / 2
        return 1 - tail if sign(t) >= 0 else tail

    def t_density(v: Any, x: Any) -> Any:
        return ((v + 1) / 2).gamma() * (v / 2).rgamma() / (v * arb.pi()).sqrt() * (1 + x * x / v) ** (-(v + 1) / 2)

    def ndtri(p: Any) -> Any:
        return -arb(2).sqrt() * (2 * p).erfcinv()

    def binom(n: Any, k: Any) -> Any:
        return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()

    def dawsn(x: Any) -> Any:
        return arb.pi().sqrt() / 2 * (-x * x).exp() * x.erfi()

    def dawsn_slope(n: Any, x: Any) -> Any:
        return _recurred(n, dawsn(x), 1 - 2 * x * dawsn(x), lambda k, a, b: -2 * x * b - 2 * k * a)

    def erfcx_slope(n: Any, x: Any) -> Any:
        first = (x * x).exp() * x.erfc()
        return _recurred(n, first, 2 * x * first - 2 / arb.pi().sqrt(), lambda k, a, b: 2 * x * b + 2 * k * a)

    def exprel_slope(n: Any, x: Any) -> Any:
        e = x.exp()
        if x.is_zero():
            return arb(1) / (2 if n == 1 else 3)
        return (x * e - x.expm1()) / x**2 if n == 1 else (x * x * e - 2 * x * e + 2 * x.expm1()) / x**3

    def huber(d: Any, r: Any) -> Any:
        return r * r / 2 if sign(d - abs(r)) >= 0 else d * (abs(r) - d / 2)

    def boxcox_of(log: Any, rate: Any) -> Any:
        return log if rate.is_zero() else (rate * log).expm1() / rate

    def inverse_boxcox(y: Any, rate: Any) -> Any:
        return y if rate.is_zero() else (rate * y).log1p() / rate

    def spherical(name: str) -> Any:
        return lambda n, x: (arb.pi() / (2 * x)).sqrt() * getattr(x, name)(n + arb(1) / 2)

    def real(x: Any) -> Any:
        return x.real

    def ive(v: Any, x: Any) -> Any:
        return (-abs(x)).exp() * x.bessel_i(v)

    def first(n: Any) -> int:
        if n != 1:
            raise ValueError("second derivatives are not walked in balls")
        return 1

    def kve(v: Any, x: Any) -> Any:
        return x.exp() * x.bessel_k(v)

    return {
        "dawsn": (1, dawsn), "dawsn_slope": (2, dawsn_slope), "erfcx_slope": (2, erfcx_slope),
        "exprel_slope": (2, exprel_slope), "log1p_ratio": (1, lambda x: arb(1) if x.is_zero() else x.log1p() / x),
        "binom": (2, binom), "binom_slope": (2, lambda n, k: binom(n, k) * ((n + 1).digamma() - (n - k + 1).digamma())),
        "gammasgn": (1, lambda x: arb(sign(x.gamma()))), "riemann_zeta": (1, lambda s: s.zeta()), "zetac": (1, lambda s: s.zeta() - 1),
        "powm1": (2, lambda a, b: (b * a.log()).expm1() if sign(a) > 0 else a ** int(float(b.mid())) - 1),
        "boxcox": (2, lambda x, rate: boxcox_of(x.log(), rate)), "boxcox1p": (2, lambda x, rate: boxcox_of(x.log1p(), rate)),
        "inv_boxcox": (2, lambda y, rate: inverse_boxcox(y, rate).exp()), "inv_boxcox1p": (2, lambda y, rate: inverse_boxcox(y, rate).expm1()),
        "huber": (2, huber), "ndtri": (1, ndtri), "ndtri_exp": (1, lambda y: ndtri(y.exp())),
        "nrdtrimn": (3, lambda p, s, x: x - s * ndtri(p)), "nrdtrisd": (3, lambda m, p, x: (x - m) / ndtri(p)),
        "chdtr": (2, lambda v, x: lower(half(v), half(x))), "chdtrc": (2, lambda v, x: upper(half(v), half(x))),
        "gdtr": (3, lambda a, b, x: lower(b, a * x)), "gdtrc": (3, lambda a, b, x: upper(b, a * x)),
        "pdtr": (2, lambda k, x: upper(k.floor() + 1, x)), "pdtrc": (2, lambda k, x: lower(k.floor() + 1, x)),
        "bdtr": (3, lambda k, n, p: beta(n - k.floor(), k.floor() + 1, 1 - p)), "bdtrc": (3, lambda k, n, p: beta(k.floor() + 1, n - k.floor(), p)),
        "nbdtr": (3, lambda k, n, p: beta(n, k.floor() + 1, p)), "nbdtrc": (3, lambda k, n, p: beta(k.floor() + 1, n, 1 - p)),
        "fdtr": (3, lambda a, b, x: beta(half(a), half(b), a * x / (b + a * x))), "fdtrc": (3, lambda a, b, x: beta(half(b), half(a), b / (b + a * x))),
        "stdtr": (2, student), "t_density": (2, t_density),
        "eval_hermitenorm": (2, lambda n, x: (x / arb(2).sqrt()).hermite_h(n) / arb(2).sqrt() ** n),
        "eval_chebyc": (2, lambda n, x: 2 * half(x).chebyshev_t(n)), "eval_chebys": (2, lambda n, x: half(x).chebyshev_u(n)),
        "eval_sh_legendre": (2, lambda n, x: (2 * x - 1).legendre_p(n)), "eval_sh_chebyt": (2, lambda n, x: (2 * x - 1).chebyshev_t(n)),
        "eval_sh_chebyu": (2, lambda n, x: (2 * x - 1).chebyshev_u(n)),
        "eval_sh_jacobi": (4, lambda n, p, q, x: (2 * x - 1).jacobi_p(n, p - q, q - 1) / binom(2 * n + p - 1, n)),
        "spherical_jn": (2, spherical("bessel_j")), "spherical_yn": (2, spherical("bessel_y")),
        "spherical_in": (2, spherical("bessel_i")), "spherical_kn": (2, spherical("bessel_k")),
        "ive": (2, ive), "kve": (2, kve),
        "ive_slope": (3, lambda n, v, x: first(n) * ((ive(v - 1, x) + ive(v + 1, x)) / 2 - sign(x) * ive(v, x))),
        "kve_slope": (3, lambda n, v, x: first(n) * (kve(v, x) - (kve(v - 1, x) + kve(v + 1, x)) / 2)),
        "spence": (1, lambda x: real(acb(1 - x).polylog(2))),
        "ellipk": (1, lambda m: real(acb(m).elliptic_k())), "ellipkm1": (1, lambda p: real(acb(1 - p).elliptic_k())), "ellipe": (1, lambda m: real(acb(m).elliptic_e())),
        "ellipkinc": (2, lambda p, m: real(acb.elliptic_f(acb(p), acb(m)))), "ellipeinc": (2, lambda p, m: real(acb.elliptic_e_inc(acb(p), acb(m)))),
        "elliprc": (2, lambda x, y: real(acb.elliptic_rc(acb(x), acb(y)))), "elliprf": (3, lambda x, y, z: real(acb.elliptic_rf(acb(x), acb(y), acb(z)))),
        "elliprd": (3, lambda x, y, z: real(acb.elliptic_rd(acb(x), acb(y), acb(z)))), "elliprg": (3, lambda x, y, z: real(acb.elliptic_rg(acb(x), acb(y), acb(z)))),
        "elliprj": (4, lambda x, y, z, p: real(acb.elliptic_rj(acb(x), acb(y), acb(z), acb(p)))),
    }  # fmt: skip


def _recurred(n: Any, value: Any, slope: Any, following: Any) -> Any:
    """The n-th derivative, n >= 1, by ``following(k, d[k - 1], d[k])``."""
    before, now = value, slope
    for k in range(1, int(float(n.mid()))):
        before, now = now, following(k, before, now)
    return now
