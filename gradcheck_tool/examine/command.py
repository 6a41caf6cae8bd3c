"""The command line that repeats exactly one check."""

from __future__ import annotations

import shlex

from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Subject, again


def command(subject: Subject, point: Point, settings: Settings, order: int) -> str:
    """What to type to see this result again; options that stand at their default are left out."""
    given = settings.at is not None and settings.at.startswith("@")
    at = settings.at if given and settings.at is not None else again(point, subject)
    options = (
        ("--at", shlex.quote(at), True),
        ("--order", "2", order == 2),
        ("--grad", shlex.quote(settings.grad or ""), settings.grad),
        ("--hess", shlex.quote(settings.hess or ""), settings.hess),
        ("--returns", settings.returns, settings.returns != Settings.returns),
        ("--rtol", f"{settings.rtol:g}", settings.rtol != Settings.rtol),
    )
    words = [f"{name} {value}" for name, value, wanted in options if wanted]
    return " ".join(["gradcheck", shlex.quote(subject.target), *words])
