"""``gradcheck explain CODE``: what a code means and how to repair it."""

from __future__ import annotations

import click

from gradcheck_tool.cli.answer import Answer, answer
from gradcheck_tool.cli.options import COLOR
from gradcheck_tool.settings import Settings


@click.command(add_help_option=False)
@click.argument("code", required=False, default=None)
@COLOR
def command(code: str | None, *, color: str) -> int:
    """Explain one code, or list them all."""

    def work() -> Answer:
        from gradcheck_tool.report.explain import every_code, found_code, one_code  # noqa: PLC0415 - loaded when the work starts

        if code is None:
            return Answer.of_lines(lambda _look: every_code())
        row = found_code(code)
        return Answer.of_lines(lambda look: one_code(row, look))

    return answer(work, form="terminal", color=color, targets=(), settings=Settings())
