"""The derivative the user wrote: called as it is, and put into the shape of a Jacobian."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Declined, Estimate, Matrix, Remark
from gradcheck_tool.methods.protocol import denied, elsewhere, repeat, slopes_differ
from gradcheck_tool.methods.shaping import Misshapen, as_hessian, as_jacobian
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.subject.subject import Handwritten

METHOD = "handwritten"

__all__ = ["METHOD", "handwritten", "repeat"]


def handwritten(problem: Problem, derivative: Handwritten, order: int = 1) -> Estimate | Declined:
    """What the user's derivative says at the point: shape (m, n), or (n, n) with ``order=2`` for a Hessian.

    It is called three times, on copies: at the point, at another one, and at the point again. Remarks
    tell where the two answers at the point differ (``unstable``), or where it gives the same answer at
    both points although the slope of f is not the same there (``stale``). Values that are not finite
    are kept; the bar is zero, because these numbers are what is judged.

    Raises `Complaint` (GC106) where the shape of the answer cannot be read as the derivative. No matrix is
    transposed: a square one is read as it stands, and one of shape (n, m) is handed on as it is, to be called
    so. What the user's code raises is passed on.
    """
    if order == 2 and problem.y.size != 1:
        return Declined(METHOD, f"a Hessian needs a scalar function; this one has {problem.y.size} outputs")
    began, before = time.perf_counter(), problem.evaluations
    jacobian, note = _answer(problem, derivative, problem.x, order)
    other = elsewhere(problem)
    beside = _tolerant(problem, derivative, other, order)
    again, _ = _answer(problem, derivative, problem.x, order)
    remarks: tuple[Remark, ...] = ()
    if not np.array_equal(jacobian, again, equal_nan=True):
        remarks = (_unstable(derivative.name, jacobian, again),)
    elif order == 1 and beside is not None and np.array_equal(jacobian, beside) and _stale(problem, other, beside):
        sentence = f"{derivative.name} returns the same numbers at another point, where the slope of f differs"
        remarks = (Remark(-1, -1, "stale", sentence),)
    return Estimate(
        METHOD,
        jacobian,
        np.zeros(jacobian.shape),
        evaluations=problem.evaluations - before,
        seconds=time.perf_counter() - began,
        formula=note,
        remarks=remarks,
    )


def _answer(problem: Problem, derivative: Handwritten, x: Vector, order: int) -> tuple[Matrix, str]:
    """One call of the user's derivative: a fresh matrix, and a note where its shape was read freely."""
    with quiet():
        result = derivative.function(**problem.bind(problem.inputs.unpack(x)))
    values, outputs = problem.point.values, problem.outputs
    try:
        if order == 2:
            return as_hessian(result, values, problem.inputs)
        return as_jacobian(result, values, problem.inputs, outputs)
    except Misshapen as shape:
        if order == 1 and _is_transposed(result, outputs.size, problem.inputs.size):
            return np.array(result, dtype=float), ""  # judged as it stands, and recognised there
        name = getattr(problem.function, "__name__", "f")
        which = "second derivative" if order == 2 else "derivative"
        raise Complaint(
            f"{derivative.name} returns {shape.got}, the {which} of {name} has {shape.wanted}",
            code="GC106",
            kind="wrong-shape",
            where=derivative.where,
            remedy="return one number per output and input, rows for outputs",
        ) from None


def _is_transposed(result: Any, rows: int, columns: int) -> bool:
    """Whether the answer is a matrix of inputs by outputs."""
    return isinstance(result, np.ndarray) and result.dtype.kind in "fiu" and result.shape == (columns, rows)


def _tolerant(problem: Problem, derivative: Handwritten, x: Vector, order: int) -> Matrix | None:
    """The answer at another point, or None where the user's code does not like it there."""
    try:
        return _answer(problem, derivative, x, order)[0]
    except Exception:  # noqa: BLE001 - another point may lie outside the domain; only the point itself counts
        return None


def _stale(problem: Problem, other: Vector, same: Matrix) -> bool:
    """Whether numbers that are the same at two points can be right at both."""
    if same.shape != (problem.y.size, problem.x.size):
        return False
    return slopes_differ(problem, other) and denied(problem, other, same)


def _unstable(name: str, first: Matrix, second: Matrix) -> Remark:
    differs = ~((first == second) | (np.isnan(first) & np.isnan(second)))
    row, column = (int(place) for place in np.argwhere(differs)[0])
    sentence = f"{name} returns {first[row, column]:.6g}, then {second[row, column]:.6g} at the same point"
    return Remark(-1, -1, "unstable", sentence)
