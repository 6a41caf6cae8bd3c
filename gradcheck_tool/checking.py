"""The straight line through the house: from targets, or a function, to a report."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.examine import examine, failed, problem_at, record_run, worst
from gradcheck_tool.judgement.curve import fit, sentence
from gradcheck_tool.methods.automatic import reverse
from gradcheck_tool.methods.differences import differences
from gradcheck_tool.methods.ecnoise import ecnoise
from gradcheck_tool.methods.estimate import Estimate
from gradcheck_tool.methods.stencils import BY_NAME, curve_points
from gradcheck_tool.judgement.case import entry_name
from gradcheck_tool.report.record import Report, Result
from gradcheck_tool.settings import METHODS, Settings
from gradcheck_tool.subject import Point, Subject, describe, find, from_callable, point_from, points
from gradcheck_tool.walks import ledger as ledgers
from gradcheck_tool.walks.ledger import Ledger

CURVES = ("forward", "central")
_PER_DECADE = 8


def check(
    f: Callable[..., Any],
    at: Any = None,
    *,
    jac: Callable[..., Any] | None = None,
    hess: Callable[..., Any] | None = None,
    returns: Literal["value", "value-and-grad"] = "value",
    order: Literal[1, 2] = 1,
    against: tuple[str, ...] = METHODS,
    rtol: float = Settings.rtol,
    points: int = Settings.points,
    seed: int = 0,
) -> Report:
    """Check a derivative from Python.

    Parameters
    ----------
    f
        A plain function of floats and arrays.
    at
        The point: a float, an array, a tuple of arguments, or a dict by parameter name. Left out, the
        file's own points are used, or seeded random ones.
    jac, hess
        The hand-written gradient or Jacobian, and Hessian. Left out, the methods are judged against each other.
    returns
        ``"value-and-grad"`` where f returns ``(value, gradient)``.
    order
        1 for first derivatives, 2 for second ones.

    Raises
    ------
    Complaint
        Where the function cannot be checked: it raises at the point, returns no numbers, has no point.
    """
    settings = Settings(points=points, seed=seed, order=order, against=tuple(against), rtol=rtol, returns=returns)
    start = time.perf_counter()
    subject = from_callable(f, jac=jac, hess=hess, returns=returns)
    chosen = _points(subject, settings) if at is None else (point_from(subject, at),)
    results = _results(subject, chosen, settings)
    return Report(results, seed=seed, seconds=time.perf_counter() - start)


def run(targets: tuple[str, ...], settings: Settings, progress: Callable[[str], None] | None = None) -> Report:
    """Check every target; one that cannot be checked becomes a result that says why."""
    start = time.perf_counter()
    results: list[Result] = []
    for target in targets:
        if progress is not None:
            progress(target)
        try:
            subject = _subject(target, settings)
            results.extend(_results(subject, _points(subject, settings), settings))
        except Complaint as reason:
            results.append(failed(target, reason))
    return Report(tuple(results), settings.seed, settings.strict, time.perf_counter() - start)


def curve(target: str, settings: Settings) -> Result:
    """Measure the error of forward and central differences over the steps 1e-16 .. 1e-1.

    Raises `Complaint` where the function cannot be run or its entry is not known.
    """
    subject = _subject(target, settings)
    point = _points(subject, settings)[0]
    result = examine(subject, point, replace(settings, against=("forward", "reverse", "differences")), 1)
    problem = problem_at(subject, point)
    recording = record_run(problem)
    names = [entry_name(row, column) for row in problem.outputs.names for column in problem.inputs.names]
    if settings.entry is not None and settings.entry not in names:
        raise Complaint(
            f"{subject.name} has no entry {settings.entry}",
            code="GC902",
            kind="bad-entry",
            where=subject.where,
            remedy=f"its entries are {', '.join(names[:6])}",
        )
    row, column = divmod(names.index(settings.entry) if settings.entry else 0, problem.inputs.size)
    reference, bound, noise = _reference(problem, recording, row, column)

    def value(move: float) -> float:
        x = problem.x.copy()
        x[column] += move
        return float(problem.evaluate(x)[row])

    steps = [10.0 ** (-k / _PER_DECADE) for k in range(_PER_DECADE, 16 * _PER_DECADE + 1)]
    if settings.step is not None:
        steps = sorted({*steps, settings.step}, reverse=True)
    curves = tuple(
        fit(
            name,
            names[row * problem.inputs.size + column],
            stencil.order,
            float(stencil.rounding),
            float(stencil.truncation),
            steps,
            curve_points(stencil, value, steps).tolist(),
            reference,
            noise,
            settings.step,
        )
        for name, stencil in ((name, BY_NAME[name]) for name in CURVES)
    )
    reason = sentence(*curves) or f"the best steps for {names[row * problem.inputs.size + column]}"
    return replace(result, curves=curves, reason=reason, where=subject.where, noise=noise, confirmed=bound)


def ledger(target: str, settings: Settings) -> Ledger:
    """The evaluation trace of one run: primal, tangent and adjoint of every operation.

    Raises `Complaint` where the run cannot be recorded.
    """
    subject = _subject(target, settings)
    point = _points(subject, settings)[0]
    problem = problem_at(subject, point)
    recording = record_run(problem)
    if recording.trace is None:
        reason = recording.declined
        raise Complaint(
            reason.reason if reason else f"{subject.name} could not be recorded",
            code="GC301",
            kind="cannot-follow",
            where=(reason.where if reason else "") or subject.where,
            remedy=reason.remedy if reason else "",
        )
    names = problem.inputs.names
    if settings.along is not None and settings.along not in names:
        raise Complaint(
            f"{subject.name} has no input {settings.along}",
            code="GC902",
            kind="bad-entry",
            where=subject.where,
            remedy=f"its inputs are {', '.join(names[:6])}",
        )
    return ledgers.ledger(
        recording.trace,
        target=target,
        name=subject.name,
        where=subject.where,
        point=describe(point),
        along=names.index(settings.along) if settings.along else 0,
    )


def _subject(target: str, settings: Settings) -> Subject:
    return find(target, grad=settings.grad, hess=settings.hess, returns=settings.returns)


def _points(subject: Subject, settings: Settings) -> tuple[Point, ...]:
    return points(subject, at=settings.at, count=settings.points, seed=settings.seed)


def _results(subject: Subject, chosen: tuple[Point, ...], settings: Settings) -> tuple[Result, ...]:
    """One result per order: that of the worst point."""
    orders = (1, 2) if settings.hess is not None and settings.order == 1 and subject.gradient else (settings.order,)
    if settings.hess is not None and subject.gradient is None:
        orders = (2,)
    return tuple(worst([examine(subject, point, settings, order) for point in chosen]) for order in orders)


def _reference(problem: Any, recording: Any, row: int, column: int) -> tuple[float, float, float]:
    """The derivative a curve is held against, its relative accuracy, and the noise of f."""
    if recording.trace is not None and recording.survey is not None:
        answer = reverse(recording.trace, recording.survey.bound)
        noise = float(recording.survey.noise[row])
    else:
        answer = differences(problem, None)
        x = problem.x

        def along(move: float) -> Any:
            shifted = x.copy()
            shifted[column] += move
            return problem.evaluate(shifted)

        noise = float(ecnoise(along, max(abs(float(x[column])), 1e-3))[row])
    if not isinstance(answer, Estimate):
        return float("nan"), float("inf"), noise
    value, bound = float(answer.jacobian[row, column]), float(answer.bound[row, column])
    return value, bound / abs(value) if value else float(np.inf), noise
