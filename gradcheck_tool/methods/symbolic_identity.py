"""Two small runs as expressions: whether a hand-written derivative is the derivative of f on this branch, everywhere.

Balls prove two numbers equal at one point; equal expressions are equal at all points that take the same branch.
Nothing found here proves anything: SymPy does not see every identity, and is asked only for the cheap ones.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from gradcheck_tool.calculus.worlds.symbol import slope
from gradcheck_tool.methods.symbolic_formula import formulas
from gradcheck_tool.methods.symbolic_walk import Run, needed
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.tracing.trace import Trace

SECONDS = 0.1
LONGEST = 80  # operations of a difference that is still simplified
LINES = 60


def identical(problem: Problem, function: Trace, derivative: Trace, places: NDArray[np.intp]) -> bool:
    """Whether the derivative of the one run is the other as an expression; False where SymPy does not see it in time.

    `places`, shape (m, n): which result of `derivative` is which entry of the Jacobian.
    """
    if max(len(function), len(derivative)) > LINES or places.size > LINES:
        return False
    deadline = time.perf_counter() + SECONDS
    try:
        symbols, outputs = formulas(Run(problem, function, needed(function), deadline))
        _, given = formulas(Run(problem, derivative, needed(derivative), deadline))
        for row, column in np.ndindex(*places.shape):
            gap = slope(outputs[row], symbols[column]) - given[places[row, column]]
            if time.perf_counter() > deadline or not _vanishes(gap):
                return False
    except Exception:  # noqa: BLE001 - SymPy fails in many ways on odd formulas: nothing is proved then
        return False
    return True


def _vanishes(gap: Any) -> bool:
    if gap == 0:
        return True
    if gap.count_ops() > LONGEST:
        return False
    spread = sympy.expand(gap)
    return bool(spread == 0 or sympy.cancel(spread) == 0)
