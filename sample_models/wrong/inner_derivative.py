"""The chain rule stopped half way: cos(x^2) was written where 2x cos(x^2) is meant."""
# expect: waves wrong GC103 df/dx[2]

import numpy as np


def waves(x):
    # gradcheck: at=[0.3, 0.7, 1.9]
    return np.sum(np.sin(x**2))


def waves_grad(x):
    slope = 2 * x * np.cos(x**2)
    slope[2] = np.cos(x[2] ** 2)
    return slope
