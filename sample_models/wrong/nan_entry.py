"""0/0 in one entry: a logarithmic derivative divides by x = 0, where the slope is 0. NaN agrees with nothing."""
# expect: length wrong GC109 df/dx[1]

import numpy as np


def length(x):
    # gradcheck: at=[0.5, 0.0, 2.0]
    return np.sum(x**4 / (1.0 + x**2))


def length_grad(x):
    with np.errstate(all="ignore"):
        f = x**4 / (1.0 + x**2)
        return f * (4.0 / x - 2.0 * x / (1.0 + x**2))
