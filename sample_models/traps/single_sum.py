"""A hundred thousand terms in single precision, one after another: seven digits go in, fewer come out."""
# expect: waves agree GC216
# expect: waves_wrong wrong
# expect: running agree GC216

import numpy as np

K = np.arange(1, 2001).astype(np.float32)


def waves(x):
    # gradcheck: at=1.0
    return np.sum(np.sin(np.float32(x) * K) / K)


def waves_prime(x):
    return np.sum(np.cos(x * K.astype(float)))


def waves_wrong(x):
    # gradcheck: at=1.0
    return np.sum(np.sin(np.float32(x) * K) / K)


def waves_wrong_prime(x):
    return np.sum(np.sin(x * K.astype(float)))


def running(x):
    # gradcheck: at=0.1
    total = np.float32(0.0)
    for _ in range(2000):
        total += np.float32(x)
    return total


def running_prime(x):
    return 2000.0
