"""NumPy's functions that only move elements: views where NumPy gives one, else copies that teach their index map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing import subscripts
from gradcheck_tool.tracing.rearrange import learned, name_of, numbered
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import inactive, refusal

Entry = Callable[..., Any]

# Functions of one array whose result is a view where NumPy can make one, else a rearranged copy.
STRUCTURAL = (
    np.reshape, np.ravel, np.transpose, np.swapaxes, np.moveaxis, np.rollaxis, np.squeeze, np.expand_dims,
    np.broadcast_to, np.diagonal, np.flip, np.flipud, np.fliplr, np.rot90, np.matrix_transpose, np.permute_dims,
    np.lib.stride_tricks.sliding_window_view, np.linalg.diagonal, np.linalg.matrix_transpose,
)  # fmt: skip
# Functions that move elements into new memory, and which of their arguments are those elements.
MOVING: tuple[tuple[tuple[int, ...], tuple[Callable[..., Any], ...]], ...] = (
    ((0,), (np.concatenate, np.stack, np.vstack, np.hstack, np.dstack, np.column_stack, np.block)),
    ((0,), (np.roll, np.tile, np.repeat, np.take, np.take_along_axis, np.delete, np.resize)),
    ((0,), (np.diag, np.diagflat, np.tril, np.triu)),
    ((0, 1), (np.append,)),
    ((0, 2), (np.insert,)),
    ((1,), (np.compress, np.extract, np.choose)),
    (tuple(range(32)), (np.meshgrid, np.broadcast_arrays)),
)
# Functions that return several views of one array.
PIECES = (np.split, np.array_split, np.hsplit, np.vsplit, np.dsplit, np.unstack)
_TURNS = (
    np.transpose, np.swapaxes, np.moveaxis, np.rollaxis, np.matrix_transpose, np.permute_dims,
    np.linalg.matrix_transpose,
)  # fmt: skip
_FEW = 5  # axes
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
    named = [x for x in (*args, keywords.get("order", "C")) if isinstance(x, str)]
    if function in _RESHAPES and set(named) == {"C"}:
        return array.as_view(step, "reshape", (result.shape, shape))
    if function in _TURNS and len(shape) <= _FEW:
        # Axes of different lengths tell where each has gone.
        order = tuple(length - 2 for length in step(np.empty(range(2, 2 + len(shape)))).shape)
        return array.as_view(step, "permute", order)
    places = np.array(step(numbered(array.value, 1)))
    if not np.array_equal(np.ravel(array.value)[places - 1], result, equal_nan=result.dtype.kind in "fc"):
        raise refusal(f"{name_of(function)} with these arguments")
    return array.as_view(step, "gather", (places, result.shape, shape))


def einsum(recorder: Recorder, *operands: Any, **keywords: Any) -> Any:
    """``np.einsum``: of one operand NumPy may give a view, ``einsum("ii->i", a)``, which can be written into."""
    arrays = [x for x in operands if type(x) is recorder.Array]
    if len(arrays) == 1 and not keywords:
        only = arrays[0]

        def step(x: Any) -> Any:
            return np.einsum(*(x if operand is only else operand for operand in operands))

        result = step(only.value) if all(x is only or not isinstance(x, np.ndarray) for x in operands) else None
        if isinstance(result, np.ndarray) and np.may_share_memory(result, only.value):
            places = step(np.arange(1, only.value.size + 1).reshape(only.value.shape))
            return only.as_view(step, "gather", (np.array(places), result.shape, only.value.shape))
    return subscripts.einsum(recorder, *operands, **keywords)


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


def as_strided(
    recorder: Recorder, x: Any, shape: Any = None, strides: Any = None, subok: Any = False, writeable: Any = True
) -> Any:
    """``np.lib.stride_tricks.as_strided``: a view whose entries NumPy finds by itself, also in a table of places."""
    del subok

    def step(a: Any) -> Any:
        return np.lib.stride_tricks.as_strided(a, shape, strides, writeable=writeable)

    if not recorder.active(x) and type(x) is not recorder.Array:
        return inactive(recorder, step(recorder.number(x)))
    if x.value.itemsize != np.dtype(np.int64).itemsize or not x.value.flags.c_contiguous:
        raise refusal(
            "numpy.lib.stride_tricks.as_strided of such an array", "use sliding_window_view or an index array"
        )
    return structural(recorder, step, x)


def put_along_axis(recorder: Recorder, arr: Any, indices: Any, values: Any, axis: Any) -> None:
    """``np.put_along_axis``: an assignment to the places that ``np.take_along_axis`` reads."""
    if type(arr) is not recorder.Array:
        raise refusal(
            "numpy.put_along_axis into an array made outside the function", "make the array inside the function"
        )
    places = np.take_along_axis(np.arange(arr.size).reshape(arr.shape), recorder.number(indices), axis)
    arr[np.unravel_index(places, arr.shape)] = values


def _open_mesh(recorder: Recorder, *args: Any) -> Any:
    """``np.ix_``: each vector along an axis of its own."""
    plain = np.ix_(*(recorder.number(x) for x in args))
    return tuple(
        np.reshape(as_array(recorder, x), part.shape) if recorder.active(x) else part
        for x, part in zip(args, plain, strict=True)
    )


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
    np.put_along_axis: put_along_axis,
    np.ix_: _open_mesh,
}
