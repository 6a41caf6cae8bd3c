"""Choosing one input or entry by the name the report gives it."""

from __future__ import annotations

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject import Subject

_FEW = 6


def place_of(wanted: str | None, names: tuple[str, ...], kind: str, subject: Subject) -> int:
    """The place of `wanted` among `names`, the first where nothing is wanted.

    `kind` is what the names are of, such as ``input`` or ``entry``.

    Raises `Complaint` (GC902) where the name is not among them.
    """
    if wanted is None:
        return 0
    if wanted not in names:
        plural = {"entry": "entries"}.get(kind, f"{kind}s")
        raise Complaint(
            f"{subject.name} has no {kind} {wanted}",
            code="GC902",
            kind="bad-entry",
            where=subject.where,
            remedy=f"its {plural} are {', '.join(names[:_FEW])}",
        )
    return names.index(wanted)
