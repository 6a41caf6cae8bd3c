"""Reading arrays: single elements, views, and everything else by the index map NumPy itself computes."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.recorder import Recorded, Recorder, is_array, solid
from gradcheck_tool.tracing.table import WITHHELD, withheld


def getitem(recorder: Recorder, array: Any, key: Any) -> Any:
    """``array[key]``: an element, a view, or a copy gathered by an index array or mask."""
    value = array.value
    key = _plain(recorder, key)
    entries = key if isinstance(key, tuple) else (key,)
    if not all(_is_basic(entry) for entry in entries):
        return _gathered(recorder, array, key)
    full = _without_ellipsis(entries, value.ndim)
    result = value[key]
    if not isinstance(result, np.ndarray):
        return _element(recorder, array, full, result)
    return array.as_view(lambda x: x[key], "getitem", (full, value.shape))


def _element(recorder: Recorder, array: Any, key: tuple[Any, ...], result: Any) -> Any:
    value = array.value
    places = tuple(k if k >= 0 else k + n for k, n in zip(key, value.shape, strict=True))
    root = array if array.root is None else array.root
    if root.table is not None:
        lines, positions = array.tables()
        line = int(lines[places])
        if line == WITHHELD:
            raise withheld(array)
        if line < 0:
            return result
        source = recorder.value[line]
        if not is_array(source):
            return recorder.wrap(result, line)
        place = tuple(int(k) for k in np.unravel_index(int(positions[places]), source.shape))
        return recorder.item(line, place, source.shape, result)
    if array.line < 0:
        return result
    return recorder.item(array.line, tuple(int(k) for k in places), value.shape, result)


def _gathered(recorder: Recorder, array: Any, key: Any) -> Any:
    value = array.value
    result = value[key]
    root = array if array.root is None else array.root
    if root.table is not None and array.version != root.table.version:
        lines, positions = array.tables()
        chosen = lines[key]
        if (chosen == WITHHELD).any():
            raise withheld(array)
        made = recorder.wrap(np.array(result), -1)
        made.line = made.line_of(chosen, positions[key])
        return made
    line = recorder.line(array)
    if line < 0:
        return recorder.wrap(_own(result), -1)
    places = np.arange(1, value.size + 1).reshape(value.shape)[key]
    return recorder.emit("gather", line, (places, np.shape(result), value.shape), _own(result))


def _own(result: Any) -> Any:
    """What an index array or mask has read, as an array with memory of its own."""
    return solid(result) if isinstance(type(result), Recorded) else np.array(result)


def _plain(recorder: Recorder, key: Any) -> Any:
    if isinstance(key, tuple):
        return tuple(recorder.number(entry) for entry in key)
    if isinstance(key, list):
        return [recorder.number(entry) for entry in key]
    return recorder.number(key)


def _is_basic(entry: Any) -> bool:
    if entry is None or entry is Ellipsis or isinstance(entry, slice):
        return True
    return isinstance(entry, int | np.integer) and not isinstance(entry, bool | np.bool_)


def _without_ellipsis(key: tuple[Any, ...], ndim: int) -> tuple[Any, ...]:
    """The same index with a slice for every axis, so that it also reads arrays with a trailing axis."""
    used = sum(1 for entry in key if entry is not None and entry is not Ellipsis)
    missing = (slice(None),) * (ndim - used)
    for position, entry in enumerate(key):
        if entry is Ellipsis:
            return (*key[:position], *missing, *key[position + 1 :])
    return (*key, *missing)
