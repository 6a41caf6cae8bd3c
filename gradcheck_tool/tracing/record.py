"""Recording one run: lift, call, restore, freeze. The doorway of this room."""

from __future__ import annotations

import copy
import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.subject.packing import Packing, leaves_of
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.lifting import Lifted
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.trace import Constant, Trace
from gradcheck_tool.tracing.twins import Twins


class _Stack(threading.local):
    """The recordings under way on this thread, outermost first, and the idle ones of each depth."""

    def __init__(self) -> None:
        self.live: list[Twins] = []
        self.idle: dict[int, Twins] = {}  # by the identity of the twins below, 0 for none


_STACK = _Stack()


def record(
    function: Callable[..., Any],
    values: Any,
    *,
    call: Callable[[Any], Any] | None = None,
    label: str = "x",
) -> Trace:
    """Run ``function(values)`` once on recorded copies of `values` and return the trace of the run.

    Parameters
    ----------
    function
        The user's function; everything its code can reach is lifted while it runs.
    values
        A float, an array, or a nest of tuples, lists and dicts of them: what is differentiated.
    call
        How `function` is called with the recorded values; ``function(values)`` by default.
    label
        What the input is called in the report.

    Raises
    ------
    CannotFollow
        Where the code does something that no rule follows, with its ``path:line`` and a remedy.
    Exception
        Whatever the user's code raises.
    """
    below = _STACK.live[-1] if _STACK.live else None
    key = id(below) if below else 0
    twins = _STACK.idle.pop(key, None)
    # Every recorded value holds a reference to its class: where some are left over, in a cache, a global or a
    # traceback, the recorder is not used again, so that they can never be mistaken for values of a later run.
    if twins is None or _references(twins.recorder) != twins.at_rest:
        if below is None:
            _STACK.idle.clear()  # those of nested recordings stand in for twins that are gone
        twins = Twins(Recording(), below)
        twins.at_rest = _references(twins.recorder)
    recorder = twins.recorder
    recorder.clear()
    recorder.depth = len(_STACK.live)
    _STACK.live.append(twins)
    recorder.live = True
    if below is not None:
        below.recorder.has_inner = True
    try:
        trace = _run(recorder, twins, function, values, call, label)
    finally:
        recorder.live = False
        _STACK.live.pop()
        if below is not None:
            below.recorder.has_inner = False
        _STACK.idle[key] = twins
    return trace


def _references(recorder: Recording) -> int:
    return sys.getrefcount(recorder.Scalar) + sys.getrefcount(recorder.Array)


def _run(
    recorder: Recording,
    twins: Twins,
    function: Callable[..., Any],
    values: Any,
    call: Callable[[Any], Any] | None,
    label: str,
) -> Trace:
    inputs = [_input(recorder, leaf) for leaf in leaves_of(values)]
    recorded = Packing.of(values, label).rebuild(inputs) if not _is_leaf(values) else inputs[0]
    function = twins.target(function)
    with Lifted(function, twins), np.errstate(all="ignore"):
        result = function(recorded) if call is None else call(recorded)
    outputs = tuple(_output(recorder, leaf) for leaf in leaves_of(result))
    plain = _plain(recorder, result)
    return recorder.freeze(len(inputs), outputs, _labels(values, label), plain)


def _is_leaf(values: Any) -> bool:
    return not isinstance(values, dict | tuple | list)


def _labels(values: Any, label: str) -> tuple[str, ...]:
    return (label,) if _is_leaf(values) else tuple(leaf.label for leaf in Packing.of(values, label).leaves)


def _input(recorder: Recording, leaf: Any) -> Any:
    """Line of an input: a copy of the array, or the number itself."""
    value = leaf
    if isinstance(type(leaf), Recorded):
        value = leaf.copy() if isinstance(leaf, np.ndarray) else leaf
    elif isinstance(leaf, np.ndarray):
        value = np.array(leaf, dtype=leaf.dtype if leaf.dtype.kind == "f" else float)
    elif not isinstance(leaf, float):
        value = float(leaf)
    number = len(recorder.value)
    recorder.operation.append(-1)
    recorder.first.append(None)
    recorder.second.append(None)
    recorder.value.append(value)
    recorder.code.append(None)
    recorder.offset.append(0)
    return recorder.wrap(value, number)


def _output(recorder: Recording, leaf: Any) -> int | Constant:
    recorder.number(leaf)  # refuses values of an earlier run
    if recorder.active(leaf):
        return recorder.line(leaf)
    value = recorder.number(leaf)
    objects = isinstance(value, np.ndarray) and value.dtype == object
    if objects and any(isinstance(type(x), Recorded) for x in value.ravel()):
        raise CannotFollow(
            "the function returns an object array that holds recorded values",
            remedy="build the result with np.array(list)",
        )
    return Constant(copy.copy(value))


def _plain(recorder: Recording, nest: Any) -> Any:
    if isinstance(nest, dict):
        return {key: _plain(recorder, inner) for key, inner in nest.items()}
    if isinstance(nest, tuple) and hasattr(nest, "_fields"):
        return type(nest)(*(_plain(recorder, inner) for inner in nest))
    if isinstance(nest, tuple | list):
        return type(nest)(_plain(recorder, inner) for inner in nest)
    value = recorder.number(nest)
    return value.copy() if isinstance(value, np.ndarray) else value


def verify(trace: Trace, plain: Any) -> str:
    """Compare the recorded value with the plain run: empty where equal, else the sentence that says how not.

    Equal means bit for bit, or, where NumPy took another route for arrays than for numbers, to 1e-13.
    """
    recorded, expected = (Packing.of(x, "f") for x in (trace.result, plain))
    mine, theirs = recorded.pack(trace.result), expected.pack(plain)
    if mine.shape != theirs.shape:
        return f"the recorded run returns {mine.size} numbers, the plain run {theirs.size}"
    scale = np.maximum(np.abs(mine), np.abs(theirs))
    same = (mine == theirs) | (np.isnan(mine) & np.isnan(theirs)) | (np.abs(mine - theirs) <= 1e-13 * scale)
    if same.all():
        return ""
    k = int(np.argmin(same))
    return f"the recorded run gives {mine[k]!r} where the plain run gives {theirs[k]!r}"
