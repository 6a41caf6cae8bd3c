"""Points where a function has two slopes: what was measured on either side, and where yours lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from gradcheck_tool.methods.estimate import Remark

Place = Literal["left", "right", "between", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class Slopes:
    """The one-sided derivatives of one output along one input, each with its bar."""

    left: float
    left_bar: float
    right: float
    right_bar: float

    @property
    def known(self) -> bool:
        """Whether both sides were measured."""
        return all(map(math.isfinite, (self.left, self.left_bar, self.right, self.right_bar)))

    @property
    def removable(self) -> bool:
        """Both sides have the same slope as far as the bars can tell: f is smooth here, only its code branches."""
        return self.known and abs(self.left - self.right) <= self.left_bar + self.right_bar

    @property
    def common(self) -> tuple[float, float]:
        """The one slope of a removable kink, and a bar that covers both sides."""
        bar = max(self.left_bar, self.right_bar) + abs(self.left - self.right) / 2
        return self.left + (self.right - self.left) / 2, bar

    def place(self, value: float, rtol: float) -> Place:
        """Where `value` lies: on one of the slopes, between them (a valid choice), or outside (wrong)."""
        if not self.known:
            return "unknown"
        if not math.isfinite(value):
            return "outside"
        near = max(self.left_bar, self.right_bar) + rtol * max(abs(value), abs(self.left), abs(self.right))
        if abs(value - self.left) <= near:
            return "left"
        if abs(value - self.right) <= near:
            return "right"
        return "between" if min(self.left, self.right) < value < max(self.left, self.right) else "outside"


UNKNOWN = Slopes(*[math.nan] * 4)


def slopes_of(remarks: tuple[Remark, ...]) -> Slopes | None:
    """The one-sided slopes among the remarks about one entry; None where nobody saw a kink."""
    for remark in remarks:
        if remark.kind == "kink":
            return Slopes(remark.left, remark.left_bar, remark.right, remark.right_bar)
    return None


def sentence(place: Place, who: str) -> str:
    """Say where the value under test lies, as the report does."""
    return {
        "left": f"{who} is the left slope",
        "right": f"{who} is the right slope",
        "between": f"{who} lies between its slopes",
        "outside": f"{who} lies outside its slopes",
        "unknown": f"the slopes beside it were not measured, {who} cannot be placed",
    }[place]
