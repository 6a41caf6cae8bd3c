"""Functions that hold an inner iteration, a bisection, or rounding of their own.

`intended_<name>` is what the iteration converges to; the truth is taken from there.
"""

import math

import numpy as np
from scipy import special


def newton_root(a):
    y = 1.0
    for _ in range(50):
        step = (y**3 + y - a) / (3 * y**2 + 1)
        y = y - step
        if abs(step) < 1e-8:
            break
    return y


def newton_root_grad(a):
    y = newton_root(a)
    return 1 / (3 * y**2 + 1)


def intended_newton_root(a):
    y = a / (1 + a)
    for _ in range(60):
        y = y - (y**3 + y - a) / (3 * y**2 + 1)
    return y


def bisected(a):
    low, high = 0.0, 4.0
    while high - low > 1e-9:
        middle = 0.5 * (low + high)
        if middle**3 + middle < a:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def bisected_grad(a):
    y = bisected(a)
    return 1 / (3 * y**2 + 1)


intended_bisected = intended_newton_root


def bisected_loss(x):
    low, high = -5.0, 5.0
    while high - low > 1e-10:
        middle = 0.5 * (low + high)
        if middle + math.exp(middle) < x[0]:
            low = middle
        else:
            high = middle
    return x[1] * low**2


def bisected_loss_grad(x):
    y = bisected_loss(np.array([x[0], 1.0]))
    y = math.copysign(math.sqrt(y), x[0] - 1)
    return np.array([2 * x[1] * y / (1 + math.exp(y)), y**2])


def intended_bisected_loss(x):
    y = x[0] / 3
    for _ in range(80):
        y = y - (y + np.exp(y) - x[0]) / (1 + np.exp(y))
    return x[1] * y**2


def fixed_point(a):
    y = 0.5
    for _ in range(200):
        new = math.cos(a * y)
        if abs(new - y) < 1e-9:
            break
        y = new
    return y


def fixed_point_grad(a):
    y = fixed_point(a)
    s = math.sin(a * y)
    return -y * s / (1 + a * s)


def intended_fixed_point(a):
    y = a * 0 + 0.5
    for _ in range(80):
        y = y - (y - np.cos(a * y)) / (1 + a * np.sin(a * y))
    return y


def kepler(x):
    anomaly = x[0]
    for _ in range(100):
        change = (anomaly - x[1] * np.sin(anomaly) - x[0]) / (1 - x[1] * np.cos(anomaly))
        anomaly = anomaly - change
        if abs(change) < 1e-10:
            break
    return anomaly


def kepler_grad(x):
    e = kepler(x)
    d = 1 - x[1] * np.cos(e)
    return np.array([1 / d, np.sin(e) / d])


def intended_kepler(x):
    anomaly = x[0] + 0.0
    for _ in range(60):
        anomaly = anomaly - (anomaly - x[1] * np.sin(anomaly) - x[0]) / (1 - x[1] * np.cos(anomaly))
    return anomaly


def golden_section_minimum(a):
    ratio = (math.sqrt(5) - 1) / 2
    low, high = -3.0, 3.0
    while high - low > 1e-7:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if (left - a) ** 2 + math.exp(left) < (right - a) ** 2 + math.exp(right):
            high = right
        else:
            low = left
    y = 0.5 * (low + high)
    return (y - a) ** 2 + math.exp(y)


def golden_section_minimum_grad(a):
    y = 0.0
    for _ in range(60):
        y = y - (2 * (y - a) + math.exp(y)) / (2 + math.exp(y))
    return -2 * (y - a)


def intended_golden_section_minimum(a):
    y = a * 0.5
    for _ in range(60):
        y = y - (2 * (y - a) + np.exp(y)) / (2 + np.exp(y))
    return (y - a) ** 2 + np.exp(y)


def simpson(a):
    t = np.linspace(0.0, 1.0, 201)
    w = np.ones(201)
    w[1:-1:2], w[2:-1:2] = 4.0, 2.0
    return np.sum(w * np.exp(-a * t**2)) / 600


def simpson_grad(a):
    t = np.linspace(0.0, 1.0, 201)
    w = np.ones(201)
    w[1:-1:2], w[2:-1:2] = 4.0, 2.0
    return np.sum(-w * t**2 * np.exp(-a * t**2)) / 600


def rounded_prices(x):
    return round(float(x[0] * x[1] * 1000.0), 4) / 1000.0 + x[0] ** 2


def rounded_prices_grad(x):
    return np.array([x[1] + 2 * x[0], x[0]])


def intended_rounded_prices(x):
    return x[0] * x[1] + x[0] ** 2


def long_alternating_sum(x):
    k = np.arange(1, 2001)
    return np.sum((-1.0) ** k * np.exp(-x * k / 500) * 1e3)


def long_alternating_sum_grad(x):
    k = np.arange(1, 2001)
    return np.sum(-((-1.0) ** k) * k / 500 * np.exp(-x * k / 500) * 1e3)


def implicit_heat(k):
    n = 8
    a = np.eye(n) * (1 + 2 * k)
    for i in range(n - 1):
        a[i, i + 1] = -k
        a[i + 1, i] = -k
    b = np.sin(np.arange(1, n + 1) * 0.5)
    return np.sum(np.linalg.solve(a, b) ** 2)


def implicit_heat_grad(k):
    n = 8
    lap = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
    b = np.sin(np.arange(1, n + 1) * 0.5)
    u = np.linalg.solve(np.eye(n) + k * lap, b)
    return -2 * u @ np.linalg.solve(np.eye(n) + k * lap, lap @ u)


def gauss_seidel(x):
    u = np.zeros(3)
    for _ in range(40):
        a = (x[0] + u[1]) / 4
        b = (x[1] + a + u[2]) / 4
        c = (x[2] + b) / 4
        u = np.array([a, b, c])
    return u[0] ** 2 + u[1] * u[2]


def gauss_seidel_grad(x):
    m = np.array([[4.0, -1.0, 0.0], [-1.0, 4.0, -1.0], [0.0, -1.0, 4.0]])
    u = np.linalg.solve(m, x)
    return np.linalg.solve(m, np.array([2 * u[0], u[2], u[1]]))


def gamma_tail(x):
    total, term = 1.0, 1.0
    for k in range(1, 200):
        term = term * x / (2.5 + k)
        total = total + term
        if abs(term) < 1e-12 * abs(total):
            break
    return total * x**2.5 * np.exp(-x) / special.gamma(3.5)


def gamma_tail_grad(x):
    return np.exp(-x) * x**1.5 / special.gamma(2.5)


def intended_gamma_tail(x):
    return special.gammainc(2.5, x)


POINTS = {
    "newton_root": [2.3],
    "bisected": [1.7],
    "bisected_loss": [[2.5, 1.3]],
    "fixed_point": [0.8],
    "kepler": [[1.2, 0.4]],
    "golden_section_minimum": [0.7],
    "simpson": [1.3],
    "rounded_prices": [[3.2, 1.9]],
    "long_alternating_sum": [0.8],
    "implicit_heat": [0.7],
    "gauss_seidel": [[1.0, -0.5, 2.0]],
    "gamma_tail": [1.8],
}
