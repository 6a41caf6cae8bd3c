"""Less usual functions, keywords and methods of ufuncs."""

import numpy as np
import numpy.linalg as la
from numpy import *  # noqa: F403

A23 = np.array([[1.0, -2.0, 0.5], [0.3, 0.7, -1.1]])


def star_import_names(x):
    return dot(x, x) + sin(x[0]) * sqrt(x[1]) + float64(x[2])


def maximum_reduce(x):
    return np.maximum.reduce(x) * np.minimum.reduce(x)


def subtract_reduce(x):
    return np.subtract.reduce(x)


def divide_reduce(x):
    return np.divide.reduce(x)


def power_reduce(x):
    return np.power.reduce(x)


def hypot_reduce(x):
    return np.hypot.reduce(x)


def logaddexp_reduce(x):
    return np.logaddexp.reduce(x)


def logaddexp_accumulate(x):
    return np.logaddexp.accumulate(x)


def add_reduce_axis_none(x):
    return np.add.reduce(A23 * x, axis=None) ** 2


def add_reduce_initial_where(x):
    return np.add.reduce(x, initial=2.0, where=[True, False, True])


def multiply_reduceat(x):
    return np.multiply.reduceat(np.concatenate([x, x]), [0, 2, 4])


def maximum_outer(x):
    return np.maximum.outer(x, [0.5, 1.0])


def arctan2_outer(x):
    return np.arctan2.outer(x, x + 1)


def power_outer(x):
    return np.power.outer(x, [1, 2, 3])


def maximum_at(x):
    y = x.copy()
    np.maximum.at(y, [0, 2], 0.6)
    return y


def add_accumulate_axis(x):
    return np.add.accumulate(A23 * x, axis=1)


def ufunc_where_out(x):
    return np.sqrt(x, where=x > 0.5, out=np.ones(3))


def ufunc_casting_dtype(x):
    return np.add(x, 1, dtype=np.float64) * np.multiply(x, 2, casting="same_kind")


def ufunc_out_tuple(x):
    y, z = np.empty(3), np.empty(3)
    np.modf(x * 2, out=(y, z))
    return y + z


def ufunc_positional_out(x):
    y = np.empty(3)
    np.add(x, x, y)
    return y


def ufunc_order_subok(x):
    return np.exp(A23 * x, order="F", subok=True)


def sum_keepdims_axis_list(x):
    return np.sum(A23[None] * x, axis=(0, 2), keepdims=True)


def sum_of_list_of_arrays(x):
    return np.sum([x, x**2, [1.0, 2.0, 3.0]], axis=0)


def mean_of_list(x):
    return np.mean([x[0], x[1] * 2, 3.0])


def max_of_list(x):
    return np.max([x[0], x[1] * x[2]]) + np.min((x[1], x[2]))


def std_of_list(x):
    return np.std([x[0], x[1], 2 * x[2]])


def dot_with_lists(x):
    return np.dot([x[0], x[1]], [2.0, x[2]])


def linalg_on_lists(x):
    return np.linalg.det([[x[0], x[1]], [1.0, x[2]]]) + np.linalg.norm([x[0], 2.0])


def solve_on_lists(x):
    return la.solve([[2.0, x[0]], [x[1], 3.0]], [1.0, x[2]])


def concatenate_scalars_in_lists(x):
    return np.concatenate([[x[0]], [x[1] ** 2, 5.0], x])


def hstack_scalars(x):
    return np.hstack([x[0], x[1] * x[2]])


def where_lists(x):
    return np.where([True, False, True], [x[0], x[1], x[2]], [1.0, 2.0, 3.0])


def clip_keywords(x):
    return np.clip(x, a_min=0.5, a_max=None) + np.clip(x, None, 1.0) * x.clip(0.6, 0.9)


def clip_min_max_keywords(x):
    return np.clip(x, min=0.5, max=1.2)


def round_method_digits(x):
    return x.round(1) + x * 2


def average_axis_weights(x):
    return np.average(A23 * x, axis=1, weights=[0.2, 0.3, 0.5])


def average_keepdims(x):
    return np.average(A23 * x, axis=0, keepdims=True)


def percentile_axis_keepdims(x):
    return np.percentile(A23 * x, 30, axis=1, keepdims=True)


def quantile_methods(x):
    return np.quantile(x, 0.3, method="hazen") + np.quantile(x, 0.6, method="weibull")


def quantile_nearest_higher(x):
    return np.quantile(x, 0.6, method="nearest") * np.percentile(x, 40, method="higher")


def nanpercentile_axis(x):
    B = A23 * x
    B[0, 1] = np.nan
    return np.nanpercentile(B, 50, axis=0)


def nanvar_ddof(x):
    return np.nanvar(np.append(x, np.nan), ddof=1)


def nanargmax_pick(x):
    y = np.append(x, np.nan)
    return y[np.nanargmax(y)] ** 2


def nancumprod_nanmin_axis(x):
    B = A23 * x
    B[1, 0] = np.nan
    return np.nancumprod(B, axis=1)[1] + np.nanmin(B, axis=0)


def cumsum_out_dtype(x):
    y = np.empty(3)
    np.cumsum(x, out=y, dtype=float)
    return y * x


def cumprod_axis_zero(x):
    return np.cumprod(A23 * x, axis=0)


def diff_n_axis(x):
    return np.diff(np.outer(x, x), n=2, axis=0)


def diff_of_list(x):
    return np.diff([x[0], x[1], 3.0, x[2]])


def gradient_axis_list(x):
    return np.gradient(np.outer(x, x), 0.5, axis=1)


def trapezoid_axis_matrix(x):
    return np.trapezoid(A23 * x, x=[0.0, 0.3, 1.0], axis=1)


def interp_period(x):
    return np.interp(x + 3.0, [0.0, 1.0, 2.0], [1.0, 0.5, 2.0], period=2.5)


def searchsorted_sorter(x):
    order = np.argsort(x)
    k = np.searchsorted(x, 0.6, sorter=order)
    return x[order[k]] ** 2


def partition_kth_list(x):
    return np.partition(np.concatenate([x, x**2]), [1, 3])[[1, 3]]


def argpartition_pick(x):
    return x[np.argpartition(x, 1)[:1]] ** 2


def sort_complex_values(x):
    return np.sort_complex(x).real ** 2


def unique_inverse(x):
    u, inverse, counts = np.unique(np.concatenate([x, x[:1]]), return_inverse=True, return_counts=True)
    return u[inverse] * counts[inverse]


def unique_index(x):
    u, first = np.unique(x, return_index=True)
    return u * first


def setdiff_values(x):
    return np.setdiff1d(x, [x[0]]) * 2


def roll_of_matrix_flat(x):
    return np.roll(A23 * x, 1)


def pad_linear_ramp(x):
    return np.pad(x, 2, mode="linear_ramp", end_values=0.0)


def pad_mean_maximum(x):
    return np.pad(x, 1, mode="mean") + np.pad(x, 1, mode="maximum")


def pad_dict_axes(x):
    return np.pad(A23 * x, [(0, 0), (1, 0)], mode="reflect")


def pad_reflect_odd(x):
    return np.pad(x, 1, mode="reflect", reflect_type="odd")


def apply_over_axes_sum(x):
    return np.apply_over_axes(np.sum, A23 * x, [0, 1]).ravel()


def piecewise_with_arguments(x):
    return np.piecewise(x, [x > 0.5], [lambda v, k: k * v**2, lambda v, k: v - k], 3.0)


def select_default_array(x):
    return np.select([x > 1, x > 0.5], [x, x**2], default=x[::-1])


def choose_modes(x):
    return np.choose([0, 2, 4], [x, x * 2, x * 3], mode="wrap")


def extract_and_place(x):
    y = x * 1.0
    np.place(y, y > 0.5, [x[2], x[2] ** 2])
    return y


def take_out_mode(x):
    y = np.empty(2)
    np.take(x, [2, 0], out=y, mode="clip")
    return y**2


def trace_offset(x):
    return np.trace(np.outer(x, x), offset=1)


def diag_of_vector_product(x):
    return np.diag(np.outer(x, x), k=-1) @ x[1:]


def tri_masks(x):
    return np.tri(3) * x + np.tril(np.ones((3, 3)), 1) @ x


def vander_positional(x):
    return np.vander(x, 2)


def kron_three(x):
    return np.kron(np.kron(x[:2], [1.0, 2.0]), x[1:])


def outer_out(x):
    out = np.empty((3, 3))
    np.outer(x, x, out=out)
    return out


def einsum_implicit(x):
    return np.einsum("ij,j", A23, x) @ np.einsum("ij,j->i", A23, x)


def einsum_three_operands(x):
    return np.einsum("i,ij,j", x[:2], A23, x)


def einsum_broadcast_batch(x):
    T = np.stack([np.outer(x, x), np.eye(3)])
    return np.einsum("bij,bjk->ik", T, T)


def einsum_sum_axis(x):
    return np.einsum("ij->j", A23 * x)


def tensordot_axes_pair(x):
    return np.tensordot(np.outer(x, x), A23, axes=(1, 1))


def matmul_out_axes(x):
    return np.matmul(A23, x, out=np.empty(2))


def vecdot_matvec(x):
    return np.vecdot(A23, x) * np.matvec(A23, x) + np.vecmat(x[:2], A23)[0]


def cross_two_dimensional(x):
    return x[0] * x[2] - np.cross(np.append(x[:2], 0.0), [1.0, 2.0, 0.0])[2]


def cross_axis(x):
    return np.cross(np.outer(x, x), A23[0], axisa=0)


def norm_ord_two_axis_tuple(x):
    return np.linalg.norm(np.stack([np.outer(x, x), np.eye(3)]), axis=(1, 2))


def norm_zero_counts(x):
    return np.linalg.norm(x, 0) * x.sum()


def pinv_rcond(x):
    return np.linalg.pinv(A23 * x, rcond=1e-10)


def eigvalsh_batched(x):
    S = np.stack([np.outer(x, x) + np.diag([1.0, 2.0, 3.0]), np.diag(x) + 0.1])
    return np.linalg.eigvalsh(S)


def svd_full_matrices_values(x):
    return np.linalg.svd(A23 * x, full_matrices=True)[1]


def matrix_transpose_function(x):
    return np.matrix_transpose(A23 * x) @ (A23 * x)


def histogram_density(x):
    h, e = np.histogram([0.1, 0.5, 0.9], bins=3, range=(0, 1), weights=x, density=True)
    return h * e[1:]


def histogram2d_weights(x):
    H, _, _ = np.histogram2d([0.1, 0.5, 0.9], [0.2, 0.2, 0.8], bins=2, weights=x)
    return H


def bincount_minlength(x):
    return np.bincount([1, 1, 0], weights=x**2, minlength=4)


def digitize_right(x):
    return x * np.digitize(x, [0.4, 1.0], right=True)


def ix_write(x):
    B = np.zeros((3, 3))
    B[np.ix_([0, 2], [0, 1])] = np.outer(x[:2], x[1:])
    return B


def mgrid_ogrid(x):
    i, j = np.mgrid[0:3, 0:3]
    p, q = np.ogrid[0:3, 0:3]
    return np.sum(x[i] * x[j] * (p - q) ** 2)


def indices_function(x):
    i, j = np.indices((3, 3))
    return np.sum(np.abs(i - j) * np.outer(x, x))


def fromfunction_grid(x):
    return np.fromfunction(lambda i, j: x[i.astype(int)] * (j + 1), (3, 2))


def s_and_index_expressions(x):
    return x[np.s_[::2]] * x[np.index_exp[1:]]


def c_and_r_with_strings(x):
    return np.r_["0,2", x, x**2]


def r_with_ranges(x):
    return np.r_[0:1:3j, x] * 2


def bmat_block_nested(x):
    return np.block([[np.outer(x, x), x[:, None]], [x, 1.0]])


def unwrap_period(x):
    return np.unwrap(x * 10, period=3.0)


def nan_to_num_infinite(x):
    y = x / np.array([1.0, 0.0, 1.0])
    return np.nan_to_num(y, posinf=7.0)


def real_if_close_values(x):
    return np.real_if_close(x * (1 + 0j)) ** 2


def i0_and_sinc_windows(x):
    return np.kaiser(3, 2.0) * x + np.hamming(3) * x**2 + np.blackman(3)


def poly1d_class(x):
    p = np.poly1d(x)
    return p(1.5) * p.deriv()(0.5)


def poly1d_product(x):
    p = np.poly1d([1.0, 2.0])
    return p(x) * p.integ()(x[0])


def polydiv_values(x):
    q, r = np.polydiv(np.append(x, 1.0), [1.0, 2.0])
    return q


def polyval_of_matrix(x):
    return np.polyval(x, A23)


def polyvalfromroots_values(x):
    return np.polynomial.polynomial.polyvalfromroots(2.5, x)


def legendre_hermite_series(x):
    return np.polynomial.legendre.legval(0.3, x) + np.polynomial.hermite.hermval(0.2, x)


def chebyshev_fit_domain(x):
    return np.polynomial.Chebyshev(x, domain=[0, 2])(0.7)


def broadcast_object(x):
    b = np.broadcast(x[:, None], A23[0])
    return np.array([p * q for p, q in b]).reshape(b.shape)


def nditer_read(x):
    s = 0.0
    for v in np.nditer(x):
        s = s + v**2
    return s


def require_contiguous(x):
    return np.require(x, dtype=float, requirements=["C"]) * np.ascontiguousarray(x[::-1])


def copyto_where_scalar(x):
    y = np.zeros(3)
    np.copyto(y, x[0], where=[True, True, False])
    return y * x


def packed_min_max_scalar(x):
    lo, hi = np.min(x), np.max(x)
    return (x - lo) / (hi - lo)


def result_type_casts(x):
    return x.astype(np.result_type(x, np.float64)) * np.can_cast(np.float32, np.float64)


def isclose_mask(x):
    return x[~np.isclose(x, 0.9)] ** 2


def logical_functions(x):
    keep = np.logical_and(x > 0.5, np.logical_not(x > 1.0))
    return np.where(keep | np.logical_xor(x > 2, x < 1), x**2, x)


def signbit_and_isinf(x):
    return np.where(np.signbit(-x), x, 0) * (1 - np.isinf(x))


def spacing_scaled(x):
    return x + np.spacing(1.0) * 0


def divmod_of_arrays(x):
    q, r = np.divmod(x * 5, x[::-1] + 0.33)
    return q + r**2


def float_power_negative(x):
    return np.float_power(x, -1.5) + x ** np.float64(-0.5)


def gcd_integer_side(x):
    k = np.array([4, 6, 8])
    return x * np.gcd.reduce(k) + (k >> 1)


def array_priority_scalars(x):
    return np.float64(2.0) * x[0] + np.float64(3.0) ** x[1] - np.float64(1.0) / x[2] + np.int32(3) // x[0]


POINTS = {}
DEFAULT = [0.7, 1.3, 0.4]
