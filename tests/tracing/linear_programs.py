"""Small plain programs of linear algebra, as users write them; each takes six numbers and returns numbers."""

from __future__ import annotations

import numpy as np
import numpy.linalg as la
from numpy.linalg import inv, norm, solve


def m23(x):
    return x.reshape(2, 3)


def m32(x):
    return np.reshape(x, (3, 2)) + np.array([[1.0, 0.2], [0.0, 1.5], [0.3, 0.1]])


def m33(x):
    return np.array([[x[0] + 2, x[1], x[2]], [x[3], 3 + x[4], x[5]], [x[1] * x[2], x[0], 2.5 + x[3]]])


def sym(x):
    return np.array([[x[0], x[1], x[2]], [x[1], 2 * x[3] + 1, x[4]], [x[2], x[4], 4 + x[5]]])


def spd(x):
    a = m33(x)
    return a @ a.T + np.eye(3)


def stack(x):
    return np.array([m33(x), m33(x[::-1]) + np.eye(3)])


def c33(x):
    return m33(x) + 1j * np.array([[x[1], 0.5, x[2]], [0.1, x[0], 1.0], [x[4], 0.3, x[5]]])


def hermitian(x):
    return c33(x) + c33(x).conj().T + np.diag([0.0, 1.0, 5.0])


def weights(*shape):
    return np.cos(np.arange(1.0, 1 + np.prod(shape))).reshape(shape)


# --- products --------------------------------------------------------------------------------------


def dot_vectors(x):
    return np.dot(x[:3], x[3:])


def dot_matrices(x):
    return np.dot(m23(x), m32(x))


def dot_tensors(x):
    return np.dot(np.multiply.outer(x[:2], m23(x)), m32(x))


def dot_tensors_3(x):
    return np.dot(m23(x), np.multiply.outer(x[:2], m32(x)))


def dot_number(x):
    return np.dot(x[0], m23(x))


def vdot(x):
    return np.vdot(m23(x), m32(x))


def inner_matrices(x):
    return np.inner(m23(x), m23(x) ** 2)


def outer_two(x):
    return np.outer(m23(x), x[:2])


def linalg_outer(x):
    return la.outer(x[:3], x[3:])


def matmul_batched(x):
    return np.matmul(stack(x), m32(x))


def matmul_vector_stack(x):
    return x[:3] @ stack(x)


def linalg_matmul(x):
    return la.matmul(stack(x), stack(x)[0])


def vecdot(x):
    return np.vecdot(m23(x), x[:3]), np.linalg.vecdot(m32(x), m32(x) ** 2, axis=0)


def vecdot_axis(x):
    return np.vecdot(m32(x), m32(x) ** 2, axis=0)


def matvec(x):
    return np.matvec(stack(x), x[:3]), np.vecmat(x[3:], stack(x))


def einsum_bilinear(x):
    return np.einsum("i,ij,j", x[:2], m23(x), x[3:])


def einsum_trace(x):
    return np.einsum("ii", m33(x)) * np.einsum("bii->b", stack(x))


def einsum_diagonal(x):
    return np.einsum("ii->i", m33(x)) ** 2


def einsum_ellipsis(x):
    return np.einsum("...ij,...j->...i", stack(x), x[:3])


def einsum_ellipsis_implicit(x):
    return np.einsum("...ij,jk", stack(x), m33(x))


def einsum_list(x):
    return np.einsum(stack(x), [0, 1, 2], m33(x), [2, 3], [0, 3])


def einsum_list_ellipsis(x):
    return np.einsum(stack(x), [Ellipsis, 1, 2], x[:3], [2], [Ellipsis, 1])


def einsum_three(x):
    return np.einsum("ij,jk,ki->", m23(x), m33(x), m32(x), optimize=True)


def einsum_capitals(x):
    return np.einsum("ZX,XY->ZY", m23(x), m33(x), optimize="greedy")


def einsum_batch_square(x):
    return np.einsum("bij,bjk,bkl->bil", stack(x), stack(x), stack(x)).sum()


def einsum_one_long(x):
    return np.einsum("ij,kj->ik", x[:3].reshape(1, 3), m23(x))


def einsum_broadcast_one(x):
    return np.einsum("ij,ij->j", x[:3].reshape(1, 3), m23(x))


def einsum_permuted(x):
    return np.einsum("ijk->kij", stack(x))[1]


def einsum_path(x):
    return np.einsum("ij,jk->ik", m23(x), m33(x), optimize=["einsum_path", (0, 1)])


def tensordot_default(x):
    return np.tensordot(stack(x), m33(x))


def tensordot_axes(x):
    return np.tensordot(stack(x), m32(x), axes=([1], [0]))


def tensordot_zero(x):
    return np.tensordot(x[:2], x[3:], axes=0)


def tensordot_number_pair(x):
    return np.tensordot(stack(x), stack(x) ** 2, axes=((0, 2), (0, 1)))


def tensordot_negative(x):
    return np.tensordot(stack(x), m32(x), axes=(-1, -2))


def linalg_tensordot(x):
    return la.tensordot(m33(x), m33(x), axes=2)


def kron_matrices(x):
    return np.kron(m23(x), x[:2])


def kron_sum(x):
    a, b = m33(x)[:2, :2], np.diag(x[:2])
    return np.kron(a, np.eye(2)) + np.kron(np.eye(2), b)


def cross_3(x):
    return np.cross(x[:3], x[3:])


def cross_rows(x):
    return np.cross(m23(x), x[:3])


def cross_columns(x):
    return np.cross(m32(x), m32(x) ** 2, axis=0)


def cross_axes(x):
    return np.cross(m32(x), m23(x), axisa=0, axisb=1, axisc=0)


def cross_2(x):
    return np.cross(x[:2], x[2:4])


def cross_mixed(x):
    return np.cross(x[:2], x[3:])


def linalg_cross(x):
    return la.cross(m23(x), m23(x)[::-1] ** 2)


def multi_dot(x):
    return la.multi_dot([x[:2], m23(x), m33(x), x[3:]])


def power_3(x):
    return la.matrix_power(m33(x), 3)


def power_7(x):
    return la.matrix_power(m33(x) / 4, 7)


def power_0(x):
    return la.matrix_power(m33(x), 0) * x[0]


def power_negative(x):
    return la.matrix_power(m33(x), -2)


def power_batched(x):
    return la.matrix_power(stack(x), 2)


def trace_offset(x):
    return np.trace(m33(x), offset=1) * np.trace(m33(x)), la.trace(stack(x))


def diagonals(x):
    return np.diagonal(m33(x), -1), la.diagonal(stack(x), offset=1), m33(x).diagonal()


def matrix_transposes(x):
    return la.matrix_transpose(stack(x)) @ m33(x), m33(x).mT


# --- norms -----------------------------------------------------------------------------------------


def norm_vector(x):
    return norm(x)


def norm_of_list(x):
    return norm([x[0], x[1] * 2, 3.0])


def norms_of_vectors(x):
    return [norm(x, ord=p) for p in (1, 2, 3, 1.5, -1, -2, 0.5, np.inf, -np.inf)]


def norm_axis(x):
    return norm(m23(x), axis=1), norm(m23(x), axis=0, ord=1), norm(m23(x), axis=-1, ord=3, keepdims=True)


def norm_zero_order(x):
    return norm(x, 0) * x[0]


def norms_of_matrices(x):
    return [norm(m33(x), ord=p) for p in (None, "fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf)]


def norms_of_wide_matrices(x):
    return [norm(m23(x), ord=p) for p in ("fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf)]


def norms_batched(x):
    return [norm(stack(x), ord=p, axis=(1, 2)) for p in (None, "nuc", 1, -1, 2, -2, np.inf)]


def norms_axes_swapped(x):
    return [norm(stack(x), ord=p, axis=(2, 0), keepdims=True) for p in ("fro", "nuc", 1, 2, np.inf)]


def norm_ravelled(x):
    return norm(stack(x))


def vector_norms(x):
    return la.vector_norm(m23(x)), la.vector_norm(stack(x), axis=(0, 2), ord=3), la.vector_norm(m23(x), axis=0, ord=1)


def matrix_norms(x):
    return la.matrix_norm(stack(x)), la.matrix_norm(stack(x), ord="nuc", keepdims=True), la.matrix_norm(m33(x), ord=2)


def normalised(x):
    v = x[:3] / norm(x[:3])
    return v @ m33(x) @ v


def norm_of_zero_row(x):
    return norm(np.array([[0.0, 0.0], [x[0], x[1]]]), axis=1)


# --- systems ---------------------------------------------------------------------------------------


def solve_vector(x):
    return solve(m33(x), x[:3])


def solve_matrix(x):
    return solve(m33(x), m32(x))


def solve_constant_matrix(x):
    return solve(np.array([[2.0, 1.0], [0.5, 3.0]]), x[:2])


def solve_batched(x):
    return solve(stack(x), m32(x))


def solve_batched_right(x):
    return solve(m33(x), np.stack([m32(x), m32(x) ** 2]))


def solve_twice(x):
    return x[:3] @ solve(m33(x), solve(m33(x).T, x[3:]))


def invert(x):
    return inv(m33(x))


def invert_batched(x):
    return inv(stack(x)) @ x[:3]


def invert_quadratic(x):
    return x[:3] @ inv(spd(x)) @ x[3:]


def tensorsolve(x):
    a = np.eye(6).reshape(2, 3, 6) + np.multiply.outer(m23(x), x) / 9
    return la.tensorsolve(a.reshape(2, 3, 3, 2), m23(x) ** 2)


def tensorsolve_axes(x):
    a = np.moveaxis(np.eye(6).reshape(2, 3, 6) + np.multiply.outer(m23(x), x) / 9, 2, 0)
    return la.tensorsolve(a, m23(x) ** 2, axes=(0,))


def tensorinv(x):
    a = np.eye(6) + np.multiply.outer(x, x**2) / 9
    return la.tensorinv(a.reshape(2, 3, 6), ind=2)


def determinant(x):
    return la.det(m33(x))


def determinants(x):
    return la.det(stack(x))


def log_determinant(x):
    return la.slogdet(spd(x))[1], la.slogdet(stack(x)).logabsdet


def signed_determinant(x):
    sign, value = la.slogdet(m33(x))
    return sign * np.exp(value)


def cholesky(x):
    return la.cholesky(spd(x))


def cholesky_upper(x):
    return la.cholesky(spd(x), upper=True)


def cholesky_unsymmetric(x):
    return la.cholesky(spd(x) + np.triu(m33(x), 1))


def cholesky_upper_unsymmetric(x):
    return la.cholesky(spd(x) + np.tril(m33(x), -1), upper=True)


def cholesky_batched(x):
    return la.cholesky(stack(x) @ np.swapaxes(stack(x), 1, 2) + np.eye(3))


def gaussian_density(x):
    chol = la.cholesky(spd(x))
    z = solve(chol, x[:3])
    return -0.5 * z @ z - np.log(np.diagonal(chol)).sum()


def qr_square(x):
    q, r = la.qr(m33(x))
    return q, r


def qr_tall(x):
    q, r = la.qr(m32(x))
    return q * weights(3, 2), r


def qr_wide(x):
    return la.qr(m23(x))


def qr_r(x):
    return la.qr(m32(x), mode="r"), la.qr(m23(x), "r")


def qr_complete(x):
    q, r = la.qr(m32(x), mode="complete")
    return q, r


def qr_complete_partly(x):
    q, r = la.qr(np.reshape(x, (6, 1)), mode="complete")
    return q[:, :1], r


def qr_batched(x):
    return la.qr(stack(x))


def qr_named(x):
    return la.qr(m32(x)).R


def pinv_tall(x):
    return la.pinv(m32(x))


def pinv_wide(x):
    return la.pinv(m23(x), rcond=1e-12)


def pinv_square(x):
    return la.pinv(m33(x), rtol=1e-10)


def pinv_batched(x):
    return la.pinv(stack(x)[:, :, :2])


def pinv_hermitian(x):
    return la.pinv(sym(x) + np.triu(m33(x), 1), hermitian=True)


def pinv_low_rank(x):
    return la.pinv(np.outer(x[:3], x[3:]), rcond=1e-8)


def pinv_truncated(x):
    return la.pinv(np.diag([5.0, 4.0, 0.1]) + m33(x) / 20, rcond=0.2)


def lstsq_tall(x):
    return la.lstsq(m32(x), x[:3], rcond=None)[0]


def lstsq_everything(x):
    solution, residuals, rank, s = la.lstsq(m32(x), x[3:], rcond=None)
    return solution, residuals, rank * s


def lstsq_wide(x):
    return la.lstsq(m23(x), x[:2])[0]


def lstsq_columns(x):
    return la.lstsq(m32(x), m33(x), rcond=None)[:2]


def lstsq_low_rank(x):
    return la.lstsq(np.outer(x[:3], x[3:5]), x[3:], rcond=1e-8)[0]


def lstsq_constant_matrix(x):
    return la.lstsq(np.vander([1.0, 2.0, 3.0, 4.0], 2), x[:4], rcond=None)[0]


def regression_line(x):
    a = np.column_stack([x[:4], np.ones(4)])
    slope, offset = la.lstsq(a, x[2:] ** 2, rcond=None)[0]
    return slope * offset


def conditions(x):
    return [la.cond(m33(x), p) for p in (None, 2, -2, "fro", 1, -1, np.inf, -np.inf, "nuc")]


def condition_batched(x):
    return la.cond(stack(x)), la.cond(m32(x))


def rank(x):
    return la.matrix_rank(m33(x)) * x[0]


# --- eigenvalues -----------------------------------------------------------------------------------


def eigenvalues_symmetric(x):
    return la.eigvalsh(sym(x))


def eigenvalues_lower(x):
    return la.eigvalsh(sym(x) + np.triu(m33(x), 1))


def eigenvalues_upper(x):
    return la.eigvalsh(sym(x) + np.tril(m33(x), -1), UPLO="U")


def eigen_symmetric(x):
    w, v = la.eigh(sym(x))
    return w, v


def eigen_upper(x):
    w, v = la.eigh(sym(x) + np.tril(m33(x), -1), "U")
    return v * w * np.sign(v[1])


def eigen_batched(x):
    a = stack(x)
    w, v = la.eigh(a + np.swapaxes(a, 1, 2))
    return w, v


def matrix_root(x):
    w, v = la.eigh(spd(x))
    return (v * np.sqrt(w)) @ v.T


def principal_axis(x):
    v = la.eigh(sym(x)).eigenvectors[:, -1]
    return v * np.sign(v[0])


def largest_eigenvalue(x):
    return np.max(la.eigvalsh(sym(x)))


def log_det_by_eigenvalues(x):
    return np.sum(np.log(la.eigvalsh(spd(x))))


def eigenvalues_real(x):
    return np.sort(la.eigvals(np.diag([1.0, 4.0, 9.0]) + m33(x) / 3))


def eigen_real(x):
    w, v = la.eig(np.diag([1.0, 4.0, 9.0]) + m33(x) / 3)
    return w, v


def eigenvalues_complex(x):
    w = la.eigvals(np.array([[x[0], 2.0, 0.1], [-3.0, x[1], x[2]], [0.2, x[3], 4.0]]))
    return w.real, w.imag, np.abs(w)


def eigen_complex(x):
    _w, v = la.eig(np.array([[x[0], 2.0, 0.1], [-3.0, x[1], x[2]], [0.2, x[3], 4.0]]))
    return np.abs(v), v.real, v.imag


def spectral_radius(x):
    return np.max(np.abs(la.eigvals(m33(x))))


def eigen_sum(x):
    return la.eigvals(np.array([[x[0], 2.0], [-3.0, x[1] * x[2]]])).prod().real


def eigen_rebuilt(x):
    a = np.diag([1.0, 4.0, 9.0]) + m33(x) / 3
    w, v = la.eig(a)
    return np.real((v * np.exp(w / 9)) @ inv(v))


def eigenvalues_hermitian(x):
    h = np.array([[x[0] + 1, x[1] + 1j * x[2], 0.2], [x[1] - 1j * x[2], 3 + x[3], 1j * x[4]], [0.2, -1j * x[4], 6.0]])
    return la.eigvalsh(h)


# --- singular values -------------------------------------------------------------------------------


def singular(x):
    return la.svd(m23(x), compute_uv=False), la.svdvals(m33(x))


def svd_thin(x):
    u, s, vh = la.svd(m32(x), full_matrices=False)
    return u, s, vh


def svd_full_square(x):
    return la.svd(m33(x))


def svd_full_wide(x):
    u, s, vh = la.svd(m23(x))
    return u, s, vh


def svd_full_values(x):
    _u, s, _vh = la.svd(x.reshape(6, 1))
    return s


def svd_full_kept(x):
    u, s, vh = la.svd(np.column_stack([x[:5], x[1:] ** 2]))
    return u[:, :2] * s @ vh


def svd_batched(x):
    return la.svd(stack(x), full_matrices=False)


def svd_hermitian(x):
    u, s, vh = la.svd(sym(x), hermitian=True)
    return (u * s**2) @ vh


def low_rank(x):
    u, s, vh = la.svd(m33(x))
    return s[0] * np.outer(u[:, 0], vh[0])


def null_vector(x):
    v = la.svd(m23(x))[2][-1]
    return v * np.sign(v[1])


def nuclear(x):
    return np.sum(la.svd(m23(x), compute_uv=False)), norm(m32(x), "nuc")


def rotation_nearest(x):
    u, _s, vh = la.svd(m33(x))
    return u @ vh


# --- complex matrices between real inputs and outputs -----------------------------------------------


def parts(z):
    return np.real(z), np.imag(z)


def complex_solve(x):
    return parts(solve(c33(x), x[:3])), parts(solve(m33(x), c33(x)))


def complex_inverse(x):
    return parts(inv(c33(x))), parts(la.pinv(c33(x)[:, :2]))


def complex_determinant(x):
    return parts(la.det(c33(x))), la.slogdet(c33(x))[1], np.angle(la.slogdet(c33(x))[0])


def complex_products(x):
    return parts(c33(x) @ m33(x)), parts(np.vdot(c33(x), m33(x))), parts(np.einsum("ij,kj->ik", m33(x), c33(x)))


def complex_cholesky(x):
    return parts(la.cholesky(hermitian(x) @ hermitian(x) + np.eye(3)))


def complex_cholesky_upper(x):
    return parts(la.cholesky(hermitian(x) @ hermitian(x) + np.eye(3), upper=True))


def complex_qr(x):
    return [parts(factor) for factor in (*la.qr(c33(x)), *la.qr(c33(x)[:, :2]), *la.qr(c33(x)[:2]))]


def complex_least_squares(x):
    solution, residuals, _rank, s = la.lstsq(c33(x)[:, :2], x[:3] + 1j * x[3:], rcond=None)
    return parts(solution), residuals, s


def complex_norms(x):
    return [norm(c33(x), order) for order in (None, "nuc", 1, 2, -2, np.inf)] + [norm(c33(x)[0], 3), norm(c33(x)[1])]


def complex_eigen(x):
    w, v = la.eig(c33(x))
    return parts(w), parts(v)


def hermitian_eigen(x):
    w, v = la.eigh(hermitian(x))
    return w, parts(v * np.sign(v[0].real))


def hermitian_eigen_upper(x):
    w, v = la.eigh(hermitian(x), UPLO="U")
    return w, parts(v * np.sign(v[2].real))


def complex_svd(x):
    u, s, vh = la.svd(c33(x))
    turn = np.sign(vh[:, 0].real)
    return parts(u * turn), s, parts(vh * turn[:, None])


# --- polynomials and fits --------------------------------------------------------------------------


def vandermonde(x):
    return np.vander(x[:3]), np.vander(x[:2], 4, increasing=True)


def fit(x):
    return np.polyfit(np.array([0.0, 1.0, 2.5, 3.0, 4.0, 5.5]), x, 2)


def fit_both(x):
    return np.polyfit(x[:4], x[2:] ** 2, 1)


def fit_weighted(x):
    return np.polyfit([0.0, 1.0, 2.5, 3.0, 4.0, 5.5], x, 1, w=1 + x**2)


def fit_columns(x):
    return np.polyfit(np.arange(3.0), m32(x), 1)


def fit_covariance(x):
    c, cov = np.polyfit(np.arange(6.0), x, 1, cov=True)
    return c, cov


def fit_full(x):
    c, residuals, rank, s, rcond = np.polyfit(np.arange(6.0), x, 2, full=True)
    return c, residuals, rank * s * rcond


def roots_real(x):
    return np.sort(np.roots([1.0, x[0] - 6, x[1] + 3, x[2] + 10]))


def roots_complex(x):
    r = np.roots(np.array([1.5 + x[0], x[1], x[2] + 2, x[3] + 3]))
    return np.abs(r), r.real


def roots_quadratic(x):
    return np.roots([x[0], 5.0 + x[1], x[2] + 1])


def characteristic(x):
    return np.poly(m33(x))


def polynomial_from_zeros(x):
    return np.poly(x[:4])


SMOOTH = [
    (name, function)
    for name, function in list(globals().items())
    if callable(function)
    and getattr(function, "__module__", "") == __name__
    and name not in ("m23", "m32", "m33", "sym", "spd", "stack", "weights", "c33", "hermitian", "parts")
]
