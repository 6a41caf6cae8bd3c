"""SymPy has to know that x is real, or |x| comes out with re, im and conjugate."""
# expect: bump agree
# expect: bump_wrong wrong

import numpy as np


def bump(x):
    # gradcheck: at=-1.3
    return np.abs(x) ** 3 + np.sqrt(x**2)


def bump_prime(x):
    return 3.0 * x * abs(x) + np.sign(x)


def bump_wrong(x):
    # gradcheck: at=-1.3
    return np.abs(x) ** 3 + np.sqrt(x**2)


def bump_wrong_prime(x):
    return 3.0 * x * abs(x) + 1.0
