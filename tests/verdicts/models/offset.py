"""Small signals on large constants."""

import numpy as np


def on_a_pedestal(x):
    return 1e10 + np.sin(x[0]) * x[1]


def on_a_pedestal_grad(x):
    return np.array([np.cos(x[0]) * x[1], np.sin(x[0])])


def energy_above_ground(x):
    return -76543.21 + 0.5 * x[0] ** 2 + 0.1 * x[0] * x[1] ** 3


def energy_above_ground_grad(x):
    return np.array([x[0] + 0.1 * x[1] ** 3, 0.3 * x[0] * x[1] ** 2])


def julian_date(day):
    return np.sin(2 * np.pi * (day - 2451545.0) / 365.25)


def julian_date_grad(day):
    return 2 * np.pi / 365.25 * np.cos(2 * np.pi * (day - 2451545.0) / 365.25)


def shifted_input(x):
    return (x - 1e8) ** 2 + np.exp(x - 1e8)


def shifted_input_grad(x):
    return 2 * (x - 1e8) + np.exp(x - 1e8)


def grand_total(x):
    return np.sum(x) + 1e12


def grand_total_grad(x):
    return np.ones_like(x)


def small_beside_large(x):
    return 1e6 * np.exp(x[0]) + 1e-6 * np.exp(x[1])


def small_beside_large_grad(x):
    return np.array([1e6 * np.exp(x[0]), 1e-6 * np.exp(x[1])])


def pedestal_of_1e16(x):
    return 1e16 + 1e3 * x**2


def pedestal_of_1e16_grad(x):
    return 2e3 * x


def log_likelihood(theta):
    counts = np.array([120.0, 340.0, 510.0])
    return np.sum(counts * theta - np.exp(theta)) - 53210.0


def log_likelihood_grad(theta):
    counts = np.array([120.0, 340.0, 510.0])
    return counts - np.exp(theta)


POINTS = {
    "on_a_pedestal": [[0.4, 1.7]],
    "energy_above_ground": [[0.3, 1.2]],
    "julian_date": [2459000.5],
    "shifted_input": [1e8 + 0.625],
    "grand_total": [[1.0, 2.5, -0.3]],
    "small_beside_large": [[0.3, -0.2]],
    "pedestal_of_1e16": [1.5],
    "log_likelihood": [[4.8, 5.7, 6.3]],
}
