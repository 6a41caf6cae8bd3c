"""The command line that repeats exactly one check."""

from __future__ import annotations

import shlex

from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Subject, again


def command(subject: Subject, point: Point, settings: Settings, order: int) -> str:
    """What to type to see this result again; options that stand at their default are left out."""
    given = settings.at is not None and settings.at.startswith("@")
    return typed(subject.target, settings.at if given else again(point, subject), settings, order)


def typed(target: str, at: str | None, settings: Settings, order: int) -> str:
    """The same for a target that could not be checked: only what was typed is known."""
    options = (
        ("--at", shlex.quote(at or ""), at is not None),
        ("--order", "2", order == 2),
        ("--grad", shlex.quote(settings.grad or ""), settings.grad),
        ("--hess", shlex.quote(settings.hess or ""), settings.hess),
        ("--returns", settings.returns, settings.returns != Settings.returns),
        ("--prove", "", settings.prove),
        ("--full", "", settings.full),
        ("--max-evals", str(settings.max_evals), settings.max_evals is not None),
        ("--rtol", f"{settings.rtol:g}", settings.rtol != Settings.rtol),
    )
    words = [f"{name} {value}".rstrip() for name, value, wanted in options if wanted]
    return " ".join(["gradcheck", shlex.quote(target), *words])
