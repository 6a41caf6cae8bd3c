"""Smooth functions at points where careless rules break: zeros, huge and tiny numbers, cancellation, dead branches."""

import math

import numpy as np
from scipy import special


def square_at_zero(x):
    return np.sum(x**2)


def cube_at_zero(x):
    return x**3


def power_one_at_zero(x):
    return x**1.0 + x**2.0


def power_zero_exponent(x):
    return x**0 + np.power(x, 0.0) * 3


def zero_to_active_power(x):
    return np.power(0.0, x)


def power_large_exponent(x):
    return x**50


def sinc_at_zero(x):
    return np.sinc(x)


def sinc_at_zero_scalar(x):
    return np.sum(np.sinc(x))


def sine_over_x_guarded(x):
    safe = np.where(x == 0, 1.0, x)
    return np.where(x == 0, 1.0 - x**2 / 6, np.sin(safe) / safe)


def product_one_zero(x):
    return np.prod(x)


def product_of_loop_zero(x):
    p = 1.0
    for v in x:
        p *= v
    return p


def cumulative_product_through_zero(x):
    return np.cumprod(x)


def hypot_huge(x):
    return np.hypot(x[0], x[1])


def math_hypot_tiny(x):
    return math.hypot(x[0], x[1])


def norm_huge(x):
    return np.linalg.norm(x)


def log_add_exp_huge(x):
    return np.logaddexp(x[0], x[1])


def log_add_exp_far(x):
    return np.logaddexp(x, 0.0)


def softplus_overflow(x):
    return np.where(x > 30, x, np.log1p(np.exp(np.minimum(x, 30.0))))


def softplus_naive_large(x):
    return np.log(1 + np.exp(x))


def sigmoid_large(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_two_branches(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


def expit_far(x):
    return special.expit(x)


def tanh_saturated(x):
    return np.tanh(x)


def erf_far(x):
    return special.erf(x) + special.erfc(x)


def log1p_tiny(x):
    return np.log1p(x) / 3


def expm1_tiny(x):
    return np.expm1(x)


def where_dead_log(x):
    return np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), 0.0) * 1.0 + x


def where_dead_unsafe_log(x):
    return np.where(x > 0, np.log(x), 2 * x)


def where_dead_sqrt(x):
    return np.where(x > 0, np.sqrt(x), x**2)


def where_dead_division(x):
    with np.errstate(all="ignore"):
        return np.where(np.abs(x) > 1e-12, np.sin(x) / x, 1.0) * 2


def where_dead_overflow(x):
    return np.where(x > 100, x, np.exp(x) * x)


def mask_dead_branch(x):
    y = np.zeros_like(x)
    m = x > 0
    y[m] = np.log(x[m])
    y[~m] = -(x[~m] ** 2)
    return y


def divide_where(x):
    return np.divide(1.0, x, out=np.zeros_like(x), where=x != 0) + x


def sum_with_cancelled_infinity(x):
    return np.exp(-(x**-2.0))


def entropy_with_zero_weight(x):
    return special.xlogy(np.array([0.0, 1.0, 2.0]), x).sum()


def log_sum_exp_wide(x):
    m = x.max()
    return m + np.log(np.sum(np.exp(x - m)))


def log_sum_exp_minus_infinity(x):
    y = np.concatenate([x, [-np.inf]])
    return special.logsumexp(y)


def softmax_wide(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def arctan_two_axes(x):
    return np.arctan2(x[0], x[1]) + np.arctan2(x[1], -x[2])


def arctan_two_zero_y(x):
    return np.arctan2(0.0 * x[0] + x[1], x[2])


def angle_zero_imag(x):
    return np.angle(x[2] + 1j * x[1])


def arcsin_near_one(x):
    return np.arcsin(x)


def sqrt_tiny(x):
    return np.sqrt(x)


def sqrt_of_square_sum(x):
    return np.sqrt(x[0] ** 2 + x[1] ** 2)


def cube_root_negative(x):
    return np.cbrt(x)


def modulo_negative(x):
    return x % 0.7 + np.fmod(x, 0.7)


def large_argument_sine(x):
    return np.sin(x)


def cancellation_difference(x):
    return (1 + x) - 1


def cancellation_cosine(x):
    return (1 - np.cos(x)) / x**2


def cancellation_identity(x):
    return np.sin(x) ** 2 + np.cos(x) ** 2


def constant_result(x):
    return np.sum(x - x) + 3.0


def independent_of_input(x):
    return np.ones(2) * 4.0


def partly_independent(x):
    return np.array([x[0], 5.0, 0.0 * x[1]])


def unused_inputs(x):
    return x[1] ** 2


def huge_values(x):
    return x * 1e200


def tiny_values(x):
    return x**2 * 1e-200


def mixed_scales(x):
    return x[0] * 1e12 + x[1] * 1e-12 + x[0] * x[1]


def empty_loop(x):
    s = 0.0
    for i in range(0):
        s += x[i]
    return s + x[0]


def one_element_input(x):
    return np.std(x - 2.0) + x[0] ** 2 if len(x) > 1 else np.sum(x**2)


def variance_single(x):
    return np.var(x) + np.mean(x) ** 2


def maximum_far_from_tie(x):
    return np.maximum(x[0], x[1] - 1e-3)


def relu_of_dead_units(x):
    return np.maximum(0.0, x - 100.0).sum() + x.sum()


def absolute_cubed_zero(x):
    return np.abs(x) ** 3


def power_three_halves_zero(x):
    return np.sum(np.abs(x) ** 2.5)


def determinant_zero_matrix(x):
    A = np.array([[x[0], x[1], 1.0], [x[1], 2.0, 0.0], [1.0, 0.0, x[2]]])
    return np.linalg.det(A)


def determinant_rank_deficient(x):
    A = np.array([[1.0 + x[0], 2.0, 3.0], [2.0, 4.0 + x[1], 6.0], [1.0, 1.0, 1.0 + x[2]]])
    return np.linalg.det(A)


def eigenvalues_repeated_sum(x):
    A = np.diag([2.0, 2.0, 3.0]) + np.outer(x, x)
    return np.sum(np.exp(np.linalg.eigvalsh(A)))


def singular_values_repeated_norm(x):
    A = np.eye(3) + np.diag(x)
    return np.sum(np.linalg.svd(A, compute_uv=False) ** 2)


def nuclear_norm_full_rank(x):
    return np.linalg.norm(np.eye(3) * 2 + np.outer(x, x), "nuc")


def norm_of_shifted(x):
    return np.linalg.norm(x - 1e-8)


def gamma_half_integers(x):
    return special.gamma(x + 0.5)


def bessel_at_zero(x):
    return special.j0(x) + special.i0(x)


def bessel_one_at_zero(x):
    return special.j1(x) + special.jv(2, x)


def erfcx_large(x):
    return special.erfcx(x)


def log_ndtr_far(x):
    return special.log_ndtr(x)


def expm1_over_x(x):
    return special.exprel(x)


def interp_inside_interval(x):
    return np.interp(x, [-1.0, 0.5, 2.0], [0.0, 3.0, 1.0])


def scalar_zero_power(t):
    return t**2 + t**3.0 + 2.0**t


def scalar_python_zero(t):
    return math.sin(t) + t * math.cos(t)


def integer_valued_point(t):
    return t**2 / 2 + math.exp(-t)


def integer_valued_array(x):
    return x**2 // 100 + x / 3


def negative_base_integer_power(x):
    return (-x) ** 3 + np.power(-x, 2)


def long_product_underflow(x):
    p = 1.0
    for _ in range(30):
        p = p * x[0] * 0.1
    return p * 1e30


def exponential_of_large_negative(x):
    return np.exp(-(x**2) * 100)


def polynomial_at_root(x):
    return (x - 0.5) ** 2 * (x + 1.0)


def nan_in_unused_branch(x):
    y = np.array([np.nan, 1.0]) * np.array([0.0, 1.0])
    return y[1] * x[0] ** 2


def infinity_as_bound(x):
    return np.clip(x, -np.inf, np.inf) * np.minimum(x, np.inf)


_ZEROS = [0.0, 0.0, 0.0]
POINTS = {
    "square_at_zero": _ZEROS,
    "cube_at_zero": _ZEROS,
    "power_one_at_zero": _ZEROS,
    "power_zero_exponent": _ZEROS,
    "sinc_at_zero": [0.0, 1e-9, 0.4],
    "sinc_at_zero_scalar": [0.0, 1e-9, 0.4],
    "sine_over_x_guarded": [0.0, 0.3, -1.0],
    "product_one_zero": [0.0, 0.7, 1.3],
    "product_of_loop_zero": [0.7, 0.0, 0.0],
    "cumulative_product_through_zero": [0.7, 0.0, 1.3, 2.0],
    "hypot_huge": [3e200, 4e200],
    "math_hypot_tiny": [3e-200, 4e-200],
    "norm_huge": [3e150, 4e150],
    "log_add_exp_huge": [1000.0, 1001.0],
    "log_add_exp_far": [-800.0, 0.1, 800.0],
    "softplus_overflow": [-5.0, 1.0, 900.0],
    "softplus_naive_large": [-5.0, 1.0, 100.0],
    "sigmoid_large": [-40.0, 0.1, 40.0],
    "sigmoid_two_branches": [-800.0, 0.1, 800.0],
    "expit_far": [-40.0, 0.1, 40.0],
    "tanh_saturated": [-8.0, 0.1, 8.0],
    "erf_far": [-4.0, 0.1, 3.0],
    "log1p_tiny": [1e-12, -1e-9, 0.3],
    "expm1_tiny": [1e-12, -1e-9, 0.3],
    "where_dead_log": [0.5, -0.3, 2.0],
    "where_dead_unsafe_log": [0.5, -0.3, 2.0],
    "where_dead_sqrt": [0.5, -0.3, 2.0],
    "where_dead_overflow": [0.5, 2.0, 1000.0],
    "mask_dead_branch": [0.5, -0.3, 2.0],
    "divide_where": [0.5, -0.3, 2.0],
    "log_sum_exp_wide": [-700.0, 0.1, 700.0],
    "softmax_wide": [-30.0, 0.1, 3.0],
    "arctan_two_axes": [0.0, 0.7, 0.4],
    "arctan_two_zero_y": [0.7, 0.0, 0.4],
    "angle_zero_imag": [0.7, 0.0, 0.4],
    "arcsin_near_one": [1 - 1e-10, -1 + 1e-6, 0.0],
    "sqrt_tiny": [1e-200, 1e-10, 1.0],
    "sqrt_of_square_sum": [1e-100, 0.0],
    "cube_root_negative": [-8.0, -1e-9, 27.0],
    "modulo_negative": [-0.3, -1.5, 1.1],
    "large_argument_sine": [1e5, -3e6, 0.1],
    "cancellation_difference": [1e-17, 1e-10, 0.3],
    "cancellation_cosine": [0.1, 0.5, 1.0],
    "huge_values": [1e100, 2.0, 0.3],
    "mixed_scales": [0.7, 1.3],
    "one_element_input": [0.7],
    "variance_single": [0.7],
    "absolute_cubed_zero": [0.0, -0.4, 0.7],
    "power_three_halves_zero": [0.0, -0.4, 0.7],
    "determinant_zero_matrix": [0.0, 0.0, 0.0],
    "determinant_rank_deficient": [0.0, 0.0, 0.0],
    "eigenvalues_repeated_sum": [0.0, 0.0, 0.3],
    "singular_values_repeated_norm": [0.2, 0.2, 0.2],
    "bessel_at_zero": [0.0, 0.5, 2.0],
    "bessel_one_at_zero": [0.0, 0.5, 2.0],
    "erfcx_large": [0.1, 5.0, 30.0],
    "log_ndtr_far": [-30.0, -5.0, 3.0],
    "expm1_over_x": [0.0, 1e-9, 0.7],
    "scalar_zero_power": 0.0,
    "scalar_python_zero": 0.0,
    "integer_valued_point": 3,
    "integer_valued_array": [1, 2, 3],
    "polynomial_at_root": [0.5, -1.0, 0.0],
    "exponential_of_large_negative": [0.1, 1.0, 2.0],
}
DEFAULT = [0.7, 1.3, 0.4]
