"""The same questions for functions of many inputs: along a few random directions instead of along every input."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.examine.recording import Recorded, Recording
from gradcheck_tool.methods import automatic, complex_step
from gradcheck_tool.methods.columns import by_columns
from gradcheck_tool.methods.directional import DIRECTIONS, Claims, directional, signs
from gradcheck_tool.methods.estimate import Answer, Declined, Estimate, Matrix
from gradcheck_tool.methods.grouped import by_groups
from gradcheck_tool.subject import Problem
from gradcheck_tool.walks import ties
from gradcheck_tool.walks.margins import nearest
from gradcheck_tool.walks.structure import grouped, structure
from gradcheck_tool.walks.survey import affordable

ALONG = 4
"""Random directions along which forward mode is held against reverse mode."""

EQUAL = 1e-9
"""How far two exact methods may lie apart along a direction, relative to the sum of the sizes of the terms."""


def differences(problem: Problem, recording: Recording, yours: Answer | None, rtol: float, seed: int) -> Answer:
    """Differences along random directions: see `methods.directional` for what their bars say."""
    known = recorded_by(recording)
    if not isinstance(yours, Estimate) or yours.jacobian.shape != (problem.y.size, problem.x.size):
        yours = known
    if yours is None:
        return Declined("differences", f"{problem.x.size} inputs, and nothing to compare along random directions")
    claims = Claims(yours.jacobian, rtol=rtol)
    if known is not None:
        claims = Claims(yours.jacobian, known.jacobian, known.bound, rtol)
    if not isinstance(recording, Recorded):
        return directional(problem, claims, None, seed=seed)
    guards = recording.survey.guards
    tied = np.flatnonzero(np.any([guard.margin == 0 for guard in guards], axis=0)) if guards else ()
    kinks = tuple(int(column) for column in tied)
    return directional(problem, claims, recording.survey.noise, _reach(problem, recording, seed), kinks, seed)


def together(problem: Problem, recording: Recording, yours: Answer | None, most: float) -> Estimate | None:
    """Differences of a sparse Jacobian, its inputs in groups; None where that takes more than `most` groups."""
    if not isinstance(recording, Recorded) or problem.y.size < 2:
        return None
    pattern = structure(recording.trace)
    groups = [] if pattern is None else grouped(pattern)
    if pattern is None or not 0 < len(groups) <= most:
        return None
    survey = recording.survey
    margins = nearest(survey.guards, problem.x.size)
    return by_groups(problem, groups, pattern, survey.noise, margins, _claims(problem, recording, yours))


def columns(problem: Problem, recording: Recording, yours: Answer | None) -> Estimate:
    """Differences along every one of many inputs."""
    claims = _claims(problem, recording, yours)
    if not isinstance(recording, Recorded):
        return by_columns(problem, None, np.full(problem.x.shape, np.inf), claims, confirmed=False)
    margins = nearest(recording.survey.guards, problem.x.size)
    return by_columns(problem, recording.survey.noise, margins, claims, confirmed=recorded_by(recording) is not None)


def _claims(problem: Problem, recording: Recording, yours: Answer | None) -> tuple[Matrix, ...]:
    """The Jacobians that are known without differences."""
    shape = (problem.y.size, problem.x.size)
    known = (yours, recorded_by(recording))
    return tuple(each.jacobian for each in known if isinstance(each, Estimate) and each.jacobian.shape == shape)


def recorded_by(recording: Recording) -> Estimate | None:
    """What reverse mode says, where there is a recording it can be asked about."""
    if not isinstance(recording, Recorded):
        return None
    answer = automatic.reverse(recording.trace, recording.survey.bound)
    return answer if isinstance(answer, Estimate) else None


def _reach(problem: Problem, recorded: Recorded, seed: int) -> float:
    """Half the way to the nearest branch along the directions, as a power of two."""
    try:
        reach, _ = ties.along(recorded.trace, [signs(problem.x, seed + k) for k in range(DIRECTIONS)])
    except (Complaint, ArithmeticError, ValueError):
        return np.inf
    return float(2.0 ** (np.floor(np.log2(reach)) - 1)) if np.isfinite(reach) else np.inf


def forward_is_costly(recorded: Recorded) -> bool:
    """Whether one tangent per input is more than a check should hold."""
    return not affordable(recorded.trace)


def forward(problem: Problem, recorded: Recorded) -> Answer:
    """Forward mode along a few directions, held against reverse mode."""
    known = recorded_by(recorded)
    if known is None:
        return Declined("forward", f"{problem.x.size} inputs need as many tangents, and reverse mode has no answer")
    directions = np.array([signs(problem.x, seed) for seed in range(ALONG)]).T
    try:
        moved = automatic.forward_along(recorded.trace, directions)
    except (Complaint, ArithmeticError, ValueError) as reason:
        return Declined("forward", f"{problem.x.size} inputs, and along random directions: {reason}")
    what = f"{problem.x.size} inputs: along {ALONG} random directions"
    return _beside("forward", what, known, moved, directions)


def complex_steps(problem: Problem, recorded: Recorded) -> Answer:
    """The complex step along two directions, held against reverse mode."""
    known = recorded_by(recorded)
    if known is None:
        return Declined(complex_step.METHOD, f"{problem.x.size} inputs, and nothing to compare along random directions")
    directions = np.array([signs(problem.x, seed) for seed in range(DIRECTIONS)]).T
    moved = complex_step.along(problem, directions)
    if isinstance(moved, Declined):
        return moved
    what = f"{problem.x.size} inputs: along {DIRECTIONS} random directions"
    return _beside(complex_step.METHOD, what, known, moved, directions)


def _beside(method: str, what: str, known: Estimate, moved: Any, directions: Any) -> Declined:
    """What came of holding slopes along directions, shape (m, count), against the known Jacobian."""
    with np.errstate(all="ignore"):
        sizes = np.abs(known.jacobian) @ np.abs(directions)
        bound = np.minimum(known.bound, np.abs(known.jacobian)) @ np.abs(directions)
        gap = np.abs(moved - known.jacobian @ directions)
        apart = ~(gap <= bound + EQUAL * sizes) & np.isfinite(known.jacobian @ directions)
        share = float(np.max(np.where(sizes > 0, gap / sizes, 0.0), initial=0.0))
    if np.any(apart):
        return Declined(method, f"{what} it differs from reverse mode by {share:.1e} of the size of the terms")
    return Declined(method, f"{what} it agrees with reverse mode to {max(share, 2.0**-53):.0e}", instead=True)
