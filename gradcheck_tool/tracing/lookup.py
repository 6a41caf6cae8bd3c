"""Tables: interpolation, histograms, counting. Which cell a number falls into is a decision of the run."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive, refusal


def interp(
    recorder: Recorder, x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None
) -> Any:
    """``np.interp``: a straight line between two table entries."""
    x, xp, fp = (as_array(recorder, v) for v in (x, xp, fp))
    if period is not None:
        x, xp, fp = _periodic(recorder, x, xp, fp, recorder.number(period), recorder.active(period))
        left = right = None
    at, knots = (np.asarray(innermost(recorder.number(v)), dtype=float) for v in (x, xp))
    if recorder.active(x) or recorder.active(xp):
        recorder.guard("order", recorder.operand(x), Constant(knots.copy()), held=True)
    if len(knots) == 1:
        inside: Any = np.zeros(at.shape) * x + fp[0]
    else:
        cell = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
        x0, x1, y0, y1 = xp[cell], xp[cell + 1], fp[cell], fp[cell + 1]
        share = (x - x0) / (x1 - x0)
        inside = y0 + share * (y1 - y0)
    low = fp[0] if left is None else left
    high = fp[len(knots) - 1] if right is None else right
    outside = np.where(at < knots[0], low, high)
    kept = np.where((at < knots[0]) | (at > knots[-1]), outside, inside)
    return np.where(np.isnan(at), x, kept) if np.isnan(at).any() else kept


def _periodic(recorder: Recorder, x: Any, xp: Any, fp: Any, period: float, moves: bool) -> tuple[Any, Any, Any]:
    """The table sorted within one period, with its ends repeated on the other side."""
    if moves:
        raise refusal("period= of numpy.interp that depends on the inputs", "divide x and xp by the period instead")
    period = abs(float(period))
    x, xp = np.remainder(x, period), np.remainder(xp, period)
    order = np.argsort(xp)
    xp, fp = xp[order], fp[order]
    return x, np.concatenate([xp[-1:] - period, xp, xp[:1] + period]), np.concatenate([fp[-1:], fp, fp[:1]])


def bincount(recorder: Recorder, x: Any, /, weights: Any = None, minlength: Any = 0) -> Any:
    """``np.bincount`` with weights: each weight is added to its place."""
    places = np.asarray(recorder.number(x))
    weights = as_array(recorder, weights) if isinstance(weights, list | tuple) else weights
    value = np.bincount(places, recorder.number(weights), minlength)
    if recorder.active(x):
        raise refusal("numpy.bincount of numbers that depend on the inputs")
    if not recorder.active(weights):
        return inactive(recorder, value)
    weights = as_array(recorder, weights)
    detail = (places.astype(int) + 1, places.shape, value.shape)
    return recorder.emit("scatter", recorder.line(weights), detail, value)


def histogram(
    recorder: Recorder,
    a: Any,
    bins: Any = 10,
    range: Any = None,  # noqa: A002 - NumPy's name
    density: Any = None,
    weights: Any = None,
) -> Any:
    """``np.histogram``: weights are added to their bin, and the ends of the bins move with the data."""
    a = as_array(recorder, a)
    numbers = np.ravel(innermost(recorder.number(a)))
    if isinstance(bins, str) and recorder.active(a):
        raise refusal(f"bins={bins!r} of numpy.histogram with data that depend on the inputs", "give the bins")
    if np.ndim(bins) == 0:
        edges, plain = _equal_bins(recorder, a, bins, range)
    else:
        edges = as_array(recorder, bins)
        plain = np.asarray(innermost(recorder.number(edges)), dtype=float)
    for x in (a, edges):
        if recorder.active(x):
            recorder.guard("order", recorder.line(x), Constant(plain if x is a else numbers), held=True)
    cell = np.searchsorted(plain, numbers, side="right") - 1
    cell[numbers == plain[-1]] = len(plain) - 2
    within = (cell >= 0) & (cell < len(plain) - 1)
    given = np.ones(numbers.shape) if weights is None else np.ravel(as_array(recorder, weights))
    counts = np.bincount(cell[within], given[within], len(plain) - 1)
    if density:
        counts = counts / (edges[1:] - edges[:-1]) / np.sum(counts)
    elif weights is None:
        counts = recorder.number(counts).astype(int)
    return counts, edges


def _equal_bins(recorder: Recorder, a: Any, bins: Any, ends: Any) -> tuple[Any, Any]:
    """The edges of equal bins, and NumPy's own numbers for them, which decide."""
    plain_ends: Any = None if ends is None else [innermost(recorder.number(end)) for end in ends]
    plain = np.histogram_bin_edges(innermost(recorder.number(a)), bins, plain_ends)
    if ends is None and recorder.active(a):
        low, high = np.min(a), np.max(a)
        if recorder.number(low) == recorder.number(high):
            low, high = low - 0.5, high + 0.5
    elif ends is not None and any(recorder.active(end) for end in ends):
        low, high = ends
    else:
        return plain, plain
    share = np.arange(len(plain)) / (len(plain) - 1)
    return low * (1.0 - share) + high * share, plain


def histogram_bin_edges(recorder: Recorder, a: Any, bins: Any = 10, range: Any = None, weights: Any = None) -> Any:  # noqa: A002 - NumPy's name
    """``np.histogram_bin_edges``."""
    return histogram(recorder, a, bins, range, weights=weights)[1]


COMPOSED: dict[Any, Entry] = {
    np.interp: interp,
    np.histogram: histogram,
    np.histogram_bin_edges: histogram_bin_edges,
}
ENTRIES: dict[Any, Entry] = {np.bincount: bincount}
