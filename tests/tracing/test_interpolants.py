"""SciPy's interpolants with recorded data, recorded places or both, in every mode."""

from __future__ import annotations

import numpy as np
import pytest
from following import assert_followed
from scipy import interpolate
from scipy.interpolate import CubicSpline, PchipInterpolator, RegularGridInterpolator, interp1d
from three_modes import everything

from gradcheck_tool import jacobian
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record

X = np.array([1.3, 2.1])
PLACES = np.array([0.0, 0.5, 1.2, 2.0, 3.1, 3.5])
DATA = np.array([1.0, 0.3, -0.4, 0.8, 1.1, 0.2])
GRID = np.linspace(0, 3, 5), np.linspace(0, 4, 6)
TABLE = np.sin(np.add.outer(GRID[0], 2 * GRID[1]))
SPLINE = CubicSpline(PLACES, DATA)
PCHIP = PchipInterpolator(PLACES, DATA)
AKIMA = interpolate.Akima1DInterpolator(PLACES, DATA)
B_SPLINE = interpolate.make_interp_spline(PLACES, DATA, k=3)
UNIVARIATE = interpolate.UnivariateSpline(PLACES, DATA, s=0)
TCK = interpolate.splrep(PLACES, DATA)
LINEAR, CUBIC = interp1d(PLACES, DATA), interp1d(PLACES, DATA, kind="cubic")
BARYCENTRIC, KROGH = interpolate.BarycentricInterpolator(PLACES, DATA), interpolate.KroghInterpolator(PLACES, DATA)
LATTICE = RegularGridInterpolator(GRID, TABLE)


def y(x):
    return np.concatenate([x, DATA[2:] * x[0]])


CONSTANT_OBJECTS = {
    "spline": lambda x: SPLINE(x) * SPLINE(x, 1) + SPLINE.integrate(x[0], x[1]),
    "spline at a number": lambda x: SPLINE(x[0]) * x[1],
    "derivative of a spline": lambda x: SPLINE.derivative()(x),
    "antiderivative of a spline": lambda x: SPLINE.antiderivative()(x),
    "pchip": lambda x: PCHIP(x),
    "akima": lambda x: AKIMA(x),
    "b-spline": lambda x: B_SPLINE(x) + B_SPLINE(x, 1),
    "univariate": lambda x: UNIVARIATE(x),
    "splev": lambda x: interpolate.splev(x, TCK) + interpolate.splev(x, TCK, der=1),
    "interp1d": lambda x: LINEAR(x),
    "interp1d cubic": lambda x: CUBIC(x),
    "barycentric and krogh": lambda x: BARYCENTRIC(x) + KROGH(x),
    "grid": lambda x: LATTICE(x),
    "grid at many": lambda x: LATTICE([[x[0], x[1]], [0.3, x[0]]]),
    "grid of a tuple": lambda x: LATTICE((x[0], np.stack([x[1], x[0]]))),
    "all constant": lambda x: SPLINE(0.7) * x + LINEAR(0.3) + LATTICE([1.0, 1.0]),
}
RECORDED_DATA = {
    "not-a-knot": lambda x: CubicSpline(PLACES, y(x))(np.array([0.3, 1.3, 3.2])),
    "natural": lambda x: CubicSpline(PLACES, y(x), bc_type="natural")(x),
    "clamped": lambda x: CubicSpline(PLACES, y(x), bc_type="clamped")(x),
    "given ends": lambda x: CubicSpline(PLACES, y(x), bc_type=((1, 0.3), (2, 0.1))).derivative()(x),
    "periodic": lambda x: CubicSpline(PLACES, np.append(y(x)[:-1], x[0]), bc_type="periodic")(x * 3),
    "derivative and integral": lambda x: (
        CubicSpline(PLACES, y(x))(x[0], 1) + CubicSpline(PLACES, y(x)).integrate(0.2, x[1])
    ),
    "columns": lambda x: CubicSpline(PLACES, np.stack([y(x), y(x) ** 2], axis=1))(x),
    "rows": lambda x: CubicSpline(PLACES, np.stack([y(x), y(x) ** 2]), axis=1)(x),
    "extrapolated": lambda x: CubicSpline(PLACES, y(x))(np.array([-1.0, 1.0, 4.5])),
    "make_interp_spline": lambda x: interpolate.make_interp_spline(PLACES, y(x), k=3)(x),
    "quadratic": lambda x: interpolate.make_interp_spline(PLACES, y(x), k=2)([0.3, 1.3]),
    "b-spline coefficients": lambda x: interpolate.BSpline(B_SPLINE.t, B_SPLINE.c * x[0], 3)(x[1]),
    "interpolated univariate": lambda x: interpolate.InterpolatedUnivariateSpline(PLACES, y(x))(x),
    "splrep": lambda x: interpolate.splev([0.3, 1.3], interpolate.splrep(PLACES, y(x))),
    "linear": lambda x: interp1d(PLACES, y(x))(x),
    "linear, moving knots": lambda x: interp1d(PLACES * x[0], y(x))(x[1]),
    "cubic": lambda x: interp1d(PLACES, y(x), kind="cubic")([0.3, 1.3]),
    "previous": lambda x: interp1d(PLACES, y(x), kind="previous")([0.3, 1.3]),
    "nearest": lambda x: interp1d(PLACES, y(x), kind="nearest")([0.3, 1.3]),
    "filled": lambda x: interp1d(PLACES, y(x), bounds_error=False, fill_value=(1.0, 2.0))(np.array([-1, 0.7, 9])),
    "linear extrapolated": lambda x: interp1d(PLACES, y(x), fill_value="extrapolate")(np.array([-1, 0.7, 9])),
    "unsorted": lambda x: interp1d(PLACES[::-1], y(x))(x),
    "pchip": lambda x: PchipInterpolator(PLACES, y(x))(np.array([0.2, 0.7, 1.7, 3.3])),
    "pchip, moving knots": lambda x: PchipInterpolator(PLACES * x[0], y(x))(x, 1),
    "pchip integral": lambda x: PchipInterpolator(PLACES, y(x)).integrate(0, x[0]),
    "pchip_interpolate": lambda x: interpolate.pchip_interpolate(PLACES, y(x), [0.2, 0.7]),
    "akima": lambda x: interpolate.Akima1DInterpolator(PLACES, y(x))(np.array([0.2, 0.7, 1.7, 3.3])),
    "krogh": lambda x: interpolate.KroghInterpolator(PLACES, y(x))([0.2, 0.7]),
    "grid": lambda x: RegularGridInterpolator(GRID, TABLE * x[0] ** 2)(x),
}


@pytest.mark.parametrize("f", [*CONSTANT_OBJECTS.values(), *RECORDED_DATA.values()],
                         ids=[*CONSTANT_OBJECTS, *(f"recorded {name}" for name in RECORDED_DATA)])  # fmt: skip
def test_right(f):
    """Values bit for bit, both modes and second derivatives against differences of the plain function."""
    assert everything(f, X) == "right"


def test_barycentric():
    """SciPy shuffles the data of this one, so its last digits are never the same twice."""
    assert_followed(lambda x: interpolate.BarycentricInterpolator(PLACES, y(x))(x), X)
    assert_followed(lambda x: interpolate.barycentric_interpolate(PLACES, y(x), [0.2, 0.7]), X)


REFUSALS = {
    "scipy.interpolate.CubicSpline": [
        lambda x: CubicSpline(PLACES * x[0], DATA)(1.0),
        lambda x: CubicSpline(PLACES, y(x)).roots(),
    ],
    "scipy.interpolate.UnivariateSpline": [lambda x: interpolate.UnivariateSpline(PLACES, y(x))(0.5)],
    "scipy.interpolate.splrep": [lambda x: interpolate.splrep(PLACES, y(x), s=0.5)[1]],
    "scipy.interpolate.RBFInterpolator": [lambda x: interpolate.RBFInterpolator(PLACES[:, None], y(x))([[0.3]])],
    "scipy.interpolate.griddata": [lambda x: interpolate.griddata(PLACES, y(x), [0.3])],
    "scipy.interpolate.interp1d": [
        lambda x: interp1d(PLACES, np.stack([y(x), y(x)]))(x),
        lambda x: interp1d(PLACES, DATA, bounds_error=False, fill_value=x[0])(9.0),
    ],
    "scipy.interpolate.RegularGridInterpolator": [
        lambda x: RegularGridInterpolator(GRID, TABLE * x[0], method="cubic")([1.0, 1.0]),
        lambda x: RegularGridInterpolator((GRID[0] * x[0], GRID[1]), TABLE)([1.0, 1.0]),
    ],
    "scipy.interpolate.Akima1DInterpolator": [lambda x: interpolate.Akima1DInterpolator(PLACES, PLACES * x[0])(0.3)],
}


@pytest.mark.parametrize(("name", "f"), [(name, f) for name, listed in REFUSALS.items() for f in listed])
def test_refused(name, f):
    """By the name of the function, with the line and a remedy."""
    with pytest.raises(CannotFollow) as caught:
        jacobian(f, X)
    assert name in str(caught.value)
    assert "test_interpolants.py:" in caught.value.where
    assert caught.value.remedy


def test_errors_are_scipys_own():
    """What SciPy refuses, it refuses in its own words."""
    with pytest.raises(ValueError, match="below the interpolation range"):
        jacobian(lambda x: interp1d(PLACES, y(x))(-1.0), X)
    with pytest.raises(ValueError, match="strictly increasing"):
        jacobian(lambda x: CubicSpline(PLACES[::-1], y(x))(1.0), X)


def test_a_place_on_a_knot_leaves_a_guard():
    """Between which data a place lies is a decision, except where the spline is smooth."""
    assert record(lambda x: LINEAR(x), X).guards
    assert not record(lambda x: SPLINE(x), X).guards
