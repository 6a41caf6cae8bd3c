"""Structural rows in a line of text: ``x[0]``, ``sum(v3)``, ``A @ x``, and what tangents and adjoints do there.

A `Wording` gives the text of an operation from the texts of its operands. Where a rule is longer than a line, it
is told in words ("v5~ spread"), which have no numbers put in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradcheck_tool.calculus.algebra import terms
from gradcheck_tool.walks.written import literal


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one structural operation.

    Attributes
    ----------
    value
        ``value(operands, detail)``.
    tangent
        ``tangent(position, moved, operands, own, detail)``: what operand `position`, whose tangent is
        called `moved`, adds to the tangent of the result, which is called `own`.
    adjoint
        ``adjoint(position, given, operands, own, detail)``: what the result's adjoint, called `given`,
        adds to the adjoint of that operand.
    """

    value: Callable[[tuple[str, ...], Any], str]
    tangent: Callable[[int, str, tuple[str, ...], str, Any], str]
    adjoint: Callable[[int, str, tuple[str, ...], str, Any], str]


def moving(value: Callable[[str, Any], str], back: Callable[[str, Any], str]) -> Wording:
    """The wording of a linear operation: tangents move as values do, adjoints go `back`."""
    return Wording(
        lambda operands, detail: value(operands[0], detail),
        lambda _position, moved, _operands, _own, detail: value(moved, detail),
        lambda _position, given, _operands, _own, detail: back(given, detail),
    )


def wording(name: str) -> Wording:
    """The wording of a row; one that has none of its own is told by its name."""
    return _WORDINGS.get(name) or Wording(
        lambda operands, _detail: f"{name}({', '.join(operands)})",
        lambda _position, moved, _operands, _own, _detail: f"{moved} through {name}",
        lambda _position, given, _operands, _own, _detail: f"{given} back through {name}",
    )


def index(key: Any) -> str:
    """A key as the user writes it: ``0``, ``1:``, ``:, 0``."""
    parts = key if isinstance(key, tuple) else (key,)
    return ", ".join(_index(part) for part in parts)


def _index(part: Any) -> str:
    if part is None:
        return "None"
    if part is Ellipsis:
        return "..."
    if not isinstance(part, slice):
        return str(part)
    start, stop, step = ("" if bound is None else str(bound) for bound in (part.start, part.stop, part.step))
    return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"


def _taken(x: str, detail: Any) -> str:
    return f"{x}[{index(detail[0])}]" if detail[0] != () else x  # the key () turns an array of no axes into a number


def _put(x: str, detail: Any) -> str:
    return f"{x} at [{index(detail[0])}]" if detail[0] != () else x


def _summed(axes: tuple[int, ...], keep: bool, source: tuple[int, ...]) -> str:  # noqa: FBT001 - one field of a detail
    whole = len(axes) == len(source)
    axis = "" if whole else f", axis={axes[0] if len(axes) == 1 else tuple(axes)}"
    return axis + (", keepdims=True" if keep else "")


def _permuted(x: str, order: tuple[int, ...]) -> str:
    return f"{x}.T" if tuple(order) == tuple(reversed(range(len(order)))) else f"transpose({x}, {tuple(order)})"


def _cumsum(x: str, detail: Any) -> str:
    axis, backwards = detail
    return f"cumsum({x}, axis={axis})" + (" from the end" if backwards else "")


_PRODUCTS = {
    # canonical letters: value, adjoint of the left operand, adjoint of the right one
    "a,a->": ("{l} @ {r}", "{g}*{r}", "{g}*{l}"),
    "ab,b->a": ("{l} @ {r}", "outer({g}, {r})", "{l}.T @ {g}"),
    "a,ab->b": ("{l} @ {r}", "{r} @ {g}", "outer({l}, {g})"),
    "ab,bc->ac": ("{l} @ {r}", "{g} @ {r}.T", "{l}.T @ {g}"),
    "a,b->ab": ("outer({l}, {r})", "{g} @ {r}", "{l} @ {g}"),
}


def _canonical(text: str) -> str:
    seen: dict[str, str] = {}
    return "".join(seen.setdefault(c, chr(ord("a") + len(seen))) if c.isalpha() else c for c in text)


def _product(text: str, left: str, right: str) -> str:
    pattern = _PRODUCTS.get(_canonical(text))
    return pattern[0].format(l=left, r=right) if pattern else f"einsum('{_canonical(text)}', {left}, {right})"


def _contract_tangent(position: int, moved: str, operands: tuple[str, ...], _own: str, text: str) -> str:
    return _product(text, moved, operands[1]) if position == 0 else _product(text, operands[0], moved)


def _contract_adjoint(position: int, given: str, operands: tuple[str, ...], _own: str, text: str) -> str:
    pattern = _PRODUCTS.get(_canonical(text))
    if pattern:
        return pattern[1 + position].format(l=operands[0], r=operands[1], g=given)
    left, right, out = terms(text)
    mine, other = (left, right) if position == 0 else (right, left)
    return f"einsum('{_canonical(f'{out},{other}->{mine}')}', {given}, {operands[1 - position]})"


def _solve_adjoint(position: int, given: str, operands: tuple[str, ...], own: str, _detail: Any) -> str:
    right = f"solve({operands[0]}.T, {given})"
    return right if position else f"-{right} @ {own}.T"


def _placed(operands: tuple[str, ...], detail: Any) -> str:
    shape, base, targets = detail
    if len(shape) != 1 or shape[0] > len(targets) + 6:
        return f"array of {', '.join(operands)}"
    entries = ["0" if base is None else literal(base[k]) for k in range(shape[0])]
    for target, operand in zip(targets, operands, strict=True):
        entries[int(target)] = operand
    return f"[{', '.join(entries)}]"


_WORDINGS: dict[str, Wording] = {
    "getitem": moving(_taken, _put),
    "putitem": moving(_put, _taken),
    "gather": moving(lambda x, _d: f"{x} picked", lambda g, _d: f"{g} added where picked"),
    "scatter": moving(lambda x, _d: f"{x} added by place", lambda g, _d: f"{g} picked"),
    "reshape": moving(lambda x, d: f"reshape({x}, {tuple(d[0])})", lambda g, d: f"reshape({g}, {tuple(d[1])})"),
    "permute": moving(_permuted, lambda g, d: _permuted(g, tuple(sorted(range(len(d)), key=lambda k: d[k])))),
    "sum": moving(lambda x, d: f"sum({x}{_summed(*d)})", lambda g, _d: f"{g} spread"),
    "expand": moving(lambda x, _d: f"{x} spread", lambda g, d: f"sum({g}{_summed(*d)})"),
    "broadcast": moving(lambda x, _d: f"{x} spread", lambda g, d: f"sum({g}) to {tuple(d[1])}"),
    "unbroadcast": moving(lambda x, d: f"sum({x}) to {tuple(d[1])}", lambda g, _d: f"{g} spread"),
    "cumsum": moving(_cumsum, lambda g, d: _cumsum(g, (d[0], not d[1]))),
    "real": moving(lambda x, _d: f"real({x})", lambda g, _d: f"complex({g})"),
    "embed": moving(lambda x, _d: f"complex({x})", lambda g, _d: f"real({g})"),
    "imag": moving(lambda x, _d: f"imag({x})", lambda g, _d: f"-1j*{g}"),
    "minus_i": moving(lambda x, _d: f"-1j*{x}", lambda g, _d: f"imag({g})"),
    "conj": moving(lambda x, _d: f"conj({x})", lambda g, _d: f"conj({g})"),
    "numbers": Wording(
        _placed,
        lambda position, moved, _operands, _own, detail: f"{moved} at [{detail[2][position]}]",
        lambda position, given, _operands, _own, detail: (
            f"{given}[{detail[2][position]}]" if len(detail[0]) == 1 else f"{given} at its place"
        ),
    ),
    "assemble": Wording(
        lambda operands, _detail: f"array of {', '.join(operands)}",
        lambda _position, moved, _operands, _own, _detail: f"{moved} in place",
        lambda _position, given, _operands, _own, _detail: f"{given} at its places",
    ),
    "contract": Wording(
        lambda operands, text: _product(text, *operands),
        _contract_tangent,
        _contract_adjoint,
    ),
    "solve": Wording(
        lambda operands, _detail: f"solve({operands[0]}, {operands[1]})",
        lambda position, moved, operands, own, _detail: (
            f"solve({operands[0]}, {moved})" if position else f"-solve({operands[0]}, {moved} @ {own})"
        ),
        _solve_adjoint,
    ),
    "inv": Wording(
        lambda operands, _detail: f"inv({operands[0]})",
        lambda _position, moved, _operands, own, _detail: f"-{own} @ {moved} @ {own}",
        lambda _position, given, _operands, own, _detail: f"-{own}.T @ {given} @ {own}.T",
    ),
    "det": Wording(
        lambda operands, _detail: f"det({operands[0]})",
        lambda _position, moved, operands, own, _detail: f"{own}*trace(inv({operands[0]}) @ {moved})",
        lambda _position, given, operands, own, _detail: f"{given}*{own}*inv({operands[0]}).T",
    ),
    "logdet": Wording(
        lambda operands, _detail: f"log(abs(det({operands[0]})))",
        lambda _position, moved, operands, _own, _detail: f"trace(inv({operands[0]}) @ {moved})",
        lambda _position, given, operands, _own, _detail: f"{given}*inv({operands[0]}).T",
    ),
    "norm": Wording(
        lambda operands, detail: f"norm({operands[0]}{_summed(*detail)})",
        lambda _position, moved, operands, own, detail: f"sum({operands[0]}*{moved}{_summed(*detail)})/{own}",
        lambda _position, given, operands, own, _detail: f"{given}*{operands[0]}/{own}",
    ),
}
