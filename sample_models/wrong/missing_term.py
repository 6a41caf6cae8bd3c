"""The regulariser is in the function but not in the gradient: off by a multiple of the input itself."""
# expect: ridge wrong GC104

import numpy as np

A = np.array([[2.0, -1.0, 0.3], [0.5, 1.5, -0.8], [1.0, 1.0, 0.2], [0.1, -0.6, 1.4]])
B = np.array([1.0, -1.0, 0.2, 0.7])


def ridge(x):
    # gradcheck: at=[0.4, -1.1, 2.0]
    return np.sum((A @ x - B) ** 2) + 0.3 * np.sum(x**2)


def ridge_grad(x):
    return 2.0 * A.T @ (A @ x - B)
