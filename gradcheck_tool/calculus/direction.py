"""One direction at a time: tangents shaped as their values, numbers for numbers.

Many directions ride on a trailing axis (`gradcheck_tool.calculus.rules`, "push"); a single one needs none, and then
scalar code is pushed in plain floats. The texts and rows are the same. A rule reads ``along(t, v, i, j, k)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import contract, is_plain
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Linear
from gradcheck_tool.calculus.pulls import operands_of
from gradcheck_tool.calculus.rules import MAKERS, Rule, compiled, partial_texts, product_text, rules
from gradcheck_tool.calculus.wide import WIDE
from gradcheck_tool.calculus.worlds.world import FLOAT, World

_MANY, _SHORT = 4096, 64  # entries in all and in a row from which, and up to which, a sum is worth a thought


def shaped(tangent: Any, value: Any) -> Any:
    """A tangent of the shape of its value, also where it came from a smaller operand."""
    shape = value.shape if type(value) is np.ndarray else getattr(value, "shape", ())
    given = tangent.shape if type(tangent) is np.ndarray else getattr(tangent, "shape", ())
    return tangent if given == shape else np.broadcast_to(tangent, shape)


def one_direction(operation: int, world: World) -> Rule:
    """The rule of one operation."""
    row, array, mask = ROWS[operation >> 3], bool(operation >> 2 & 1), operation & 3
    if isinstance(row, Elementwise) and len(row.operands) <= WIDE:
        total = ""
        for letter, text in partial_texts(row, mask, world):
            if text == "-1" and total and not world.times:
                total += f" - t[{letter}]"  # one pass over an array instead of two
            elif text != "0":
                total += (" + " if total else "") + product_text(f"t[{letter}]", text, world)
        total = total or "0.0"
        lines = [f"return shaped({total}, v[k])" if array else f"return {total}"]
        if world is FLOAT and row.name == "mul" and mask == 3 and array:
            lines = ["if i == j:", "    return shaped(t[i] * (v[i] + v[i]), v[k])", *lines]
        return compiled(lines, "t, v, i, j, k", row, world, array, shaped=shaped)
    if row.name == "getitem":
        return _element
    if row.name == "sum":
        return _sum
    if isinstance(row, Linear):

        def linear(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:
            moved = row.forward(shaped(t[i], v[i]), j, 0)
            return moved if type(v[k]) is np.ndarray or not is_plain(moved) else moved.item()

        return linear
    return _contract if row.name == "contract" else _of_many(operation, world)


def _element(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:
    tangent = t[i]
    if type(tangent) is not np.ndarray or tangent.shape != j[1]:
        tangent = shaped(tangent, v[i])
    moved = tangent[j[0]]
    return float(moved) if type(moved) is np.float64 and type(v[k]) is not np.ndarray else moved


def _sum(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:
    axes, keep, source = j
    tangent = t[i]
    if type(tangent) is not np.ndarray or tangent.shape != source:
        tangent = shaped(tangent, v[i])
    short = not keep and type(tangent) is np.ndarray and tangent.dtype == float and tangent.size > _MANY
    if short and axes == (tangent.ndim - 1,) and tangent.ndim > 1 and source[-1] <= _SHORT:
        moved = tangent @ np.ones(source[-1])  # NumPy adds so few one by one, at several times the price
    elif len(axes) == len(source) and not keep and type(tangent) is np.ndarray:
        moved = np.add.reduce(tangent, axis=None)
    else:
        moved = np.sum(tangent, axis=axes, keepdims=keep)
    return moved if type(v[k]) is np.ndarray or not is_plain(moved) else moved.item()


def _contract(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:  # noqa: ARG001 - rules share one signature
    left, right = i
    total: Any = 0.0
    a, b = operands_of(v, i)
    if type(left) is int:
        total = contract(j, shaped(t[left], a), b)
    if type(right) is int:
        total = total + contract(j, a, shaped(t[right], b))
    return total


def _of_many(operation: int, world: World) -> Callable[..., Any]:
    """By the rule for many directions, given one."""
    push = rules("push", world)[operation]

    def leaf(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:
        refs = [ref for ref in i if type(ref) is int] if isinstance(i, tuple) else [i]
        lifted = {ref: np.reshape(shaped(t[ref], v[ref]), (*np.shape(v[ref]), 1)) for ref in refs}
        moved = np.asarray(push(lifted, v, i, j, k))[..., 0]
        return moved if type(v[k]) is np.ndarray else moved.item()

    return leaf


MAKERS["along"] = one_direction
