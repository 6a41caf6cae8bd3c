"""How f and its hand-written derivative behave as functions: whether their numbers may be judged at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.codes import finding
from gradcheck_tool.judgement.compare import Judged
from gradcheck_tool.judgement.record import Finding, Outcome
from gradcheck_tool.methods.estimate import Remark

# kind of remark: code, and whether its numbers can still be judged wrong
BEHAVIOUR = {
    "stale": ("GC208", True),
    "random": ("GC206", False),
    "unstable": ("GC206", False),
    "mutates": ("GC207", True),
    "remembers": ("GC212", False),
    "order": ("GC213", True),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the behaviour of the derivative adds to, or takes from, the judgement of its entries."""

    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...] = ()
    outcome: Outcome | None = None
    reason: str = ""


def about(case: Case, judged: tuple[Judged, ...]) -> Told:
    """Read the remarks on f and yours: stale is wrong, random and unstable numbers accuse nobody."""
    remarks = (*case.behaviour, *(() if case.yours is None else case.yours.remarks))
    seen = [remark for remark in dict.fromkeys(remarks) if remark.kind in BEHAVIOUR]
    if not seen:
        return Told(judged)
    findings = told_of(case, seen)
    kinds = {each.kind for each in seen}
    wrong = any(each.entry.verdict == "wrong" for each in judged)
    if "stale" in kinds:
        sentence = next(each.sentence for each in seen if each.kind == "stale")
        return Told(judged, findings, "wrong", _sentence(case, "is stale", sentence))
    judgeable = all(BEHAVIOUR[kind][1] for kind in kinds)
    if judgeable and wrong:
        return Told(judged, findings)
    open_question = tuple(_withdrawn(each) for each in judged) if not judgeable else judged
    return Told(open_question, findings, "cannot-tell", _sentence(case, "cannot be judged", seen[0].sentence))


def told_of(case: Case, remarks: Iterable[Remark]) -> tuple[Finding, ...]:
    """One finding for each remark about how f or yours behaves as a function."""
    return tuple(
        finding(BEHAVIOUR[each.kind][0], each.sentence, where=each.where or case.where)
        for each in remarks
        if each.kind in BEHAVIOUR
    )


def _sentence(case: Case, what: str, why: str) -> str:
    """Name the derivative once."""
    return why if why.startswith((case.yours_name, case.name)) else f"{case.yours_name} {what}: {why}"


def _withdrawn(judged: Judged) -> Judged:
    """The same numbers without an accusation."""
    if judged.entry.verdict == "cannot-tell":
        return replace(judged, code="")
    if judged.entry.verdict not in ("wrong", "agree"):
        return judged
    reason = "it does not return the same numbers twice"
    return replace(judged, entry=replace(judged.entry, verdict="cannot-tell", reason=reason), code="")
