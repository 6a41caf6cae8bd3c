"""Linear algebra in exact arithmetic against derivatives from 50-digit arithmetic."""

import time

import mpmath
import numpy as np
import pytest

import gradcheck_tool
from gradcheck_tool.methods.cost import exact_cost
from gradcheck_tool.methods.estimate import Declined, Estimate
from gradcheck_tool.methods.exact import exact

RANDOM = np.random.default_rng(5)
N = 4
A = RANDOM.normal(size=(N, N))
S = A @ A.T + 4 * np.eye(N)
TALL = RANDOM.normal(size=(N, 2))
RIGHT = RANDOM.normal(size=N)
X = np.array([0.7, 1.3, 0.4, 2.1])


def mp_diagonal(x):
    return mpmath.diag(list(x))


def mp(matrix):
    return mpmath.matrix(np.asarray(matrix).tolist())


def total(matrix):
    return mpmath.fsum(list(matrix))


def mp_cholesky_sum(x):
    return total(mpmath.cholesky(mp(S) + mp_diagonal(x)))


def mp_r_sum(x):
    a = mp(A) + mp_diagonal(x)
    r = mpmath.cholesky(a.T * a).T
    signs = np.sign(np.diagonal(np.linalg.qr(A + np.diag(X))[1]))
    return mpmath.fsum(int(signs[i]) * r[i, j] for i in range(N) for j in range(N))


def mp_least_squares(x):
    a = mp(TALL) * x[0]
    right = mpmath.matrix([x[i] + RIGHT[i] for i in range(N)])
    return total(mpmath.lu_solve(a.T * a, a.T * right))


def mp_eigenvalues(x):
    values = sorted(mpmath.eigsy(mp(S) + mp_diagonal(x), eigvals_only=True))
    return mpmath.fsum(k * value for k, value in enumerate(values))


CASES = {
    "solve": (lambda x: np.sum(np.linalg.solve(S + np.diag(x), RIGHT * x[0])),
              lambda x: total(mpmath.lu_solve(mp(S) + mp_diagonal(x), mp(RIGHT) * x[0]))),
    "inv": (lambda x: np.sum(np.linalg.inv(S + np.diag(x))), lambda x: total((mp(S) + mp_diagonal(x)) ** -1)),
    "det": (lambda x: np.linalg.det(A + np.diag(x)), lambda x: mpmath.det(mp(A) + mp_diagonal(x))),
    "log det": (lambda x: np.linalg.slogdet(S + np.diag(x))[1],
                lambda x: mpmath.log(mpmath.det(mp(S) + mp_diagonal(x)))),
    "cholesky": (lambda x: np.sum(np.linalg.cholesky(S + np.diag(x))), mp_cholesky_sum),
    "qr": (lambda x: np.sum(np.linalg.qr(A + np.diag(x))[1]), mp_r_sum),
    "least squares": (lambda x: np.sum(np.linalg.lstsq(TALL * x[0], x + RIGHT, rcond=None)[0]), mp_least_squares),
    "eigenvalues": (lambda x: np.sum(np.linalg.eigvalsh(S + np.diag(x)) * np.arange(N)), mp_eigenvalues),
    "norm": (lambda x: np.linalg.norm(A @ x), lambda x: mpmath.norm(mp(A) * mpmath.matrix(list(x)))),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_enclosure_contains_the_derivative_from_fifty_digits(name):
    """Each row by Arb's matrices or by its defining equations."""
    f, high = CASES[name]
    answer = exact(gradcheck_tool.trace(f, X))
    assert isinstance(answer, Estimate), answer
    with mpmath.workdps(50):
        point = [mpmath.mpf(x) for x in X]
        for k in range(N):

            def along(t, k=k):
                return high([*point[:k], t, *point[k + 1 :]])

            truth = mpmath.diff(along, point[k], h=mpmath.mpf(10) ** -16)
            gap = abs(mpmath.mpf(float(answer.jacobian[0, k])) - truth)
            assert gap <= float(answer.bound[0, k]) + 1e-24, (name, k)
            assert float(answer.bound[0, k]) <= 2.0**-52 * abs(truth)


@pytest.mark.parametrize("name", ["expm", "sylvester", "lu", "pinv"])
def test_rows_of_scipy_and_numpy_lie_within_the_bound_of_floats(name):
    """Held against the float Jacobian, which has an error of its own."""
    linalg = pytest.importorskip("scipy.linalg")
    f = {
        "expm": lambda x: np.sum(linalg.expm(A * 0.3 + np.diag(x))),
        "sylvester": lambda x: np.sum(linalg.solve_sylvester(S + np.diag(x), S, np.outer(x, RIGHT))),
        "lu": lambda x: np.sum(linalg.lu(A + np.diag(x))[2]),
        "pinv": lambda x: np.sum(np.linalg.pinv(TALL * x[0] + np.outer(x, x[:2]))),
    }[name]
    answer = exact(gradcheck_tool.trace(f, X))
    assert isinstance(answer, Estimate), answer
    np.testing.assert_allclose(answer.jacobian[0], gradcheck_tool.gradient(f, X), rtol=1e-12)


def test_large_products_go_through_arbs_matrices_and_give_the_same():
    """12 x 12, beyond the size from which on the detour pays."""
    left, right = RANDOM.normal(size=(2, 12, 12))

    def f(x):
        return np.sum(((left * x) @ (right + np.outer(x, x))) ** 2)

    x = np.linspace(0.5, 1.5, 12)
    answer = exact(gradcheck_tool.trace(f, x))
    assert isinstance(answer, Estimate)
    np.testing.assert_allclose(answer.jacobian[0], gradcheck_tool.gradient(f, x), rtol=1e-13)


def test_equal_eigenvalues_are_declined_with_the_reason():
    """Balls cannot tell which of two equal eigenvalues is which."""
    answer = exact(gradcheck_tool.trace(lambda x: np.linalg.eigvalsh(np.eye(3) * x)[0], 2.0))
    assert isinstance(answer, Declined)
    assert "eigenvalues coincide" in answer.reason


def test_the_cost_of_a_walk_is_known_before_it_is_made():
    """Within a factor of ten of a microsecond per operation, for scalars, matrices and systems alike."""
    big = RANDOM.normal(size=(12, 12))
    for f in (
        lambda x: np.sum(np.sin(x) * x**2),
        lambda x: np.sum((big @ np.outer(x, x) @ big) ** 2),
        lambda x: np.sum(np.linalg.solve(big + np.diag(x), x)),
    ):
        trace = gradcheck_tool.trace(f, np.linspace(0.5, 1.5, 12))
        exact(trace)
        start = time.perf_counter()
        exact(trace)
        seconds = time.perf_counter() - start
        assert 0.02 < seconds / (1e-6 * exact_cost(trace, 1)) < 50
