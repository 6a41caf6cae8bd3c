"""One line on stderr that says which target is being checked, only where a person watches."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator

from gradcheck_tool.cli.screen import is_terminal
from gradcheck_tool.report.words import one_line

CLEAR = "\r\x1b[2K"


@contextlib.contextmanager
def progress_line() -> Iterator[Callable[[str], None] | None]:
    """Give a function that shows a text in place; None where stderr is no terminal or a CI log."""
    stream = sys.stderr
    if not is_terminal(stream) or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        yield None
        return

    def show(text: str) -> None:
        stream.write(f"{CLEAR}{one_line(text)[:78]}")
        stream.flush()

    try:
        yield show
    finally:
        stream.write(CLEAR)
        stream.flush()
