"""(1 - cos x)/x**2 near 0: f itself has lost all digits, and so has everything that differentiates its operations."""
# expect: versine agree GC210
# expect: versine_series agree
# expect: versine_wrong wrong
# expect: versine_right agree

import numpy as np


def versine(x):
    # gradcheck: at=1e-8
    return (1.0 - np.cos(x)) / x**2


def versine_prime(x):
    return np.sin(x) / x**2 - 2.0 * (1.0 - np.cos(x)) / x**3


def versine_series(x):
    # gradcheck: at=1e-8
    return (1.0 - np.cos(x)) / x**2


def versine_series_prime(x):
    return -x / 12.0 + x**3 / 180.0


def versine_wrong(x):
    # gradcheck: at=1e-3
    return (1.0 - np.cos(x)) / x**2


def versine_wrong_prime(x):
    return -x / 11.0


def versine_right(x):
    # gradcheck: at=1e-3
    return (1.0 - np.cos(x)) / x**2


def versine_right_prime(x):
    return -x / 12.0 + x**3 / 180.0
