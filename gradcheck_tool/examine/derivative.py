"""The check of one derivative at one point, from the plain run to the judged result."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.examine.command import command
from gradcheck_tool.examine.recording import Recorded, Recording, problem_at, record_run
from gradcheck_tool.examine.results import Check, judged, misshapen
from gradcheck_tool.examine.roster import Question, ask
from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.verdict import judge
from gradcheck_tool.methods.automatic import reverse
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Remark
from gradcheck_tool.methods.handwritten import handwritten
from gradcheck_tool.methods.probe import confirms
from gradcheck_tool.methods.protocol import repeat
from gradcheck_tool.report.record import Result
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Problem, Subject, blame
from gradcheck_tool.walks.margins import nearest

MISSHAPEN = "GC106"


def examine(subject: Subject, point: Point, settings: Settings, order: int) -> Result:
    """Check one derivative of one function at one point.

    Raises `Complaint` where the user's own code fails.
    """
    start = time.perf_counter()
    problem = problem_at(subject, point)
    check = Check(subject, point, problem, order, command(subject, point, settings, order))
    try:
        behaviour, yours = _heard(check)
    except Complaint as reason:
        if reason.code != MISSHAPEN:
            raise
        return misshapen(check, reason)
    recording = record_run(problem, behaviour)
    answers = ask(Question(problem, recording, order), settings.against)
    case = _case(check, behaviour, yours, answers, recording, settings)
    result = judged(check, case, judge(case), (*((yours,) if yours else ()), *answers))
    return replace(result, seconds=time.perf_counter() - start)


def _heard(check: Check) -> tuple[Remark | None, Answer | None]:
    """How the function behaves when it is called again, and what the user's own derivative says."""
    mine = check.mine
    guilty = check.subject
    try:
        behaviour = repeat(check.problem)
        if mine is None:
            return behaviour, None
        guilty = replace(guilty, name=mine.name, where=mine.where)
        return behaviour, handwritten(check.problem, mine, check.order)
    except Complaint:
        raise
    except Exception as error:
        raise blame(error, guilty, check.point) from error


def _case(  # noqa: PLR0913, PLR0917 - everything judgement is told stands here once
    check: Check,
    behaviour: Remark | None,
    yours: Answer | None,
    answers: tuple[Answer, ...],
    recording: Recording,
    settings: Settings,
) -> Case:
    problem, mine = check.problem, check.mine
    survey = recording.survey if isinstance(recording, Recorded) else None
    return Case(
        name=check.subject.name,
        yours_name=mine.name if mine else "AD",
        row_names=problem.outputs.names,
        column_names=problem.inputs.names,
        yours=yours if isinstance(yours, Estimate) else None,
        answers=answers,
        guards=survey.guards if survey else (),
        noise=survey.noise if survey else None,
        rtol=settings.rtol,
        order=check.order,
        where=mine.where if mine else check.subject.where,
        again=check.again,
        scale=_scale(problem, recording, check.order),
        trace_verified=_verified(problem, recording, settings.seed),
        x=problem.x,
        behaviour=() if behaviour is None else (behaviour,),
    )


def _scale(problem: Problem, recording: Recording, order: int) -> Any:
    """The natural size of each entry; a second derivative is measured per unit of one more input."""
    if isinstance(recording, Declined):
        return None
    if order == 1:
        return recording.survey.scale
    return np.outer(recording.survey.scale[0], 1.0 / np.where(problem.x == 0, 1.0, np.abs(problem.x)))


def _verified(problem: Problem, recording: Recording, seed: int) -> bool:
    """Whether differences along one random direction agree with the recorded derivative."""
    if isinstance(recording, Declined):
        return False
    known = reverse(recording.trace, recording.survey.bound)
    if isinstance(known, Declined):
        return False
    return confirms(problem, known, recording.survey.noise, nearest(recording.survey.guards, problem.x.size), seed)
