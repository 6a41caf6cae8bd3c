"""NumPy's functions that call a function of the user's: piecewise, apply_along_axis, apply_over_axes."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.construct import like
from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal


def piecewise(recorder: Recorder, x: Any, condlist: Any, funclist: Any, *args: Any, **keywords: Any) -> Any:
    """``np.piecewise``: each function is called with the entries its condition chooses; the last one chosen counts."""
    x = as_array(recorder, x)
    conditions = _conditions(recorder, condlist, x)
    functions = list(funclist)
    if len(functions) == len(conditions) + 1:
        conditions.append(~np.any(conditions, axis=0))
    elif len(functions) != len(conditions):
        n = len(conditions)
        raise ValueError(f"with {n} condition(s), either {n} or {n + 1} functions are expected")
    if x.dtype.kind != "f":
        raise refusal(f"numpy.piecewise of an array of {x.dtype}", "use an array of floats")
    result = like(recorder, x, 0.0)
    for condition, function in zip(conditions, functions, strict=True):
        if not callable(function):
            result[condition] = function
        elif condition.any():
            result[condition] = function(x[condition], *args, **keywords)
    return result


def _conditions(recorder: Recorder, condlist: Any, x: Any) -> list[Any]:
    """The conditions as masks of x's shape; NumPy takes a single one, too."""
    plain = recorder.number(condlist)
    if isinstance(plain, list | tuple):
        plain = [recorder.number(part) for part in plain]
    single = np.ndim(plain) == 0 or (np.ndim(plain[0]) == 0 and x.ndim != 0)
    listed = [plain] if single else list(plain)
    return [np.broadcast_to(np.asarray(part, dtype=bool), x.shape) for part in listed]


def apply_along_axis(recorder: Recorder, func1d: Any, axis: int, arr: Any, *args: Any, **keywords: Any) -> Any:
    """``np.apply_along_axis``: a function of one-dimensional slices; its results stand where the slices stood."""
    arr = as_array(recorder, arr)
    axis = range(arr.ndim)[axis]
    moved = np.moveaxis(arr, axis, -1)
    lead = moved.shape[:-1]
    if 0 in lead:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    results = [as_array(recorder, func1d(moved[place], *args, **keywords)) for place in np.ndindex(lead)]
    shape = np.shape(results[0])
    whole = np.reshape(np.stack(results), (*lead, *shape))
    inner = range(len(lead), len(lead) + len(shape))
    return np.moveaxis(whole, tuple(inner), tuple(range(axis, axis + len(shape)))) if shape else whole


def apply_over_axes(recorder: Recorder, func: Any, a: Any, axes: Any) -> Any:
    """``np.apply_over_axes``: one function over one axis after the other, with all axes kept."""
    a = as_array(recorder, a)
    for given in np.atleast_1d(np.asarray(axes)).tolist():
        axis = range(a.ndim)[given]
        found = as_array(recorder, func(a, axis))
        a = found if found.ndim == a.ndim else np.expand_dims(found, axis)
    return a


ENTRIES: dict[Any, Entry] = {
    np.piecewise: piecewise,
    np.apply_along_axis: apply_along_axis,
    np.apply_over_axes: apply_over_axes,
}
