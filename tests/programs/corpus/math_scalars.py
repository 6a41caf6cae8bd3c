"""The module math, in every place Python can hold it."""

import functools
import math
from math import cos, exp, log, pi, sin, sqrt
from math import tan as tangent

import numpy as np

TABLE = {"sin": math.sin, "exp": math.exp, "cube": lambda t: t**3}
CHAIN = [math.sin, math.cosh, math.atan]
scale = functools.partial(math.pow, 1.5)


class Functions:
    f = math.exp
    table = (math.cos, math.sin)

    def apply(self, t):
        return Functions.table[1](t) * self.table[0](t)


def module_attribute(x):
    return math.sin(x[0]) * math.cos(x[1]) + math.tan(x[2])


def from_import(x):
    return sin(x[0]) * exp(-x[1]) + log(x[2]) * sqrt(x[0])


def renamed_import(x):
    return tangent(x[0]) / cos(x[1])


def local_import(x):
    from math import atan2, hypot

    return atan2(x[0], x[1]) * hypot(x[1], x[2])


def local_module_import(x):
    import math as m

    return m.exp(m.sin(x[0])) * m.log(x[1] + m.e)


def default_argument(x, f=math.exp, g=sin):
    return f(x[0]) * g(x[1])


def closure(x):
    fun = math.tanh

    def inner(t):
        return fun(t) ** 2

    return inner(x[0]) + inner(x[1])


def partial_function(x):
    return scale(x[0]) + functools.partial(math.atan2, x[1])(x[2])


def dict_of_functions(x):
    return TABLE["sin"](x[0]) * TABLE["exp"](x[1]) + TABLE["cube"](x[2])


def list_of_functions(x):
    t = x[0]
    for f in CHAIN:
        t = f(t)
    return t


def mapped(x):
    return sum(map(math.exp, x))


def mapped_two(x):
    return sum(map(math.pow, x, [2.0, 3.0, 1.5]))


def comprehension(x):
    return np.array([math.sqrt(v) * math.log(v + 1) for v in x])


def class_attribute(x):
    return Functions.f(x[0]) * Functions().apply(x[1])


def trigonometric(x):
    return [math.asin(x[0]), math.acos(x[2]), math.atan(x[1])]


def hyperbolic(x):
    return [math.sinh(x[0]), math.cosh(x[1]), math.tanh(x[2])]


def inverse_hyperbolic(x):
    return [math.asinh(x[0]), math.acosh(x[1]), math.atanh(x[2])]


def exponentials(x):
    return math.exp(x[0]) + math.expm1(x[1]) + math.exp2(x[2]) + math.pow(x[0], x[1])


def logarithms(x):
    return math.log(x[0]) + math.log2(x[1]) * math.log10(x[2]) + math.log1p(x[0])


def log_with_base(x):
    return math.log(x[0], 3) + math.log(5.0, x[1])


def roots(x):
    return math.sqrt(x[0]) * math.cbrt(x[1]) * math.isqrt(10)


def absolute_sign(x):
    return math.fabs(-x[0]) * math.copysign(x[1], -2.0)


def gamma_family(x):
    return math.gamma(x[0]) * math.lgamma(x[1] + 2)


def error_family(x):
    return math.erf(x[0]) * math.erfc(x[1])


def angles(x):
    return math.degrees(x[0]) + math.radians(x[1]) * math.pi


def hypot_many(x):
    return math.hypot(*x)


def hypot_two(x):
    return math.hypot(x[0], 3.0)


def distance(x):
    return math.dist(x, [1.0, 2.0, 3.0])


def distance_pairs(x):
    return math.dist([x[0], x[1]], (x[2], 0.0))


def exact_sum(x):
    return math.fsum(x) ** 2


def exact_sum_generator(x):
    return math.fsum(v * v for v in x)


def product(x):
    return math.prod(x)


def product_start(x):
    return math.prod([x[0], x[1]], start=x[2])


def floors_and_ceils(x):
    return math.floor(x[1]) * x[0] + math.ceil(x[2]) * x[1] + math.trunc(x[1])


def fmod_remainder(x):
    return math.fmod(x[1], 0.3) * math.remainder(x[0], 0.4)


def modf_parts(x):
    frac, whole = math.modf(x[1])
    return frac * x[0] + whole


def frexp_ldexp(x):
    m, e = math.frexp(x[1])
    return math.ldexp(m, e) * x[0]


def is_close_and_finite(x):
    if math.isclose(x[0], x[1]) or math.isnan(x[2]) or math.isinf(x[0]):
        return x[0]
    return x[0] * x[1] if math.isfinite(x[2]) else 0.0


def factorial_series(x):
    return sum(x[0] ** k / math.factorial(k) for k in range(8))


def binomial_sum(x):
    return sum(math.comb(4, k) * x[0] ** k * x[1] ** (4 - k) for k in range(5))


def constants(x):
    return math.tau * x[0] + math.e ** x[1] + pi * x[2]


def scalar_point(t):
    return math.exp(-t) * math.sin(2 * math.pi * t)


def scalar_point_powers(t):
    return t**0.5 + 2**t + t**t


def numpy_scalar_conversions(x):
    return math.sin(float(x[0])) + math.cos(np.float64(x[1])) + math.exp(x[2].item())


def one_element_array(x):
    return math.sqrt(x[:1].item()) + math.log(np.sum(x))


def math_on_reductions(x):
    return math.log(np.sum(np.exp(x))) + math.sqrt(x @ x)


def mixed_math_and_numpy(x):
    return math.sin(np.cos(x[0])) * np.exp(math.sqrt(x[1]))


def math_in_vectorize(x):
    return np.vectorize(math.sin)(x)


def math_in_frompyfunc(x):
    return np.frompyfunc(math.exp, 1, 1)(x).astype(float)


def math_in_apply_along(x):
    return np.apply_along_axis(lambda r: math.sqrt(r[0] * r[1]), 1, np.outer(x, x[:2]))


def value_error_caught(x):
    try:
        y = math.log(-x[0])
    except ValueError:
        y = math.log(x[0]) * 2
    return y


def zero_division_caught(x):
    try:
        y = float(x[0]) / 0.0
    except ZeroDivisionError:
        y = x[0] ** 2
    return y


def overflow_caught(x):
    try:
        return math.exp(1000.0 * x[1])
    except OverflowError:
        return x[1] ** 2


def haversine(x):
    lat1, lon1, lat2 = x
    lon2 = 0.3
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(a))


def normal_cdf(x):
    return 0.5 * (1.0 + math.erf(x[0] / math.sqrt(2.0)))


def sumprod_lists(x):
    return sum(a * b for a, b in zip(x, [1.0, 2.0, 3.0])) / math.sqrt(math.fsum(v**2 for v in x))


def getattr_by_name(x):
    return sum(getattr(math, name)(v) for name, v in zip(("sin", "exp", "sqrt"), x))


def ternary_math(x):
    return math.log(x[0]) if x[0] > 1 else math.exp(x[0])


POINTS = {"scalar_point": 0.4, "scalar_point_powers": 1.7, "trigonometric": [0.7, 1.3, 0.4]}
DEFAULT = [0.7, 1.3, 0.4]
