"""Whether many runs of the same code took the same branches, and stayed on one side of every kink."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.tracing.library.aside import plain
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.trace import Constant


def is_one_branch(recorder: Recorder, lines: int, decisions: int, seen: dict[Any, Any] | None = None) -> bool:
    """Whether what was recorded since line `lines` and decision `decisions` never went two ways at one place.

    `seen` keeps what earlier runs did.
    """
    seen = {} if seen is None else seen
    flags = recorder.flags
    for k in range(decisions, len(flags), 7):
        _, relation, _, _, held, code, offset = flags[k : k + 7]
        if not _agrees(seen, (code, offset, relation), np.asarray(held)):
            return False
    for k in range(lines, len(recorder.value)):
        operation = recorder.operation[k]
        row = ROWS[operation >> 3] if operation >= 0 else None
        if isinstance(row, Elementwise) and row.kink:
            place = recorder.code[k], recorder.offset[k], row.name
            if not _agrees(seen, place, np.sign(_kink(recorder, row, k))):
                return False
    return True


def _agrees(seen: dict[Any, Any], place: Any, way: Any) -> bool:
    known = seen.setdefault(place, way)
    return np.shape(known) != np.shape(way) or bool(np.array_equal(known, way))


def _kink(recorder: Recorder, row: Elementwise, k: int) -> Any:
    """The expression whose zero is where the row has its kink."""
    first, mask = recorder.first[k], recorder.operation[k] & 3
    given = first if isinstance(first, tuple) else (first, recorder.second[k])
    names = dict(ARRAY)
    for position, (name, ref) in enumerate(zip(row.operands, given, strict=False)):
        is_line = type(ref) is int and (isinstance(first, tuple) or mask >> position & 1)
        names[name] = plain(recorder.value[ref] if is_line else ref.value if isinstance(ref, Constant) else ref)
    names["y"] = plain(recorder.value[k])
    return eval(row.kink, names)  # noqa: S307 - the texts are our own table
