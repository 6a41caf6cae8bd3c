"""The pulls of operations that are no text, and how one adjoint is added to another.

Every rule here has a way for any kind of number, and before it the short way for plain float arrays of equal shape.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import contract, is_complex, is_plain, linear, terms, transposed
from gradcheck_tool.calculus.primitive import Leaf, Linear

ZERO = 0.0  # the one object that marks "no adjoint yet"; compared by identity
_DOUBLE = np.dtype(np.float64)
_SMALL = 10_000  # entries; beyond, a number repeated in memory costs more than one repeated by strides


def accumulate(adj: list[Any], own: list[Any], i: int, term: Any, like: Any, fresh: bool = True) -> None:  # noqa: FBT001, FBT002 - called a million times
    """Add `term` to the adjoint of line i, whose value is `like`, undoing broadcasting.

    `fresh` says that nobody else holds `term`, so that later terms may be added to it in place. What a complex
    operation hands to a real operand counts with its real part alone.
    """
    kind = type(term)
    array = kind is np.ndarray
    if not (array and type(like) is np.ndarray and term.dtype is like.dtype and term.shape == like.shape):
        turns = term.dtype.kind == "c" if array else kind is not float and is_complex(term)
        if turns and not is_complex(like):
            term = linear("real", term, None)
        shape = like.shape if type(like) is np.ndarray else getattr(like, "shape", ())
        given = term.shape if type(term) is np.ndarray else getattr(term, "shape", ())
        if given != shape:
            term = linear("unbroadcast", term, (given, shape))
            fresh = True
            if shape == () and type(like) is not np.ndarray and type(term) is np.ndarray:
                term = complex(term) if turns and is_complex(term) else term.item()  # also of a ball
        array = type(term) is np.ndarray
        if type(term) is np.float64 and type(like) is float:
            term = float(term)  # half the price in all that follows
    seen = adj[i]
    if seen is ZERO:
        adj[i] = term
        own[i] = fresh and array
    elif own[i] and array and term.dtype is seen.dtype:
        np.add(seen, term, seen)
    else:
        adj[i] = seen + term
        own[i] = type(adj[i]) is np.ndarray


def subtract(adj: list[Any], own: list[Any], i: int, term: Any, like: Any) -> None:
    """As `accumulate`, with the term taken away; what broadcasting repeated is added up before its sign is turned."""
    if type(term) is not np.ndarray or type(like) is not np.ndarray or not (term.dtype is like.dtype is _DOUBLE):
        accumulate(adj, own, i, -term, like)
        return
    seen = adj[i]
    if term.shape != like.shape:
        accumulate(adj, own, i, -linear("unbroadcast", term, (term.shape, like.shape)), like)
    elif seen is not ZERO and own[i] and type(seen) is np.ndarray and seen.dtype is _DOUBLE:
        np.subtract(seen, term, seen)
    else:
        adj[i] = -term if seen is ZERO else seen - term
        own[i] = type(adj[i]) is np.ndarray


def operands_of(v: Any, first: tuple[Any, ...]) -> tuple[Any, ...]:
    """The numbers of the operands of a structural line."""
    return tuple([v[ref] if type(ref) is int else ref.value for ref in first])


def structural_pull(row: Linear | Leaf) -> Callable[..., Any]:
    """The pull of a row that is no text."""
    special = _SPECIAL.get(row.name)
    if special is not None:
        return special(row)
    return _linear(row) if isinstance(row, Linear) else _leaf(row)


def _linear(row: Linear) -> Callable[..., Any]:
    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:  # noqa: ARG001 - rules share one signature
        accumulate(adj, own, i, transposed(row, g, j), v[i], False)  # noqa: FBT003 - see there

    return pull


def _leaf(row: Leaf) -> Callable[..., Any]:
    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:
        wanted = tuple(type(ref) is int for ref in i)
        for ref, term in zip(i, row.pull(g, operands_of(v, i), v[k], j, wanted), strict=True):
            if term is not None:
                accumulate(adj, own, ref, term, v[ref], False)  # noqa: FBT003 - see there

    return pull


def _getitem(row: Any) -> Callable[..., Any]:  # noqa: C901 - one branch per kind of number
    """Many small reads of one array must not build a zero array each: they add to one in place."""

    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:  # noqa: ARG001 - rules share one signature
        kind, held = type(g), own[i]
        if kind is float and type(held) is memoryview:
            key = j[0]
            held[key] = held[key] + g  # half the price of the same on the array
            return
        number = kind is float or kind is np.float64
        if number and held:
            seen = adj[i]
            seen[j[0]] += g
            if seen.ndim and seen.dtype is _DOUBLE:
                own[i] = memoryview(seen)
            return
        seen = adj[i]
        if seen is ZERO and kind is np.ndarray and g.dtype is _DOUBLE:
            like = v[i]
            if type(like) is np.ndarray and like.dtype is _DOUBLE:
                seen = adj[i] = np.zeros(like.shape)
                seen[j[0]] = g
                own[i] = 1
                return
        plain = number or kind is np.ndarray or is_plain(g)
        if not plain or not (seen is ZERO or type(seen) is np.ndarray):
            accumulate(adj, own, i, transposed(row, g, j), v[i])
            return
        if not held:
            if seen is ZERO:
                like = v[i]
                arrays = [x.dtype for x in (g, like) if type(x) is np.ndarray]
                real = (number or kind is np.ndarray) and all(dtype is _DOUBLE for dtype in arrays)
                seen = np.zeros(like.shape, dtype=_DOUBLE if real else np.result_type(g, float, *arrays))
            else:
                seen = np.array(seen)
            adj[i] = seen
            own[i] = 1
        part = seen[j[0]]
        if type(part) is np.ndarray and part.base is not None:
            np.add(part, g, part)
        else:
            seen[j[0]] += g

    return pull


def _sum(row: Any) -> Callable[..., Any]:
    """One number or a smaller array, back on every entry it was a sum of."""

    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:  # noqa: ARG001 - rules share one signature
        axes, keep, source = j
        kind = type(g)
        number = kind is float or kind is np.float64
        if not (number or (kind is np.ndarray and g.dtype is _DOUBLE)) or math.prod(source) > _SMALL:
            accumulate(adj, own, i, transposed(row, g, j), v[i], False)  # noqa: FBT003 - see there
            return
        full = np.empty(source)
        if number:
            full.fill(g)
        else:
            full[...] = g if keep else g.reshape([1 if axis in axes else n for axis, n in enumerate(source)])
        accumulate(adj, own, i, full, v[i])

    return pull


@lru_cache(maxsize=4096)
def _turned(text: str) -> tuple[str, str]:
    left, right, out = terms(text)
    return f"{out},{right}->{left}", f"{out},{left}->{right}"


def _contract(row: Any) -> Callable[..., Any]:
    """The adjoint contracted with the other operand; every contraction makes an array of its own."""
    del row

    def pull(adj: Any, own: Any, g: Any, v: Any, i: Any, j: Any, k: Any) -> None:  # noqa: ARG001 - rules share one signature
        left, right = i
        to_left, to_right = _turned(j)
        a = v[left] if type(left) is int else left.value
        b = v[right] if type(right) is int else right.value
        if type(left) is int:
            accumulate(adj, own, left, contract(to_left, g, b), a)
        if type(right) is int:
            accumulate(adj, own, right, contract(to_right, g, a), b)

    return pull


_SPECIAL: dict[str, Callable[[Any], Callable[..., Any]]] = {"getitem": _getitem, "sum": _sum, "contract": _contract}
