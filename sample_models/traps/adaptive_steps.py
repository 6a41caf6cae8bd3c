"""The number of Euler steps depends on x: f jumps where it changes, and what it means is smooth."""
# expect: decay cannot-tell GC202
# expect: decay_between agree

import math


def decay(x):
    # gradcheck: at=0.5
    n = math.ceil(10.0 * x)
    y = 1.0
    for _ in range(n):
        y += -y * x / n
    return y


def decay_prime(x):
    return -math.exp(-x)


def decay_between(x):
    # gradcheck: at=0.55
    n = math.ceil(10.0 * x)
    y = 1.0
    for _ in range(n):
        y += -y * x / n
    return y


def decay_between_prime(x):
    n = math.ceil(10.0 * x)
    return -((1.0 - x / n) ** (n - 1))
