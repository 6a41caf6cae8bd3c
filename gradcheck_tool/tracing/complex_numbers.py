"""Recorded complex numbers: intermediates between real inputs and real outputs.

They are a class of their own, so that the operators of real numbers never ask. All their lines use the words
of arrays, which know complex numbers. The operator the user wrote is applied to the number the user has, so
results, types and exceptions are Python's and NumPy's own.
"""

from __future__ import annotations

import operator
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from gradcheck_tool.calculus.tables.complexes import MIXING
from gradcheck_tool.tracing.complex_ufuncs import absolute
from gradcheck_tool.tracing.disguise import Disguise, answering, lost
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import elementwise

if TYPE_CHECKING:
    from gradcheck_tool.tracing.recorder import Recorder

_BINARY: dict[str, tuple[str, Callable[[Any, Any], Any], np.ufunc]] = {
    "add": ("add", operator.add, np.add),
    "sub": ("sub", operator.sub, np.subtract),
    "mul": ("mul", operator.mul, np.multiply),
    "truediv": ("div", operator.truediv, np.true_divide),
    "pow": ("pow", operator.pow, np.power),
}
_OF_UFUNC = {ufunc: (row, apply) for row, apply, ufunc in _BINARY.values()}
_NUMBERS = frozenset({int, float, complex, np.float64, np.complex128})  # others are widened by the general way
_IMPOSSIBLE = {"mod": operator.mod, "floordiv": operator.floordiv, "divmod": divmod}
_ORDERED = {"lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal}


def complex_class(recorder: Recorder) -> type:
    """Make the class of complex numbers that record into `recorder`."""
    names: dict[str, Any] = {"__slots__": ("line", "value"), "recorder": recorder, "__hash__": _hash}
    made: Any = Recorded("RecordedComplex", (ComplexMethods,), names)
    new = object.__new__

    def holding(value: Any, line: int) -> Any:
        number = new(made)
        number.value = value
        number.line = line
        return number

    made.holding = staticmethod(holding)
    for method, (row, apply, ufunc) in _BINARY.items():
        for prefix, reflected in (("__", False), ("__r", True)):
            general = _binary(recorder, ufunc, reflected=reflected)
            quick = _quick(recorder, made, row, apply, general, reflected=reflected) if row in MIXING else general
            setattr(made, f"{prefix}{method}__", quick)
    for method, fails in _IMPOSSIBLE.items():
        setattr(made, f"__{method}__", _impossible(recorder, fails, reflected=False))
        setattr(made, f"__r{method}__", _impossible(recorder, fails, reflected=True))
    for method, compare in _ORDERED.items():
        setattr(made, f"__{method}__", _compared(recorder, compare, getattr(operator, method)))
    return cast("type", made)


def _hash(self: Any) -> int:
    return hash(self.value)


def complex_operation(recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, Any]) -> Any:
    """An operator between two numbers one of which is complex; NotImplemented where Python must answer."""
    known = _OF_UFUNC.get(ufunc)
    if known is None:  # a comparison, or an operator that complex numbers do not have
        return recorder.ufunc(ufunc, "__call__", operands, {})
    row, apply = known
    numbers = tuple(recorder.number(x) for x in operands)
    flags = tuple(recorder.active(x) for x in operands)
    return elementwise(recorder, row, operands, numbers, flags, apply(*numbers))


def _quick(
    recorder: Recorder,
    made: Any,
    row: str,
    apply: Callable[[Any, Any], Any],
    general: Callable[[Any, Any], Any],
    *,
    reflected: bool,
) -> Callable[[Any, Any], Any]:
    """The operator beside another number, which is most of what loops do; `general` for everything else."""
    scalar = recorder.Scalar

    def method(self: Any, other: Any) -> Any:
        kind = type(other)
        if kind in _NUMBERS:
            if reflected:
                return recorder.emit(row, other, self.line, apply(other, self.value), 2)
            return recorder.emit(row, self.line, other, apply(self.value, other), 1)
        if kind is made or kind is scalar:
            if reflected:
                return recorder.emit(row, other.line, self.line, apply(other.value, self.value), 3)
            return recorder.emit(row, self.line, other.line, apply(self.value, other.value), 3)
        return general(self, other)

    return method


def _binary(recorder: Recorder, ufunc: np.ufunc, *, reflected: bool) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any, modulus: Any = None) -> Any:
        if modulus is not None:
            raise ValueError("complex modulo")
        if recorder.is_inner(other):
            return NotImplemented
        operands = (other, self) if reflected else (self, other)
        if type(other) is recorder.Array or isinstance(other, np.ndarray):
            return recorder.ufunc(ufunc, "__call__", operands, {})
        if not _is_number(other):
            return NotImplemented
        return complex_operation(recorder, ufunc, operands)

    return method


def _impossible(recorder: Recorder, apply: Callable[[Any, Any], Any], *, reflected: bool) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        operands = (other, self) if reflected else (self, other)
        return apply(*(recorder.number(x) for x in operands))  # raises, as it does for plain complex numbers

    return method


def _compared(recorder: Recorder, ufunc: np.ufunc, apply: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def method(self: Any, other: Any) -> Any:
        apply(self.value, recorder.number(other))  # Python's complex numbers have no order
        return recorder.ufunc(ufunc, "__call__", (self, other), {})

    return method


def _is_number(x: Any) -> bool:
    return isinstance(type(x), Recorded) or isinstance(x, int | float | complex | np.number | np.bool_)


class ComplexMethods(Disguise):
    """What a recorded complex number can do beside arithmetic. Everything that would lose it raises."""

    __slots__ = ()
    complex_valued = True
    __hash__ = None  # type: ignore[assignment]  # the class made for a recorder has one
    recorder: Recorder
    value: Any
    line: int

    def __neg__(self) -> Any:
        return elementwise(self.recorder, "neg", (self,), (self.value,), (True,), -self.value)

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return absolute(self.recorder, self, abs(self.value))

    def __eq__(self, other: object) -> Any:
        return self._equal(other, np.equal)

    def __ne__(self, other: object) -> Any:
        return self._equal(other, np.not_equal)

    def _equal(self, other: Any, ufunc: np.ufunc) -> Any:
        if _is_number(other) or isinstance(other, np.ndarray):
            return self.recorder.ufunc(ufunc, "__call__", (self, other), {})
        return NotImplemented

    def __bool__(self) -> bool:
        held = bool(self.value)
        self.recorder.guard("!=", self.line, Constant(0.0), held=held)
        return held

    def __array__(self, *_args: Any, **_kwargs: Any) -> Any:
        raise lost("NumPy's C code")

    def __complex__(self) -> complex:
        raise lost("complex()")

    def __float__(self) -> float:
        with warnings.catch_warnings(action="ignore"):
            float(self.value)  # Python's complex numbers refuse; NumPy's drop their imaginary part
        raise lost("float()")

    def __int__(self) -> int:
        with warnings.catch_warnings(action="ignore"):
            int(self.value)  # the same
        raise lost("int()")

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, _memo: Any) -> Any:
        return self

    def apply_linear(self, leaf: Any, detail: Any) -> Any:
        """A linear row, recorded: rules of an inner derivative are operations of the outer run."""
        return self.recorder.emit(leaf.name, self.line, detail, leaf.forward(np.asarray(self.value), detail, 0))


answering(ComplexMethods, complex, np.complex128)
