"""Rows made runnable: the text of a row, compiled for one operation in one world, when first needed.

A walk holds one rule per line and calls nothing else. For an elementwise line with operands `i`, `j`
(line numbers, or the constants themselves) and number `k` the rules read::

    evaluate(v, i, j)                    the value
    push(t, v, i, j, k)                  the tangent
    pull(adj, own, g, v, i, j, k)        adds g * partial to the adjoints of the operands

with `v` the values, `t` the tangents and `adj` the adjoints of all lines. `own` says which adjoint arrays
belong to the walk alone and may be added to in place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_plain, linear, transposed
from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf, Linear
from gradcheck_tool.calculus.worlds.world import World
from gradcheck_tool.complaint import CannotFollow

Rule = Callable[..., Any]
ZERO = 0.0  # the one object that marks "no adjoint yet"; compared by identity


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
    """The rules of `walk` ("evaluate", "push" or "pull") in `world`; kept for the life of the process."""
    key = (walk, world.name)
    if key not in _CACHE:
        _CACHE[key] = Rules(_MAKERS[walk], world)
    return _CACHE[key]


def accumulate(adj: list[Any], own: bytearray, i: int, term: Any, like: Any, *, fresh: bool = True) -> None:
    """Add `term` to the adjoint of line i, whose value is `like`, undoing broadcasting.

    `fresh` says that nobody else holds `term`, so that later terms may be added to it in place.
    """
    shape = like.shape if type(like) is np.ndarray else getattr(like, "shape", ())
    given = term.shape if type(term) is np.ndarray else getattr(term, "shape", ())
    if given != shape:
        term = linear("unbroadcast", term, (given, shape))
        fresh = True
        if type(like) is not np.ndarray and type(term) is np.ndarray:
            term = float(term)
    seen = adj[i]
    if seen is ZERO:
        adj[i] = term
        own[i] = fresh and type(term) is np.ndarray
    elif own[i] and type(term) is np.ndarray:
        np.add(seen, term, seen)
    else:
        adj[i] = seen + term
        own[i] = type(adj[i]) is np.ndarray


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


def _substitute(text: str, row: Elementwise, mask: int, constant: str = "{}") -> str:
    names = dict.fromkeys(row.operands, "")
    for position, name in enumerate(row.operands):
        letter = "ij"[position]
        names[name] = f"v[{letter}]" if mask >> position & 1 else constant.format(letter)
    names["y"] = "v[k]"
    return re.sub(r"[A-Za-z_]\w*", lambda word: names.get(word.group(), word.group()), text)


def _partials(row: Elementwise, mask: int, world: World) -> list[tuple[str, str]]:
    """Pairs of (operand letter, partial text) for the operands that are lines."""
    pairs = []
    for position, partial in enumerate(row.partials):
        if mask >> position & 1:
            if partial == "-":
                raise CannotFollow(
                    f"the derivative of {row.name} with respect to {row.operands[position]} is not known here",
                    remedy="keep that argument constant, or write the derivative by hand and check it with differences",
                )
            pairs.append(("ij"[position], _substitute(partial, row, mask, "number({})" if world.times else "{}")))
    return pairs


def _compile(lines: list[str], header: str, row: Elementwise, world: World, array: bool) -> Rule:  # noqa: FBT001 - one bit of the operation
    names = dict(world.array if array else world.scalar)
    names |= {
        "accumulate": accumulate,
        "lifted": lifted,
        "spread": spread,
        "times": world.times,
        "number": world.number,
    }
    source = f"def rule_{row.name}({header}):\n" + "\n".join(f"    {line}" for line in lines)
    exec(compile(source, f"<rule {row.name}>", "exec"), names)  # noqa: S102 - the texts are our own table
    rule: Rule = names[f"rule_{row.name}"]  # not the bare name: a text may say it
    return rule


def _term(factor: str, partial: str, world: World) -> str:
    if partial == "1":
        return factor
    if partial == "-1":
        return f"times({factor}, -1.0)" if world.times else f"-{factor}"
    return f"times({factor}, {partial})" if world.times else f"{factor} * ({partial})"


def _scalar_pull(letter: str, partial: str, world: World) -> str:
    # Not in place: a reshape may have left an array without axes here, which refuses a dual number.
    if partial in ("1", "-1"):
        return f"adj[{letter}] = adj[{letter}] {'+' if partial == '1' else '-'} g"
    return f"adj[{letter}] = adj[{letter}] + {_term('g', partial, world)}"


def _array_pull(letter: str, partial: str, world: World) -> str:
    fresh = ", fresh=False" if partial == "1" else ""
    return f"accumulate(adj, own, {letter}, {_term('g', partial, world)}, v[{letter}]{fresh})"


def _make_pull(operation: int, world: World) -> Rule:
    row, array, mask = ROWS[operation >> 3], bool(operation >> 2 & 1), operation & 3
    if isinstance(row, Elementwise):
        form = _array_pull if array else _scalar_pull
        lines = [form(letter, text, world) for letter, text in _partials(row, mask, world) if text != "0"]
        return _compile(lines or ["pass"], "adj, own, g, v, i, j, k", row, world, array)
    if isinstance(row, Linear):
        return _linear_pull(row)
    return _leaf_pull(row)


def _linear_pull(row: Linear) -> Rule:
    if row.name == "getitem":

        def pull_item(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:  # noqa: ARG001 - rules share one signature
            # Element by element reads of one array must not build a zero array each: add in place.
            if (type(g) is not float and not is_plain(g)) or not (adj[i] is ZERO or type(adj[i]) is np.ndarray):
                accumulate(adj, own, i, transposed(row, g, j), v[i])
                return
            if not own[i]:
                seen = adj[i]
                adj[i] = np.zeros(v[i].shape, dtype=np.result_type(g, float)) if seen is ZERO else np.array(seen)
                own[i] = 1
            adj[i][j[0]] += g

        return pull_item

    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:  # noqa: ARG001 - rules share one signature
        accumulate(adj, own, i, transposed(row, g, j), v[i], fresh=False)

    return pull


def _operands(v: Any, first: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(v[ref] if type(ref) is int else ref.value for ref in first)


def _leaf_pull(row: Leaf) -> Rule:
    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:
        wanted = tuple(type(ref) is int for ref in i)
        for ref, term in zip(i, row.pull(g, _operands(v, i), v[k], j, wanted), strict=True):
            if term is not None:
                accumulate(adj, own, ref, term, v[ref], fresh=False)

    return pull


def _make_push(operation: int, world: World) -> Rule:
    row, array, mask = ROWS[operation >> 3], bool(operation >> 2 & 1), operation & 3
    if isinstance(row, Elementwise):
        terms = [(letter, f"lifted({text})" if array else text) for letter, text in _partials(row, mask, world)]
        texts = [
            _term(f"t[{letter}]", "1" if text == "lifted(1)" else "-1" if text == "lifted(-1)" else text, world)
            for letter, text in terms
            if text not in ("0", "lifted(0)")
        ]
        total = " + ".join(texts) or "0.0"
        result = f"spread({total}, v[k])" if array else total
        return _compile([f"return {result}"], "t, v, i, j, k", row, world, array)
    if isinstance(row, Linear):

        def push_linear(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:  # noqa: ARG001 - rules share one signature
            return row.forward(spread(t[i], v[i]), j, 1)

        return push_linear

    def push_leaf(t: Any, v: Any, i: Any, j: Any, k: Any) -> Any:
        operands = _operands(v, i)
        tangents = tuple(
            spread(t[ref], value) if type(ref) is int else None for ref, value in zip(i, operands, strict=True)
        )
        return row.push(tangents, operands, v[k], j)

    return push_leaf


def _make_evaluate(operation: int, world: World) -> Rule:
    row, array, mask = ROWS[operation >> 3], bool(operation >> 2 & 1), operation & 3
    if isinstance(row, Elementwise):
        return _compile([f"return {_substitute(row.value, row, mask)}"], "v, i, j", row, world, array)
    if isinstance(row, Linear):
        return lambda v, i, j: linear(row.name, v[i], j)
    return lambda v, i, j: row.evaluate(_operands(v, i), j)


_MAKERS: dict[str, Callable[[int, World], Rule]] = {
    "evaluate": _make_evaluate,
    "push": _make_push,
    "pull": _make_pull,
}
