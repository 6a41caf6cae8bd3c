"""From an instruction to ``path:line``: cheap to record, resolved only when somebody asks."""

from __future__ import annotations

import dis
import linecache
import os
import sys
import sysconfig
from functools import lru_cache
from pathlib import Path
from types import CodeType, FrameType

_STANDARD = sysconfig.get_paths()["stdlib"]
_STORE = dis.opmap["STORE_SUBSCR"]
_RECORDING = str(Path(__file__).resolve().with_name("record.py"))
_LONGEST = 60
_OURS = str(Path(__file__).resolve().parents[1]) + os.sep


@lru_cache(maxsize=4096)
def _table(code: CodeType) -> tuple[tuple[int, int, int | None], ...]:
    return tuple(code.co_lines())


def line_number(code: CodeType, offset: int) -> int:
    """The source line of the instruction at byte `offset`."""
    for start, end, line in _table(code):
        if start <= offset < end and line is not None:
            return line
    return code.co_firstlineno


def path_line(code: CodeType | None, offset: int) -> str:
    """``path:line`` of an instruction, relative to the working folder where it lies below it."""
    return "" if code is None else f"{_shown(code.co_filename)}:{line_number(code, offset)}"


def source_line(code: CodeType | None, offset: int) -> str:
    """The text of the source line of an instruction, stripped."""
    return "" if code is None else linecache.getline(code.co_filename, line_number(code, offset)).strip()


@lru_cache(maxsize=512)
def _shown(path: str) -> str:
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return path
    return path if relative.startswith("..") else relative


_FOREIGN: dict[str, bool] = {}  # what `is_foreign` has answered


def is_foreign(path: str) -> bool:
    """Whether a code object's file is the user's rather than ours, NumPy's or generated."""
    known = _FOREIGN.get(path)
    if known is None:
        known = _FOREIGN[path] = _is_foreign(path)
    return known


def _is_foreign(path: str) -> bool:
    return not (path.startswith((_OURS, "<rule", "<frozen")) or f"{os.sep}numpy{os.sep}" in path)


def user_frame(start: int = 1) -> FrameType | None:
    """The innermost frame of the user's code above the caller."""
    frame: FrameType | None = sys._getframe(start)  # noqa: SLF001 - the only way to the caller's line
    while frame is not None:
        path = frame.f_code.co_filename
        if _FOREIGN[path] if path in _FOREIGN else is_foreign(path):
            return frame
        frame = frame.f_back
    return None


def here() -> str:
    """``path:line`` of the user's code that is running, not of a library it calls."""
    frame = _running(user_frame(2))
    return "" if frame is None else path_line(frame.f_code, frame.f_lasti)


def expression() -> str:
    """The source of what the user's code is evaluating, such as ``np.ma.array(x)``; empty where it is not known."""
    frame = _running(user_frame(2))
    return "" if frame is None else spelled_at(frame.f_code, frame.f_lasti)


def spelled_at(code: CodeType, offset: int) -> str:
    """The source text that the instruction at byte `offset` evaluates, shortened; empty where it is not known."""
    first, last, start, end = list(code.co_positions())[offset // 2]
    if first is None or last is None or start is None or end is None:
        return ""
    lines = [linecache.getline(code.co_filename, number).encode() for number in range(first, last + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    text = " ".join(line.decode(errors="replace").strip() for line in lines)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _running(innermost: FrameType | None) -> FrameType | None:
    """The frame of the user's own code, at or above `innermost`, which may be in a library."""
    frame = innermost
    # Beyond the frame that records there is whoever called us, and nothing of the function's own.
    while frame is not None and frame.f_code.co_filename != _RECORDING and _is_not_users(frame.f_code.co_filename):
        frame = frame.f_back
    return innermost if frame is None or frame.f_code.co_filename == _RECORDING else frame


def _is_not_users(path: str) -> bool:
    return not is_foreign(path) or _is_library(path)


def _is_library(path: str) -> bool:
    return "site-packages" in path or path.startswith(_STANDARD)


def is_written_by_caller() -> bool:
    """Whether the user's line that is running is an assignment ``a[...] = ...``, which asks a value for its number."""
    frame = user_frame(2)
    return frame is not None and frame.f_code.co_code[frame.f_lasti] == _STORE
