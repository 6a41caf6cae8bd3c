"""``gradcheck check TARGET...``: whether a derivative is right."""

from __future__ import annotations

from typing import Any

import click

from gradcheck_tool.cli.answer import Answer, answer
from gradcheck_tool.cli.buffers import prepare_memory
from gradcheck_tool.cli.options import AT, COLOR, FORMAT, MAX_MEMORY, SEED, methods, option, positive
from gradcheck_tool.cli.progress import progress_line
from gradcheck_tool.settings import Settings


@click.command(add_help_option=False)
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@option("--grad", "--jac", "grad", default=None, variable="GRAD")
@option("--hess", default=None, variable="HESS")
@option("--returns", type=click.Choice(["value", "value-and-grad"]), default=Settings.returns, variable="RETURNS")
@option("--order", type=click.IntRange(1, 2), default=Settings.order, variable="ORDER")
@option("--against", default=None, callback=methods, variable="AGAINST")
@AT
@option("--points", type=click.IntRange(min=1), default=Settings.points, variable="POINTS")
@SEED
@option("--rtol", type=float, default=Settings.rtol, callback=positive, variable="RTOL")
@option("--strict/--no-strict", default=False, variable="STRICT")
@option("--full/--no-full", default=Settings.full, variable="FULL")
@option("--max-evals", type=click.IntRange(min=1), default=None, metavar="N", variable="MAX_EVALS")
@option("--prove/--no-prove", default=Settings.prove, variable="PROVE")
@MAX_MEMORY
@FORMAT
@click.option("--quiet/--no-quiet", "-q", "quiet", default=False)
@click.option("--verbose/--no-verbose", "-v", "verbose", default=False)
@COLOR
def command(targets: tuple[str, ...], *, form: str, quiet: bool, verbose: bool, color: str, **chosen: Any) -> int:
    """Check every target and return the exit code."""
    if quiet and verbose:
        raise click.UsageError("-q and -v contradict each other")
    settings = Settings(**chosen)
    verbosity = -1 if quiet else int(verbose)

    def work() -> Answer:
        from gradcheck_tool import checking  # noqa: PLC0415 - NumPy and the engine load when the work starts

        prepare_memory(settings.max_memory)

        with progress_line() as progress:
            return Answer.of_report(checking.run(targets, settings, progress), verbosity)

    return answer(work, form=form, color=color, targets=targets, settings=settings)
