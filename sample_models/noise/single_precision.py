"""Single precision inside: about seven digits, so a right gradient must not be accused of the noise."""
# expect: spread agree
# expect: spread_tripled wrong GC102

import numpy as np

CENTRE = np.array([0.5, -1.0, 2.0], dtype=np.float32)


def spread(x):
    # gradcheck: at=[0.4, 1.1, 2.6]
    away = x.astype(np.float32) - CENTRE
    return np.sum(np.sin(away) * away)


def spread_grad(x):
    away = x - CENTRE
    return np.sin(away) + away * np.cos(away)


def spread_tripled(x):
    # gradcheck: at=[0.4, 1.1, 2.6]
    away = x.astype(np.float32) - CENTRE
    return np.sum(np.sin(away) * away)


def spread_tripled_grad(x):
    away = x - CENTRE
    return 3.0 * (np.sin(away) + away * np.cos(away))
