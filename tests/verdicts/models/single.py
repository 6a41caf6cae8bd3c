"""Functions and gradients that compute in single precision; the intended formula has no casts."""

import numpy as np


def float32_inside(x):
    y = x.astype(np.float32)
    return float(np.sum(y**3) + np.prod(y))


def float32_inside_grad(x):
    return 3 * x**2 + np.prod(x) / x


def intended_float32_inside(x):
    return np.sum(x**3) + np.prod(x)


def float32_gradient(x):
    return np.sum(np.sin(x) * x)


def float32_gradient_grad(x):
    y = x.astype(np.float32)
    return np.cos(y) * y + np.sin(y)


def float32_both(x):
    y = np.asarray(x, dtype=np.float32)
    return np.exp(-y[0]) * y[1] ** 2 + y[0] * np.float32(3)


def float32_both_grad(x):
    y = np.asarray(x, dtype=np.float32)
    e = np.exp(-y[0])
    return np.array([-e * y[1] ** 2 + np.float32(3), 2 * e * y[1]], dtype=np.float32)


def intended_float32_both(x):
    return np.exp(-x[0]) * x[1] ** 2 + x[0] * 3


def float32_network(w):
    x = np.linspace(-1, 1, 5).astype(np.float32)
    h = np.tanh(np.float32(w[0]) * x + np.float32(w[1]))
    return np.mean((np.float32(w[2]) * h - x**2) ** 2)


def float32_network_grad(w):
    x = np.linspace(-1, 1, 5)
    h = np.tanh(w[0] * x + w[1])
    r = 2 * (w[2] * h - x**2) / 5
    back = r * w[2] * (1 - h**2)
    return np.array([np.sum(back * x), np.sum(back), np.sum(r * h)])


def intended_float32_network(w):
    x = np.linspace(-1, 1, 5)
    return np.mean((w[2] * np.tanh(w[0] * x + w[1]) - x**2) ** 2)


def float32_sum(x):
    k = np.arange(1, 301)
    return float(np.sum((np.sin(k * x) / k**2).astype(np.float32)))


def float32_sum_grad(x):
    k = np.arange(1, 301)
    return np.sum(np.cos(k * x) / k)


def intended_float32_sum(x):
    k = np.arange(1, 301)
    return np.sum(np.sin(k * x) / k**2)


def float32_table(x):
    weights = np.array([0.1, 0.7, -0.3], dtype=np.float32)
    return np.sum(weights * x**2)


def float32_table_grad(x):
    weights = np.array([0.1, 0.7, -0.3], dtype=np.float32)
    return 2 * weights * x


def intended_float32_table(x):
    weights = np.array([0.10000000149011612, 0.699999988079071, -0.30000001192092896])
    return np.sum(weights * x**2)


def intended_float32_table_grad(x):
    weights = np.array([0.10000000149011612, 0.699999988079071, -0.30000001192092896])
    return 2 * weights * x


def half_precision(x):
    return float(np.float16(x) ** 2 + np.float16(x))


def half_precision_grad(x):
    return 2 * x + 1


def intended_half_precision(x):
    return x**2 + x


def float32_last_step(x):
    return np.float32(np.log(x[0]) * x[1])


def float32_last_step_grad(x):
    return np.array([x[1] / x[0], np.log(x[0])])


def intended_float32_last_step(x):
    return np.log(x[0]) * x[1]


POINTS = {
    "float32_inside": [[0.7, 1.3, -0.4]],
    "float32_gradient": [[0.7, 1.3, -0.4]],
    "float32_both": [[0.3, 1.7]],
    "float32_network": [[0.7, -0.2, 1.1]],
    "float32_sum": [0.9],
    "float32_table": [[1.0, -0.6, 2.2]],
    "half_precision": [1.3],
    "float32_last_step": [[1.7, 0.6]],
}
