"""NumPy functions spelled with recorded operations; their value is compared with NumPy's own at every call."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing import differences, lookup, nan_reductions, order_statistics, polynomials, scans, statistics
from gradcheck_tool.tracing.moving import Entry

COMPOSED: dict[Any, Entry] = {
    **differences.COMPOSED,
    **lookup.COMPOSED,
    **nan_reductions.COMPOSED,
    **order_statistics.COMPOSED,
    **polynomials.COMPOSED,
    **statistics.COMPOSED,
    np.cumulative_sum: scans.cumulative_sum,
    np.cumulative_prod: scans.cumulative_prod,
}
