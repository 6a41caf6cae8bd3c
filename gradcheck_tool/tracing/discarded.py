"""Lines that were thrown away: a solver's search is recorded while it runs and no part of the trace.

A solver calls the user's function at many points on its way. Those runs are recorded like all others, since the
function closes over recorded values, and discarded one by one. Their numbers are not given out again, so a value
that a discarded run left behind (in a list, a buffer, an attribute) is noticed when a later line refers to it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import path_line

if TYPE_CHECKING:
    from gradcheck_tool.tracing.recorder import Recorder

_COMPARED = ("<", "<=", ">", ">=", "==", "!=")


class Remainder:
    """What is left of a recording without its discarded lines, renumbered.

    Raises
    ------
    CannotFollow
        Where a line, a decision or an output still refers to a discarded line.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        count = len(recorder.value)
        alive = np.ones(count, dtype=bool)
        for start, stop, *_ in recorder.discarded:
            alive[start:stop] = False
        self._number = np.where(alive, np.cumsum(alive) - 1, -1).tolist()
        self.kept = np.flatnonzero(alive).tolist()
        self._before = [0, *np.cumsum(alive).tolist()]

    def columns(self) -> tuple[tuple[Any, ...], ...]:
        """Operations, first and second operands, values, codes and offsets of the lines that stay."""
        recorder = self._recorder
        operands = [self._operands(k) for k in self.kept]
        return (
            tuple(recorder.operation[k] for k in self.kept),
            tuple(first for first, _ in operands),
            tuple(second for _, second in operands),
            tuple(recorder.value[k] for k in self.kept),
            tuple(recorder.code[k] for k in self.kept),
            tuple(recorder.offset[k] for k in self.kept),
        )

    def flags(self) -> tuple[Any, ...]:
        """The decisions, with the new numbers."""
        found: list[Any] = []
        flat = self._recorder.flags
        for k in range(0, len(flat), 7):
            before, relation, left, right, held, code, offset = flat[k : k + 7]
            where = code, offset
            left = self._ref(left, where)
            if relation in _COMPARED:
                right = self._ref(right, where)
            found.extend((self._before[before], relation, left, right, held, code, offset))
        return tuple(found)

    def outputs(self, outputs: tuple[Any, ...]) -> tuple[Any, ...]:
        """The outputs, with the new numbers."""
        return tuple(self._ref(line, (None, 0)) for line in outputs)

    def _operands(self, k: int) -> tuple[Any, Any]:
        recorder = self._recorder
        operation, first, second = recorder.operation[k], recorder.first[k], recorder.second[k]
        where = recorder.code[k], recorder.offset[k]
        if operation < 0:
            return first, second
        if isinstance(first, tuple):
            return tuple(self._ref(ref, where) for ref in first), second
        if isinstance(ROWS[operation >> 3], Elementwise):
            return (
                self._ref(first, where) if operation & 1 else first,
                self._ref(second, where) if operation & 2 and second is not None else second,
            )
        return self._ref(first, where), second

    def _ref(self, ref: Any, where: tuple[Any, int]) -> Any:
        if type(ref) is not int or ref < 0:
            return ref
        number = self._number[ref]
        if number < 0:
            raise self._escaped(ref, path_line(*where))
        return number

    def _escaped(self, line: int, where: str) -> CannotFollow:
        ranges = self._recorder.discarded
        _, _, why, call = ranges[bisect_right([start for start, *_ in ranges], line) - 1]
        return CannotFollow(
            f"{why} is used here, and its derivative is not known",
            where=where or call,
            remedy="compute it again, after the call, from the result of the solver",
        )
