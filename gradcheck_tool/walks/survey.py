"""What one trace tells about its own accuracy: noise, error bounds, natural scales and branch margins.

Sensitivities are Iri's (1984) and Christianson's (1992): rounding a line by ``slip`` moves output i by
``adjoint * slip``, and moves its derivative along input j by the tangent of that adjoint times ``slip``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf
from gradcheck_tool.calculus.rules import ZERO, rules, spread
from gradcheck_tool.calculus.tables.complexes import NOT_ANALYTIC
from gradcheck_tool.calculus.worlds.dual import Dual
from gradcheck_tool.calculus.worlds.world import MAGNITUDE
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.trace import Trace
from gradcheck_tool.walks.hessian import dual_adjoints
from gradcheck_tool.walks.jacobian import input_directions, seed, sizes
from gradcheck_tool.walks.margins import GuardAtPoint, margins
from gradcheck_tool.walks.pull import pull
from gradcheck_tool.walks.push import push
from gradcheck_tool.walks.rounding import UNIT, slips, unit
from gradcheck_tool.walks.sampled_rounding import gradient_rounding, moved_by_rounding
from gradcheck_tool.walks.ties import ties
from gradcheck_tool.walks.values import column

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
_AFFORDABLE = 4_000_000  # entries of all tangents of all lines that one survey may hold
_EDGE = 4.0  # roundings of one product, its sum and the partial behind it
_GUESS = 64.0  # how much wider than the noise the bound of a run is that is too large even to be sampled
_TERMWISE = ("contract", "assemble", "numbers")  # leaves whose push of sizes is the size of their push


@dataclass(frozen=True, slots=True)
class Survey:
    """The accuracy of one recorded run, m outputs by n inputs.

    Attributes
    ----------
    noise
        Shape (m,): eps_f, how far rounding can move each output.
    bound
        Shape (m, n): how far rounding can move each entry of the derivative by forward or reverse mode.
    scale
        Shape (m, n): the natural size of each entry, against which an exact zero is measured.
    guards
        The decisions of the run with their distances.
    """

    noise: Vector
    bound: Matrix
    scale: Matrix
    guards: tuple[GuardAtPoint, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of one trace that every output needs; `tangents` and `terms` are empty where they cost too much.

    `moved` takes their place then, if that is not too much as well: rounding in random directions.
    """

    trace: Trace
    values: list[Any]
    slip: list[Any]
    tangents: list[Any]
    terms: list[Any]
    n: int
    moved: list[Any]


def survey(trace: Trace) -> Survey:
    """Measure one trace. Large ones get sampled or wider bounds and no branch margins: see `ties` for those."""
    outputs, inputs = sizes(trace)
    m, n = sum(outputs), sum(inputs)
    with np.errstate(all="ignore"):
        columns = _columns(trace, m, n)
        x = np.concatenate([np.ravel(value) for value in columns.values[: trace.inputs]]) if n else np.zeros(0)
        per_input = 1.0 / np.where(x == 0, 1.0, np.abs(x))
        noise, bound, top = np.zeros(m), np.zeros((m, n)), np.zeros(m)
        row = 0
        for line, size in zip(trace.outputs, outputs, strict=True):
            for entry in range(size):
                if type(line) is int:
                    noise[row], top[row], bound[row] = _output(columns, line, entry, per_input)
                row += 1
        scale = top[:, None] * per_input
    guards = margins(trace, columns.values, columns.tangents, n) if columns.tangents else ties(trace)
    return Survey(noise, bound, scale, guards)


def affordable(trace: Trace) -> bool:
    """Whether one tangent per input, for all lines, is little enough to be held."""
    outputs, inputs = sizes(trace)
    m, n = sum(outputs), sum(inputs)
    entries = sum(np.size(value) for value in trace.value)
    return entries * n <= _AFFORDABLE and m * entries * n <= 8 * _AFFORDABLE


def _columns(trace: Trace, m: int, n: int) -> _Columns:
    values = column(trace)
    slip = slips(trace, values)
    if not affordable(trace):
        return _Columns(trace, values, slip, [], [], n, moved_by_rounding(trace, values, slip, m))
    tangents = push(trace, input_directions(trace), values)
    return _Columns(trace, values, slip, tangents, _terms(trace, values, tangents), n, [])


def _output(columns: _Columns, line: int, entry: int, per_input: Vector) -> tuple[float, float, Vector]:
    """The noise, the natural size, and the bound of the derivative, of one number of one output."""
    values = columns.values
    adjoints = pull(columns.trace, {line: seed(values[line], entry)}, values)
    noise, top = _noise(adjoints, columns.slip, values)
    # The last rounding of the value itself, also where the run only moves numbers.
    noise = max(noise, UNIT * abs(float(np.ravel(values[line])[entry])))
    if columns.moved:
        return noise, top, gradient_rounding(columns.trace, line, entry, values, columns.moved)
    if not columns.tangents:
        return noise, top, _GUESS * noise * per_input
    return noise, top, _bound(columns, line, entry, adjoints)


def _noise(adjoints: list[Any], slip: list[Any], values: list[Any]) -> tuple[float, float]:
    """The sum of all slips carried to the output, and the largest ``adjoint * value`` of the run."""
    total, top = 0.0, 0.0
    for adjoint, one, value in zip(adjoints, slip, values, strict=True):
        if adjoint is not ZERO:
            total += float(np.sum(np.abs(adjoint * one)))
            top = max(top, float(np.max(np.abs(adjoint * value), initial=0.0)))
    return total, top


def _terms(trace: Trace, values: list[Any], tangents: list[Any]) -> list[Any]:
    """Per line, the sizes of the terms its tangent is the sum of, in units of its own roundoff."""
    rule = rules("push", MAGNITUDE)
    sizes_of = [np.abs(tangent) for tangent in tangents]
    absolute = [np.abs(value) for value in values]
    # A Python float would raise at a pole, where a NumPy number answers inf.
    values = [np.float64(value) if type(value) is float else value for value in values]
    terms: list[Any] = [0.0] * trace.inputs
    for k in range(trace.inputs, len(trace)):
        row, value = ROWS[trace.operation[k] >> 3], values[k]
        if isinstance(row, Leaf) and row.name not in _TERMWISE:
            added = tangents[k]
        elif row.name in NOT_ANALYTIC:
            added = sizes_of[trace.first[k]]  # the size of a complex number bounds both of its parts
        else:
            operands = absolute if isinstance(row, Leaf) else values
            added = rule[trace.operation[k]](sizes_of, operands, trace.first[k], trace.second[k], k)
        # A partial is as accurate as its table promises, that of a special function as accurate as the function.
        accuracy = max(_EDGE, row.rounding) if isinstance(row, Elementwise) else _EDGE
        terms.append(accuracy * unit(trace.value[k]) * np.abs(spread(added, value)))
    return terms


def _bound(columns: _Columns, line: int, entry: int, adjoints: list[Any]) -> Vector:
    """How far rounding moves the derivative of one output number, shape (n,)."""
    try:
        duals = dual_adjoints(columns.trace, line, entry, columns.values, columns.tangents)
    except CannotFollow:  # a row whose second derivative is not known: only the first sum is left
        duals = [ZERO] * len(columns.values)
    total = np.zeros(columns.n)
    for k, (value, adjoint, dual) in enumerate(zip(columns.values, adjoints, duals, strict=True)):
        shape = (*np.shape(value), columns.n)
        if adjoint is not ZERO:
            total += _summed(np.abs(np.asarray(adjoint))[..., None] * columns.terms[k], shape)
        if type(dual) is Dual and k >= columns.trace.inputs:
            sensitivity = np.abs(np.broadcast_to(dual.tangents, shape))
            total += _summed(sensitivity * np.asarray(columns.slip[k])[..., None], shape)
    return np.where(np.isnan(total), np.inf, total)


def _summed(sizes_of: Any, shape: tuple[int, ...]) -> Vector:
    """The sum over all entries of a line, per direction."""
    return np.asarray(np.sum(np.reshape(np.broadcast_to(sizes_of, shape), (-1, shape[-1])), axis=0))
