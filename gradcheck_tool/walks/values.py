"""The recorded values as the walks want them: float64 arrays and Python floats."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.trace import Trace


def column(trace: Trace) -> list[Any]:
    """The value of every line as a float64 array or a Python float; recorded values stay as they are."""
    return [x if type(x) is float else _number(x) for x in trace.value]


def _number(x: Any) -> Any:
    if type(x) is np.ndarray:
        return x if x.dtype == np.float64 else x.astype(float)
    if isinstance(type(x), Recorded):
        return x
    return float(x)


def is_nested(trace: Trace) -> bool:
    """Whether the inputs are themselves recorded: an inner derivative of an outer one."""
    return any(isinstance(type(trace.value[k]), Recorded) for k in range(trace.inputs))


def finite(x: Any) -> bool:
    """Whether a number or array of adjoints or tangents is real and finite throughout."""
    if type(x) is np.ndarray:
        return bool(np.isfinite(x).all())
    return type(x) is not complex and x - x == 0
