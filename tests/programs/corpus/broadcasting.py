"""Operands of different shapes meeting each other."""

import numpy as np

GRID = np.linspace(0.0, 1.0, 4)
TABLE = np.array([[1.0, -2.0, 0.5], [0.3, 0.7, -1.1]])


def row_plus_column(x):
    return x[:, None] + x[None, :]


def column_times_row(x):
    return x[:, np.newaxis] * x


def scalar_over_array(x):
    return x[0] * TABLE


def vector_over_matrix(x):
    return TABLE + x


def column_over_matrix(x):
    return TABLE * x[:2, None]


def matrix_divided_by_row(x):
    return TABLE / (x + 2)


def three_axes(x):
    return (x[:, None, None] * x[None, :, None] - x[None, None, :]).sum()


def pairwise_distances(X):
    d = X[:, None, :] - X[None, :, :]
    return np.sqrt((d**2).sum(-1) + 0.1)


def squared_distance_matrix(X):
    s = np.sum(X**2, axis=1)
    return s[:, None] + s - 2 * X @ X.T


def gaussian_kernel(x):
    return np.exp(-((x[:, None] - GRID) ** 2) / 0.5)


def broadcast_to_matrix(x):
    return np.broadcast_to(x, (2, 3)) * TABLE


def broadcast_arrays_both(x):
    a, b = np.broadcast_arrays(x[:, None], x)
    return a * b**2


def outer_of_functions(x):
    return np.outer(np.sin(x), np.cos(x))


def meshgrid_field(x):
    U, V = np.meshgrid(x, GRID)
    return np.sum(U * V + U**2)


def meshgrid_ij(x):
    U, V = np.meshgrid(x, x[:2], indexing="ij")
    return U / (1 + V)


def meshgrid_sparse(x):
    U, V = np.meshgrid(x, x, sparse=True)
    return U**2 - V


def power_table(x):
    return x[:, None] ** np.arange(4)


def polynomial_features(x):
    return np.column_stack([x**k for k in range(3)])


def subtract_outer(x):
    return np.subtract.outer(GRID, x)


def where_broadcast(x):
    return np.where(TABLE > 0, x, 0.5)


def maximum_broadcast(x):
    return np.maximum(TABLE, x)


def one_element_array(x):
    return x[:1] * TABLE.sum(axis=1)


def keepdims_normalise(X):
    return X / np.sqrt((X**2).sum(axis=1, keepdims=True))


def standardise_columns(X):
    return (X - X.mean(0)) / X.std(0)


def scalar_input_to_grid(t):
    return np.sin(t * GRID)


def scalar_input_meshgrid(t):
    A, B = np.meshgrid(GRID, GRID[:2])
    return np.sum(np.exp(-t * A) * B)


def zero_dimensional(x):
    return np.array(2.0) * x[0] + np.asarray(x[1]) * x[2]


def expand_dims_product(x):
    return np.expand_dims(x, 0) * np.expand_dims(x, 1)


def batched_matvec(X):
    stack = np.array([[[1.0, 2.0, 0.0], [0.5, 0.5, 1.0]], [[2.0, 0.0, 1.0], [1.0, -1.0, 0.3]]])
    return stack @ X.T


def bias_and_weights(x):
    W, b = x[:6].reshape(2, 3), x[6:]
    return np.tanh(TABLE @ W.T + b)


def atleast_promotions(x):
    return np.atleast_2d(x) + np.atleast_1d(x[0]) * np.atleast_3d(x)[0]


def broadcast_shapes_used(x):
    out = np.zeros(np.broadcast_shapes((3, 1), (1, 3)))
    out += x
    out *= x[:, None]
    return out


def radial_basis(x):
    centres = np.array([[0.0, 0.0], [1.0, 0.5]])
    r = np.hypot(x[0] - centres[:, 0], x[1] - centres[:, 1])
    return np.sum(np.exp(-(r**2))) * x[2]


def vander_by_broadcast(x):
    return np.sum(x[:, None] ** np.arange(3)[::-1] @ np.array([1.0, -2.0, 0.5]))


def coulomb_energy(X):
    i, j = np.triu_indices(len(X), 1)
    return np.sum(1.0 / np.linalg.norm(X[i] - X[j], axis=1))


def lennard_jones(X):
    d2 = ((X[:, None] - X[None]) ** 2).sum(-1)
    d2 = d2[np.triu_indices(len(X), k=1)]
    return 4 * np.sum(d2**-6 - d2**-3)


def cosine_similarity(X):
    U = X / np.linalg.norm(X, axis=1)[:, None]
    return U @ U.T


POINTS = {
    **dict.fromkeys(
        "pairwise_distances squared_distance_matrix keepdims_normalise standardise_columns coulomb_energy "
        "lennard_jones cosine_similarity".split(),
        [[0.3, 1.2], [-0.9, 0.4], [1.1, -1.3]],
    ),
    "batched_matvec": [[0.3, 1.2, -0.5], [0.8, -0.1, 0.9]],
    "bias_and_weights": [0.1, -0.4, 0.7, 0.3, 0.9, -0.2, 0.5, -0.6],
    "scalar_input_to_grid": 1.3,
    "scalar_input_meshgrid": 0.8,
}
DEFAULT = [0.7, 1.3, 0.4]
