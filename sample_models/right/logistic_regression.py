"""The loss of a logistic regression with its gradient, in the form that does not overflow.

Only `weights` is differentiated: the data are constants of the module.
"""
# expect: loss agree

import numpy as np

FEATURES = np.array([[1.0, 0.5, -1.2], [1.0, -0.3, 0.8], [1.0, 2.1, 0.4], [1.0, -1.7, -0.6], [1.0, 0.9, 1.5]])
LABELS = np.array([1.0, 0.0, 1.0, 0.0, 1.0])
RIDGE = 0.1


def loss(weights):
    # gradcheck: at=[0.2, -0.4, 0.7]
    margin = FEATURES @ weights
    return np.mean(np.logaddexp(0.0, margin) - LABELS * margin) + RIDGE * np.sum(weights**2)


def loss_grad(weights):
    chance = 1.0 / (1.0 + np.exp(-(FEATURES @ weights)))
    return FEATURES.T @ (chance - LABELS) / len(LABELS) + 2.0 * RIDGE * weights
