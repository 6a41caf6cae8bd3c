"""The complex step is silently wrong through abs, maximum and .real; here it has to decline, and all is well."""
# expect: hinge agree GC304
# expect: real_part agree GC304
# expect: real_zero wrong

import numpy as np


def hinge(x):
    # gradcheck: at=0.7
    return np.abs(x - 2.0) * np.maximum(x, 0.1)


def hinge_prime(x):
    return 2.0 - 2.0 * x


def real_part(x):
    # gradcheck: at=0.7
    return np.real(x) ** 2 + np.sin(x)


def real_part_prime(x):
    return 2.0 * x + np.cos(x)


def real_zero(x):
    # gradcheck: at=0.7
    return np.real(x) ** 2 + np.sin(x)


def real_zero_prime(x):
    return np.cos(x)
