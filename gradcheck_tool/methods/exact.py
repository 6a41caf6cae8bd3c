"""The derivative of the recorded operations in exact arithmetic: an interval that provably contains it.

What is proved is the derivative, in real arithmetic, of the operations of this run on this branch. The precision
is doubled until every entry is known to seventy bits and every decision of the run has been taken again.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from gradcheck_tool.calculus.rules import ZERO
from gradcheck_tool.calculus.worlds.ball import Ball, ball_world, boxed
from gradcheck_tool.methods.enclosing import MOST_BITS, enclose, entries, known, middles, walked
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.jacobian import seed, sizes
from gradcheck_tool.walks.pull import walk_up

METHOD = "exact"


def exact(trace: Trace, scale: Matrix | None = None, most: int = MOST_BITS) -> Answer:
    """Enclose the Jacobian, shape (m, n); the bound is the enclosure's radius and one rounding to a double.

    `scale`, shape (m, n), is the natural size of each entry, beside which a derivative of 0 is recognised.
    Declined where a row has no form in balls, where a decision stays open, and for very large runs.
    """
    start = time.perf_counter()
    found = enclose(METHOD, (trace,), lambda: enclosure(trace, scale), most)
    if isinstance(found, Declined):
        return found
    jacobian, radius = found
    bound = radius + 2.0**-53 * np.abs(jacobian)
    return Estimate(METHOD, jacobian, bound, ("trace",), 0, time.perf_counter() - start)


def enclosure(trace: Trace, scale: Matrix | None = None) -> tuple[tuple[Matrix, Matrix], bool]:
    """Middles and radii of the Jacobian at the precision in force, shape (m, n) each, and whether all are known."""
    values = walked(trace)
    outputs, inputs = sizes(trace)
    n = sum(inputs)
    middle, radius = np.zeros((sum(outputs), n)), np.zeros((sum(outputs), n))
    settled = True
    row = 0
    for line, size in zip(trace.outputs, outputs, strict=True):
        for entry in range(size):
            if type(line) is int:
                adjoints = walk_up(trace, {line: _seed(values[line], entry)}, values, ball_world())
                balls = _gradient(adjoints, trace)
                middle[row], radius[row] = middles(balls)
                scales = np.zeros(n) if scale is None else scale[row]
                settled = settled and all(known(ball, float(at)) for ball, at in zip(balls, scales, strict=True))
            row += 1
    return (middle, radius), settled


def _seed(value: Any, entry: int) -> Any:
    return boxed(seed(np.zeros(value.shape), entry)) if isinstance(value, np.ndarray) else Ball(1)


def _gradient(adjoints: list[Any], trace: Trace) -> list[Any]:
    found = []
    for k in range(trace.inputs):
        adjoint = adjoints[k]
        found += entries(Ball(0) if adjoint is ZERO else adjoint, np.shape(trace.value[k]))
    return found
