"""Sorted arrays and what is read off them: medians, percentiles, distinct values, sets.

The order is a decision of the run, and a guard remembers it; the entries are only moved and averaged.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.rearrange import learned
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, axes_of, given, refuse_given
from gradcheck_tool.tracing.ufuncs import refusal


def guarded_order(recorder: Recorder, a: Any) -> Any:
    """The plain numbers of an array about to be put in order; a guard remembers that they were."""
    if recorder.active(a):
        recorder.guard("order", recorder.line(a), None, held=True)
    return recorder.number(a)


def sort(recorder: Recorder, a: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    """``np.sort``: the same entries in another order."""
    del kind, stable  # equal entries are equal: no choice among them shows in the values
    refuse_given("sort", order=order)
    return _reordered(recorder, a, axis, lambda x, k: np.argsort(x, axis=k, kind="stable"))


def partition(
    recorder: Recorder, a: Any, kth: Any, axis: Any = -1, kind: str = "introselect", order: Any = None
) -> Any:
    """``np.partition``: the entries in the order NumPy leaves them."""
    refuse_given("partition", order=order)
    return _reordered(recorder, a, axis, lambda x, k: np.argpartition(x, kth, axis=k, kind=kind))  # type: ignore[arg-type]  # NumPy judges the kind


def _reordered(recorder: Recorder, a: Any, axis: Any, places_of: Callable[[Any, int], Any]) -> Any:
    a = as_array(recorder, a)
    if axis is None:
        a, axis = np.ravel(a), 0
    places = places_of(guarded_order(recorder, a), axis)
    return learned(recorder, np.take_along_axis, (0,), (a, places, axis), {})


def median(
    recorder: Recorder, a: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False, keepdims: Any = False
) -> Any:
    """``np.median``: the middle entry, or the mean of the two."""
    refuse_given("median", out=out, overwrite_input=overwrite_input or None)
    return _quantiles(recorder, a, 0.5, axis, "linear", keepdims)


def quantile(recorder: Recorder, a: Any, q: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False,
             method: str = "linear", keepdims: Any = False, *, weights: Any = None) -> Any:  # fmt: skip
    """``np.quantile``: a mean of two neighbours in the sorted array, by any of NumPy's methods."""
    refuse_given("quantile", out=out, overwrite_input=overwrite_input or None, weights=weights)
    return _quantiles(recorder, a, q, axis, method, keepdims)


def percentile(recorder: Recorder, a: Any, q: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False,
               method: str = "linear", keepdims: Any = False, *, weights: Any = None) -> Any:  # fmt: skip
    """``np.percentile``."""
    refuse_given("percentile", out=out, overwrite_input=overwrite_input or None, weights=weights)
    q = as_array(recorder, q)
    return _quantiles(recorder, a, q / 100.0 if recorder.active(q) else np.true_divide(q, 100), axis, method, keepdims)


def nanmedian(
    recorder: Recorder, a: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False, keepdims: Any = False
) -> Any:
    """``np.nanmedian``."""
    refuse_given("nanmedian", out=out, overwrite_input=overwrite_input or None)
    return _quantiles(recorder, a, 0.5, axis, "linear", keepdims, skip_nan=True)


def nanquantile(recorder: Recorder, a: Any, q: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False,
                method: str = "linear", keepdims: Any = False, *, weights: Any = None) -> Any:  # fmt: skip
    """``np.nanquantile``."""
    refuse_given("nanquantile", out=out, overwrite_input=overwrite_input or None, weights=weights)
    return _quantiles(recorder, a, q, axis, method, keepdims, skip_nan=True)


def nanpercentile(recorder: Recorder, a: Any, q: Any, axis: Any = None, out: Any = None, overwrite_input: Any = False,
                  method: str = "linear", keepdims: Any = False, *, weights: Any = None) -> Any:  # fmt: skip
    """``np.nanpercentile``."""
    refuse_given("nanpercentile", out=out, overwrite_input=overwrite_input or None, weights=weights)
    q = as_array(recorder, q)
    q = q / 100.0 if recorder.active(q) else np.true_divide(q, 100)
    return _quantiles(recorder, a, q, axis, method, keepdims, skip_nan=True)


def _quantiles(
    recorder: Recorder, a: Any, q: Any, axis: Any, method: str, keepdims: Any, *, skip_nan: bool = False
) -> Any:
    """Quantiles over `axis`; the levels come first in the shape of the result."""
    a, levels = as_array(recorder, a), as_array(recorder, q)
    axes = axes_of(axis, a.ndim)
    rest = tuple(k for k in range(a.ndim) if k not in axes)
    lead = tuple(a.shape[k] for k in rest)
    rows = np.reshape(np.transpose(a, axes + rest), (-1, *lead))
    flat = np.reshape(levels, -1)
    missing = np.isnan(recorder.number(rows))
    if skip_nan and missing.any():
        found = _row_by_row(recorder, np.reshape(rows, (len(rows), -1)), flat, method)
    else:
        found = _between(recorder, rows, flat, method)
    shape = tuple(1 if k in axes else n for k, n in enumerate(a.shape)) if bool(given(keepdims, False)) else lead
    return np.reshape(found, (*levels.shape, *shape))


def _row_by_row(recorder: Recorder, rows: Any, levels: Any, method: str) -> Any:
    """The same where each column of `rows` has its own number of entries that are not nan; shape (levels, columns)."""
    found = []
    for k in range(rows.shape[1]):
        column = rows[:, k]
        there = np.flatnonzero(~np.isnan(recorder.number(column)))
        if not there.size:
            found.append(np.full(len(levels), np.nan))
            continue
        found.append(_between(recorder, column[there], levels, method))
    return np.stack([as_array(recorder, column) for column in found], axis=-1)


def _between(recorder: Recorder, rows: Any, levels: Any, method: str) -> Any:
    """Quantiles over the first axis of `rows`: shape (levels, rest of rows).

    Where a level falls, and with what weights on its two neighbours, NumPy itself tells of the numbers 0, 1 ... n-1.
    """
    n = len(rows)
    ordered = sort(recorder, rows, axis=0)
    reached = np.asarray(np.quantile(np.arange(float(n)), recorder.number(levels), method=method))  # type: ignore[call-overload]  # NumPy judges the method
    below = np.clip(np.floor(reached), 0, max(n - 2, 0)).astype(int)
    share: Any = reached - below
    if recorder.active(levels):
        if method != "linear":
            raise refusal(f"a level that depends on the inputs in a quantile with method={method!r}")
        recorder.guard("int", recorder.line(levels * (n - 1)), None, held=True)
        share = levels * float(n - 1) - below
    above = np.minimum(below + 1, n - 1)
    if not recorder.active(levels) and not np.any(share):
        return ordered[below]
    share = np.reshape(share, (-1, *(1,) * (rows.ndim - 1)))
    return ordered[below] * (1.0 - share) + ordered[above] * share


def unique(
    recorder: Recorder,
    ar: Any,
    return_index: Any = False,
    return_inverse: Any = False,
    return_counts: Any = False,
    axis: Any = None,
    *,
    equal_nan: Any = True,
    sorted: Any = True,  # noqa: A002 - NumPy's name
) -> Any:
    """``np.unique``: one entry of each value, the first; positions and counts are decisions."""
    a = as_array(recorder, ar)
    plain = guarded_order(recorder, a)
    _values, first, inverse, counts = np.unique(plain, True, True, True, axis, equal_nan=equal_nan)
    del sorted
    kept = np.ravel(a)[first] if axis is None else np.take(a, first, axis=axis)
    wanted = (return_index, first), (return_inverse, inverse), (return_counts, counts)
    also = tuple(part for asked, part in wanted if asked)
    return (kept, *also) if also else kept


def _located(function: Callable[..., Any], arrays: int) -> Entry:
    """A set operation: every value of the result is the first entry of the arguments that has it."""

    def entry(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        sources = [np.ravel(as_array(recorder, x)) for x in args[:arrays]]
        _refuse_chance(recorder, sources, function)
        pool = np.concatenate(sources) if len(sources) > 1 else sources[0]
        plain = guarded_order(recorder, pool)
        values = function(*(recorder.number(as_array(recorder, x)) for x in args[:arrays]), *args[arrays:], **keywords)
        parts = values if isinstance(values, tuple) else (values,)
        order = np.argsort(plain, kind="stable")
        if parts[0].size and np.isnan(plain).any():
            raise refusal(f"numpy.{function.__name__} of values that are nan")
        chosen = order[np.searchsorted(plain[order], parts[0])] if parts[0].size else np.zeros(0, dtype=int)
        kept = pool[chosen]
        if not isinstance(values, tuple):
            return kept
        return type(values)(kept, *parts[1:]) if hasattr(values, "_fields") else (kept, *parts[1:])

    return entry


def _refuse_chance(recorder: Recorder, sources: list[Any], function: Callable[..., Any]) -> None:
    """Refuse where a number that depends on the inputs equals one that does not: nothing says which of them counts."""
    moving = [recorder.number(x) for x in sources if recorder.active(x)]
    fixed = [recorder.number(x) for x in sources if not recorder.active(x)]
    if moving and fixed and np.isin(np.concatenate(moving), np.concatenate(fixed)).any():
        raise refusal(
            f"numpy.{function.__name__} of equal numbers of which one depends on the inputs and the other does not",
            "choose a point where no two of them are equal",
        )


def trim_zeros(recorder: Recorder, filt: Any, trim: str = "fb", axis: Any = None) -> Any:
    """``np.trim_zeros``: without the zeros at the ends, which is a decision at equality."""
    a = as_array(recorder, filt)
    plain = guarded_order(recorder, a)
    there = np.argwhere(plain)
    axes = axes_of(axis, a.ndim)
    key = []
    for k, n in enumerate(a.shape):
        low, high = (there[:, k].min(), there[:, k].max() + 1) if len(there) else (n, n)
        front = low if k in axes and "f" in trim.lower() else 0
        back = high if k in axes and "b" in trim.lower() else n
        key.append(slice(int(front), int(back)))
    return filt[key[0]] if isinstance(filt, list | tuple) and len(key) == 1 else a[tuple(key)]


COMPOSED: dict[Any, Entry] = {
    np.sort: sort,
    np.partition: partition,
    np.median: median,
    np.quantile: quantile,
    np.percentile: percentile,
    np.nanmedian: nanmedian,
    np.nanquantile: nanquantile,
    np.nanpercentile: nanpercentile,
    np.unique: unique,
    np.unique_values: _located(np.unique_values, 1),
    np.unique_all: _located(np.unique_all, 1),
    np.unique_counts: _located(np.unique_counts, 1),
    np.unique_inverse: _located(np.unique_inverse, 1),
    np.union1d: _located(np.union1d, 2),
    np.intersect1d: _located(np.intersect1d, 2),
    np.setdiff1d: _located(np.setdiff1d, 2),
    np.setxor1d: _located(np.setxor1d, 2),
    np.trim_zeros: trim_zeros,
}
