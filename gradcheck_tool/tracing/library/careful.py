"""Entries that stumble: whose fault it is decides what the user is told."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.library.aside import plain
from gradcheck_tool.tracing.library.naming import refused
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.watched import calls_back
from gradcheck_tool.tracing.recorder import Recorder

Entry = Callable[..., Any]
_STUMBLES = (TypeError, ValueError, IndexError, AttributeError, ArithmeticError, KeyError)
_OURS = str(Path(__file__).resolve().parents[2]) + os.sep


def careful(entries: dict[str, Entry]) -> dict[str, Entry]:
    """The entries, each refusing its function by name where it cannot handle the arguments.

    What the library itself or the user's function raises is raised as it is.
    """
    return {name: _careful(name, entry) for name, entry in entries.items()}


def _careful(name: str, entry: Entry) -> Entry:
    @functools.wraps(entry)
    def asking(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
        try:
            return entry(recorder, *args, **keywords)
        except CannotFollow as refusal:
            if recorder.depth and name not in refusal.sentence:
                raise refused(f"{name} inside an inner derivative") from refusal
            raise
        except _STUMBLES as error:
            if _is_ours(error.__traceback__):
                _asked(name, args, keywords)
                raise refused(name) from error
            raise

    return asking


def _asked(name: str, args: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    """Let the library judge the arguments first: what it raises is what the user's plain call raises."""
    if calls_back((*args, *keywords.values())):
        return
    try:
        function = original(name)
    except (ImportError, AttributeError):
        return  # a method, whose object has been asked by the entry
    function(*plain(args), **plain(keywords))


def _is_ours(trace: TracebackType | None) -> bool:
    """Whether it was our own code, or NumPy's under it, that raised."""
    found = True
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if f"{os.sep}numpy{os.sep}" not in file and not file.startswith("<"):
            found = file.startswith(_OURS)
        trace = trace.tb_next
    return found
