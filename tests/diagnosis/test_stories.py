"""Stories about wrong gradients: of the right kind, true at further points, and none without a reason."""

import collections
import functools

import numpy as np
import pytest
import story_models as models
import story_mutants as mutants

from gradcheck_tool.diagnosis.points import FRESH, NEAR, Points, gather
from gradcheck_tool.diagnosis.stories import fingerprint
from gradcheck_tool.subject import Point, Problem
from gradcheck_tool.subject.subject import Handwritten
from gradcheck_tool.tracing import record
from gradcheck_tool.walks.jacobian import reverse_jacobian

FURTHER = 6  # points beside those that a story was looked for and tested at


@functools.cache
def run(name):
    function, gradient, x = mutants.functions(name)
    problem = Problem.at(lambda x: function(x), Point({"x": x}, {}, "test"))
    trace = record(problem.function, problem.point.values, call=lambda values: problem.function(**values), label="")
    return problem, trace, reverse_jacobian(trace), gradient


@np.errstate(all="ignore")
def wrong_entries(gradient, right, x, rtol=5e-7):
    """Which entries are wrong, shape (1, n); None where the mutant raises, or has another shape or nothing wrong."""
    try:
        mine = np.asarray(gradient(x.copy()), dtype=float)
    except Exception:  # noqa: BLE001 - a mutant may raise anything
        return None
    if mine.shape != right[0].shape or not np.all(np.isfinite(mine)):
        return None
    wrong = np.abs(mine - right[0]) > rtol * np.maximum(np.abs(mine), np.abs(right[0])) + 1e-12
    return wrong[None] if wrong.any() else None


def gathered(name, gradient):
    problem, trace, _, _ = run(name)
    return gather(problem, Handwritten("g", "model.py:1", "test", lambda x: gradient(x)), trace)


def told(name, gradient, rtol=5e-7):
    """The stories about one wrong gradient; None where it is not wrong."""
    problem, _, right, _ = run(name)
    wrong = wrong_entries(gradient, right, problem.x, rtol)
    return None if wrong is None else fingerprint(gathered(name, gradient), wrong, problem.inputs.names)


@pytest.mark.parametrize("name", models.POINTS)
def test_the_models_are_right(name):
    """A corpus of mistakes starts from gradients without any."""
    problem, _, right, gradient = run(name)
    assert np.allclose(gradient(problem.x), right[0], rtol=1e-11, atol=1e-12)
    assert told(name, gradient) is None


def numeric_changes(names):
    """How many mechanical changes are wrong gradients, and which of them get no story of their own kind first."""
    count, missed = 0, []
    for name in names:
        for kinds, label, gradient in mutants.numeric(name):
            stories = told(name, gradient, 1e-9 if label == "f32" else 5e-7)
            if stories is not None:
                count += 1
                missed += [] if stories and stories[0].kind in kinds else [(name, label, stories[:1])]
    return count, missed


FEW = tuple(models.POINTS)[::6]


def test_changed_numbers_are_recognised_as_what_was_done():
    """At least 97 % of mechanical changes get a story of their own kind."""
    count, missed = numeric_changes(FEW)
    assert count > 150
    assert len(missed) <= 0.03 * count, missed


@pytest.mark.long
def test_changed_numbers_of_all_models_are_recognised():
    """The same for every model."""
    count, missed = numeric_changes(models.POINTS)
    assert count > 950
    assert len(missed) <= 0.03 * count, missed


# What an edit of the source may truthfully be called.
CHAIN = {
    "missing-factor",
    "extra-factor",
    "missing-term",
    "term-factor",
    "term-sign",
    "halved-term",
    "doubled-term",
    "wrong-partial",
    "missing-inner",
}
FACTORS = {"factor", "missing-factor", "extra-factor"}
KINDS = {
    "drop-term": CHAIN | {"zero", "offset", "missing-factor", "factor"},
    "plus-minus": CHAIN | {"sign", "offset", "factor"},
    "drop-factor": CHAIN | FACTORS | {"zero", "offset"},
    "drop-divisor": CHAIN | FACTORS,
    "power": CHAIN | FACTORS,
    "lost-minus": {"sign", "term-sign", "missing-term", "term-factor"},
    "constant": {"factor", "term-factor", "missing-term", "offset"},
    "function": CHAIN | FACTORS,
    "index": CHAIN | FACTORS | {"copied", "permuted"},
}


def source_edits(names, every):
    """How many single edits get a story of their kind (True) or not, and the stories that fail at six more points."""
    seen, false = collections.Counter(), []
    for name in names:
        problem, _, right, _ = run(name)
        for number, (label, source, gradient) in enumerate(mutants.source_level(name)):
            wrong = None if number % every else wrong_entries(gradient, right, problem.x)
            if wrong is None:
                continue
            points, entries = more_points(name, gradient), problem.inputs.names
            others = (*points.near, *points.fresh)
            few = Points(points.tested, others[:NEAR], others[NEAR : NEAR + FRESH])
            stories = fingerprint(few, wrong, entries)
            again = fingerprint(Points(points.tested, others[:NEAR], others[NEAR:]), wrong, entries)
            false += [(name, source, story) for story in stories if story.formula not in {s.formula for s in again}]
            seen[bool(stories) and stories[0].kind in KINDS[label]] += 1
    return seen, false


def test_edits_of_the_source_are_explained_and_no_story_fails_further_on():
    """At least half of all single edits get a story of their kind; every story holds at six more points."""
    seen, false = source_edits(FEW, 4)
    assert sum(seen.values()) > 25
    assert seen[True] >= 0.5 * sum(seen.values()), seen
    assert not false


@pytest.mark.long
def test_edits_of_all_models_are_explained_and_no_story_fails_further_on():
    """The same for every edit of every model."""
    seen, false = source_edits(models.POINTS, 1)
    assert sum(seen.values()) > 850
    assert seen[True] >= 0.5 * sum(seen.values()), seen
    assert not false


def more_points(name, gradient):
    """As `gathered`, with further points that were never asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gradcheck_tool.diagnosis.points.FRESH", FRESH + FURTHER)
        return gathered(name, gradient)


def noise(x, n):
    return np.random.default_rng(np.abs(np.asarray(x) * 1e9).astype(np.int64)).normal(size=n)


PATTERNLESS = {
    "random": lambda right, x: noise(x, x.size),
    "another function": lambda right, x: np.sin(3 * x + 0.7) * np.exp(0.3 * np.sum(x)) + np.arange(x.size),
    "oscillating factor": lambda right, x: np.asarray(right(x)) * (1 + 0.1 * np.sin(50 * np.sum(x))),
    "noise of 1e-3": lambda right, x: np.asarray(right(x)) * (1 + 1e-3 * noise(x, x.size)),
}


@pytest.mark.parametrize("kind", PATTERNLESS)
def test_what_has_no_pattern_gets_no_story(kind):
    """Nothing is made up about a gradient that is wrong without a reason."""
    for name in models.POINTS:
        right = run(name)[3]
        stories = told(name, lambda x, right=right: PATTERNLESS[kind](right, np.asarray(x)))
        assert stories in (None, ()), name


def test_two_mistakes_that_have_nothing_to_do_with_one_another_are_two_stories():
    """Each entry has its own story, tested on its own."""
    _, _, _, right = run("powers")
    stories = told("powers", lambda x: np.asarray(right(x)) * np.array([-1.0, 3.0]))
    assert {(story.kind, tuple(story.explained[0])) for story in stories} == {
        ("sign", (True, False)),
        ("factor", (False, True)),
    }


def test_a_regulariser_that_was_forgotten_is_a_formula_and_a_line():
    """The term as a formula in the inputs, and where f adds it."""
    (story,) = told("ridge", lambda w: 2.0 * models.X.T @ (models.X @ w - models.LABELS) / 5.0)
    assert (story.code, story.formula) == ("GC104", "AD - yours = 0.1 * x")
    assert story.sentence == "yours lacks the derivative of 0.05 * np.sum(w**2)"
    assert "story_models.py:" in story.where
    assert story.fresh == FRESH
    assert story.line.endswith("held at 2 fresh points)")


def test_an_earlier_point_is_recognised():
    """A gradient that answers with what belongs to the call before."""
    right = run("powers")[3]
    before = [np.array([1.0, 1.0])]

    def late(x):
        before.append(np.array(x, dtype=float))
        return right(before[-2])

    (story,) = told("powers", late)
    assert (story.code, story.kind) == ("GC208", "stale")


def test_one_point_makes_no_story_with_a_free_number():
    """Without neighbours only words are left, and they are said to look so."""
    problem, _, right, gradient = run("powers")
    for factor, formula in ((1.37, None), (2.0, "AD = yours / 2")):
        wrong = lambda x, c=factor: c * np.asarray(gradient(x))  # noqa: E731
        points = gathered("powers", wrong)
        alone = fingerprint(Points(points.tested, (), ()), np.ones_like(right, dtype=bool), problem.inputs.names)
        assert [story.formula for story in alone] == ([formula] if formula else [])
        assert all(story.line.startswith("looks like ") for story in alone)


def test_points_take_the_decisions_of_the_tested_one():
    """Neighbours on another branch are left out but kept as runs, and zeros are moved away from 0."""
    points = gathered_for(two_branches, lambda x: np.array([2 * x[0] * x[1], x[0] ** 2]), [0.51, 1.2])
    assert (len(points.near), len(points.fresh)) == (NEAR, FRESH)
    assert all(sample.x[0] > 0.5 for sample in points.visited)
    assert any(trace.value[0][0] <= 0.5 for trace in points.elsewhere)
    assert np.all(gathered("coulomb", run("coulomb")[3]).near[0].x != 0)


def gathered_for(function, gradient, x, order=1):
    problem = Problem.at(function, Point({"x": np.array(x)}, {}, "test"))
    trace = record(function, problem.point.values, call=lambda values: function(**values), label="")
    return gather(problem, Handwritten("g", "model.py:1", "test", gradient), trace, order=order)


def two_branches(x):
    if x[0] > 0.5:
        return x[0] ** 2 * x[1]
    return x[0] ** 3 + x[1]


SQUARES = np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 4.0], [2.0, 2.0, 1.0]])


@pytest.mark.parametrize(
    ("function", "gradient", "x", "order", "code", "formula"),
    [
        (
            two_branches,
            lambda x: np.array([3 * x[0] ** 2, 1.0]),
            [0.7, 1.2],
            1,
            "GC112",
            "yours is the derivative of another branch of f than the one taken here",
        ),
        (
            lambda x: np.sin(SQUARES @ x),
            lambda x: (np.cos(SQUARES @ x)[:, None] * SQUARES).T,
            [0.7, -1.2, 0.3],
            1,
            "GC107",
            "AD = yours transposed",
        ),
        (
            lambda x: np.array([x[0] * x[1], np.sin(x[1]), x[0] ** 2]),
            lambda x: np.array([[x[1], x[0]], [0.0, -np.cos(x[1])], [2 * x[0], 0.0]]),
            [0.7, -1.2],
            1,
            "GC101",
            "AD = yours * -1",
        ),
        (
            lambda x: x[0] ** 2 * np.sin(x[1]),
            lambda x: np.array(
                [[np.sin(x[1]), 2 * x[0] * np.cos(x[1])], [2 * x[0] * np.cos(x[1]), -(x[0] ** 2) * np.sin(x[1])]]
            ),
            [0.7, -1.2],
            2,
            "GC102",
            "AD = yours * 2",
        ),
        (
            lambda x: np.sum(x**4),
            lambda x: 4 * x**4 / x,
            [0.7, 0.0],
            1,
            "GC109",
            "yours is not finite at this point only; beside it, it is right",
        ),
        (
            lambda x: np.sin(x[0]) * x[1] + x[2] ** 2 * x[1],
            lambda x: np.array([np.cos(x[0]) * x[1], np.sin(x[0]) + x[2] ** 2, x[1]]),
            [0.5, 1.0, -0.7],
            1,
            "GC103",
            "AD = yours * 2 * x[2]",
        ),
        (
            lambda x: np.cos(x[0] * x[1]) + x[1] ** 2,
            lambda x: np.array([-np.cos(x[0] * x[1]) * x[1], -np.sin(x[0] * x[1]) * x[0] + 2 * x[1]]),
            [0.5, 1.3],
            1,
            "GC111",
            "yours takes -np.cos(x[0] * x[1]) for the slope of np.cos(x[0] * x[1])",
        ),
    ],
    ids=["branch", "transposed", "one sign of a Jacobian", "Hessian", "nan", "inner derivative", "wrong slope"],
)
def test_one_mistake_of_each_kind(function, gradient, x, order, code, formula):  # noqa: PLR0917 - a row of the table
    """Code and formula, as they are printed."""
    points = gathered_for(function, gradient, x, order)
    story = fingerprint(points, None, points.tested.problem.inputs.names)[0]
    assert (story.code, story.formula, story.fresh) == (code, formula, FRESH)
