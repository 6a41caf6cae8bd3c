"""The recorded values as the walks want them: float64 arrays and Python floats."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.trace import Trace

_NUMBERS = frozenset({float, np.float64})
_DOUBLE = np.dtype(np.float64)
_ALL = np.logical_and.reduce
_SQUARES = np.vdot


def column(trace: Trace) -> list[Any]:
    """The value of every line as a float64 array or a float, complex ones alike; recorded values stay as they are."""
    values, inputs = trace.value, trace.inputs
    computed = values[inputs:]
    if _NUMBERS.issuperset(map(type, computed)):
        return [*map(_number, values[:inputs]), *map(float, computed)]  # three times faster than asking each
    return [x if type(x) is float or (type(x) is np.ndarray and x.dtype is _DOUBLE) else _number(x) for x in values]


def _number(x: Any) -> Any:
    if type(x) is np.float64:
        return float(x)
    if type(x) is np.ndarray:
        if x.dtype is _DOUBLE or x.dtype in (np.float64, np.complex128):
            return x
        return x.astype(complex if x.dtype.kind == "c" else float)
    if isinstance(type(x), Recorded):
        return x
    # A NumPy number divides by zero quietly, as arrays do.
    return np.complex128(x) if isinstance(x, complex | np.complex64) else float(x)


def has_complex(trace: Trace) -> bool:
    """Whether complex numbers lie between the real inputs and the real outputs."""
    return any(type(x) is not float and is_complex(x) for x in trace.value)


def is_nested(trace: Trace) -> bool:
    """Whether the inputs are themselves recorded: an inner derivative of an outer one."""
    for x in trace.value[: trace.inputs]:  # noqa: SIM110 - a loop is three times faster than a generator here
        if isinstance(type(x), Recorded):
            return True
    return False


def finite(x: Any) -> bool:
    """Whether a number or array of adjoints or tangents is real and finite throughout."""
    if type(x) is np.ndarray:
        if x.dtype is _DOUBLE and math.isfinite(_SQUARES(x, x)):
            return True  # the sum of squares is finite only if all are, and costs one pass and no temporary array
        return bool(_ALL(np.isfinite(x), axis=None))
    if type(x) is float:
        return x - x == 0
    if isinstance(type(x), Recorded):
        return finite(x.value)  # asked of the plain number: it is no decision of the enclosing run
    return type(x) is not complex and x - x == 0
