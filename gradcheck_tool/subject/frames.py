"""Which lines of the user's own code an exception came through, ready to be shown."""

from __future__ import annotations

import linecache
import os
import sysconfig
import traceback
import unicodedata
from pathlib import Path

_OURS = str(Path(__file__).resolve().parent.parent) + os.sep
_INSTALLED = tuple(
    {str(Path(sysconfig.get_path(name)).resolve()) + os.sep for name in ("stdlib", "purelib", "platlib")}
)
_SHOWN = 8  # more frames than this are a recursion: its two ends say everything
_WIDEST = 300
_LINES = 4


def clean(text: str) -> str:
    """`text` without the characters that could recolour or rewrite a terminal; tabs become spaces."""
    return "".join(letter for letter in text.expandtabs(4) if unicodedata.category(letter) not in {"Cc", "Cf", "Cs"})


def shown(path: str) -> str:
    """The path as a reader wants it: relative where it lies below the working directory."""
    try:
        return clean(str(Path(path).resolve().relative_to(Path.cwd().resolve())))
    except (ValueError, OSError):
        return clean(path)


def called(error: BaseException) -> str:
    """The name of the exception as the user knows it; a `ExitError` is the SystemExit it stands for."""
    return type(cause(error)).__name__


def cause(error: BaseException) -> BaseException:
    """The exception the user's code raised, where one of ours stands for it."""
    from gradcheck_tool.subject.quiet import ExitError  # noqa: PLC0415 - quiet needs NumPy, frames alone do not

    return error.__cause__ if isinstance(error, ExitError) and error.__cause__ is not None else error


def message(error: BaseException) -> tuple[str, ...]:
    """``KeyError: 'no rate'`` as short clean lines, also where the message is long or cannot be printed."""
    text = traceback.format_exception_only(cause(error))[-1].rstrip("\n")
    lines = [clean(line)[:_WIDEST] for line in text.splitlines() if line.strip()]
    return tuple(lines[:_LINES])


def frames(error: BaseException) -> tuple[traceback.FrameSummary, ...]:
    """The frames of the user's files, outermost first; those of libraries only where nothing else is left.

    What stands above our own first frame is the program that called us, not the code we called.
    """
    linecache.checkcache()
    every = tuple(traceback.extract_tb(cause(error).__traceback__))
    start = next((place for place, frame in enumerate(every) if _is_ours(frame.filename)), 0)
    every = every[start:]
    outside = tuple(frame for frame in every if not _is_ours(frame.filename))
    return tuple(frame for frame in outside if not _is_installed(frame.filename)) or outside


def innermost(error: BaseException) -> str:
    """``path:line`` of the user's line that raised, or empty."""
    stack = frames(error)
    return f"{shown(stack[-1].filename)}:{stack[-1].lineno}" if stack else ""


def listing(error: BaseException) -> tuple[str, ...]:
    """The user's frames, one aligned line each, and the exception's own words under them."""
    stack = list(frames(error))
    rows = [(f"{shown(frame.filename)}:{frame.lineno}", clean(frame.name), clean(frame.line or "")) for frame in stack]
    left = max((len(place) for place, _, _ in rows), default=0)
    middle = max((len(name) for _, name, _ in rows), default=0)
    lines = [f"{place:<{left}}  {name:<{middle}}   {line}".rstrip() for place, name, line in rows]
    if len(lines) > _SHOWN:
        half = _SHOWN // 2
        lines = [*lines[:half], f"... {len(lines) - _SHOWN} more calls", *lines[-half:]]
    return (*lines, *message(error))


def _is_ours(path: str) -> bool:
    return path.startswith("<frozen") or str(Path(path).resolve()).startswith(_OURS)


def _is_installed(path: str) -> bool:
    return path.startswith("<") or str(Path(path).resolve()).startswith(_INSTALLED)
