"""Assembling: many operands, numbers and arrays, put into one array at known places.

A list of numbers turned into an array, stack, concatenate, where, a buffer filled by index: all
are this one row. Where all operands are plain numbers, ``numbers`` is the same with a lighter detail,
``(shape, base, targets)``. The detail of ``assemble`` is ``(shape, base, moves)``: `base` holds the constant
entries, and each operand has a move ``(targets, sources)``, flat integer places in the result and in the operand.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import linear
from gradcheck_tool.calculus.primitive import Leaf

Detail = tuple[tuple[int, ...], Any, tuple[tuple[Any, Any], ...]]


def _filled(parts: tuple[Any, ...], detail: Detail, tail: tuple[int, ...], base: Any) -> Any:
    shape, _base, moves = detail
    out = np.broadcast_to(np.reshape(base, (-1, *(1 for _ in tail))), (int(np.prod(shape, dtype=int)), *tail))
    kinds = [np.asarray(part).dtype for part in parts if part is not None]
    out = np.array(out, dtype=np.result_type(out.dtype, *kinds) if kinds else out.dtype)
    for part, (targets, sources) in zip(parts, moves, strict=True):
        if part is not None:
            out[targets] = np.reshape(part, (-1, *tail))[sources]
    return out.reshape((*shape, *tail))


def _evaluate(operands: tuple[Any, ...], detail: Detail) -> Any:
    shape, base, _moves = detail
    return _filled(operands, detail, (), np.zeros(int(np.prod(shape, dtype=int))) if base is None else base)


def _push(tangents: tuple[Any, ...], operands: tuple[Any, ...], _value: Any, detail: Detail) -> Any:
    directions = max(
        np.shape(tangent)[-1] if np.ndim(tangent) > np.ndim(operand) else 1
        for tangent, operand in zip(tangents, operands, strict=True)
        if tangent is not None
    )
    full = [
        None if tangent is None else np.broadcast_to(tangent, (*np.shape(operand), directions))
        for tangent, operand in zip(tangents, operands, strict=True)
    ]
    return _filled(tuple(full), detail, (directions,), np.zeros(int(np.prod(detail[0], dtype=int))))


def _pull(adjoint: Any, operands: tuple[Any, ...], _value: Any, detail: Detail, wanted: tuple[bool, ...]) -> list[Any]:
    shape, _base, moves = detail
    size = int(np.prod(shape, dtype=int))
    if type(adjoint) is np.ndarray:
        flat = adjoint.ravel()
        return [
            _back(flat, move, np.shape(operand)) if want else None
            for want, move, operand in zip(wanted, moves, operands, strict=True)
        ]
    flat = linear("reshape", adjoint, ((size,), shape))
    return [
        _general(flat, move, np.shape(operand), size) if want else None
        for want, move, operand in zip(wanted, moves, operands, strict=True)
    ]


def _back(flat: Any, move: tuple[Any, Any], source: tuple[int, ...]) -> Any:
    targets, sources = move
    if source == () and len(targets) == 1:
        return flat[targets[0]]
    out = np.zeros(int(np.prod(source, dtype=int)), dtype=flat.dtype)
    np.add.at(out, sources, flat[targets])
    return out.reshape(source)


def _general(flat: Any, move: tuple[Any, Any], source: tuple[int, ...], size: int) -> Any:
    targets, sources = move
    taken = linear("gather", flat, (targets + 1, targets.shape, (size,)))
    return linear("scatter", taken, (sources + 1, sources.shape, source))


def _exact(_operands: tuple[Any, ...], _detail: Any) -> float:
    return 0.0


def _numbers_moves(detail: Any) -> Detail:
    shape, base, targets = detail
    return shape, base, tuple((np.array([target]), np.zeros(1, dtype=int)) for target in targets)


def _numbers_evaluate(operands: tuple[Any, ...], detail: Any) -> Any:
    shape, base, targets = detail
    exact = all(isinstance(operand, float) for operand in operands)
    out = np.zeros(int(np.prod(shape, dtype=int)), dtype=float if exact else object)
    if base is not None:
        out[:] = base
    for operand, target in zip(operands, targets, strict=True):
        out[target] = operand
    return out.reshape(shape)


def _numbers_push(tangents: tuple[Any, ...], operands: tuple[Any, ...], value: Any, detail: Any) -> Any:
    return _push(tangents, operands, value, _numbers_moves(detail))


def _numbers_pull(adjoint: Any, operands: tuple[Any, ...], _value: Any, detail: Any, wanted: Any) -> list[Any]:
    shape, _base, targets = detail
    if type(adjoint) is np.ndarray:
        flat = adjoint.ravel().tolist()
        return [flat[target] for target in targets]
    return _pull(adjoint, operands, None, _numbers_moves((shape, None, targets)), wanted)


ASSEMBLE: tuple[Leaf, ...] = (
    Leaf("assemble", _evaluate, _push, _pull, _exact),
    Leaf("numbers", _numbers_evaluate, _numbers_push, _numbers_pull, _exact),
)
