"""Walk down with tangents: forward mode, all directions at once on a trailing axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus import direction  # noqa: F401 - enters the rules "along"
from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.rules import ZERO, Rule, rules
from gradcheck_tool.calculus.worlds.world import CAREFUL, FLOAT, NESTED, World
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.values import column, finite, is_nested


def push(trace: Trace, tangents: list[Any], values: list[Any] | None = None) -> list[Any]:
    """The tangent of every line, given those of the inputs.

    Parameters
    ----------
    tangents
        One per input line: shape (*value.shape, directions), or a float for a number and one direction.

    Returns
    -------
    list
        Tangents shaped likewise; `ZERO` where a line does not move.
    """
    if values is None:
        values = column(trace)
    if is_nested(trace):
        return walk_down(trace, tangents, values, NESTED)
    try:
        pushed = walk_down(trace, tangents, values, FLOAT)
    except (ArithmeticError, ValueError, TypeError):
        return walk_down(trace, tangents, [CAREFUL.number(value) for value in values], CAREFUL)
    outputs = [line for line in trace.outputs if type(line) is int]
    if all(finite(pushed[line]) for line in outputs):
        return _real(trace, pushed)
    return _real(trace, walk_down(trace, tangents, [CAREFUL.number(value) for value in values], CAREFUL))


def push_along(trace: Trace, tangents: list[Any]) -> list[Any]:
    """The tangent of every line for one direction, shaped as its value; of a plain trace, not of a nested one.

    Parameters
    ----------
    tangents
        One per input line: an array shaped as the input, or a float for a number.
    """
    values = column(trace)
    try:
        pushed = walk_down(trace, tangents, values, FLOAT, "along")
    except (ArithmeticError, ValueError, TypeError):
        return walk_down(trace, tangents, [CAREFUL.number(value) for value in values], CAREFUL, "along")
    if all(finite(pushed[line]) for line in trace.outputs if type(line) is int):
        return _real(trace, pushed)
    return _real(trace, walk_down(trace, tangents, [CAREFUL.number(value) for value in values], CAREFUL, "along"))


def _real(trace: Trace, moved: list[Any]) -> list[Any]:
    """The tangents, if those of the real outputs are real; else a rule is mistaken, and that is never an answer."""
    for line in trace.outputs:
        if type(line) is int and type(moved[line]) is not float and is_complex(moved[line]):
            raise CannotFollow(
                "a complex tangent arrives at a real output, so a rule of this run is wrong for complex numbers",
                where=trace.where(line),
                remedy="write the run with real and imaginary parts",
            )
    return moved


def walk_down(trace: Trace, tangents: list[Any], values: list[Any], world: World, kind: str = "push") -> list[Any]:
    """One walk in one world, by the rules of that `kind`."""
    rule: dict[int, Rule] = rules(kind, world)
    operation, first, second = trace.operation, trace.first, trace.second
    moved: list[Any] = [*tangents, *[ZERO] * (len(values) - trace.inputs)]
    with np.errstate(all="ignore"):
        for k in range(trace.inputs, len(values)):
            moved[k] = rule[operation[k]](moved, values, first[k], second[k], k)
    return moved
