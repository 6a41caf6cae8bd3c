"""Products, solvers, factorisations and norms."""

import numpy as np
from numpy import linalg as LA
from numpy.linalg import inv, norm, solve

B = np.array([[2.0, -1.0, 0.3], [0.5, 3.0, 1.0], [-0.7, 0.4, 1.5]])
SPD = B @ B.T + np.eye(3)


def _matrix(x):
    return B + np.outer(x, [0.3, -0.2, 0.5])


def _symmetric(x):
    return SPD + np.outer(x, x) + np.diag(x)


def dot_vectors(x):
    return np.dot(x, B[0]) * np.dot(x, x)


def dot_method(x):
    return B.dot(x).dot(x)


def quadratic_form(x):
    return x @ SPD @ x


def quadratic_form_transposed(x):
    return x.T @ B @ x - B[0].T @ x


def matmul_batched(x):
    S = np.stack([np.outer(x, x), np.diag(x)])
    return S @ B


def matrix_product(X):
    return X @ X.T @ X


def vdot_inner(x):
    return np.vdot(x, B[1]) * np.inner(x, x)


def inner_matrices(x):
    return np.inner(_matrix(x), B)


def outer_product(x):
    return np.outer(x, x**2)


def einsum_quadratic(x):
    return np.einsum("i,ij,j->", x, B, x)


def einsum_matvec(x):
    return np.einsum("ij,j", B, x)


def einsum_trace(x):
    return np.einsum("ii", np.outer(x, x) @ B)


def einsum_diagonal(x):
    return np.einsum("ii->i", np.outer(x, x) @ B)


def einsum_ellipsis(x):
    T = np.multiply.outer(x, B)
    return np.einsum("...ij,j->...i", T, x)


def einsum_repeated_operand(x):
    return np.einsum("i,i,i->i", x, x, B[0])


def einsum_list_form(x):
    return np.einsum(B, [0, 1], x, [1], [0])


def einsum_optimized(x):
    return np.einsum("ij,jk,k->i", B, SPD, x**2, optimize=True)


def einsum_transpose(x):
    return np.einsum("ij->ji", np.outer(x, B[0])) ** 2


def tensordot_one(x):
    return np.tensordot(np.multiply.outer(x, B), B, axes=([1, 2], [0, 1]))


def tensordot_number(x):
    return np.tensordot(np.outer(x, x), B, axes=2)


def tensordot_single(x):
    return np.tensordot(B, np.outer(x, x), axes=1)


def kron_product(x):
    return np.kron(x, B[0]).sum() * np.kron(np.diag(x), B)[4, 5]


def cross_product(x):
    return np.cross(x, B[0])


def cross_rows(x):
    return np.cross(B * x, B[::-1])


def multi_dot_chain(x):
    return LA.multi_dot([x, B, SPD, x])


def matrix_power_three(x):
    return LA.matrix_power(_matrix(x), 3)


def matrix_power_negative(x):
    return np.linalg.matrix_power(_matrix(x), -2)[0]


def trace_product(x):
    return np.trace(_matrix(x) @ B)


def trace_inverse(x):
    return np.trace(np.linalg.inv(_symmetric(x)))


def norm_two(x):
    return np.linalg.norm(x - B[0])


def norm_one(x):
    return norm(x, 1)


def norm_infinity(x):
    return norm(x, np.inf) ** 2


def norm_minus_infinity(x):
    return norm(x, -np.inf)


def norm_three(x):
    return norm(x, ord=3)


def norm_half(x):
    return norm(x, 0.5)


def norm_frobenius(x):
    return norm(_matrix(x))


def norm_fro_named(x):
    return norm(_matrix(x), "fro") ** 2


def norm_nuclear(x):
    return norm(_matrix(x), "nuc")


def norm_spectral(x):
    return norm(_matrix(x), 2)


def norm_smallest(x):
    return norm(_matrix(x), -2)


def norm_matrix_one(x):
    return norm(_matrix(x), 1)


def norm_matrix_infinity(x):
    return norm(_matrix(x), np.inf)


def norm_axis(x):
    return norm(_matrix(x), axis=1)


def norm_keepdims(x):
    A = _matrix(x)
    return A / norm(A, axis=0, keepdims=True)


def norm_vector_function(x):
    return np.linalg.vector_norm(_matrix(x), ord=3, axis=0)


def norm_matrix_function(x):
    return np.linalg.matrix_norm(_matrix(x))


def normalise(x):
    return x / np.linalg.norm(x)


def solve_vector(x):
    return np.linalg.solve(_matrix(x), B[2])


def solve_active_right(x):
    return solve(B, x**2)


def solve_both(x):
    return solve(_matrix(x), x)


def solve_matrix(x):
    return solve(_matrix(x), B)


def solve_batched(x):
    A = np.stack([_matrix(x), _symmetric(x)])
    return solve(A, np.stack([B, B]))[:, :, 0]


def solve_scalar_output(x):
    y = solve(_symmetric(x), x)
    return y @ y


def inverse(x):
    return inv(_matrix(x))


def inverse_quadratic(x):
    return B[0] @ inv(_symmetric(x)) @ B[1]


def inverse_batched(x):
    return inv(np.stack([_matrix(x), B + np.diag(x)]))[:, 0]


def determinant(x):
    return np.linalg.det(_matrix(x))


def determinant_two_by_two(x):
    return np.linalg.det(np.array([[x[0], x[1]], [x[2], 2.0]]))


def determinant_batched(x):
    return np.linalg.det(np.stack([_matrix(x), _symmetric(x)]))


def determinant_singular(x):
    return np.linalg.det(np.outer(x, x[::-1] + 1.0)[:2, :2] + 0.0)


def log_determinant(x):
    sign, logdet = np.linalg.slogdet(_matrix(x))
    return sign * logdet


def log_determinant_named(x):
    return np.linalg.slogdet(_symmetric(x)).logabsdet


def log_determinant_cholesky(x):
    return 2 * np.sum(np.log(np.diag(np.linalg.cholesky(_symmetric(x)))))


def cholesky_factor(x):
    return np.linalg.cholesky(_symmetric(x))


def cholesky_upper(x):
    return np.linalg.cholesky(_symmetric(x), upper=True)


def cholesky_solve(x):
    L = np.linalg.cholesky(_symmetric(x))
    return solve(L.T, solve(L, x))


def qr_r_factor(x):
    q, r = np.linalg.qr(_matrix(x))
    return r


def qr_q_factor(x):
    return np.linalg.qr(_matrix(x))[0]


def qr_tall(x):
    A = np.column_stack([x, B[0]])
    return np.linalg.qr(A).R


def qr_mode_r(x):
    return np.linalg.qr(_matrix(x), mode="r") ** 2


def eigenvalues_symmetric(x):
    return np.linalg.eigvalsh(_symmetric(x))


def eigenvalues_upper_triangle(x):
    return np.linalg.eigvalsh(np.triu(_symmetric(x)), UPLO="U")


def eigenvectors_symmetric(x):
    w, V = np.linalg.eigh(_symmetric(x))
    return V**2


def eigenvector_signed(x):
    w, V = LA.eigh(_symmetric(x))
    v = V[:, -1]
    return v * np.sign(v[0])


def largest_eigenvalue(x):
    return np.linalg.eigh(_symmetric(x))[0][-1]


def matrix_root_by_eigh(x):
    w, V = np.linalg.eigh(_symmetric(x))
    return (V * np.sqrt(w)) @ V.T


def eigenvalues_general(x):
    return np.sort(np.linalg.eigvals(_matrix(x) @ np.diag([1.0, 2.0, 5.0])).real)


def eigenvalues_complex(x):
    A = np.array([[x[0], -x[1]], [x[2] + 1.0, x[0]]])
    return np.linalg.eigvals(A).imag


def spectral_radius(x):
    return np.max(np.abs(np.linalg.eigvals(_matrix(x))))


def eigenvectors_general(x):
    w, V = np.linalg.eig(_matrix(x) @ np.diag([1.0, 2.0, 5.0]))
    v = V[:, np.argmax(w.real)].real
    return v / v[0]


def singular_values(x):
    return np.linalg.svd(_matrix(x), compute_uv=False)


def singular_values_function(x):
    return np.linalg.svdvals(_matrix(x))


def svd_reconstruction(x):
    U, s, Vh = np.linalg.svd(_matrix(x), full_matrices=False)
    return (U * s**2) @ Vh


def svd_rank_one(x):
    U, s, Vt = np.linalg.svd(_matrix(x))
    return s[0] * np.outer(U[:, 0], Vt[0])


def svd_tall(x):
    A = np.column_stack([x, B[0]])
    u, s, vt = np.linalg.svd(A, full_matrices=False)
    return u[:, 0] * vt[0, 0] * s[1]


def pseudo_inverse(x):
    return np.linalg.pinv(np.column_stack([x, B[0]]))


def pseudo_inverse_square(x):
    return np.linalg.pinv(_matrix(x))[0]


def least_squares(x):
    A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.5]])
    return np.linalg.lstsq(A, x, rcond=None)[0]


def least_squares_active_matrix(x):
    A = np.column_stack([np.ones(3), x])
    coef, residual, rank, sv = np.linalg.lstsq(A, B[2], rcond=None)
    return coef


def least_squares_residual(x):
    A = np.column_stack([np.ones(3), x])
    return np.linalg.lstsq(A, B[2], rcond=None)[1]


def normal_equations(x):
    A = np.column_stack([np.ones(3), x])
    return np.linalg.solve(A.T @ A, A.T @ B[0])


def condition_number(x):
    return np.linalg.cond(_matrix(x))


def condition_number_one(x):
    return np.linalg.cond(_matrix(x), 1)


def rank_as_number(x):
    return np.linalg.matrix_rank(_matrix(x)) * x.sum()


def projection(x):
    P = np.eye(3) - np.outer(x, x) / (x @ x)
    return P @ B[0]


def householder(x):
    v = x.copy()
    v[0] += np.copysign(np.linalg.norm(x), x[0])
    v /= np.linalg.norm(v)
    return B - 2 * np.outer(v, v @ B)


def gram_schmidt(X):
    Q = []
    for a in X.T:
        v = a - sum(np.dot(q, a) * q for q in Q)
        Q.append(v / np.linalg.norm(v))
    return np.array(Q)


def rodrigues(x):
    t = np.linalg.norm(x)
    k = x / t
    K = np.array([[0, -k[2], k[1]], [k[2], 0, -k[0]], [-k[1], k[0], 0]])
    return np.eye(3) + np.sin(t) * K + (1 - np.cos(t)) * K @ K


def gaussian_log_density(x):
    d = x - B[0]
    S = _symmetric(x)
    return -0.5 * d @ np.linalg.solve(S, d) - 0.5 * np.linalg.slogdet(2 * np.pi * S)[1]


def mahalanobis(x):
    d = x - B[1]
    return np.sqrt(d @ np.linalg.inv(SPD) @ d)


def woodbury(x):
    u = x[:, None]
    Ai = np.linalg.inv(SPD)
    return Ai - Ai @ u @ np.linalg.inv(np.eye(1) + u.T @ Ai @ u) @ u.T @ Ai


def schur_complement(x):
    M = _symmetric(x)
    return M[0, 0] - M[0, 1:] @ np.linalg.solve(M[1:, 1:], M[1:, 0])


def power_iteration(x):
    v = np.ones(3)
    A = _symmetric(x)
    for _ in range(15):
        v = A @ v
        v = v / np.linalg.norm(v)
    return v @ A @ v


def newton_schulz(x):
    A = _symmetric(x)
    X = A.T / (np.linalg.norm(A, 1) * np.linalg.norm(A, np.inf))
    for _ in range(6):
        X = X @ (2 * np.eye(3) - A @ X)
    return X


def tensorsolve_small(x):
    return np.linalg.tensorsolve(_matrix(x), B[0])


def tensorinv_small(x):
    return np.linalg.tensorinv(_matrix(x).reshape(3, 3), ind=1)


def linalg_diagonal_outer(x):
    return np.linalg.diagonal(np.linalg.outer(x, x))


def linalg_cross_trace(x):
    return np.linalg.trace(_matrix(x)) * np.linalg.cross(x, B[0])


def repeated_eigenvalues_symmetric_sum(x):
    w = np.linalg.eigvalsh(np.eye(3) * 2 + 0 * np.outer(x, x) + np.diag(x))
    return np.sum(w**2)


def repeated_eigenvalues_trace_exp(x):
    A = np.diag([x[0], x[0], x[0]]) * x[1]
    w, V = np.linalg.eigh(A)
    return np.trace((V * np.exp(w)) @ V.T)


POINTS = {
    "matrix_product": [[0.7, -1.2], [0.4, 0.9], [1.5, 0.3]],
    "gram_schmidt": [[0.7, -1.2], [0.4, 0.9], [1.5, 0.3]],
    "repeated_eigenvalues_symmetric_sum": [0.5, 0.5, 0.5],
}
DEFAULT = [0.7, 1.3, 0.4]
