"""Derivatives that change fast: stiff, steep and strongly curved functions."""

import numpy as np


def steep_exponential(x):
    return np.exp(40 * x)


def steep_exponential_grad(x):
    return 40 * np.exp(40 * x)


def sharp_sigmoid(x):
    return 1 / (1 + np.exp(-(x[0] - 0.5) / 1e-3)) + x[1] ** 2


def sharp_sigmoid_grad(x):
    s = 1 / (1 + np.exp(-(x[0] - 0.5) / 1e-3))
    return np.array([s * (1 - s) / 1e-3, 2 * x[1]])


def narrow_peak(x):
    return 1 / (1 + ((x - 2.0) / 1e-5) ** 2)


def narrow_peak_grad(x):
    u = (x - 2.0) / 1e-5
    return -2 * u / 1e-5 / (1 + u**2) ** 2


def strong_curvature(x):
    return 1e12 * (x[0] - 1) ** 2 + x[0] + x[1]


def strong_curvature_grad(x):
    return np.array([2e12 * (x[0] - 1) + 1, 1.0])


def logistic_map(x):
    y = x
    for _ in range(12):
        y = 3.9 * y * (1 - y)
    return y


def logistic_map_grad(x):
    y, d = x, 1.0
    for _ in range(12):
        d = 3.9 * d * (1 - 2 * y)
        y = 3.9 * y * (1 - y)
    return d


def tower(x):
    return np.exp(np.exp(np.exp(x)))


def tower_grad(x):
    a = np.exp(x)
    b = np.exp(a)
    return np.exp(b) * b * a


def smoothed_absolute(x):
    return np.sqrt(x**2 + 1e-12)


def smoothed_absolute_grad(x):
    return x / np.sqrt(x**2 + 1e-12)


def gaussian_spot(x):
    return np.exp(-((x[0] - 0.3) ** 2 + (x[1] - 0.7) ** 2) / (2 * 1e-3**2))


def gaussian_spot_grad(x):
    e = np.exp(-((x[0] - 0.3) ** 2 + (x[1] - 0.7) ** 2) / (2 * 1e-3**2))
    return -e / 1e-3**2 * (x - np.array([0.3, 0.7]))


def runge(x):
    return 1 / (1 + 25 * x**2)


def runge_grad(x):
    return -50 * x / (1 + 25 * x**2) ** 2


POINTS = {
    "steep_exponential": [1.7],
    "sharp_sigmoid": [[0.501, 0.3]],
    "narrow_peak": [2.0 + 7e-6],
    "strong_curvature": [[1.0, 0.2], [1.0 + 1e-9, 0.2]],
    "logistic_map": [0.31],
    "tower": [0.8],
    "smoothed_absolute": [1e-6, 3e-7],
    "gaussian_spot": [[0.301, 0.6992]],
    "runge": [0.2],
}
