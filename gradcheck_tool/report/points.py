"""The point of a check in words: ``x = [1.5, 0.7, 2]``, or how many numbers where they are many."""

from __future__ import annotations

from collections.abc import Iterator

from gradcheck_tool.report.numbers import short
from gradcheck_tool.report.record import Result
from gradcheck_tool.report.words import one_line

MOST_NUMBERS = 6


def describe_point(result: Result) -> str:
    """The point as ``x1 = 2, x2 = 5``; a parameter of more than six numbers is only counted."""
    if result.point is None:
        return ""
    parts = [f"{one_line(name)} = {_value(value)}" for name, value in result.point.items()]
    seed = f", seed {result.seed}" if result.seed is not None and "numbers" in " ".join(parts) else ""
    return ", ".join(parts) + seed


def numbers_by_name(result: Result) -> dict[str, float]:
    """Every number of the point under the name its entries use: ``x[2]``, ``W[0,3]``."""
    return {
        name: leaf
        for parameter, value in (result.point or {}).items()
        for name, leaf in _leaves(value, parameter)
        if isinstance(leaf, float | int)
    }


def _value(value: object) -> str:
    count = sum(1 for _ in _leaves(value, ""))
    return f"{count} numbers" if count > MOST_NUMBERS else _short(value)


def _short(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {_short(inner)}' for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_short, value))}]"
    return one_line(short(value))


def _leaves(value: object, name: str, index: tuple[int, ...] = ()) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f'{name}["{key}"]')
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            yield from _leaves(inner, name, (*index, position))
    else:
        yield (f"{name}[{','.join(map(str, index))}]" if index else name), value
