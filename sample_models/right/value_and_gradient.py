"""A function that returns (value, gradient), as optimisers like it: say ``--returns value-and-grad``."""
# expect: quadratic agree returns=value-and-grad

import numpy as np

H = np.array([[3.0, 1.0, 0.0], [1.0, 2.0, -0.5], [0.0, -0.5, 1.5]])
G = np.array([1.0, -2.0, 0.5])


def quadratic(x):
    # gradcheck: at=[0.4, -1.1, 2.3]
    return 0.5 * x @ H @ x + G @ x, H @ x + G
