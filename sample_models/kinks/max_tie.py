"""Two entries share the largest value: max follows one of them, and either way the slope jumps."""
# expect: peak kink GC201

import numpy as np


def peak(x):
    # gradcheck: at=[3.0, 1.0, 3.0]
    return np.max(x) + x[1] ** 2


def peak_grad(x):
    slope = np.array([0.0, 2.0 * x[1], 0.0])
    slope[np.argmax(x)] += 1.0
    return slope
