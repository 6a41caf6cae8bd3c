"""What is kept from call to call: a table with rounded keys, a gradient of another call, a start left over.

All gradients here are the right formula; what they return, or what f returns, depends on what was asked before.
"""
# expect: memo cannot-tell GC212
# expect: once wrong GC208
# expect: late wrong GC208
# expect: shared cannot-tell GC213
# expect: warm cannot-tell GC212

import numpy as np

TABLE = {}
FIRST = []
LAST = {}
START = [0.0]


class Residuals:
    def __init__(self):
        self.r = None

    def half_square(self, x):
        self.r = x - 1.0
        return 0.5 * np.sum(self.r**2)

    def slope(self):
        return self.r


MODEL = Residuals()


def memo(x):
    # gradcheck: at=[1.3, 0.7]
    key = tuple(np.round(x, 6))
    if key not in TABLE:
        TABLE[key] = float(np.sum(x**3))
    return TABLE[key]


def memo_grad(x):
    return 3.0 * x**2


def once(x):
    # gradcheck: at=[1.3, 0.7]
    return np.sum(x**3)


def once_grad(x):
    if not FIRST:
        FIRST.append(3.0 * x**2)
    return FIRST[0]


def late(x):
    # gradcheck: at=[1.3, 0.7]
    return np.sum(x**3)


def late_grad(x):
    before = LAST.get("x", x)
    LAST["x"] = x.copy()
    return 3.0 * before**2


def shared(x):
    # gradcheck: at=[1.3, 0.7]
    return MODEL.half_square(x)


def shared_grad(x):
    return MODEL.slope()


def warm(x):
    # gradcheck: at=1.3
    v = START[0]
    for _ in range(8):
        v = 0.5 * np.cos(v) + 0.1 * x
    START[0] = float(v)
    return v


def warm_prime(x):
    v = 0.0
    for _ in range(100):
        v = 0.5 * np.cos(v) + 0.1 * x
    return 0.1 / (1.0 + 0.5 * np.sin(v))
