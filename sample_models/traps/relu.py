"""A rectifier at 0: the slopes are 0 and 1, and libraries return 0, 0.5 or 1 there. Each is a choice, none is right."""
# expect: relu kink GC201
# expect: relu_beyond wrong GC201
# expect: relu_beside agree
# expect: relu_beside_wrong wrong

import numpy as np


def relu(x):
    # gradcheck: at=0.0
    return np.maximum(x, 0.0)


def relu_prime(x):
    return 1.0 if x > 0 else 0.0


def relu_beyond(x):
    # gradcheck: at=0.0
    return np.maximum(x, 0.0)


def relu_beyond_prime(x):
    return 1.0 if x > 0 else 1.5 if x == 0 else 0.0


def relu_beside(x):
    # gradcheck: at=1e-7
    return np.maximum(x, 0.0)


def relu_beside_prime(x):
    return 1.0 if x > 0 else 0.0


def relu_beside_wrong(x):
    # gradcheck: at=1e-7
    return np.maximum(x, 0.0)


def relu_beside_wrong_prime(x):
    return 1.0 if x < 0 else 0.0
