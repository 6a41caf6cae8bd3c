"""Writing into the argument changes the caller's array: the next call then starts from somewhere else."""
# expect: normalised cannot-tell GC207
# expect: stepped cannot-tell GC207
# expect: buffered agree

import numpy as np


def normalised(x):
    # gradcheck: at=[1.0, 2.0]
    x /= 2.0
    return np.sum(x**2)


def normalised_grad(x):
    return 0.5 * x


def stepped(x):
    # gradcheck: at=[1.0, 2.0]
    return np.sum(x**2)


def stepped_grad(x):
    x *= 2.0
    return x


def buffered(x):
    # gradcheck: at=[1.0, 2.0]
    y = np.zeros(2)
    y[0] = x[0] * x[1]
    y[1] = y[0] + x[1]
    return y[0] * y[1]


def buffered_grad(x):
    a, b = x
    return np.array([b * (a * b + b) + a * b * b, a * (a * b + b) + a * b * (a + 1.0)])
