"""The few array operations that rules are written in, for any kind of number.

A plain array answers at once. Anything else, a number with tangents or a value that is being
recorded, brings its own methods: ``apply_linear(leaf, detail)``, ``contract_with(text, other)`` and
``solve_from(matrix)``. Rules written with these functions work in every world. What is none of these is a
`Ruled` function, which says itself what it is for each kind of number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Linear
from gradcheck_tool.calculus.tables.complexes import COMPLEX_LINEAR
from gradcheck_tool.calculus.tables.rearrange import LINEAR

_ROWS: dict[str, Linear] = {row.name: row for row in (*LINEAR, *COMPLEX_LINEAR)}
_DOUBLE = np.dtype(float)
_OBJECT = np.dtype(object)
_DIRECT: dict[str, Callable[[Any, Any], Any]] = {
    # letters are named in the order they appear, as `_direct` does
    "ij,jk->ik": lambda a, b: a @ b,
    "ij,jk->ki": lambda a, b: b.mT @ a.mT,
    "ij,kj->ik": lambda a, b: a @ b.mT,
    "ij,kj->ki": lambda a, b: b @ a.mT,
    "ij,ik->jk": lambda a, b: a.mT @ b,
    "ij,ik->kj": lambda a, b: b.mT @ a,
    "ij,ki->jk": lambda a, b: a.mT @ b.mT,
    "ij,ki->kj": lambda a, b: b @ a,
}
_VECTORS: dict[str, Callable[[Any, Any], Any]] = {
    "ij,j->i": lambda a, b: a @ b,
    "ij,i->j": lambda a, b: b @ a,
    "i,ij->j": lambda a, b: a @ b,
    "i,ji->j": lambda a, b: b @ a,
    "i,i->": np.dot,
    "i,j->ij": np.multiply.outer,
    "i,j->ji": lambda a, b: np.multiply.outer(b, a),
}


@lru_cache(maxsize=4096)
def _direct(text: str) -> Callable[[Any, Any], Any] | None:
    """The direct NumPy call for a contraction, whatever its letters are called; None where there is none."""
    left, right, out = terms(text)
    if (left in ("", right) and out == right) or (right == "" and out == left):
        return np.multiply
    batch = 0  # letters in front that all three share: a stack of matrices
    while batch < min(len(left), len(right), len(out)) and left[batch] == right[batch] == out[batch]:
        batch += 1
    names = dict(zip(dict.fromkeys(left[batch:] + right[batch:] + out[batch:]), "ijklmnopqrstuvw", strict=False))
    plain = ",".join("".join(names[letter] for letter in term[batch:]) for term in (left, right))
    spelled = f"{plain}->{''.join(names[letter] for letter in out[batch:])}"
    return _DIRECT.get(spelled) or (None if batch else _VECTORS.get(spelled))


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
    return isinstance(x, np.ndarray | np.generic | float | int | complex) and type(x).__module__ in (
        "numpy",
        "builtins",
    )


def is_complex(x: Any) -> bool:
    """Whether a number or array of any world is complex."""
    kind = type(x)
    if kind is np.ndarray:
        return bool(x.dtype.kind == "c")
    if kind is float or kind is np.float64:
        return False
    return getattr(kind, "complex_valued", False) or isinstance(x, complex) or getattr(x, "dtype", _DOUBLE).kind == "c"


def contract(text: str, a: Any, b: Any) -> Any:
    """Multiply and sum two operands as einsum's `text` says, e.g. ``ij,jk->ik``.

    No letter may appear twice in one operand, and every letter of an operand must appear in the
    other or in the result.
    """
    if type(a) is not np.ndarray or type(b) is not np.ndarray:
        if not is_plain(a):
            return a.contract_with(text, b)
        if not is_plain(b):
            left, right, out = terms(text)
            return b.contract_with(f"{right},{left}->{out}", a)
    if _is_object(a) or _is_object(b):
        return _brought("contracted", np.einsum, a, b)(text, a, b)
    direct = _direct(text)
    if direct is not None:
        return direct(a, b)
    return np.einsum(text, a, b, optimize=True)


def _is_object(x: Any) -> bool:
    return type(x) is np.ndarray and x.dtype is _OBJECT


def _brought(name: str, otherwise: Callable[..., Any], *operands: Any) -> Callable[..., Any]:
    """The linear algebra that the numbers in object arrays bring, each kind its own."""
    for x in operands:
        for number in x.flat if _is_object(x) else ():
            found: Callable[..., Any] | None = getattr(type(number), name, None)
            if found is not None:
                return found
    return otherwise


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, str, str]:
    """Split ``ij,jk->ik`` into its three terms."""
    operands, out = text.split("->")
    left, right = operands.split(",")
    return left, right, out


def solve(matrix: Any, right: Any) -> Any:
    """Solve ``matrix @ y = right`` for matrices (..., n, n) and (..., n, k)."""
    if is_plain(matrix) and is_plain(right):
        if _is_object(matrix) or _is_object(right):
            return _brought("solved", np.linalg.solve, matrix, right)(matrix, right)
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


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """A function of arrays that rules are written with, for every kind of number.

    Attributes
    ----------
    plain
        ``plain(*operands)`` for plain arrays.
    moved
        ``moved(operands, tangents)``: the tangents of the result, directions on a trailing axis; an operand
        that does not move has the tangents None.
    recorded
        ``recorded(*operands)``: the same function written with NumPy's functions, for values being recorded.
    """

    plain: Callable[..., Any]
    moved: Callable[[tuple[Any, ...], tuple[Any, ...]], Any]
    recorded: Callable[..., Any]


def ruled(function: Ruled, *operands: Any) -> Any:
    """Apply a `Ruled` function to numbers of any world."""
    for x in operands:
        if not is_plain(x):
            return x.by_rule(function, operands)
    return function.plain(*operands)
