"""sin(x)/x with its limit put in at 0: smooth, but the formula is 0/0 there."""
# expect: sinc agree GC214
# expect: sinc_off wrong

import numpy as np


def sinc(x):
    # gradcheck: at=0.0
    return np.where(x != 0, np.sin(x) / x, 1.0)


def sinc_prime(x):
    return (x * np.cos(x) - np.sin(x)) / x**2 if x else 0.0


def sinc_off(x):
    # gradcheck: at=0.0
    return np.where(x != 0, np.sin(x) / x, 1.0) + x


def sinc_off_prime(x):
    return 1.0 + (x * np.cos(x) - np.sin(x)) / x**2 if x else 0.0
