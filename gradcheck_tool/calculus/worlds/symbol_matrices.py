"""Linear algebra said as formulas in the entries, for small matrices of SymPy expressions.

Written out by cofactors, so only for matrices of at most `LARGEST` rows; the formulas are textbook
definitions, not the library's factorisations, and share nothing with our rules for them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.symbol import symbol_names

LARGEST = 3
SPEAKABLE = ("det", "inv", "solve", "logdet", "cholesky", "norm")


def matrix_value(name: str, operands: tuple[Any, ...], detail: Any) -> Any:
    """The value of the linear algebra row `name` for object arrays of shape (..., n, n)."""
    if name == "norm":
        axes, keep, _shape = detail
        return _each("sqrt", np.sum(operands[0] * operands[0], axis=axes, keepdims=keep))
    matrix = operands[0]
    batch = matrix.shape[:-2]
    pages = [_page(name, [np.asarray(operand[index]) for operand in operands]) for index in np.ndindex(*batch)]
    out = np.empty((len(pages), *pages[0].shape), dtype=object)
    for position, page in enumerate(pages):
        out[position] = page if page.ndim else page[()]
    return out.reshape((*batch, *pages[0].shape))


def _page(name: str, operands: list[Any]) -> Any:
    matrix = operands[0]
    if name == "det":
        return np.asarray(_det(matrix), dtype=object)
    if name == "logdet":
        return np.asarray(_each("log", _each("fabs", np.asarray(_det(matrix), dtype=object))), dtype=object)
    if name == "cholesky":
        return _cholesky(matrix)
    inverse = _adjugate(matrix) / _det(matrix)
    return inverse if name == "inv" else inverse @ operands[1]


def _each(word: str, x: Any) -> Any:
    return np.frompyfunc(symbol_names()[word], 1, 1)(x)


def _minor(matrix: Any, row: int, column: int) -> Any:
    return np.delete(np.delete(matrix, row, axis=0), column, axis=1)


def _det(matrix: Any) -> Any:
    if len(matrix) == 0:
        return 1
    return sum((-1) ** k * entry * _det(_minor(matrix, 0, k)) for k, entry in enumerate(matrix[0]))


def _adjugate(matrix: Any) -> Any:
    n = len(matrix)
    out = np.empty((n, n), dtype=object)
    for i, j in np.ndindex(n, n):
        out[i, j] = (-1) ** (i + j) * _det(_minor(matrix, j, i))
    return out


def _cholesky(matrix: Any) -> Any:
    n = len(matrix)
    root = symbol_names()["sqrt"]
    out = np.zeros((n, n), dtype=object)
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i, j] - sum(out[i, k] * out[j, k] for k in range(j))
            out[i, j] = root(rest) if i == j else rest / out[j, j]
    return out
