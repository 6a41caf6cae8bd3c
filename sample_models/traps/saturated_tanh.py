"""1 - tanh(20)**2 is 0 in floats; the derivative is 1.7e-17. The formula is right, its spelling has no digit left."""
# expect: unit agree GC210
# expect: unit_stable agree

import numpy as np


def unit(x):
    # gradcheck: at=20.0
    return np.tanh(x)


def unit_prime(x):
    return 1.0 - np.tanh(x) ** 2


def unit_stable(x):
    # gradcheck: at=20.0
    return np.tanh(x)


def unit_stable_prime(x):
    return 1.0 / np.cosh(x) ** 2
