"""Writing into arrays: buffers, copies, views, aliases, out=, ufunc.at."""

import numpy as np


def fill_zeros(x):
    y = np.zeros(4)
    for i in range(4):
        y[i] = x[i] ** 2
    return y


def fill_empty(x):
    y = np.empty(len(x))
    for i, v in enumerate(x):
        y[i] = np.sin(v) * i
    return y


def fill_empty_like(x):
    y = np.empty_like(x)
    y[:] = x[::-1]
    y[0] *= x[1]
    return y


def fill_matrix(x):
    A = np.zeros((4, 4))
    for i in range(4):
        for j in range(4):
            A[i, j] = x[i] * x[j] ** 2
    return A


def fill_full(x):
    y = np.full(4, 2.0)
    y[1:3] += x[:2]
    return y * y


def full_of_active(x):
    return np.full((2, 2), x[0]) * np.full(2, x[1] * x[2])


def full_like_active(x):
    return np.full_like(np.zeros(3), x[3]) * x[:3]


def ones_scaled(x):
    y = np.ones_like(x)
    y *= x
    y /= x[::-1]
    return y


def arange_buffer(x):
    y = np.arange(4.0)
    y[2] = x[0]
    y += x
    return y


def slice_write(x):
    y = np.zeros(6)
    y[1:5] = x
    y[0] = y[1] * 2
    return y[1:] - y[:-1]


def step_write(x):
    y = np.zeros(8)
    y[::2] = x
    y[1::2] = x**2
    return y


def negative_step_write(x):
    y = np.zeros(4)
    y[::-1] = x * np.arange(4)
    return y


def mask_write(x):
    y = x.copy()
    y[y > 1] = 0.5
    return y**2


def mask_write_values(x):
    y = x.copy()
    y[x < 1] = x[x < 1] ** 3
    return y


def mask_augmented(x):
    y = x**2
    y[x > 0.5] *= x[0]
    return y


def fancy_write(x):
    y = np.zeros(5)
    y[[3, 0, 4, 1]] = x
    return y * np.arange(5)


def fancy_write_duplicates(x):
    y = np.zeros(3)
    y[[0, 0, 1, 2]] = x
    return y**2


def fancy_augmented_duplicates(x):
    y = x.copy()
    y[[0, 0, 1]] += x[1:]
    return y


def row_write(x):
    A = np.eye(2)
    A[1] = x[:2]
    A[:, 0] *= x[2]
    return A


def column_write(x):
    A = np.zeros((2, 3))
    A[:, 1] = x[:2]
    A[0, :] += x[3]
    return A


def broadcast_write(x):
    A = np.zeros((3, 4))
    A[...] = x
    A[1:] = x[0]
    return A


def diagonal_write(x):
    A = np.outer(x, x)
    A[np.arange(4), np.arange(4)] = 1.0
    return A.sum(axis=0)


def fill_diagonal_values(x):
    A = np.zeros((4, 4))
    np.fill_diagonal(A, x**2)
    return A + x


def diagonal_by_stride(x):
    A = np.outer(x, x)
    A.flat[::5] = x
    return A


def augmented_operators(x):
    y = x.copy()
    y += 1
    y -= x**2
    y *= 2
    y /= x
    y **= 2
    return y


def augmented_on_element(x):
    y = np.zeros(2)
    for v in x:
        y[0] += v
        y[1] += v * y[0]
    return y


def augmented_matmul(x):
    A = np.outer(x[:2], x[2:])
    A @= np.array([[1.0, 2.0], [0.5, -1.0]])
    return A


def alias_write(x):
    y = x.copy()
    z = y
    z[0] = x[1] * x[2]
    return y**2


def alias_augmented(x):
    y = x * 1.0
    z = y
    z += 1.0
    return y * x


def view_slice_write(x):
    y = x**2
    v = y[1:3]
    v *= x[0]
    return y


def view_of_view(x):
    y = x.copy()
    v = y[::2]
    w = v[::-1]
    w[0] = x[0] * x[1]
    return y


def view_transpose_write(x):
    A = np.zeros((2, 2))
    A.T[0, 1] = x[0]
    A.T[1] += x[2:]
    return A


def view_reshape_write(x):
    A = x.copy().reshape(2, 2)
    B = A.reshape(4)
    B[3] = B[0] * B[1]
    return A


def view_ravel_write(x):
    A = np.zeros((2, 2))
    flat = A.ravel()
    flat[1] = x[0] ** 2
    flat[2:] = x[2:]
    return A


def view_row_write(x):
    A = np.outer(x, x)
    row = A[1]
    row[:] = 0.0
    row[2] = x[3]
    return A


def view_diagonal_einsum(x):
    A = np.outer(x, x)
    d = np.einsum("ii->i", A)
    d += x
    return A


def flatten_is_a_copy(x):
    A = x.reshape(2, 2)
    B = A.flatten()
    B[0] = 100.0
    return A.sum(axis=1) * B[1]


def input_written(x):
    x = x.copy()
    x[1] = x[0] * x[2]
    x[2] = x[1] * x[3]
    return x


def swap_elements(x):
    y = x.copy()
    y[0], y[3] = y[3], y[0]
    return y * np.arange(1, 5)


def swap_rows(x):
    A = np.outer(x, [1.0, 2.0])
    A[[0, 2]] = A[[2, 0]]
    return A * x[1]


def overlap_shift(x):
    y = x.copy()
    y[1:] = y[:-1] ** 2
    return y


def overlap_augmented(x):
    y = x.copy()
    y[1:] += y[:-1]
    return y


def recurrence(x):
    y = np.zeros(6)
    y[0], y[1] = x[0], x[1]
    for n in range(2, 6):
        y[n] = x[2] * y[n - 1] - x[3] * y[n - 2]
    return y


def trajectory_matrix(x):
    X = np.zeros((5, 2))
    X[0] = x[:2]
    A = np.array([[0.9, 0.2], [-0.3, 0.8]])
    for t in range(4):
        X[t + 1] = A @ X[t] + 0.1 * x[2:] * np.sin(X[t])
    return X


def out_argument(x):
    y = np.empty(4)
    np.exp(x, out=y)
    np.add(y, x, out=y)
    return y


def out_positional_matmul(x):
    out = np.empty((2, 2))
    A = x.reshape(2, 2)
    np.matmul(A, A.T, out)
    return out


def out_of_dot(x):
    out = np.zeros(2)
    np.dot(x.reshape(2, 2), x[:2], out=out)
    return out


def out_slice(x):
    y = np.zeros(8)
    np.multiply(x, 2.0, out=y[::2])
    np.square(x, out=y[1::2])
    return y


def where_argument(x):
    y = np.full(4, 3.0)
    np.divide(1.0, x, out=y, where=x > 0.5)
    return y


def add_at(x):
    y = np.zeros(3)
    np.add.at(y, [0, 1, 1, 2], x**2)
    return y


def subtract_at(x):
    y = x.copy()
    np.subtract.at(y, [0, 0], x[1])
    return y


def multiply_at(x):
    y = x.copy()
    np.multiply.at(y, [1, 2], x[3])
    return y


def copyto_values(x):
    y = np.zeros(4)
    np.copyto(y, x**2)
    np.copyto(y, x, where=np.array([True, False, False, True]))
    return y


def put_values(x):
    y = np.zeros(5)
    np.put(y, [4, 2], x[:2])
    y.put([0], x[3])
    return y


def putmask_place(x):
    y = x.copy()
    np.putmask(y, y > 1.0, x**2)
    z = np.zeros(4)
    np.place(z, np.array([True, False, True, False]), x[:2])
    return y * (1 + z)


def put_along(x):
    A = np.outer(x[:2], x[2:])
    np.put_along_axis(A, np.array([[1], [0]]), x[0] ** 2, axis=1)
    return A


def sort_in_place(x):
    y = x.copy()
    y.sort()
    return y * np.arange(1, 5)


def fill_method(x):
    y = np.zeros(3)
    y.fill(x[2] ** 2)
    return y * x[:3]


def partition_in_place(x):
    y = x.copy()
    y.partition(1)
    return y[0] * y[1] ** 2


def list_buffer_to_array(x):
    out = [0.0] * 4
    out[0] = x[0]
    for i in range(1, 4):
        out[i] = out[i - 1] * x[i]
    return np.array(out)


def list_append_stack(x):
    states = [x]
    for _ in range(3):
        states.append(states[-1] * np.roll(x, 1))
    return np.stack(states)


def zeros_like_integer_trap(x):
    counts = np.zeros(3, dtype=int)
    counts[1] += 2
    return x[:3] * counts


def gauss_elimination(x):
    A = np.outer(x, x) + np.diag(x + 2.0)
    b = np.ones(4)
    n = 4
    for k in range(n):
        for i in range(k + 1, n):
            m = A[i, k] / A[k, k]
            A[i, k:] -= m * A[k, k:]
            b[i] -= m * b[k]
    y = np.zeros(n)
    for i in range(n - 1, -1, -1):
        y[i] = (b[i] - A[i, i + 1 :] @ y[i + 1 :]) / A[i, i]
    return y


def cholesky_by_hand(x):
    A = np.outer(x, x) + 3 * np.eye(4)
    L = np.zeros_like(A)
    for i in range(4):
        for j in range(i + 1):
            s = A[i, j] - np.dot(L[i, :j], L[j, :j])
            L[i, j] = np.sqrt(s) if i == j else s / L[j, j]
    return L


def heat_steps(x):
    u = np.zeros(6)
    u[1:5] = x
    for _ in range(3):
        u[1:-1] += 0.2 * (u[2:] - 2 * u[1:-1] + u[:-2])
    return u


def jacobi_sweeps(x):
    u = x.copy()
    for _ in range(3):
        old = u.copy()
        u[1:-1] = 0.5 * (old[:-2] + old[2:]) + 0.1 * u[1:-1] ** 2
    return u


def gauss_seidel(x):
    u = x.copy()
    for _ in range(2):
        for i in range(1, 3):
            u[i] = 0.5 * (u[i - 1] + u[i + 1] * u[i])
    return u


def window_overlap_add(x):
    y = np.zeros(7)
    for k in range(3):
        y[2 * k : 2 * k + 3] += x[k] * np.array([0.5, 1.0, 0.5]) * x[3]
    return y


def histogram_deposit(x):
    rho = np.zeros(5)
    for v in x:
        k = int(v)
        w = v - k
        rho[k] += 1 - w
        rho[k + 1] += w**2
    return rho


def dynamic_programming(x):
    best = np.zeros((3, 3))
    best[0, 0] = x[0]
    for i in range(3):
        for j in range(3):
            if i == j == 0:
                continue
            options = []
            if i:
                options.append(best[i - 1, j])
            if j:
                options.append(best[i, j - 1])
            best[i, j] = min(options) + x[(i + j) % 4] ** 2
    return best[2, 2]


def scalar_rebinding(x):
    s = x[0]
    t = s
    s += x[1]
    s *= t
    return s * t


def real_part_write(x):
    z = np.zeros(4, dtype=complex)
    z.real = x
    z.imag = x**2
    return np.abs(z)


def delete_then_write(x):
    y = np.delete(x, 0)
    y[-1] = y[0] * 3
    return np.append(y, y[-1] * x[0])


def object_array_buffer(x):
    y = np.empty(4, dtype=object)
    for i in range(4):
        y[i] = x[i] ** 2
    return y.astype(float)


def triangular_accumulate(x):
    A = np.zeros((4, 4))
    A[np.tril_indices(4, -1)] = np.concatenate([x, x[:2]])
    A += A.T
    A -= np.diag(A.sum(axis=1))
    return A


POINTS = {}
DEFAULT = [0.7, 1.3, 0.4, 2.2]
