"""Vector-valued functions with Jacobians written by hand: rows are outputs, columns are inputs."""

import numpy as np


def polar(p):
    r, t = p
    return np.array([r * np.cos(t), r * np.sin(t)])


def polar_grad(p):
    r, t = p
    return np.array([[np.cos(t), -r * np.sin(t)], [np.sin(t), r * np.cos(t)]])


def spherical(p):
    r, a, b = p
    return np.array([r * np.sin(a) * np.cos(b), r * np.sin(a) * np.sin(b), r * np.cos(a)])


def spherical_grad(p):
    r, a, b = p
    sa, ca, sb, cb = np.sin(a), np.cos(a), np.sin(b), np.cos(b)
    return np.array([[sa * cb, r * ca * cb, -r * sa * sb], [sa * sb, r * ca * sb, r * sa * cb], [ca, -r * sa, 0.0]])


def lotka_volterra(y):
    return np.array([1.1 * y[0] - 0.4 * y[0] * y[1], 0.1 * y[0] * y[1] - 0.4 * y[1]])


def lotka_volterra_grad(y):
    return np.array([[1.1 - 0.4 * y[1], -0.4 * y[0]], [0.1 * y[1], 0.1 * y[0] - 0.4]])


def lorenz(y):
    return np.array([10.0 * (y[1] - y[0]), y[0] * (28.0 - y[2]) - y[1], y[0] * y[1] - 8.0 / 3.0 * y[2]])


def lorenz_grad(y):
    return np.array([[-10.0, 10.0, 0.0], [28.0 - y[2], -1.0, -y[0]], [y[1], y[0], -8.0 / 3.0]])


def robertson(y):
    fast = 1e4 * y[1] * y[2]
    slow = 0.04 * y[0]
    return np.array([-slow + fast, slow - fast - 3e7 * y[1] ** 2, 3e7 * y[1] ** 2])


def robertson_grad(y):
    return np.array(
        [[-0.04, 1e4 * y[2], 1e4 * y[1]], [0.04, -1e4 * y[2] - 6e7 * y[1], -1e4 * y[1]], [0.0, 6e7 * y[1], 0.0]]
    )


def arm(q):
    lengths = np.array([1.0, 0.7, 0.4])
    angles = np.cumsum(q)
    return np.array([np.sum(lengths * np.cos(angles)), np.sum(lengths * np.sin(angles))])


def arm_grad(q):
    lengths = np.array([1.0, 0.7, 0.4])
    angles = np.cumsum(q)
    x = np.cumsum((lengths * np.sin(angles))[::-1])[::-1]
    y = np.cumsum((lengths * np.cos(angles))[::-1])[::-1]
    return np.array([-x, y])


def decay_residuals(p):
    t = np.array([0.0, 0.5, 1.0, 2.0, 4.0])
    y = np.array([2.1, 1.5, 1.1, 0.8, 0.55])
    return p[0] * np.exp(-p[1] * t) + p[2] - y


def decay_residuals_grad(p):
    t = np.array([0.0, 0.5, 1.0, 2.0, 4.0])
    e = np.exp(-p[1] * t)
    return np.column_stack([e, -p[0] * t * e, np.ones_like(t)])


def elementwise(x):
    return x**2 * np.sin(x)


def elementwise_grad(x):
    return np.diag(2 * x * np.sin(x) + x**2 * np.cos(x))


def affine(x):
    a = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])
    return a @ x + np.array([1.0, -1.0])


def affine_grad(x):
    return np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])


def curve_in_space(t):
    return np.array([np.cos(t), np.sin(2 * t), t**2])


def curve_in_space_grad(t):
    return np.array([-np.sin(t), 2 * np.cos(2 * t), 2 * t])


def bratu(u):
    full = np.concatenate([np.zeros(1), u, np.zeros(1)])
    return 25.0 * (full[:-2] - 2 * full[1:-1] + full[2:]) + np.exp(u)


def bratu_grad(u):
    n = u.size
    return 25.0 * (np.eye(n, k=1) + np.eye(n, k=-1) - 2 * np.eye(n)) + np.diag(np.exp(u))


def cross_product(x):
    return np.cross(x[:3], x[3:])


def cross_product_grad(x):
    a, b = x[:3], x[3:]

    def hat(v):
        return np.array([[0.0, -v[2], v[1]], [v[2], 0.0, -v[0]], [-v[1], v[0], 0.0]])

    return np.hstack([-hat(b), hat(a)])


def normalised(x):
    return x / np.sqrt(x @ x)


def normalised_grad(x):
    r = np.sqrt(x @ x)
    return np.eye(x.size) / r - np.outer(x, x) / r**3


def moving_average(x):
    return (x[:-2] + 2 * x[1:-1] + x[2:]) / 4


def moving_average_grad(x):
    n = x.size
    j = np.zeros((n - 2, n))
    for i in range(n - 2):
        j[i, i : i + 3] = 0.25, 0.5, 0.25
    return j


POINTS = {
    "polar": [[1.4, 0.6]],
    "spherical": [[2.0, 0.8, -0.5]],
    "lotka_volterra": [[8.0, 3.0]],
    "lorenz": [[1.5, -2.0, 20.0]],
    "robertson": [[0.9, 2e-5, 0.1]],
    "arm": [[0.3, 0.5, -0.9]],
    "decay_residuals": [[1.6, 0.7, 0.4]],
    "elementwise": [[0.5, -1.4, 2.0]],
    "affine": [[0.3, 0.2, 0.9]],
    "curve_in_space": [0.8],
    "bratu": [[0.2, 0.5, 0.4, 0.1]],
    "cross_product": [[1.0, 0.5, -2.0, 0.3, 1.2, 0.8]],
    "normalised": [[1.0, -2.0, 0.5]],
    "moving_average": [[1.0, 0.5, 2.0, -1.0, 0.7]],
}
