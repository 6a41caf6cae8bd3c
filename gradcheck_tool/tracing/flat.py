"""The flat iterator of a recorded array: its entries in C order, read and written wherever they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradcheck_tool.tracing.recorder import Recorder


class Flat:
    """What ``a.flat`` is for a recorded array `a`."""

    def __init__(self, recorder: Recorder, base: Any) -> None:
        self._recorder = recorder
        self.base = base

    def __len__(self) -> int:
        return int(self.base.size)

    def __iter__(self) -> Iterator[Any]:
        return iter(np.ravel(self.base))

    def __getitem__(self, key: Any) -> Any:
        entries = np.ravel(self.base)[self._recorder.number(key)]
        return entries.copy() if isinstance(entries, np.ndarray) else entries

    def __setitem__(self, key: Any, new: Any) -> None:
        if isinstance(new, list | tuple):
            new = self._recorder.array(new)
        shape = self.base.shape
        chosen = np.arange(self.base.size)[self._recorder.number(key)]
        if np.ndim(chosen) and np.ndim(self._recorder.number(new)):
            new = np.resize(new, chosen.size)  # the flat iterator repeats what is too short
        self.base[np.unravel_index(chosen, shape)] = new

    def copy(self) -> Any:
        """A new vector of the entries."""
        return np.ravel(self.base).copy()
