"""What is wrong with a derivative that was judged wrong: asked at other points, where judgement runs no user code."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from gradcheck_tool.diagnosis.points import gather
from gradcheck_tool.diagnosis.repair import repairs
from gradcheck_tool.diagnosis.stories import fingerprint
from gradcheck_tool.examine.recording import Recorded, Recording
from gradcheck_tool.examine.results import Check
from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.record import Entry, Verdict
from gradcheck_tool.judgement.verdict import judge
from gradcheck_tool.methods.estimate import Matrix

EXPLAINED = frozenset({"GC100", "GC101", "GC102", "GC103", "GC104", "GC105", "GC107", "GC108", "GC109", "GC110"})
SECONDS = 0.2  # for one explanation
SHARE = 0.5  # the same as a share of what the check took, where that is more
REPAIRING = 0.25  # the least share of it that is left for repairs
GATHERING = 0.6  # the share of the time that the points may take
LAGGING = 1e-6  # relative; what an inner iteration leaves over, or single precision
SAME = 1e-8  # relative; how close the recorded derivative is to what yours was judged against


def diagnosed(  # noqa: PLR0913, PLR0917 - what was judged, and how much may be spent on it
    check: Check, case: Case, verdict: Verdict, recording: Recording, limit: int | None, began: float
) -> Verdict:
    """The verdict with stories that hold at several points, where there is something wrong to explain.

    Where the function cannot be recorded, may not be called more often, or where its recording is not what yours was
    judged against, the verdict stays as it is: what its patterns say was then seen at one point only. `limit` is how
    often the function may run, `began` when the check began (``time.perf_counter``).
    """
    mine = check.mine
    if mine is None or limit is not None or not isinstance(recording, Recorded) or verdict.outcome != "wrong":
        return verdict
    if not any(found.code in EXPLAINED for found in verdict.findings) or not _judged_by(case, verdict):
        return verdict
    wrong = np.zeros(case.shape, dtype=bool)
    for entry in verdict.entries:
        wrong[entry.row, entry.column] = entry.verdict == "wrong"
    start = time.perf_counter()
    seconds = max(SECONDS, SHARE * (start - began))
    points = gather(
        check.problem,
        mine,
        recording.trace,
        order=check.order,
        known=recording.survey,
        slack=_slack(case),
        deadline=start + GATHERING * seconds,
    )
    if points is None or not points.near:
        return verdict
    stories = fingerprint(points, wrong, case.column_names, start + seconds)
    left = start + seconds - time.perf_counter()
    edits = repairs(points, wrong, seconds=max(REPAIRING * seconds, left))
    return judge(replace(case, stories=(*stories, *edits[:1])))


def _judged_by(case: Case, verdict: Verdict) -> bool:
    """Whether the recorded derivative is what the wrong entries were held against, up to what both know."""
    return all(_recorded(entry) for entry in verdict.entries if entry.verdict == "wrong") and case.yours is not None


def _recorded(entry: Entry) -> bool:
    for method in ("exact", "reverse", "forward"):
        if method in entry.values:
            gap = abs(entry.values[method] - entry.reference)
            return bool(gap <= entry.bound + entry.bars[method] + SAME * abs(entry.reference))
    return "hessian" in entry.values


def _slack(case: Case) -> Matrix | None:
    """How far the recorded derivative may be from the truth, relative, shape (m, n); None: by rounding only."""
    formula = case.formula
    if formula is None or not (formula.doubt or formula.single):
        return None
    return np.full(case.shape, LAGGING)
