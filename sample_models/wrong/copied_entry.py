"""A line copied and half edited: the second entry still uses x[0], where x[1] was meant."""
# expect: product wrong GC111 df/dx[1]

import numpy as np


def product(x):
    # gradcheck: at=[0.4, 1.1, 2.0]
    return np.exp(x[0] * x[1]) + x[1] * x[2] ** 2


def product_grad(x):
    inner = np.exp(x[0] * x[1])
    return np.array([x[1] * inner, x[1] * inner + x[2] ** 2, 2 * x[1] * x[2]])
