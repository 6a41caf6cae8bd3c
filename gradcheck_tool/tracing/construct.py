"""Making arrays: lists of recorded numbers, buffers to be filled, copies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.complex_ufuncs import embedded, part
from gradcheck_tool.tracing.recorder import Recorded, Recorder, is_array
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_NESTS = (list, tuple, deque)  # what NumPy, too, takes apart


def array(recorder: Recorder, nest: Any) -> Any:
    """``np.array(nest)``: a new array from numbers, arrays and nested lists of them."""
    return _assembled(recorder, nest, _made(bare(recorder, nest)))


def _made(plain: Any) -> Any:
    """``np.array(plain)``, by the recording around this one where the numbers are its own."""
    outer = [type(leaf).recorder for leaf in _leaves(plain) if isinstance(type(leaf), Recorded)]
    return max(outer, key=lambda recorder: recorder.depth).array(plain) if outer else np.array(plain)


def converted(recorder: Recorder, nest: Any, make: Callable[[Any], Any]) -> Any:
    """What `make`, one of NumPy's converters, does to recorded values; where it makes no copy, nor do we."""
    plain = make(bare(recorder, nest))
    if type(nest) is recorder.Array:
        return nest if plain is nest.value else copied(recorder, nest, plain)
    return _assembled(recorder, nest, plain)


def _assembled(recorder: Recorder, nest: Any, plain: Any) -> Any:
    leaves = list(_leaves(nest))
    if not any(recorder.active(leaf) for leaf in leaves):
        return inactive(recorder, plain)
    if plain.dtype.kind == "O":
        return _of_objects(recorder, nest, leaves, plain)
    if plain.dtype.kind not in "fc":
        raise refusal(f"an array of dtype {plain.dtype} of values that depend on the inputs", "use dtype float")
    if all(np.ndim(recorder.number(leaf)) == 0 for leaf in leaves):
        return _of_numbers(recorder, leaves, plain)
    refs: list[int] = []
    moves: list[tuple[Any, Any]] = []
    constant = np.zeros(plain.size, dtype=bool)
    start = 0
    for leaf in leaves:
        size = np.size(recorder.number(leaf))
        targets = np.arange(start, start + size)
        if recorder.active(leaf):
            refs.append(recorder.line(leaf))
            moves.append((targets, np.arange(size)))
        else:
            constant[targets] = True
        start += size
    base = np.where(constant, plain.ravel(), 0.0) if constant.any() else None
    return recorder.emit("assemble", tuple(refs), (plain.shape, base, tuple(moves)), plain)


def _of_numbers(recorder: Recorder, leaves: list[Any], plain: Any) -> Any:
    active = [k for k, leaf in enumerate(leaves) if recorder.active(leaf)]
    base = None
    if len(active) < len(leaves):
        base = plain.ravel().copy()
        base[active] = 0.0
    if any(is_array(recorder.value[recorder.line(leaves[k])]) for k in active):
        one = np.zeros(1, dtype=int)
        moves = tuple((np.array([k]), one) for k in active)
        return recorder.emit(
            "assemble", tuple(recorder.line(leaves[k]) for k in active), (plain.shape, base, moves), plain
        )
    return recorder.emit(
        "numbers", tuple(recorder.line(leaves[k]) for k in active), (plain.shape, base, tuple(active)), plain
    )


def _of_objects(recorder: Recorder, nest: Any, leaves: list[Any], plain: Any) -> Any:
    """What ``dtype=object`` asks for: numbers alone are recorded as numbers, mixed objects stay objects."""
    numbers = [recorder.number(leaf) for leaf in leaves]
    if all(isinstance(number, float | int | np.number | np.ndarray) and np.asarray(number).dtype.kind in "fiub"
           for number in numbers) and sum(np.size(number) for number in numbers) == plain.size:  # fmt: skip
        return _assembled(recorder, nest, plain.astype(float))
    if plain.ndim == 1 and len(plain) == len(nest):
        plain[:] = [None] * len(nest)
        for k, member in enumerate(nest):
            plain[k] = member
        return plain
    raise refusal("an array of dtype object of values that depend on the inputs", "use dtype float, or a list")


def kept(recorder: Recorder, result: Any) -> Any:
    """Float arrays made while f runs are recorded from birth, so that they can be filled."""
    return inactive(recorder, result) if type(result) in (np.ndarray, tuple) else result


def is_number(x: Any) -> bool:
    """Whether x is one number, recorded or not."""
    return isinstance(x, float | int | np.generic)


def listed(nest: Any) -> Any:
    """Named tuples, deques and the user's own lists as plain lists, so that one rule serves them all."""
    if issubclass(type(nest), _NESTS):
        return [listed(inner) for inner in nest]
    return nest


def bare(recorder: Recorder, nest: Any) -> Any:
    """The plain numbers of a nested list."""
    if issubclass(type(nest), _NESTS):
        return [bare(recorder, inner) for inner in nest]
    return recorder.number(nest)


def _leaves(nest: Any) -> Iterator[Any]:
    if issubclass(type(nest), _NESTS):
        for inner in nest:
            yield from _leaves(inner)
    else:
        yield nest


def holds_recorded(nest: Any) -> bool:
    """Whether a list, at any depth, holds a recorded value."""
    if issubclass(type(nest), _NESTS):
        return any(holds_recorded(inner) for inner in nest)
    return isinstance(type(nest), Recorded)


def like(recorder: Recorder, prototype: Any, fill: Any, dtype: Any = None, shape: Any = None) -> Any:
    """``np.full_like`` and its kin: a new array shaped as `prototype`, filled with `fill`."""
    number = recorder.number(prototype)
    made = np.full_like(number, 0.0, dtype=dtype, shape=shape)
    return full(recorder, made, fill)


def full(recorder: Recorder, made: Any, fill: Any) -> Any:
    """Fill the fresh plain array `made` with one value and hand it over for recording."""
    if made.dtype.kind not in "fc" and not recorder.active(fill):
        made[...] = recorder.number(fill)
        return made
    result = recorder.wrap(made, -1)
    result[...] = fill
    return result


def copied(recorder: Recorder, value: Any, number: Any = None) -> Any:
    """A copy with memory of its own, `number` where NumPy made it; it keeps the record where the numbers stay real."""
    if number is None:
        number = np.array(recorder.number(value))
    elif np.may_share_memory(number, recorder.number(value)):
        number = number.copy()
    line = recorder.line(value) if recorder.active(value) else -1
    if line < 0:
        return inactive(recorder, number)
    if is_complex(number) != is_complex(recorder.value[line]):
        line = recorder.line(part(recorder, value, "real") if number.dtype.kind == "f" else embedded(recorder, value))
    if number.dtype.kind not in "fc":
        if number.dtype.kind in "iub":
            recorder.guard("int", line, Constant(number.copy()), held=True)
            return number
        raise refusal(f"a conversion to {number.dtype}")
    kept = recorder.value[line]
    if type(kept) is np.ndarray and (kept.dtype, kept.shape) == (number.dtype, number.shape):
        return recorder.wrap(number, line)
    return recorder.emit("reshape", line, (number.shape, np.shape(kept)), number)
