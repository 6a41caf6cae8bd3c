"""The constants of a run moved by one unit in the last place: how far two right formulas may lie apart by them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf
from gradcheck_tool.calculus.wide import WIDE
from gradcheck_tool.tracing.trace import Constant, Trace

DRAWS = 8
SLACK = 32.0
"""How many times the largest movement by one unit in the last place still counts as rounding of constants."""

_BASES = ("assemble", "numbers")  # leaves whose detail (shape, base, places) holds constant entries


def moved(trace: Trace, seed: int) -> Trace:
    """The same run with every long constant moved by one unit in its last place, also those that are results."""
    first, second = list(trace.first), list(trace.second)
    for k in range(trace.inputs, len(trace)):
        row, mask = ROWS[trace.operation[k] >> 3], trace.operation[k] & 3
        if isinstance(row, Elementwise) and len(row.operands) <= WIDE:
            if not mask & 1:
                first[k] = nudged(first[k], seed)
            if len(row.operands) > 1 and not mask & 2:
                second[k] = nudged(second[k], seed)
        elif isinstance(first[k], tuple):
            first[k] = tuple(Constant(nudged(x.value, seed)) if isinstance(x, Constant) else x for x in first[k])
            if isinstance(row, Leaf) and row.name in _BASES:
                shape, base, places = second[k]
                second[k] = shape, None if base is None else nudged(base, seed), places
    outputs = tuple(Constant(nudged(x.value, seed)) if isinstance(x, Constant) else x for x in trace.outputs)
    return replace(trace, first=tuple(first), second=tuple(second), outputs=outputs)


def nudged(x: Any, seed: int) -> Any:
    """A number or array whose long entries are moved by one unit in the last place; equal entries move alike."""
    if type(x) is np.ndarray and x.dtype.kind == "f":
        return _nudged(x.astype(float), seed)
    return float(_nudged(np.array([x]), seed)[0]) if isinstance(x, float) else x


def _nudged(x: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        long = np.isfinite(x) & (x.astype(np.float32) != x)
        # The sign of the move is a hash of the value's magnitude, so that equal constants move together.
        bits = np.abs(x).view(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed) * np.uint64(
            0xD1B54A32D192ED03
        )
        mixed = (bits ^ (bits >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        away = np.where((mixed >> np.uint64(63)).astype(bool), np.inf, 0.0) * np.sign(x)
        return np.where(long, np.nextafter(x, np.where(away == 0, 0.0, away)), x)
