"""An input with rows and columns: the gradient of ||AX - B||^2 has the shape of X."""
# expect: misfit agree

import numpy as np

A = np.array([[2.0, -1.0], [0.5, 1.5], [1.0, 1.0]])
B = np.array([[1.0, 0.0, 2.0], [-1.0, 0.5, 0.3], [0.2, 0.8, -0.6]])
X0 = np.array([[0.3, -0.7, 1.1], [0.9, 0.4, -0.2]])


def misfit(X):
    return np.sum((A @ X - B) ** 2)


def misfit_grad(X):
    return 2.0 * A.T @ (A @ X - B)
