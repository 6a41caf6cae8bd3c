"""Where something coincides or vanishes: what is smooth there is right, what is not is refused or marked."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.linalg
from numpy import linalg as la
from test_linear_algebra import extrapolated, flat

from gradcheck_tool import hessian, jacobian, trace
from gradcheck_tool.complaint import CannotFollow

pytestmark = pytest.mark.filterwarnings("ignore::gradcheck_tool.complaint.DerivativeWarning")

TURN = la.qr(np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 2.0], [0.7, 0.4, 1.1]]))[0]


def sym(x):
    return np.array([[x[0], x[1], x[2]], [x[1], x[3], x[4]], [x[2], x[4], x[5]]])


def entries(matrix):
    return matrix[np.triu_indices(3)]


POINTS = {
    "one": entries(np.eye(3)),
    "two of three": entries(np.diag([1.0, 1.0, 2.0])),
    "turned": entries(TURN @ np.diag([1.0, 1.0, 3.0]) @ TURN.T),
    "all turned": entries(TURN @ np.diag([2.0, 2.0, 2.0]) @ TURN.T),
}
SYMMETRIC = {
    "sum": lambda x: np.sum(la.eigvalsh(sym(x))),
    "squares": lambda x: np.sum(la.eigvalsh(sym(x)) ** 2),
    "exponentials": lambda x: np.sum(np.exp(la.eigvalsh(sym(x)))),
    "log det": lambda x: np.sum(np.log(la.eigvalsh(sym(x)))),
    "product": lambda x: np.prod(la.eigvalsh(sym(x))),
    "pairs": lambda x: np.sum(np.multiply.outer(la.eigvalsh(sym(x)), la.eigvalsh(sym(x))) ** 2),
    "beside vectors": lambda x: np.sum(la.eigh(sym(x))[0] ** 3),
    "nuclear": lambda x: la.norm(sym(x), "nuc"),
    "singular squares": lambda x: np.sum(la.svd(sym(x), compute_uv=False) ** 2),
    "singular cubes": lambda x: np.sum(la.svd(sym(x))[1] ** 3),
    "scipy": lambda x: np.sum(scipy.linalg.eigvalsh(sym(x)) ** 3) + np.sum(scipy.linalg.svdvals(sym(x)) ** 2),
}


def assert_smooth(f, x, slack=1e-8):
    expected, _gap = extrapolated(lambda x: flat([f(x)]), x, 0.05)
    for mode in ("forward", "reverse"):
        assert np.allclose(jacobian(f, x, mode=mode), expected[0], rtol=0, atol=slack * (1 + np.max(np.abs(expected))))
    second, _gap = extrapolated(lambda x: extrapolated(lambda x: flat([f(x)]), x, 0.05)[0][0], x, 0.05)
    assert np.allclose(hessian(f, x), second, rtol=0, atol=1e-6 * (1 + np.max(np.abs(second))))


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("name", SYMMETRIC)
def test_symmetric_functions_of_coinciding_values(name, point):
    """First and second derivatives of symmetric functions are right where eigenvalues coincide."""
    assert_smooth(SYMMETRIC[name], POINTS[point])


@pytest.mark.parametrize("name", ["sum", "squares", "exponentials", "product"])
def test_symmetric_functions_of_eigenvalues_of_a_general_matrix(name):
    """The same for `eigvals`: the first derivative is right, the second is refused."""
    fold = {"sum": np.sum, "squares": lambda w: np.sum(w**2), "product": np.prod}.get(name, lambda w: np.sum(np.exp(w)))

    def f(x):
        return fold(la.eigvals(sym(x)))

    expected, _gap = extrapolated(lambda x: flat([f(x)]), POINTS["turned"], 0.05)
    for mode in ("forward", "reverse"):
        assert np.allclose(jacobian(f, POINTS["turned"], mode=mode), expected[0], atol=1e-8)
    with pytest.raises(CannotFollow, match="coincide") as caught:
        hessian(f, POINTS["turned"])
    assert "test_coinciding.py:" in caught.value.where


WITHHELD = {
    "eigh": lambda x: la.eigh(sym(x))[1],
    "eigh entry": lambda x: la.eigh(sym(x))[1][0, 0],
    "eigh row": lambda x: la.eigh(sym(x))[1][0] * 2,
    "eigh rebuilt": lambda x: la.eigh(sym(x))[1] @ np.diag(np.exp(la.eigvalsh(sym(x)))) @ la.eigh(sym(x))[1].T,
    "eig": lambda x: la.eig(sym(x))[1],
    "svd": lambda x: la.svd(sym(x))[0],
    "svd right": lambda x: la.svd(sym(x))[2].sum(),
    "scipy eigh": lambda x: scipy.linalg.eigh(sym(x))[1].copy(),
    "scipy svd": lambda x: np.abs(scipy.linalg.svd(sym(x))[0]),
}


@pytest.mark.parametrize("name", WITHHELD)
def test_vectors_of_coinciding_values_are_refused(name):
    """Whoever uses them is refused at that line, in both modes, with a remedy."""
    for mode in ("forward", "reverse"):
        with pytest.raises(CannotFollow, match="coincide") as caught:
            jacobian(WITHHELD[name], POINTS["one"], mode=mode)
        assert "test_coinciding.py:" in caught.value.where
        assert caught.value.remedy


def test_vectors_of_simple_values_beside_coinciding_ones():
    """Only the vectors that coincide are withheld."""

    def f(x):
        v = la.eigh(sym(x))[1][:, -1]
        return v[0] ** 2 + 2 * v[1] * v[2]

    assert_smooth(f, POINTS["turned"])


def test_a_single_one_of_coinciding_values_has_no_second_derivative():
    """Its first derivative is the mean over all directions of the common space; a guard marks the kink."""

    def largest(x):
        return la.eigvalsh(sym(x))[-1]

    first = jacobian(largest, POINTS["one"])
    assert np.allclose(first, entries(np.eye(3)) / 3)
    assert np.allclose(first, jacobian(largest, POINTS["one"], mode="forward"))
    assert any(guard.relation == "==" for guard in trace(largest, POINTS["one"]).guards)
    with pytest.raises(CannotFollow, match="coincide"):
        hessian(largest, POINTS["one"])


ZEROS = {
    "det of rank two": (lambda x: la.det(x.reshape(3, 3)), [1.0, 2, 3, 2, 4, 6, 1, 1, 0]),
    "det of rank one": (lambda x: la.det(x.reshape(3, 3)), [1.0, 2, 3, 2, 4, 6, 3, 6, 9]),
    "det of zero": (lambda x: la.det(x.reshape(3, 3)), [0.0] * 9),
    "det of a zero row": (lambda x: la.det(x.reshape(2, 2)) * x[1], [0.0, 0, 1, 2]),
    "squares of singular values, one zero": (lambda x: np.sum(la.svd(x.reshape(2, 2))[1] ** 2), [1.0, 2, 2, 4]),
    "squares of singular values, all zero": (lambda x: np.sum(la.svdvals(x.reshape(2, 2)) ** 2), [0.0] * 4),
    "fourth powers, wide": (lambda x: np.sum(la.svdvals(x.reshape(2, 3)) ** 4), [0.1, 0.2, 0.3, 0.2, 0.4, 0.6]),
    "square of a norm": (lambda x: la.norm(x) ** 2, [0.0, 0.0]),
    "cosine of a norm": (lambda x: np.cos(la.norm(x)), [0.0, 0.0]),
    "variance": (lambda x: np.std(x) ** 2, [1.0, 1.0, 1.0]),
    "norm of a constant zero": (lambda x: np.sum(la.norm(np.array([[0, 0], [x[0], x[1]]]), axis=1)), [1.0, 2.0]),
}


@pytest.mark.parametrize("name", ZEROS)
def test_smooth_at_zero(name):
    """What is smooth where something vanishes is right to second order."""
    f, x = ZEROS[name]
    assert_smooth(f, np.array(x))


def test_another_norm_of_zero_makes_nothing_smooth():
    """The square of a 3-norm has no second derivative at zero, the square of the 2-norm has."""
    with pytest.raises(CannotFollow, match="norm is zero"):
        hessian(lambda x: la.norm(x, 3) ** 2, np.zeros(2))


@pytest.mark.parametrize("order", [None, 1.5, 3, 2])
def test_norm_of_zero_is_a_kink(order):
    """The slope is 0, the kink is marked, and there is no second derivative."""

    def f(x):
        return la.norm(x, order)

    zero = np.zeros(2)
    for mode in ("forward", "reverse"):
        assert np.array_equal(jacobian(f, zero, mode=mode), zero)
    assert any(guard.relation == "==" for guard in trace(f, zero).guards)
    with pytest.raises(CannotFollow, match="norm is zero") as caught:
        hessian(f, zero)
    assert caught.value.remedy


REFUSED = {
    "eigvals without enough vectors": (lambda x: la.eigvals(x.reshape(2, 2)), [1.0, 1, 0, 1]),
    "roots that coincide": (np.roots, [1.0, -2, 1]),
    "roots without a leading coefficient": (np.roots, [0.0, 1, -3, 2]),
    "qr of dependent columns": (lambda x: la.qr(x.reshape(2, 2))[0], [1.0, 2, 2, 4]),
    "null space of two dimensions": (lambda x: la.svd(x.reshape(4, 2))[0], [1.0, 2, 2, 4.1, 1, 5, 3, 1]),
    "complete qr": (lambda x: la.qr(x.reshape(4, 2), "complete")[0], [1.0, 2, 2, 4.1, 1, 5, 3, 1]),
    "slogdet of a singular matrix": (lambda x: la.slogdet(x.reshape(2, 2))[1], [0.0, 0, 0, 0]),
    "schur": (lambda x: scipy.linalg.schur(x.reshape(2, 2))[0], [1.0, 2, 3, 4]),
    "null_space": (lambda x: scipy.linalg.null_space(x.reshape(2, 3)), [1.0, 2, 3, 4, 5, 7]),
    "orth": (lambda x: scipy.linalg.orth(x.reshape(2, 2)), [1.0, 2, 3, 4]),
    "signm": (lambda x: scipy.linalg.signm(x.reshape(2, 2)), [1.0, 2, 3, 4]),
    "exponent": (lambda x: scipy.linalg.fractional_matrix_power(np.eye(2) * 2, x[0]), [0.5]),
    "order of a matrix norm": (lambda x: scipy.linalg.eig(x.reshape(2, 2), left=True)[1], [1.0, 2, 3, 4]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_name_with_place_and_remedy(name):
    """What has no derivative here, or no rule, is refused at the user's line."""
    f, x = REFUSED[name]
    for mode in ("forward", "reverse"):
        with pytest.raises(CannotFollow) as caught:
            jacobian(lambda x: f(x) * 1.0, np.array(x), mode=mode)
        assert ":" in caught.value.where
        assert caught.value.remedy


ERRORS = {
    "solve singular": lambda x: la.solve(np.outer(x, x), x),
    "inv of a row": lambda x: la.inv(x),
    "cholesky of a negative matrix": lambda x: la.cholesky(-np.outer(x, x)),
    "eigh of another triangle": lambda x: la.eigh(np.outer(x, x), "X"),
    "norm of another order": lambda x: la.norm(np.outer(x, x), 3),
    "matmul of unequal shapes": lambda x: x @ np.outer(x, x)[:2],
    "einsum of too few subscripts": lambda x: np.einsum("ij->i", x),
    "qr of another mode": lambda x: la.qr(np.outer(x, x), "half"),
    "matrix_power of a rectangle": lambda x: la.matrix_power(np.outer(x, x)[:2], 2),
    "scipy solve singular": lambda x: scipy.linalg.solve(np.zeros((3, 3)) * x[0], x),
    "scipy cholesky": lambda x: scipy.linalg.cholesky(-np.outer(x, x)),
}


@pytest.mark.parametrize("name", ERRORS)
def test_errors_are_those_of_plain_code(name):
    """The exception of the plain run, not one of ours."""
    x = np.array([1.0, 2.0, 3.0])
    with pytest.raises(Exception) as plain:  # noqa: PT011 - whatever NumPy raises
        ERRORS[name](x)
    with pytest.raises(plain.type):
        jacobian(ERRORS[name], x)
