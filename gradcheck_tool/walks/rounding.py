"""How far rounding can move the value of every line: the raw material of noise and error bounds.

Standard model of floating point arithmetic: each operation returns its exact result times (1 + d),
``abs(d) <= rounding * u`` (Higham 2002, section 2.2); sums and products of matrices by their own bounds
(sections 3.1, 4.2), solutions of linear systems by the backward error (section 9.3).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import contract
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.matrix_functions import cofactor
from gradcheck_tool.calculus.primitive import Elementwise, Leaf, Linear
from gradcheck_tool.tracing.trace import Trace

UNIT = 2.0**-53
_DOUBLE = np.dtype(np.float64)
_UNIT_OF = {np.dtype(np.float32): 2.0**-24, np.dtype(np.float16): 2.0**-11}


def unit(value: Any) -> float:
    """The unit roundoff of a recorded value's own precision."""
    return _UNIT_OF.get(getattr(value, "dtype", _DOUBLE), UNIT)


def slips(trace: Trace, values: list[Any]) -> list[Any]:
    """Per line, how far one rounding can move its value; 0 for inputs and for lines that only move entries."""
    return [0.0] * trace.inputs + [_slip(trace, k, values) for k in range(trace.inputs, len(trace))]


def _slip(trace: Trace, k: int, values: list[Any]) -> Any:
    row = ROWS[trace.operation[k] >> 3]
    u = unit(trace.value[k])
    if isinstance(row, Elementwise):
        return row.rounding * u * np.abs(values[k])
    if isinstance(row, Linear):
        return _sum_slip(row, trace, k, values) * u
    operands = tuple(values[ref] if type(ref) is int else ref.value for ref in trace.first[k])
    return u * row.rounding(operands, trace.second[k]) * _leaf_size(row, operands, values[k], trace.second[k])


def _sum_slip(row: Linear, trace: Trace, k: int, values: list[Any]) -> Any:
    if row.name not in ("sum", "unbroadcast", "cumsum", "scatter"):
        return 0.0
    operand = np.abs(np.asarray(values[trace.first[k]]))
    terms = max(2.0, operand.size / max(1, np.size(values[k])))
    # NumPy adds pairwise, so the errors of a sum of n terms grow with log2 n.
    growth = math.log2(terms) if row.name != "cumsum" else math.sqrt(operand.size)
    return max(1.0, growth) * row.forward(operand, trace.second[k], 0)


def _contract_size(operands: tuple[Any, ...], _value: Any, text: Any) -> Any:
    return contract(text, np.abs(operands[0]), np.abs(operands[1]))


def _solve_size(operands: tuple[Any, ...], value: Any, _detail: Any) -> Any:
    matrix = np.abs(operands[0])
    return np.abs(np.linalg.inv(operands[0])) @ (matrix @ np.abs(value))


def _inv_size(operands: tuple[Any, ...], value: Any, _detail: Any) -> Any:
    return np.abs(value) @ np.abs(operands[0]) @ np.abs(value)


def _det_size(operands: tuple[Any, ...], _value: Any, _detail: Any) -> Any:
    return np.sum(np.abs(cofactor(operands[0]) * operands[0]), axis=(-2, -1))


def _logdet_size(operands: tuple[Any, ...], _value: Any, _detail: Any) -> Any:
    inverse = np.linalg.inv(operands[0])
    return np.sum(np.abs(np.swapaxes(inverse, -1, -2) * operands[0]), axis=(-2, -1))


def _cholesky_size(operands: tuple[Any, ...], value: Any, _detail: Any) -> Any:
    return np.abs(value) * np.asarray(np.linalg.cond(operands[0]))[..., None, None] ** 0.5


def _eigenvalues_size(operands: tuple[Any, ...], value: Any, _detail: Any) -> Any:
    norm = np.linalg.norm(operands[0], axis=(-2, -1))[..., None]
    return np.broadcast_to(norm, np.shape(value))


def _eigenpairs_size(operands: tuple[Any, ...], value: Any, _detail: Any) -> Any:
    """Eigenvectors turn by the rounding of the matrix over the distance to the nearest other eigenvalue."""
    every = np.linalg.eigvals(operands[0])
    apart = np.sort(np.abs(every[..., :, None] - value[..., None, -1, :]), axis=-2)[..., 1:2, :]
    norm = np.linalg.norm(operands[0], axis=(-2, -1))[..., None, None]
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.where(apart > 0, norm / apart, np.inf), np.shape(value))


def _qr_size(operands: tuple[Any, ...], value: Any, _detail: Any) -> Any:
    return np.abs(value) * np.asarray(np.linalg.cond(operands[0]))[..., None, None]


def _pinv_size(operands: tuple[Any, ...], value: Any, _detail: Any) -> Any:
    return np.abs(value) @ np.abs(operands[0]) @ np.abs(value)


_SIZES: dict[str, Callable[[tuple[Any, ...], Any, Any], Any]] = {
    "contract": _contract_size,
    "solve": _solve_size,
    "inv": _inv_size,
    "det": _det_size,
    "logdet": _logdet_size,
    "cholesky": _cholesky_size,
    "eigvalsh": _eigenvalues_size,
    "eigvals": _eigenvalues_size,
    "eigenpairs": _eigenpairs_size,
    "qr": _qr_size,
    "pinv": _pinv_size,
}


def _leaf_size(row: Leaf, operands: tuple[Any, ...], value: Any, detail: Any) -> Any:
    size = _SIZES.get(row.name)
    try:
        return np.abs(value) if size is None else size(operands, value, detail)
    except np.linalg.LinAlgError:
        return np.full(np.shape(value), np.inf)
