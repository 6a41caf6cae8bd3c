"""Right functions whose values or derivatives lose digits by cancellation."""

import numpy as np


def one_minus_cos(x):
    return 1 - np.cos(x)


def one_minus_cos_grad(x):
    return np.sin(x)


def difference_of_squares(x):
    return x[0] ** 2 - x[1] ** 2


def difference_of_squares_grad(x):
    return np.array([2 * x[0], -2 * x[1]])


def exp_minus_one(x):
    return (np.exp(x) - 1) / x


def exp_minus_one_grad(x):
    return (x * np.exp(x) - np.exp(x) + 1) / x**2


def naive_variance(x):
    return np.mean(x**2) - np.mean(x) ** 2


def naive_variance_grad(x):
    return 2 * (x - np.mean(x)) / x.size


def small_root(b):
    return -b + np.sqrt(b**2 - 1)


def small_root_grad(b):
    return -1 + b / np.sqrt(b**2 - 1)


def tan_minus_sin(x):
    return np.tan(x) - np.sin(x)


def tan_minus_sin_grad(x):
    return 1 / np.cos(x) ** 2 - np.cos(x)


def rump(x):
    a, b = x
    return 333.75 * b**6 + a**2 * (11 * a**2 * b**2 - b**6 - 121 * b**4 - 2) + 5.5 * b**8 + a / (2 * b)


def rump_grad(x):
    a, b = x
    da = 2 * a * (11 * a**2 * b**2 - b**6 - 121 * b**4 - 2) + 22 * a**3 * b**2 + 1 / (2 * b)
    db = 2002.5 * b**5 + a**2 * (22 * a**2 * b - 6 * b**5 - 484 * b**3) + 44 * b**7 - a / (2 * b**2)
    return np.array([da, db])


def determinant(m):
    return m[0] * m[3] - m[1] * m[2]


def determinant_grad(m):
    return np.array([m[3], -m[2], -m[1], m[0]])


def log_ratio(x):
    return np.log(x[0]) - np.log(x[1])


def log_ratio_grad(x):
    return np.array([1 / x[0], -1 / x[1]])


def cubed_difference(x):
    return x**3 - 3 * x**2 + 3 * x - 1


def cubed_difference_grad(x):
    return 3 * x**2 - 6 * x + 3


def heron(sides):
    a, b, c = sides
    s = (a + b + c) / 2
    return np.sqrt(s * (s - a) * (s - b) * (s - c))


def heron_grad(sides):
    a, b, c = sides
    area = heron(sides)
    return np.array([a * (b**2 + c**2 - a**2), b * (a**2 + c**2 - b**2), c * (a**2 + b**2 - c**2)]) / (8 * area)


POINTS = {
    "one_minus_cos": [1e-5, 0.7],
    "difference_of_squares": [[1.0000001, 1.0]],
    "exp_minus_one": [1e-3, 0.4],
    "naive_variance": [[1e4 + 1.0, 1e4 + 2.0, 1e4 + 4.5]],
    "small_root": [30.0, 1e4],
    "tan_minus_sin": [0.01],
    "rump": [[1.5, 0.7], [30.0, 12.0]],
    "determinant": [[1.0, 0.999, 1.001, 1.0]],
    "log_ratio": [[1234.5, 1234.4]],
    "cubed_difference": [1.01],
    "heron": [[5.0, 4.999, 0.01]],
}
