"""The bridge between what a function takes or returns and a flat vector of numbers.

A user's argument is a float, an array, or a nest of tuples, lists and dicts of them. Every method
and every verdict speaks of a flat vector of entries; `Packing` turns one into the other and knows
what each entry is called.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.complaint import Complaint

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One float or one array inside a nest: what it is called and what it looks like."""

    label: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any] | None  # None: a plain Python float

    @property
    def size(self) -> int:
        """How many entries of the flat vector it takes."""
        return int(np.prod(self.shape, dtype=int))


@dataclass(frozen=True, slots=True)
class Packing:
    """How a nest of floats and arrays maps to a flat float64 vector of `size` entries."""

    leaves: tuple[Leaf, ...]
    template: Any

    @classmethod
    def of(cls, value: Any, label: str = "x") -> Packing:
        """Learn the structure of `value`; `label` names it in entries such as ``x[2]``.

        A dict of parameters is packed with ``label=""``: its keys become the labels.

        Raises `Complaint` where a leaf is not a real number or an array of them.
        """
        return cls(tuple(Leaf(name, np.shape(leaf), _dtype(leaf, name)) for name, leaf in _walk(value, label)), value)

    @property
    def size(self) -> int:
        """The length of the flat vector."""
        return sum(leaf.size for leaf in self.leaves)

    @property
    def names(self) -> tuple[str, ...]:
        """What each entry is called: ``x``, ``x[2]``, ``W[0,3]``, ``w["bias"][0]``."""
        return tuple(entry for leaf in self.leaves for entry in _entries(leaf))

    def pack(self, value: Any) -> Vector:
        """Flatten a nest of this structure into a new float64 vector, shape (size,)."""
        parts = [np.asarray(leaf, dtype=float).ravel() for _, leaf in _walk(value, "")]
        return np.concatenate(parts) if parts else np.zeros(0)

    def unpack(self, vector: Vector) -> Any:
        """Build a fresh nest, of the original types, from a flat vector of shape (size,)."""
        leaves = []
        start = 0
        for leaf in self.leaves:
            piece = vector[start : start + leaf.size]
            start += leaf.size
            leaves.append(float(piece[0]) if leaf.dtype is None else _shaped(piece, leaf))
        return self.rebuild(leaves)

    def rebuild(self, leaves: list[Any]) -> Any:
        """Put `leaves`, one object each, where the template has its leaves."""
        queue = iter(leaves)
        return _map(lambda _leaf: next(queue), self.template)


def leaves_of(value: Any) -> list[Any]:
    """List the floats and arrays of a nest, in the order of the flat vector."""
    if not issubclass(type(value), dict | tuple | list):
        return [value]
    return [leaf for _, leaf in _walk(value, "")]


def _shaped(piece: Vector, leaf: Leaf) -> Any:
    return piece.astype(leaf.dtype).reshape(leaf.shape)


def _walk(value: Any, label: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, f"{label}[{json.dumps(str(key))}]" if label else str(key))
    elif isinstance(value, tuple | list):
        for position, inner in enumerate(value):
            yield from _walk(inner, f"{label}[{position}]")
    else:
        yield label, value


def _map(change: Callable[[Any], Any], value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _map(change, inner) for key, inner in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(_map(change, inner) for inner in value))
    if isinstance(value, tuple | list):
        return type(value)(_map(change, inner) for inner in value)
    return change(value)


def _dtype(leaf: Any, name: str) -> np.dtype[Any] | None:
    if isinstance(leaf, np.ndarray | np.generic):
        if leaf.dtype.kind in "fiub":
            return leaf.dtype if leaf.dtype.kind == "f" else np.dtype(float)
    elif isinstance(leaf, float | int):
        return None
    raise Complaint(
        f"{name or 'the value'} is {_article(leaf)}, not a real number or an array of them",
        code="GC203",
        kind="not-real",
        remedy="use floats, arrays of floats, or tuples and dicts of them",
    )


def _article(leaf: Any) -> str:
    if leaf is None:
        return "None"
    if isinstance(leaf, np.ndarray):
        return f"an array of dtype {leaf.dtype}"
    kind = type(leaf).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _entries(leaf: Leaf) -> Iterator[str]:
    if leaf.shape == ():
        yield leaf.label
        return
    for index in np.ndindex(*leaf.shape):
        yield f"{leaf.label}[{','.join(map(str, index))}]"
