"""Sums, products, means, extremes: over everything, over axes, with keywords."""

import functools

import numpy as np


def total(x):
    return np.sum(x**2)


def total_method(x):
    return (x**3).sum()


def total_axis_zero(X):
    return np.sum(X**2, axis=0)


def total_axis_one_keepdims(X):
    return np.sum(X, axis=1, keepdims=True) * X


def total_axis_tuple(X):
    return np.sum(X * np.array([1.0, 2.0, 3.0]), axis=(0, 1)) ** 2


def total_negative_axis(X):
    return X.sum(-1).prod()


def total_where(x):
    return np.sum(x**2, where=[True, False, True, True])


def total_initial(x):
    return np.sum(np.exp(x), initial=2.5)


def total_dtype(x):
    return np.sum(x**2, dtype=np.float64) * np.sum(x, dtype=float)


def total_of_list(x):
    return np.sum([x[0], x[1] ** 2, x[2] * x[3]])


def total_of_generator(x):
    return sum(v**2 for v in x)


def total_add_reduce(x):
    return np.add.reduce(x * x)


def total_out(X):
    out = np.zeros(3)
    np.sum(X**2, axis=0, out=out)
    return out


def mean_all(x):
    return np.mean(x**2)


def mean_axis(X):
    return (X - X.mean(axis=0)) / X.mean()


def mean_keepdims(X):
    return X / np.mean(X, axis=1, keepdims=True)


def mean_where(x):
    return np.mean(x**2, where=np.array([True, True, False, True]))


def product_all(x):
    return np.prod(x)


def product_with_zero(x):
    return np.prod(x)


def product_with_two_zeros(x):
    return np.prod(x)


def product_axis(X):
    return X.prod(axis=1)


def product_initial(x):
    return np.prod(x, initial=3.0)


def product_reduce(x):
    return np.multiply.reduce(x + 1)


def largest(x):
    return np.max(x) ** 2


def smallest_axis(X):
    return X.min(axis=0)


def amax_initial(x):
    return np.amax(x, initial=0.9) * x.sum()


def max_where(x):
    return np.max(x, where=np.array([True, False, True, True]), initial=-np.inf) ** 3


def range_peak_to_peak(x):
    return np.ptp(x) ** 2


def range_axis(X):
    return np.ptp(X, axis=1)


def variance(x):
    return np.var(x)


def variance_ddof(x):
    return x.var(ddof=1)


def variance_correction(x):
    return np.var(x, correction=1)


def variance_axis(X):
    return np.var(X, axis=0, ddof=1)


def deviation(x):
    return np.std(x)


def deviation_axis_keepdims(X):
    return (X - X.mean(1, keepdims=True)) / X.std(1, keepdims=True)


def deviation_ddof(x):
    return x.std(ddof=1) / x.mean()


def mean_given_to_var(x):
    m = np.mean(x, keepdims=True)
    return np.var(x, mean=m)


def average_weighted(x):
    return np.average(x**2, weights=[1, 2, 3, 4])


def average_active_weights(x):
    return np.average([1.0, 2.0, 3.0, 4.0], weights=x)


def average_returned(x):
    value, weight = np.average(x, weights=x**2, returned=True)
    return value * weight


def median_odd(x):
    return np.median(x[:3])


def median_even(x):
    return np.median(x) ** 2


def median_axis(X):
    return np.median(X, axis=1)


def percentile_one(x):
    return np.percentile(x, 37.0)


def percentile_many(x):
    return np.percentile(x, [10, 50, 90])


def quantile_axis(X):
    return np.quantile(X, 0.25, axis=1)


def quantile_lower(x):
    return np.quantile(x, 0.4, method="lower")


def quantile_midpoint(x):
    return np.quantile(x, 0.4, method="midpoint")


def interquartile(x):
    q75, q25 = np.percentile(x, [75, 25])
    return q75 - q25


def nan_sum(x):
    y = np.concatenate([x, [np.nan]])
    return np.nansum(y**2)


def nan_mean(x):
    y = x.copy()
    y[1] = np.nan
    return np.nanmean(y)


def nan_std(x):
    y = np.append(x, np.nan)
    return np.nanstd(y)


def nan_max_min(x):
    y = np.append(x, np.nan)
    return np.nanmax(y) * np.nanmin(y)


def nan_median(x):
    return np.nanmedian(np.append(x, [np.nan, np.nan]))


def nan_prod(x):
    return np.nanprod(np.append(x, np.nan))


def norm_by_hand(x):
    return np.sqrt(np.sum(x * x))


def norm_euclid(x):
    return np.linalg.norm(x)


def rms(x):
    return np.sqrt(np.mean(np.square(x)))


def geometric_mean(x):
    return np.prod(np.abs(x)) ** (1 / len(x))


def harmonic_mean(x):
    return len(x) / np.sum(1.0 / x**2)


def log_sum_exp(x):
    m = np.max(x)
    return m + np.log(np.sum(np.exp(x - m)))


def softmax_rows(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def skewness(x):
    d = x - np.mean(x)
    return np.mean(d**3) / np.mean(d**2) ** 1.5


def kurtosis(x):
    z = (x - x.mean()) / x.std()
    return (z**4).mean() - 3


def covariance(X):
    return np.cov(X)


def covariance_rowvar(X):
    return np.cov(X, rowvar=False, bias=True)[0, 1]


def correlation(X):
    return np.corrcoef(X)[0, 1]


def count_nonzero_factor(x):
    return np.count_nonzero(x > 0.5) * x.sum()


def any_all_branches(x):
    y = x if np.any(x > 2) else 2 * x
    return y.sum() ** 2 if np.all(x > 0) else y.sum()


def argmax_pick(x):
    return x[np.argmax(x)] * x[x.argmin()]


def builtin_reduce(x):
    return functools.reduce(lambda a, b: a * b + a, x)


def builtin_max_of_array(x):
    return max(x) - min(x) ** 2


def vecdot_norm(X):
    return np.sqrt(np.vecdot(X, X))


def trace_squared(X):
    return np.trace(X[:, :2] @ X[:, 1:])


def entropy(x):
    p = np.abs(x) / np.abs(x).sum()
    return -np.sum(p * np.log(p))


def weighted_logits(x):
    w = np.array([0.1, 0.2, 0.3, 0.4])
    return np.log(np.sum(w * np.exp(x))) - np.dot(w, x)


def variance_of_one(x):
    return np.var(x[:1] * x[1:2]) + x.sum()


def sum_of_integers_only(x):
    return np.sum(np.arange(4)) * x.mean()


POINTS = {
    name: [[0.7, -1.2, 0.4], [1.1, 2.3, -0.6]]
    for name in (
        "total_axis_zero total_axis_one_keepdims total_axis_tuple total_negative_axis total_out mean_axis mean_keepdims "
        "product_axis smallest_axis range_axis variance_axis deviation_axis_keepdims median_axis quantile_axis "
        "softmax_rows covariance covariance_rowvar correlation vecdot_norm trace_squared"
    ).split()
} | {
    "product_with_zero": [0.7, 0.0, 1.3, -2.0],
    "product_with_two_zeros": [0.7, 0.0, 0.0, -2.0],
    "average_active_weights": [0.2, 0.3, 1.4, 0.6],
    "any_all_branches": [0.2, 0.3, 1.4, 0.6],
}
DEFAULT = [0.7, -1.3, 2.4, 1.1]
