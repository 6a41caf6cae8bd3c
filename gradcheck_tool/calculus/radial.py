"""What a 2-norm hands back to its vector: ``g / r * x``, and how that bends where r is zero."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import Ruled, linear
from gradcheck_tool.complaint import CannotFollow


@lru_cache(maxsize=1024)
def radial(detail: Any) -> Ruled:
    """The function of (adjoint, norm, vector) for the norm over ``detail = (axes, keepdims, shape)``.

    At the origin the norm has a kink; the slope 0 is the middle of its slopes. A function of the norm whose own slope
    is 0 there, such as its square, is smooth: its second derivative is taken along each direction (`splitting`).
    """

    def expanded(x: Any) -> Any:
        return linear("expand", np.asarray(x), detail)

    def plain(adjoint: Any, size: Any, x: Any) -> Any:
        return expanded(adjoint / np.where(np.asarray(size) == 0, np.inf, size)) * x

    def moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
        adjoint, size, x = (np.asarray(operand) for operand in operands)
        count = next(t.shape[-1] for t in tangents if t is not None)
        given, sizes, turned = (
            np.zeros((*operand.shape, count)) if t is None else np.broadcast_to(t, (*operand.shape, count))
            for operand, t in zip((adjoint, size, x), tangents, strict=True)
        )
        zero = size == 0
        safe = np.where(zero, 1.0, size)
        ratio = np.where(zero, 0.0, adjoint / safe)
        bent = (given - ratio[..., None] * sizes) / safe[..., None]
        slopes = np.broadcast_to(ratio[..., None], bent.shape)
        if np.any(zero):
            axes, keep, _shape = detail
            moving = zero[..., None] & (np.sum(turned * turned, axis=axes, keepdims=keep) > 0)
            at_origin = _at_origin(adjoint, given, sizes, moving)
            bent, slopes = np.where(zero[..., None], 0.0, bent), np.where(zero[..., None], at_origin, slopes)
        lines = [expanded(bent[..., k]) * x + expanded(slopes[..., k]) * turned[..., k] for k in range(bent.shape[-1])]
        return np.stack(lines, axis=-1)

    def recorded(adjoint: Any, size: Any, x: Any) -> Any:
        zero = size == 0
        ratio = np.where(zero, 0.0, adjoint / np.where(zero, 1.0, size))
        return linear("expand", ratio, detail) * x

    return Ruled(plain, moved, recorded)


def _at_origin(adjoint: Any, given: Any, sizes: Any, moving: Any) -> Any:
    """``g'(0)`` along each direction in which a vector of norm 0 moves: how fast the adjoint grows with the norm."""
    if np.any(moving & ((adjoint != 0)[..., None] | (sizes == 0))):
        raise CannotFollow(
            "the norm is zero here, where it has a kink and no second derivative",
            remedy="check first derivatives (--order 1) at this point, or choose another point",
        )
    return np.where(moving, given / np.where(sizes == 0, 1.0, sizes), 0.0)


@lru_cache(maxsize=256)
def corner(place: str) -> Ruled:
    """The zero that another norm of zero hands back: the middle of its slopes. Nothing smooth is made of it."""

    def moved(operands: tuple[Any, ...], tangents: tuple[Any, ...]) -> Any:
        if tangents[0] is None or not np.any(tangents[0]):
            return np.zeros((*np.shape(operands[0]), next(t.shape[-1] for t in tangents if t is not None)))
        raise CannotFollow(
            "the norm is zero here, where it has a kink and no second derivative",
            where=place,
            remedy="check first derivatives (--order 1) at this point, or choose another point",
        )

    return Ruled(lambda x, _adjoint: np.zeros(np.shape(x)), moved, lambda x, _adjoint: 0.0 * x)
