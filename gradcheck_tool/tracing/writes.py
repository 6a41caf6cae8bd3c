"""NumPy's ways to write into an array that is handed over: each becomes assignments, which arrays record.

``put``, ``place``, ``putmask``, ``ufunc.at``, ``out=`` with ``where=``, and setting a shape.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex, row
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.table import Table
from gradcheck_tool.tracing.ufuncs import call, foreign_target, refusal


def copyto(recorder: Recorder, dst: Any, src: Any, casting: Any = "same_kind", where: Any = True) -> None:
    """``np.copyto``: an assignment, where a mask says so."""
    target = _target(recorder, dst, "numpy.copyto")
    held = _plain(recorder, where)
    np.copyto(target.value.copy(), _plain(recorder, src), casting=casting, where=held)  # NumPy judges the arguments
    if held is True:
        target[...] = src
    else:
        chosen = np.broadcast_to(held, target.shape)
        target[chosen] = np.broadcast_to(as_array(recorder, src), target.shape)[chosen]


def put(recorder: Recorder, a: Any, ind: Any, v: Any, mode: Any = "raise") -> None:
    """``np.put``: the values, repeated as often as needed, into flat places."""
    target = _target(recorder, a, "numpy.put")
    places = np.asarray(_plain(recorder, ind)).ravel()
    np.put(target.value.copy(), places, np.zeros(1), mode=mode)  # NumPy judges the places
    places = places.astype(int)
    if mode == "clip":
        places = np.clip(places, 0, target.size - 1)
    _assign(recorder, target, places % target.size, v)


def place(recorder: Recorder, arr: Any, mask: Any, vals: Any) -> None:
    """``np.place``: the values, one after the other and repeated, where the mask is true."""
    target = _target(recorder, arr, "numpy.place")
    held = np.asarray(_plain(recorder, mask))
    np.place(target.value.copy(), held, np.zeros(np.shape(_plain(recorder, vals))))  # NumPy judges the arguments
    _assign(recorder, target, np.flatnonzero(held), vals)


def putmask(recorder: Recorder, a: Any, /, mask: Any, values: Any) -> None:
    """``np.putmask``: entry n of the values, counted round and round, where entry n of the mask is true."""
    target = _target(recorder, a, "numpy.putmask")
    held = np.asarray(_plain(recorder, mask))
    np.putmask(target.value.copy(), held, np.zeros(np.shape(_plain(recorder, values))))
    places = np.flatnonzero(held)
    _assign(recorder, target, places, values, places)


def _assign(recorder: Recorder, target: Any, places: Any, values: Any, picks: Any = None) -> None:
    """``target.flat[places] = values.flat[picks]``, the picks counted modulo the number of values."""
    source = np.ravel(as_array(recorder, values))
    size = np.size(recorder.number(source))
    if not len(places) or not size:
        return
    chosen = (np.arange(len(places)) if picks is None else picks) % size
    if target.ndim:
        target[np.unravel_index(places, target.shape)] = source[chosen]
    else:
        target[...] = source[chosen[-1]]


def at(recorder: Recorder, ufunc: np.ufunc, a: Any, indices: Any, *operands: Any) -> None:
    """``ufunc.at``: an operation at places, each as often as it is named."""
    name = f"numpy.{ufunc.__name__}.at"
    target = _target(recorder, a, name)
    key = _plain(recorder, indices)
    value = target.value.copy()
    ufunc.at(value, key, *(_plain(recorder, x) for x in operands))  # NumPy's own result, and its exceptions
    if not any(recorder.active(x) for x in (target, *operands)):
        target[...] = value
        return
    if ufunc.nout != 1 or len(operands) != ufunc.nin - 1:
        raise refusal(name)
    named = np.arange(target.size).reshape(target.shape)[key]
    places = np.ravel(named)
    if not places.size:
        return
    given = [np.ravel(np.broadcast_to(as_array(recorder, x), np.shape(named))) for x in operands]
    if ufunc in (np.add, np.subtract):
        _added(recorder, ufunc, target, places, given[0], value)
        return
    # The k-th time a place is named is round k: no round names a place twice.
    order = np.argsort(places, kind="stable")
    starts = np.searchsorted(places[order], places[order])
    times = np.empty(places.size, dtype=int)
    times[order] = np.arange(places.size) - starts
    for k in range(int(times.max()) + 1):
        now = np.flatnonzero(times == k)
        entries = np.unravel_index(places[now], target.shape)
        target[entries] = call(recorder, ufunc, (target[entries], *(x[now] for x in given)), {})


def _added(recorder: Recorder, ufunc: np.ufunc, target: Any, places: Any, terms: Any, value: Any) -> None:
    """All terms of one place at once: a scatter, so that many terms cost what they are."""
    touched, back = np.unique(places, return_inverse=True)
    entries = np.unravel_index(touched, target.shape)
    number = recorder.number(terms)
    detail = (back + 1, back.shape, touched.shape)
    moved = row("scatter").forward(number, detail, 0)
    if recorder.active(terms):
        moved = recorder.emit("scatter", recorder.line(terms), detail, moved)
    target[entries] = patched(recorder, call(recorder, ufunc, (target[entries], moved), {}), value[entries])


def where(recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, ...], held: Any, out: Any) -> Any:
    """``ufunc(*operands, out=out, where=held)``: computed and written only where the mask is true.

    Without `out` the other entries are whatever was in memory; here they are nan, so that they cannot pass unseen.
    """
    mask = np.asarray(_plain(recorder, held))
    numbers = tuple(recorder.number(x) for x in operands)
    if ufunc.nout != 1:
        raise refusal(f"where= of numpy.{ufunc.__name__}", "use np.where on the result instead")
    if out is None:
        shape = np.broadcast_shapes(mask.shape, *(np.shape(number) for number in numbers))
        kind = complex if any(is_complex(number) for number in numbers) and ufunc is not np.absolute else float
        target = recorder.wrap(np.full(shape, np.nan, dtype=kind), -1)
    else:
        target = _target(recorder, out, f"numpy.{ufunc.__name__}")
    value = target.value.copy()
    ufunc(*numbers, out=value, where=mask)
    full = np.broadcast_to(mask, value.shape)
    if full.any():
        chosen = (
            np.broadcast_to(x, value.shape)[full] if np.ndim(number) else x
            for x, number in zip(operands, numbers, strict=True)
        )
        result = as_array(recorder, call(recorder, ufunc, tuple(chosen), {}))
        target[full] = patched(recorder, np.broadcast_to(result, (int(full.sum()),)), value[full])
    return target


def set_shape(array: Any, new: Any) -> None:
    """``a.shape = new``: the same memory, seen in another shape by this array and not by its views."""
    if type(array.path) is str:
        raise CannotFollow(
            f"the shape of a part of an array is set to {new} in place", where=here(), remedy="use reshape instead"
        )
    array._own_memory()  # noqa: SLF001 - arrays and what writes into them are one room
    fresh = array.value.view()
    fresh.shape = new
    root = array if array.root is None else array.root
    if root.table is None:  # views find their entries in tables of the shape the memory had when they were made
        root.keep_lines()
        root.table = Table(root.value, root.line)
    shape = fresh.shape
    array.value = fresh
    array.path = (*(array.path or ()), lambda x: x.reshape(shape))
    array.version = -1


def _target(recorder: Recorder, array: Any, name: str) -> Any:
    if type(array) is not recorder.Array:
        raise foreign_target(name, array)
    return array


def _plain(recorder: Recorder, nest: Any) -> Any:
    if type(nest) in (list, tuple):
        return type(nest)(_plain(recorder, inner) for inner in nest)
    return recorder.number(nest)
