"""The loss is a mean, the gradient a sum: every entry is too large by the number of samples."""
# expect: mean_error wrong GC102

import numpy as np

FEATURES = np.array([[1.0, 0.5], [1.0, -0.3], [1.0, 2.1], [1.0, -1.7]])
TARGETS = np.array([1.2, 0.1, 3.0, -1.5])


def mean_error(w):
    # gradcheck: at=[0.3, 0.9]
    return np.mean((FEATURES @ w - TARGETS) ** 2)


def mean_error_grad(w):
    return 2.0 * FEATURES.T @ (FEATURES @ w - TARGETS)
