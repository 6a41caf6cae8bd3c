"""Square roots at 0 and arccos at 1 end in a vertical tangent."""
# expect: root cannot-tell GC203
# expect: power cannot-tell GC203
# expect: angle cannot-tell GC203

import numpy as np


def root(x):
    # gradcheck: at=0.0
    return np.sqrt(x)


def root_prime(x):
    return np.inf if x == 0 else 0.5 / np.sqrt(x)


def power(x):
    # gradcheck: at=0.0
    return x**0.5


def power_prime(x):
    return 0.5 / x**0.5 if x > 0 else 0.0


def angle(x):
    # gradcheck: at=1.0
    return np.arccos(x)


def angle_prime(x):
    with np.errstate(all="ignore"):
        return -1.0 / np.sqrt(1.0 - x * x)
