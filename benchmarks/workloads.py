"""The workloads: each a plain NumPy or math function, the same written for HIPS autograd and for torch.

A workload is a row (name, plain function, HIPS function, torch function, point). The plain function is
what a user would write; the others differ only where their framework needs another spelling.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import autograd.numpy as anp
import numpy as np
import torch


class Workload(NamedTuple):
    name: str
    plain: Callable[[Any], Any]
    hips: Callable[[Any], Any]
    torch: Callable[[Any], Any]
    point: np.ndarray


RNG = np.random.default_rng(0)


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def rosenbrock_hips(x):
    return anp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def rosenbrock_torch(x):
    return torch.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def helmholtz(n):
    """The free energy of a mixture, R = T = 1, with the constants of Griewank's example made deterministic."""
    i = np.arange(1, n + 1.0)
    b, A = 1 / (10 + i), 1 / (10 + np.add.outer(i, i))
    s2, s8 = math.sqrt(2), math.sqrt(8)
    tb, tA = torch.tensor(b), torch.tensor(A)

    def plain(x):
        bx = np.dot(b, x)
        mixing = np.log((1 + (1 + s2) * bx) / (1 + (1 - s2) * bx))
        return np.sum(x * np.log(x / (1 - bx))) - np.dot(x, np.dot(A, x)) / (s8 * bx) * mixing

    def hips(x):
        bx = anp.dot(b, x)
        mixing = anp.log((1 + (1 + s2) * bx) / (1 + (1 - s2) * bx))
        return anp.sum(x * anp.log(x / (1 - bx))) - anp.dot(x, anp.dot(A, x)) / (s8 * bx) * mixing

    def in_torch(x):
        bx = torch.dot(tb, x)
        mixing = torch.log((1 + (1 + s2) * bx) / (1 + (1 - s2) * bx))
        return torch.sum(x * torch.log(x / (1 - bx))) - torch.dot(x, tA @ x) / (s8 * bx) * mixing

    return Workload(f"Helmholtz {n}", plain, hips, in_torch, 1 / (20 + i) / max(1.0, n / 50))


def logistic_regression(rows=1000, columns=50):
    X = RNG.normal(size=(rows, columns))
    y = (RNG.random(rows) > 0.5) * 1.0
    tX, ty = torch.tensor(X), torch.tensor(y)

    def plain(w):
        z = X @ w
        return np.mean(np.logaddexp(0.0, z) - y * z)

    def hips(w):
        z = anp.dot(X, w)
        return anp.mean(anp.logaddexp(0.0, z) - y * z)

    def in_torch(w):
        z = tX @ w
        return torch.mean(torch.nn.functional.softplus(z, threshold=1e9) - ty * z)

    return Workload(f"logistic regression {rows}x{columns}", plain, hips, in_torch, RNG.normal(size=columns))


def network(batch=64, inputs=784, hidden=128, outputs=10):
    X = RNG.normal(size=(batch, inputs))
    Y = np.eye(outputs)[RNG.integers(0, outputs, batch)]
    tX, tY = torch.tensor(X), torch.tensor(Y)
    split = inputs * hidden
    w = RNG.normal(size=split + hidden * outputs) * 0.05

    def plain(w):
        W1, W2 = w[:split].reshape(inputs, hidden), w[split:].reshape(hidden, outputs)
        z = np.maximum(X @ W1, 0.0) @ W2
        z = z - np.max(z, axis=1, keepdims=True)
        return -np.mean(np.sum(Y * (z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))), axis=1))

    def hips(w):
        W1, W2 = anp.reshape(w[:split], (inputs, hidden)), anp.reshape(w[split:], (hidden, outputs))
        z = anp.dot(anp.maximum(anp.dot(X, W1), 0.0), W2)
        z = z - anp.max(z, axis=1, keepdims=True)
        return -anp.mean(anp.sum(Y * (z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True))), axis=1))

    def in_torch(w):
        W1, W2 = w[:split].reshape(inputs, hidden), w[split:].reshape(hidden, outputs)
        z = torch.relu(tX @ W1) @ W2
        z = z - torch.max(z, dim=1, keepdim=True).values
        return -torch.mean(torch.sum(tY * (z - torch.log(torch.sum(torch.exp(z), dim=1, keepdim=True))), dim=1))

    return Workload(f"MLP {inputs}-{hidden}-{outputs}, batch {batch}", plain, hips, in_torch, w)


def lotka_volterra(steps=1000):
    """Runge-Kutta steps in Python scalars: the same text serves all three."""

    def predators(p):
        a, b, c, d = p[0], p[1], p[2], p[3]
        x, y, h = 1.0, 0.5, 0.01
        for _ in range(steps):
            k1, l1 = a * x - b * x * y, d * x * y - c * y
            u, v = x + h / 2 * k1, y + h / 2 * l1
            k2, l2 = a * u - b * u * v, d * u * v - c * v
            u, v = x + h / 2 * k2, y + h / 2 * l2
            k3, l3 = a * u - b * u * v, d * u * v - c * v
            u, v = x + h * k3, y + h * l3
            k4, l4 = a * u - b * u * v, d * u * v - c * v
            x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
            y = y + h / 6 * (l1 + 2 * l2 + 2 * l3 + l4)
        return x + y

    return Workload(f"Lotka-Volterra RK4 {steps}", predators, predators, predators, np.array([1.5, 1.0, 3.0, 1.0]))


def logistic_map(steps=1000):
    def iterate(x):
        v = x[0]
        for _ in range(steps):
            v = 3.6 * v * (1 - v)
        return v

    return Workload(f"logistic map {steps}", iterate, iterate, iterate, np.array([0.2]))


def chain(operations=10_000):
    """One long line of scalar operations, a quarter of them sines."""

    def plain(x):
        v = x[0]
        for _ in range(operations // 4):
            v = math.sin(v) * 1.01 + 0.5
        return v

    def hips(x):
        v = x[0]
        for _ in range(operations // 4):
            v = anp.sin(v) * 1.01 + 0.5
        return v

    def in_torch(x):
        v = x[0]
        for _ in range(operations // 4):
            v = torch.sin(v) * 1.01 + 0.5
        return v

    return Workload(f"chain of {operations // 4 * 3} scalar operations", plain, hips, in_torch, np.array([0.2]))


def workloads():
    """All rows of the table, small ones first."""
    for n in (10, 1000, 100_000):
        x = np.linspace(0.1, 1.0, n)
        yield Workload(f"Rosenbrock {n}", rosenbrock, rosenbrock_hips, rosenbrock_torch, x)
    for n in (10, 100, 1000):
        yield helmholtz(n)
    yield logistic_regression()
    yield network()
    yield logistic_map()
    yield chain(13_336)
    yield lotka_volterra()
