"""The straight line through the house: from targets, or a function, to a report."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.examine import curves
from gradcheck_tool.examine.beside import examine_around
from gradcheck_tool.examine.names import place_of
from gradcheck_tool.examine.recording import problem_at, record_run
from gradcheck_tool.examine.results import failed, worst
from gradcheck_tool.methods.estimate import Declined
from gradcheck_tool.report.record import Report, Result
from gradcheck_tool.settings import METHODS, Settings
from gradcheck_tool.subject import Point, Subject, describe, find, from_callable, point_from
from gradcheck_tool.subject import points as points_of
from gradcheck_tool.walks import ledger as ledgers
from gradcheck_tool.walks.ledger import Ledger


def check(  # noqa: PLR0913 - the public function: one keyword per option of the command
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
    seed: int = Settings.seed,
    full: bool = Settings.full,
    max_evals: int | None = Settings.max_evals,
    prove: bool = Settings.prove,
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
    against
        The methods the derivative is held against.
    rtol
        Rounding allowed to the derivative under test, relative, per entry.
    points, seed
        How many random points where none is given, and the seed that repeats them.
    full
        Differences along every input, however many there are.
    max_evals
        How often f may be run for one point.
    prove
        Put errors into the derivative, one entry at a time, and tell in `Result.proofs` whether they are caught.

    Raises
    ------
    Complaint
        Where the function cannot be checked: it raises at the point, returns no numbers, has no point.
    """
    start = time.perf_counter()
    settings = Settings(
        points=points,
        seed=seed,
        order=order,
        against=tuple(against),
        rtol=rtol,
        returns=returns,
        full=full,
        max_evals=max_evals,
        prove=prove,
    )
    subject = from_callable(f, jac=jac, hess=hess, returns=returns)
    chosen = _points(subject, settings) if at is None else (point_from(subject, at),)
    return Report(_results(subject, chosen, settings), seed=seed, seconds=time.perf_counter() - start)


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
            results.append(failed(target, reason, settings))
    return Report(tuple(results), settings.seed, settings.strict, time.perf_counter() - start)


def curve(target: str, settings: Settings) -> Result:
    """Measure the error of forward and central differences over the steps 1e-16 .. 1e-1.

    Raises `Complaint` where the function cannot be run or its entry is not known.
    """
    subject = _subject(target, settings)
    return curves.draw(subject, _points(subject, settings)[0], settings)


def ledger(target: str, settings: Settings) -> Ledger:
    """The evaluation trace of one run: primal, tangent and adjoint of every operation.

    Raises `Complaint` where the run cannot be recorded.
    """
    subject = _subject(target, settings)
    point = _points(subject, settings)[0]
    problem = problem_at(subject, point)
    recording = record_run(problem)
    if isinstance(recording, Declined):
        where = recording.where or subject.where
        raise Complaint(recording.reason, code="GC301", kind="cannot-follow", where=where, remedy=recording.remedy)
    return ledgers.ledger(
        recording.trace,
        target=target,
        name=subject.name,
        where=subject.where,
        point=describe(point),
        along=place_of(settings.along, problem.inputs.names, "input", subject),
    )


def _subject(target: str, settings: Settings) -> Subject:
    return find(target, grad=settings.grad, hess=settings.hess, returns=settings.returns)


def _points(subject: Subject, settings: Settings) -> tuple[Point, ...]:
    return points_of(subject, at=settings.at, count=settings.points, seed=settings.seed)


def _results(subject: Subject, chosen: tuple[Point, ...], settings: Settings) -> tuple[Result, ...]:
    """One result per order: that of the worst point."""
    return tuple(
        worst([examine_around(subject, point, settings, order) for point in chosen])
        for order in _orders(subject, settings)
    )


def _orders(subject: Subject, settings: Settings) -> tuple[int, ...]:
    """A Hessian that was named is checked too, and alone where there is no gradient beside it."""
    if settings.hess is None:
        return (settings.order,)
    return (2,) if subject.gradient is None or settings.order == 2 else (1, 2)
