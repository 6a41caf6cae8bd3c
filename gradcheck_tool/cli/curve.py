"""``gradcheck curve TARGET``: how the error of differences depends on the step."""

from __future__ import annotations

from typing import Any

import click

from gradcheck_tool.cli.answer import Answer, answer
from gradcheck_tool.cli.buffers import prepare_memory
from gradcheck_tool.cli.options import AT, COLOR, FORMAT, MAX_MEMORY, SEED, option, positive
from gradcheck_tool.settings import Settings


@click.command(add_help_option=False)
@click.argument("target")
@AT
@option("--step", type=float, default=None, callback=positive, variable="STEP")
@option("--entry", default=None, variable="ENTRY")
@SEED
@MAX_MEMORY
@FORMAT
@COLOR
def command(target: str, *, form: str, color: str, **chosen: Any) -> int:
    """Draw the curve and return the exit code."""
    settings = Settings(**chosen)

    def work() -> Answer:
        from gradcheck_tool import checking  # noqa: PLC0415 - NumPy and the engine load when the work starts

        prepare_memory(settings.max_memory)

        return Answer.of_curve(checking.curve(target, settings), settings)

    return answer(work, form=form, color=color, targets=(target,), settings=settings)
