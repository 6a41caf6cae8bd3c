"""Random factors inside f: two calls differ, and nobody can say which gradient is meant."""
# expect: dropped cannot-tell GC206

import numpy as np

RNG = np.random.default_rng(7)


def dropped(x):
    # gradcheck: at=[1.0, 2.0, 3.0, 4.0]
    return np.sum(x * RNG.binomial(1, 0.5, x.size)) / 0.5


def dropped_grad(x):
    return np.ones(x.size)
