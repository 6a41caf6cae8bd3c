"""Programs that decide: ifs, loops with data-dependent counts, selections, sorting, interpolation."""

import numpy as np


def piecewise(x):
    if x < 0:
        return x**2
    if x < 2:
        return x**3
    return 12 * x - 16


def piecewise_grad(x):
    if x < 0:
        return 2 * x
    if x < 2:
        return 3 * x**2
    return 12.0


def tax(income):
    total = 0.0
    for low, high, rate in ((0.0, 10.0, 0.1), (10.0, 40.0, 0.2), (40.0, 1e9, 0.4)):
        if income > low:
            total = total + rate * (min(income, high) - low)
    return total


def tax_grad(income):
    for low, high, rate in ((0.0, 10.0, 0.1), (10.0, 40.0, 0.2), (40.0, 1e9, 0.4)):
        if low < income <= high:
            return rate
    return 0.0


def leaky(x):
    return np.sum(np.where(x > 0, x, 0.01 * x) ** 2)


def leaky_grad(x):
    return np.where(x > 0, 2 * x, 2e-4 * x)


def sorted_weights(x):
    return np.sort(x) @ np.array([1.0, 2.0, 4.0])


def sorted_weights_grad(x):
    g = np.zeros(3)
    g[np.argsort(x)] = np.array([1.0, 2.0, 4.0])
    return g


def largest(x):
    return np.max(x**2)


def largest_grad(x):
    g = np.zeros_like(x)
    k = np.argmax(x**2)
    g[k] = 2 * x[k]
    return g


def median_distance(x):
    return np.median(np.abs(x)) ** 2


def median_distance_grad(x):
    k = np.argsort(np.abs(x))[x.size // 2]
    g = np.zeros_like(x)
    g[k] = 2 * x[k]
    return g


def halving(x):
    y = x
    count = 0
    while y > 1:
        y = y / 2
        count += 1
    return y**2 + count


def halving_grad(x):
    y, scale = x, 1.0
    while y > 1:
        y = y / 2
        scale = scale / 2
    return 2 * y * scale


def interpolated(x):
    return np.interp(x, [0.0, 1.0, 2.5, 4.0], [1.0, 3.0, 2.0, 2.5])


def interpolated_grad(x):
    knots, values = [0.0, 1.0, 2.5, 4.0], [1.0, 3.0, 2.0, 2.5]
    k = np.searchsorted(knots, x) - 1
    return (values[k + 1] - values[k]) / (knots[k + 1] - knots[k])


def guarded_division(x):
    if abs(x[1]) < 1e-12:
        return x[0]
    return x[0] / x[1]


def guarded_division_grad(x):
    if abs(x[1]) < 1e-12:
        return np.array([1.0, 0.0])
    return np.array([1 / x[1], -x[0] / x[1] ** 2])


def minimum_and_clip(x):
    return np.minimum(x[0] * 2, x[1]) + np.clip(x[2], 0.0, 1.0) * x[1]


def minimum_and_clip_grad(x):
    g = np.zeros(3)
    if x[0] * 2 < x[1]:
        g[0] = 2.0
    else:
        g[1] = 1.0
    g[1] += min(max(x[2], 0.0), 1.0)
    g[2] = x[1] if 0 < x[2] < 1 else 0.0
    return g


def floor_phase(x):
    return (x - np.floor(x)) ** 2 * 3


def floor_phase_grad(x):
    return 6 * (x - np.floor(x))


def bounce(v):
    height, speed, energy = 1.0, v, 0.0
    for _ in range(30):
        height = height + 0.1 * speed
        speed = speed - 0.98
        if height < 0:
            height = -height
            speed = -0.8 * speed
        energy = energy + 0.1 * height
    return energy


def bounce_grad(v):
    height, speed, dh, ds, total = 1.0, v, 0.0, 1.0, 0.0
    for _ in range(30):
        height, dh = height + 0.1 * speed, dh + 0.1 * ds
        speed = speed - 0.98
        if height < 0:
            height, dh = -height, -dh
            speed, ds = -0.8 * speed, -0.8 * ds
        total = total + 0.1 * dh
    return total


POINTS = {
    "piecewise": [-0.7, 1.3, 2.6],
    "tax": [25.0, 62.0],
    "leaky": [[0.5, -1.2, 3.0]],
    "sorted_weights": [[0.4, -1.0, 0.9]],
    "largest": [[0.4, -1.5, 0.9]],
    "median_distance": [[0.4, -1.5, 0.9]],
    "halving": [37.0],
    "interpolated": [0.3, 3.1],
    "guarded_division": [[1.5, 0.3]],
    "minimum_and_clip": [[0.3, 1.4, 0.6], [2.0, 1.4, 1.8]],
    "floor_phase": [3.7],
    "bounce": [2.3],
}
