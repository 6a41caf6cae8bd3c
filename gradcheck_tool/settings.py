"""`Settings`: one request, however it was made: flags, then ``GRADCHECK_*`` variables, then these defaults."""

from __future__ import annotations

from dataclasses import dataclass

METHODS = ("forward", "reverse", "symbolic", "differences", "complex-step")
ON_REQUEST = ("exact",)
"""Methods that answer only where they are named."""


@dataclass(frozen=True)
class Settings:
    """What to check, where, and how strictly.

    Without slots, so that ``Settings.rtol`` is the default itself.

    Attributes
    ----------
    at
        The point as the user wrote it: JSON, or ``@file``; None lets the subject find one.
    points, seed
        How many random points where no point is given, and the seed that repeats them.
    order
        1 for first derivatives, 2 for second ones.
    against
        The methods the derivative is held against, a subset of `METHODS` and `ON_REQUEST`.
    rtol
        Rounding allowed to the user's derivative, relative, per entry.
    strict
        Whether a kink and "cannot tell" also fail the run.
    grad, hess
        Names of the hand-written gradient or Jacobian and Hessian; None: found by name.
    returns
        ``value`` or ``value-and-grad``: what the function returns.
    step
        The difference step whose error a curve marks.
    entry
        The entry a curve is drawn of, such as ``df/dx[2]``; None: the first.
    along
        The input a trace takes its tangent along; None: the first.
    max_memory
        How many bytes the record of one run may take; None: half of the machine's memory.
    full
        Differences along every input, however many there are.
    max_evals
        How often f may be run for one point; None: as often as it takes.
    prove
        Whether errors are put into the derivative on purpose, to show that they are caught.
    """

    at: str | None = None
    points: int = 3
    seed: int = 0
    order: int = 1
    against: tuple[str, ...] = METHODS
    rtol: float = 5e-07
    strict: bool = False
    grad: str | None = None
    hess: str | None = None
    returns: str = "value"
    step: float | None = None
    entry: str | None = None
    along: str | None = None
    max_memory: int | None = None
    full: bool = False
    max_evals: int | None = None
    prove: bool = False
