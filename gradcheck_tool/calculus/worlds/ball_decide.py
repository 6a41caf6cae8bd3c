"""What a ball can say about the sign of its number, and the state of not knowing it."""

from __future__ import annotations

from typing import Any


class Undecided(ArithmeticError):  # noqa: N818 - a state of knowledge, not a mistake
    """A comparison whose answer the balls do not hold."""


def sign(ball: Any) -> int:
    """-1, 0 or 1; raises `Undecided` where the ball contains 0 and more."""
    if ball.is_zero():
        return 0
    if not ball.is_finite() or ball.contains(0):
        raise Undecided("a comparison is closer than the balls can tell")
    return 1 if ball > 0 else -1
