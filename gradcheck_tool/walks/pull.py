"""Walk up: adjoints from an output to all lines. Reverse mode, in any world."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.rules import ZERO, Rule, rules
from gradcheck_tool.calculus.worlds.world import CAREFUL, FLOAT, NESTED, World
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.values import column, finite, is_nested


def pull(trace: Trace, seeds: dict[int, Any], values: list[Any] | None = None) -> list[Any]:
    """The adjoint of every line for the given seeds; `ZERO` where none arrives.

    A first walk is fast and trusts the partials. Where one raises or an adjoint of an input is not
    finite, the walk is done again with rules that never raise and in which an exactly zero adjoint
    beats an infinite partial.

    Parameters
    ----------
    seeds
        The adjoint of each output line, shaped as its value.
    values
        `gradcheck_tool.walks.values.column` of the trace, where the caller has it already.
    """
    if values is None:
        values = column(trace)
    if is_nested(trace):
        return walk_up(trace, seeds, values, NESTED)
    try:
        adjoints = walk_up(trace, seeds, values, FLOAT)
    except (ArithmeticError, ValueError, TypeError):
        return walk_up(trace, seeds, [CAREFUL.number(value) for value in values], CAREFUL)
    if all(finite(adjoint) for adjoint in adjoints[: trace.inputs]):
        return adjoints
    return walk_up(trace, seeds, [CAREFUL.number(value) for value in values], CAREFUL)


def walk_up(trace: Trace, seeds: dict[int, Any], values: list[Any], world: World) -> list[Any]:
    """One walk in one world; `seeds` and `values` are numbers of it."""
    rule: dict[int, Rule] = rules("pull", world)
    operation, first, second = trace.operation, trace.first, trace.second
    adj: list[Any] = [ZERO] * len(values)
    own: list[Any] = [False] * len(values)
    for line, seed in seeds.items():
        adj[line] = seed
    with np.errstate(all="ignore"):
        for k in range(max(seeds, default=0), trace.inputs - 1, -1):
            g = adj[k]
            if g is not ZERO:
                rule[operation[k]](adj, own, g, values, first[k], second[k], k)
    return adj
