"""The pages that follow from the code, among them primitives.md and supported.md: ``python docs/generate.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Linear
from gradcheck_tool.calculus.tables.special import WORDS
from gradcheck_tool.cli.texts import HELP, MAIN
from gradcheck_tool.report.codes import CODES, FAMILIES

DOCS = Path(__file__).resolve().parent
sys.path.append(str(DOCS))
MADE = "<!-- Written by docs/generate.py from the code; change it there. -->\n"
MODULES = {"operator": "operator.", "numpy": "np.", "math": "math.", "scipy.special": "scipy.special.", "builtins": ""}


def primitives() -> Iterator[str]:
    """The rules of differentiation, one row each."""
    yield from (
        "# Primitives\n",
        MADE,
        "What the tool can differentiate, and how. Everything else in NumPy that it follows is made of these.\n",
        "## Elementwise\n",
        "`y` is the result. A kink is where the expression is zero: there the derivative jumps. A partial `-` is",
        "not known and refused by name. Words such as `sech2` (1/cosh²) and `gaussian` (exp(-x²)) are there because",
        "they stay accurate where the textbook formula loses all digits; `calculus/tables/special.py` defines them.\n",
        "| name | written as | value | partials | kink |",
        "|---|---|---|---|---|",
    )
    for row in ROWS:
        if isinstance(row, Elementwise) and row not in WORDS:
            cells = (row.name, spelled(row), code(row.value), "<br>".join(map(code, row.partials)), code(row.kink))
            yield "| " + " | ".join(cells) + " |"
    yield from (
        "\n## Moving, repeating and summing entries\n",
        "Each is its own derivative in forward mode; in reverse mode its transpose is another row of this list.\n",
        ", ".join(code(row.name) for row in ROWS if isinstance(row, Linear)) + ".\n",
        "## Contractions, assembling and linear algebra\n",
        "Rules of their own: matrix products and other contractions, arrays put together from entries, solutions.\n",
        ", ".join(code(row.name) for row in ROWS if not isinstance(row, Elementwise | Linear)) + ".",
    )


def spelled(row: Elementwise) -> str:
    """Where users write an operation, in the short names they use."""
    words = []
    for spelling in row.spellings:
        module, _, name = spelling.rpartition(".")
        words.append(code(MODULES[module] + name))
    return ", ".join(dict.fromkeys(words))


def code(text: str) -> str:
    """A piece of code in a cell of a table."""
    return f"`{text.replace('|', chr(92) + '|')}`" if text else ""


def command_pages() -> Iterator[str]:
    """The help texts as they are printed."""
    yield from ("# Commands\n", MADE, f"```text\n{MAIN}```")
    for name, text in HELP.items():
        yield f"\n## gradcheck {name}\n\n```text\n{text}```"


def codes() -> Iterator[str]:
    """Every code with its meaning and its repair."""
    yield from ("# Codes\n", MADE, "`gradcheck explain CODE` prints the same on the terminal.")
    for family, heading in FAMILIES.items():
        yield f"\n## {family}xx: {heading}"
        for row in CODES.values():
            if row.code.startswith(family):
                yield f"\n### {row.code} {row.kind}\n\n{row.meaning}\n\nRepair: {row.repair}"


def supported() -> Iterator[str]:
    """Every function by name, how it is followed and in which modes."""
    from supported_page import supported as lines  # noqa: PLC0415 - beside this script, needed for one page

    yield from lines()


PAGES = {"primitives.md": primitives, "commands.md": command_pages, "codes.md": codes, "supported.md": supported}


def page(name: str) -> str:
    """One generated page as text."""
    return "\n".join(PAGES[name]()) + "\n"


if __name__ == "__main__":
    for name in PAGES:
        (DOCS / name).write_text(page(name), encoding="utf-8")
