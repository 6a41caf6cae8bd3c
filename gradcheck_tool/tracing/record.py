"""Recording one run: lift, call, restore, freeze. The doorway of this room."""

from __future__ import annotations

import copy
import re
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.subject.packing import Packing, leaves_of
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.lifting import Lifted
from gradcheck_tool.tracing.place import path_line, spelled_at
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.trace import Constant, Trace
from gradcheck_tool.tracing.twins import Twins

# What Python and NumPy say where only a genuine number or array would do.
_STRANGERS = re.compile(
    r"(descriptor .*|returned non-\w+ .*|must be real number, not )\'?\(?Recorded|returned non-\w+ \(type Recorded"
    r"|__array__ method not producing an array"
)


_QUIET = ("ignore", None, RuntimeWarning, None, 0)  # as `warnings.simplefilter` writes it, at a tenth of the price


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
    lifted = Lifted(twins.target(function), twins)
    try:
        trace = _run(recorder, lifted, values, call, label)
    finally:
        recorder.live = False
        recorder.texts.clear()  # what is kept would look like values that escaped
        recorder.items.clear()  # they hold recorded values
        if _references(recorder) != twins.at_rest:
            lifted.release()
        _STACK.live.pop()
        if below is not None:
            below.recorder.has_inner = False
        _STACK.idle[key] = twins
    return trace


def standing_for(function: Callable[..., Any]) -> Callable[..., Any]:
    """What is called in place of `function` while it is being recorded: its twin, where it is a library's own."""
    return _STACK.live[-1].target(function) if _STACK.live else function


def _references(recorder: Recording) -> int:
    count = sys.getrefcount
    return count(recorder.Scalar) + count(recorder.Array) + count(recorder.Complex)


def _run(
    recorder: Recording,
    lifted: Lifted,
    values: Any,
    call: Callable[[Any], Any] | None,
    label: str,
) -> Trace:
    inputs = [_input(recorder, leaf) for leaf in leaves_of(values)]
    recorded = Packing.of(values, label).rebuild(inputs) if not _is_leaf(values) else inputs[0]
    filters = warnings.filters
    # NumPy's warnings are for the plain run; errors that the user asked for, errstate(all="raise"), stay errors.
    warnings.filters = [_QUIET, *filters]
    try:
        with lifted:
            result = lifted.function(recorded) if call is None else call(recorded)
    except (TypeError, ValueError) as error:
        raise _misfit(error) from error
    finally:
        warnings.filters = filters
    outputs = tuple(_output(recorder, leaf) for leaf in leaves_of(result))
    plain = _plain(recorder, result)
    return recorder.freeze(len(inputs), outputs, _labels(values, label), plain)


def _misfit(error: Exception) -> Exception:
    """The error itself; or, where compiled code wanted a genuine number or array, a refusal that says so."""
    text = str(error)
    if not _STRANGERS.search(text):
        return error
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    frame = None if step is None else step.tb_frame
    asked = "" if frame is None or step is None else spelled_at(frame.f_code, step.tb_lasti)
    return CannotFollow(
        f"{asked or 'compiled code'} wants a genuine number or array ({text.rstrip('.')})",
        where="" if frame is None or step is None else path_line(frame.f_code, step.tb_lasti),
        remedy="use the NumPy or math function, or the method of the value itself",
    )


def _is_leaf(values: Any) -> bool:
    return not isinstance(values, dict | tuple | list)


def _labels(values: Any, label: str) -> tuple[str, ...]:
    return (label,) if _is_leaf(values) else tuple(leaf.label for leaf in Packing.of(values, label).leaves)


def _input(recorder: Recording, leaf: Any) -> Any:
    """Line of an input: a copy of the array, or the number itself."""
    value = leaf
    if type(leaf) is np.ndarray and leaf.dtype.kind == "f":
        value = np.array(leaf)
    elif isinstance(type(leaf), Recorded):
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
    if type(leaf) is recorder.Scalar:
        return int(leaf.line)
    if is_complex(recorder.number(leaf)):  # which also refuses values of an earlier run
        line = recorder.line(leaf) if recorder.active(leaf) else -1
        code = recorder.code[line] if line >= 0 else None
        raise CannotFollow(
            "the function returns complex numbers, and the derivative of a complex result is not defined here",
            where="" if code is None else path_line(code, recorder.offset[line]),
            remedy="return what is real in them: z.real, z.imag, abs(z) or np.angle(z), or a list of these",
        )
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
    if type(nest) is recorder.Scalar:
        return nest.value
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
