"""Derivatives of plain functions by the built-in engine: the functions of the public door.

`x` is a float, an array of any shape, or a nest of tuples, lists and dicts of them. A Jacobian has the
shape ``out.shape + x.shape``; where x or the result is a nest, so is the derivative.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from gradcheck_tool.calculus.rules import ZERO
from gradcheck_tool.complaint import Complaint, DerivativeWarning
from gradcheck_tool.subject.packing import Packing, leaves_of
from gradcheck_tool.tracing import Trace, record
from gradcheck_tool.tracing.doubts import doubts
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import forward_jacobian, reverse_jacobian
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.push import push, push_along
from gradcheck_tool.walks.values import is_nested


def trace(f: Callable[..., Any], x: Any) -> Trace:
    """Record one run of ``f(x)``.

    Raises
    ------
    CannotFollow
        Where f does something no rule follows, with the ``path:line`` and a remedy.
    """
    return record(f, x)


def _recorded(f: Callable[..., Any], x: Any, depth: int = 3) -> Trace:
    """Record ``f(x)`` and warn, `depth` frames up, of what the recording cannot know."""
    recorded = record(f, x)
    if recorded.flags:
        for doubt in doubts(recorded):
            place = f" ({doubt.where})" if doubt.where else ""
            warnings.warn(
                f"{doubt.sentence}{place}; the derivative is that of the branch taken, compare it with differences",
                DerivativeWarning,
                stacklevel=depth,
            )
    return recorded


def value_and_gradient(f: Callable[..., Any], x: Any) -> tuple[Any, Any]:
    """The value of a scalar function and its gradient, shaped as `x`, by reverse mode.

    Raises
    ------
    Complaint
        Where ``f(x)`` is not a single number.
    """
    return _both(f, x)


def _both(f: Callable[..., Any], x: Any) -> tuple[Any, Any]:
    recorded = _recorded(f, x, 4)
    outputs = recorded.outputs
    if len(outputs) != 1 or (type(recorded.result) is not np.float64 and np.size(leaves_of(recorded.result)[0]) != 1):
        raise Complaint("the function does not return a single number", code="GC203", remedy="use jacobian instead")
    output = outputs[0]
    if type(output) is not int:
        return recorded.result, _shaped(x, [ZERO] * recorded.inputs)
    value = recorded.value[output]
    seed = np.ones_like(value, dtype=float) if type(value) is np.ndarray else 1.0
    return recorded.result, _shaped(x, pull(recorded, {output: seed})[: recorded.inputs])


def gradient(f: Callable[..., Any], x: Any) -> Any:
    """The gradient of a scalar function, shaped as `x`, by reverse mode."""
    return _both(f, x)[1]


def jvp(f: Callable[..., Any], x: Any, v: Any) -> tuple[Any, Any]:
    """The value of f and its derivative along `v`, both shaped as ``f(x)``: one forward push."""
    recorded = _recorded(f, x)
    directions = leaves_of(v)
    if is_nested(recorded) or any(isinstance(type(leaf), Recorded) for leaf in directions):
        moved = push(recorded, [_direction(leaf) for leaf in directions])
    else:
        pairs = zip(directions, recorded.value, strict=False)  # the inputs are the first lines
        moved = push_along(recorded, [_shaped_as(leaf, value) for leaf, value in pairs])
    outputs = [
        np.zeros(np.shape(line.value))[()] if isinstance(line, Constant) else _along(moved[line], recorded.value[line])
        for line in recorded.outputs
    ]
    return recorded.result, _rebuilt(recorded.result, outputs)


def vjp(f: Callable[..., Any], x: Any) -> tuple[Any, Callable[[Any], Any]]:
    """The value of f, and a function that pulls a cotangent shaped as ``f(x)`` back to one shaped as `x`."""
    recorded = _recorded(f, x)

    def pull_back(cotangent: Any) -> Any:
        seeds: dict[int, Any] = {}
        for line, seed in zip(recorded.outputs, leaves_of(cotangent), strict=True):
            if type(line) is int:
                like = recorded.value[line]
                given = np.array(seed, dtype=float) if type(like) is np.ndarray else float(seed)
                seeds[line] = seeds[line] + given if line in seeds else given
        return _shaped(x, pull(recorded, seeds)[: recorded.inputs])

    return recorded.result, pull_back


def jacobian(f: Callable[..., Any], x: Any, mode: Literal["forward", "reverse"] = "reverse") -> Any:
    """The Jacobian, shape ``out.shape + x.shape``; nests of results and arguments give nests of such blocks."""
    if mode not in ("forward", "reverse"):
        raise Complaint(f"mode={mode!r} is neither 'forward' nor 'reverse'", code="GC900")
    recorded = _recorded(f, x)
    matrix = forward_jacobian(recorded) if mode == "forward" else reverse_jacobian(recorded)
    rows, columns = Packing.of(recorded.result, "f"), Packing.of(x, "x")
    blocks: list[Any] = []
    top = 0
    for row in rows.leaves:
        left = 0
        cells = []
        for column in columns.leaves:
            block = matrix[top : top + row.size, left : left + column.size]
            cells.append(block.reshape(row.shape + column.shape)[()])
            left += column.size
        blocks.append(columns.rebuild(cells))
        top += row.size
    return rows.rebuild(blocks)


def hessian(f: Callable[..., Any], x: Any) -> Any:
    """The Hessian of a scalar function, shape ``x.shape + x.shape``, forward over reverse.

    For a nest of arguments: the square matrix over its flat entries.
    """
    recorded = _recorded(f, x)
    matrix = hessian_matrix(recorded)
    if isinstance(x, dict | tuple | list):
        return matrix
    return matrix.reshape(np.shape(x) + np.shape(x))[()]


def _rebuilt(like: Any, leaves: list[Any]) -> Any:
    return Packing.of(like, "x").rebuild(leaves)


def _shaped(x: Any, adjoints: list[Any]) -> Any:
    """Adjoints of the input lines as a nest shaped as x; zeros where none arrived."""
    if not isinstance(x, dict | tuple | list):
        return _full(adjoints[0], x)
    leaves = [_full(adjoint, leaf) for adjoint, leaf in zip(adjoints, leaves_of(x), strict=True)]
    return Packing.of(x, "x").rebuild(leaves)


def _full(adjoint: Any, leaf: Any) -> Any:
    if adjoint is not ZERO:
        # A sum hands its adjoint to all terms as one number repeated: give the caller an array of his own.
        shared = type(adjoint) is np.ndarray and not adjoint.flags.owndata
        return adjoint.copy() if shared else adjoint
    return np.zeros(np.shape(leaf)) if isinstance(leaf, np.ndarray) else 0.0


def _direction(leaf: Any) -> Any:
    return np.asarray(leaf, dtype=float)[..., None] if isinstance(leaf, np.ndarray) else float(leaf)


def _shaped_as(leaf: Any, value: Any) -> Any:
    """A direction as the input it belongs to: an array of doubles, or a float."""
    return np.array(leaf, dtype=float).reshape(value.shape) if type(value) is np.ndarray else float(leaf)


def _along(tangent: Any, value: Any) -> Any:
    """The single direction of a tangent, shaped as the value."""
    shape = np.shape(value)
    if tangent is ZERO:
        return np.zeros(shape)[()]
    return (
        np.reshape(tangent, shape)[()]
        if np.size(tangent) == int(np.prod(shape, dtype=int))
        else np.broadcast_to(np.reshape(tangent, ()), shape)
    )
