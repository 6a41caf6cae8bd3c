"""Linear algebra under the derivative: a log likelihood with a Cholesky factor and a solve.

The gradient uses d log det K = tr(K^-1 dK) and d(y' K^-1 y) = -a' dK a with a = K^-1 y.
"""
# expect: log_likelihood agree

import numpy as np

TIMES = np.array([0.0, 0.4, 1.1, 1.9, 2.4, 3.3])
HEIGHTS = np.array([0.1, 0.5, 0.9, 0.8, 0.3, -0.4])
GAPS = (TIMES[:, None] - TIMES[None, :]) ** 2


def covariance(theta):
    spread, length, noise = np.exp(theta[0]), np.exp(theta[1]), np.exp(theta[2])
    return spread * np.exp(-0.5 * GAPS / length**2) + noise * np.eye(len(TIMES))


def log_likelihood(theta):
    # gradcheck: at=[-0.3, 0.2, -2.5]
    lower = np.linalg.cholesky(covariance(theta))
    white = np.linalg.solve(lower, HEIGHTS)
    return -0.5 * white @ white - np.sum(np.log(np.diag(lower))) - 0.5 * len(TIMES) * np.log(2.0 * np.pi)


def log_likelihood_grad(theta):
    spread, length, noise = np.exp(theta[0]), np.exp(theta[1]), np.exp(theta[2])
    smooth = spread * np.exp(-0.5 * GAPS / length**2)
    inverse = np.linalg.inv(covariance(theta))
    weights = inverse @ HEIGHTS
    inner = np.outer(weights, weights) - inverse
    changes = (smooth, smooth * GAPS / length**2, noise * np.eye(len(TIMES)))
    return np.array([0.5 * np.sum(inner * change) for change in changes])
