"""|x| at 0 has two slopes, -1 and +1. No gradient is right there, and 0 is not called wrong either.

``lasso`` has its kink in one entry; the others are checked as usual. ``lasso_steep`` claims a slope outside
of both: that is wrong at a kink, too.
"""
# expect: lasso kink GC201 df/dx[1]
# expect: lasso_steep wrong GC201 df/dx[1]
# expect: lasso_beside agree

import numpy as np


def lasso(x):
    # gradcheck: at=[0.5, 0.0, -2.0]
    return np.sum((x - 1.0) ** 2) + 0.5 * np.sum(np.abs(x))


def lasso_grad(x):
    return 2.0 * (x - 1.0) + 0.5 * np.sign(x)


def lasso_steep(x):
    # gradcheck: at=[0.5, 0.0, -2.0]
    return np.sum((x - 1.0) ** 2) + 0.5 * np.sum(np.abs(x))


def lasso_steep_grad(x):
    return 2.0 * (x - 1.0) + 0.5 * np.where(x == 0.0, 3.0, np.sign(x))


def lasso_beside(x):
    # gradcheck: at=[0.5, 1e-3, -2.0]
    return np.sum((x - 1.0) ** 2) + 0.5 * np.sum(np.abs(x))


def lasso_beside_grad(x):
    return 2.0 * (x - 1.0) + 0.5 * np.sign(x)
