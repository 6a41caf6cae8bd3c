"""What all methods say about one entry, and which number yours is held against."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.judgement.case import Case, GuardAtPoint
from gradcheck_tool.judgement.kinks import UNKNOWN, Slopes, slopes_of
from gradcheck_tool.methods.estimate import Estimate, Remark
from gradcheck_tool.methods.formula import Formula
from gradcheck_tool.methods.iterations import Lag

Mask = NDArray[np.bool_]
UNIT = 2.0**-53
PRECISE = ("exact", "symbolic", "complex-step", "reverse", "forward")
ILL_CONDITIONED = 0.05  # a bound beyond this share of the value says nothing about its digits
SETTLED = 2.0**-60  # of the natural scale: an exact derivative this close to 0 is 0
MANY = 20_000  # entries of a Jacobian beyond which plain zeros are counted only
SHOWN = 1e-6  # a verdict "agree" promises that a relative error of this size would have been seen


@dataclass(frozen=True, slots=True)
class Reading:
    """One method's number at one entry, with its bar (infinite where it cannot tell, or had no answer at all)."""

    method: str
    value: float
    bar: float

    answered: bool = True

    @property
    def usable(self) -> bool:
        """Finite with a finite bar."""
        return math.isfinite(self.value) and math.isfinite(self.bar)

    @property
    def well_conditioned(self) -> bool:
        """Precise enough to be a reference: the bound is a small part of the value, or both are 0."""
        return self.usable and self.bar <= ILL_CONDITIONED * abs(self.value)

    def consistent(self, other: Reading) -> bool:
        """Whether both can be right at once; a value that is not finite is consistent with nothing."""
        rounding = 4 * UNIT * larger(self.value, other.value)
        return abs(self.value - other.value) <= self.bar + other.bar + rounding


@dataclass(frozen=True, slots=True)
class Evidence:
    """All readings at one entry. `yours` is the value under test."""

    row: int
    column: int
    name: str
    yours: float
    readings: tuple[Reading, ...]
    differences: Reading
    remarks: tuple[Remark, ...]
    kinks: tuple[GuardAtPoint, ...]  # decisions exactly at equality along this input
    margin: float  # distance to the nearest decision, in units in the last place of the input
    scale: float  # natural size of the entry; nan where unknown
    verified: bool  # what reads the trace is evidence about the real code
    tested: str  # the method under test
    order: int = 1
    lag: Lag | None = None  # an iteration inside f that was stopped early
    peak: float = 0.0  # the largest exact derivative of the same output
    formula: Formula | None = None  # how exact arithmetic compared the user's formula; None where it did not

    @property
    def slopes(self) -> Slopes | None:
        """One-sided slopes where a kink was seen or a decision sits at equality; None at ordinary entries."""
        seen = slopes_of(self.remarks)
        if seen is None and self.kinks and not self.differences.usable:
            return UNKNOWN
        return seen

    @property
    def others(self) -> tuple[Reading, ...]:
        """The readings that may be held against yours."""
        return tuple(each for each in self.readings if each.method not in (self.tested, "exact-handwritten"))

    @property
    def handwritten(self) -> bool:
        """Whether yours was written by hand, so that what reads the trace is independent of it."""
        return self.tested == "handwritten"

    @property
    def rounding(self) -> float:
        """What rounding alone may do to a formula like the recorded one: the running bound of AD; 0 where unknown."""
        bounds = [each.bar for each in self.readings if each.method in ("reverse", "forward") and each.usable]
        return max(bounds, default=0.0)

    @property
    def exact_pair(self) -> tuple[Reading, Reading] | None:
        """The exact derivative and what the user's formula gives without rounding.

        None where one of them is not known, or where differences deny the exact one: they run the real code.
        """
        right, mine = self.reading("exact"), self.reading("exact-handwritten")
        if right is None or mine is None or not (right.usable and mine.usable):
            return None
        known = right.well_conditioned or right.bar <= SETTLED * self.scale
        return (right, mine) if known and not self._denied(right) else None

    def _denied(self, right: Reading) -> bool:
        """Whether differences lie outside, also of what rounding inside of f may do to them.

        Those of a function in single precision miss by more than they know.
        """
        differences = self.differences
        if not differences.usable or replace(right, bar=right.bar + self.rounding).consistent(differences):
            return False
        coarse = self.formula is not None and "f" in self.formula.single
        return not coarse or abs(right.value - differences.value) > ILL_CONDITIONED * abs(right.value)

    def remark(self, *kinds: str) -> Remark | None:
        """The first remark of one of these kinds."""
        return next((remark for remark in self.remarks if remark.kind in kinds), None)

    def reading(self, *methods: str) -> Reading | None:
        """The first reading of one of these methods that carries a finite number."""
        found = {each.method: each for each in self.readings if math.isfinite(each.value)}
        return next((found[method] for method in methods if method in found), None)


def larger(first: float, second: float) -> float:
    """The larger of two magnitudes; nan where either is nan."""
    return math.nan if math.isnan(first) or math.isnan(second) else max(abs(first), abs(second))


def precise(evidence: Evidence) -> tuple[Reading, ...]:
    """The readings worth more than differences, best first: finite, well conditioned, smallest bound.

    At a derivative of 0 the natural scale takes the place of the value.
    """
    order = {method: place for place, method in enumerate(PRECISE)}
    zero = SHOWN * evidence.scale if math.isfinite(evidence.scale) else 0.0
    fit = [
        each
        for each in evidence.others
        if each.method in order and each.usable and (each.well_conditioned or each.bar <= zero)
    ]
    return tuple(sorted(fit, key=lambda each: (each.bar, order[each.method])))


def gather(case: Case) -> tuple[Evidence, ...]:
    """Collect what `case` holds about every entry, row by row."""
    known, tested, guards = case.estimates, case.tested, _guards_by_column(case)
    method = "handwritten" if case.yours is not None else "" if tested is None else tested.method
    collected = []
    for row, column in np.argwhere(~plain_zeros(case)).tolist():
        readings = tuple(_reading(estimate, row, column) for estimate in known.values())
        by_method = {each.method: each for each in readings}
        near = [guards[column]] + ([guards[row]] if case.order == 2 else [])
        evidence = Evidence(
            row=row,
            column=column,
            name=case.entry_name(row, column),
            yours=math.nan if tested is None else float(tested.jacobian[row, column]),
            readings=tuple(each for each in readings if each.method != "differences"),
            differences=by_method.get("differences") or Reading("differences", math.nan, math.inf, answered=False),
            remarks=_remarks(known.get("differences"), row, column),
            kinks=tuple(guard for kinks, _ in near for guard in kinks),
            margin=min(margin for _, margin in near),
            scale=math.nan if case.scale is None else float(case.scale[row, column]),
            verified=case.trace_verified or _seconded(by_method),
            tested=method,
            order=case.order,
            peak=_peak(known.get("exact"), row),
            formula=case.formula,
            lag=case.lag,
        )
        collected.append(evidence)
    return tuple(collected)


def plain_zeros(case: Case) -> Mask:
    """The entries of a large Jacobian that are 0 for everybody, shape (m, n), and are counted, not listed.

    Yours is exactly 0, what reads the recording says exactly 0 as well, and differences contain it.
    """
    tested, recorded = case.tested, case.estimates.get("reverse")
    zeros = np.zeros(case.shape, dtype=bool)
    if case.order == 2 or zeros.size <= MANY or min(case.shape) < 2 or tested is None or recorded is None:
        return zeros
    differences = case.estimates.get("differences")
    if differences is None or any(remark.column < 0 and remark.row < 0 for remark in differences.remarks):
        return zeros
    zeros = (tested.jacobian == 0) & (recorded.jacobian == 0) & (np.abs(differences.jacobian) <= differences.bound)
    for remark in differences.remarks:
        zeros[remark.row, remark.column] = False
    return np.asarray(zeros & np.isfinite(differences.bound))


def _peak(exact: Estimate | None, row: int) -> float:
    return 0.0 if exact is None else float(np.max(np.abs(exact.jacobian[row]), initial=0.0))


def _seconded(readings: dict[str, Reading]) -> bool:
    """Whether the complex step, which runs the real code, confirms what the trace says."""
    complex_step, recorded = readings.get("complex-step"), readings.get("reverse") or readings.get("forward")
    if complex_step is None or recorded is None or not (complex_step.well_conditioned and recorded.well_conditioned):
        return False
    return complex_step.consistent(recorded)


def _reading(estimate: Estimate, row: int, column: int) -> Reading:
    bar = abs(float(estimate.bound[row, column]))
    return Reading(estimate.method, float(estimate.jacobian[row, column]), math.inf if math.isnan(bar) else bar)


def _remarks(estimate: Estimate | None, row: int, column: int) -> tuple[Remark, ...]:
    """What differences remarked about this entry; a negative row or column means all of them."""
    if estimate is None:
        return ()
    return tuple(
        remark
        for remark in estimate.remarks
        if (remark.row < 0 or remark.row == row) and (remark.column < 0 or remark.column == column)
    )


def _guards_by_column(case: Case) -> list[tuple[tuple[GuardAtPoint, ...], float]]:
    """Per input: the decisions exactly at equality, and the nearest other one in ulps of that input."""
    found = []
    for column in range(len(case.column_names)):
        margins = [abs(float(guard.margin[column])) for guard in case.guards]
        ulp = math.nan if case.x is None else math.ulp(float(case.x[column]))
        nearest = min((margin / ulp for margin in margins if margin > 0), default=math.inf)
        kinks = tuple(guard for guard, margin in zip(case.guards, margins, strict=True) if margin == 0)
        found.append((kinks, nearest))
    return found
