"""A `Report` as lines for a terminal, a pipe or a CI log: the same words on every device."""

from __future__ import annotations

from rich.text import Text

from gradcheck_tool.report.blocks import block, brief_block, joined
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.order import by_target
from gradcheck_tool.report.proof_view import proof_lines
from gradcheck_tool.report.record import Report, Result
from gradcheck_tool.report.summary import count_line, quiet_lines, target_list
from gradcheck_tool.report.verbose import everything

IN_FULL = frozenset({"wrong", "error"})


def render(report: Report, *, verbosity: int = 0, width: int = 80, unicode: bool = True) -> list[Text]:
    """Lay a report out as lines of at most `width` cells.

    Only commands, paths and the user's own source may run over the edge: cut, they are useless.
    Print each line with ``soft_wrap=True`` on a console without markup, emoji and highlighting.

    Parameters
    ----------
    report
        What to tell; the same report always gives the same lines.
    verbosity
        -1: one greppable line per failing target. 0: the usual. 1: every entry and method.
    width
        Cells per line; below 72 the layouts stack instead of standing side by side.
    unicode
        Whether the device can show the glyphs; otherwise their ASCII twins.
    """
    look = Look(width, unicode, verbosity)
    if verbosity < 0:
        return quiet_lines(report)
    groups = by_target(report)
    alone = len(groups) == 1
    parts = [part for group in groups for part in _blocks(group, look, alone=alone)]
    proven = [result for group in groups for result in group[:1] if result.proofs]
    parts += [proof_lines(result, look) for result in proven]
    if alone and (not groups[0][0].target or (groups[0][0].verdict == "agree" and verbosity < 1)):
        return joined(parts)  # success is one line, and where nothing was checked nothing is counted
    if not alone and groups:
        parts.append(target_list(report, look))
    return joined([*parts, count_line(report, look)])


def _blocks(group: list[Result], look: Look, *, alone: bool) -> list[list[Text]]:
    """The blocks of one target: its worst point in full, with -v every point."""
    worst = group[0]
    same = sum(result.verdict == worst.verdict for result in group)
    if look.verbosity > 0:
        return [joined([block(result, look), everything(result, look)]) for result in group]
    if alone or worst.verdict in IN_FULL:
        return [block(worst, look, (same, len(group)))]
    return [] if worst.verdict == "agree" else [brief_block(worst, look)]
