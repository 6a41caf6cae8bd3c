"""A function that draws new random numbers at each call has no derivative to be checked: fix the seed."""
# expect: estimate cannot-tell GC206
# expect: estimate_seeded agree

import numpy as np


def estimate(x):
    # gradcheck: at=[0.4, 1.1]
    noise = np.random.default_rng().normal(size=50)
    return np.mean((x[0] + x[1] * noise) ** 2)


def estimate_grad(x):
    return np.array([2.0 * x[0], 2.0 * x[1]])


def estimate_seeded(x):
    # gradcheck: at=[0.4, 1.1]
    noise = np.random.default_rng(3).normal(size=50)
    return np.mean((x[0] + x[1] * noise) ** 2)


def estimate_seeded_grad(x):
    noise = np.random.default_rng(3).normal(size=50)
    inside = x[0] + x[1] * noise
    return np.array([2.0 * np.mean(inside), 2.0 * np.mean(inside * noise)])
