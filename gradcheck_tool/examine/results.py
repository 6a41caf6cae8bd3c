"""What is written down about one check: judged, refused for its shape, or not possible at all."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.examine.command import typed
from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.law import law_of
from gradcheck_tool.judgement.record import Finding, Verdict
from gradcheck_tool.judgement.verdict import SEVERITY
from gradcheck_tool.methods.estimate import Answer, Declined
from gradcheck_tool.report.record import MethodRow, Result
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Handwritten, Point, Problem, Subject
from gradcheck_tool.subject.wording import plain

FEW = 5
"""Warnings of the user's code that are written down; more of them say nothing new."""

LONG = 200


@dataclass(frozen=True, slots=True)
class Check:
    """What is being checked: whose derivative, where, of which order, and the command that repeats it."""

    subject: Subject
    point: Point
    problem: Problem
    order: int
    again: str

    @property
    def mine(self) -> Handwritten | None:
        """The derivative written by hand, if there is one."""
        return self.subject.gradient if self.order == 1 else self.subject.hessian


def judged(check: Check, case: Case, verdict: Verdict, answers: tuple[Answer, ...]) -> Result:
    """The result of a derivative that was compared with what the methods answered."""
    return replace(
        _begun(check),
        where=case.where,
        verdict=verdict.outcome,
        reason=verdict.reason,
        shape=case.shape,
        noise=float(case.noise[0]) if case.noise is not None and case.noise.size else math.nan,
        confirmed=verdict.confirmed,
        certified=verdict.certified,
        kappa=verdict.kappa,
        max_rel_error=verdict.max_rel_error,
        entries=verdict.entries,
        law=law_of(case, verdict.entries[0]) if verdict.entries else "",
        findings=verdict.findings,
        methods=tuple(map(_row, answers)),
    )


def misshapen(check: Check, reason: Complaint) -> Result:
    """The result of a derivative that has another shape than the derivative: wrong, whatever its numbers are."""
    problem = check.problem
    return replace(
        _begun(check),
        where=reason.where,
        verdict="wrong",
        reason=reason.sentence,
        shape=(problem.y.size if check.order == 1 else problem.x.size, problem.x.size),
        findings=(_finding(reason),),
    )


def failed(target: str, reason: Complaint, settings: Settings) -> Result:
    """The result of a target that could not be checked."""
    return Result(
        target=target,
        name=target,
        where=reason.where,
        verdict="error",
        reason=reason.sentence,
        again=typed(target, settings.at, settings, settings.order),
        findings=(_finding(reason),),
        details=reason.details,
    )


def worst(results: list[Result]) -> Result:
    """The result that speaks for a target checked at several points: the gravest, then the least accurate."""

    def gravity(result: Result) -> tuple[int, float]:
        confirmed = math.inf if math.isnan(result.confirmed) else result.confirmed
        return SEVERITY[result.verdict], -confirmed

    return min(results, key=gravity)


def _begun(check: Check) -> Result:
    subject, point, mine = check.subject, check.point, check.mine
    return Result(
        target=subject.target,
        name=subject.name,
        where=subject.where,
        verdict="cannot-tell",
        reason="",
        again=check.again,
        order=check.order,
        yours=mine.name if mine else "AD",
        source=mine.origin if mine else "",
        point={**plain(point.values), **plain(point.fixed)},
        origin=point.origin,
        seed=point.seed,
        value=tuple(check.problem.y.tolist()),
        warned=tuple(f"{one_line(text)} ({_times(count)})" for text, count in check.problem.warned.most_common(FEW)),
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def one_line(text: str) -> str:
    """A message of the user's code without its line breaks, cut where it is long."""
    told = " ".join(text.split())
    return told if len(told) <= LONG else f"{told[: LONG - 3]}..."


def _finding(reason: Complaint) -> Finding:
    return Finding(reason.code, reason.kind, reason.where, reason.sentence, reason.remedy)


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
