"""Second derivatives: push all tangents, then pull in the world of (value, tangents)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.eigen import splitting
from gradcheck_tool.calculus.rules import ZERO, spread
from gradcheck_tool.calculus.worlds.dual import CAREFUL_DUAL, DUAL, Dual
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.jacobian import input_directions, seed, sizes
from gradcheck_tool.walks.pull import walk_up
from gradcheck_tool.walks.push import push
from gradcheck_tool.walks.values import column

Matrix = NDArray[np.float64]


def dual_adjoints(trace: Trace, line: int, entry: int, values: list[Any], tangents: list[Any]) -> list[Any]:
    """Adjoints of one output entry with their tangents: `Dual` numbers, `ZERO` where none arrives.

    `tangents` is the pushed column, shape (*value.shape, directions) per line.
    """
    # A Python float would raise at a pole, where a NumPy number answers inf.
    values = [np.float64(value) if type(value) is float else value for value in values]
    duals = [
        value if tangent is ZERO else Dual(value, spread(tangent, value))
        for value, tangent in zip(values, tangents, strict=True)
    ]
    with np.errstate(all="ignore"):
        adjoints = walk_up(trace, {line: seed(values[line], entry)}, duals, DUAL)
        if not all(_finite(adjoint) for adjoint in adjoints[: trace.inputs]):
            adjoints = walk_up(trace, {line: seed(values[line], entry)}, duals, CAREFUL_DUAL)
    return adjoints


def hessian_matrix(trace: Trace) -> Matrix:
    """The Hessian of a scalar trace over its flat inputs, shape (n, n).

    Raises
    ------
    Complaint
        Where the trace has more than one output number.
    """
    outputs, inputs = sizes(trace)
    n = sum(inputs)
    if sum(outputs) != 1:
        raise Complaint(
            "a Hessian needs a function that returns a single number",
            code="GC203",
            kind="not-scalar",
            remedy="check first derivatives with --order 1",
        )
    line = trace.outputs[0]
    if type(line) is not int:
        return np.zeros((n, n))
    values = column(trace)
    with splitting():
        tangents = push(trace, input_directions(trace), values)
    adjoints = dual_adjoints(trace, line, 0, values, tangents)
    rows = []
    for k, size in enumerate(inputs):
        adjoint = adjoints[k]
        moved = adjoint.tangents if type(adjoint) is Dual else np.zeros(1)
        rows.append(np.broadcast_to(moved, (*np.shape(values[k]), n)).reshape(size, n))
    return np.concatenate(rows)


def _finite(adjoint: Any) -> bool:
    if type(adjoint) is Dual:
        return bool(np.all(np.isfinite(adjoint.value)) and np.all(np.isfinite(adjoint.tangents)))
    return bool(np.all(np.isfinite(adjoint)))
