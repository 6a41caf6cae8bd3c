"""A Jacobian with inputs as rows: where it is square, nothing complains until the numbers are compared."""
# expect: swirl wrong GC107
# expect: lift wrong GC107

import numpy as np


def swirl(x):
    # gradcheck: at=[0.4, 1.1]
    return np.array([x[0] * np.exp(x[1]), np.sin(x[0]) + x[1] ** 2])


def swirl_jac(x):
    return np.array([[np.exp(x[1]), np.cos(x[0])], [x[0] * np.exp(x[1]), 2 * x[1]]])


def lift(x):
    # gradcheck: at=[0.4, 1.1]
    return np.array([x[0] * x[1], x[0] ** 2, np.sin(x[1])])


def lift_jac(x):
    return np.array([[x[1], 2 * x[0], 0.0], [x[0], 0.0, np.cos(x[1])]])
