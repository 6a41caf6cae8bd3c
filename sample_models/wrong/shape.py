"""One number too few: the gradient of three inputs has two entries."""
# expect: volume wrong GC106

import numpy as np


def volume(x):
    # gradcheck: at=[1.2, 0.7, 2.0]
    return x[0] * x[1] * x[2]


def volume_grad(x):
    return np.array([x[1] * x[2], x[0] * x[2]])
