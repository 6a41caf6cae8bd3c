"""Exact arithmetic until it is enough: the precision is doubled until an answer is known to seventy bits.

An answer that is exactly 0 by cancellation never has a relative width; it is known when its radius is that
small beside the natural scale of the entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.rules import rules
from gradcheck_tool.calculus.worlds.ball import RELATIONS, Ball, all_balls, ball_world, boxed, precision
from gradcheck_tool.calculus.worlds.ball_decide import Undecided
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.methods.estimate import Declined, Matrix
from gradcheck_tool.methods.iterations import operands
from gradcheck_tool.tracing.trace import Constant, Trace
from gradcheck_tool.walks.values import has_complex

FIRST_BITS, MOST_BITS, ENOUGH = 128, 4096, 70
NOTHING = 2.0**-200  # of the natural scale: a derivative that exact arithmetic knows to be smaller is 0
FLOATS_ONLY = frozenset({"eigvals", "eigenpairs", "dft"})  # rows that only libraries for floats walk
LARGEST = 200_000  # numbers in all lines of a trace that is still walked in balls

# What python-flint, NumPy on objects and our own words raise where a row has no meaning for balls.
_GAPS = (TypeError, ValueError, KeyError, NameError, AttributeError, ZeroDivisionError, IndexError)


class DecidedByRounding(Undecided):
    """A decision that real arithmetic takes the other way: no precision changes that."""


def enclose(  # noqa: PLR0911 - one refusal for each thing that may stand in the way
    method: str, traces: tuple[Trace, ...], attempt: Callable[[], tuple[Any, bool]], most: int = MOST_BITS
) -> Any:
    """What `attempt` answers at the first precision at which it says that this is enough, or a `Declined`.

    `attempt` walks `traces` in balls at the precision in force and returns (answer, whether it is known well enough).
    Declined where a row has no form in balls, where a decision stays open, and for very large runs.
    """
    if sum(np.size(value) for trace in traces for value in trace.value) > LARGEST:
        return Declined(method, "the run is too long to walk in exact arithmetic", "check a smaller input")
    if any(has_complex(trace) for trace in traces):
        remedy = "rely on the other methods, or write the run with real and imaginary parts"
        return Declined(method, "the run computes with complex numbers, and the balls here are real", remedy)
    bits = FIRST_BITS
    reason = "a branch is decided closer than exact arithmetic can tell"
    while bits <= most:
        try:
            with precision(bits):
                answer, settled = attempt()
            if settled:
                return answer
            reason = f"{bits} bits do not settle the derivative"
        except DecidedByRounding as otherwise:
            return Declined(method, str(otherwise), "check beside this point")
        except Undecided as open_question:
            reason = str(open_question)
        except CannotFollow as refused:
            return Declined(method, refused.sentence, refused.remedy, refused.where)
        except _GAPS as gap:
            return Declined(method, f"{_missing(gap, traces)} has no exact form")
        bits *= 2
    return Declined(method, reason, "check beside this point")


def _missing(gap: Exception, traces: tuple[Trace, ...]) -> str:
    """What of a run cannot be said in balls: a word of a rule, or the first row of linear algebra that has no way."""
    if isinstance(gap, NameError) and gap.name:
        return f"the derivative of a function ({gap.name})"
    rows = (ROWS[operation >> 3] for trace in traces for operation in trace.operation if operation >= 0)
    floats_only = next((row.name for row in rows if row.name in FLOATS_ONLY), "")
    return floats_only or f"an operation of this run ({type(gap).__name__})"


def walked(trace: Trace) -> list[Any]:
    """The value of every line in balls that the results or the decisions need; None for the others.

    Every recorded comparison is taken again; `Undecided` where balls do not tell.
    """
    world = ball_world()
    rule = rules("evaluate", world)
    needed = _needed(trace)
    values: list[Any] = [world.number(trace.value[k]) for k in range(trace.inputs)]
    with np.errstate(all="ignore"):
        for k in range(trace.inputs, len(trace)):
            if not needed[k]:
                values.append(None)
                continue
            values.append(all_balls(rule[trace.operation[k]](values, trace.first[k], trace.second[k])))
    _decide_again(trace, values)
    return values


def _needed(trace: Trace) -> list[bool]:
    """Which lines a result or a comparison is computed from: libraries compute much that nobody asks for."""
    needed = [False] * len(trace)
    for line in trace.outputs:
        if type(line) is int:
            needed[line] = True
    for relation, left, right in zip(trace.flags[1::7], trace.flags[2::7], trace.flags[3::7], strict=True):
        for ref in (left, right) if relation in RELATIONS else ():
            if type(ref) is int:
                needed[ref] = True
    for k in range(len(trace) - 1, trace.inputs - 1, -1):
        if needed[k]:
            for line in operands(trace, k):
                needed[line] = True
    return needed


def entries(number: Any, shape: tuple[int, ...]) -> list[Any]:
    """The balls of one line, in C order, repeated where a number stands for all entries of `shape`."""
    full = np.broadcast_to(boxed(number), shape)
    return [Ball(entry).ball for entry in np.ravel(full)]


def middles(balls: list[Any]) -> tuple[Matrix, Matrix]:
    """Middles and radii as doubles, shape (len(balls),) each."""
    return np.array([float(ball.mid()) for ball in balls]), np.array([float(ball.rad()) for ball in balls])


def known(ball: Any, scale: float = 0.0) -> bool:
    """Whether a ball tells its number to seventy bits, or that it is 0 beside `scale`."""
    if not ball.is_finite():
        return False
    if ball.is_zero() or ball.rel_accuracy_bits() >= ENOUGH:
        return True
    return bool(float(abs(ball).upper()) <= max(scale * NOTHING, 1e-300))


def _decide_again(trace: Trace, values: list[Any]) -> None:
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
                raise DecidedByRounding(f"the branch at {guard.where} is decided by rounding")
