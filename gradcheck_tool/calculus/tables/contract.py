"""Contractions: products summed over shared indices (dot, matmul, outer, tensordot, einsum)."""

from __future__ import annotations

import math
from typing import Any

from gradcheck_tool.calculus.algebra import contract, terms
from gradcheck_tool.calculus.primitive import Leaf


def _evaluate(operands: tuple[Any, ...], text: str) -> Any:
    return contract(text, *operands)


def _push(tangents: tuple[Any, ...], operands: tuple[Any, ...], _value: Any, text: str) -> Any:
    left, right, out = terms(text)
    total: Any = 0.0
    if tangents[0] is not None:
        total = total + contract(f"{left}Z,{right}->{out}Z", tangents[0], operands[1])
    if tangents[1] is not None:
        total = total + contract(f"{right}Z,{left}->{out}Z", tangents[1], operands[0])
    return total


def _pull(adjoint: Any, operands: tuple[Any, ...], _value: Any, text: str, wanted: tuple[bool, ...]) -> list[Any]:
    left, right, out = terms(text)
    return [
        contract(f"{out},{right}->{left}", adjoint, operands[1]) if wanted[0] else None,
        contract(f"{out},{left}->{right}", adjoint, operands[0]) if wanted[1] else None,
    ]


def _rounding(operands: tuple[Any, ...], text: str) -> float:
    """Length of the sums, in units of u: a dot product of n terms loses up to n u (Higham 2002, eq. 3.5)."""
    left, _right, out = terms(text)
    length = 1.0
    for letter, n in zip(left, operands[0].shape, strict=True):
        if letter not in out:
            length *= float(n)
    return max(2.0, math.sqrt(length))


CONTRACTIONS = (Leaf("contract", _evaluate, _push, _pull, _rounding),)
