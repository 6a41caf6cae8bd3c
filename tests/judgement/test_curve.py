"""The two slopes of a difference quotient, on published and on fresh curves."""

import csv
import dataclasses
import math
from pathlib import Path

import pytest

from gradcheck_tool.judgement.curve import fit, sentence

DATA = Path(__file__).parents[1] / "data" / "fig3_error_vs_h.csv"
REFERENCE = 9.06608640000000074824
FORWARD, CENTRAL = ("forward", "df/dx", 1, 2.0, 1 / 2), ("central", "df/dx", 2, 1.0, 1 / 6)


def logistic(x):
    """Three turns of the logistic map, l_4 in the literature."""
    for _ in range(3):
        x = 4 * x * (1 - x)
    return x


def measured(f, x, stencil, steps, reference, noise, user_step=None):  # noqa: PLR0917 - the words of a curve
    if stencil is FORWARD:
        values = [(f(x + h) - f(x)) / h for h in steps]
    else:
        values = [(f(x + h) - f(x - h)) / (2 * h) for h in steps]
    return fit(*stencil, steps, values, reference, noise, user_step)


def ladder(low, high, per_decade):
    return [10.0 ** (k / per_decade) for k in range(low * per_decade, high * per_decade + 1)]


@pytest.mark.parametrize("variant", ["closed", "loop"])
@pytest.mark.parametrize(("stencil", "column"), [(FORWARD, "E_forward"), (CENTRAL, "E_center")])
@pytest.mark.parametrize("noise", [2e-16, 1.3e-15])
def test_slopes_of_the_published_figure(variant, stencil, column, noise):
    """Error of l_4 at 0.2 against the step: order of the stencil on the right, -1 on the left, within 0.1."""
    with DATA.open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["variant"] == variant]
    assert len(rows) > 50
    values = [REFERENCE + float(row[column]) for row in rows]
    curve = fit(*stencil, [float(row["h"]) for row in rows], values, REFERENCE, noise)
    assert curve.slope_truncation == pytest.approx(stencil[2], abs=0.1)
    assert curve.slope_rounding == pytest.approx(-1, abs=0.1)


@pytest.mark.parametrize("per_decade", [4, 8])
@pytest.mark.parametrize("stencil", [FORWARD, CENTRAL])
@pytest.mark.parametrize("noise", [2e-16, 1.3e-15])
def test_slopes_of_a_fresh_run(per_decade, stencil, noise):
    """The same from a run, also when the noise level is known only to a factor of six."""
    curve = measured(logistic, 0.2, stencil, ladder(-16, -1, per_decade), REFERENCE, noise)
    assert curve.slope_truncation == pytest.approx(stencil[2], abs=0.1)
    assert curve.slope_rounding == pytest.approx(-1, abs=0.1)
    assert curve.best_error < 4 * min(error for error in curve.errors if error > 0) * 100


@pytest.mark.parametrize(
    ("f", "x", "slope", "truncation", "noise"),
    [
        (math.sin, 1.0, math.cos(1.0), 2, 1e-16),
        (math.exp, 1e-3, math.exp(1e-3), 2, 2e-16),
        (lambda x: 1 / (1 + x * x), 0.5, -0.64, 2, 2e-16),
        (lambda x: 1 / (1 + x * x), 1.0, -0.5, 4, 1e-16),  # the third derivative is 0 there
        (math.log, 2.0, 0.5, 2, 1e-16),
        (lambda x: math.sin(x) + 1e6, 1.0, math.cos(1.0), 2, 1e-10),
    ],
)
def test_other_functions(f, x, slope, truncation, noise):
    """The slope is measured, not assumed: 4 instead of 2 where the leading term vanishes."""
    curve = measured(f, x, CENTRAL, ladder(-14, -1, 8), slope, noise)
    assert curve.slope_truncation == pytest.approx(truncation, abs=0.1)
    assert curve.slope_rounding == pytest.approx(-1, abs=0.15)


@pytest.mark.parametrize("stencil", [FORWARD, CENTRAL])
def test_the_fit_finds_lines_that_are_there(stencil):
    """On an exact V the slopes, the meeting point and its error come out as they were put in."""
    _, _, order, K, _ = stencil
    steps, noise, bend = ladder(-14, -2, 4), 1e-16, 3.0
    values = [5.0 + bend * h**order + K * noise / h for h in steps]
    curve = fit(*stencil, steps, values, 5.0, noise)
    best = (K * noise / bend) ** (1 / (order + 1))
    assert curve.slope_truncation == pytest.approx(order, abs=0.02)
    assert curve.slope_rounding == pytest.approx(-1, abs=0.02)
    assert curve.best_step == pytest.approx(best, rel=0.1)
    assert curve.best_error == pytest.approx(bend * best**order, rel=0.2)


def test_luck_does_not_lower_the_line():
    """Most rounding errors happen to be far below their level: the line goes through the highest ones."""
    steps, noise = ladder(-14, -2, 6), 1e-16
    luck = [1.0 if place % 3 == 0 else 0.01 for place in range(len(steps))]
    values = [5.0 + 3 * h * h + part * noise / h for h, part in zip(steps, luck, strict=True)]
    curve = fit(*CENTRAL, steps, values, 5.0, noise)
    assert curve.best_step == pytest.approx((noise / 3) ** (1 / 3), rel=0.2)


def test_truncation_is_fitted_where_rounding_is_small():
    """Rounding that is a third of the error bends the curve; those points are left out."""
    steps, noise = ladder(-8, -3, 4), 1e-16
    values = [5.0 + 3 * h * h + noise / h for h in steps]
    assert fit(*CENTRAL, steps, values, 5.0, noise).slope_truncation == pytest.approx(2, abs=1e-3)


def test_a_saturated_curve_is_not_fitted():
    """Large steps where the error no longer grows are left out of the truncation slope."""
    steps = ladder(-14, 6, 4)
    values = [1.0 + min(h * h, 1e-2) + 1e-16 / h for h in steps]
    assert fit(*CENTRAL, steps, values, 1.0, 1e-16).slope_truncation == pytest.approx(2, abs=0.1)


def test_a_linear_function_has_no_truncation():
    """Only rounding: the right slope and the best step are nan, nothing is invented."""
    curve = measured(lambda x: 3 * x + 2, 0.3, CENTRAL, ladder(-14, -1, 8), 3.0, 4e-16)
    assert math.isnan(curve.slope_truncation)
    assert math.isnan(curve.best_step)


def test_nothing_to_fit_is_nan_not_a_crash():
    """Quotients that are nan, exact, or too few leave nan."""
    for values in ([math.nan] * 3, [1.0] * 3, [1.1, 1.2, math.inf]):
        curve = fit(*CENTRAL, [1e-3, 1e-2, 1e-1], values, 1.0, math.nan, 1e-2)
        assert math.isnan(curve.slope_truncation)
        assert math.isnan(curve.slope_rounding)
        assert math.isnan(curve.best_step)
    assert sentence(curve) == ""


def test_the_user_step_is_compared_with_the_best():
    """The sentence of the report, with a step too large, about right, too small."""
    curve = measured(logistic, 0.2, FORWARD, ladder(-16, -1, 8), REFERENCE, 1.3e-15, 1e-6)
    assert curve.user_error == pytest.approx(3.4e-5, rel=0.02)
    forward = dataclasses.replace(curve, best_step=3.29e-9)
    central = dataclasses.replace(curve, best_step=5.3e-7, method="central")
    assert sentence(forward, central) == "your step 1e-06 is 304 times the best for forward, 2 times for central"
    small = dataclasses.replace(forward, user_step=3.29e-10)
    near = dataclasses.replace(forward, user_step=3.3e-9)
    assert sentence(small) == "your step 3e-10 is 1/10 of the best for forward"
    assert sentence(near) == "your step 3e-09 is about the best for forward"
    assert sentence(dataclasses.replace(curve, user_step=math.nan)) == ""


def test_a_step_between_the_samples_is_read_off_the_lines():
    """Where the user's step was not measured, the fitted lines give its error."""
    curve = measured(logistic, 0.2, FORWARD, ladder(-16, -1, 8), REFERENCE, 1.3e-15, 2.345e-6)
    assert curve.user_error == pytest.approx(33.7 * 2.345e-6, rel=0.1)
