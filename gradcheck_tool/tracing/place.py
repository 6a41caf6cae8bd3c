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


@lru_cache(maxsize=4096)
def is_foreign(path: str) -> bool:
    """Whether a code object's file is the user's rather than ours, NumPy's or generated."""
    return not (path.startswith((_OURS, "<rule", "<frozen")) or f"{os.sep}numpy{os.sep}" in path)


def user_frame(start: int = 1) -> FrameType | None:
    """The innermost frame of the user's code above the caller."""
    frame: FrameType | None = sys._getframe(start)  # noqa: SLF001 - the only way to the caller's line
    while frame is not None and not is_foreign(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def here() -> str:
    """``path:line`` of the user's code that is running, not of a library it calls."""
    innermost = frame = user_frame(2)
    # Beyond the frame that records there is whoever called us, and nothing of the function's own.
    while frame is not None and frame.f_code.co_filename != _RECORDING and _is_not_users(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None or frame.f_code.co_filename == _RECORDING:
        frame = innermost
    return "" if frame is None else path_line(frame.f_code, frame.f_lasti)


def _is_not_users(path: str) -> bool:
    return not is_foreign(path) or _is_library(path)


def _is_library(path: str) -> bool:
    return "site-packages" in path or path.startswith(_STANDARD)


def is_written_by_caller() -> bool:
    """Whether the user's line that is running is an assignment ``a[...] = ...``, which asks a value for its number."""
    frame = user_frame(2)
    return frame is not None and frame.f_code.co_code[frame.f_lasti] == _STORE
