"""Recorded numbers: each holds the genuine Python or NumPy number and the line it came from.

The operators are made once per recorder as closures over its columns; they apply the very operator the user
wrote to the very number the user has, so results, types and exceptions are Python's and NumPy's own.
"""

from __future__ import annotations

import numbers
import operator
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from gradcheck_tool.calculus.catalogue import NUMBER
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.complex_numbers import complex_operation
from gradcheck_tool.tracing.disguise import Disguise, answering, lost
from gradcheck_tool.tracing.place import here, is_written_by_caller
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.text import UNKNOWN, is_formatted, written
from gradcheck_tool.tracing.trace import Constant

if TYPE_CHECKING:
    from gradcheck_tool.tracing.recorder import Recorder

Operator = Callable[[Any, Any], Any]
_getframe = sys._getframe  # noqa: SLF001 - the only way to the caller's line

BINARY = (
    #  method      row         operator           ufunc
    ("add",      "add",      operator.add,      np.add),
    ("sub",      "sub",      operator.sub,      np.subtract),
    ("mul",      "mul",      operator.mul,      np.multiply),
    ("truediv",  "div",      operator.truediv,  np.true_divide),
    ("mod",      "mod",      operator.mod,      np.remainder),
    ("floordiv", "floordiv", operator.floordiv, np.floor_divide),
)  # fmt: skip
COMPARISONS = (
    #  method  relation  operator     ufunc
    ("lt",   "<",      operator.lt, np.less),
    ("le",   "<=",     operator.le, np.less_equal),
    ("gt",   ">",      operator.gt, np.greater),
    ("ge",   ">=",     operator.ge, np.greater_equal),
    ("eq",   "==",     operator.eq, np.equal),
    ("ne",   "!=",     operator.ne, np.not_equal),
)  # fmt: skip
_APPLY: dict[Any, Operator] = {
    np.power: operator.pow,
    **{ufunc: apply for _method, _name, apply, ufunc in (*BINARY, *COMPARISONS)},
}
_NUMBERS = (float, np.float64, int, bool, np.int64, np.bool_)  # other kinds take the long way, which widens them


def scalar_class(recorder: Recorder) -> type:
    """Make the class of numbers that record into `recorder`."""
    names: dict[str, Any] = {"__slots__": ("line", "value"), "recorder": recorder, "__hash__": _hash}
    made: Any = Recorded("RecordedNumber", (ScalarMethods,), names)
    ufunc: np.ufunc

    def holding(value: Any, line: int) -> Any:
        number = made()
        number.value = value
        number.line = line
        return number

    made.holding = staticmethod(holding)
    for method, row, apply, ufunc in BINARY:
        setattr(made, f"__{method}__", _binary(recorder, made, NUMBER[row], apply, ufunc))
        setattr(made, f"__r{method}__", _reflected(recorder, made, NUMBER[row], apply, ufunc))
    made.__pow__ = _power(recorder, made)
    made.__rpow__ = _reflected(recorder, made, NUMBER["pow"], operator.pow, np.power)
    for method, row, function in (("neg", "neg", operator.neg), ("pos", "pos", operator.pos), ("abs", "abs", abs)):
        setattr(made, f"__{method}__", unary(recorder, made, NUMBER[row], function))
    for method, relation, apply, ufunc in COMPARISONS:
        setattr(made, f"__{method}__", _comparison(recorder, made, relation, apply, ufunc))
    return cast("type", made)


def _hash(self: Any) -> int:
    return hash(self.value)


def unary(
    recorder: Recorder, made: Any, row: int, function: Callable[[Any], Any], depth: int = 1
) -> Callable[[Any], Any]:
    """A function of one recorded number, whose class the caller has checked; `depth` frames up is the user."""
    operation = 8 * row + 1
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset

    def method(self: Any) -> Any:
        value = function(self.value)
        number = len(values)
        operations.append(operation)
        firsts.append(self.line)
        seconds.append(None)
        values.append(value)
        frame = _getframe(depth)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        if number >= recorder.most:
            recorder.weigh(None)
        result = made()
        result.value = value
        result.line = number
        return result

    return method


def _binary(recorder: Recorder, made: Any, row: int, apply: Operator, ufunc: np.ufunc) -> Callable[[Any, Any], Any]:
    both, left = 8 * row + 3, 8 * row + 1
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset

    def method(self: Any, other: Any) -> Any:
        kind = type(other)
        if kind is made:
            value = apply(self.value, other.value)
            operations.append(both)
            seconds.append(other.line)
        elif kind in _NUMBERS:
            value = apply(self.value, other)
            operations.append(left)
            seconds.append(other)
        elif kind is recorder.Array:
            return NotImplemented  # arrays know numbers
        else:
            return _mixed(recorder, (self, other), other, ufunc)
        firsts.append(self.line)
        number = len(values)
        values.append(value)
        frame = _getframe(1)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        if number >= recorder.most:
            recorder.weigh(None)
        result = made()
        result.value = value
        result.line = number
        return result

    return method


def _reflected(recorder: Recorder, made: Any, row: int, apply: Operator, ufunc: np.ufunc) -> Callable[[Any, Any], Any]:
    right = 8 * row + 2
    operations, firsts, seconds = recorder.operation, recorder.first, recorder.second
    values, codes, offsets = recorder.value, recorder.code, recorder.offset

    def method(self: Any, other: Any) -> Any:
        if type(other) not in _NUMBERS:
            return _mixed(recorder, (other, self), other, ufunc)
        value = apply(other, self.value)
        if type(value) is complex:  # a negative number to a fractional power
            return complex_operation(recorder, ufunc, (other, self))
        number = len(values)
        operations.append(right)
        firsts.append(other)
        seconds.append(self.line)
        values.append(value)
        frame = _getframe(1)
        codes.append(frame.f_code)
        offsets.append(frame.f_lasti)
        if number >= recorder.most:
            recorder.weigh(None)
        result = made()
        result.value = value
        result.line = number
        return result

    return method


def _power(recorder: Recorder, made: Any) -> Callable[..., Any]:
    square, general = 8 * NUMBER["square"] + 1, 8 * NUMBER["pow"]

    def method(self: Any, other: Any, modulus: Any = None) -> Any:
        kind = type(other)
        if modulus is not None:
            raise TypeError("pow() 3rd argument not allowed unless all arguments are integers")
        if kind is made:
            value, mask, second = self.value**other.value, 3, other.line
        elif kind in _NUMBERS:
            value, mask, second = self.value**other, 1, other
        else:
            return _mixed(recorder, (self, other), other, np.power)
        if type(value) is complex:  # a negative number to a fractional power
            return complex_operation(recorder, np.power, (self, other))
        is_square = mask == 1 and other == 2
        recorder.operation.append(square if is_square else general + mask)
        recorder.first.append(self.line)
        recorder.second.append(None if is_square else second)
        recorder.value.append(value)
        frame = _getframe(1)
        recorder.code.append(frame.f_code)
        recorder.offset.append(frame.f_lasti)
        return made.holding(value, len(recorder.value) - 1)

    return method


def _comparison(recorder: Recorder, made: Any, relation: str, apply: Operator, ufunc: np.ufunc) -> Callable[..., Any]:
    flags, values = recorder.flags, recorder.value

    def method(self: Any, other: Any) -> Any:
        kind = type(other)
        if kind is made:
            held, right = apply(self.value, other.value), other.line
        elif kind in _NUMBERS:
            held, right = apply(self.value, other), Constant(other)
        else:
            return _mixed(recorder, (self, other), other, ufunc)
        frame = _getframe(1)
        flags.extend((len(values), relation, self.line, right, held, frame.f_code, frame.f_lasti))
        return held

    return method


def refuse_whole_buffer() -> None:
    """Refuse a write into an array of whole numbers, which NumPy would round."""
    raise CannotFollow(
        "a value that depends on the inputs is written into an array of whole numbers, which rounds it",
        where=here(),
        remedy="make the array with dtype float",
    )


def _mixed(recorder: Recorder, operands: tuple[Any, Any], other: Any, ufunc: np.ufunc) -> Any:
    """A number beside an array, another kind of number, or something Python itself must answer."""
    if recorder.is_inner(other):
        return NotImplemented
    recorder.number(other)  # refuses values of an earlier run
    if type(other) is recorder.Complex or isinstance(other, complex | np.complex64):
        return complex_operation(recorder, ufunc, operands)
    if isinstance(other, np.ndarray | np.generic) or isinstance(type(other), Recorded):
        return recorder.ufunc(ufunc, "__call__", operands, {})
    if isinstance(other, int | float):
        exact = int(other) if isinstance(other, int) else float(other)
        return recorder.ufunc(ufunc, "__call__", tuple(exact if x is other else x for x in operands), {})
    return _beside(recorder, operands, other, ufunc)


def _beside(recorder: Recorder, operands: tuple[Any, Any], other: Any, ufunc: np.ufunc) -> Any:
    """A fraction, or a sequence that a number of NumPy's takes for an array; anything else Python must answer."""
    if isinstance(other, numbers.Rational):
        # Python's number beside a fraction is a float; NumPy's, going through objects, ends as one as well.
        return _of_floats(recorder, ufunc, operands, other)
    mine = operands[1] if operands[0] is other else operands[0]
    kind = type(other)
    sequence = hasattr(kind, "__len__") and hasattr(kind, "__getitem__") and not isinstance(other, str | bytes | dict)
    repeated = ufunc is np.multiply and isinstance(other, list | tuple)  # which NumPy leaves to the list
    if isinstance(mine.value, np.generic) and sequence and not repeated:
        terms = recorder.array(list(other))
        return recorder.ufunc(ufunc, "__call__", tuple(terms if x is other else x for x in operands), {})
    return NotImplemented


def _of_floats(recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, Any], other: Any) -> Any:
    """Arithmetic of a recorded number and a fraction, as Python's own floats."""
    left, right = (float(x) if x is other else recorder.wrap(float(x.value), x.line) for x in operands)
    return _APPLY[ufunc](left, right)


class ScalarMethods(Disguise):
    """What a recorded number can do beside arithmetic. Everything that would lose it raises."""

    __slots__ = ()
    recorder: Recorder
    value: Any
    line: int

    def __array__(self, *_args: Any, **_kwargs: Any) -> Any:
        raise lost("NumPy's C code")

    def __float__(self) -> float:
        if is_formatted():
            written(self.recorder, self, UNKNOWN)
            return float(self.value)
        raise lost("float()")

    def __repr__(self) -> str:
        return written(self.recorder, self, repr(self.value))

    def __str__(self) -> str:
        return written(self.recorder, self, str(self.value))

    def __format__(self, spec: str) -> str:
        return written(self.recorder, self, format(self.value, spec))

    def __complex__(self) -> complex:
        raise lost("complex()")

    def __int__(self) -> int:
        if is_written_by_caller():
            refuse_whole_buffer()
        return self._whole(int)

    def __trunc__(self) -> int:
        return self._whole(int)

    def __floor__(self) -> int:
        return self._whole(np.floor)

    def __ceil__(self) -> int:
        return self._whole(np.ceil)

    def _whole(self, function: Callable[[Any], Any]) -> int:
        """A whole number cannot carry a derivative: it is zero between the jumps, and a guard marks them."""
        whole = int(function(self.value))
        self.recorder.guard("int", self.line, Constant(whole), held=True)
        return whole

    def __round__(self, digits: int | None = None) -> Any:
        if digits is None:
            return self._whole(round)
        self.recorder.guard("int", self.line, Constant(round(self.value, digits)), held=True)
        return round(self.value, digits)

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __bool__(self) -> bool:
        held = bool(self.value)
        self.recorder.guard("!=", self.line, Constant(0.0), held=held)
        return held

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, _memo: Any) -> Any:
        return self

    def apply_word(self, name: str, operands: tuple[Any, ...]) -> Any:
        """A word of a rule, recorded."""
        return self.recorder.word(name, operands)

    def apply_linear(self, leaf: Any, detail: Any) -> Any:
        """A linear row, recorded: rules of an inner derivative are operations of the outer run."""
        return self.recorder.emit(leaf.name, self.line, detail, leaf.forward(np.asarray(self.value), detail, 0))

    @staticmethod
    def by_rule(function: Any, operands: tuple[Any, ...]) -> Any:
        """A function with a rule of its own, recorded."""
        return function.recorded(*operands)


answering(ScalarMethods, float, np.float64)
