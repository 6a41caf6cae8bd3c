"""Formulas as small trees: what a ledger's rules are made of before they are written.

A tree is made from the text of a row (`formula`) and combined with `times`, `plus` and `negative`, which leave
out what nobody writes (``1*``, ``0*``, ``--``). `gradcheck_tool.walks.written` writes it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.worlds.floats import CONSTANTS
from gradcheck_tool.walks.recompute import WORDS


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


class UnknownError(Exception):
    """A tree holds a term in words, whose number is not known here."""


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
    for factor in (left, right):
        other = right if factor is left else left
        if isinstance(factor, Number) and np.ndim(factor.value) == 0 and factor.value in (0, 1, -1):
            return {0: ZERO, 1: other, -1: negative(other)}[factor.value]
        if isinstance(factor, Negative):
            return negative(times(factor.of, right) if factor is left else times(left, factor.of))
        if isinstance(factor, Call) and factor.word == "where":
            condition, first, second = factor.arguments
            return Call("where", (condition, times(first, other), times(second, other)))
        if isinstance(factor, Binary) and factor.sign == "/" and isinstance(factor.left, Number):
            return Binary("/", times(factor.left, other), factor.right)
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
            return np.asarray(value, dtype=complex if is_complex(value) else float)[()]
        case Negative(of=inner):
            return -value_of(inner)
        case Binary(sign=sign, left=left, right=right):
            return _OPERATE[sign](value_of(left), value_of(right))
        case Call(word=word, arguments=arguments, options=""):
            return WORDS[word](*(value_of(argument) for argument in arguments))
    raise UnknownError


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
