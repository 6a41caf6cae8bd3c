"""The real and imaginary parts of recorded complex arrays: views, which may be written through.

A part is a recorded array on NumPy's own view of the numbers. Its `root` leads to the complex array, its `path` is
the name of the part. It has no tables of its own: what is read is a part of what the complex array holds there, and
what is written is put together with the other part and written there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.complex_ufuncs import embedded, part
from gradcheck_tool.tracing.recorder import Recorded, Recorder

PARTS = ("real", "imag")


class Whole:
    """The root of a part: it leads to the complex array, and has no table that any other reader could use."""

    __slots__ = ("array",)
    table: Any = object()  # fast readers look for None
    borrowed = False

    def __init__(self, array: Any) -> None:
        self.array = array


def part_of(array: Any, name: str) -> Any:
    """The part `name` of a recorded complex array, as a view."""
    array._own_memory()  # noqa: SLF001 - the arrays and their parts are one room
    view = array.recorder.Array.holding(getattr(array.value, name), -1)
    view.root = Whole(array)
    view.path = name
    view.version = -1
    return view


def part_line(view: Any) -> int:
    """The line of a part: made anew where the complex array has another line than before."""
    recorder, array = view.recorder, view.root.array
    source = recorder.line(array)
    if source < 0:
        return -1
    if view.version != source:
        line = int(recorder.emit(view.path, source, None, view.value.copy()).line)
        if recorder.aside:  # a line that will be discarded is not remembered
            return line
        view.line, view.version = line, source
    return int(view.line)


def part_view(view: Any, step: Callable[[Any], Any], row: str, detail: Any) -> Any:
    """A view of a part is the part of a view."""
    return part_of(view.root.array.as_view(step, row, detail), view.path)


def read_part(view: Any, key: Any) -> Any:
    """``view[key]``: the part of what the complex array has there."""
    return getattr(view.root.array[key], view.path)


def write_part(view: Any, key: Any, new: Any) -> None:
    """``view[key] = new``."""
    recorder, array = view.recorder, view.root.array
    np.empty(np.shape(view.value[key]))[...] = recorder.number(new)  # NumPy judges shapes and kinds
    if is_complex(recorder.number(new)):
        new = part(recorder, new, "real") if recorder.active(new) else np.real(recorder.number(new))
    other = part_value(recorder, array[key], "imag" if view.path == "real" else "real")
    array[key] = joined(recorder, new, other) if view.path == "real" else joined(recorder, other, new)


def part_value(recorder: Recorder, x: Any, name: str) -> Any:
    """The part `name` of a number or array that may be recorded and may be complex."""
    number = recorder.number(x)
    if is_complex(number) and recorder.active(x):
        return part(recorder, x, name)
    if name == "real" and not is_complex(number):
        return x
    return getattr(np.asarray(number), name).copy()[()]


def joined(recorder: Recorder, real: Any, imag: Any, value: Any = None) -> Any:
    """``real + 1j*imag`` without a rounding or a product with 0; `value` where NumPy or Python has it already."""
    if value is None:
        numbers = recorder.number(real), recorder.number(imag)
        if any(isinstance(type(x), Recorded) for x in numbers):
            return embedded(recorder, real) + 1j * imag  # an enclosing recording follows the same steps
        value = np.empty(np.broadcast_shapes(*(np.shape(x) for x in numbers)), dtype=complex)
        value.real, value.imag = numbers
        value = value[()]
    if not recorder.active(imag):
        if not recorder.active(real):
            return value
        return recorder.emit("add", recorder.line(embedded(recorder, real)), _turned(recorder, imag), value, 1)
    turned = recorder.emit("minus_i", recorder.line(imag), None, -_turned(recorder, imag))
    if not recorder.active(real):
        return recorder.emit("sub", recorder.constant(real), recorder.line(turned), value, 2)
    return recorder.emit("sub", recorder.line(embedded(recorder, real)), recorder.line(turned), value, 3)


def _turned(recorder: Recorder, imag: Any) -> Any:
    """``1j * imag`` in plain numbers."""
    number = recorder.number(imag)
    out = np.zeros(np.shape(number), dtype=complex)
    out.imag = number
    return out if type(number) is np.ndarray else out[()]
