"""Functions of matrices (expm, logm, sqrtm and their kin) and the Sylvester equation, (..., n, n).

The detail of ``matfun`` is SciPy's name of the function and further arguments: ``("expm",)``. SciPy is imported
when such a line is walked, which only exists where the user's code called SciPy.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import product, ruled, turned
from gradcheck_tool.calculus.matrix_functions import SYLVESTER, frechet, value_of
from gradcheck_tool.calculus.primitive import Leaf

Operands = tuple[Any, ...]


def _matfun_push(tangents: Operands, operands: Operands, _value: Any, detail: Any) -> Any:
    return np.moveaxis(ruled(frechet(detail), operands[0], np.moveaxis(tangents[0], -1, 0)), 0, -1)


def _matfun_pull(adjoint: Any, operands: Operands, _value: Any, detail: Any, _wanted: Any) -> list[Any]:
    return [ruled(frechet(detail), turned(operands[0]), adjoint)]


def _sylvester_push(tangents: Operands, operands: Operands, value: Any, _detail: Any) -> Any:
    a, b, _right = operands
    da, db, source = (None if moved is None else np.moveaxis(moved, -1, 0) for moved in tangents)
    total: Any = 0.0 if source is None else source
    if da is not None:
        total = total - da @ value
    if db is not None:
        total = total - value @ db
    return np.moveaxis(ruled(SYLVESTER, a, b, total), 0, -1)


def _sylvester_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, wanted: tuple[bool, ...]) -> list[Any]:
    back = ruled(SYLVESTER, turned(operands[0]), turned(operands[1]), adjoint)
    return [
        -product(back, turned(value)) if wanted[0] else None,
        -product(turned(value), back) if wanted[1] else None,
        back if wanted[2] else None,
    ]


def _order(operands: Operands, _detail: Any) -> float:
    return 4.0 * float(operands[0].shape[-1])


MATRIX_FUNCTIONS: tuple[Leaf, ...] = (
    #    name         value                                      push             pull             rounding
    Leaf("matfun",    lambda ops, d: value_of(d, ops[0]),        _matfun_push,    _matfun_pull,    _order),
    Leaf("sylvester", lambda ops, _d: ruled(SYLVESTER, *ops),    _sylvester_push, _sylvester_pull, _order),
)  # fmt: skip
