"""One argument, one formula: the unary functions of NumPy, alone and in company."""

import numpy as np
from numpy import cos, exp, sin


def sine(x):
    return np.sin(x)


def cosine_star_import(x):
    return cos(x) * 2 - sin(x)


def tangent(x):
    return np.tan(x)


def exponential(x):
    return np.exp(x)


def exponential_squared_sum(x):
    return exp(-(x**2)).sum()


def logarithm(x):
    return np.log(x)


def log_two_and_ten(x):
    return np.log2(x) + np.log10(x)


def log_one_plus(x):
    return np.log1p(x).sum()


def exp_minus_one(x):
    return np.expm1(x)


def exp_two(x):
    return np.exp2(x).sum()


def root(x):
    return np.sqrt(x).sum()


def cube_root(x):
    return np.cbrt(x)


def square(x):
    return np.square(x).sum()


def reciprocal(x):
    return np.reciprocal(x).sum()


def negative(x):
    return np.negative(x)


def positive(x):
    return np.positive(x) + (+x)


def arc_sine(x):
    return np.arcsin(x).sum()


def arc_cosine(x):
    return np.arccos(x)


def arc_tangent(x):
    return np.arctan(x).sum()


def hyperbolic_sine(x):
    return np.sinh(x)


def hyperbolic_cosine(x):
    return np.cosh(x).sum()


def hyperbolic_tangent(x):
    return np.tanh(x).sum()


def area_sine(x):
    return np.arcsinh(x).sum()


def area_cosine(x):
    return np.arccosh(x).sum()


def area_tangent(x):
    return np.arctanh(x)


def absolute_value(x):
    return np.abs(x).sum()


def absolute_fabs(x):
    return np.fabs(x)


def absolute_builtin(x):
    return abs(x) * x


def sign_times(x):
    return np.sign(x) * x**2


def floor_fraction(x):
    return (x - np.floor(x)) ** 2


def ceil_gap(x):
    return np.ceil(x) - x


def rounding(x):
    return np.rint(x) * x + np.trunc(x)


def round_decimals(x):
    return np.round(x, 1) * x


def fix_part(x):
    return np.fix(x) + 0.5 * x


def degrees_radians(x):
    return np.degrees(x) + np.deg2rad(x) + np.radians(x) * np.rad2deg(x)


def sinc_values(x):
    return np.sinc(x).sum()


def bessel_i0(x):
    return np.i0(x).sum()


def tanh_of_log(x):
    return np.tanh(np.log(x))


def logistic(x):
    return (1 / (1 + np.exp(-x))).sum()


def softplus(x):
    return np.log1p(np.exp(x)).sum()


def swish(x):
    return (x / (1 + np.exp(-x))).sum()


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def gaussian(x):
    return np.exp(-0.5 * ((x - 0.3) / 1.7) ** 2) / (1.7 * np.sqrt(2 * np.pi))


def nested_deep(x):
    return np.sin(np.cos(np.tan(np.tanh(np.exp(-x)))))


def scalar_input(t):
    return np.sin(t) * np.exp(-t) + t**3


def scalar_sqrt_log(t):
    return np.sqrt(np.log(t) + 2)


def matrix_input(X):
    return np.tanh(X) + X.T


def matrix_to_scalar(X):
    return np.sum(np.exp(X) * np.cos(X))


def modf_fraction(x):
    frac, whole = np.modf(x)
    return frac**2 + whole


def frexp_mantissa(x):
    m, e = np.frexp(x)
    return np.sum(m * m) + float(np.sum(e))


def spelled_with_out(x):
    y = np.empty_like(x)
    np.sin(x, out=y)
    np.multiply(y, x, y)
    return y


def spelled_with_where(x):
    out = np.zeros_like(x)
    np.log(x, out=out, where=x > 1)
    return out


def method_conj_abs(x):
    return np.conj(x) * np.absolute(x)


def float_power_one(x):
    return np.float_power(x, 1.5).sum()


POINTS = {
    "log_two_and_ten": [0.3, 1.7, 12.5],
    "logarithm": [0.2, 1.1, 3.3],
    "area_cosine": [1.2, 2.5, 7.0],
    "area_tangent": [0.3, -0.7, 0.05],
    "arc_sine": [0.3, -0.8, 0.05],
    "arc_cosine": [0.3, -0.8, 0.05],
    "scalar_input": 0.8,
    "scalar_sqrt_log": 1.4,
    "matrix_input": [[0.3, -1.2], [0.7, 2.1]],
    "matrix_to_scalar": [[0.3, -1.2, 0.4], [0.7, 1.1, -0.6]],
    "absolute_value": [-1.5, 0.7, -0.2],
    "absolute_builtin": [-1.5, 0.7, -0.2],
    "absolute_fabs": [-1.5, 0.7, -0.2],
    "sign_times": [-1.5, 0.7, -0.2],
    "cube_root": [-8.1, 0.7, 3.0],
    "floor_fraction": [-1.5, 0.7, 2.2],
    "ceil_gap": [-1.5, 0.7, 2.2],
    "rounding": [-1.4, 0.7, 2.2],
    "hyperbolic_sine": [-1.5, 0.7, 2.2],
    "hyperbolic_tangent": [-1.5, 0.7, 4.2],
    "softplus": [-11.5, 0.7, 22.2],
    "exp_minus_one": [1e-9, -0.4, 2.0],
    "log_one_plus": [1e-9, -0.4, 2.0],
    "nested_deep": [0.3, 0.9, 1.7],
    "sinc_values": [0.3, -1.4, 2.2],
    "frexp_mantissa": [0.7, 5.3],
    "spelled_with_where": [0.7, 5.3, 1.4],
}
DEFAULT = [0.7, 1.3, 0.4]
