"""Saturated and nearly constant functions."""

import numpy as np
from scipy import special


def saturated_tanh(x):
    return np.tanh(x)


def saturated_tanh_grad(x):
    return 1 / np.cosh(x) ** 2


def saturated_sigmoid(x):
    return special.expit(x)


def saturated_sigmoid_grad(x):
    s = special.expit(x)
    return s * special.expit(-x)


def softplus_left(x):
    return np.log1p(np.exp(x))


def softplus_left_grad(x):
    return special.expit(x)


def flat_bump(x):
    return np.exp(-1 / x[0]) + x[1]


def flat_bump_grad(x):
    return np.array([np.exp(-1 / x[0]) / x[0] ** 2, 1.0])


def unused_input(x):
    return x[0] ** 2 + 0.0 * x[1]


def unused_input_grad(x):
    return np.array([2 * x[0], 0.0])


def constant(x):
    return 4.2 + 0 * np.sum(x)


def constant_grad(x):
    return np.zeros_like(x)


def linear(x):
    return 3.0 * x[0] - 0.5 * x[1] + 2.0 * x[2]


def linear_grad(x):
    return np.array([3.0, -0.5, 2.0])


def high_power(x):
    return x**20


def high_power_grad(x):
    return 20 * x**19


def weak_coupling(x):
    return np.cosh(x[0]) + 1e-13 * x[0] * x[1]


def weak_coupling_grad(x):
    return np.array([np.sinh(x[0]) + 1e-13 * x[1], 1e-13 * x[0]])


def erfc_tail(x):
    return special.erfc(x)


def erfc_tail_grad(x):
    return -2 / np.sqrt(np.pi) * np.exp(-(x**2))


POINTS = {
    "saturated_tanh": [12.0, 17.5],
    "saturated_sigmoid": [-30.0, 25.0],
    "softplus_left": [-20.0],
    "flat_bump": [[0.05, 1.0], [0.02, 0.3]],
    "unused_input": [[1.5, 2.0]],
    "constant": [[1.0, 2.0]],
    "linear": [[0.4, 0.9, -2.0], [0.0, 0.0, 0.0]],
    "high_power": [0.05],
    "weak_coupling": [[0.7, 1.9]],
    "erfc_tail": [5.0],
}
