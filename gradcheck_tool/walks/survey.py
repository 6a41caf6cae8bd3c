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
from gradcheck_tool.calculus.primitive import Leaf
from gradcheck_tool.calculus.rules import ZERO, rules, spread
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
from gradcheck_tool.walks.values import column

Matrix = NDArray[np.float64]
_AFFORDABLE = 4_000_000  # entries of all tangents of all lines that one survey may hold
_EDGE = 4.0  # roundings of one product, its sum and the partial behind it


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

    noise: Matrix
    bound: Matrix
    scale: Matrix
    guards: tuple[GuardAtPoint, ...]


def survey(trace: Trace) -> Survey:
    """Measure one trace. Large ones get simpler, wider bounds and no branch margins."""
    outputs, inputs = sizes(trace)
    m, n = sum(outputs), sum(inputs)
    values = column(trace)
    slip = slips(trace, values)
    x = np.concatenate([np.ravel(values[k]) for k in range(trace.inputs)]) if n else np.zeros(0)
    entries = sum(np.size(value) for value in values)
    affordable = entries * n <= _AFFORDABLE and m * entries * n <= 8 * _AFFORDABLE
    tangents = push(trace, input_directions(trace), values) if affordable else None
    noise, bound, top = np.zeros(m), np.zeros((m, n)), np.zeros(m)
    row = 0
    with np.errstate(all="ignore"):
        terms = None if tangents is None else _terms(trace, values, tangents, n)
        for line, size in zip(trace.outputs, outputs, strict=True):
            for entry in range(size):
                if type(line) is int:
                    adjoints = pull(trace, {line: seed(values[line], entry)}, values)
                    noise[row], top[row] = _noise(adjoints, slip, values)
                    noise[row] = max(noise[row], UNIT * abs(float(np.ravel(values[line])[entry])))
                    if tangents is not None and terms is not None:
                        bound[row] = _bound(trace, line, entry, values, tangents, terms, slip, adjoints, n)
                    else:
                        bound[row] = 64 * (noise[row] / np.where(x == 0, 1.0, np.abs(x)))
                row += 1
        scale = top[:, None] / np.where(x == 0, 1.0, np.abs(x))
    guards = () if tangents is None else margins(trace, values, tangents, n)
    return Survey(noise, bound, scale, guards)


def _noise(adjoints: list[Any], slip: list[Any], values: list[Any]) -> tuple[float, float]:
    total, top = 0.0, 0.0
    for adjoint, one, value in zip(adjoints, slip, values, strict=True):
        if adjoint is not ZERO:
            total += float(np.sum(np.abs(adjoint * one)))
            top = max(top, float(np.max(np.abs(adjoint * value), initial=0.0)))
    return total, top


def _terms(trace: Trace, values: list[Any], tangents: list[Any], n: int) -> list[Any]:
    """Per line, the sizes of the terms its tangent is the sum of, in units of its own roundoff."""
    rule = rules("push", MAGNITUDE)
    sizes_of = [np.abs(tangent) for tangent in tangents]
    absolute = [np.abs(value) for value in values]
    terms: list[Any] = [0.0] * trace.inputs
    for k in range(trace.inputs, len(trace)):
        is_leaf = isinstance(ROWS[trace.operation[k] >> 3], Leaf)
        if is_leaf and ROWS[trace.operation[k] >> 3].name not in ("contract", "assemble", "numbers"):
            added = np.abs(spread(tangents[k], values[k]))
        else:
            added = rule[trace.operation[k]](sizes_of, absolute if is_leaf else values, trace.first[k], trace.second[k], k)
        terms.append(_EDGE * unit(trace.value[k]) * np.abs(spread(added, values[k] if type(values[k]) is np.ndarray else 0.0)))
    del n
    return terms


def _bound(  # noqa: PLR0913, PLR0917 - the columns of one trace
    trace: Trace,
    line: int,
    entry: int,
    values: list[Any],
    tangents: list[Any],
    terms: list[Any],
    slip: list[Any],
    adjoints: list[Any],
    n: int,
) -> Matrix:
    try:
        duals = dual_adjoints(trace, line, entry, values, tangents)
    except CannotFollow:  # a row whose second derivative is not known: only the first sum is left
        duals = [ZERO] * len(values)
    total = np.zeros(n)
    for k in range(len(trace)):
        if adjoints[k] is not ZERO:
            weight = np.abs(np.asarray(adjoints[k]))[..., None]
            total += np.sum(np.reshape(np.broadcast_to(weight * terms[k], (*np.shape(values[k]), n)), (-1, n)), axis=0)
        moved = duals[k]
        if type(moved) is Dual and k >= trace.inputs:
            sensitivity = np.abs(np.broadcast_to(moved.tangents, (*np.shape(values[k]), n)))
            total += np.sum(np.reshape(sensitivity * np.asarray(slip[k])[..., None], (-1, n)), axis=0)
    return np.where(np.isnan(total), np.inf, total)
