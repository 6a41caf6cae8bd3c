"""The points at which a story about a wrong derivative is looked for, and those kept back to test it.

One point alone explains anything: integers, zeros and ties abound there, and some number always fits. At three or
four generic points nearly nothing fits by chance. Two more are kept back, and a story is told only if it holds there.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.automatic import LAST_ROUNDING, SECOND_ROUNDING
from gradcheck_tool.methods.estimate import Declined, Estimate, Matrix
from gradcheck_tool.methods.exact import exact
from gradcheck_tool.methods.exact_handwritten import GradientRun, exact_handwritten, recorded_run
from gradcheck_tool.methods.shaping import as_hessian, as_jacobian
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.patience import TookTooLongError, patience
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.subject.subject import Handwritten
from gradcheck_tool.tracing import record, standing_for
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.hessian import hessian_matrix
from gradcheck_tool.walks.jacobian import reverse_jacobian
from gradcheck_tool.walks.survey import Survey, survey

NEAR, FRESH = 3, 2  # points of the search beside the tested one, and points kept back from it
REACH, REACH_AT_ZERO = 0.07, 0.03  # how far a neighbour lies: relative to an entry, absolute where it is 0
SMALLER = (1.0, 1.0, 1.0, 1.0, 1.0, 0.6, 0.6, 0.3, 0.3, 0.1, 0.1, 0.03, 0.03)  # shares of that, by attempt
CHEAP = 1500  # numbers in all lines of a run that is walked in balls here
MOST = 256  # bits of these walks
BESIDE = 4.0  # how much less accurate a run beside the surveyed one may be
FURTHER = (4.0, 10.0, 20.0, 30.0)  # the same, where runs with other decisions are looked for
BRANCHES = 4  # of which so many are kept
SEED = 20261121


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The function and the derivative under test at one point.

    Attributes
    ----------
    problem
        f at this point; ``problem.x`` is the point, shape (n,).
    plain
        What the user's derivative returns when it is called, shape (m, n).
    mine
        The same without rounding, where its run could be walked in balls; else `plain`.
    right
        The derivative of the recorded operations of f, shape (m, n), without rounding where that was cheap.
    bound
        Shape (m, n): how far ``mine - right`` may be from its exact value.
    trace
        The run of f.
    formula
        The run of the user's derivative, None where it could not be recorded.
    places
        Which number of the formula's outputs, laid end to end, stands where in the Jacobian, shape (m, n).
    exact
        Whether both `mine` and `right` come from balls.
    """

    problem: Problem
    plain: Matrix
    mine: Matrix
    right: Matrix
    bound: Matrix
    trace: Trace
    formula: Trace | None = None
    places: NDArray[np.intp] | None = None
    exact: bool = False

    @property
    def x(self) -> Vector:
        """The point, shape (n,)."""
        return self.problem.x

    @property
    def gap(self) -> Matrix:
        """Yours minus the derivative, shape (m, n)."""
        with np.errstate(all="ignore"):
            return self.mine - self.right


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The tested point, its generic neighbours, and fresh ones kept back from the search.

    `elsewhere` holds runs of f at other points, in which it took other decisions than at the tested one.
    `visited` holds the samples in the order in which the user's derivative was called, f not being called in between.
    """

    tested: Sample
    near: tuple[Sample, ...]
    fresh: tuple[Sample, ...]
    order: int = 1
    elsewhere: tuple[Trace, ...] = ()

    @property
    def search(self) -> tuple[Sample, ...]:
        """The points at which a story is looked for: the tested one first."""
        return (self.tested, *self.near)

    @property
    def visited(self) -> tuple[Sample, ...]:
        """All points in the order in which the user's derivative was called there."""
        return (self.tested, *self.near, *self.fresh)


@dataclass(frozen=True, slots=True)
class Story:
    """What turns yours into the derivative, tested at points it was not looked for at.

    Attributes
    ----------
    code
        ``GC101`` ...
    kind
        One word for the mistake: ``sign``, ``factor``, ``permuted``, ``missing-term``, ``repair`` ...
    formula
        One equation or sentence, such as ``AD = yours * 2`` or ``yours - AD = -0.1 * w``.
    cost
        How far-fetched it is; the lowest is told.
    residual
        The largest distance left over, in units of the derivative, at all points it was tested at.
    explained
        Shape (m, n), True: the wrong entries it explains.
    where
        ``path:line`` of what it is about: a subexpression of f, or a line of the derivative; empty where neither.
    fresh
        At how many points kept back it held.
    sentence
        A second line for the reader, such as the subexpression at `where`; may be empty.
    """

    code: str
    kind: str
    formula: str
    cost: float
    residual: float
    explained: NDArray[np.bool_]
    where: str = ""
    fresh: int = 0
    sentence: str = ""

    @property
    def line(self) -> str:
        """The formula with its residual and the number of fresh points at which it held, as the report prints it."""
        left = "to the last bit" if self.residual == 0 else f"residual {self.residual:.1e}"
        if not self.fresh:
            return f"looks like {self.formula}   ({left}, at these points)"
        return f"{self.formula}   ({left}, held at {self.fresh} fresh point{'' if self.fresh == 1 else 's'})"


def gather(  # noqa: PLR0913 - what is already known at the tested point
    problem: Problem,
    derivative: Handwritten,
    trace: Trace,
    *,
    order: int = 1,
    known: Survey | None = None,
    slack: Matrix | None = None,
    deadline: float = float("inf"),
) -> Points | None:
    """The samples at the tested point, at up to three neighbours, and at up to two fresh points; None without any.

    `known` is the survey of `trace`; long runs beside it are not surveyed again, but believed to be about as accurate.
    `slack`, shape (m, n), is how far the derivative of the recorded run is known to be from the truth, relative to
    each entry (0 where it is right up to rounding). Points are left out where f or yours raises, is not finite or
    changes shape, where f takes other decisions than at the tested point, and from `deadline` on
    (``time.perf_counter``).
    """
    runs, elsewhere = _neighbours(problem, trace, deadline)
    called = [(run, recorded, _plain(run, derivative, order)) for run, recorded in runs]
    tested = called[0][2]
    if tested is None:
        return None
    samples = []
    for run, recorded, plain in called:
        first = run is problem
        if plain is None or plain.shape != tested.shape or not (first or np.isfinite(plain).any()):
            continue
        if not first and time.perf_counter() > deadline:
            break
        accuracy = known if known is not None and (first or _size(recorded) > CHEAP) else None
        sample = _sample(run, derivative, recorded, plain, order, accuracy)
        if sample is not None:
            samples.append(_widened(sample, slack))
        elif first:
            return None
    others = samples[1:]
    kept = min(FRESH, (len(others) + 1) // 2)
    return Points(
        samples[0], tuple(others[: len(others) - kept]), tuple(others[len(others) - kept :]), order, elsewhere
    )


def signature(trace: Trace) -> frozenset[Any]:
    """The decisions a run took, by instruction and outcome, however often each was taken."""
    flags = trace.flags
    return frozenset(
        (code, offset, relation, np.asarray(held).tobytes())
        for relation, held, code, offset in zip(*(flags[k::7] for k in (1, 4, 5, 6)), strict=True)
    )


def _neighbours(
    problem: Problem, trace: Trace, deadline: float
) -> tuple[list[tuple[Problem, Trace]], tuple[Trace, ...]]:
    """The tested run and those beside it that take the same decisions; and runs that take others.

    Where decisions differ nearer points are tried; where there are decisions, a few points further away too.
    """
    wanted = signature(trace)
    random = np.random.default_rng([SEED, problem.x.size])
    runs = [(problem, trace)]
    others: dict[frozenset[Any], Trace] = {}
    for share in (*SMALLER, *(FURTHER if wanted else ())):
        if (len(runs) > NEAR + FRESH and share <= 1) or time.perf_counter() > deadline:
            continue
        run = _beside(problem, share, random)
        recorded = None if run is None else _recorded(run)
        if run is None or recorded is None:
            continue
        if (taken := signature(recorded)) != wanted:
            others.setdefault(taken, recorded)
        elif share <= 1:
            runs.append((run, recorded))
    return runs, tuple(others.values())[:BRANCHES]


def _beside(problem: Problem, share: float, random: np.random.Generator) -> Problem | None:
    """The function at a point that differs from the tested one in every entry; None where it is not finite there."""
    x = problem.x
    moved = random.uniform(0.2, 1.0, x.size) * random.choice([-1.0, 1.0], x.size)
    values = problem.inputs.unpack(x + share * moved * np.where(x == 0, REACH_AT_ZERO, REACH * np.abs(x)))
    at = problem.inputs.pack(values)  # as it arrives where the arguments are float32
    try:
        with patience():  # a loop of the user's may not end beside the point
            y = problem.evaluate(at)
    except TookTooLongError:
        return None
    if not np.all(np.isfinite(y)):
        return None
    return replace(problem, point=replace(problem.point, values=values), x=at, y=y, printed=[], warned=Counter())


def _recorded(problem: Problem) -> Trace | None:
    try:
        with quiet():
            trace = record(
                problem.function,
                problem.inputs.unpack(problem.x),
                call=lambda values: standing_for(problem.function)(**problem.bind(values)),
                label="",
            )
    except Exception:  # noqa: BLE001 - the user's code runs on recorded values here; without a trace there is no sample
        return None
    return trace


def _plain(problem: Problem, derivative: Handwritten, order: int) -> Matrix | None:
    """What the user's derivative returns, shape (m, n), or (n, n) for order 2; None where it does not."""
    values = problem.inputs.unpack(problem.x)
    try:
        with quiet():
            result = derivative.function(**problem.bind(values))
        if order == 2:
            return as_hessian(result, problem.point.values, problem.inputs)[0]
        return as_jacobian(result, problem.point.values, problem.inputs, problem.outputs)[0]
    except Exception:  # noqa: BLE001 - whatever the user's code raises here means: no sample
        return None


def _sample(  # noqa: PLR0913, PLR0917 - what is known of one point so far
    problem: Problem, derivative: Handwritten, trace: Trace, plain: Matrix, order: int, known: Survey | None
) -> Sample | None:
    try:
        if order == 2:
            right = hessian_matrix(trace)
            bound = np.abs(right - right.T) + SECOND_ROUNDING * np.abs(right)
            return _finite(Sample(problem, plain, plain, right, bound, trace))
        known = known or survey(trace)
        right = reverse_jacobian(trace)
    except (Complaint, ArithmeticError, ValueError):
        return None
    with np.errstate(all="ignore"):
        floats = Sample(problem, plain, plain, right, BESIDE * known.bound + LAST_ROUNDING * np.abs(right), trace)
    if _size(trace) > CHEAP:
        return _finite(floats)
    return _finite(_sharpened(floats, derivative, known.scale))


def _size(trace: Trace) -> int:
    return sum(np.size(value) for value in trace.value)


def _sharpened(sample: Sample, derivative: Handwritten, scale: Matrix) -> Sample:
    """The same without rounding, as far as the two runs can be walked in balls."""
    values = sample.problem.inputs.unpack(sample.x)
    run = recorded_run(replace(sample.problem, point=replace(sample.problem.point, values=values)), derivative)
    if isinstance(run, GradientRun) and run.places.shape == sample.right.shape:
        sample = replace(sample, formula=run.trace, places=run.places)
    reference = exact(sample.trace, scale, MOST)
    if not isinstance(reference, Estimate) or reference.jacobian.shape != sample.right.shape:
        return sample
    sample = replace(sample, right=reference.jacobian)
    if sample.places is None or isinstance(run, Declined):
        return sample
    answer, _ = exact_handwritten(run, scale, MOST)
    if not isinstance(answer, Estimate):
        return sample
    return replace(sample, mine=answer.jacobian, bound=reference.bound + answer.bound, exact=True)


def _finite(sample: Sample) -> Sample | None:
    return sample if np.all(np.isfinite(sample.right)) else None


def _widened(sample: Sample, slack: Matrix | None) -> Sample:
    if slack is None or slack.shape != sample.right.shape:
        return sample
    return replace(sample, bound=sample.bound + slack * np.abs(sample.right))
