"""What a trace cannot know: where the derivative of the recorded run may not be that of the function."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gradcheck_tool.tracing.place import path_line, source_line
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.trace import Trace

_SHOWN = 3
_ORDERS = frozenset(("<", "<=", ">", ">="))


class Doubt(NamedTuple):
    """One reason to compare with differences of the plain function, and the ``path:line`` it stands at."""

    sentence: str
    where: str


def doubts(trace: Trace) -> list[Doubt]:
    """The reasons, at most a few: decisions at equality, and results reached by decisions alone.

    ``if x == 0: return 1.0`` is followed into its branch, whose derivative is 0 whatever the function's is; an
    inequality between equal values has another branch right beside it; a bisection, a table or ``int(x)`` gives a
    result that no operation connects with the input.
    """
    flags = trace.flags
    if not flags:
        return []
    found = dict.fromkeys(
        Doubt(f"a decision is taken at equality: {source_line(code, offset)}", path_line(code, offset))
        for relation, left, right, held, code, offset in zip(*(flags[k::7] for k in range(1, 7)), strict=True)
        if _at_equality(trace.value, relation, left, right, held)
    )
    if not found and any(type(line) is not int for line in trace.outputs):
        code, offset = flags[-2], flags[-1]
        found[Doubt("a result depends on the inputs through decisions alone", path_line(code, offset))] = None
    return list(found)[:_SHOWN]


def _at_equality(values: tuple[Any, ...], relation: str, left: Any, right: Any, held: Any) -> bool:
    if relation == "==":
        return bool(np.any(held))
    if relation == "!=":
        return not np.all(held)
    if relation not in _ORDERS:
        return False
    a, b = (innermost(values[side] if type(side) is int else side.value) for side in (left, right))
    return bool(a == b) if type(a) is not np.ndarray and type(b) is not np.ndarray else bool(np.any(a == b))
