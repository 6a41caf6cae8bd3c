"""NumPy's reductions that leave nan out: the same reductions over the entries that are numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, given, refuse_given


def _there(recorder: Recorder, a: Any, where: Any) -> Any:
    """Which entries count: those that are numbers, of those the caller chose."""
    numbers = ~np.isnan(recorder.number(a))
    where = given(where, True)
    return numbers if where is True else numbers & recorder.number(where)


def _without(function: Callable[..., Any]) -> Entry:
    """``np.nansum`` and its kin, from ``np.sum`` with a mask."""

    def entry(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
              initial: Any = None, where: Any = True) -> Any:  # fmt: skip
        refuse_given(f"nan{function.__name__}", out=out)
        a = as_array(recorder, a)
        more = {} if given(initial) is None else {"initial": initial}
        keep = bool(given(keepdims, False))
        return function(a, axis=axis, dtype=dtype, keepdims=keep, where=_there(recorder, a, where), **more)

    return entry


def _mean(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False,
          *, where: Any = True) -> Any:  # fmt: skip
    refuse_given("nanmean", out=out)
    a = as_array(recorder, a)
    keep = bool(given(keepdims, False))
    return np.mean(a, axis=axis, dtype=dtype, keepdims=keep, where=_there(recorder, a, where))


def _spread(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None,
              ddof: Any = 0, keepdims: Any = False, *, where: Any = True, mean: Any = None,
              correction: Any = None) -> Any:  # fmt: skip
        refuse_given(f"nan{function.__name__}", out=out)
        a = as_array(recorder, a)
        more = {name: x for name, x in (("mean", given(mean)), ("correction", given(correction))) if x is not None}
        there, keep = _there(recorder, a, where), bool(given(keepdims, False))
        return function(a, axis=axis, dtype=dtype, ddof=ddof, keepdims=keep, where=there, **more)

    return entry


def _extreme(function: Callable[..., Any], least: float) -> Entry:
    def entry(recorder: Recorder, a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, initial: Any = None,
              where: Any = True) -> Any:  # fmt: skip
        refuse_given(f"nan{function.__name__}", out=out)
        a = as_array(recorder, a)
        initial, keep = given(initial), bool(given(keepdims, False))
        there = _there(recorder, a, where)
        return function(a, axis=axis, keepdims=keep, where=there, initial=least if initial is None else initial)

    return entry


def _scan(function: Callable[..., Any], filler: float) -> Entry:
    def entry(recorder: Recorder, a: Any, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
        refuse_given(f"nan{function.__name__}", out=out)
        a = as_array(recorder, a)
        filled = as_array(recorder, np.where(np.isnan(recorder.number(a)), filler, a))
        return function(filled, axis=axis, dtype=dtype)

    return entry


COMPOSED: dict[Any, Entry] = {
    np.nansum: _without(np.sum),
    np.nanprod: _without(np.prod),
    np.nanmean: _mean,
    np.nanvar: _spread(np.var),
    np.nanstd: _spread(np.std),
    np.nanmax: _extreme(np.max, -np.inf),
    np.nanmin: _extreme(np.min, np.inf),
    np.nancumsum: _scan(np.cumsum, 0.0),
    np.nancumprod: _scan(np.cumprod, 1.0),
}
