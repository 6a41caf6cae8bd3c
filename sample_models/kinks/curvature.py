"""A smooth slope whose own slope jumps: max(x, 0)**2 has a first derivative at 0, and two second ones.

Second differences are symmetric and see the mean of both; they accuse nobody there.
"""
# expect: spring agree
# expect: spring cannot-tell GC209 order=2

import numpy as np


def spring(x):
    # gradcheck: at=0.0
    return np.maximum(x, 0.0) ** 2


def spring_prime(x):
    return 2.0 * np.maximum(x, 0.0)


def spring_hess(x):
    return 2.0 if x > 0 else 0.0
