"""The user's derivative against the exact one: right formula, right formula in an unstable spelling, or wrong.

Both runs are recorded and walked in balls. This is done at every check of a first derivative that can be recorded
and is not too long, also where nobody asked for exact arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from gradcheck_tool.examine.recording import Recorded, Recording
from gradcheck_tool.methods.cost import exact_cost
from gradcheck_tool.methods.enclosing import ENOUGH, MOST_BITS
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix
from gradcheck_tool.methods.exact import exact
from gradcheck_tool.methods.exact_handwritten import GradientRun, constants_slack, exact_handwritten, recorded_run
from gradcheck_tool.methods.formula import Formula, Loss
from gradcheck_tool.methods.iterations import coarse_constants, iteration, single_precision
from gradcheck_tool.methods.losing import losing_line
from gradcheck_tool.subject import Handwritten, Problem
from gradcheck_tool.tracing import Trace

AFFORDABLE = 30_000  # operations on balls that a check may spend without being asked: some 50 ms
CHEAP = 5_000  # operations whose precision may be doubled as often as for those who ask
FEWER_BITS = 1024
GROSS = 1e-6  # of the natural size: beyond this no rounding of constants explains a gap
ROUNDED = 16 * 2.0**-53  # relative: so far apart rounded constants leave two spellings of most formulas
UNSTABLE = 1e-9  # relative error of the user's numbers from which on the line that lost the digits is looked for
FEW_LOSSES = 3


@dataclass(frozen=True, slots=True)
class Exactness:
    """The answers of exact arithmetic, and how they are to be read; empty where it had none."""

    answers: tuple[Answer, ...] = ()
    formula: Formula | None = None


def exactness(  # noqa: PLR0911 - one way out for each thing that exact arithmetic needs and does not get
    problem: Problem,
    recording: Recording,
    mine: Handwritten | None,
    yours: Answer | None,
    answers: tuple[Answer, ...],
) -> Exactness:
    """Add the exact derivative of f and what the user's formula gives without rounding to the first `answers`.

    The bar of the latter includes what the rounding of constants can explain. Methods that cannot answer here, where
    nobody asked them, are silent.
    """
    if mine is None or not isinstance(yours, Estimate) or not isinstance(recording, Recorded):
        return Exactness()
    scale = _usable(recording.survey.scale)
    if yours.jacobian.shape != scale.shape:
        return Exactness()
    asked = next((answer for answer in answers if answer.method == "exact"), None)
    cost = exact_cost(recording.trace, adjoints=scale.shape[0])
    if cost > AFFORDABLE and asked is None:
        return Exactness()
    most = MOST_BITS if asked is not None or cost <= CHEAP else FEWER_BITS
    right = exact(recording.trace, scale, most) if asked is None else asked
    if isinstance(right, Declined):
        return Exactness()
    first = (right,) if asked is None else ()
    run = recorded_run(problem, mine)
    if isinstance(run, Declined) or exact_cost(run.trace) > AFFORDABLE:
        return Exactness(first)
    given, run = exact_handwritten(run, scale, most)
    if isinstance(given, Declined):
        return Exactness(first)
    given, parted = _with_slack(right, given, recording.trace, run, scale)
    formula = _formula(recording.trace, run, yours, given, parted=parted)
    if not parted and any(
        isinstance(each, Estimate) and each.method == "symbolic" and each.formula for each in answers
    ):
        from gradcheck_tool.methods.symbolic_identity import identical  # noqa: PLC0415 - who asks for SymPy pays for it

        formula = replace(formula, identical=identical(problem, recording.trace, run.trace, run.places))
    return Exactness((*first, given), formula)


def _has_formula(answers: tuple[Answer, ...]) -> bool:
    """Whether SymPy was asked, and found the derivative short enough to be written out."""
    return any(isinstance(each, Estimate) and each.method == "symbolic" and each.formula != "" for each in answers)


def _usable(scale: Matrix) -> Matrix:
    return np.where(np.isfinite(scale), scale, 0.0)


def _with_slack(
    right: Estimate, given: Estimate, function: Trace, run: GradientRun, scale: Matrix
) -> tuple[Estimate, bool]:
    """Widen the bar where the two part by little; whether any entry is apart even so."""
    gap = np.abs(right.jacobian - given.jacobian)
    size = np.maximum(np.maximum(np.abs(right.jacobian), np.abs(given.jacobian)), scale * 2.0**-ENOUGH)
    # A constant and the same number computed are doubles a few units apart: the usual case, told without measuring.
    given = replace(given, bound=given.bound + np.where(gap <= ROUNDED * size, gap, 0.0))
    near = (gap > right.bound + given.bound) & (gap <= GROSS * np.maximum(size, scale))
    if np.any(near):
        given = replace(given, bound=given.bound + np.where(near, constants_slack(function, run, scale), 0.0))
    return given, bool(np.any(gap > right.bound + given.bound))


def _formula(function: Trace, run: GradientRun, yours: Estimate, given: Estimate, *, parted: bool) -> Formula:
    single = tuple(who for who, trace in (("f", function), ("yours", run.trace)) if single_precision(trace))
    return Formula(_doubt(function, run) if parted else "", single, _losses(run, yours, given))


def _doubt(function: Trace, run: GradientRun) -> str:
    """Why two exact runs may differ by little although the formula is right."""
    for who, trace in (("f", function), ("yours", run.trace)):
        where = iteration(trace)
        if where:
            return f"{who} iterates ({where}), and its recorded derivative is that of the steps it made"
        if coarse_constants(trace):
            return f"{who} has constants of single precision"
    return ""


def _losses(run: GradientRun, yours: Estimate, given: Estimate) -> tuple[Loss, ...]:
    """The lines that lose the digits of the entries that are rounded worst."""
    with np.errstate(all="ignore"):
        lost = np.abs(yours.jacobian - given.jacobian) / np.abs(given.jacobian)
    lost = np.where(np.isfinite(yours.jacobian) & (given.jacobian != 0), lost, 0.0)
    found = []
    for at in np.argsort(-lost, axis=None)[:FEW_LOSSES]:
        row, column = (int(place) for place in np.unravel_index(at, lost.shape))
        loss = losing_line(run, row, column) if lost[row, column] > UNSTABLE else None
        found += [] if loss is None else [loss]
    return tuple(found)
