"""Where two entries tie, the largest, the sorted order and the eigenvalues have a kink."""
# expect: largest kink GC201
# expect: second kink GC201
# expect: crossing kink GC201

import numpy as np


def largest(x):
    # gradcheck: at=[2.0, 2.0, 1.0]
    return np.max(x)


def largest_grad(x):
    return 1.0 * (np.arange(x.size) == np.argmax(x))


def second(x):
    # gradcheck: at=[3.0, 1.0, 1.0]
    return np.sort(x)[1] ** 2


def second_grad(x):
    middle = np.argsort(x)[1]
    return 2.0 * x[middle] * (np.arange(x.size) == middle)


def crossing(a):
    # gradcheck: at=0.0
    return np.linalg.eigvalsh(np.array([[1.0 + a, 0.0], [0.0, 1.0 - a]]))[1]


def crossing_prime(a):
    return 1.0 if a >= 0 else -1.0
