"""Walk down with tangents: forward mode, all directions at once on a trailing axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.rules import ZERO, Rule, rules
from gradcheck_tool.calculus.worlds.world import CAREFUL, FLOAT, NESTED, World
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
        return pushed
    return walk_down(trace, tangents, [CAREFUL.number(value) for value in values], CAREFUL)


def walk_down(trace: Trace, tangents: list[Any], values: list[Any], world: World) -> list[Any]:
    """One walk in one world."""
    rule: dict[int, Rule] = rules("push", world)
    operation, first, second = trace.operation, trace.first, trace.second
    moved: list[Any] = [*tangents, *[ZERO] * (len(values) - trace.inputs)]
    with np.errstate(all="ignore"):
        for k in range(trace.inputs, len(values)):
            moved[k] = rule[operation[k]](moved, values, first[k], second[k], k)
    return moved
