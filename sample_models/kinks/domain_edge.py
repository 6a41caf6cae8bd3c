"""At the edge of its domain the slope of the square root is infinite: no finite number is right there."""
# expect: speed cannot-tell
# expect: speed_inside agree

import numpy as np


def speed(height):
    # gradcheck: at=0.0
    return np.sqrt(2.0 * 9.81 * height)


def speed_prime(height):
    with np.errstate(all="ignore"):
        return 9.81 / np.sqrt(2.0 * 9.81 * height)


def speed_inside(height):
    # gradcheck: at=1e-6
    return np.sqrt(2.0 * 9.81 * height)


def speed_inside_prime(height):
    return 9.81 / np.sqrt(2.0 * 9.81 * height)
