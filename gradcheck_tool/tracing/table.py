"""Where the entries of a written array come from, and entries that come from nowhere we can follow."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import here

WITHHELD = -2  # the line of an entry whose derivative does not exist: whoever uses it is refused


class Table:
    """Where every entry of a written array comes from: line (-1: constant) and flat place in it."""

    __slots__ = ("line", "place", "version", "why")

    def __init__(self, like: Any, line: int) -> None:
        # The same memory order as the values, so that what is a view of them is a view here.
        self.line = np.full_like(like, line, dtype=np.int64)
        self.place = np.empty_like(like, dtype=np.int64)
        self.place[...] = np.arange(like.size).reshape(like.shape)
        self.version = 1
        self.why: tuple[str, str] = ("", "")  # what entries are withheld, and what to do instead


def withheld(array: Any) -> CannotFollow:
    """The refusal of an array some of whose entries are withheld."""
    root = array if array.root is None else array.root
    sentence, remedy = root.table.why
    return CannotFollow(sentence, where=here(), remedy=remedy)


def withhold(array: Any, places: Any, why: tuple[str, str]) -> Any:
    """Take back the derivative of the entries of a fresh recorded array that the mask `places` names."""
    if array.table is None:
        array.keep_lines()
    table = array.table or Table(array.value, array.line)
    table.line[places] = WITHHELD
    table.why = why
    table.version += 1
    array.table = table
    return array


def is_withheld(array: Any) -> bool:
    """Whether some entries of a recorded array are withheld; asking does not use them."""
    root = array if array.root is None else array.root
    table = root.table
    return isinstance(table, Table) and bool(table.why[0])
