"""The partials SymPy derives from the value text of a row, as functions of numbers with many digits."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.worlds.symbol import function_of, precision, rational, say, slope, symbols_like
from gradcheck_tool.calculus.worlds.symbol_matrices import matrix_value
from gradcheck_tool.methods.symbolic_digits import MANY_DIGITS
from gradcheck_tool.methods.symbolic_walk import boxed

_TINY = 1e-20


def quiet(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with nan where it raises at a pole or outside its domain."""

    def answer(*numbers: Any) -> Any:
        try:
            return function(*numbers)
        except (ArithmeticError, ValueError):
            return float("nan")

    return answer


@lru_cache(maxsize=512)
def meaning(row: Elementwise, position: int | None) -> Callable[..., Any]:
    """The value of a row (position None) or the partial SymPy derives from it, as a function of mpmath numbers."""
    symbols = tuple(symbols_like(list(row.operands), (len(row.operands),)))
    value = say(row, *symbols)
    if position is None:
        found: Callable[..., Any] = function_of(symbols, value)
        return found
    partial = slope(value, symbols[position])
    return (
        function_of(symbols, partial)
        if partial.is_polynomial() or row.kink
        else _resolved(function_of(symbols, partial))
    )


def _resolved(partial: Callable[..., Any]) -> Callable[..., Any]:
    """The partial, again with many digits where it is tiny: ``1 - tanh(x)**2`` may have lost all of fifty."""

    def answer(*numbers: Any) -> Any:
        value = partial(*numbers)
        if abs(value) > _TINY:
            return value
        with precision(MANY_DIGITS[1]):
            return partial(*numbers)

    return answer


@lru_cache(maxsize=512)
def power(exponent: float, derivative: bool) -> Callable[..., Any]:  # noqa: FBT001 - part of the key
    """A power with that constant exponent: ``a**b*b/a``, SymPy's partial for any exponent, is 0/0 at a = 0."""
    (symbol,) = symbols_like(["a"], (1,))
    value = symbol ** rational(exponent)
    return quiet(function_of((symbol,), slope(value, symbol) if derivative else value))


@lru_cache(maxsize=64)
def matrix_functions(signature: tuple[Any, ...]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The value and the Jacobian of a linear algebra row as functions of all entries of its operands."""
    name, shapes, detail = signature
    operands = []
    for k, shape in enumerate(shapes):
        size = int(np.prod(shape, dtype=int))
        operands.append(symbols_like([f"m{k}_{entry}" for entry in range(size)], shape))
    symbols = tuple(entry for operand in operands for entry in operand.ravel())
    outputs = list(boxed(matrix_value(name, tuple(operands), detail)).ravel())
    slopes = [slope(output, symbol) for output in outputs for symbol in symbols]
    return function_of(symbols, outputs), function_of(symbols, slopes)
