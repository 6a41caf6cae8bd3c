"""Weighted means, covariances and correlations."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, axes_of, given, refuse_given
from gradcheck_tool.tracing.ufuncs import refusal


def average(
    recorder: Recorder,
    a: Any,
    axis: Any = None,
    weights: Any = None,
    returned: Any = False,
    *,
    keepdims: Any = np._NoValue,  # noqa: SLF001 - NumPy's mark
) -> Any:
    """``np.average``: the sum of what the weights multiply, over the sum of the weights."""
    a, keep = as_array(recorder, a), bool(given(keepdims, False))
    if weights is None:
        found = np.mean(a, axis=axis, keepdims=keep)
        total: Any = np.asarray(a.size / max(np.size(recorder.number(found)), 1))
    else:
        weights = _aligned(as_array(recorder, weights), a.shape, axis)
        total = np.sum(weights, axis=axis, keepdims=keep)
        found = np.sum(a * weights, axis=axis, keepdims=keep) / total
    if not returned:
        return found
    shape = np.shape(recorder.number(found))
    return found, total if np.shape(recorder.number(total)) == shape else np.broadcast_to(total, shape).copy()


def _aligned(weights: Any, shape: tuple[int, ...], axis: Any) -> Any:
    """Weights given along the averaged axes only, shaped to multiply the array."""
    if weights.shape == shape:
        return weights
    axes = (axis,) if isinstance(axis, int | np.integer) else tuple(axis)
    chosen = tuple(int(k) % len(shape) for k in axes)
    if weights.ndim > 1:
        weights = np.transpose(weights, np.argsort(chosen))
    return np.reshape(weights, tuple(n if k in axes_of(chosen, len(shape)) else 1 for k, n in enumerate(shape)))


def cov(recorder: Recorder, m: Any, y: Any = None, rowvar: Any = True, bias: Any = False, ddof: Any = None,
        fweights: Any = None, aweights: Any = None, *, dtype: Any = None) -> Any:  # fmt: skip
    """``np.cov``: products of the deviations, with the frequencies and weights NumPy knows."""
    refuse_given("cov", dtype=dtype)
    x = _observations(recorder, m, rowvar)
    if y is not None:
        x = np.concatenate([x, _observations(recorder, y, rowvar)])
    freedom = (0 if bias else 1) if ddof is None else ddof
    weights: Any = None if fweights is None else np.asarray(recorder.number(fweights), dtype=float)
    if recorder.active(fweights):
        raise refusal("fweights= of numpy.cov that depends on the inputs", "use aweights, which need not be whole")
    if aweights is not None:
        importance = as_array(recorder, aweights)
        weights = importance if weights is None else weights * importance
    if weights is None:
        centred = x - np.mean(x, axis=1, keepdims=True)
        return np.squeeze(centred @ centred.T / max(x.shape[1] - freedom, 0))
    total = np.sum(weights)
    centred = x - np.sum(x * weights, axis=1, keepdims=True) / total
    if freedom == 0:
        count = total
    elif aweights is None:
        count = total - freedom
    else:
        count = total - freedom * np.sum(weights * importance) / total
    return np.squeeze(centred @ (centred * weights).T / count)


def _observations(recorder: Recorder, m: Any, rowvar: Any) -> Any:
    x = as_array(recorder, m)
    turned = not rowvar and x.ndim == 2
    x = np.atleast_2d(x)
    return x.T if turned else x


def corrcoef(recorder: Recorder, x: Any, y: Any = None, rowvar: Any = True, *, dtype: Any = None) -> Any:
    """``np.corrcoef``: covariances over the roots of the variances."""
    c = as_array(recorder, cov(recorder, x, y, rowvar, dtype=dtype))
    if c.ndim == 0:
        return c / c
    spread = np.sqrt(np.diagonal(c))
    return c / spread[:, None] / spread[None, :]


COMPOSED: dict[Any, Entry] = {np.average: average, np.cov: cov, np.corrcoef: corrcoef}
