"""Every row that SciPy computes, against mpmath: first and second derivatives, in both modes and in every float world."""

# ruff: noqa: E501 - a table is read across

from __future__ import annotations

import random

import mpmath
import numpy as np
import pytest
from special_truth import INVERTED, TRUTH

from gradcheck_tool.calculus.tables.special import SCIPY, SCIPY_WORDS
from gradcheck_tool.calculus.worlds.floats import ARRAY, SCALAR
from gradcheck_tool.calculus.worlds.world import CAREFUL
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian
from gradcheck_tool.walks.pull import walk_up
from gradcheck_tool.walks.values import column

sp = pytest.importorskip("scipy.special")
ROWS = {row.name: row for row in SCIPY}
DIGITS = 40
FLOOR = 1e-28  # mpmath's difference of a linear function is not exactly zero
FIRST, SECOND = 2e-13, 2e-12  # relative; entries of a Hessian may lean on a thousandth of its largest
ORDERS = {  # operands that are whole numbers
    **dict.fromkeys([f"spherical_{kind}n" for kind in "jyik"], (0,)),
    **dict.fromkeys([name for name in ROWS if name.startswith("eval_")], (0,)),
    **dict.fromkeys(("bdtr", "bdtrc", "bdtri", "nbdtr", "nbdtrc", "nbdtri", "lpmv"), (0, 1)),
    "expn": (0,), "polygamma": (0,), "lambertw": (0,), "pdtr": (0,), "pdtrc": (0,), "pdtri": (0,),
}  # fmt: skip
WRAPPED = {
    "polygamma": lambda n, x: sp.polygamma(int(n), x),
    "zeta": lambda s, q: sp.zeta(s, q),
    "riemann_zeta": lambda s: sp.zeta(s),
    "softplus": lambda x: sp.softplus(x),
    "lambertw": lambda k, x: sp.lambertw(x, int(k)).real,
}
# Where an obvious formula would lose digits: far out, near zeros and poles, at the seams of our own series.
HARD = {
    "erfcx": [(20.0,), (1e3,), (1e8,), (-5.0,), (3.0,), (5.5,), (6.0,), (7.0,)],
    "dawsn": [(1e-9,), (0.0,), (20.0,), (1e4,), (-8.0,), (3.0,), (5.0,)],
    "erfi": [(5.3,), (-9.7,)],
    "log_ndtr": [(-40.0,), (-1e3,), (5.0,), (8.0,), (0.0,)],
    "ive": [(0.0, 100.0), (1.5, 1e4), (3.0, 50.0), (2.0, -60.0), (10.0, 150.0), (0.0, 26.0), (7.3, 1e8)],
    "kve": [(0.25, 100.0), (1.5, 1e4), (3.1, 50.0), (0.3, 1e-3), (9.7, 150.0)],
    "i0e": [(1e3,), (-30.0,)], "i1e": [(1e3,), (1e-8,), (-1e5,)], "k0e": [(1e4,)], "k1e": [(1e-5,)],
    "jv": [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (0.5, 50.0), (3.0, 1e-5), (20.0, 3.0)],
    "j1": [(0.0,), (-3.0,)], "j0": [(0.0,), (-40.0,)], "iv": [(2.0, 0.0), (0.5, 100.0)], "yv": [(0.0, 1e-5)],
    "spherical_jn": [(3, 1e-3)], "struve": [(1.0, 1e-4), (0.0, 20.0)], "modstruve": [(1.0, 20.0)],
    "airy_ai": [(10.0,), (-20.0,)], "ber": [(1e-6,)],
    "gammainc": [(1e3, 1.01e3), (1e5, 1.0003e5), (0.01, 1e-5), (30.0, 5.0)], "gammaincc": [(300.0, 400.0), (2.0, 60.0)],
    "betainc": [(500.0, 300.0, 0.62), (0.3, 80.0, 0.01), (80.0, 0.3, 0.999)],
    "stdtr": [(1e3, 1.3), (1e6, 0.2), (1.0, -50.0), (2.5, -1e3)], "fdtr": [(500.0, 400.0, 1.1), (3.0, 4.0, 1e3)],
    "beta": [(1e-3, 2.0), (50.0, 60.0)], "betaln": [(1e6, 0.5), (1e8, 1e8), (1e-5, 2.0), (2.0, 1e10)],
    "rgamma": [(0.0,), (-1.0,), (-3.0,), (-2.5,), (150.0,), (1e-9,)], "binom": [(1e4, 3.0), (2.0, 1.0), (50.0, 25.0)],
    "polygamma": [(0, 0.1), (1, 100.0), (3, -0.5), (2, 1e-3)], "zeta": [(1.01, 1.0), (30.0, 2.0), (2.0, 1e3), (2.0, 0.01)],
    "riemann_zeta": [(1.0001,), (50.0,), (0.5,)],
    "exprel": [(1e-9,), (-40.0,), (1.4999,), (1.5001,), (100.0,)], "cosm1": [(1e-9,)], "powm1": [(1.0001, 1e-3)],
    "softplus": [(-40.0,), (800.0,), (0.0,)], "rel_entr": [(1.0, 1.0), (1.0, 1 + 1e-9)],
    "kl_div": [(1.0, 1 + 1e-9), (2.0, 2.0), (1e-5, 3.0)],
    "boxcox": [(2.0, 1e-12), (2.0, -1e-5), (1e-3, 2.0)], "boxcox1p": [(1e-10, 0.3), (2.0, 1e-10)],
    "inv_boxcox": [(0.5, 1e-9)], "inv_boxcox1p": [(0.5, 1e-9), (1e-9, 0.5)],
    "pseudo_huber": [(1.0, 1e-9), (1e-3, 5.0), (1e3, 1e-3)], "huber": [(1.0, 3.0), (1.0, -0.3)],
    "voigt_profile": [(0.0, 1.0, 1.0), (10.0, 0.5, 0.01), (1e3, 1.0, 2.0), (0.1, 1e-3, 1.0)],
    "owens_t": [(0.0, 1.0), (6.0, 2.0)], "kolmogorov": [(0.3,), (0.79,), (0.81,), (4.0,)],
    "ellipk": [(0.0,), (1e-9,), (1 - 1e-9,), (-1e4,)], "ellipe": [(0.0,), (1e-9,), (1 - 1e-9,), (-1e4,)], "ellipkm1": [(1e-15,)],
    "ellipkinc": [(1.0, 0.0), (1.5707963, 0.5), (7.0, 0.3), (1e-5, 0.5), (-2.0, 0.5)],
    "ellipeinc": [(1.0, 0.0), (7.0, 0.3), (1e-5, 0.5)], "ellipj_sn": [(1.0, 1e-9), (5.0, 0.5), (0.3, 0.999)],
    "elliprf": [(1.0, 1.0, 1.0), (1e-10, 1.0, 2.0), (0.5, 0.5, 2.0)], "agm": [(1.0, 1.0), (1e-8, 1.0)],
    "exp1": [(1e-5,), (50.0,)], "expn": [(0, 2.0), (1, 1e-3), (5, 20.0), (2, 1.0)], "ci": [(100.0,)],
    "si": [(1e-9,), (0.0,), (0.999,), (100.0,)], "shi": [(20.0,)], "spence": [(1.0,), (1 + 1e-9,), (1e-5,), (100.0,)],
    "hyp1f1": [(1.0, 2.0, 0.0), (1.0, 2.0, -20.0), (2.0, 3.0, 30.0)], "hyp0f1": [(1.0, 0.0), (2.0, -30.0)],
    "hyp2f1": [(1.0, 1.0, 2.0, 0.0), (0.5, 1.0, 1.5, 0.99), (1.0, 2.0, 3.0, -10.0)],
    "lambertw": [(0, 0.0), (0, 1e10), (0, -0.36), (-1, -0.1), (-1, -1e-5)], "wrightomega": [(-20.0,), (50.0,)],
    "eval_legendre": [(0, 0.3), (1, 1.0), (20, -1.0), (30, 0.9)], "eval_chebyt": [(0, 0.3), (5, 1.0), (20, 0.3)],
    "eval_chebyu": [(0, 0.3), (10, 1.0)], "eval_hermite": [(0, 1.0), (15, 2.0)], "eval_laguerre": [(0, 1.0), (12, 3.0)],
    "tandg": [(60.0,)], "sindg": [(1e4,)], "lpmv": [(1, 2, 0.3), (0, 0, 0.3), (2, 2, 0.5)],
}  # fmt: skip
# SciPy's own value is not better than this there, and the derivatives are made of such values.
WORSE = {
    "hyperu": 1e3,
    "kerp": 10,
    "keip": 10,
    "airye_ai": 10,
    "airye_aip": 10,
    "pbdv_dp": 10,
    "pbvv_vp": 10,
    "ive": 5,
    "kve": 5,
}


def function_of(row):
    """What a user calls for this row: a component of a ufunc with several results, or SciPy's function."""
    if row.name in WRAPPED:
        return WRAPPED[row.name]
    name, _, part = row.spellings[0].rpartition(".")[2].partition("[")
    function = getattr(sp, name)
    return (lambda *operands: function(*operands)[int(part[:-1])]) if part else function


def points_of(row, count=3):
    """Random points of the row's probe, then its hard ones."""
    draw = random.Random(row.name)
    drawn = [[draw.uniform(*interval) for interval in row.probe] for _ in range(count)]
    for point in drawn:
        for k in ORDERS.get(row.name, ()):
            point[k] = round(point[k]) if row.name != "lambertw" else 0
    return [*map(tuple, drawn), *HARD.get(row.name, [])]


def known(row):
    """The operands whose partial the row knows."""
    return [k for k, text in enumerate(row.partials) if text != "-"]


def plain(row, point):
    """The user's function of its differentiable operands alone, and where they are."""
    function, places = function_of(row), known(row)

    def f(x):
        operands = list(point)
        for place, value in zip(places, x, strict=True):
            operands[place] = value
        return function(*operands)

    return f, np.array([point[k] for k in places], dtype=float)


def exact(row, point):
    """Gradient and Hessian by mpmath's differences of many digits."""
    places = known(row)
    base = [mpmath.mpf(value) for value in point]

    def f(*moved):
        operands = list(base)
        for place, value in zip(places, moved, strict=True):
            operands[place] = value
        return mpmath.re(TRUTH[row.name](*operands))

    n = len(places)
    at = tuple(base[k] for k in places)

    def derivative(*positions):
        orders = tuple(positions.count(k) for k in range(n))
        return mpmath.diff(f, at, orders) if n > 1 else mpmath.diff(f, at[0], orders[0])

    gradient = [derivative(i) for i in range(n)]
    hessian = [[derivative(*sorted((i, j))) for j in range(n)] for i in range(n)]
    return gradient, hessian


def off(got, wanted, lean=0.0, floor=0.0):
    """The largest error, relative to the entry, a share `lean` of the largest entry, and what mpmath leaves of a zero."""
    wanted = [mpmath.mpf(value) for value in np.ravel(np.array(wanted, dtype=object))]
    most = max(map(abs, wanted))
    errors = [
        abs(mpmath.mpf(float(mine)) - value) / (abs(value) + lean * most + floor + mpmath.mpf(1e-300))
        for mine, value in zip(np.ravel(got), wanted, strict=True)
    ]
    return float(max(errors))


@pytest.mark.parametrize("row", [row for row in SCIPY if row.name in TRUTH], ids=lambda row: row.name)
def test_first_and_second_derivatives_are_those_of_mpmath(row):
    """Forward, reverse and the Hessian of the plain SciPy call agree with mpmath at random and at hard points."""
    slack = WORSE.get(row.name, 1)
    with mpmath.workdps(DIGITS + 20 * (row.name in HARD and row.name not in {"owens_t", "lpmv", "kve"})):
        for point in points_of(row):
            f, x = plain(row, point)
            trace = record(f, x)
            gradient, hessian = exact(row, point)
            assert off(reverse_jacobian(trace), gradient) < FIRST * slack, point
            assert off(forward_jacobian(trace), gradient) < FIRST * slack, point
            if row.name not in NO_SECOND:
                assert off(hessian_matrix(trace), hessian, 1e-3, max(map(abs, gradient)) * FLOOR) < SECOND * slack, (
                    point
                )


NO_SECOND = {"elliprd", "elliprg", "elliprj"}


@pytest.mark.parametrize("name", INVERTED)
def test_inverse_functions_follow_from_what_they_invert(name):
    """The derivatives of an inverse function are those of the function at the exact solution."""
    row = ROWS[name]
    along = {"tklmbda": 0, "ellipj_am": 0}.get(name, len(row.operands) - 1)
    with mpmath.workdps(DIGITS):
        for point in points_of(row):
            moved = point[along]
            parameters = [mpmath.mpf(value) for k, value in enumerate(point) if k != along]

            def forward(y, parameters=parameters):
                return INVERTED[name](*parameters, y)

            function = function_of(row)

            def f(x, point=point, function=function):
                return function(*(x if k == along else value for k, value in enumerate(point)))

            y = mpmath.findroot(lambda t, moved=moved: forward(t) - mpmath.mpf(moved), mpmath.mpf(float(f(moved))))
            slope, bend = mpmath.diff(forward, y), mpmath.diff(forward, y, 2)
            trace = record(f, moved)
            assert off(reverse_jacobian(trace), [1 / slope]) < 10 * FIRST, point
            assert off(forward_jacobian(trace), [1 / slope]) < 10 * FIRST, point
            assert off(hessian_matrix(trace), [-bend / slope**3]) < 30 * SECOND, point


@pytest.mark.parametrize("row", SCIPY, ids=lambda row: row.name)
def test_floats_arrays_and_the_careful_world_say_the_same(row):
    """A row's partials are one number whether the operands are numbers or arrays, and in a world that never raises."""
    for point in points_of(row)[:3]:
        f, x = plain(row, point)
        alone = record(f, x)
        expected = reverse_jacobian(alone)[0]
        values = column(alone)
        with np.errstate(all="ignore"):
            careful = walk_up(alone, {alone.outputs[0]: 1.0}, [CAREFUL.number(value) for value in values], CAREFUL)
        np.testing.assert_allclose(np.ravel(careful[0]), expected, rtol=1e-14, atol=0)
        three = np.repeat(x[:, None], 3, axis=1)
        together = reverse_jacobian(record(f, three)).reshape(3, len(x), 3)
        for k in range(3):
            np.testing.assert_allclose(together[k, :, k], expected, rtol=1e-13, atol=0)


@pytest.mark.parametrize("row", SCIPY, ids=lambda row: row.name)
def test_the_value_text_is_the_function(row):
    """The value text of a row, evaluated in floats and in arrays, is SciPy's own value."""
    for point in points_of(row)[:3]:
        wanted = float(function_of(row)(*point))
        for world in (SCALAR, ARRAY):
            with np.errstate(all="ignore"):
                got = eval(row.value, dict(world), dict(zip(row.operands, point, strict=True)))  # noqa: S307 - our own text
            assert abs(float(got) - wanted) <= 2.0**-53 * row.rounding * abs(wanted), point


def test_every_row_is_held_to_a_truth():
    """No row that SciPy computes is left out of these tests."""
    assert set(ROWS) - set(TRUTH) - set(INVERTED) <= {"gammasgn"}


def test_a_wrong_rule_is_seen(monkeypatch):
    """The comparison fails for a Bessel function whose derivative lost its sign."""
    monkeypatch.setitem(TRUTH, "j0", lambda x: -mpmath.besselj(0, x))
    with pytest.raises(AssertionError):
        test_first_and_second_derivatives_are_those_of_mpmath(ROWS["j0"])


def test_words_are_rows_too():
    """Each inner word is a row, so that a derivative inside another one can be recorded."""
    assert all(row.value.partition("(")[0] == row.name for row in SCIPY_WORDS)
