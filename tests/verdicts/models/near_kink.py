"""Smooth at the point, with a kink near it: 1e-1 down to 1e-14 away."""

import numpy as np


def relu_loss(x):
    return np.maximum(x[0], 0.0) * 3 + x[1] ** 2


def relu_loss_grad(x):
    return np.array([3.0 * (x[0] > 0), 2 * x[1]])


def absolute(x):
    return np.abs(x) * (1 + x)


def absolute_grad(x):
    return np.sign(x) * (1 + 2 * x)


def shifted_absolute(x):
    return np.abs(x - 1.0) + x**2


def shifted_absolute_grad(x):
    return np.sign(x - 1.0) + 2 * x


def huber(r):
    return np.sum(np.where(np.abs(r) <= 1.0, 0.5 * r**2, np.abs(r) - 0.5))


def huber_grad(r):
    return np.where(np.abs(r) <= 1.0, r, np.sign(r))


def l1_penalty(w):
    return np.sum((w - 0.5) ** 2) + 0.3 * np.sum(np.abs(w))


def l1_penalty_grad(w):
    return 2 * (w - 0.5) + 0.3 * np.sign(w)


def hinge(w):
    x = np.array([[1.0, 2.0], [-1.0, 0.5], [0.3, -1.0]])
    y = np.array([1.0, -1.0, 1.0])
    return np.sum(np.maximum(0.0, 1 - y * (x @ w)))


def hinge_grad(w):
    x = np.array([[1.0, 2.0], [-1.0, 0.5], [0.3, -1.0]])
    y = np.array([1.0, -1.0, 1.0])
    active = 1 - y * (x @ w) > 0
    return -(active * y) @ x


def maximum_of_two(x):
    return max(x[0] ** 2, x[1])


def maximum_of_two_grad(x):
    if x[0] ** 2 > x[1]:
        return np.array([2 * x[0], 0.0])
    return np.array([0.0, 1.0])


def clipped(x):
    return np.sum(np.clip(x, -1.0, 1.0) ** 3)


def clipped_grad(x):
    return np.where(np.abs(x) < 1.0, 3 * x**2, 0.0)


def tent(x):
    return 1 - abs(2 * x - 1)


def tent_grad(x):
    return -2.0 if x > 0.5 else 2.0


def euclidean(x):
    return np.sqrt(np.sum(x**2))


def euclidean_grad(x):
    return x / np.sqrt(np.sum(x**2))


def norm_of_residual(x):
    return np.linalg.norm(x - np.array([1.0, 2.0]))


def norm_of_residual_grad(x):
    d = x - np.array([1.0, 2.0])
    return d / np.linalg.norm(d)


_NEAR = [1e-1, 1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-14]

POINTS = {
    "relu_loss": [[d, 0.7] for d in _NEAR] + [[-1e-6, 0.7]],
    "absolute": [1e-2, -1e-5, 1e-8, -1e-11],
    "shifted_absolute": [1.0 + 2.0**-20, 1.0 - 2.0**-40, 1.0 + 2.0**-52],
    "huber": [[1.0 - 1e-7, 0.3, -2.0], [1.0 + 1e-5, 0.3, 0.7]],
    "l1_penalty": [[0.7, 1e-6, -1e-9]],
    "hinge": [[0.2, 0.4 + 1e-8]],
    "maximum_of_two": [[1.5, 2.25 - 1e-6], [1.5, 2.25 + 1e-9]],
    "clipped": [[0.3, 1.0 - 1e-6, 1.0 + 1e-6]],
    "tent": [0.5 + 1e-7, 0.5 - 1e-4],
    "euclidean": [[1e-6, 2e-6], [3e-12, 1e-12]],
    "norm_of_residual": [[1.0 + 2.0**-30, 2.0 - 2.0**-31]],
}
