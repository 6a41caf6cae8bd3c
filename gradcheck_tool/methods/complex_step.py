"""The complex step: the slope as the imaginary part of the function a hair beside the real line.

Squire and Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40
(1998): ``f'(x) = Im f(x + ih) / h + O(h^2)`` for analytic f. Nothing is subtracted, so h can be so
small that no truncation is left. Whether the code is analytic (no abs, comparisons, conjugates) is
not visible from here; the caller decides from the trace.
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np

from gradcheck_tool.methods.estimate import Declined, Estimate, Matrix
from gradcheck_tool.methods.ladder import UNIT
from gradcheck_tool.subject.packing import Vector, leaves_of
from gradcheck_tool.subject.problem import Exhausted, Problem
from gradcheck_tool.subject.quiet import quiet

METHOD = "complex-step"

COARSE = "the point holds single-precision numbers, too coarse for a complex step"

SMALLEST = 1e-250
"""The smallest step: times a slope it must not underflow."""


def complex_step(problem: Problem, noise: Vector | None = None) -> Estimate | Declined:
    """The Jacobian, shape (m, n), by one complex run of the untouched function per input.

    The bar is ``4 u |J|`` plus, where `noise` (eps_f per output, shape (m,)) is given, ``eps_f / |x|``:
    the method inherits the conditioning of f as the trace-based ones do. Without `noise` the bar
    covers nothing but the last rounding. Declines where the function raises, refuses complex numbers
    or answers with real ones.
    """
    began, before = time.perf_counter(), problem.evaluations
    if any(leaf.dtype is not None and leaf.dtype != np.float64 for leaf in problem.inputs.leaves):
        return Declined(METHOD, COARSE)
    columns = []
    for column, size in enumerate(np.abs(problem.x)):
        # Far below the input, so that nothing is truncated; the two parts of a complex number do not mix.
        step = max(1e-20 * min(1.0, float(size) or 1.0), SMALLEST)
        try:
            values = _run(problem, column, step)
        except Exhausted:
            raise
        except Exception as failure:  # noqa: BLE001 - user code may object to complex numbers in any way
            return Declined(METHOD, f"the function does not take complex numbers: {type(failure).__name__}: {failure}")
        if values is None:
            return Declined(METHOD, "the function drops the imaginary part of a complex number")
        columns.append(values.imag / step)
    jacobian = np.column_stack([np.zeros((problem.y.size, 0)), *columns])
    bound = 4 * UNIT * np.abs(jacobian)
    if noise is not None:
        bound += np.outer(noise, 1 / np.maximum(np.abs(problem.x), np.finfo(float).tiny))
    return Estimate(
        METHOD,
        jacobian,
        bound,
        shares=("f",),
        evaluations=problem.evaluations - before,
        seconds=time.perf_counter() - began,
    )


def along(problem: Problem, directions: Matrix) -> Matrix | Declined:
    """The slopes along directions, shape (n, count), by one complex run each: shape (m, count)."""
    if any(leaf.dtype is not None and leaf.dtype != np.float64 for leaf in problem.inputs.leaves):
        return Declined(METHOD, COARSE)
    step = 1e-20
    columns = []
    for direction in directions.T:
        try:
            values = _at(problem, problem.x + 1j * step * direction)
        except Exhausted:
            raise
        except Exception as failure:  # noqa: BLE001 - user code may object to complex numbers in any way
            return Declined(METHOD, f"the function does not take complex numbers: {type(failure).__name__}: {failure}")
        if values is None:
            return Declined(METHOD, "the function drops the imaginary part of a complex number")
        columns.append(values.imag / step)
    return np.column_stack(columns)


def _run(problem: Problem, column: int, step: float) -> np.ndarray[Any, np.dtype[np.complex128]] | None:
    """The complex value with one input moved by i*step, shape (m,); None where the result is real or misshapen."""
    x = problem.x.astype(complex)
    x[column] += 1j * step
    return _at(problem, x)


def _at(
    problem: Problem, x: np.ndarray[Any, np.dtype[np.complex128]]
) -> np.ndarray[Any, np.dtype[np.complex128]] | None:
    """The complex value at a flat complex point; None where the result is real or misshapen."""
    problem.spend()
    with quiet():
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        result = problem.function(**problem.bind(_unpacked(problem, x)))
    leaves = [np.asarray(leaf) for leaf in leaves_of(result)]
    shapes = [leaf.shape for leaf in problem.outputs.leaves]
    if [leaf.shape for leaf in leaves] != shapes or not any(leaf.dtype.kind == "c" for leaf in leaves):
        return None
    return np.concatenate([leaf.astype(complex).ravel() for leaf in leaves])


def _unpacked(problem: Problem, x: np.ndarray[Any, np.dtype[np.complex128]]) -> Any:
    pieces: list[Any] = []
    start = 0
    for leaf in problem.inputs.leaves:
        piece = x[start : start + leaf.size]
        start += leaf.size
        pieces.append(complex(piece[0]) if leaf.dtype is None else piece.reshape(leaf.shape))
    return problem.inputs.rebuild(pieces)
