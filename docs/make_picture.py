"""The picture on the first page, from a real run: ``python docs/make_picture.py`` writes mismatch.svg."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from gradcheck_tool.checking import run
from gradcheck_tool.report.terminal import render
from gradcheck_tool.settings import Settings

DOCS = Path(__file__).resolve().parent
TARGET = "sample_models/wrong/inner_derivative.py:waves"
FETCHED = re.compile(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", re.DOTALL)  # fonts would come from a server
# White paper, dark ink: readable on light and dark pages.
PAPER = TerminalTheme(
    (255, 255, 255),
    (40, 40, 40),
    [(40, 40, 40), (180, 0, 0), (0, 110, 0), (130, 90, 0), (0, 60, 160), (120, 0, 120), (0, 100, 110), (110, 110, 110)],
    [(90, 90, 90), (180, 0, 0), (0, 110, 0), (130, 90, 0), (0, 60, 160), (120, 0, 120), (0, 100, 110), (40, 40, 40)],
)


def picture() -> str:
    """The report of a wrong gradient as an SVG that loads nothing from anywhere."""
    with contextlib.chdir(DOCS.parent):
        lines = render(run((TARGET,), Settings()))
    width = max(line.cell_len for line in lines) + 1
    console = Console(
        record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    svg = console.export_svg(title=f"gradcheck {TARGET}", theme=PAPER, unique_id="gradcheck")
    return FETCHED.sub("", svg)


if __name__ == "__main__":
    (DOCS / "mismatch.svg").write_text(picture(), encoding="utf-8")
