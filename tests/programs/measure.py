"""Runs the corpus through the engine and says how often it is right, refuses, errs - or is silently wrong.

    python tests/programs/measure.py [group ...] [--list refused|right]

How near is right: an entry may differ from a precise reference by 1e-9 of the largest of

* the entry itself,
* a thousandth of the largest entry of its row (all of the matrix, for a Hessian), and
* a thousandth of the natural size of the row: the result over the input where that exceeds one,

so entries that cancel are held to 1e-12 of what they are made of; a row that cancels as a whole is held to 1e-13.
Beside a rough reference, its error estimate counts as well. At a kink any value between the one-sided derivatives
is right, and so is a refusal or a recorded decision that tells of it.
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
import warnings
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from programs import Program, groups, programs, references

from gradcheck_tool import hessian, jacobian, trace
from gradcheck_tool.complaint import CannotFollow, Complaint
from gradcheck_tool.tracing.record import verify
from gradcheck_tool.walks.survey import survey

MODES = ("forward", "reverse", "hessian")
RTOL, SMALL = 1e-9, 1e-3
NOTHING = 1e-40  # what 80 digits and a step of 1e-25 leave of an entry that cancels
ZERO_ROW = 1e-4
MAY_REFUSE = ("escapes",)  # groups that only ask that nothing is lost in silence; no part of the sums
VERDICTS = ("right", "refused", "unclear", "nan", "wrong")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one mode made of one program; `error` is the largest relative one, where the reference is precise."""

    program: str
    mode: str
    verdict: str
    message: str = ""
    error: float | None = None


def blocks(nest: Any, n: int) -> Any:
    if isinstance(nest, dict):
        return np.concatenate([np.zeros((0, n)), *(blocks(inner, n) for inner in nest.values())])
    if isinstance(nest, (list, tuple)):
        return np.concatenate([np.zeros((0, n)), *(blocks(inner, n) for inner in nest)])
    return np.asarray(nest, dtype=float).reshape(-1, n)


def sizes(entry: dict[str, Any], program: Program, got: Any, second: bool) -> Any:
    """What an entry's error is relative to."""
    want = np.array(entry["hessian" if second else "jacobian"], dtype=float)
    want = np.where(np.abs(want) < (NOTHING**0.5 if second else NOTHING), 0.0, want)
    inputs = np.maximum(1.0, np.abs(np.ravel(program.point)))
    value = np.abs(np.array(entry["value"], dtype=float))[:, None] / inputs
    if second:
        slopes = np.abs(np.array(entry["jacobian"], dtype=float)) / inputs
        largest = max(np.abs(want).max(), float(np.max(slopes)), float(np.max(value / inputs)))
        return np.maximum(np.abs(want), SMALL * largest if want.any() else max(SMALL * largest, ZERO_ROW))
    with np.errstate(all="ignore"):
        rows = np.nanmax(np.abs(want), axis=1, keepdims=True, initial=0.0)
    return np.fmax(np.abs(want), np.where(rows > 0, SMALL * np.fmax(rows, value), np.fmax(SMALL * value, ZERO_ROW)))


def compare(entry: dict[str, Any], program: Program, got: Any, second: bool = False) -> tuple[str, str, float | None]:
    """Verdict, message and largest relative error of a matrix."""
    key = "hessian" if second else "jacobian"
    want = np.array(entry[key], dtype=float)
    if got.shape != want.shape:
        return "wrong", f"shape {got.shape} where {want.shape} is right", None
    scale = sizes(entry, program, got, second)
    allowed = RTOL * scale
    if not entry["precise"]:
        allowed = allowed + np.array(entry["hessian_error" if second else "error"], dtype=float)
    kinks = np.isnan(want)
    with np.errstate(all="ignore"):
        off = np.abs(got - want)
        good = off <= allowed
    if kinks.any():
        good = np.where(kinks, between(entry, got), good)
    if good.all():
        relative = np.where(kinks | (scale == 0), 0.0, off / np.where(scale == 0, 1.0, scale))
        return "right", "", float(relative.max(initial=0.0)) if entry["precise"] else None
    if not np.isfinite(got[~good]).all():
        return "nan", f"{got[~good][0]} where {want[~good][0]} is right", None
    k = np.unravel_index(int(np.argmin(good)), good.shape)
    return "wrong", f"entry {tuple(map(int, k))}: {got[k]!r} where {want[k]!r} is right", None


def between(entry: dict[str, Any], got: Any) -> Any:
    """Whether entries lie between the one-sided derivatives, one of which may not exist.

    An answer that is no finite number claims nothing where there is nothing to claim: it is right as well.
    """
    left, right = (np.array(entry[side], dtype=float) for side in ("left", "right"))
    low, high = np.fmin(left, right), np.fmax(left, right)
    slack = RTOL * np.fmax(1e-3, np.fmax(np.abs(low), np.abs(high)))
    with np.errstate(all="ignore"):
        inside = (got >= low - np.where(np.isfinite(slack), slack, 0)) & (
            got <= high + np.where(np.isfinite(slack), slack, 0)
        )
    nowhere = np.isnan(low) & np.isnan(high)
    return inside | nowhere | ~np.isfinite(got) | (got == low) | (got == high)


NAMELESS = "numbers here"  # "... wants the bare numbers here" says what happened, not who did it
PLACE = re.compile(r"\S+\.py:\d+")


def clear(problem: CannotFollow) -> str:
    """Empty where a refusal says everything: what it is about, where it is, and what to do."""
    lacking = []
    if not problem.sentence or NAMELESS in problem.sentence:
        lacking.append("the name of what it is about")
    if not PLACE.fullmatch(problem.where):
        lacking.append("the path and line")
    if not problem.remedy:
        lacking.append("a remedy")
    return " and ".join(lacking)


def told(program: Program) -> bool:
    """Whether the record tells of a decision that the point stands on, at distance nothing."""
    guards = survey(trace(program.function, program.point)).guards
    near = 1e-12 * np.maximum(1.0, np.abs(np.ravel(program.point)))
    return any(np.any(guard.margin <= near) for guard in guards)


def run(program: Program, entry: dict[str, Any], mode: str) -> Outcome:
    """Ask the engine in one mode, and judge the answer."""
    n = int(np.size(program.point))
    kinky = "left" in entry or program.group == "nondiff"
    with warnings.catch_warnings(), np.errstate(all="warn"):
        warnings.simplefilter("ignore")
        try:
            if mode == "hessian":
                got = np.asarray(hessian(program.function, program.point), dtype=float).reshape(n, n)
            else:
                got = blocks(jacobian(program.function, program.point, mode=mode), n)
        except CannotFollow as problem:
            lacking = clear(problem)
            if lacking:
                return Outcome(program.name, mode, "unclear", f"refused without {lacking}: {problem}")
            return Outcome(program.name, mode, "refused", str(problem))
        except Complaint as problem:
            return Outcome(program.name, mode, "unclear", f"Complaint {problem.code}: {problem}")
        except Exception as problem:  # noqa: BLE001 - any error that is no refusal is unclear
            return Outcome(program.name, mode, "unclear", f"{type(problem).__name__}: {problem}")
    verdict, message, error = compare(entry, program, got, mode == "hessian")
    if verdict != "right" and kinky and told(program):
        return Outcome(program.name, mode, "right", "the record tells of a decision here")
    return Outcome(program.name, mode, verdict, message, error)


def strange_values(group: str) -> list[str]:
    """Programs whose recorded run does not give the numbers of the plain run."""
    found = []
    for program in programs(group):
        with warnings.catch_warnings(), np.errstate(all="warn"):
            warnings.simplefilter("ignore")
            try:
                recorded = trace(program.function, program.point)
            except Exception:  # noqa: BLE001, S112 - what cannot be recorded is told by `outcomes`
                continue
            try:
                difference = verify(recorded, program.function(copy.copy(program.point)))
            except CannotFollow as problem:
                difference = f"the plain run afterwards meets values of the recorded one: {problem}"
        if difference:
            found.append(f"{program.name}: {difference}")
    return found


@cache
def outcomes(group: str) -> tuple[Outcome, ...]:
    """All programs of a group in all modes their references allow."""
    known = references(group)
    found = []
    for program in programs(group):
        entry = known.get(program.name)
        if entry is None or entry["source"] != program.source:
            found.append(Outcome(program.name, "forward", "unclear", "its reference is missing or out of date"))
            continue
        asked = [mode for mode in MODES if mode != "hessian" or entry["hessian"] is not None]
        found.extend(run(program, entry, mode) for mode in asked)
    return tuple(found)


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("groups", nargs="*")
    words.add_argument("--quiet", action="store_true", help="the table alone")
    options = words.parse_args()
    chosen = options.groups or groups()
    total: Counter[tuple[str, str]] = Counter()
    rows = []
    errors: list[float] = []
    for group in chosen:
        counts: Counter[tuple[str, str]] = Counter()
        for outcome in outcomes(group):
            counts[outcome.mode, outcome.verdict] += 1
            if outcome.error is not None:
                errors.append(outcome.error)
            if outcome.verdict != "right" and not options.quiet:
                print(f"{outcome.verdict:8} {group}.{outcome.program} [{outcome.mode}] {outcome.message}")
        if group not in MAY_REFUSE:
            total += counts
        rows.append((group, counts))
    head = "".join(f"| {mode:^40} " for mode in MODES)
    print(f"\n{'':18} {head}\n{'group':18} " + ("| " + "".join(f"{v:>8}" for v in VERDICTS) + " ") * 3)
    for group, counts in [*rows, ("all", total)]:
        cells = "".join("| " + "".join(f"{counts[mode, v]:8}" for v in VERDICTS) + " " for mode in MODES)
        print(f"{group:18} {cells}")
    for mode in MODES:
        asked = sum(total[mode, v] for v in VERDICTS)
        print(f"{mode}: {100 * total[mode, 'right'] / max(asked, 1):.2f} % right of {asked}")
    if errors:
        print(f"median relative error beside precise references: {np.median(errors):.2e}, largest {max(errors):.1e}")


if __name__ == "__main__":
    main()
