"""NumPy's functions on recorded arrays: a table from the function to what records it.

Most entries are one line: a rearrangement that teaches its own index map, or a composition of
recorded operations. Signatures are explicit, so a keyword without a rule is refused, not swallowed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import (
    by_callable,
    choices,
    complex_functions,
    compositions,
    contractions,
    decompositions,
    extremes,
    fits,
    fourier,
    lookup,
    moving,
    norms,
    padding,
    products,
    ranges,
    reductions,
    scans,
    singular,
    spectral,
    vectorizing,
    writes,
)
from gradcheck_tool.tracing.audit import bare, blamed, checked
from gradcheck_tool.tracing.construct import copied, like
from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.rearrange import name_of
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import UnlikeNumPyError, as_array
from gradcheck_tool.tracing.ufuncs import call, elementwise, foreign_target, refusal

# What our own code may raise on arguments it never thought of.
STUMBLES = (TypeError, ValueError, IndexError, AttributeError, ArithmeticError, RecursionError)


def _listed(recorder: Recorder, a: Any) -> Any:
    return as_array(recorder, a) if isinstance(a, list | tuple) else a


def _like(fill: float) -> Entry:
    def entry(
        recorder: Recorder, a: Any, dtype: Any = None, order: str = "K", subok: Any = True, shape: Any = None
    ) -> Any:
        return like(recorder, _listed(recorder, a), fill, dtype, shape)

    return entry


def _full_like(recorder: Recorder, a: Any, fill_value: Any, dtype: Any = None, order: str = "K", subok: Any = True,
               shape: Any = None) -> Any:  # fmt: skip
    return like(recorder, _listed(recorder, a), fill_value, dtype, shape)


def _copy(recorder: Recorder, a: Any, order: str = "K", subok: Any = False) -> Any:
    a = as_array(recorder, a)
    return copied(recorder, a, np.copy(recorder.number(a), order=order))  # type: ignore[call-overload]  # NumPy judges the order


def _spelled(function: Any) -> Entry:
    """A Python function of NumPy's that is one elementwise row."""

    def entry(recorder: Recorder, x: Any) -> Any:
        x = as_array(recorder, x) if isinstance(x, list | tuple) else x
        number, row = recorder.number(x), ROWS[SPELLED[name_of(function)]].name
        return elementwise(recorder, row, (x,), (number,), (recorder.active(x),), function(number))

    return entry


def _ptp(recorder: Recorder, a: Any, axis: Any = None, out: Any = None, keepdims: Any = False) -> Any:
    reductions.refuse_given("ptp", out=out)
    a, keepdims = as_array(recorder, a), bool(reductions.given(keepdims, False))
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


def _trace(recorder: Recorder, a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    return np.sum(np.diagonal(as_array(recorder, a), offset, axis1, axis2), axis=-1)


def _matrix_trace(recorder: Recorder, x: Any, *, offset: int = 0) -> Any:
    return _trace(recorder, x, offset, -2, -1)


# Entries that make the very call on the plain values themselves, so that the value is NumPy's by construction.
TABLE: dict[Any, Entry] = {
    **moving.ENTRIES,
    **choices.ENTRIES,
    np.sum: reductions.sum_,
    np.mean: reductions.mean,
    np.var: reductions.var,
    np.std: reductions.std,
    np.prod: scans.prod,
    np.cumsum: scans.cumsum,
    np.cumprod: scans.cumprod,
    **lookup.ENTRIES,
    **by_callable.ENTRIES,
    np.linspace: ranges.linspace,
    np.logspace: ranges.logspace,
    np.geomspace: ranges.geomspace,
    np.max: extremes.extreme(np.max, np.argmax),
    np.min: extremes.extreme(np.min, np.argmin),
    np.amax: extremes.extreme(np.max, np.argmax),
    np.amin: extremes.extreme(np.min, np.argmin),
    np.dot: contractions.dot,
    np.vdot: contractions.vdot,
    np.inner: contractions.inner,
    np.outer: contractions.outer,
    np.tensordot: contractions.tensordot,
    np.einsum: moving.einsum,
    **decompositions.ENTRIES,
    **spectral.ENTRIES,
    **singular.ENTRIES,
    **norms.ENTRIES,
    **products.ENTRIES,
    **fits.ENTRIES,
    np.zeros_like: _like(0.0),
    np.empty_like: _like(0.0),
    np.ones_like: _like(1.0),
    np.full_like: _full_like,
    np.copy: _copy,
    np.copyto: writes.copyto,
    np.put: writes.put,
    np.place: writes.place,
    np.putmask: writes.putmask,
    **complex_functions.TABLE,
    **fourier.ENTRIES,
}
# Entries that call the user's own function.
TABLE[np.apply_along_axis] = vectorizing.apply_along_axis
# Entries spelled with other entries: NumPy is asked too, and the values must agree.
COMPOSED: dict[Any, Entry] = {
    **choices.COMPOSED,
    **compositions.COMPOSED,
    **decompositions.COMPOSED,
    **norms.COMPOSED,
    **products.COMPOSED,
    **fits.COMPOSED,
    np.pad: padding.pad,
    np.ptp: _ptp,
    np.trace: _trace,
    np.linalg.trace: _matrix_trace,
    np.sinc: _spelled(np.sinc),
    np.i0: _spelled(np.i0),
    np.fix: lambda recorder, x: call(recorder, np.trunc, (x,), {}),
    **complex_functions.COMPOSED,
}


def record(recorder: Recorder, function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """Call a NumPy function on recorded values: by its entry, else through NumPy's own Python source.

    Raises `CannotFollow` for a function that neither has an entry nor is made of functions that have, and
    whatever NumPy raises for these arguments.
    """
    start = len(recorder.value)
    result = _recorded(recorder, function, args, keywords)
    recorder.restamp(start)
    return result


def _recorded(recorder: Recorder, function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    if "out" in keywords:
        keywords = dict(keywords)
        out = keywords.pop("out")
        if out is not None:
            result = record(recorder, function, args, keywords)
            if is_complex(recorder.number(result)) and type(out) is recorder.Array and not is_complex(out):
                function(*bare(recorder, args), **bare(recorder, keywords), out=out.value.copy())  # NumPy judges it
            return into(recorder, out, result, name_of(function))
    try:
        known = TABLE.get(function)
        if known is not None:
            return known(recorder, *args, **keywords)
        composed = COMPOSED.get(function)
        if composed is not None:
            return checked(recorder, (function, args, keywords), composed)
        return _through_source(recorder, function, args, keywords)
    except UnlikeNumPyError as unlike:
        raise refusal(f"{name_of(function)} with these arguments") from unlike
    except STUMBLES as error:
        if any(callable(x) and not isinstance(x, type) for x in (*args, *keywords.values())):
            raise  # it may be the user's own function that raised
        raise blamed(recorder, (function, args, keywords)) from error


def _through_source(recorder: Recorder, function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    implementation = getattr(function, "_implementation", None)
    if implementation is None or not hasattr(implementation, "__code__"):
        raise refusal(name_of(function))
    followed = recorder.shadow.function(implementation)
    calls_back = any(callable(x) and not isinstance(x, type) for x in (*args, *keywords.values()))
    try:
        return checked(
            recorder, (function, args, keywords), lambda _recorder, *given, **named: followed(*given, **named)
        )
    except CannotFollow as refused:
        if calls_back:
            raise
        raise refusal(name_of(function)) from refused


def into(recorder: Recorder, out: Any, result: Any, name: str) -> Any:
    """Write a result into the array the user gave as ``out=``; only arrays made inside f can take it."""
    target = out[0] if isinstance(out, tuple) and len(out) == 1 else out
    if target is None or target is Ellipsis:
        return result
    if type(target) is not recorder.Array or isinstance(result, tuple | list):
        raise foreign_target(name, target)
    if target.shape != np.shape(recorder.number(result)):
        raise refusal(f"out= of {name} with an array of another shape")
    target[...] = result
    return target
