"""Outside of its limits a clip is constant: the derivative 0 is right and says nothing about the formula inside."""
# expect: saturated agree GC214
# expect: saturated_through wrong
# expect: limit kink GC201

import numpy as np


def saturated(x):
    # gradcheck: at=2.0
    return np.clip(x, 0.0, 1.0) ** 2


def saturated_prime(x):
    return 2.0 * x if 0 < x < 1 else 0.0


def saturated_through(x):
    # gradcheck: at=2.0
    return np.clip(x, 0.0, 1.0) ** 2


def saturated_through_prime(x):
    return 2.0 * np.clip(x, 0.0, 1.0)


def limit(x):
    # gradcheck: at=1.0
    return np.clip(x, 0.0, 1.0)


def limit_prime(x):
    return 1.0 if 0 <= x <= 1 else 0.0
