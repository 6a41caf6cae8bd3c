"""A `Subject` is a user's function with all that is known about it before anything is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Point:
    """Where to check: the differentiated parameters by name, and those passed on as they are.

    `values` holds floats, float arrays and nests of them, in the order of the signature.
    `fixed` holds every other argument that must be passed (counts, flags, tables).
    `origin` says in words where the point comes from: ``--at``, ``comment waves.py:3``,
    ``X0 in waves.py:7``, ``defaults of f``, ``random``. `seed` is set for random points only.
    """

    values: dict[str, Any]
    fixed: dict[str, Any]
    origin: str
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Handwritten:
    """A derivative the user wrote: what it is called, where it stands, how it was found."""

    name: str
    where: str
    origin: str  # "--grad", "found by name", "second result of f", "jac= argument"
    function: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A user's function, ready to be checked.

    `function` is the untouched callable and returns the value alone (where the user's f returns
    ``(value, gradient)`` it is wrapped and `gradient` is the other half). `where` is the
    ``path:line`` of its ``def``, the path as the user typed it.
    """

    target: str
    name: str
    where: str
    function: Callable[..., Any]
    gradient: Handwritten | None = None
    hessian: Handwritten | None = None
