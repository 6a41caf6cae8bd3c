"""One edit of the user's formula that makes it the derivative: found by trying, all candidates in one replay.

"This change at model.py:14 makes it equal to the derivative" is true wherever the mistake was made: a formula may be
put right in several places. A repair is told only if it also holds at points kept back from the search.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.edits import Edit, edits
from gradcheck_tool.diagnosis.insertions import Insertions
from gradcheck_tool.diagnosis.points import Points, Sample, Story
from gradcheck_tool.diagnosis.pool import pool
from gradcheck_tool.diagnosis.replay import Family, Replay, Unreplayable, chunks
from gradcheck_tool.diagnosis.sites import Site, is_bare_entry, reaching, sites
from gradcheck_tool.subject.packing import leaves_of
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.values import has_complex

Array = NDArray[Any]
GAPS = (Unreplayable, ArithmeticError, ValueError, TypeError, IndexError, KeyError)
CLOSE = 1e-9  # relative to the entry
VAGUE = 1e-7  # relative; beyond, too much would fit
CLEAR = 1e-6  # an entry that is so far off at another point is wrong as well
SAME = 1e-6  # how close the replay must come to what the formula gives, relative
SECONDS = 0.2
LONGEST = 2500  # lines of a formula that is still searched
CODE = "GC114"
TOLD = 4  # at most this many places are told
LIKELY, PLAIN = 1.4, 2.05  # once a repair is this likely, what costs more is not looked for
MOST = 60  # candidates that fit at one point and are held against the others
GRACE = 0.05  # seconds more for that: what has been found is held against all points when the time is up
EVEN = 0.05  # repairs this close in cost are equally likely


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """The formula at all points, and what it should give.

    Attributes
    ----------
    replay
        The formula's run at the points of the search, then at the fresh ones.
    right, allowed
        What the result should be, and by how much it may miss it, shape (N, P) each.
    wrong
        Shape (N,): the entries of the result to be repaired.
    searched
        How many of the points belong to the search.
    """

    replay: Replay
    samples: tuple[Sample, ...]
    right: Array
    allowed: Array
    wrong: NDArray[np.bool_]
    searched: int

    def fits(self, results: Array, points: Sequence[int]) -> NDArray[np.bool_]:
        """Which candidates give the derivative in all entries at these points; results of shape (N, P, C)."""
        at = list(points)
        with np.errstate(all="ignore"):
            close = np.abs(results - self.right[:, at, None]) <= self.allowed[:, at, None]
        return np.asarray(close.all(axis=(0, 1)))

    def missed(self, results: Array) -> float:
        """The largest distance left over, in units of the derivative."""
        return float(np.max(np.abs(results - self.right)[self.wrong], initial=0.0))


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit that holds at all points, the fresh ones as well."""

    cost: float
    where: str
    words: str
    residual: float
    line: int  # of the formula's run; of equally likely ones in one place of the source the last is told


@dataclass(frozen=True, slots=True)
class Search:
    """What came out of a search: the repairs, the cheapest first, and how much was tried."""

    repairs: tuple[Repair, ...]
    candidates: int
    seconds: float
    finished: bool = True


def repairs(points: Points, wrong: NDArray[np.bool_], *, seconds: float = SECONDS) -> list[Story]:
    """Stories of single edits that make the formula equal to the derivative, the likeliest first.

    `wrong`, shape (m, n), marks the entries that are wrong. Empty where the run of the formula is not known, where
    there are fewer than two points for the search and one kept back, and where no single edit does it.
    """
    found = search(points, wrong, seconds=seconds)
    return [_story(points, wrong, tied, found) for tied in ranked(found.repairs)]


def search(points: Points, wrong: NDArray[np.bool_], *, seconds: float = SECONDS, insert: bool = True) -> Search:
    """Try all single edits, for at most so many seconds; without `insert` only those that bring in nothing new."""
    began = time.perf_counter()
    task = _task(points, wrong)
    if task is None:
        return Search((), 0, time.perf_counter() - began)
    hunt = _Hunt(task, began + seconds)
    try:
        hunt.begin()
        hunt.operators()
        if insert and hunt.best > LIKELY:
            hunt.amounts()
    except GAPS:  # a row that has no meaning for many candidates at once ends the search, not the check
        hunt.finished = False
    told = sorted(hunt.found, key=lambda repair: repair.cost)
    return Search(tuple(told), hunt.candidates, time.perf_counter() - began, finished=hunt.finished)


class _Hunt:
    """One search under way: what it has found, and how much time is left."""

    def __init__(self, task: Task, deadline: float) -> None:
        self.task = task
        self.deadline = deadline
        self.candidates = 0
        self.finished = True
        self.found: list[Repair] = []
        self.generic = 1 if task.searched > 1 else 0  # the tested point is often special, a neighbour is not
        self.every: list[Site] = []
        self.sites: list[Site] = []

    def begin(self) -> None:
        """Find the places that reach all wrong entries."""
        task, trace = self.task, self.task.replay.trace
        shown = np.flatnonzero(task.wrong).tolist()
        bare = [entry for entry in shown if len(shown) == 1 and is_bare_entry(trace, entry)]
        self.every = sites(trace, bare)
        self.sites = reaching(task.replay.part([self.generic]), self.every, task.wrong, ~task.wrong)

    def operators(self) -> None:
        """Edits that are tried as they are."""
        size = int(self.task.samples[0].problem.inputs.size)
        tried = [edit for site in self.sites for edit in edits(self.task.replay, site, size)]
        self.hold(tried)

    def surviving(self, families: list[Family], points: Sequence[int]) -> list[int]:
        """Which of these candidates, one to a family, give the derivative at the points."""
        replay = self.task.replay.part(points)
        good: list[int] = []
        start = 0
        for portion in chunks(families, replay):
            if time.perf_counter() > self.deadline + GRACE:
                self.finished = False
                break
            fits = self.task.fits(replay.run(portion), points)
            good += (start + np.flatnonzero(fits)).tolist()
            start += len(portion)
            self.candidates += len(portion)
        return good

    def amounts(self) -> None:
        """Numbers and values that are multiplied or added somewhere."""
        task = self.task
        values = pool(task.samples, task.replay)
        source = Insertions(task.replay, values, task.right, task.wrong, searched=task.searched, deadline=self.deadline)
        self.hold(list(source.edits(self.sites)))
        if self.best > PLAIN:
            self.hold(list(source.multiples(self.sites, self.every)))
        self.candidates += source.tried
        self.finished = self.finished and source.finished

    @property
    def best(self) -> float:
        """The cost of the likeliest repair so far."""
        return min((repair.cost for repair in self.found), default=float("inf"))

    def hold(self, tried: list[Edit]) -> None:
        """Keep those of the edits that hold at all points, the likeliest tried first."""
        task = self.task
        tried = sorted(tried, key=lambda edit: edit.cost)
        left = [tried[k] for k in self.surviving([edit.family for edit in tried], [self.generic])][:MOST]
        everywhere = range(task.replay.points)
        for edit in [left[k] for k in self.surviving([edit.family for edit in left], everywhere)]:
            residual = task.missed(task.replay.run([edit.family])[..., 0])
            self.found.append(Repair(edit.cost, edit.where(), edit.say(), residual, edit.site.lines[-1]))


def _task(points: Points, wrong: NDArray[np.bool_]) -> Task | None:
    """The formula at all points where its run is the one of the tested point; None where those are too few."""
    tested = points.tested
    trace, places = tested.formula, tested.places
    if trace is None or places is None or len(trace) > LONGEST or has_complex(trace):
        return None
    entries = places.ravel()
    searched = [sample for sample in points.search if _alike(sample, trace)]
    fresh = [sample for sample in points.fresh if _alike(sample, trace)]
    replay = _replayed(trace, (*searched, *fresh))
    if replay is None or sorted(entries.tolist()) != list(range(len(replay.results()))):
        return None
    same = _faithful(replay, (*searched, *fresh), entries)
    if not all(same):  # other entries are the largest there, or come first
        searched, fresh = (
            [sample for sample, good in zip(group, mark, strict=True) if good]
            for group, mark in ((searched, same[: len(searched)]), (fresh, same[len(searched) :]))
        )
        replay = _replayed(trace, (*searched, *fresh))
    if replay is None or len(searched) < 2 or not fresh or searched[0] is not tested:
        return None
    return _compared(replay, (*searched, *fresh), entries, wrong.ravel(), len(searched))


def _faithful(replay: Replay, samples: Sequence[Sample], entries: NDArray[np.intp]) -> list[bool]:
    """At which points the replay gives what the user's formula gives."""
    results = replay.results()[entries, :, 0]
    mine = [sample.mine.ravel() for sample in samples]
    with np.errstate(all="ignore"):
        return [bool(np.all(np.abs(results[:, p] - own) <= SAME * np.abs(own) + 1e-12)) for p, own in enumerate(mine)]


def _replayed(trace: Trace, samples: Sequence[Sample]) -> Replay | None:
    if not samples:
        return None
    try:
        return Replay(trace, [leaves_of(sample.problem.inputs.unpack(sample.x)) for sample in samples])
    except GAPS:
        return None


def _compared(
    replay: Replay, samples: tuple[Sample, ...], entries: NDArray[np.intp], wrong: NDArray[np.bool_], searched: int
) -> Task | None:
    """What the result should be; None where that is known too vaguely, or nothing is to be repaired."""
    results = replay.results()[..., 0]
    right, allowed = np.zeros(results.shape), np.zeros(results.shape)
    for p, sample in enumerate(samples):
        mine, truth, bound = sample.mine.ravel(), sample.right.ravel(), sample.bound.ravel()
        noise = np.abs(results[entries, p] - mine)
        right[entries, p] = truth
        allowed[entries, p] = CLOSE * np.abs(truth) + 5 * bound + 8 * noise
    gap = np.abs(results - right)
    mask = np.zeros(len(results), dtype=bool)
    mask[entries] = wrong
    mask &= np.any(gap > allowed, axis=1)
    mask |= np.any(gap > CLEAR * np.abs(right) + allowed, axis=1)  # right at the tested point by chance
    allowed[~mask] = np.maximum(allowed, 2 * gap)[~mask]  # what is right shall stay as right as it is
    vague = np.any((allowed > VAGUE * np.maximum(np.abs(right), np.abs(results)))[mask])
    return None if vague or not mask.any() else Task(replay, samples, right, allowed, mask, searched)


def _alike(sample: Sample, trace: Trace) -> bool:
    """Whether the formula did the same operations at a point."""
    other = sample.formula
    return other is not None and len(other) == len(trace) and other.operation == trace.operation


# --- which are told -------------------------------------------------------------------------------------------------


def ranked(found: Sequence[Repair]) -> list[list[Repair]]:
    """The cheapest repairs, one for each place, grouped by how likely they are."""
    best: dict[str, Repair] = {}
    for repair in sorted(found, key=lambda repair: (repair.cost, -repair.line)):
        best.setdefault(repair.where, repair)
    groups: list[list[Repair]] = []
    for repair in sorted(best.values(), key=lambda repair: repair.cost):
        if groups and repair.cost - groups[-1][0].cost <= EVEN:
            groups[-1].append(repair)
        else:
            groups.append([repair])
    return groups


def _story(points: Points, wrong: NDArray[np.bool_], tied: list[Repair], found: Search) -> Story:
    first = tied[0]
    others = "".join(f"; equivalently at {repair.where}: {repair.words}" for repair in tied[1:TOLD])
    return Story(
        code=CODE,
        kind="repair",
        formula=f"this change at {first.where} makes it equal to the derivative: {first.words}{others}",
        cost=first.cost,
        residual=max(repair.residual for repair in tied),
        explained=wrong.copy(),
        where=first.where,
        fresh=len(points.fresh),
        sentence=f"{found.candidates} changes tried",
    )
