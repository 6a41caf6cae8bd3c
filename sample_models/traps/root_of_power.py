"""sqrt(x**4) is x*x, but at 0 its chain rule multiplies 0 by infinity."""
# expect: smooth agree GC392
# expect: smooth_nan wrong GC109

import numpy as np


def smooth(x):
    # gradcheck: at=0.0
    return np.sqrt(x**4)


def smooth_prime(x):
    return 2.0 * x


def smooth_nan(x):
    # gradcheck: at=0.0
    return np.sqrt(x**4)


def smooth_nan_prime(x):
    with np.errstate(all="ignore"):
        return 2.0 * x**3 / np.sqrt(x**4)
