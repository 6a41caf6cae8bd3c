"""What the check could have seen: how large an error in one entry must be to be caught."""

from __future__ import annotations

import math

from gradcheck_tool.judgement.record import Entry


def power(entry: Entry) -> float:
    """An error above this, added to yours, would have been called wrong; in units of the derivative.

    Yours may lie on the far side of its tolerance already, so that the distance counts too. Infinite where nothing
    is known, or at a kink.
    """
    if entry.verdict == "kink":
        return math.inf
    reach = abs(entry.yours - entry.reference) + entry.tolerance
    return reach if math.isfinite(reach) else math.inf


def relative_power(entry: Entry) -> float:
    """The same as a share of the entry; infinite for an entry of 0 that is not exactly known."""
    reach = power(entry)
    size = max(abs(entry.yours), abs(entry.reference)) if math.isfinite(reach) else math.inf
    if size == math.inf:
        return math.inf
    return reach / size if size else (0.0 if reach == 0 else math.inf)
