"""Which output can depend on which input: the pattern of the Jacobian, from the operations and not from their numbers.

An entry is marked where a path of operations leads from the input to the output, also where a factor on it happens to
be 0 at this point. Operations without a structure of their own (decompositions, norms) join everything.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf
from gradcheck_tool.calculus.rules import ZERO, rules, spread
from gradcheck_tool.calculus.worlds.world import FLOAT
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.jacobian import as_tangents, sizes
from gradcheck_tool.walks.values import has_complex, is_nested

Mask = NDArray[np.bool_]

MOST = 30_000_000
"""Entries of the patterns of all lines that are held at once."""

MOVING = ("contract", "assemble", "numbers")
"""Leaves that move, multiply and add numbers: what moves can be read off their own push."""


def structure(trace: Trace) -> Mask | None:
    """The pattern of the Jacobian, shape (m, n); None where it would take too much memory or is not known."""
    outputs, inputs = sizes(trace)
    m, n = sum(outputs), sum(inputs)
    entries = sum(np.size(value) for value in trace.value)
    if entries * n > MOST or is_nested(trace) or has_complex(trace):
        return None
    chance = np.random.default_rng(0)
    # Any numbers will do as long as no sum of them vanishes.
    values = [_generic(value, chance) for value in trace.value]
    reached: list[Any] = as_tangents(trace, np.eye(n))
    for k in range(trace.inputs, len(trace)):
        try:
            pattern = _pushed(trace, k, reached, values, n)
        except (ArithmeticError, ValueError, TypeError):
            return None
        reached.append(pattern * chance.uniform(1.0, 2.0, pattern.shape))
    found = np.zeros((m, n), dtype=bool)
    row = 0
    for line, size in zip(trace.outputs, outputs, strict=True):
        if type(line) is int:
            found[row : row + size] = np.reshape(spread(reached[line], trace.value[line]), (size, n)) != 0
        row += size
    return found


def _generic(value: Any, chance: np.random.Generator) -> Any:
    return chance.uniform(1.0, 2.0, np.shape(value)) if isinstance(value, np.ndarray) else float(chance.uniform(1, 2))


def _pushed(trace: Trace, k: int, reached: list[Any], values: list[Any], n: int) -> Mask:
    """What line k depends on, shape (*value.shape, n)."""
    row, value = ROWS[trace.operation[k] >> 3], trace.value[k]
    shape = (*np.shape(value), n)
    first, second = trace.first[k], trace.second[k]
    if isinstance(row, Elementwise):
        return _any([np.asarray(spread(reached[ref], trace.value[ref])) for ref in _refs(trace, k)], shape)
    if isinstance(row, Leaf) and row.name not in MOVING:
        whole = [np.reshape(reached[ref], (-1, n)).any(axis=0) for ref in first if type(ref) is int]
        return _any(whole, shape)
    moved = rules("push", FLOAT)[trace.operation[k]](reached, values, first, second, k)
    return np.zeros(shape, dtype=bool) if moved is ZERO else np.asarray(spread(moved, value) != 0)


def _refs(trace: Trace, k: int) -> list[int]:
    """The operands of an elementwise line that are lines."""
    first, second, mask = trace.first[k], trace.second[k], trace.operation[k] & 3
    if isinstance(first, tuple):
        return [ref for ref in first if type(ref) is int]
    return [ref for at, ref in enumerate((first, second)) if mask >> at & 1]


def _any(patterns: list[Any], shape: tuple[int, ...]) -> Mask:
    found = np.zeros(shape, dtype=bool)
    for pattern in patterns:
        axes = len(shape) - pattern.ndim
        found |= np.reshape(pattern, (1,) * axes + pattern.shape) != 0
    return found


def grouped(pattern: Mask) -> list[list[int]]:
    """Columns of a pattern, shape (m, n), in groups of which no two share a row (Curtis, Powell and Reid 1974).

    Columns without any entry are in the first group.
    """
    groups: list[list[int]] = []
    taken: list[Mask] = []
    for column in np.argsort(-pattern.sum(axis=0), kind="stable").tolist():
        rows = pattern[:, column]
        place = next((k for k, mask in enumerate(taken) if not np.any(mask & rows)), len(groups))
        if place == len(groups):
            groups.append([])
            taken.append(np.zeros(pattern.shape[0], dtype=bool))
        groups[place].append(column)
        taken[place] = taken[place] | rows
    return groups
