"""Points near the edge of the domain, where a step to one side has no value."""

import math

import numpy as np
from scipy import special


def log_near_zero(x):
    return np.log(x)


def log_near_zero_grad(x):
    return 1 / x


def root_near_zero(x):
    return np.sqrt(x) * (1 + x)


def root_near_zero_grad(x):
    return 0.5 / np.sqrt(x) * (1 + x) + np.sqrt(x)


def arcsine(x):
    return np.arcsin(x)


def arcsine_grad(x):
    return 1 / np.sqrt(1 - x**2)


def barrier(x):
    return x[0] + 2 * x[1] - 0.01 * (math.log(x[0]) + math.log(1 - x[0] - x[1]))


def barrier_grad(x):
    slack = 1 - x[0] - x[1]
    return np.array([1 - 0.01 / x[0] + 0.01 / slack, 2 + 0.01 / slack])


def binary_entropy(p):
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


def binary_entropy_grad(p):
    return np.log((1 - p) / p)


def power_law(x):
    return x[0] ** x[1]


def power_law_grad(x):
    return np.array([x[1] * x[0] ** (x[1] - 1), x[0] ** x[1] * np.log(x[0])])


def gamma_near_pole(x):
    return special.gamma(x)


def gamma_near_pole_grad(x):
    return special.gamma(x) * special.digamma(x)


def raising_outside(x):
    if x[0] <= 0:
        raise ValueError("x[0] must be positive")
    return math.sqrt(x[0]) + x[1] ** 2


def raising_outside_grad(x):
    return np.array([0.5 / math.sqrt(x[0]), 2 * x[1]])


def arc_cosh(x):
    return np.arccosh(x)


def arc_cosh_grad(x):
    return 1 / np.sqrt(x**2 - 1)


def pole(x):
    return 1 / (x - 1)


def pole_grad(x):
    return -1 / (x - 1) ** 2


POINTS = {
    "log_near_zero": [1e-9, 1e-300],
    "root_near_zero": [1e-7, 1e-12],
    "arcsine": [1 - 1e-6, -0.999999999],
    "barrier": [[1e-5, 0.99998], [0.2, 0.3]],
    "binary_entropy": [1e-8, 1 - 1e-7],
    "power_law": [[1e-6, 0.5], [2.0, 3.0]],
    "gamma_near_pole": [1e-5],
    "raising_outside": [[1e-8, 0.5]],
    "arc_cosh": [1 + 1e-8],
    "pole": [1 + 1e-6],
}
