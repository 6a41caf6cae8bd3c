"""What exact arithmetic says about a hand-written derivative besides its numbers: plain data for the judgement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """The line of the user's derivative where one entry loses its digits to rounding.

    `row`, `column`: the entry. `where`, `source`: ``path:line`` and its text. `lost`: decimal digits that line
    loses beyond what its operands had lost; `left`: the digits that are still right after it, at most 16.
    """

    row: int
    column: int
    where: str
    source: str
    lost: float
    left: float


@dataclass(frozen=True, slots=True)
class Formula:
    """How the comparison of the two exact runs, f's derivative and the user's, has to be read.

    `doubt` says why a small difference between them proves nothing (an inner iteration, single precision);
    `single` names who computes in less than double precision: ``f``, ``yours``. `losses` tells where unstable
    spellings lose their digits.
    `identical` says that SymPy found both to be one expression on this branch.
    """

    doubt: str = ""
    single: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    identical: bool = False
