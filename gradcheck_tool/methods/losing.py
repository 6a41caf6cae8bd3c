"""Where rounding takes the digits of an unstable spelling: the float run of it, held against its exact run.

Every line has a relative error, of its operands at best. The line that loses digits is the one behind which the
error grows most, among those whose error, times their adjoint, arrives in the result.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.methods.enclosing import entries
from gradcheck_tool.methods.exact_handwritten import GradientRun
from gradcheck_tool.methods.formula import Loss
from gradcheck_tool.methods.iterations import operands
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.jacobian import seed
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.values import column as column_of

UNIT = 2.0**-53
CARRIED = 0.05  # the share of the final error that a line must bring in to be the culprit
WORTH_TELLING = 1.0  # decimal digits


def losing_line(run: GradientRun, row: int, column: int) -> Loss | None:
    """The line of the user's derivative that loses most digits of one entry; None where none loses any."""
    trace, values = run.trace, run.values
    output, entry = run.line_of(row, column)
    if type(output) is not int:
        return None
    floats = column_of(trace)
    adjoints = pull(trace, {output: seed(floats[output], entry)}, floats)
    errors = {line: _errors(trace.value[line], values[line]) for line in _behind(trace, output)}
    final, relative = (float(np.ravel(each)[entry]) for each in errors[output])
    best: tuple[float, int] = (10.0**WORTH_TELLING, -1)
    for line, (absolute, own) in errors.items():
        if line < trace.inputs or not _size(adjoints[line], absolute) >= CARRIED * final:
            continue
        before = max([UNIT, *(_worst(errors[ref][1]) for ref in operands(trace, line))])
        best = max(best, (min(_worst(own), 1.0) / before, line), key=lambda each: each[0])
    if best[1] < 0:
        return None
    left = 0.0 if relative >= 1 else -math.log10(max(relative, UNIT))
    return Loss(row, column, trace.where(best[1]), trace.source(best[1]), math.log10(best[0]), left)


def _size(adjoint: Any, absolute: Any) -> float:
    """How much of an error of a line arrives in the result."""
    with np.errstate(all="ignore"):
        carried = np.max(np.abs(np.asarray(adjoint, dtype=float)) * absolute, initial=0.0)
    return math.inf if math.isnan(carried) else float(carried)


def _worst(errors: Any) -> float:
    return float(np.max(errors, initial=0.0))


def _behind(trace: Trace, output: int) -> list[int]:
    """All lines that `output` is computed from, and itself, in the order of the run."""
    wanted, stack = {output}, [output]
    while stack:
        line = stack.pop()
        if line >= trace.inputs:
            new = [ref for ref in operands(trace, line) if ref not in wanted]
            wanted.update(new)
            stack += new
    return sorted(wanted)


def _errors(rough: Any, ball: Any) -> tuple[Any, Any]:
    """The absolute and relative errors of the numbers of one line, each shaped as it; infinite where not finite."""
    shape = np.shape(rough)
    pairs = [
        _error(float(x), right)
        for x, right in zip(np.ravel(np.asarray(rough, dtype=float)), entries(ball, shape), strict=True)
    ]
    both = np.reshape(np.array(pairs, dtype=float), (*shape, 2))
    return both[..., 0], both[..., 1]


def _error(rough: float, right: Any) -> tuple[float, float]:
    if not math.isfinite(rough):
        return math.inf, math.inf
    gap, size = abs(float((right - rough).mid())), abs(float(right.mid()))
    return gap, gap / size if size else (0.0 if gap == 0 else math.inf)
