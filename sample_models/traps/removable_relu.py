"""relu(x) - relu(-x) is x: two kinks cancel, and what follows the branches gets the slope at 0 wrong."""
# expect: through agree GC205
# expect: through_zero wrong GC205
# expect: through_max agree

import numpy as np


def through(x):
    # gradcheck: at=0.0
    return np.where(x > 0, x, 0.0) - np.where(-x > 0, -x, 0.0)


def through_prime(x):
    return 1.0


def through_zero(x):
    # gradcheck: at=0.0
    return np.where(x > 0, x, 0.0) - np.where(-x > 0, -x, 0.0)


def through_zero_prime(x):
    return 1.0 if x else 0.0


def through_max(x):
    # gradcheck: at=0.0
    return np.maximum(x, 0.0) - np.maximum(-x, 0.0)


def through_max_prime(x):
    return 1.0
