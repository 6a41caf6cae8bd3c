"""Twins of NumPy's iterators over arrays, which no protocol reaches: ndenumerate, nditer, broadcast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import numpy as np

from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import refusal

_FLAGS = {"multi_index", "refs_ok", "zerosize_ok", "c_index"}


def twins(recorder: Recorder) -> dict[str, Any]:
    """The iterators by name; each is NumPy's own where nothing recorded is given."""

    def depends(given: Any) -> bool:
        if isinstance(given, list | tuple):
            return any(depends(x) for x in given)
        return type(given) in (recorder.Array, recorder.Scalar)

    def ndenumerate(arr: Any) -> Any:
        if not depends(arr):
            return np.ndenumerate(arr)
        array = as_array(recorder, arr)
        return ((place, array[place]) for place in np.ndindex(array.shape))

    def nditer(op: Any, flags: Any = (), op_flags: Any = None, *rest: Any, **keywords: Any) -> Any:
        if not depends(op):
            plain = (flags,) if op_flags is None else (flags, op_flags)
            return np.nditer(op, *plain, *rest, **keywords)
        order = keywords.pop("order", "K")
        if rest or keywords or set(flags) - _FLAGS or order not in ("K", "C"):
            raise refusal("numpy.nditer with these arguments", "use np.ndindex(a.shape) and read a[place]")
        operands = op if isinstance(op, list | tuple) else [op]
        return _Visit([as_array(recorder, x) for x in operands], flags)

    def broadcast(*arrays: Any) -> Any:
        if not depends(arrays):
            return np.broadcast(*arrays)
        return _Shape(np.broadcast(*(recorder.number(as_array(recorder, x)) for x in arrays)))

    return {"ndenumerate": ndenumerate, "nditer": nditer, "broadcast": broadcast}


class _Visit:
    """``np.nditer`` over arrays in C order: every entry as a view without axes, which can be written."""

    def __init__(self, arrays: list[Any], flags: Any) -> None:
        whole = np.broadcast_shapes(*(array.shape for array in arrays))
        # Only what is smaller is repeated: the others may be written.
        self._arrays = [array if array.shape == whole else np.broadcast_to(array, whole) for array in arrays]
        self._flags = set(flags)
        shape = self._arrays[0].shape
        if len(arrays) == 1 and not arrays[0].value.flags.c_contiguous:
            raise refusal("numpy.nditer over an array that is not in C order", "use np.ndindex(a.shape)")
        self._places = np.ndindex(shape)
        self.itersize = int(np.prod(shape, dtype=int))
        self.shape = shape
        self.finished = self.itersize == 0
        self.index = -1
        self._now: Any = None
        if not self.finished:
            self.iternext()

    def iternext(self) -> bool:
        """Go on to the next entry; False after the last one."""
        try:
            self._now = next(self._places)
        except StopIteration:
            self.finished = True
            return False
        self.index += 1
        return True

    @property
    def multi_index(self) -> tuple[int, ...]:
        """Where the present entry stands."""
        if "multi_index" not in self._flags:
            raise ValueError("Iterator is not tracking a multi-index")
        return tuple(self._now)

    @property
    def value(self) -> Any:
        """The present entry, one per array."""
        parts = tuple(array[(*self._now, Ellipsis)] for array in self._arrays)
        return parts if len(parts) > 1 else parts[0]

    def __getitem__(self, k: int) -> Any:
        return self._arrays[k][(*self._now, Ellipsis)]

    def __setitem__(self, k: int, new: Any) -> None:
        self._arrays[k][self._now] = new

    def __iter__(self) -> Iterator[Any]:
        while not self.finished:
            yield self.value
            self.iternext()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None


class _Shape:
    """What ``np.broadcast`` says about shapes; the entries themselves are read from the arrays."""

    def __init__(self, plain: Any) -> None:
        self.shape, self.ndim, self.nd, self.size, self.numiter = (
            plain.shape,
            plain.ndim,
            plain.nd,
            plain.size,
            plain.numiter,
        )

    def __iter__(self) -> Iterator[Any]:
        raise refusal("iterating over numpy.broadcast", "use np.broadcast_arrays and iterate over its results")
