"""Ways to put the right numbers in the wrong places: transposed, reversed, shifted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from gradcheck_tool.methods.estimate import Matrix

MATRIX_ENTRY = re.compile(r"(.*)\[(\d+),(\d+)\]")
FAR = 64  # groups longer than this are only tried with short shifts


def rearrangements(yours: Matrix, names: Sequence[str]) -> Iterator[tuple[str, str, Matrix]]:
    """(code, words, moved matrix) for every simple way to move the entries of `yours`, shape (m, n).

    `names` are the n inputs; entries move within one parameter (``x``, ``W``) or between outputs.
    """
    m, n = yours.shape
    if m == n > 1:
        yield "GC107", "transposed", yours.T
    groups = _parameters(names) if names else {"the inputs": list(range(n))}
    for label, columns in groups.items():
        flipped = _transposed([names[column] for column in columns] if names else [])
        if flipped:
            yield "GC107", f"with {label} transposed", _moved(yours, columns, flipped)
    for label, columns in groups.items():
        for words, order in _orders(len(columns)):
            yield "GC108", f"{words} along {label}", _moved(yours, columns, order)
    for words, order in _orders(m):
        yield "GC108", f"{words} along the outputs", yours[order, :]


def _parameters(names: Sequence[str]) -> dict[str, list[int]]:
    """Columns by the parameter they belong to: the name without its last index."""
    groups: dict[str, list[int]] = {}
    for column, name in enumerate(names):
        groups.setdefault(name.rpartition("[")[0] or "the inputs", []).append(column)
    return groups


def _moved(yours: Matrix, columns: list[int], order: list[int]) -> Matrix:
    moved = yours.copy()
    moved[:, columns] = yours[:, np.array(columns)[order]]
    return moved


def _orders(count: int) -> Iterator[tuple[str, list[int]]]:
    """Reversed, then shifted by 1, -1, 2 ..."""
    if count < 2:
        return
    places = list(range(count))
    yield "in reverse order", places[::-1]
    reach = count // 2 if count <= FAR else 3
    for distance in range(1, reach + 1):
        for shift in (distance, -distance):
            yield f"shifted by {shift}", [(place - shift) % count for place in places]


def _transposed(names: list[str]) -> list[int]:
    """For the entries of one square matrix: the place of the mirrored entry of each; else empty."""
    found = [MATRIX_ENTRY.fullmatch(name) for name in names]
    places = {(int(match[2]), int(match[3])): place for place, match in enumerate(found) if match}
    mirrored = [places.get((int(match[3]), int(match[2])), -1) for match in found if match]
    return mirrored if names and len(mirrored) == len(names) and -1 not in mirrored else []
