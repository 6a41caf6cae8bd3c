"""The rows of complex numbers against mpmath: derivatives in the plane and on both sides of every branch cut."""

from __future__ import annotations

import random
from itertools import pairwise

import mpmath
import numpy as np
import pytest

from gradcheck_tool.calculus.catalogue import NUMBER, ROWS
from gradcheck_tool.calculus.tables.complexes import COMPLEX_ELEMENTWISE, COMPLEX_WORD_ROWS, HOLOMORPHIC
from gradcheck_tool.calculus.worlds.dual import DUAL, Dual
from gradcheck_tool.calculus.worlds.floats import ARRAY

M = mpmath
EXACT = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: M.exp(b * M.log(a)),
    "neg": lambda x: -x,
    "pos": lambda x: x,
    "square": lambda x: x * x,
    "reciprocal": lambda x: 1 / x,
    "exp2": lambda x: M.exp(x * M.log(2)),
    "log2": lambda x: M.log(x) / M.log(2),
    "log10": lambda x: M.log(x) / M.log(10),
    "log1p": lambda x: M.log(1 + x),
    "expm1": lambda x: M.exp(x) - 1,
}
# Points on the cuts: the sign of the zero says from which side the function is meant.
CUTS = {
    "sqrt": [complex(-2.5, 0.0), complex(-2.5, -0.0)],
    "log": [complex(-2.5, 0.0), complex(-2.5, -0.0)],
    "log1p": [complex(-2.5, 0.0), complex(-2.5, -0.0)],
    "asin": [complex(s * 1.7, z) for s in (1, -1) for z in (0.0, -0.0)],
    "acos": [complex(s * 1.7, z) for s in (1, -1) for z in (0.0, -0.0)],
    "acosh": [complex(s, z) for s in (0.3, -0.4, -1.7) for z in (0.0, -0.0)],
    "atanh": [complex(s * 1.7, z) for s in (1, -1) for z in (0.0, -0.0)],
    "asinh": [complex(z, s * 1.7) for s in (1, -1) for z in (0.0, -0.0)],
    "atan": [complex(z, s * 1.7) for s in (1, -1) for z in (0.0, -0.0)],
}


def exact(name):
    return EXACT.get(name) or getattr(M, name)


def row_of(name):
    return ROWS[NUMBER[HOLOMORPHIC[name]]]


def points(row, name, count=15):
    dice = random.Random(name)
    drawn = [tuple(complex(dice.uniform(-2, 2), dice.uniform(-2, 2)) for _ in row.operands) for _ in range(count)]
    return [*drawn, *((z,) for z in CUTS.get(name, []))]


def beside(z):
    """The point in many digits, moved off the cut by far less than a rounding, to the side its zero names."""
    tiny = M.mpf(10) ** -60
    re, im = M.mpf(z.real), M.mpf(z.imag)
    if z.imag == 0:
        im = tiny if np.copysign(1, z.imag) > 0 else -tiny
    if z.real == 0:
        re = tiny if np.copysign(1, z.real) > 0 else -tiny
    return M.mpc(re, im)


def derivative(f, values, position):
    """By differences of many digits, along the real axis: a complex derivative is the same along every one."""
    step = M.mpf(10) ** -70

    def along(t):
        moved = list(values)
        moved[position] = t
        return f(*moved)

    z = values[position]
    return (along(z + step) - along(z - step)) / (2 * step)


def value_in(row, numbers):
    with np.errstate(all="ignore"):
        return eval(row.value, dict(ARRAY), dict(zip(row.operands, numbers, strict=True)))  # noqa: S307 - our own text


def partial_in(row, numbers, position):
    names = dict(zip(row.operands, numbers, strict=True))
    names["y"] = value_in(row, numbers)
    with np.errstate(all="ignore"):
        return eval(row.partials[position], dict(ARRAY), names)  # noqa: S307 - our own text


@pytest.mark.parametrize("name", HOLOMORPHIC)
def test_partials_are_complex_derivatives(name):
    """To 64 units of the partial, in the plane and on the cuts, as numbers and as arrays."""
    row = row_of(name)
    with M.workdps(200):
        for point in points(row, name):
            for position in range(len(row.operands)):
                known = complex(derivative(exact(name), [beside(z) for z in point], position))
                for numbers in ([np.complex128(z) for z in point], [np.array([z]) for z in point]):
                    found = complex(np.ravel(partial_in(row, numbers, position))[0])
                    assert abs(found - known) <= 64 * 2.0**-53 * abs(known), (name, point, found, known)


@pytest.mark.parametrize("name", HOLOMORPHIC)
def test_numpy_takes_the_branch_of_the_row(name):
    """The value NumPy computes is the limit from the side that the sign of a zero names."""
    row = row_of(name)
    spelled = next(word for word in ROWS[NUMBER[name]].spellings if word.startswith("numpy."))
    function = getattr(np, spelled.partition(".")[2])
    with M.workdps(200):
        for point in points(row, name):
            known = complex(exact(name)(*(beside(z) for z in point)))
            assert abs(complex(function(*point)) - known) <= 1e-14 * (1 + abs(known)), (name, point)


@pytest.mark.parametrize("row", [*COMPLEX_WORD_ROWS, *COMPLEX_ELEMENTWISE], ids=lambda row: row.name)
def test_words_know_their_own_derivatives(row):
    """A dual number with a complex tangent sees the derivative that differences of the word see."""
    dice = random.Random(row.name)
    for _ in range(10):
        point = [np.complex128(complex(dice.uniform(0.3, 1.7), dice.uniform(0.2, 1.5))) for _ in row.operands]
        for position in range(len(row.operands)):
            if row.partials[position] == "0":
                continue
            duals = list(point)
            duals[position] = Dual(point[position], np.array([1.0 + 0.5j]))
            moved = DUAL.array[row.name](*duals).tangents[0]

            def at(h, point=point, position=position):
                shifted = list(point)
                shifted[position] = point[position] + h * (1.0 + 0.5j)
                return value_in(row, shifted)

            slopes = [(at(h) - at(-h)) / (2 * h) for h in (4e-3, 2e-3, 1e-3)]
            coarse, fine = ((4 * b - a) / 3 for a, b in pairwise(slopes))
            known = (16 * fine - coarse) / 15
            assert abs(moved - known) <= 1e-9 * (1 + abs(known)), (row.name, point, moved, known)
