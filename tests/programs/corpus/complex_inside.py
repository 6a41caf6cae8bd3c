"""Complex numbers inside, real ones outside."""

import cmath

import numpy as np


def exp_i_real(x):
    return np.exp(1j * x).real


def exp_i_sum_abs(x):
    return np.abs(np.sum(np.exp(1j * x))) ** 2


def abs_of_sum(x):
    return np.abs(x + 1j * x[::-1])


def abs_squared_by_conj(x):
    z = x * (1 + 2j) + 0.5j
    return (z * z.conj()).real


def angle_of(x):
    return np.angle(x + 1j * x[::-1])


def angle_degrees(x):
    return np.angle(1 + 1j * x, deg=True)


def real_imag_functions(x):
    z = (x + 2j) ** 2
    return np.real(z) * np.imag(z)


def conjugate_method(x):
    z = np.exp((0.1 + 1j) * x)
    return (z.conjugate() / z).imag


def complex_division(x):
    return (1.0 / (x + 1j)).imag


def complex_power(x):
    return ((x + 1j) ** 3).real


def complex_power_fraction(x):
    return ((x + 1j) ** 0.5).real


def complex_sqrt(x):
    return np.sqrt(x + 0j - 5).imag


def complex_log(x):
    return np.log(x + 1j * x**2).imag


def complex_sin_cosh(x):
    z = x + 0.5j
    return (np.sin(z) * np.cosh(z)).real


def complex_tanh(x):
    return np.tanh(x * (1 + 1j)).imag


def complex_constructor(x):
    z = complex(x[0], x[1])
    return abs(z) ** 2 + z.real * z.imag


def complex_product_of_numbers(x):
    z = 1
    for v in x:
        z = z * (v + 1j)
    return z.imag


def cmath_exp(x):
    return cmath.exp(1j * x[0]).real * x[1]


def cmath_sqrt_negative(x):
    return cmath.sqrt(x[0] - 4.0).imag


def cmath_polar(x):
    r, t = cmath.polar(complex(x[0], x[2]))
    return r * t


def cmath_rect(x):
    return cmath.rect(x[0], x[1]).imag


def cmath_phase(x):
    return cmath.phase(x[0] + 1j * x[1])


def quadratic_roots(x):
    a, b, c = x[0], x[2], x[1]
    d = np.sqrt(b * b - 4 * a * c + 0j)
    r = (-b + d) / (2 * a)
    return r.real + r.imag


def polar_to_cartesian(x):
    z = x[0] * np.exp(1j * x[1])
    return np.array([z.real, z.imag])


def array_of_complex(x):
    z = np.array([x[0] + 1j * x[1], x[2] - 1j])
    return np.abs(z.prod())


def buffer_complex(x):
    z = np.zeros(3, dtype=complex)
    for k in range(3):
        z[k] = x[k] * np.exp(2j * k)
    return np.abs(np.cumsum(z))


def astype_complex(x):
    z = x.astype(complex)
    z = z * 1j + z**2
    return z.real + z.imag


def view_real_imag(x):
    z = np.exp(1j * x)
    return np.stack([z.real, z.imag])


def matrix_product_complex(x):
    A = np.outer(x, x) + 1j * np.eye(3)
    return np.abs(A @ A)


def solve_complex(x):
    A = np.diag(x) + 1j * np.ones((3, 3))
    return np.abs(np.linalg.solve(A, np.array([1.0, 2.0, 1j])))


def inverse_complex(x):
    A = np.diag(x) + 1j * np.array([[0, 1, 0], [1, 0, 2], [0, 2, 1]])
    return np.linalg.inv(A).imag


def determinant_complex(x):
    A = np.diag(x) * (1 + 1j) + np.ones((3, 3))
    return abs(np.linalg.det(A))


def hermitian_eigenvalues(x):
    H = np.array([[x[0], 1j * x[1]], [-1j * x[1], x[2]]])
    return np.linalg.eigvalsh(H)


def eigenvalues_rotation(x):
    A = np.array([[x[0], -x[1]], [x[1], x[2]]])
    w = np.linalg.eigvals(A)
    return np.abs(w) ** 2


def vdot_complex(x):
    z = np.exp(1j * x)
    return np.vdot(z, z * x).real


def transfer_function(x):
    w = np.array([0.1, 1.0, 10.0])
    s = 1j * w
    return 20 * np.log10(np.abs(x[0] / (s**2 + x[1] * s + x[2])))


def impedance(x):
    R, L, C = x
    w = 2.0
    Z = R + 1j * w * L + 1 / (1j * w * C)
    return np.abs(Z), np.angle(Z)


def filter_response(x):
    w = np.linspace(0.1, 3, 4)
    z = np.exp(-1j * w)
    H = (x[0] + x[1] * z) / (1 - 0.3 * x[2] * z)
    return np.abs(H) ** 2


def quantum_two_level(x):
    psi = np.array([1.0, 0.0], dtype=complex)
    H = np.array([[x[0], x[1]], [x[1], -x[0]]])
    for _ in range(4):
        psi = psi - 1j * 0.1 * (H @ psi)
    return np.abs(psi) ** 2


def mandelbrot_iterate(x):
    c = x[0] * 0.2 + 0.3j * x[1]
    z = 0
    for _ in range(5):
        z = z * z + c
    return abs(z)


def array_factor(x):
    n = np.arange(3)
    return abs(np.sum(x * np.exp(1j * np.pi * n * 0.4))) ** 2


def discrete_transform_matrix(x):
    W = np.exp(-2j * np.pi * np.outer(np.arange(3), np.arange(3)) / 3)
    return (W @ x).imag


def einsum_complex(x):
    A = x[:, None] * np.exp(1j * x)
    return np.einsum("ij,ji->", A, A.conj()).real


def where_complex(x):
    z = np.where(x > 0.5, x + 1j, 2j * x)
    return (z**2).real


def joukowski(x):
    z = x[0] * np.exp(1j * x[1]) + 0.1
    w = z + 1 / z
    return w.real, w.imag


def isreal_cast(x):
    z = np.sqrt(np.asarray(x, dtype=complex) ** 2)
    return np.real_if_close(z).real * x


POINTS = {"isreal_cast": [0.7, 1.3, 0.4]}
DEFAULT = [0.7, 1.3, 0.4]
