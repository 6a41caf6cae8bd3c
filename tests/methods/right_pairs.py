"""Right gradients in many spellings, unstable ones among them: name -> (f, gradient, point)."""

import math

import numpy as np

A = np.array([[2.0, 0.3, 0.1], [0.3, 1.5, 0.2], [0.1, 0.2, 1.1]])
B = np.array([1.0, -0.7, 0.3])
X3 = np.array([0.3, 0.7, 1.1])
DATA = np.array([0.1, 0.4, 0.35, 0.8, 1.7])
TIMES = np.linspace(0.0, 2.0, 5)


def expit(z):
    return 1.0 / (1.0 + np.exp(-z))


def rosen(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def rosen_grad(x):
    g = np.zeros_like(x)
    g[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    g[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return g


def softmax_loss(x):
    return np.log(np.sum(np.exp(x))) - x[1]


def softmax_loss_grad(x):
    p = np.exp(x - np.max(x))
    p = p / np.sum(p)
    p[1] -= 1.0
    return p


def normal(x):
    return -0.5 * np.sum((DATA - x[0]) ** 2) / x[1] ** 2 - 5 * np.log(x[1]) - 2.5 * np.log(2 * np.pi)


def normal_grad(x):
    r = DATA - x[0]
    return np.array([np.sum(r) / x[1] ** 2, np.sum(r * r) / x[1] ** 3 - len(DATA) / x[1]])


def decay(x):
    return np.sum((x[0] * np.exp(-x[1] * TIMES) - DATA) ** 2)


def decay_grad(x):
    e = np.exp(-x[1] * TIMES)
    r = 2 * (x[0] * e - DATA)
    return np.array([r @ e, -(r * x[0] * TIMES) @ e])


def horner(x):
    value = 0.0
    for c in (0.1, -0.3, 0.7, 1.9):
        value = value * x + c
    return value


def branch(x):
    return x * x if x > 0.5 else 3 * x - 1.25


def branch_grad(x):
    return 2 * x if x > 0.5 else 3.0


def logistic_steps(x):
    for _ in range(60):
        x = 4 * x * (1 - x)
    return x


def logistic_steps_grad(x):
    slope = 1.0
    for _ in range(60):
        slope *= 4 * (1 - 2 * x)
        x = 4 * x * (1 - x)
    return slope


def loss_of_layers(x):
    h = np.tanh(A @ x)
    return np.sum(expit(A.T @ h) * B)


def loss_of_layers_grad(x):
    h = np.tanh(A @ x)
    s = expit(A.T @ h)
    return A.T @ ((A @ (B * s * (1 - s))) * (1 - h * h))


def quadratic_form(x):
    return 0.5 * x @ A @ x - B @ x


PAIRS = {
    "square": (lambda x: x**2, lambda x: 2 * x, 0.7),
    "cube by products": (lambda x: x * x * x, lambda x: 3 * x**2, 1.3),
    "tenth": (lambda x: 0.1 * x**2, lambda x: x / 5, 0.7),
    "one over ten": (lambda x: x / 10, lambda x: 0.1, 0.7),
    "tenth computed": (lambda x: 0.1 * x**3, lambda x: (3 / 10) * x**2, 0.7),
    "third": (lambda x: x**3 / 3, lambda x: x**2, 0.9),
    "third typed": (lambda x: x * 0.3333333333333333, lambda x: 1 / 3, 0.9),
    "circle": (lambda r: math.pi * r**2, lambda r: 2 * math.pi * r, 1.7),
    "sphere": (lambda r: 4 / 3 * math.pi * r**3, lambda r: 4 * math.pi * r**2, 1.7),
    "gauss": (lambda x: math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi),
              lambda x: -x * math.exp(-0.5 * x * x) * 0.3989422804014327, 0.6),
    "log 2 pi": (lambda x: 0.5 * math.log(2 * math.pi * x), lambda x: 0.5 / x, 0.6),
    "half log 2 pi": (
        lambda s: 0.5 * math.log(2 * math.pi) * s + math.log(s), lambda s: 0.9189385332046727 + 1 / s, 1.6,
    ),
    "pi products": (lambda x: math.pi**2 * x**2 * math.sqrt(math.pi), lambda x: 2 * math.pi**2.5 * x, 1.6),
    "degrees": (lambda x: math.sin(math.radians(x)), lambda x: math.pi / 180 * math.cos(x * math.pi / 180), 33.0),
    "log10": (math.log10, lambda x: 1 / (x * math.log(10)), 3.3),
    "log2": (np.log2, lambda x: 1.4426950408889634 / x, 3.3),
    "exp2": (np.exp2, lambda x: math.log(2) * 2**x, 1.3),
    "sin cos": (lambda x: math.sin(x) * math.cos(x), lambda x: math.cos(2 * x), 0.8),
    "sin squared": (lambda x: math.sin(x) ** 2, lambda x: math.sin(2 * x), 0.8),
    "tan": (math.tan, lambda x: 1 / math.cos(x) ** 2, 0.8),
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2, 0.8),
    "sinh": (lambda x: (math.exp(x) - math.exp(-x)) / 2, math.cosh, 0.8),
    "acos": (math.acos, lambda x: -1 / math.sqrt(1 - x * x), 0.3),
    "asin near one": (math.asin, lambda x: 1 / math.sqrt(1 - x * x), 1 - 1e-9),
    "atan": (math.atan, lambda x: 1 / (1 + x * x), 2.3),
    "asinh": (math.asinh, lambda x: 1 / math.sqrt(1 + x * x), 2.3),
    "acosh": (math.acosh, lambda x: 1 / math.sqrt(x * x - 1), 2.3),
    "atanh": (math.atanh, lambda x: 1 / (1 - x * x), 0.3),
    "sqrt": (math.sqrt, lambda x: 0.5 * x**-0.5, 2.3),
    "power": (lambda x: x**2.5, lambda x: 2.5 * x**1.5, 2.3),
    "power of variable": (lambda x: x**x, lambda x: x**x * (math.log(x) + 1), 1.4),
    "erf": (math.erf, lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x), 0.4),
    "beta": (lambda x: math.exp(math.lgamma(x) - math.lgamma(x + 1)), lambda x: -1 / x**2, 1.4),
    "expm1": (lambda x: math.exp(x) - 1, math.exp, 1e-9),
    "quotient": (lambda x: x / (1 + x**2), lambda x: (1 - x**2) / (1 + x**2) ** 2, 0.4),
    "nested": (
        lambda x: math.exp(math.sin(math.log(x))),
        lambda x: math.exp(math.sin(math.log(x))) * math.cos(math.log(x)) / x, 1.9,
    ),
    "horner": (horner, lambda x: 0.3 * x**2 - 0.6 * x + 0.7, 1.2),
    "branch": (branch, branch_grad, 0.9),
    "other branch": (branch, branch_grad, 0.2),
    "abs": (lambda x: abs(x) ** 3, lambda x: 3 * x * abs(x), -0.8),
    "rosen": (rosen, rosen_grad, np.array([0.9, 1.2, -0.4, 0.3])),
    "softmax": (softmax_loss, softmax_loss_grad, X3),
    "normal": (normal, normal_grad, np.array([0.5, 0.9])),
    "decay": (decay, decay_grad, np.array([1.1, 0.6])),
    "quadratic form": (quadratic_form, lambda x: A @ x - B, X3),
    "layers": (loss_of_layers, loss_of_layers_grad, X3),
    "norm": (np.linalg.norm, lambda x: x / np.sqrt(x @ x), X3),
    "norm squared": (lambda x: np.linalg.norm(x) ** 2, lambda x: 2 * x, X3),
    "mean": (lambda x: np.mean(x**2), lambda x: 2 * x / len(x), X3),
    "variance": (np.var, lambda x: 2 * (x - np.mean(x)) / x.size, X3),
    "product": (np.prod, lambda x: np.prod(x) / x, X3),
    "log sum exp": (lambda x: np.log(np.sum(np.exp(x))), lambda x: np.exp(x) / np.sum(np.exp(x)), X3),
    "solve": (lambda x: B @ np.linalg.solve(A, x), lambda x: np.linalg.inv(A).T @ B, X3),
    "log det": (lambda x: np.linalg.slogdet(A + np.diag(x))[1], lambda x: np.diag(np.linalg.inv(A + np.diag(x))), X3),
    "det": (lambda x: np.linalg.det(A + np.diag(x)),
            lambda x: np.linalg.det(A + np.diag(x)) * np.diag(np.linalg.inv(A + np.diag(x))), X3),
    "cumulated": (lambda x: np.sum(np.cumsum(x) ** 2), lambda x: 2 * np.cumsum(np.cumsum(x)[::-1])[::-1], X3),
    "maximum": (lambda x: np.max(x) * x[0], lambda x: np.array([x[2], 0.0, x[0]]), X3),
    "relu": (lambda x: np.sum(np.maximum(x - 0.5, 0.0) ** 2), lambda x: 2 * np.where(x > 0.5, x - 0.5, 0.0), X3),
    "einsum": (lambda x: np.einsum("i,ij,j->", x, A, x), lambda x: (A + A.T) @ x, X3),
    "vector": (lambda x: np.array([x[0] * x[1], np.sin(x[2])]),
               lambda x: np.array([[x[1], x[0], 0.0], [0.0, 0.0, np.cos(x[2])]]), X3),
    "constants in a table": (lambda x: np.dot([0.1, 0.2, 0.7], x), lambda x: np.array([1 / 10, 1 / 5, 7 / 10]), X3),
    "at its minimum": (lambda x: (x - 0.1) ** 2, lambda x: 2 * (x - 0.1), 0.1),
}  # fmt: skip


UNSTABLE = {
    "cosine": (lambda x: (1 - math.cos(x)) / x**2, lambda x: (x * math.sin(x) - 2 * (1 - math.cos(x))) / x**3, 1e-4),
    "roots": (lambda x: math.sqrt(x + 1) - math.sqrt(x), lambda x: 0.5 / math.sqrt(x + 1) - 0.5 / math.sqrt(x), 1e12),
    "tanh far out": (math.tanh, lambda x: 1 - math.tanh(x) ** 2, 17.0),
    "tanh at twenty": (math.tanh, lambda x: 1 - math.tanh(x) ** 2, 20.0),
    "beside its minimum": (lambda x: np.sum((3 * x - 0.3) ** 2), lambda x: 18 * x - 1.8, np.array([0.1, 0.1000001])),
    "expm1 quotient": (lambda x: (math.exp(x) - 1) / x, lambda x: (x * math.exp(x) - math.exp(x) + 1) / x**2, 1e-7),
}
"""Right formulas that lose more digits than the tolerance allows."""
