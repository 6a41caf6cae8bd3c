"""Who shares memory with whom: writes that must be seen elsewhere, and writes that must not."""

import copy

import numpy as np

WORK = np.zeros(4)


def input_item_written(x):
    x[0] = 2 * x[0] * x[1]
    return x.sum() * x[0]


def input_augmented(x):
    x += 1
    x *= x
    return x


def input_loop_overwritten(x):
    for i in range(len(x)):
        x[i] = x[i] ** 2 + (x[i - 1] if i else 0)
    return x


def input_out_argument(x):
    np.sin(x, out=x)
    return x * x


def input_slice_assigned(x):
    x[:] = np.cumsum(x)
    return x[::-1] * x


def input_sorted(x):
    x.sort()
    return x * np.arange(4)


def input_alias_modified(x):
    y = x
    y[2] = 0.0
    return x**2


def input_view_modified(x):
    y = x[1:3]
    y *= 3
    return x**2


def input_reshape_is_view(x):
    A = x.reshape(2, 2)
    x[3] = x[0] * 5
    return A @ A


def input_copy_is_not_view(x):
    y = x.copy()
    x[0] = 9.0
    return y * x


def two_overlapping_views(x):
    y = x * 1
    a, b = y[:3], y[1:]
    a[1] = 7 * x[0]
    return b * a


def rows_by_iteration(x):
    A = np.outer(x[:2], x[2:])
    for row in A:
        row *= x[0]
    return A


def rows_by_iteration_item(x):
    A = np.zeros((2, 2))
    for i, row in enumerate(A):
        row[i] = x[i] ** 2
    return A + x[3]


def row_swap_by_tuple_without_copy(x):
    A = np.outer(x, x[:2])
    A[0], A[1] = A[1], A[0]
    return A


def row_swap_with_copies(x):
    A = np.outer(x, x[:2])
    A[0], A[1] = A[1].copy(), A[0].copy()
    return A


def element_swap(x):
    y = x**2
    y[0], y[1] = y[1], y[0]
    return y * x


def slice_exchange(x):
    y = x * 2
    y[:2], y[2:] = y[2:], y[:2]
    return y


def reverse_onto_itself(x):
    y = x**2
    y[:] = y[::-1]
    return y


def halves_added(x):
    y = x.copy()
    y[::2] += y[1::2]
    y[1::2] -= y[::2]
    return y


def fancy_read_is_a_copy(x):
    A = np.outer(x, x)
    A[[0, 1]][0] = 5.0
    return A[0]


def mask_read_is_a_copy(x):
    y = x * 2
    y[y > 1][0] = 100.0
    return y


def chained_index_writes(x):
    A = np.zeros((2, 2))
    A[0][1] = x[0]
    A[1][:] = x[2:]
    return A * x[1]


def flatten_write_is_lost(x):
    A = x.reshape(2, 2) * 1.0
    A.flatten()[0] = 50.0
    A.ravel()[1] = x[3] ** 2
    return A


def ravel_of_transpose_is_a_copy(x):
    A = x.reshape(2, 2) * 1.0
    A.T.ravel()[0] = 50.0
    return A


def ravel_of_transpose_fortran(x):
    A = x.reshape(2, 2) * 1.0
    A.T.ravel(order="F")[0] = x[3]
    return A


def array_function_copies(x):
    y = np.array(x)
    z = np.asarray(x)
    y[0] = 100.0
    z[1] = x[0] ** 2
    return x * y[1]


def list_of_rows_are_views(x):
    A = np.outer(x[:2], x[2:])
    rows = list(A)
    rows[0][:] = x[0]
    return A


def list_multiplied_aliases(x):
    rows = [np.zeros(2)] * 2
    rows[0][0] = x[0]
    rows[1][1] += x[1]
    return np.array(rows)


def nested_list_aliases(x):
    grid = [[0.0] * 2] * 2
    grid[0][1] = x[2]
    return np.array(grid) * x[0]


def same_array_twice_in_a_list(x):
    y = x**2
    pair = [y, y]
    pair[0] += 1
    return pair[1]


def dict_shares_array(x):
    d = {"a": x.copy()}
    e = dict(d)
    e["a"][0] *= x[3]
    return d["a"]


def shallow_copy_shares(x):
    d = {"a": x * 1.0}
    e = copy.copy(d)
    e["a"][1] = x[0]
    return d["a"]


def deep_copy_separates(x):
    d = {"a": x * 1.0}
    e = copy.deepcopy(d)
    e["a"][1] = 10 * x[0]
    return d["a"] * e["a"]


def atleast_2d_is_view(x):
    y = x * 1.0
    np.atleast_2d(y)[0, 1] = x[0] ** 3
    return y


def expand_and_squeeze_views(x):
    y = x * 1.0
    np.expand_dims(y, 0)[0, 0] = x[1]
    np.squeeze(y[None])[2] += x[0]
    return y


def newaxis_view_written(x):
    y = x * 1.0
    y[:, None][1, 0] = x[2] ** 2
    return y


def moved_axes_view_written(x):
    A = np.outer(x[:2], x[2:])
    np.moveaxis(A, 0, 1)[1] = x[0]
    np.swapaxes(A, 0, 1)[0] *= 2
    return A


def flip_view_written(x):
    y = x**2
    np.flip(y)[0] = x[0]
    y[::-1][1] *= x[1]
    return y


def rot90_view_written(x):
    A = np.outer(x[:2], x[2:])
    np.rot90(A)[0] = x[:2]
    return A


def flat_iterator_written(x):
    A = np.zeros((2, 2))
    A.flat = x
    A.flat[0] = x[3] ** 2
    A.flat[[1, 2]] = x[0]
    return A


def view_method_written(x):
    y = x * 1.0
    v = y.view()
    v[0] = x[1] * x[2]
    return y


def split_parts_written(x):
    y = x * 1.0
    a, b = np.split(y, 2)
    a *= b
    b[0] = a[1]
    return y


def diagonal_of_einsum_written(x):
    A = np.outer(x, x)
    np.einsum("ii->i", A)[:] = x
    return A


def column_view_kept(x):
    A = np.zeros((3, 2))
    c = A[:, 1]
    A[:, 1] = x[:3]
    c[0] += x[3]
    return A.sum(axis=1) * c


def view_outlives_rebinding(x):
    y = x * 2
    v = y[:2]
    y = y + 1
    v[0] = 100.0
    return y


def augmented_rebinds_or_writes(x):
    y = x * 2
    z = y
    y = y + x
    z += 1
    return y * z


def augmented_of_scalar_does_not_alias(x):
    s = x[0] * 2
    t = s
    s += x[1]
    return s * t


def function_modifies_argument(x):
    def scale(a, f):
        a *= f

    y = x * 1.0
    scale(y[1:3], x[0])
    scale(y, 2)
    return y


def function_default_buffer(x, buffer=np.zeros(4)):
    buffer[:] = x
    buffer[0] *= x[1]
    return buffer.sum() * buffer[0]


def global_buffer_written(x):
    WORK[:] = x**2
    WORK[1] += x[0]
    return WORK * 2


def global_buffer_view_returned(x):
    np.multiply(x, x[::-1], out=WORK)
    return np.sum(WORK[:2]) ** 2


def closure_buffer(x):
    history = np.zeros((3, 4))

    def push(k, v):
        history[k] = v

    push(0, x)
    push(1, history[0] * 2)
    push(2, history[1] * history[0])
    return history[2]


def class_buffer(x):
    class Filter:
        def __init__(self):
            self.state = np.zeros(2)

        def __call__(self, v):
            out = v + self.state[0]
            self.state[0] = 0.5 * self.state[1] + v
            self.state[1] = -0.2 * out
            return out

    f = Filter()
    return np.array([f(v) for v in x])


def write_between_reads(x):
    y = np.zeros(2)
    y[0] = x[0]
    a = y[0] * 2
    y[0] = x[1]
    b = y[0] * 3
    return a * b


def read_view_before_and_after(x):
    y = x * 1.0
    v = y[:2]
    before = v.sum()
    y[0] = x[3] ** 2
    return before * v.sum()


def out_overlaps_input(x):
    y = x * 1.0
    np.add(y[:-1], y[1:], out=y[1:])
    return y


def out_into_row_of_matrix(x):
    A = np.ones((2, 4))
    np.exp(x, out=A[1])
    A[0] *= A[1]
    return A


def add_at_view(x):
    A = np.zeros((2, 2))
    np.add.at(A[0], [0, 0, 1], x[:3])
    np.add.at(A, ([1, 1], [0, 0]), x[2:])
    return A


def put_into_transpose(x):
    A = np.zeros((2, 2))
    np.copyto(A.T, x.reshape(2, 2))
    A.T[0, 1] *= 2
    return A


def fill_diagonal_of_block(x):
    A = np.outer(x, x)
    np.fill_diagonal(A[:2, :2], x[3])
    return A


def generator_sees_later_write(x):
    y = x * 1.0
    g = (v * 2 for v in y)
    y[3] = x[0] ** 2
    return sum(g)


def late_binding_lambdas(x):
    fs = [lambda t: t * x[i] for i in range(3)]
    return sum(f(x[3]) for f in fs)


def real_view_item(x):
    z = np.exp(1j * x)
    return z.real[0] * z.imag[1] + z[2].real


def real_view_slice(x):
    z = (x + 1j) ** 2
    r = z.real
    return r[1:] * r[0]


def imag_view_iterated(x):
    z = np.exp(1j * x)
    return sum(v**2 for v in z.imag)


def real_view_written(x):
    z = x * (1 + 1j)
    z.real[0] = x[3]
    z.imag[1:] *= 2
    return np.abs(z)


def complex_row_written(x):
    Z = np.zeros((2, 2), dtype=complex)
    Z[0] = x[:2] * 1j
    Z[1, 0] = x[2]
    Z[1] += x[3]
    return np.abs(Z) ** 2


def complex_in_place_operators(x):
    z = x + 0j
    z *= 1j
    z += x**2
    z /= 2 - 1j
    return z.real


def integer_power_in_place(x):
    y = x * 1.0
    y **= 3
    y //= 0.31
    y %= 0.7
    return y * x


def concatenated_is_a_copy(x):
    y = np.concatenate([x[:2], x[2:]])
    y[0] = 10.0
    return x * y[1]


def stack_then_write(x):
    A = np.stack([x, x])
    A[0, 0] = x[1] ** 2
    return A.sum(axis=0)


def broadcast_to_copy_written(x):
    A = np.broadcast_to(x, (2, 4)).copy()
    A[0] += x[::-1]
    return A


def tile_then_write(x):
    A = np.tile(x, (2, 1))
    A[1, ::2] = 0
    return A.sum(axis=0) * x


def meshgrid_written(x):
    U, V = np.meshgrid(x[:2], x[2:])
    U[0, 0] = x[3]
    return U * V


def where_result_written(x):
    y = np.where(x > 1, x, 2 * x)
    y[y > 1.35] -= 1
    return y


def sorted_copy_written(x):
    y = np.sort(x)
    y[0] = x[0]
    return y * x


def deletion_and_insertion_written(x):
    y = np.delete(x, 1)
    y[0] += x[1]
    z = np.insert(y, 0, x[1])
    z[0] *= 2
    return z


POINTS = {}
DEFAULT = [0.7, 1.3, 0.4, 2.2]
