"""The gradient takes the other branch: the Huber loss is linear beyond 1, its gradient stayed quadratic there."""
# expect: huber wrong GC112 df/dr[1]

import numpy as np


def huber(r):
    # gradcheck: at=[0.3, 2.5, -0.6]
    small = np.abs(r) <= 1.0
    return np.sum(np.where(small, 0.5 * r**2, np.abs(r) - 0.5))


def huber_grad(r):
    return np.where(np.abs(r) <= 3.0, r, np.sign(r))
