"""Every row of linear algebra by itself: push against high precision, pull against push, second derivatives."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import scipy.linalg

from gradcheck_tool.calculus.catalogue import NUMBER, ROWS
from gradcheck_tool.calculus.eigen import splitting
from gradcheck_tool.calculus.worlds.dual import Dual

RNG = np.random.default_rng(20)
A = RNG.normal(size=(3, 3)) + 3 * np.eye(3)
B = RNG.normal(size=(3, 3))
S = A + A.T
P = A @ A.T + np.eye(3)
TALL = RNG.normal(size=(4, 3))
STACK = np.stack([A, B + 4 * np.eye(3)])


def eigenpairs(matrix):
    w, v = np.linalg.eigh(matrix)
    return np.concatenate([v, w[..., None, :]], axis=-2)


def pinned(matrix):
    """General eigenvectors whose largest entry is held at its value."""
    w, v = np.linalg.eig(matrix)
    return np.concatenate([v, w[..., None, :]], axis=-2)


PINS = np.argmax(np.abs(np.linalg.eig(P + 0.2 * B)[1]), axis=0)
HELD = np.take_along_axis(np.linalg.eig(P + 0.2 * B)[1], PINS[None], axis=0)


def held(matrix):
    both = pinned(matrix)
    scale = np.take_along_axis(both[:-1], PINS[None], axis=0) / HELD
    return np.concatenate([both[:-1] / scale, both[-1:]])


def elimination(matrix):
    return ROWS[NUMBER["lu"]].evaluate((matrix,), None)


def factors(matrix):
    return np.concatenate(list(np.linalg.qr(matrix)), axis=-2)


def same(f):
    return lambda *x: np.stack([f(*page) for page in zip(*x, strict=True)])


# name, operands, detail, the plain function; symmetric operands are moved symmetrically
LEAVES = {
    "solve": ((A, B), None, np.linalg.solve),
    "solve stacked": ((STACK, np.stack([B, A])), None, np.linalg.solve),
    "inv": ((A,), None, np.linalg.inv),
    "det": ((A,), None, np.linalg.det),
    "det stacked": ((STACK,), None, np.linalg.det),
    "det of rank two": ((A * [[1], [1], [0]] + [[0, 0, 0], [0, 0, 0], A[0] + A[1]],), None, np.linalg.det),
    "det of rank one": ((np.outer(A[0], A[1]),), None, np.linalg.det),
    "logdet": ((A,), None, lambda a: np.linalg.slogdet(a)[1]),
    "cholesky": ((P,), None, np.linalg.cholesky),
    "norm": ((B,), ((0, 1), False, (3, 3)), np.linalg.norm),
    "eigvalsh symmetric": ((S,), "here", np.linalg.eigvalsh),
    "eigvalsh symmetric stacked": ((np.stack([S, P]),), "here", np.linalg.eigvalsh),
    "eigvals": ((P + 0.2 * B,), "here", np.linalg.eigvals),
    "eigenpairs symmetric": ((S,), None, eigenpairs),
    "eigenpairs symmetric stacked": ((np.stack([S, P]),), None, eigenpairs),
    "eigenpairs": ((P + 0.2 * B,), PINS, held),
    "qr": ((TALL,), None, factors),
    "qr stacked": ((STACK,), None, factors),
    "lu": ((P + 0.2 * B,), None, elimination),
    "pinv": ((TALL,), None, np.linalg.pinv),
    "pinv wide": ((TALL.T.copy(),), None, np.linalg.pinv),
    "matfun expm": ((A / 3,), ("expm",), scipy.linalg.expm),
    "matfun expm of zero": ((np.zeros((2, 2)),), ("expm",), scipy.linalg.expm),
    "matfun logm": ((P,), ("logm",), scipy.linalg.logm),
    "matfun logm of one": ((np.eye(3),), ("logm",), scipy.linalg.logm),
    "matfun sqrtm": ((P,), ("sqrtm",), scipy.linalg.sqrtm),
    "matfun sinm": ((A,), ("sinm",), scipy.linalg.sinm),
    "matfun power": ((P,), ("fractional_matrix_power", 0.4), lambda a: scipy.linalg.fractional_matrix_power(a, 0.4)),
    "sylvester": ((A, P, B), None, scipy.linalg.solve_sylvester),
}


def extrapolated(f, h=0.02, levels=5):
    """The derivative of f at 0 by central differences, extrapolated to step 0 (Ridders 1982)."""
    table = []
    for level in range(levels):
        step = h / 2**level
        row = [(f(step) - f(-step)) / (2 * step)]
        for order, coarser in enumerate(table[-1] if table else [], start=1):
            row.append(row[-1] + (row[-1] - coarser) / (4**order - 1))
        table.append(row)
    return table[-1][-1]


def directions(name, operands, count=2):
    made = [RNG.normal(size=(*x.shape, count)) for x in operands]
    return tuple(x + np.swapaxes(x, -2, -3) if "symmetric" in name else x for x in made)


def row_of(name):
    return ROWS[NUMBER[name.split(maxsplit=1)[0]]]


@pytest.mark.parametrize("name", LEAVES)
def test_push_is_the_derivative(name):
    """The tangents agree with extrapolated differences of the plain function."""
    operands, detail, f = LEAVES[name]
    tangents = directions(name, operands)
    found = row_of(name).push(tangents, operands, f(*operands), detail)
    for k in range(2):
        expected = extrapolated(lambda t: f(*(x + t * dx[..., k] for x, dx in zip(operands, tangents, strict=True))))  # noqa: B023
        assert np.allclose(found[..., k], expected, rtol=1e-9, atol=1e-9 * (1 + np.max(np.abs(expected))))


@pytest.mark.parametrize("name", LEAVES)
def test_pull_is_the_transpose_of_push(name):
    """``<g, push(dx)> = <pull(g), dx>`` to rounding."""
    operands, detail, f = LEAVES[name]
    value = np.asarray(f(*operands))
    tangents, g = directions(name, operands), RNG.normal(size=value.shape)
    if name == "cholesky":
        g = np.tril(g)
    pushed = row_of(name).push(tangents, operands, value, detail)
    pulled = row_of(name).pull(g, operands, value, detail, (True,) * len(operands))
    left = np.tensordot(g, pushed, g.ndim)
    right = sum(np.tensordot(term, dx, term.ndim) for term, dx in zip(pulled, tangents, strict=True))
    assert np.allclose(left, right, rtol=1e-10, atol=1e-10 * (1 + np.max(np.abs(left))))


@pytest.mark.parametrize("name", LEAVES)
def test_pull_of_dual_numbers_is_its_derivative(name):
    """Tangents of the pulled adjoints agree with differences of the pull at moved operands and adjoints."""
    operands, detail, f = LEAVES[name]
    row, value = row_of(name), np.asarray(f(*operands))
    tangents = directions(name, operands)
    g, dg = RNG.normal(size=value.shape), RNG.normal(size=(*value.shape, 2))
    with splitting():
        moved = row.push(tangents, operands, value, detail)
    duals = tuple(Dual(x, dx) for x, dx in zip(operands, tangents, strict=True))
    wanted = (True,) * len(operands)
    found = row.pull(Dual(g, dg), duals, Dual(value, moved), detail, wanted)
    for k in range(2):

        def at(t, k=k):
            there = tuple(x + t * dx[..., k] for x, dx in zip(operands, tangents, strict=True))
            return row.pull(g + t * dg[..., k], there, np.asarray(f(*there)), detail, wanted)

        for position, dual in enumerate(found):
            expected = extrapolated(lambda t: np.asarray(at(t)[position]), 5e-3)  # noqa: B023
            scale = 1 + np.max(np.abs(expected))
            assert np.allclose(dual.tangents[..., k], expected, rtol=0, atol=1e-8 * scale), name


def test_eigenvalues_in_high_precision():
    """Eigenvalue derivatives of a symmetric matrix against fifty digits."""
    direction = directions("symmetric", (S,), 1)[0]
    found = row_of("eigvalsh").push((direction,), (S,), np.linalg.eigvalsh(S), "here")[..., 0]
    with mpmath.workdps(50):
        h = mpmath.mpf(10) ** -20
        values = []
        for sign in (1, -1):
            moved = mpmath.matrix(S.tolist()) + sign * h * mpmath.matrix(direction[..., 0].tolist())
            values.append(sorted(mpmath.eigsy(moved, eigvals_only=True)))
        expected = [(a - b) / (2 * h) for a, b in zip(*values, strict=True)]
    assert np.allclose(found, np.array([float(x) for x in expected]), rtol=1e-14, atol=1e-14)


def test_exponential_in_high_precision():
    """The derivative of expm against fifty digits."""
    direction = RNG.normal(size=(3, 3, 1))
    found = row_of("matfun").push((direction,), (A / 3,), scipy.linalg.expm(A / 3), ("expm",))[..., 0]
    with mpmath.workdps(50):
        h = mpmath.mpf(10) ** -20
        step = h * mpmath.matrix(direction[..., 0].tolist())
        base = mpmath.matrix((A / 3).tolist())
        expected = (mpmath.expm(base + step) - mpmath.expm(base - step)) / (2 * h)
    assert np.allclose(found, np.array(expected.tolist(), dtype=float), rtol=1e-13, atol=1e-13)
