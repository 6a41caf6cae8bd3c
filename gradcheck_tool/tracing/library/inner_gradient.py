"""The gradient of the user's function as recorded operations: a pull whose numbers are recorded values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.rules import ZERO, rules
from gradcheck_tool.calculus.worlds.world import NESTED
from gradcheck_tool.tracing.library.aside import plain
from gradcheck_tool.tracing.recorder import Recorder


class _Adjoints(dict[int, Any]):
    def __missing__(self, line: int) -> Any:
        return ZERO


class _Column:
    """The values of the lines, as recorded values."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def __getitem__(self, line: int) -> Any:
        return self._recorder.wrap(self._recorder.value[line], line)


def recorded_gradient(recorder: Recorder, function: Callable[[Any], Any], x: Any) -> Any:
    """The gradient of a scalar function at a plain or recorded x, shaped as x, recorded."""
    if not recorder.active(x):
        x = _standing(recorder, x)
    start = recorder.line(x)
    y = function(x)
    if np.size(plain(y)) != 1:
        raise ValueError("The user-provided objective function must return a scalar value.")
    if np.ndim(plain(y)):
        y = np.reshape(y, -1)[0]
    if not recorder.active(y):
        return np.zeros(np.shape(plain(x)))[()]
    adjoint = _pulled(recorder, recorder.line(y), start)
    return np.zeros(np.shape(plain(x)))[()] if adjoint is ZERO else adjoint


def _standing(recorder: Recorder, x: Any) -> Any:
    """A constant on a line of its own, so that adjoints have somewhere to arrive."""
    value = np.array(plain(x), dtype=float) if np.ndim(plain(x)) else float(plain(x))
    return recorder.emit("pos", value, None, value, 0)


def _pulled(recorder: Recorder, last: int, start: int) -> Any:
    """The adjoint of line `start` for the output `last`: the pull between them, every product of it a line."""
    return _all_pulled(recorder, last, start, 1.0)[start]


def _all_pulled(recorder: Recorder, last: int, start: int, seed: Any) -> _Adjoints:
    """The adjoints of all lines that line `last` needs, from walking up to the line after `start`."""
    rule = rules("pull", NESTED)
    values, adjoints, own = _Column(recorder), _Adjoints({last: seed}), [False] * (last + 1)
    for k in range(last, start, -1):
        g = adjoints[k]
        operation = recorder.operation[k]
        if g is not ZERO and operation >= 0:
            rule[operation](adjoints, own, g, values, recorder.first[k], recorder.second[k], k)
    return adjoints


def recorded_slope(recorder: Recorder, start: int, directions: Callable[[int], Any], stop: int) -> Any:
    """The derivative of the number, or the sum of the array, in line `stop`, recorded.

    It is that in the `directions` of the lines before `start`, which are taken as independent.
    """
    value = recorder.value[stop]
    adjoints = _all_pulled(recorder, stop, start - 1, np.ones(np.shape(value)) if np.ndim(value) else 1.0)
    total: Any = 0.0
    for line, adjoint in list(adjoints.items()):
        if line < start and adjoint is not ZERO:
            direction = directions(line)
            total = total + np.sum(adjoint * np.reshape(direction, np.shape(plain(recorder.value[line]))))
    return total
