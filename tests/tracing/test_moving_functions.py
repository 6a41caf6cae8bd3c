"""Functions that only move elements, index, sort or join: values, first and second derivatives."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import numpy as np
import pytest
from small_programs import X, assert_right, program, refused

from gradcheck_tool.tracing import record

TAKING = (
    "np.take(x, [2, 0, 2])", "np.take(A, [2, 0], axis=1)", "np.take(A, [5, 0])", "np.take(x, [7, -8], mode='wrap')", "np.take(x, [9], mode='clip')",
    "np.take(A, 1, axis=0)", "x.take([1, 1])", "A.take([0, 2], axis=1)", "np.take(x, np.argsort(x))", "np.take(x, 2)", "np.take([s, x[0]], [1, 0])",
    "np.take_along_axis(A, np.argsort(A, axis=1), axis=1)", "np.take_along_axis(A, np.array([[0], [2]]), 1)", "np.take_along_axis(x, np.argsort(x), None)",
    "np.take_along_axis(A, np.argmax(A, axis=0)[None], axis=0)", "z = np.zeros(3); np.take(x, [1, 2, 3], out=z); return z",
    "z = A * 1.0; np.put_along_axis(z, np.array([[1], [2]]), s, axis=1); return z",
    "z = np.zeros((2, 3)); np.put_along_axis(z, np.argsort(A, axis=1), A * A, axis=1); return z",
    "z = A.copy(); np.put_along_axis(z, np.array([[0, 1, 0]]), x[:3], axis=0); return z",
    "A[np.ix_([1, 0], [2, 0])]", "A[np.ix_([True, False], [0, 2])]", "z = np.zeros((2, 3)); z[np.ix_([0, 1], [0, 2])] = A[:, :2]; return z",
    "a, b = np.ix_(x[:2], y[:3]); return a * b", "np.choose([1, 0, 1], A)", "np.choose([0, 1, 1], [x[:3], y[:3]])",
    "np.choose([0, 3], [s, x[0]], mode='wrap')", "np.choose(1, [x, y])",
    "np.select([x > 1, x > 0.6], [x * x, np.sin(x)], default=s)", "np.select([m, ~m], [x, y])", "np.select([c > 0], [x], 0.0)", "np.select([M], [A], default=C)",
    "np.select([x > 1, x > 0.6], [x, 2.0])", "np.select([s > 1, s > 0], [s * s, s])",
    "np.piecewise(x, [x < 1, x >= 1], [lambda v: v * v, lambda v: np.sin(v)])", "np.piecewise(x, [x < 1], [np.exp, np.cos])",
    "np.piecewise(x, [x < 1, x > 2], [0.5, lambda v, k: v * k, lambda v, k: v ** k], 3.0)", "np.piecewise(A, [A < 1], [lambda v: v ** 2, lambda v: v])",
    "np.piecewise(s, [s < 1, s >= 1], [lambda v: v * v, lambda v: v ** 3])", "np.piecewise(x, x < 1, [lambda v: v * v, 7.0]) * s",
    "np.piecewise(x, [x < 2, x < 1], [lambda v: v, lambda v: v * v])", "np.piecewise(c, [c < 0, c >= 0], [lambda v: v * s, lambda v: v + x[0]])",
    "np.compress(m, x)", "np.compress([True, False, True], A, axis=1)", "x.compress(m)", "np.compress(M.ravel(), A)", "A.compress([False, True], axis=0)",
    "np.extract(x > 1, x)", "np.extract(M, A)", "x[x > 1]", "A[M]", "A[A > 1.0] * 2", "np.where(x > 1, x, y)", "np.where(M, A, 0.0)", "np.where(M, s, A)", "x[np.where(x > 1)]",
    "np.where(s > 1, x, y)", "np.where([s > 1, s < 1], [s, x[0]], [x[2], 3.0])", "np.where(m, [s, 1, 2, 3, 4, x[0]], x)",
    "A[np.nonzero(A > 1)]", "x[np.flatnonzero(x > 1)]", "A[tuple(np.argwhere(A > 1).T)]", "x[x.argsort()[::-1]]", "x[x.nonzero()]",
    "z = x * 1.0; np.place(z, z > 1, [s, 2.0]); return z", "z = x * 1.0; np.put(z, [0, 2], y[:2]); return z", "z = x * 1.0; np.putmask(z, z > 1, y); return z",
    "z = np.zeros((3, 3)); np.fill_diagonal(z, x[:3]); return z", "z = np.zeros((3, 3)); np.fill_diagonal(z, s); return z + A[0]",
    "z = np.zeros(6); np.copyto(z, x, where=m); return z", "z = A * 1.0; np.copyto(z, s); return z * A",
)  # fmt: skip
JOINING = (
    "np.concatenate([x, y])", "np.concatenate([A, C], axis=1)", "np.concatenate((A, A * A), axis=0)", "np.concatenate([A, C], axis=None)", "np.concatenate([x[:2], [s, 1.0]])",
    "z = np.zeros(12); np.concatenate([x, y], out=z); return z", "np.concat([x, y])", "np.stack([x, y])", "np.stack([x, c], axis=1)", "np.stack([A, C, A], axis=-1)", "np.stack([s, x[0], x[2]])",
    "np.vstack([x, y])", "np.vstack((A, x[:3]))", "np.hstack([x, s])", "np.hstack([A, C])", "np.hstack((s, x[0], 2.0))", "np.dstack([x, y])", "np.dstack([A, C])",
    "np.column_stack([x, y])", "np.column_stack((A, C[:, 0]))", "np.row_stack([x, y]) if hasattr(np, 'row_stack') else x",
    "np.block([[A, C], [C, A * 2]])", "np.block([x, s])", "np.block([[A, np.zeros((2, 1))], [np.ones((1, 3)), s]])", "np.append(x, s)", "np.append(A, C, axis=0)", "np.append(x, [1.0, s])", "np.append(c, x)",
    "np.append([s], x)", "np.insert(x, 2, s)", "np.insert(x, [1, 3], [s, 7.0])", "np.insert(A, 1, x[:2], axis=1)", "np.insert(A, [0, 2], A[:, :1], axis=1)", "np.insert(c, 1, s)",
    "np.insert(x, slice(1, 4), y[:3])", "np.insert(x, -1, [s, s])", "np.insert(A, 1, s)", "np.delete(x, 2)", "np.delete(x, [0, -1])", "np.delete(A, 1, axis=1)", "np.delete(x, slice(1, 4))", "np.delete(x, m)",
    "np.delete(A, 3)", "np.r_[x, s, 2.0]", "np.r_[x[:2], [s, 1.0], 0, y]", "np.r_[1:4, x]", "np.r_[0:1:4j, x]", "np.r_[s:5:1.0, x[0]]", "np.r_[0:s:4j]", "np.r_['0,2', x, y]", "np.r_['1,2,0', x, y]",
    "np.r_['-1', A, C]", "np.r_['0,3', A, C]", "np.r_[A, C]", "np.r_['1', A, C]", "np.r_['0,2,0', x, [s, 1.0]]", "np.c_[x, y]", "np.c_[A, C]", "np.c_[x, c, np.ones(6)]", "np.c_[A, x[:2]]", "np.c_[[s, 1.0], [2.0, x[0]]]", "np.c_[1:7, x]",
    "np.r_[x]", "np.r_[s]", "np.c_[x]",
    "list(np.meshgrid(x[:2], y[:3]))", "list(np.meshgrid(x[:2], y[:3], indexing='ij'))", "list(np.meshgrid(x[:2], y[:3], sparse=True))", "list(np.meshgrid(x, c[:2], copy=False))",
    "a, b = np.meshgrid(x[:2], [s, 1.0, 2.0]); return a * b", "list(np.meshgrid(x[:2], y[:2], c[:2], indexing='ij', sparse=True))", "list(np.meshgrid(x[:3]))", "list(np.broadcast_arrays(x[:3], A, s))",
    "np.broadcast_to(x, (2, 6))", "np.broadcast_to(s, (2, 2))", "np.broadcast_to(A[:, :1], (2, 4))", "np.resize(x, (3, 4))", "np.resize(x, 4)", "np.resize(A, (2, 2))",
)  # fmt: skip
SHAPING = (
    "np.tril(A)", "np.tril(A, -1)", "np.triu(A, 1)", "np.triu(T)", "np.tril(x[:3])", "np.diag(x[:3])", "np.diag(x[:2], 1)", "np.diag(A)", "np.diag(A, -1)", "np.diagflat(A)", "np.diagflat([s, x[0]], -1)", "np.diagonal(T, 0, 0, 2)",
    "A[:, :2][np.tril_indices(2)]", "A[np.triu_indices(2, m=3)]", "A[np.diag_indices(2)]", "z = np.zeros((3, 3)); z[np.tril_indices(3)] = x; return z @ z.T", "A[np.tril_indices_from(A)]", "A[:, :2][np.triu_indices_from(A[:, :2])]",
    "np.tri(2, 3) * A", "np.roll(x, 2)", "np.roll(x, -1)", "np.roll(A, 1, axis=1)", "np.roll(A, (1, 2), axis=(0, 1))", "np.roll(A, 1)", "np.rollaxis(T, 2)", "np.rollaxis(T, 2, 1)", "np.moveaxis(T, 0, -1)", "np.moveaxis(T, [0, 1], [2, 0])",
    "np.rot90(A)", "np.rot90(A, 2)", "np.rot90(T, -1, axes=(1, 2))", "np.flip(A)", "np.flip(A, 1)", "np.flip(T, (0, 2))", "np.fliplr(A)", "np.flipud(A)", "np.swapaxes(T, 0, 2)", "A.swapaxes(0, 1)", "np.transpose(T, (1, 2, 0))", "T.transpose(2, 0, 1)",
    "T.T", "T.mT", "A.T[::-1]", "np.matrix_transpose(T)", "np.permute_dims(T, (2, 1, 0))", "np.squeeze(A[:, :1])", "np.squeeze(A[:1], axis=0)", "np.expand_dims(A, 1)", "np.expand_dims(x, (0, 2))", "x[None, :, None]", "A[..., None]", "np.ravel(A, 'F')",
    "A.ravel()", "A.flatten('F')", "np.reshape(A, (3, 2), order='F')", "A.reshape(-1)", "A.reshape(3, -1)", "np.reshape(x, (2, -1))", "np.atleast_1d(s)", "np.atleast_2d(x)", "np.atleast_3d(A)", "list(np.atleast_2d(x, s))",
    "np.tile(x, 2)", "np.tile(A, (2, 1))", "np.tile(A, (2, 1, 2))", "np.tile(s, 3)", "np.repeat(x, 2)", "np.repeat(A, [1, 0, 2], axis=1)", "np.repeat(A, 2)", "np.repeat(s, 3)", "x.repeat([1, 2, 3, 0, 1, 2])", "A.repeat(2, axis=0)",
    "np.array_split(x, 4)[1]", "list(np.array_split(x, [1, 4]))", "list(np.split(x, 3))", "list(np.split(A, [1, 2], axis=1))", "list(np.hsplit(A, 3))", "list(np.vsplit(A, 2))", "list(np.dsplit(T, [1]))", "list(np.unstack(A))", "list(np.unstack(A, axis=1))",
    "np.lib.stride_tricks.sliding_window_view(x, 3)", "np.lib.stride_tricks.sliding_window_view(A, (2, 2)).sum(axis=(2, 3))", "np.lib.stride_tricks.sliding_window_view(A, 2, axis=1).mean(axis=-1)",
    "np.lib.stride_tricks.as_strided(x, (4, 3), (8, 8))", "np.lib.stride_tricks.as_strided(A, (3,), (8,))",
    "np.kron(A, C)", "np.kron(x[:2], [s, 1.0])", "np.kron(A, np.eye(2))", "np.trim_zeros(x * m)", "np.trim_zeros(np.r_[0.0, 0.0, x, 0.0])", "np.trim_zeros(np.r_[0.0, x, 0.0], 'f')", "np.trim_zeros(np.pad(A, 1))",
    "z = np.zeros(3); z[:] = [p * p for p in x.flat][:3]; return z", "[q for q in np.ndenumerate(A)][4][1]", "sum(k[0] * v * v for k, v in np.ndenumerate(A))",
    "z = np.zeros((2, 3)); for k in np.ndindex(2, 3): z[k] = A[k] ** 2; return z".replace("; for k in np.ndindex(2, 3): z[k] = A[k] ** 2;", "; [z.__setitem__(k, A[k] ** 2) for k in np.ndindex(2, 3)];"),
    "sum(float(v) * v for v in np.nditer(A))", "sum(v * w for v, w in np.nditer([A, C]))", "A.flat[3]", "A.flat[[0, 4]]", "A.flat[1:5:2]", "z = A * 1.0; z.flat[2] = s; return z", "z = A * 1.0; z.flat = [s, 2.0]; return z * A",
)  # fmt: skip
PADDING = (
    "np.pad(x, 2)", "np.pad(x, (1, 2), constant_values=(3.0, 4.0))", "np.pad(x, 1, constant_values=s)", "np.pad(A, ((1, 0), (0, 2)))", "np.pad(A, 1, constant_values=((1, 2), (3, 4)))", "np.pad(A, ((0, 0), (1, 1)), 'constant')",
    *(f"np.pad({a}, mode='{mode}')" for mode in ("edge", "reflect", "symmetric", "wrap") for a in ("x, 2", "A, 1", "A, ((1, 0), (2, 1))", "x, (4, 5)")),
    *(f"np.pad({a}, mode='{mode}')" for mode in ("mean", "maximum", "minimum", "median", "linear_ramp") for a in ("x, 2", "A, 1", "A, ((1, 0), (2, 1))")),
    "np.pad(x, 2, mode='mean', stat_length=2)", "np.pad(A, 1, mode='maximum', stat_length=((1, 2), (2, 1)))", "np.pad(x, (2, 3), mode='linear_ramp', end_values=(5.0, s))", "np.pad(x, 3, mode='linear_ramp', end_values=-4)",
    "np.pad(A, [(1, 1), (0, 2)], mode='edge')", "np.pad([s, x[0]], 1)",
)  # fmt: skip
SORTING = (
    "np.sort(x)", "np.sort(x)[::-1]", "np.sort(A, axis=0)", "np.sort(A, axis=None)", "np.sort(A)", "np.sort(x, kind='stable')", "np.sort(x, stable=True)", "np.sort(T, axis=1)", "np.sort([s, x[0], 1.0])", "z = x * 1.0; z.sort(); return z",
    "z = A * 1.0; z.sort(axis=0); return z", "z = A.copy(); z[0].sort(); return z", "np.partition(x, 2)[:3].sum()", "np.partition(x, 2)", "np.partition(A, 1, axis=1)", "np.partition(x, [1, 4])", "z = x * 1.0; z.partition(3); return z[3]",
    "x[np.argpartition(x, 2)[:3]].sum()", "x[np.argsort(x)]", "x[np.argsort(-x)][:2]", "x[np.lexsort((x, c > 0))]", "A[:, np.lexsort(A)]", "np.unique(x)", "np.unique(np.r_[x, x[:2]])", "np.unique(A)", "np.unique(A, axis=0)", "np.unique(A, axis=1)",
    "v, i = np.unique(x, return_index=True); return v * x[i]", "v, i = np.unique(np.r_[x, x], return_inverse=True); return v[i] * v[i]", "v, k = np.unique(np.r_[x, x[:2]], return_counts=True); return v * k",
    "np.unique_values(np.r_[x, x]).sum()", "np.unique_counts(x).values * 2", "np.union1d(x[:3], y[:3])", "np.union1d(x, x[:2])", "np.intersect1d(x, x[1:4])", "np.setdiff1d(x, x[1:4])", "np.setxor1d(x[:4], x[2:])",
    "v, i, j = np.intersect1d(x, x[1:4], return_indices=True); return v * x[i] * x[j]", "x[np.isin(x, x[2:4])] * 2", "x[np.searchsorted([0.5, 1.0, 2.0], x)]", "x[np.searchsorted(np.sort(x), 1.0)] * x", "x[np.digitize(x, [0.6, 1.0, 2.0])]", "c[np.digitize(x, [0.6, 1.0])] * x",
    "x[np.argmax(x)]", "A[np.arange(2), np.argmin(A, axis=1)]", "A[np.unravel_index(np.argmax(A), A.shape)]", "x[x.argmin()]", "np.sort(x)[np.count_nonzero(x > 1)]", "x[x.searchsorted(0.9)] if False else x[0]",
)  # fmt: skip
METHODS = (
    "A.sum()", "A.mean(axis=0)", "x.clip(0.6, 1.4)", "x.clip(min=0.7)", "x.clip(max=s)", "A.clip(C, None)", "x.dot(y)", "A.dot(x[:3])", "A.trace()", "A.trace(1)", "A.diagonal()", "A.diagonal(1)", "x.std(ddof=1)", "x.var()", "x.round(1) + x",
    "x.cumprod()", "x.cumsum()", "A.squeeze()", "A[:1].squeeze(axis=0)", "x.item(2)", "x[2].item()", "A.item(1, 2)", "A.item((0, 1))", "x.tolist()[3]", "A.tolist()[1][2] * s", "x.astype(float)", "x.astype('float64') * 2", "x.real", "x.imag + x", "x.conj()", "x.max()", "A.min(axis=1, keepdims=True)",
    "A.prod()", "A.any() * s", "x.argsort() * s", "x[x.argmax()]", "A.T.copy()", "A.copy('F').ravel('K')", "x.choose if False else x", "x.ptp() if hasattr(x, 'ptp') else x", "x.__len__() * s", "np.asarray(x).nbytes * s", "x.size * s", "A.ndim * s", "x.itemsize * s", "A.flatten()", "A.ravel('F')", "A.nonzero()[0] * s",
    "x.repeat(2)", "A.swapaxes(0, 1)", "x.searchsorted(0.1) + x", "x.all() * s", "A.argmin(axis=0) * s", "z = np.zeros(3); z.fill(s); return z", "z = x * 1.0; z.put([0, 1], y[:2]); return z", "z = x.copy(); z.itemset if hasattr(z, 'itemset') else 0; return z",
)  # fmt: skip
GROUPS = {
    "taking": TAKING,
    "joining": JOINING,
    "shaping": SHAPING,
    "padding": PADDING,
    "sorting": SORTING,
    "methods": METHODS,
}


@pytest.mark.parametrize(("group", "text"), [(group, text) for group, texts in GROUPS.items() for text in texts])
def test_moving_functions_are_right(group, text):
    """Forward, reverse and Hessian of everything that takes, joins, shapes, pads or sorts."""
    assert_right(text)


@pytest.mark.parametrize(("text", "name"), [
    ("x.view(np.int64) * s", "view"), ("x.byteswap()", "byteswap"), ("z = x * 1.0; z.resize(2); return z", "resize"), ("np.pad(x, 1, mode='empty')", "numpy.pad"),
    ("np.pad(x, 2, mode='reflect', reflect_type='odd')", "numpy.pad"), ("np.r_['r', x]", "numpy.r_"), ("np.sort(x, order='a') if False else np.median(x, overwrite_input=True)", "numpy.median"),
])  # fmt: skip
def test_what_is_not_followed_is_refused_by_name(text, name):
    """The refusal names the function, the line and a remedy."""
    refusal = refused(text)
    assert name in str(refusal)
    assert refusal.where
    assert refusal.remedy


@pytest.mark.parametrize(
    "text", ["np.trim_zeros(x * np.floor(x))", "np.union1d(x, x * x / x)", "np.unique(np.r_[x, 1.0 * x])"]
)
def test_decisions_among_entries_are_guarded(text):
    """Which entries are equal or zero is a decision of the run."""
    assert any(guard.relation == "order" for guard in record(program(text), X).guards)


def test_sliding_windows_are_read_only_as_numpy_says():
    """Writing through a window raises NumPy's own error."""
    with pytest.raises(ValueError, match="read-only"):
        record(program("z = np.lib.stride_tricks.sliding_window_view(x, 2); z[0, 0] = 1.0; return z"), np.copy(X))
