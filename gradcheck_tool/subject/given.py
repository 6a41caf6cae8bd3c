"""The point the user wrote, fitted to the parameters of his function."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from gradcheck_tool.subject.outline import enumeration, nearest
from gradcheck_tool.subject.packing import leaves_of
from gradcheck_tool.subject.quiet import runs
from gradcheck_tool.subject.reading import OPTION, Source, bad_point
from gradcheck_tool.subject.signature import Parameter, differentiated, kind_of, only_starred, parameters, required
from gradcheck_tool.subject.subject import Point, Subject


class _LooseError(ValueError):
    """A value that is no number and no array; the place that knows its name makes the complaint."""


def fit(subject: Subject, given: Any, source: Source = OPTION) -> Point:
    """Give every number of `given` to a parameter of the function.

    A dict by parameter names, a list with one element per differentiated parameter, or the value
    of the only one. Raises `Complaint` (GC902) for unknown, missing and surplus names and numbers.
    """
    refused = only_starred(subject.function, subject.name, subject.where)
    if refused is not None:
        raise refused
    named = _by_name(subject, given, source)
    known = parameters(subject.function)
    missing = [name for name, p in known.items() if required(p) and name not in named]
    if missing:
        example = json.dumps({name: _example(p) for name, p in known.items() if required(p)})
        raise bad_point(
            f"{source.word} gives no value for {enumeration(missing)}",
            f"name every parameter: --at '{example}'",
            where=source.where,
        )
    return _with_counts(subject, _sorted_out(subject, named, known, source), named)


def _by_name(subject: Subject, given: Any, source: Source) -> dict[str, Any]:
    known = parameters(subject.function)
    by = differentiated(subject.function)
    if isinstance(given, dict) and given:
        strangers = [name for name in given if name not in known]
        if not strangers:
            return given
        if len(by) == 1 and len(strangers) == len(given):
            return {by[0]: given}
        near = nearest(str(strangers[0]), known)
        raise bad_point(
            f"{source.word} names {strangers[0]}, {subject.name} takes {enumeration(known)}",
            f"did you mean {near}?" if near else "use the names of the parameters",
            where=source.where,
        )
    if not by:
        raise bad_point(
            f"{source.word} gives a bare value, but {subject.name} has no parameter known to be a float",
            f"""name it: --at '{{"{next(iter(known))}": 1.5}}'""",
            where=source.where,
        )
    if len(by) == 1:
        return {by[0]: given}
    if isinstance(given, list | tuple) and len(given) == len(by):
        return dict(zip(by, given, strict=True))
    what = "an array" if isinstance(given, np.ndarray) else _count(given)
    example = json.dumps({name: _example(known[name]) for name in by})
    raise bad_point(
        f"{source.word} gives {what}, {subject.name} takes {len(by)} parameters: {enumeration(by)}",
        f"give one value for each: --at '{example}'",
        where=source.where,
    )


def _sorted_out(subject: Subject, named: dict[str, Any], known: dict[str, Parameter], source: Source) -> Point:
    """Split the named values into those to differentiate by and those passed on, in the order of the signature."""
    only_counts = not differentiated(subject.function)
    values, fixed = {}, {}
    for name in (name for name in known if name in named):
        value, parameter = named[name], known[name]
        try:
            if _is_count(value, parameter, only_counts=only_counts):
                fixed[name] = _whole(value)
            elif _is_word(value):
                fixed[name] = value
            else:
                values[name] = floats(value)
        except _LooseError as error:
            raise bad_point(f"{source.word}: {name} {error}", where=source.where) from None
    if not values:
        raise bad_point(f"{source.word} gives no number to differentiate {subject.name} by", where=source.where)
    if not any(np.size(leaf) for leaf in leaves_of(values)):
        raise bad_point(f"{source.word} gives no numbers", where=source.where)
    return Point(values, fixed, source.origin)


def _with_counts(subject: Subject, point: Point, named: dict[str, Any]) -> Point:
    """The point with a whole number passed on as it is, where the function runs only so: ``range(n)`` wants an int.

    Nothing but running it tells the count in ``f(x, n)`` from a number to differentiate by.
    """
    whole = [name for name in point.values if type(named[name]) is int]
    if not whole or len(point.values) < 2 or runs(subject.function, {**point.values, **point.fixed}):
        return point
    for counts in [(name,) for name in reversed(whole)] + [tuple(whole)]:
        values = {name: value for name, value in point.values.items() if name not in counts}
        fixed = {**point.fixed, **{name: named[name] for name in counts}}
        if values and runs(subject.function, {**values, **fixed}):
            return Point(values, fixed, point.origin)
    return point


def floats(value: Any) -> Any:
    """Numbers as floats, rectangular lists as float arrays, dicts and other nests entry by entry."""
    if isinstance(value, dict):
        return {key: floats(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in "fiub":
            raise _LooseError(f"is an array of {value.dtype}, not of real numbers")
        real = value if value.dtype.kind == "f" else value.astype(float)
        return real if isinstance(value, np.ndarray) and value.ndim else float(real)
    if isinstance(value, list | tuple):
        if any(isinstance(inner, dict | np.ndarray) for inner in value):
            return type(value)(floats(inner) for inner in value)
        return _array(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _LooseError(f"holds {_kind(value)} where a number belongs")
    return _float(value)


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise _LooseError("is too large for a float") from None


def _array(value: list[Any] | tuple[Any, ...]) -> Any:
    lengths = {len(inner) if isinstance(inner, list | tuple) else -1 for inner in value}
    if len(lengths) > 1:
        rows = [str(len(inner)) if isinstance(inner, list | tuple) else "one number" for inner in value]
        raise _LooseError(f"is ragged: its rows have {enumeration(rows)} entries")
    parts = [floats(inner) for inner in value]
    try:
        return np.array(parts, dtype=float)
    except ValueError:
        raise _LooseError("is ragged: its rows have different lengths") from None


def _is_count(value: Any, parameter: Parameter, *, only_counts: bool) -> bool:
    if kind_of(parameter) != "count" or not isinstance(value, int | float | list | np.integer):
        return False
    by_default = not required(parameter) and parameter.annotation is Parameter.empty
    if by_default and (only_counts or not _is_whole(value)):
        return False
    if not _is_whole(value):
        raise _LooseError(f"is {value}, but it is annotated as a whole number")
    return True


def _is_whole(value: Any) -> bool:
    if isinstance(value, list):
        return all(_is_whole(inner) for inner in value)
    return isinstance(value, int | np.integer) or (isinstance(value, float) and value.is_integer())


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return value if isinstance(value, bool) else int(value)


def _is_word(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(_is_word(inner) for inner in value)
    return not isinstance(value, int | float | list | tuple | dict | np.ndarray | np.generic) or isinstance(value, bool)


def _example(parameter: Parameter) -> Any:
    return {"count": 3, "word": "...", "array": [1.5, 0.7]}.get(kind_of(parameter), 1.5)


def _count(given: Any) -> str:
    if isinstance(given, list | tuple):
        return "one number" if len(given) == 1 else f"{len(given)} numbers"
    return "an empty object" if isinstance(given, dict) else "one number" if not isinstance(given, str) else "a string"


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return (
        "true or false"
        if isinstance(value, bool)
        else f"the {'string' if isinstance(value, str) else type(value).__name__} {value!r}"
    )
