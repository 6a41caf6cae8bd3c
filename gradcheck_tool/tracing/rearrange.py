"""Functions that only move elements teach us their own index map.

Run the very same NumPy function on index arrays instead of values and every entry of the result
says where it came from. The map is believed only if it reproduces the values bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.recorder import Recorded, Recorder, solid
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_NAMED = frozenset({"constant_values", "a", "arr", "array", "ary", "m", "v", "arrays", "choices", "values", "x"})


def learned(
    recorder: Recorder,
    function: Callable[..., Any],
    positions: tuple[int, ...],
    args: tuple[Any, ...],
    keywords: dict[str, Any],
) -> Any:
    """``function(*args, **keywords)`` for a function that only moves the elements of the arguments at `positions`.

    Raises `CannotFollow` where the function turns out to compute rather than move.
    """
    pool = _Pool(recorder)
    given = _map(pool.number, args), _map(pool.number, keywords)
    result = function(*given[0], **given[1])
    if any(result is x for x in given[0]) and not isinstance(result, np.generic):
        raise refusal(
            f"writing the result of numpy.{function.__name__} into a given array", "use the result it returns"
        )
    if not pool.any_active:
        return inactive(recorder, result)
    places = function(
        *(_map(pool.indices if k in positions else pool.number, x) for k, x in enumerate(args)),
        **{name: _map(pool.indices if name in _NAMED else pool.number, x) for name, x in keywords.items()},
    )
    if isinstance(result, tuple | list):
        return type(result)(
            pool.gather(solid(part), np.asarray(place), function) for part, place in zip(result, places, strict=True)
        )
    return pool.gather(solid(result), np.asarray(places), function, scalar=not isinstance(result, np.ndarray))


def numbered(array: Any, start: int) -> Any:
    """The numbers from `start` on in the places of an array, laid out in memory as the array is."""
    array = np.asarray(innermost(array))
    places = np.empty_like(array, dtype=np.int64)
    places[...] = np.arange(start, start + array.size).reshape(array.shape)
    return places


def innermost(value: Any) -> Any:
    """The plain number below a value of enclosing recordings, for comparisons alone."""
    while isinstance(type(value), Recorded):
        value = value.value
    return value


def name_of(function: Any) -> str:
    """``numpy.linalg.norm``."""
    return f"{getattr(function, '__module__', None) or 'numpy'}.{getattr(function, '__name__', function)}"


class _Pool:
    """The operands of one call, laid end to end, with their places numbered from 1."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.members: list[tuple[Any, Any, int]] = []  # recorded value or constant, its plain number, first place
        self.size = 1
        self.any_active = False

    def number(self, x: Any) -> Any:
        self.any_active = self.any_active or self.recorder.active(x)
        return self.recorder.number(x)

    def indices(self, x: Any) -> Any:
        number = self.recorder.number(x)
        if not isinstance(number, np.ndarray | np.generic | float | int | complex):
            return number
        plain = np.asarray(innermost(number))
        if plain.dtype.kind not in "fiubc":
            return number
        start = self.size
        self.size += plain.size
        self.members.append((x, plain, start))
        return numbered(number, start) if isinstance(number, np.ndarray) else start

    def gather(self, value: Any, places: Any, function: Callable[..., Any], *, scalar: bool = False) -> Any:
        plain = np.asarray(innermost(value))
        kind = complex if plain.dtype.kind == "c" else float
        flat = np.zeros(self.size, dtype=np.result_type(kind, *(number for _x, number, _start in self.members)))
        for _x, number, start in self.members:
            flat[start : start + np.size(number)] = np.ravel(number)
        if places.dtype.kind == "f" and np.array_equal(places, np.rint(places)):
            places = places.astype(np.int64)  # an empty list among the arguments is one of floats
        moved = places.dtype.kind in "iu" and places.shape == plain.shape and plain.dtype.kind in "fciub"
        moved = moved and (not places.size or int(places.max()) < self.size)
        if not moved or not np.array_equal(flat[places], plain.astype(flat.dtype), equal_nan=True):
            raise refusal(f"{name_of(function)} with these arguments")
        refs, moves = [], []
        constant = places.ravel() == 0
        for x, number, start in self.members:
            here = (places.ravel() >= start) & (places.ravel() < start + np.size(number))
            if not self.recorder.active(x):
                constant |= here
            elif here.any():
                targets = np.flatnonzero(here)
                refs.append(self.recorder.line(x))
                moves.append((targets, places.ravel()[targets] - start))
        if not refs:
            return inactive(self.recorder, value if value is not plain else np.array(value))
        if plain.dtype.kind not in "fc":
            raise refusal(f"{name_of(function)} with these arguments")
        if len(refs) == 1 and not constant.any() and np.ndim(self.recorder.value[refs[0]]):
            shape = np.shape(self.recorder.value[refs[0]])
            detail: Any = ((moves[0][1] + 1).reshape(value.shape), value.shape, shape)
            return self._emit("gather", refs[0], detail, value, scalar=scalar)
        base = np.where(constant, value.ravel(), 0.0) if constant.any() else None
        return self._emit("assemble", tuple(refs), (value.shape, base, tuple(moves)), value, scalar=scalar)

    def _emit(self, name: str, first: Any, detail: Any, value: Any, *, scalar: bool) -> Any:
        result = self.recorder.emit(name, first, detail, solid(value))
        return self.recorder.item(result.line, (), (), value[()]) if scalar else result


def _map(change: Callable[[Any], Any], nest: Any) -> Any:
    """Apply `change` to the members of argument lists, one level of nesting at a time."""
    if type(nest) is dict:
        return {key: _map(change, inner) for key, inner in nest.items()}
    if type(nest) in (list, tuple):
        return type(nest)(_map(change, inner) for inner in nest)
    return change(nest)
