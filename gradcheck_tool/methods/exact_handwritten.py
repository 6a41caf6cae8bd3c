"""The user's derivative without rounding: its own run recorded and walked in balls.

A hand-written formula that equals the exact derivative is right, whatever rounding does to it in double precision;
one that does not is wrong, even where the two agree to twelve digits. Between the two lie constants: 0.1 written in
f and 1/10 computed in its gradient are different doubles. How far that can part two right formulas is measured:
every long constant of both runs is moved by one unit in its last place (`gradcheck_tool.methods.nudging`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.methods.enclosing import MOST_BITS, enclose, entries, known, middles, walked
from gradcheck_tool.methods.estimate import Declined, Estimate, Matrix
from gradcheck_tool.methods.exact import enclosure
from gradcheck_tool.methods.nudging import DRAWS, SLACK, moved
from gradcheck_tool.methods.shaping import Misshapen, as_jacobian
from gradcheck_tool.subject.packing import Packing
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.subject.subject import Handwritten
from gradcheck_tool.tracing import record, standing_for, verify
from gradcheck_tool.tracing.trace import Constant, Trace

METHOD = "exact-handwritten"
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class GradientRun:
    """The recorded run of a hand-written derivative.

    `places`, shape (m, n): which number of its result stands where in the Jacobian. `values`: its lines in balls,
    at the precision that was enough.
    """

    trace: Trace
    places: Places
    values: list[Any]

    def line_of(self, row: int, column: int) -> tuple[int | Constant, int]:
        """The output line that holds one entry of the Jacobian, and which number of it."""
        at = int(self.places[row, column])
        for line in self.trace.outputs:
            size = np.size(line.value) if isinstance(line, Constant) else np.size(self.trace.value[line])
            if at < size:
                return line, at
            at -= size
        raise IndexError(at)


def recorded_run(problem: Problem, derivative: Handwritten) -> GradientRun | Declined:
    """Record the user's derivative at the point.

    Declined where its run cannot be recorded, and where it gives other numbers when recorded.
    """
    try:
        with quiet():
            plain = derivative.function(**problem.bind(problem.point.values))
            trace = record(
                derivative.function,
                problem.point.values,
                call=lambda values: standing_for(derivative.function)(**problem.bind(values)),
                label="",
            )
        places = _places(trace, problem)
    except Misshapen as shape:
        return Declined(METHOD, f"{derivative.name} returns {shape.got}")
    except Exception as error:  # noqa: BLE001 - the user's code runs on recorded values here and may meet anything
        return Declined(METHOD, f"the run of {derivative.name} cannot be recorded: {error}")
    differs = verify(trace, plain)
    return Declined(METHOD, differs) if differs else GradientRun(trace, places, [])


def exact_handwritten(
    run: GradientRun, scale: Matrix | None = None, most: int = MOST_BITS
) -> tuple[Estimate | Declined, GradientRun]:
    """Enclose what the user's derivative computes, shape (m, n), without rounding; and its run with all lines in balls.

    `scale`, shape (m, n), is the natural size of each entry, beside which a 0 is recognised. Declined for what
    declines exact arithmetic for f.
    """
    start = time.perf_counter()
    found = enclose(METHOD, (run.trace,), lambda: _outputs(run.trace, run.places, scale), most)
    if isinstance(found, Declined):
        return found, run
    value, radius, values = found
    bound = radius + 2.0**-53 * np.abs(value)
    estimate = Estimate(METHOD, value, bound, ("trace of yours",), 0, time.perf_counter() - start)
    return estimate, GradientRun(run.trace, run.places, values)


def _places(trace: Trace, problem: Problem) -> Places:
    result = Packing.of(trace.result, "g")
    numbered = result.unpack(np.arange(float(result.size)))
    matrix, _ = as_jacobian(numbered, problem.point.values, problem.inputs, problem.outputs)
    return matrix.astype(np.intp)


def _outputs(trace: Trace, places: Places, scale: Matrix | None) -> tuple[tuple[Matrix, Matrix, list[Any]], bool]:
    """Middles and radii of the results laid out as the Jacobian, all lines, and whether all are known well enough."""
    values = walked(trace)
    balls: list[Any] = []
    for line in trace.outputs:
        number = line.value if isinstance(line, Constant) else values[line]
        shape = np.shape(line.value if isinstance(line, Constant) else trace.value[line])
        balls += entries(number, shape)
    middle, radius = middles(balls)
    sizes = np.zeros(places.shape) if scale is None else scale
    settled = all(
        known(balls[at], float(size)) for at, size in zip(places.ravel().tolist(), sizes.ravel(), strict=True)
    )
    return (middle[places], radius[places], values), settled


def constants_slack(function: Trace, run: GradientRun, scale: Matrix | None = None) -> Matrix:
    """How far two right spellings may lie apart because their constants are rounded differently, shape (m, n).

    ``SLACK`` times the largest movement of either when every long constant (one that needs more than 24 bits) of
    both runs is moved by one unit in its last place, up or down at random, equal constants together; 8 draws.
    Infinite where the moved runs cannot be walked.
    """
    first = _attempt(function, run.trace, run.places, scale)
    if isinstance(first, Declined):
        return np.full(run.places.shape, np.inf)
    most = np.zeros(run.places.shape)
    for seed in range(DRAWS):
        again = _attempt(moved(function, seed), moved(run.trace, seed), run.places, scale)
        if isinstance(again, Declined):
            return np.full(run.places.shape, np.inf)
        most = np.maximum(most, sum(np.abs(now - before) for now, before in zip(again, first, strict=True)))
    return SLACK * most


def _attempt(function: Trace, derivative: Trace, places: Places, scale: Matrix | None) -> Any:
    """The exact derivative and what the user's formula gives, shape (m, n) each, or a `Declined`."""

    def both() -> tuple[tuple[Matrix, Matrix], bool]:
        (right, _), known_right = enclosure(function, scale)
        (mine, _, _), known_mine = _outputs(derivative, places, scale)
        return (right, mine), known_right and known_mine

    return enclose(METHOD, (function, derivative), both)
