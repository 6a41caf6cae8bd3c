"""Formulas as small trees, written twice: in the names of lines, and with one run's numbers put in.

A tree is made from the text of a row (`formula`), combined with `times`, `plus` and `negative`, which leave
out what nobody writes (``1*``, ``0*``, ``--``), and printed by `names` and `numbers`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.floats import ARRAY, CONSTANTS

SMALL = 6  # arrays up to this many entries are written out


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """A line's value, tangent or adjoint: what it is called and what it was in this run."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A constant, number or array."""

    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A term whose two texts are ready; `put_in` is None where its numbers cannot be written."""

    text: str
    put_in: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Negative:
    """Minus a tree."""

    of: Tree


@dataclass(frozen=True, slots=True, eq=False)
class Binary:
    """Two trees and the operator between them, also ``<`` and ``<=``."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A word and its arguments; `options` is text that follows them, such as ``, axis=0``."""

    word: str
    arguments: tuple[Tree, ...]
    options: str = ""


Tree = Symbol | Number | Written | Negative | Binary | Call

ZERO = Number(0.0)
ONE = Number(1.0)
_SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Mod: "%",
    ast.FloorDiv: "//",
    ast.Pow: "**",
    ast.Lt: "<",
    ast.LtE: "<=",
}
_STRENGTH = {"<": 0, "<=": 0, "+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "//": 2, "**": 4}
_ASSOCIATES = {"+": "+-", "*": "*/"}  # a*(b/c) is written a*b/c
_ATOM, _UNARY = 5, 3


class UnwrittenError(Exception):
    """The numbers of a formula cannot be written in a line."""


@lru_cache(maxsize=1024)
def parsed(text: str) -> ast.expr:
    """The syntax of a row's text."""
    return ast.parse(text, mode="eval").body


def formula(text: str, operands: dict[str, Tree]) -> Tree:
    """The tree of a row's text with trees put in for its operands and `y`; nothing is simplified."""
    return _tree(parsed(text), operands)


def _tree(node: ast.expr, operands: dict[str, Tree]) -> Tree:
    match node:
        case ast.Name(id=word):
            return operands[word] if word in operands else Symbol(word, CONSTANTS[word])
        case ast.Constant(value=value):
            return Number(value)
        case ast.UnaryOp(operand=inner):
            return negative(_tree(inner, operands))
        case ast.BinOp(left=left, op=op, right=right):
            return Binary(_SIGNS[type(op)], _tree(left, operands), _tree(right, operands))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return Binary(_SIGNS[type(op)], _tree(left, operands), _tree(right, operands))
        case ast.Call(func=ast.Name(id=word), args=arguments):
            return Call(word, tuple(_tree(argument, operands) for argument in arguments))
    raise ValueError(ast.unparse(node))  # a row's text in an unknown syntax: our own mistake


def is_number(tree: Tree, value: float) -> bool:
    """Whether a tree is the constant `value`."""
    return isinstance(tree, Number) and np.ndim(tree.value) == 0 and bool(tree.value == value)


def negative(tree: Tree) -> Tree:
    """Minus a tree, ``--`` left out."""
    if isinstance(tree, Negative):
        return tree.of
    if isinstance(tree, Number) and np.ndim(tree.value) == 0:
        return Number(-tree.value)
    return Negative(tree)


def times(left: Tree, right: Tree) -> Tree:
    """A product as one would write it: ``1*``, ``0*`` left out, ``1/x`` times t as ``t/x``, the sign in front."""
    for one, other in ((left, right), (right, left)):
        if is_number(one, 0):
            return ZERO
        if is_number(one, 1):
            return other
        if is_number(one, -1):
            return negative(other)
        if isinstance(one, Negative):
            return negative(times(one.of, right) if one is left else times(left, one.of))
        if isinstance(one, Call) and one.word == "where":
            condition, first, second = one.arguments
            return Call("where", (condition, times(first, other), times(second, other)))
        if isinstance(one, Binary) and one.sign == "/" and isinstance(one.left, Number):
            return Binary("/", times(one.left, other), one.right)
    return Binary("*", left, right)


def plus(terms: list[Tree]) -> Tree:
    """A sum in the order given, zeros left out."""
    total: Tree | None = None
    for term in terms:
        if is_number(term, 0):
            continue
        if total is None:
            total = term
        elif isinstance(term, Negative):
            total = Binary("-", total, term.of)
        else:
            total = Binary("+", total, term)
    return ZERO if total is None else total


def value_of(tree: Tree) -> Any:
    """What a tree of elementwise words comes to in this run."""
    match tree:
        case Symbol(value=value) | Number(value=value):
            return np.asarray(value, dtype=float)[()]
        case Negative(of=inner):
            return -value_of(inner)
        case Binary(sign=sign, left=left, right=right):
            return _OPERATE[sign](value_of(left), value_of(right))
        case Call(word=word, arguments=arguments):
            return ARRAY[word](*(value_of(argument) for argument in arguments))
    raise UnwrittenError


_OPERATE: dict[str, Any] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "%": np.mod,
    "//": np.floor_divide,
    "**": np.power,
    "<": np.less,
    "<=": np.less_equal,
}


def literal(value: Any) -> str:
    """All digits of a number or a small array; raises `UnwrittenError` for a larger one."""
    if np.ndim(value):
        if np.size(value) > SMALL:
            raise UnwrittenError
        return "[" + ", ".join(literal(entry) for entry in value) + "]"
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
            return (f"-({text})" if strength < 2 or text.startswith("-") else f"-{text}"), 2 if strength == 2 else _UNARY
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
