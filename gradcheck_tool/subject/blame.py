"""The user's code raised: said in one sentence, with his own lines and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.frames import called, cause, innermost, listing
from gradcheck_tool.subject.packing import Packing, Vector
from gradcheck_tool.subject.quiet import ExitError, quiet
from gradcheck_tool.subject.signature import differentiated
from gradcheck_tool.subject.subject import Point, Subject
from gradcheck_tool.subject.wording import describe

_LONGEST = 12  # numbers tried to find out how many the function needs
_SHAPE_ERRORS = (IndexError, ValueError, TypeError)
_GIVEN = ("--at", "at=", "comment", "X0")


def blame(error: BaseException, subject: Subject, point: Point | None) -> Complaint:
    """Say that the user's function raised `error` at `point` (GC901), or that the point has too few numbers (GC902).

    `point` is None where the function was not being run. A `Complaint` is handed back as it is.

    Raises ``KeyboardInterrupt`` again: that was the user, not his code.
    """
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, Complaint):
        return error
    return (
        _misnamed(subject, point)
        or _miscounted(error, subject, point)
        or blame_at(error, subject.name, "" if point is None else describe(point, 6), subject.where, _option(point))
    )


def blame_at(error: BaseException, name: str, at: str, where: str, option: str = "--at '...'") -> Complaint:
    """The complaint that `name` raised `error`, `at` a point in words where one is known."""
    return Complaint(
        f"{name} raised {called(error)}" + (f" at {at}" if at else ""),
        code="GC901",
        kind="your-code-raised",
        where=innermost(error) or where,
        remedy=f"choose a point where {name} works: {option}" if at else f"repair {name}",
        details=listing(error),
    )


def _option(point: Point | None) -> str:
    if point is not None and point.origin.startswith("at="):
        return "at=..."
    names = [*point.values, *point.fixed] if point is not None else []
    return "--at '{" + ", ".join(f'"{name}": ...' for name in names) + "}'" if len(names) > 1 else "--at '[...]'"


def _misnamed(subject: Subject, point: Point | None) -> Complaint | None:
    """The complaint about a name the function does not have, where it runs with the value under its own name."""
    if point is None or not _is_given(point.origin) or len(point.values) != 1:
        return None
    [(name, value)] = point.values.items()
    if not isinstance(value, dict) or len(value) != 1:
        return None
    [(given, inner)] = value.items()
    if not _runs(subject, {name: inner, **point.fixed}):
        return None
    source = "at=" if point.origin.startswith("at=") else point.origin
    return Complaint(
        f"{source} names {given}, the parameter of {subject.name} is called {name}",
        code="GC902",
        kind="bad-point",
        where=subject.where,
        remedy=f"""name it {name}, or give the bare value""",
    )


def _miscounted(error: BaseException, subject: Subject, point: Point | None) -> Complaint | None:
    """The complaint about a given point of the wrong length, where another length is seen to work."""
    if point is None or not isinstance(cause(error), _SHAPE_ERRORS) or not _is_given(point.origin):
        return None
    if len(point.values) != 1:
        return None
    [(name, value)] = point.values.items()
    if isinstance(value, dict) or np.ndim(value) > 1:
        return None
    given = np.atleast_1d(np.asarray(value, dtype=float))
    needed = _needed(subject, point, name, given)
    if needed is None or (needed == given.size and np.ndim(value) == 1) or (needed == 0 and np.ndim(value) == 0):
        return None
    source = "at=" if point.origin.startswith("at=") else point.origin
    missing = (
        f": {name}[{given.size}] does not exist" if isinstance(error, IndexError) and 0 < given.size < needed else ""
    )
    wants = "one plain number" if needed == 0 else "an array" if needed == given.size else str(needed)
    example = [*map(_short, given[:needed]), *["0"] * (needed - given.size)]
    text = "[" + ", ".join(example) + "]" if needed else _short(given[0]) if given.size else "0"
    option = "at=" if source == "at=" else "--at "
    quoted = text if source == "at=" else f"'{text}'"
    return Complaint(
        f"{source} gives {_numbers(given.size)}, {subject.name} needs {wants}{missing}",
        code="GC902",
        kind="bad-point",
        where=innermost(error) or subject.where,
        remedy=f"{option}{quoted}, or leave {option.strip()} out and a point is found",
        details=listing(error),
    )


def _is_given(origin: str) -> bool:
    return origin.startswith(_GIVEN) or "X0" in origin or "x0" in origin


def _needed(subject: Subject, point: Point, name: str, given: Vector) -> int | None:
    """How many entries the parameter must have for f to run; 0 is a plain number, None is unknown."""
    if name not in differentiated(subject.function):
        return None
    rest = np.linspace(0.35, 0.85, _LONGEST)
    for size in (*range(given.size, _LONGEST + 1), *range(given.size - 1, -1, -1)):
        trial: Any = np.concatenate([given, rest])[:size] if size else float(given[0]) if given.size else 0.35
        if _runs(subject, {name: trial, **point.fixed}):
            return int(size)
    return None


def _runs(subject: Subject, arguments: dict[str, Any]) -> bool:
    try:
        with quiet():
            Packing.of(subject.function(**arguments), "f")
    except (Exception, ExitError):  # noqa: BLE001 - any failure means: not with this many numbers
        return False
    return True


def _short(number: Any) -> str:
    return repr(float(number)).removesuffix(".0")


def _numbers(count: int) -> str:
    return "one number" if count == 1 else f"{count} numbers"
