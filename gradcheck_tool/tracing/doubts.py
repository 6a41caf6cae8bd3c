"""What a trace cannot know: where the derivative of the recorded run may not be that of the function."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gradcheck_tool.tracing.place import path_line, source_line
from gradcheck_tool.tracing.trace import Trace

_SHOWN = 3


class Doubt(NamedTuple):
    """One reason to compare with differences of the plain function, and the ``path:line`` it stands at."""

    sentence: str
    where: str


def doubts(trace: Trace) -> list[Doubt]:
    """The reasons, at most a few: an equation between recorded values that held, a result reached by decisions alone.

    ``if x == 0: return 1.0`` is followed into its branch, whose derivative is 0 whatever the function's is; a
    bisection, a table or ``int(x)`` gives a result that no operation connects with the input.
    """
    flags = trace.flags
    if not flags:
        return []
    found = dict.fromkeys(
        Doubt(f"an equation held at this point: {source_line(code, offset)}", path_line(code, offset))
        for relation, held, code, offset in zip(flags[1::7], flags[4::7], flags[5::7], flags[6::7], strict=True)
        if _is_equation(relation, held)
    )
    if not found and any(type(line) is not int for line in trace.outputs):
        code, offset = flags[-2], flags[-1]
        found[Doubt("a result depends on the inputs through decisions alone", path_line(code, offset))] = None
    return list(found)[:_SHOWN]


def _is_equation(relation: str, held: Any) -> bool:
    if relation == "==":
        return bool(np.any(held))
    return relation == "!=" and not np.all(held)
