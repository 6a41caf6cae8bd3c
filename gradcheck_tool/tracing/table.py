"""Where the entries of a written array come from."""

from __future__ import annotations

from typing import Any

import numpy as np


class Table:
    """Where every entry of a written array comes from: line (-1: constant) and flat place in it."""

    __slots__ = ("line", "place", "version")

    def __init__(self, like: Any, line: int) -> None:
        # The same memory order as the values, so that what is a view of them is a view here.
        self.line = np.full_like(like, line, dtype=np.int64)
        self.place = np.empty_like(like, dtype=np.int64)
        self.place[...] = np.arange(like.size).reshape(like.shape)
        self.version = 1
