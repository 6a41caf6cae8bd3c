"""NumPy's ufuncs on recorded values: one line per call, by the row that the ufunc's name spells."""

from __future__ import annotations

import sys
import threading
from collections import deque
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.catalogue import NUMBER, ROWS, SPELLED
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.wide import WIDE, unknown_partial
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.complex_ufuncs import NOT_HOLOMORPHIC, embedded, judge_target, operands_of
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.trace import Constant

_RELATIONS: dict[np.ufunc, str] = {
    np.less: "<",
    np.less_equal: "<=",
    np.greater: ">",
    np.greater_equal: ">=",
    np.equal: "==",
    np.not_equal: "!=",
}
# Decisions and classifications: their result carries no derivative, nor does it move with the inputs.
_DISCRETE = {
    np.isnan, np.isfinite, np.isinf, np.signbit, np.logical_and, np.logical_or, np.logical_not, np.logical_xor,
    np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.invert,
}  # fmt: skip
DECISIONS = frozenset(_RELATIONS) | _DISCRETE
_LOGICAL = {np.logical_and, np.logical_or, np.logical_not, np.logical_xor}
_FULL = (np.dtype(np.float64), np.dtype(np.complex128))
_IGNORED = {"where", "dtype", "casting", "order", "subok", "signature", "axes", "axis"}


def call(recorder: Recorder, ufunc: np.ufunc, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """``ufunc(*inputs, **keywords)`` on recorded values. Keywords no rule honours are refused by name."""
    out = None
    held: Any = True
    dtype: Any = None
    if keywords:
        out = keywords.pop("out", None)
        held = keywords.pop("where", True)
        dtype = keywords.get("dtype")
        _refuse_keywords(ufunc, keywords)
    operands = tuple(_operand(recorder, x) for x in inputs)
    if dtype is not None:
        operands = _in_precision(recorder, ufunc, operands, np.dtype(dtype))
    if held is not True:
        from gradcheck_tool.tracing import writes  # noqa: PLC0415 - it is written with `call`

        return writes.where(recorder, ufunc, operands, held, out[0] if isinstance(out, tuple) else out)
    result = _evaluate(recorder, ufunc, operands)
    if out is None:
        return result
    if isinstance(result, tuple):
        # An array to write into that is larger than the operands makes NumPy widen every result.
        natural = np.shape(recorder.number(result[0]))
        if any(np.shape(target) != natural for target in out if target is not None):
            raise refusal(f"out= of {public_name(ufunc)} with an array of another shape")
        return tuple(_delivered(recorder, ufunc, *pair) for pair in zip(result, out, strict=True))
    return _delivered(recorder, ufunc, result, out[0] if isinstance(out, tuple) else out)


def _delivered(recorder: Recorder, ufunc: np.ufunc, result: Any, target: Any) -> Any:
    """Write a result into the array given for it, if one was."""
    if target is None or target is Ellipsis:
        return result
    if type(target) is not recorder.Array:
        raise foreign_target(f"numpy.{ufunc.__name__}", target)
    judge_target(target, recorder.number(result))
    shape = np.shape(recorder.number(result))
    if np.broadcast_shapes(target.shape, shape) != target.shape:
        raise ValueError(
            f"non-broadcastable output operand with shape {target.shape} doesn't match the broadcast shape {shape}"
        )
    target[...] = result
    return target


def _in_precision(recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, ...], dtype: Any) -> tuple[Any, ...]:
    """The operands of a ufunc with a ``dtype=``: of complex ones NumPy makes nothing real."""
    numbers = [recorder.number(x) for x in operands]
    if dtype != np.complex128 and not any(is_complex(number) for number in numbers):
        return operands
    ufunc(*numbers, dtype=dtype)  # NumPy judges whether it has such a loop
    return tuple(embedded(recorder, x) for x in operands)


def _operand(recorder: Recorder, x: Any) -> Any:
    """An operand as an array or number: lists become arrays, fractions the floats they end as in arithmetic."""
    kind = type(x)
    if kind is recorder.Array or kind is recorder.Scalar or kind is float or kind is np.ndarray:
        return x
    if issubclass(kind, list | tuple | deque):
        return recorder.array(x)
    return float(x) if issubclass(kind, Fraction) else x


def _refuse_keywords(ufunc: np.ufunc, keywords: dict[str, Any]) -> None:
    for name, given in keywords.items():
        if name == "dtype" and given is not None and np.dtype(given) not in _FULL:
            raise refusal(
                f"dtype={np.dtype(given)} of numpy.{ufunc.__name__}", "convert with astype where it is needed"
            )
        if name not in _IGNORED:
            raise refusal(f"{name}= of numpy.{ufunc.__name__}")


def _evaluate(recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, ...]) -> Any:
    numbers = tuple(recorder.number(x) for x in operands)
    flags = tuple(recorder.active(x) for x in operands)
    if ufunc in _RELATIONS:
        return _compare(recorder, ufunc, operands, numbers, flags)
    if ufunc in _DISCRETE:
        result = ufunc(*numbers)
        if ufunc is np.signbit and flags[0]:
            recorder.guard("<", recorder.line(operands[0]), Constant(0.0), held=result)
        elif ufunc in _LOGICAL:
            for x in operands:
                recorder.truth(x)
        return result
    if not any(flags):
        return inactive(recorder, ufunc(*numbers))
    if ufunc in NOT_HOLOMORPHIC and is_complex(numbers[0]):
        return NOT_HOLOMORPHIC[ufunc](recorder, operands[0], ufunc(*numbers))
    return _by_row(recorder, ufunc, operands, numbers, flags)


def _by_row(
    recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, ...], numbers: tuple[Any, ...], flags: tuple[bool, ...]
) -> Any:
    """A ufunc that is spelled in the table."""
    if ufunc.nout > 1:
        return _parts(recorder, ufunc, operands, numbers, flags)
    spelled = SPELLED.get(public_name(ufunc))
    if spelled is None:
        if ufunc is np.spacing:
            return _spacing(recorder, operands[0])
        raise refusal(public_name(ufunc))
    return elementwise(recorder, ROWS[spelled].name, operands, numbers, flags, ufunc(*numbers))


def _parts(
    recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, ...], numbers: tuple[Any, ...], flags: tuple[bool, ...]
) -> tuple[Any, ...]:
    """A ufunc of several results: each is a line of its own, by the row spelled ``name[k]``."""
    if ufunc is np.divmod:
        return call(recorder, np.floor_divide, operands, {}), call(recorder, np.remainder, operands, {})
    if ufunc is np.modf:
        whole = call(recorder, np.trunc, operands[:1], {})
        return call(recorder, np.subtract, (operands[0], whole), {}), whole
    if ufunc is np.frexp:
        return _frexp(recorder, operands[0])
    name = public_name(ufunc)
    rows = [SPELLED.get(f"{name}[{k}]") for k in range(ufunc.nout)]
    if None in rows:
        raise refusal(name)
    return tuple(
        elementwise(recorder, ROWS[row].name, operands, numbers, flags, value)
        for row, value in zip(rows, ufunc(*numbers), strict=True)
        if row is not None
    )


def _frexp(recorder: Recorder, x: Any) -> tuple[Any, Any]:
    """Mantissa and exponent: the exponent is a whole number that the run decides by the binade of x."""
    exponent = np.frexp(recorder.number(x))[1]
    recorder.guard("int", recorder.line(x), Constant(exponent), held=True)
    return call(recorder, np.ldexp, (x, -exponent), {}), exponent


def _spacing(recorder: Recorder, x: Any) -> Any:
    """The unit in the last place: a constant that the run decides by the binade of x."""
    value = np.spacing(recorder.number(x))
    recorder.guard("int", recorder.line(x), Constant(value if np.ndim(value) == 0 else value.copy()), held=True)
    return inactive(recorder, value)


@cache
def public_name(ufunc: np.ufunc) -> str:
    """The dotted name users know a ufunc by: ``numpy.exp``, ``scipy.special.gamma``."""
    name = ufunc.__name__
    if getattr(np, name, None) is ufunc:
        return f"numpy.{name}"
    special = sys.modules.get("scipy.special")
    known = special is not None and any(found is ufunc for found in vars(special).values())
    return f"scipy.special.{name}" if known else name


def elementwise(
    recorder: Recorder,
    name: str,
    operands: tuple[Any, ...],
    numbers: tuple[Any, ...],
    flags: tuple[bool, ...],
    value: Any,
) -> Any:
    """Write one elementwise line of the row `name`."""
    if is_complex(value):
        known = operands_of(recorder, name, operands)
        if known is None:
            spelled: Any = ROWS[NUMBER[name]]
            shown = next((word for word in reversed(spelled.spellings) if "numpy." in word), name)
            raise refusal(f"{shown} of complex numbers", "write that step with their real and imaginary parts")
        name, operands = known
    _refuse_unknown(name, flags)
    refs = [
        recorder.line(x) if flag else _numeric(recorder.constant(x)) for x, flag in zip(operands, flags, strict=True)
    ]
    if len(refs) > WIDE:
        first = tuple(ref if flag else Constant(ref) for ref, flag in zip(refs, flags, strict=True))
        return recorder.emit(name, first, None, value)
    mask = sum(1 << k for k, flag in enumerate(flags) if flag)
    if name in ("pow", "pow_z") and mask == 1 and np.ndim(numbers[1]) == 0 and numbers[1] == 2:
        return recorder.emit("square", refs[0], None, value, 1)
    if len(refs) == 1:
        refs.append(None)
    return recorder.emit(name, refs[0], refs[1], value, mask)


@cache
def _unknown(name: str) -> tuple[int, ...]:
    """The operands of a row whose partial no walk could find later."""
    row = ROWS[NUMBER[name]]
    return tuple(k for k, text in enumerate(row.partials) if text == "-") if isinstance(row, Elementwise) else ()


def _refuse_unknown(name: str, flags: tuple[bool, ...]) -> None:
    """Refuse at the user's line a derivative that the table does not know."""
    for position in _unknown(name):
        if flags[position]:
            row: Any = ROWS[NUMBER[name]]
            raise unknown_partial(row, position, here())


def _numeric(constant: Any) -> Any:
    """A mask in arithmetic counts as 0 and 1; rules subtract, which masks cannot."""
    if isinstance(constant, np.ndarray | np.bool_) and constant.dtype.kind == "b":
        return constant.astype(float)
    return constant


def _compare(
    recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, ...], numbers: tuple[Any, ...], flags: tuple[bool, ...]
) -> Any:
    held = ufunc(*numbers)
    if _RELATIONS[ufunc] not in ("==", "!=") and any(is_complex(x) for x in numbers):
        raise refusal("an order of complex numbers", "compare their absolute values or real parts")
    if any(flags):
        left, right = (
            recorder.line(x) if flag else Constant(recorder.constant(x))
            for x, flag in zip(operands, flags, strict=True)
        )
        recorder.guard(_RELATIONS[ufunc], left, right, held if np.ndim(held) == 0 else held.copy())
    return held


def inactive(recorder: Recorder, value: Any) -> Any:
    """A result that does not depend on the inputs: float and complex arrays stay recorded, to be filled."""
    if isinstance(value, tuple):
        return tuple(inactive(recorder, part) for part in value)
    if type(value) is np.ndarray and value.dtype.kind in "fc" and threading.get_ident() == recorder.thread:
        return recorder.wrap(value, -1)
    return value


def foreign_target(name: str, target: Any) -> CannotFollow:
    """The refusal to write into an array that is not recorded: one of whole numbers, or one made elsewhere."""
    kind = getattr(target, "dtype", None)
    if kind is not None and kind.kind not in "fc":
        return CannotFollow(
            f"{name} writes values that depend on the inputs into an array of {kind}, which rounds them",
            where=here(),
            remedy="make the array with dtype float",
        )
    return CannotFollow(
        f"{name} writes into an array that was made where recording does not see it",
        where=here(),
        remedy="make the array with np.zeros, np.empty or np.array inside the function",
    )


def refusal(what: str, remedy: str = "") -> CannotFollow:
    """The sentence for an operation that has no rule here."""
    return CannotFollow(
        f"{what} has no derivative rule here",
        where=here(),
        remedy=remedy or "write that step with supported NumPy functions, or check against differences alone",
    )
