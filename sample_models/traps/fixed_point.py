"""A fixed-point loop cut short: the derivative of its steps lags behind the derivative of the limit."""
# expect: settled cannot-tell GC215
# expect: settled_steps agree GC215

import math


def settled(x):
    # gradcheck: at=0.7
    v = 1.0
    for _ in range(12):
        v = x * math.cos(v)
    return v


def settled_prime(x):
    v = 1.0
    for _ in range(300):
        v = x * math.cos(v)
    return math.cos(v) / (1.0 + x * math.sin(v))


def settled_steps(x):
    # gradcheck: at=0.7
    v = 1.0
    for _ in range(12):
        v = x * math.cos(v)
    return v


def settled_steps_prime(x):
    v, dv = 1.0, 0.0
    for _ in range(12):
        v, dv = x * math.cos(v), math.cos(v) - x * math.sin(v) * dv
    return dv
