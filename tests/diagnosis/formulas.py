"""Small functions with hand-written gradients, as people write them: scalars, loops, arrays, matrices."""

from __future__ import annotations

FORMULAS: dict[str, tuple[str, object]] = {
    "rosenbrock": (
        """
def f(x):
    return 100.0 * (x[1] - x[0] ** 2) ** 2 + (1.0 - x[0]) ** 2

def g(x):
    d = x[1] - x[0] ** 2
    a = -400.0 * x[0] * d - 2.0 * (1.0 - x[0])
    b = 200.0 * d
    return np.array([a, b])
""",
        [0.7, 1.3],
    ),
    "himmelblau": (
        """
def f(x):
    return (x[0] ** 2 + x[1] - 11.0) ** 2 + (x[0] + x[1] ** 2 - 7.0) ** 2

def g(x):
    u = x[0] ** 2 + x[1] - 11.0
    v = x[0] + x[1] ** 2 - 7.0
    return np.array([4.0 * x[0] * u + 2.0 * v, 2.0 * u + 4.0 * x[1] * v])
""",
        [1.2, 0.8],
    ),
    "beale": (
        """
def f(x):
    a = 1.5 - x[0] + x[0] * x[1]
    b = 2.25 - x[0] + x[0] * x[1] ** 2
    c = 2.625 - x[0] + x[0] * x[1] ** 3
    return a ** 2 + b ** 2 + c ** 2

def g(x):
    a = 1.5 - x[0] + x[0] * x[1]
    b = 2.25 - x[0] + x[0] * x[1] ** 2
    c = 2.625 - x[0] + x[0] * x[1] ** 3
    out = np.zeros(2)
    out[0] = 2 * a * (x[1] - 1) + 2 * b * (x[1] ** 2 - 1) + 2 * c * (x[1] ** 3 - 1)
    out[1] = 2 * a * x[0] + 4 * b * x[0] * x[1] + 6 * c * x[0] * x[1] ** 2
    return out
""",
        [1.4, 0.6],
    ),
    "waves": (
        """
def f(x):
    return x[0] ** 2 * x[1] + np.sin(x[1] * x[2])

def g(x):
    c = np.cos(x[1] * x[2])
    return np.array([2 * x[0] * x[1], x[0] ** 2 + x[2] * c, x[1] * c])
""",
        [1.5, 0.7, 1.9],
    ),
    "gaussian": (
        """
def f(x):
    return x[0] * math.exp(-((x[1] - x[2]) ** 2) / (2 * x[3] ** 2))

def g(x):
    z = (x[1] - x[2]) / x[3]
    e = math.exp(-0.5 * z * z)
    slope = x[0] * e * z / x[3]
    return [e, -slope, slope, slope * z]
""",
        [2.0, 1.1, 0.4, 0.9],
    ),
    "logistic-growth": (
        """
def f(p):
    return p[0] / (1 + math.exp(-p[1] * (3.0 - p[2])))

def g(p):
    e = math.exp(-p[1] * (3.0 - p[2]))
    s = 1 / (1 + e)
    ds = e * s * s
    return [s, p[0] * ds * (3.0 - p[2]), -p[0] * ds * p[1]]
""",
        [5.0, 0.8, 2.2],
    ),
    "spring": (
        """
def f(x):
    r = math.sqrt(x[0] ** 2 + x[1] ** 2)
    return 0.5 * 3.2 * (r - 1.25) ** 2 + 9.81 * x[1]

def g(x):
    r = math.sqrt(x[0] ** 2 + x[1] ** 2)
    pull = 3.2 * (r - 1.25) / r
    return [pull * x[0], pull * x[1] + 9.81]
""",
        [0.8, -1.7],
    ),
    "least-squares": (
        """
A = np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 2.0], [1.5, 0.2, -0.7], [0.9, 1.1, 0.4]])
b = np.array([1.0, -0.5, 2.0, 0.3])

def f(x):
    r = A @ x - b
    return 0.5 * np.dot(r, r)

def g(x):
    r = A @ x - b
    return A.T @ r
""",
        [0.4, -0.6, 1.2],
    ),
    "ridge": (
        """
A = np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 2.0], [1.5, 0.2, -0.7], [0.9, 1.1, 0.4]])
b = np.array([1.0, -0.5, 2.0, 0.3])

def f(w):
    r = A @ w - b
    return np.sum(r ** 2) / 4 + 0.1 * np.sum(w ** 2)

def g(w):
    r = A @ w - b
    fit = A.T @ r / 2
    return fit + 0.2 * w
""",
        [0.4, -0.6, 1.2],
    ),
    "logistic-loss": (
        """
X = np.array([[1.0, 2.0], [0.3, -1.0], [1.5, 0.2], [-0.9, 1.1], [0.2, 0.6]])
y = np.array([1.0, 0.0, 1.0, 0.0, 1.0])

def f(w):
    z = X @ w
    return np.mean(np.log(1 + np.exp(z)) - y * z)

def g(w):
    z = X @ w
    p = 1 / (1 + np.exp(-z))
    return X.T @ (p - y) / len(y)
""",
        [0.5, -0.8],
    ),
    "log-sum-exp": (
        """
def f(x):
    return np.log(np.sum(np.exp(x)))

def g(x):
    e = np.exp(x)
    return e / np.sum(e)
""",
        [0.3, -1.1, 0.9, 0.2],
    ),
    "entropy": (
        """
def f(x):
    return np.sum(x * np.log(x))

def g(x):
    return np.log(x) + 1.0
""",
        [0.3, 1.1, 0.9],
    ),
    "rastrigin": (
        """
def f(x):
    return 10.0 * len(x) + np.sum(x ** 2 - 10.0 * np.cos(2 * np.pi * x))

def g(x):
    return 2 * x + 20.0 * np.pi * np.sin(2 * np.pi * x)
""",
        [0.3, -0.85, 1.4],
    ),
    "ackley": (
        """
def f(x):
    s = np.sqrt(np.mean(x ** 2))
    c = np.mean(np.cos(2 * np.pi * x))
    return -20.0 * np.exp(-0.2 * s) - np.exp(c)

def g(x):
    n = len(x)
    s = np.sqrt(np.mean(x ** 2))
    c = np.mean(np.cos(2 * np.pi * x))
    first = 4.0 * np.exp(-0.2 * s) * x / (n * s)
    second = np.exp(c) * 2 * np.pi * np.sin(2 * np.pi * x) / n
    return first + second
""",
        [0.3, -0.85, 1.4],
    ),
    "styblinski": (
        """
def f(x):
    return 0.5 * np.sum(x ** 4 - 16 * x ** 2 + 5 * x)

def g(x):
    return 2 * x ** 3 - 16 * x + 2.5
""",
        [0.3, -1.85, 1.4],
    ),
    "chain": (
        """
def f(x):
    total = 0.0
    for i in range(len(x) - 1):
        total = total + (x[i + 1] - x[i] ** 2) ** 2
    return total

def g(x):
    out = np.zeros(len(x))
    for i in range(len(x) - 1):
        d = x[i + 1] - x[i] ** 2
        out[i] += -4 * x[i] * d
        out[i + 1] += 2 * d
    return out
""",
        [0.3, 1.1, 0.9, 0.4],
    ),
    "polynomial": (
        """
def f(x):
    s = 0.0
    for k in range(1, 4):
        s = s + k * x[0] ** k * x[1]
    return s

def g(x):
    a = 0.0
    b = 0.0
    for k in range(1, 4):
        a = a + k * k * x[0] ** (k - 1) * x[1]
        b = b + k * x[0] ** k
    return [a, b]
""",
        [0.7, 1.6],
    ),
    "ideal-gas": (
        """
def f(v):
    return 8.314 * v[0] / (v[1] - 0.04) - 1.36 / v[1] ** 2

def g(v):
    free = v[1] - 0.04
    dt = 8.314 / free
    dv = -8.314 * v[0] / free ** 2 + 2.72 / v[1] ** 3
    return [dt, dv]
""",
        [3.0, 0.5],
    ),
    "lennard-jones": (
        """
def f(x):
    r2 = x[0] ** 2 + x[1] ** 2 + x[2] ** 2
    s6 = 1 / r2 ** 3
    return 4 * (s6 ** 2 - s6)

def g(x):
    r2 = x[0] ** 2 + x[1] ** 2 + x[2] ** 2
    s6 = 1 / r2 ** 3
    slope = -24 * (2 * s6 ** 2 - s6) / r2
    return [slope * x[0], slope * x[1], slope * x[2]]
""",
        [0.8, 0.6, 0.7],
    ),
    "pendulum": (
        """
def f(q):
    return 0.5 * 1.7 * q[1] ** 2 - 9.81 * math.cos(q[0]) + 0.3 * q[0] * q[1]

def g(q):
    return [9.81 * math.sin(q[0]) + 0.3 * q[1], 1.7 * q[1] + 0.3 * q[0]]
""",
        [0.6, -0.9],
    ),
    "black-box": (
        """
def f(x):
    t = x[0] * x[1] - x[2]
    return np.tanh(t) + 0.25 * t ** 2

def g(x):
    t = x[0] * x[1] - x[2]
    dt = 1 - np.tanh(t) ** 2 + 0.5 * t
    return np.array([dt * x[1], dt * x[0], -dt])
""",
        [0.8, 0.9, 0.3],
    ),
    "neuron": (
        """
X = np.array([0.4, -1.2, 0.7])

def f(w):
    z = np.dot(w[:3], X) + w[3]
    return (np.tanh(z) - 0.3) ** 2

def g(w):
    z = np.dot(w[:3], X) + w[3]
    h = np.tanh(z)
    dz = 2 * (h - 0.3) * (1 - h ** 2)
    return np.append(dz * X, dz)
""",
        [0.5, -0.4, 0.9, 0.2],
    ),
    "quadratic-form": (
        """
Q = np.array([[2.0, 0.5, -0.3], [0.1, 1.5, 0.4], [0.7, -0.2, 3.0]])
c = np.array([1.0, -2.0, 0.5])

def f(x):
    return 0.5 * x @ Q @ x + c @ x

def g(x):
    return 0.5 * (Q @ x + Q.T @ x) + c
""",
        [0.4, 1.6, -0.7],
    ),
    "cauchy": (
        """
d = np.array([0.4, 1.2, -0.7, 2.1])

def f(p):
    z = (d - p[0]) / p[1]
    return np.sum(np.log(1 + z ** 2)) + len(d) * np.log(p[1])

def g(p):
    z = (d - p[0]) / p[1]
    w = 2 * z / (1 + z ** 2)
    mu = -np.sum(w) / p[1]
    sigma = -np.sum(w * z) / p[1] + len(d) / p[1]
    return np.array([mu, sigma])
""",
        [0.5, 1.3],
    ),
    "normal-likelihood": (
        """
d = np.array([0.4, 1.2, -0.7, 2.1])

def f(p):
    return 0.5 * np.sum((d - p[0]) ** 2) / p[1] ** 2 + len(d) * math.log(p[1])

def g(p):
    r = d - p[0]
    return [-np.sum(r) / p[1] ** 2, -np.sum(r ** 2) / p[1] ** 3 + len(d) / p[1]]
""",
        [0.5, 1.3],
    ),
    "poisson": (
        """
t = np.array([0.5, 1.0, 1.5, 2.0])
k = np.array([1.0, 2.0, 2.0, 5.0])

def f(p):
    rate = np.exp(p[0] + p[1] * t)
    return np.sum(rate - k * np.log(rate))

def g(p):
    rate = np.exp(p[0] + p[1] * t)
    miss = rate - k
    return np.array([np.sum(miss), np.sum(miss * t)])
""",
        [0.2, 0.6],
    ),
    "exponential-fit": (
        """
t = np.array([0.5, 1.0, 1.5, 2.0])
y = np.array([1.1, 0.8, 0.4, 0.3])

def f(p):
    r = p[0] * np.exp(-p[1] * t) + p[2] - y
    return np.sum(r ** 2)

def g(p):
    e = np.exp(-p[1] * t)
    r = p[0] * e + p[2] - y
    return np.array([2 * np.sum(r * e), -2 * np.sum(r * p[0] * t * e), 2 * np.sum(r)])
""",
        [1.2, 0.6, 0.1],
    ),
    "ellipse": (
        """
def f(x):
    return x[0] ** 2 / 4 + x[1] ** 2 / 9 + x[0] * x[1] / 6

def g(x):
    return [x[0] / 2 + x[1] / 6, 2 * x[1] / 9 + x[0] / 6]
""",
        [1.2, -0.6],
    ),
    "angles": (
        """
def f(x):
    return math.atan2(x[1], x[0]) + math.log(x[0] ** 2 + x[1] ** 2)

def g(x):
    r2 = x[0] ** 2 + x[1] ** 2
    return [(-x[1] + 2 * x[0]) / r2, (x[0] + 2 * x[1]) / r2]
""",
        [1.2, 0.6],
    ),
    "two-arguments": (
        """
def f(a, b):
    return a * np.sum(b ** 2) + np.sum(np.sin(a * b))

def g(a, b):
    c = np.cos(a * b)
    da = np.sum(b ** 2) + np.sum(b * c)
    db = 2 * a * b + a * c
    return da, db
""",
        {"a": 0.8, "b": [0.4, 1.1, -0.6]},
    ),
    "orbit": (
        """
def f(s):
    r = np.sqrt(s[0] ** 2 + s[1] ** 2)
    return 0.5 * (s[2] ** 2 + s[3] ** 2) - 1.3 / r

def g(s):
    r = np.sqrt(s[0] ** 2 + s[1] ** 2)
    k = 1.3 / r ** 3
    return np.array([k * s[0], k * s[1], s[2], s[3]])
""",
        [0.9, 0.5, -0.3, 1.1],
    ),
    "michaelis": (
        """
def f(p):
    return p[0] * 2.5 / (p[1] + 2.5 + 2.5 ** 2 / p[2])

def g(p):
    down = p[1] + 2.5 + 2.5 ** 2 / p[2]
    q = p[0] * 2.5 / down ** 2
    return [2.5 / down, -q, q * 2.5 ** 2 / p[2] ** 2]
""",
        [1.4, 0.6, 3.0],
    ),
    "portfolio": (
        """
S = np.array([[0.04, 0.01, 0.0], [0.01, 0.09, 0.02], [0.0, 0.02, 0.16]])
mu = np.array([0.05, 0.08, 0.11])

def f(w):
    risk = np.sqrt(w @ S @ w)
    return risk - 0.5 * mu @ w

def g(w):
    Sw = S @ w
    risk = np.sqrt(w @ Sw)
    return Sw / risk - 0.5 * mu
""",
        [0.4, 0.35, 0.25],
    ),
    "booth-jacobian": (
        """
def f(x):
    return np.array([x[0] * x[1], x[0] + np.exp(x[1]), x[1] ** 3])

def g(x):
    e = np.exp(x[1])
    return np.array([[x[1], x[0]], [1.0, e], [0.0, 3 * x[1] ** 2]])
""",
        [1.2, 0.6],
    ),
    "smoothness": (
        """
def f(x):
    d = x[1:] - x[:-1]
    return np.sum(d ** 2) + 0.3 * np.sum(x ** 4)

def g(x):
    d = x[1:] - x[:-1]
    out = 1.2 * x ** 3
    out[1:] += 2 * d
    out[:-1] -= 2 * d
    return out
""",
        [0.3, 1.1, 0.9, 0.4],
    ),
    "wood": (
        """
def f(x):
    return (100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2 + 90 * (x[3] - x[2] ** 2) ** 2 + (1 - x[2]) ** 2
            + 10 * (x[1] + x[3] - 2) ** 2 + 0.1 * (x[1] - x[3]) ** 2)

def g(x):
    a = x[1] - x[0] ** 2
    b = x[3] - x[2] ** 2
    g0 = -400 * x[0] * a - 2 * (1 - x[0])
    g1 = 200 * a + 20 * (x[1] + x[3] - 2) + 0.2 * (x[1] - x[3])
    g2 = -360 * x[2] * b - 2 * (1 - x[2])
    g3 = 180 * b + 20 * (x[1] + x[3] - 2) - 0.2 * (x[1] - x[3])
    return np.array([g0, g1, g2, g3])
""",
        [0.3, 1.1, 0.9, 0.4],
    ),
}
