"""The user's own functions applied entry by entry: ``vectorize``, ``frompyfunc``, ``apply_along_axis``.

NumPy calls the function from C, with the entries as Python numbers; here they are the recorded ones.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing import construct
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal

_UNSET: Any = np._NoValue  # noqa: SLF001 - NumPy's mark for a decorator with arguments


class Vectorized:
    """``np.vectorize(...)``, which may be a decorator that waits for its function."""

    def __init__(self, recorder: Recorder, original: np.vectorize) -> None:
        self._recorder = recorder
        self._original = original
        self.__name__ = getattr(original, "__name__", "vectorize")
        self.__doc__ = getattr(original, "__doc__", None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """Apply the function to all entries; a decorator with arguments takes its function first."""
        original = self._original
        if original.pyfunc is _UNSET:
            return Vectorized(self._recorder, original(*args, **keywords))
        if original.signature is not None:
            if any(construct.holds_recorded(x) for x in (*args, *keywords.values())):
                raise refusal("numpy.vectorize with signature=", "loop over the rows, or write it with whole arrays")
            return construct.kept(self._recorder, original(*args, **keywords))
        excluded: Any = original.excluded
        inside = [k for k in range(len(args)) if k not in excluded]
        names = [name for name in keywords if name not in excluded]

        def function(*entries: Any) -> Any:
            given = list(args)
            for k, entry in zip(inside, entries, strict=False):
                given[k] = entry
            named = keywords | dict(zip(names, entries[len(inside) :], strict=True))
            return original.pyfunc(*given, **named)

        operands = [args[k] for k in inside] + [keywords[name] for name in names]
        if not operands:
            return function()
        shape, results = _entries(self._recorder, function, operands)
        if not results:
            return construct.kept(self._recorder, original(*args, **keywords))  # no entries: NumPy knows what that is
        return self._collected(shape, results)

    def _collected(self, shape: tuple[int, ...], results: list[Any]) -> Any:
        several = type(results[0]) is tuple
        columns = list(zip(*results, strict=True)) if several else [results]
        kinds = self._original.otypes or [
            np.asarray(construct.bare(self._recorder, column[0])).dtype.char for column in columns
        ]
        if len(kinds) != len(columns):
            raise ValueError("mismatch between the number of outputs and otypes of numpy.vectorize")
        made = tuple(
            collected(self._recorder, list(column), shape, np.dtype(kind))
            for column, kind in zip(columns, kinds, strict=True)
        )
        return made if several else made[0]


def collected(recorder: Recorder, results: list[Any], shape: tuple[int, ...], dtype: np.dtype[Any]) -> Any:
    """An array of `dtype` of single results; whole numbers are decisions, as ``int`` takes them."""
    if dtype.kind in "fcO":
        made = recorder.array(results)
        made = made if dtype.kind == "O" or made.dtype == dtype else made.astype(dtype)
        return np.reshape(made, shape)
    whole = bool if dtype.kind == "b" else int
    return np.array([whole(x) if recorder.active(x) else x for x in results], dtype=dtype).reshape(shape)


def _entries(recorder: Recorder, function: Callable[..., Any], operands: list[Any]) -> tuple[Any, list[Any]]:
    """The common shape of the operands, and what the function gives for each of their entries."""
    arrays = [as_array(recorder, construct.listed(x)) for x in operands]
    shape = np.broadcast_shapes(*(np.shape(recorder.number(x)) for x in arrays))
    flats = [np.ravel(np.broadcast_to(x, shape)) for x in arrays]
    count = int(np.prod(shape, dtype=int))
    return shape, [function(*(_entry(recorder, flat, k) for flat in flats)) for k in range(count)]


def _entry(recorder: Recorder, flat: Any, k: int) -> Any:
    """An entry as NumPy hands it to Python: as a Python number."""
    entry = flat[k]
    if recorder.active(entry):
        kind = np.asarray(recorder.number(entry)).dtype
        return recorder.wrap(float(entry.value), recorder.line(entry)) if kind == np.float64 else entry
    return entry.item() if isinstance(entry, np.generic) else entry


class PythonFunction:
    """``np.frompyfunc(...)``: results that NumPy would leave in an array of objects are recorded as numbers."""

    def __init__(self, recorder: Recorder, function: Callable[..., Any], nin: int, nout: int, **keywords: Any) -> None:
        self._recorder = recorder
        self._function = function
        self._original = np.frompyfunc(function, nin, nout, **keywords)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def _name(self) -> str:
        return getattr(self._function, "__name__", "function")

    def __call__(self, *operands: Any, **keywords: Any) -> Any:
        """Apply the function to all entries."""
        recorder = self._recorder
        if not any(construct.holds_recorded(x) for x in operands):
            return self._original(*operands, **keywords)
        if keywords or len(operands) != self._original.nin:
            raise refusal(f"a keyword of numpy.frompyfunc({self._name()})")
        shape, results = _entries(recorder, self._function, list(operands))
        columns = list(zip(*results, strict=True)) if self._original.nout > 1 else [results]
        if all(np.ndim(recorder.number(x)) == 0 for x in operands) and shape == ():
            made = tuple(column[0] for column in columns)
        else:
            made = tuple(np.reshape(recorder.array(list(column)), shape) for column in columns)
        return made if self._original.nout > 1 else made[0]

    def reduce(self, array: Any, *args: Any, **keywords: Any) -> Any:
        """Fold a vector, from its first entry on."""
        recorder = self._recorder
        if not construct.holds_recorded(array):
            return self._original.reduce(array, *args, **keywords)
        whole = as_array(recorder, array)
        if args or keywords or np.ndim(whole) != 1 or len(whole) == 0:
            raise refusal(f"numpy.frompyfunc({self._name()}).reduce with these arguments", "fold the list in a loop")
        return functools.reduce(self._function, [_entry(recorder, whole, k) for k in range(len(whole))])

    def accumulate(self, array: Any, *args: Any, **keywords: Any) -> Any:
        """Fold a vector and keep what it was on the way."""
        if construct.holds_recorded(array):
            raise refusal(f"numpy.frompyfunc({self._name()}).accumulate", "use itertools.accumulate")
        return self._original.accumulate(array, *args, **keywords)

    def outer(self, *arrays: Any, **keywords: Any) -> Any:
        """The function of all pairs."""
        if any(construct.holds_recorded(x) for x in arrays):
            raise refusal(f"numpy.frompyfunc({self._name()}).outer", "call it with a[:, None] and b")
        return self._original.outer(*arrays, **keywords)


def apply_along_axis(
    recorder: Recorder, func1d: Callable[..., Any], axis: Any, arr: Any, *args: Any, **keywords: Any
) -> Any:
    """``np.apply_along_axis``: the function of every row along `axis`, its results where the row was."""
    rows = np.moveaxis(as_array(recorder, arr), axis, -1)
    lead = np.shape(rows)[:-1]
    results = [as_array(recorder, func1d(rows[place], *args, **keywords)) for place in np.ndindex(*lead)]
    if not results:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    if results[0].dtype.kind not in "fc" and any(recorder.active(result) for result in results):
        raise refusal("numpy.apply_along_axis whose first result is a whole number", "return floats only")
    shape = np.shape(results[0])
    stacked = np.reshape(np.stack(results), (*lead, *shape))
    at = range(axis % (len(lead) + 1), axis % (len(lead) + 1) + len(shape))
    return np.moveaxis(stacked, range(len(lead), len(lead) + len(shape)), list(at))
