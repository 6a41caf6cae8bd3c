"""Which entry, which finding and which target comes first: worst before bad."""

from __future__ import annotations

import math

from gradcheck_tool.judgement.record import Entry, Finding, relative_gap
from gradcheck_tool.report.record import Report, Result

OUTCOMES = ("wrong", "error", "cannot-tell", "kink", "agree")
# Which family of codes explains which verdict.
EXPLAINS = {"wrong": "GC1", "kink": "GC2", "cannot-tell": "GC2", "agree": "GC2", "error": "GC"}
UNSTABLE = "GC210"
SLIGHT = "GC110"
# Said already by the rows of the methods that declined.
DECLINED_CODES = frozenset({"GC301", "GC302", "GC303", "GC304", "GC305", "GC306"})
# Remarks that take nothing from an agreement.
NOTES = frozenset({"GC214", "GC215", "GC216", "GC392"})


def worst_first(entries: tuple[Entry, ...]) -> list[Entry]:
    """Nan and infinities first, then the largest relative gap, then the largest gap."""
    return sorted(entries, key=_badness, reverse=True)


def _badness(entry: Entry) -> tuple[float, float]:
    share = relative_gap(entry.yours, entry.reference)
    gap = abs(entry.yours - entry.reference)
    return (math.inf if math.isnan(share) else share, math.inf if math.isnan(gap) else gap)


def accused(result: Result) -> list[Entry]:
    """The entries that carry the verdict, worst first; every entry where none carries it alone."""
    chosen = tuple(entry for entry in result.entries if entry.verdict == result.verdict)
    return worst_first(chosen or result.entries)


def telling(result: Result) -> list[Finding]:
    """The findings that tell more than the rows of the methods that declined, and than notes on an agreement."""
    silent = DECLINED_CODES | NOTES if result.verdict == "agree" else DECLINED_CODES
    return [finding for finding in result.findings if finding.code not in silent]


def main_finding(result: Result) -> Finding | None:
    """The finding that explains the verdict: of the fitting family of codes if there is one, else the first."""
    told = telling(result)
    fitting = [finding for finding in told if finding.code.startswith(EXPLAINS[result.verdict])]
    return next(iter([*fitting, *told, *(result.findings if result.verdict != "agree" else ())]), None)


def shown_entry(result: Result, finding: Finding | None) -> Entry | None:
    """The entry whose evidence is printed: the worst one, or for a doubt the one its finding names."""
    candidates = accused(result)
    if finding is not None and finding.entry and result.verdict != "wrong":
        named = [entry for entry in candidates if entry.name == finding.entry]
        return next(iter([*named, *candidates]), None)
    return next(iter(candidates), None)


def is_unstable(result: Result) -> bool:
    """Whether the derivative agrees as a formula and loses its digits to rounding."""
    return result.verdict == "agree" and any(finding.code == UNSTABLE for finding in result.findings)


def is_slight(result: Result) -> bool:
    """Whether the derivative is another formula that differs by less than the tolerance."""
    return any(finding.code == SLIGHT for finding in result.findings)


def by_target(report: Report) -> list[list[Result]]:
    """The results of each target and order together, worst point first, in the order the targets were given."""
    groups: dict[tuple[str, str, int], list[Result]] = {}
    for result in report.results:
        groups.setdefault((result.target, result.name, result.order), []).append(result)
    return [sorted(group, key=_severity) for group in groups.values()]


def ranked(groups: list[list[Result]]) -> list[list[Result]]:
    """Targets for the list: wrong, error, cannot tell, kink, agree unstable, agree; inside as given."""
    return sorted(groups, key=lambda group: _severity(group[0]))


def _severity(result: Result) -> tuple[int, bool]:
    return OUTCOMES.index(result.verdict), not is_unstable(result)
