"""Prints how the tool judges the models, group by group: right, wrong and special cases, and the diagnosis.

    python tests/verdicts/measure.py [group ...] [--share K] [--methods all] [--list] [--save FILE]

`--share K` takes every K-th mutant only. `--list` prints what is not as it should be, one line each, with its reason.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from cases import Special, groups, models, special_names
from diagnosed import Diagnosis, diagnosis
from judged import QUICK, Said, judge_model, judge_special

from gradcheck_tool.examine import diagnosing
from gradcheck_tool.settings import METHODS

HEADER = (
    f"{'group':13s}{'right':>6}{'pass':>6}{'unsure':>7}{'ALARM':>6}{'wrong':>7}{'found%':>8}{'unsure':>7}{'MISSED':>7}"
    f"{'both%':>7}{'runs':>6}{'ms':>7}"
)


def _work(task: tuple[str, int, int, tuple[str, ...]]) -> list[Said]:
    return judge_model(*task)


def rows_of(chosen: Iterable[str], share: int, against: tuple[str, ...], workers: int) -> list[Said]:
    """Everything said about the models of these groups."""
    tasks = [(group, k, share, against) for group in chosen for k in range(len(models(group)))]
    if workers == 1:
        return [row for task in tasks for row in _work(task)]
    with multiprocessing.Pool(workers) as pool:
        return [row for rows in pool.imap(_work, tasks, chunksize=4) for row in rows]


def tally(rows: list[Said]) -> dict[str, float]:
    """The figures of a list of rows."""
    right = [row for row in rows if row.kind == "right"]
    wrong = [row for row in rows if row.kind != "right"]
    passed = {(row.group, row.label) for row in right if row.outcome == "passed"}
    count = Counter(row.outcome for row in rows)
    both = sum(row.outcome == "detected" and (row.group, row.label) in passed for row in wrong)
    return {
        "right": len(right), "passed": count["passed"], "unsure right": sum(r.outcome == "unsure" for r in right),
        "alarms": count["alarm"], "wrong": len(wrong), "detected": count["detected"],
        "unsure wrong": sum(row.outcome == "unsure" for row in wrong), "missed": count["missed"], "both": both,
        "runs": float(np.median([row.evaluations for row in rows])) if rows else 0.0,
        "ms": 1e3 * float(np.median([row.seconds for row in rows])) if rows else 0.0,
    }  # fmt: skip


def line(name: str, figures: dict[str, float]) -> str:
    wrong = max(figures["wrong"], 1)
    return (
        f"{name:13s}{figures['right']:6.0f}{figures['passed']:6.0f}{figures['unsure right']:7.0f}"
        f"{figures['alarms']:6.0f}"
        f"{figures['wrong']:7.0f}{100 * figures['detected'] / wrong:8.1f}{figures['unsure wrong']:7.0f}"
        f"{figures['missed']:7.0f}{100 * figures['both'] / wrong:7.1f}{figures['runs']:6.0f}{figures['ms']:7.1f}"
    )


def markdown(rows: list[Said]) -> str:
    """The same table as it stands in the documentation."""
    lines = [
        "| group | right | false alarms | unsure | wrong | detected % | unsure | missed | both % | runs of f |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name in [*dict.fromkeys(row.group for row in rows), "**all**"]:
        f = tally([row for row in rows if name in (row.group, "**all**")])
        wrong = max(f["wrong"], 1)
        lines.append(
            f"| {name} | {f['right']:.0f} | {f['alarms']:.0f} | {f['unsure right']:.0f} | {f['wrong']:.0f} |"
            f" {100 * f['detected'] / wrong:.1f} | {f['unsure wrong']:.0f} | {f['missed']:.0f} |"
            f" {100 * f['both'] / wrong:.1f} | {f['runs']:.0f} |"
        )
    return "\n".join(lines)


def _listed(rows: list[Said]) -> None:
    for row in rows:
        if row.outcome in ("alarm", "missed", "unsure"):
            mistake = f"[{row.kind}: {row.words}]"
            print(f"{row.outcome.upper():7s}{row.group}.{row.label} {mistake} {row.verdict}: {row.reason}")


def _coded(row: Said, case: Special) -> bool:
    return not case.codes or any(code in row.codes for code in case.codes)


def _specials(against: tuple[str, ...], *, listed: bool) -> int:
    bad = 0
    for name in special_names():
        row, case = judge_special(name, against)
        if row.verdict in case.accepted and _coded(row, case):
            continue
        unacceptable = row.verdict not in case.accepted
        bad += unacceptable
        if listed or unacceptable:
            word = "UNACCEPTABLE" if unacceptable else f"no {case.codes}"
            print(f"{word} special.{name}: {row.verdict} {row.codes}: {row.reason}; accepted {case.accepted}")
    print(f"special cases: {len(special_names())}, unacceptable {bad}")
    return bad


def _diagnosis(found: Diagnosis) -> None:
    print("diagnosis of detected mutants:       n  entries%  kind%  line%")
    for kind, figures in sorted(found.by_kind.items()):
        print(f"  {kind:30s}{figures}")
    for kind, figures in found.totals.items():
        print(f"  {kind:30s}{figures}")


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("groups", nargs="*")
    words.add_argument("--share", type=int, default=1)
    words.add_argument("--methods", choices=("quick", "all"), default="quick")
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--seconds", type=float, default=diagnosing.SECONDS, help="for one explanation")
    words.add_argument("--list", action="store_true")
    words.add_argument("--markdown", action="store_true", help="the table as it stands in the documentation")
    words.add_argument("--save", type=Path)
    options = words.parse_args()
    against = QUICK if options.methods == "quick" else METHODS
    diagnosing.SECONDS = options.seconds
    chosen = [group for group in options.groups or groups() if group != "special"]
    rows = rows_of(chosen, options.share, against, options.workers)
    if options.save:
        options.save.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    if options.markdown:
        print(markdown(rows))
    print(HEADER)
    for group in chosen:
        print(line(group, tally([row for row in rows if row.group == group])))
    print(line("all", tally(rows)))
    if rows:
        _diagnosis(diagnosis(rows))
    if not options.groups or "special" in options.groups:
        _specials(against, listed=options.list)
    if options.list:
        _listed(rows)


if __name__ == "__main__":
    main()
