"""The recorder: the columns a run is written into, and the one door for new lines."""

from __future__ import annotations

import threading
from types import CodeType
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import NUMBER, ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.budget import LARGE, LINE, SAMPLED, STRIDE, allowed_memory, in_words
from gradcheck_tool.tracing.discarded import Remainder
from gradcheck_tool.tracing.place import here, is_foreign, user_frame
from gradcheck_tool.tracing.trace import Constant, Trace


class Recorder:
    """Seven growing lists and the classes of the values that write into them.

    One recorder serves one depth of nesting; it is emptied and used again, so the lists are
    never replaced, only cleared.
    """

    shadow: Any  # NumPy's own source with twins for names, by `Twins`
    Scalar: Any  # classes made for this very recorder, by `scalar_class`, `array_class` and `complex_class`
    Array: Any
    Complex: Any

    def __init__(self) -> None:
        self.operation: list[int] = []
        self.first: list[Any] = []
        self.second: list[Any] = []
        self.value: list[Any] = []
        self.code: list[CodeType | None] = []
        self.offset: list[int] = []
        self.flags: list[Any] = []
        self.texts: dict[str, Any] = {}  # recorded numbers by the text they were written as
        self.items: dict[int, dict[Any, Any]] = {}  # by line: its shape under None, the numbers read from it by place
        self.discarded: list[tuple[int, int, str, str]] = []  # lines from, to, what they were and where
        self.aside = 0  # how many runs that will be discarded are under way
        self.searching = 0  # and how many of them for their values alone
        self.thread = 0
        self.depth = 0
        self.live = False
        self.has_inner = False  # whether a recording inside this one is under way
        # What the record may take and takes, in bytes; the line at which to look again, and that of the last look.
        self.limit, self.most, self.weighed = allowed_memory(), STRIDE, 0
        self.heavy = self.light = 0

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

    def word(self, name: str, operands: tuple[Any, ...]) -> Any:
        """A word of a rule on recorded values: rules of an inner derivative are operations of the outer run."""
        raise NotImplementedError

    def item(self, line: int, key: tuple[int, ...], shape: tuple[int, ...], value: Any) -> Any:
        """One element of the array in `line`; reading it again gives the same line."""
        place = key[0] if len(key) == 1 else key
        cells = self.items.get(line)
        if cells is None:
            cells = self.items[line] = {None: shape}
        known = cells.get(place)
        if known is None:
            read = cells[place] = self.emit("getitem", line, (key, shape), value)
            return read
        return known if type(known.value) is type(value) else self.wrap(value, known.line)

    def clear(self) -> None:
        """Forget the last run."""
        self.items.clear()
        self.texts.clear()
        self.discarded.clear()
        self.aside = self.searching = 0
        self.limit, self.most, self.weighed = allowed_memory(), STRIDE, 0
        self.heavy = self.light = 0
        for column in (self.operation, self.first, self.second, self.value, self.code, self.offset, self.flags):
            column.clear()
        self.thread = threading.get_ident()

    def weigh(self, value: Any) -> None:
        """Count a large array; the small ones and the numbers when there are many more of them than last time.

        Raises `CannotFollow` where the record has outgrown what it may take.
        """
        if value is not None and value.nbytes > LARGE:
            self.heavy += value.nbytes
        lines = len(self.value)
        if lines >= self.most:
            sample = self.value[self.weighed : lines : SAMPLED]
            self.light += SAMPLED * sum(x.nbytes for x in sample if type(x) is np.ndarray and x.nbytes <= LARGE)
            self.weighed, self.most = lines, lines + STRIDE
        if lines * LINE + self.light + self.heavy > self.limit:
            self.most = lines  # asked again at once, should somebody catch this
            raise CannotFollow(
                f"the record of this run has outgrown {in_words(self.limit)} after {lines} operations",
                where=here(),
                remedy="allow more with --max-memory, or check fewer steps or entries: a derivative that is wrong"
                " is wrong in a small case too",
            )

    def mark(self) -> tuple[int, int]:
        """Where the recording stands now; everything until `discard` is thrown away."""
        self.aside += 1
        return len(self.value), len(self.flags)

    def discard(self, mark: tuple[int, int], why: str, where: str = "") -> None:
        """Throw away what was recorded since `mark`. A later line that refers to it is refused.

        `why` says what it was, `where` is the ``path:line`` of the call that asked for it.
        """
        self.aside -= 1
        start, flags = mark
        del self.flags[flags:]
        self._forget_items(start)
        stop = len(self.value)
        if stop == start:
            return
        nothing = [None] * (stop - start)
        self.operation[start:] = [-1] * (stop - start)
        for column in (self.first, self.second, self.value, self.code):
            column[start:] = nothing  # the lines are never read again
        while self.discarded and self.discarded[-1][0] >= start:
            self.discarded.pop()  # of a run inside this one
        self.discarded.append((start, stop, why, where))

    def _forget_items(self, start: int) -> None:
        """Numbers read from arrays since line `start` are read anew, should they be read again."""
        for line in [line for line in self.items if line >= start]:
            del self.items[line]
        for cells in self.items.values():
            for place in [place for place, number in cells.items() if place is not None and number.line >= start]:
                del cells[place]

    def active(self, x: Any) -> bool:
        """Whether x is a recorded value that depends on the inputs."""
        kind = type(x)
        if kind is self.Array:
            return bool(x.line >= 0 if x.root is None and x.table is None else x.is_active())
        return kind is self.Scalar or kind is self.Complex

    def line(self, x: Any) -> int:
        """The line that holds the current content of a recorded value; -1 for a constant one."""
        if type(x) is self.Array and (x.root is not None or x.table is not None):
            return int(x.current_line())
        return int(x.line)

    def wrap(self, value: Any, line: int) -> Any:
        """A recorded value of the class its number calls for."""
        kind = type(value)
        if kind is float or kind is np.float64:
            return self.Scalar.holding(value, line)
        if is_array(value):
            return self.Array.holding(value, line)
        return (self.Complex if isinstance(value, complex | np.complex64) else self.Scalar).holding(value, line)

    def emit(self, name: str, first: Any, second: Any, value: Any, mask: int = 3) -> Any:
        """Write a line and return its value, recorded.

        Elementwise rows: `first` and `second` are line numbers or constants, as `mask` says.
        Structural rows: `first` is a line, or a tuple of lines and `Constant`; `second` the detail.
        """
        kind = type(value)
        if kind is np.ndarray:
            if value.dtype.kind not in "fiubc":
                self._admit(value, name)
            if value.base is not None or not value.flags.owndata:
                value = value.copy()
            array = True
        else:
            words = False  # complex numbers need the words of arrays
            if kind is not np.float64 and kind is not float:
                self._admit(value, name)
                words = isinstance(value, complex | np.complex64)
            array = words or is_array(value) or not self._scalars(first, second, mask, name)
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
            return self.Array.computed(value, number)
        return self.wrap(value, number)

    def emit_view(self, name: str, first: int, second: Any, value: Any) -> int:
        """Write a line whose value is a view of recorded memory, without copying it; returns its number.

        The owner of the memory copies it before the first write (`keep_lines` of the array).
        """
        if value.dtype.kind not in "fiubc":
            self._admit(value, name)
        number = len(self.value)
        self.operation.append(8 * NUMBER[name] + 7)
        self.first.append(first)
        self.second.append(second)
        self.value.append(value)
        frame = user_frame(2)
        self.code.append(None if frame is None else frame.f_code)
        self.offset.append(0 if frame is None else frame.f_lasti)
        return number

    def _scalars(self, first: Any, second: Any, mask: int, name: str) -> bool:
        """Whether an elementwise line has numbers, not arrays, for operands."""
        if not isinstance(ROWS[NUMBER[name]], Elementwise):
            return False
        if type(first) is tuple:  # of more than two operands
            values = [self.value[ref] if type(ref) is int else ref.value for ref in first]
        else:
            values = [self.value[ref] if mask >> k & 1 else ref for k, ref in enumerate((first, second))]
        return not any(is_array(value) for value in values)

    def _admit(self, value: Any, name: str) -> None:
        kind = value.dtype.kind if isinstance(value, np.ndarray | np.generic) else "f"
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
            # Beside a Python float these would round the walk to their own precision.
            value = complex(value) if isinstance(value, np.complexfloating) else float(value)
        return value

    def number(self, x: Any) -> Any:
        """The plain number or array behind a recorded value; anything else as it is.

        A value of an enclosing recording is a constant of this one.
        """
        kind = type(x)
        if kind is self.Scalar or kind is self.Array or kind is self.Complex:
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
        flags = self.flags
        for k in range(len(flags) - 7, -1, -7):
            if flags[k] < start:
                break
            if flags[k + 5] is not None and not is_foreign(flags[k + 5].co_filename):
                frame = frame or user_frame(2)
                if frame is not None:
                    flags[k + 5], flags[k + 6] = frame.f_code, frame.f_lasti

    def truth(self, x: Any) -> None:
        """Write down that x, where it depends on the inputs, was asked whether it is zero."""
        if self.active(x):
            held = np.asarray(self.number(x) != 0)
            self.guard("!=", self.line(x), Constant(0.0), bool(held) if held.ndim == 0 else held)

    def freeze(self, inputs: int, outputs: tuple[Any, ...], labels: tuple[str, ...], result: Any) -> Trace:
        """The finished trace."""
        if self.discarded:
            left = Remainder(self)
            operation, first, second, value, code, offset = left.columns()
            return Trace(
                inputs, left.outputs(outputs), operation, first, second, value, code, offset, left.flags(), labels,
                result,
            )  # fmt: skip
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


_NARROW = (np.float32, np.float16, np.longdouble, np.complex64)


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
