"""Functions whose inside is compiled or hidden: SciPy objects, quadrature, solvers, random access into files of numbers.

Nothing but running them tells their derivative. `intended_<name>` is the mathematics behind them.
"""

import decimal
import math

import numpy as np
from scipy import integrate, interpolate, optimize, stats


def _line():
    return interpolate.make_interp_spline([0.0, 0.7, 1.5, 2.2, 3.0, 4.1], [1.0, 2.0, 0.5, -0.3, 0.8, 1.9], k=1)


def _cubic():
    return interpolate.PPoly(np.array([[1.0, -0.5], [0.3, 2.0], [-1.0, 0.25], [2.0, 2.3]]), np.array([0.0, 1.0, 2.5]))


def linear_spline(x):
    return float(_line()(x))


def linear_spline_grad(x):
    return float(_line().derivative()(x))


def intended_linear_spline(x):
    return 0.5 + (x - 1.5) * (-0.30000000000000004 - 0.5) / (2.2 - 1.5)


def piecewise_cubic(x):
    return float(_cubic()(x[0])) * x[1]


def piecewise_cubic_grad(x):
    return np.array([float(_cubic().derivative()(x[0])) * x[1], float(_cubic()(x[0]))])


def intended_piecewise_cubic(x):
    t = x[0]
    return (((1.0 * t + 0.3) * t - 1.0) * t + 2.0) * x[1]


def normal_log_density(x):
    return stats.norm.logpdf(x[0], loc=x[1], scale=x[2])


def normal_log_density_grad(x):
    z = (x[0] - x[1]) / x[2]
    return np.array([-z / x[2], z / x[2], (z**2 - 1) / x[2]])


def intended_normal_log_density(x):
    return -(((x[0] - x[1]) / x[2]) ** 2) / 2 - np.log(x[2])


def student_log_likelihood(theta):
    data = [0.3, -1.2, 2.5, 0.9]
    return -sum(float(stats.t.logpdf(d, 5, loc=theta[0], scale=theta[1])) for d in data)


def student_log_likelihood_grad(theta):
    data = np.array([0.3, -1.2, 2.5, 0.9])
    z = (data - theta[0]) / theta[1]
    w = 6 * z / (5 + z**2)
    return np.array([-np.sum(w) / theta[1], np.sum(1 - w * z) / theta[1]])


def intended_student_log_likelihood(theta):
    data = np.array([0.3, -1.2, 2.5, 0.9])
    z = (data - theta[0]) / theta[1]
    return np.sum(3 * np.log(1 + z**2 / 5) + np.log(theta[1]))


def quadrature(a):
    return integrate.quad(lambda t: math.exp(-float(a) * t * t), 0.0, 1.0)[0]


def quadrature_grad(a):
    return -integrate.quad(lambda t: t * t * math.exp(-float(a) * t * t), 0.0, 1.0)[0]


def intended_quadrature(a):
    from scipy import special

    return np.sqrt(np.pi) / 2 * special.erf(np.sqrt(a)) / np.sqrt(a)


def brent_root(x):
    return optimize.brentq(lambda y: y**3 + float(x[0]) * y - float(x[1]), -10.0, 10.0, xtol=1e-12)


def brent_root_grad(x):
    y = brent_root(x)
    d = 3 * y**2 + x[0]
    return np.array([-y / d, 1 / d])


def intended_brent_root(x):
    y = x[1] / 3
    for _ in range(80):
        y = y - (y**3 + x[0] * y - x[1]) / (3 * y**2 + x[0])
    return y


def decimal_interest(x):
    rate = decimal.Decimal(float(x[0])) / 100
    return float(decimal.Decimal(float(x[1])) * (1 + rate) ** 10)


def decimal_interest_grad(x):
    base = 1 + x[0] / 100
    return np.array([x[1] * 10 * base**9 / 100, base**10])


def intended_decimal_interest(x):
    return x[1] * (1 + x[0] / 100) ** 10


def damped_trajectory(k):
    solved = integrate.solve_ivp(lambda t, y: [y[1], -float(k) * y[0]], (0.0, 1.0), [1.0, 0.0], rtol=1e-10, atol=1e-12)
    return float(solved.y[0, -1])


def damped_trajectory_grad(k):
    return -math.sin(math.sqrt(k)) / (2 * math.sqrt(k))


def intended_damped_trajectory(k):
    return np.cos(np.sqrt(k))


def expected_cost(x):
    return float(stats.norm.expect(lambda z: (z - float(x)) ** 2, loc=1.0, scale=0.5))


def expected_cost_grad(x):
    return 2 * (x - 1.0)


def intended_expected_cost(x):
    return (1.0 - x) ** 2 + 0.25


def plain_floats(x):
    return math.fsum([math.exp(float(v)) for v in x]) ** 0.5


def plain_floats_grad(x):
    return np.exp(x) / (2 * np.sqrt(np.sum(np.exp(x))))


def intended_plain_floats(x):
    return np.sqrt(np.sum(np.exp(x)))


def hidden_quadratic(x):
    return float(np.asarray(x.tolist(), dtype=float) @ np.array([[3.0, 1.0], [1.0, 2.0]]) @ np.asarray(x.tolist()))


def hidden_quadratic_grad(x):
    return 2 * np.array([[3.0, 1.0], [1.0, 2.0]]) @ x


def intended_hidden_quadratic(x):
    return 3.0 * x[0] ** 2 + 2.0 * x[0] * x[1] + 2.0 * x[1] ** 2


def hidden_si_units(x):
    return float(str(1.38e-23 * float(x[0]) * math.log(float(x[1]) / 1e-9)))


def hidden_si_units_grad(x):
    return np.array([1.38e-23 * math.log(x[1] / 1e-9), 1.38e-23 * x[0] / x[1]])


def intended_hidden_si_units(x):
    return 1.38e-23 * x[0] * np.log(x[1] / 1e-9)


POINTS = {
    "linear_spline": [1.8],
    "piecewise_cubic": [[0.6, 1.4]],
    "normal_log_density": [[0.4, 1.1, 0.7]],
    "student_log_likelihood": [[0.2, 1.3]],
    "quadrature": [1.7],
    "brent_root": [[1.2, 0.9]],
    "decimal_interest": [[3.5, 120.0]],
    "damped_trajectory": [2.3],
    "expected_cost": [1.6],
    "plain_floats": [[0.3, -1.0, 0.8]],
    "hidden_quadratic": [[0.7, -1.1]],
    "hidden_si_units": [[300.0, 4e-8]],
}
