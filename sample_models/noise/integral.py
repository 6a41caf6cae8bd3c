"""An adaptive integral: the integrand is called from compiled code, so only differences can look at it."""
# expect: period agree
# expect: period_off wrong

import numpy as np
from scipy.integrate import quad


def period(k):
    # gradcheck: at=0.3
    return quad(lambda t: 1.0 / np.sqrt(1.0 - k * np.sin(t) ** 2), 0.0, np.pi / 2.0)[0]


def period_prime(k):
    return quad(lambda t: 0.5 * np.sin(t) ** 2 / (1.0 - k * np.sin(t) ** 2) ** 1.5, 0.0, np.pi / 2.0)[0]


def period_off(k):
    # gradcheck: at=0.3
    return quad(lambda t: 1.0 / np.sqrt(1.0 - k * np.sin(t) ** 2), 0.0, np.pi / 2.0)[0]


def period_off_prime(k):
    return quad(lambda t: np.sin(t) ** 2 / (1.0 - k * np.sin(t) ** 2) ** 1.5, 0.0, np.pi / 2.0)[0]
