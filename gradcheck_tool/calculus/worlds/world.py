"""A world: the number system in which a walk reads the rows.

A row's text says ``cos(x)``. What `cos` means, what a number is, and how a product with a partial is
formed is the world's business; the walks and the tables know nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.floats import ARRAY, SCALAR


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One number system.

    Attributes
    ----------
    name
        Part of the key under which compiled rules are kept.
    scalar, array
        What the words of a row's text mean for scalar lines and for array lines.
    number
        Turns a recorded value (or constant) of a line into a number of this world.
    times
        Forms ``adjoint * partial``. None: by ``*`` in the compiled text, which is faster.
    values, pulls
        What takes the place of a leaf's own ``evaluate(operands, detail)`` and ``pull``, by the name of the row,
        where those end in a library for floats.
    """

    name: str
    scalar: dict[str, Any]
    array: dict[str, Any]
    number: Callable[[Any], Any]
    times: Callable[[Any, Any], Any] | None = None
    values: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    pulls: Mapping[str, Callable[..., list[Any]]] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """A recorded value as the walks want it: arrays as they are, NumPy scalars as Python floats."""
    if type(value) is np.ndarray:
        return value
    return np.complex128(value) if isinstance(value, complex) else float(value)


def _numpy(value: Any) -> Any:
    """A value whose division by zero is infinite, as NumPy's is, rather than an exception, as Python's is."""
    if type(value) is np.ndarray:
        return value
    return np.complex128(value) if isinstance(value, complex) else np.float64(value)


def _guarded(factor: Any, partial: Any) -> Any:
    """``factor * partial`` where an exactly zero factor beats an infinite or undefined partial."""
    if type(factor) is np.ndarray or type(partial) is np.ndarray:
        return np.where(factor == 0, 0.0, factor * partial)
    return 0.0 if factor == 0 else factor * partial


def _magnitude(factor: Any, partial: Any) -> Any:
    """The size of a product: what rounding is proportional to."""
    return np.where(np.asarray(factor) == 0, 0.0, np.abs(factor) * np.abs(partial))


FLOAT = World("float", SCALAR, ARRAY, plain)
# The same numbers, never raising: used again for a walk in which a partial raised or was not finite.
CAREFUL = World("careful", ARRAY, ARRAY, _numpy, _guarded)
# Numbers that are themselves being recorded: every word must be one that NumPy's protocols dispatch.
NESTED = World("nested", ARRAY, ARRAY, lambda value: value)
# Pushing absolute tangents here adds up the sizes of all terms instead of the terms.
MAGNITUDE = World("magnitude", ARRAY, ARRAY, plain, _magnitude)
