"""Where to check: the point the user gave, else the one his file states, else random ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.subject.declared import declared
from gradcheck_tool.subject.given import fit
from gradcheck_tool.subject.guess import guess
from gradcheck_tool.subject.reading import ARGUMENT, bad_point, read
from gradcheck_tool.subject.signature import differentiated, only_starred
from gradcheck_tool.subject.subject import Point, Subject


def points(subject: Subject, *, at: str | None, count: int, seed: int) -> tuple[Point, ...]:
    """The points to check a function at.

    Parameters
    ----------
    at
        JSON, or ``@file.npy``, ``@file.npz``, ``@file.json``; None to take what the file states (a
        comment ``# gradcheck: at=...``, a constant ``X0``, the defaults) or else random points.
    count, seed
        How many random points, and what makes them repeat.

    Raises
    ------
    Complaint
        GC902 where the words of a point do not fit the function, GC904 where no point was found.
    """
    if at is not None:
        return (fit(subject, read(at)),)
    refused = only_starred(subject.function, subject.name, subject.where)
    if refused is not None:
        raise refused
    if count < 1:
        raise bad_point(f"{count} points cannot be checked", "ask for at least one: --points 1")
    return declared(subject) or guess(subject, count, seed)


def point_from(subject: Subject, at: Any) -> Point:
    """The point of the Python API's ``at=``: a float, an array, arguments in a tuple or list, or a dict by name.

    Raises `Complaint` (GC902) where it does not fit the parameters of the function.
    """
    one = len(differentiated(subject.function)) == 1
    if one and isinstance(at, tuple) and len(at) == 1 and isinstance(at[0], np.ndarray | list | dict):
        at = at[0]
    return fit(subject, at, ARGUMENT)
