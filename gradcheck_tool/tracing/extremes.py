"""The largest and the smallest entry of recorded arrays: the entry that wins, and a guard that says so."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, asked, axes_of, given, masked, patched, refuse_given
from gradcheck_tool.tracing.ufuncs import refusal


def extreme(function: Callable[..., Any], position: Callable[..., Any]) -> Callable[..., Any]:
    """``np.max`` or ``np.min``: the entry that wins, and a guard that says so."""
    largest = function is np.max

    def entry(recorder: Recorder, a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, initial: Any = None,
              where: Any = True) -> Any:  # fmt: skip
        refuse_given(function.__name__, out=out)
        initial = given(initial)
        a, keep = as_array(recorder, a), bool(given(keepdims, False))
        if is_complex(a) and recorder.active(a):
            raise refusal(
                f"numpy.{function.__name__} of complex numbers", "take it of their absolute values or real parts"
            )
        value = asked(recorder, function, a, where, initial, axis=axis, keepdims=keep)
        a = masked(recorder, a, where, -math.inf if largest else math.inf)
        result: Any = -math.inf if largest else math.inf
        if recorder.active(a):
            result = _winner(recorder, a, axis, "largest" if largest else "smallest", position, np.shape(value))
        if initial is not None:
            result = np.maximum(result, initial) if largest else np.minimum(result, initial)
        return patched(recorder, result, value)

    return entry


def _winner(
    recorder: Recorder, a: Any, axis: Any, relation: str, position: Callable[..., Any], shape: tuple[int, ...]
) -> Any:
    """The first of the winning entries along `axis`, of the shape NumPy's result has."""
    number = a.value
    if number.size == 0:
        raise refusal("an extreme of no entries at all")
    axes = axes_of(axis, number.ndim)
    places = np.arange(1, number.size + 1).reshape(number.shape)
    rest = tuple(k for k in range(number.ndim) if k not in axes)
    lead = tuple(number.shape[k] for k in rest)
    rows = np.transpose(number, rest + axes).reshape((*lead, -1))
    where_from = np.transpose(places, rest + axes).reshape((*lead, -1))
    best = position(rows, axis=-1)
    chosen = np.take_along_axis(where_from, np.asarray(best)[..., None], axis=-1)[..., 0]
    chosen = np.asarray(chosen).reshape(shape)
    line = recorder.line(a)
    recorder.guard(relation, line, axes, held=True)
    if shape == ():
        key = tuple(int(k) for k in np.unravel_index(int(chosen) - 1, number.shape))
        return recorder.item(line, key, number.shape, number[key])
    return recorder.emit("gather", line, (chosen, chosen.shape, number.shape), number.ravel()[chosen - 1])
