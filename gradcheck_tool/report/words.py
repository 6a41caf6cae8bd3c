"""The user's strings made safe to print, and sentences wrapped at words under their own column."""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.text import Text

from gradcheck_tool.report.glyphs import STYLES

# C0 and C1 controls but not tab and newline, and every mark that turns the writing direction.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """A user's string without control characters, direction marks and tabs: it cannot repaint the terminal."""
    return _LONE_SURROGATES.sub("?", _CONTROLS.sub("", text.replace("\r\n", "\n").expandtabs(4)))


def one_line(text: str) -> str:
    """A cleaned string on one line."""
    return " ".join(clean(text).split("\n"))


def pad(text: str, width: int) -> str:
    """Pad to `width` terminal cells (a CJK name is two cells per letter)."""
    return text + " " * max(0, width - cell_len(text))


def pad_left(text: str, width: int) -> str:
    """Pad on the left to `width` terminal cells."""
    return " " * max(0, width - cell_len(text)) + text


def line(*parts: str | tuple[str, str]) -> Text:
    """Join plain strings and (string, style name) pairs to one line."""
    styled = [(part, "") if isinstance(part, str) else (part[0], STYLES[part[1]]) for part in parts]
    return Text.assemble(*styled, no_wrap=True, overflow="ignore", end="\n")


def wrap(text: str, width: int) -> list[str]:
    """Break a cleaned text at spaces so that each line has at most `width` cells; words are never broken.

    Lines that fit stay exactly as they are, runs of spaces included.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        if cell_len(paragraph) <= width:
            lines.append(paragraph)
            continue
        current = ""
        for gap, word in _unbreakable(paragraph, width):
            if current and cell_len(current) + len(gap) + cell_len(word) > width:
                lines.append(current)
                current = word
            else:
                current += (gap if current else "") + word
        lines.append(current)
    return lines


def hanging(first: Text, text: str, width: int, style: str = "plain") -> list[Text]:
    """Put `text` after `first`, its further lines under its own column."""
    indent = cell_len(first.plain)
    pieces = wrap(text, max(20, width - indent))
    lines = [line() for _ in pieces]
    for position, piece in enumerate(pieces):
        lines[position].append_text(first if position == 0 else Text(" " * indent))
        lines[position].append(piece, STYLES[style])
    return lines


def _unbreakable(text: str, width: int) -> list[tuple[str, str]]:
    """The words of a text, each with the gap before it.

    One word is: what stands in quotes, a number with its unit (``43 %``), and the user's code,
    which sentences set off by two spaces on either side (``the derivative of  x ** 2  in f.py:3``).
    """
    words: list[tuple[str, str]] = []
    for position, chunk in enumerate(re.split(r"\s{2,}", text)):
        if position % 2 and cell_len(chunk) <= width:
            pieces = [chunk]
        else:
            pieces = re.findall(r"(?<!\S)'[^']*'\S*|±\s\S+|\S+\s%\S*|\S+", chunk)
        words.extend(("  " if place == 0 and position else " ", piece) for place, piece in enumerate(pieces))
    return words
