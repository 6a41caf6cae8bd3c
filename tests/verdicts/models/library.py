"""Functions of SciPy and NumPy differentiated with the derivatives those libraries have themselves."""

import numpy as np
from scipy import optimize, special


def scipy_rosen(x):
    return optimize.rosen(x)


def scipy_rosen_grad(x):
    return optimize.rosen_der(x)


def rosen_slope(x):
    return optimize.rosen_der(x)


def rosen_slope_grad(x):
    return optimize.rosen_hess(x)


def log_gamma_sum(x):
    return np.sum(special.gammaln(x))


def log_gamma_sum_grad(x):
    return special.digamma(x)


def digamma_of(x):
    return special.digamma(x)


def digamma_of_grad(x):
    return special.polygamma(1, x)


def error_function(x):
    return special.erf(x)


def error_function_grad(x):
    return 2 / np.sqrt(np.pi) * np.exp(-(x**2))


def bessel(x):
    return special.jv(2, x) + special.yv(1, x)


def bessel_grad(x):
    return special.jvp(2, x) + special.yvp(1, x)


def bessel_by_hand(x):
    return special.j0(x) * special.j1(x)


def bessel_by_hand_grad(x):
    return -(special.j1(x) ** 2) + special.j0(x) * (special.j0(x) - special.j1(x) / x)


def modified_bessel(x):
    return special.iv(1, x) * special.kv(0, x)


def modified_bessel_grad(x):
    return special.ivp(1, x) * special.kv(0, x) + special.iv(1, x) * special.kvp(0, x)


def log_sum_exp(x):
    return special.logsumexp(x)


def log_sum_exp_grad(x):
    return special.softmax(x)


def soft_maxima(x):
    return special.softmax(x)


def soft_maxima_grad(x):
    s = special.softmax(x)
    return np.diag(s) - np.outer(s, s)


def log_expit_sum(x):
    return np.sum(special.log_expit(x))


def log_expit_sum_grad(x):
    return special.expit(-x)


def elliptic(m):
    return special.ellipk(m)


def elliptic_grad(m):
    return (special.ellipe(m) - (1 - m) * special.ellipk(m)) / (2 * m * (1 - m))


def lambert(x):
    return special.lambertw(x).real


def lambert_grad(x):
    w = special.lambertw(x).real
    return w / (x * (1 + w))


def log_beta(a, b):
    return special.betaln(a, b)


def log_beta_grad(a, b):
    both = special.psi(a + b)
    return special.psi(a) - both, special.psi(b) - both


def entropy(p):
    return np.sum(special.entr(p))


def entropy_grad(p):
    return -np.log(p) - 1


def relative_entropy(p):
    q = np.array([0.2, 0.3, 0.5])
    return np.sum(special.rel_entr(p, q))


def relative_entropy_grad(p):
    q = np.array([0.2, 0.3, 0.5])
    return np.log(p / q) + 1


def pseudo_huber_sum(r):
    return np.sum(special.pseudo_huber(1.5, r))


def pseudo_huber_sum_grad(r):
    return r / np.sqrt(1 + (r / 1.5) ** 2)


def normal_cdf(x):
    return special.ndtr(x)


def normal_cdf_grad(x):
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def log_normal_cdf(x):
    return special.log_ndtr(x)


def log_normal_cdf_grad(x):
    return np.exp(-(x**2) / 2 - special.log_ndtr(x)) / np.sqrt(2 * np.pi)


def incomplete_gamma(x):
    return special.gammainc(2.5, x)


def incomplete_gamma_grad(x):
    return np.exp(-x) * x**1.5 / special.gamma(2.5)


def incomplete_beta(x):
    return special.betainc(2.0, 3.5, x)


def incomplete_beta_grad(x):
    return x * (1 - x) ** 2.5 / special.beta(2.0, 3.5)


def polynomial(x):
    p = np.poly1d([1.0, -3.0, 0.5, 2.0])
    return p(x)


def polynomial_grad(x):
    p = np.poly1d([1.0, -3.0, 0.5, 2.0])
    return p.deriv()(x)


def horner(x):
    return np.polyval([2.0, 0.0, -1.0, 3.0, 1.0], x)


def horner_grad(x):
    return np.polyval(np.polyder([2.0, 0.0, -1.0, 3.0, 1.0]), x)


def sine_integral(x):
    return special.sici(x)[0]


def sine_integral_grad(x):
    return np.sin(x) / x


def exponential_integral(x):
    return special.expi(x)


def exponential_integral_grad(x):
    return np.exp(x) / x


def dawson(x):
    return special.dawsn(x)


def dawson_grad(x):
    return 1 - 2 * x * special.dawsn(x)


def airy(x):
    return special.airy(x)[0]


def airy_grad(x):
    return special.airy(x)[1]


def logits(p):
    return np.sum(special.logit(p) ** 2)


def logits_grad(p):
    return 2 * special.logit(p) / (p * (1 - p))


POINTS = {
    "scipy_rosen": [[-1.2, 1.0, 0.7, 1.3]],
    "rosen_slope": [[0.4, -0.8, 1.3]],
    "log_gamma_sum": [[0.7, 2.3, 11.0]],
    "digamma_of": [1.7],
    "error_function": [0.6, -1.9],
    "bessel": [3.3],
    "bessel_by_hand": [2.2],
    "modified_bessel": [1.4],
    "log_sum_exp": [[1.0, -2.0, 0.5], [700.0, 710.0, 705.0]],
    "soft_maxima": [[0.3, -1.0, 1.2]],
    "log_expit_sum": [[-3.0, 0.5, 6.0]],
    "elliptic": [0.4],
    "lambert": [1.5],
    "log_beta": [{"a": 1.5, "b": 3.2}],
    "entropy": [[0.2, 0.3, 0.5]],
    "relative_entropy": [[0.4, 0.4, 0.2]],
    "pseudo_huber_sum": [[0.2, -3.0, 40.0]],
    "normal_cdf": [-1.3],
    "log_normal_cdf": [-2.0, 1.2],
    "incomplete_gamma": [1.8],
    "incomplete_beta": [0.35],
    "polynomial": [1.7],
    "horner": [-0.8],
    "sine_integral": [2.5],
    "exponential_integral": [1.2],
    "dawson": [0.9],
    "airy": [-1.1],
    "logits": [[0.2, 0.9]],
}
