"""The few array operations that rules are written in, for any kind of number.

A plain array answers at once. Anything else, a number with tangents or a value that is being
recorded, brings its own methods: ``apply_linear(leaf, detail)``, ``contract_with(text, other)`` and
``solve_from(matrix)``. Rules written with these functions work in every world.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Linear
from gradcheck_tool.calculus.tables.rearrange import LINEAR

_ROWS: dict[str, Linear] = {row.name: row for row in LINEAR}
_DIRECT: dict[str, Callable[[Any, Any], Any]] = {
    # letters are named in the order they appear, as `_spelled` does
    "ij,jk->ik": lambda a, b: a @ b,
    "ij,kj->ik": lambda a, b: a @ b.T,
    "ij,ik->jk": lambda a, b: a.T @ b,
    "ij,j->i": lambda a, b: a @ b,
    "ij,i->j": lambda a, b: b @ a,
    "i,ij->j": lambda a, b: a @ b,
    "i,ji->j": lambda a, b: b @ a,
    "i,i->": np.dot,
    "i,j->ij": np.multiply.outer,
    ",i->i": np.multiply,
    "i,->i": np.multiply,
}


@lru_cache(maxsize=4096)
def _direct(text: str) -> Callable[[Any, Any], Any] | None:
    """The direct NumPy call for a contraction, whatever its letters are called; None where there is none."""
    names = dict(zip(dict.fromkeys(letter for letter in text if letter.isalpha()), "ijklmnopqrstuvw", strict=False))
    return _DIRECT.get("".join(names.get(letter, letter) for letter in text))


def row(name: str) -> Linear:
    """The linear row of that name."""
    return _ROWS[name]


def linear(name: str, x: Any, detail: Any) -> Any:
    """Apply the linear row `name` to a number of any world."""
    if type(x) is np.ndarray or type(x) is float or is_plain(x):
        return _ROWS[name].forward(x, detail, 0)
    return x.apply_linear(_ROWS[name], detail)


def transposed(leaf: Linear, x: Any, detail: Any) -> Any:
    """Apply the transpose of a linear row: what its pull does to the adjoint."""
    name, back = leaf.transpose(detail)
    return linear(name, x, back)


def is_plain(x: Any) -> bool:
    """Whether x is an ordinary number or array rather than one of another world."""
    return isinstance(x, np.ndarray | np.generic | float | int) and type(x).__module__ in ("numpy", "builtins")


def contract(text: str, a: Any, b: Any) -> Any:
    """Multiply and sum two operands as einsum's `text` says, e.g. ``ij,jk->ik``.

    No letter may appear twice in one operand, and every letter of an operand must appear in the
    other or in the result.
    """
    if not is_plain(a):
        return a.contract_with(text, b)
    if not is_plain(b):
        left, right, out = terms(text)
        return b.contract_with(f"{right},{left}->{out}", a)
    direct = _direct(text)
    if direct is not None:
        return direct(a, b)
    if np.asarray(a).dtype == object or np.asarray(b).dtype == object:
        return np.einsum(text, a, b)
    return np.einsum(text, a, b, optimize=True)


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, str, str]:
    """Split ``ij,jk->ik`` into its three terms."""
    operands, out = text.split("->")
    left, right = operands.split(",")
    return left, right, out


def solve(matrix: Any, right: Any) -> Any:
    """Solve ``matrix @ y = right`` for matrices (..., n, n) and (..., n, k)."""
    if is_plain(matrix) and is_plain(right):
        return np.linalg.solve(matrix, right)
    return (right if is_plain(matrix) else matrix).solve_from(matrix, right)


def turned(matrix: Any) -> Any:
    """The transpose of the last two axes."""
    ndim = len(matrix.shape)
    return linear("permute", matrix, (*range(ndim - 2), ndim - 1, ndim - 2))


def product(a: Any, b: Any) -> Any:
    """The matrix product of equally batched matrices, (..., i, j) and (..., j, k)."""
    batch = "abcdefgh"[: len(a.shape) - 2]
    return contract(f"{batch}ij,{batch}jk->{batch}ik", a, b)
