"""Workloads of arrays: vectorised code from ten entries to a hundred thousand."""

from __future__ import annotations

import math

import autograd.numpy as anp
import numpy as np
import torch
from workload import Workload

RNG = np.random.default_rng(0)


def rosenbrock(n):
    def make(m):
        return lambda x: m.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)

    return Workload(f"Rosenbrock {n}", make(np), make(anp), make(torch), np.linspace(0.1, 1.0, n))


def helmholtz(n):
    """The free energy of a mixture, R = T = 1, with the constants of Griewank's example made deterministic."""
    i = np.arange(1, n + 1.0)
    b, A = 1 / (10 + i), 1 / (10 + np.add.outer(i, i))
    s2, s8 = math.sqrt(2), math.sqrt(8)
    tb, tA = torch.tensor(b), torch.tensor(A)

    def make(m, b, A):
        def f(x):
            bx = m.dot(b, x)
            mixing = m.log((1 + (1 + s2) * bx) / (1 + (1 - s2) * bx))
            return m.sum(x * m.log(x / (1 - bx))) - m.dot(x, A @ x) / (s8 * bx) * mixing

        return f

    # HIPS does not answer `ndarray @ box`
    def hips(x):
        bx = anp.dot(b, x)
        mixing = anp.log((1 + (1 + s2) * bx) / (1 + (1 - s2) * bx))
        return anp.sum(x * anp.log(x / (1 - bx))) - anp.dot(x, anp.dot(A, x)) / (s8 * bx) * mixing

    point = 1 / (20 + i) / max(1.0, n / 50)
    return Workload(f"Helmholtz {n}", make(np, b, A), hips, make(torch, tb, tA), point)


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

    w = RNG.normal(size=split + hidden * outputs) * 0.05
    return Workload(f"MLP {inputs}-{hidden}-{outputs}, batch {batch}", plain, hips, in_torch, w)


def mixture(d=10, K=25, n=1000):
    """The log-likelihood of a Gaussian mixture; precisions by their triangular factors, log-diagonals apart."""
    X = RNG.normal(size=(n, d))
    strict, eye = np.tril(np.ones((d, d)), -1), np.eye(d)
    tX, tstrict, teye = torch.tensor(X), torch.tensor(strict), torch.tensor(eye)
    cuts = np.cumsum([K, K * d, K * d])

    def make(m, X, strict, eye, largest):
        def f(p):
            weights, means = p[: cuts[0]], p[cuts[0] : cuts[1]].reshape(K, d)
            logs, factors = p[cuts[1] : cuts[2]].reshape(K, d), p[cuts[2] :].reshape(K, d, d)
            L = factors * strict + m.exp(logs)[:, :, None] * eye
            gaps = (X[None, :, :] - means[:, None, :]) @ m.swapaxes(L, 1, 2)
            terms = (weights + m.sum(logs, 1))[:, None] - 0.5 * m.sum(gaps * gaps, 2)
            top = largest(terms)
            return m.sum(m.log(m.sum(m.exp(terms - top), 0)) + top) - n * m.log(m.sum(m.exp(weights)))

        return f

    plain = make(np, X, strict, eye, lambda x: np.max(x, axis=0))

    def hips(p):  # methods and operators of HIPS's boxes are fewer
        weights, means = p[: cuts[0]], anp.reshape(p[cuts[0] : cuts[1]], (K, d))
        logs, factors = anp.reshape(p[cuts[1] : cuts[2]], (K, d)), anp.reshape(p[cuts[2] :], (K, d, d))
        L = factors * strict + anp.exp(logs)[:, :, None] * eye
        gaps = anp.matmul(X[None, :, :] - means[:, None, :], anp.swapaxes(L, 1, 2))
        terms = (weights + anp.sum(logs, 1))[:, None] - 0.5 * anp.sum(gaps * gaps, 2)
        top = anp.max(terms, axis=0)
        return anp.sum(anp.log(anp.sum(anp.exp(terms - top), 0)) + top) - n * anp.log(anp.sum(anp.exp(weights)))

    in_torch = make(torch, tX, tstrict, teye, lambda x: torch.max(x, dim=0).values)
    point = 0.3 * RNG.normal(size=K + 2 * K * d + K * d * d)
    return Workload(f"Gaussian mixture d={d} K={K} n={n}", plain, hips, in_torch, point)


def gaussian_process(n=100):
    """The negative log marginal likelihood in the logs of scale, length and noise."""
    t = np.sort(RNG.random(n)) * 10
    y = np.sin(t) + 0.1 * RNG.normal(size=n)
    D, eye = (t[:, None] - t[None, :]) ** 2, np.eye(n)

    def make(m, D, eye, y, diagonal):
        def f(p):
            scale, length, noise = m.exp(p[0]), m.exp(p[1]), m.exp(p[2])
            K = scale * m.exp(D * (-0.5 / length**2)) + noise * eye
            L = m.linalg.cholesky(K)
            return 0.5 * m.dot(y, m.linalg.solve(K, y)) + m.sum(m.log(diagonal(L)))

        return f

    def hips(p):
        scale, length, noise = anp.exp(p[0]), anp.exp(p[1]), anp.exp(p[2])
        K = scale * anp.exp(D * (-0.5 / length**2)) + noise * eye
        L = anp.linalg.cholesky(K)
        return 0.5 * anp.dot(y, anp.linalg.solve(K, y)) + anp.sum(anp.log(anp.diag(L)))

    in_torch = make(torch, torch.tensor(D), torch.tensor(eye), torch.tensor(y), torch.diagonal)
    point = np.array([0.1, 0.2, -1.0])
    return Workload(f"Gaussian process {n}", make(np, D, eye, y, np.diagonal), hips, in_torch, point)


def lstm(steps, inputs=16, hidden=32):
    """A recurrent cell over one sequence: four gates from one product, weights in one vector."""
    S = RNG.normal(size=(steps, inputs))
    targets = RNG.normal(size=hidden)
    rows, split = inputs + hidden, (inputs + hidden) * 4 * hidden

    def make(m, S, targets, zeros, reshape):
        def sigmoid(z):
            return 1.0 / (1.0 + m.exp(-z))

        def f(w):
            W, b = reshape(w[:split], (rows, 4 * hidden)), w[split:]
            h, c = zeros, zeros
            for k in range(steps):
                z = m.dot(S[k], W[:inputs]) + m.dot(h, W[inputs:]) + b if m is not torch else (
                    S[k] @ W[:inputs] + h @ W[inputs:] + b)  # fmt: skip
                forget, admit = sigmoid(z[:hidden]), sigmoid(z[hidden : 2 * hidden])
                show, new = sigmoid(z[2 * hidden : 3 * hidden]), m.tanh(z[3 * hidden :])
                c = forget * c + admit * new
                h = show * m.tanh(c)
            return m.sum((h - targets) ** 2)

        return f

    zeros = np.zeros(hidden)
    plain = make(np, S, targets, zeros, np.reshape)
    hips = make(anp, S, targets, zeros, anp.reshape)
    in_torch = make(torch, torch.tensor(S), torch.tensor(targets), torch.tensor(zeros), torch.reshape)
    return Workload(f"LSTM {steps} steps", plain, hips, in_torch, 0.2 * RNG.normal(size=split + 4 * hidden))


def small_workloads():
    """Those where the fixed cost of an operation rules."""
    yield from (rosenbrock(n) for n in (10, 1000))
    yield from (helmholtz(n) for n in (10, 100))


def large_workloads():
    """Those where memory and BLAS rule."""
    yield rosenbrock(100_000)
    yield helmholtz(1000)
    yield logistic_regression()
    yield network()
    yield mixture()
    yield gaussian_process()
    yield lstm(20)
    yield lstm(200)
