"""What a screen is asked before anything is printed on it."""

# ruff: noqa: S603 - the processes started here are the command itself
import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from gradcheck_tool.cli.prints import user_prints_aside
from gradcheck_tool.cli.screen import can_say_glyphs, wants_colour, width_of


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "answer"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour(choice, environment, terminal, answer):
    """--color, NO_COLOR, FORCE_COLOR, TERM=dumb, the stream: the first that speaks decides."""
    assert wants_colour(choice, environment, terminal=terminal) is answer


def test_width_is_eighty_unless_told():
    """COLUMNS wins; nonsense in it is ignored."""
    stream = io.StringIO()
    assert width_of(stream, {}, terminal=False) == 80
    assert width_of(stream, {"COLUMNS": "100"}, terminal=False) == 100
    assert width_of(stream, {"COLUMNS": "wide"}, terminal=False) == 80
    assert width_of(stream, {"COLUMNS": "0"}, terminal=False) == 80


def test_glyphs_need_an_encoding_that_has_them():
    """UTF-8 has them, Latin-1 and ASCII have not."""
    for encoding, able in (("utf-8", True), ("latin-1", False), ("ascii", False)):
        assert can_say_glyphs(io.TextIOWrapper(io.BytesIO(), encoding=encoding), {}) is able


def test_prints_are_kept_out_of_a_replaced_stdout(monkeypatch):
    """Where a test or a notebook has replaced sys.stdout, user prints do not land in it either."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with user_prints_aside():
        print("from the user's code")  # noqa: T201 - stands for a user's print
    assert stream.getvalue() == ""
    assert sys.stdout is stream


@pytest.mark.parametrize(
    ("environment", "shown"), [({}, True), ({"CI": "1"}, False), ({"TERM": "dumb"}, False)], ids=str
)
def test_progress_is_for_people(environment, shown):
    """On a terminal one line tells what is checked and is gone afterwards; never in a CI log."""
    master, slave = pty.openpty()
    stand_in = Path(__file__).parent / "stand_in.py"
    kept = {key: value for key, value in os.environ.items() if key != "CI"}
    with subprocess.Popen(
        [sys.executable, str(stand_in), "agree"],
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**kept, "TERM": "xterm", **environment},
    ) as process:
        out = process.communicate(timeout=60)[0]
    os.close(slave)
    os.set_blocking(master, False)
    try:
        told = os.read(master, 4096).decode()
    except (BlockingIOError, OSError):
        told = ""
    os.close(master)
    assert ("checking agree" in told) is shown
    assert told.endswith("\x1b[2K") or not shown
    assert b"checking" not in out
