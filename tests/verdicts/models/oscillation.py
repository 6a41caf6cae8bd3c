"""Functions that turn round many times within a step others would take."""

import numpy as np


def fast_sine(x):
    return np.sin(1e4 * x)


def fast_sine_grad(x):
    return 1e4 * np.cos(1e4 * x)


def chirp(x):
    return np.sin(x**2 * 50)


def chirp_grad(x):
    return 100 * x * np.cos(x**2 * 50)


def ripple(x):
    return x[0] ** 2 + 1e-6 * np.sin(1e6 * x[0]) + x[1]


def ripple_grad(x):
    return np.array([2 * x[0] + np.cos(1e6 * x[0]), 1.0])


def carrier(t):
    return (1 + 0.5 * np.sin(3 * t)) * np.cos(2000 * t)


def carrier_grad(t):
    return 1.5 * np.cos(3 * t) * np.cos(2000 * t) - 2000 * (1 + 0.5 * np.sin(3 * t)) * np.sin(2000 * t)


def interference(x):
    return np.cos(500 * x[0]) * np.cos(499 * x[1]) + x[0] * x[1]


def interference_grad(x):
    return np.array(
        [
            -500 * np.sin(500 * x[0]) * np.cos(499 * x[1]) + x[1],
            -499 * np.cos(500 * x[0]) * np.sin(499 * x[1]) + x[0],
        ]
    )


def reciprocal_sine(x):
    return np.sin(1 / x)


def reciprocal_sine_grad(x):
    return -np.cos(1 / x) / x**2


def weierstrass(x):
    return sum(0.5**k * np.cos(7.0**k * x) for k in range(8))


def weierstrass_grad(x):
    return -sum(0.5**k * 7.0**k * np.sin(7.0**k * x) for k in range(8))


POINTS = {
    "fast_sine": [0.31],
    "chirp": [2.7],
    "ripple": [[0.4, 1.0]],
    "carrier": [0.77],
    "interference": [[1.3, 0.6]],
    "reciprocal_sine": [0.003],
    "weierstrass": [0.4],
}
