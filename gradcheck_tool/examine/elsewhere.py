"""A recording confirmed at another point, where the one that is checked lets nobody confirm it.

Where f cancels, no difference quotient of the real code tells anything, however right the recording is. But it is
the same code that runs at other points: where a run beside the point records the same operations of the same lines,
and there differences confirm their derivative, the recording reads that code as it is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gradcheck_tool.examine.recording import Recorded, record_run
from gradcheck_tool.methods.automatic import reverse
from gradcheck_tool.methods.estimate import Declined
from gradcheck_tool.methods.probe import confirms
from gradcheck_tool.subject import Problem
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.tracing import Trace
from gradcheck_tool.walks.margins import nearest

STEPS = (0.4, 0.05)
"""How far away it is asked, in units of the size of each input, or of 1 where that is more."""


def confirmed_elsewhere(problem: Problem, recording: Recorded, seed: int = 0) -> bool:
    """Whether the same operations, recorded at another point, are confirmed by differences there: 20 runs each time."""
    signs = np.where(np.random.default_rng(seed).random(problem.x.size) < 0.5, -1.0, 1.0)
    size = np.maximum(np.abs(problem.x), 1.0)
    outwards = np.where(problem.x < 0, -1.0, 1.0)
    ways = (outwards, -outwards, signs)
    return any(_confirmed(problem, recording, problem.x + step * size * way) for step in STEPS for way in ways)


def _confirmed(problem: Problem, recording: Recorded, x: Vector) -> bool:
    point = replace(problem.point, values=problem.inputs.unpack(x))
    try:
        other = Problem.at(problem.function, point)
    except Exception:  # noqa: BLE001 - it may lie outside the domain
        return False
    try:
        again = record_run(other) if other.y.shape == problem.y.shape and np.all(np.isfinite(other.y)) else None
        if not isinstance(again, Recorded) or not same_operations(recording.trace, again.trace):
            return False
        known = reverse(again.trace, again.survey.bound)
        if isinstance(known, Declined):
            return False
        return confirms(other, known, again.survey.noise, nearest(again.survey.guards, x.size))
    finally:
        problem.evaluations += other.evaluations


def same_operations(first: Trace, second: Trace) -> bool:
    """Whether two runs did the same: equal operations, of equal lines of code, and equal decisions."""
    return (
        first.operation == second.operation
        and first.code == second.code
        and first.offset == second.offset
        and [np.asarray(held).tolist() for held in first.flags[4::7]]
        == [np.asarray(held).tolist() for held in second.flags[4::7]]
    )
