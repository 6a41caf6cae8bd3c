"""``np.pad``: most modes repeat entries and teach their index map; the others put means, extremes or ramps around."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.differences import along
from gradcheck_tool.tracing.rearrange import learned
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal

_STATISTICS: dict[str, Callable[..., Any]] = {
    "mean": np.mean,
    "maximum": np.max,
    "minimum": np.min,
    "median": np.median,
}


def pad(recorder: Recorder, array: Any, pad_width: Any, mode: Any = "constant", **keywords: Any) -> Any:
    """``np.pad`` by the name of its mode."""
    if callable(mode) or mode == "empty":
        raise refusal(f"mode={mode!r} of numpy.pad", "use a mode that NumPy names and that fills every entry")
    array = as_array(recorder, array)
    if mode in _STATISTICS:
        lengths = _pairs(keywords.get("stat_length"), array.ndim)
        return _axis_by_axis(array, pad_width, _statistic(_STATISTICS[mode], lengths))
    if mode == "linear_ramp":
        ends = keywords.get("end_values", 0)
        return _axis_by_axis(array, pad_width, _ramp(_pairs(as_array(recorder, ends), array.ndim)))
    if keywords.get("reflect_type", "even") != "even":
        raise refusal("reflect_type='odd' of numpy.pad", "use reflect_type='even'")
    return learned(recorder, np.pad, (0,), (array, pad_width, mode), keywords)


Edge = Callable[[Any, int, int, int], Any]


def _axis_by_axis(array: Any, pad_width: Any, edge: Edge) -> Any:
    """Put ``edge(array, axis, side, width)`` around the array, one axis after the other, as NumPy does."""
    if isinstance(pad_width, dict):
        pad_width = [pad_width.get(k, pad_width.get(k - array.ndim, 0)) for k in range(array.ndim)]
        pad_width = [(width, width) if np.ndim(width) == 0 else width for width in pad_width]
    for axis, (before, after) in enumerate(_pairs(np.asarray(pad_width), array.ndim)):
        parts = [array]
        if before:
            parts.insert(0, edge(array, axis, 0, int(before)))
        if after:
            parts.append(edge(array, axis, 1, int(after)))
        array = np.concatenate(parts, axis=axis) if len(parts) > 1 else array
    return array


def _pairs(given: Any, ndim: int) -> list[Any]:
    """One pair (before, after) per axis, from any of the forms NumPy takes."""
    if given is None:
        return [(None, None)] * ndim
    given = given if hasattr(given, "ndim") else np.asarray(given)
    if given.ndim == 0:
        return [(given, given)] * ndim
    if given.ndim == 1 and len(given) == 1:
        return [(given[0], given[0])] * ndim
    if given.ndim == 1:
        return [(given[0], given[1])] * ndim
    rows = [given[k] for k in range(len(given))] * (ndim if len(given) == 1 else 1)
    return [(row[0], row[len(row) - 1]) for row in rows]


def _statistic(function: Callable[..., Any], lengths: list[Any]) -> Edge:
    def edge(array: Any, axis: int, side: int, width: int) -> Any:
        n = array.shape[axis]
        length = lengths[axis][side]
        taken = n if length is None else min(int(length), n)
        part = array[along(axis, 0, taken) if side == 0 else along(axis, n - taken, n)]
        return np.repeat(function(part, axis=axis, keepdims=True), width, axis=axis)

    return edge


def _ramp(ends: list[Any]) -> Edge:
    def edge(array: Any, axis: int, side: int, width: int) -> Any:
        n = array.shape[axis]
        border = array[along(axis, 0, 1) if side == 0 else along(axis, n - 1, n)]
        share = np.arange(width) / width
        share = share if side == 0 else share[::-1]
        share = share.reshape(tuple(-1 if k == axis else 1 for k in range(array.ndim)))
        return ends[axis][side] * (1.0 - share) + border * share

    return edge
