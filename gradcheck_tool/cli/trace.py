"""``gradcheck trace TARGET``: every operation with its value, tangent and adjoint."""

from __future__ import annotations

from typing import Any

import click

from gradcheck_tool.cli.answer import Answer, answer
from gradcheck_tool.cli.buffers import prepare_memory
from gradcheck_tool.cli.options import AT, COLOR, FORMAT, MAX_MEMORY, SEED, option
from gradcheck_tool.settings import Settings


@click.command(add_help_option=False)
@click.argument("target")
@AT
@option("--along", default=None, variable="ALONG")
@SEED
@MAX_MEMORY
@FORMAT
@COLOR
def command(target: str, *, form: str, color: str, **chosen: Any) -> int:
    """Print the ledger and return the exit code."""
    settings = Settings(**chosen)

    def work() -> Answer:
        from gradcheck_tool import checking  # noqa: PLC0415 - NumPy and the engine load when the work starts

        prepare_memory(settings.max_memory)

        return Answer.of_ledger(checking.ledger(target, settings))

    return answer(work, form=form, color=color, targets=(target,), settings=settings)
