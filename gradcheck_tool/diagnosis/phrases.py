"""How an edit that brings something in is said: the place, the change, and what is brought in."""

from __future__ import annotations

import ast
from collections.abc import Callable

from gradcheck_tool.diagnosis.pool import Value
from gradcheck_tool.diagnosis.sites import Target
from gradcheck_tool.diagnosis.source import bracketed, operand_nodes, text_of, where

Say = Callable[[], str]


def _node(target: Target) -> ast.AST | None:
    node = target.site.node
    if target.role is None:
        return node
    given = operand_nodes(node)
    return given[target.role] if target.role < len(given) else None


def place_of(target: Target) -> str:
    """``path:line`` of a target."""
    return where(target.site.place, _node(target))


def _called(target: Target) -> str:
    node = _node(target)
    value = node.value if isinstance(node, ast.AugAssign) else node
    name = f"`{text_of(value)}`" if value is not None else "this value"
    if target.site.row is None:
        return name if value is not None else "what is returned there"
    inside = target.site.node
    return name if target.role is None or inside is None else f"{name} in `{text_of(inside)}`"


def said(target: Target, text: str, used: list[tuple[Value, int]], number: float) -> Say:
    """A factor or a term brought in: "multiply `a` by `x[2]`"."""

    def say() -> str:
        size = text.removeprefix("-") if used and not target.scale else text
        amount = product(size, used)
        name = _called(target)
        if target.scale:
            if not used:
                return f"divide {name} by {text[2:]}" if text.startswith("1/") else f"multiply {name} by {text}"
            if number == 1 and all(power < 0 for _, power in used):
                return f"divide {name} by {product('1', [(value, 1) for value, _ in used])}"
            return f"multiply {name} by {amount}"
        if number < 0:
            return f"subtract {product(text.removeprefix('-'), used)} from {name}"
        return f"add {amount} to {name}"

    return say


def product(number: str, used: list[tuple[Value, int]]) -> str:
    """A multiple of a product as code; what no source spells, a derivative, as words beside it."""
    if not used:
        return number
    said = [(value.text, power) for value, power in used if value.spelled]
    told = [(value.text, power) for value, power in used if not value.spelled]
    code = _code(number, said)
    if not told:
        return f"`{code}`"
    code = code if said else number
    words = [text for text, power in told if power > 0] + [f"1 over {text}" for text, power in told if power < 0]
    return " times ".join([*([] if code == "1" else [f"`{code}`" if said else code]), *words])


def _code(number: str, said: list[tuple[str, int]]) -> str:
    over = [text for text, power in said if power > 0]
    under = [text for text, power in said if power < 0]
    if number in ("1", "-1") and len(over) == 1 and not under:
        return over[0] if number == "1" else f"-{bracketed(over[0])}"
    sign = "-" if number == "-1" and over else ""
    factors = [*([] if number in ("1", "-1") and over else [_amount(number)]), *(bracketed(text) for text in over)]
    return "/".join([sign + " * ".join(factors), *(bracketed(text) for text in under)])


def _amount(number: str) -> str:
    return f"({number})" if "/" in number else number


def constant_said(target: Target, old: float, new: str) -> Say:
    """A sentence such as "2.002 should be 2 in `2.002 * v`"."""
    return lambda: f"{old:.10g} should be {new} in `{text_of(target.site.node) or 'this operation'}`"


def other_said(target: Target, text: str, value: Value) -> Say:
    """Another value in the place of the one that stands there."""
    return lambda: f"replace {_called(target)} by {product(text, [(value, 1)])}"


def turned_said(target: Target, first: str, sign: str) -> Say:
    """A value from which, or by which, the one that stands there is taken."""

    def say() -> str:
        name = _called(target)
        return f"replace {name} by `{first} {sign} {bracketed(name.strip('`'))}`"

    return say
