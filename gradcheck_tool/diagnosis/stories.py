"""The stories about a wrong derivative that hold at several points, and at fresh ones kept back from the search."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.branches import branches
from gradcheck_tool.diagnosis.evidence import SHARP_FREE, Evidence, evidence
from gradcheck_tool.diagnosis.points import Points, Story
from gradcheck_tool.diagnosis.series import by_inputs, factors
from gradcheck_tool.diagnosis.table import Table
from gradcheck_tool.diagnosis.terms import multiple, terms
from gradcheck_tool.diagnosis.words import Candidate, words

PLAIN = 2.5  # a story about the numbers alone that costs no more is told without looking at f
ONE_BY_ONE = 6  # wrong entries without a common story that are looked at alone
TOLD = 2
UNDEFINED = 1e-6  # relative; what counts as right beside an entry that is not finite


def fingerprint(
    points: Points,
    wrong: NDArray[np.bool_] | None,
    names: Sequence[str],
    deadline: float = float("inf"),
) -> tuple[Story, ...]:
    """At most two stories about the wrong entries, each true at every point; none where nothing simple fits.

    `wrong`, shape (m, n), are the entries judged wrong, `names` the n inputs. A story that explains all wrong entries
    comes alone; else entries are looked at one by one, and those with the same story share it.
    """
    undefined = _undefined(points)
    known = evidence(points, wrong, names)
    if known is None:
        return undefined
    tables = _tables(known, points)
    told = _best(known, tables, deadline)
    if told or int(known.wrong.sum()) == 1:
        return (*told[:1], *undefined)
    places = np.argwhere(known.wrong)
    if len(places) > ONE_BY_ONE:
        return undefined
    shared: dict[str, Story] = {}
    for row, column in places.tolist():
        for story in _best(known.only(row, column), tables, deadline)[:1]:
            before = shared.get(story.formula)
            shared[story.formula] = story if before is None else _joined(before, story)
    return (*sorted(shared.values(), key=lambda story: -int(story.explained.sum())), *undefined)[:TOLD]


def _undefined(points: Points) -> tuple[Story, ...]:
    """Entries of yours that are nan or infinite: at this point only, or beside it as well."""
    bad = ~np.isfinite(points.tested.plain)
    beside = (*points.near, *points.fresh)
    if not bad.any() or not beside:
        return ()
    numbers = np.stack([sample.plain for sample in beside])[:, bad]
    right = np.stack([sample.right for sample in beside])[:, bad]
    if np.all(np.abs(numbers - right) <= UNDEFINED * np.abs(right)):
        text = "yours is not finite at this point only; beside it, it is right"
    elif not np.isfinite(numbers).any():
        text = "yours is not finite at the points beside it either"
    else:
        return ()
    return (Story("GC109", "undefined", text, 1.0, 0.0, bad, fresh=len(points.fresh)),)


def _joined(first: Story, second: Story) -> Story:
    return replace(
        first,
        residual=max(first.residual, second.residual),
        fresh=min(first.fresh, second.fresh),
        explained=first.explained | second.explained,
    )


def _tables(known: Evidence, points: Points) -> tuple[Table, ...]:
    """The chain rule at every point; empty where that is not affordable, or for second derivatives."""
    if points.order != 1:
        return ()
    made = []
    for sample in known.samples:
        table = Table.of(sample.trace)
        if table is None:
            return ()
        made.append(table)
    return tuple(made)


def _best(known: Evidence, tables: tuple[Table, ...], deadline: float) -> list[Story]:
    """The cheapest story that holds, and others that cost the same."""
    plain = _holding(known, (*words(known), *branches(known)))
    if plain and plain[0].cost <= PLAIN:
        return plain
    if known.searched < 2:
        return plain
    deep: Iterable[Candidate] = ()
    if tables and time.perf_counter() < deadline:
        deep = (*terms(known, tables, deadline), *factors(known, tables, deadline))
    own = list(_own(known))
    found = _holding(known, (*words(known), *branches(known), *own, *deep))
    return [_formulated(story, known, own) for story in found]


def _holding(known: Evidence, candidates: Iterable[Candidate]) -> list[Story]:
    """Candidates that hold at all points of the search and at all fresh ones, the cheapest first, ties kept."""
    found: list[Story] = []
    for each in sorted(candidates, key=lambda candidate: candidate.cost):
        if found and each.cost > found[0].cost + 1e-9:
            break
        if each.free and not known.free:
            continue
        residual = known.residual(each.said, everywhere=each.everywhere)
        if residual is None:
            continue
        fresh, left = known.held(each.said, everywhere=each.everywhere)
        if fresh < 0:
            continue
        found.append(
            Story(
                each.code,
                each.kind,
                each.formula,
                each.cost,
                max(residual, left),
                known.wrong,
                each.where,
                fresh,
                each.sentence,
            )
        )
    return found


_OWN = (
    ("{}", 0.0, lambda x: x),
    ("{}**2", 0.02, lambda x: x * x),
    ("{}**3", 0.03, lambda x: x**3),
    ("1 / {}", 0.05, lambda x: 1 / x),
    ("sign({})", 0.1, np.sign),
    ("exp({})", 0.1, np.exp),
    ("cos({})", 0.1, np.cos),
    ("sin({})", 0.1, np.sin),
)


def _own(known: Evidence) -> Iterator[Candidate]:
    """The difference is a multiple of a function of each entry's own input: a regulariser, printed as a formula."""
    if not known.free or not known.sharp(SHARP_FREE) or known.wrong.shape[1] != known.samples[0].x.size:
        return
    x = np.stack([sample.x for sample in known.samples])[:, None, :]
    columns = np.flatnonzero(known.wrong.any(axis=0)).tolist()
    several = len(columns) > 1
    labels = (
        {known.names[at].rpartition("[")[0] or known.names[at] for at in columns}
        if several
        else {known.names[columns[0]]}
    )
    label = labels.pop() if len(labels) == 1 else "the inputs"
    for text, extra, change in _OWN:
        with np.errstate(all="ignore"):
            parts = np.broadcast_to(change(x), known.right.shape)
        factor = multiple(known, parts)
        if factor is None:
            continue
        amount = f"{-factor:.10g}"
        if text.startswith("1 /"):
            term = f"{amount} / {label}"
        else:
            term = {"1": "", "-1": "-"}.get(amount, f"{amount} * ") + text.format(label)
        formula = f"AD - yours = {term}"
        yield Candidate(3.3 + extra, "GC104", "missing-term", formula, known.right + factor * parts, free=True)


def _formulated(story: Story, known: Evidence, own: list[Candidate]) -> Story:
    """A story about a place in f as a formula where a short one holds too; what it said becomes the second line."""
    if not story.where or story.code not in ("GC103", "GC104"):
        return story
    short = own if story.code == "GC104" else by_inputs(known)
    for each in short:
        if each.code == story.code and known.residual(each.said) is not None and known.held(each.said)[0] >= 0:
            return replace(story, formula=each.formula, sentence=story.formula)
    return story
