"""Rows made runnable: the text of a row, compiled for one operation in one world, when first needed.

A walk holds one rule per line and calls nothing else. For an elementwise line with operands `i`, `j`
(line numbers, or the constants themselves) and number `k` the rules read::

    evaluate(v, i, j)                    the value
    push(t, v, i, j, k)                  the tangent
    pull(adj, own, g, v, i, j, k)        adds g * partial to the adjoints of the operands

with `v` the values, `t` the tangents and `adj` the adjoints of all lines. `own` says which adjoint arrays
belong to the walk alone and may be added to in place: True, or a view of its memory that numbers are added through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import linear
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Linear
from gradcheck_tool.calculus.pulls import ZERO, accumulate, operands_of, structural_pull, subtract
from gradcheck_tool.calculus.wide import WIDE, unknown_partial, wide_evaluate, wide_pull, wide_push
from gradcheck_tool.calculus.worlds.world import FLOAT, World

Rule = Callable[..., Any]
__all__ = ["ZERO", "Rule", "Rules", "accumulate", "lifted", "rules", "spread"]


class Rules(dict[int, Rule]):
    """The rules of one walk in one world, compiled one operation at a time as a trace asks for them."""

    def __init__(self, make: Callable[[int, World], Rule], world: World) -> None:
        super().__init__()
        self._make = make
        self._world = world

    def __missing__(self, operation: int) -> Rule:
        rule = self[operation] = self._make(operation, self._world)
        return rule


_CACHE: dict[tuple[str, str], Rules] = {}


def rules(walk: str, world: World) -> Rules:
    """The rules of `walk` (a key of `MAKERS`) in `world`; kept for the life of the process."""
    key = (walk, world.name)
    if key not in _CACHE:
        _CACHE[key] = Rules(MAKERS[walk], world)
    return _CACHE[key]


def lifted(partial: Any) -> Any:
    """A partial beside tangents that carry a trailing axis of directions."""
    return partial[..., None] if type(partial) is np.ndarray else partial


def spread(tangent: Any, value: Any) -> Any:
    """A tangent of its full shape, (*value.shape, directions), also where it came from a number."""
    shape = value.shape if type(value) is np.ndarray else ()
    given = np.shape(tangent)
    if len(given) == len(shape) + 1 and given[:-1] == shape:
        return tangent
    tangent = np.reshape(tangent, (1,)) if given == () else np.asarray(tangent)
    lead = (1,) * (len(shape) + 1 - tangent.ndim)
    return np.broadcast_to(np.reshape(tangent, lead + tangent.shape), (*shape, tangent.shape[-1]))


def share(less: Any, more: Any) -> Any:
    """``where(less < more, 1, where(more < less, 0, half))`` of numbers and arrays, at a third of the price."""
    return 0.5 * np.subtract(np.less(less, more), np.less(more, less), dtype=float) + 0.5


_SHARE = re.compile(r"where\((\S+) < (\S+), 1, where\(\2 < \1, 0, half\)\)")


def _substitute(text: str, row: Elementwise, mask: int, constant: str = "{}") -> str:
    names = dict.fromkeys(row.operands, "")
    for position, name in enumerate(row.operands):
        letter = "ij"[position]
        names[name] = f"v[{letter}]" if mask >> position & 1 else constant.format(letter)
    names["y"] = "v[k]"
    return re.sub(r"[A-Za-z_]\w*", lambda word: names.get(word.group(), word.group()), text)


def partial_texts(row: Elementwise, mask: int, world: World) -> list[tuple[str, str]]:
    """Pairs of (operand letter, partial text) for the operands that are lines."""
    pairs = []
    for position, partial in enumerate(row.partials):
        if mask >> position & 1:
            if partial == "-":
                raise unknown_partial(row, position)
            pairs.append(("ij"[position], _substitute(partial, row, mask, "number({})" if world.times else "{}")))
    return pairs


def compiled(lines: list[str], header: str, row: Elementwise, world: World, array: bool, **more: Any) -> Rule:  # noqa: FBT001 - one bit of the operation
    """The function of these lines, in which words mean what they mean in `world`, or what `more` says."""
    if array and world is FLOAT:
        lines = [_SHARE.sub(r"share(\1, \2)", line) for line in lines]
    names = dict(world.array if array else world.scalar)
    names |= {
        "accumulate": accumulate,
        "subtract": subtract,
        "share": share,
        "lifted": lifted,
        "spread": spread,
        "times": world.times,
        "number": world.number,
        **more,
    }
    source = f"def rule_{row.name}({header}):\n" + "\n".join(f"    {line}" for line in lines)
    exec(compile(source, f"<rule {row.name}>", "exec"), names)  # noqa: S102 - the texts are our own table
    rule: Rule = names[f"rule_{row.name}"]  # not the bare name: a text may say it
    return rule


def product_text(factor: str, partial: str, world: World) -> str:
    """The text of ``factor * partial`` in `world`."""
    if partial == "1":
        return factor
    if partial == "-1":
        return f"times({factor}, -1.0)" if world.times else f"-{factor}"
    if partial == "2 * v[i]" and not world.times:
        return f"{factor} * (v[i] + v[i])"  # the same bits; beside a small array a Python number costs more
    return f"times({factor}, {partial})" if world.times else f"{factor} * ({partial})"


def _scalar_pull(letter: str, partial: str, world: World) -> str:
    # Not in place: a reshape may have left an array without axes here, which refuses a dual number.
    if partial in ("1", "-1"):
        return f"adj[{letter}] = adj[{letter}] {'+' if partial == '1' else '-'} g"
    return f"adj[{letter}] = adj[{letter}] + {product_text('g', partial, world)}"


def _array_pull(letter: str, partial: str, world: World) -> str:
    if partial == "-1" and not world.times:
        return f"subtract(adj, own, {letter}, g, v[{letter}])"
    fresh = ", False" if partial == "1" else ""  # g itself, which others hold too
    return f"accumulate(adj, own, {letter}, {product_text('g', partial, world)}, v[{letter}]{fresh})"


def _make_pull(operation: int, world: World) -> Rule:
    row, array, mask = ROWS[operation >> 3], bool(operation >> 2 & 1), operation & 3
    if isinstance(row, Elementwise):
        if len(row.operands) > WIDE:
            return wide_pull(row, world)
        form = _array_pull if array else _scalar_pull
        lines = [form(letter, text, world) for letter, text in partial_texts(row, mask, world) if text != "0"]
        if world is FLOAT and row.name == "mul" and mask == 3 and array:
            lines = ["if i == j:", "    accumulate(adj, own, i, g * (v[i] + v[i]), v[i])", "    return", *lines]
        return compiled(lines or ["pass"], "adj, own, g, v, i, j, k", row, world, array)
    if row.name in world.pulls and not isinstance(row, Linear):
        return structural_pull(replace(row, pull=world.pulls[row.name]))
    return structural_pull(row)


def _make_push(operation: int, world: World) -> Rule:
    row, array, mask = ROWS[operation >> 3], bool(operation >> 2 & 1), operation & 3
    if isinstance(row, Elementwise):
        if len(row.operands) > WIDE:
            return wide_push(row, world, lifted, spread)
        terms = [(letter, f"lifted({text})" if array else text) for letter, text in partial_texts(row, mask, world)]
        texts = [
            product_text(f"t[{letter}]", "1" if text == "lifted(1)" else "-1" if text == "lifted(-1)" else text, world)
            for letter, text in terms
            if text not in ("0", "lifted(0)")
        ]
        total = " + ".join(texts) or "0.0"
        result = f"spread({total}, v[k])" if array else total
        return compiled([f"return {result}"], "t, v, i, j, k", row, world, array)
    if isinstance(row, Linear):

        def push_linear(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:  # noqa: ARG001 - rules share one signature
            return row.forward(spread(t[i], v[i]), j, 1)

        return push_linear

    def push_leaf(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:
        operands = operands_of(v, i)
        tangents = tuple(
            spread(t[ref], value) if type(ref) is int else None for ref, value in zip(i, operands, strict=True)
        )
        return row.push(tangents, operands, v[k], j)

    return push_leaf


def _make_evaluate(operation: int, world: World) -> Rule:
    row, array, mask = ROWS[operation >> 3], bool(operation >> 2 & 1), operation & 3
    if isinstance(row, Elementwise):
        if len(row.operands) > WIDE:
            return wide_evaluate(row, world)
        return compiled([f"return {_substitute(row.value, row, mask)}"], "v, i, j", row, world, array)
    if isinstance(row, Linear):
        return lambda v, i, j: linear(row.name, v[i], j)
    value = world.values.get(row.name, row.evaluate)
    return lambda v, i, j: value(operands_of(v, i), j)


MAKERS: dict[str, Callable[[int, World], Rule]] = {
    "evaluate": _make_evaluate,
    "push": _make_push,
    "pull": _make_pull,
}
