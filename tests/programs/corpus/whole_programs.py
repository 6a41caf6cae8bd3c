"""Textbook algorithms, the way they are typed in."""

import math

import numpy as np
from numpy.linalg import inv, norm


def _rk4(f, y, h, n):
    for _ in range(n):
        k1 = f(y)
        k2 = f(y + h / 2 * k1)
        k3 = f(y + h / 2 * k2)
        k4 = f(y + h * k3)
        y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y


def lotka_volterra(x):
    a, b, c, d = x

    def rhs(z):
        u, v = z
        return np.array([a * u - b * u * v, -c * v + d * u * v])

    return _rk4(rhs, np.array([1.0, 0.5]), 0.1, 10)


def pendulum_energy(x):
    length, theta, omega, damping = x
    g = 9.81
    for _ in range(20):
        alpha = -g / length * math.sin(theta) - damping * omega
        omega += 0.02 * alpha
        theta += 0.02 * omega
    return 0.5 * length**2 * omega**2 + g * length * (1 - math.cos(theta))


def verlet_two_bodies(x):
    q, p = np.array([1.0, x[0]]), np.array([x[1], 1.0])
    mu = x[2]
    a = -mu * q / norm(q) ** 3
    for _ in range(12):
        p = p + 0.05 * a
        q = q + 0.1 * p
        a = -mu * q / norm(q) ** 3
        p = p + 0.05 * a
    return np.concatenate([q, p])


def kepler_equation(x):
    M, e = x[0], 0.3 * x[1]
    E = M
    for _ in range(10):
        E = E - (E - e * np.sin(E) - M) / (1 - e * np.cos(E))
    return 2 * np.arctan2(np.sqrt(1 + e) * np.sin(E / 2), np.sqrt(1 - e) * np.cos(E / 2))


def orbital_elements(x):
    r = np.array([1.0, x[0], 0.2])
    v = np.array([-0.1, 0.9, x[2]])
    h = np.cross(r, v)
    e = np.cross(v, h) - r / np.linalg.norm(r)
    a = 1 / (2 / np.linalg.norm(r) - v @ v)
    i = np.arccos(h[2] / np.linalg.norm(h))
    return np.array([a, np.linalg.norm(e), i])


def kalman_filter(x):
    q, r = x[0] ** 2, x[1] ** 2
    F = np.array([[1.0, 0.1], [0.0, 1.0]])
    H = np.array([[1.0, 0.0]])
    m, P = np.array([x[2], 0.0]), np.eye(2)
    ll = 0.0
    for z in [0.2, 0.5, 0.4, 0.9]:
        m = F @ m
        P = F @ P @ F.T + q * np.eye(2)
        S = H @ P @ H.T + r
        K = P @ H.T @ inv(S)
        y = z - H @ m
        m = m + K @ y
        P = (np.eye(2) - K @ H) @ P
        ll += -0.5 * (np.log(2 * np.pi * S[0, 0]) + y[0] ** 2 / S[0, 0])
    return ll


def rts_smoother_mean(x):
    z = np.array([0.1, 0.6, 0.3])
    m, P, ms, Ps = 0.0, 1.0, [], []
    for v in z:
        P = P + x[0]
        K = P / (P + x[1])
        m = m + K * (v - m)
        P = (1 - K) * P
        ms.append(m)
        Ps.append(P)
    for k in range(len(z) - 2, -1, -1):
        G = Ps[k] / (Ps[k] + x[0])
        ms[k] = ms[k] + G * (ms[k + 1] - ms[k])
    return np.array(ms)


def em_step_mixture(x):
    data = np.array([-1.2, -0.8, 0.3, 1.9, 2.2])
    mu, s, w = x[:2], np.exp(x[2]), 1 / (1 + np.exp(-x[3]))
    weights = np.array([w, 1 - w])
    dens = weights * np.exp(-0.5 * ((data[:, None] - mu) / s) ** 2) / s
    resp = dens / dens.sum(axis=1, keepdims=True)
    nk = resp.sum(axis=0)
    new_mu = (resp * data[:, None]).sum(0) / nk
    return np.concatenate([new_mu, nk / len(data)])


def gaussian_mixture_nll(x):
    data = np.array([-1.2, -0.8, 0.3, 1.9])
    a = x[:2] - np.log(np.sum(np.exp(x[:2])))
    lp = a - 0.5 * (data[:, None] - x[2:]) ** 2 - 0.5 * np.log(2 * np.pi)
    m = lp.max(axis=1)
    return -np.sum(m + np.log(np.exp(lp - m[:, None]).sum(axis=1)))


def page_rank(x):
    A = np.array([[0, 1, 1, 0], [0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 1, 0]], dtype=float)
    A = A * x[:, None]
    P = A / A.sum(axis=1, keepdims=True)
    r = np.ones(4) / 4
    for _ in range(15):
        r = 0.15 / 4 + 0.85 * P.T @ r
    return r @ np.arange(4)


def finite_elements_rod(x):
    n = len(x)
    K = np.zeros((n + 1, n + 1))
    for e in range(n):
        k = x[e] ** 2 * np.array([[1.0, -1.0], [-1.0, 1.0]])
        K[e : e + 2, e : e + 2] += k
    f = np.zeros(n + 1)
    f[-1] = 1.0
    u = np.zeros(n + 1)
    u[1:] = np.linalg.solve(K[1:, 1:], f[1:])
    return u


def truss_compliance(x):
    nodes = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.8]])
    K = np.zeros((6, 6))
    for (i, j), area in zip([(0, 1), (1, 2), (0, 2)], x):
        d = nodes[j] - nodes[i]
        L = np.hypot(*d)
        c, s = d / L
        T = np.array([c, s, -c, -s])
        dofs = [2 * i, 2 * i + 1, 2 * j, 2 * j + 1]
        K[np.ix_(dofs, dofs)] += area / L * np.outer(T, T)
    free = [2, 4, 5]
    f = np.array([0.1, 0.0, -1.0])
    return f @ np.linalg.solve(K[np.ix_(free, free)], f)


def tridiagonal_thomas(x):
    n = len(x)
    a, b, c = -np.ones(n), 3 + x, -np.ones(n)
    d = np.arange(1.0, n + 1)
    cp, dp = np.zeros(n), np.zeros(n)
    cp[0], dp[0] = c[0] / b[0], d[0] / b[0]
    for i in range(1, n):
        m = b[i] - a[i] * cp[i - 1]
        cp[i] = c[i] / m
        dp[i] = (d[i] - a[i] * dp[i - 1]) / m
    y = np.zeros(n)
    y[-1] = dp[-1]
    for i in range(n - 2, -1, -1):
        y[i] = dp[i] - cp[i] * y[i + 1]
    return y


def natural_cubic_spline(x):
    t = np.array([0.0, 1.0, 2.0, 3.0])
    n = len(t)
    A, r = np.eye(n), np.zeros(n)
    for i in range(1, n - 1):
        A[i, i - 1 : i + 2] = [1.0, 4.0, 1.0]
        r[i] = 6 * (x[i + 1] - 2 * x[i] + x[i - 1])
    M = np.linalg.solve(A, r)
    s, k = 1.4, 1
    u, v = t[k + 1] - s, s - t[k]
    return (M[k] * u**3 + M[k + 1] * v**3) / 6 + (x[k] - M[k] / 6) * u + (x[k + 1] - M[k + 1] / 6) * v


def bezier_casteljau(x):
    pts = np.column_stack([x, x[::-1] ** 2])
    t = 0.3
    while len(pts) > 1:
        pts = (1 - t) * pts[:-1] + t * pts[1:]
    return pts[0]


def b_spline_basis(x):
    knots = [0, 0, 0, 0.5, 1, 1, 1]

    def basis(i, k, t):
        if k == 0:
            return 1.0 if knots[i] <= t < knots[i + 1] else 0.0
        out = 0.0
        if knots[i + k] > knots[i]:
            out += (t - knots[i]) / (knots[i + k] - knots[i]) * basis(i, k - 1, t)
        if knots[i + k + 1] > knots[i + 1]:
            out += (knots[i + k + 1] - t) / (knots[i + k + 1] - knots[i + 1]) * basis(i + 1, k - 1, t)
        return out

    t = 0.5 * x[0]
    return sum(x[i] * basis(i, 2, t) for i in range(4))


def black_scholes_call(x):
    S, K, sigma, T = x[0] + 1, x[1] + 0.5, x[2], x[3] ** 2
    r = 0.03
    d1 = (math.log(S / K) + (r + sigma**2 / 2) * T) / (sigma * math.sqrt(T))
    d2 = d1 - sigma * math.sqrt(T)

    def phi(z):
        return 0.5 * (1 + math.erf(z / math.sqrt(2)))

    return S * phi(d1) - K * math.exp(-r * T) * phi(d2)


def binomial_option(x):
    S, K, sigma = x[0] + 1, 1.5, x[2]
    n, dt = 6, 0.1
    u = np.exp(sigma * np.sqrt(dt))
    p = (np.exp(0.02 * dt) - 1 / u) / (u - 1 / u)
    values = np.maximum(S * u ** np.arange(-n, n + 1, 2.0) - K, 0)
    for _ in range(n):
        values = np.exp(-0.02 * dt) * (p * values[1:] + (1 - p) * values[:-1])
    return values[0]


def monte_carlo_asian(x):
    rng = np.random.default_rng(3)
    z = rng.standard_normal((20, 5))
    steps = (0.05 - 0.5 * x[0] ** 2) * 0.1 + x[0] * np.sqrt(0.1) * z
    paths = (x[1] + 1) * np.exp(np.cumsum(steps, axis=1))
    return np.mean(np.maximum(paths.mean(axis=1) - 2.0, 0.0))


def bond_yield_duration(x):
    y = x[0] * 0.1
    t = np.arange(1, 6)
    flows = np.full(5, 5.0)
    flows[-1] += 100
    price = np.sum(flows / (1 + y) ** t)
    return price, np.sum(t * flows / (1 + y) ** (t + 1)) / price


def robot_arm_forward(x):
    l = [1.0, 0.8, 0.5]
    angle, pos = 0.0, np.zeros(2)
    for length, theta in zip(l, x):
        angle = angle + theta
        pos = pos + length * np.array([np.cos(angle), np.sin(angle)])
    return pos


def robot_arm_transforms(x):
    T = np.eye(4)
    for theta, d in zip(x, [0.3, 0.0, 0.2, 0.1]):
        c, s = np.cos(theta), np.sin(theta)
        T = T @ np.array([[c, -s, 0, 0.5], [s, c, 0, 0], [0, 0, 1, d], [0, 0, 0, 1]])
    return T[:3, 3]


def quaternion_rotation(x):
    q = x / np.sqrt(np.sum(x**2))
    w, a, b, c = q
    R = np.array(
        [
            [1 - 2 * (b * b + c * c), 2 * (a * b - c * w), 2 * (a * c + b * w)],
            [2 * (a * b + c * w), 1 - 2 * (a * a + c * c), 2 * (b * c - a * w)],
            [2 * (a * c - b * w), 2 * (b * c + a * w), 1 - 2 * (a * a + b * b)],
        ]
    )
    return R @ np.array([1.0, 2.0, 3.0])


def euler_angles(x):
    def rot(axis, t):
        R = np.eye(3)
        i, j = (axis + 1) % 3, (axis + 2) % 3
        R[i, i] = R[j, j] = np.cos(t)
        R[i, j] = -np.sin(t)
        R[j, i] = np.sin(t)
        return R

    return rot(2, x[0]) @ rot(1, x[1]) @ rot(0, x[2])


def pinhole_camera(x):
    P = np.array([[0.1, 0.2, 3.0], [-0.4, 0.5, 4.0]]) + x[:3]
    uv = P[:, :2] / P[:, 2:]
    r2 = (uv**2).sum(axis=1)
    return (uv * (1 + x[3] * r2)[:, None]).ravel()


def logistic_regression(x):
    X = np.array([[1.0, 0.2, -0.5, 0.3], [1.0, -1.1, 0.4, 0.8], [1.0, 0.7, 1.5, -0.2]])
    y = np.array([1, 0, 1])
    z = X @ x
    return np.mean(np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0) - y * z) + 0.01 * np.sum(x**2)


def neural_network(x):
    W1, W2 = x[:2].reshape(2, 1), x[2:].reshape(1, 2)
    data = np.linspace(-1, 1, 5)[:, None]
    hidden = np.maximum(data @ W1.T * 2 + 0.3, 0.01 * data)
    out = hidden @ W2.T
    return ((out - data**2) ** 2).mean()


def recurrent_network(x):
    h = np.zeros(2)
    W, U = np.outer(x[:2], x[2:]), np.diag(x[:2])
    for u in [[1.0, 0.0], [0.5, -1.0], [0.2, 0.7]]:
        h = np.tanh(W @ h + U @ np.array(u))
    return h @ h


def attention(x):
    Q = np.outer(x, [1.0, 0.5])
    Km = np.outer(x[::-1], [0.3, -1.0])
    V = np.sin(Q)
    S = Q @ Km.T / np.sqrt(2)
    A = np.exp(S - S.max(-1, keepdims=True))
    A /= A.sum(-1, keepdims=True)
    return A @ V


def gaussian_process(x):
    t = np.array([0.0, 0.4, 1.0, 1.7])
    y = np.array([0.1, 0.6, 0.9, 0.4])
    K = x[0] ** 2 * np.exp(-0.5 * (t[:, None] - t[None, :]) ** 2 / x[1] ** 2) + (x[2] ** 2 + 1e-3) * np.eye(4)
    L = np.linalg.cholesky(K)
    alpha = np.linalg.solve(L.T, np.linalg.solve(L, y))
    return 0.5 * y @ alpha + np.log(np.diag(L)).sum() + 2 * np.log(2 * np.pi)


def ridge_regression(x):
    A = np.vander(np.linspace(0, 1, 4), 3)
    beta = np.linalg.solve(A.T @ A + x[0] ** 2 * np.eye(3), A.T @ x)
    return np.sum((A @ beta - x) ** 2)


def gradient_descent_loop(x):
    w = np.zeros(2)
    A = np.array([[2.0, 0.3], [0.3, 1.0]])
    for _ in range(10):
        w = w - x[0] * 0.1 * (A @ w - x[1:3])
    return w


def adam_steps(x):
    w, m, v = x.copy(), np.zeros(4), np.zeros(4)
    for t in range(1, 5):
        g = 2 * w + np.cos(w)
        m = 0.9 * m + 0.1 * g
        v = 0.99 * v + 0.01 * g**2
        w -= 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-8)
    return w


def newton_system(x):
    y = np.array([1.0, 1.0])
    for _ in range(6):
        F = np.array([y[0] ** 2 + y[1] - x[0] - 2, y[0] - y[1] ** 2 + x[1]])
        J = np.array([[2 * y[0], 1.0], [1.0, -2 * y[1]]])
        y = y - np.linalg.solve(J, F)
    return y


def conjugate_gradient(x):
    A = np.diag(x + 2.0) + 0.3
    b = np.array([1.0, 2.0, 0.5, -1.0])
    y, r = np.zeros(4), b.copy()
    p = r.copy()
    for _ in range(3):
        Ap = A @ p
        alpha = (r @ r) / (p @ Ap)
        y += alpha * p
        new = r - alpha * Ap
        p = new + (new @ new) / (r @ r) * p
        r = new
    return y


def power_method(x):
    A = np.outer(x, x) + np.diag([1.0, 2.0, 3.0, 4.0])
    v = np.ones(4)
    for _ in range(10):
        w = A @ v
        v = w / np.linalg.norm(w)
    return v @ A @ v


def simpson_integral(x):
    n = 6
    h = x[3] / n
    f = lambda t: x[0] * np.exp(-x[1] * t) * np.cos(x[2] * t)
    s = f(0.0) + f(x[3])
    for k in range(1, n):
        s += (4 if k % 2 else 2) * f(k * h)
    return s * h / 3


def gauss_legendre(x):
    nodes, weights = np.polynomial.legendre.leggauss(4)
    t = 0.5 * (nodes + 1) * x[0]
    return 0.5 * x[0] * np.sum(weights * np.sin(x[1] * t) * np.exp(-x[2] * t))


def romberg(x):
    f = lambda t: np.exp(-x[0] * t**2)
    R = np.zeros((4, 4))
    for i in range(4):
        t = np.linspace(0, x[1], 2**i + 1)
        v = f(t)
        R[i, 0] = (t[1] - t[0]) * (v.sum() - 0.5 * (v[0] + v[-1]))
        for j in range(1, i + 1):
            R[i, j] = R[i, j - 1] + (R[i, j - 1] - R[i - 1, j - 1]) / (4**j - 1)
    return R[-1, -1]


def heat_equation_implicit(x):
    n = 5
    A = (1 + 2 * x[0]) * np.eye(n) - x[0] * np.eye(n, k=1) - x[0] * np.eye(n, k=-1)
    u = np.sin(np.pi * np.arange(1, n + 1) / (n + 1)) * x[1]
    for _ in range(3):
        u = np.linalg.solve(A, u)
    return u


def wave_equation(x):
    u = np.zeros((5, 6))
    u[0, 1:5] = x
    u[1] = u[0]
    for t in range(1, 4):
        u[t + 1, 1:-1] = 2 * u[t, 1:-1] - u[t - 1, 1:-1] + 0.3 * (u[t, 2:] - 2 * u[t, 1:-1] + u[t, :-2])
    return u[-1]


def burgers_upwind(x):
    u = x.copy()
    for _ in range(3):
        u = u - 0.1 * u * (u - np.roll(u, 1)) + 0.05 * (np.roll(u, 1) - 2 * u + np.roll(u, -1))
    return u


def poisson_energy(x):
    U = np.zeros((4, 4))
    U[1:3, 1:3] = x.reshape(2, 2)
    gx, gy = np.diff(U, axis=0), np.diff(U, axis=1)
    return 0.5 * (np.sum(gx**2) + np.sum(gy**2)) - U.sum()


def markov_chain_stationary(x):
    P = np.exp(np.outer(x[:3], [1.0, -0.5, 0.2]) + np.eye(3))
    P = P / P.sum(axis=1, keepdims=True)
    A = np.vstack([P.T - np.eye(3), np.ones(3)])
    return np.linalg.lstsq(A, np.array([0.0, 0, 0, 1.0]), rcond=None)[0]


def hidden_markov_forward(x):
    T = np.array([[0.7, 0.3], [0.4, 0.6]])
    E = np.exp(-((np.array([0.1, 0.9, 0.4])[:, None] - x[:2]) ** 2))
    alpha = np.array([0.5, 0.5]) * E[0]
    for t in range(1, 3):
        alpha = (alpha @ T) * E[t]
    return np.log(alpha.sum())


def viterbi_score(x):
    logT = np.log(np.array([[0.7, 0.3], [0.4, 0.6]]))
    scores = -((np.array([0.1, 0.9, 0.4])[:, None] - x[:2]) ** 2)
    v = scores[0]
    for t in range(1, 3):
        v = (v[:, None] + logT).max(axis=0) + scores[t]
    return v.max()


def ising_partition(x):
    Z = 0.0
    for s in np.ndindex(2, 2, 2):
        spins = 2 * np.array(s) - 1
        E = -x[0] * (spins[0] * spins[1] + spins[1] * spins[2]) - x[1] * spins.sum()
        Z += np.exp(-E * x[2])
    return np.log(Z)


def leaky_neuron(x):
    v, spikes = 0.0, 0
    for _ in range(15):
        v += 0.2 * (-v + 2 * x[0])
        if v > 1.0:
            v -= 1.0
            spikes += 1
    return v + spikes * x[1]


def sir_epidemic(x):
    S, I, R = 0.99, 0.01, 0.0
    beta, gamma = x[1], x[2] * 0.5
    for _ in range(15):
        new, rec = beta * S * I * 0.3, gamma * I * 0.3
        S, I, R = S - new, I + new - rec, R + rec
    return [S, I, R]


def chemical_equilibrium(x):
    k1, k2 = np.exp(x[0]), np.exp(x[1])
    a = 0.3
    for _ in range(40):
        a = 1.0 / (1.0 + k1 * a * 0.1 + k2 * a**2 * 0.1)
    return a


def helmholtz_energy(x):
    A = 1.0 / (1 + np.arange(4)[:, None] + np.arange(4))
    b = 0.1 * np.ones(4)
    x = np.abs(x) * 0.1
    bx = b @ x
    return np.sum(x * np.log(x / (1 - bx))) - x @ A @ x / (np.sqrt(8) * bx) * np.log(
        (1 + (1 + np.sqrt(2)) * bx) / (1 + (1 - np.sqrt(2)) * bx)
    )


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def speelpenning(x):
    y = 1.0
    for v in x:
        y *= v
    return y


def logistic_map(x):
    v = 0.3 * x[0]
    for _ in range(12):
        v = 3.2 * v * (1 - v)
    return v


def image_filter_loss(x):
    img = np.outer(x, x[::-1])
    k = np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])
    out = np.zeros((2, 2))
    for i in range(2):
        for j in range(2):
            out[i, j] = np.sum(img[i : i + 3, j : j + 3] * k)
    return np.mean(out**2)


def dynamic_time_warping(x):
    b = np.array([0.1, 0.8, 0.5])
    D = np.full((5, 4), np.inf)
    D[0, 0] = 0.0
    for i in range(1, 5):
        for j in range(1, 4):
            D[i, j] = (x[i - 1] - b[j - 1]) ** 2 + min(D[i - 1, j], D[i, j - 1], D[i - 1, j - 1])
    return D[-1, -1]


def bundle_residuals(x):
    w, t, point = x[:3], x[1:4], np.array([0.2, -0.3, 2.0])
    theta = np.sqrt(w @ w)
    k = w / theta
    p = point * np.cos(theta) + np.cross(k, point) * np.sin(theta) + k * (k @ point) * (1 - np.cos(theta)) + t
    return p[:2] / p[2] - np.array([0.1, 0.2])


POINTS = {"leaky_neuron": [0.83, 1.3, 0.4, 0.9], "logistic_map": [0.7]}
DEFAULT = [0.7, 1.3, 0.4, 0.9]
