"""A point in words for a sentence, and in JSON for the command that repeats it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from gradcheck_tool.subject.frames import clean
from gradcheck_tool.subject.packing import leaves_of
from gradcheck_tool.subject.signature import differentiated
from gradcheck_tool.subject.subject import Point, Subject

_FEW = 6


def describe(point: Point, digits: int | None = None) -> str:
    """``x = [1.5, 0.7, 2]``, or ``50 numbers, seed 1`` above six; `digits` rounds for reading only."""
    every = {**point.values, **point.fixed}
    count = sum(np.size(leaf) for leaf in leaves_of(every))
    if count > _FEW:
        return f"{count} numbers" + ("" if point.seed is None else f", seed {point.seed}")
    return clean(", ".join(f"{name} = {_word(plain(value), digits)}" for name, value in every.items()))


def again(point: Point, subject: Subject | None = None) -> str:
    """The JSON that ``--at`` takes to repeat the point exactly, every float in its shortest exact form.

    One parameter is written bare, several by name. With the `subject` a single one is also named
    where the bare form would mean another parameter.
    """
    values = plain({**point.values, **point.fixed})
    name, only = next(iter(values.items()), ("", None))
    bare = len(values) == 1 and not isinstance(only, dict | str)
    if bare and subject is not None:
        bare = differentiated(subject.function) == (name,)
    return json.dumps(only if bare else values, default=str)


def plain(value: Any) -> Any:
    """The same nest in what JSON knows: lists, dicts, floats, and what was no number as it is."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


def _word(value: Any, digits: int | None) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_word(inner, digits)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_word(inner, digits) for inner in value) + "]"
    if isinstance(value, float):
        return f"{value:.{digits}g}" if digits else repr(value).removesuffix(".0")
    return repr(value)
