"""Everything judgement is told about one function at one point: numbers in, no user code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.points import Story
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix, Remark
from gradcheck_tool.methods.formula import Formula
from gradcheck_tool.methods.iterations import Lag
from gradcheck_tool.walks.margins import GuardAtPoint

__all__ = ["Case", "GuardAtPoint", "entry_name"]

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One derivative to be judged.

    Attributes
    ----------
    name, yours_name
        The function and what is under test: ``waves`` and ``waves_grad``, or ``AD``.
    row_names, column_names
        The m outputs (``f``, ``f[5]``) and the n inputs (``x[2]``, ``w["bias"][0]``).
    yours
        The hand-written derivative, shape (m, n); None: reverse (else forward) mode is under test.
    answers
        What every other method said.
    guards
        Decisions of the recorded run, those at or near equality being the ones that matter.
    noise
        Shape (m,): the rounding noise of each output, in its units; None where unknown.
    rtol
        Rounding allowed to yours, relative, per entry. There is no absolute floor.
    where, again
        ``path:line`` of the derivative under test and the command that repeats the check.
    scale
        Shape (m, n): the natural size of each entry, max over trace lines k of
        ``abs(adjoint_k * value_k / x_j)``: what a derivative of exactly 0 is measured against.
    trace_verified
        The recorded run gave the plain run's value and one random directional difference agreed
        with it: what reads the trace is then evidence about the real code.
    behaviour
        How f and yours behave as functions: remarks ``random``, ``mutates``, ``unstable``, ``stale``
        (those on `yours` itself are read as well).
    x
        Shape (n,): the point, for patterns such as ``AD - yours = 0.1 * w``.
    lag
        An iteration inside f that was stopped while it still moved; None where there is none.
    formula
        How the exact run of yours compares with the exact derivative; None where there was none.
    stories
        What explains the wrong entries at several points; None where only this point could be looked at.
    """

    name: str
    yours_name: str
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    yours: Estimate | None
    answers: tuple[Answer, ...]
    guards: tuple[GuardAtPoint, ...] = ()
    noise: Vector | None = None
    rtol: float = 5e-7
    order: int = 1
    where: str = ""
    again: str = ""
    scale: Matrix | None = None
    trace_verified: bool = False
    x: Vector | None = None
    behaviour: tuple[Remark, ...] = ()
    formula: Formula | None = None
    lag: Lag | None = None
    stories: tuple[Story, ...] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Outputs by inputs; for second order inputs by inputs."""
        columns = len(self.column_names)
        return (columns, columns) if self.order == 2 else (len(self.row_names), columns)

    @property
    def estimates(self) -> dict[str, Estimate]:
        """The answers that carry numbers of the right shape, by method."""
        numbers = [answer for answer in self.answers if isinstance(answer, Estimate)]
        return {estimate.method: estimate for estimate in numbers if estimate.jacobian.shape == self.shape}

    @property
    def declined(self) -> tuple[Declined, ...]:
        """The methods that had no answer."""
        return tuple(answer for answer in self.answers if isinstance(answer, Declined))

    @property
    def tested(self) -> Estimate | None:
        """What is under test: yours, else reverse, else forward mode."""
        if self.yours is not None:
            return self.yours
        known = self.estimates
        return next((known[method] for method in ("reverse", "forward", "symbolic") if method in known), None)

    @property
    def label(self) -> str:
        """How a sentence calls the value under test: ``yours``, or ``AD``."""
        return "yours" if self.yours is not None else "AD"

    def entry_name(self, row: int, column: int) -> str:
        """What the report calls one entry, such as ``df/dx[2]``."""
        if self.order == 2:
            return entry_name(self.row_names[0], self.column_names[row], 2, self.column_names[column])
        return entry_name(self.row_names[row], self.column_names[column])


def entry_name(row: str, column: str, order: int = 1, second: str | None = None) -> str:
    """Name one entry of a derivative in plain ASCII, the same in terminal, JSON and grep.

    ``df/dx[2]``, ``df[5]/dW[0,3]``, ``df["loss"]/dx``; for second order ``d2f/dx[0]dx[1]``.
    """
    if order == 2:
        return f"d2{row}/d{column}d{column if second is None else second}"
    return f"d{row}/d{column}"
