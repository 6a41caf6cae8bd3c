"""Small plain programs with `scipy.linalg`, as users write them; each takes six numbers and returns numbers."""

from __future__ import annotations

import numpy as np
import scipy.linalg
from linear_programs import m23, m32, m33, spd, stack, sym
from scipy import linalg
from scipy.linalg import block_diag, cho_factor, cho_solve, expm, logm, lu_factor, lu_solve, sqrtm

BUILDING = {"m23", "m32", "m33", "spd", "stack", "sym", "block_diag", "cho_factor", "cho_solve", "expm", "logm"}
BUILDING |= {"lu_factor", "lu_solve", "sqrtm"}


# --- systems ---------------------------------------------------------------------------------------


def solve(x):
    return linalg.solve(m33(x), x[:3]), scipy.linalg.solve(m33(x), m32(x), check_finite=False)


def solve_overwriting(x):
    return linalg.solve(m33(x), x[:3] * 2, overwrite_a=True, overwrite_b=True)


def solve_symmetric(x):
    return linalg.solve(sym(x) + np.tril(m33(x), -1), x[:3], assume_a="sym")


def solve_symmetric_lower(x):
    return linalg.solve(sym(x) + np.triu(m33(x), 1), x[:3], assume_a="sym", lower=True)


def solve_positive(x):
    return linalg.solve(spd(x) + np.tril(m33(x), -1), m32(x), assume_a="pos")


def solve_transposed(x):
    return linalg.solve(m33(x), x[3:], transposed=True)


def solve_assumed_triangular(x):
    return linalg.solve(m33(x), x[3:], assume_a="lower triangular")


def solve_found_symmetric(x):
    return linalg.solve(sym(x), x[3:])


def solve_batched(x):
    return linalg.solve(stack(x), m32(x))


def triangular(x):
    return linalg.solve_triangular(m33(x), x[:3]), linalg.solve_triangular(m33(x), m32(x), lower=True)


def triangular_transposed(x):
    return linalg.solve_triangular(m33(x), x[:3], trans=1), linalg.solve_triangular(m33(x), x[:3], "T", lower=True)


def triangular_unit(x):
    return linalg.solve_triangular(m33(x), x[:3], lower=True, unit_diagonal=True)


def inverse(x):
    return linalg.inv(m33(x)), linalg.inv(sym(x) + np.tril(m33(x), -1), assume_a="sym")


def determinant(x):
    return linalg.det(m33(x)), linalg.det(stack(x))


def cholesky(x):
    return linalg.cholesky(spd(x) + np.tril(m33(x), -1)), linalg.cholesky(spd(x), lower=True)


def cholesky_solution(x):
    return cho_solve(cho_factor(spd(x)), x[:3]), cho_solve(cho_factor(spd(x), lower=True), m32(x))


def cholesky_pair(x):
    c, lower = cho_factor(spd(x), lower=True)
    return c * (2 if lower else 1)


def log_likelihood(x):
    c = linalg.cholesky(spd(x), lower=True)
    z = linalg.solve_triangular(c, x[:3], lower=True)
    return -0.5 * z @ z - np.sum(np.log(np.diag(c)))


def lu(x):
    p, lower, upper = linalg.lu(m33(x)[::-1])
    return p @ lower, upper


def lu_permuted(x):
    return linalg.lu(m33(x)[::-1], permute_l=True)


def lu_tall(x):
    return linalg.lu(m32(x))[1:]


def lu_wide(x):
    return linalg.lu(m23(x), p_indices=True)[1:]


def lu_solution(x):
    return lu_solve(lu_factor(m33(x)[::-1]), x[:3]), lu_solve(lu_factor(m33(x)), m32(x), trans=1)


def lu_determinant(x):
    return np.prod(np.diag(lu_factor(m33(x)[::-1])[0]))


def least_squares(x):
    solution, residuals, rank, s = linalg.lstsq(m32(x), x[:3])
    return solution, residuals, rank * s


def least_squares_wide(x):
    return linalg.lstsq(m23(x), x[:2])[0]


def pseudo_inverse(x):
    return linalg.pinv(m32(x)), linalg.pinvh(sym(x))


def pseudo_inverse_rank(x):
    inverse, rank = linalg.pinv(m23(x), return_rank=True)
    return inverse * rank


def norms(x):
    return [linalg.norm(m33(x), order) for order in (None, "fro", "nuc", 1, 2, np.inf)] + [linalg.norm(x)]


def banded(x):
    ab = np.array([[0, x[0], x[1], x[2]], [4.0, 5, 6 + x[3], 7], [x[4], x[5], 1, 0]])
    return linalg.solve_banded((1, 1), ab, x[:4])


def banded_wider(x):
    ab = np.vstack([np.zeros(6), x, 5 + x**2, x[::-1], 0.1 * x])
    return linalg.solve_banded((2, 1), ab[1:], np.arange(6.0))


def banded_symmetric(x):
    ab = np.vstack([x, 5 + x**2])
    return linalg.solveh_banded(ab, np.arange(6.0)), linalg.solveh_banded(ab[::-1], np.arange(6.0), lower=True)


# --- functions of matrices --------------------------------------------------------------------------


def exponential(x):
    return expm(m33(x))


def exponential_batched(x):
    return expm(stack(x) / 3)


def exponential_rotation(x):
    w = np.array([[0.0, -x[2], x[1]], [x[2], 0.0, -x[0]], [-x[1], x[0], 0.0]])
    return expm(w) @ x[3:]


def exponential_of_zero(x):
    return expm(np.outer(x[:2] - np.array([0.83, -0.31]), x[2:4]))


def exponential_nilpotent(x):
    return expm(np.array([[0.0, x[0], x[1]], [0.0, 0.0, x[2]], [0.0, 0.0, 0.0]]))


def exponential_direction(x):
    return linalg.expm_frechet(m33(x) / 3, sym(x))


def discretised(x):
    a = np.zeros((4, 4))
    a[:2, :2] = np.array([[0.0, 1.0], [-(x[0] ** 2), -x[1]]])
    a[:2, 2:] = np.diag(x[2:4])
    return expm(0.3 * a)[:2]


def logarithm(x):
    return logm(spd(x))


def logarithm_of_product(x):
    return logm(expm(m33(x) / 5) @ expm(sym(x) / 9))


def square_root(x):
    return sqrtm(spd(x))


def square_root_general(x):
    return sqrtm(m33(x) + 2 * np.eye(3))


def trigonometric(x):
    return linalg.sinm(m33(x) / 3), linalg.cosm(m33(x) / 3), linalg.tanm(m33(x) / 9)


def hyperbolic(x):
    return linalg.sinhm(m33(x) / 3), linalg.coshm(m33(x) / 3), linalg.tanhm(m33(x) / 3)


def fractional(x):
    return linalg.fractional_matrix_power(spd(x), 0.3)


def sylvester(x):
    return linalg.solve_sylvester(m33(x), sym(x) + 5 * np.eye(3), np.outer(x[:3], x[3:]))


def sylvester_rectangular(x):
    return linalg.solve_sylvester(m33(x), np.diag(4 + x[:2]), m32(x))


def lyapunov(x):
    return linalg.solve_continuous_lyapunov(-m33(x), spd(x)), linalg.solve_lyapunov(m33(x), sym(x))


def lyapunov_discrete(x):
    return linalg.solve_discrete_lyapunov(m33(x) / 9, spd(x))


def lyapunov_bilinear(x):
    return linalg.solve_discrete_lyapunov(m33(x) / 9, spd(x), method="bilinear")


def riccati(x):
    return linalg.solve_continuous_are(m33(x), m32(x), spd(x), np.eye(2) * (2 + x[0]))


def riccati_discrete(x):
    return linalg.solve_discrete_are(m33(x) / 2, m32(x), spd(x), np.eye(2) * (2 + x[0]))


def polar(x):
    return linalg.polar(m33(x))


def polar_tall(x):
    return linalg.polar(m32(x)), linalg.polar(m23(x), side="left")


def procrustes(x):
    return linalg.orthogonal_procrustes(m33(x), sym(x))


# --- special matrices -------------------------------------------------------------------------------


def blocks(x):
    return block_diag(m23(x), x[0], [x[1], 2.0], np.diag(x[:2])) * 2


def toeplitz(x):
    return linalg.toeplitz(x[:3]) @ x[:3], linalg.toeplitz(x[:3], x[2:]), linalg.toeplitz(x[:2], r=[1.0, 2.0, x[3]])


def toeplitz_solution(x):
    return linalg.solve_toeplitz(x[:3] + np.array([5.0, 0, 0]), x[3:])


def toeplitz_solution_pair(x):
    c, r = x[:3] + np.array([5.0, 0, 0]), x[3:]
    return linalg.solve_toeplitz((c, r), m32(x)), linalg.matmul_toeplitz((c, r), x[:3])


def circulant(x):
    return linalg.circulant(x[:4]) ** 2, linalg.solve_circulant(x[:3] + np.array([5.0, 0, 0]), x[3:])


def hankel(x):
    return linalg.hankel(x[:3]) * 2, linalg.hankel(x[:3], x[2:])


def companion(x):
    return linalg.companion([2 + x[0], x[1], x[2], x[3]])


def companion_eigenvalues(x):
    w = linalg.eigvals(linalg.companion([2 + x[0], x[1], x[2] + 2, x[3] + 3]))
    return np.abs(w)


def others(x):
    return linalg.khatri_rao(m23(x), m23(x) ** 2), linalg.fiedler(x[:4]), linalg.leslie(x[:3], x[3:5])


def constant_with_active(x):
    return linalg.hilbert(3) @ x[:3], linalg.pascal(3) @ m33(x), linalg.dft(3).real @ x[:3]


def structure(x):
    return x[0] * 2 if linalg.issymmetric(sym(x)) else x[1]


# --- factors and spectra ----------------------------------------------------------------------------


def qr_economic(x):
    return linalg.qr(m32(x), mode="economic")


def qr_full(x):
    return linalg.qr(m32(x)), linalg.qr(m23(x))


def qr_pivoted(x):
    q, r, p = linalg.qr(m33(x), pivoting=True)
    return q, r[:, p]


def qr_r(x):
    return linalg.qr(m33(x), mode="r")[0]


def eigenvalues_symmetric(x):
    return linalg.eigvalsh(sym(x)), linalg.eigvalsh(sym(x) + np.tril(m33(x), -1), lower=False)


def eigen_symmetric(x):
    w, v = linalg.eigh(sym(x))
    return w, v * np.sign(v[1])


def eigen_subset(x):
    w, v = linalg.eigh(sym(x), subset_by_index=[1, 2])
    return w, v * np.sign(v[1])


def eigen_pencil(x):
    w, v = linalg.eigh(sym(x), spd(x))
    return w, v * np.sign(v[1])


def eigenvalues_pencil(x):
    return linalg.eigvalsh(sym(x), spd(x))


def eigen_tridiagonal(x):
    w, v = linalg.eigh_tridiagonal(x[:4] + np.arange(4.0), 1 + x[3:])
    return w, v * np.sign(v[1]), linalg.eigvalsh_tridiagonal(x[:4], x[3:])


def eigenvalues(x):
    w = linalg.eigvals(m33(x))
    return np.sort(np.abs(w)), w.real.sum()


def eigen(x):
    w, v = linalg.eig(np.diag([1.0, 4.0, 9.0]) + m33(x) / 3)
    return w.real, w.imag, v * np.sign(v[2])


def eigenvalues_general_pencil(x):
    return np.sort(linalg.eigvals(m33(x), spd(x)).real)


def singular(x):
    return linalg.svdvals(m32(x)), linalg.svd(m23(x), compute_uv=False)


def svd(x):
    u, s, vh = linalg.svd(m32(x), full_matrices=False)
    return u * np.sign(vh[:, 0]), s, vh * np.sign(vh[:, :1])


def svd_full(x):
    u, s, vh = linalg.svd(m33(x), lapack_driver="gesvd")
    return (u * s**2) @ vh


PROGRAMS = [
    (name, function)
    for name, function in list(globals().items())
    if callable(function) and getattr(function, "__module__", "") == __name__ and name not in BUILDING
]
