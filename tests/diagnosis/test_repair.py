"""A repair is one edit that holds at points nobody searched at; mutants show how often one is found."""

from __future__ import annotations

import time
import warnings
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from formulas import FORMULAS
from mutants import Mutant, given, module, mutants, normal

from gradcheck_tool.diagnosis.points import Points, gather
from gradcheck_tool.diagnosis.repair import Search, ranked, repairs, search
from gradcheck_tool.tracing import record

PATIENCE = 5.0  # seconds: what is measured here is what is found, whatever else the machine does


def points_of(names: dict[str, Any], at: Any) -> Points | None:
    """The samples of a formula that was just run as a module."""
    problem, derivative = given(names, at)
    trace = record(problem.function, problem.point.values, call=lambda values: problem.function(**values), label="")
    return gather(problem, derivative, trace)


def wrong_entries(points: Points) -> Any:
    """The entries that are not the derivative at some point of the search, shape (m, n)."""
    wrong = np.zeros(points.tested.right.shape, dtype=bool)
    for sample in points.search:
        larger = np.maximum(np.abs(sample.mine), np.abs(sample.right))
        wrong |= ~(np.abs(sample.gap) <= 1e-9 * larger + 5 * sample.bound)
    return wrong


def repaired(source: str, at: Any) -> Search | None:
    """What is found for a source; None where its gradient is right, raises, or has no points."""
    try:
        points = points_of(module(source), at)
    except Exception:  # noqa: BLE001 - an edit may break the code: an index too far, a shape
        return None
    if points is None or not wrong_entries(points).any():
        return None
    return search(points, wrong_entries(points), seconds=PATIENCE)


@lru_cache(maxsize=1)
def outcomes() -> tuple[tuple[str, Mutant, Search], ...]:
    """Every third mutant of every formula with what was found for it."""
    found = []
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for name, (source, at) in FORMULAS.items():
            for mutant in list(mutants(normal(source)))[::3]:
                result = repaired(mutant.source, at)
                if result is not None:
                    found.append((name, mutant, result))
    return tuple(found)


def lines_named(result: Search) -> set[int]:
    """The lines of the likeliest repairs, all that are equally likely."""
    groups = ranked(result.repairs)
    return {int(repair.where.rpartition(":")[2]) for repair in groups[0]} if groups else set()


def test_the_formulas_are_many_and_right():
    """Thirty and more gradients, none of which is called wrong: what follows is about their mutants alone."""
    assert len(FORMULAS) >= 30
    for name, (source, at) in FORMULAS.items():
        points = points_of(module(normal(source)), at)
        assert points is not None, name
        assert len(points.near) >= 2, name
        assert not wrong_entries(points).any(), name


def test_a_right_gradient_is_not_repaired():
    """Where nothing is wrong there is nothing to repair, whatever entries somebody calls wrong."""
    for name, (source, at) in list(FORMULAS.items())[::4]:
        points = points_of(module(normal(source)), at)
        assert points is not None
        nothing = np.zeros(points.tested.right.shape, dtype=bool)
        assert repairs(points, nothing) == [], name
        assert repairs(points, ~nothing) == [], name


def test_most_mutants_are_repaired_at_their_line():
    """Of all single edits at least 85 % are undone by one edit, and in 80 % their line is named alone."""
    told = Counter()
    for _, mutant, result in outcomes():
        lines = lines_named(result)
        told["all"] += 1
        told["found"] += bool(lines)
        told["alone"] += lines == {mutant.line}
    assert told["all"] > 200
    assert told["found"] >= 0.85 * told["all"], told
    assert told["alone"] >= 0.80 * told["all"], told


@pytest.mark.parametrize("kind", ["sign", "index", "power", "constant"])
def test_one_token_wrong_is_nearly_always_found(kind):
    """A wrong operator, index, exponent or constant is found, and its line named, in five of six."""
    lines = [(mutant, lines_named(result)) for _, mutant, result in outcomes() if mutant.kind == kind]
    assert len(lines) > 10
    assert sum(mutant.line in named for mutant, named in lines) >= 0.85 * len(lines)


def test_a_search_takes_milliseconds():
    """Half of all searches need less than 40 ms of the processor; on a quiet machine it is a quarter of that."""
    needed = []
    for source, at in list(FORMULAS.values())[::2]:
        points = points_of(module(next(mutants(normal(source))).source), at)
        if points is not None and wrong_entries(points).any():
            began = time.process_time()
            search(points, wrong_entries(points), seconds=PATIENCE)
            needed.append(time.process_time() - began)
    assert len(needed) > 10
    assert float(np.median(needed)) < 0.04


def at_line(source: str, line: int, old: str, new: str) -> str:
    """The source with one replacement in one line."""
    lines = normal(source).splitlines(keepends=True)
    assert old in lines[line - 1], lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return "".join(lines)


# Repairs written back into the source by hand: the sentence the tool says, and what it means.
WRITTEN = [
    ("rosenbrock", 5, "x[1] - x[0] ** 2", "x[1] + x[0] ** 2", "replace `x[1] + x[0] ** 2` by `x[1] - x[0] ** 2`"),
    ("rosenbrock", 5, "x[0] ** 2", "x[0] ** 3", "replace `x[0] ** 3` by `x[0] ** 2`"),
    ("rosenbrock", 5, "x[1] -", "x[0] -", "`x[0]` should be `x[1]` in `x[0] - x[0] ** 2`"),
    ("rosenbrock", 7, "200.0", "200.2", "200.2 should be 200 in `200.2 * d`"),
    ("rosenbrock", 6, " * x[0] * d", " * d", "multiply `-400.0 * d` by `x[0]`"),
    ("waves", 5, "np.cos", "np.sin", "replace `np.sin(x[1] * x[2])` by `np.cos(x[1] * x[2])`"),
    ("waves", 6, "x[0] ** 2 + ", "", "add `x[0] ** 2` to `x[2] * c`"),
    ("gaussian", 7, " / x[3]", "", "divide `x[0] * e * z` by `x[3]`"),
    ("cauchy", 9, " / (1 + z ** 2)", "", "divide `2 * z` by `1 + z ** 2`"),
    ("least-squares", 10, "A.T @ r", "2 * (A.T @ r)", "replace `2 * (A.T @ r)` by `A.T @ r`"),
    ("least-squares", 9, " - b", "", "subtract `b` from `A @ x`"),
    ("chain", 11, "-4 * x[i] * d", "-4 * d", "multiply `-4 * d` by `x[0]`, `x[1]` ... in turn"),
    ("smoothness", 9, "out[:-1] -=", "out[:-1] +=", ""),
]


@pytest.mark.parametrize(("name", "line", "old", "new", "words"), WRITTEN)
def test_the_sentence_says_the_change(name, line, old, new, words):
    """The likeliest repair is the edit undone, said as a change of the source."""
    source, at = FORMULAS[name]
    result = repaired(at_line(source, line, old, new), at)
    assert result is not None
    if words:
        assert words in [repair.words for repair in ranked(result.repairs)[0]]
    assert line in lines_named(result)


def broken(name: str, line: int, old: str, new: str) -> tuple[Points, Any]:
    """A formula with one replacement: its points, and the entries that are wrong."""
    source, at = FORMULAS[name]
    points = points_of(module(at_line(source, line, old, new)), at)
    assert points is not None
    return points, wrong_entries(points)


def test_the_story_names_the_line_and_claims_no_more():
    """The sentence says that the change makes it equal, never where the mistake is."""
    points, wrong = broken("rosenbrock", 5, "x[1] - x[0] ** 2", "x[1] + x[0] ** 2")
    first = repairs(points, wrong, seconds=PATIENCE)[0]
    assert first.kind == "repair"
    assert first.where.endswith(":5")
    assert "makes it equal to the derivative" in first.formula
    assert "mistake" not in first.formula
    assert first.fresh >= 1
    assert first.explained.tolist() == wrong.tolist()


def test_a_repair_that_fails_at_a_fresh_point_is_not_told():
    """The points kept back decide: where the derivative there is another one, no repair is left."""
    points, wrong = broken("rosenbrock", 5, "x[1] - x[0] ** 2", "x[1] + x[0] ** 2")
    assert repairs(points, wrong, seconds=PATIENCE)
    moved = tuple(replace(sample, right=sample.right * (1 + 1e-6)) for sample in points.fresh)
    assert repairs(replace(points, fresh=moved), wrong, seconds=PATIENCE) == []
    assert repairs(replace(points, fresh=()), wrong, seconds=PATIENCE) == []


@pytest.mark.parametrize("factor", ["math.sin(37.0 * x[0])", "abs(x[0] - x[1]) ** 0.37", "1.0 + x[1] * math.exp(x[0])"])
def test_an_error_without_a_single_edit_has_no_repair_with_free_numbers(factor):
    """A gradient that is wrong by an arbitrary function is not put right by a number and a value at hand."""
    source = (
        "def f(x):\n    return x[0] ** 2 * x[1] + x[0]\n\n"
        f"def g(x):\n    w = {factor}\n"
        "    return [2 * x[0] * x[1] + 1 + 0.2 * w * w * w, x[0] ** 2 - math.cos(w) / 7]\n"
    )
    result = repaired(source, [0.8, 1.3])
    assert result is not None
    assert result.repairs == ()


def test_what_is_told_is_equal_up_to_rounding():
    """Every repair told leaves no more than rounding at the points of the search and the fresh ones."""
    for _, _, result in outcomes():
        assert all(np.isfinite(repair.residual) for repair in result.repairs)
        for group in ranked(result.repairs)[:1]:
            assert all(repair.residual < 1e-5 for repair in group)


def test_a_repair_holds_at_further_points_too(monkeypatch):
    """What is told for one choice of points is found again for another one, and with it at two more fresh ones."""
    known = [(name, mutant, result) for name, mutant, result in outcomes() if result.repairs][::12]
    assert len(known) > 15
    monkeypatch.setattr("gradcheck_tool.diagnosis.points.SEED", 7)
    for name, mutant, result in known:
        again = repaired(mutant.source, FORMULAS[name][1])
        assert again is not None, mutant.text
        assert ranked(result.repairs)[0][0].words in {repair.words for repair in again.repairs}, mutant.text


def test_equally_likely_repairs_are_all_told():
    """Where two lines would do, the sentence says both."""
    points, wrong = broken("ridge", 10, " / 2", "")
    first = repairs(points, wrong, seconds=PATIENCE)[0]
    assert "; equivalently at " in first.formula
