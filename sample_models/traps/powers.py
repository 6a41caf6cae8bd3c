"""Powers at the edge: x**x and x**0 at 0, 0**y, and a negative base."""
# expect: tower cannot-tell GC203
# expect: zero_base agree GC214
# expect: negative_base cannot-tell GC203
# expect: zeroth agree

import numpy as np


def tower(x):
    # gradcheck: at=0.0
    return x**x


def tower_prime(x):
    return x**x * (np.log(x) + 1.0) if x > 0 else 0.0


def zero_base(y):
    # gradcheck: at=2.0
    return 0.0**y


def zero_base_prime(y):
    return 0.0


def negative_base(y):
    # gradcheck: at=2.0
    return np.power(-2.0, y)


def negative_base_prime(y):
    return np.power(-2.0, y) * np.log(2.0)


def zeroth(x):
    # gradcheck: at=0.0
    return x**0.0 + 3.0 * x


def zeroth_prime(x):
    return 3.0
