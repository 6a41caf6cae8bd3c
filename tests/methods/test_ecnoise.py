import math

import numpy as np
import pytest

from gradcheck_tool.methods.ecnoise import ecnoise, noise_levels


def measured(function, x, scale=1.0):
    return float(ecnoise(lambda move: np.atleast_1d(np.asarray(function(x + move), dtype=float)), scale)[0])


@pytest.mark.parametrize(
    ("function", "x", "least", "most"),
    [
        (math.sin, 1.0, 5e-17, 1e-15),
        (lambda x: math.sin(x) + 1e6, 1.0, 5e-11, 1e-9),
        (lambda x: (1 - math.cos(x)) / x**2, 1e-3, 1e-11, 1e-9),
        (lambda x: float(np.float32(3) * np.sin(np.float32(x))), 0.3, 3e-8, 2e-6),
        (lambda x: round(math.sin(x), 6), 1.0, 1e-7, 5e-6),
        (lambda x: math.exp(-x / 1e6), 1.0, 5e-17, 1e-15),
    ],
    ids=["sin", "offset", "cancellation", "float32", "rounded", "slow"],
)
def test_noise_is_of_the_right_size(function, x, least, most):
    """The level found covers what rounding does and is not far above it."""
    scale = min(1.0, 100 * x)
    assert least <= measured(function, x, scale) <= most


def test_a_kink_at_the_point_is_not_noise():
    """The bend of abs at 0 and a jump at the point leave the level at that of rounding."""
    assert measured(lambda x: abs(x) + 1, 0.0) < 1e-15
    assert measured(lambda x: 3.0 if x > 0 else 2.0, 0.0) < 1e-15


def test_a_vanishing_value_still_has_noise():
    """A difference of large terms that cancel exactly at the point has the noise of the terms."""
    assert 1e-16 < measured(lambda x: (x * x + 1) - (x + 1), 1.0) < 1e-14


def test_a_domain_edge_is_looked_at_from_inside():
    """Where one side is undefined the other one is measured."""
    level = measured(lambda x: math.sqrt(1 - x) + 1 if x <= 1 else math.nan, 1.0)
    assert 5e-17 < level < 1e-14


def test_outputs_have_their_own_noise():
    """Each output of a vector function gets its own level."""
    quiet, loud = ecnoise(lambda move: np.array([math.sin(1 + move), math.sin(1 + move) + 1e8]), 1.0)
    assert quiet < 1e-15
    assert 5e-9 < loud < 1e-6


def test_the_level_never_falls_below_half_an_ulp_and_is_zero_for_zero():
    """A constant has the rounding of its value, and the zero function none."""
    assert measured(lambda _: 5.0, 1.0) == 5 * 2.0**-53
    assert measured(lambda _: 0.0, 1.0) == 0.0


def test_the_same_question_gets_the_same_answer():
    """No random numbers are involved."""
    assert measured(math.tan, 0.7) == measured(math.tan, 0.7)


def test_known_scatter_is_found():
    """The standard deviation of a known sequence of errors on a smooth curve is found to within a factor of two."""
    errors = np.array([1, -1, 1, 1, -1, 1, -1, -1, 1, -1]) * 1e-10
    (level,), (still,) = noise_levels((5 + 1e-9 * np.arange(10.0) + errors)[:, None])
    assert not still
    assert 5e-11 < level < 2e-10


def test_bad_spacings_are_told_apart():
    """Values that do not move are too close together, values that double too far apart."""
    levels, still = noise_levels(np.array([[1.0, 1, 1, 1, 1, 2, 2], np.arange(7.0)]).T)
    assert levels.tolist() == [-1, -1]
    assert still.tolist() == [True, False]
