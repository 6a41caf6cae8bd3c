"""The operators of recorded arrays, made once per recorder as closures over its columns."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import NUMBER
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.scalars import BINARY, COMPARISONS

_getframe = sys._getframe  # noqa: SLF001 - the only way to the caller's line
_PLAIN = (float, int, np.float64)


def install(recorder: Recorder, made: Any) -> None:
    """Give the class `made` of arrays its operators."""
    ufunc: np.ufunc
    for method, row, apply, ufunc in BINARY:
        setattr(made, f"__{method}__", _binary(recorder, made, NUMBER[row], apply, ufunc, reflected=False))
        setattr(made, f"__r{method}__", _binary(recorder, made, NUMBER[row], apply, ufunc, reflected=True))
        setattr(made, f"__i{method}__", _in_place(apply))
    for method, _relation, _apply, ufunc in COMPARISONS:
        setattr(made, f"__{method}__", _through(recorder, ufunc))
    made.__pow__ = _power(recorder, made)
    made.__rpow__ = _through(recorder, np.power, reflected=True)
    for method, ufunc in (("matmul", np.matmul), ("and", np.bitwise_and), ("or", np.bitwise_or)):
        setattr(made, f"__{method}__", _through(recorder, ufunc))
        setattr(made, f"__r{method}__", _through(recorder, ufunc, reflected=True))
    made.__ipow__ = _in_place(operator.pow)
    for method, ufunc in (("neg", np.negative), ("pos", np.positive), ("abs", np.absolute)):
        setattr(made, f"__{method}__", _through(recorder, ufunc))


def _through(recorder: Recorder, ufunc: np.ufunc, *, reflected: bool = False) -> Callable[..., Any]:
    def method(self: Any, *others: Any) -> Any:
        if others and not _answerable(others[0]):
            return NotImplemented
        operands = (*others, self) if reflected else (self, *others)
        return recorder.ufunc(ufunc, "__call__", operands, {})

    return method


def _answerable(other: Any) -> bool:
    opted_out = getattr(type(other), "__array_ufunc__", True) is None  # NumPy's way to say "ask me instead"
    return not (other is None or isinstance(other, str | dict) or opted_out)


def _binary(
    recorder: Recorder, made: Any, row: int, apply: Callable[[Any, Any], Any], ufunc: np.ufunc, *, reflected: bool
) -> Callable[[Any, Any], Any]:
    base = 8 * row + 4
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset
    through = _through(recorder, ufunc, reflected=reflected)

    def method(self: Any, other: Any) -> Any:
        kind = type(other)
        line = self.line if self.root is None and self.table is None else self.current_line()
        if kind is made and not reflected:
            theirs = other.line if other.root is None and other.table is None else other.current_line()
            if line < 0 and theirs < 0:
                return through(self, other)
            value = apply(self.value, other.value)
            mask = (line >= 0) + 2 * (theirs >= 0)
            first = line if line >= 0 else recorder.constant(self)
            second = theirs if theirs >= 0 else recorder.constant(other)
        elif line < 0:
            return through(self, other)
        elif kind in _PLAIN:
            if reflected:
                value, mask, first, second = apply(other, self.value), 2, other, line
            else:
                value, mask, first, second = apply(self.value, other), 1, line, other
        else:
            return through(self, other)
        if type(value) is not np.ndarray:
            return through(self, other)
        number = len(values)
        operations.append(base + mask)
        firsts.append(first)
        seconds.append(second)
        values.append(value)
        frame = _getframe(1)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        return made.holding(value, number)

    return method


def _power(recorder: Recorder, made: Any) -> Callable[[Any, Any], Any]:
    square, general = 8 * NUMBER["square"] + 5, 8 * NUMBER["pow"] + 5
    through = _through(recorder, np.power)

    def method(self: Any, other: Any) -> Any:
        line = self.line if self.root is None and self.table is None else self.current_line()
        if line < 0 or type(other) not in _PLAIN:
            return through(self, other)
        value = self.value**other
        if type(value) is not np.ndarray:
            return through(self, other)
        recorder.operation.append(square if other == 2 else general)
        recorder.first.append(line)
        recorder.second.append(None if other == 2 else other)
        recorder.value.append(value)
        frame = _getframe(1)
        recorder.code.append(frame.f_code)
        recorder.offset.append(frame.f_lasti)
        return made.holding(value, len(recorder.value) - 1)

    return method


def _in_place(apply: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        self[...] = apply(self, other)
        return self

    return method
