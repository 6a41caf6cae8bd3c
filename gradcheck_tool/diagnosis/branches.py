"""The derivative of another branch: operations recorded at another point, replayed at this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gradcheck_tool.calculus.worlds.world import FLOAT
from gradcheck_tool.diagnosis.evidence import Evidence
from gradcheck_tool.diagnosis.points import Sample, signature
from gradcheck_tool.diagnosis.words import Candidate
from gradcheck_tool.methods.estimate import Matrix
from gradcheck_tool.tracing.place import path_line
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.evaluate import evaluate
from gradcheck_tool.walks.jacobian import reverse_jacobian

COST = 2.3
SHAPES = (TypeError, ValueError, ArithmeticError, LookupError)  # what a run for other lengths raises here


def branches(known: Evidence) -> Iterator[Candidate]:
    """Yours is the derivative of what f does where it decides otherwise."""
    if known.points.order != 1:
        return
    here = signature(known.points.tested.trace)
    for other in known.points.elsewhere:
        replayed = [_replayed(other, sample) for sample in known.samples]
        found = [matrix for matrix in replayed if matrix is not None]
        if len(found) < len(replayed):
            continue
        code, offset, *_ = next(iter(signature(other) - here or signature(other)))
        where = path_line(code, offset)
        text = "yours is the derivative of another branch of f than the one taken here"
        yield Candidate(COST, "GC112", "other-branch", text, np.stack(found), where=where)


def _replayed(other: Trace, sample: Sample) -> Matrix | None:
    """The derivative at the point of `sample` of the operations of another run, shape (m, n); None without any."""
    inputs = list(sample.trace.value[: sample.trace.inputs])
    if [np.shape(value) for value in inputs] != [np.shape(value) for value in other.value[: other.inputs]]:
        return None
    try:
        with np.errstate(all="ignore"):
            values = evaluate(other, inputs, FLOAT)
            matrix = reverse_jacobian(replace(other, value=tuple(values)))
    except SHAPES:
        return None
    return matrix if matrix.shape == sample.right.shape and bool(np.all(np.isfinite(matrix))) else None
