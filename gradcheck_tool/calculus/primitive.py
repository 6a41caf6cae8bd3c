"""The shape of a row: what every table of derivative rules is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Elementwise:
    """One elementwise operation as text, in the operands and its result `y`.

    Attributes
    ----------
    name
        The field's name of the operation: ``mul``, ``tanh``, ``log1p``.
    operands
        Their names, ``("a", "b")``; the texts below use them.
    value
        The operation itself, for worlds that are not the user's own arithmetic.
    partials
        One text per operand. ``y`` is the result. Chosen for accuracy in floating point.
        The text ``-`` means: no such derivative is known, refuse by name.
    spellings
        Where users write it: ``math.tanh numpy.tanh operator.mul``.
    probe
        Where tests look: one (low, high) interval per operand.
    kink
        An expression whose zero is where the derivative jumps or the value does: ``x`` for abs,
        ``a - b`` for maximum. Empty for smooth operations.
    rounding
        The error of one evaluation in units of u = 2**-53 relative to the result: 1 for
        ``+ - * / sqrt`` (correctly rounded), 2 for the C library's functions.
    analytic
        Whether the complex step may pass through it.
    """

    name: str
    operands: tuple[str, ...]
    value: str
    partials: tuple[str, ...]
    spellings: tuple[str, ...]
    probe: tuple[tuple[float, float], ...]
    kink: str = ""
    rounding: float = 2.0
    analytic: bool = True


def elementwise(  # noqa: PLR0913 - a row has as many columns as the table
    name: str,
    operands: str,
    value: str,
    partials: tuple[str, ...],
    spellings: str,
    *,
    probe: tuple[float, float] | tuple[tuple[float, float], ...] = (0.3, 2.5),
    kink: str = "",
    rounding: float = 2.0,
    analytic: bool = True,
) -> Elementwise:
    """Write a row: operands and spellings are words in one string, one probe interval serves all operands."""
    names = tuple(operands.split())
    intervals: Any = probe if isinstance(probe[0], tuple) else (probe,) * len(names)
    return Elementwise(name, names, value, partials, tuple(spellings.split()), intervals, kink, rounding, analytic)


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """An operation that only moves, sums or repeats elements of one operand.

    It is its own push; its pull is another linear operation, so a pair of rows serves every mode
    and every world.

    Attributes
    ----------
    forward
        ``forward(x, detail, extra)``: x has the operand's shape, followed by `extra` (0 or 1) axes
        of directions that ride along.
    transpose
        ``transpose(detail) -> (name, detail)`` of the transposed operation.
    """

    name: str
    forward: Callable[[Any, Any, int], Any]
    transpose: Callable[[Any], tuple[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """An operation with rules of its own: contractions, assembling, linear algebra.

    ``evaluate(world, operands, detail)`` is the value;
    ``push(tangents, operands, value, detail)`` the tangent, with a trailing axis of directions (an
    operand's tangent is None where it is a constant);
    ``pull(world, adjoint, operands, value, detail, wanted)`` one adjoint per operand, None where
    `wanted` is False, written in operations that the world offers.
    """

    name: str
    evaluate: Callable[..., Any]
    push: Callable[..., Any]
    pull: Callable[..., Any]
    rounding: Callable[[tuple[Any, ...], Any], float] = lambda _operands, _detail: 2.0


Primitive = Elementwise | Linear | Leaf
