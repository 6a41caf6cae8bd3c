"""SciPy under every name a user may give it: recorded where there is a rule, refused by name where there is none."""

from __future__ import annotations

import numpy as np
import pytest
import scipy
import scipy.linalg as sla
import scipy.sparse
from following import assert_followed
from scipy import integrate, interpolate, signal, special, stats
from scipy.spatial import distance

from gradcheck_tool import gradient, jacobian
from gradcheck_tool.complaint import CannotFollow

X = np.array([0.4, 0.9, 0.7, 0.2])
SPARSE = scipy.sparse.csr_matrix(np.array([[1.0, 2.0], [3.0, 4.0]]))
SPLINE = interpolate.CubicSpline([0.0, 1.0, 2.0, 3.0], [1.0, 2.0, 0.0, 1.0])


def sparse_times_vector(x):
    return SPARSE @ x[:2]


def vector_times_sparse(x):
    return x[:2] @ SPARSE


def sparse_method(x):
    return SPARSE.dot(x[:2]) * SPARSE.shape[0]


def instance_of(x):
    return x * isinstance(SPARSE, scipy.sparse.csr_matrix) + isinstance(SPLINE, interpolate.CubicSpline)


def constants_inside(x):
    b = sla.inv(np.diag([1.0, 2.0]))
    b[0, 0] = x[0]
    return b


def list_of_recorded(x):
    return special.gammaln([x[0], 2 * x[1]])


def imported_inside(x):
    from scipy.linalg import det

    return det(np.diag([2.0, 3.0])) * x


def attribute_chain(x):
    return scipy.linalg.norm([3.0, 4.0]) * scipy.special.expit(x)


def spline_at_constants(x):
    return SPLINE(0.5) * x + SPLINE([0.1, 0.2, 0.3, 0.4])


def constant_distribution(x):
    return stats.norm(0.0, 2.0).pdf(0.3) * x + stats.norm.cdf(0.1)


def written_into(x):
    buffers = integrate.cumulative_trapezoid([1.0, 2.0, 3.0], initial=0.0), sla.lu(np.eye(2))
    buffers[0][1] = x[0]
    buffers[1][1][0, 0] = x[1]
    return buffers[0].sum() + buffers[1][1].sum()


@pytest.mark.parametrize(
    "f",
    [
        sparse_times_vector, vector_times_sparse, sparse_method, instance_of, constants_inside, list_of_recorded,
        imported_inside, attribute_chain, spline_at_constants, constant_distribution, written_into,
    ],
)  # fmt: skip
def test_followed(f):
    """Constants go through SciPy untouched, recorded values by their rules."""
    assert_followed(f, X)


def test_everything_is_put_back():
    """After a recording, and after a refusal, the names stand for SciPy itself."""
    before = sla, SPARSE, SPLINE, scipy.linalg.inv, stats.norm
    jacobian(constants_inside, X)
    with pytest.raises(CannotFollow):
        jacobian(lambda x: signal.medfilt(x), X)
    assert all(a is b for a, b in zip(before, (sla, SPARSE, SPLINE, scipy.linalg.inv, stats.norm), strict=True))
    assert type(SPARSE).__name__ == "csr_matrix"


@pytest.mark.parametrize(
    ("name", "f"),
    [
        ("scipy.signal.medfilt", lambda x: signal.medfilt(x)),
        ("scipy.signal.medfilt", lambda x: scipy.signal.medfilt(x[None, :])),
        ("scipy.spatial.distance.yule", lambda x: distance.yule(x, [0.0, 1.0, 0.0, 1.0])),
        ("scipy.interpolate.UnivariateSpline", lambda x: interpolate.UnivariateSpline(x, x)(0.5)),
        ("scipy.stats.levy_stable.pdf", lambda x: stats.levy_stable.pdf(x, 1.5, 0.0)),
    ],
)
def test_refused_by_name(name, f):
    """A refusal names the function of SciPy, the line and what to do."""
    with pytest.raises(CannotFollow) as caught:
        jacobian(f, X)
    assert name in str(caught.value)
    assert "test_library.py:" in caught.value.where
    assert caught.value.remedy


def test_inner_derivative_through_the_library():
    """Twins of a recording inside a recording compute with those of the outer one."""
    assert gradient(lambda x: gradient(lambda y: special.expit(y) * x, 0.3), 2.0) == pytest.approx(
        special.expit(0.3) * special.expit(-0.3)
    )
