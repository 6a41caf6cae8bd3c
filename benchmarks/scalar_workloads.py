"""Workloads of Python numbers: loops that a user writes without a thought for arrays.

The same text serves all engines; only the module that `sin`, `exp` and `sqrt` come from differs.
"""

from __future__ import annotations

import math

import autograd.numpy as anp
import numpy as np
import torch
from workload import Workload

RNG = np.random.default_rng(1)


def in_three(name, make, point):
    """A workload from a function that is given the module of its elementary functions."""
    return Workload(name, make(math), make(anp), make(torch), point)


def chain(operations=10_000):
    """One long line of operations, one in three a sine."""

    def make(m):
        def f(x):
            v = x[0]
            for _ in range(operations // 3):
                v = v + m.sin(v) * 0.001
            return v

        return f

    return in_three(f"chain of {operations} operations", make, np.array([0.2]))


def lotka_volterra(steps=1000):
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

    return in_three(f"Lotka-Volterra RK4 {steps}", lambda _m: predators, np.array([1.5, 1.0, 3.0, 1.0]))


def pendulum(steps=1000):
    """A damped pendulum: angle and speed, Runge-Kutta steps."""

    def make(m):
        def slope(angle, speed, g, c):
            return speed, -g * m.sin(angle) - c * speed

        def f(p):
            angle, speed, g, c = p[0], p[1], p[2], p[3]
            h = 0.01
            for _ in range(steps):
                a1, s1 = slope(angle, speed, g, c)
                a2, s2 = slope(angle + h / 2 * a1, speed + h / 2 * s1, g, c)
                a3, s3 = slope(angle + h / 2 * a2, speed + h / 2 * s2, g, c)
                a4, s4 = slope(angle + h * a3, speed + h * s3, g, c)
                angle = angle + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
                speed = speed + h / 6 * (s1 + 2 * s2 + 2 * s3 + s4)
            return angle * angle + speed * speed

        return f

    return in_three(f"pendulum RK4 {steps}", make, np.array([1.0, 0.3, 9.81, 0.1]))


def logistic_map(steps=1000):
    def iterate(x):
        v = x[0]
        for _ in range(steps):
            v = 3.6 * v * (1 - v)
        return v

    return in_three(f"logistic map {steps}", lambda _m: iterate, np.array([0.2]))


def speelpenning(n=1000):
    """The product of all entries."""

    def product(x):
        p = 1.0
        for k in range(n):
            p = p * x[k]
        return p

    return in_three(f"Speelpenning {n}", lambda _m: product, 1.0 + 0.1 * RNG.normal(size=n) / math.sqrt(n))


def helmholtz_loop(n=50):
    """The free energy of a mixture, as loops over lists of numbers."""
    b = [1 / (11 + i) for i in range(n)]
    A = [[1 / (12 + i + j) for j in range(n)] for i in range(n)]
    s2, s8 = math.sqrt(2), math.sqrt(8)

    def make(m):
        def f(x):
            bx = 0.0
            for i in range(n):
                bx = bx + b[i] * x[i]
            mixing = m.log((1 + (1 + s2) * bx) / (1 + (1 - s2) * bx))
            entropy, energy = 0.0, 0.0
            for i in range(n):
                entropy = entropy + x[i] * m.log(x[i] / (1 - bx))
                row = 0.0
                for j in range(n):
                    row = row + A[i][j] * x[j]
                energy = energy + x[i] * row
            return entropy - energy / (s8 * bx) * mixing

        return f

    return in_three(f"Helmholtz loop {n}", make, 1 / (21 + np.arange(n)))


def bundle_adjustment(observations=300, cameras=6, points=60):
    """Reprojection errors: Rodrigues' rotation, radial distortion, focal length and centre per camera."""
    pairs = [(k % cameras, (7 * k) % points) for k in range(observations)]
    seen = RNG.normal(size=(observations, 2)).tolist()

    def make(m):
        def project(cam, point):
            r0, r1, r2, c0, c1, c2, focal, u, v, k1, k2 = cam
            x, y, z = point[0] - c0, point[1] - c1, point[2] - c2
            theta2 = r0 * r0 + r1 * r1 + r2 * r2
            theta = m.sqrt(theta2)
            cosine, sine = m.cos(theta), m.sin(theta)
            w0, w1, w2 = r0 / theta, r1 / theta, r2 / theta
            a0, a1, a2 = w1 * z - w2 * y, w2 * x - w0 * z, w0 * y - w1 * x
            along = (w0 * x + w1 * y + w2 * z) * (1 - cosine)
            x, y, z = (x * cosine + a0 * sine + w0 * along, y * cosine + a1 * sine + w1 * along,
                       z * cosine + a2 * sine + w2 * along)  # fmt: skip
            p, q = x / z, y / z
            radius2 = p * p + q * q
            bent = 1 + k1 * radius2 + k2 * radius2 * radius2
            return focal * (p * bent) + u, focal * (q * bent) + v

        def f(x):
            cams = [[x[11 * c + k] for k in range(11)] for c in range(cameras)]
            start = 11 * cameras
            spots = [[x[start + 3 * k + i] for i in range(3)] for k in range(points)]
            total = 0.0
            for (c, k), (u, v) in zip(pairs, seen, strict=True):
                p, q = project(cams[c], spots[k])
                total = total + (p - u) * (p - u) + (q - v) * (q - v)
            return total

        return f

    camera = np.array([0.1, -0.2, 0.15, 0.0, 0.1, -4.0, 1.3, 0.01, -0.02, 0.03, -0.01])
    start = np.concatenate([(camera + 0.02 * RNG.normal(size=(cameras, 11))).ravel(), RNG.normal(size=3 * points)])
    return in_three(f"bundle adjustment {observations}", make, start)


def scalar_workloads():
    """All of them, each with the count of its operations left to the trace."""
    yield chain()
    yield logistic_map()
    yield speelpenning()
    yield helmholtz_loop()
    yield lotka_volterra()
    yield pendulum()
    yield bundle_adjustment()
