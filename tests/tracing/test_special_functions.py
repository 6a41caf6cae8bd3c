"""Plain programs with the functions of scipy.special, NumPy and math: both modes, Hessians, and refusals by name."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import math

import numpy as np
import pytest
from following import assert_followed

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.derivatives import gradient, hessian
from gradcheck_tool.tracing import record
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.math_twins import _fma
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian

sp = pytest.importorskip("scipy.special")
X = np.array([0.83, 0.31, 0.57, 0.72])
SHAPE = np.array([0.5, 2.0, 3.5, 7.0])

NAMES = """gamma gammaln loggamma digamma psi rgamma erf erfc erfcx erfi erfinv erfcinv dawsn expit logit log_expit log1p expm1
exp2 exp10 cosm1 entr ndtr log_ndtr ndtri j0 j1 y0 y1 i0 i0e i1 i1e k0 k0e k1 k1e ellipk ellipkm1 ellipe wrightomega spence
expi exp1 exprel cbrt kolmogorov kolmogi sindg cosdg tandg cotdg ber bei ker kei berp beip kerp keip itstruve0 itmodstruve0
it2struve0 sinc softplus zetac softmax log_softmax logsumexp"""
ONE_ARGUMENT = NAMES.split()
PROGRAMS = {
    **{name: (lambda x, name=name: getattr(sp, name)(x)) for name in ONE_ARGUMENT if name != "zetac"},
    **{f"{name} order": (lambda x, name=name: getattr(sp, name)(SHAPE, x * 2)) for name in ("jv", "yv", "iv", "kv", "jve", "yve", "ive", "kve", "struve", "modstruve")},
    **{f"{name} whole": (lambda x, name=name: getattr(sp, name)(2, x * 2)) for name in ("jn", "yn", "kn", "expn", "spherical_jn", "spherical_yn", "spherical_in", "spherical_kn", "polygamma")},
    **{f"{name} slope": (lambda x, name=name: getattr(sp, name)(1, x * 2, derivative=True)) for name in ("spherical_jn", "spherical_yn", "spherical_in", "spherical_kn")},
    **{f"{name} n": (lambda x, name=name: getattr(sp, name)(2, x * 2, 2)) for name in ("jvp", "yvp", "ivp", "kvp")},
    **{name: (lambda x, name=name: getattr(sp, name)(SHAPE, x)) for name in ("gammainc", "gammaincc", "gammaincinv", "gammainccinv", "chdtr", "chdtrc", "chdtri", "stdtr", "stdtrit", "pdtr", "pdtrc", "tklmbda") if name not in {"pdtr", "pdtrc", "tklmbda"}},
    "pdtr": lambda x: sp.pdtr(2, x) * sp.pdtrc(3, x), "tklmbda": lambda x: sp.tklmbda(x, 0.4),
    **{name: (lambda x, name=name: getattr(sp, name)(SHAPE, 2.5, x)) for name in ("betainc", "betaincc", "betaincinv", "betainccinv", "fdtr", "fdtrc", "fdtri", "hyp1f1", "hyperu", "nrdtrimn")
       if name not in {"nrdtrimn", "hyperu"}},
    "bdtr": lambda x: sp.bdtr(2, 5, x) * sp.bdtrc(1, 5, x) + sp.bdtri(2, 5, x), "nbdtr": lambda x: sp.nbdtr(2, 5, x) * sp.nbdtrc(1, 5, x),
    "gdtr": lambda x: sp.gdtr(x[:2], 2.0, x[2:]) + sp.gdtrc(x[:2], 2.0, x[2:]) ** 2, "gdtrix": lambda x: sp.gdtrix(x[:2], 2.0, x[2:]),
    "nrdtr": lambda x: sp.nrdtrimn(x[0], x[1], x[2]) * sp.nrdtrisd(x[0], x[3], x[1] + 1),
    "beta": lambda x: sp.beta(x[:2], x[2:]) + sp.betaln(x[:2], x[2:]) * sp.poch(x[2:], x[:2]), "binom": lambda x: sp.binom(x[:2] + 4, x[2:] + 1),
    "xlogy": lambda x: sp.xlogy(x[:2], x[2:]) + sp.xlog1py(x[:2], x[2:]), "rel_entr": lambda x: sp.rel_entr(x[:2], x[2:]) + sp.kl_div(x[:2], x[2:]),
    "boxcox": lambda x: sp.boxcox(x[:2], x[2:]) + sp.boxcox1p(x[:2], x[2:]), "inv_boxcox": lambda x: sp.inv_boxcox(x[:2], x[2:]) + sp.inv_boxcox1p(x[:2], x[2:]),
    "huber": lambda x: sp.huber(x[:2], x[2:]) + sp.pseudo_huber(x[:2], x[2:]), "powm1": lambda x: sp.powm1(x[:2], x[2:]),
    "voigt": lambda x: sp.voigt_profile(x[0], x[1], x[2]), "voigt array": lambda x: sp.voigt_profile(x, 0.5, [[0.1], [0.2]]),
    "owens_t": lambda x: sp.owens_t(x[:2], x[2:]), "radian": lambda x: sp.radian(x[0], x[1], x[2]) ** 2, "agm": lambda x: sp.agm(x[:2], x[2:]),
    "elliptic": lambda x: sp.ellipkinc(x[:2], x[2:]) + sp.ellipeinc(x[:2], x[2:]), "elliprf": lambda x: sp.elliprf(x[0], x[1], x[2]) + sp.elliprc(x[2], x[3]),
    "ellipj": lambda x: sp.ellipj(x[:2], x[2:])[0] * sp.ellipj(x[:2], x[2:])[3], "airy": lambda x: sp.airy(x)[0] * sp.airy(x)[3], "airye": lambda x: sp.airye(x)[0] + sp.airye(x)[3],
    "sici": lambda x: sp.sici(x)[0] * sp.sici(x)[1] + sp.shichi(x)[0] * sp.shichi(x)[1], "fresnel": lambda x: sp.fresnel(x)[0] * sp.fresnel(x)[1],
    "pbdv": lambda x: sp.pbdv(1.5, x)[0] * sp.pbdv(0.5, x)[1], "itj0y0": lambda x: sp.itj0y0(x)[0] * sp.iti0k0(x)[1],
    "hyp": lambda x: sp.hyp0f1(1.5, x) + sp.hyp2f1(0.5, SHAPE, 2.0, x), "wright": lambda x: sp.wright_bessel(0.5, 1.0, x) + sp.log_wright_bessel(0.5, 1.0, x),
    "lambertw": lambda x: sp.lambertw(x).real + np.real(sp.lambertw(-x / 3, -1)), "zeta": lambda x: sp.zeta(x + 1.2) + sp.zeta(2.0, x) + sp.zetac(x + 1.2) + sp.zeta(x + 1.5, x),
    "polynomials": lambda x: sp.eval_legendre(3, x) + sp.eval_chebyt([0, 1, 2, 3], x) * sp.eval_chebyu(2, x) + sp.eval_hermite(3, x) + sp.eval_hermitenorm(2, x) + sp.eval_laguerre(3, x),
    "polynomials 2": lambda x: sp.eval_genlaguerre(2, 0.5, x) + sp.eval_gegenbauer(3, 0.5, x) + sp.eval_jacobi(3, 0.5, 1.5, x) + sp.eval_sh_legendre(2, x) + sp.eval_sh_chebyt(2, x) + sp.eval_chebyc(3, x),
    "polynomials 3": lambda x: sp.legendre(3)(x) + sp.hermite(2)(x) + sp.assoc_laguerre(x, 2, 0.5) + sp.lpmv(1, 2, x) + sp.legendre_p(3, x)[0],
    "counting": lambda x: sp.comb(x + 4, 2) + sp.perm(x + 4, 2) + sp.factorial(x) + sp.multigammaln(x[0] + 3, 2) + sp.comb(x + 4, 2, repetition=True), "diric": lambda x: sp.diric(x, 5),
    "logsumexp": lambda x: sp.logsumexp(x.reshape(2, 2), axis=1), "logsumexp weights": lambda x: sp.logsumexp(x[:2], b=x[2:]), "logsumexp keep": lambda x: sp.logsumexp(x.reshape(2, 2), axis=0, keepdims=True),
    "logsumexp list": lambda x: sp.logsumexp([x[0], x[1] * x[2], 0.5]), "logsumexp sign": lambda x: sp.logsumexp(x, b=[1.0, -2.0, 0.5, -1.0], return_sign=True)[0], "softmax axis": lambda x: sp.softmax(x.reshape(2, 2), axis=0) * sp.log_softmax(x.reshape(2, 2), axis=1),
    "out": lambda x: sp.erf(x, out=np.zeros(4)) ** 2, "lists": lambda x: sp.gammaln([x[0], x[1] + 1.0]),
    "numpy i0": lambda x: np.i0(x) * np.sinc(x), "numpy parts": lambda x: np.frexp(x)[0] * np.frexp(x)[1] + np.modf(x * 3)[0] ** 2 + np.divmod(x, 0.4)[1] ** 2, "numpy steps": lambda x: np.nextafter(x, 1.0) ** 2 + np.spacing(x) + np.heaviside(x, 0.5) * np.float_power(x, 3),
    "math": lambda x: math.gamma(x[0]) * math.lgamma(x[1]) + math.erf(x[2]) * math.erfc(x[3]) + math.cbrt(x[0]) * math.exp2(x[1]), "math parts": lambda x: math.frexp(x[0])[0] ** 2 + math.modf(3 * x[1])[0] ** 2 + math.ldexp(x[2], 3) * math.nextafter(x[3], 1.0) + math.ulp(x[0]),
    "math many": lambda x: math.hypot(*x) * math.prod(x) + math.fsum(x) * math.dist(x[:2], x[2:]) + math.log(x[0], x[1]) + math.comb(5, 2) * math.factorial(3) * x[0],
}  # fmt: skip
SHIFT = {"ndtri_exp": -1.0, "kolmogi": 0.0}


@pytest.mark.parametrize("name", PROGRAMS)
def test_forward_reverse_and_differences_agree(name):
    """Both modes agree with each other and with differences of the plain program."""
    assert_followed(PROGRAMS[name], X)


@pytest.mark.parametrize("name", [name for name in PROGRAMS if "list" not in name])
def test_the_hessian_is_the_slope_of_the_gradient(name):
    """The Hessian of a weighted sum of the results is what central differences of its gradient say."""

    def f(x):
        result = np.ravel(PROGRAMS[name](x))
        return np.sum(result * np.linspace(0.3, 1.1, result.shape[0]))

    found = hessian_matrix(record(f, X))
    assert np.allclose(found, found.T, rtol=1e-11, atol=1e-12 * (1 + np.abs(found).max()))
    step = 1e-5
    rows = [
        (reverse_jacobian(record(f, X + step * e))[0] - reverse_jacobian(record(f, X - step * e))[0]) / (2 * step)
        for e in np.eye(len(X))
    ]
    np.testing.assert_allclose(found, rows, rtol=2e-6, atol=2e-7 * (1 + np.abs(found).max()))


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_a_number_is_followed_like_an_array(name):
    """A program of one number gets the derivative that the array program gets for that entry."""
    if name in {"softmax", "log_softmax", "logsumexp"}:
        pytest.skip("functions of a whole array")
    function = getattr(sp, name)
    shift = 1.2 if name == "zetac" else 0.0
    along = reverse_jacobian(record(lambda x: function(x + shift), X))
    alone = reverse_jacobian(record(lambda x: function(x + shift), float(X[1])))
    np.testing.assert_allclose(alone[0, 0], along[1, 1], rtol=1e-14)
    np.testing.assert_allclose(forward_jacobian(record(lambda x: function(x + shift), float(X[1]))), alone, rtol=1e-13)


REFUSED = {
    "scipy.special.jv with respect to v": lambda x: sp.jv(x[0], 1.0),
    "scipy.special.gammainc with respect to a": lambda x: sp.gammainc(x[0], 1.0),
    "scipy.special.betainc with respect to b": lambda x: sp.betainc(2.0, x[0], 0.5),
    "scipy.special.hyp2f1 with respect to a": lambda x: sp.hyp2f1(x[0], 1.0, 2.0, 0.5),
    "scipy.special.polygamma with respect to n": lambda x: sp.polygamma(x[0], 1.0),
    "scipy.special.hankel1": lambda x: sp.hankel1(1, x[0]).real,
    "scipy.special.wofz": lambda x: sp.wofz(x[0]).real,
    "scipy.special.kelvin": lambda x: sp.kelvin(x[0])[0].real,
    "scipy.special.mathieu_cem": lambda x: sp.mathieu_cem(2, 1.0, x[0])[0],
    "scipy.special.smirnov": lambda x: sp.smirnov(5, x[0]),
    "scipy.special.nctdtr": lambda x: sp.nctdtr(5, 1, x[0]),
    "scipy.special.ellip_harm": lambda x: sp.ellip_harm(5, 8, 1, 1, x[0]),
    "scipy.special.sph_harm_y": lambda x: sp.sph_harm_y(2, 1, x[0], 0.5).real,
    "scipy.special.lambertw on a complex branch": lambda x: sp.lambertw(-x[0]).real,
    "scipy.special.factorial2": lambda x: sp.factorial2(x[0]),
    "scipy.special.comb outside": lambda x: sp.comb(x[0], 2),
    "exact= of scipy.special.factorial": lambda x: sp.factorial(x[0], exact=True),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_rule_is_refused_by_its_name_at_its_line(name):
    """The refusal names the function or the argument, the user's line and a remedy."""
    with pytest.raises(CannotFollow) as refusal:
        record(REFUSED[name], X)
    assert name in refusal.value.sentence
    assert "test_special_functions.py" in refusal.value.where
    assert refusal.value.remedy


def test_every_ufunc_of_scipy_special_is_followed_or_refused_by_name():
    """Given recorded operands, each ufunc gives recorded results or raises a refusal with its own name; none loses the record."""
    for name in sp.__all__:
        function = getattr(sp, name)
        if not isinstance(function, np.ufunc):
            continue

        def program(x, function=function):
            result = function(*x[: function.nin])
            parts = result if isinstance(result, tuple) else (result,)
            return sum(np.real(part) * (k + 1) for k, part in enumerate(parts)) + 0 * x[0]

        full = f"scipy.special.{function.__name__}"
        outcome = outcome_of(program, np.linspace(0.31, 0.83, 6))
        if isinstance(outcome, TypeError):
            with pytest.raises(TypeError):
                function(*np.linspace(0.31, 0.83, function.nin))  # a degree that is no whole number
        elif isinstance(outcome, CannotFollow):
            assert "scipy.special." in outcome.sentence, full
        else:
            assert outcome.any() or full in {"scipy.special.gammasgn", "scipy.special.round"}, full


def outcome_of(program, x):
    """The Jacobian of a program, or what it raises."""
    try:
        return reverse_jacobian(record(program, x))
    except (CannotFollow, TypeError) as error:
        return error


@pytest.mark.parametrize(
    ("program", "x", "slope"),
    [
        (lambda x: sp.xlogy(x, 2.0), 0.0, math.log(2.0)),
        (lambda x: sp.xlogy(0.0, x), 0.0, 0.0),
        (lambda x: sp.expit(x), -800.0, 0.0),
        (lambda x: sp.expit(x), 800.0, 0.0),
        (lambda x: sp.log_expit(x), -800.0, 1.0),
        (lambda x: sp.log_ndtr(x), -40.0, 40.02496884720725),
        (lambda x: sp.erfcx(x), 1e10, -5.641895835477563e-21),
        (lambda x: sp.entr(x), 0.0, math.inf),
        (lambda x: np.sinc(x), 0.0, 0.0),
        (lambda x: np.cbrt(x), -8.0, 1 / 12),
        (lambda x: sp.j1(x), 0.0, 0.5),
        (lambda x: sp.spherical_jn(1, x), 0.0, 1 / 3),
        (lambda x: sp.exprel(x), 0.0, 0.5),
        (lambda x: sp.rel_entr(0.0, x), 0.0, 0.0),
        (lambda x: sp.huber(1.0, x), 0.0, 0.0),
        (lambda x: sp.logsumexp(np.array([x, -np.inf])), 1.0, 1.0),
        (lambda x: sp.logsumexp(np.array([x, 1000.0])), 1000.0, 0.5),
        (lambda x: sp.softmax(np.array([x, 1.0, 1.0]))[0], 1.0, 2 / 9),
    ],
)
def test_edge_points(program, x, slope):
    """Where formulas overflow, divide by zero or tie, the derivative is the true one, in both modes."""
    trace = record(program, x)
    np.testing.assert_allclose(reverse_jacobian(trace)[0, 0], slope, rtol=1e-14)
    np.testing.assert_allclose(forward_jacobian(trace)[0, 0], slope, rtol=1e-14)


def test_sinc_has_its_curvature_at_zero():
    """The second derivative of sinc at 0 is -pi**2/3."""
    assert hessian(np.sinc, 0.0) == pytest.approx(-(math.pi**2) / 3, rel=1e-15)


def test_a_gradient_inside_a_gradient_goes_through_the_words():
    """Rules of an inner derivative are recorded by the outer one, also those that SciPy computes."""

    def f(x):
        return np.sum(
            sp.erf(x) * sp.ive(1.5, x) * sp.betainc(2.0, 3.0, x) * sp.digamma(x) * sp.spherical_jn(2, x) * np.sinc(x)
        )

    def along(x):
        return np.sum(gradient(f, x))

    np.testing.assert_allclose(gradient(along, X), hessian(f, X).sum(axis=0), rtol=1e-11)


def test_fma_is_a_product_and_a_sum():
    """``math.fma`` of Python 3.13, by its twin: the value of the C library, the slopes of x*y + z."""
    twin = _fma(Recording(), lambda x, y, z: x * y + z)
    assert twin(2.0, 3.0, 4.0) == 10.0
