"""Run a command's work, show what it found, return the exit code; a `Complaint` is an answer too."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from rich.text import Text

from gradcheck_tool.cli.prints import silence, user_prints_aside
from gradcheck_tool.cli.screen import Screen, write
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.judgement.record import Finding
from gradcheck_tool.report.curve_view import curve_lines
from gradcheck_tool.report.json import SCHEMA, plain, to_json
from gradcheck_tool.report.ledger_view import ledger_lines
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.record import Report, Result
from gradcheck_tool.report.terminal import render
from gradcheck_tool.settings import Settings
from gradcheck_tool.walks.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: lines for a look, the same as JSON, and the exit code."""

    lines: Callable[[Look], list[Text]]
    text: Callable[[], str]
    exit_code: int = 0

    @classmethod
    def of_report(cls, report: Report, verbosity: int = 0) -> Answer:
        """The answer of ``check``."""
        return cls(
            lambda look: render(report, verbosity=verbosity, width=look.width, unicode=look.unicode),
            lambda: to_json(report),
            report.exit_code,
        )

    @classmethod
    def of_curve(cls, result: Result, settings: Settings) -> Answer:
        """The answer of ``curve``; a result that is an error is shown as one."""
        report = Report((result,), seed=settings.seed, seconds=result.seconds)
        if result.verdict == "error" or not result.curves:
            return cls.of_report(report)
        return cls(lambda look: curve_lines(_repeatable(result, settings), look), lambda: to_json(report))

    @classmethod
    def of_ledger(cls, ledger: Ledger) -> Answer:
        """The answer of ``trace``."""
        data = {"schema": SCHEMA.replace("report", "trace"), **asdict(ledger)}
        return cls(lambda look: ledger_lines(ledger, look), lambda: json.dumps(plain(data), allow_nan=False, indent=1))

    @classmethod
    def of_lines(cls, lines: Callable[[Look], list[Text]]) -> Answer:
        """An answer that is only read."""
        return cls(lines, lambda: "")


def _repeatable(result: Result, settings: Settings) -> Result:
    """The result with the command that draws this curve, not the one that checks the derivative."""
    if not result.again.startswith("gradcheck ") or result.again.startswith("gradcheck curve "):
        return result
    step = f" --step {settings.step!r}" if settings.step is not None else ""
    entry = f" --entry '{settings.entry}'" if settings.entry is not None else ""
    return replace(result, again=f"gradcheck curve{result.again.removeprefix('gradcheck')}{step}{entry}")


def answer(work: Callable[[], Answer], *, form: str, color: str, targets: tuple[str, ...], settings: Settings) -> int:
    """Do the work with the user's prints kept away from stdout, then write the findings there."""
    try:
        with user_prints_aside():
            found = work()
    except Complaint as complaint:
        found = Answer.of_report(complained(complaint, targets, settings))
    return show(found, form=form, color=color)


def show(found: Answer, *, form: str, color: str = "auto") -> int:
    """Write an answer to stdout and return its exit code, also where the reader leaves before the end."""
    try:
        if form == "json":
            write(found.text())
        else:
            screen = Screen.of_stdout(color)
            screen.show(found.lines(screen.look))
    except BrokenPipeError:
        silence(sys.stdout)
    return found.exit_code


def refuse(complaint: Complaint, *, as_json: bool) -> int:
    """Answer a command line that could not be read: on stderr for people, as JSON on stdout for programs."""
    found = Answer.of_report(complained(complaint, (), Settings()))
    if as_json:
        return show(found, form="json")
    screen = Screen.of_stderr()
    screen.show(found.lines(screen.look))
    return found.exit_code


def complained(complaint: Complaint, targets: tuple[str, ...], settings: Settings) -> Report:
    """The report of a run that ended before any target could be checked."""
    finding = Finding(
        code=complaint.code,
        kind=complaint.kind,
        where=complaint.where,
        message=complaint.sentence,
        remedy=complaint.remedy,
    )
    result = Result(
        target=" ".join(targets),
        name="",
        where=complaint.where,
        verdict="error",
        reason=complaint.sentence,
        again="",
        findings=(finding,),
        details=complaint.details,
    )
    return Report((result,), seed=settings.seed, strict=settings.strict)
