"""A gradient computed once and kept: right at the first point, the same numbers everywhere after."""
# expect: energy wrong GC208

import numpy as np

CACHE = {}


def energy(x):
    # gradcheck: at=[1.2, 0.7, 2.0]
    return np.sum(x**3)


def energy_grad(x):
    if "slope" not in CACHE:
        CACHE["slope"] = 3 * x**2
    return CACHE["slope"]
