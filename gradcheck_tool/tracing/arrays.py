"""Recorded arrays: a genuine NumPy array or view, and the knowledge which lines its entries come from.

An array is one line until somebody writes into it. From the first write its root, the array that owns the
memory, keeps a `Table`: for every entry the line and the flat place it comes from. A write is the user's
assignment done three times, on the values and on the two tables, so aliasing, broadcasting, duplicates and
errors are NumPy's own, and a write costs what it costs in NumPy. A view is a path of structural calls from its
root, which reads the same entries of the tables.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.catalogue import NUMBER, ROWS
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.array_operators import install
from gradcheck_tool.tracing.budget import LARGE
from gradcheck_tool.tracing.complex_ufuncs import embedded, part
from gradcheck_tool.tracing.disguise import Disguise, answering, lost
from gradcheck_tool.tracing.elements import reader
from gradcheck_tool.tracing.parts import part_line, part_of, part_view, read_part, write_part
from gradcheck_tool.tracing.place import here, is_written_by_caller
from gradcheck_tool.tracing.recorder import Recorded, is_array, solid
from gradcheck_tool.tracing.scalars import refuse_whole_buffer
from gradcheck_tool.tracing.table import WITHHELD, Table, withheld
from gradcheck_tool.tracing.trace import Constant

if TYPE_CHECKING:
    from gradcheck_tool.tracing.recorder import Recorder

_DOUBLE = np.dtype(np.float64)
_SLOTS = ("value", "line", "root", "path", "table", "version", "borrowed", "lent")


def array_class(recorder: Recorder) -> type:
    """Make the class of arrays that record into `recorder`."""
    made: Any = Recorded(
        "RecordedArray", (ArrayMethods,), {"__slots__": _SLOTS, "recorder": recorder, "__hash__": None}
    )

    def holding(value: Any, line: int) -> Any:
        array = made()
        array.value = value
        array.line = line
        array.root = array.path = array.table = array.lent = None
        array.version = 0
        array.borrowed = False
        return array

    def computed(value: Any, line: int) -> Any:
        if value.nbytes > LARGE or line >= recorder.most:
            recorder.weigh(value)
        array = made()
        array.value = value
        array.line = line
        array.root = array.path = array.table = array.lent = None
        array.version = 0
        array.borrowed = False
        return array

    made.holding = staticmethod(holding)
    made.computed = staticmethod(computed)
    made.__getitem__ = made.element = reader(recorder, ArrayMethods.__getitem__)
    recorder.Array = made
    install(recorder, made)
    return cast("type", made)


class ArrayMethods(Disguise):
    """What a recorded array can do beside arithmetic. Everything that would lose it raises."""

    __slots__ = ()
    recorder: Recorder
    value: Any
    line: int
    element: Callable[[Any], Any]  # reads one element; made by array_class
    root: Any
    path: Any
    table: Table | None
    version: int
    borrowed: bool
    lent: list[int] | None  # lines whose values are views of this memory, until somebody writes into it

    @property
    def shape(self) -> tuple[int, ...]:
        """As NumPy's."""
        shape: tuple[int, ...] = self.value.shape
        return shape

    @shape.setter
    def shape(self, new: Any) -> None:
        from gradcheck_tool.tracing.writes import set_shape  # noqa: PLC0415 - it is written with recorded operations

        set_shape(self, new)

    @property
    def ndim(self) -> int:
        """As NumPy's."""
        return int(self.value.ndim)

    @property
    def size(self) -> int:
        """As NumPy's."""
        return int(self.value.size)

    @property
    def dtype(self) -> np.dtype[Any]:
        """As NumPy's."""
        dtype: np.dtype[Any] = self.value.dtype
        return dtype

    @property
    def T(self) -> Any:  # noqa: N802 - NumPy's name
        """As NumPy's: a view."""
        axes = tuple(range(self.value.ndim))[::-1]
        return self.as_view(lambda x: x.T, "permute", axes)

    # --- where the entries come from -------------------------------------------------------------

    @property
    def real(self) -> Any:
        """As NumPy's: a view."""
        return part_of(self, "real") if self.value.dtype.kind == "c" else self

    @real.setter
    def real(self, new: Any) -> None:
        self.real[...] = new

    @property
    def imag(self) -> Any:
        """As NumPy's: a view; zeros for real numbers."""
        return part_of(self, "imag") if self.value.dtype.kind == "c" else self.value.imag

    @imag.setter
    def imag(self, new: Any) -> None:
        if self.value.dtype.kind != "c":
            raise TypeError("array does not have imaginary part to set")
        self.imag[...] = new

    def current_line(self: Any) -> int:
        """The line that holds the present content, assembled anew after writes."""
        if type(self.path) is str:
            return part_line(self)
        root = self if self.root is None else self.root
        if root.table is None or self.version == root.table.version:
            return int(self.line)
        lines, places = self.tables()
        line = self.line_of(lines, places)
        if not self.recorder.aside:  # a line that will be discarded is not remembered
            self.line = line
            self.version = root.table.version
        return int(line)

    def is_active(self: Any) -> bool:
        """Whether some entry depends on the inputs; asking does not assemble a line after every write."""
        root = self if self.root is None else self.root
        if type(self.path) is str or root.table is None or self.version == root.table.version:
            return bool(self.current_line() >= 0)
        return bool((self.tables()[0] != -1).any())

    def tables(self) -> tuple[Any, Any]:
        """The lines and places of the entries, as views of the root's tables."""
        root = self if self.root is None else self.root
        table: Any = root.table
        lines, places = table.line, table.place
        for step in self.path or ():
            lines, places = step(lines), step(places)
        return lines, places

    def line_of(self, lines: Any, places: Any) -> int:
        """The line that holds entries which come from these lines and places; -1 for a constant."""
        recorder = self.recorder
        flat = lines.ravel()
        seen = np.unique(flat)
        if seen.size and seen[0] == WITHHELD:
            raise withheld(self)
        if seen.size == 0 or (seen.size == 1 and seen[0] < 0):
            return -1
        if seen.size == 1:
            source = recorder.value[seen[0]]
            whole = is_array(source) and source.shape == self.value.shape
            if whole and np.array_equal(places.ravel(), np.arange(source.size)):
                return int(seen[0])
        if not any(is_array(recorder.value[line]) for line in seen if line >= 0):
            targets = np.flatnonzero(flat >= 0)
            refs = tuple(int(line) for line in flat[targets])
            base = _frozen(np.where(flat < 0, self.value.ravel(), 0.0)) if seen[0] < 0 else None
            places_of = (self.value.shape, base, tuple(int(target) for target in targets))
            return int(recorder.emit("numbers", refs, places_of, self.value.copy()).line)
        sources, moves = [], []
        order = np.argsort(flat, kind="stable")
        starts = np.searchsorted(flat[order], seen[seen >= 0])
        ends = np.searchsorted(flat[order], seen[seen >= 0], side="right")
        for line, start, end in zip(seen[seen >= 0], starts, ends, strict=True):
            targets = order[start:end]
            sources.append(int(line))
            moves.append((_frozen(targets), _frozen(places.ravel()[targets])))
        base = _frozen(np.where(flat < 0, self.value.ravel(), 0.0)) if seen[0] < 0 else None
        detail = (self.value.shape, base, tuple(moves))
        return int(recorder.emit("assemble", tuple(sources), detail, self.value.copy()).line)

    def as_view(self, step: Callable[[Any], Any], row: str, detail: Any) -> Any:
        """A view of this array: `step` makes it, `row` with `detail` is how it reads as a line."""
        if type(self.path) is str:
            return part_view(self, step, row, detail)
        self._own_memory()
        result = self.view_of(step, step(self.value))
        if result.root.table is not None:
            result.version = -1  # read from the tables when first used
        elif self.line >= 0:
            root = result.root
            result.line = self.recorder.emit_view(row, self.line, detail, result.value)
            if root.lent is None:
                root.lent = [result.line]
            else:
                root.lent.append(result.line)
        return result

    def view_of(self, step: Callable[[Any], Any], value: Any) -> Any:
        """A recorded array on `value`, memory shared, reached from the root by one more step."""
        result = type(self).holding(value, -1)  # type: ignore[attr-defined]  # made by array_class
        result.root = self if self.root is None else self.root
        result.path = (*(self.path or ()), step)
        return result

    def _own_memory(self) -> None:
        """An array of the user's globals is read in place; it is copied before it could be written."""
        root = self if self.root is None else self.root
        if root.borrowed:
            root.value = root.value.copy()
            root.borrowed = False

    def keep_lines(self: Any) -> None:
        """Before the first write into this memory: the lines that hold it or views of it keep what they computed."""
        held = self.recorder.value
        if self.line >= 0 and held[self.line] is self.value:
            held[self.line] = self.value.copy()
        for line in self.lent or ():
            if held[line] is not None:  # None: thrown away
                held[line] = held[line].copy()
        self.lent = None

    # --- reading ---------------------------------------------------------------------------------

    def __getitem__(self, key: Any) -> Any:
        if type(self.path) is str:
            return read_part(self, key)
        if type(key) is int:
            value = self.value
            if value.ndim == 1:
                return self._item(key, value)
        elif type(key) is slice:
            # The commonest view of all: x[a:b].
            full = (key, *(slice(None),) * (self.value.ndim - 1))
            return self.as_view(operator.itemgetter(key), "getitem", (full, self.value.shape))
        return self.recorder.getitem(self, key)

    def _item(self, key: Any, value: Any) -> Any:
        """One element of a vector: the line it was written from, or one line per array and place."""
        recorder = self.recorder
        root = self if self.root is None else self.root
        if root.table is not None:
            lines, places = self.tables()
            line = int(lines[key])
            if line == WITHHELD:
                raise withheld(self)
            if line < 0:
                return value[key]
            source = recorder.value[line]
            if not is_array(source):
                return recorder.wrap(value[key], line)
            if source.ndim:
                place = np.unravel_index(int(places[key]), source.shape)
                return recorder.item(line, tuple(int(k) for k in place), source.shape, value[key])
        line = self.current_line() if self.root is not None or self.table is not None else self.line
        if line < 0:
            return value[key]
        return recorder.item(line, (key if key >= 0 else key + len(value),), value.shape, value[key])

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator[Any]:
        if self.value.ndim == 0:
            raise TypeError("iteration over a 0-d array")
        if self.value.ndim == 1:
            return map(self.element, range(len(self.value)))
        return (self[k] for k in range(len(self.value)))

    def __contains__(self, item: Any) -> bool:
        return bool(np.any(self == item))

    # --- writing ---------------------------------------------------------------------------------

    def __setitem__(self, key: Any, new: Any) -> None:
        recorder = self.recorder
        if type(self.path) is str:
            write_part(self, key, new)
            return
        self._own_memory()
        if isinstance(new, list | tuple):
            new = recorder.array(new)
        content = recorder.number(new)
        active = recorder.active(new)
        root = self if self.root is None else self.root
        if not active and root.table is None and root.line < 0:
            self.value[key] = content
            return
        if active and is_complex(content) != (self.value.dtype.kind == "c"):
            # Real numbers turn complex; of complex ones, where NumPy takes them at all, the real part is kept.
            new = part(recorder, new, "real") if is_complex(content) else embedded(recorder, new)
        line = recorder.line(new) if active else -1
        if active and getattr(content, "dtype", _DOUBLE).kind == "f" and self.value.dtype.kind not in "fc":
            raise CannotFollow(
                f"a value that depends on the inputs is written into an array of {self.value.dtype}, which rounds it",
                where=here(),
                remedy="make the array with dtype float",
            )
        if root.table is None:
            root.keep_lines()
            root.table = Table(root.value, root.line)
        lines, places = self.tables()
        source = np.arange(np.size(content)).reshape(np.shape(content)) if active else 0
        self.value[key] = content
        lines[key] = line
        places[key] = source
        root.table.version += 1

    # --- what would lose it, and what a plain array answers ---------------------------------------

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        if self.recorder.active(self):
            raise lost("NumPy's C code")
        del copy
        value = np.array(self.value, dtype=dtype)
        value.flags.writeable = False
        return value

    def _bare(self, what: str) -> Any:
        if self.recorder.active(self):
            raise lost(what)
        return self.value

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __float__(self) -> float:
        return float(self._bare("float()"))

    def __int__(self) -> int:
        if self.recorder.active(self) and is_written_by_caller():
            refuse_whole_buffer()
        whole = int(self.value)
        if self.recorder.active(self):
            self.recorder.guard("int", self.recorder.line(self), Constant(whole), held=True)
        return whole

    def __index__(self) -> int:
        return operator.index(self._bare("an index"))

    def __complex__(self) -> complex:
        return complex(self._bare("complex()"))

    def __bool__(self) -> bool:
        held = bool(self.value)
        if self.recorder.active(self):
            self.recorder.guard("!=", self.recorder.line(self), Constant(0.0), held=held)
        return held

    def __copy__(self: Any) -> Any:
        return self.copy()

    def __deepcopy__(self: Any, _memo: Any) -> Any:
        return self.copy()

    @property
    def flat(self) -> Any:
        """As NumPy's: the entries in C order, to be read and written."""
        return self.recorder.attribute(self, "flat")

    @flat.setter
    def flat(self, new: Any) -> None:
        self.flat[:] = new

    def apply_word(self, name: str, operands: tuple[Any, ...]) -> Any:
        """A word of a rule, recorded."""
        return self.recorder.word(name, operands)

    def apply_linear(self, leaf: Any, detail: Any) -> Any:
        """A linear row, recorded: rules of an inner derivative are operations of the outer run."""
        value = solid(leaf.forward(self.value, detail, 0))
        line = self.recorder.line(self)
        return self.recorder.emit(leaf.name, line, detail, value) if line >= 0 else self.recorder.wrap(value, -1)

    @staticmethod
    def solve_from(matrix: Any, right: Any) -> Any:
        """A linear solve, recorded."""
        return np.linalg.solve(matrix, right)

    @staticmethod
    def by_rule(function: Any, operands: tuple[Any, ...]) -> Any:
        """A function of the rules, recorded."""
        return function.recorded(*operands)

    def apply_leaf(self, name: str, operands: tuple[Any, ...], detail: Any) -> Any:
        """A row of its own kind, recorded."""
        recorder = self.recorder
        value = ROWS[NUMBER[name]].evaluate(tuple(recorder.number(x) for x in operands), detail)  # type: ignore[union-attr]  # a Leaf
        return recorder.emit(name, tuple(recorder.operand(x) for x in operands), detail, solid(value))


answering(ArrayMethods, np.ndarray)


def _frozen(array: Any) -> Any:
    if isinstance(type(array), Recorded):
        return array  # of an enclosing recording, which has its own copy
    array = np.array(array)
    array.flags.writeable = False
    return array
