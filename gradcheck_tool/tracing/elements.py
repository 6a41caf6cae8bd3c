"""Reading a recorded array by plain numbers: the commonest read of all, so it is written out.

An element that has been read before is the same recorded number again: numbers cannot be changed, and a loop that
reads ``x[i]`` a thousand times records it once.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import NUMBER
from gradcheck_tool.tracing.recorder import Recorder

_getframe = sys._getframe  # noqa: SLF001 - the only way to the caller's line


def reader(  # noqa: C901, PLR0915 - see `read`
    recorder: Recorder, other: Callable[[Any, Any], Any], depth: int = 1
) -> Callable[[Any, Any], Any]:
    """``array[key]``: here for whole numbers and an array nobody has written into, by `other` for everything else.

    `depth` frames up is the user.
    """
    items, made = recorder.items, recorder.Scalar
    operation = 8 * NUMBER["getitem"] + 7
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset
    double = np.float64
    view = _slicer(recorder, depth + 1)

    def read(self: Any, key: Any) -> Any:  # noqa: C901, PLR0911, PLR0912 - written out, since every call would cost as much again
        place: Any
        if type(key) is int:
            place = key
        elif type(key) is tuple:
            for entry in key:
                if type(entry) is not int:
                    return other(self, key)
            if not key:
                return other(self, key)
            place = key if len(key) > 1 else key[0]
        elif type(key) is slice:
            return view(self, key)
        else:
            return other(self, key)
        root = self.root
        if (self.table if root is None else root.table) is not None:
            return other(self, key)
        line = self.line
        if line < 0:
            value = self.value[key]
            return value if type(value) is double else other(self, key)
        cells = items.get(line)
        if cells is None:
            cells = items[line] = {None: self.value.shape}
        known = cells.get(place)
        if known is not None:
            return known
        value = self.value[key]
        if type(value) is not double:
            return other(self, key)
        shape = cells[None]
        if type(place) is int:
            if place < 0:
                place += shape[0]
                known = cells.get(place)
                if known is not None:
                    return known
            key = (place,)
        elif min(place) < 0:
            key = place = tuple([k if k >= 0 else k + n for k, n in zip(place, shape, strict=True)])
            known = cells.get(place)
            if known is not None:
                return known
        operations.append(operation)
        firsts.append(line)
        seconds.append((key, shape))
        number = made()
        number.value = value
        number.line = len(values)
        values.append(value)
        frame = _getframe(depth)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        cells[place] = number
        if number.line >= recorder.most:
            recorder.weigh(None)
        return number

    return read


def _slicer(recorder: Recorder, depth: int) -> Callable[[Any, slice], Any]:
    """``array[a:b]``: a view, and where the array has not been written into the line it reads as."""
    operation = 8 * NUMBER["getitem"] + 7
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset
    rest = [(slice(None),) * k for k in range(64)]

    def view(self: Any, key: slice) -> Any:
        root = self if self.root is None else self.root
        own = self.value
        if root.borrowed or root.table is not None or self.line < 0:
            return self.as_view(operator.itemgetter(key), "getitem", ((key, *rest[own.ndim - 1]), own.shape))
        value = own[key]
        number = len(values)
        result = recorder.Array()
        result.value = value
        result.line = number
        result.table = result.lent = None
        result.version = 0
        result.borrowed = False
        result.root = root
        step = operator.itemgetter(key)
        result.path = (step,) if self.path is None else (*self.path, step)
        if root.lent is None:
            root.lent = [number]
        else:
            root.lent.append(number)
        operations.append(operation)
        firsts.append(self.line)
        seconds.append(((key, *rest[own.ndim - 1]), own.shape))
        values.append(value)
        frame = _getframe(depth)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        return result

    return view
