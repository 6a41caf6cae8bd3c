"""The words judgement speaks in: entries, findings, verdicts, curves. Frozen, dumb, printable."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["agree", "wrong", "kink", "cannot-tell", "error"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the derivative, judged.

    `yours` is the value under test: the hand-written one, or, where there is none, the reverse
    (else forward) mode's, judged against differences and SymPy. `reference` is what it was held against and
    `bound` how far the truth may be from that reference; `tolerance` = bound + rounding allowed to
    yours, so that ``wrong`` means ``abs(yours - reference) > tolerance``. `values` holds every
    method's number by method name, `bars` every method's error bar.
    """

    name: str
    row: int
    column: int
    verdict: Outcome
    yours: float
    reference: float
    bound: float
    tolerance: float
    values: dict[str, float]
    bars: dict[str, float]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """An error put into one entry on purpose, and what the check said of it.

    `power` is the error above which the entry is said to be caught, `yours` its value without the error.
    """

    entry: str
    power: float
    yours: float
    error: float
    verdict: Outcome

    @property
    def caught(self) -> bool:
        """Whether the changed entry was called wrong."""
        return self.verdict == "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth telling: a stable code, a kind, a place, a sentence and a remedy."""

    code: str
    kind: str
    where: str
    message: str
    remedy: str = ""
    entry: str = ""
    data: tuple[tuple[str, str], ...] = ()  # keyed lines for the report, such as ("left slope", "0.1")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one function at one point."""

    outcome: Outcome
    reason: str
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    confirmed: float  # the smallest relative error that would have been seen in every entry; inf if none
    certified: int = 0  # digits to which exact arithmetic knows every entry; 0: it was not asked
    kappa: float = math.nan  # what rounding in f costs the derivative, in units of u; log10 are the digits lost

    @property
    def max_rel_error(self) -> float:
        """The largest relative distance of yours from the reference; nan where an entry is nan."""
        gaps = [relative_gap(entry.yours, entry.reference) for entry in self.entries]
        return float("nan") if any(map(math.isnan, gaps)) else max(gaps, default=0.0)


def relative_gap(first: float, second: float) -> float:
    """``abs(a - b) / max(abs(a), abs(b))``; 0 where both are 0, nan where either is nan."""
    if first == second:
        return 0.0
    if math.isnan(first) or math.isnan(second):
        return float("nan")
    larger = max(abs(first), abs(second))
    if larger == float("inf"):
        return float("inf")
    return abs(first - second) / larger


@dataclass(frozen=True, slots=True)
class Curve:
    """Error of one stencil against the step, with what theory predicts and what was measured.

    `steps` and `errors` are parallel, steps descending or ascending as measured. Slopes are nan
    where too few points lie in the regime. `floor` is the predicted rounding level K*eps_f/h at
    each step. `best_step`/`best_error` are where the two fitted lines meet.
    """

    method: str
    entry: str
    order: int
    steps: tuple[float, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    floor: tuple[float, ...]
    slope_rounding: float
    slope_truncation: float
    best_step: float
    best_error: float
    user_step: float = float("nan")
    user_error: float = float("nan")
    law: str = ""  # what the errors obey, in one sentence; the same for all curves of one entry
