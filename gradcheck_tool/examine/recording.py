"""From a function at a point to a trace with its survey, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Declined, Remark
from gradcheck_tool.subject import Point, Problem, Subject, blame, describe, quiet
from gradcheck_tool.tracing import Trace, record, standing_for, verify
from gradcheck_tool.walks.survey import Survey, survey

METHOD = "recording"
PLAIN_RUN_WORKS = "the plain run works, so this is about recording; the other methods do not need it"
MORE_THAN_INPUTS = "a function whose value depends on more than its inputs cannot be recorded"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A trace that gave the plain run's value, and what it tells about its own accuracy."""

    trace: Trace
    survey: Survey


Recording = Recorded | Declined


def problem_at(subject: Subject, point: Point) -> Problem:
    """The plain function at the point.

    Raises `Complaint` (GC901) where the user's function raises there, (GC203) where it
    returns no finite numbers, (GC902) where the point itself is not finite.
    """
    try:
        problem = Problem.at(subject.function, point)
    except Complaint as reason:
        reason.where = reason.where or subject.where
        reason.sentence = reason.sentence.replace("the function", subject.name, 1)
        raise
    except Exception as error:
        raise blame(error, subject, point) from error
    _refuse_infinities(problem, subject)
    return problem


def _refuse_infinities(problem: Problem, subject: Subject) -> None:
    at = describe(problem.point, 6)
    if not np.all(np.isfinite(problem.x)):
        raise Complaint(
            f"the point {at} is not finite, and nothing has a derivative there",
            code="GC902",
            kind="bad-point",
            where=subject.where,
            remedy="give finite numbers",
        )
    if problem.y.size and not np.any(np.isfinite(problem.y)):
        value = repr(float(problem.y[0])) if problem.y.size == 1 else "no finite number"
        raise Complaint(
            f"{subject.name} returns {value} at {at}",
            code="GC203",
            kind="not-real",
            where=subject.where,
            remedy=f"choose a point where {subject.name} is finite",
        )


def record_run(problem: Problem, behaviour: Remark | None = None) -> Recording:
    """Record one run and survey it; whatever stands in the way is a reason, never a crash or a silent pass.

    A function whose `behaviour` is random is not recorded: two runs of it have nothing in common.
    """
    if behaviour is not None and behaviour.kind == "random":
        return Declined(METHOD, behaviour.sentence, "fix the seed of whatever is random")
    if behaviour is not None and behaviour.kind == "remembers":
        return Declined(METHOD, "its values depend on earlier calls", "keep nothing between calls", behaviour.where)
    try:
        with quiet():
            trace = record(problem.function, problem.point.values, call=caller(problem), label="")
    except Exception as error:  # noqa: BLE001 - the user's code runs on recorded values here and may meet anything
        return _reason(error)
    differs = verify(trace, problem.outputs.unpack(problem.y))
    if differs:
        return Declined(METHOD, differs, MORE_THAN_INPUTS)
    try:
        return Recorded(trace, survey(trace))
    except (Complaint, ArithmeticError, ValueError) as refused:
        return _reason(refused)


def caller(problem: Problem) -> Any:
    """How the function of a problem is called with a nest of values: by name, its other arguments as they are."""
    return lambda values: standing_for(problem.function)(**problem.bind(values))


def _reason(error: Exception) -> Declined:
    refused = _refusal_behind(error)
    if refused is not None:
        return Declined(METHOD, refused.sentence, refused.remedy, refused.where)
    return Declined(METHOD, f"the recorded run raised {type(error).__name__}: {error}", PLAIN_RUN_WORKS)


def _refusal_behind(error: BaseException | None) -> Complaint | None:
    """The refusal itself, or the one that compiled code swallowed and answered with an error of its own."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, Complaint):
            return error
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None
