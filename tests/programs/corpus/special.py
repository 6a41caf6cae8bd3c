"""scipy.special in the places where people use it."""

import numpy as np
import scipy.special
from scipy import special
from scipy import special as sp
from scipy.special import erf, expit, gammaln, logsumexp


def gamma_function(x):
    return special.gamma(x)


def gamma_negative(x):
    return special.gamma(-x - 0.3).sum()


def log_gamma(x):
    return gammaln(x).sum()


def log_gamma_complexname(x):
    return special.loggamma(x)


def digamma_values(x):
    return special.digamma(x).sum()


def psi_values(x):
    return scipy.special.psi(x)


def trigamma_values(x):
    return special.polygamma(1, x).sum()


def polygamma_two(x):
    return special.polygamma(2, x)


def reciprocal_gamma(x):
    return special.rgamma(x)


def multivariate_log_gamma(x):
    return special.multigammaln(x[1] + 2.0, 3)


def beta_function(x):
    return special.beta(x[0], x[1])


def log_beta(x):
    return special.betaln(x[:2], x[1:]).sum()


def error_function(x):
    return erf(x).sum()


def complementary_error(x):
    return special.erfc(x)


def scaled_complementary_error(x):
    return special.erfcx(x).sum()


def inverse_error(x):
    return special.erfinv(x / 3)


def inverse_complementary_error(x):
    return special.erfcinv(x)


def imaginary_error(x):
    return special.erfi(x)


def dawson(x):
    return special.dawsn(x).sum()


def logistic_sigmoid(x):
    return expit(x).sum()


def logit_values(x):
    return special.logit(x / 2)


def log_sigmoid(x):
    return special.log_expit(-3 * x).sum()


def log1p_expm1_names(x):
    return special.log1p(x) * special.expm1(x) + special.cosm1(x)


def exp10_exp2(x):
    return special.exp10(x) + special.exp2(x)


def cube_root_special(x):
    return special.cbrt(x)


def x_log_y(x):
    return special.xlogy(x, x[::-1]).sum()


def x_log1p_y(x):
    return special.xlog1py(x, 0.5 * x**2)


def entropy_terms(x):
    return special.entr(x).sum()


def relative_entropy(x):
    p, q = x / x.sum(), np.array([0.2, 0.3, 0.5])
    return special.rel_entr(p, q).sum()


def kullback_leibler(x):
    return special.kl_div(x, x[::-1] + 0.1)


def log_sum_exp_special(x):
    return logsumexp(x)


def log_sum_exp_weights(x):
    return logsumexp(x, b=[1.0, 2.0, 0.5])


def log_sum_exp_axis(x):
    return logsumexp(np.outer(x, x), axis=1)


def log_sum_exp_keepdims(x):
    A = np.outer(x, x)
    return A - logsumexp(A, axis=0, keepdims=True)


def softmax_special(x):
    return special.softmax(x)


def softmax_axis(x):
    return special.softmax(np.outer(x, x), axis=1)


def log_softmax_special(x):
    return special.log_softmax(2 * x)


def normal_cdf(x):
    return special.ndtr(x).sum()


def log_normal_cdf(x):
    return special.log_ndtr(x - 5).sum()


def normal_quantile(x):
    return special.ndtri(x / 2)


def bessel_j0(x):
    return special.j0(x).sum()


def bessel_j1(x):
    return special.j1(3 * x)


def bessel_j_order(x):
    return special.jv(2, x)


def bessel_j_fraction(x):
    return special.jv(1.5, x).sum()


def bessel_y0_y1(x):
    return special.y0(x) + special.y1(x)


def bessel_y_order(x):
    return special.yv(2, x)


def bessel_i_order(x):
    return special.iv(1.5, x)


def bessel_i_zero_one(x):
    return special.i0(x).sum() * special.i1(x).sum()


def bessel_i_scaled(x):
    return special.i0e(x) + special.i1e(x) + special.ive(2, x)


def bessel_k_order(x):
    return special.kv(0.5, x)


def bessel_k_zero_one(x):
    return special.k0(x) * special.k1(x)


def bessel_k_scaled(x):
    return special.k0e(x) + special.kve(1.0, x)


def bessel_k_integer(x):
    return special.kn(2, x).sum()


def spherical_j(x):
    return special.spherical_jn(1, x)


def spherical_y(x):
    return special.spherical_yn(0, x).sum()


def spherical_i(x):
    return special.spherical_in(2, x)


def spherical_j_derivative(x):
    return special.spherical_jn(2, x, derivative=True)


def elliptic_first(x):
    return special.ellipk(x / 2).sum()


def elliptic_second(x):
    return special.ellipe(x / 2)


def elliptic_first_near_one(x):
    return special.ellipkm1(x / 2)


def elliptic_incomplete(x):
    return special.ellipkinc(x[0], x[2]) + special.ellipeinc(x[1], x[2])


def incomplete_gamma_lower(x):
    return special.gammainc(1.5, x).sum()


def incomplete_gamma_upper(x):
    return special.gammaincc([0.5, 1.0, 2.5], x)


def incomplete_gamma_in_order(x):
    return special.gammainc(x, 1.2)


def incomplete_beta(x):
    return special.betainc(1.5, 2.5, x / 2)


def hypergeometric_1f1(x):
    return special.hyp1f1(0.5, 1.5, -x)


def hypergeometric_2f1(x):
    return special.hyp2f1(0.5, 1.0, 1.5, -x).sum()


def hypergeometric_0f1(x):
    return special.hyp0f1(1.5, x)


def lambert_w(x):
    return special.lambertw(x).real


def hurwitz_zeta(x):
    return special.zeta(2.5, x)


def sinc_special(x):
    return special.sinc(x).sum()


def relative_exponential(x):
    return special.exprel(x)


def box_cox(x):
    return special.boxcox(x, 0.3).sum()


def box_cox_one_plus(x):
    return special.boxcox1p(x, 0.7)


def inverse_box_cox(x):
    return special.inv_boxcox(x, 0.3)


def huber_loss(x):
    return special.huber(1.0, x).sum()


def pseudo_huber_loss(x):
    return special.pseudo_huber(0.8, x).sum()


def voigt(x):
    return special.voigt_profile(x, 0.8, 0.3)


def student_cdf(x):
    return special.stdtr(4, x)


def chi_square_cdf(x):
    return special.chdtr(3, x) + special.chdtrc(3, 2 * x)


def gamma_cdf(x):
    return special.gdtr(1.0, 2.0, x)


def exponential_integral(x):
    return special.expi(x) + special.exp1(x)


def exponential_integral_n(x):
    return special.expn(2, x)


def spence_dilogarithm(x):
    return special.spence(x)


def sine_cosine_integrals(x):
    si, ci = special.sici(x)
    return si * ci


def fresnel_integrals(x):
    s, c = special.fresnel(x)
    return s + 2 * c


def airy_functions(x):
    ai, aip, bi, bip = special.airy(x)
    return ai * bip - aip * bi + ai


def degrees_functions(x):
    return special.sindg(10 * x) + special.cosdg(10 * x)


def binomial_coefficient(x):
    return special.binom(5.5, x)


def factorial_values(x):
    return special.factorial(4) * x + special.comb(5, 2) * x**2


def pochhammer(x):
    return special.poch(x, 2.0)


def legendre_polynomial(x):
    return special.eval_legendre(3, x)


def chebyshev_polynomial(x):
    return sp.eval_chebyt(4, x / 2)


def hermite_polynomial(x):
    return sp.eval_hermite(3, x)


def f_distribution(x):
    return special.fdtr(3, 5, x)


def normal_cdf_by_erf(x):
    return 0.5 * (1 + erf(x / np.sqrt(2)))


def gelu_exact(x):
    return np.sum(x * special.ndtr(x))


def beta_log_density(x):
    a, b = x[0], x[1]
    t = 0.3
    return (a - 1) * np.log(t) + (b - 1) * np.log1p(-t) - special.betaln(a, b)


def student_log_density(x):
    v = x[1] + 2
    return gammaln((v + 1) / 2) - gammaln(v / 2) - 0.5 * np.log(v * np.pi) - (v + 1) / 2 * np.log1p(x[0] ** 2 / v)


def dirichlet_log_density(x):
    p = np.array([0.2, 0.3, 0.5])
    return gammaln(x.sum()) - gammaln(x).sum() + np.sum((x - 1) * np.log(p))


def poisson_log_likelihood(x):
    k = np.array([2, 0, 3])
    return np.sum(special.xlogy(k, x) - x - gammaln(k + 1))


def black_scholes_by_ndtr(x):
    s, k, v = x[0] + 1, x[1], x[2]
    d1 = (np.log(s / k) + 0.5 * v**2) / v
    return s * special.ndtr(d1) - k * special.ndtr(d1 - v)


def scalar_gamma(t):
    return special.gamma(t) * special.erf(t)


def out_of_special(x):
    y = np.empty(3)
    special.expit(x, out=y)
    return y


def derivative_modules_used(x):
    return scipy.special.j0(x[0]) * scipy.special.expit(x[1]) + scipy.special.erf(x[2])


POINTS = {"scalar_gamma": 1.3, "gamma_negative": [0.4, 1.3, 0.5]}
DEFAULT = [0.7, 1.3, 0.4]
