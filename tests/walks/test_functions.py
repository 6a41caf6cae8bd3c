"""Every NumPy function that has a rule, in all its forms: both modes against differences, and second derivatives."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import numpy as np
import pytest
from following import assert_followed, differences

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import reverse_jacobian

X = np.array([0.83, 0.31, 0.57, 0.72, 0.44, 0.65])
WEIGHTS = np.array([0.9, -0.4, 1.3, 0.7, -1.1, 0.5])


def A(x):  # noqa: N802 - a matrix
    return x.reshape(2, 3)


def spd(x):
    m = x[:4].reshape(2, 2)
    return m @ m.T + 2.0 * np.eye(2)


def stack(x):
    return np.array([[[3.0 + x[0], x[1]], [x[2], 2.0]], [[2.0, x[3]], [x[4], 4.0 + x[5]]]])


def spd_stack(x):
    s = stack(x)
    return s @ np.swapaxes(s, -1, -2)


def block(x):
    return np.stack([A(x), A(x) ** 2, np.sin(A(x)), A(x) * 2], axis=0)


FUNCTIONS = {
    **{f"{name} {axis} {keep}": (lambda x, name=name, axis=axis, keep=keep: getattr(np, name)(block(x), axis=axis, keepdims=keep))
       for name in ("sum", "mean", "max", "min", "prod", "var", "std", "ptp")
       for axis in (None, 0, -1, (0, 2), (1,)) for keep in (False, True)
       if not (name == "ptp" and isinstance(axis, tuple))},
    **{f"{name} scan {axis}": (lambda x, name=name, axis=axis: getattr(np, name)(block(x), axis=axis))
       for name in ("cumsum", "cumprod") for axis in (None, 0, 1, -1)},
    **{f"{name} ddof {axis}": (lambda x, name=name, axis=axis: getattr(np, name)(block(x), axis=axis, ddof=1))
       for name in ("var", "std") for axis in (None, 0, -1)},
    **{f"norm {order} {axis} {keep}": (lambda x, order=order, axis=axis, keep=keep: np.linalg.norm(A(x) - 0.5, ord=order, axis=axis, keepdims=keep))
       for order in (None, 1, 2, 3, 2.5, np.inf, -np.inf, -1) for axis in (0, 1) for keep in (False, True)},
    "norm vector": np.linalg.norm,
    "norm fro": lambda x: np.linalg.norm(A(x), "fro"),
    "norm matrix": lambda x: np.linalg.norm(A(x)),
    "prod with a zero": lambda x: np.prod(x - X[1]),
    "prod with two zeros": lambda x: np.prod((x - X[1]) * (x - X[2])),
    "cumprod with a zero": lambda x: np.cumprod(x - X[1]),
    "matmul vv": lambda x: x[:3] @ x[3:],
    "matmul mv": lambda x: A(x) @ x[:3],
    "matmul vm": lambda x: x[:2] @ A(x),
    "matmul mm": lambda x: A(x) @ A(x).T,
    "matmul bm": lambda x: block(x) @ A(x).T,
    "matmul mb": lambda x: A(x).T @ block(x),
    "matmul bb": lambda x: block(x) @ np.swapaxes(block(x), 1, 2),
    "matmul bv": lambda x: block(x) @ x[:3],
    "matmul vb": lambda x: x[:2] @ block(x),
    "matmul broadcast": lambda x: block(x).reshape(2, 2, 2, 3) @ block(x).reshape(2, 2, 2, 3)[:, :1].swapaxes(-1, -2),
    "matmul constant": lambda x: np.arange(12.0).reshape(4, 3) @ A(x).T,
    "dot nd": lambda x: np.dot(block(x), A(x).T),
    "dot nv": lambda x: np.dot(block(x), x[:3]),
    "dot scalar": lambda x: np.dot(x[0], x),
    "inner": lambda x: np.inner(A(x), x[:3]),
    "inner nd": lambda x: np.inner(block(x), A(x)),
    "vdot": lambda x: np.vdot(A(x), A(x) ** 2),
    "outer": lambda x: np.outer(x[:2], x[2:]),
    "multiply outer": lambda x: np.multiply.outer(x[:2], A(x)),
    "add outer": lambda x: np.add.outer(x, x),
    "tensordot 1": lambda x: np.tensordot(A(x), A(x).T, 1),
    "tensordot 2": lambda x: np.tensordot(block(x), A(x), 2),
    "tensordot 0": lambda x: np.tensordot(x[:2], x[2:4], 0),
    "tensordot axes": lambda x: np.tensordot(block(x), block(x), axes=([0, 2], [0, 2])),
    "einsum ij,jk": lambda x: np.einsum("ij,kj->ik", A(x), A(x)),
    "einsum implicit": lambda x: np.einsum("ji,jk", A(x), A(x)),
    "einsum trace": lambda x: np.einsum("ii", spd(x)),
    "einsum diagonal": lambda x: np.einsum("ii->i", spd(x)),
    "einsum ellipsis": lambda x: np.einsum("...ij,...jk->...ik", block(x), np.swapaxes(block(x), 1, 2)),
    "einsum ellipsis sum": lambda x: np.einsum("i...->...", block(x)),
    "einsum three": lambda x: np.einsum("ij,jk,k->i", A(x), A(x).T, x[:2]),
    "einsum bilinear": lambda x: np.einsum("i,ij,j->", x[:2], spd(x), x[2:4]),
    "einsum one": lambda x: np.einsum("ij->j", A(x)),
    "einsum transposed": lambda x: np.einsum("ij->ji", A(x)),
    "einsum outer": lambda x: np.einsum("i,j->ji", x[:2], x[2:4]),
    "einsum constant": lambda x: np.einsum("ij,j->i", np.ones((3, 6)), x),
    "where": lambda x: np.where(x > 0.5, x**2, np.sin(x)),
    "where scalar": lambda x: np.where(x > 0.5, x, 0.25),
    "where broadcast": lambda x: np.where(A(x) > 0.5, x[:3], x[3]),
    "select": lambda x: np.select([x < 0.4, x < 0.6], [x**2, x**3], default=x[0]),
    "clip": lambda x: np.clip(x, 0.4, 0.7),
    "clip active": lambda x: np.clip(x**2, x[1], x[3]),
    "clip one side": lambda x: np.clip(x, None, 0.6) * x.clip(min=0.5),
    "maximum": lambda x: np.maximum(x, x[::-1]) + np.minimum(x, 0.5),
    "fmax": lambda x: np.fmax(x, 0.5) + np.fmin(x[::-1], x),
    "sort": lambda x: np.sort(x) * WEIGHTS,
    "sort axis": lambda x: np.sort(A(x), axis=0) * 2,
    "argsort": lambda x: x[np.argsort(x)] * WEIGHTS,
    "argmax": lambda x: x[np.argmax(x)] ** 2,
    "median": np.median,
    "median odd": lambda x: np.median(x[:5]) * x[0],
    "median axis": lambda x: np.median(A(x), axis=1),
    "diff": lambda x: np.diff(x, n=2),
    "diff axis": lambda x: np.diff(A(x), axis=0),
    "trapezoid": lambda x: np.trapezoid(x, dx=0.5),
    "trapezoid x": lambda x: np.trapezoid(x, np.cumsum(x)),
    "average": lambda x: np.average(x, weights=x**2),
    "kron": lambda x: np.kron(A(x), x[:2]),
    "cross": lambda x: np.cross(x[:3], x[3:]),
    "polyval": lambda x: np.polyval(x[:3], x[3]),
    "polyval array": lambda x: np.polyval([1.0, x[0], 2.0], x),
    "matrix_power": lambda x: np.linalg.matrix_power(spd(x), 3),
    "matrix_power inverse": lambda x: np.linalg.matrix_power(spd(x), -2),
    "trace": lambda x: np.trace(spd(x)) * np.trace(A(x), offset=1),
    "interp": lambda x: np.interp(x, [0.0, 0.5, 0.6, 1.0], [1.0, 3.0, 2.0, 5.0]),
    "interp table": lambda x: np.interp([0.2, 0.61, 0.9], [0.0, 0.5, 1.0], x[:3]),
    "linspace": lambda x: np.linspace(x[0], x[1], 5) ** 2,
    "gradient": lambda x: np.gradient(x),
    "gradient spacing": lambda x: np.gradient(A(x), x[0], 2.0)[1],
    "cov": lambda x: np.cov(A(x)),
    "cov ddof": lambda x: np.cov(A(x), rowvar=False, ddof=0),
    "corrcoef": lambda x: np.corrcoef(A(x)),
    "convolve": lambda x: np.convolve(x[:2], x[2:]),
    "convolve same": lambda x: np.convolve(x, [0.2, 0.5, 0.3], mode="same"),
    "convolve valid": lambda x: np.convolve([0.2, 0.5, 0.3], x, "valid"),
    "correlate": lambda x: np.correlate(x, x[:2]),
    "sinc": lambda x: np.sinc(x),
    "logaddexp": lambda x: np.logaddexp(x, x[::-1] * 3),
    "hypot": lambda x: np.hypot(x, x[::-1]),
    "arctan2": lambda x: np.arctan2(x, x[::-1]),
    "power": lambda x: x ** x[::-1] + 2.0**x + x**0.5 + x**-1.5 + x**0 + x**1,
    "power whole": lambda x: np.power(x, [0, 1, 2, 3, -1, 2.5]),
    "float_power": lambda x: np.float_power(x, 3),
    "mod": lambda x: np.mod(x * 5, 0.7) + np.fmod(x, 0.2) + x // 0.3,
    "divmod": lambda x: np.divmod(x * 3.1, x[0])[1],
    "modf": lambda x: np.modf(x * 3)[0] * x,
    "round": lambda x: np.round(x * 1.05, 1) * x + x.round() * x,
    "abs": lambda x: np.abs(x - 0.5) * np.sign(x - 0.5) + np.fabs(x) + abs(-x),
    "heaviside": lambda x: np.heaviside(x - 0.5, 0.5) * x,
    "deg": lambda x: np.deg2rad(x) + np.degrees(x) + np.radians(x) * np.rad2deg(x),
    "shapes": lambda x: np.concatenate([A(x).T.ravel(), x[::-2], np.roll(x, 2), np.tile(x[:2], 3), np.repeat(x, 2), np.flip(x)]),
    "shapes 2": lambda x: np.concatenate([np.pad(x, (1, 2)), np.pad(x, 2, mode="edge"), np.append(x, 1), np.insert(x, 2, 5.0), np.delete(x, 1)]),
    "stacks": lambda x: np.vstack([x, 2 * x]) @ np.column_stack([x, x**2]) + np.dstack([x[:2], x[2:4]])[0],
    "hstack": lambda x: np.hstack([x, 0, x[0]]) * np.block([x, x[:2]]),
    "atleast": lambda x: np.atleast_2d(x) * np.expand_dims(x, 0) + np.squeeze(x[None, :]),
    "split": lambda x: np.split(x, 3)[1] * np.array_split(x, 3)[0],
    "triangles": lambda x: np.tril(spd(x)) @ np.triu(spd(x)) + np.diag(np.diag(spd(x))),
    "diag": lambda x: np.diag(x[:3]) + np.diagflat(x[:3]) * 2,
    "rot90": lambda x: np.rot90(A(x)) + np.fliplr(A(x).T) + np.flipud(A(x).T),
    "moveaxis": lambda x: np.moveaxis(block(x), 0, -1) * np.transpose(block(x), (1, 2, 0)),
    "broadcast": lambda x: np.broadcast_to(x[:3], (2, 3)) * A(x),
    "meshgrid": lambda x: np.multiply(*np.meshgrid(x[:2], x[2:])),
    "take": lambda x: np.take(x, [3, 0, 0]) * x.take([1, 2, 3]),
    "take_along_axis": lambda x: np.take_along_axis(A(x), np.array([[2, 0], [1, 1]]), axis=1),
    "fancy": lambda x: x[[0, 0, 3]] * A(x)[[1, 0, 1], [2, 2, 0]],
    "mask": lambda x: x[x > 0.5] ** 2,
    "new axis": lambda x: x[:, None] * x[None, :3],
    "ellipsis": lambda x: block(x)[..., 1] * block(x)[:, :, -1],
    "where positions": lambda x: x[np.where(x > 0.5)],
    "choose": lambda x: np.choose([0, 1, 0], [x[:3], x[3:]]),
    "compress": lambda x: np.compress([True, False, True], x),
    "nan_to_num": lambda x: np.nan_to_num(x) * 2,
    "solve vector": lambda x: np.linalg.solve(spd(x), x[4:]),
    "solve matrix": lambda x: np.linalg.solve(spd(x), A(x)),
    "solve constant matrix": lambda x: np.linalg.solve(np.array([[2.0, 1.0], [0.5, 3.0]]), x[:2]),
    "solve batched": lambda x: np.linalg.solve(stack(x), block(x)[:2]),
    "solve broadcast": lambda x: np.linalg.solve(stack(x), A(x)),
    "inv": lambda x: np.linalg.inv(spd(x)),
    "inv batched": lambda x: np.linalg.inv(stack(x)),
    "det": lambda x: np.linalg.det(spd(x)),
    "det batched": lambda x: np.linalg.det(stack(x)),
    "det singular": lambda x: np.linalg.det(np.outer(x[:3], x[3:])[:2, :2] + 0.0 * x[0]),
    "det singular 3": lambda x: np.linalg.det(np.array([[x[0], x[1], 1.0], [x[2], x[3], 2.0], [0.0, 0.0, x[4] - X[4]]])),
    "slogdet": lambda x: np.linalg.slogdet(spd(x))[1],
    "slogdet batched": lambda x: np.linalg.slogdet(stack(x)).logabsdet,
    "cholesky": lambda x: np.linalg.cholesky(spd(x)),
    "cholesky batched": lambda x: np.linalg.cholesky(spd_stack(x)),
    "ufunc outs": lambda x: np.add(x, 1.0, out=np.empty(6)) * np.multiply(x, 2, out=np.zeros(6)),
    "reduce": lambda x: np.add.reduce(A(x), axis=1) + np.multiply.reduce(A(x), axis=1) + np.maximum.reduce(A(x), axis=1),
    "accumulate": lambda x: np.add.accumulate(x) * np.multiply.accumulate(x),
    "methods": lambda x: x.sum() * x.mean() + x.var() * x.prod() + x.max() * x.min() + x.dot(x),
    "empty sum": lambda x: np.sum(x[:0]) + x[0],
    "zero rank": lambda x: np.asarray(x[0]) * np.array(x[1]) + np.squeeze(x[:1]),
    "float32": lambda x: np.float32(0.5) * x + x * np.array([1, 2, 3, 4, 5, 6], dtype=np.float32) + x[0] * np.float32(0.3),
    "whole numbers": lambda x: x * np.arange(6) + np.arange(6) / x + 3 * x - x * True + (x > 0.5) * x,
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_both_modes_agree_with_differences(name):
    """Forward and reverse mode agree with differences of the plain function, and with each other."""
    assert_followed(FUNCTIONS[name], X)


def test_unknown_second_derivatives_are_refused():
    """Where a second derivative has no rule, the refusal says so and what to do."""
    special = pytest.importorskip("scipy.special")
    trace = record(lambda x: special.elliprg(x[0], x[1], x[2]), X)
    with pytest.raises(CannotFollow, match="second derivative") as caught:
        hessian_matrix(trace)
    assert "--order 1" in caught.value.remedy


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_second_derivatives_agree_with_differences_of_the_gradient(name):
    """The Hessian of a weighted sum of squares of the entries is symmetric and the derivative of its gradient."""

    def scalar(x):
        out = np.ravel(FUNCTIONS[name](x))
        return np.sum(out * out * np.linspace(0.4, 1.1, out.size)) + np.sum(out)

    trace = record(scalar, X)
    found = hessian_matrix(trace)
    expected = differences(lambda x: reverse_jacobian(record(scalar, x))[0], X, 1e-3)
    scale = 1 + np.max(np.abs(expected))
    assert np.all(np.abs(found - expected) <= 1e-7 * scale), (found, expected)
    assert np.all(np.abs(found - found.T) <= 1e-12 * scale)
