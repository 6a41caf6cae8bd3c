"""Rows of more than two operands: the same texts, read by functions of all operands instead of compiled in place.

Such a line keeps its operands in the first column, line numbers and `Constant` mixed, as structural lines do. Its
partials are asked for only where the operand is a line.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.pulls import accumulate
from gradcheck_tool.calculus.worlds.world import World
from gradcheck_tool.complaint import CannotFollow

Rule = Callable[..., Any]
WIDE = 2  # rows of more operands than this are wide


def unknown_partial(row: Elementwise, position: int, where: str = "") -> CannotFollow:
    """The refusal of a derivative that the table does not know."""
    name = row.spellings[0] if row.spellings else row.name
    return CannotFollow(
        f"the derivative of {name} with respect to {row.operands[position].rstrip('_')} is not known here",
        where=where,
        remedy="keep that argument constant, or write the derivative by hand and check it with differences",
    )


def wide_evaluate(row: Elementwise, world: World) -> Rule:
    """The value."""
    value = _function(row, row.value, world)

    def evaluate(v: Any, i: Any, j: Any) -> Any:  # noqa: ARG001 - rules share one signature
        return value(*_numbers(v, i, world), None)

    return evaluate


def wide_pull(row: Elementwise, world: World) -> Rule:
    """What the line adds to the adjoints of its operands."""
    terms, times = _terms(row, world), world.times or operator.mul

    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:  # noqa: ARG001, PLR0913, PLR0917 - one signature
        for ref, partial in terms(v, i, k):
            accumulate(adj, own, ref, times(g, partial), v[ref])

    return pull


def wide_push(row: Elementwise, world: World, lifted: Callable[[Any], Any], spread: Callable[[Any, Any], Any]) -> Rule:
    """The tangent."""
    terms, times = _terms(row, world), world.times or operator.mul

    def push(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:  # noqa: ARG001 - rules share one signature
        total = sum(times(t[ref], lifted(partial)) for ref, partial in terms(v, i, k))
        return spread(total, v[k]) if getattr(v[k], "shape", ()) or getattr(total, "shape", ()) else total

    return push


def _numbers(v: Any, first: tuple[Any, ...], world: World) -> list[Any]:
    number = world.number if world.times else lambda value: value
    return [v[ref] if type(ref) is int else number(ref.value) for ref in first]


def _function(row: Elementwise, text: str, world: World) -> Callable[..., Any]:
    """A text as a function of the operands and the result, in the words of arrays."""
    found: Callable[..., Any] = eval(f"lambda {', '.join(row.operands)}, y: {text}", dict(world.array))  # noqa: S307 - our own table
    return found


def _terms(row: Elementwise, world: World) -> Callable[..., Iterator[tuple[int, Any]]]:
    """The lines a wide line depends on, each with its partial derivative."""
    partials = [None if text == "-" else _function(row, text, world) for text in row.partials]

    def terms(v: Any, first: tuple[Any, ...], k: int) -> Iterator[tuple[int, Any]]:
        numbers = _numbers(v, first, world)
        for position, (ref, partial) in enumerate(zip(first, partials, strict=True)):
            if type(ref) is int:
                if partial is None:
                    raise unknown_partial(row, position)
                yield ref, partial(*numbers, v[k])

    return terms
