"""Test functions of the optimisation literature with gradients derived by hand."""

import math

import numpy as np


def rosenbrock(x):
    return 100.0 * (x[1] - x[0] ** 2) ** 2 + (1.0 - x[0]) ** 2


def rosenbrock_grad(x):
    inner = x[1] - x[0] ** 2
    return np.array([-400.0 * x[0] * inner - 2.0 * (1.0 - x[0]), 200.0 * inner])


def beale(x):
    a, b = x
    return (1.5 - a + a * b) ** 2 + (2.25 - a + a * b**2) ** 2 + (2.625 - a + a * b**3) ** 2


def beale_grad(x):
    a, b = x
    r1 = 1.5 - a + a * b
    r2 = 2.25 - a + a * b**2
    r3 = 2.625 - a + a * b**3
    da = 2 * r1 * (b - 1) + 2 * r2 * (b**2 - 1) + 2 * r3 * (b**3 - 1)
    db = 2 * r1 * a + 4 * r2 * a * b + 6 * r3 * a * b**2
    return np.array([da, db])


def powell_singular(x):
    return (x[0] + 10 * x[1]) ** 2 + 5 * (x[2] - x[3]) ** 2 + (x[1] - 2 * x[2]) ** 4 + 10 * (x[0] - x[3]) ** 4


def powell_singular_grad(x):
    s, t = x[0] + 10 * x[1], x[2] - x[3]
    u, v = (x[1] - 2 * x[2]) ** 3, (x[0] - x[3]) ** 3
    return np.array([2 * s + 40 * v, 20 * s + 4 * u, 10 * t - 8 * u, -10 * t - 40 * v])


def wood(x):
    return (
        100 * (x[1] - x[0] ** 2) ** 2
        + (1 - x[0]) ** 2
        + 90 * (x[3] - x[2] ** 2) ** 2
        + (1 - x[2]) ** 2
        + 10.1 * ((x[1] - 1) ** 2 + (x[3] - 1) ** 2)
        + 19.8 * (x[1] - 1) * (x[3] - 1)
    )


def wood_grad(x):
    a = x[1] - x[0] ** 2
    b = x[3] - x[2] ** 2
    g0 = -400 * x[0] * a - 2 * (1 - x[0])
    g1 = 200 * a + 20.2 * (x[1] - 1) + 19.8 * (x[3] - 1)
    g2 = -360 * x[2] * b - 2 * (1 - x[2])
    g3 = 180 * b + 20.2 * (x[3] - 1) + 19.8 * (x[1] - 1)
    return np.array([g0, g1, g2, g3])


def himmelblau(x):
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


def himmelblau_grad(x):
    p = x[0] ** 2 + x[1] - 11
    q = x[0] + x[1] ** 2 - 7
    return np.array([4 * x[0] * p + 2 * q, 2 * p + 4 * x[1] * q])


def booth(x, y):
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def booth_grad(x, y):
    return 10 * x + 8 * y - 34, 8 * x + 10 * y - 38


def matyas(x, y):
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


def matyas_grad(x, y):
    return np.array([0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x])


def goldstein_price(x):
    a, b = x
    first = 1 + (a + b + 1) ** 2 * (19 - 14 * a + 3 * a**2 - 14 * b + 6 * a * b + 3 * b**2)
    second = 30 + (2 * a - 3 * b) ** 2 * (18 - 32 * a + 12 * a**2 + 48 * b - 36 * a * b + 27 * b**2)
    return first * second


def goldstein_price_grad(x):
    a, b = x
    s = a + b + 1
    p = 19 - 14 * a + 3 * a**2 - 14 * b + 6 * a * b + 3 * b**2
    t = 2 * a - 3 * b
    q = 18 - 32 * a + 12 * a**2 + 48 * b - 36 * a * b + 27 * b**2
    first, second = 1 + s**2 * p, 30 + t**2 * q
    dp = -14 + 6 * a + 6 * b
    first_ab = 2 * s * p + s**2 * dp
    second_a = 4 * t * q + t**2 * (-32 + 24 * a - 36 * b)
    second_b = -6 * t * q + t**2 * (48 - 36 * a + 54 * b)
    return np.array([first_ab * second + first * second_a, first_ab * second + first * second_b])


def branin(x):
    b, c, t = 5.1 / (4 * math.pi**2), 5 / math.pi, 1 / (8 * math.pi)
    return (x[1] - b * x[0] ** 2 + c * x[0] - 6) ** 2 + 10 * (1 - t) * np.cos(x[0]) + 10


def branin_grad(x):
    b, c, t = 5.1 / (4 * math.pi**2), 5 / math.pi, 1 / (8 * math.pi)
    r = x[1] - b * x[0] ** 2 + c * x[0] - 6
    return np.array([2 * r * (c - 2 * b * x[0]) - 10 * (1 - t) * np.sin(x[0]), 2 * r])


def mccormick(x):
    return np.sin(x[0] + x[1]) + (x[0] - x[1]) ** 2 - 1.5 * x[0] + 2.5 * x[1] + 1


def mccormick_grad(x):
    c = np.cos(x[0] + x[1])
    d = 2 * (x[0] - x[1])
    return np.array([c + d - 1.5, c - d + 2.5])


def easom(x):
    return -np.cos(x[0]) * np.cos(x[1]) * np.exp(-((x[0] - np.pi) ** 2) - (x[1] - np.pi) ** 2)


def easom_grad(x):
    e = np.exp(-((x[0] - np.pi) ** 2) - (x[1] - np.pi) ** 2)
    c0, c1, s0, s1 = np.cos(x[0]), np.cos(x[1]), np.sin(x[0]), np.sin(x[1])
    g0 = s0 * c1 * e + 2 * (x[0] - np.pi) * c0 * c1 * e
    g1 = c0 * s1 * e + 2 * (x[1] - np.pi) * c0 * c1 * e
    return np.array([g0, g1])


def three_hump_camel(x, y):
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


def three_hump_camel_grad(x, y):
    return {"x": 4 * x - 4.2 * x**3 + x**5 + y, "y": x + 2 * y}


def six_hump_camel(x):
    a, b = x
    return (4 - 2.1 * a**2 + a**4 / 3) * a**2 + a * b + (-4 + 4 * b**2) * b**2


def six_hump_camel_grad(x):
    a, b = x
    return np.array([8 * a - 8.4 * a**3 + 2 * a**5 + b, a - 8 * b + 16 * b**3])


def sphere(x):
    return np.sum(x**2)


def sphere_grad(x):
    return 2 * x


def weighted_squares(x):
    i = np.arange(1, x.size + 1)
    return np.sum(i * x**2)


def weighted_squares_grad(x):
    i = np.arange(1, x.size + 1)
    return 2 * i * x


def dixon_price(x):
    i = np.arange(2, x.size + 1)
    return (x[0] - 1) ** 2 + np.sum(i * (2 * x[1:] ** 2 - x[:-1]) ** 2)


def dixon_price_grad(x):
    i = np.arange(2, x.size + 1)
    r = 2 * x[1:] ** 2 - x[:-1]
    g = np.zeros_like(x)
    g[0] = 2 * (x[0] - 1)
    g[1:] += 8 * i * r * x[1:]
    g[:-1] -= 2 * i * r
    return g


def zakharov(x):
    s = np.sum(0.5 * np.arange(1, x.size + 1) * x)
    return np.sum(x**2) + s**2 + s**4


def zakharov_grad(x):
    w = 0.5 * np.arange(1, x.size + 1)
    s = np.sum(w * x)
    return 2 * x + (2 * s + 4 * s**3) * w


def styblinski_tang(x):
    return 0.5 * np.sum(x**4 - 16 * x**2 + 5 * x)


def styblinski_tang_grad(x):
    return 2 * x**3 - 16 * x + 2.5


def rastrigin(x):
    return 10 * x.size + np.sum(x**2 - 10 * np.cos(2 * np.pi * x))


def rastrigin_grad(x):
    return 2 * x + 20 * np.pi * np.sin(2 * np.pi * x)


def ackley(x):
    n = x.size
    a = -20 * np.exp(-0.2 * np.sqrt(np.sum(x**2) / n))
    return a - np.exp(np.sum(np.cos(2 * np.pi * x)) / n) + 20 + np.e


def ackley_grad(x):
    n = x.size
    r = np.sqrt(np.sum(x**2) / n)
    first = 4 * np.exp(-0.2 * r) * x / (n * r)
    second = 2 * np.pi / n * np.sin(2 * np.pi * x) * np.exp(np.sum(np.cos(2 * np.pi * x)) / n)
    return first + second


def griewank(x):
    i = np.sqrt(np.arange(1.0, x.size + 1))
    return 1 + np.sum(x**2) / 4000 - np.prod(np.cos(x / i))


def griewank_grad(x):
    i = np.sqrt(np.arange(1.0, x.size + 1))
    product = np.prod(np.cos(x / i))
    return x / 2000 + product * np.tan(x / i) / i


def levy(x):
    w = 1 + (x - 1) / 4
    middle = np.sum((w[:-1] - 1) ** 2 * (1 + 10 * np.sin(np.pi * w[:-1] + 1) ** 2))
    return np.sin(np.pi * w[0]) ** 2 + middle + (w[-1] - 1) ** 2 * (1 + np.sin(2 * np.pi * w[-1]) ** 2)


def levy_grad(x):
    w = 1 + (x - 1) / 4
    g = np.zeros_like(x)
    g[0] += 2 * np.pi * np.sin(np.pi * w[0]) * np.cos(np.pi * w[0])
    s, c = np.sin(np.pi * w[:-1] + 1), np.cos(np.pi * w[:-1] + 1)
    g[:-1] += 2 * (w[:-1] - 1) * (1 + 10 * s**2) + (w[:-1] - 1) ** 2 * 20 * np.pi * s * c
    s, c = np.sin(2 * np.pi * w[-1]), np.cos(2 * np.pi * w[-1])
    g[-1] += 2 * (w[-1] - 1) * (1 + s**2) + (w[-1] - 1) ** 2 * 4 * np.pi * s * c
    return g / 4


def trid(x):
    return np.sum((x - 1) ** 2) - np.sum(x[1:] * x[:-1])


def trid_grad(x):
    g = 2 * (x - 1)
    g[1:] -= x[:-1]
    g[:-1] -= x[1:]
    return g


def helical_valley(x):
    theta = np.arctan2(x[1], x[0]) / (2 * np.pi)
    r = np.sqrt(x[0] ** 2 + x[1] ** 2)
    return 100 * ((x[2] - 10 * theta) ** 2 + (r - 1) ** 2) + x[2] ** 2


def helical_valley_grad(x):
    theta = np.arctan2(x[1], x[0]) / (2 * np.pi)
    q = x[0] ** 2 + x[1] ** 2
    r = np.sqrt(q)
    a = 200 * (x[2] - 10 * theta)
    b = 200 * (r - 1) / r
    k = 10 / (2 * np.pi * q)
    return np.array([a * k * x[1] + b * x[0], -a * k * x[0] + b * x[1], a + 2 * x[2]])


def freudenstein_roth(x):
    a = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]
    b = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]
    return a**2 + b**2


def freudenstein_roth_grad(x):
    a = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]
    b = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]
    da = 10 * x[1] - 3 * x[1] ** 2 - 2
    db = 3 * x[1] ** 2 + 2 * x[1] - 14
    return np.array([2 * a + 2 * b, 2 * a * da + 2 * b * db])


def brown_badly_scaled(x):
    return (x[0] - 1e6) ** 2 + (x[1] - 2e-6) ** 2 + (x[0] * x[1] - 2) ** 2


def brown_badly_scaled_grad(x):
    r = x[0] * x[1] - 2
    return np.array([2 * (x[0] - 1e6) + 2 * r * x[1], 2 * (x[1] - 2e-6) + 2 * r * x[0]])


def powell_badly_scaled(x):
    return (1e4 * x[0] * x[1] - 1) ** 2 + (np.exp(-x[0]) + np.exp(-x[1]) - 1.0001) ** 2


def powell_badly_scaled_grad(x):
    a = 1e4 * x[0] * x[1] - 1
    b = np.exp(-x[0]) + np.exp(-x[1]) - 1.0001
    return np.array([2e4 * a * x[1] - 2 * b * np.exp(-x[0]), 2e4 * a * x[0] - 2 * b * np.exp(-x[1])])


def brown_dennis(x):
    total = 0.0
    for i in range(1, 11):
        t = i / 5
        u = x[0] + t * x[1] - math.exp(t)
        v = x[2] + math.sin(t) * x[3] - math.cos(t)
        total = total + (u**2 + v**2) ** 2
    return total


def brown_dennis_grad(x):
    g = np.zeros(4)
    for i in range(1, 11):
        t = i / 5
        u = x[0] + t * x[1] - math.exp(t)
        v = x[2] + math.sin(t) * x[3] - math.cos(t)
        k = 4 * (u**2 + v**2)
        g[0] += k * u
        g[1] += k * u * t
        g[2] += k * v
        g[3] += k * v * math.sin(t)
    return g


def box_three_dimensional(x):
    t = 0.1 * np.arange(1, 11)
    r = np.exp(-t * x[0]) - np.exp(-t * x[1]) - x[2] * (np.exp(-t) - np.exp(-10 * t))
    return np.sum(r**2)


def box_three_dimensional_grad(x):
    t = 0.1 * np.arange(1, 11)
    shape = np.exp(-t) - np.exp(-10 * t)
    r = np.exp(-t * x[0]) - np.exp(-t * x[1]) - x[2] * shape
    g0 = np.sum(-2 * r * t * np.exp(-t * x[0]))
    g1 = np.sum(2 * r * t * np.exp(-t * x[1]))
    g2 = np.sum(-2 * r * shape)
    return np.array([g0, g1, g2])


def jennrich_sampson(x):
    i = np.arange(1, 11)
    return np.sum((2 + 2 * i - (np.exp(i * x[0]) + np.exp(i * x[1]))) ** 2)


def jennrich_sampson_grad(x):
    i = np.arange(1, 11)
    r = 2 + 2 * i - (np.exp(i * x[0]) + np.exp(i * x[1]))
    return -2 * np.array([np.sum(r * i * np.exp(i * x[0])), np.sum(r * i * np.exp(i * x[1]))])


def bard(x):
    y = np.array([0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39])
    u = np.arange(1, 16)
    v = 16 - u
    w = np.minimum(u, v)
    return np.sum((y - (x[0] + u / (v * x[1] + w * x[2]))) ** 2)


def bard_grad(x):
    y = np.array([0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39])
    u = np.arange(1, 16)
    v = 16 - u
    w = np.minimum(u, v)
    d = v * x[1] + w * x[2]
    r = y - (x[0] + u / d)
    return np.array([-2 * np.sum(r), 2 * np.sum(r * u * v / d**2), 2 * np.sum(r * u * w / d**2)])


def kowalik_osborne(x):
    y = np.array([0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246])
    u = np.array([4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625])
    return np.sum((y - x[0] * (u**2 + u * x[1]) / (u**2 + u * x[2] + x[3])) ** 2)


def kowalik_osborne_grad(x):
    y = np.array([0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246])
    u = np.array([4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625])
    top = u**2 + u * x[1]
    bottom = u**2 + u * x[2] + x[3]
    r = y - x[0] * top / bottom
    g0 = -2 * np.sum(r * top / bottom)
    g1 = -2 * np.sum(r * x[0] * u / bottom)
    g2 = 2 * np.sum(r * x[0] * top * u / bottom**2)
    g3 = 2 * np.sum(r * x[0] * top / bottom**2)
    return np.array([g0, g1, g2, g3])


def more_gaussian(x):
    y = np.array([0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989, 0.3521, 0.242, 0.1295, 0.054])
    t = (8 - np.arange(1, 13)) / 2
    return np.sum((x[0] * np.exp(-x[1] * (t - x[2]) ** 2 / 2) - y) ** 2)


def more_gaussian_grad(x):
    y = np.array([0.0009, 0.0044, 0.0175, 0.054, 0.1295, 0.242, 0.3521, 0.3989, 0.3521, 0.242, 0.1295, 0.054])
    t = (8 - np.arange(1, 13)) / 2
    e = np.exp(-x[1] * (t - x[2]) ** 2 / 2)
    r = x[0] * e - y
    g0 = 2 * np.sum(r * e)
    g1 = -np.sum(r * x[0] * e * (t - x[2]) ** 2)
    g2 = 2 * np.sum(r * x[0] * e * x[1] * (t - x[2]))
    return np.array([g0, g1, g2])


def penalty_one(x):
    return 1e-5 * np.sum((x - 1) ** 2) + (np.sum(x**2) - 0.25) ** 2


def penalty_one_grad(x):
    return 2e-5 * (x - 1) + 4 * (np.sum(x**2) - 0.25) * x


def variably_dimensioned(x):
    i = np.arange(1, x.size + 1)
    s = np.sum(i * (x - 1))
    return np.sum((x - 1) ** 2) + s**2 + s**4


def variably_dimensioned_grad(x):
    i = np.arange(1, x.size + 1)
    s = np.sum(i * (x - 1))
    return 2 * (x - 1) + 2 * i * s + 4 * i * s**3


def trigonometric(x):
    n = x.size
    i = np.arange(1, n + 1)
    return np.sum((n - np.sum(np.cos(x)) + i * (1 - np.cos(x)) - np.sin(x)) ** 2)


def trigonometric_grad(x):
    n = x.size
    i = np.arange(1, n + 1)
    r = n - np.sum(np.cos(x)) + i * (1 - np.cos(x)) - np.sin(x)
    return 2 * np.sum(r) * np.sin(x) + 2 * r * (i * np.sin(x) - np.cos(x))


def broyden_tridiagonal(x):
    padded = np.concatenate([np.zeros(1), x, np.zeros(1)])
    r = (3 - 2 * x) * x - padded[:-2] - 2 * padded[2:] + 1
    return np.sum(r**2)


def broyden_tridiagonal_grad(x):
    padded = np.concatenate([np.zeros(1), x, np.zeros(1)])
    r = (3 - 2 * x) * x - padded[:-2] - 2 * padded[2:] + 1
    g = 2 * r * (3 - 4 * x)
    g[:-1] -= 2 * r[1:]
    g[1:] -= 4 * r[:-1]
    return g


def schwefel(x):
    return 418.9829 * x.size - np.sum(x * np.sin(np.sqrt(np.abs(x))))


def schwefel_grad(x):
    r = np.sqrt(np.abs(x))
    return -np.sin(r) - 0.5 * r * np.cos(r)


def michalewicz(x):
    i = np.arange(1, x.size + 1)
    return -np.sum(np.sin(x) * np.sin(i * x**2 / np.pi) ** 20)


def michalewicz_grad(x):
    i = np.arange(1, x.size + 1)
    s = np.sin(i * x**2 / np.pi)
    return -np.cos(x) * s**20 - np.sin(x) * 40 * s**19 * np.cos(i * x**2 / np.pi) * i * x / np.pi


POINTS = {
    "rosenbrock": [[-1.2, 1.0], [0.7, 0.9]],
    "beale": [[1.0, 0.8]],
    "powell_singular": [[3.0, -1.0, 0.5, 1.0]],
    "wood": [[-3.0, -1.0, -2.5, -1.5]],
    "himmelblau": [[1.3, -0.4], [-2.0, 3.5]],
    "booth": [{"x": 0.3, "y": 4.0}],
    "matyas": [{"x": -2.0, "y": 1.7}],
    "goldstein_price": [[0.6, -0.3]],
    "branin": [[2.5, 7.0]],
    "mccormick": [[-0.5, 1.5]],
    "easom": [[2.0, 3.7]],
    "three_hump_camel": [{"x": 1.1, "y": -0.6}],
    "six_hump_camel": [[0.5, 0.9]],
    "sphere": [[0.3, -1.2, 2.0]],
    "weighted_squares": [[1.1, 0.4, -0.7, 2.0]],
    "dixon_price": [[1.2, -0.5, 0.8, 1.9]],
    "zakharov": [[0.5, -0.3, 1.0]],
    "styblinski_tang": [[-2.0, 0.5, 3.1]],
    "rastrigin": [[0.4, -1.3, 2.2]],
    "ackley": [[0.7, -0.9, 1.4]],
    "griewank": [[3.0, -7.0, 11.0]],
    "levy": [[0.2, 2.5, -1.0]],
    "trid": [[1.0, 4.0, 2.0, 0.3]],
    "helical_valley": [[-1.0, 0.4, 0.3]],
    "freudenstein_roth": [[0.5, -2.0]],
    "brown_badly_scaled": [[1.1, 1.3]],
    "powell_badly_scaled": [[0.2, 1.1]],
    "brown_dennis": [[25.0, 5.0, -5.0, -1.0]],
    "box_three_dimensional": [[0.5, 10.0, 20.0]],
    "jennrich_sampson": [[0.3, 0.4]],
    "bard": [[1.0, 1.2, 0.9]],
    "kowalik_osborne": [[0.25, 0.39, 0.415, 0.39]],
    "more_gaussian": [[0.4, 1.1, 0.2]],
    "penalty_one": [[1.0, 2.0, 3.0, 4.0]],
    "variably_dimensioned": [[0.7, 0.4, 0.1]],
    "trigonometric": [[0.2, 0.5, -0.3, 0.8]],
    "broyden_tridiagonal": [[-1.0, 0.4, -0.7, 0.2, 1.1]],
    "schwefel": [[120.0, -45.0, 310.0]],
    "michalewicz": [[2.0, 1.5, 1.1]],
}
