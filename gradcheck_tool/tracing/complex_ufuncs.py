"""Ufuncs of complex numbers: which are holomorphic, and what the others are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.tables.complexes import HOLOMORPHIC, MIXING
from gradcheck_tool.tracing.recorder import Recorder


def part(recorder: Recorder, x: Any, name: str) -> Any:
    """The real or imaginary part (`name` is "real" or "imag") of a recorded complex value, as one line."""
    number = recorder.number(x)
    value = number.real if name == "real" else number.imag
    return recorder.emit(name, recorder.line(x), None, value)


def embedded(recorder: Recorder, x: Any) -> Any:
    """A real value as a complex one; a complex one as it is."""
    number = recorder.number(x)
    if is_complex(number):
        return x
    value = number.astype(np.result_type(number, np.complex64)) if type(number) is np.ndarray else np.add(number, 0j)
    return recorder.emit("embed", recorder.line(x), None, value) if recorder.active(x) else value


def conjugated(recorder: Recorder, x: Any, value: Any) -> Any:
    """The conjugate, whose value NumPy says is `value`."""
    return recorder.emit("conj", recorder.line(x), None, value)


def absolute(recorder: Recorder, x: Any, value: Any) -> Any:
    """``hypot(real, imag)``; 0 is a kink."""
    parts = [recorder.line(part(recorder, x, name)) for name in ("real", "imag")]
    return recorder.emit("hypot", parts[0], parts[1], value)


def phase(recorder: Recorder, x: Any, value: Any) -> Any:
    """``arctan2(imag, real)``, in radians; the negative real axis is where it jumps."""
    parts = [recorder.line(part(recorder, x, name)) for name in ("imag", "real")]
    return recorder.emit("atan2", parts[0], parts[1], value)


def _sign(recorder: Recorder, x: Any, value: Any) -> Any:
    size = absolute(recorder, x, np.absolute(recorder.number(x)))
    return recorder.emit("div", recorder.line(x), recorder.line(size), value)


NOT_HOLOMORPHIC: dict[np.ufunc, Callable[[Recorder, Any, Any], Any]] = {
    np.absolute: absolute,
    np.conjugate: conjugated,
    np.sign: _sign,
}


def judge_target(target: Any, result: Any) -> None:
    """Raise what NumPy raises where complex results are to go into a real ``out=``; both are plain."""
    if is_complex(result) and not is_complex(target):
        np.positive(result, out=np.empty(np.shape(result), dtype=target.dtype))


def operands_of(recorder: Recorder, name: str, operands: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
    """The row for complex numbers of a row, and the operands it wants; None where there is none."""
    row = HOLOMORPHIC.get(name)
    if row is None or row in MIXING:
        return None if row is None else (row, operands)
    return row, tuple(embedded(recorder, x) for x in operands)
