"""Solutions of equations, differentiated by a few recorded steps of Newton's method at the solution.

For F(x, p) = 0 with a regular Jacobian J at the solution, the chord iteration ``x <- x - J^-1 F(x, p)`` with J a
constant starts at the solution as a constant. Each step makes the derivatives of x with respect to p exact in one
more order (Christianson, Reverse accumulation and implicit functions, 1998; Griewank and Walther, Evaluating
Derivatives, chapter 15), so two steps suffice for second derivatives, and the error of J itself is squared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.library.aside import plain, slopes, unsolved
from gradcheck_tool.tracing.recorder import Recorded, Recorder

_STEPS = 3  # orders one and two, and one more for what a badly conditioned Jacobian leaves
_NEAR = 1e-5  # how far, in the natural size of the unknowns, a Newton step may still go at a solution
_PROBE = 1e-6  # how far the Jacobian is compared with that of its neighbourhood
_BENT = 0.05  # by how much it may change there
_SINGULAR = 1e11

Residual = Callable[[Any], Any]


def solution(recorder: Recorder, residual: Residual, x: Any, scale: Any, what: str) -> Any:
    """The solution x of ``residual(x) = 0``, recorded: the value stays x itself.

    Parameters
    ----------
    residual
        Takes a plain or recorded x and returns as many numbers as x has.
    x
        The solution the solver found: a number, or a vector.
    scale
        The natural size of x, entry by entry.
    what
        The name of the solver.

    Raises
    ------
    CannotFollow
        Where x is not a solution, or one at which the implicit function theorem says nothing.
    """
    scale = np.where(np.maximum(scale, np.abs(x)) > 0, np.maximum(scale, np.abs(x)), 1.0)
    inverse = _inverse_jacobian(recorder, residual, x, scale, what)
    point: Any = np.array(x) if np.ndim(x) else x
    for _ in range(_STEPS + recorder.depth):
        given = recorder.wrap(np.array(point), -1) if type(point) is np.ndarray else point
        rest = residual(given)
        if isinstance(rest, list | tuple):
            rest = recorder.array(rest)
        if np.ndim(x) == 0 and np.ndim(plain(rest)):
            rest = np.reshape(rest, -1)[0]
        moved = inverse @ np.reshape(rest, -1) if np.ndim(x) else inverse * rest
        point = point - (np.reshape(moved, np.shape(x)) if np.ndim(x) else moved)
    return with_value(recorder, point, x)


def with_value(recorder: Recorder, point: Any, value: Any) -> Any:
    """`point` with the value a solver gave it; the derivatives are those of `point`."""
    if not recorder.active(point):
        if isinstance(type(recorder.number(point)), Recorded):
            return point
        return recorder.wrap(np.array(value), -1) if np.ndim(value) else value
    if isinstance(type(recorder.value[recorder.line(point)]), Recorded):
        return point  # of an enclosing recording, whose own operations made it
    kept = np.array(value, dtype=float) if np.ndim(value) else value
    return recorder.emit("pos", recorder.line(point), None, kept, 1)


def _inverse_jacobian(recorder: Recorder, residual: Residual, x: Any, scale: Any, what: str) -> Any:
    """The inverse of the Jacobian at a solution that has been found to be one, and regular."""
    rest, jacobian = slopes(recorder, residual, x, what)
    n = np.size(x)
    rest, jacobian = np.reshape(rest, -1), np.reshape(jacobian, (-1, n))
    if rest.size != n:
        raise unsolved(what, f"{rest.size} equations for {n} unknowns have no derivative rule here", _WRITE_OUT)
    inverse = _inverse(jacobian, np.reshape(scale, -1), what)
    step = (inverse @ rest) / np.reshape(scale, -1)
    if not np.all(np.abs(step) <= _NEAR):
        raise unsolved(
            what,
            "the point it returned does not solve the equations (the solver has not converged, or is held by a bound)",
            "tighten its tolerances until it converges",
        )
    width = np.maximum(_PROBE, 2 * float(np.max(np.abs(step), initial=0.0)))
    signs = np.where(np.arange(n) % 2, -1.0, 1.0)
    for direction in (np.ones(n), -np.ones(n), signs, -signs)[: 2 if n == 1 else 4]:
        near = _neighbour(recorder, residual, x, width * direction * np.reshape(scale, -1), what)
        bend = (inverse @ (near - jacobian)) * np.reshape(scale, -1) / np.reshape(scale, -1)[:, None]
        if not np.all(np.abs(bend) <= _BENT):
            raise unsolved(what, "the solution is a multiple one, or stands at a kink of the equations", _MULTIPLE)
    return inverse if np.ndim(x) else float(inverse[0, 0])


_WRITE_OUT = "solve the system with a method that has one equation per unknown"
_MULTIPLE = "the derivative does not exist there in general; solve another form of the equation, with a simple root"


def _inverse(jacobian: Any, scale: Any, what: str) -> Any:
    scaled = jacobian * scale
    rows = np.max(np.abs(scaled), axis=1, keepdims=True)
    if np.all(np.isfinite(scaled)) and np.all(rows > 0) and np.linalg.cond(scaled / rows) < _SINGULAR:
        inverse = np.linalg.inv(scaled / rows) * scale[:, None] / rows.T
        if np.all(np.isfinite(inverse)):
            return inverse
    raise unsolved(what, "the Jacobian of the equations is singular at the solution", _MULTIPLE)


def _neighbour(recorder: Recorder, residual: Residual, x: Any, step: Any, what: str) -> Any:
    """The Jacobian a little beside the solution; nan where there is none."""
    beside = x + np.reshape(step, np.shape(x))
    try:
        jacobian = slopes(recorder, residual, np.asarray(beside) if np.ndim(x) else float(beside), what)[1]
    except CannotFollow:
        raise
    except Exception:  # noqa: BLE001 - the user's function may not be defined there
        return np.full((np.size(x), np.size(x)), np.nan)
    return np.reshape(jacobian, (-1, np.size(x)))
