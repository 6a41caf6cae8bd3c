"""Minima, stationary points and saddles: derivatives that are zero or nearly so."""

import numpy as np


def bowl(x):
    return (x[0] - 3.0) ** 2 + 2 * (x[1] + 1.0) ** 2


def bowl_grad(x):
    return np.array([2 * (x[0] - 3.0), 4 * (x[1] + 1.0)])


def saddle(x):
    return x[0] ** 2 - x[1] ** 2 + x[0] * x[1]


def saddle_grad(x):
    return np.array([2 * x[0] + x[1], -2 * x[1] + x[0]])


def valley(x):
    return 100.0 * (x[1] - x[0] ** 2) ** 2 + (1.0 - x[0]) ** 2


def valley_grad(x):
    inner = x[1] - x[0] ** 2
    return np.array([-400.0 * x[0] * inner - 2.0 * (1.0 - x[0]), 200.0 * inner])


def cosine_top(x):
    return np.cos(x)


def cosine_top_grad(x):
    return -np.sin(x)


def quartic(x):
    return (x - 2.0) ** 4


def quartic_grad(x):
    return 4 * (x - 2.0) ** 3


def least_squares(w):
    x = np.array([[1.0, 0.5], [1.0, 1.5], [1.0, 2.5], [1.0, 4.0]])
    y = np.array([1.1, 2.9, 5.2, 7.8])
    return np.sum((x @ w - y) ** 2)


def least_squares_grad(w):
    x = np.array([[1.0, 0.5], [1.0, 1.5], [1.0, 2.5], [1.0, 4.0]])
    y = np.array([1.1, 2.9, 5.2, 7.8])
    return 2 * x.T @ (x @ w - y)


def poisson_optimum(t):
    return np.exp(t) - 7.0 * t


def poisson_optimum_grad(t):
    return np.exp(t) - 7.0


def even_function(x):
    return np.exp(-(x[0] ** 2)) + x[1] ** 4


def even_function_grad(x):
    return np.array([-2 * x[0] * np.exp(-(x[0] ** 2)), 4 * x[1] ** 3])


def double_well(x):
    return (x**2 - 2) ** 2


def double_well_grad(x):
    return 4 * x * (x**2 - 2)


def rayleigh(x):
    a = np.array([[2.0, 1.0], [1.0, 2.0]])
    return x @ a @ x / (x @ x)


def rayleigh_grad(x):
    a = np.array([[2.0, 1.0], [1.0, 2.0]])
    return 2 * (a @ x - (x @ a @ x) / (x @ x) * x) / (x @ x)


def bernoulli_mean(p):
    return -30 * np.log(p) - 70 * np.log(1 - p)


def bernoulli_mean_grad(p):
    return -30 / p + 70 / (1 - p)


POINTS = {
    "bowl": [[3.0, -1.0], [3.0, 0.5], [3.0 + 1e-7, -1.0 - 1e-9]],
    "saddle": [[0.0, 0.0], [1.0, 0.5]],
    "valley": [[1.0, 1.0], [1.0 + 1e-6, 1.0], [0.9, 0.81]],
    "cosine_top": [0.0, np.pi, 1e-8],
    "quartic": [2.0, 2.001],
    "least_squares": [[0.32, 1.85]],
    "poisson_optimum": [1.9459101490553132, 1.9459],
    "even_function": [[0.0, 0.0], [0.0, 1e-3]],
    "double_well": [1.4142135623730951],
    "rayleigh": [[1.0, 1.0], [1.0, 1.001]],
    "bernoulli_mean": [0.3],
}
