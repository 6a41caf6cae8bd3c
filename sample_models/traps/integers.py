"""floor, round, // and int() make stairs: the derivative is 0 between two steps, and there is none on a step."""
# expect: floors agree GC214
# expect: floors_step cannot-tell GC202
# expect: whole agree
# expect: whole_meant wrong
# expect: shelf cannot-tell GC202
# expect: winner agree GC214

import math

import numpy as np


def floors(x):
    # gradcheck: at=2.4
    return np.floor(x) + 0.0 * x


def floors_prime(x):
    return 0.0


def floors_step(x):
    # gradcheck: at=2.0
    return np.floor(x)


def floors_step_prime(x):
    return 0.0


def whole(x):
    # gradcheck: at=2.4
    return int(x) * x


def whole_prime(x):
    return int(x)


def whole_meant(x):
    # gradcheck: at=2.4
    return int(x) * x


def whole_meant_prime(x):
    return 2.0 * x


def shelf(x):
    # gradcheck: at=7.3
    return x // 2.0


def shelf_prime(x):
    return 0.5


def winner(x):
    # gradcheck: at=[0.3, 0.9, 0.2]
    return float(np.argmax(x))


def winner_grad(x):
    return np.zeros(3)
