"""How much memory the record of a run may take: beyond it the recording stops with a sentence, not the machine.

Numbers are counted by the line, small arrays by sampling, large arrays one by one; nobody asks the system.
"""

from __future__ import annotations

import os

LINE = 300  # bytes for one line of numbers, with its adjoint and what the lists keep in reserve
LARGE = 1 << 16  # bytes from which an array is counted as it is made
STRIDE = 8192  # lines between two looks at the small ones
SAMPLED = 16  # one in so many of them is weighed

_chosen: list[int] = []


def allow_memory(limit: int | None) -> None:
    """Let every later recording of this process take `limit` bytes; None: half of the machine's memory."""
    _chosen[:] = [] if limit is None else [limit]


def allowed_memory() -> int:
    """The bytes a record may take. As much again is left for derivatives."""
    return _chosen[0] if _chosen else _HALF


def in_words(size: float) -> str:
    """``500 MiB``, ``2.5 GiB``."""
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size:.0f} bytes"


def _half() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):  # no such question on this system
        return 4 << 30


_HALF = _half()
