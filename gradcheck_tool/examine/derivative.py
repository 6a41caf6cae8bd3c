"""The check of one derivative at one point, from the plain run to the judged result."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.examine.command import command
from gradcheck_tool.examine.diagnosing import diagnosed
from gradcheck_tool.examine.elsewhere import confirmed_elsewhere
from gradcheck_tool.examine.exactness import Exactness, exactness
from gradcheck_tool.examine.proving import prove
from gradcheck_tool.examine.recording import Recorded, Recording, problem_at, record_run
from gradcheck_tool.examine.results import Check, judged, misshapen
from gradcheck_tool.examine.roster import Question, ask
from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.record import Proof, Verdict
from gradcheck_tool.judgement.verdict import judge
from gradcheck_tool.methods.automatic import reverse
from gradcheck_tool.methods.directional import confirmed_by, is_directional
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Remark
from gradcheck_tool.methods.handwritten import handwritten
from gradcheck_tool.methods.iterations import lag
from gradcheck_tool.methods.plateaus import ROUNDING, over_stairs, with_plateaus
from gradcheck_tool.methods.probe import confirms
from gradcheck_tool.methods.protocol import repeat
from gradcheck_tool.report.record import Result
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Problem, Subject, blame
from gradcheck_tool.subject.problem import Exhausted
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
    answers = ask(_question(problem, recording, order, yours, settings), settings.against)
    answers = _looked_at_in_the_large(problem, answers, yours, recording if order == 1 else None)
    exact = exactness(problem, recording, check.mine, yours, answers) if order == 1 else Exactness()
    answers = (*answers, *exact.answers)
    case = replace(_case(check, behaviour, yours, answers, recording, settings), formula=exact.formula)
    verdict = diagnosed(check, case, judge(case), recording, settings.max_evals, start)
    result = judged(check, case, verdict, (*((yours,) if yours else ()), *answers))
    if settings.prove:
        result = replace(result, proofs=_proofs(case, verdict, problem, recording, settings))
    return replace(result, seconds=time.perf_counter() - start)


def _looked_at_in_the_large(
    problem: Problem, answers: tuple[Answer, ...], yours: Answer | None, recording: Recording | None
) -> tuple[Answer, ...]:
    """The same answers; differences that are 0, or about one stair, are asked about larger steps."""
    if recording is None or not isinstance(yours, Estimate):
        return answers
    stairs = isinstance(recording, Recorded) and _rounds(recording)

    def asked(differences: Estimate, claimed: Any) -> Estimate:
        looked = with_plateaus(problem, differences, claimed)
        return over_stairs(problem, looked, claimed) if stairs else looked

    return tuple(
        asked(answer, yours.jacobian)
        if isinstance(answer, Estimate) and answer.method == "differences" and _comparable(answer, yours)
        else answer
        for answer in answers
    )


def _rounds(recorded: Recorded) -> bool:
    """Whether the run rounds a number on its way."""
    decided = {guard.relation for guard in recorded.survey.guards}
    return bool(ROUNDING & (decided | {getattr(row.primitive, "name", "") for row in recorded.trace.lines}))


def _comparable(differences: Estimate, yours: Estimate) -> bool:
    return not is_directional(differences) and differences.jacobian.shape == yours.jacobian.shape


def _proofs(
    case: Case, verdict: Verdict, problem: Problem, recording: Recording, settings: Settings
) -> tuple[Proof, ...]:
    def measure(changed: Estimate) -> Answer:
        question = _question(problem, recording, case.order, changed, replace(settings, max_evals=None))
        return ask(question, ("differences",))[0]

    return prove(case, verdict, measure, settings.seed)


def _question(problem: Problem, recording: Recording, order: int, yours: Answer | None, settings: Settings) -> Question:
    return Question(problem, recording, order, yours, settings.rtol, settings.seed, settings.full, settings.max_evals)


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
        trace_verified=_verified(problem, recording, answers, settings.seed, settings.max_evals),
        x=problem.x,
        behaviour=() if behaviour is None else (behaviour,),
        lag=lag(recording.trace) if isinstance(recording, Recorded) and mine and check.order == 1 else None,
    )


def _scale(problem: Problem, recording: Recording, order: int) -> Any:
    """The natural size of each entry; a second derivative is measured per unit of one more input."""
    if isinstance(recording, Declined):
        return None
    if order == 1:
        return recording.survey.scale
    return np.outer(recording.survey.scale[0], 1.0 / np.where(problem.x == 0, 1.0, np.abs(problem.x)))


def _verified(
    problem: Problem, recording: Recording, answers: tuple[Answer, ...], seed: int, limit: int | None
) -> bool:
    """Whether differences along one random direction agree with the recorded derivative."""
    if isinstance(recording, Declined):
        return False
    for answer in answers:
        if isinstance(answer, Estimate) and is_directional(answer):
            return confirmed_by(answer)
    exact = next((answer for answer in answers if isinstance(answer, Estimate) and answer.method == "exact"), None)
    known = exact or reverse(recording.trace, recording.survey.bound)
    if isinstance(known, Declined):
        return False
    margins = nearest(recording.survey.guards, problem.x.size)
    try:
        with problem.limited(limit):
            if confirms(problem, known, recording.survey.noise, margins, seed):
                return True
    except Exhausted:
        return False
    return limit is None and exact is not None and confirmed_elsewhere(problem, recording, seed)
