"""What is worth telling about the entries of one derivative and about the methods that judged it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from gradcheck_tool.diagnosis.points import Story
from gradcheck_tool.judgement.case import Case
from gradcheck_tool.judgement.codes import DECLINED, finding
from gradcheck_tool.judgement.compare import Judged
from gradcheck_tool.judgement.diagnose import Pattern, pattern
from gradcheck_tool.judgement.evidence import SHOWN, Evidence, Reading, larger, plain_zeros
from gradcheck_tool.judgement.record import Entry, Finding, relative_gap
from gradcheck_tool.judgement.rounded import lost_digits
from gradcheck_tool.judgement.sentences import METHOD_NAMES, agreement, block_of, digits_of, kink_place, percent
from gradcheck_tool.judgement.witnesses import who

ONLY_EXACT = "exact arithmetic tells yours from the derivative; for the other methods both are the same"
FLAT_HERE = "interpolate or iterate on to make f smooth; the derivative of the code as it stands is 0"
FEW = 20  # wrong entries without a common pattern that are looked at one by one

Rows = tuple[tuple[str, str], ...]


def about_entries(case: Case, judged: tuple[Judged, ...]) -> tuple[Finding, ...]:
    """One finding per code (per branch for kinks), the gravest first; `judged` comes worst first."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for each in judged:
        branch = each.evidence.kinks[0].where if each.code == "GC201" and each.evidence.kinks else ""
        groups.setdefault((each.code, branch), []).append(each)
    found: list[Finding] = []
    for (code, _), group in groups.items():
        if code == "GC100":
            found += _mistakes(case, group, judged)
        elif code:
            found.append(_about(case, code, group, judged))
    return tuple(found)


def _about(case: Case, code: str, group: list[Judged], judged: tuple[Judged, ...]) -> Finding:
    worst = group[0].entry
    if code == "GC201":
        return _kink(case, group, judged)
    where, told = case.where, _message(case, code, group)
    rows: Rows = ()
    if code == "GC205":
        guard = group[0].evidence.kinks[0]
        where, rows = guard.where, (("branch", f"{guard.where}  {guard.source}"),)
    noisy = group[0].evidence.remark("noisy")
    if code == "GC204" and noisy is not None:
        rows = (("noise", noisy.sentence),)
    if code == "GC210" and worst.verdict == "agree":
        rows = lost_digits(case, group)
        where = next((text.partition("  ")[0] for key, text in rows if key == "line"), where)
    if code == "GC110":
        rows = ("who", ONLY_EXACT), *_beside(case, worst)
        return finding(code, told, where=where, entry=worst.name, data=rows)
    if code == "GC109":
        rows = _beside(case, worst)
    if worst.verdict == "cannot-tell":
        rows = _limits(case, group[0])
    remedy = FLAT_HERE if code == "GC202" and group[0].evidence.remark("staircase") else ""
    return finding(
        code, told, where=where, entry=worst.name, remedy=remedy, data=(*rows, ("who", who(worst, case.label)))
    )


def _message(case: Case, code: str, group: list[Judged]) -> str:
    worst = group[0].entry
    name = worst.name if len(group) == 1 else f"{worst.name} and {len(group) - 1} more"
    if code == "GC205":
        follower = "AD" if worst.verdict == "agree" else case.label
        branch = group[0].evidence.kinks[0].where
        return (
            f"{name}: {follower} follows the branch at {branch}; the slope on both sides of it is {worst.reference:.6g}"
        )
    if code == "GC210" and worst.verdict == "agree":
        return f"{case.yours_name} is the right formula, badly rounded in {name}"
    if code == "GC110":
        return f"{name}: another formula than the derivative, {percent(relative_gap(worst.yours, worst.reference))} off"
    if code == "GC390":
        return f"{name}: AD and the other readers of the same recording differ"
    if code == "GC391":
        return f"{name}: what reads the recording differs from what the code does"
    return f"{name}: {worst.reason}"


def _mistakes(case: Case, group: list[Judged], judged: tuple[Judged, ...]) -> list[Finding]:
    """Wrong entries of a hand-written derivative: one pattern for all of them, else one per entry that has one."""
    if case.stories is not None:
        return _explained(case, case.stories, group)
    found = _pattern(case, group, judged)
    if found is not None or len(group) == 1:
        return [_told(case, found, group)]
    stories: dict[str, tuple[Pattern | None, list[Judged]]] = {}
    for each in group[:FEW]:
        alone = _pattern(case, [each], judged)
        stories.setdefault(alone.equation if alone else "", (alone, []))[1].append(each)
    stories.setdefault("", (None, []))[1].extend(group[FEW:])
    return [_told(case, story, entries) for story, entries in stories.values() if entries]


def _beside(case: Case, worst: Entry) -> Rows:
    """The story about an entry whose code is known without it, where there is one."""
    stories = (each for each in case.stories or () if each.kind != "repair" and each.explained[worst.row, worst.column])
    return tuple(("pattern", story.line) for story in stories)[:1]


def _explained(case: Case, stories: tuple[Story, ...], group: list[Judged]) -> list[Finding]:
    """One finding per story with the entries it explains, and one about the rest; a repair goes with the first."""
    told: list[Finding] = []
    rest = group
    for story in stories:
        if story.kind == "repair":
            continue
        mine = [each for each in rest if story.explained[each.entry.row, each.entry.column]]
        rest = [each for each in rest if not story.explained[each.entry.row, each.entry.column]]
        if mine:
            told.append(_story(case, story, mine))
    found = [*told, *([_told(case, None, rest)] if rest else [])]
    repair = next((story for story in stories if story.kind == "repair"), None)
    return found if repair is None else [_repairable(found[0], repair), *found[1:]]


def _repairable(found: Finding, repair: Story) -> Finding:
    """A finding with the edit that makes yours equal; where there is no other story it is the story."""
    row = ("repair", repair.line)
    if found.code != "GC100":
        return replace(found, data=(*found.data, row))
    data = tuple((key, text) for key, text in found.data if key != "pattern")
    return finding(repair.code, repair.line, where=repair.where or found.where, entry=found.entry, data=(*data, row))


def _story(case: Case, story: Story, group: list[Judged]) -> Finding:
    worst = group[0].entry
    block = block_of(case, [each.entry for each in group])
    message = f"yours is 0 in {block}" if story.kind == "zero" and block else story.line
    rows: Rows = (("who", who(worst, case.label)), ("pattern", story.line))
    if story.where:
        rows = (*rows, ("about", f"{story.where}: {story.sentence}" if story.sentence else story.where))
    return finding(story.code, message, where=case.where, entry=worst.name, data=rows)


def _pattern(case: Case, group: list[Judged], judged: tuple[Judged, ...]) -> Pattern | None:
    """What turns yours into the reference in all entries of `group`."""
    unlisted = plain_zeros(case)
    yours, right, bound = (np.where(unlisted, 0.0, math.nan) for _ in range(3))
    wrong = np.zeros(case.shape, dtype=bool)
    for each in judged:
        place = each.entry.row, each.entry.column
        yours[place], right[place], bound[place] = each.entry.yours, each.entry.reference, each.entry.bound
    for each in group:
        wrong[each.entry.row, each.entry.column] = True
    label = METHOD_NAMES[_held_against(group[0])]
    found = pattern(yours, right, bound, wrong=wrong, names=case.column_names, x=case.x, rtol=case.rtol, label=label)
    return None if found is None or found.free else found


def _told(case: Case, found: Pattern | None, group: list[Judged]) -> Finding:
    """The finding about wrong entries that share one pattern, or have none."""
    worst = group[0].entry
    witnesses = ("who", who(worst, case.label))
    if found is None:
        data: Rows = (witnesses, ("pattern", f"no simple pattern fits{_size(case, group)}"))
        told = f"{_count(group)}, no simple pattern fits"
        return finding("GC100", told, where=case.where, entry=worst.name, data=data)
    block = block_of(case, [each.entry for each in group])
    told = f"yours is 0 in {block}" if found.code == "GC105" and block else found.line
    return finding(found.code, told, where=case.where, entry=worst.name, data=(witnesses, ("pattern", found.line)))


def _size(case: Case, group: list[Judged]) -> str:
    """Where several points were looked at: how large the difference is that nothing simple explains."""
    if case.stories is None:
        return ""
    gaps = [relative_gap(each.entry.yours, each.entry.reference) for each in group]
    return f" at several points; the difference is up to {percent(max(gaps), 2)}"


def _count(group: list[Judged]) -> str:
    return f"{group[0].entry.name} is wrong" if len(group) == 1 else f"{len(group)} entries are wrong"


def _held_against(judged: Judged) -> str:
    """AD where it says the same as the reference: readers know it better than what may be more precise."""
    entry = judged.entry
    for method in ("reverse", "forward", "symbolic", "complex-step", "exact"):
        if method in entry.values and abs(entry.values[method] - entry.reference) <= 1e-9 * abs(entry.reference):
            return method
    return "differences"


def _kink(case: Case, group: list[Judged], judged: tuple[Judged, ...]) -> Finding:
    """Left slope, right slope, what yours and AD say, and how the rest fared."""
    worst, evidence = group[0].entry, group[0].evidence
    guard = next(iter(evidence.kinks), None)
    slopes = evidence.slopes
    rows: list[tuple[str, str]] = []
    if slopes is not None and slopes.known:
        rows.append(("left slope", f"{slopes.left!r} ± {slopes.left_bar:.1e}"))
        rows.append(("right slope", f"{slopes.right!r} ± {slopes.right_bar:.1e}"))
    if guard is not None:
        rows.append(("branch", f"{guard.where}  {guard.source}"))
    rest = [each.entry for each in judged if each.entry.verdict == "agree"]
    if rest:
        plural = "entry agrees" if len(rest) == 1 else f"{len(rest)} entries agree"
        rows.append(("rest", f"the other {plural} to {digits_of(rest)} digits"))
    message = f"{case.name} has no derivative {kink_place(case, group[0])}; {worst.reason}"
    return finding("GC201", message, where=guard.where if guard else case.where, entry=worst.name, data=tuple(rows))


def _limits(case: Case, judged: Judged) -> Rows:
    """What limits the accuracy, and what would have been seen all the same."""
    entry = judged.entry
    rows: list[tuple[str, str]] = []
    row = 0 if case.order == 2 else entry.row
    if case.noise is not None and judged.code in ("GC204", "GC211") and case.noise[row] > 0:
        rows.append(("noise", f"values of {case.name} carry an error of about {float(case.noise[row]):.1e}"))
    level = agreement(entry)
    if math.isfinite(level) and level > SHOWN:  # more is not seen by anything that ran the real code
        reach = abs(entry.yours - entry.reference) + entry.bound
        share = reach / larger(entry.yours, entry.reference)
        rows.append(("seen", f"an error above {reach:.1e} ({percent(share, 2)}) would have shown, a smaller one not"))
    return tuple(rows)


def about_methods(case: Case, judged: tuple[Judged, ...]) -> tuple[Finding, ...]:
    """Methods that contradict each other although they read the same recording, and methods without an answer."""
    found = [] if any(each.code == "GC390" for each in judged) else _contradictions(case, judged)
    seen: dict[tuple[str, str], Finding] = {}
    for declined in case.declined:
        if declined.instead:
            continue
        code = DECLINED.get(declined.method, "GC301")
        sentence = f"{METHOD_NAMES.get(declined.method, declined.method)} declined: {declined.reason}"
        told = finding(code, sentence, where=declined.where, remedy=declined.remedy)
        seen.setdefault((code, sentence), told)
    return (*found, *seen.values())


def _contradictions(case: Case, judged: tuple[Judged, ...]) -> list[Finding]:
    for each in judged:
        readings = {reading.method: reading for reading in each.evidence.readings}
        for first, second in (("forward", "reverse"), ("reverse", "symbolic"), ("forward", "symbolic")):
            if first in readings and second in readings and _apart(each.evidence, readings[first], readings[second]):
                names = "forward and reverse" if second == "reverse" else "AD and SymPy"
                return [
                    finding(
                        "GC390",
                        f"{names} differ in {each.entry.name}: our bug",
                        where=case.where,
                        entry=each.entry.name,
                    )
                ]
    return []


def _apart(evidence: Evidence, first: Reading, second: Reading) -> bool:
    """Whether two readers of one recording contradict each other beyond bounds, away from kinks."""
    if evidence.kinks or not (first.well_conditioned and second.well_conditioned):
        return False
    slack = 1e-9 * larger(first.value, second.value)
    return not first.consistent(second) and abs(first.value - second.value) > first.bar + second.bar + slack


def wrong_shape(case: Case) -> Finding:
    """Yours has another shape than the derivative: name both, and recognise its transpose."""
    given = case.yours
    shape = () if given is None else given.jacobian.shape
    rows, columns = case.shape
    if given is not None and shape == (columns, rows):
        for estimate in case.estimates.values():
            gap = np.abs(given.jacobian.T - estimate.jacobian)
            if bool(np.all(gap <= estimate.bound + case.rtol * np.abs(estimate.jacobian))):
                message = f"{case.yours_name} is transposed: it has shape {shape}, not {case.shape}"
                return finding("GC107", message, where=case.where)
    message = f"{case.yours_name} has shape {shape}, not {case.shape}"
    return finding("GC106", message, where=case.where)
