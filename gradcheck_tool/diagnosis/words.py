"""Stories about the numbers alone: sign, factor, order, copies, zeros, single precision, an earlier point, an offset.

Each is yours as it would be if the story were true, at all points; the free numbers in it come from the points of the
search. The cost says how far-fetched a story is, and the cheapest that holds is told.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gradcheck_tool.diagnosis.evidence import SHARP, SHARP_FREE, Evidence, Stack
from gradcheck_tool.diagnosis.factors import applied, recognised
from gradcheck_tool.diagnosis.rearranged import rearrangements

MOST_COPIED, MOST_ENTRIES = 40, 400  # wrong entries that are searched for among so many
SINGLE = 2.0**-10  # relative; how far numbers of single precision may be from the truth after many operations
DECIMALS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """What yours would be, shape (points, m, n), if this were the mistake. See `Story` for the words."""

    cost: float
    code: str
    kind: str
    formula: str
    said: Stack
    everywhere: bool = False
    free: bool = False
    where: str = ""
    sentence: str = ""


def words(known: Evidence) -> Iterator[Candidate]:
    """Every story about the numbers alone that could be true, not in order of cost."""
    for tell in (_zero, _factor, _ordered, _copied, _single, _rounded, _earlier, _offset):
        yield from tell(known)


def _zero(known: Evidence) -> Iterator[Candidate]:
    count = int(known.wrong.sum())
    which = {1: "the wrong entry", 2: "both wrong entries"}.get(count, f"all {count} wrong entries")
    yield Candidate(1.0, "GC105", "zero", f"yours is 0 in {which}", np.zeros_like(known.right))


def _factor(known: Evidence) -> Iterator[Candidate]:
    """Yours is the derivative times one number: sign, a known number, a free one."""
    penalty = 0.8 if known.few else 0.0
    if known.sharp(0.1):
        yield Candidate(1.0 + penalty, "GC101", "sign", "AD = yours * -1", -known.right)
    if not known.sharp(SHARP):
        return
    factor = _ratio(known, known.mine, known.right)
    if not np.isfinite(factor) or factor in (0.0, 1.0):
        return
    said = factor * known.right
    text = recognised(1 / factor, known.sizes)
    if text:
        yield Candidate(1.2 + penalty, "GC102", "factor", f"AD = yours {text}", said)
    elif known.sharp(SHARP_FREE):
        yield Candidate(2.2 + penalty, "GC102", "factor", f"AD = yours {applied(1 / factor)}", said, free=True)


def _ratio(known: Evidence, above: Stack, below: Stack) -> float:
    """The one number in ``above = number * below`` by least squares over wrong entries and points of the search."""
    part = (slice(0, known.searched), known.wrong)
    top, bottom = above[part], below[part]
    with np.errstate(all="ignore"):
        scale = np.abs(bottom).max(initial=0.0)
        top, bottom = top / scale, bottom / scale
        return float(np.vdot(bottom, top) / np.vdot(bottom, bottom))


def _ordered(known: Evidence) -> Iterator[Candidate]:
    """The right numbers in the wrong places: transposed, reversed, shifted."""
    if int(known.wrong.sum()) < 2:
        return
    for (code, text, _), moved in zip(rearrangements(known.mine[0], known.names), _moved_back(known), strict=False):
        kind = "transposed" if code == "GC107" else "permuted"
        yield Candidate(1.4 if code == "GC108" else 1.3, code, kind, f"AD = yours {text}", moved, everywhere=True)


def _moved_back(known: Evidence) -> Iterator[Stack]:
    """What yours is if moving its entries gives the derivative: the derivative moved the other way."""
    index = np.arange(float(known.wrong.size)).reshape(known.wrong.shape)
    for _, _, moved in rearrangements(index, known.names):
        if moved.shape != index.shape:
            return
        back = np.argsort(moved.ravel().astype(int))
        flat = known.right.reshape(len(known.right), -1)
        yield flat[:, back].reshape(known.right.shape)


def _copied(known: Evidence) -> Iterator[Candidate]:
    """Each wrong entry holds the derivative that belongs to another one."""
    places = np.flatnonzero(known.wrong.ravel())
    if places.size > MOST_COPIED or known.wrong.size > MOST_ENTRIES:
        return
    part = slice(0, known.searched)
    right = known.right.reshape(len(known.right), -1)
    mine, slack = known.mine.reshape(right.shape), known.slack.reshape(right.shape)
    gap = np.abs(mine[part, places, None] - right[part, None, :])
    same = np.all(gap <= slack[part, places, None] + 1e-7 * np.abs(mine - right)[part, places, None], axis=0)
    if not same.any(axis=1).all():
        return
    own = np.isin(np.arange(right.shape[1]), places)
    sources = np.array([int(np.argmax(row & own)) if (row & own).any() else int(np.argmax(row)) for row in same])
    moved = right.copy()
    moved[:, places] = right[:, sources]
    said = moved.reshape(known.right.shape)
    if np.array_equal(sources, places):  # right where it is
        return
    if np.array_equal(np.sort(sources), places):
        count = places.size
        text = (
            "with the two wrong entries swapped" if count == 2 else f"with the {count} wrong entries in another order"
        )
        yield Candidate(1.5 if count == 2 else 2.0, "GC108", "permuted", f"AD = yours {text}", said)
        return
    if places.size <= 2:
        text = ", ".join(
            f"{_entry(known, int(a))} holds {_entry(known, int(b))}" for a, b in zip(places, sources, strict=True)
        )
        yield Candidate(2.6, "GC108", "copied", text, said)


def _entry(known: Evidence, flat: int) -> str:
    """``df/dx[2]``, the row left out where there is one."""
    row, column = divmod(flat, known.wrong.shape[1])
    return f"d/d{known.names[column]}" if known.wrong.shape[0] == 1 else f"d[{row}]/d{known.names[column]}"


def _single(known: Evidence) -> Iterator[Candidate]:
    """Numbers that single precision can hold, and that are the derivative to about its digits."""
    plain = np.stack([sample.plain for sample in known.samples])
    with np.errstate(all="ignore"):
        single = plain.astype(np.float32).astype(float)
        close = np.abs(plain - known.right) <= SINGLE * np.abs(known.right)
    if np.array_equal(single, plain) and bool(np.all(close)) and not np.array_equal(plain, np.rint(plain)):
        text = "yours is right up to single precision: every number it returns is a float32"
        yield Candidate(1.5, "GC113", "float32", text, plain)


def _rounded(known: Evidence) -> Iterator[Candidate]:
    """The derivative cut off or rounded to whole numbers, or to so many decimals."""
    for name, change in (
        ("cut off to whole numbers", np.trunc),
        ("rounded to whole numbers", np.rint),
        ("rounded down", np.floor),
    ):
        yield Candidate(1.5, "GC113", "rounded", f"yours is AD {name}", change(known.right))
    for digits in range(1, DECIMALS + 1):
        yield Candidate(
            1.6, "GC113", "rounded", f"yours is AD rounded to {digits} decimals", np.round(known.right, digits)
        )


def _earlier(known: Evidence) -> Iterator[Candidate]:
    """What belongs to the point of an earlier call."""
    visited = known.points.visited
    if len(visited) < 3 or not known.free:
        return
    before = known.right[[0, *range(len(visited) - 1)]].copy()
    before[0] = known.mine[0]  # who was called before the first is not known
    yield Candidate(1.7, "GC208", "stale", "yours is the derivative at the point it was called at before", before)


def _offset(known: Evidence) -> Iterator[Candidate]:
    """The same number missing in every wrong entry at every point."""
    if not known.free or not known.sharp(SHARP_FREE):
        return
    amount = float(np.median(known.gap[: known.searched][:, known.wrong]))
    if amount:
        text = f"AD - yours = {-amount:.10g}"
        yield Candidate(3.2, "GC104", "offset", text, known.right + amount, free=True)


def is_atom(text: str) -> bool:
    """Whether a source text needs no brackets as a factor: a name, an element, a call."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return False
    return isinstance(node, ast.Name | ast.Subscript | ast.Call | ast.Attribute | ast.Constant)
