"""How the error of differences depends on the step, measured beside automatic differentiation."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gradcheck_tool.examine.derivative import examine
from gradcheck_tool.examine.names import place_of
from gradcheck_tool.examine.recording import Recorded, problem_at, record_run
from gradcheck_tool.judgement.case import entry_name
from gradcheck_tool.judgement.curve import fit, sentence
from gradcheck_tool.judgement.law import Law, Sample, law
from gradcheck_tool.judgement.record import Curve
from gradcheck_tool.methods.automatic import reverse
from gradcheck_tool.methods.differences import differences
from gradcheck_tool.methods.ecnoise import ecnoise
from gradcheck_tool.methods.estimate import Estimate
from gradcheck_tool.methods.stencils import BY_NAME, Stencil, curve_points
from gradcheck_tool.report.record import Result
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Problem, Subject, Vector

STENCILS = ("forward", "central")
JUDGES = ("forward", "reverse", "differences")  # enough for a verdict beside the curve
DECADES, PER_DECADE = 16, 8
SMALLEST_SCALE = 1e-3  # the length along which noise is looked for where the input is near 0


@dataclass(frozen=True, slots=True)
class Reference:
    """What a curve is held against: the derivative, its relative accuracy, and the noise of f."""

    slope: float
    accuracy: float
    noise: float


def draw(subject: Subject, point: Point, settings: Settings) -> Result:
    """Measure forward and central differences at the steps 1e-1 .. 1e-16 and fit both sides of each V.

    Raises `Complaint` where the function cannot be run or has no entry of the name that was asked for.
    """
    result = examine(subject, point, replace(settings, against=JUDGES), 1)
    problem = problem_at(subject, point)
    entry, row, column = _chosen(subject, problem, settings.entry)
    reference = _reference(problem, row, column)
    along = _along(problem, column)
    steps = _steps(settings.step)

    def measured(stencil: Stencil) -> Curve:
        values = curve_points(stencil, lambda move: float(along(move)[row]), steps).tolist()
        constants = float(stencil.rounding), float(stencil.truncation)
        shape = stencil.name, entry, stencil.order
        return fit(*shape, *constants, steps, values, reference.slope, reference.noise, settings.step)

    curves = tuple(measured(BY_NAME[name]) for name in STENCILS)
    told = _law(curves, reference.slope).sentence
    curves = tuple(replace(each, law=told) for each in curves)
    return replace(
        result,
        curves=curves,
        reason=sentence(*curves) or f"the best steps for {entry}",
        where=subject.where,
        noise=reference.noise,
        confirmed=reference.accuracy,
    )


def _law(curves: tuple[Curve, ...], slope: float) -> Law:
    """The law of the central errors, with what the forward quotients add about the two sides."""
    ahead, central = curves
    samples = [
        Sample(step, error, floor, abs(first - second))
        for step, error, floor, first, second in zip(
            central.steps, central.errors, ahead.floor, ahead.values, central.values, strict=True
        )
    ]
    return law(samples, abs(slope))


def _steps(marked: float | None) -> list[float]:
    steps = {10.0 ** (-k / PER_DECADE) for k in range(PER_DECADE, DECADES * PER_DECADE + 1)}
    return sorted(steps if marked is None else {*steps, marked}, reverse=True)


def _chosen(subject: Subject, problem: Problem, entry: str | None) -> tuple[str, int, int]:
    """The entry a curve is drawn of: its name, its row and its column."""
    names = tuple(entry_name(row, column) for row in problem.outputs.names for column in problem.inputs.names)
    place = place_of(entry, names, "entry", subject)
    return names[place], *divmod(place, problem.inputs.size)


def _along(problem: Problem, column: int) -> Callable[[float], Vector]:
    """The outputs when one input is moved."""

    def moved(move: float) -> Vector:
        x = problem.x.copy()
        x[column] += move
        return problem.evaluate(x)

    return moved


def _reference(problem: Problem, row: int, column: int) -> Reference:
    """By exact arithmetic, else reverse mode, or where the run cannot be recorded by differences and measured noise."""
    from gradcheck_tool.methods.exact import exact  # noqa: PLC0415 - a check without a curve does not pay for it

    recording = record_run(problem)
    if isinstance(recording, Recorded):
        proven = exact(recording.trace)
        answer = proven if isinstance(proven, Estimate) else reverse(recording.trace, recording.survey.bound)
        noise = float(recording.survey.noise[row])
    else:
        answer = differences(problem, None)
        scale = max(abs(float(problem.x[column])), SMALLEST_SCALE)
        noise = float(ecnoise(_along(problem, column), scale)[row])
    if not isinstance(answer, Estimate):
        return Reference(math.nan, math.inf, noise)
    slope, bound = float(answer.jacobian[row, column]), float(answer.bound[row, column])
    with np.errstate(all="ignore"):
        return Reference(slope, bound / abs(slope) if slope else math.inf, noise)
