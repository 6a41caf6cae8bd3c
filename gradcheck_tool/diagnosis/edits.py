"""The edits that are tried as they are: another operator, another function, a lost or doubled number, a shifted index.

Each is a rewriting of one row, in the row's own operands: ``a + b`` becomes ``a - b``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import terms
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.diagnosis.replay import Family, Replay, evaluated
from gradcheck_tool.diagnosis.sites import Site
from gradcheck_tool.diagnosis.source import bracketed, operand_nodes, rewritten, text_of, where

# By row: what it might have been meant to be, in its operands, and how far-fetched that is.
REWRITINGS: dict[str, tuple[tuple[float, str], ...]] = {
    "add": ((1.0, "a - b"), (1.1, "b - a"), (1.2, "a"), (1.2, "b"), (1.3, "a * b"), (1.4, "a / b"), (1.6, "a**2 + b"),
            (1.6, "a + b**2")),
    "sub": ((1.0, "a + b"), (1.1, "b - a"), (1.2, "a"), (1.3, "b"), (1.3, "a * b"), (1.4, "a / b"), (1.6, "a**2 - b"),
            (1.6, "a - b**2")),
    "mul": ((1.1, "a / b"), (1.15, "a"), (1.15, "b"), (1.2, "b / a"), (1.3, "a + b"), (1.3, "a - b"), (1.4, "b - a"),
            (1.2, "a**2 * b"), (1.2, "a * b**2"), (1.6, "a * (1 + b)"), (1.6, "a * (1 - b)"), (1.6, "(1 - a) * b"),
            (1.6, "(1 + a) * b")),
    "div": ((1.1, "a * b"), (1.15, "a"), (1.2, "b / a"), (1.2, "a / b**2"), (1.2, "a**2 / b"), (1.3, "1 / b"),
            (1.3, "a / sqrt(b)"), (1.3, "a - b"), (1.4, "a / b**3"), (1.5, "a + b")),
    "pow": ((1.0, "a ** (b - 1)"), (1.0, "a ** (b + 1)"), (1.2, "a"), (1.2, "a ** -b"), (1.3, "b ** a"),
            (1.3, "a ** (b - 2)"), (1.3, "a ** (b + 2)"), (1.2, "a * b"), (1.3, "b * a ** (b - 1)"),
            (1.4, "a ** (b / 2)")),
    "square": ((1.0, "x"), (1.0, "x**3"), (1.2, "2 * x"), (1.3, "1 / x**2"), (1.3, "x**4"), (1.4, "fabs(x)")),
    "reciprocal": ((1.1, "x"), (1.1, "1 / x**2")),
    "neg": ((1.05, "x"),),
    "sqrt": ((1.1, "x"), (1.2, "1 / sqrt(x)"), (1.3, "x**2")),
    "sin": ((1.0, "cos(x)"), (1.2, "-cos(x)"), (1.3, "sinh(x)"), (1.3, "tan(x)")),
    "cos": ((1.0, "sin(x)"), (1.05, "-sin(x)"), (1.3, "cosh(x)"), (1.3, "tan(x)")),
    "tan": ((1.1, "sin(x)"), (1.1, "cos(x)"), (1.2, "tanh(x)"), (1.1, "1 / cos(x)**2")),
    "sinh": ((1.0, "cosh(x)"), (1.3, "sin(x)"), (1.3, "tanh(x)")),
    "cosh": ((1.0, "sinh(x)"), (1.3, "cos(x)"), (1.3, "tanh(x)")),
    "tanh": ((1.1, "1 - tanh(x)**2"), (1.2, "sinh(x)"), (1.2, "cosh(x)"), (1.2, "tan(x)")),
    "exp": ((1.1, "exp(-x)"), (1.2, "expm1(x)"), (1.3, "x"), (1.4, "log(x)")),
    "expm1": ((1.0, "exp(x)"), (1.2, "expm1(-x)")),
    "log": ((1.1, "1 / x"), (1.2, "log1p(x)"), (1.2, "log10(x)"), (1.2, "log2(x)"), (1.4, "exp(x)"), (1.4, "x")),
    "log1p": ((1.0, "log(x)"), (1.1, "1 / (1 + x)")),
    "log10": ((1.0, "log(x)"),),
    "log2": ((1.0, "log(x)"),),
    "atan": ((1.2, "tan(x)"), (1.1, "1 / (1 + x**2)")),
    "asin": ((1.1, "acos(x)"),),
    "acos": ((1.1, "asin(x)"),),
    "abs": ((1.1, "x"), (1.1, "sign(x)")),
    "sign": ((1.1, "fabs(x)"), (1.2, "x")),
    "maximum": ((1.0, "minimum(a, b)"), (1.2, "a"), (1.2, "b")),
    "minimum": ((1.0, "maximum(a, b)"), (1.2, "a"), (1.2, "b")),
}  # fmt: skip
# Of any value y: what it might have been.
POWERS: tuple[tuple[float, str], ...] = (
    (1.4, "y**2"), (1.5, "sqrt(y)"), (1.4, "1 / y"), (1.6, "y**3"), (1.5, "1 / y**2"), (1.6, "1 / sqrt(y)"),
    (1.55, "1 - y"), (1.6, "1 + y"), (1.6, "y * (1 - y)"), (1.6, "1 - y**2"), (1.6, "1 + y**2"),
)  # fmt: skip
SCALES: tuple[tuple[float, str], ...] = (
    (1.1, "-1"), (1.3, "2"), (1.3, "1/2"), (1.4, "-2"), (1.4, "-1/2"), (1.5, "3"), (1.5, "1/3"), (1.5, "4"),
    (1.5, "1/4"),
)  # fmt: skip
# numpy's names for what the rows call otherwise
NUMPY = {"fabs": "abs", "asin": "arcsin", "acos": "arccos", "atan": "arctan"}
SHIFTS = (1, -1, 2, -2)


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """One change, not yet tried: how far-fetched it is, what it does, and how a sentence says it and its place."""

    cost: float
    site: Site
    family: Family
    say: Callable[[], str]
    where: Callable[[], str]


@lru_cache(maxsize=512)
def _compiled(text: str, names: tuple[str, ...]) -> Callable[..., Any]:
    found: Callable[..., Any] = eval(f"lambda {', '.join(names)}: {text}", dict(ARRAY))  # noqa: S307 - the texts above
    return found


def edits(replay: Replay, site: Site, size: int) -> Iterator[Edit]:
    """Operator edits, scalings and shifted indices of one site; `size` is the number of inputs."""
    place = lambda: where(site.place, site.node)  # noqa: E731 - asked for only when the edit is told
    if isinstance(site.row, Elementwise) and site.whole:
        names = site.row.operands
        for cost, text in REWRITINGS.get(site.row.name, ()):
            yield Edit(cost, site, _rewriting(site, text, names), _sentence(site, site.row, text), place)
    for cost, text in SCALES if size < 5 else (*SCALES, (1.4, str(size)), (1.4, f"1/{size}")):
        yield Edit(cost, site, _of_value(site, f"({text}) * y"), _scaled(site, text), place)
    for cost, text in POWERS:
        yield Edit(cost, site, _of_value(site, text), _power(site, text), place)
    for role in site.roles:
        yield from _operand_edits(replay, site, role)
    if site.row is not None and site.row.name == "contract":
        yield from _turned(replay, site, place)


def _called(site: Site) -> str:
    node = site.node
    return text_of(node.value if isinstance(node, ast.AugAssign) else node)


def _rewriting(site: Site, text: str, names: tuple[str, ...]) -> Family:
    function = _compiled(text, names)
    return Family(site.lines, 1, lambda _replay, operands, _value, _turn: function(*operands))


def _of_value(site: Site, text: str) -> Family:
    function = _compiled(text, ("y",))
    return Family(site.lines, 1, lambda _replay, _operands, value, _turn: function(value))


def _sentence(site: Site, row: Elementwise, text: str) -> Callable[[], str]:
    def say() -> str:
        node = site.node
        meant = text
        if text_of(getattr(getattr(node, "func", None), "value", None)) != "math":
            for ours, theirs in NUMPY.items():
                meant = meant.replace(f"{ours}(", f"{theirs}(")
        return _replace(text_of(node), rewritten(meant, row.operands, node), f"{row.value} by {text}")

    return say


def _replace(old: str, new: str, otherwise: str) -> str:
    return f"replace `{old}` by `{new}`" if old and new else f"replace {otherwise}"


def _scaled(site: Site, text: str) -> Callable[[], str]:
    def say() -> str:
        old = _called(site) or "the result of this operation"
        if text == "-1":
            return f"change the sign of `{old}`"
        return f"divide `{old}` by {text[2:]}" if text.startswith("1/") else f"multiply `{old}` by {text}"

    return say


def _power(site: Site, text: str) -> Callable[[], str]:
    def say() -> str:
        old = _called(site)
        new = text.replace("y", bracketed(old)) if old else f"{text} of it"
        return f"replace `{old}` by `{new}`" if old else f"replace this value by {new}"

    return say


# --- operands -------------------------------------------------------------------------------------------------------


def _operand_edits(replay: Replay, site: Site, role: int) -> Iterator[Edit]:
    def place() -> str:
        return where(site.place, _operand(site, role))

    if site.row is not None and site.row.name not in ("mul", "div", "neg"):
        for cost, text in SCALES:
            family = _changed_operand(site, role, _compiled(f"({text}) * y", ("y",)))
            yield Edit(cost + 0.2, site, family, _scaled_operand(site, role, text), place)
    for shift in SHIFTS:
        reads = [_read_beside(replay, line, role, shift) for line in site.lines]
        if all(read is not None for read in reads):
            yield Edit(
                1.25 + 0.05 * abs(shift), site, _exchanged(site, role, reads),
                _shifted(site, role, shift, reads),
                place,
            )  # fmt: skip


def _changed_operand(site: Site, role: int, function: Callable[[Any], Any]) -> Family:
    def change(replay: Replay, operands: list[Any], _value: Any, turn: int) -> Any:
        moved = list(operands)
        moved[role] = function(moved[role])
        return replay.step(site.lines[turn], moved)

    return Family(site.lines, 1, change)


def _operand(site: Site, role: int) -> Any:
    given = operand_nodes(site.node)
    return given[role] if role < len(given) else None


def _scaled_operand(site: Site, role: int, text: str) -> Callable[[], str]:
    def say() -> str:
        name = text_of(_operand(site, role)) or "an operand"
        inside = _called(site)
        change = f"-{name}" if text == "-1" else f"{text}*({name})"
        return f"replace `{name}` by `{change}` in `{inside}`"

    return say


def _read_beside(replay: Replay, line: int, role: int, shift: int) -> tuple[int, Any] | None:
    """The array an operand was read from and the place beside; None where it was not read, or nothing lies there."""
    ref = replay.operands[line][role]
    trace = replay.trace
    if type(ref) is not int or trace.operation[ref] < 0 or ROWS[trace.operation[ref] >> 3].name != "getitem":
        return None
    key, shape = trace.second[ref]
    moved = _moved_key(key, shape, shift)
    return None if moved is None else (trace.first[ref], moved)


def _moved_key(key: Any, shape: tuple[int, ...], shift: int) -> Any:
    """The same key one or more places further along the first axis it names by number or slice."""
    key = key if isinstance(key, tuple) else (key,)
    for axis in range(len(key) - 1, -1, -1):
        part = key[axis]
        if isinstance(part, int | np.integer):
            new = int(part) + shift
            return (*key[:axis], new, *key[axis + 1 :]) if axis < len(shape) and 0 <= new < shape[axis] else None
        if isinstance(part, slice) and axis < len(shape) and part != slice(None):
            start, stop, step = part.indices(shape[axis])
            if step > 0 and start + shift >= 0 and stop + shift <= shape[axis]:
                return (*key[:axis], slice(start + shift, stop + shift, step), *key[axis + 1 :])
    return None


def _exchanged(site: Site, role: int, reads: list[Any]) -> Family:
    """An operand read from another place of its array."""

    def change(replay: Replay, operands: list[Any], _value: Any, turn: int) -> Any:
        source, key = reads[turn]
        moved = list(operands)
        moved[role] = replay.base[source][key]
        return replay.step(site.lines[turn], moved)

    return Family(site.lines, 1, change)


def _shifted(site: Site, role: int, shift: int, reads: list[Any]) -> Callable[[], str]:
    def say() -> str:
        node = _operand(site, role)
        inside = _called(site)
        old = text_of(node) or "an operand"
        new = _respelled(node, reads) if len(reads) == 1 else ""
        if new:
            return f"`{old}` should be `{new}` in `{inside}`"
        places = "one place" if abs(shift) == 1 else f"{abs(shift)} places"
        return f"`{old}` in `{inside}` should be read {places} {'further on' if shift > 0 else 'before'}"

    return say


def _respelled(node: Any, reads: list[Any]) -> str:
    """``x[2]`` for ``x[1]``, where the source says the place as a number."""
    key = reads[0][1]
    if not isinstance(node, ast.Subscript) or any(not isinstance(part, int) for part in key):
        return ""
    return f"{text_of(node.value)}[{', '.join(map(str, key))}]"


def _turned(replay: Replay, site: Site, place: Callable[[], str]) -> Iterator[Edit]:
    """A matrix of a product transposed, where the shapes allow it."""
    trace = replay.trace
    for role in (0, 1):
        details = [_turned_text(trace.second[line], role) for line in site.lines]
        shapes = [np.shape(replay.values(line, {})[role])[:-2] for line in site.lines]
        if any(len(shape) != 2 or shape[0] != shape[1] for shape in shapes):
            continue

        def change(now: Replay, operands: list[Any], _value: Any, turn: int, details: Any = details) -> Any:
            del now
            return evaluated(site.row, operands, details[turn])  # type: ignore[arg-type]  # a contraction

        def say(role: int = role) -> str:
            return f"transpose `{text_of(_operand(site, role)) or 'the matrix'}` in `{_called(site)}`"

        yield Edit(1.1, site, Family(site.lines, 1, change), say, place)


def _turned_text(text: str, role: int) -> str:
    left, right, out = terms(text)
    parts = [left, right]
    parts[role] = parts[role][::-1]
    return f"{parts[0]},{parts[1]}->{out}"
