"""A step has no derivative at the jump, and 0 beside it, however near."""
# expect: step cannot-tell GC202
# expect: step_beside agree
# expect: step_beside_wrong wrong
# expect: switch agree GC214

import numpy as np


def step(x):
    # gradcheck: at=0.0
    return np.heaviside(x, 0.5)


def step_prime(x):
    return 0.0


def step_beside(x):
    # gradcheck: at=1e-7
    return np.heaviside(x, 0.5) + 3.0 * x


def step_beside_prime(x):
    return 3.0


def step_beside_wrong(x):
    # gradcheck: at=1e-7
    return np.heaviside(x, 0.5) + 3.0 * x


def step_beside_wrong_prime(x):
    return 3.3


def switch(x):
    # gradcheck: at=1e-12
    return 1.0 if x > 0 else 0.0


def switch_prime(x):
    return 0.0
