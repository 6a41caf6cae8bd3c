"""A point at which mistakes hide, and the check of a second one beside it.

Zeros, ones and ties are where products vanish, powers look alike and kinks sit; where every derivative is 0 there is
little to compare. A point the user gave is checked as it is, and one displaced from it by a few percent as well.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.examine.derivative import examine
from gradcheck_tool.judgement.codes import finding
from gradcheck_tool.report.record import Result
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Subject
from gradcheck_tool.subject.packing import Packing, Vector

CODE = "GC214"
MOST_INPUTS = 50
"""Inputs beyond which one check is expensive enough, and a point rarely special in all that matters."""

PATIENCE = 5.0
"""Seconds beyond which a second check is not made unasked."""

FEW = 3
GOLDEN = 0.6180339887498949
DIGITS = 3


def examine_around(subject: Subject, point: Point, settings: Settings, order: int) -> Result:
    """Check one derivative at a point, and where that point is special at one beside it.

    The second check speaks only where it finds a mistake that the first did not show; what it cannot tell is not
    reported. A result that was looked at twice says so in a finding GC214. Raises `Complaint` as `examine` does.
    """
    result = examine(subject, point, settings, order)
    if point.seed is not None or result.verdict in ("wrong", "error"):
        return result
    packing = Packing.of(point.values, "")
    x = packing.pack(point.values)
    told = special(x, packing.names) or _still(result) or ("f has a kink here" if result.verdict == "kink" else "")
    if not told or x.size > MOST_INPUTS or result.seconds > PATIENCE:
        return result
    second = _displaced(subject, point, settings, order)
    if second is None:
        return result
    if second.verdict == "wrong":
        shown = "cannot be seen" if result.verdict == "agree" else "does not show"
        message = f"the mistake {shown} at the point that was given: {told}"
        note = finding(CODE, message, data=(("given", result.again),))
        return replace(second, findings=(*second.findings, note), seconds=result.seconds + second.seconds)
    if second.verdict != "agree":
        return result
    here = "too" if result.verdict == "agree" else ""
    note = finding(CODE, f"{told}; beside this point it agrees {here}".rstrip(), remedy=second.again)
    return replace(result, findings=(*result.findings, note), seconds=result.seconds + second.seconds)


def _displaced(subject: Subject, point: Point, settings: Settings, order: int) -> Result | None:
    """The check beside the point, on the first side where f can be run; None where there is none."""
    for sign in (1.0, -1.0):
        beside = displaced(point, sign)
        try:
            return examine(subject, beside, replace(settings, at=None), order)
        except Complaint:
            continue
    return None


def displaced(point: Point, sign: float = 1.0) -> Point:
    """A point of ordinary numbers beside the given one, always the same: each entry moves by 1 to 7 percent.

    Zeros move by that share of the smallest other entry, or of 1.
    """
    packing = Packing.of(point.values, "")
    x = packing.pack(point.values)
    sizes = np.abs(x[x != 0])
    scale = np.where(x == 0, np.min(sizes) if sizes.size else 1.0, np.abs(x))
    share = 0.01 + 0.06 * ((np.arange(1, x.size + 1) * GOLDEN) % 1.0)
    moved = x + sign * np.array([float(f"{step:.{DIGITS}g}") for step in scale * share])
    short = np.array([float(f"{value:.{DIGITS + 3}g}") for value in moved])
    return replace(point, values=packing.unpack(short), origin=f"beside {point.origin}")


def special(x: Vector, names: tuple[str, ...]) -> str:
    """What makes a point special, in words such as ``x[0] = 0 and x[1] = x[2]``; empty for ordinary numbers."""
    if x.size > 1 and bool(np.all(x == x[0])):
        return f"all entries are {_number(x[0])}"
    said = [f"{names[k]} = {_number(x[k])}" for k in range(x.size) if x[k] in (0.0, 1.0, -1.0)]
    seen: dict[float, str] = {}
    for name, value in zip(names, x.tolist(), strict=True):
        if value not in (0.0, 1.0, -1.0):
            first = seen.setdefault(value, name)
            said += [f"{first} = {name}"] if first != name else []
    if not said:
        return ""
    more = f" and {len(said) - FEW} more" if len(said) > FEW else ""
    return ", ".join(said[:FEW]) + more


def _still(result: Result) -> str:
    """Whether every entry of the derivative is 0 as far as anybody can see: a stationary point, or a saturated f."""
    entries = result.entries
    if result.verdict != "agree" or not entries:
        return ""
    still = all(max(abs(entry.yours), abs(entry.reference)) <= entry.bound for entry in entries)
    return "the derivative is 0 in every entry" if still else ""


def _number(value: float) -> str:
    return f"{value:.6g}"
