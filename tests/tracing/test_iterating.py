"""NumPy's iterators over recorded arrays: nditer, ndenumerate, ndindex, flat, broadcast, fromfunction."""

from __future__ import annotations

import numpy as np
import pytest
from following import assert_followed
from small_programs import X, assert_second, refused


def written_through(x):
    z = x.reshape(2, 3) * 1.0
    with np.nditer(z, op_flags=["readwrite"]) as entries:
        for v in entries:
            v[...] = v * v + 1
    return z


def by_hand(x):
    a, z = x.reshape(2, 3), np.zeros((2, 3))
    entries = np.nditer(a, flags=["multi_index"])
    while not entries.finished:
        i, j = entries.multi_index
        z[i, j] = a[i, j] ** 2 * (i + 1)
        entries.iternext()
    return z


def with_places(x):
    entries = np.nditer(x.reshape(2, 3), flags=["multi_index"])
    return sum(v * v * entries.multi_index[1] for v in entries)


def in_step(x):
    return np.array([a * b for a, b in np.nditer([x[:3], np.array([1.0, 2.0, 3.0])])])


def enumerated(x):
    return sum(v**2 * i * j + v for (i, j), v in np.ndenumerate(x.reshape(2, 3)))


def indexed(x):
    z = np.zeros(3)
    for k in np.ndindex(z.shape):
        z[k] = x[k] * x[k[0] + 1]
    return z


def flat(x):
    return sum(v * v for v in x.reshape(2, 3).flat) + x.flat[2] ** 2


def shaped(x):
    return np.zeros(np.broadcast(x, x[:, None]).shape) + x


def from_function(x):
    return np.fromfunction(lambda i: x[i.astype(int)] ** 2, (4,))


@pytest.mark.parametrize(
    "f", [written_through, by_hand, with_places, in_step, enumerated, indexed, flat, shaped, from_function]
)
def test_iterators_are_followed(f):
    """Entries that an iterator hands out are recorded, and what is written through it, too."""
    assert_followed(f, X)
    assert_second(f, X)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sum(v for v in np.nditer(x, flags=['external_loop']))", "numpy.nditer"),
        ("sum(v for v in np.nditer(A.T))", "numpy.nditer"),
        ("sum(a * b for a, b in np.broadcast(x, y))", "numpy.broadcast"),
    ],
)
def test_other_ways_to_iterate_are_refused_by_name(text, name):
    """Never does an iterator hand out plain numbers of a recorded array."""
    refusal = refused(text)
    assert name in str(refusal)
    assert refusal.where
    assert refusal.remedy
