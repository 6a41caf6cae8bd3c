"""The user's function as a solver calls it: plain numbers in, plain numbers out, and nothing of it in the trace.

A solver of the library searches with plain numbers. The function it is given closes over recorded values, so every
call records; the lines are discarded when the call is over. From the first call that recorded something on, the
points are stand-ins: recorded numbers whose lines are discarded too, so that a point which the function keeps for
later is refused when it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.rules import ZERO, rules, spread
from gradcheck_tool.calculus.worlds.world import CAREFUL, FLOAT, World
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.library.arguments import holds_active, holds_recorded
from gradcheck_tool.tracing.library.side_effects import Undone
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorded, Recorder


def plain(x: Any) -> Any:
    """The plain number behind x, through all recordings; containers of them likewise, arrays copied."""
    kind = type(x)
    if kind in (list, tuple):
        return kind(plain(part) for part in x)
    if kind is dict:
        return {key: plain(part) for key, part in x.items()}
    if not isinstance(kind, Recorded):
        if kind is np.ndarray and x.dtype == object and holds_recorded(x):
            return np.array([plain(part) for part in x.ravel()], dtype=float).reshape(x.shape)
        return x
    while isinstance(type(x), Recorded):
        x = x.value
    return x.copy() if type(x) is np.ndarray else x


def stand_in(recorder: Recorder, point: Any) -> Any:
    """A recorded number or array on a line of its own: an input of a run that will be discarded."""
    if type(point) is np.ndarray:
        if point.dtype.kind != "f":
            return point
        point = point.copy()
    elif not isinstance(point, float):
        return point
    number = len(recorder.value)
    recorder.operation.append(-1)
    recorder.first.append(None)
    recorder.second.append(None)
    recorder.value.append(point)
    recorder.code.append(None)
    recorder.offset.append(0)
    return recorder.wrap(point, number)


def lost_value(recorder: Recorder, value: Any, why: str) -> Any:
    """A value that may be looked at but whose derivative nobody knows: using it in the result is refused."""
    mark = recorder.mark()
    try:
        return stand_in(recorder, np.asarray(value, dtype=float)[()])
    finally:
        recorder.discard(mark, why, here())


class Callback:
    """The user's function for a solver.

    Attributes
    ----------
    active
        Whether any call so far met a value that depends on the inputs, in its result or on the way.
    reach
        The largest size of each entry of the points, over all calls: the natural scale of the unknowns.
    """

    def __init__(self, recorder: Recorder, function: Callable[..., Any], what: str, args: Any = ()) -> None:
        self.recorder = recorder
        self.function = function
        self.what = what
        self.args = args if isinstance(args, tuple) else (args,)
        self.active = False
        self.reach: Any = 0.0
        self._where = here()

    def __call__(self, *points: Any) -> Any:
        """The function at plain points, as plain numbers."""
        recorder = self.recorder
        self._remember(points[0])
        mark = recorder.mark()
        lines, decisions = len(recorder.value), len(recorder.flags)
        recorder.searching += 1
        try:
            if self.active:
                points = tuple(stand_in(recorder, point) for point in points)
            else:
                points = tuple(self._kept(point) for point in points)
            result = self.function(*points, *self.args)
            if not self.active:
                self.active = len(recorder.value) > lines or len(recorder.flags) > decisions or self._depends(result)
            return self._handed(result, lines)
        finally:
            recorder.searching -= 1
            recorder.discard(mark, f"a value computed while {self.what} was searching", self._where)

    def recorded(self, *points: Any) -> Any:
        """The function at points that may be recorded, for good."""
        with Undone(self.function):
            return self.function(*(self._kept(point) for point in points), *self.args)

    def _kept(self, point: Any) -> Any:
        """A plain array as one made while f runs: it may be filled with recorded values."""
        return self.recorder.wrap(point, -1) if type(point) is np.ndarray and point.dtype.kind == "f" else point

    def _handed(self, result: Any, lines: int) -> Any:
        """What the library gets: a buffer of the user's is the buffer itself, as in a plain run."""
        recorder = self.recorder
        if type(result) is recorder.Array and (recorder.line(result) >= lines or not recorder.active(result)):
            value = result.value
            return value if type(value) is np.ndarray else plain(value)
        return plain(result)

    def _depends(self, result: Any) -> bool:
        recorder = self.recorder
        return holds_active(recorder, result) or _is_of_enclosing(recorder, result)

    def _remember(self, point: Any) -> None:
        first = type(self.reach) is float
        if isinstance(point, float | np.ndarray) and (first or np.shape(point) == np.shape(self.reach)):
            size = np.where(np.isfinite(point), np.abs(point), 0.0)
            self.reach = np.maximum(self.reach, size)


def _is_of_enclosing(recorder: Recorder, x: Any) -> bool:
    """Whether x, a constant of this recording, is recorded by one around it."""
    if type(x) in (list, tuple):
        return any(_is_of_enclosing(recorder, part) for part in x)
    return isinstance(type(x), Recorded) and isinstance(type(recorder.number(x)), Recorded)


def joined(recorder: Recorder, result: Any) -> Any:
    """What a function returned, as one recorded or plain number or array."""
    return recorder.array(result) if isinstance(result, list | tuple) else result


def slopes(recorder: Recorder, function: Callable[[Any], Any], point: Any, what: str) -> tuple[Any, Any]:
    """The value of ``function(point)`` and its Jacobian with respect to the point, as plain numbers.

    `function` is run on a stand-in and its lines are walked down, with all directions at once, before they are
    discarded. For a number: the value and the slope. For a vector of n entries: shapes (m,) and (m, n).
    """
    mark = recorder.mark()
    try:
        given = stand_in(recorder, point)
        start = given.line
        result = joined(recorder, function(given))
        value = plain(result)
        n = np.size(point)
        if not recorder.active(result):
            return value, np.zeros((*np.shape(value), n) if np.ndim(point) else np.shape(value))
        seed = np.eye(n).reshape(*np.shape(point), n) if np.ndim(point) else 1.0
        moved = pushed(recorder, start + 1, lambda line: seed if line == start else ZERO, recorder.line(result))
        if np.ndim(point):
            return value, np.array(spread(moved if moved is not ZERO else np.zeros(n), value))
        return value, np.reshape(moved, np.shape(value))[()]
    finally:
        recorder.discard(mark, f"a value computed for the derivative of {what}")


class _Tangents(dict[int, Any]):
    """Tangents by line; those of lines before the walk are asked of `seeds`."""

    def __init__(self, seeds: Callable[[int], Any], start: int) -> None:
        super().__init__()
        self._seeds, self._start = seeds, start

    def __missing__(self, line: int) -> Any:
        return self._seeds(line) if line < self._start else ZERO


class _Values:
    """The column of values as a walk wants them, stripped of enclosing recordings."""

    def __init__(self, recorder: Recorder, world: World) -> None:
        self._value = recorder.value
        self._world = world

    def __getitem__(self, line: int) -> Any:
        return self._world.number(plain(self._value[line]))


def pushed(recorder: Recorder, start: int, seeds: Callable[[int], Any], stop: int) -> Any:
    """The tangent of line `stop`, walking down from line `start`; lines before it move only as `seeds` says."""
    try:
        moved = _push(recorder, start, seeds, stop, FLOAT)
        if np.all(np.isfinite(moved)):
            return moved
    except (ArithmeticError, ValueError, TypeError):
        pass
    return _push(recorder, start, seeds, stop, CAREFUL)


def _push(recorder: Recorder, start: int, seeds: Callable[[int], Any], stop: int, world: World) -> Any:
    rule = rules("push", world)
    values, moved = _Values(recorder, world), _Tangents(seeds, start)
    with np.errstate(all="ignore"):
        for k in range(start, stop + 1):
            operation = recorder.operation[k]
            if operation >= 0:
                moved[k] = rule[operation](moved, values, recorder.first[k], recorder.second[k], k)
    return plain(moved[stop])  # constants may be recorded by an enclosing recording


def unsolved(what: str, why: str, remedy: str) -> CannotFollow:
    """A refusal of a call into a solver, by its name."""
    return CannotFollow(f"{what}: {why}", where=here(), remedy=remedy)
