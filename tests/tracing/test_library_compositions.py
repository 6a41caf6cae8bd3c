"""Distributions, filters and distances of SciPy's, written out: right in every mode, or refused by name."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.ndimage
from scipy import signal, stats
from scipy.spatial import distance
from scipy.spatial.distance import cdist, pdist
from scipy.stats import norm
from three_modes import everything

from gradcheck_tool import jacobian
from gradcheck_tool.complaint import CannotFollow

X = np.array([1.3, 2.1])
AT = np.array([0.3, 0.9, 1.7])
FROZEN, FROZEN_MANY = norm(0.3, 1.2), stats.multivariate_normal([0.1, 0.2], [[2.0, 0.3], [0.3, 1.0]])
KERNEL, ROWS = np.array([1.0, 0.5, 0.2]), np.arange(6.0).reshape(2, 3) + 1
METHODS = ("pdf", "logpdf", "cdf", "sf", "logcdf", "logsf")
FAMILIES = {
    "norm": ((), AT), "expon": ((), AT), "uniform": ((), 0.3 * AT), "lognorm": ((0.7,), AT), "gamma": ((2.5,), AT),
    "chi2": ((3.0,), AT), "beta": ((2.0, 3.0), 0.5 * AT), "t": ((4.0,), AT), "cauchy": ((), AT), "logistic": ((), AT),
    "laplace": ((), AT), "weibull_min": ((1.5,), AT), "pareto": ((2.0,), AT + 2.5), "rayleigh": ((), AT),
    "gumbel_r": ((), AT), "halfnorm": ((), AT),
}  # fmt: skip


def vector(x):
    return np.stack([x[0], x[1], x[0] * x[1], 1.0 + 0.0 * x[0], x[0] ** 2])


def matrix(x):
    return np.stack([vector(x)[:3], vector(x)[2:], np.stack([1.5 * x[0], 2.0 * x[1], x[1] - x[0]])])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", FAMILIES)
def test_continuous(name, method):
    """At recorded places, with recorded loc and scale."""
    shapes, at = FAMILIES[name]
    asked = getattr(getattr(stats, name), method)
    owner = getattr(stats, name)

    def f(x):
        return getattr(owner, method)(at * x[0], *shapes, loc=-0.1 * x[1], scale=x[1])

    assert np.all(np.isfinite(asked(at * X[0], *shapes, loc=-0.1 * X[1], scale=X[1])))
    assert everything(f, X) == "right"


PROGRAMS = {
    "gamma shape": lambda x: stats.gamma.logpdf(AT, x[0], scale=x[1]),
    "beta shapes": lambda x: stats.beta.logpdf(AT * 0.5, x[0], x[1]),
    "t degrees": lambda x: stats.t.logpdf(AT, x[0], x[1]),
    "lognorm keywords": lambda x: stats.lognorm.pdf(AT, s=x[0], scale=x[1]),
    "normal quantiles": lambda x: norm.ppf(AT * 0.5, x[0], x[1]) + norm.ppf(x[0] * 0.3) + norm.isf(x[0] * 0.1),
    "quantiles": lambda x: stats.expon.ppf(AT * 0.5, scale=x[1]) + stats.weibull_min.ppf(0.3, x[0]),
    "poisson": lambda x: stats.poisson.pmf([0, 2, 3], x[0]) + stats.poisson.logpmf(2, x[1]),
    "poisson cdf": lambda x: stats.poisson.cdf([0, 2], x[0]) + stats.poisson.sf(2, x[1]),
    "binomial": lambda x: stats.binom.pmf([0, 2, 3], 5, x[0] * 0.3) + stats.binom.cdf(2, 5, x[0] * 0.3),
    "bernoulli, geometric": lambda x: stats.bernoulli.pmf(1, x[1] * 0.2) + stats.geom.pmf(3, x[0] * 0.2),
    "frozen poisson": lambda x: stats.poisson(x[0]).pmf([1, 2]),
    "frozen": lambda x: norm(x[0], x[1]).pdf(AT) + norm(loc=x[0]).cdf(0.3) + norm(x[0], scale=x[1]).std(),
    "frozen outside": lambda x: FROZEN.pdf(x) + FROZEN.cdf(x[0]),
    "samples": lambda x: norm.rvs(x[0], x[1], size=3, random_state=1),
    "constant": lambda x: norm.pdf(0.3) * x,
    "outside of the support": lambda x: stats.expon.pdf(np.array([-1.0, 1.0]) * x[0]),
    "many dimensions": lambda x: stats.multivariate_normal.logpdf(
        x, [0.1, 0.2], np.array([[2.0, 0.3], [0.3, 1.0]]) * x[0]
    ),
    "many points": lambda x: stats.multivariate_normal.pdf(np.array([[0.1, 0.2], [0.3, 0.5]]), x, np.diag(x)),
    "frozen, many": lambda x: FROZEN_MANY.pdf(x) + stats.multivariate_normal(x, np.diag(x)).logpdf([0.1, 0.2]),
    "convolve": lambda x: signal.convolve(vector(x), KERNEL) + signal.convolve(KERNEL, vector(x)),
    "fftconvolve": lambda x: signal.fftconvolve(vector(x), KERNEL, mode="same"),
    "correlate": lambda x: signal.correlate(vector(x), KERNEL * x[0], mode="valid"),
    "short first": lambda x: signal.convolve(KERNEL, vector(x), mode="same"),
    "convolve2d": lambda x: signal.convolve2d(matrix(x), ROWS, mode="same"),
    "lfilter": lambda x: signal.lfilter([1.0, x[0]], [1.0, -0.5 * x[1], 0.1], vector(x)),
    "lfilter of columns": lambda x: signal.lfilter([x[0]], [2.0, 0.3], matrix(x), axis=0),
    "lfilter with a state": lambda x: signal.lfilter([1.0, 0.5], [1.0, 0.3], vector(x), zi=np.stack([x[1]])),
    "detrend": lambda x: signal.detrend(vector(x)) + signal.detrend(vector(x), type="constant"),
    "distances": lambda x: (
        distance.euclidean(x, [1.0, 2.2]) + distance.cosine(x, [1.0, -2.0]) + distance.cityblock(x, [0.0, 1.0])
        + distance.sqeuclidean(x, [3.0, 1.0]) + distance.chebyshev(x, [0.0, 0.1]) + distance.canberra(x, [0.2, 0.1])
    ),
    "more distances": lambda x: (
        distance.mahalanobis(x, [1.0, 1.0], [[2.0, 0.1], [0.1, 1.0]]) + distance.minkowski(x, [0.0, 0.0], 3)
        + distance.correlation(vector(x), np.arange(5.0)) + distance.braycurtis(x, [0.2, 0.1])
    ),
    "cdist": lambda x: cdist(matrix(x), ROWS + 0.4),
    "cdist by cosine": lambda x: cdist(matrix(x), ROWS, "cosine") + cdist(matrix(x), ROWS, "sqeuclidean"),
    "pdist": lambda x: pdist(matrix(x)),
    "squareform": lambda x: distance.squareform(pdist(matrix(x))),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_right(name):
    """Values bit for bit, both modes and second derivatives against differences of the plain function."""
    assert everything(PROGRAMS[name], X) == "right"


REFUSALS = {
    "scipy.stats.levy.pdf": lambda x: stats.levy.pdf(x),
    "scipy.stats.gamma.fit": lambda x: stats.gamma.fit(x),
    "scipy.stats.poisson.pmf": lambda x: stats.poisson.pmf(x[0], 2.0),
    "scipy.stats.expon.pdf": lambda x: stats.expon.pdf(0.0, scale=x[0]),
    "scipy.stats.norm.ppf": lambda x: norm.ppf(1.0, scale=x[0]),
    "scipy.special.gammainc": lambda x: stats.gamma.cdf(AT, x[0]),
    "scipy.ndimage.convolve1d": lambda x: scipy.ndimage.convolve1d(vector(x), KERNEL),
    "scipy.ndimage.gaussian_filter": lambda x: scipy.ndimage.gaussian_filter(vector(x), 1.0),
    "scipy.signal.convolve2d": lambda x: signal.convolve2d(matrix(x), ROWS, mode="same", boundary="wrap"),
    "scipy.spatial.distance.cdist": lambda x: cdist(matrix(x), ROWS, "hamming"),
    "scipy.spatial.distance.euclidean": lambda x: distance.euclidean(x, [0.0, 0.0], w=[1.0, 2.0]),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refused(name):
    """By the name of the function, with the line and a remedy."""
    with pytest.raises(CannotFollow) as caught:
        jacobian(REFUSALS[name], X)
    assert name in str(caught.value)
    assert "test_library_compositions.py:" in caught.value.where
    assert caught.value.remedy


def test_errors_are_scipys_own():
    """What SciPy refuses, it refuses with its own exception."""
    with pytest.raises(TypeError):
        jacobian(lambda x: norm.pdf(x, 0.0, 1.0, 2.0), X)
    with pytest.raises(ValueError, match=r"shape|dimension|size|broadcast"):
        jacobian(lambda x: distance.euclidean(x, [1.0, 2.0, 3.0]), X)
