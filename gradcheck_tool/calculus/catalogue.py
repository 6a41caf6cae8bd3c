"""All rows in one place, numbered: what an operation number in a trace means.

An operation is one integer, ``8 * row + 4 * array + mask``: the row's number, whether the line holds an
array, and for elementwise rows which of the two operands are lines rather than constants
(mask 1: the first, 2: the second, 3: both).
"""

from __future__ import annotations

from gradcheck_tool.calculus.primitive import Elementwise, Primitive
from gradcheck_tool.calculus.tables.assemble import ASSEMBLE
from gradcheck_tool.calculus.tables.complexes import COMPLEX_ELEMENTWISE, COMPLEX_LINEAR
from gradcheck_tool.calculus.tables.contract import CONTRACTIONS
from gradcheck_tool.calculus.tables.elementwise import ELEMENTWISE
from gradcheck_tool.calculus.tables.factors import FACTORS
from gradcheck_tool.calculus.tables.linalg import LINALG
from gradcheck_tool.calculus.tables.matrix_functions import MATRIX_FUNCTIONS
from gradcheck_tool.calculus.tables.rearrange import LINEAR
from gradcheck_tool.calculus.tables.special import WORDS
from gradcheck_tool.calculus.tables.spectral import SPECTRA

ROWS: list[Primitive] = []
NUMBER: dict[str, int] = {}
SPELLED: dict[str, int] = {}


def add(row: Primitive) -> int:
    """Enter a row; every mode, world, report and test can use it from here on. Returns its number."""
    NUMBER[row.name] = len(ROWS)
    ROWS.append(row)
    if isinstance(row, Elementwise):
        SPELLED.update(dict.fromkeys(row.spellings, NUMBER[row.name]))
    return NUMBER[row.name]


def operation(name: str, *, array: bool, mask: int = 3) -> int:
    """The operation number of a line of the row `name`."""
    return 8 * NUMBER[name] + 4 * array + mask


_TABLES: tuple[tuple[Primitive, ...], ...] = (
    ELEMENTWISE, LINEAR, ASSEMBLE, CONTRACTIONS, LINALG, COMPLEX_ELEMENTWISE, COMPLEX_LINEAR,
    SPECTRA, FACTORS, MATRIX_FUNCTIONS, WORDS,
)  # fmt: skip
for _table in _TABLES:
    for _row in _table:
        add(_row)
