"""From the words of a command line to an exit code: every way a run can end, in one place."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from gradcheck_tool.cli.prints import silence
from gradcheck_tool.cli.texts import HELP, MAIN, UNEXPECTED, VERSION
from gradcheck_tool.complaint import Complaint

COMMANDS = ("check", "curve", "trace", "explain")
COULD_NOT_CHECK, OUR_BUG, INTERRUPTED = 2, 3, 130


def run(words: Sequence[str]) -> int:
    """Find the command, run it, and turn every ending into an exit code."""
    try:
        return _dispatch(list(words))
    except (KeyboardInterrupt, click.Abort):
        print_error("interrupted")
        return INTERRUPTED
    except click.UsageError as reason:
        return _refused(reason, list(words))
    except BrokenPipeError:  # the reader of a help text has left
        silence(sys.stdout)
        return 0
    except Exception:  # noqa: BLE001 - the last door: whatever arrives here is a bug of ours and must exit 3, not 1
        print_error(UNEXPECTED)
        print_error(traceback.format_exc().rstrip())
        return OUR_BUG


def print_error(text: str) -> None:
    """One message on stderr, where findings never go."""
    click.echo(text, err=True)


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in ("--help", "-h"):
        click.echo(MAIN, nl=False)
        return 0 if words else COULD_NOT_CHECK
    if words[0] == "--version":
        click.echo(VERSION)
        return 0
    name, rest = (words[0], words[1:]) if words[0] in COMMANDS else ("check", words)
    if "--help" in rest or "-h" in rest:
        click.echo(HELP[name], nl=False)
        return 0
    command: click.Command = import_module(f"gradcheck_tool.cli.{name}").command
    code = command.main(rest, prog_name=f"gradcheck {name}", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _refused(reason: click.UsageError, words: list[str]) -> int:
    """A command line click cannot read: told like any other error, as JSON where JSON was asked for."""
    from gradcheck_tool.cli.answer import refuse  # noqa: PLC0415 - rich loads only when there is something to show

    name = words[0] if words and words[0] in COMMANDS else "check"
    sentence = reason.format_message().rstrip(".")
    complaint = Complaint(
        sentence[:1].lower() + sentence[1:] if sentence.startswith("No such") else sentence,
        code="GC906",
        kind="bad-option",
        remedy=f"gradcheck {name} --help lists the options",
    )
    return refuse(complaint, as_json=_wants_json(words))


def _wants_json(words: list[str]) -> bool:
    pairs = zip(words, [*words[1:], ""], strict=True)
    options = ("--format", "--output-format")
    return any(f"{option}=json" in words for option in options) or any(
        word in options and value == "json" for word, value in pairs
    )
