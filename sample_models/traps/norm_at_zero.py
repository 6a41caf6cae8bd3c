"""The length of a vector at the origin is a cone: it has no gradient there, and 0/0 is what formulas give."""
# expect: length kink GC201
# expect: hypotenuse kink GC201

import numpy as np


def length(x):
    # gradcheck: at=[0.0, 0.0]
    return np.linalg.norm(x)


def length_grad(x):
    r = np.linalg.norm(x)
    return x / r if r else np.zeros_like(x)


def hypotenuse(x):
    # gradcheck: at=[0.0, 0.0]
    return np.hypot(x[0], x[1])


def hypotenuse_grad(x):
    r = np.hypot(x[0], x[1])
    return x / r if r else np.array([0.6, 0.8])
