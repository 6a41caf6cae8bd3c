"""Functions that only move elements."""

import numpy as np

W = np.arange(1.0, 7.0)


def reshape_matrix(x):
    return x.reshape(2, 3) @ np.array([1.0, -1.0, 2.0])


def reshape_minus_one(x):
    return np.reshape(x, (3, -1)) ** 2


def reshape_fortran(x):
    return x.reshape((2, 3), order="F") * W.reshape(2, 3)


def ravel_fortran(x):
    return np.ravel(x.reshape(2, 3), order="F") * W


def flatten_transpose(x):
    return x.reshape(2, 3).T.flatten() * W


def transpose_axes(x):
    return np.transpose(x.reshape(1, 2, 3), (2, 0, 1)) * 2


def swap_axes(x):
    return np.swapaxes(x.reshape(2, 3), 0, 1).ravel() * W


def move_axis(x):
    return np.moveaxis(x.reshape(1, 2, 3), 0, -1).ravel() * W


def roll_axis(x):
    return np.rollaxis(x.reshape(1, 2, 3), 2).ravel() * W


def matrix_transpose_property(x):
    return x.reshape(2, 3).mT @ x.reshape(2, 3)


def squeeze_expand(x):
    return np.squeeze(x[None, :, None]) * np.expand_dims(x, 0)


def concatenate_three(x):
    return np.concatenate((x[:2] ** 2, [1.0], x[3:] * x[0]))


def concatenate_axis(x):
    A = x.reshape(2, 3)
    return np.concatenate([A, A**2], axis=1)


def concatenate_none_axis(x):
    return np.concatenate([x.reshape(2, 3), x[:2, None]], axis=None) ** 2


def stack_rows(x):
    return np.stack([x[:3], x[3:] ** 2])


def stack_last(x):
    return np.stack((x, W), axis=-1) ** 2


def vertical(x):
    return np.vstack([x[:3], [1.0, 2.0, 3.0], x[3:]])


def horizontal(x):
    return np.hstack((x[0], x[1:3], 5.0)) ** 2


def depth(x):
    return np.dstack([x[:3], x[3:]]).sum(axis=1) ** 2


def columns(x):
    return np.column_stack((x[:3], x[3:])) ** 3


def block_matrix(x):
    A, b = x[:4].reshape(2, 2), x[4:]
    return np.block([[A, b[:, None]], [b[None, :], np.ones((1, 1))]])


def split_equal(x):
    a, b, c = np.split(x, 3)
    return a * b - c


def split_at(x):
    a, b = np.split(x, [2])
    return a.sum() * b.prod()


def array_split_uneven(x):
    return sum(part.prod() for part in np.array_split(x, 4))


def hsplit_vsplit(x):
    left, right = np.hsplit(x.reshape(2, 3)[:, :2], 2)
    top, bottom = np.vsplit(x.reshape(2, 3), 2)
    return np.sum(left * right) + np.sum(top * bottom)


def unstack_rows(x):
    a, b = np.unstack(x.reshape(2, 3))
    return a * np.exp(b)


def tile_vector(x):
    return np.tile(x[:2], 3) * x


def tile_matrix(x):
    return np.tile(x[:2], (3, 2)).sum(axis=1) * x[2]


def repeat_counts(x):
    return np.repeat(x[:3], [1, 0, 3]) ** 2


def repeat_axis(x):
    return np.repeat(x.reshape(2, 3), 2, axis=0) ** 2


def flip_all(x):
    return np.flip(x) * x


def flip_lr_ud(x):
    return np.fliplr(x.reshape(2, 3)) + np.flipud(x.reshape(2, 3)) ** 2


def rotate(x):
    return np.rot90(x.reshape(2, 3)) ** 2


def roll_shift(x):
    return np.roll(x, 2) - 2 * x + np.roll(x, -1)


def roll_two_axes(x):
    return np.roll(x.reshape(2, 3), (1, 2), axis=(0, 1)) * x.reshape(2, 3)


def pad_constant(x):
    return np.pad(x, (1, 2)) ** 2


def pad_edge(x):
    return np.pad(x, 2, mode="edge") ** 2


def pad_reflect_wrap(x):
    return np.pad(x, 2, mode="reflect") * np.pad(x, 2, mode="wrap")


def pad_symmetric_matrix(x):
    return np.pad(x.reshape(2, 3), ((1, 0), (0, 1)), "symmetric").sum(axis=0)


def pad_constant_value(x):
    return np.pad(x, (1, 1), constant_values=(2.0, -1.0)) * 3


def diagonal_build(x):
    return np.diag(x[:3]) @ np.diag(x[3:])


def diagonal_offset(x):
    return np.diag(x[:3], k=1) + np.diag(x[3:], -1)


def diagonal_take(x):
    return np.diagonal(np.outer(x, x), 1) ** 2


def diagflat_trace(x):
    return np.trace(np.diagflat(x) + np.outer(x, W))


def triangle_upper(x):
    return np.triu(np.outer(x[:3], x[3:]))


def triangle_lower(x):
    return np.tril(np.outer(x[:3], x[3:]), -1).sum()


def triangle_fill(x):
    L = np.zeros((3, 3))
    L[np.tril_indices(3)] = x
    return L @ L.T


def vandermonde(x):
    return np.vander(x[:3])


def vandermonde_increasing(x):
    return np.vander(x[:3], 4, increasing=True)


def kronecker(x):
    return np.kron(x[:2], x[2:])


def kronecker_matrix(x):
    return np.kron(np.eye(2), x[:4].reshape(2, 2))


def append_values(x):
    return np.append(x, [x[0] * x[1], 3.0]).prod()


def insert_value(x):
    return np.insert(x, 2, x[0] ** 2) * np.arange(7)


def insert_several(x):
    return np.insert(x, [1, 3], [5.0, 6.0]).cumsum()


def delete_one(x):
    return np.delete(x, 2) ** 2


def delete_column(x):
    return np.delete(x.reshape(2, 3), 1, axis=1) ** 2


def resize_repeat(x):
    return np.resize(x, (2, 4)) ** 2


def r_concatenation(x):
    return np.r_[x[:2], 0.0, x[2:4] ** 2]


def c_columns(x):
    return np.c_[x[:3], x[3:]] ** 2


def trim_zeros_inner(x):
    return np.trim_zeros(np.concatenate([[0.0], x[:3], [0.0]])) ** 2


def ediff(x):
    return np.ediff1d(x) ** 2


def broadcast_flip_chain(x):
    return x[::-1].reshape(3, 2).T.ravel()[::2] ** 2


def block_diagonal_by_hand(x):
    M = np.zeros((4, 4))
    M[:2, :2] = x[:4].reshape(2, 2)
    M[2:, 2:] = np.diag(x[4:])
    return M @ M


def copies(x):
    return np.copy(x) * x.copy() + np.array(x, copy=True)


def array_from_nested_lists(x):
    return np.array([[x[0], 1.0], [x[1] * x[2], x[3] ** 2]])


def array_from_tuples(x):
    return np.array(((x[0], x[1]), (x[2], 0.0))).T @ np.array([x[3], x[4]])


def array_of_rows(x):
    return np.array([x[:3], x[3:]]).sum(axis=0)


def asarray_of_list(x):
    rows = []
    for i in range(3):
        rows.append([x[i] ** j for j in range(3)])
    return np.asarray(rows)


def unravel_and_flat(x):
    A = x.reshape(2, 3)
    i, j = np.unravel_index(4, (2, 3))
    return A[i, j] * A.flat[2] + A.flat[-1]


def sliding_windows(x):
    return np.lib.stride_tricks.sliding_window_view(x, 3).sum(axis=1) ** 2


def average_pooling(x):
    return x.reshape(-1, 2).mean(axis=1) ** 2


def symmetric_from_triangle(x):
    A = np.zeros((3, 3))
    A[np.triu_indices(3)] = x
    return A + A.T - np.diag(np.diag(A))


POINTS = {}
DEFAULT = [0.7, 1.3, 0.4, -0.8, 2.1, 0.9]
