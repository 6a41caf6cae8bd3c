"""Losses, likelihoods and simulations as people write them, with gradients by hand or by adjoint sweeps."""

import numpy as np
from scipy import special

X = np.array([[1.0, 0.5, -1.2], [1.0, 1.5, 0.3], [1.0, -0.7, 0.8], [1.0, 0.1, 2.0], [1.0, -1.4, -0.5]])
Y = np.array([1.0, 0.0, 1.0, 1.0, 0.0])


def logistic(w):
    z = X @ w
    return np.sum(np.logaddexp(0, z) - Y * z) + 0.1 * w @ w


def logistic_grad(w):
    z = X @ w
    return X.T @ (special.expit(z) - Y) + 0.2 * w


def poisson(w):
    counts = np.array([2.0, 0.0, 3.0, 5.0, 1.0])
    eta = X @ w
    return np.sum(np.exp(eta) - counts * eta)


def poisson_grad(w):
    counts = np.array([2.0, 0.0, 3.0, 5.0, 1.0])
    return X.T @ (np.exp(X @ w) - counts)


def gaussian_nll(theta):
    data = np.array([1.2, 0.7, 2.1, 1.6])
    mu, log_sigma = theta
    return np.sum(0.5 * ((data - mu) / np.exp(log_sigma)) ** 2 + log_sigma + 0.5 * np.log(2 * np.pi))


def gaussian_nll_grad(theta):
    data = np.array([1.2, 0.7, 2.1, 1.6])
    mu, log_sigma = theta
    z = (data - mu) / np.exp(log_sigma)
    return np.array([-np.sum(z) / np.exp(log_sigma), np.sum(1 - z**2)])


def ridge(w):
    r = X @ w - Y
    return 0.5 * r @ r + 0.05 * np.sum(w[1:] ** 2)


def ridge_grad(w):
    g = X.T @ (X @ w - Y)
    g[1:] += 0.1 * w[1:]
    return g


def mixture(theta):
    data = np.array([-1.0, -0.4, 0.3, 2.2, 2.9])
    weight = special.expit(theta[0])
    a = np.exp(-0.5 * (data - theta[1]) ** 2)
    b = np.exp(-0.5 * (data - theta[2]) ** 2)
    return -np.sum(np.log(weight * a + (1 - weight) * b))


def mixture_grad(theta):
    data = np.array([-1.0, -0.4, 0.3, 2.2, 2.9])
    weight = special.expit(theta[0])
    a = np.exp(-0.5 * (data - theta[1]) ** 2)
    b = np.exp(-0.5 * (data - theta[2]) ** 2)
    p = weight * a + (1 - weight) * b
    g0 = -np.sum((a - b) / p) * weight * (1 - weight)
    g1 = -np.sum(weight * a * (data - theta[1]) / p)
    g2 = -np.sum((1 - weight) * b * (data - theta[2]) / p)
    return np.array([g0, g1, g2])


def pendulum(q):
    angle, speed = q[0], q[1]
    for _ in range(20):
        speed = speed - 0.1 * np.sin(angle)
        angle = angle + 0.1 * speed
    return angle**2 + speed**2


def pendulum_grad(q):
    angle, speed = q[0], q[1]
    path = []
    for _ in range(20):
        path.append(angle)
        speed = speed - 0.1 * np.sin(angle)
        angle = angle + 0.1 * speed
    bar_angle, bar_speed = 2 * angle, 2 * speed
    for old in reversed(path):
        bar_speed = bar_speed + 0.1 * bar_angle
        bar_angle = bar_angle - 0.1 * np.cos(old) * bar_speed
    return np.array([bar_angle, bar_speed])


def runge_kutta(p):
    def rate(y):
        return p[0] * y * (1 - y / p[1])

    y = 0.1
    for _ in range(5):
        k1 = rate(y)
        k2 = rate(y + 0.1 * k1)
        k3 = rate(y + 0.1 * k2)
        k4 = rate(y + 0.2 * k3)
        y = y + 0.2 / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y


def runge_kutta_grad(p):
    def rate(y, dy):
        value = p[0] * y * (1 - y / p[1])
        slope = p[0] * (1 - 2 * y / p[1])
        partial = np.array([y * (1 - y / p[1]), p[0] * y**2 / p[1] ** 2])
        return value, slope * dy + partial

    y, dy = 0.1, np.zeros(2)
    for _ in range(5):
        k1, d1 = rate(y, dy)
        k2, d2 = rate(y + 0.1 * k1, dy + 0.1 * d1)
        k3, d3 = rate(y + 0.1 * k2, dy + 0.1 * d2)
        k4, d4 = rate(y + 0.2 * k3, dy + 0.2 * d3)
        y = y + 0.2 / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        dy = dy + 0.2 / 6 * (d1 + 2 * d2 + 2 * d3 + d4)
    return dy


def recurrent(w):
    inputs = np.array([0.5, -1.0, 0.3, 0.8])
    h = 0.0
    for u in inputs:
        h = np.tanh(w[0] * h + w[1] * u + w[2])
    return (h - 0.2) ** 2


def recurrent_grad(w):
    inputs = np.array([0.5, -1.0, 0.3, 0.8])
    states = [0.0]
    for u in inputs:
        states.append(np.tanh(w[0] * states[-1] + w[1] * u + w[2]))
    g = np.zeros(3)
    bar = 2 * (states[-1] - 0.2)
    for k in range(4, 0, -1):
        inner = bar * (1 - states[k] ** 2)
        g += inner * np.array([states[k - 1], inputs[k - 1], 1.0])
        bar = inner * w[0]
    return g


def weibull(theta):
    data = np.array([0.5, 1.2, 2.0, 0.9])
    k, lam = theta
    return -np.sum(np.log(k / lam) + (k - 1) * np.log(data / lam) - (data / lam) ** k)


def weibull_grad(theta):
    data = np.array([0.5, 1.2, 2.0, 0.9])
    k, lam = theta
    ratio = data / lam
    power = ratio**k
    dk = -np.sum(1 / k + np.log(ratio) - power * np.log(ratio))
    dlam = -np.sum(-k / lam + k / lam * power)
    return np.array([dk, dlam])


def kalman(log_noise):
    data = np.array([0.1, 0.4, 0.2, 0.9, 1.1])
    q, r = np.exp(log_noise[0]), np.exp(log_noise[1])
    mean, var, total = 0.0, 1.0, 0.0
    for y in data:
        var = var + q
        s = var + r
        e = y - mean
        total = total + 0.5 * (np.log(s) + e**2 / s)
        gain = var / s
        mean = mean + gain * e
        var = (1 - gain) * var
    return total


def kalman_grad(log_noise):
    data = np.array([0.1, 0.4, 0.2, 0.9, 1.1])
    q, r = np.exp(log_noise[0]), np.exp(log_noise[1])
    mean, var = 0.0, 1.0
    dmean, dvar, total = np.zeros(2), np.zeros(2), np.zeros(2)
    dq, dr = np.array([q, 0.0]), np.array([0.0, r])
    for y in data:
        var, dvar = var + q, dvar + dq
        s, ds = var + r, dvar + dr
        e, de = y - mean, -dmean
        total = total + 0.5 * (ds / s + 2 * e * de / s - e**2 / s**2 * ds)
        gain, dgain = var / s, dvar / s - var / s**2 * ds
        mean, dmean = mean + gain * e, dmean + dgain * e + gain * de
        var, dvar = (1 - gain) * var, (1 - gain) * dvar - dgain * var
    return total


def black_scholes(x):
    spot, strike, sigma, t = x
    d1 = (np.log(spot / strike) + 0.5 * sigma**2 * t) / (sigma * np.sqrt(t))
    d2 = d1 - sigma * np.sqrt(t)
    return spot * special.ndtr(d1) - strike * special.ndtr(d2)


def black_scholes_grad(x):
    spot, strike, sigma, t = x
    d1 = (np.log(spot / strike) + 0.5 * sigma**2 * t) / (sigma * np.sqrt(t))
    d2 = d1 - sigma * np.sqrt(t)
    density = np.exp(-0.5 * d1**2) / np.sqrt(2 * np.pi)
    return np.array(
        [
            special.ndtr(d1),
            -special.ndtr(d2),
            spot * density * np.sqrt(t),
            spot * density * sigma / (2 * np.sqrt(t)),
        ]
    )


def attention(q):
    keys = np.array([[1.0, 0.2], [-0.5, 0.9], [0.3, -1.1]])
    values = np.array([1.0, -2.0, 0.5])
    z = keys @ q / np.sqrt(2.0)
    e = np.exp(z - np.max(z))
    return np.sum(e / np.sum(e) * values)


def attention_grad(q):
    keys = np.array([[1.0, 0.2], [-0.5, 0.9], [0.3, -1.1]])
    values = np.array([1.0, -2.0, 0.5])
    z = keys @ q / np.sqrt(2.0)
    e = np.exp(z - np.max(z))
    p = e / np.sum(e)
    return keys.T @ (p * (values - p @ values)) / np.sqrt(2.0)


def layer_norm(x):
    m = np.mean(x)
    s = np.sqrt(np.mean((x - m) ** 2) + 1e-5)
    return np.sum(np.arange(1, x.size + 1) * ((x - m) / s) ** 3)


def layer_norm_grad(x):
    n = x.size
    m = np.mean(x)
    s = np.sqrt(np.mean((x - m) ** 2) + 1e-5)
    z = (x - m) / s
    bar = 3 * np.arange(1, n + 1) * z**2
    return (bar - np.mean(bar) - z * np.mean(bar * z)) / s


def arrhenius(p):
    temperature = np.array([300.0, 350.0, 400.0])
    rate = np.array([1.1e-4, 5.5e-3, 1.0e-1])
    return np.sum((p[0] - p[1] / (8.314 * temperature) - np.log(rate)) ** 2)


def arrhenius_grad(p):
    temperature = np.array([300.0, 350.0, 400.0])
    rate = np.array([1.1e-4, 5.5e-3, 1.0e-1])
    r = p[0] - p[1] / (8.314 * temperature) - np.log(rate)
    return np.array([2 * np.sum(r), -2 * np.sum(r / (8.314 * temperature))])


def triplet(x):
    anchor, near, far = x[:2], x[2:4], x[4:]
    return max(0.0, np.sum((anchor - near) ** 2) - np.sum((anchor - far) ** 2) + 1.0)


def triplet_grad(x):
    anchor, near, far = x[:2], x[2:4], x[4:]
    if np.sum((anchor - near) ** 2) - np.sum((anchor - far) ** 2) + 1.0 <= 0:
        return np.zeros(6)
    return 2 * np.concatenate([far - near, near - anchor, anchor - far])


POINTS = {
    "logistic": [[0.2, -0.5, 0.7], [3.0, 40.0, -25.0]],
    "poisson": [[0.3, -0.2, 0.4]],
    "gaussian_nll": [[1.1, -0.4]],
    "ridge": [[0.4, -0.1, 0.2]],
    "mixture": [[0.3, -0.5, 2.4]],
    "pendulum": [[0.8, -0.2]],
    "runge_kutta": [[1.3, 2.0]],
    "recurrent": [[0.7, -0.4, 0.1]],
    "weibull": [[1.4, 1.1]],
    "kalman": [[-1.0, -0.5]],
    "black_scholes": [[100.0, 95.0, 0.2, 0.5]],
    "attention": [[0.6, -0.3]],
    "layer_norm": [[0.5, -1.0, 2.0, 0.3]],
    "arrhenius": [[30.0, 9.7e4]],
    "triplet": [[0.1, 0.2, 0.8, -0.3, 0.4, 1.0]],
}
