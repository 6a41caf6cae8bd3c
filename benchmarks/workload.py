"""What a workload is: one function in the spelling of each engine, and a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Workload(NamedTuple):
    """The plain function is what a user would write; the others differ only where their framework must be named."""

    name: str
    plain: Callable[[Any], Any]
    hips: Callable[[Any], Any]
    torch: Callable[[Any], Any]
    point: np.ndarray
