"""A gradient and a Hessian written by hand, found by their names and checked in all entries.

`rosenbrock_grad` is found for first derivatives, `rosenbrock_hess` with ``--order 2``.
"""
# expect: rosenbrock agree
# expect: rosenbrock agree order=2

import numpy as np


def rosenbrock(x):
    # gradcheck: at=[1.3, 0.7, 0.8, 1.9, 1.2]
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def rosenbrock_grad(x):
    bend = x[1:] - x[:-1] ** 2
    slope = np.zeros_like(x)
    slope[:-1] = -400.0 * x[:-1] * bend - 2.0 * (1.0 - x[:-1])
    slope[1:] += 200.0 * bend
    return slope


def rosenbrock_hess(x):
    beside = -400.0 * x[:-1]
    curvature = np.diag(beside, 1) + np.diag(beside, -1)
    diagonal = np.zeros_like(x)
    diagonal[:-1] = 1200.0 * x[:-1] ** 2 - 400.0 * x[1:] + 2.0
    diagonal[1:] += 200.0
    return curvature + np.diag(diagonal)
