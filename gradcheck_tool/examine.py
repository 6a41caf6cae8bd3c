"""One function at one point: record it, ask every method, judge, and write down the result."""

from __future__ import annotations

import shlex
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.record import Finding, Outcome
from gradcheck_tool.judgement.verdict import SEVERITY, judge
from gradcheck_tool.methods.automatic import forward, forward_over_reverse, reverse, reverse_over_reverse
from gradcheck_tool.methods.complex_step import complex_step
from gradcheck_tool.methods.differences import differences
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Remark
from gradcheck_tool.methods.handwritten import handwritten
from gradcheck_tool.methods.probe import confirms
from gradcheck_tool.methods.protocol import repeat
from gradcheck_tool.report.record import MethodRow, Result
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Problem, Subject, blame
from gradcheck_tool.subject.wording import again, plain
from gradcheck_tool.tracing import Trace, record, verify
from gradcheck_tool.walks.margins import nearest
from gradcheck_tool.walks.survey import Survey, survey

FULL = 200  # inputs up to which every column is differenced; beyond, one random direction
TRACED = ("forward", "reverse", "symbolic")


@dataclass(frozen=True, slots=True)
class Recording:
    """What recording the run gave: a trace with its survey, or the reason why there is none."""

    trace: Trace | None
    survey: Survey | None
    declined: Declined | None = None


def problem_at(subject: Subject, point: Point) -> Problem:
    """The plain function at the point.

    Raises `Complaint` (GC901) where the user's function raises there, (GC203) where it returns no numbers.
    """
    try:
        return Problem.at(subject.function, point)
    except Complaint as reason:
        reason.where = reason.where or subject.where
        reason.sentence = reason.sentence.replace("the function", subject.name, 1)
        raise
    except Exception as error:
        raise blame(error, subject, point) from error


def record_run(problem: Problem) -> Recording:
    """Record one run and survey it; whatever stands in the way is a reason, never a crash or a silent pass."""

    def call(values: Any) -> Any:
        return problem.function(**problem.bind(values))

    try:
        trace = record(problem.function, problem.point.values, call=call, label="")
    except Complaint as reason:
        return Recording(None, None, Declined("recording", reason.sentence, reason.remedy, reason.where))
    except Exception as error:  # noqa: BLE001 - the user's code runs on recorded values here and may meet anything
        behind = _refusal_behind(error)
        if behind is not None:
            return Recording(None, None, Declined("recording", behind.sentence, behind.remedy, behind.where))
        sentence = f"the recorded run raised {type(error).__name__}: {error}"
        remedy = "the plain run works, so this is about recording; the other methods do not need it"
        return Recording(None, None, Declined("recording", sentence, remedy))
    differs = verify(trace, problem.outputs.unpack(problem.y))
    if differs:
        remedy = "a function whose value depends on more than its inputs cannot be recorded"
        return Recording(None, None, Declined("recording", differs, remedy))
    try:
        return Recording(trace, survey(trace))
    except Complaint as reason:
        return Recording(None, None, Declined("recording", reason.sentence, reason.remedy, reason.where))


def _refusal_behind(error: BaseException | None) -> Complaint | None:
    """The refusal that compiled code swallowed and answered with an error of its own."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, Complaint):
            return error
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None


def ask(problem: Problem, recording: Recording, settings: Settings, order: int) -> tuple[Answer, ...]:
    """Every method that was asked for, in the order of the roster."""
    return tuple(_answer(method, problem, recording, order) for method in settings.against)


def _answer(method: str, problem: Problem, recording: Recording, order: int) -> Answer:
    trace, known = recording.trace, recording.survey
    if method == "differences":
        if problem.x.size > FULL and order == 1:
            sentence = f"{problem.x.size} inputs: one random direction was compared instead of every column"
            return Declined(method, sentence, "check a smaller input for every entry")
        if problem.x.size > FULL // 4 and order == 2:
            return Declined(method, f"{problem.x.size} inputs need too many runs for second differences")
        noise, margins = (None, None) if known is None else (known.noise, nearest(known.guards, problem.x.size))
        return differences(problem, noise, margins, order)
    if method == "complex-step":
        return _complex_step(problem, trace, known, order)
    if trace is None or known is None:
        reason = recording.declined or Declined(method, "the run could not be recorded")
        return Declined(method, reason.reason, reason.remedy, reason.where)
    if method == "symbolic":
        from gradcheck_tool.methods.symbolic import symbolic  # noqa: PLC0415 - only those who ask for SymPy pay for it

        return symbolic(problem, trace, order)
    if order == 1:
        return {"forward": forward, "reverse": reverse}[method](trace, known.bound)
    if problem.y.size != 1:
        return Declined(method, "a Hessian needs a function that returns a single number")
    if method == "forward":
        return forward_over_reverse(trace)
    return reverse_over_reverse(
        problem.function, problem.point.values, lambda values: problem.function(**problem.bind(values))
    )


def _complex_step(problem: Problem, trace: Trace | None, known: Survey | None, order: int) -> Answer:
    if order == 2:
        return Declined("complex-step", "the complex step is for first derivatives")
    if trace is None:
        return Declined("complex-step", "only a recorded run shows whether the complex step is allowed")
    for line in trace.lines:
        if not getattr(line.primitive, "analytic", True):
            name = getattr(line.primitive, "name", "")
            return Declined("complex-step", f"{name} is not analytic, and the complex step would be silently wrong", "", line.where)
    if trace.flags:
        return Declined("complex-step", "the run compares values, and complex numbers have no order", "", trace.guards[0].where)
    return complex_step(problem, None if known is None else known.noise)


def examine(subject: Subject, point: Point, settings: Settings, order: int) -> Result:
    """Check one derivative of one function at one point.

    Raises `Complaint` where the user's own code fails.
    """
    start = time.perf_counter()
    problem = problem_at(subject, point)
    mine = subject.gradient if order == 1 else subject.hessian
    try:
        behaviour = repeat(problem)
        yours = None if mine is None else handwritten(problem, mine, order)
    except Complaint:
        raise
    except Exception as error:
        raise blame(error, subject, point) from error
    recording = record_run(problem) if behaviour is None or behaviour.kind != "random" else _unrecorded(behaviour)
    answers = ask(problem, recording, settings, order)
    repeated = command(subject, point, settings, order)
    case = Case(
        name=subject.name,
        yours_name=mine.name if mine else "AD",
        row_names=problem.outputs.names,
        column_names=problem.inputs.names,
        yours=yours if isinstance(yours, Estimate) else None,
        answers=answers,
        guards=recording.survey.guards if recording.survey else (),
        noise=recording.survey.noise if recording.survey else None,
        rtol=settings.rtol,
        order=order,
        where=mine.where if mine else subject.where,
        again=repeated,
        scale=_scale(problem, recording, order),
        trace_verified=_verified(problem, recording, answers, settings),
        x=problem.x,
        behaviour=() if behaviour is None else (behaviour,),
    )
    verdict = judge(case)
    noise = recording.survey.noise if recording.survey else np.zeros(0)
    return Result(
        target=subject.target,
        name=subject.name,
        where=case.where,
        verdict=verdict.outcome,
        reason=verdict.reason,
        again=repeated,
        order=order,
        yours=mine.name if mine else "AD",
        source=mine.origin if mine else "",
        point={**plain(point.values), **plain(point.fixed)},
        origin=point.origin,
        seed=point.seed,
        value=tuple(problem.y.tolist()),
        shape=case.shape,
        noise=float(noise[0]) if noise.size else float("nan"),
        confirmed=verdict.confirmed,
        max_rel_error=verdict.max_rel_error,
        entries=verdict.entries,
        findings=verdict.findings,
        methods=tuple(_row(answer) for answer in (*((yours,) if yours else ()), *answers)),
        seconds=time.perf_counter() - start,
    )


def _unrecorded(behaviour: Remark) -> Recording:
    return Recording(None, None, Declined("recording", behaviour.sentence, "fix the seed of whatever is random"))


def _scale(problem: Problem, recording: Recording, order: int) -> Any:
    if recording.survey is None:
        return None
    if order == 1:
        return recording.survey.scale
    return np.outer(recording.survey.scale[0], 1.0 / np.where(problem.x == 0, 1.0, np.abs(problem.x)))


def _verified(problem: Problem, recording: Recording, answers: tuple[Answer, ...], settings: Settings) -> bool:
    """Whether a random-direction difference agrees with the recorded derivative."""
    if recording.trace is None or recording.survey is None:
        return False
    known = next((a for a in answers if isinstance(a, Estimate) and a.method in ("reverse", "forward")), None)
    jacobian = known if known is not None and known.jacobian.shape == (problem.y.size, problem.x.size) else None
    if jacobian is None:
        answer = reverse(recording.trace, recording.survey.bound)
        if not isinstance(answer, Estimate):
            return False
        jacobian = answer
    margins = nearest(recording.survey.guards, problem.x.size)
    return confirms(problem, jacobian.jacobian, jacobian.bound, recording.survey.noise, margins, settings.seed)


def _row(answer: Answer) -> MethodRow:
    if isinstance(answer, Declined):
        return MethodRow(answer.method, answer.reason, answer.remedy, answer.where)
    return MethodRow(
        answer.method,
        evaluations=answer.evaluations,
        seconds=answer.seconds,
        formula=answer.formula,
        shares=answer.shares,
    )


def command(subject: Subject, point: Point, settings: Settings, order: int) -> str:
    """The command line that repeats exactly this check."""
    words = ["gradcheck", shlex.quote(subject.target)]
    at = settings.at if settings.at is not None and settings.at.startswith("@") else again(point, subject)
    words.append(f"--at {shlex.quote(at)}")
    if order == 2:
        words.append("--order 2")
    if settings.grad:
        words.append(f"--grad {shlex.quote(settings.grad)}")
    if settings.hess:
        words.append(f"--hess {shlex.quote(settings.hess)}")
    if settings.returns != "value":
        words.append(f"--returns {settings.returns}")
    if settings.rtol != Settings().rtol:
        words.append(f"--rtol {settings.rtol:g}")
    return " ".join(words)


def failed(target: str, reason: Complaint, name: str = "") -> Result:
    """The result of a target that could not be checked."""
    finding = Finding(reason.code, reason.kind, reason.where, reason.sentence, reason.remedy)
    return Result(
        target=target,
        name=name or target,
        where=reason.where,
        verdict="error",
        reason=reason.sentence,
        again=f"gradcheck {shlex.quote(target)}",
        findings=(finding,),
        details=reason.details,
    )


def worst(results: list[Result]) -> Result:
    """The result that speaks for a target checked at several points: the gravest, then the least accurate."""

    def gravity(result: Result) -> tuple[int, float]:
        outcome: Outcome = result.verdict
        confirmed = result.confirmed if result.confirmed == result.confirmed else float("inf")
        return SEVERITY[outcome], -confirmed

    return min(results, key=gravity)
