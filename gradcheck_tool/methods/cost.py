"""What a walk in exact arithmetic costs, before it is made: operations on balls, each about a microsecond."""

from __future__ import annotations

import math

import numpy as np

from gradcheck_tool.calculus.algebra import terms
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.tracing.trace import Constant, Trace

CUBIC = frozenset({"solve", "inv", "det", "logdet", "cholesky", "lu", "qr", "pinv"})
SPECTRAL = frozenset({"eigvalsh", "eigvals", "eigenpairs", "matfun", "sylvester"})
SPECTRAL_FACTOR = 100.0  # an eigenvalue problem beside one elimination


def exact_cost(trace: Trace, adjoints: int = 0) -> float:
    """Operations of one walk down and of `adjoints` walks up, which cost twice as much."""
    total = float(sum(_line(trace, k) for k in range(trace.inputs, len(trace))))
    return total * (1 + 2 * adjoints)


def _line(trace: Trace, k: int) -> float:
    name, own = ROWS[trace.operation[k] >> 3].name, float(np.size(trace.value[k]))
    if name != "contract" and name not in CUBIC and name not in SPECTRAL:
        return own
    sizes = [_shape(trace, ref) for ref in trace.first[k]]
    if name == "contract":
        left, right, _out = terms(trace.second[k])
        lengths = dict(zip(left, sizes[0], strict=True)) | dict(zip(right, sizes[1], strict=True))
        return float(math.prod(lengths.values()))
    n = max(sizes[0], default=1)
    return float(math.prod(sizes[0])) * n * (SPECTRAL_FACTOR if name in SPECTRAL else 1.0)


def _shape(trace: Trace, ref: int | Constant) -> tuple[int, ...]:
    return np.shape(ref.value if isinstance(ref, Constant) else trace.value[ref])
