"""Reading elements by every kind of index."""

import itertools

import numpy as np

PERM = [3, 0, 4, 1, 2]
M = np.array([[0.5, -1.0, 2.0, 0.1, 0.7], [1.5, 0.2, -0.4, 0.9, 0.3]])


def single_items(x):
    return x[0] * x[1] - x[2] / x[3]


def negative_items(x):
    return x[-1] ** 2 + x[-3] * x[0]


def slices_neighbours(x):
    return x[1:] * x[:-1]


def slice_steps(x):
    return x[::2].sum() * x[1::2].sum()


def slice_negative_step(x):
    return x[::-1] * M[0]


def slice_objects(x):
    s = slice(1, None, 2)
    return x[s] ** 2 * x[slice(0, 2)]


def ellipsis_index(x):
    return x[...] * 2 + x[..., 0]


def new_axis_index(x):
    return x[None, 1:3] * x[3:, None]


def fancy_list(x):
    return x[[0, 2, 2, 1]] ** 2


def fancy_permutation(x):
    return x[PERM] * x


def fancy_array_2d(x):
    return x[np.array([[0, 1], [4, 4]])] ** 2


def fancy_negative(x):
    return x[[-1, -2, 0]] * 3


def mask_numbers(x):
    return x[x > 0.5] ** 2


def mask_constant(x):
    return x[np.array([True, False, True, False, True])] ** 3


def mask_combined(x):
    keep = (x > 0.0) & (x < 1.5)
    return np.sum(x[keep]) * np.prod(x[~keep])


def mask_rows(x):
    A = np.outer(x[:3], x)
    return A[A[:, 0] > 0.3].sum(axis=0)


def matrix_items(x):
    A = np.outer(x, x[:2])
    return A[0, 1] * A[4, 0] + A[-1, -1]


def matrix_rows_columns(x):
    A = x[:4].reshape(2, 2)
    return A[0] * A[:, 1] + A[1, :]


def matrix_fancy_pairs(x):
    A = np.outer(x, M[0])
    return A[[0, 1, 2], [2, 3, 4]] ** 2


def matrix_fancy_mixed(x):
    A = np.outer(x, M[0])
    return A[1:3, [0, 4]].ravel() ** 2


def matrix_fancy_with_newaxis(x):
    A = M * x
    return A[[[0], [1]], [0, 2, 4]]


def grid_ix(x):
    A = np.outer(x, x)
    return A[np.ix_([0, 2], [1, 3, 4])]


def take_flat(x):
    return np.take(x, [4, 0, 0]) ** 2


def take_axis(x):
    return np.take(M * x, [3, 1], axis=1)


def take_mode_wrap(x):
    return np.take(x, [7, -8, 2], mode="wrap") ** 2


def take_method_clip(x):
    return x.take([9, 1], mode="clip") * x[0]


def take_along(x):
    A = M * x
    order = np.argsort(M, axis=1)
    return np.take_along_axis(A, order, axis=1)


def choose_rows(x):
    return np.choose([0, 1, 1, 0, 1], [x, x**2])


def select_cases(x):
    return np.select([x < 0, x < 1], [x**2, np.sin(x)], default=-1.0 * x)


def where_three(x):
    return np.where(x > 0.5, np.log(np.abs(x)), x**3)


def where_indices(x):
    (i,) = np.where(x > 0.5)
    return x[i] ** 2


def nonzero_indices(x):
    idx = np.nonzero(x > 0.6)[0]
    return np.sum(x[idx] * idx)


def flatnonzero_argwhere(x):
    k = np.flatnonzero(x < 1)
    j = np.argwhere(x > 1)[:, 0]
    return x[k].sum() * x[j].sum()


def compress_extract(x):
    c = [True, True, False, True, False]
    return np.compress(c, x) * np.extract(np.array(c), x**2)


def piecewise_constant_pieces(x):
    return np.piecewise(x, [x < 0, x >= 0], [lambda v: -v, lambda v: v**2])


def piecewise_numbers(x):
    return np.piecewise(x, [x < 0.5, x > 1], [2.0, lambda t: np.exp(-t), lambda t: t**3])


def argmax_neighbours(x):
    k = np.argmax(x)
    return x[k] * x[(k + 1) % len(x)] - x[k - 1]


def argmin_matrix(x):
    A = M * x
    return A[np.arange(2), A.argmin(axis=1)]


def argsort_index(x):
    return x[np.argsort(x)] * np.arange(5)


def argsort_descending(x):
    return x[np.argsort(-x)][:3] ** 2


def searchsorted_lookup(x):
    edges = np.array([0.0, 0.5, 1.0, 1.5])
    k = np.searchsorted(edges, x)
    return x * k + edges[k - 1]


def digitize_lookup(x):
    slopes = np.array([1.0, -2.0, 3.0, 0.5])
    return slopes[np.digitize(x, [0.0, 0.8, 1.2])] * x**2


def loop_over_range(x):
    s = 0.0
    for i in range(len(x) - 1):
        s += (x[i + 1] - x[i] ** 2) ** 2
    return s


def loop_over_elements(x):
    p = 1.0
    for v in x:
        p = p * (1 + v**2)
    return p


def loop_enumerate(x):
    return sum(i * v**2 for i, v in enumerate(x, start=1))


def loop_zip(x):
    return sum(a * b for a, b in zip(x[:-1], x[1:]))


def loop_rows(x):
    s = 0
    for row in np.outer(x[:2], x):
        s = s + row[0] * row[-1]
    return s


def loop_combinations(x):
    return sum(a * b for a, b in itertools.combinations(x, 2))


def loop_ndindex(x):
    A = np.outer(x[:2], x[2:])
    s = 0.0
    for i, j in np.ndindex(A.shape):
        s += A[i, j] ** (i + j)
    return s


def loop_ndenumerate(x):
    s = 0.0
    for (i,), v in np.ndenumerate(x):
        s += (i + 1) * v**2
    return s


def unpacking(x):
    a, b, *rest = x
    return a * b + sum(rest) ** 2


def unpacking_matrix(x):
    (a, b), (c, d) = x[:4].reshape(2, 2)
    return a * d - b * c


def item_method(x):
    return x.item(0) * x.item(3) + x[1].item()


def flat_index(x):
    A = np.outer(x[:2], x[2:])
    return A.flat[3] * A.flat[0] + sum(A.flat)


def nested_lists_index(x):
    table = [[x[0], x[1]], [x[2], x[3]]]
    return table[1][0] * table[0][1]


def index_by_computed_int(x):
    k = int(np.floor(x[4]))
    return x[k] ** 2 + x[int(round(x[1]))]


def diag_indices_pick(x):
    A = np.outer(x, x**2)
    return A[np.diag_indices(5)]


def triu_indices_pick(x):
    A = np.outer(x, x + 1)
    return A[np.triu_indices(5, 1)].sum()


def off_diagonal_mask(x):
    A = np.outer(x, x)
    return A[~np.eye(5, dtype=bool)].sum()


def laplacian_stencil(x):
    U = np.outer(x, x)
    return (U[2:, 1:-1] + U[:-2, 1:-1] + U[1:-1, 2:] + U[1:-1, :-2] - 4 * U[1:-1, 1:-1]).sum()


def lexsort_index(x):
    order = np.lexsort((x, [0, 1, 0, 1, 0]))
    return x[order] * np.arange(1, 6)


def isin_mask(x):
    return x[np.isin(np.arange(5), [1, 4])] ** 2


def empty_slice(x):
    return np.sum(x[5:]) + x[0:1].sum() * x[2]


def tuple_index_variable(x):
    A = np.outer(x, x)
    at = (1, slice(0, 3))
    return A[at] ** 2


POINTS = {"loop_over_range": [0.7, -0.3, 0.4, 1.6, 0.9]}
DEFAULT = [0.7, -0.3, 1.4, 1.1, 2.6]
