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
from gradcheck_tool.walks.jacobian import forward_jacobian, jacobian_times, reverse_jacobian, seed
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.values import column

SHARES = ("trace", "rules")
LAST_ROUNDING = 2.0**-52
SECOND_ROUNDING = 2.0**-45
"""Relative to each entry: a second derivative has no running bound, so its asymmetry and this stand in for one."""


def forward(trace: Trace, bound: Matrix) -> Answer:
    """The Jacobian by pushing all unit tangents, with the rounding bound the survey of the trace gives."""
    return _first("forward", lambda: forward_jacobian(trace), bound)


def forward_along(trace: Trace, directions: Matrix) -> Matrix:
    """The slopes along directions, shape (n, count), by one push: shape (m, count)."""
    return jacobian_times(trace, directions)


def reverse(trace: Trace, bound: Matrix) -> Answer:
    """The Jacobian by pulling each output's adjoint, with the rounding bound the survey of the trace gives."""
    return _first("reverse", lambda: reverse_jacobian(trace), bound)


def forward_over_reverse(trace: Trace) -> Answer:
    """The Hessian by pulling in the world of (value, tangents)."""
    return _second("forward", lambda: hessian_matrix(trace))


def reverse_over_reverse(function: Callable[..., Any], values: Any, call: Callable[[Any], Any]) -> Answer:
    """The Hessian by recording the reverse walk itself and pulling that; `call` runs `function` on a nest of values."""

    def gradient(recorded: Any) -> list[Any]:
        inner = record(function, recorded, call=call)
        line = inner.outputs[0]
        if type(line) is not int:
            return [np.zeros(np.shape(inner.value[k]))[()] for k in range(inner.inputs)]
        column_of = column(inner)
        adjoints = pull(inner, {line: seed(column_of[line], 0)}, column_of)
        # An adjoint that does not depend on the input is still a row of the Hessian: zeros of the input's shape.
        return [adjoint + 0.0 * inner.value[k] for k, adjoint in enumerate(adjoints[: inner.inputs])]

    return _second("reverse", lambda: reverse_jacobian(record(function, values, call=gradient)))


def _first(method: str, compute: Callable[[], Matrix], bound: Matrix) -> Answer:
    return _answered(method, compute, lambda matrix: bound + LAST_ROUNDING * np.abs(matrix))


def _second(method: str, compute: Callable[[], Matrix]) -> Answer:
    return _answered(method, compute, lambda matrix: np.abs(matrix - matrix.T) + SECOND_ROUNDING * np.abs(matrix))


def _answered(method: str, compute: Callable[[], Matrix], bar: Callable[[Matrix], Matrix]) -> Answer:
    start = time.perf_counter()
    try:
        matrix = compute()
    except Complaint as reason:
        return Declined(method, reason.sentence, reason.remedy, reason.where)
    with np.errstate(all="ignore"):
        bound = bar(matrix)
    return Estimate(method, matrix, bound, SHARES, 1, time.perf_counter() - start)
