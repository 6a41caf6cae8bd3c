"""Random programs that write into arrays: through views, aliases, masks, index arrays, element by element."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import random

import numpy as np


def program(seed):
    """A function of a vector of six numbers, made of 4 to 14 random writes; the same seed gives the same function."""
    dice = random.Random(seed)
    steps = [(dice.choice(STEPS), random.Random(dice.random())) for _ in range(dice.randint(4, 14))]
    start = dice.choice(STARTS)

    def f(x):
        pool = [start(x), x * x + 0.5]
        for step, luck in steps:
            step(random.Random(luck.getstate()[1][1]), pool, x)
        return sum(np.sum(array * (1.0 + 0.1 * k) * np.arange(1.0, array.size + 1.0).reshape(array.shape))
                   for k, array in enumerate(pool))  # fmt: skip

    f.steps = [step.__name__ for step, _luck in steps]
    f.start = start.__name__
    return f


def zeros(x):
    return np.zeros((3, 4))


def copied(x):
    return np.outer(x[:3], x[2:])


def square(x):
    return x.reshape(2, 3).copy()


def full(x):
    return np.full((4, 2), x[1])


def listed(x):
    return np.array([[x[0], 1.0, x[2]], [0.5, x[4], x[5] * x[0]]])


def empty_like(x):
    out = np.empty_like(x)
    out[:] = 0.25
    return out


def fortran(x):
    return np.zeros((3, 2), order="F")


STARTS = (zeros, copied, square, full, listed, empty_like, fortran)


def pick(luck, pool):
    return pool[luck.randrange(len(pool))]


def number(luck, x):
    k = luck.randrange(6)
    return luck.choice([x[k], x[k] * 1.5, x[k] * x[(k + 2) % 6], np.sin(x[k]), 2.5, np.float64(0.5), float(x[k])])


def place(luck, array):
    return tuple(luck.randrange(-n, n) for n in array.shape)


def element(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        a[place(luck, a)] = number(luck, x)


def element_augmented(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        key = place(luck, a)
        a[key] += number(luck, x)
        a[key] *= 1.25


def row(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        a[luck.randrange(a.shape[0])] = number(luck, x)


def row_augmented(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        a[luck.randrange(a.shape[0])] *= number(luck, x)


def strided(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        a[:: luck.choice([1, 2, -1, -2])] = number(luck, x)


def strided_from_other(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        a[::2] = a[::-1][::2] * 0.5 + number(luck, x)


def overlapping(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim and a.shape[0] > 1:
        a[1:] = a[:-1]


def overlapping_augmented(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim and a.shape[0] > 1:
        a[1:] += a[:-1] * 0.5


def transposed(luck, pool, x):
    t = pick(luck, pool).T
    if t.ndim:
        t[place(luck, t)] = number(luck, x)


def through_transpose(luck, pool, x):
    t = pick(luck, pool).T
    t[...] = t * 0.5 + number(luck, x)


def through_reshape(luck, pool, x):
    a = pick(luck, pool)
    flat = a.reshape(-1)
    flat[luck.randrange(flat.size)] = number(luck, x)
    flat[1::3] += number(luck, x)


def through_ravel(luck, pool, x):
    flat = np.ravel(pick(luck, pool))
    flat[::2] = number(luck, x)


def through_transpose_reshape(luck, pool, x):
    flat = pick(luck, pool).T.reshape(-1)
    flat[0] = number(luck, x)
    pool.append(flat * 1.0)


def flat_iterator(luck, pool, x):
    a = pick(luck, pool)
    a.flat[luck.randrange(a.size)] = number(luck, x)


def masked(luck, pool, x):
    a = pick(luck, pool)
    a[a > 0.6] = number(luck, x)


def masked_augmented(luck, pool, x):
    a = pick(luck, pool)
    a[a < 0.6] *= 1.5


def fancy(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        a[[0, -1]] = number(luck, x)


def fancy_duplicates(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1 and a.size > 2:
        a[[0, 0, 1]] += np.array([x[0], x[1], 2.0])


def fancy_pairs(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        a[[0, 1, 0], [1, 0, 1]] = np.array([x[2], 3.0, x[5] * x[5]])


def added_at(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1 and a.size > 3:
        np.add.at(a, [1, 1, 3], x[:3])


def alias(luck, pool, x):
    a = pick(luck, pool)
    b = a
    b += number(luck, x)


def alias_view(luck, pool, x):
    a = pick(luck, pool)
    if len(pool) < 6:
        pool.append(a[..., ::-1])


def copy(luck, pool, x):
    if len(pool) < 6:
        pool.append(pick(luck, pool).copy())


def kept_view_then_write(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        view = a[0:1]
        a[0] = number(luck, x)
        view *= 2.0


def whole(luck, pool, x):
    a = pick(luck, pool)
    a[...] = number(luck, x)


def in_place_operators(luck, pool, x):
    a = pick(luck, pool)
    a -= 0.25
    a *= number(luck, x)
    a /= 2.0
    a **= 2


def diagonal(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2 and a.shape[0] <= a.shape[1]:
        n = a.shape[0]
        a[range(n), range(n)] = number(luck, x)


def stride_diagonal(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        flat = a.reshape(-1)
        flat[:: a.shape[1] + 1] += number(luck, x)


def fill(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        a[0:1].fill(0.75)


def sorted_in_place(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1:
        a.sort()


def swapped_rows(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim and a.shape[0] > 1:
        a[[0, 1]] = a[[1, 0]]


def tuple_swap(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1:
        a[0], a[-1] = a[-1], a[0]


def out_argument(luck, pool, x):
    a = pick(luck, pool)
    np.multiply(a, 1.1, out=a)
    np.add(a, number(luck, x), out=a)


def new_axis(luck, pool, x):
    a = pick(luck, pool)
    a[None][0, ...] *= 0.9


def row_object(luck, pool, x):
    a = pick(luck, pool)
    for line in a if a.ndim == 2 else [a]:
        line[0] = line[-1] * number(luck, x)


def swap_axes(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        np.swapaxes(a, 0, 1)[-1] = number(luck, x)


def list_value(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1 and a.size > 2:
        a[:3] = [x[0], 1.0, x[4] * 2]


def buffer(luck, pool, x):
    if len(pool) < 6:
        b = np.zeros(6)
        for k in range(6):
            b[k] = x[k] * (k + 1) + (b[k - 1] if k else 0.0)
        pool.append(b)


def multiplied_at(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1 and a.size > 3:
        luck.choice([np.multiply, np.subtract, np.divide, np.maximum, np.minimum]).at(a, [2, 0, 2, 2], x[1:5] + 0.5)


def added_at_pairs(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        np.add.at(a, ([0, 1, 0, 1], [1, 0, 1, 0]), [x[0], 2.0, x[1] * x[2], x[3]])
        np.negative.at(a[0], [0, 1, 0])


def out_where(luck, pool, x):
    a = pick(luck, pool)
    luck.choice([np.multiply, np.add, np.subtract])(a, number(luck, x), out=a, where=a > 0.6)


def out_where_view(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        np.sin(a[::-1], out=a[::-1], where=np.arange(a.shape[-1]) % 2 == 0)


def out_of_another(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim and a.shape[0] > 1:
        np.add(a[:-1], a[1:], out=a[1:])
        np.cumsum(a[0:1], axis=-1, out=a[0:1])


def put_repeated(luck, pool, x):
    a = pick(luck, pool)
    np.put(a, [0, -1, 1, a.size + 1], [x[0], 2.0 * x[1], 0.5], mode="wrap")
    a.put([0], number(luck, x))


def placed(luck, pool, x):
    a = pick(luck, pool)
    np.place(a, a > 0.5, [x[0], 1.5, x[1] * x[2]])


def putmasked(luck, pool, x):
    a = pick(luck, pool)
    np.putmask(a, a < 0.7, x * 1.1)


def copied_to(luck, pool, x):
    a = pick(luck, pool)
    np.copyto(a, number(luck, x), where=a > 1.0)
    if a.ndim:
        np.copyto(a[..., :1], a[..., -1:] * 2.0)


def put_along(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        np.put_along_axis(a, np.array([[0], [1]] + [[0]] * (a.shape[0] - 2)), number(luck, x), axis=1)


def diagonal_filled(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        np.fill_diagonal(a, number(luck, x))


def diagonal_view(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2 and a.shape[0] <= a.shape[1]:
        view = np.einsum("ii->i", a[:, : a.shape[0]])
        view *= 1.5
        view[0] = number(luck, x)


def turned_view(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        np.einsum("ij->ji", a)[0] += number(luck, x)
        np.rot90(a)[-1, 0] = number(luck, x)
        np.flip(a)[0] *= 0.5


def reshaped_in_place(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1 and a.size % 2 == 0 and a.flags["C_CONTIGUOUS"]:
        b = a[:]
        b.shape = (2, a.size // 2)
        b[1] = number(luck, x)
        b[:, 0] *= 1.1


def shape_of_a_copy(luck, pool, x):
    a = pick(luck, pool)
    if len(pool) < 6:
        b = a.copy()
        row = b[..., 0:1]
        b.shape = (a.size,)
        b[0] = number(luck, x)
        row *= 1.2
        pool.append(b)


def partitioned(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 1:
        a.partition(1)


def sorted_rows(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        a[:, ::-1].sort(axis=0)


def grid_of_places(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        a[np.ix_([0, 1], [1, 0])] = number(luck, x)
        a[np.ix_([1], [0, 1])] *= np.array([[x[0], 2.0]])


def mask_of_rows(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim == 2:
        held = np.arange(a.shape[0]) % 2 == 0
        a[held] += number(luck, x)
        a[held, 0] = number(luck, x)
        a[[0, 1], 1:] *= 0.75


def fancy_read_after_writes(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim and len(pool) < 6:
        a[0] = number(luck, x)
        pool.append(a[[0, -1, 0]] * 1.0)
        pool[-1][0] += 1.0


def pieces(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim and a.shape[0] % 2 == 0:
        first, second = np.split(a, 2)
        first += second
        second *= number(luck, x)


def other_axes(luck, pool, x):
    a = pick(luck, pool)
    if a.ndim:
        np.moveaxis(a[None], 0, -1)[..., 0] += number(luck, x)
        np.atleast_2d(a)[0] *= 0.9
        np.expand_dims(a, 0)[0, ..., -1] = number(luck, x)
        np.squeeze(a)[...] = np.squeeze(a) * 1.05


def through_the_input(luck, pool, x):
    pool.append(x[::2])
    pool[-1][0] *= 1.1
    pool[-1][...] += 0.1 * pool[-1][::-1]
    if len(pool) > 6:
        pool.pop()


STEPS = (
    multiplied_at, added_at_pairs, out_where, out_where_view, out_of_another, put_repeated, placed, putmasked, copied_to, put_along,
    diagonal_filled, diagonal_view, turned_view, reshaped_in_place, shape_of_a_copy, partitioned, sorted_rows, grid_of_places,
    mask_of_rows, fancy_read_after_writes, pieces, other_axes, through_the_input,
    element, element_augmented, row, row_augmented, strided, strided_from_other, overlapping, overlapping_augmented, transposed,
    through_transpose, through_reshape, through_ravel, through_transpose_reshape, flat_iterator, masked, masked_augmented, fancy,
    fancy_duplicates, fancy_pairs, added_at, alias, alias_view, copy, kept_view_then_write, whole, in_place_operators, diagonal,
    stride_diagonal, fill, sorted_in_place, swapped_rows, tuple_swap, out_argument, new_axis, row_object, swap_axes, list_value, buffer,
)  # fmt: skip
