"""What a trace says about its own accuracy, held against the truth in sixty digits."""

import math
from statistics import median

import mpmath
import numpy as np
import pytest
from known_functions import KNOWN

from gradcheck_tool.tracing import record
from gradcheck_tool.walks import survey as module
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian
from gradcheck_tool.walks.survey import survey

NAMES = [known.name for known in KNOWN]


def neighbours(x):
    """The point and forty doubles around it, far enough apart to round in their own ways."""
    return [x * (1 + k * 2.0**-46) for k in range(-20, 21)]


def rounding_error(known):
    """The largest distance of a computed value from the exact value of the formula at that same double."""
    with mpmath.workdps(60):
        return max(
            float(abs(mpmath.mpf(known(x)) - known.formula(mpmath.mpf(x), mpmath))) for x in neighbours(known.point)
        )


@pytest.mark.parametrize("known", KNOWN, ids=NAMES)
def test_the_noise_covers_the_rounding_error_of_the_value(known):
    """No value around the point is farther from the truth than eps_f says."""
    assert rounding_error(known) <= survey(record(known, known.point)).noise[0]


def test_the_noise_is_no_wild_overestimate():
    """In the middle of the list it is less than five times the largest error seen."""
    ratios = [
        survey(record(known, known.point)).noise[0] / error for known in KNOWN if (error := rounding_error(known)) > 0
    ]
    assert len(ratios) > 35
    assert median(ratios) < 5


@pytest.mark.parametrize("mode", [forward_jacobian, reverse_jacobian])
@pytest.mark.parametrize("known", KNOWN, ids=NAMES)
def test_the_bound_covers_the_error_of_both_modes(known, mode):
    """The derivative at the very double, to thirty digits, lies within the bound around the computed one."""
    trace = record(known, known.point)
    with mpmath.workdps(60):
        error = abs(mpmath.mpf(float(mode(trace)[0, 0])) - known.slope)
    assert error <= survey(trace).bound[0, 0] + 2.0**-53 * abs(float(known.slope))


def test_the_bound_is_no_wild_overestimate():
    """In the middle of the list it allows less than thirty roundings; three slopes are ill-conditioned."""
    digits = [
        survey(record(known, known.point)).bound[0, 0] / abs(float(known.slope)) for known in KNOWN if known.slope != 0
    ]
    assert median(digits) < 30 * 2.0**-53
    assert sum(one > 1e-8 for one in digits) <= 3


def test_the_noise_of_arrays_covers_sums_products_and_solutions():
    """Against the same program in sixty digits, for what matrices and long sums add to the noise."""
    rng = np.random.default_rng(5)
    A, b = rng.normal(size=(6, 6)), rng.normal(size=6)
    for _ in range(20):
        x = rng.normal(size=6) * 10.0 ** rng.uniform(-3, 3, 6)
        for f, exact in ARRAYS.values():
            with mpmath.workdps(60):
                truth = exact(mpmath.matrix(A.tolist()), mpmath.matrix(b.tolist()), mpmath.matrix(x.tolist()))
                value = f(A, b, x)
                error = float(abs(mpmath.mpf(float(value)) - truth))
            assert error <= survey(record(lambda at, f=f: f(A, b, at), x)).noise[0]


def high_solve(A, b, x):
    return sum(mpmath.lu_solve(A + mpmath.diag(list(x)), b))


ARRAYS = {
    "product": (lambda A, b, x: np.sum(A @ x), lambda A, b, x: sum(A * x)),
    "quadratic": (lambda A, b, x: x @ A @ x - b @ x, lambda A, b, x: (x.T * A * x)[0] - (b.T * x)[0]),
    "sum": (lambda A, b, x: np.sum(np.outer(b, x)), lambda A, b, x: sum(b) * sum(x)),
    "solve": (lambda A, b, x: np.sum(np.linalg.solve(A + np.diag(x), b)), high_solve),
}


def test_single_precision_is_measured_in_its_own_unit():
    """A sum in float32 is 2**29 times as noisy as in float64."""
    x = np.full(8, 0.1)
    single, double = survey(record(np.sum, x.astype(np.float32))).noise[0], survey(record(np.sum, x)).noise[0]
    assert single == pytest.approx(double * 2.0**29, rel=1e-6)


def test_the_scale_of_an_exact_zero_is_the_size_of_what_cancelled():
    """At the maximum of x exp(-x) the slope is 0 and its natural size is the value's own."""
    found = survey(record(lambda x: x * math.exp(-x), 1.0))
    assert found.scale[0, 0] == pytest.approx(math.exp(-1), rel=0.01)


def test_a_constant_output_has_no_noise_no_bound_and_no_scale():
    """Nothing was computed from the inputs, so nothing can be off."""
    found = survey(record(lambda x: [5.0, x], 2.0))
    assert (found.noise[0], found.bound[0, 0], found.scale[0, 0]) == (0, 0, 0)
    assert found.noise[1] > 0


def test_a_large_run_still_gets_noise_and_a_bound(monkeypatch):
    """Beyond what is affordable the bound is wider than the full one, and there are no margins."""
    trace = record(lambda x: np.sum(np.abs(x) * x), np.array([0.5, -2.0]))
    full = survey(trace)
    monkeypatch.setattr(module, "_AFFORDABLE", 1)
    cheap = survey(trace)
    assert cheap.guards == ()
    assert full.guards != ()
    assert cheap.noise[0] == full.noise[0]
    assert np.all(cheap.bound > full.bound)
