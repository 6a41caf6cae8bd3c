"""A factor 2 that was not carried down: all entries are half of what they should be."""
# expect: squares wrong GC102

import numpy as np


def squares(x):
    # gradcheck: at=[0.4, 1.1, 2.0]
    return np.sum(x**2)


def squares_grad(x):
    return x
