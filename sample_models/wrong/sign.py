"""A lost minus: the derivative of cos is -sin."""
# expect: ripple wrong GC101 df/dx[1]

import numpy as np


def ripple(x):
    # gradcheck: at=[0.4, 1.1, 2.0]
    return x[0] ** 2 + np.cos(x[1]) + x[2] ** 3


def ripple_grad(x):
    return np.array([2 * x[0], np.sin(x[1]), 3 * x[2] ** 2])
