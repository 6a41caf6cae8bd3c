"""NumPy's functions that only move elements: views where NumPy gives one, else copies that teach their index map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.rearrange import learned
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import inactive

Entry = Callable[..., Any]

# Functions of one array whose result is a view where NumPy can make one, else a rearranged copy.
STRUCTURAL = (
    np.reshape, np.ravel, np.transpose, np.swapaxes, np.moveaxis, np.rollaxis, np.squeeze, np.expand_dims,
    np.broadcast_to, np.diagonal, np.flip, np.flipud, np.fliplr, np.rot90, np.matrix_transpose, np.permute_dims,
)  # fmt: skip
# Functions that move elements into new memory, and which of their arguments are those elements.
MOVING: tuple[tuple[tuple[int, ...], tuple[Callable[..., Any], ...]], ...] = (
    ((0,), (np.concatenate, np.stack, np.vstack, np.hstack, np.dstack, np.column_stack, np.block)),
    ((0,), (np.roll, np.tile, np.repeat, np.pad, np.take, np.take_along_axis, np.delete, np.resize, np.trim_zeros)),
    ((0,), (np.diag, np.diagflat, np.tril, np.triu)),
    ((0, 1), (np.append,)),
    ((0, 2), (np.insert,)),
    ((1,), (np.compress, np.extract, np.choose)),
    (tuple(range(32)), (np.meshgrid, np.broadcast_arrays)),
)
# Functions that return several views of one array.
PIECES = (np.split, np.array_split, np.hsplit, np.vsplit, np.dsplit, np.unstack)
_RESHAPES = (np.reshape, np.ravel, np.squeeze, np.expand_dims)


def structural(recorder: Recorder, function: Callable[..., Any], array: Any, *args: Any, **keywords: Any) -> Any:
    """A view of a recorded array where NumPy gives one, else a copy with a learned index map."""
    array = as_array(recorder, array)
    if type(array) is not recorder.Array:
        return inactive(recorder, function(recorder.number(array), *args, **keywords))

    def step(x: Any) -> Any:
        return function(x, *args, **keywords)

    result = step(array.value)
    if not np.may_share_memory(result, array.value):
        return learned(recorder, function, (0,), (array, *args), keywords)
    shape = array.value.shape
    if function in _RESHAPES and keywords.get("order", "C") == "C" and "F" not in args and "A" not in args:
        return array.as_view(step, "reshape", (result.shape, shape))
    places = step(np.arange(1, array.value.size + 1).reshape(shape))
    return array.as_view(step, "gather", (np.array(places), result.shape, shape))


def _structural(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, a: Any, *args: Any, **keywords: Any) -> Any:
        return structural(recorder, function, a, *args, **keywords)

    return entry


def _moving(function: Callable[..., Any], positions: tuple[int, ...]) -> Entry:
    def entry(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        return learned(recorder, function, positions, args, keywords)

    return entry


def _pieces(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, a: Any, *args: Any, **keywords: Any) -> Any:
        if type(a) is not recorder.Array:
            return learned(recorder, function, (0,), (a, *args), keywords)
        parts = function(recorder.number(a), *args, **keywords)

        def part(k: int) -> Any:
            return structural(recorder, lambda x: function(x, *args, **keywords)[k], a)

        return type(parts)(part(k) for k in range(len(parts)))

    return entry


def _at_least(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, *arrays: Any) -> Any:
        shaped = tuple(structural(recorder, function, a) for a in arrays)
        return shaped if len(shaped) != 1 else shaped[0]

    return entry


ENTRIES: dict[Any, Entry] = {
    **{function: _structural(function) for function in STRUCTURAL},
    **{function: _pieces(function) for function in PIECES},
    **{function: _at_least(function) for function in (np.atleast_1d, np.atleast_2d, np.atleast_3d)},
    **{function: _moving(function, positions) for positions, functions in MOVING for function in functions},
}
