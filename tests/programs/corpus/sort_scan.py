"""Sorting, scans, differences, integrals, interpolation, polynomials."""

import numpy as np

T = np.array([0.0, 0.5, 1.5, 2.0, 3.0])


def sort_values(x):
    return np.sort(x) * T


def sort_axis(x):
    return np.sort(np.outer(x, x), axis=0)[1]


def sort_descending(x):
    return np.sort(x)[::-1] ** 2


def sort_method_copy(x):
    y = np.array(x)
    y.sort()
    return y[1:] - y[:-1]


def sorted_builtin_list(x):
    s = sorted(x)
    return s[0] * s[-1] + s[2]


def sorted_by_key(x):
    s = sorted(x, key=lambda v: -abs(v))
    return s[0] ** 2 * s[1]


def partition_smallest(x):
    return np.partition(x, 1)[:2].sum() ** 2


def unique_values(x):
    return np.unique(np.concatenate([x, x])) ** 2


def trimmed_mean(x):
    return np.sort(x)[1:-1].mean()


def l_moment(x):
    s = np.sort(x)
    n = len(s)
    return np.sum((2 * np.arange(1, n + 1) - n - 1) * s) / (n * (n - 1))


def gini(x):
    d = np.abs(x[:, None] - x[None, :])
    return d.sum() / (2 * len(x) ** 2 * np.mean(np.abs(x)))


def rank_weights(x):
    r = np.argsort(np.argsort(x))
    return np.sum(x * r)


def cumulative_sum(x):
    return np.cumsum(x**2)


def cumulative_sum_axis(x):
    return np.cumsum(np.outer(x[:3], x), axis=1)


def cumulative_sum_new_name(x):
    return np.cumulative_sum(x, include_initial=True) * 2


def cumulative_product(x):
    return np.cumprod(x)


def cumulative_product_zero(x):
    return np.cumprod(x)


def cumulative_product_new_name(x):
    return np.cumulative_prod(x)


def cumulative_maximum(x):
    return np.maximum.accumulate(x) ** 2


def cumulative_minimum(x):
    return np.minimum.accumulate(x * T)


def cumulative_method(x):
    return x.cumsum()[::-1].cumprod()


def accumulate_add(x):
    return np.add.accumulate(x) * np.multiply.accumulate(x)


def nan_cumulative(x):
    y = x.copy()
    y[2] = np.nan
    return np.nancumsum(y)


def difference(x):
    return np.diff(x) ** 2


def difference_second(x):
    return np.diff(x, n=2)


def difference_axis(x):
    return np.diff(np.outer(x, x), axis=0)[0]


def difference_prepend(x):
    return np.diff(x, prepend=0.0, append=1.0) ** 2


def total_variation(x):
    return np.sum(np.abs(np.diff(x)))


def gradient_unit(x):
    return np.gradient(x**2)


def gradient_spacing(x):
    return np.gradient(x, 0.1)


def gradient_coordinates(x):
    return np.gradient(x, T)


def gradient_edge_order(x):
    return np.gradient(x, 0.5, edge_order=2)


def gradient_two_axes(x):
    gy, gx = np.gradient(np.outer(x[:3], x))
    return gx * gy


def trapezoid_unit(x):
    return np.trapezoid(x**2)


def trapezoid_coordinates(x):
    return np.trapezoid(np.sin(x), T)


def trapezoid_active_nodes(x):
    nodes = np.cumsum(np.abs(x) + 0.1)
    return np.trapezoid(nodes**2, nodes)


def trapezoid_spacing(x):
    return np.trapezoid(np.outer(x, x), dx=0.2, axis=0)


def cumulative_trapezoid_by_hand(x):
    return np.concatenate([[0.0], np.cumsum(0.5 * (x[1:] + x[:-1]) * np.diff(T))])


def simpson_by_hand(x):
    return (x[0] + 4 * x[1] + 2 * x[2] + 4 * x[3] + x[4]) / 3


def interp_values(x):
    return np.interp([0.2, 0.9, 1.7, 2.4], T, x)


def interp_points(x):
    return np.interp(x, T, T**2)


def interp_nodes(x):
    nodes = np.cumsum(np.abs(x) + 0.2)
    return np.interp(1.1, nodes, x)


def interp_outside(x):
    return np.interp([-1.0, 5.0, 0.3], T, x, left=0.5)


def polynomial_value(x):
    return np.polyval(x, 1.3)


def polynomial_at(x):
    return np.polyval([2.0, -1.0, 0.5], x)


def polynomial_derivative(x):
    return np.polyder(x)


def polynomial_integral(x):
    return np.polyint(x)


def polynomial_product(x):
    return np.polymul(x, [1.0, -2.0])


def polynomial_sum(x):
    return np.polyadd(x, x[1:])


def polynomial_fit(x):
    return np.polyfit(T, x, 2)


def polynomial_fit_value(x):
    return np.polyval(np.polyfit(T, x, 1), 4.0)


def polynomial_roots(x):
    return np.sort(np.roots([1.0, -3.0 - 0.1 * x[0], 1.0 + 0.2 * x[2]]).real)


def polynomial_from_roots(x):
    return np.poly(x[:3])


def polynomial_class(x):
    p = np.polynomial.Polynomial(x)
    return p(0.7) + p.deriv()(0.3)


def polynomial_module(x):
    return np.polynomial.polynomial.polyval(0.7, x)


def chebyshev_series(x):
    return np.polynomial.chebyshev.chebval(0.3, x)


def horner(x):
    y = 0
    for c in x:
        y = y * 1.7 + c
    return y


def lagrange_interpolation(x):
    t, s = 1.2, 0.0
    for i in range(5):
        p = x[i]
        for j in range(5):
            if i != j:
                p = p * (t - T[j]) / (T[i] - T[j])
        s = s + p
    return s


def divided_differences(x):
    c = x.copy()
    for k in range(1, 5):
        c[k:] = (c[k:] - c[k - 1 : -1]) / (T[k:] - T[:-k])
    return c


def unwrap_phase(x):
    return np.unwrap(x * 4.0)


def histogram_weights(x):
    h, edges = np.histogram(T, bins=[0, 1, 2, 4], weights=x)
    return h**2


def histogram_counts(x):
    h, _ = np.histogram(x, bins=[-2, 0, 1, 3])
    return h * x.sum()


def bincount_weights(x):
    return np.bincount([0, 2, 2, 1, 0], weights=x) ** 2


def nan_to_number(x):
    y = np.where(x > 2, np.nan, x)
    return np.nan_to_num(y, nan=0.5) ** 2


def moving_average(x):
    c = np.cumsum(np.insert(x, 0, 0.0))
    return (c[3:] - c[:-3]) / 3


def exponential_smoothing(x):
    s = [x[0]]
    for v in x[1:]:
        s.append(0.4 * v + 0.6 * s[-1])
    return np.array(s)


def running_variance_welford(x):
    mean = m2 = 0.0
    for n, v in enumerate(x, 1):
        d = v - mean
        mean += d / n
        m2 += d * (v - mean)
    return m2 / (len(x) - 1)


def linspace_active_ends(x):
    return np.linspace(x[0], x[3], 5) ** 2


def linspace_step(x):
    grid, h = np.linspace(0.0, x[3], 4, retstep=True)
    return np.sum(grid**2) * h


def logspace_active(x):
    return np.logspace(x[0], x[2], 3)


def geomspace_active(x):
    return np.geomspace(x[0], x[3], 4)


def arange_active_step(x):
    return np.arange(0.0, 2.0, x[0] + 0.1) ** 2


def reduceat_sums(x):
    return np.add.reduceat(x**2, [0, 2, 3])


def set_operations(x):
    return np.union1d(x[:2], x[3:]) ** 2


POINTS = {
    "cumulative_product_zero": [0.7, 0.0, 1.3, -2.0, 0.4],
    "interp_points": [0.7, -1.0, 1.2, 2.2, 0.9],
    "geomspace_active": [0.7, 1.3, 0.4, 2.2, 0.9],
}
DEFAULT = [0.7, -1.3, 0.4, 2.2, 0.9]
