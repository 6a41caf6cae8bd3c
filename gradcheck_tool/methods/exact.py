"""The derivative of the recorded operations in exact arithmetic: an interval that provably contains it.

What is proved is the derivative, in real arithmetic, of the operations of this run on this branch. The precision
is doubled until every entry is known to seventy bits and every decision of the run has been taken again.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.ball import RELATIONS, Ball, Undecided, ball_world, boxed, precision
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix
from gradcheck_tool.tracing.trace import Constant, Trace
from gradcheck_tool.walks.evaluate import evaluate
from gradcheck_tool.walks.jacobian import seed, sizes
from gradcheck_tool.walks.pull import walk_up

METHOD = "exact"
FIRST_BITS, MOST_BITS, ENOUGH = 128, 4096, 70
_LARGEST = 200_000  # numbers in all lines of a trace that is still walked in balls


def exact(trace: Trace) -> Answer:
    """Enclose the Jacobian, shape (m, n); the bound is the enclosure's radius and one rounding to a double.

    Declined where a row has no form in balls, where a decision stays open, and for very large runs.
    """
    start = time.perf_counter()
    if sum(np.size(value) for value in trace.value) > _LARGEST:
        return Declined(METHOD, "the run is too long to walk in exact arithmetic", "check a smaller input")
    bits = FIRST_BITS
    reason = "a branch is decided closer than exact arithmetic can tell"
    while bits <= MOST_BITS:
        try:
            with precision(bits):
                jacobian, radius, settled = _enclosure(trace)
            if settled:
                bound = radius + 2.0**-53 * np.abs(jacobian)
                return Estimate(METHOD, jacobian, bound, ("trace",), 0, time.perf_counter() - start)
            reason = f"{bits} bits do not settle the derivative"
        except Undecided as open_question:
            reason = str(open_question)
        except CannotFollow as refused:
            return Declined(METHOD, refused.sentence, refused.remedy, refused.where)
        except (TypeError, ValueError, KeyError, NameError, AttributeError, ZeroDivisionError) as gap:
            return Declined(METHOD, f"an operation of this run has no exact form ({type(gap).__name__})")
        bits *= 2
    return Declined(METHOD, reason, "check beside this point")


def _enclosure(trace: Trace) -> tuple[Matrix, Matrix, bool]:
    world = ball_world()
    values = evaluate(trace, [world.number(trace.value[k]) for k in range(trace.inputs)], world)
    _decide_again(trace, values)
    outputs, inputs = sizes(trace)
    n = sum(inputs)
    middle, radius = np.zeros((sum(outputs), n)), np.zeros((sum(outputs), n))
    settled = True
    row = 0
    for line, size in zip(trace.outputs, outputs, strict=True):
        for entry in range(size):
            if type(line) is int:
                adjoints = walk_up(trace, {line: _seed(values[line], entry)}, values, world)
                balls = _flat(adjoints, trace, inputs)
                middle[row] = [float(ball.mid()) for ball in balls]
                radius[row] = [float(ball.rad()) for ball in balls]
                settled = settled and all(_known(ball) for ball in balls)
            row += 1
    return middle, radius, settled


def _seed(value: Any, entry: int) -> Any:
    return boxed(seed(np.zeros(value.shape), entry)) if isinstance(value, np.ndarray) else Ball(1)


def _flat(adjoints: list[Any], trace: Trace, inputs: list[int]) -> list[Any]:
    balls = []
    for k, size in enumerate(inputs):
        adjoint = adjoints[k]
        if type(adjoint) is float:
            balls += [Ball(adjoint).ball] * size
        else:
            full = np.broadcast_to(boxed(adjoint), np.shape(trace.value[k]))
            balls += [Ball(entry).ball for entry in np.ravel(full)]
    return balls


def _known(ball: Any) -> bool:
    if not ball.is_finite():
        return False
    return bool(ball.is_zero() or ball.rel_accuracy_bits() >= ENOUGH or float(abs(ball).upper()) < 1e-300)


def _decide_again(trace: Trace, values: list[Any]) -> None:
    """Take every recorded comparison again, in balls; `Undecided` where they do not tell."""
    for guard in trace.guards:
        if guard.relation not in RELATIONS:
            continue
        left, right = (
            boxed(ref.value if isinstance(ref, Constant) else values[ref]) for ref in (guard.left, guard.right)
        )
        left, right = np.broadcast_arrays(left, right)
        held = np.broadcast_to(guard.held, left.shape)
        for a, b, was in zip(left.ravel(), right.ravel(), held.ravel(), strict=True):
            if RELATIONS[guard.relation](a, b) != bool(was):
                raise Undecided(f"the branch at {guard.where} is decided by rounding")
