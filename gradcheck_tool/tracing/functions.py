"""NumPy's functions on recorded arrays: a table from the function to what records it.

Most entries are one line: a rearrangement that teaches its own index map, or a composition of
recorded operations. Signatures are explicit, so a keyword without a rule is refused, not swallowed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import choices, compositions, contractions, decompositions, moving, reductions
from gradcheck_tool.tracing.audit import blamed, checked, name_of
from gradcheck_tool.tracing.construct import copied, like
from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import call, elementwise, inactive, refusal

# What our own code may raise on arguments it never thought of.
STUMBLES = (TypeError, ValueError, IndexError, AttributeError, ArithmeticError, RecursionError)


def _like(fill: float) -> Entry:
    def entry(
        recorder: Recorder, a: Any, dtype: Any = None, order: str = "K", subok: Any = True, shape: Any = None
    ) -> Any:
        return like(recorder, a, fill, dtype, shape)

    return entry


def _full_like(recorder: Recorder, a: Any, fill_value: Any, dtype: Any = None, order: str = "K", subok: Any = True,
               shape: Any = None) -> Any:  # fmt: skip
    return like(recorder, a, fill_value, dtype, shape)


def _copy(recorder: Recorder, a: Any, order: str = "K", subok: Any = False) -> Any:
    a = as_array(recorder, a)
    return copied(recorder, a, np.copy(recorder.number(a), order=order))  # type: ignore[call-overload]  # NumPy judges the order


def _copyto(recorder: Recorder, dst: Any, src: Any, casting: Any = "same_kind", where: Any = True) -> None:
    if type(dst) is not recorder.Array:
        raise refusal("numpy.copyto into an array made outside the function", "make the array inside the function")
    if casting != "same_kind":
        raise refusal("casting= of numpy.copyto")
    if where is True:
        dst[...] = src
    else:
        chosen = np.broadcast_to(recorder.number(where), dst.shape)
        source = as_array(recorder, src)
        dst[chosen] = np.broadcast_to(source, dst.shape)[chosen]


def _finite(
    recorder: Recorder, x: Any, copy: Any = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None
) -> Any:
    """``np.nan_to_num`` where there is nothing to replace."""
    del nan, posinf, neginf
    if copy is not True or not np.all(np.isfinite(recorder.number(x))):
        raise refusal("numpy.nan_to_num of values that are not finite", "keep them from becoming nan with np.where")
    return np.positive(as_array(recorder, x) if isinstance(x, list | tuple) else x)


def _sinc(recorder: Recorder, x: Any) -> Any:
    x = as_array(recorder, x) if isinstance(x, list | tuple) else x
    row = ROWS[SPELLED["numpy.sinc"]].name
    return elementwise(recorder, row, (x,), (recorder.number(x),), (True,), np.sinc(recorder.number(x)))


def _ptp(_recorder: Recorder, a: Any, axis: Any = None, keepdims: Any = False) -> Any:
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


def _trace(recorder: Recorder, a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    return np.sum(np.diagonal(as_array(recorder, a), offset, axis1, axis2), axis=-1)


def _matrix_trace(recorder: Recorder, x: Any, *, offset: int = 0) -> Any:
    return _trace(recorder, x, offset, -2, -1)


def _same(recorder: Recorder, a: Any) -> Any:
    return as_array(recorder, a) if isinstance(a, list | tuple) else a


def _nothing(recorder: Recorder, a: Any) -> Any:
    return inactive(recorder, np.imag(recorder.number(a)))


# Entries that make the very call on the plain values themselves, so that the value is NumPy's by construction.
TABLE: dict[Any, Entry] = {
    **moving.ENTRIES,
    **choices.ENTRIES,
    np.sum: reductions.sum_,
    np.mean: reductions.mean,
    np.var: reductions.var,
    np.std: reductions.std,
    np.prod: reductions.prod,
    np.cumsum: reductions.cumsum,
    np.cumprod: reductions.cumprod,
    np.max: reductions.extreme(np.max, np.argmax),
    np.min: reductions.extreme(np.min, np.argmin),
    np.amax: reductions.extreme(np.max, np.argmax),
    np.amin: reductions.extreme(np.min, np.argmin),
    np.dot: contractions.dot,
    np.vdot: contractions.vdot,
    np.inner: contractions.inner,
    np.outer: contractions.outer,
    np.tensordot: contractions.tensordot,
    np.einsum: contractions.einsum,
    np.linalg.solve: decompositions.solve,
    np.linalg.inv: decompositions.one_matrix("inv", np.linalg.inv),
    np.linalg.det: decompositions.one_matrix("det", np.linalg.det),
    np.linalg.cholesky: decompositions.one_matrix("cholesky", np.linalg.cholesky),
    np.linalg.slogdet: decompositions.slogdet,
    np.linalg.norm: decompositions.norm,
    np.zeros_like: _like(0.0),
    np.empty_like: _like(0.0),
    np.ones_like: _like(1.0),
    np.full_like: _full_like,
    np.copy: _copy,
    np.copyto: _copyto,
    np.real: _same,
    np.imag: _nothing,
}
# Entries spelled with other entries: NumPy is asked too, and the values must agree.
COMPOSED: dict[Any, Entry] = {
    **choices.COMPOSED,
    **compositions.COMPOSED,
    np.ptp: _ptp,
    np.trace: _trace,
    np.linalg.trace: _matrix_trace,
    np.sinc: _sinc,
    np.nan_to_num: _finite,
    np.fix: lambda recorder, x: call(recorder, np.trunc, (x,), {}),
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
            return into(recorder, out, record(recorder, function, args, keywords), name_of(function))
    try:
        known = TABLE.get(function)
        if known is not None:
            return known(recorder, *args, **keywords)
        composed = COMPOSED.get(function)
        if composed is not None:
            return checked(recorder, (function, args, keywords), composed)
        return _through_source(recorder, function, args, keywords)
    except STUMBLES as error:
        if any(callable(x) and not isinstance(x, type) for x in (*args, *keywords.values())):
            raise  # it may be the user's own function that raised
        raise blamed(recorder, (function, args, keywords)) from error


def _through_source(recorder: Recorder, function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    implementation = getattr(function, "_implementation", None)
    if implementation is None or not hasattr(implementation, "__code__"):
        raise refusal(name_of(function))
    calls_back = any(callable(x) and not isinstance(x, type) for x in (*args, *keywords.values()))
    try:
        return checked(
            recorder, (function, args, keywords), lambda _recorder, *given, **named: implementation(*given, **named)
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
        raise refusal(
            f"out= of {name} with an array made outside the function",
            "make the array with np.zeros or np.empty inside the function",
        )
    if target.shape != np.shape(recorder.number(result)):
        raise refusal(f"out= of {name} with an array of another shape")
    target[...] = result
    return target
