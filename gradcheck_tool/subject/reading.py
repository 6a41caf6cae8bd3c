"""The words after ``--at``: JSON with a caret under what is wrong, or a file of numbers."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.frames import clean
from gradcheck_tool.subject.outline import nearest

_FORMS = """write one array as --at '[1.5, 0.7, 2]', names as --at '{"x": 1.5}'"""
_WIDTH = 60  # of the JSON around a caret


@dataclass(frozen=True, slots=True)
class Source:
    """Where a point was written: the word for it in complaints, its `Point.origin`, and ``path:line``."""

    word: str
    origin: str
    where: str = ""


OPTION = Source("--at", "--at")
ARGUMENT = Source("at=", "at= argument")


def bad_point(sentence: str, remedy: str = _FORMS, *, where: str = "", details: tuple[str, ...] = ()) -> Complaint:
    """A complaint about the words of a point (GC902)."""
    return Complaint(
        clean(sentence), code="GC902", kind="bad-point", where=where, remedy=clean(remedy), details=details
    )


def read(text: str, source: Source = OPTION, folder: Path | None = None) -> Any:
    """The value of the words after ``--at``: JSON, or ``@file.npy``, ``@file.npz``, ``@file.json``.

    `source` names the option or comment in complaints; files are looked for in `folder`.
    """
    if text.strip().startswith("@"):
        return _read_file(text.strip()[1:], source, folder or Path())
    return _read_json(text, source)


def _read_json(text: str, source: Source) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        failed = _where_the_value_should_be(error)
        raise bad_point(
            f"{source.word} is not JSON: {_reason(failed)}", where=source.where, details=_caret(failed)
        ) from None
    except (ValueError, RecursionError) as error:
        raise bad_point(f"{source.word} is not JSON: {error}", where=source.where) from None


def _where_the_value_should_be(error: json.JSONDecodeError) -> json.JSONDecodeError:
    """Python 3.13 points at a trailing comma, its predecessors at what follows: always what follows here."""
    if not error.msg.startswith("Illegal trailing comma"):
        return error
    rest = error.doc[error.pos + 1 :]
    return json.JSONDecodeError("Expecting value", error.doc, error.pos + 1 + len(rest) - len(rest.lstrip()))


def _reason(error: json.JSONDecodeError) -> str:
    before, rest = error.doc[: error.pos].rstrip(), error.doc[error.pos :].lstrip()
    if not error.doc.strip():
        return "it is empty"
    if error.msg == "Extra data":
        return "it goes on after the value has ended"
    if rest.startswith("'") or "Expecting property name" in error.msg:
        return 'names and strings stand in double quotes, "x"'
    if error.msg.startswith("Expecting value"):
        ends_early = (before.endswith(",") or rest.startswith(",")) and rest[:1] in ("", "]", "}", ",")
        return "a value is missing after the comma" if ends_early else _unread(rest)
    if error.msg.startswith("Expecting ',' delimiter"):
        return "a comma or the closing bracket is missing"
    return error.msg[0].lower() + error.msg[1:]


def _unread(rest: str) -> str:
    word = re.match(r"[^,\]}\s]*", rest)
    return f"{word[0][:20]} is not a number" if word and word[0] else "it ends too early"


def _caret(error: json.JSONDecodeError) -> tuple[str, ...]:
    """The line that fails, cut around the column, and a caret under it."""
    line = error.doc.splitlines()[error.lineno - 1] if error.doc.strip() else ""
    start = max(0, error.colno - 1 - _WIDTH // 2)
    shown = "".join(letter if letter.isprintable() else " " for letter in line[start : start + _WIDTH])
    return (shown, " " * (error.colno - 1 - start) + "^ here")


def _read_file(name: str, source: Source, folder: Path) -> Any:
    if not name:
        raise bad_point(f"{source.word} names no file after the @", "write @point.npy, @point.npz or @point.json")
    path = folder / Path(name).expanduser()
    try:
        if path.suffix == ".json":
            return _read_json(path.read_text(encoding="utf-8"), replace(source, word=name))
        if path.suffix not in (".npy", ".npz"):
            raise bad_point(f"{source.word}: {name} is not a .npy, .npz or .json file", where=source.where)
        content = np.load(path, allow_pickle=False)
        return content if isinstance(content, np.ndarray) else {key: content[key] for key in content.files}
    except OSError as error:
        near = nearest(path.name, [file.name for file in path.parent.iterdir()]) if path.parent.is_dir() else ""
        remedy = f"did you mean @{near}?" if near else "give the path of a .npy, .npz or .json file after the @"
        raise bad_point(
            f"{source.word}: {name} cannot be read: {error.strerror or 'not such a file'}", remedy, where=source.where
        ) from None
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise bad_point(f"{source.word}: {name} cannot be read: {error}", where=source.where) from None
