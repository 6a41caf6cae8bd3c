"""The law of the error over the steps: named from made-up errors, and from real functions."""

import math

import numpy as np
import pytest

from gradcheck_tool import check
from gradcheck_tool.judgement.law import Sample, law

STEPS = [10.0**-k for k in np.arange(1, 13, 0.5)]
NOISE = 1e-16


def samples(error, gap):
    return [Sample(h, error(h) + NOISE / h, NOISE / h, gap(h) + NOISE / h) for h in STEPS]


@pytest.mark.parametrize(
    ("error", "gap", "kind"),
    [
        (lambda h: 0.3 * h**2, lambda h: 0.5 * h, "smooth"),
        (lambda h: 0.3 * h**4, lambda h: 0.5 * h, "smooth"),
        (lambda _: 0.0, lambda _: 0.0, "noise"),
        (lambda h: 0.02 + 0.3 * h**2, lambda h: 0.5 * h, "formula"),
        (lambda h: 2e-6 + 0.3 * h**2, lambda h: 0.5 * h, "formula"),
        (lambda h: 0.5 + h, lambda _: 1.0, "kink"),
        (lambda h: 1.0 if h > 1e-6 else 0.3 * h**2, lambda h: 1.0 if h > 1e-6 else h, "beside"),
        (lambda h: 0.5 / h, lambda h: 0.5 / h, "jump"),
    ],
    ids=["h^2", "h^4", "1/h", "two percent", "2e-6", "kink", "kink beside", "jump"],
)
def test_each_law_is_named(error, gap, kind):
    """Of errors that obey it exactly, over a floor of 1/h."""
    found = law(samples(error, gap), 1.0)
    assert found.kind == kind
    assert found.sentence.startswith("error law: ")


def test_truncation_is_told_with_its_power():
    assert "h^2.0" in law(samples(lambda h: 0.3 * h**2, lambda h: h), 1.0).sentence


def test_the_distance_of_a_kink_beside_the_point_is_told():
    found = law(samples(lambda h: 1.0 if h > 1e-6 else h**2, lambda h: 1.0 if h > 1e-6 else h), 1.0)
    assert "h = 1e-06" in found.sentence or "h = 2e-06" in found.sentence


def test_a_function_that_moves_in_steps_of_its_own():
    """Quotients that are exactly 0 over small steps: single precision inside, or rounding to so many places."""
    still = [Sample(h, 1.0, 0.0, 0.0) for h in STEPS if h < 1e-6]
    moving = [Sample(h, 1e-3, 0.0, 1e-3) for h in STEPS if h >= 1e-6]
    assert law([*still, *moving], 1.0).kind == "staircase"


def test_too_little_says_nothing():
    """Three steps, or numbers that are not finite, have no law."""
    assert law(samples(lambda h: h, lambda h: h)[:3], 1.0).kind == "open"
    assert law([Sample(h, math.nan, math.nan, math.nan) for h in STEPS], 1.0).sentence == ""


def test_a_wrong_formula_is_told_by_the_law_of_the_whole_check():
    """The steps are those the differences took anyway."""

    def f(x):
        return math.sin(x) * math.exp(x)

    def slope(x):
        return math.cos(x) * math.exp(x) + 1.01 * math.sin(x) * math.exp(x)

    wrong = check(f, 1.0, jac=slope).results[0]
    assert "another formula" in wrong.law
    right = check(f, 1.0, jac=lambda x: math.cos(x) * math.exp(x) + math.sin(x) * math.exp(x)).results[0]
    assert "truncation" in right.law
