"""The square root of the branch not taken: its infinite slope times 0 is nan, and no slope of the function."""
# expect: masked agree
# expect: at_edge kink GC201

import numpy as np


def masked(x):
    # gradcheck: at=-1.0
    return np.where(x > 0, np.sqrt(x), 0.0) + x * x


def masked_prime(x):
    return 2.0 * x


def at_edge(x):
    # gradcheck: at=0.0
    return np.where(x > 0, np.sqrt(x), 0.0)


def at_edge_prime(x):
    return 0.5 / np.sqrt(x) if x > 0 else 0.0
