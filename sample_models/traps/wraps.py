"""Remainders and angles wrap around: at the wrap there is a jump, at the origin the angle has no value."""
# expect: phase cannot-tell GC202
# expect: bearing cannot-tell GC202
# expect: behind cannot-tell GC202

import numpy as np


def phase(x):
    # gradcheck: at=1.0
    return x % 1.0


def phase_prime(x):
    return 1.0


def bearing(x):
    # gradcheck: at=[0.0, 0.0]
    return np.arctan2(x[1], x[0])


def bearing_grad(x):
    return np.array([-x[1], x[0]]) / (x @ x or 1.0)


def behind(x):
    # gradcheck: at=[-1.0, 0.0]
    return np.arctan2(x[1], x[0])


def behind_grad(x):
    return np.array([-x[1], x[0]]) / (x @ x)
