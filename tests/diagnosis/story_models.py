"""Small models with right gradients written by hand; the mutants are made from their source."""

import math

import numpy as np

A = np.array([[2.0, 0.3, -0.1], [0.3, 1.5, 0.4], [-0.1, 0.4, 3.0]])
T = np.array([0.1, 0.4, 0.9, 1.3, 2.0, 2.6])
Y = np.array([1.1, 0.7, 0.9, 0.2, 0.35, 0.1])
X = np.array([[0.5, -1.2, 0.3], [1.1, 0.4, -0.6], [-0.7, 0.9, 1.4], [0.2, 0.1, -1.0], [1.3, -0.5, 0.8]])
LABELS = np.array([1.0, 0.0, 1.0, 0.0, 1.0])

POINTS = {
    "rosenbrock": [-1.2, 1.0],
    "rosenbrock_long": [0.5, -0.7, 1.2, 0.9],
    "himmelblau": [1.0, 2.0],
    "beale": [1.0, 1.0],
    "booth": [0.5, 2.0],
    "branin": [2.0, 3.0],
    "ackley": [0.5, 1.0, -0.8],
    "rastrigin": [0.3, -1.0, 2.0],
    "quadratic": [1.0, -2.0, 0.5],
    "ridge": [0.4, -0.3, 1.0],
    "logistic": [0.2, -0.5, 0.7],
    "poisson": [0.1, 0.2, -0.3],
    "softmax_loss": [0.5, 1.0, -0.4],
    "log_sum_exp": [0.3, 1.1, -0.2, 0.9],
    "decay": [1.3, 0.8],
    "gaussian_peak": [1.2, 0.9, 0.6],
    "gauss_likelihood": [0.5, 1.3],
    "student": [0.4, 1.7],
    "kinetic": [1.0, 2.0, 3.0],
    "pendulum": [0.6, 1.1],
    "kepler": [1.2, 0.4],
    "lennard_jones": [1.3],
    "morse": [1.5, 0.9],
    "coulomb": [0.0, 0.2, 1.0, 1.1, -0.7, 0.4],
    "entropy": [0.2, 0.5, 0.3],
    "norm": [3.0, 4.0],
    "product": [1.5, 2.0, 0.7],
    "ratio": [1.0, 2.0, 3.0],
    "chain": [0.7],
    "powers": [1.2, 0.8],
    "angles": [0.4, 1.2, 0.8],
    "smooth_step": [0.3, -0.8],
    "huber": [0.4, 2.5, -0.3],
    "horner": [0.7, 1.3, -0.4, 0.9],
    "neuron": [0.4, -0.6, 0.3, 0.8, 0.1],
    "distance": [0.2, 0.8, 1.5],
}


def rosenbrock(x):
    return 100.0 * (x[1] - x[0] ** 2) ** 2 + (1.0 - x[0]) ** 2


def rosenbrock_grad(x):
    inner = x[1] - x[0] ** 2
    return np.array([-400.0 * x[0] * inner - 2.0 * (1.0 - x[0]), 200.0 * inner])


def rosenbrock_long(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def rosenbrock_long_grad(x):
    inner = x[1:] - x[:-1] ** 2
    g = np.zeros(4)
    g[:-1] = -400.0 * x[:-1] * inner - 2.0 * (1.0 - x[:-1])
    g[1:] = g[1:] + 200.0 * inner
    return g


def himmelblau(x):
    return (x[0] ** 2 + x[1] - 11.0) ** 2 + (x[0] + x[1] ** 2 - 7.0) ** 2


def himmelblau_grad(x):
    first = x[0] ** 2 + x[1] - 11.0
    second = x[0] + x[1] ** 2 - 7.0
    return np.array([4.0 * x[0] * first + 2.0 * second, 2.0 * first + 4.0 * x[1] * second])


def beale(x):
    a = 1.5 - x[0] + x[0] * x[1]
    b = 2.25 - x[0] + x[0] * x[1] ** 2
    return a**2 + b**2


def beale_grad(x):
    a = 1.5 - x[0] + x[0] * x[1]
    b = 2.25 - x[0] + x[0] * x[1] ** 2
    return np.array([2.0 * a * (x[1] - 1.0) + 2.0 * b * (x[1] ** 2 - 1.0), 2.0 * a * x[0] + 4.0 * b * x[0] * x[1]])


def booth(x):
    return (x[0] + 2.0 * x[1] - 7.0) ** 2 + (2.0 * x[0] + x[1] - 5.0) ** 2


def booth_grad(x):
    p = x[0] + 2.0 * x[1] - 7.0
    q = 2.0 * x[0] + x[1] - 5.0
    return np.array([2.0 * p + 4.0 * q, 4.0 * p + 2.0 * q])


def branin(x):
    u = x[1] - 0.129 * x[0] ** 2 + 1.59 * x[0] - 6.0
    return u**2 + 9.6 * math.cos(x[0]) + 10.0


def branin_grad(x):
    u = x[1] - 0.129 * x[0] ** 2 + 1.59 * x[0] - 6.0
    return np.array([2.0 * u * (1.59 - 0.258 * x[0]) - 9.6 * math.sin(x[0]), 2.0 * u])


def ackley(x):
    return -20.0 * np.exp(-0.2 * np.sqrt(np.mean(x**2))) - np.exp(np.mean(np.cos(2.0 * np.pi * x)))


def ackley_grad(x):
    r = np.sqrt(np.mean(x**2))
    first = 4.0 * np.exp(-0.2 * r) * x / (3.0 * r)
    second = np.exp(np.mean(np.cos(2.0 * np.pi * x))) * np.sin(2.0 * np.pi * x) * 2.0 * np.pi / 3.0
    return first + second


def rastrigin(x):
    return np.sum(x**2 - 10.0 * np.cos(2.0 * np.pi * x))


def rastrigin_grad(x):
    return 2.0 * x + 20.0 * np.pi * np.sin(2.0 * np.pi * x)


def quadratic(x):
    return 0.5 * x @ A @ x - x[0]


def quadratic_grad(x):
    return A @ x - np.array([1.0, 0.0, 0.0])


def ridge(w):
    r = X @ w - LABELS
    return np.mean(r**2) + 0.05 * np.sum(w**2)


def ridge_grad(w):
    r = X @ w - LABELS
    return 2.0 * X.T @ r / 5.0 + 0.1 * w


def logistic(w):
    z = X @ w
    return np.sum(np.log1p(np.exp(z)) - LABELS * z) + 0.5 * np.sum(w**2)


def logistic_grad(w):
    z = X @ w
    p = 1.0 / (1.0 + np.exp(-z))
    return X.T @ (p - LABELS) + w


def poisson(w):
    eta = X @ w
    return np.sum(np.exp(eta) - LABELS * eta)


def poisson_grad(w):
    eta = X @ w
    return X.T @ (np.exp(eta) - LABELS)


def softmax_loss(z):
    e = np.exp(z)
    return np.log(np.sum(e)) - z[1]


def softmax_loss_grad(z):
    e = np.exp(z)
    return e / np.sum(e) - np.array([0.0, 1.0, 0.0])


def log_sum_exp(x):
    return 0.5 * np.log(np.sum(np.exp(2.0 * x)))


def log_sum_exp_grad(x):
    e = np.exp(2.0 * x)
    return e / np.sum(e)


def decay(p):
    r = p[0] * np.exp(-p[1] * T) - Y
    return 0.5 * np.sum(r**2)


def decay_grad(p):
    e = np.exp(-p[1] * T)
    r = p[0] * e - Y
    return np.array([np.sum(r * e), -p[0] * np.sum(r * T * e)])


def gaussian_peak(p):
    r = p[0] * np.exp(-0.5 * ((T - p[1]) / p[2]) ** 2) - Y
    return np.sum(r**2)


def gaussian_peak_grad(p):
    u = (T - p[1]) / p[2]
    e = np.exp(-0.5 * u**2)
    r = p[0] * e - Y
    dm = 2.0 * p[0] * np.sum(r * e * u) / p[2]
    return np.array([2.0 * np.sum(r * e), dm, 2.0 * p[0] * np.sum(r * e * u**2) / p[2]])


def gauss_likelihood(p):
    total = 0.0
    for y in Y:
        total = total + 0.5 * ((y - p[0]) / p[1]) ** 2 + math.log(p[1])
    return total


def gauss_likelihood_grad(p):
    dm = 0.0
    ds = 0.0
    for y in Y:
        dm = dm - (y - p[0]) / p[1] ** 2
        ds = ds - (y - p[0]) ** 2 / p[1] ** 3 + 1.0 / p[1]
    return np.array([dm, ds])


def student(p):
    u = (Y - p[0]) / p[1]
    return 2.5 * np.sum(np.log(1.0 + u**2 / 4.0)) + 6.0 * np.log(p[1])


def student_grad(p):
    u = (Y - p[0]) / p[1]
    s = 5.0 * u / (4.0 + u**2)
    return np.array([-np.sum(s) / p[1], -np.sum(s * u) / p[1] + 6.0 / p[1]])


def kinetic(v):
    return 0.5 * (1.2 * v[0] ** 2 + 0.7 * v[1] ** 2) * v[2] + v[0] * v[1]


def kinetic_grad(v):
    energy = 1.2 * v[0] ** 2 + 0.7 * v[1] ** 2
    return np.array([1.2 * v[0] * v[2] + v[1], 0.7 * v[1] * v[2] + v[0], 0.5 * energy])


def pendulum(q):
    return 0.5 * q[1] ** 2 + 9.81 * (1.0 - math.cos(q[0])) * q[1]


def pendulum_grad(q):
    return np.array([9.81 * math.sin(q[0]) * q[1], q[1] + 9.81 * (1.0 - math.cos(q[0]))])


def kepler(x):
    r = math.sqrt(x[0] ** 2 + x[1] ** 2)
    return -1.0 / r + 0.3 * x[0] * x[1]


def kepler_grad(x):
    r = math.sqrt(x[0] ** 2 + x[1] ** 2)
    return np.array([x[0] / r**3 + 0.3 * x[1], x[1] / r**3 + 0.3 * x[0]])


def lennard_jones(r):
    s = (1.0 / r[0]) ** 6
    return 4.0 * (s**2 - s)


def lennard_jones_grad(r):
    s = (1.0 / r[0]) ** 6
    return np.array([4.0 * (-12.0 * s**2 + 6.0 * s) / r[0]])


def morse(p):
    e = math.exp(-p[1] * (p[0] - 1.1))
    return 2.0 * (1.0 - e) ** 2


def morse_grad(p):
    e = math.exp(-p[1] * (p[0] - 1.1))
    return np.array([4.0 * (1.0 - e) * e * p[1], 4.0 * (1.0 - e) * e * (p[0] - 1.1)])


def coulomb(x):
    total = 0.0
    for i in range(3):
        for j in range(i):
            dx = x[2 * i] - x[2 * j]
            dy = x[2 * i + 1] - x[2 * j + 1]
            total = total + 1.0 / math.sqrt(dx * dx + dy * dy)
    return total


def coulomb_grad(x):
    g = [0.0] * 6
    for i in range(3):
        for j in range(i):
            dx = x[2 * i] - x[2 * j]
            dy = x[2 * i + 1] - x[2 * j + 1]
            f = 1.0 / math.sqrt(dx * dx + dy * dy) ** 3
            g[2 * i] = g[2 * i] - f * dx
            g[2 * j] = g[2 * j] + f * dx
            g[2 * i + 1] = g[2 * i + 1] - f * dy
            g[2 * j + 1] = g[2 * j + 1] + f * dy
    return np.array(g)


def entropy(p):
    return -np.sum(p * np.log(p)) + 2.0 * np.sum(p) ** 2


def entropy_grad(p):
    return -np.log(p) - 1.0 + 4.0 * np.sum(p)


def norm(x):
    return np.sqrt(np.sum(x**2)) + 0.1 * np.sum(x)


def norm_grad(x):
    return x / np.sqrt(np.sum(x**2)) + 0.1


def product(x):
    return x[0] * x[1] * x[2] + math.exp(x[0] * x[1])


def product_grad(x):
    e = math.exp(x[0] * x[1])
    return np.array([x[1] * x[2] + x[1] * e, x[0] * x[2] + x[0] * e, x[0] * x[1]])


def ratio(x):
    return x[0] ** 2 / (x[1] + x[2]) + x[2] / x[1]


def ratio_grad(x):
    s = x[1] + x[2]
    return np.array([2.0 * x[0] / s, -(x[0] ** 2) / s**2 - x[2] / x[1] ** 2, -(x[0] ** 2) / s**2 + 1.0 / x[1]])


def chain(x):
    return math.sin(math.exp(math.cos(3.0 * x[0])))


def chain_grad(x):
    c = math.exp(math.cos(3.0 * x[0]))
    return np.array([-3.0 * math.cos(c) * c * math.sin(3.0 * x[0])])


def powers(x):
    return x[0] ** 3 * x[1] ** 2 + x[0] ** 1.5 - 4.0 * x[1] ** 5


def powers_grad(x):
    return np.array([3.0 * x[0] ** 2 * x[1] ** 2 + 1.5 * x[0] ** 0.5, 2.0 * x[0] ** 3 * x[1] - 20.0 * x[1] ** 4])


def angles(x):
    return math.sin(x[0] * x[1]) + math.cos(x[1] - x[2]) + math.tan(0.5 * x[2])


def angles_grad(x):
    c = math.cos(x[0] * x[1])
    s = math.sin(x[1] - x[2])
    return np.array([x[1] * c, x[0] * c - s, s + 0.5 / math.cos(0.5 * x[2]) ** 2])


def smooth_step(x):
    return np.tanh(2.0 * x[0]) * x[1] + 1.0 / (1.0 + np.exp(-x[1]))


def smooth_step_grad(x):
    t = np.tanh(2.0 * x[0])
    s = 1.0 / (1.0 + np.exp(-x[1]))
    return np.array([2.0 * (1.0 - t**2) * x[1], t + s * (1.0 - s)])


def huber(x):
    return np.sum(np.where(np.abs(x) < 1.0, 0.5 * x**2, np.abs(x) - 0.5)) + np.sum(np.exp(0.3 * x))


def huber_grad(x):
    return np.where(np.abs(x) < 1.0, x, np.sign(x)) + 0.3 * np.exp(0.3 * x)


def horner(c):
    value = 0.0
    for a in c:
        value = value * 1.7 + a
    return value**2


def horner_grad(c):
    value = 0.0
    for a in c:
        value = value * 1.7 + a
    return np.array([2.0 * value * 1.7**3, 2.0 * value * 1.7**2, 2.0 * value * 1.7, 2.0 * value])


def neuron(p):
    h = np.tanh(X @ p[:3] + p[3])
    return np.sum((h * p[4] - LABELS) ** 2)


def neuron_grad(p):
    h = np.tanh(X @ p[:3] + p[3])
    r = 2.0 * (h * p[4] - LABELS)
    d = r * p[4] * (1.0 - h**2)
    g = np.zeros(5)
    g[:3] = X.T @ d
    g[3] = np.sum(d)
    g[4] = np.sum(r * h)
    return g


def distance(x):
    d = x[:, None] - x[None, :]
    return np.sum(np.sqrt(d**2 + 0.01)) + np.sum(x * x)


def distance_grad(x):
    d = x[:, None] - x[None, :]
    return 2.0 * np.sum(d / np.sqrt(d**2 + 0.01), axis=1) + 2.0 * x
