"""Functions of matrices, and linear algebra inside."""

import numpy as np


def log_determinant(a):
    return np.log(np.linalg.det(a))


def log_determinant_grad(a):
    return np.linalg.inv(a).T


def trace_of_inverse(a):
    return np.trace(np.linalg.inv(a))


def trace_of_inverse_grad(a):
    inverse = np.linalg.inv(a)
    return -(inverse @ inverse).T


def frobenius(a):
    return np.sum(a**2)


def frobenius_grad(a):
    return 2 * a


def quadratic_form(a):
    x = np.array([1.0, -2.0])
    y = np.array([0.5, 3.0])
    return x @ a @ y


def quadratic_form_grad(a):
    x = np.array([1.0, -2.0])
    y = np.array([0.5, 3.0])
    return np.outer(x, y)


def quadratic(x):
    a = np.array([[2.0, 0.3, -1.0], [0.7, 1.0, 0.2], [0.1, -0.4, 3.0]])
    return x @ a @ x


def quadratic_grad(x):
    a = np.array([[2.0, 0.3, -1.0], [0.7, 1.0, 0.2], [0.1, -0.4, 3.0]])
    return (a + a.T) @ x


def solve_inside(b):
    a = np.array([[4.0, 1.0], [2.0, 3.0]])
    return np.sum(np.linalg.solve(a, b) ** 2)


def solve_inside_grad(b):
    a = np.array([[4.0, 1.0], [2.0, 3.0]])
    return 2 * np.linalg.solve(a.T, np.linalg.solve(a, b))


def factorisation_loss(u, v):
    m = np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])
    return 0.5 * np.sum((u @ v.T - m) ** 2) + 0.05 * (np.sum(u**2) + np.sum(v**2))


def factorisation_loss_grad(u, v):
    m = np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])
    r = u @ v.T - m
    return r @ v + 0.1 * u, r.T @ u + 0.1 * v


def gaussian_process(log_length):
    x = np.array([0.0, 0.4, 1.1, 1.9])
    y = np.array([0.2, 0.9, 0.4, -0.6])
    d = (x[:, None] - x[None, :]) ** 2
    k = np.exp(-0.5 * d / np.exp(2 * log_length)) + 0.1 * np.eye(4)
    sign, logdet = np.linalg.slogdet(k)
    return 0.5 * y @ np.linalg.solve(k, y) + 0.5 * logdet


def gaussian_process_grad(log_length):
    x = np.array([0.0, 0.4, 1.1, 1.9])
    y = np.array([0.2, 0.9, 0.4, -0.6])
    d = (x[:, None] - x[None, :]) ** 2
    e = np.exp(-0.5 * d / np.exp(2 * log_length))
    k = e + 0.1 * np.eye(4)
    dk = e * d / np.exp(2 * log_length)
    alpha = np.linalg.solve(k, y)
    return -0.5 * alpha @ dk @ alpha + 0.5 * np.trace(np.linalg.solve(k, dk))


def cholesky_energy(a):
    l = np.linalg.cholesky(a @ a.T + 2 * np.eye(2))
    return np.sum(np.log(np.diag(l)))


def cholesky_energy_grad(a):
    return np.linalg.solve(a @ a.T + 2 * np.eye(2), a)


def matrix_power(a):
    return np.sum(a @ a @ a)


def matrix_power_grad(a):
    one = np.ones((2, 2))
    return one @ (a @ a).T + a.T @ one @ a.T + (a @ a).T @ one


def softmax_regression(w):
    x = np.array([[1.0, 0.2], [0.4, -1.0], [-0.7, 0.5]])
    labels = np.array([0, 2, 1])
    z = x @ w
    z = z - np.max(z, axis=1, keepdims=True)
    logp = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    return -np.mean(logp[np.arange(3), labels])


def softmax_regression_grad(w):
    x = np.array([[1.0, 0.2], [0.4, -1.0], [-0.7, 0.5]])
    labels = np.array([0, 2, 1])
    z = x @ w
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    p = e / np.sum(e, axis=1, keepdims=True)
    p[np.arange(3), labels] -= 1
    return x.T @ p / 3


def linear_map(a):
    return a @ np.array([1.0, 2.0])


def linear_map_grad(a):
    j = np.zeros((2, 2, 2))
    j[0, 0] = j[1, 1] = 1.0, 2.0
    return j


def smallest_eigenvalue(a):
    s = (a + a.T) / 2
    return np.linalg.eigvalsh(s)[0]


def smallest_eigenvalue_grad(a):
    w, v = np.linalg.eigh((a + a.T) / 2)
    return np.outer(v[:, 0], v[:, 0])


def convolution(k):
    image = np.arange(16.0).reshape(4, 4) % 5
    total = 0.0
    for i in range(3):
        for j in range(3):
            total = total + np.tanh(0.1 * np.sum(image[i : i + 2, j : j + 2] * k))
    return total


def convolution_grad(k):
    image = np.arange(16.0).reshape(4, 4) % 5
    g = np.zeros((2, 2))
    for i in range(3):
        for j in range(3):
            patch = image[i : i + 2, j : j + 2]
            t = np.tanh(0.1 * np.sum(patch * k))
            g = g + 0.1 * (1 - t**2) * patch
    return g


_A = [[2.0, 0.5, 0.1], [0.3, 1.5, -0.4], [0.2, 0.6, 3.0]]

POINTS = {
    "log_determinant": [{"a": _A}],
    "trace_of_inverse": [{"a": _A}],
    "frobenius": [{"a": [[1.0, -2.0], [0.3, 0.7]]}],
    "quadratic_form": [{"a": [[1.0, -2.0], [0.3, 0.7]]}],
    "quadratic": [[1.0, -0.5, 2.0]],
    "solve_inside": [[1.0, 2.0]],
    "factorisation_loss": [{"u": [[0.3, 1.0], [-0.5, 0.2]], "v": [[1.0, 0.1], [0.4, -0.3], [0.8, 0.9]]}],
    "gaussian_process": [-0.3],
    "cholesky_energy": [{"a": [[1.0, 0.4], [-0.3, 0.8]]}],
    "matrix_power": [{"a": [[0.6, -0.2], [0.3, 0.7]]}],
    "softmax_regression": [{"w": [[0.1, -0.4, 0.3], [0.7, 0.2, -0.5]]}],
    "linear_map": [{"a": [[0.6, -0.2], [0.3, 0.7]]}],
    "smallest_eigenvalue": [{"a": [[2.0, 0.5], [0.1, 1.0]]}],
    "convolution": [{"k": [[0.5, -0.3], [0.2, 0.4]]}],
}
