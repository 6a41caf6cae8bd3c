"""Plain programs with complex numbers inside: nothing in here knows that it is recorded."""

from __future__ import annotations

import cmath
import functools

import numpy as np

PROGRAMS = []


def prog(f):
    PROGRAMS.append(f)
    return f


@prog
def e1(x):
    return abs(np.exp(1j * x[0]) * x[1] + 2j * x[0])


@prog
def e2(x):
    return (x[0] + 1j * x[1]).real ** 2


@prog
def negpow(x):
    return ((-float(x[0])) ** 0.5 * (1 + x[1] * 1j)).imag


@prog
def negpow3(x):
    return abs(((-float(x[0])) ** (1 / 3) + x[1]))


@prog
def arr(x):
    return np.abs(np.exp(1j * x) * x)


@prog
def comp(x):
    z = complex(x[0], x[1])
    w = z**2 + 1 / z
    return [w.real, w.imag, abs(w)]


@prog
def comp1(x):
    z = complex(x[0]) * 1j + complex(imag=x[1], real=x[2])
    return [z.real * z.imag, abs(z)]


@prog
def angle(x):
    z = x[:2] + 1j * x[2:]
    return [np.angle(z), np.angle(z, deg=True), np.angle(z[0])]


@prog
def holo(x):
    z = x[:2] + 1j * x[2:]
    t = [
        np.sin(z),
        np.cos(z),
        np.tan(z),
        np.sinh(z),
        np.cosh(z),
        np.tanh(z),
        np.exp(z),
        np.log(z),
        np.sqrt(z),
        np.arcsin(z),
        np.arccos(z),
        np.arctan(z),
        np.arcsinh(z),
        np.arccosh(z),
        np.arctanh(z),
        np.log10(z),
        np.log2(z),
        np.log1p(z),
        np.expm1(z),
        np.exp2(z),
        np.square(z),
        np.reciprocal(z),
        -z,
        +z,
    ]
    return [q.real for q in t] + [q.imag for q in t]


@prog
def holos(x):
    z = x[0] + 1j * x[2]
    t = [
        np.sin(z),
        np.cos(z),
        np.tan(z),
        np.sinh(z),
        np.cosh(z),
        np.tanh(z),
        np.exp(z),
        np.log(z),
        np.sqrt(z),
        np.arcsin(z),
        np.arccos(z),
        np.arctan(z),
        np.arcsinh(z),
        np.arccosh(z),
        np.arctanh(z),
        np.log10(z),
        np.log2(z),
        np.log1p(z),
        np.expm1(z),
        np.exp2(z),
        np.square(z),
        np.reciprocal(z),
        -z,
        +z,
    ]
    return [q.real for q in t] + [q.imag for q in t]


@prog
def powers(x):
    z = x[:2] + 1j * x[2:]
    t = [
        z**2,
        z**3,
        z**0.5,
        z**-1,
        z ** (1 + 2j),
        2.0**z,
        z ** x[:2],
        x[:2] ** z,
        z**z,
        (-2.0) ** z,
        np.power(z, 3),
        np.float_power(z, 2.5),
        z**0,
    ]
    return [q.real for q in t] + [q.imag for q in t]


@prog
def powers_s(x):
    z = x[0] + 1j * x[2]
    t = [
        z**2,
        z**3,
        z**0.5,
        z**-1,
        z ** (1 + 2j),
        2.0**z,
        z ** x[1],
        x[1] ** z,
        z**z,
        (-2.0) ** z,
        pow(z, 2),
        (-2) ** z,
    ]
    return [q.real for q in t] + [q.imag for q in t]


@prog
def cm(x):
    z = complex(x[0], x[1])
    t = [
        cmath.exp(z),
        cmath.sqrt(z),
        cmath.log(z),
        cmath.log(z, 2),
        cmath.log10(z),
        cmath.sin(z),
        cmath.cos(z),
        cmath.tan(z),
        cmath.sinh(z),
        cmath.cosh(z),
        cmath.tanh(z),
        cmath.asin(z),
        cmath.acos(z),
        cmath.atan(z),
        cmath.asinh(z),
        cmath.acosh(z),
        cmath.atanh(z),
        cmath.log(z, z + 1),
    ]
    return [q.real for q in t] + [q.imag for q in t] + [cmath.phase(z), abs(z)] + list(cmath.polar(z))


@prog
def cm_real(x):
    return [
        cmath.sqrt(-x[0]).imag,
        cmath.exp(x[1]).real,
        cmath.rect(x[0], x[1]).imag,
        cmath.rect(x[0], x[1]).real,
        cmath.log(-x[2]).real,
    ]


@prog
def cm_isclose(x):
    z = complex(x[0], x[1])
    if cmath.isclose(z, 1 + 1j) or cmath.isnan(z):
        return 0.0
    return abs(z)


@prog
def parts(x):
    z = np.exp(1j * x) * x[0]
    return [
        np.real(z),
        np.imag(z),
        z.real,
        z.imag,
        np.real(z[0]),
        np.imag(z[1]),
        z.real[1:],
        z.imag.sum(),
        np.conj(z).imag,
        z.conj().imag,
        z.conjugate().imag,
        (z * z.conj()).real,
    ]


@prog
def setreal(x):
    z = np.zeros(4, dtype=complex)
    z.real = x
    z.imag = x**2
    z.real[0] = x[1] * 3
    z.imag[1:3] *= x[0]
    z.imag += x
    r = z.real
    r[2] = x[3] ** 2
    z[3] = 1j * x[0]
    return [abs(z), r, z.imag]


@prog
def setpart_view(x):
    z = np.zeros((2, 2), dtype=complex)
    z.real.T[0, 1] = x[0]
    z.imag.ravel()[2] = x[1]
    z[1].real[1] = x[2]
    z.real.flat[3] += x[3]
    np.multiply(x[:2], 2, out=z.imag[0])
    return [z.real, z.imag]


@prog
def buf(x):
    z = np.zeros(4, dtype=complex)
    for k in range(4):
        z[k] = np.exp(1j * x[k]) * x[k]
    z[1] += x[0]
    z[2] = x[3]
    z *= 1 + 1j * x[0]
    return [z.real, z.imag, np.abs(z) ** 2]


@prog
def buf2(x):
    z = np.empty(4, complex)
    z[:] = x
    z[1:] *= 1j
    w = z**0.5
    return [w.real, w.imag]


@prog
def buf3(x):
    z = np.ones_like(x, dtype=complex)
    z[::2] = x[::2] * 1j
    z[[0, 0, 1]] += x[:3]
    z[x > 0.5] -= 1j
    return [abs(z)]


@prog
def ast(x):
    z = x.astype(complex)
    z = z * (1 + 2j)
    w = np.asarray(x, dtype=complex) * 1j
    u = np.array(x, dtype=np.complex128)
    return [z.real, w.imag, (u * w).imag]


@prog
def listarr(x):
    z = np.array([x[0] + 1j * x[1], x[2], 1j])
    m = np.array([[x[0], 1j * x[1]], [1.0, x[2]]])
    return [abs(z), (m @ m).real, (m @ m).imag]


@prog
def dots(x):
    a = x[:2] + 1j * x[2:]
    b = np.array([1 + 2j, 0.5j]) * x[1]
    t = [
        np.dot(a, b),
        np.vdot(a, b),
        np.inner(a, b),
        a @ b,
        np.vdot(a, x[:2]),
        np.vdot(x[:2], a),
        np.einsum("i,i->", a, b),
        np.sum(a * b),
        np.vecdot(a, b),
    ]
    return [q.real for q in t] + [q.imag for q in t] + [np.outer(a, b).imag, np.tensordot(a, b, 0).real]


@prog
def mats(x):
    A = np.array([[x[0] + 1j, x[1]], [1j * x[2], 2 + x[3]]])
    b = np.array([1.0, x[0] * 1j])
    s = np.linalg.solve(A, b)
    i = np.linalg.inv(A)
    d = np.linalg.det(A)
    return [
        s.real,
        s.imag,
        i.real,
        i.imag,
        d.real,
        d.imag,
        abs(d),
        np.trace(A).real,
        np.linalg.norm(A),
        np.linalg.norm(b, 1),
        np.abs(A.conj().T @ A),
        np.linalg.matrix_power(A, 3).imag,
    ]


@prog
def slog(x):
    A = np.array([[x[0] + 1j, x[1]], [1j * x[2], 2 + x[3]]])
    s, l = np.linalg.slogdet(A)
    return [l, s.real, s.imag]


@prog
def red(x):
    z = x * np.exp(2j * x)
    t = [
        z.sum(),
        z.prod(),
        z.mean(),
        np.cumsum(z),
        np.cumprod(z),
        np.diff(z),
        np.sum(z.reshape(2, 2), axis=0),
        z.reshape(2, 2).T.ravel(),
    ]
    return [q.real for q in t] + [q.imag for q in t] + [z.var(), z.std(), np.var(z, ddof=1)]


@prog
def poly(x):
    z = np.exp(1j * np.linspace(0, 2, 5)) * x[0]
    p = np.polyval(x, z)
    return [p.real, abs(p)]


@prog
def where(x):
    z = x + 1j * x[::-1]
    w = np.where(x > 0.5, z, x)
    v = np.where(np.abs(z) > 1.2, z, 1j)
    return [w.real, w.imag, v.real, v.imag]


@prog
def isr(x):
    z = x * (1 + 0j)
    if np.isreal(x[0]) and np.isrealobj(x) and np.iscomplexobj(z) and not np.iscomplexobj(x):
        return np.real_if_close(z) * 2
    return x


@prog
def mandel(x):
    c = complex(x[0] * 0.3, x[1])
    z = 0
    for k in range(20):
        if abs(z) > 2:
            break
        z = z * z + c
    return [abs(z), z.real]


@prog
def mandel_arr(x):
    c = x[:2] * 0.2 + 1j * x[2:] * 0.3
    z = np.zeros_like(c)
    for k in range(6):
        z = z**2 + c
    return np.abs(z)


@prog
def ac(x):
    R, L, C, w = x
    Z = R + 1j * w * L + 1 / (1j * w * C)
    return [abs(Z), np.angle(Z), (1 / Z).real, np.angle(Z, deg=True)]


@prog
def ac2(x):
    w = np.linspace(1, 3, 5)
    Z = x[0] + 1j * w * x[1]
    Y = 1 / Z + 1j * w * x[2]
    H = 1 / (1 + Y * x[3])
    return 20 * np.log10(np.abs(H))


@prog
def roots_unity(x):
    n = 5
    w = np.exp(2j * np.pi * np.arange(n) / n) * x[0] ** (1 / n)
    return [np.sum((w - x[1]) * (w - x[2] * 1j)).real, np.prod(w - x[3]).imag]


@prog
def jouk(x):
    t = np.linspace(0, 2 * np.pi, 7)
    z = x[0] * np.exp(1j * t) + complex(x[1], x[2])
    w = z + 1 / z
    return [w.real, w.imag]


@prog
def emath(x):
    a = np.emath.sqrt(-x[0])
    b = np.emath.log(-x)
    c = np.emath.arccos(x + 1)
    d = np.emath.power(-x[1], 0.5)
    e = np.emath.sqrt(x)
    return [a.imag, b.real, c.imag, d.imag, e, np.lib.scimath.arctanh(x[2] + 1).real, np.emath.logn(2, -x[0]).real]


@prog
def sign(x):
    z = x + 0.5j
    s = np.sign(z)
    return [s.real, s.imag]


@prog
def pyconj(x):
    z = complex(x[0], x[1])
    return [(z * z.conjugate()).real, z.conjugate().imag, x[2].conjugate(), x[0].imag + x[1].real, float((z * 1j).real)]


@prog
def summ(x):
    z = sum([complex(a, 1) for a in x])
    w = sum(a * 1j for a in x)
    return [z.real, abs(w), abs(z * w)]


@prog
def iso(x):
    z = x[0] * 1j
    if isinstance(z, complex) and isinstance(x[0], float) and not isinstance(x[0], complex):
        return abs(z)
    return x[1]


@prog
def npc(x):
    z = np.complex128(x[0]) + 1j * x[1]
    y = np.complex128(x)
    return [abs(z), (y * 1j).imag]


@prog
def npc_left(x):
    a = np.complex128(1 + 2j) * x[0]
    b = np.array([1j, 2 + 1j]) * x[0]
    c = np.array([1j, 2 + 1j]) * x[:2]
    return [abs(a), b.real, b.imag, abs(c), a.real]


@prog
def item(x):
    z = x * 1j + 1
    a = z[0].item()
    b = z.tolist()[1]
    c = z.copy()
    c[0] = 5
    return [abs(a), abs(b), abs(c)]


@prog
def full(x):
    z = np.full(3, x[0] + 1j * x[1])
    z[1] = x[2]
    return [z.real, z.imag]


@prog
def qft(x):
    U = np.array([[1, 1j], [1j, 1]]) / np.sqrt(2)
    r = np.array(
        [
            [np.cos(x[0]), -np.exp(1j * x[1]) * np.sin(x[0])],
            [np.exp(1j * x[2]) * np.sin(x[0]), np.exp(1j * (x[1] + x[2])) * np.cos(x[0])],
        ]
    )
    psi = r @ U @ np.array([1, 0])
    return np.abs(psi) ** 2


@prog
def expect(x):
    psi = np.array([np.cos(x[0] / 2), np.exp(1j * x[1]) * np.sin(x[0] / 2)])
    X = np.array([[0, 1], [1, 0]])
    Y = np.array([[0, -1j], [1j, 0]])
    return [np.real(np.conj(psi) @ X @ psi), np.vdot(psi, Y @ psi).real]


@prog
def glob(x):
    return np.abs(GC * x[:3]).sum()


GC = np.array([1j, 2, 3 + 1j])


@prog
def stackc(x):
    z = np.concatenate([x, 1j * x])
    s = np.stack([x, 1j * x])
    h = np.hstack([x[:2] * 1j, [1.0]])
    r = np.roll(z, 1)
    t = np.tile(s, 2)
    f = np.flip(z)
    k = np.kron(z[:2], z[4:6])
    return [
        abs(z),
        s.imag,
        h.imag,
        r.imag,
        t.real,
        f.imag,
        k.imag,
        np.pad(z, 1).imag,
        np.diag(z[4:]).imag,
        np.repeat(z, 2).real,
        np.where(x > 0, x, 1j * x).real,
    ]


@prog
def lin(x):
    z = np.linspace(x[0], x[1] * 1j, 5)
    return [z.real, z.imag]


@prog
def mg(x):
    X, Y = np.meshgrid(x[:2], x[2:])
    Z = X + 1j * Y
    W = Z**2
    return [W.real, W.imag]


@prog
def eqs(x):
    z = complex(x[0], x[1])
    if z == 0:
        return 0.0
    if z != 1j and z:
        return abs(z)
    return x[0]


@prog
def f32(x):
    z = np.float64(2) * x[0] * (1 + 1j)
    return z.real


@prog
def vec(x):
    g = np.vectorize(lambda t: np.exp(1j * t) * t)
    w = g(x)
    return [w.real, w.imag]


@prog
def interp_c(x):
    z = np.convolve(x + 1j, x * 1j)
    c = np.correlate(x + 1j * x[::-1], x * 1j, "full")
    return [z.real, z.imag, c.real, c.imag]


@prog
def maxabs(x):
    z = x * np.exp(1j * x)
    k = np.argmax(np.abs(z))
    return [np.max(np.abs(z)), z[k].real]


@prog
def np_abs_sq(x):
    z = x + 1j * x[::-1]
    return [
        np.sum(np.abs(z) ** 2),
        np.linalg.norm(z),
        np.linalg.norm(z.reshape(2, 2), axis=1),
        np.linalg.norm(z, 3),
        np.linalg.norm(z, np.inf),
    ]


@prog
def udtype(x):
    a = np.sqrt(-x, dtype=complex)
    b = np.power(-x, 0.5, dtype=complex)
    c = np.log(-x[0], dtype=np.complex128)
    d = np.abs(1j * x)
    return [a.imag, b.imag, c.imag * x[0], c.real, d]


@prog
def whereout(x):
    b = np.ones(4, dtype=complex)
    np.exp(1j * x, out=b, where=x > 0.4)
    return [b.real, b.imag]


@prog
def sumdtype(x):
    z = x * np.exp(1j * x)
    return [
        np.sum(x, dtype=complex).real,
        np.sum(z, dtype=float) ** 2,
        np.cumsum(z, dtype=float),
        np.mean(x, dtype=complex).real,
        np.prod(z, dtype=complex).imag,
    ]


@prog
def floatz(x):
    return [float(np.complex128(x[0] + 1j * x[1])), np.float64(x[1] * (1 + 2j))]


@prog
def astf(x):
    z = x * (1 + 2j)
    b = np.zeros(4)
    b[:] = z
    b[1] = z.real[0]
    return [z.astype(float) * 2, b, np.asarray(z, dtype=float)]


@prog
def sorted_(x):
    z = x[:3] + 1j * x[1:]
    return [np.sort(z).imag, z[np.argsort(z.real)].real, np.sort(np.abs(z)), z[np.abs(z) > 1.0].imag, np.unique(z).real]


@prog
def rootsz(x):
    r = np.roots([1, x[0], x[1] + 2])
    return [np.sort(r.imag), r.real, np.abs(r)]


@prog
def eigz(x):
    A = np.array([[x[0], -2 - x[1]], [1 + x[2], x[3]]])
    w = np.linalg.eigvals(A)
    w2, V = np.linalg.eig(A)
    return [w.real, w.imag, np.abs(w2), np.abs(V) ** 2]


@prog
def herm(x):
    A = np.array([[x[0], x[1] + 1j * x[2]], [x[1] - 1j * x[2], x[3]]])
    return [np.linalg.eigvalsh(A), np.linalg.eigh(A)[0], np.linalg.svd(A * (1 + 1j), compute_uv=False)]


@prog
def polyz(x):
    p = np.array([1 + 1j * x[0], x[1], 2j])
    return [
        np.polyval(p, x[2]).imag,
        np.polyval(p, 1j * x[2]).real,
        np.poly1d([1, 2, x[0]])(1j * x[1]).real,
        np.polymul(p, p).imag,
        np.polyder(p).imag,
    ]


@prog
def class_(x):
    class Q:
        def __init__(s, re, im):
            s.z = complex(re, im)

        def __mul__(s, o):
            q = Q(0, 0)
            q.z = s.z * o.z
            return q

    q = Q(x[0], x[1]) * Q(x[2], x[3])
    return [q.z.real, q.z.imag, abs(q.z)]


@prog
def fmt(x):
    z = complex(x[0], x[1])
    s = f"{z:.3f}"
    return abs(z) * len(s)


@prog
def newton(x):
    z = complex(1.0 + x[0], x[1])
    for _ in range(3):
        z = z - (z**3 - 1) / (3 * z**2)
    return [z.real, z.imag]


@prog
def newton_c(x):
    c = complex(x[0], x[1])
    z = 1 + 0.5j
    for _ in range(60):
        dz = (z**3 - c) / (3 * z**2)
        z = z - dz
        if abs(dz) < 1e-14:
            break
    return [z.real, z.imag]


@prog
def cubic(x):
    p, q = x[0], x[1]
    D = (q / 2) ** 2 + (p / 3) ** 3
    u = (-q / 2 + cmath.sqrt(D)) ** (1 / 3)
    w = -0.5 + cmath.sqrt(-3) / 2
    return [(u * w**k - p / (3 * u * w**k)).real for k in range(3)]


@prog
def quad(x):
    d = cmath.sqrt(x[0] ** 2 - 4 * (x[1] + 2))
    return [((-x[0] + d) / 2).real, ((-x[0] + d) / 2).imag]


@prog
def quadn(x):
    d = np.sqrt(x[0] ** 2 - 4 * (x[1] + 2) + 0j)
    return [((-x[0] + d) / 2).real, ((-x[0] + d) / 2).imag]


@prog
def gauss(x):
    z = x[0] + 1j * x[1]
    return [np.exp(-(z**2)).real, np.exp(-(abs(z) ** 2)), np.abs(z) ** x[2], np.log(abs(z))]


@prog
def inplace(x):
    z = x + 0j
    z += 1j * x
    z -= 0.5
    z *= x
    z /= 1 + 1j
    z **= 2
    z[1:] *= 1j
    z[0] /= z[1]
    return [z.real, z.imag]


@prog
def swap(x):
    z = x * 1j + 1
    z[0], z[1] = z[1], z[0]
    z[[2, 3]] = z[[3, 2]]
    v = z[::-1]
    v[0] = x[0] * 2j
    w = z.reshape(2, 2).T
    w[0, 1] += x[1]
    return [z.real, z.imag]


@prog
def addat(x):
    z = np.zeros(3, complex)
    np.add.at(z, [0, 0, 2], x[:3] * 1j)
    np.add.at(z, [1], x[3])
    return [z.real, z.imag]


@prog
def zlike(x):
    z = np.zeros_like(x * 1j)
    z[1] = x[0]
    e = np.empty((2, 2), dtype="complex128")
    e[:] = x[1] * 1j
    f = np.full((2,), 1j * x[2])
    g = np.full_like(f, x[3])
    o = np.eye(2) * x[0] * 1j
    i = np.identity(2, dtype=complex)
    i[0, 1] = x[1]
    return [z.real, e.imag, f.imag, g.real, o.imag, i.real]


@prog
def dft_manual(x):
    n = 4
    k = np.arange(n)
    W = np.exp(-2j * np.pi * np.outer(k, k) / n)
    X = W @ x
    return [np.abs(X[1:]), np.angle(X[1:2]), (np.conj(X) @ X).real, np.sum(X * X.conj()).real]


@prog
def tf(x):
    s = 1j * np.logspace(-1, 1, 5)
    H = (x[0] * s + x[1]) / (s**2 + x[2] * s + x[3])
    return [20 * np.log10(np.abs(H)), np.unwrap(np.angle(H)), np.degrees(np.angle(H))]


@prog
def trap(x):
    t = np.linspace(0, 1, 20)
    return [
        np.trapezoid(np.exp(1j * x[0] * t) * np.exp(-x[1] * t), t).real,
        np.sum(np.exp(1j * np.outer(x, t)), axis=1).imag,
    ]


@prog
def matfun(x):
    A = np.array([[x[0], 1j * x[1]], [-1j * x[1], x[2]]])
    return [
        (A @ A @ A).real,
        np.linalg.matrix_power(A, 2).imag,
        np.einsum("ij,ji->", A, A).real,
        np.einsum("ij,j->i", A, np.array([1, 1j])).imag,
        np.trace(A @ A.conj().T).real,
        np.kron(A, A).imag,
        np.linalg.inv(A).imag,
        np.vdot(A, A).real,
        A.T.imag,
        A.conj().T.imag,
    ]


@prog
def rot(x):
    p = np.array([1 + 2j, 3 - 1j])
    r = p * np.exp(1j * x[0]) * x[1] + complex(x[2], x[3])
    return np.column_stack([r.real, r.imag])


@prog
def absk(x):
    return [
        abs(complex(x[0], 0)),
        np.abs(x[1] + 0j),
        np.hypot((x[0] * 1j).imag, x[1]),
        np.abs(np.array([x[0] + 0j, 1j * x[1]])),
    ]


@prog
def whilez(x):
    z = 1 + 1j * x[0]
    n = 0
    while z.real < 5 and n < 30:
        z = z * (1 + 0.1j * x[1]) + 0.5
        n += 1
    return z.imag


@prog
def nested_list(x):
    zs = [complex(a, b) for a, b in zip(x[:2], x[2:])]
    prod = 1
    for z in zs:
        prod *= z
    return [prod.real, prod.imag, abs(sum(zs)), max(abs(z) for z in zs), sorted(zs, key=abs)[0].real]


@prog
def npz(x):
    z = np.complex128(1j) * x[0]
    w = np.exp(z) ** 2
    return [w.real, np.real_if_close(w * w.conjugate()), (w * np.conj(w)).real, np.isclose(w, 0) * x[1] + x[2]]


@prog
def partreads(x):
    z = x * (1 + 2j) + x[::-1]
    m = np.outer(z, z)
    re = m.real
    im = z.imag
    a = [
        re[0, 1],
        re[0][2],
        re[1:, 0],
        re[-1, -1],
        re[:, 1],
        im[0],
        im[-1],
        im[1:3],
        im[[0, 2]],
        im[im > 0.5],
        re[np.arange(4), np.arange(4)],
        re.T[0],
        re.ravel()[5],
        re.reshape(-1)[6],
        re[..., 0],
        re[None, 0, 1],
    ]
    b = np.zeros(6)
    b[0] = im[0]
    b[1] = re[1, 1]
    b[2:4] = im[:2]
    b[4] = z.real[2]
    b[5] = float(im[3])
    s = 0.0
    for v in im:
        s = s + v**2
    for r in re:
        s = s + r[0] * r[1]
    c = [q for q in im]
    d = list(z.real)
    e = sum(z.imag)
    return a + [b, s, np.array(c), d, e, im.copy(), re.flatten(), im.tolist(), re.sum(0), im.max(), im.item(2)]


@prog
def partwrites(x):
    z = np.zeros((3, 4), dtype=complex)
    z[0] = x * 1j
    re = z.real
    im = z.imag
    re[1, 2] = x[0]
    im[1] = x
    re[:, 0] += x[1]
    re[2, 1:] = im[1, 1:] * 2
    im[0, 0] = re[1, 2] * im[1, 3]
    z[2, 2] = x[3] * 1j
    a = re[2, 2] + im[2, 2]
    re[re > 0.4] *= 2
    im[[0, 1], [1, 2]] = x[2]
    im.T[3, 2] = x[1] * x[2]
    v = re[1]
    v[3] = x[2] ** 2
    z *= 1j
    y = v[3] + re[1, 3]
    z.real[0][1] = 5 * x[0]
    z.imag.fill(2.0)
    z[0, 0] += x[0]
    return [a, y, re, im, z.real, z.imag]


@prog
def cuts(x):
    t = [
        cmath.acos(x[0] + 1),
        cmath.asin(x[0] + 1),
        cmath.acosh(-x[0] - 1),
        cmath.acosh(x[0] * 0.3),
        cmath.atanh(x[0] + 1),
        cmath.asinh(1j * x[0] + 1j),
        cmath.log(-x[1]),
        cmath.sqrt(-x[2]),
        cmath.acos(-x[0] - 1),
        cmath.asin(-x[0] - 1),
        cmath.atan(1j * x[0] + 1j),
    ]
    return [q.real for q in t] + [q.imag for q in t]


@prog
def cuts2(x):
    c = (np.array(x) + 1).astype(complex)
    t = (
        [f(s * c) for f in (np.arccos, np.arcsin, np.arccosh, np.sqrt, np.log, np.log1p) for s in (1, -1)]
        + [(-c).conj() ** 0.5]
        + [f((s * c).conj()) for f in (np.arccos, np.arcsin, np.arccosh, np.sqrt, np.log, np.log1p) for s in (1, -1)]
        + [f(w) for f in (np.arcsinh, np.arctan) for w in (1j * c, -1j * c, (1j * c).conj(), -(1j * c).conj())]
    )
    return [q.real for q in t] + [q.imag for q in t]


@prog
def gl1(x):
    return [abs(BUF * x).sum(), (BUF[1] * x[0]).imag]


BUF = np.zeros(4, dtype=complex)
BUF[:] = [1j, 2, 3 + 1j, 0.5]


@prog
def fillglobal(x):
    z = BUF.copy()
    z[0] = x[0]
    z[1] += x[1] * 1j
    return [z.real, z.imag]


@prog
def kwargs_(x):
    def g(z, *, scale=1j):
        return z * scale

    return g(x[0], scale=2 + 1j).imag


@prog
def genexp(x):
    return abs(sum(np.exp(1j * t * k) for k, t in enumerate(x)))


@prog
def comp_default(x, c=1 + 1j):
    return abs(c * x[0] + x[1])


@prog
def redu(x):
    import functools, operator

    return abs(functools.reduce(operator.mul, [complex(a, b) for a, b in zip(x, x[::-1])]))


@prog
def polyroots(x):
    z = [complex(x[0], x[1]), complex(x[2], -x[3])]
    return abs(np.prod([2.0 - q for q in z])) + np.abs(np.prod(np.array(z)))


@prog
def aux(x):
    z = np.exp(1j * x)
    m = z.mean()
    s = np.sum(z**2) / 4
    return [np.abs(m), np.angle(m), np.abs(s), np.angle(s) / 2]


@prog
def struct(x):
    Z = np.empty((2, 2), complex)
    Z[0, 0] = x[0]
    Z[0, 1] = 1j * x[1]
    Z[1] = [x[2], x[3] * 1j]
    return [np.linalg.det(Z).real, (Z @ Z).imag, Z.sum(axis=0).imag, Z.trace().real]


@prog
def blk(x):
    A = np.array([[x[0], x[1]], [x[2], x[3]]])
    Z = np.block([[A, 1j * A], [-1j * A, A]])
    return [
        Z.imag.sum(axis=1),
        np.vstack([A, A * 1j]).imag,
        np.concatenate((A, 1j * A), axis=1).imag,
        np.r_[x[:2], 1j * x[2:]].imag,
        np.c_[x, 1j * x].imag,
        np.append(x, 1j).imag,
        np.insert(x * 1j, 1, x[0]).imag,
        np.delete(x * 1j, 0).imag,
        np.tril(A * 1j).imag,
        np.triu(A * 1j, 1).imag,
        np.outer(x, 1j * x).imag,
        np.diag(1j * x).imag,
        np.cross(np.r_[x[:3]] * 1j, x[1:]).imag,
    ]


@prog
def select(x):
    z = x * np.exp(1j * x)
    return [
        np.select([x > 1, x > 0.5], [z, 1j * z], 0j).imag,
        np.choose([0, 1, 0, 1], [z, -z]).real,
        np.take(z, [0, 2]).imag,
        np.compress([1, 0, 1, 0], z).real,
        np.take_along_axis(z, np.argsort(x), 0).imag,
        np.extract(x > 0.4, z).real,
        np.flipud(z).imag,
        np.roll(z, 2).imag,
        np.rot90(z.reshape(2, 2)).imag,
        np.pad(z, (1, 2), "edge").imag,
        np.split(z, 2)[1].real,
        np.where(np.abs(z) > 0.5, z, z.conj()).imag,
    ]


@prog
def stats(x):
    z = x * np.exp(1j * x)
    return [
        np.average(z).imag,
        np.average(z, weights=x).real,
        z.std(),
        np.var(z.reshape(2, 2), axis=0),
        np.nansum(z).imag,
        np.nanmean(z).real,
        np.cumsum(z, axis=0).imag,
        np.trapezoid(z).imag,
        np.gradient(z).imag,
        np.diff(z, 2).real,
        np.ediff1d(z).imag,
        np.convolve(z, x).imag,
        np.interp(0.5, [0, 1], [x[0], x[1]]),
    ]


@prog
def interpz(x):
    return [np.interp(0.4, [0, 1], [x[0] * 1j, x[1]]).imag]


@prog
def laplace(x):
    s = complex(0, x[0])
    return [(1 / (s + x[1])).real, abs(1 / (s**2 + x[2] * s + x[3])), (s / (s + 1)).imag, cmath.exp(-s * x[1]).imag]


@prog
def rectpolar(x):
    r, p = cmath.polar(complex(x[0], x[1]))
    z = cmath.rect(r**2, 2 * p)
    w = cmath.rect(1.0, x[2])
    return [z.real, z.imag, w.imag, (z * w).real]


@prog
def starimp(x):
    from cmath import sqrt, exp as cexp, pi

    return [abs(sqrt(x[0] - 2)), cexp(1j * pi * x[1]).real, sqrt(complex(x[0], x[1])).imag]


@prog
def chaino(x):
    z = 1j
    for a in x:
        z = (z * a + 1) / (z.conjugate() + a) if abs(z) > 0.2 else z + a
    return [z.real, z.imag]


@prog
def intpow(x):
    z = complex(x[0], x[1])
    return [
        (z**3).real,
        (z**-2).imag,
        (z**0).real + x[0],
        (z**1).imag,
        (z**5.0).real,
        pow(z, 4).imag,
        (z ** x[2]).real,
        (2**z).imag,
        (x[3] ** z).real,
        (1j ** x[0]).real,
        ((-1) ** float(x[1])).real,
    ]


@prog
def matexp(x):
    A = np.array([[0, -1j * x[0]], [-1j * x[1], x[2] * 1j]])
    E = np.eye(2, dtype=complex)
    T = np.eye(2, dtype=complex)
    for k in range(1, 15):
        T = T @ A / k
        E = E + T
    return [E.real, E.imag, np.abs(E) ** 2]


@prog
def green(x):
    k = x[0] + 0.1j
    r = np.array([1.0, 2.0, x[1] + 1])
    G = np.exp(1j * k * r) / (4 * np.pi * r)
    return [np.abs(G), np.angle(G[0]), np.unwrap(np.angle(G))]


@prog
def fres(x):
    n = 1.5 + x[0] * 1j
    th = x[1]
    ct = np.sqrt(1 - (np.sin(th) / n) ** 2 + 0j)
    r = (np.cos(th) - n * ct) / (np.cos(th) + n * ct)
    return [abs(r) ** 2, np.angle(r)]


@prog
def sparam(x):
    w = np.linspace(1, 2, 3)
    out = []
    for wk in w:
        M = np.eye(2, dtype=complex)
        for L, C in ((x[0], x[1]), (x[2], x[3])):
            M = M @ np.array([[1, 1j * wk * L], [0, 1]]) @ np.array([[1, 0], [1j * wk * C, 1]])
        out.append(abs(2 / (M[0, 0] + M[0, 1] + M[1, 0] + M[1, 1])))
    return np.array(out)


@prog
def mixture(x):
    t = np.linspace(-2, 2, 7)
    cf = np.exp(1j * t * x[0] - 0.5 * (x[1] * t) ** 2) * (1 + x[2] * 1j * t)
    return [cf.real, np.sum(cf * np.exp(-1j * t * x[3])).real]


@prog
def dictz(x):
    d = {"a": 1j * x[0], "b": x[1]}
    d["c"] = d["a"] * d["b"] + d["a"] ** 2
    return [d["c"].real, d["c"].imag]


@prog
def lru(x):
    @functools.lru_cache
    def g(z):
        return z * z + 1

    return [g(complex(x[0], x[1])).imag, g(1j * x[2]).real]
