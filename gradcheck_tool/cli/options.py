"""The options several commands share, each with its ``GRADCHECK_*`` variable; help texts are written by hand."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

import click

from gradcheck_tool.settings import METHODS, ON_REQUEST, Settings

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*names: str, variable: str | None = None, **kwargs: Any) -> Decorator:
    """One option; `variable` is the short name of its environment variable."""
    envvar = f"GRADCHECK_{variable}" if variable else None
    return click.option(*names, envvar=envvar, **kwargs)


AT = option("--at", default=None, metavar="JSON|@FILE", variable="AT")
SEED = option("--seed", type=click.IntRange(min=0), default=Settings.seed, variable="SEED")
FORMAT = option(
    "--format",
    "--output-format",
    "form",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    variable="FORMAT",
)
COLOR = option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", variable="COLOR")


def methods(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Read ``--against``: names between commas; an unknown one is refused with the nearest known one."""
    if value is None:
        return METHODS
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    for name in names:
        if name not in (*METHODS, *ON_REQUEST):
            near = difflib.get_close_matches(name, (*METHODS, *ON_REQUEST), n=1, cutoff=0.4)
            advice = f"did you mean {near[0]}?" if near else f"it knows {', '.join((*METHODS, *ON_REQUEST))}"
            raise click.BadParameter(f"there is no method {name!r}; {advice}", context, parameter)
    if not names:
        raise click.BadParameter(
            f"no method is named; it knows {', '.join((*METHODS, *ON_REQUEST))}", context, parameter
        )
    return names


def positive(context: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    """A number above zero and below infinity, or nothing."""
    if value is not None and not 0 < value < float("inf"):
        raise click.BadParameter(f"{value} is not a positive number", context, parameter)
    return value


def size(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """A number of bytes, written ``500M`` or ``2G``; a bare number counts MiB."""
    if value is None:
        return None
    digits, unit = (value, "M") if value[-1:].isdigit() else (value[:-1], value[-1:].upper())
    try:
        amount = float(digits) * _UNITS[unit]
    except (ValueError, KeyError):
        amount = 0.0
    if not 1 <= amount < float("inf"):
        raise click.BadParameter(f"{value} is not a size such as 500M or 2G", context, parameter)
    return int(amount)


_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
MAX_MEMORY = option("--max-memory", default=None, metavar="SIZE", callback=size, variable="MAX_MEMORY")
