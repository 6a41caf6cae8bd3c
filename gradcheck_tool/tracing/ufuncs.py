"""NumPy's ufuncs on recorded values: one line per call, by the row that the ufunc's name spells."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.complaint import CannotFollow
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
_IGNORED = {"where", "dtype", "casting", "order", "subok", "signature", "axes", "axis"}


def call(recorder: Recorder, ufunc: np.ufunc, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """``ufunc(*inputs, **keywords)`` on recorded values. Keywords no rule honours are refused by name."""
    out = None
    if keywords:
        out = keywords.pop("out", None)
        _refuse_keywords(ufunc, keywords)
    operands = tuple(recorder.array(x) if isinstance(x, list | tuple) else x for x in inputs)
    result = _evaluate(recorder, ufunc, operands)
    if out is None:
        return result
    target = out[0] if isinstance(out, tuple) else out
    if isinstance(result, tuple) and out is not None:
        raise refusal(f"out= of numpy.{ufunc.__name__}")
    if target is None or target is Ellipsis:
        return result
    if type(target) is not recorder.Array:
        raise refusal(
            f"out= of numpy.{ufunc.__name__} with an array made outside the function",
            "make the array with np.zeros or np.empty inside the function",
        )
    target[...] = result
    return target


def _refuse_keywords(ufunc: np.ufunc, keywords: dict[str, Any]) -> None:
    for name, given in keywords.items():
        if name == "where" and given is not True:
            raise refusal(f"where= of numpy.{ufunc.__name__}", "use np.where on the result instead")
        if name == "dtype" and given is not None and np.dtype(given) != np.float64:
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
        return ufunc(*numbers)
    if not any(flags):
        return inactive(recorder, ufunc(*numbers))
    if ufunc is np.divmod:
        return call(recorder, np.floor_divide, operands, {}), call(recorder, np.remainder, operands, {})
    if ufunc is np.modf and len(operands) == 1:
        whole = call(recorder, np.trunc, operands, {})
        return call(recorder, np.subtract, (operands[0], whole), {}), whole
    spelled = SPELLED.get(f"numpy.{ufunc.__name__}", SPELLED.get(f"scipy.special.{ufunc.__name__}"))
    if spelled is None:
        raise refusal(f"{getattr(ufunc, '__module__', None) or 'numpy'}.{ufunc.__name__}")
    return elementwise(recorder, ROWS[spelled].name, operands, numbers, flags, ufunc(*numbers))


def elementwise(
    recorder: Recorder,
    name: str,
    operands: tuple[Any, ...],
    numbers: tuple[Any, ...],
    flags: tuple[bool, ...],
    value: Any,
) -> Any:
    """Write one elementwise line of the row `name`."""
    refs = [
        recorder.line(x) if flag else _numeric(recorder.constant(x)) for x, flag in zip(operands, flags, strict=True)
    ]
    mask = sum(1 << k for k, flag in enumerate(flags) if flag)
    if name == "pow" and mask == 1 and np.ndim(numbers[1]) == 0 and numbers[1] == 2:
        return recorder.emit("square", refs[0], None, value, 1)
    if len(refs) == 1:
        refs.append(None)
    return recorder.emit(name, refs[0], refs[1], value, mask)


def _numeric(constant: Any) -> Any:
    """A mask in arithmetic counts as 0 and 1; rules subtract, which masks cannot."""
    if isinstance(constant, np.ndarray | np.bool_) and constant.dtype.kind == "b":
        return constant.astype(float)
    return constant


def _compare(
    recorder: Recorder, ufunc: np.ufunc, operands: tuple[Any, ...], numbers: tuple[Any, ...], flags: tuple[bool, ...]
) -> Any:
    held = ufunc(*numbers)
    if any(flags):
        left, right = (
            recorder.line(x) if flag else Constant(recorder.constant(x))
            for x, flag in zip(operands, flags, strict=True)
        )
        recorder.guard(_RELATIONS[ufunc], left, right, held if np.ndim(held) == 0 else held.copy())
    return held


def inactive(recorder: Recorder, value: Any) -> Any:
    """A result that does not depend on the inputs: float arrays stay recorded, so that they can be filled."""
    if isinstance(value, tuple):
        return tuple(inactive(recorder, part) for part in value)
    if type(value) is np.ndarray and value.dtype.kind == "f" and threading.get_ident() == recorder.thread:
        return recorder.wrap(value, -1)
    return value


def refusal(what: str, remedy: str = "") -> CannotFollow:
    """The sentence for an operation that has no rule here."""
    return CannotFollow(
        f"{what} has no derivative rule here",
        where=here(),
        remedy=remedy or "write that step with supported NumPy functions, or check against differences alone",
    )
