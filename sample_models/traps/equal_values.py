"""The spread of equal numbers is 0/0, and equal eigenvalues have no eigenvectors of their own."""
# expect: spread kink GC201
# expect: direction cannot-tell GC202

import numpy as np


def spread(x):
    # gradcheck: at=[2.0, 2.0, 2.0]
    return np.std(x)


def spread_grad(x):
    s = np.std(x)
    return (x - np.mean(x)) / (len(x) * s) if s else np.zeros(len(x))


def direction(a):
    # gradcheck: at=0.0
    return np.linalg.eigh(np.array([[1.0 + a, 0.0], [0.0, 1.0]]))[1][0, 0] ** 2


def direction_prime(a):
    return 0.0
