"""The terminal a report is printed on: its width, its colours and the letters it can show."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from gradcheck_tool.report.glyphs import UNICODE
from gradcheck_tool.report.look import Look

USUAL_WIDTH = 80
NARROWEST = 40
# Where these glyphs are two cells wide, the ASCII twins keep the columns straight.
WIDE_LANGUAGES = ("ja", "ko", "zh")


@dataclass(frozen=True, slots=True)
class Screen:
    """One stream to print lines on."""

    stream: TextIO
    look: Look
    coloured: bool

    @classmethod
    def of_stdout(cls, color: str = "auto") -> Screen:
        """The screen findings go to."""
        return cls._of(sys.stdout, color)

    @classmethod
    def of_stderr(cls, color: str = "auto") -> Screen:
        """The screen for what is not a finding."""
        return cls._of(sys.stderr, color)

    @classmethod
    def _of(cls, stream: TextIO, color: str) -> Screen:
        forgive(stream)
        terminal = is_terminal(stream)
        look = Look(width_of(stream, os.environ, terminal=terminal), can_say_glyphs(stream, os.environ))
        return cls(stream, look, wants_colour(color, os.environ, terminal=terminal))

    def show(self, lines: list[Text]) -> None:
        """Print lines as they are: nothing wrapped, cut or highlighted by the way."""
        console = Console(
            file=self.stream,
            width=self.look.width,
            color_system="standard" if self.coloured else None,
            force_terminal=self.coloured,
            no_color=False,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )
        for text in lines:
            if self.coloured:
                console.print(text, soft_wrap=True)
            else:
                write(text.plain, self.stream)
        self.stream.flush()


def write(text: str, stream: TextIO | None = None) -> None:
    """Write a text and a line's end to stdout, or to another stream."""
    target = sys.stdout if stream is None else stream
    forgive(target)
    target.write(f"{text}\n")
    target.flush()


def forgive(stream: TextIO) -> None:
    """Let a letter the encoding cannot say become a question mark instead of the end of the run."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        stream.reconfigure(errors="replace")  # type: ignore[attr-defined]  # a replaced stream may lack it: suppressed


def is_terminal(stream: TextIO) -> bool:
    """Whether a person is watching."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def wants_colour(choice: str, environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Decide on colour: ``--color``, then NO_COLOR, FORCE_COLOR, TERM=dumb, and at last the stream."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if any(environment.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return terminal and environment.get("TERM") != "dumb"


def width_of(stream: TextIO, environment: Mapping[str, str], *, terminal: bool) -> int:
    """COLUMNS, else the terminal's width, else 80."""
    wished = environment.get("COLUMNS", "")
    if wished.isdigit() and int(wished) > 0:
        return max(NARROWEST, int(wished))
    if terminal:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            return max(NARROWEST, os.get_terminal_size(stream.fileno()).columns or USUAL_WIDTH)
    return USUAL_WIDTH


def can_say_glyphs(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether the stream's encoding has the glyphs, and its language does not draw them two cells wide."""
    language = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
    if language.startswith(WIDE_LANGUAGES):
        return False
    try:
        UNICODE.letters.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
