"""float(x) takes a number out of the recorded run: what follows the recording sees half of the derivative."""
# expect: half agree
# expect: half_stopped wrong GC102
# expect: item agree

import numpy as np


def half(x):
    # gradcheck: at=3.0
    return x * float(x)


def half_prime(x):
    return 2.0 * x


def half_stopped(x):
    # gradcheck: at=3.0
    return x * float(x)


def half_stopped_prime(x):
    return x


def item(x):
    # gradcheck: at=[3.0, 2.0]
    return np.sum(x) * x[0].item()


def item_grad(x):
    return np.array([2.0 * x[0] + x[1], x[0]])
