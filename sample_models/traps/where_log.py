"""np.where computes both branches: the log of the branch not taken must not reach the derivative."""
# expect: masked agree
# expect: masked_nan wrong GC109
# expect: at_edge cannot-tell GC202

import numpy as np


def masked(x):
    # gradcheck: at=-1.0
    return np.where(x > 0, np.log(x), 0.0) + 2.0 * x


def masked_prime(x):
    return 2.0 + (1.0 / x if x > 0 else 0.0)


def masked_nan(x):
    # gradcheck: at=-1.0
    return np.where(x > 0, np.log(x), 0.0) + 2.0 * x


def masked_nan_prime(x):
    with np.errstate(all="ignore"):
        return 2.0 + (x > 0) * (1.0 / np.maximum(x, 0.0))


def at_edge(x):
    # gradcheck: at=0.0
    return np.where(x > 0, np.log(x), 0.0)


def at_edge_prime(x):
    return 1.0 / x if x > 0 else 0.0
