"""Arguments of library calls: what in them is recorded, and what the library may be given."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.recorder import Recorded, Recorder

_DEPTH = 3  # how far into lists, tuples and dicts of arguments recorded values are looked for


def holds_recorded(x: Any, depth: int = 0) -> bool:
    """Whether x is, or a container of arguments holds, a value of some recording."""
    kind = type(x)
    if isinstance(kind, Recorded):
        return True
    if depth < _DEPTH:
        if kind in (list, tuple):
            return any(holds_recorded(inner, depth + 1) for inner in x)
        if kind is dict:
            return any(holds_recorded(inner, depth + 1) for inner in x.values())
    if kind is np.ndarray and x.dtype == object:
        return any(isinstance(type(inner), Recorded) for inner in x.flat)
    return False


def holds_active(recorder: Recorder, x: Any, depth: int = 0) -> bool:
    """Whether x is, or holds, a recorded value that depends on the inputs."""
    kind = type(x)
    if isinstance(kind, Recorded):
        recorder.number(x)  # refuses values of an earlier run
        return recorder.active(x) or recorder.is_inner(x)
    if depth < _DEPTH:
        if kind in (list, tuple):
            return any(holds_active(recorder, inner, depth + 1) for inner in x)
        if kind is dict:
            return any(holds_active(recorder, inner, depth + 1) for inner in x.values())
    return kind is np.ndarray and x.dtype == object and holds_recorded(x)


def bare(recorder: Recorder, nest: Any, depth: int = 0) -> Any:
    """Arguments without their record, arrays copied so that nothing is written twice."""
    kind = type(nest)
    if depth <= _DEPTH:
        if kind is dict:
            return {key: bare(recorder, inner, depth + 1) for key, inner in nest.items()}
        if kind in (list, tuple):
            return kind(bare(recorder, inner, depth + 1) for inner in nest)
    if isinstance(kind, Recorded):
        value = recorder.number(nest)
        return value.copy() if type(value) is np.ndarray else value
    return nest
