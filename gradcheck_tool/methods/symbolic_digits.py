"""From many digits to doubles: how many are carried, when they were enough, and the error bar they leave."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Matrix

DIGITS = (50, 80)  # everything is computed twice: what the two disagree about is not known
MANY_DIGITS = (650, 700)  # from the largest double down to the smallest
_UNIT = 2.0**-53
_NORMAL, _TINY = 2.0**-1022, 2.0**-1074  # below the first, doubles are multiples of the second

Values = list[list[Any]]  # the entries at the smaller precision, and at the larger


def apart(values: Values) -> bool:
    """Whether cancellation has eaten into the digits of a double in any entry."""
    return any(abs(coarse - fine) > abs(fine) * _UNIT / 2 for coarse, fine in zip(*values, strict=True))


def refuse_undefined(values: Values, rows: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Raise a `Complaint` naming the first entry that is not a finite number; entries run row by row."""
    n = len(columns)
    for position, pair in enumerate(zip(*values, strict=True)):
        if not all(np.isfinite(float(value)) for value in pair):
            raise Complaint(
                f"the derivative of {rows[position // n]} by {columns[position % n]} is not a finite real number here",
                remedy="check at a point inside the domain",
            )


def rounded(values: Values, shape: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """The entries in doubles and their bars: one rounding and what the two precisions disagree about."""
    coarse, fine = values
    found = np.array([float(value) for value in fine]).reshape(shape)
    unsettled = np.array([float(abs(a - b)) for a, b in zip(coarse, fine, strict=True)]).reshape(shape)
    lost = np.array([_TINY if value and abs(value) < _NORMAL else 0.0 for value in fine]).reshape(shape)
    return found, 2 * _UNIT * np.abs(found) + 2 * unsettled + lost
