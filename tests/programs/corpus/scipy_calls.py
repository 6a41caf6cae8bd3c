"""scipy.linalg, and solvers called from inside."""

import numpy as np
import scipy.linalg
import scipy.optimize as opt
from scipy import integrate, optimize
from scipy import linalg as sla
from scipy.linalg import cho_factor, cho_solve, expm, solve_triangular

B = np.array([[2.0, -1.0, 0.3], [0.5, 3.0, 1.0], [-0.7, 0.4, 1.5]])
SPD = B @ B.T + np.eye(3)


def _matrix(x):
    return B + np.outer(x, [0.3, -0.2, 0.5])


def _symmetric(x):
    return SPD + np.outer(x, x)


def solve_general(x):
    return scipy.linalg.solve(_matrix(x), B[0])


def solve_positive(x):
    return sla.solve(_symmetric(x), x, assume_a="pos")


def solve_lower_triangle(x):
    return solve_triangular(np.tril(_matrix(x)), x, lower=True)


def solve_upper_triangle(x):
    return solve_triangular(_matrix(x), B[1])


def solve_triangle_transposed(x):
    return solve_triangular(_matrix(x), x, trans=1, lower=True)


def solve_unit_triangle(x):
    return solve_triangular(_matrix(x), x, lower=True, unit_diagonal=True)


def cholesky_scipy_upper(x):
    return sla.cholesky(_symmetric(x))


def cholesky_scipy_lower(x):
    return sla.cholesky(_symmetric(x), lower=True)


def cholesky_factor_solve(x):
    return cho_solve(cho_factor(_symmetric(x)), x)


def cholesky_factor_lower(x):
    c, low = cho_factor(_symmetric(x), lower=True)
    return cho_solve((c, low), B[0]) @ x


def lu_factor_solve(x):
    return sla.lu_solve(sla.lu_factor(_matrix(x)), x)


def lu_parts(x):
    P, L, U = sla.lu(_matrix(x))
    return L @ np.diag(np.diag(U)) + U


def inverse_scipy(x):
    return sla.inv(_matrix(x))


def determinant_scipy(x):
    return sla.det(_matrix(x))


def exponential_of_matrix(x):
    return expm(0.3 * _matrix(x))


def exponential_applied(x):
    return (expm(np.array([[0.0, x[0]], [-x[0], -x[1]]])) @ x[1:]).sum()


def exponential_zero(x):
    return expm(x[0] * np.zeros((2, 2)) + np.array([[0.0, x[1]], [0.0, 0.0]]))


def square_root_of_matrix(x):
    return np.real(sla.sqrtm(_symmetric(x)))


def logarithm_of_matrix(x):
    return np.real(sla.logm(_symmetric(x)))


def sine_cosine_of_matrix(x):
    return sla.sinm(0.3 * _matrix(x)) @ sla.cosm(0.3 * _matrix(x))


def block_diagonal(x):
    return sla.block_diag(np.diag(x[:2]), x[2], [[1.0, 2.0]])


def toeplitz_matrix(x):
    return sla.toeplitz(x)


def toeplitz_row(x):
    return sla.toeplitz(x, [0.0, 1.0, x[1]]) @ x


def circulant_matrix(x):
    return sla.circulant(x) @ x


def hankel_matrix(x):
    return sla.hankel(x)


def singular_values_scipy(x):
    return sla.svdvals(_matrix(x))


def svd_scipy(x):
    U, s, Vh = sla.svd(_matrix(x))
    return U @ np.diag(np.sqrt(s)) @ Vh


def eigh_scipy(x):
    w, V = sla.eigh(_symmetric(x))
    return w * V[0] ** 2


def eigenvalues_scipy(x):
    return sla.eigvalsh(_symmetric(x))


def eigh_values_only(x):
    return sla.eigh(_symmetric(x), eigvals_only=True)[-1]


def eigenvalues_general_scipy(x):
    return np.sort(np.real(sla.eigvals(_matrix(x) @ np.diag([1.0, 2.0, 5.0]))))


def qr_scipy(x):
    Q, R = sla.qr(_matrix(x))
    return Q @ np.abs(R)


def qr_economic(x):
    Q, R = sla.qr(np.column_stack([x, B[0]]), mode="economic")
    return np.abs(R)


def norm_scipy(x):
    return sla.norm(_matrix(x)) * sla.norm(x, 1)


def least_squares_scipy(x):
    A = np.column_stack([np.ones(3), x])
    return sla.lstsq(A, B[2])[0]


def pinv_scipy(x):
    return sla.pinv(np.column_stack([x, B[0]]))


def banded_solve(x):
    ab = np.array([[0.0, -1.0, -1.0], x + 3.0, [-1.0, -0.5, 0.0]])
    return sla.solve_banded((1, 1), ab, np.ones(3))


def sylvester_equation(x):
    return sla.solve_sylvester(_matrix(x), SPD, np.outer(x, x))


def lyapunov_equation(x):
    return sla.solve_continuous_lyapunov(_matrix(x), np.outer(x, x))


def toeplitz_solve(x):
    return sla.solve_toeplitz(x + np.array([3.0, 0, 0]), B[0])


def riccati_equation(x):
    return sla.solve_continuous_are(B, np.eye(3), np.diag(x), np.eye(3))


def fsolve_scalar(x):
    return opt.fsolve(lambda y: y**3 + x[0] * y - x[1], 1.0)[0]


def fsolve_system(x):
    def residual(y):
        return [y[0] ** 2 + y[1] - x[0] - 1, y[0] + y[1] ** 2 - x[1]]

    return opt.fsolve(residual, [1.0, 1.0], xtol=1e-14)


def root_system(x):
    sol = optimize.root(
        lambda y: np.array([y[0] + 0.3 * x[0] * y[1] ** 3 - 1, y[1] - x[1] * np.cos(y[0])]), [0.5, 0.5], tol=1e-14
    )
    return sol.x


def brentq_root(x):
    return optimize.brentq(lambda y: np.exp(y) - x[0] - 2 * x[1], 0.0, 3.0, xtol=1e-15)


def brentq_args(x):
    return optimize.brentq(lambda y, a, b: y**3 + a * y - b, 0, 5, args=(x[0], x[1]), xtol=1e-14) ** 2


def newton_root(x):
    return optimize.newton(lambda y: y**2 - x[0] - x[1], 1.0, fprime=lambda y: 2 * y, tol=1e-14)


def newton_secant(x):
    return optimize.newton(lambda y: y - x[2] * np.sin(y) - x[0], x[0], tol=1e-14)


def bisect_root(x):
    return optimize.bisect(lambda y: y * np.exp(y) - x[0], 0.0, 2.0, xtol=1e-13)


def root_scalar_bracket(x):
    return optimize.root_scalar(lambda y: np.tan(y) - x[0], bracket=[0.0, 1.5], xtol=1e-14).root


def minimize_quadratic(x):
    res = optimize.minimize(
        lambda y: (y[0] - x[0]) ** 2 + x[1] * (y[1] - x[2]) ** 2 + y[0] * y[1], [0.0, 0.0], tol=1e-12
    )
    return res.x


def minimize_scalar_position(x):
    return optimize.minimize_scalar(
        lambda y: np.cosh(y - x[0]) + x[1] * y**2, bounds=(-2, 2), method="bounded", options={"xatol": 1e-12}
    ).x


def least_squares_fit(x):
    t = np.array([0.0, 1.0, 2.0])
    return optimize.least_squares(lambda p: p[0] + p[1] * t - x, [0.0, 0.0]).x


def fixed_point_iteration(x):
    return optimize.fixed_point(lambda y: np.cos(y * x[0]), 0.6, xtol=1e-14)


def quad_of_parameter(x):
    return integrate.quad(lambda t: np.exp(-x[0] * t) * np.sin(x[1] * t), 0.0, 2.0)[0]


def quad_args(x):
    value, error = integrate.quad(lambda t, a: a * t**2, 0, 1, args=(x[0],))
    return value * x[1]


def quad_active_limit(x):
    return integrate.quad(lambda t: np.exp(-(t**2)), 0.0, x[0])[0]


def quad_infinite(x):
    return integrate.quad(lambda t: np.exp(-x[0] * t**2), -np.inf, np.inf)[0]


def trapezoid_scipy(x):
    return integrate.trapezoid(x**2, dx=0.5)


def simpson_scipy(x):
    return integrate.simpson(x, dx=0.5)


def cumulative_trapezoid_scipy(x):
    return integrate.cumulative_trapezoid(x, dx=0.3, initial=0)


def fixed_quadrature(x):
    return integrate.fixed_quad(lambda t: np.exp(-x[0] * t), 0.0, 1.0, n=5)[0]


def solve_ivp_decay(x):
    sol = integrate.solve_ivp(lambda t, y: -x[0] * y, (0.0, 1.0), [x[1]], rtol=1e-12, atol=1e-13)
    return sol.y[0, -1]


def odeint_pendulum(x):
    y = integrate.odeint(lambda y, t: [y[1], -x[0] * np.sin(y[0])], [x[1], 0.0], [0.0, 0.5], rtol=1e-12, atol=1e-12)
    return y[-1, 0]


def cubic_spline_active(x):
    from scipy.interpolate import CubicSpline

    return CubicSpline([0.0, 1.0, 2.0], x)(0.6)


def interp1d_active(x):
    from scipy.interpolate import interp1d

    return interp1d([0.0, 1.0, 2.0], x)(1.3)


def normal_logpdf_stats(x):
    from scipy.stats import norm

    return norm.logpdf(x[0], loc=x[1], scale=x[2])


POINTS = {}
DEFAULT = [0.7, 1.3, 0.4]
