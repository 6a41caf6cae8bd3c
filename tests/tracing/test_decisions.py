"""Every decision a value takes part in leaves a guard with its line, whatever the decision is called."""

# ruff: noqa: FURB171, FURB192 - plain code as users write it
from __future__ import annotations

import bisect
import functools
import heapq
import math
import operator
import re
import statistics

import numpy as np
import pytest

from gradcheck_tool.tracing import record

X = np.array([0.83, 0.31, 0.57, 0.72])
TABLE = {0: 1.0, 8: 2.0}

DECISIONS = {
    "less": lambda x: 1.0 if x[0] < 0.5 else 2.0,
    "greater equal": lambda x: 1.0 if x[0] >= x[1] else 2.0,
    "equal": lambda x: 1.0 if x[0] == 0.0 else 2.0,
    "not equal": lambda x: 1.0 if x[0] != 0.5 else 2.0,
    "in a tuple": lambda x: 1.0 if x[0] in (0, 1) else 2.0,
    "in an array": lambda x: 1.0 if x[0] in x[1:] else 2.0,
    "in a dict": lambda x: 1.0 if x[0] in {0.83: 1} else 2.0,
    "in a set": lambda x: 1.0 if x[0] in {0.83} else 2.0,
    "dict by float": lambda x: {0.83: 3.0}.get(float(x[0]), 4.0),
    "dict by int": lambda x: TABLE.get(int(x[0] * 10), 0.0),
    "truth": lambda x: 1.0 if x[0] else 2.0,
    "not": lambda x: 1.0 if not x[0] else 2.0,
    "bool": lambda x: float(bool(x[0])),
    "int": lambda x: float(int(10 * x[0])),
    "np.int64": lambda x: float(np.int64(10 * x[0])),
    "astype int": lambda x: (10 * x).astype(int).sum() * 1.0,
    "round": lambda x: float(round(10 * x[0])),
    "round digits": lambda x: round(float(x[0]), 1),
    "math.floor": lambda x: float(math.floor(10 * x[0])),
    "math.ceil": lambda x: float(math.ceil(10 * x[0])),
    "math.trunc": lambda x: float(math.trunc(10 * x[0])),
    "math.isclose": lambda x: 1.0 if math.isclose(x[0], 0.8) else 2.0,
    "math.copysign": lambda x: math.copysign(1.0, x[0]),
    "math.frexp": lambda x: float(math.frexp(10 * x[0])[1]),
    "floordiv": lambda x: 10 * x[0] // 1.0,
    "mod": lambda x: 10 * x[0] % 1.0,
    "divmod": lambda x: divmod(10 * x[0], 1.0)[0],
    "np.floor": lambda x: np.floor(10 * x[0]),
    "np.floor array": lambda x: np.floor(10 * x).sum(),
    "np.ceil": lambda x: np.ceil(10 * x).sum(),
    "np.rint": lambda x: np.rint(10 * x).sum(),
    "np.trunc": lambda x: np.trunc(10 * x).sum(),
    "np.round": lambda x: np.round(10 * x).sum(),
    "np.sign": lambda x: np.sign(x[0]),
    "np.sign array": lambda x: np.sign(x).sum(),
    "np.signbit": lambda x: float(np.signbit(x).sum()),
    "np.heaviside": lambda x: np.heaviside(x[0] - 0.5, 0.5),
    "np.isclose": lambda x: float(np.isclose(x, 0.8).sum()),
    "np.isclose number": lambda x: float(np.isclose(x[0], 0.8)),
    "np.allclose": lambda x: float(np.allclose(x, 0.8)),
    "np.array_equal": lambda x: float(np.array_equal(x, X)),
    "np.logical_and": lambda x: float(np.logical_and(x, x - x).sum()),
    "np.logical_not": lambda x: float(np.logical_not(x).sum()),
    "np.any": lambda x: float(np.any(x)),
    "np.all": lambda x: float(np.all(x)),
    "np.nonzero": lambda x: float(len(np.nonzero(x)[0])),
    "np.count_nonzero": lambda x: float(np.count_nonzero(x)),
    "np.argmax": lambda x: float(np.argmax(x)),
    "np.argsort": lambda x: float(np.argsort(x)[0]),
    "np.searchsorted": lambda x: float(np.searchsorted([0.0, 0.5, 1.0], x[0])),
    "np.digitize": lambda x: float(np.digitize(x[0], [0.0, 0.5, 1.0])),
    "np.sort": lambda x: np.sort(x)[0],
    "np.max": lambda x: np.max(x),
    "np.median": lambda x: np.median(x),
    "np.maximum": lambda x: np.maximum(x[0], x[1]),
    "np.where": lambda x: np.where(x > 0.5, 1.0, 2.0).sum(),
    "mask": lambda x: x[x > 0.5].sum(),
    "mask of values": lambda x: float(np.where(x, 1.0, 2.0).sum()),
    "np.clip": lambda x: np.clip(x, 0.4, 0.6).sum(),
    "np.select": lambda x: np.select([x < 0.5], [1.0], 2.0).sum(),
    "np.piecewise": lambda x: np.piecewise(x, [x < 0.5], [1.0, 2.0]).sum(),
    "np.interp": lambda x: np.interp(x[0], [0.0, 0.5, 1.0], [0.0, 2.0, 1.0]),
    "np.unique": lambda x: float(len(np.unique(x))),
    "abs": lambda x: abs(x[0] - 0.5),
    "np.abs": lambda x: np.abs(x - 0.5).sum(),
    "max": lambda x: max(x),
    "min of two": lambda x: min(x[0], 0.5),
    "sorted": lambda x: sorted(x)[0],
    "sorted by key": lambda x: sorted(x, key=lambda v: (v - 0.5) ** 2)[0],
    "list.index": lambda x: float(list(x).index(x[2])),
    "bisect": lambda x: float(bisect.bisect([0.0, 0.5, 1.0], x[0])),
    "heapq": lambda x: heapq.nsmallest(1, x)[0],
    "operator.gt": lambda x: float(operator.gt(x[0], 0.5)),
    "functools.reduce": lambda x: functools.reduce(max, x),
    "statistics.median": lambda x: statistics.median(list(x)),
    "is_integer": lambda x: float(float(x[0]).is_integer()),
    "text": lambda x: float(f"{x[0]:.1f}"),
    "vectorize": lambda x: np.vectorize(lambda v: 1.0 if v > 0.5 else 2.0)(x).sum(),
    "vectorize to int": lambda x: np.vectorize(lambda v: 10 * v, otypes=[int])(x).sum() * 1.0,
    "write into bool": lambda x: _into_bool(x),
    "float32 of int": lambda x: float(np.uint8(100 * x[0])),
}  # fmt: skip


def _into_bool(x):
    held = np.zeros(2, dtype=bool)
    held[0] = x[0]
    return float(held.sum())


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_leaves_a_guard(name):
    """A guard or a kinked row stands where the value decides."""
    trace = record(lambda x: DECISIONS[name](x) + 0.0 * x[0], X)
    kinked = [line.primitive.name for line in trace.lines if getattr(line.primitive, "kink", "")]
    assert trace.guards or kinked
    for guard in trace.guards:
        # heapq and statistics compare in Python code of their own.
        assert re.search(r"(test_decisions|heapq|statistics)\.py:\d+", guard.where)
