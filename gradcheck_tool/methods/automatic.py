"""Forward and reverse mode: two walks along one recorded run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix
from gradcheck_tool.tracing import Trace, record
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian, seed, sizes
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.values import column

SHARES = ("trace", "rules")


def forward(trace: Trace, bound: Matrix) -> Answer:
    """The Jacobian by pushing all unit tangents, with the rounding bound the survey of the trace gives."""
    return _timed("forward", lambda: forward_jacobian(trace), bound)


def reverse(trace: Trace, bound: Matrix) -> Answer:
    """The Jacobian by pulling each output's adjoint, with the rounding bound the survey of the trace gives."""
    return _timed("reverse", lambda: reverse_jacobian(trace), bound)


def forward_over_reverse(trace: Trace) -> Answer:
    """The Hessian by pulling in the world of (value, tangents)."""
    return _second("forward", lambda: hessian_matrix(trace))


def reverse_over_reverse(
    function: Callable[..., Any], values: Any, call: Callable[[Any], Any]
) -> Answer:
    """The Hessian by recording the reverse walk itself and pulling that."""

    def gradient(recorded: Any) -> list[Any]:
        inner = record(function, recorded, call=call)
        line = inner.outputs[0]
        if type(line) is not int:
            return [np.zeros(np.shape(inner.value[k]))[()] for k in range(inner.inputs)]
        column_of = column(inner)
        adjoints = pull(inner, {line: seed(column_of[line], 0)}, column_of)
        return [adjoint + 0.0 * inner.value[k] for k, adjoint in enumerate(adjoints[: inner.inputs])]

    def hessian() -> Matrix:
        outer = record(function, values, call=gradient)
        return reverse_jacobian(outer)

    return _second("reverse", hessian)


def _second(method: str, compute: Callable[[], Matrix]) -> Answer:
    start = time.perf_counter()
    try:
        matrix = compute()
    except Complaint as reason:
        return Declined(method, reason.sentence, reason.remedy, reason.where)
    with np.errstate(all="ignore"):
        asymmetry = np.abs(matrix - matrix.T)
        bound = asymmetry + 256 * 2.0**-53 * np.abs(matrix)
    return Estimate(method, matrix, bound, SHARES, 1, time.perf_counter() - start)


def _timed(method: str, compute: Callable[[], Matrix], bound: Matrix) -> Answer:
    start = time.perf_counter()
    try:
        matrix = compute()
    except Complaint as reason:
        return Declined(method, reason.sentence, reason.remedy, reason.where)
    return Estimate(method, matrix, bound + 2.0**-52 * np.abs(matrix), SHARES, 1, time.perf_counter() - start)


def outputs_of(trace: Trace) -> int:
    """How many numbers the function returns."""
    return sum(sizes(trace)[0])
