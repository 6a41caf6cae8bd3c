"""The ledger of one run: every operation with its value, its tangent and its adjoint, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One operation of the run.

    `primal`, `tangent` and `adjoint` are the rules in names (``x1*x2``), the `_numbers` beside them
    the same with this run's numbers (``2*5``), empty where there is nothing to put in. Values are
    floats, or text such as ``array (3,)``. `source` is the user's line at `where`.
    """

    name: str
    where: str
    source: str
    primal: str
    primal_numbers: str
    value: float | str
    tangent: str
    tangent_numbers: str
    tangent_value: float | str
    adjoint: str
    adjoint_numbers: str
    adjoint_value: float | str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The evaluation trace of one function at one point.

    `derivatives` pairs entry names with values as text; `direction` is the input the tangent is
    taken along. Inputs come first in `rows`, with an empty `where`.
    """

    target: str
    name: str
    where: str
    point: str
    value: str
    derivatives: tuple[tuple[str, str], ...]
    direction: str
    rows: tuple[LedgerRow, ...]
