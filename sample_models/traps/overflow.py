"""exp(1000) is infinite: softplus and sigmoid have stable spellings, logaddexp and expit."""
# expect: softplus error GC203
# expect: softplus_stable wrong GC109
# expect: sigmoid agree GC214

import numpy as np


def softplus(x):
    # gradcheck: at=1000.0
    with np.errstate(all="ignore"):
        return np.log(1.0 + np.exp(x))


def softplus_prime(x):
    return 1.0


def softplus_stable(x):
    # gradcheck: at=1000.0
    return np.logaddexp(0.0, x)


def softplus_stable_prime(x):
    with np.errstate(all="ignore"):
        return np.exp(x) / (1.0 + np.exp(x))


def sigmoid(x):
    # gradcheck: at=-1000.0
    with np.errstate(all="ignore"):
        return 1.0 / (1.0 + np.exp(-x))


def sigmoid_prime(x):
    with np.errstate(all="ignore"):
        s = 1.0 / (1.0 + np.exp(-x))
    return s * (1.0 - s)
