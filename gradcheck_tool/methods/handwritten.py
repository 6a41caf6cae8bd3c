"""The derivative the user wrote: called as it is, and put into the shape of a Jacobian."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Declined, Estimate, Matrix, Remark
from gradcheck_tool.methods.protocol import denied, elsewhere, repeat, slopes_differ, written_into
from gradcheck_tool.methods.shaping import Misshapen, as_hessian, as_jacobian
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.subject.subject import Handwritten
from gradcheck_tool.tracing.memory import Memory

METHOD = "handwritten"

__all__ = ["METHOD", "handwritten", "repeat"]


def handwritten(problem: Problem, derivative: Handwritten, order: int = 1) -> Estimate | Declined:
    """What the user's derivative says at the point: shape (m, n), or (n, n) with ``order=2`` for a Hessian.

    It is called four times, on copies: at the point, at another one, at the point again after f was called there,
    and once more after f was called elsewhere. Remarks tell where the answers at the point differ (``unstable``,
    ``remembers``, ``order``), where they are those of another point (``stale``), and where it writes into its
    argument (``mutates``). Values that are not finite are kept; the bar is zero, because these numbers are what is
    judged.

    Raises `Complaint` (GC106) where the shape of the answer cannot be read as the derivative. No matrix is
    transposed: a square one is read as it stands, and one of shape (n, m) is handed on as it is, to be called
    so. What the user's code raises is passed on.
    """
    if order == 2 and problem.y.size != 1:
        return Declined(METHOD, f"a Hessian needs a scalar function; this one has {problem.y.size} outputs")
    began, before = time.perf_counter(), problem.evaluations
    memory = Memory(derivative.function)
    jacobian, note, written = _first(problem, derivative, order)
    other = elsewhere(problem)
    beside = _tolerant(problem, derivative, other, order)
    problem.evaluate(problem.x)  # a derivative may use what f has just computed, at the same point
    again, _ = _answer(problem, derivative, problem.x, order)
    problem.evaluate(other)
    after, _ = _answer(problem, derivative, problem.x, order)
    remarks: tuple[Remark, ...] = ()
    if not _equal(jacobian, again) or not _equal(again, after):
        remarks = (_inconstant(_Calls(problem, derivative, order, memory, other), jacobian, again, after),)
        jacobian = again if remarks[0].kind == "order" else jacobian
    elif order == 1 and beside is not None and np.array_equal(jacobian, beside) and _stale(problem, other, beside):
        sentence = f"{derivative.name} returns the same numbers at another point, where the slope of f differs"
        remarks = (Remark(-1, -1, "stale", sentence),)
    problem.evaluate(problem.x)
    remarks = (*remarks, *(() if written is None else (written,)))
    return Estimate(
        METHOD,
        jacobian,
        np.zeros(jacobian.shape),
        evaluations=problem.evaluations - before,
        seconds=time.perf_counter() - began,
        formula=note,
        remarks=remarks,
    )


def _answer(
    problem: Problem, derivative: Handwritten, x: Vector, order: int, arguments: dict[str, Any] | None = None
) -> tuple[Matrix, str]:
    """One call of the user's derivative: a fresh matrix, and a note where its shape was read freely."""
    with quiet():
        result = derivative.function(**(problem.bind(problem.inputs.unpack(x)) if arguments is None else arguments))
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


def _first(problem: Problem, derivative: Handwritten, order: int) -> tuple[Matrix, str, Remark | None]:
    """The first call: the matrix, a note about its shape, and whether the arguments were written into."""
    given = problem.bind(problem.inputs.unpack(problem.x))
    matrix, note = _answer(problem, derivative, problem.x, order, dict(given))
    return matrix, note, written_into(problem, given, derivative.name)


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


def _equal(first: Matrix, second: Matrix) -> bool:
    return np.array_equal(first, second, equal_nan=True)


@dataclass(frozen=True, slots=True)
class _Calls:
    """What is needed to ask a derivative again: at the point, at the `other` one, and with its memory put back."""

    problem: Problem
    derivative: Handwritten
    order: int
    memory: Memory
    other: Vector

    def here(self) -> Matrix:
        """One more call at the point."""
        return _answer(self.problem, self.derivative, self.problem.x, self.order)[0]

    def there(self) -> Matrix | None:
        """One more call at the other point."""
        return _tolerant(self.problem, self.derivative, self.other, self.order)


def _inconstant(calls: _Calls, first: Matrix, again: Matrix, after: Matrix) -> Remark:
    """Why a derivative does not give the same numbers at the same point: found out by a few more calls.

    ``order``: they are those of the point f was called at last. ``stale``: those of the point the derivative itself
    was called at before. ``remembers``: they depend on what earlier calls left behind. ``unstable``: none of these.
    """
    problem, name = calls.problem, calls.derivative.name
    settled = [calls.here() for _ in range(3)]
    if not _equal(settled[1], settled[2]):
        return _unstable(name, first, again if not _equal(first, again) else after, calls)
    problem.evaluate(calls.other)
    moved = calls.here()
    problem.evaluate(problem.x)
    back = calls.here()
    if not _equal(moved, back):
        sentence = f"{name} uses what the last call of f left behind, whatever point it is given"
        return Remark(-1, -1, "order", sentence, where=calls.memory.where())
    there = calls.there()
    if there is not None and _equal(there, back):
        own, late = calls.there(), calls.here()
        if own is not None and not _equal(own, there) and _equal(late, own):
            sentence = f"{name} returns the derivative of the point it was called with before"
            return Remark(-1, -1, "stale", sentence, where=calls.memory.where())
    return _unstable(name, first, again if not _equal(first, again) else after, calls)


def _unstable(name: str, first: Matrix, second: Matrix, calls: _Calls) -> Remark:
    differs = ~((first == second) | (np.isnan(first) & np.isnan(second)))
    row, column = (int(place) for place in np.argwhere(differs)[0])
    sentence = f"{name} returns {first[row, column]:.6g}, then {second[row, column]:.6g} at the same point"
    where, fresh = calls.memory.where(), []
    for _ in range(2):
        calls.memory.restore()
        fresh.append(calls.here())
    if calls.memory.changed() and _equal(*fresh):
        place = f" (kept at {where})" if where else ""
        return Remark(-1, -1, "remembers", f"{sentence}: it remembers earlier calls{place}", where=where)
    return Remark(-1, -1, "unstable", sentence)
