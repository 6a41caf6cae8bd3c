"""One model and one gradient put before the tool, and what it said, as plain data."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases import Model, Special, Truth, as_arrays, models, special, truths
from model_mutants import Mutant, mutants, patience, wrong_entries

from gradcheck_tool import Complaint, check
from gradcheck_tool.settings import METHODS

QUICK = tuple(method for method in METHODS if method != "symbolic")
LONGEST = 30.0  # seconds for one check


@dataclass(frozen=True, slots=True)
class Said:
    """What came out of one check."""

    group: str
    label: str
    kind: str  # "right", "special", or how the wrong gradient was made
    words: str
    verdict: str
    reason: str
    codes: tuple[str, ...]
    stories: tuple[str, ...]
    wheres: tuple[str, ...]
    named: bool | None  # whether exactly the wrong entries were called wrong; None where that has no sense
    line: int
    path: str
    evaluations: int
    seconds: float

    @property
    def outcome(self) -> str:
        """For a right gradient and for a wrong one: passed, alarm or unsure; missed, detected or unsure."""
        if self.kind == "right":
            return {"agree": "passed", "wrong": "alarm", "error": "alarm"}.get(self.verdict, "unsure")
        return {"agree": "missed", "wrong": "detected"}.get(self.verdict, "unsure")

    @property
    def source_level(self) -> bool:
        return self.line > 0


def ask(function: Callable[..., Any], point: dict[str, Any], gradient: Callable[..., Any], against: Any) -> Any:
    """The tool's result, or the complaint it raised."""
    try:
        with warnings.catch_warnings(), patience(LONGEST):
            warnings.simplefilter("ignore")
            [result] = check(function, point, jac=gradient, against=against).results
    except Complaint as complaint:
        return complaint
    return result


def said(
    group: str, label: str, kind: str, words: str, function: Any, point: Any, gradient: Any, against: Any,
    truth: tuple[Model, Truth] | None = None, mutant: Mutant | None = None,
) -> Said:  # fmt: skip
    began = time.perf_counter()
    try:
        answer = ask(function, point, gradient, against)
    except Exception as crash:  # noqa: BLE001 - a crash of the tool is an outcome too
        answer = crash
    seconds = time.perf_counter() - began
    line, path = (mutant.line, mutant.path) if mutant else (0, "")
    if isinstance(answer, Exception):
        code = getattr(answer, "code", "CRASH")
        sentence = f"{type(answer).__name__}: {getattr(answer, 'sentence', answer)}"
        verdict = "error" if isinstance(answer, Complaint) else "crash"
        return Said(group, label, kind, words, verdict, sentence, (code,), (), (), None, line, path, 0, seconds)
    named = None
    if truth is not None and answer.entries:
        wanted = wrong_entries(*truth, gradient)
        named = (
            None if wanted is None else wanted == {(e.row, e.column) for e in answer.entries if e.verdict == "wrong"}
        )
    findings = answer.findings
    return Said(
        group, label, kind, words, answer.verdict, answer.reason,
        tuple(f.code for f in findings),
        tuple(" | ".join([f.message, *(f"{k}: {v}" for k, v in f.data)]) for f in findings if f.code.startswith("GC1")),
        tuple(f.where for f in findings),
        named, line, path, sum(row.evaluations for row in answer.methods), seconds,
    )  # fmt: skip


def judge_model(group: str, number: int, share: int = 1, against: Any = QUICK) -> list[Said]:
    """The right gradient of a model and every `share`-th of its mutants."""
    model = models(group)[number]
    truth = truths(group)[model.label]
    right = said(group, model.label, "right", "", model.function, model.arguments, model.gradient, against)
    return [
        right,
        *(_wrong(model, truth, mutant, against) for mutant in mutants(model, truth)[number % share :: share]),
    ]


def judge_right(model: Model, against: Any = QUICK) -> Said:
    """The right gradient of a model."""
    return said(model.group, model.label, "right", "", model.function, model.arguments, model.gradient, against)


def _wrong(model: Model, truth: Truth, mutant: Mutant, against: Any) -> Said:
    return said(
        model.group, model.label, mutant.kind, mutant.words, model.function, model.arguments, mutant.gradient, against,
        (model, truth), mutant,
    )  # fmt: skip


def judge_special(name: str, against: Any = QUICK) -> tuple[Said, Special]:
    case = special(name)
    point = {key: as_arrays(value) for key, value in case.point.items()}
    return said("special", name, "special", "", case.function, point, case.gradient, against), case
