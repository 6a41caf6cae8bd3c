"""The formula is right and the digits are lost: (1 - cos x)/x**2 and its derivative at x = 1e-5.

``bump_prime`` is what calculus gives; in floating-point arithmetic almost nothing of it is left.
Exact arithmetic proves it the right formula and names the line that loses the digits. ``careful_prime`` says the
same without subtracting near-equal numbers. ``flat_top`` is the same function, written with care.
"""
# expect: bump agree GC210
# expect: careful agree
# expect: flat_top agree

import numpy as np


def bump(x):
    # gradcheck: at=1e-5
    return (1.0 - np.cos(x)) / x**2


def bump_prime(x):
    return np.sin(x) / x**2 - 2.0 * (1.0 - np.cos(x)) / x**3


def careful(x):
    # gradcheck: at=1e-5
    return (1.0 - np.cos(x)) / x**2


def careful_prime(x):
    return -x / 12.0 + x**3 / 180.0


def flat_top(x):
    # gradcheck: at=1e-5
    return 2.0 * (np.sin(x / 2.0) / x) ** 2


def flat_top_prime(x):
    return -x / 12.0 + x**3 / 180.0
