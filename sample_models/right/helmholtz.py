"""A thermodynamic energy: logarithms of sums, and a gradient in which every input meets every other.

The Helmholtz energy of a mixed fluid, a long-standing test problem for differentiation tools.
"""
# expect: helmholtz agree

import numpy as np

N = 8
B = 1.0 / (10.0 + np.arange(1, N + 1))
A = 1.0 / (10.0 + np.add.outer(np.arange(1, N + 1), np.arange(1, N + 1)))
X0 = 1.0 / (20.0 + np.arange(1, N + 1))

ROOT2, ROOT8 = np.sqrt(2.0), np.sqrt(8.0)


def helmholtz(x):
    filled = B @ x
    pairs = x @ A @ x
    logarithm = np.log((1.0 + (1.0 + ROOT2) * filled) / (1.0 + (1.0 - ROOT2) * filled))
    return np.sum(x * np.log(x / (1.0 - filled))) - pairs / (ROOT8 * filled) * logarithm


def helmholtz_grad(x):
    filled = B @ x
    pairs = x @ A @ x
    above, below = 1.0 + (1.0 + ROOT2) * filled, 1.0 + (1.0 - ROOT2) * filled
    logarithm = np.log(above / below)
    ideal = np.log(x / (1.0 - filled)) + 1.0 + B * np.sum(x) / (1.0 - filled)
    attraction = (2.0 * A @ x) / (ROOT8 * filled) * logarithm
    attraction -= pairs * B / (ROOT8 * filled**2) * logarithm
    attraction += pairs / (ROOT8 * filled) * B * ((1.0 + ROOT2) / above - (1.0 - ROOT2) / below)
    return ideal - attraction
