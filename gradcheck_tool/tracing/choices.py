"""Functions that choose: the choice is a decision of the run, the chosen entries are only moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.moving import Entry
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, given, refuse_given
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import call, inactive

# Functions whose result is a decision, a shape or a position: no derivative flows through them.
DISCRETE = (
    np.shape, np.ndim, np.size, np.iscomplexobj, np.isrealobj, np.result_type, np.can_cast,
    np.min_scalar_type, np.common_type, np.may_share_memory, np.shares_memory,
    np.array_str, np.array_repr, np.array2string, np.isreal, np.iscomplex,
)  # fmt: skip
# Decisions among the values of one array; a guard remembers them.
ORDERING = (
    np.argmax,
    np.argmin,
    np.argsort,
    np.argwhere,
    np.nonzero,
    np.flatnonzero,
    np.count_nonzero,
    np.searchsorted,
    np.digitize,
    np.argpartition,
    np.nanargmax,
    np.nanargmin,
)
# Decisions that compare two arguments entry by entry.
COMPARING = (np.isclose, np.allclose, np.array_equal, np.array_equiv)


def plain(recorder: Recorder, nest: Any) -> Any:
    """A nest of arguments without its record: for decisions alone."""
    if type(nest) in (list, tuple):
        return type(nest)(plain(recorder, inner) for inner in nest)
    return recorder.number(nest)


def _discrete(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        return function(
            *(plain(recorder, x) for x in args), **{name: plain(recorder, x) for name, x in keywords.items()}
        )

    return entry


def _true(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, a: Any, *args: Any, **keywords: Any) -> Any:
        recorder.truth(as_array(recorder, a))
        return _discrete(function)(recorder, a, *args, **keywords)

    return entry


def _ordering(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, a: Any, *args: Any, **keywords: Any) -> Any:
        for x in (a, *args[:1]):
            if recorder.active(x):
                recorder.guard("order", recorder.line(x), None, held=True)
        return _discrete(function)(recorder, a, *args, **keywords)

    return entry


def _comparing(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, a: Any, b: Any, *args: Any, **keywords: Any) -> Any:
        left, right = (as_array(recorder, x) for x in (a, b))
        if (recorder.active(left) or recorder.active(right)) and _fit(np.shape(left), np.shape(right)):
            met = bool(np.any(np.equal(innermost(recorder.number(left)), innermost(recorder.number(right)))))
            recorder.guard("==", recorder.operand(left), recorder.operand(right), held=met)
        return _discrete(function)(recorder, a, b, *args, **keywords)

    return entry


def isin(recorder: Recorder, element: Any, test_elements: Any, *args: Any, **keywords: Any) -> Any:
    """``np.isin``: which entries are equal to one of the others; where one depends on the inputs, a guard says so."""
    left, right = (as_array(recorder, x) for x in (element, test_elements))
    pair = [np.asarray(innermost(recorder.number(x))) for x in (left, right)]
    for x, (mine, others) in ((left, pair), (right, pair[::-1])):
        if recorder.active(x):
            found = np.isin(mine, others)
            recorder.guard("==", recorder.line(x), Constant(np.where(found, mine, np.inf)), held=bool(found.any()))
    return _discrete(np.isin)(recorder, element, test_elements, *args, **keywords)


def _infinite(function: Callable[..., Any]) -> Entry:
    def entry(recorder: Recorder, x: Any, out: Any = None) -> Any:
        refuse_given(function.__name__, out=out)
        return function(plain(recorder, x))

    return entry


def _fit(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    try:
        np.broadcast_shapes(first, second)
    except ValueError:
        return False
    return True


def _lexsort(recorder: Recorder, keys: Any, axis: int = -1) -> Any:
    for key in keys:
        if recorder.active(key):
            recorder.guard("order", recorder.line(key), None, held=True)
    return np.lexsort(plain(recorder, keys), axis)


def where(recorder: Recorder, condition: Any, *choices: Any) -> Any:
    """Choose, never multiply: an infinite branch that is not taken leaves no trace."""
    if recorder.active(condition):
        condition = condition != 0
    condition = recorder.number(condition)
    if not choices:
        return np.where(condition)
    first, second = (recorder.array(x) if isinstance(x, list | tuple) else x for x in choices)
    value = np.where(condition, recorder.number(first), recorder.number(second))
    if not (recorder.active(first) or recorder.active(second)):
        return inactive(recorder, value)
    chosen = np.broadcast_to(condition, value.shape).ravel().astype(bool)
    constant = np.zeros(value.size, dtype=bool)
    refs, moves = [], []
    for x, taken in ((first, chosen), (second, ~chosen)):
        if not recorder.active(x):
            constant |= taken
        elif taken.any():
            number = recorder.number(x)
            places = np.broadcast_to(np.arange(np.size(number)).reshape(np.shape(number)), value.shape).ravel()
            targets = np.flatnonzero(taken)
            refs.append(recorder.line(x))
            moves.append((targets, places[targets]))
    if not refs:
        return inactive(recorder, value)
    base = np.where(constant, value.ravel(), 0.0) if constant.any() else None
    return recorder.emit("assemble", tuple(refs), (value.shape, base, tuple(moves)), value)


def select(recorder: Recorder, condlist: Any, choicelist: Any, default: Any = 0) -> Any:
    """``np.select``: nested choices, the first condition outermost."""
    result = default
    for condition, choice in reversed(list(zip(condlist, choicelist, strict=True))):
        result = where(recorder, condition, choice, result)
    return result


def clip(recorder: Recorder, a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, *, min: Any = None,  # noqa: A002 - NumPy's name
         max: Any = None, dtype: Any = None) -> Any:  # noqa: A002 - NumPy's name  # fmt: skip
    """``np.clip``: the larger of a and the lower bound, then the smaller of that and the upper."""
    refuse_given("clip", dtype=dtype)
    lower, upper = (new if given(old) is None else old for old, new in ((a_min, given(min)), (a_max, given(max))))
    result = as_array(recorder, a) if isinstance(a, list | tuple) else a
    if lower is not None:
        result = call(recorder, np.maximum, (result, lower), {})
    if upper is not None:
        result = call(recorder, np.minimum, (result, upper), {})
    if out is not None:
        out[...] = result
        return out
    return result


def round_(recorder: Recorder, a: Any, decimals: int = 0, out: Any = None) -> Any:
    """Rounding: no slope between its jumps."""
    refuse_given("round", out=out)
    a = as_array(recorder, a) if isinstance(a, list | tuple) else a
    if decimals == 0:
        return call(recorder, np.rint, (a,), {})
    if decimals < 0:
        return call(recorder, np.rint, (a / 10.0**-decimals,), {}) * 10.0**-decimals
    return call(recorder, np.rint, (a * 10.0**decimals,), {}) / 10.0**decimals


def nan_to_num(
    recorder: Recorder, x: Any, copy: Any = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None
) -> Any:
    """``np.nan_to_num``: what is not a number is replaced, and does not depend on the inputs any more."""
    given_array = x
    x = as_array(recorder, x)
    plain = np.asarray(recorder.number(x))
    largest = np.finfo(plain.dtype).max if plain.dtype.kind == "f" else 0.0
    result = x
    for where_, new in (
        (np.isnan(plain), nan),
        (np.isposinf(plain), largest if posinf is None else posinf),
        (np.isneginf(plain), -largest if neginf is None else neginf),
    ):
        if where_.any():
            result = np.where(where_, new, result)
    if copy is not True and type(given_array) is recorder.Array:
        given_array[...] = result
        return given_array
    return +result


def _same(recorder: Recorder, a: Any, tol: Any = 100) -> Any:
    del tol
    return as_array(recorder, a) if isinstance(a, list | tuple) else a


ENTRIES: dict[Any, Entry] = {
    **{function: _discrete(function) for function in DISCRETE},
    **{function: _true(function) for function in (np.any, np.all)},
    **{function: _ordering(function) for function in ORDERING},
    **{function: _comparing(function) for function in COMPARING},
    np.isin: isin,
    np.lexsort: _lexsort,
    np.isposinf: _infinite(np.isposinf),
    np.isneginf: _infinite(np.isneginf),
    np.where: where,
}
# Spelled with other recorded functions, so that their value is compared with NumPy's.
COMPOSED: dict[Any, Entry] = {
    np.select: select,
    np.clip: clip,
    np.round: round_,
    np.around: round_,
    np.nan_to_num: nan_to_num,
    np.real_if_close: _same,
}
