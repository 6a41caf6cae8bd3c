"""Formulas written twice: in the names of lines, ``x1*x2``, and with one run's numbers put in, ``2*5``."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.worlds.floats import CONSTANTS
from gradcheck_tool.walks.formula import Binary, Call, Negative, Number, Symbol, Tree, Written

SMALL = 6  # arrays up to this many entries are written out
_STRENGTH = {
    "<": 0,
    "<=": 0,
    ">": 0,
    ">=": 0,
    "==": 0,
    "!=": 0,
    "+": 1,
    "-": 1,
    "*": 2,
    "/": 2,
    "%": 2,
    "//": 2,
    "**": 4,
}
_ASSOCIATES = {"+": "+-", "*": "*/"}  # a*(b/c) is written a*b/c
_ATOM, _UNARY = 5, 3


class UnwrittenError(Exception):
    """The numbers of a formula cannot be written in a line."""


def literal(value: Any) -> str:
    """All digits of a number or a small array; raises `UnwrittenError` for a larger one."""
    if np.ndim(value):
        if np.size(value) > SMALL:
            raise UnwrittenError
        return "[" + ", ".join(literal(entry) for entry in value) + "]"
    if is_complex(value):
        return repr(complex(value))
    number = float(value)
    if np.isfinite(number) and number == int(number) and abs(number) < 1e16:
        return str(int(number)) if number or np.copysign(1, number) > 0 else "-0.0"
    return repr(number)


def shown(value: Any) -> str:
    """A small array written out, a larger one as its shape: ``array (3, 50)``."""
    try:
        return literal(value)
    except UnwrittenError:
        return f"array {np.shape(value)}"


def names(tree: Tree) -> str:
    """The formula in names: ``x1*x2``."""
    return _print(tree, put_in=False)[0]


def numbers(tree: Tree) -> str:
    """The formula with this run's numbers: ``2*5``; empty where it is a single name or cannot be written."""
    if isinstance(tree, Symbol | Number):
        return ""
    try:
        return _print(tree, put_in=True)[0]
    except UnwrittenError:
        return ""


def _print(tree: Tree, *, put_in: bool) -> tuple[str, int]:
    match tree:
        case Symbol(name=name, value=value):
            text = literal(value) if put_in and name not in CONSTANTS else name
            return text, _UNARY if text.startswith("-") else _ATOM
        case Number(value=value):
            text = literal(value) if put_in else shown(value)
            return text, _UNARY if text.startswith("-") else _ATOM
        case Written(text=text, put_in=ready):
            if put_in and ready is None:
                raise UnwrittenError
            return (ready or "") if put_in else text, 2
        case Negative(of=inner):
            text, strength = _print(inner, put_in=put_in)
            return (
                f"-({text})" if strength < 2 or text.startswith("-") else f"-{text}"
            ), 2 if strength == 2 else _UNARY
        case Call(word=word, arguments=arguments, options=options):
            inside = ", ".join(_print(argument, put_in=put_in)[0] for argument in arguments)
            return f"{word}({inside}{options})", _ATOM
    return _print_binary(tree, put_in=put_in)


def _print_binary(tree: Binary, *, put_in: bool) -> tuple[str, int]:
    strength = _STRENGTH[tree.sign]
    left, of_left = _print(tree.left, put_in=put_in)
    right, of_right = _print(tree.right, put_in=put_in)
    if of_left < strength or (tree.sign == "**" and of_left == strength):
        left = f"({left})"
    associates = isinstance(tree.right, Binary) and tree.right.sign in _ASSOCIATES.get(tree.sign, "")
    if of_right < min(strength, _UNARY) or (of_right == strength and not associates):
        right = f"({right})"
    between = f" {tree.sign} " if strength < 2 else tree.sign
    return f"{left}{between}{right}", strength
