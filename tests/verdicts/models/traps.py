"""Functions on which automatic differentiation or a formula goes wrong although a derivative exists."""

import math

import numpy as np


def removable_relu(x):
    return np.maximum(x, 0.0) - np.maximum(-x, 0.0) + x**2


def removable_relu_grad(x):
    return 1 + 2 * x


def equals_one(x):
    if x == 1:
        return 1.0
    return x * x


def equals_one_grad(x):
    return 2 * x


def root_of_square(x):
    return np.sqrt(x**4)


def root_of_square_grad(x):
    return 2 * x


def where_log(x):
    return np.sum(np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), 0.0))


def where_log_grad(x):
    return np.where(x > 0, 1 / np.where(x > 0, x, 1.0), 0.0)


def where_log_unsafe(x):
    with np.errstate(all="ignore"):
        return np.sum(np.where(x > 0, np.log(x), 0.0))


def where_log_unsafe_grad(x):
    return np.where(x > 0, 1 / x, 0.0)


def intended_where_log_unsafe(x):
    return np.sum(np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), 0.0))


def where_root(x):
    with np.errstate(all="ignore"):
        return np.where(x[0] > 0, np.sqrt(x[0]), 0.0) + x[1] ** 2


def where_root_grad(x):
    return np.array([0.5 / math.sqrt(x[0]) if x[0] > 0 else 0.0, 2 * x[1]])


def intended_where_root(x):
    return (np.sqrt(x[0]) if x[0] > 0 else 0.0) + x[1] ** 2


def sinc_where(x):
    with np.errstate(all="ignore"):
        return np.where(x != 0, np.sin(x) / x, 1.0)


def sinc_where_grad(x):
    if x == 0:
        return 0.0
    return (x * np.cos(x) - np.sin(x)) / x**2


def intended_sinc_where(x):
    return np.sin(x) / x if x != 0 else 1 - x**2 / 6


def clip_saturated(x):
    return np.clip(x[0], 0.0, 1.0) * x[1] + x[1]


def clip_saturated_grad(x):
    return np.array([x[1] if 0 < x[0] < 1 else 0.0, np.clip(x[0], 0.0, 1.0) + 1])


def integer_part(x):
    return int(x[0]) * x[1] + x[1] ** 2


def integer_part_grad(x):
    return np.array([0.0, int(x[0]) + 2 * x[1]])


def steps(x):
    return np.floor(x[0] * 4) / 4 + x[1] * 3


def steps_grad(x):
    return np.array([0.0, 3.0])


def lookup(x):
    table = np.array([0.0, 1.0, 4.0, 9.0, 16.0])
    return table[int(x[0])] * x[1]


def lookup_grad(x):
    table = np.array([0.0, 1.0, 4.0, 9.0, 16.0])
    return np.array([0.0, table[int(x[0])]])


def overflowing_softplus(x):
    with np.errstate(over="ignore"):
        return np.where(x > 30, x, np.log(1 + np.exp(np.minimum(x, 30))))


def overflowing_softplus_grad(x):
    return 1 / (1 + np.exp(-x))


def intended_overflowing_softplus(x):
    return np.log(1 + np.exp(x))


def power_of_zero(x):
    return x[0] ** 2.0 + x[1] ** 3.0


def power_of_zero_grad(x):
    return np.array([2 * x[0], 3 * x[1] ** 2])


def zeroth_power(x):
    return x[0] ** 0.0 + x[1]


def zeroth_power_grad(x):
    return np.array([0.0, 1.0])


def product_with_zero(x):
    return np.prod(x)


def product_with_zero_grad(x):
    return np.array([np.prod(np.delete(x, i)) for i in range(x.size)])


def one_minus_cos_over_square(x):
    return (1 - np.cos(x)) / x**2


def one_minus_cos_over_square_grad(x):
    return (x * np.sin(x) - 2 * (1 - np.cos(x))) / x**3


def in_place(x):
    y = np.zeros(3)
    y[0] = x[0] ** 2
    y[1] = y[0] * x[1]
    y[0] = y[0] + x[1]
    y[2] = y[0] * y[1]
    return y[2]


def in_place_grad(x):
    a, b = x
    p, q = a**2 + b, a**2 * b
    return np.array([2 * a * q + p * 2 * a * b, q + p * a**2])


def lagging_fixed_point(a):
    y = 0.0
    for _ in range(12):
        y = a * np.cos(y)
    return y


def lagging_fixed_point_grad(a):
    y, d = 0.0, 0.0
    for _ in range(12):
        d = np.cos(y) - a * np.sin(y) * d
        y = a * np.cos(y)
    return d


def norm_beside_zero(x):
    return np.linalg.norm(x[:2]) + x[2] ** 2


def norm_beside_zero_grad(x):
    g = np.zeros(3)
    g[:2] = x[:2] / np.linalg.norm(x[:2])
    g[2] = 2 * x[2]
    return g


def norm_squared(x):
    return np.linalg.norm(x) ** 2


def norm_squared_grad(x):
    return 2 * x


def sign_times(x):
    return np.sign(x) * x**2


def sign_times_grad(x):
    return 2 * abs(x)


def abs_cubed(x):
    return np.abs(x) ** 3


def abs_cubed_grad(x):
    return 3 * x * np.abs(x)


def squared_hinge(x):
    return np.maximum(0.0, x) ** 2


def squared_hinge_grad(x):
    return 2 * np.maximum(0.0, x)


def even_number_of_kinks(x):
    return abs(x[0]) * abs(x[0]) + x[1]


def even_number_of_kinks_grad(x):
    return np.array([2 * x[0], 1.0])


def detour_through_text(x):
    return float(f"{x[0]:.17g}") * x[1]


def detour_through_text_grad(x):
    return np.array([x[1], x[0]])


def intended_detour_through_text(x):
    return x[0] * x[1]


def cast_in_the_middle(x):
    scale = float(np.asarray(x[0]).item())
    return scale * x[0]


def cast_in_the_middle_grad(x):
    return np.array([2 * x[0]])


def intended_cast_in_the_middle(x):
    return x[0] * x[0]


def trapped_exception(x):
    try:
        return math.sqrt(x[0]) * x[1]
    except ValueError:
        return x[1] ** 2


def trapped_exception_grad(x):
    if x[0] < 0:
        return np.array([0.0, 2 * x[1]])
    return np.array([0.5 / math.sqrt(x[0]) * x[1], math.sqrt(x[0])])


def intended_trapped_exception(x):
    return x[1] ** 2 if x[0] < 0 else np.sqrt(x[0]) * x[1]


POINTS = {
    "removable_relu": [0.0, 0.5],
    "equals_one": [1.0, 1.5],
    "root_of_square": [0.0, 0.7],
    "where_log": [[1.5, -0.5]],
    "where_log_unsafe": [[1.5, -0.5]],
    "where_root": [[-1.0, 0.5], [2.0, 0.5]],
    "sinc_where": [0.0, 0.8],
    "clip_saturated": [[2.0, 1.5], [0.4, 1.5]],
    "integer_part": [[2.7, 1.2]],
    "steps": [[0.6, 1.0]],
    "lookup": [[2.5, 1.3]],
    "overflowing_softplus": [1.5],
    "power_of_zero": [[0.0, 0.0], [0.0, -1.5]],
    "zeroth_power": [[0.0, 1.0]],
    "product_with_zero": [[0.0, 2.0, 3.0], [0.0, 0.0, 3.0]],
    "one_minus_cos_over_square": [1e-3, 0.6],
    "in_place": [[1.3, -0.4]],
    "lagging_fixed_point": [0.7],
    "norm_beside_zero": [[3.0, -4.0, 0.0]],
    "norm_squared": [[0.0, 0.0], [1.0, -2.0]],
    "sign_times": [0.0, -1.3],
    "abs_cubed": [0.0, -0.8],
    "squared_hinge": [0.0, 1.2],
    "even_number_of_kinks": [[0.0, 1.0]],
    "detour_through_text": [[1.5, 2.0]],
    "cast_in_the_middle": [[1.5]],
    "trapped_exception": [[-1.0, 0.7], [2.0, 0.7]],
}
