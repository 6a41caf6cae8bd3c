"""A wave with very many periods between 0 and the point: no step of the usual size can see its slope.

The right derivative is confirmed by AD and the complex step; a wrong one is not excused by blind differences.
"""
# expect: tide agree
# expect: tide_wrong wrong

import numpy as np


def tide(t):
    # gradcheck: at=1e14
    return np.sin(t)


def tide_prime(t):
    return np.cos(t)


def tide_wrong(t):
    # gradcheck: at=1e14
    return np.sin(t)


def tide_wrong_prime(t):
    return -np.cos(t)
