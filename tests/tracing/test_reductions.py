"""Reductions and scans with all their keywords: values, first and second derivatives."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import numpy as np
import pytest
from following import flat
from small_programs import X, assert_right, program, refused

from gradcheck_tool import jacobian
from gradcheck_tool.tracing import record

SHAPED = (
    "", "axis=0", "axis=1", "axis=-1", "axis=(0, 1)", "axis=(-1, 0)", "axis=1, keepdims=True", "keepdims=True",
    "axis=None", "axis=()",
)  # fmt: skip
FUNCTIONS = {
    "sum": ("dtype=np.float64", "where=M", "initial=2.5", "where=M, axis=1, initial=s", "where=[True, False, True], axis=0"),
    "mean": ("dtype=float", "where=M", "where=M, axis=1", "where=M, axis=1, keepdims=True"),
    "prod": ("dtype=float", "where=M", "initial=2.5", "where=M, axis=1, initial=s", "axis=1, where=C > 0"),
    "max": ("initial=1.0", "where=M, initial=-1.0", "where=M, initial=-np.inf, axis=1", "axis=1, initial=s * 0.99"),
    "min": ("initial=1.0", "where=M, initial=9.0", "where=M, initial=np.inf, axis=1", "axis=1, initial=s * 0.99"),
    "amax": ("initial=1.0",),
    "amin": ("initial=1.0",),
    "var": ("ddof=1", "correction=1", "where=M", "where=M, axis=1", "mean=np.mean(A)", "axis=1, ddof=1, keepdims=True",
            "axis=1, mean=np.mean(A, axis=1, keepdims=True)", "axis=1, mean=C[:, :1]", "ddof=0.5", "dtype=float"),
    "std": ("ddof=1", "correction=1", "where=M", "where=M, axis=1", "mean=np.mean(A)", "axis=1, ddof=1, keepdims=True",
            "axis=1, mean=np.mean(A, axis=1, keepdims=True)"),
    "nansum": ("where=M", "initial=2.5"),
    "nanmean": ("where=M",),
    "nanprod": ("where=M", "initial=2.5"),
    "nanmax": ("initial=1.0", "where=M, initial=0.0"),
    "nanmin": ("initial=1.0", "where=M, initial=9.0"),
    "nanvar": ("ddof=1", "where=M", "correction=1"),
    "nanstd": ("ddof=1", "where=M"),
}  # fmt: skip
PLAIN = ("median", "nanmedian", "ptp")


def _reductions():
    for name, more in FUNCTIONS.items():
        for keywords in (*SHAPED, *more):
            if "axis=()" in keywords and name in ("var", "std", "nanvar", "nanstd"):
                continue  # the spread of single entries: a constant
            yield f"np.{name}(A, {keywords})"
    for name in PLAIN:
        for keywords in SHAPED:
            if "()" not in keywords:
                yield f"np.{name}(A, {keywords})"
    for name in ("sum", "mean", "prod", "max", "min", "var", "std"):
        yield f"A.{name}()"
        yield f"A.{name}(1)"
        yield f"A.{name}(axis=(0, 1), keepdims=True)"
        yield f"T.{name}(axis=(0, 2))"
        yield f"np.{name}([s, x[0], 2.0])"
        yield f"np.{name}(s)" if name not in ("var", "std") else f"np.{name}([x[0], x[2]])"
        yield f"np.{name}([[x[0], 1.0], [x[3], x[1]]], axis=0)"
        yield f"z = np.zeros(2); np.{name}(A, axis=1, out=z); return z"
        yield f"z = np.empty(3); return np.{name}(T, axis=(0, 2), out=z) + z"


REDUCTIONS = tuple(_reductions())
SCANS = (
    *(f"np.{name}({call})"
    for name in ("cumsum", "cumprod", "nancumsum", "nancumprod")
    for call in ("x", "A", "A, axis=0", "A, axis=1", "A, axis=-1", "T, axis=1", "A, dtype=float", "[s, x[0], 3.0]", "s", "x[:1]")),
    "A.cumsum()", "A.cumsum(1)", "A.cumprod(axis=0)", "x.cumprod()",
    "z = np.zeros(6); np.cumsum(x, out=z); return z",
    "z = np.zeros((2, 3)); np.cumprod(A, axis=1, out=z); return z",
    "np.cumulative_sum(x)", "np.cumulative_sum(x, include_initial=True)", "np.cumulative_sum(A, axis=1, include_initial=True)",
    "np.cumulative_prod(x)", "np.cumulative_prod(A, axis=0)", "np.cumulative_prod(A, axis=-1, include_initial=True)",
    "np.diff(x)", "np.diff(x, n=2)", "np.diff(x, n=0)", "np.diff(A, axis=0)", "np.diff(A)", "np.diff(T, axis=1, n=2)",
    "np.diff(x, prepend=0.0)", "np.diff(x, append=s)", "np.diff(x, prepend=[1.0, 2.0], append=y[:2])",
    "np.diff(A, axis=0, prepend=C[:1])", "np.diff(A, axis=1, prepend=0)", "np.diff(A, axis=1, append=A[:, :1], n=2)",
    "np.ediff1d(x)", "np.ediff1d(A)", "np.ediff1d(x, to_end=s)", "np.ediff1d(x, to_begin=[1.0, 2.0], to_end=x[:2])",
    "np.trapezoid(x)", "np.trapezoid(x, dx=0.3)", "np.trapezoid(x, dx=s)", "np.trapezoid(A)", "np.trapezoid(A, axis=0)",
    "np.trapezoid(x, np.cumsum(y))", "np.trapezoid(A, [0.0, 0.4, 1.5])", "np.trapezoid(c, np.cumsum(x))",
    "np.trapezoid(A, np.cumsum(A, axis=1))", "np.trapezoid(A, np.cumsum(A, axis=0), axis=0)", "np.trapezoid(T, [0.0, s, 4.0], axis=1)",
    "np.trapezoid([s, x[0], 2.0], [0.0, 1.0, s])",
)  # fmt: skip
AVERAGES = (
    "np.average(x)", "np.average(A, axis=0)", "np.average(A, axis=1, keepdims=True)", "np.average(x, weights=c + 2)",
    "np.average(x, weights=y)", "np.average(c, weights=x)", "np.average(A, weights=A * A, axis=1)",
    "np.average(A, weights=C * C, axis=0)", "np.average(A, weights=x[:3], axis=1)", "np.average(A, weights=[s, 2.0], axis=0)",
    "np.average(T, weights=A, axis=(0, 2))", "np.average(T, weights=A.T, axis=(2, 0))",
    "list(np.average(x, weights=y, returned=True))", "list(np.average(A, axis=1, weights=x[:3], returned=True))",
    "list(np.average(A, axis=1, returned=True))", "np.average(A, axis=1, weights=A * A, keepdims=True)",
    "np.cov(x)", "np.cov(A)", "np.cov(A, rowvar=False)", "np.cov(x, y)", "np.cov(A, A * A)", "np.cov(A, bias=True)",
    "np.cov(A, ddof=0)", "np.cov(A.T, A.T * C.T, rowvar=False)", "np.cov(A, fweights=[1, 2, 3])", "np.cov(A, aweights=x[:3])",
    "np.cov(A, aweights=[0.5, 1.0, 2.0], ddof=0)", "np.cov(A, fweights=[1, 2, 3], aweights=x[3:])", "np.cov(A, C)",
    "np.corrcoef(A)", "np.corrcoef(x, y * y)", "np.corrcoef(A, rowvar=False)", "np.corrcoef(x, c)[0, 1]", "np.corrcoef(T[0])",
)  # fmt: skip
METHODS = (
    "linear", "lower", "higher", "nearest", "midpoint", "inverted_cdf", "averaged_inverted_cdf", "closest_observation",
    "interpolated_inverted_cdf", "hazen", "weibull", "median_unbiased", "normal_unbiased",
)  # fmt: skip
QUANTILES = (
    *(f"np.{name}({a}, {level}, method='{method}')" for method in METHODS for name, a, level in
      (("quantile", "x", 0.37), ("percentile", "A", [12.0, 50.0, 81.0]), ("nanquantile", "T, axis=1", 0.62)) if "axis" not in a),
    *(f"np.quantile(T, [0.2, 0.7], axis=1, method='{method}')" for method in METHODS),
    "np.quantile(x, 0.0)", "np.quantile(x, 1.0)", "np.quantile(A, 0.4, axis=1)", "np.quantile(A, 0.4, axis=0, keepdims=True)",
    "np.quantile(A, [[0.1, 0.4], [0.6, 0.9]], axis=1)", "np.quantile(A, 0.3, axis=(0, 1))", "np.quantile(A, [0.3, 0.5], keepdims=True)",
    "np.percentile(x, 30)", "np.percentile(x, [25, 50, 75])", "np.percentile([s, x[0], 2.0], 40)", "np.quantile(x, s / 3)",
    "np.quantile(A, [s / 3, 0.5], axis=1)", "np.percentile(x, 20 * s)", "np.percentile(c, 20 * s)",
    "q1, q3 = np.percentile(x, [25, 75]); return q3 - q1", "np.median(x[:5])", "np.median(x[:1])", "np.median([s, x[0], 2.0])",
    "np.median(T, axis=(0, 1))", "np.median(T, axis=1)",
)  # fmt: skip
NAN = (
    *(f"z = np.where(M, A, nan); return np.nan{name}(z{axis})"
      for name in ("sum", "mean", "prod", "max", "min", "var", "std", "median", "cumsum", "cumprod") for axis in ("", ", axis=1", ", axis=0")
      if not (axis == ", axis=0" and name in ("var", "std"))),
    "z = np.where(M, A, nan); return np.nanquantile(z, [0.3, 0.6], axis=1)",
    "z = np.where(M, A, nan); return np.nanpercentile(z, 40, keepdims=True)",
    "z = np.where(M, A, nan); return A[0][np.nanargmax(z, axis=1)]",
    "z = np.where(M, A, nan); return np.nanmax(z, axis=1, keepdims=True)",
    "z = x.copy(); z[2] = nan; return np.nanmean(z) * z[0]",
)  # fmt: skip
UFUNC_METHODS = (
    "np.add.reduce(A)", "np.add.reduce(A, axis=1)", "np.add.reduce(A, axis=None)", "np.add.reduce(A, axis=(0, 1), keepdims=True)",
    "np.add.reduce(A, 1, initial=2.0)", "np.add.reduce(A, axis=1, where=M)", "np.multiply.reduce(x)", "np.multiply.reduce(A, axis=1)",
    "np.multiply.reduce(A, axis=(0, 1))", "np.maximum.reduce(A)", "np.maximum.reduce(A, axis=1)", "np.minimum.reduce(x)",
    "np.maximum.reduce([x, y, c])", "np.minimum.reduce([x, y], axis=0)", "np.fmax.reduce(A, axis=1)", "np.fmin.reduce(x)",
    "np.logaddexp.reduce(x)", "np.logaddexp.reduce(A, axis=1)", "np.logaddexp2.reduce(A)", "np.hypot.reduce(x)", "np.hypot.reduce(A, axis=1)",
    "np.subtract.reduce(x)", "np.subtract.reduce(A, axis=1)", "np.divide.reduce(x)", "np.divide.reduce(A, axis=1, keepdims=True)",
    "np.power.reduce(x[:2])",
    "np.add.accumulate(x)", "np.add.accumulate(A, axis=1)", "np.multiply.accumulate(x)", "np.multiply.accumulate(A)",
    "np.maximum.accumulate(x)", "np.maximum.accumulate(A, axis=1)", "np.minimum.accumulate(x)", "np.subtract.accumulate(x)",
    "np.divide.accumulate(x)", "np.logaddexp.accumulate(x)", "np.hypot.accumulate(A, axis=1)", "np.fmax.accumulate(x)",
    "np.add.reduceat(x, [0, 2, 4])", "np.add.reduceat(x, [0, 3, 1, 4])", "np.add.reduceat(A, [0, 2], axis=1)",
    "np.multiply.reduceat(x, [0, 2, 4])", "np.maximum.reduceat(x, [0, 3])", "np.add.reduceat(A, [0, 1])",
    "np.add.outer(x, y)", "np.multiply.outer(x, c)", "np.subtract.outer(A, x[:2])", "np.maximum.outer(x, c)", "np.hypot.outer(x, s)",
    "np.divide.outer(c, A)", "np.power.outer(x[:2], y[:3])", "np.logaddexp.outer(x, y)", "np.multiply.outer(2.0, x)",
    "np.multiply.outer([s, 1.0], x)", "np.arctan2.outer(x, y)", "np.add.outer(s, x)",
    "z = np.zeros(3); np.add.at(z, [0, 1, 0, 2, 0, 1], x); return z", "z = x * 1.0; np.add.at(z, [0, 0, 2], y[:3]); return z",
    "z = np.zeros(3); np.subtract.at(z, [0, 1, 0], x[:3]); return z", "z = x * 1.0; np.multiply.at(z, [0, 0, 2], y[:3]); return z",
    "z = x * 1.0; np.multiply.at(z, [1, 1], 2.0); return z", "z = x * 1.0; np.maximum.at(z, [0, 0, 1], y[:3]); return z",
    "z = np.zeros((2, 3)); np.add.at(z, (slice(None), [0, 0, 2]), A); return z", "z = x * 1.0; np.negative.at(z, [0, 2]); return z",
    "z = A * 1.0; np.add.at(z, ([0, 1, 1], [2, 2, 2]), y[:3]); return z", "z = x * 1.0; np.add.at(z, [0, 0], s); return z",
    "z = np.ones(3); np.divide.at(z, [0, 0, 1], x[:3]); return z", "z = x * 1.0; np.add.at(z, m, s); return z",
    "z = np.zeros(3); np.add.reduce(A, axis=0, out=z); return z", "z = np.zeros(6); np.multiply.accumulate(x, out=z); return z",
    "z = np.zeros((2, 2)); np.multiply.outer(x[:2], y[:2], out=z); return z",
)  # fmt: skip


@pytest.mark.parametrize("text", REDUCTIONS)
def test_reductions_are_right(text):
    """Every reduction with every keyword."""
    assert_right(text)


@pytest.mark.parametrize("text", SCANS)
def test_scans_and_differences_are_right(text):
    """Running sums and products, differences, trapezoids."""
    assert_right(text)


@pytest.mark.parametrize("text", AVERAGES)
def test_weighted_means_and_covariances_are_right(text):
    """Averages with weights, covariances, correlations."""
    assert_right(text)


@pytest.mark.parametrize("text", QUANTILES)
def test_quantiles_are_right(text):
    """Medians, percentiles and quantiles by all methods and several levels at once."""
    assert_right(text)


@pytest.mark.parametrize("text", NAN)
def test_reductions_that_leave_nan_out_are_right(text):
    """The nan family, with nan in the array."""
    assert_right(text)


@pytest.mark.parametrize("text", UFUNC_METHODS)
def test_methods_of_ufuncs_are_right(text):
    """reduce, accumulate, reduceat, outer and at."""
    assert_right(text)


@pytest.mark.parametrize("zeros", [(1,), (1, 3), (0, 2, 4)])
@pytest.mark.parametrize(
    "text", ["np.prod(x)", "np.cumprod(x)", "np.prod(A, axis=1)", "np.multiply.reduce(x)", "np.cumprod(A, axis=1)"]
)
def test_products_with_zero_factors(text, zeros):
    """No division hides a factor: the derivative is the product of the others, first and second."""
    x = X.copy()
    x[list(zeros)] = 0.0
    assert_right(text, x)


def test_long_products_do_not_overflow_where_numpy_does_not():
    """Pairs of factors may be beyond the largest float although the running product is not."""
    x = np.array([1e200, 1e-200, 1e200, 1e-250, 1e200, 1e100])
    order = [0, 1, 2, 3, 4, 5]
    exact = np.array([np.prod(np.delete(x, k) if k else x[1:]) for k in order])
    np.testing.assert_allclose(jacobian(lambda v: np.prod(v), x), exact, rtol=1e-13)


@pytest.mark.parametrize(
    "text", ["np.max(x)", "np.min(x)", "np.median(x)", "np.ptp(x)", "np.std(x)", "np.quantile(x, 0.3)", "np.sort(x)"]
)
def test_ties_are_guarded(text):
    """Where two entries tie, a guard says that the run decided at equality."""
    trace = record(program(text), np.array([1.0, 2.0, 2.0, 1.0, 1.0, 2.0]) if "std" not in text else np.full(6, 1.5))
    assert any(guard.relation in ("largest", "smallest", "order", "==") for guard in trace.guards)


@pytest.mark.parametrize("kind", [np.float32, np.float16])
@pytest.mark.parametrize("text", ["np.sum(z)", "np.mean(z)", "np.var(z)", "np.std(z, ddof=1)", "np.prod(z)", "np.cumsum(z)", "np.median(z)",
                                  "np.max(z)", "np.average(z)", "np.sum(x, dtype=KIND)", "np.mean(x, dtype=KIND)", "np.cumprod(x, dtype=KIND)"])  # fmt: skip
def test_narrow_floats_keep_their_class(text, kind):
    """The result has NumPy's own dtype and bits; the derivative is that of real numbers."""
    body = f"z = x.astype(KIND); return {text}".replace("KIND", f"np.{kind.__name__}")
    f = program(body)
    plain = f(X.copy())
    trace = record(f, X)
    assert trace.result.dtype == plain.dtype == kind
    np.testing.assert_array_equal(trace.result, plain)
    exact = jacobian(program(text.replace("z", "x").replace(", dtype=KIND", "")), X)
    np.testing.assert_allclose(
        jacobian(f, X), exact, rtol=3e-3 if kind is np.float16 else 1e-6, atol=1e-3 if kind is np.float16 else 1e-6
    )


@pytest.mark.parametrize("text", ["np.sum(x, dtype=int)", "np.quantile(x, 0.3, weights=y, method='inverted_cdf')", "np.power.reduce(x)",
                                  "np.cumsum(x, dtype=np.int64)",
                                  "np.prod(x, dtype=int)", "np.median(x, overwrite_input=True)", "np.quantile(x, s / 3, method='hazen')",
                                  "np.mean(x, out=c[:1])"])  # fmt: skip
def test_keywords_without_a_rule_are_refused(text):
    """By the name of the function, with place and remedy."""
    refusal = refused(text)
    assert "numpy" in str(refusal) or "quantile" in str(refusal)
    assert refusal.where
    assert refusal.remedy


@pytest.mark.parametrize("text", ["np.count_nonzero(x > 1) * s", "np.any(x > 2) * s", "np.all(A > 0, axis=1) * s", "np.argmax(x) * s",
                                  "np.argsort(x) * s", "np.count_nonzero(A > 1, axis=1) * s", "np.any(A > 2, axis=1, keepdims=True) * A"])  # fmt: skip
def test_decisions_are_plain(text):
    """Counts and positions are plain numbers, and guards remember them."""
    assert_right(text)
    assert record(program(text), X).guards


def test_the_check_of_these_programs_can_fail():
    """A derivative that is off by one part in a million is noticed."""
    assert flat(program("np.sum(x)")(X)).size == 1
    with pytest.raises(AssertionError):
        assert_right("np.sum(x) + np.floor(x[0] * 1e6) * 1e-12 * 1e6")
