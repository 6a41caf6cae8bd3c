"""The console blocks of the documentation: run, compared, and with ``python docs/console.py`` written anew.

A block is fenced as ``console``; a line ``$ command`` is followed by exactly what the command prints at 80
columns without colour. Durations are not compared.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DURATION = re.compile(r"\b\d+(\.\d+)? (ms|s|min)\b")


@contextmanager
def workplace() -> Iterator[Path]:
    """A temporary folder with a copy of the sample models, so that no command can touch the real ones."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "sample_models", Path(folder) / "sample_models")
        yield Path(folder)


def run(command: str, folder: Path) -> str:
    """What a command prints, errors included, with the `gradcheck` that belongs to this Python."""
    hidden = ("GRADCHECK_", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "LC_", "GITHUB_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(  # noqa: S603 - the commands of our own pages
        ["bash", "-c", command],  # noqa: S607 - the shell the pages are written for
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def commands(text: str) -> list[str]:
    """All commands of a page, in order."""
    return [
        line.removeprefix("$ ") for block in BLOCK.findall(text) for line in block.splitlines() if line.startswith("$ ")
    ]


def rewritten(text: str, folder: Path) -> str:
    """The page with every console block as its commands print it now."""

    def fresh(block: re.Match[str]) -> str:
        answers = [f"$ {command}\n{run(command, folder)}" for command in commands(block.group())]
        return "```console\n" + "\n".join(answer.rstrip("\n") + "\n" for answer in answers) + "```"

    return BLOCK.sub(fresh, text)


def settled(text: str) -> str:
    """The text with every duration replaced, so that two runs can be compared."""
    return DURATION.sub("TIME", text)


def main() -> None:
    """Write every page whose blocks have changed by more than durations."""
    with workplace() as folder:
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            fresh = rewritten(text, folder)
            if settled(fresh) != settled(text):
                page.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
