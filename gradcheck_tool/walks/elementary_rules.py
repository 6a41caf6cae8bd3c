"""Elementwise rows as a student reads them: their own texts, with the table's inner words spelled out.

A trace knows the numbers of its run, so a choice that the numbers decide (which side of `maximum`) is
written as the side that was taken.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.walks.formula import (
    ONE,
    Binary,
    Call,
    Negative,
    Number,
    Tree,
    UnknownError,
    formula,
    is_number,
    times,
    value_of,
)

# Words no user can spell, in words everybody reads. Where the two differ in this run (cosh overflows
# where sech2 does not) the table's own word stays.
SPELLED_OUT: dict[str, tuple[str, str]] = {
    "fabs": ("x", "abs(x)"),
    "sech2": ("x", "1 / cosh(x) ** 2"),
    "gaussian": ("x", "exp(-x ** 2)"),
    "gaussian_half": ("x", "exp(-x ** 2 / 2)"),
    "expit_gap": ("a b", "1 / (1 + exp(b - a))"),
    "expit2_gap": ("a b", "1 / (1 + 2 ** (b - a))"),
    "power_partial_base": ("a b", "b * a ** (b - 1)"),
    "power_partial_exponent": ("a b c", "c * log(a)"),
    "power_base_z": ("a b", "b * a ** (b - 1)"),
    "power_exponent_z": ("a b c", "c * log(a)"),
    "sech2_z": ("x", "1 / cosh(x) ** 2"),
    "sec2_z": ("x", "1 / cos(x) ** 2"),
    "root_z": ("x", "sqrt(1 + x ** 2)"),
    "circle_root_z": ("x", "sqrt(1 - x ** 2)"),
    "hyper_root_z": ("x", "sqrt(x - 1) * sqrt(x + 1)"),
}
# Values that read better than the row's own text.
FAMILIAR = {
    "square": "x ** 2",
    "mod": "a % b",
    "floordiv": "a // b",
    "ndtr": "ndtr(x)",
    "logit": "logit(x)",
    "log_expit": "log_expit(x)",
}
CONSTANT_WORDS = {"half": "0.5", "ln2": "log(2)", "log2e": "1 / log(2)", "log10e": "1 / log(10)"}
_CLOSE = 1e-13


def value_tree(row: Elementwise, operands: dict[str, Tree]) -> Tree:
    """The operation itself."""
    return spelled(formula(FAMILIAR.get(row.name, row.value), operands))


def partial_tree(row: Elementwise, position: int, operands: dict[str, Tree]) -> Tree:
    """The partial derivative with respect to one operand; `operands` also names the result `y`."""
    named = {**{word: formula(text, {}) for word, text in CONSTANT_WORDS.items()}, **operands}
    return spelled(decided(formula(row.partials[position], named)))


def decided(tree: Tree, where: Any = True) -> Tree:  # noqa: FBT002 - a mask, not a switch
    """A tree without the choices that went one way for every entry in question."""
    if not isinstance(tree, Call):
        return tree.__class__(*_parts(tree, where)) if isinstance(tree, Negative | Binary) else tree
    if tree.word != "where":
        return Call(tree.word, tuple(decided(argument, where) for argument in tree.arguments))
    condition, first, second = tree.arguments
    held = value_of(condition)
    chosen, among = np.broadcast_arrays(held, where)
    if chosen[among].all():
        return decided(first, among)
    if not chosen[among].any():
        return decided(second, among)
    return Call("where", (condition, decided(first, among & chosen), decided(second, among & ~chosen)))


def _parts(tree: Negative | Binary, where: Any) -> tuple[Any, ...]:
    if isinstance(tree, Negative):
        return (decided(tree.of, where),)
    return tree.sign, decided(tree.left, where), decided(tree.right, where)


def spelled(tree: Tree) -> Tree:
    """A tree in words everybody reads, wherever they come to the same number in this run."""
    if isinstance(tree, Negative):
        return Negative(spelled(tree.of))
    if isinstance(tree, Binary):
        return _tidy(tree.sign, spelled(tree.left), spelled(tree.right))
    if not isinstance(tree, Call) or tree.word not in SPELLED_OUT:
        return tree
    if (
        tree.word == "power_partial_base"
        and isinstance(tree.arguments[1], Number)
        and np.ndim(tree.arguments[1].value) == 0
    ):
        return _same(_power(*tree.arguments), tree)
    letters, text = SPELLED_OUT[tree.word]
    return _same(formula(text, dict(zip(letters.split(), tree.arguments, strict=True))), tree)


def _tidy(sign: str, left: Tree, right: Tree) -> Tree:
    """``-y/b`` as the negative of ``y/b``, and ``1/log(2)/x`` as ``1/(log(2)*x)``."""
    if sign in "*/" and isinstance(left, Negative):
        return Negative(Binary(sign, left.of, right))
    if sign == "/" and isinstance(left, Binary) and left.sign == "/" and is_number(left.left, 1):
        return Binary("/", ONE, Binary("*", left.right, right))
    return Binary(sign, left, right)


def _power(base: Tree, exponent: Tree) -> Tree:
    """The partial of a power with a constant exponent: ``3*x**2``, ``2*x``."""
    power = float(value_of(exponent))
    if power in (0, 1):
        return Number(power)
    lower = base if power == 2 else Binary("**", base, Number(power - 1))
    return times(exponent, lower)


def _same(reading: Tree, exact: Tree) -> Tree:
    """The reading where it comes to the same number, else the exact tree."""
    try:
        with np.errstate(all="ignore"):
            one, other = value_of(reading), value_of(exact)
    except (UnknownError, KeyError):
        return exact
    return reading if np.allclose(one, other, rtol=_CLOSE, atol=0.0, equal_nan=True) else exact
