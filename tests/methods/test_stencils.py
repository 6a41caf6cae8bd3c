import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from gradcheck_tool.methods.stencils import BY_NAME, STENCILS, apply, curve_points

DATA = Path(__file__).parent.parent / "data"
CONSTANTS = json.loads((DATA / "stencil_constants.json").read_text())
BITS = json.loads((DATA / "logistic_differences.json").read_text())

each = pytest.mark.parametrize("stencil", STENCILS, ids=lambda stencil: stencil.name)


def solve(matrix, right):
    """Gauss elimination in rationals."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        pivot = next(i for i in range(k, len(rows)) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [entry / rows[k][k] for entry in rows[k]]
        for i in range(len(rows)):
            if i != k:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


def factorial(n):
    return Fraction(int(np.prod(range(1, n + 1), dtype=object)))


@each
def test_weights_solve_the_vandermonde_system(stencil):
    """The weights are the only ones that are exact for all polynomials the nodes can tell apart."""
    nodes = [Fraction(node) for node in stencil.nodes]
    powers = [[node**k for node in nodes] for k in range(len(nodes))]
    expected = solve(powers, [Fraction(int(k == 1)) for k in range(len(nodes))])
    assert expected == list(stencil.weights)


@each
def test_constants_follow_from_the_weights(stencil):
    """The order is the first power missed, C its moment over its factorial, K the sum of the weights' sizes."""
    moments = [
        sum(w * Fraction(k) ** p for k, w in zip(stencil.nodes, stencil.weights, strict=True)) for p in range(12)
    ]
    missed = next(p for p in range(2, 12) if moments[p] != 0)
    assert stencil.order == missed - 1
    assert stencil.truncation == moments[missed] / factorial(missed)
    assert stencil.rounding == sum(map(abs, stencil.weights))


@each
def test_constants_are_the_reference_ones(stencil):
    """Nodes, weights and constants equal the independently computed ones."""
    known = CONSTANTS[stencil.name]
    weights = dict(zip(stencil.nodes, stencil.weights, strict=True))
    assert {n: Fraction(w) for n, w in zip(known["nodes"], known["weights"], strict=True)} == weights
    assert known["order"] == stencil.order
    assert Fraction(known["truncation"]) == stencil.truncation
    assert Fraction(known["rounding"]) == stencil.rounding
    assert stencil.best_step(2.0**-53, 1.0) == pytest.approx(known["best_step"], rel=1e-14)
    assert stencil.best_error(2.0**-53, 1.0) == pytest.approx(known["best_error"], rel=1e-14)


def logistic(x):
    for _ in range(3):
        x = 4 * x * (1 - x)
    return x


@pytest.mark.parametrize(("name", "key"), [("forward", "forward_hex"), ("central", "center_hex")])
def test_plain_formulas_are_reproduced_bit_for_bit(name, key):
    """Forward and central differences of the logistic loop at 0.2 are the doubles of the textbook formulas."""
    found = curve_points(BY_NAME[name], lambda move: logistic(0.2 + move), [float(row["h"]) for row in BITS])
    assert [row[key] for row in BITS] == [float(value).hex() for value in found]


@each
def test_error_falls_with_the_stated_power_of_the_step(stencil):
    """Halving a large step divides the error for sin by 2 to the order, with the stated constant."""
    derivatives = (np.cos, lambda x: -np.sin(x), lambda x: -np.cos(x), np.sin)
    h = 0.125 if stencil.order >= 6 else 2.0**-6
    error = float(apply(stencil, lambda move: np.sin(1.0 + move), h)) - np.cos(1.0)
    expected = float(stencil.truncation) * derivatives[stencil.order % 4](1.0) * h**stencil.order
    assert error == pytest.approx(expected, rel=0.15)


def test_every_output_is_differenced_at_once():
    """A vector of outputs gives a vector of slopes."""
    found = apply(BY_NAME["central"], lambda move: np.array([move, move**2, 3.0]), 0.5)
    assert found.tolist() == [1.0, 0.0, 0.0]
