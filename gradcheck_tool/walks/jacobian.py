"""Whole Jacobians of a trace as matrices, shape (outputs, inputs): by pushes or by pulls."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.rules import ZERO, spread
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.push import push
from gradcheck_tool.walks.values import column

Matrix = NDArray[np.float64]


def sizes(trace: Trace) -> tuple[list[int], list[int]]:
    """How many numbers each output and each input line holds."""
    outputs = [np.size(trace.value[line]) if type(line) is int else np.size(line.value) for line in trace.outputs]  # type: ignore[union-attr]  # the else branch is a Constant
    return outputs, [np.size(trace.value[k]) for k in range(trace.inputs)]


def input_directions(trace: Trace) -> list[Any]:
    """The unit tangents of all inputs: shape (*value.shape, n), n = number of input entries."""
    return as_tangents(trace, np.eye(sum(sizes(trace)[1])))


def as_tangents(trace: Trace, directions: Matrix) -> list[Any]:
    """Directions over the flat inputs, shape (n, count), as tangents of the inputs: shape (*value.shape, count)."""
    _outputs, inputs = sizes(trace)
    starts = np.cumsum([0, *inputs])
    return [
        directions[start : start + size].reshape((*np.shape(trace.value[k]), -1))
        for k, (start, size) in enumerate(zip(starts, inputs, strict=False))
    ]


def forward_jacobian(trace: Trace) -> Matrix:
    """By one push with n directions, shape (m, n)."""
    return jacobian_times(trace, np.eye(sum(sizes(trace)[1])))


def jacobian_times(trace: Trace, directions: Matrix) -> Matrix:
    """The Jacobian times directions, shape (n, count), by one push: shape (m, count)."""
    n = directions.shape[1]
    moved = push(trace, as_tangents(trace, directions))
    blocks = []
    for line in trace.outputs:
        if type(line) is not int:
            blocks.append(np.zeros((np.size(line.value), n)))  # type: ignore[union-attr]  # a Constant
            continue
        value = np.asarray(trace.value[line])
        tangent = spread(moved[line], value if value.ndim else trace.value[line])
        blocks.append(np.broadcast_to(tangent, (*value.shape, n)).reshape(-1, n))
    return np.concatenate(blocks) if blocks else np.zeros((0, n))


def reverse_jacobian(trace: Trace) -> Matrix:
    """By one pull per output entry, shape (m, n)."""
    outputs, inputs = sizes(trace)
    values = column(trace)
    matrix = np.zeros((sum(outputs), sum(inputs)))
    row = 0
    for line, size in zip(trace.outputs, outputs, strict=True):
        for entry in range(size):
            if type(line) is int:
                matrix[row] = flat(trace, pull(trace, {line: seed(values[line], entry)}, values), inputs)
            row += 1
    return matrix


def seed(value: Any, entry: int) -> Any:
    """The adjoint of one entry of an output."""
    if type(value) is not np.ndarray:
        return 1.0
    unit = np.zeros(value.shape)
    unit.flat[entry] = 1.0
    return unit


def flat(trace: Trace, adjoints: list[Any], inputs: list[int]) -> Matrix:
    """The adjoints of the inputs laid end to end, shape (n,)."""
    parts = [
        np.zeros(size) if adjoints[k] is ZERO else np.broadcast_to(adjoints[k], np.shape(trace.value[k])).ravel()
        for k, size in enumerate(inputs)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)
