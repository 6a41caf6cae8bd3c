"""Rows that only move, sum or repeat elements: each is its own push, another one is its pull.

A `detail` is a frozen tuple that holds all shapes needed, so that a row can be read in both
directions. Directions ride along on a trailing axis (`extra`), which every row leaves alone.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Linear

_MANY = 4096  # entries from which a sum is worth a thought
_SHORT = 64


def _tail(x: Any, extra: int) -> tuple[int, ...]:
    return np.shape(x)[np.ndim(x) - extra :] if extra else ()


def _flat(x: Any, extra: int) -> Any:
    return np.reshape(x, (-1, *_tail(x, extra)))


def _zeros(x: Any, shape: tuple[int, ...], extra: int) -> Any:
    return np.zeros((*shape, *_tail(x, extra)), dtype=np.result_type(x))


def _gather(x: Any, detail: Any, extra: int) -> Any:
    """Take ``x.flat[places - 1]``; place 0 is a literal zero."""
    places, shape, _source = detail
    flat = _flat(x, extra)
    out = flat[places.ravel() - 1]
    if not places.all():
        out[places.ravel() == 0] = 0
    return out.reshape((*shape, *_tail(x, extra)))


def _scatter(x: Any, detail: Any, extra: int) -> Any:
    """Add every element of x to the place it was gathered from."""
    places, _shape, source = detail
    size = int(np.prod(source, dtype=int))
    out = _zeros(x, (size + 1,), extra)
    np.add.at(out, places.ravel(), _flat(x, extra))
    return out[1:].reshape((*source, *_tail(x, extra)))


def _getitem(x: Any, detail: Any, _extra: int) -> Any:
    key, _source = detail
    return x[key]


def _putitem(x: Any, detail: Any, extra: int) -> Any:
    """Write x into a zero buffer where `key` read it; `key` never names an element twice."""
    key, source = detail
    out = _zeros(x, source, extra)
    out[key] = x
    return out


def _reshape(x: Any, detail: Any, extra: int) -> Any:
    shape, _source = detail
    return np.reshape(x, (*shape, *_tail(x, extra)))


def _permute(x: Any, detail: Any, extra: int) -> Any:
    return np.transpose(x, (*detail, len(detail)) if extra else detail)


def _sum(x: Any, detail: Any, _extra: int) -> Any:
    axes, keep, _source = detail
    return np.sum(x, axis=axes, keepdims=keep)


def _expand(x: Any, detail: Any, extra: int) -> Any:
    """Repeat what a sum has summed: the summed axes come back, filled with copies."""
    axes, keep, source = detail
    tail = _tail(x, extra)
    if not keep:
        x = np.reshape(x, (*(1 if axis in axes else n for axis, n in enumerate(source)), *tail))
    return np.broadcast_to(x, (*source, *tail))


def _broadcast(x: Any, detail: Any, extra: int) -> Any:
    shape, source = detail
    tail = _tail(x, extra)
    x = np.reshape(x, ((1,) * (len(shape) - len(source)) + tuple(source) + tail))
    return np.broadcast_to(x, (*shape, *tail))


def _unbroadcast(x: Any, detail: Any, extra: int) -> Any:
    shape, source = detail
    lead = len(shape) - len(source)
    axes = (*range(lead), *(lead + k for k, n in enumerate(source) if n == 1 and shape[lead + k] != 1))
    added = _added_in_short_rows(x, axes) if not extra and np.size(x) > _MANY else None
    return np.reshape(np.sum(x, axis=axes) if added is None else added, (*source, *_tail(x, extra)))


def _added_in_short_rows(x: Any, axes: tuple[int, ...]) -> Any:
    """The sum over neighbouring axes where what lies behind them is short: a product with ones.

    NumPy adds such rows one by one, at several times the price; neither way pairs the terms. None elsewhere.
    """
    if type(x) is not np.ndarray or x.dtype != float or not x.flags.c_contiguous or not axes:
        return None
    first, last = axes[0], axes[-1] + 1
    behind = math.prod(x.shape[last:])
    if last - first != len(axes) or not 1 < behind <= _SHORT:
        return None
    count = math.prod(x.shape[first:last])
    return np.ones((1, count)) @ x.reshape(math.prod(x.shape[:first]), count, behind)


def _cumsum(x: Any, detail: Any, _extra: int) -> Any:
    axis, backwards = detail
    if not backwards:
        return np.cumsum(x, axis=axis)
    return np.flip(np.cumsum(np.flip(x, axis), axis=axis), axis)


LINEAR: tuple[Linear, ...] = (
    #      name           forward        transposed row and its detail
    Linear("gather",      _gather,       lambda detail: ("scatter", detail)),
    Linear("scatter",     _scatter,      lambda detail: ("gather", detail)),
    Linear("getitem",     _getitem,      lambda detail: ("putitem", detail)),
    Linear("putitem",     _putitem,      lambda detail: ("getitem", detail)),
    Linear("reshape",     _reshape,      lambda detail: ("reshape", (detail[1], detail[0]))),
    Linear("permute",     _permute,      lambda detail: ("permute", tuple(int(k) for k in np.argsort(detail)))),
    Linear("sum",         _sum,          lambda detail: ("expand", detail)),
    Linear("expand",      _expand,       lambda detail: ("sum", detail)),
    Linear("broadcast",   _broadcast,    lambda detail: ("unbroadcast", detail)),
    Linear("unbroadcast", _unbroadcast,  lambda detail: ("broadcast", detail)),
    Linear("cumsum",      _cumsum,       lambda detail: ("cumsum", (detail[0], not detail[1]))),
)  # fmt: skip
