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
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import elementwise

_getframe = sys._getframe  # noqa: SLF001 - the only way to the caller's line
_PLAIN = (float, int, np.float64)
_DOUBLE = np.dtype(np.float64)


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
    made.__matmul__ = _matmul(recorder)
    made.__rmatmul__ = _through(recorder, np.matmul, reflected=True)
    for method, ufunc in (("and", np.bitwise_and), ("or", np.bitwise_or)):
        setattr(made, f"__{method}__", _through(recorder, ufunc))
        setattr(made, f"__r{method}__", _through(recorder, ufunc, reflected=True))
    made.__ipow__ = _in_place(operator.pow)
    for method, ufunc in (("neg", np.negative), ("pos", np.positive), ("abs", np.absolute)):
        setattr(made, f"__{method}__", _sign(recorder, NUMBER[method], ufunc))


def _through(recorder: Recorder, ufunc: np.ufunc, *, reflected: bool = False) -> Callable[..., Any]:
    def method(self: Any, *others: Any) -> Any:
        if others and not _answerable(others[0]):
            return NotImplemented
        operands = (*others, self) if reflected else (self, *others)
        return recorder.ufunc(ufunc, "__call__", operands, {})

    return method


def _sign(recorder: Recorder, row: int, ufunc: np.ufunc) -> Callable[[Any], Any]:
    direct, through = one_array(recorder, row, ufunc, 2), _through(recorder, ufunc)

    def method(self: Any) -> Any:
        result = direct(self)
        return through(self) if result is None else result

    return method


def _matmul(recorder: Recorder) -> Callable[[Any, Any], Any]:
    direct, through = product(recorder, np.matmul, 2), _through(recorder, np.matmul)

    def method(self: Any, other: Any) -> Any:
        result = direct(self, other)
        return through(self, other) if result is None else result

    return method


# The contraction of two operands with so many axes, in the letters that `contractions` uses.
_PRODUCTS = {(1, 1): "j,j->", (2, 1): "ij,j->i", (1, 2): "j,jk->k", (2, 2): "ij,jk->ik"}


def product(recorder: Recorder, function: Callable[[Any, Any], Any], depth: int = 1) -> Callable[[Any, Any], Any]:
    """``np.dot`` or ``np.matmul`` of vectors and matrices of doubles; None where the call takes the long way."""
    operation = 8 * NUMBER["contract"] + 7
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset
    made, scalar, double = recorder.Array, recorder.Scalar, np.float64

    def call(a: Any, b: Any) -> Any:
        if type(a) is not made or type(b) is not made:
            return None
        x, y = a.value, b.value
        text = _PRODUCTS.get((x.ndim, y.ndim))
        if text is None or x.dtype is not _DOUBLE or y.dtype is not _DOUBLE:
            return None
        left = a.line if a.root is None and a.table is None else a.current_line()
        right = b.line if b.root is None and b.table is None else b.current_line()
        if left < 0 and right < 0:
            return None
        value = function(x, y)
        kind = type(value)
        if kind is not np.ndarray and kind is not double:
            return None
        number = len(values)
        operations.append(operation)
        firsts.append(
            (
                left if left >= 0 else Constant(recorder.constant(a)),
                right if right >= 0 else Constant(recorder.constant(b)),
            )
        )
        seconds.append(text)
        values.append(value)
        frame = _getframe(depth)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        return scalar.holding(value, number) if kind is double else made.computed(value, number)

    return call


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
    scalar = recorder.Scalar

    def method(self: Any, other: Any) -> Any:
        kind = type(other)
        mine = self.line if self.root is None and self.table is None else self.current_line()
        if kind in _PLAIN:
            theirs, number = -1, other
        elif kind is made:
            theirs = other.line if other.root is None and other.table is None else other.current_line()
            number = other.value
        elif kind is scalar:
            theirs, number = other.line, other.value
        else:
            return through(self, other)
        if mine < 0 and theirs < 0:
            return through(self, other)
        value = apply(number, self.value) if reflected else apply(self.value, number)
        if type(value) is not np.ndarray:
            return through(self, other)
        me = mine if mine >= 0 else recorder.constant(self)
        them = theirs if theirs >= 0 else number if kind in _PLAIN else recorder.constant(other)
        if reflected:
            operations.append(base + (theirs >= 0) + 2 * (mine >= 0))
            firsts.append(them)
            seconds.append(me)
        else:
            operations.append(base + (mine >= 0) + 2 * (theirs >= 0))
            firsts.append(me)
            seconds.append(them)
        number = len(values)
        values.append(value)
        frame = _getframe(1)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        return made.computed(value, number)

    return method


def one_array(recorder: Recorder, row: int, function: Callable[[Any], Any], depth: int = 1) -> Callable[[Any], Any]:
    """A function of one recorded array of doubles; None where the call has to take the long way."""
    operation = 8 * row + 5
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset
    made = recorder.Array

    def call(x: Any) -> Any:
        line = x.line if x.root is None and x.table is None else x.current_line()
        if line < 0 or x.value.dtype is not _DOUBLE:
            return None
        value = function(x.value)
        if type(value) is not np.ndarray:
            return None
        number = len(values)
        operations.append(operation)
        firsts.append(line)
        seconds.append(None)
        values.append(value)
        frame = _getframe(depth)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        return made.computed(value, number)

    return call


def added(recorder: Recorder, depth: int = 2) -> Callable[[Any], Any]:
    """``np.sum`` of all entries of a recorded array of doubles; None where the call has to take the long way."""
    operation = 8 * NUMBER["sum"] + 7
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset
    scalar, double, add = recorder.Scalar, np.float64, np.add.reduce
    axes = [tuple(range(k)) for k in range(65)]

    def call(x: Any) -> Any:
        own = x.value
        line = x.line if x.root is None and x.table is None else x.current_line()
        if line < 0 or own.dtype is not _DOUBLE:
            return None
        value = add(own, axis=None)
        if type(value) is not double:
            return None
        number = len(values)
        operations.append(operation)
        firsts.append(line)
        seconds.append((axes[own.ndim], False, own.shape))
        values.append(value)
        frame = _getframe(depth)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        if number >= recorder.most:
            recorder.weigh(None)
        return scalar.holding(value, number)

    return call


def two_arrays(recorder: Recorder, row: int, ufunc: np.ufunc, depth: int = 1) -> Callable[[Any, Any], Any]:
    """A ufunc of two operands, doubles all, one of them a recorded array; None where the call takes the long way."""
    base = 8 * row + 4
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset
    made, scalar = recorder.Array, recorder.Scalar

    def call(a: Any, b: Any) -> Any:
        refs, numbers, mask = [], [], 0
        for bit, x in ((1, a), (2, b)):
            kind = type(x)
            if kind is made:
                line = x.line if x.root is None and x.table is None else x.current_line()
                number = x.value
                if number.dtype is not _DOUBLE:
                    return None
            elif kind is scalar:
                line, number = x.line, x.value
            elif kind in _PLAIN:
                line, number = -1, x
            else:
                return None
            if line >= 0:
                mask += bit
                refs.append(line)
            else:
                refs.append(recorder.constant(x))
            numbers.append(number)
        if not mask:
            return None
        value = ufunc(numbers[0], numbers[1])
        if type(value) is not np.ndarray or value.dtype is not _DOUBLE:
            return None
        number = len(values)
        operations.append(base + mask)
        firsts.append(refs[0])
        seconds.append(refs[1])
        values.append(value)
        frame = _getframe(depth)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        return made.computed(value, number)

    return call


def _power(recorder: Recorder, made: Any) -> Callable[[Any, Any], Any]:
    square, general = 8 * NUMBER["square"] + 5, 8 * NUMBER["pow"] + 5
    through = _through(recorder, np.power)

    def method(self: Any, other: Any) -> Any:
        line = self.line if self.root is None and self.table is None else self.current_line()
        if line < 0 or type(other) not in _PLAIN:
            return through(self, other)
        if self.value.dtype.kind == "c":  # the operator is not always np.power, bit for bit
            return elementwise(recorder, "pow", (self, other), (self.value, other), (True, False), self.value**other)
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
        return made.computed(value, len(recorder.value) - 1)

    return method


def _in_place(apply: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        self[...] = apply(self, other)
        return self

    return method
