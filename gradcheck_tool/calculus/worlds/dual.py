"""The world of (value, tangents): pulling in it gives second derivatives, forward over reverse.

A `Dual` holds a value of some shape and its tangents of that shape plus a trailing axis of directions. Its
functions are not a second table: each is compiled from the same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import Ruled, contract, terms
from gradcheck_tool.calculus.primitive import Elementwise, Linear
from gradcheck_tool.calculus.tables.complexes import COMPLEX_ELEMENTWISE, COMPLEX_WORD_ROWS
from gradcheck_tool.calculus.tables.elementwise import ELEMENTWISE
from gradcheck_tool.calculus.tables.special import WORDS
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.calculus.worlds.world import World
from gradcheck_tool.complaint import CannotFollow


def _lift(x: Any) -> Any:
    return x[..., None] if type(x) is np.ndarray and x.ndim else x


def _parts(x: Any) -> tuple[Any, Any]:
    return (x.value, x.tangents) if type(x) is Dual else (x, None)


class Dual:
    """A value and its tangents, shape (*value.shape, directions)."""

    __slots__ = ("tangents", "value")
    __array_ufunc__ = None  # an array on the left leaves the operation to us

    def __init__(self, value: Any, tangents: Any) -> None:
        self.value = value
        self.tangents = tangents

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return np.shape(self.value)

    @property
    def ndim(self) -> int:
        """The number of axes of the value."""
        return np.ndim(self.value)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Complex where the value or its tangents are."""
        return np.result_type(self.value, self.tangents)

    def __add__(self, other: Any) -> Dual:
        value, tangents = _parts(other)
        mine = self.tangents
        total = self.value + value
        if np.shape(total) != np.shape(self.value):
            mine = _wide(mine, self.value, total)
        if tangents is None:
            return Dual(total, mine)
        return Dual(total, mine + _wide(tangents, value, total))

    __radd__ = __add__

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.tangents)

    def __pos__(self) -> Dual:
        return self

    def __sub__(self, other: Any) -> Dual:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Dual:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Dual:
        value, tangents = _parts(other)
        moved = self.tangents * _lift(value)
        if tangents is not None:
            moved = moved + tangents * _lift(self.value)
        return Dual(self.value * value, moved)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Dual:
        value, tangents = _parts(other)
        ratio = self.value / value
        moved = self.tangents
        if tangents is not None:
            moved = moved - tangents * _lift(ratio)
        return Dual(ratio, moved / _lift(value))

    def __rtruediv__(self, other: Any) -> Dual:
        ratio = other / self.value
        return Dual(ratio, -self.tangents * _lift(ratio / self.value))

    def __pow__(self, exponent: Any) -> Any:
        return DUAL.array["pow"](self, exponent)

    def __rpow__(self, base: Any) -> Any:
        return DUAL.array["pow"](base, self)

    def __getitem__(self, key: Any) -> Dual:
        return Dual(self.value[key], self.tangents[key])

    def __lt__(self, other: Any) -> Any:
        return self.value < _parts(other)[0]

    def __le__(self, other: Any) -> Any:
        return self.value <= _parts(other)[0]

    def __gt__(self, other: Any) -> Any:
        return self.value > _parts(other)[0]

    def __ge__(self, other: Any) -> Any:
        return self.value >= _parts(other)[0]

    def apply_linear(self, leaf: Linear, detail: Any) -> Dual:
        """A linear row, on the value and, directions riding along, on the tangents."""
        value = np.asarray(self.value)
        tangents = np.broadcast_to(self.tangents, (*value.shape, np.shape(self.tangents)[-1]))
        return Dual(leaf.forward(value, detail, 0), leaf.forward(tangents, detail, 1))

    def contract_with(self, text: str, other: Any) -> Dual:
        """The product rule for a contraction."""
        left, right, out = terms(text)
        value, tangents = _parts(other)
        moved = contract(f"{left}Z,{right}->{out}Z", np.asarray(self.tangents), np.asarray(value))
        if tangents is not None:
            moved = moved + contract(f"{right}Z,{left}->{out}Z", np.asarray(tangents), np.asarray(self.value))
        return Dual(contract(text, np.asarray(self.value), np.asarray(value)), moved)

    @staticmethod
    def solve_from(matrix: Any, right: Any) -> Dual:
        """Differentiate ``matrix @ y = right``."""
        a, da = _parts(matrix)
        b, db = _parts(right)
        y = np.linalg.solve(a, b)
        source: Any = 0.0
        if db is not None:
            source = source + np.moveaxis(db, -1, 0)
        if da is not None:
            source = source - np.moveaxis(da, -1, 0) @ y
        return Dual(y, np.moveaxis(np.linalg.solve(a, source), 0, -1))

    @staticmethod
    def by_rule(function: Ruled, operands: tuple[Any, ...]) -> Dual:
        """A function that knows its own tangents."""
        values, tangents = zip(*(_parts(operand) for operand in operands), strict=True)
        return Dual(function.plain(*values), function.moved(values, tangents))


def _wide(tangents: Any, value: Any, total: Any) -> Any:
    """Tangents broadcast as the value was: leading axes are added in front of the directions."""
    if np.shape(value) == np.shape(total):
        return tangents
    lead = np.ndim(total) - np.ndim(value)
    moved = np.reshape(tangents, (1,) * lead + np.shape(tangents))
    return np.broadcast_to(moved, (*np.shape(total), np.shape(tangents)[-1]))


def _function(row: Elementwise, name: str) -> Callable[..., Any]:
    """The function `name` on duals, compiled from the value and partial texts of its row."""
    value = eval(f"lambda {', '.join(row.operands)}: {row.value}", dict(ARRAY))  # noqa: S307 - the texts are our own table
    result_name = "_" if "y" in row.operands else "y"
    partials = [
        None if text == "-" else eval(f"lambda {', '.join(row.operands)}, {result_name}: {text}", dict(ARRAY))  # noqa: S307 - the same
        for text in row.partials
    ]

    def function(*operands: Any) -> Any:
        if not any(type(operand) is Dual for operand in operands):
            return value(*operands)
        plain = [_parts(operand)[0] for operand in operands]
        result = value(*plain)
        moved: Any = 0.0
        for operand, partial in zip(operands, partials, strict=True):
            if type(operand) is Dual:
                if partial is None:
                    raise CannotFollow(
                        f"the second derivative of {name} is not known here",
                        remedy="check first derivatives (--order 1) at this point",
                    )
                slope = np.asarray(partial(*plain, result))
                slope = slope if slope.dtype.kind == "c" else slope.astype(float)
                moved = moved + operand.tangents * (slope[..., None] if slope.ndim else slope)
        return Dual(result, moved)

    return function


def _where(condition: Any, first: Any, second: Any) -> Any:
    if type(first) is not Dual and type(second) is not Dual:
        return np.where(condition, first, second)
    (a, da), (b, db) = _parts(first), _parts(second)
    value = np.where(condition, a, b)
    wide = np.asarray(condition)[..., None]
    return Dual(value, np.where(wide, 0.0 if da is None else da, 0.0 if db is None else db))


def _times(factor: Any, partial: Any) -> Any:
    """A product in which an exactly zero adjoint, or slope, beats an infinite partner."""
    (a, da), (b, db) = _parts(factor), _parts(partial)
    value = np.where(np.asarray(a) == 0, 0.0, a * b)
    moved: Any = 0.0
    if da is not None:
        moved = moved + np.where(da == 0, 0.0, da * _lift(np.asarray(b)))
    if db is not None:
        moved = moved + np.where((_lift(np.asarray(a)) == 0) | (db == 0), 0.0, db * _lift(np.asarray(a)))
    return value if da is None and db is None else Dual(value, moved)


def _words() -> dict[str, Any]:
    names: dict[str, Any] = dict(ARRAY)
    for row in (*ELEMENTWISE, *WORDS, *COMPLEX_ELEMENTWISE, *COMPLEX_WORD_ROWS):
        names[row.name] = _function(row, row.name)
    names["fabs"] = names["abs"]
    names["where"] = _where
    return names


_NAMES = _words()
DUAL = World("dual", _NAMES, _NAMES, lambda value: value, None)
CAREFUL_DUAL = World("careful dual", _NAMES, _NAMES, lambda value: value, _times)
