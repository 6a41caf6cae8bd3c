"""Walk down: the value of every line, in any world that can read the rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.rules import rules
from gradcheck_tool.calculus.worlds.world import World
from gradcheck_tool.tracing.trace import Trace


def evaluate(trace: Trace, inputs: list[Any], world: World) -> list[Any]:
    """Replay the recorded operations on other numbers; branches stay as they were taken.

    Parameters
    ----------
    inputs
        One number or array of `world` per input line, shaped as the recorded inputs.

    Returns
    -------
    list
        The column of values, one per line.
    """
    rule = rules("evaluate", world)
    operation, first, second = trace.operation, trace.first, trace.second
    values: list[Any] = list(inputs)
    with np.errstate(all="ignore"):
        for k in range(trace.inputs, len(trace)):
            values.append(rule[operation[k]](values, first[k], second[k]))
    return values
