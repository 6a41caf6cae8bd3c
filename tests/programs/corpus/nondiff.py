"""Points on kinks, jumps, ties and guards: any one-sided value, a refusal or a recorded decision is an answer."""

import math

import numpy as np


def absolute_at_zero(x):
    return np.abs(x)


def absolute_sum_at_zero(x):
    return np.sum(np.abs(x))


def math_fabs_at_zero(t):
    return math.fabs(t)


def maximum_tie(x):
    return np.maximum(x[0], x[1])


def minimum_tie(x):
    return np.minimum(x[0], x[1]) * 2


def max_of_array_tie(x):
    return np.max(x)


def builtin_max_tie(x):
    return max(x[0], x[1])


def relu_at_zero(x):
    return np.maximum(x, 0.0)


def clip_at_bound(x):
    return np.clip(x, 0.0, 1.0)


def sort_tie(x):
    return np.sort(x) * np.arange(1, 4)


def median_tie(x):
    return np.median(x)


def sign_at_zero(x):
    return np.sign(x) * (x + 1)


def heaviside_at_zero(x):
    return np.heaviside(x, 0.5)


def floor_at_integer(x):
    return np.floor(x)


def round_at_half(x):
    return np.round(x)


def modulo_at_multiple(x):
    return x % 0.5


def root_at_zero(x):
    return np.sqrt(x)


def cube_root_at_zero(x):
    return np.cbrt(x)


def norm_at_zero(x):
    return np.linalg.norm(x)


def norm_by_hand_at_zero(x):
    return np.sqrt(np.sum(x**2))


def hypot_at_zero(x):
    return np.hypot(x[0], x[1])


def deviation_of_equal(x):
    return np.std(x)


def norm_one_at_zero(x):
    return np.linalg.norm(x, 1)


def norm_infinity_tie(x):
    return np.linalg.norm(x, np.inf)


def norm_of_cancelled(x):
    return np.linalg.norm(x - x[::-1])


def branch_on_threshold(x):
    return x[0] if x[1] > 0.5 else 2 * x[0]


def branch_continuous_kink(x):
    return x[0] ** 2 if x[0] < 1 else 2 * x[0] - 1 + (x[0] - 1)


def equality_guard_wrong_value(x):
    if x[0] == 0.0:
        return 1.0
    return np.sin(x[0]) / x[0] + x[1]


def equality_guard_sinc(t):
    if t == 0:
        return 1.0
    return math.sin(t) / t


def equality_guard_slope(t):
    return 0.0 if t == 0 else 3.0 * t


def where_equality_guard(x):
    return np.where(x == 0, 0.0, 2 * x)


def arctan_two_origin(x):
    return np.arctan2(x[0], x[1])


def angle_at_cut(x):
    return np.angle(x[0] + 1j * x[1])


def interp_at_node(x):
    return np.interp(x, [0.0, 1.0, 2.0], [0.0, 1.0, 5.0])


def largest_eigenvalue_repeated(x):
    return np.linalg.eigvalsh(np.diag(x))[-1]


def spectral_norm_repeated(x):
    return np.linalg.norm(np.diag(x), 2)


def nuclear_norm_singular(x):
    return np.linalg.norm(np.outer(x, x) + np.diag([x[0], 0.0, 0.0]), "nuc")


def argmax_index_tie(x):
    return np.argmax(x) * x[0]


def table_lookup_only(x):
    return np.array([1.0, 5.0, 7.0])[int(x[0])]


def bisection_only(x):
    lo, hi = 0.0, 2.0
    for _ in range(50):
        mid = 0.5 * (lo + hi)
        if mid * mid < x[0]:
            lo = mid
        else:
            hi = mid
    return lo


def comparison_count(x):
    return float(np.sum(x > 0.5))


def step_counter(x):
    n = 0
    t = 0.0
    while t < x[0]:
        t += 0.1
        n += 1
    return n * 1.0


def integer_cast(x):
    return x.astype(int) * 1.5


def integer_truncation(x):
    return int(x[0]) * x[1]


def rounding_result(x):
    return np.round(x, 2)


def xlogx_at_zero(x):
    return np.where(x > 0, x * np.log(np.where(x > 0, x, 1.0)), 0.0)


def fractional_power_zero(x):
    return x**0.5 + x**1.5


def arcsine_at_one(x):
    return np.arcsin(x)


_TIE = [0.5, 0.5, 0.5]
POINTS = {
    "absolute_at_zero": [0.0, -1.0, 2.0],
    "absolute_sum_at_zero": [0.0, -1.0, 2.0],
    "math_fabs_at_zero": 0.0,
    "maximum_tie": _TIE,
    "minimum_tie": _TIE,
    "max_of_array_tie": [0.5, 0.5, 0.2],
    "builtin_max_tie": _TIE,
    "relu_at_zero": [0.0, 1.0, -1.0],
    "clip_at_bound": [0.0, 1.0, 0.5],
    "sort_tie": [0.5, 0.5, 0.2],
    "median_tie": _TIE,
    "sign_at_zero": [0.0, 1.0, -1.0],
    "heaviside_at_zero": [0.0, 1.0, -1.0],
    "floor_at_integer": [1.0, 2.0, -1.5],
    "round_at_half": [0.5, 1.5, 1.2],
    "modulo_at_multiple": [1.0, 0.7, 0.5],
    "root_at_zero": [0.0, 1.0, 2.0],
    "cube_root_at_zero": [0.0, 1.0, 2.0],
    "norm_at_zero": [0.0, 0.0],
    "norm_by_hand_at_zero": [0.0, 0.0],
    "hypot_at_zero": [0.0, 0.0],
    "deviation_of_equal": _TIE,
    "norm_one_at_zero": [0.0, 1.0, -2.0],
    "norm_infinity_tie": [1.0, -1.0, 0.5],
    "norm_of_cancelled": [0.5, 0.7, 0.5],
    "branch_on_threshold": [0.3, 0.5],
    "branch_continuous_kink": [1.0, 0.5],
    "equality_guard_wrong_value": [0.0, 0.5],
    "equality_guard_sinc": 0.0,
    "equality_guard_slope": 0.0,
    "where_equality_guard": [0.0, 1.0],
    "arctan_two_origin": [0.0, 0.0],
    "angle_at_cut": [-1.0, 0.0],
    "interp_at_node": [0.5, 1.0, 1.5],
    "largest_eigenvalue_repeated": [0.5, 0.5, 0.2],
    "spectral_norm_repeated": [0.5, 0.5, 0.2],
    "nuclear_norm_singular": [0.5, 0.2, 0.1],
    "argmax_index_tie": [0.5, 0.5, 0.2],
    "table_lookup_only": [1.3, 0.5],
    "bisection_only": [1.3, 0.5],
    "comparison_count": [0.7, 0.3],
    "step_counter": [0.75, 0.5],
    "integer_cast": [1.3, 2.7],
    "integer_truncation": [1.3, 2.7],
    "rounding_result": [1.303, 2.7],
    "xlogx_at_zero": [0.0, 1.0],
    "fractional_power_zero": [0.0, 1.0],
    "arcsine_at_one": [1.0, 0.5],
}
DEFAULT = [0.7, 1.3, 0.4]
