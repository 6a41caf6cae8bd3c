"""The recorder: the columns a run is written into, and the one door for new lines."""

from __future__ import annotations

import threading
from types import CodeType
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import NUMBER, ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import here, is_foreign, user_frame
from gradcheck_tool.tracing.trace import Constant, Trace


class Recorder:
    """Seven growing lists and the classes of the values that write into them.

    One recorder serves one depth of nesting; it is emptied and used again, so the lists are
    never replaced, only cleared.
    """

    Scalar: Any  # classes made for this very recorder, by `scalar_class` and `array_class`
    Array: Any

    def __init__(self) -> None:
        self.operation: list[int] = []
        self.first: list[Any] = []
        self.second: list[Any] = []
        self.value: list[Any] = []
        self.code: list[CodeType | None] = []
        self.offset: list[int] = []
        self.flags: list[Any] = []
        self.items: dict[tuple[int, tuple[int, ...]], int] = {}
        self.thread = 0
        self.depth = 0
        self.live = False
        self.has_inner = False  # whether a recording inside this one is under way

    # What the recorded values ask for beyond arithmetic; `gradcheck_tool.tracing.dispatch` answers.

    def ufunc(self, ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a ufunc on recorded values."""
        raise NotImplementedError

    def function(self, function: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a NumPy function on recorded values."""
        raise NotImplementedError

    def getitem(self, array: Any, key: Any) -> Any:
        """Read an array by any index."""
        raise NotImplementedError

    def array(self, nest: Any) -> Any:
        """Turn a list of recorded values into an array."""
        raise NotImplementedError

    def attribute(self, value: Any, name: str) -> Any:
        """An attribute or method of a plain number or array, on a recorded one."""
        raise NotImplementedError

    def item(self, line: int, key: tuple[int, ...], shape: tuple[int, ...], value: Any) -> Any:
        """One element of the array in `line`; reading it again gives the same line."""
        known = self.items.get((line, key))
        if known is None:
            read = self.emit("getitem", line, (key, shape), value)
            self.items[line, key] = read.line
            return read
        return self.wrap(value, known)

    def clear(self) -> None:
        """Forget the last run."""
        self.items.clear()
        for column in (self.operation, self.first, self.second, self.value, self.code, self.offset, self.flags):
            column.clear()
        self.thread = threading.get_ident()

    def active(self, x: Any) -> bool:
        """Whether x is a recorded value that depends on the inputs."""
        kind = type(x)
        return kind is self.Scalar or (kind is self.Array and self.line(x) >= 0)

    def line(self, x: Any) -> int:
        """The line that holds the current content of a recorded value; -1 for a constant one."""
        if type(x) is self.Array and (x.root is not None or x.table is not None):
            return int(x.current_line())
        return int(x.line)

    def wrap(self, value: Any, line: int) -> Any:
        """A recorded value of the class its number calls for."""
        if is_array(value):
            return self.Array.holding(value, line)
        return self.Scalar.holding(value, line)

    def emit(self, name: str, first: Any, second: Any, value: Any, mask: int = 3) -> Any:
        """Write a line and return its value, recorded.

        Elementwise rows: `first` and `second` are line numbers or constants, as `mask` says.
        Structural rows: `first` is a line, or a tuple of lines and `Constant`; `second` the detail.
        """
        kind = type(value)
        if kind is np.ndarray:
            if value.dtype.kind not in "fiub":
                self._admit(value, name)
            if value.base is not None or not value.flags.owndata:
                value = value.copy()
            array = True
        else:
            if kind is not np.float64 and kind is not float:
                self._admit(value, name)
            array = is_array(value) or not self._scalars(first, second, mask, name)
        number = len(self.value)
        self.operation.append(8 * NUMBER[name] + 4 * array + mask)
        self.first.append(first)
        self.second.append(second)
        self.value.append(value)
        frame = user_frame(2)
        if frame is None:
            self.code.append(None)
            self.offset.append(0)
        else:
            self.code.append(frame.f_code)
            self.offset.append(frame.f_lasti)
        if array and kind is np.ndarray:
            return self.Array.holding(value, number)
        return self.wrap(value, number)

    def _scalars(self, first: Any, second: Any, mask: int, name: str) -> bool:
        """Whether an elementwise line has numbers, not arrays, for operands."""
        if not isinstance(ROWS[NUMBER[name]], Elementwise):
            return False
        values = [self.value[ref] if mask >> k & 1 else ref for k, ref in enumerate((first, second))]
        return not any(is_array(value) for value in values)

    def _admit(self, value: Any, name: str) -> None:
        kind = value.dtype.kind if isinstance(value, np.ndarray | np.generic) else "f"
        if kind == "c" or type(value) is complex:
            raise CannotFollow(
                f"{name} turns complex here, and complex numbers are not followed",
                where=here(),
                remedy="keep the computation real, or check the hand-written derivative against differences alone",
            )
        if kind == "O":
            raise CannotFollow(
                f"{name} gives an object array, which cannot be followed",
                where=here(),
                remedy="build a float array instead, for example with np.array(list)",
            )

    def guard(self, relation: str, left: Any, right: Any, held: Any) -> None:
        """Write down a decision; operands are line numbers or `Constant`."""
        frame = user_frame(2)
        self.flags.extend(
            (
                len(self.value),
                relation,
                left,
                right,
                held,
                None if frame is None else frame.f_code,
                0 if frame is None else frame.f_lasti,
            )
        )

    def operand(self, x: Any) -> Any:
        """What stands for x in a structural line: its line number, or a frozen `Constant`."""
        if self.active(x):
            return self.line(x)
        return Constant(self.constant(x))

    def constant(self, x: Any) -> Any:
        """The plain number behind x, as a copy that later writes of the user cannot reach."""
        value = self.number(x)
        if type(value) is np.ndarray:
            if not getattr(x, "borrowed", False):
                value = value.copy()
                value.flags.writeable = False
        elif type(value) in _NARROW:
            value = float(value)  # beside a Python float these would round the walk to their own precision
        return value

    def number(self, x: Any) -> Any:
        """The plain number or array behind a recorded value; anything else as it is.

        A value of an enclosing recording is a constant of this one.
        """
        kind = type(x)
        if kind is self.Scalar or kind is self.Array:
            return x.value
        if isinstance(kind, Recorded) and not (kind.recorder.live and kind.recorder.depth < self.depth):
            raise CannotFollow(
                "a value recorded in an earlier run is used in this one",
                where=here(),
                remedy="do not keep values of one call in globals, caches or attributes for the next call",
            )
        return x

    def is_inner(self, x: Any) -> bool:
        """Whether x is recorded by a live recording inside this one, which must then do the operation."""
        kind = type(x)
        return isinstance(kind, Recorded) and kind.recorder.live and kind.recorder.depth > self.depth

    def restamp(self, start: int) -> None:
        """Give the lines from `start` on that our own code wrote to the user's line that asked for them."""
        frame = None
        for k in range(start, len(self.value)):
            code = self.code[k]
            if code is not None and not is_foreign(code.co_filename):
                frame = frame or user_frame(2)
                if frame is not None:
                    self.code[k], self.offset[k] = frame.f_code, frame.f_lasti

    def freeze(self, inputs: int, outputs: tuple[Any, ...], labels: tuple[str, ...], result: Any) -> Trace:
        """The finished trace."""
        return Trace(
            inputs,
            outputs,
            tuple(self.operation),
            tuple(self.first),
            tuple(self.second),
            tuple(self.value),
            tuple(self.code),
            tuple(self.offset),
            tuple(self.flags),
            labels,
            result,
        )


_NARROW = (np.float32, np.float16, np.longdouble)


class Recorded(type):
    """The metaclass of recorded values, of whatever recorder: how a stray one is recognised."""

    recorder: Recorder


def solid(value: Any) -> Any:
    """An array from a number or an array, plain or of an enclosing recording."""
    if is_array(value):
        return value
    return np.reshape(value, ()) if isinstance(type(value), Recorded) else np.asarray(value)


def is_array(value: Any) -> bool:
    """Whether a number of a line is an array, plain or of an enclosing recording."""
    return type(value) is np.ndarray or (isinstance(type(value), Recorded) and isinstance(value, np.ndarray))
