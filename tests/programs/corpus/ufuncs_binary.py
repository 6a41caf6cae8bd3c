"""Two operands: operators and binary functions, in all mixtures of arrays, numbers and lists."""

import numpy as np

WEIGHTS = np.array([0.5, -1.5, 2.0])


def plus_minus(x):
    return x + WEIGHTS - 2 * x


def times_over(x):
    return x * WEIGHTS / (x + 3)


def reflected_operators(x):
    return 2 - x + 3 / x - 1.5**x


def power_integer(x):
    return x**3 - x**2 + x**1 - x**0


def power_negative_integer(x):
    return (x**-2).sum()


def power_fraction(x):
    return x**2.5 + x**0.5


def power_of_self(x):
    return x**x


def power_both(x):
    return x[0] ** x[1] * x[2] ** x[0]


def np_power(x):
    return np.power(x, WEIGHTS)


def np_power_base(x):
    return np.power(2.0, x).sum()


def float_power_two(x):
    return np.float_power(x, x[::-1])


def floor_divide(x):
    return x // 0.3 + x


def modulo(x):
    return x % 0.4 + np.mod(x, 0.9)


def modulo_of_active(x):
    return (5.3 % x).sum()


def remainder_both(x):
    return np.remainder(x, x[::-1] + 0.05)


def fmod_negative(x):
    return np.fmod(-x, 0.45) * x


def divmod_both_parts(x):
    q, r = np.divmod(x, 0.32)
    return q * r + r**2


def divmod_builtin(x):
    q, r = divmod(x, 0.32)
    return (q + 1) * r


def arctan_two(x):
    return np.arctan2(x, WEIGHTS)


def arctan_two_quadrants(x):
    return np.arctan2(x[0], x[1]) + np.arctan2(-x[1], -x[2]) * np.arctan2(x[2], -x[0])


def hypotenuse(x):
    return np.hypot(x, WEIGHTS).sum()


def hypot_both(x):
    return np.hypot(x[:2], x[1:])


def maximum_number(x):
    return np.maximum(x, 0.5) * x


def minimum_arrays(x):
    return np.minimum(x, x[::-1] * 1.1)


def fmax_fmin(x):
    return np.fmax(x, 0.6) - np.fmin(x, 0.6) ** 2


def relu_layer(x):
    return np.maximum(0, np.array([[1.0, -2.0, 0.3], [0.5, 0.5, -1.5]]) @ x)


def clip_limits(x):
    return np.clip(x, 0.5, 1.0) ** 2


def clip_method_one_sided(x):
    return x.clip(min=0.5) + x.clip(max=1.0)


def clip_array_bounds(x):
    return np.clip(x, [0.1, 0.2, 0.3], np.array([0.9, 0.9, 0.35]))


def clip_active_bounds(x):
    return np.clip(np.array([0.1, 0.8, 2.0]), x[2], x[1]).sum()


def copysign_values(x):
    return np.copysign(x, WEIGHTS) * x


def heaviside_gate(x):
    return np.heaviside(x - 0.5, 0.5) * x**2


def log_add_exp(x):
    return np.logaddexp(x, WEIGHTS).sum()


def log_add_exp_two(x):
    return np.logaddexp2(x, x[::-1] * 2)


def ldexp_scale(x):
    return np.ldexp(x, 3)


def true_divide_names(x):
    return np.true_divide(x, 3) + np.divide(1, x) + np.subtract(x, 1) + np.multiply(x, x) + np.add(x, 1)


def list_operands(x):
    return np.multiply([1.0, 2.0, 3.0], x) + np.add(x, [0.1, 0.2, 0.3])


def list_of_actives(x):
    return np.maximum([x[0], x[1]], [x[2], 0.2])


def tuple_operand(x):
    return x + (1.0, 2.0, 3.0)


def integer_array_operand(x):
    return x * np.arange(3) + np.array([1, 2, 3]) // 2


def boolean_array_operand(x):
    return x * (x > 0.6) + (x < 1.0) * 2.0


def numpy_scalar_left(x):
    return np.float64(2.5) * x + np.int64(3) - np.float32(0.5) * x


def scalar_with_scalar(t):
    return t * t + 2 / t - t**1.7


def scalar_with_array(t):
    return t * WEIGHTS + WEIGHTS**2 / t


def outer_multiply(x):
    return np.multiply.outer(x, x)


def outer_add(x):
    return np.add.outer(x, WEIGHTS).sum() ** 2


def matmul_function(x):
    return np.matmul(np.outer(x, x), x)


def rational_chain(x):
    return (((x + 1) * x + 2) * x + 3) / ((x - 5) * x + 7)


def quotient_of_sums(x):
    return (x[0] + x[1] * x[2]) / (x[0] * x[1] + x[2])


def unary_minus_power(x):
    return -(x**2) + (-x) ** 2 + (-x) ** 3


def where_operator(x):
    return np.add(x, 1.0, where=np.array([True, False, True]), out=np.zeros(3))


def comparison_arithmetic(x):
    return np.where(x > 0.5, x**2, x) + (x >= 1.3 - 0.1).astype(float) * x


def gcd_inside(x):
    return x * np.gcd(12, 18) + np.lcm(4, 6)


def next_after_shift(x):
    return (x - np.nextafter(1.0, 2.0)) ** 2


def square_over_power(x):
    return np.sum(np.square(x) ** 1.5 / np.sqrt(x))


POINTS = {
    "scalar_with_scalar": 1.3,
    "scalar_with_array": 1.3,
    "matmul_function": [0.7, 1.3, 0.4],
    "modulo": [0.7, 1.34, 0.5],
    "copysign_values": [-0.7, 1.3, 0.4],
}
DEFAULT = [0.7, 1.3, 0.4]
