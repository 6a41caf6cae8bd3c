"""A recorded run evaluated again at several points at once, with many changed versions of it side by side.

The value of every line is an array of shape (*shape, P, C): the shape the line has in the run, then points, then
candidates; C is 1 for what no candidate changes. Only lines below a changed one are evaluated again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.algebra import terms
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf, Linear, Primitive
from gradcheck_tool.calculus.wide import WIDE
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.trace import Constant, Trace

Array = NDArray[Any]
BYTES = 16_000_000
"""How much one replay may take: more candidates are replayed in chunks."""


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Candidates that change the same place: `width` of them, side by side on the last axis.

    ``change(replay, operands, value, turn)`` is the changed value, shape (*shape, P, width), of line ``lines[turn]``,
    in the replay under way. A line number beyond the trace means an entry of the result.
    """

    lines: tuple[int, ...]
    width: int
    change: Callable[[Replay, list[Any], Any, int], Any]


class Unreplayable(Exception):  # noqa: N818 - it ends the search quietly, no error of anybody
    """A row that cannot be evaluated for many candidates at once."""


class Replay:
    """One recorded run on the inputs of P points.

    Parameters
    ----------
    trace
        The run whose operations are repeated; its branches are kept.
    inputs
        For every point the inputs: one number or array per input line.

    Attributes
    ----------
    base
        The value of every line, shape (*shape, P, 1).
    chosen
        Which of the points these are, counted as in the replay that this one is a part of.
    """

    def __init__(self, trace: Trace, inputs: Sequence[Sequence[Any]]) -> None:
        self.trace = trace
        self.points = len(inputs)
        self.chosen = list(range(len(inputs)))
        self.operands = [operands(trace, k) for k in range(len(trace))]
        self.used = [tuple(ref for ref in refs if type(ref) is int) for refs in self.operands]
        self.base: list[Array] = [
            np.stack([np.asarray(given[k], dtype=float) for given in inputs], axis=-1)[..., None]
            for k in range(trace.inputs)
        ]
        with np.errstate(all="ignore"):
            for k in range(trace.inputs, len(trace)):
                shape = (*np.shape(trace.value[k]), self.points, 1)
                self.base.append(np.broadcast_to(self.step(k, self.values(k, {})), shape))
        self.weight = sum(value.size for value in self.base)

    def part(self, points: Sequence[int]) -> Replay:
        """The same run at some of the points only."""
        less = Replay.__new__(Replay)
        less.trace, less.operands, less.used = self.trace, self.operands, self.used
        less.points = len(points)
        less.chosen = [self.chosen[p] for p in points]
        less.base = [value[..., list(points), :] for value in self.base]
        less.weight = sum(value.size for value in less.base)
        return less

    def values(self, k: int, varied: dict[int, Array]) -> list[Any]:
        """The operands of line k, changed where they are; constants with two axes of length 1 behind."""
        return [
            varied.get(ref, self.base[ref]) if type(ref) is int else _constant(ref.value) for ref in self.operands[k]
        ]

    def step(self, k: int, operands: list[Any]) -> Any:
        """What line k computes of these operands, shape (*shape, P, C) or one that broadcasts to it."""
        row = self.trace.operation[k] >> 3
        return evaluated(ROWS[row], operands, self.trace.second[k])

    def results(self, varied: dict[int, Array] | None = None, width: int = 1) -> Array:
        """The numbers of the result laid end to end, shape (N, P, width)."""
        parts = []
        for ref in self.trace.outputs:
            value = _constant(ref.value) if isinstance(ref, Constant) else (varied or {}).get(ref, self.base[ref])
            shape = np.shape(ref.value if isinstance(ref, Constant) else self.trace.value[ref])
            full = np.broadcast_to(value, (*shape, self.points, width))
            parts.append(full.reshape(-1, self.points, width))
        return np.concatenate(parts) if parts else np.zeros((0, self.points, width))

    def run(self, families: Sequence[Family]) -> Array:
        """The results of all candidates, shape (N, P, C), C the sum of all widths in the order given."""
        width = sum(family.width for family in families)
        changed: dict[int, list[tuple[slice, Family, int]]] = {}
        start = 0
        for family in families:
            for turn, line in enumerate(family.lines):
                changed.setdefault(line, []).append((slice(start, start + family.width), family, turn))
            start += family.width
        varied: dict[int, Array] = {}
        with np.errstate(all="ignore"):
            for k in range(min(changed, default=0), len(self.trace)):
                if k in changed or any(ref in varied for ref in self.used[k]):
                    varied[k] = self._line(k, varied, changed.get(k, ()), width)
            flat = self.results(varied, width)
            for entry in range(len(flat)):
                for columns, family, turn in changed.get(len(self.trace) + entry, ()):
                    if not flat.flags.writeable:
                        flat = flat.copy()
                    own = flat[entry][:, columns]
                    flat[entry][:, columns] = family.change(self, [own], own, turn)
        return flat

    def _line(self, k: int, varied: dict[int, Array], changes: Any, width: int) -> Array:
        operands = self.values(k, varied)
        shape = (*self.base[k].shape[:-1], width)
        moved = any(ref in varied for ref in self.used[k])
        value: Array = np.broadcast_to(self.step(k, operands) if moved else self.base[k], shape)
        if not changes:
            return value
        value = value.copy()
        for columns, family, turn in changes:
            own = [x[..., columns] if np.ndim(x) and np.shape(x)[-1] > 1 else x for x in operands]
            value[..., columns] = family.change(self, own, value[..., columns], turn)
        return value


def chunks(families: Sequence[Family], replay: Replay) -> Iterator[list[Family]]:
    """The families in portions whose replay takes at most `BYTES`, in their order."""
    most = max(1, int(BYTES / (8 * max(1, replay.weight))))
    portion: list[Family] = []
    width = 0
    for family in families:
        if portion and width + family.width > most:
            yield portion
            portion, width = [], 0
        portion.append(family)
        width += family.width
    if portion:
        yield portion


def evaluated(row: Primitive, operands: list[Any], detail: Any) -> Any:
    """One row on values with two axes, points and candidates, behind their own."""
    if isinstance(row, Elementwise):
        return elementwise(row)(*operands, None)
    if isinstance(row, Linear):
        (x,) = operands
        tail = x.shape[-2:]
        moved = row.forward(x.reshape((*x.shape[:-2], -1)), detail, 1)
        return np.reshape(moved, (*np.shape(moved)[:-1], *tail))
    if row.name == "contract":
        left, right, out = terms(detail)
        return np.einsum(f"{left}YZ,{right}YZ->{out}YZ", *operands)
    if row.name in ("numbers", "assemble"):
        return _assembled(row.name, operands, detail)
    return _one_by_one(row, operands, detail)


@lru_cache(maxsize=512)
def elementwise(row: Elementwise) -> Callable[..., Any]:
    """The row's value as a function of its operands (and of a last one that it does not read)."""
    found: Callable[..., Any] = eval(f"lambda {', '.join(row.operands)}, y: {row.value}", dict(ARRAY))  # noqa: S307 - our own table
    return found


def _assembled(name: str, operands: list[Any], detail: Any) -> Array:
    shape, base, moves = detail
    size = int(np.prod(shape, dtype=int))
    tail = np.broadcast_shapes(*(np.shape(x)[-2:] for x in operands))
    out = np.zeros((size, *tail))
    if base is not None:
        out[...] = np.reshape(np.asarray(base, dtype=float), (-1, 1, 1))
    for x, move in zip(operands, moves, strict=True):
        if name == "numbers":
            out[move] = np.reshape(x, np.shape(x)[-2:])
        else:
            targets, sources = move
            out[targets] = np.reshape(x, (-1, *np.shape(x)[-2:]))[sources]
    return out.reshape((*shape, *tail))


def _one_by_one(row: Leaf, operands: list[Any], detail: Any) -> Array:
    points, width = np.broadcast_shapes(*(x.shape[-2:] for x in operands))
    full = [np.broadcast_to(x, (*x.shape[:-2], points, width)) for x in operands]
    try:
        columns = [
            np.stack([np.asarray(row.evaluate(tuple(x[..., p, c] for x in full), detail)) for c in range(width)], -1)
            for p in range(points)
        ]
    except (ArithmeticError, ValueError, TypeError, CannotFollow) as reason:
        raise Unreplayable(row.name) from reason
    return np.stack(columns, axis=-2)


def operands(trace: Trace, k: int) -> tuple[Any, ...]:
    """The operands of a line: line numbers and `Constant`."""
    operation = trace.operation[k]
    if operation < 0:
        return ()
    row, first = ROWS[operation >> 3], trace.first[k]
    if isinstance(row, Elementwise) and len(row.operands) <= WIDE:
        raw = (first, trace.second[k])[: len(row.operands)]
        return tuple(ref if operation >> place & 1 else Constant(ref) for place, ref in enumerate(raw))
    return first if isinstance(first, tuple) else (first,)


def _constant(value: Any) -> Any:
    return np.asarray(value, dtype=float)[..., None, None]
