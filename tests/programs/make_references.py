"""Computes the references of the corpus: values, Jacobians and Hessians, independently of the tool.

A program is run unchanged on numbers of 80 digits, and central differences with a step of 1e-25 give its
derivatives to more digits than a double has; one-sided differences tell kinks. What cannot be run so gets
differences of the plain double-precision function, extrapolated to step zero, with an error estimate.

    python tests/programs/make_references.py [group ...] [--all] [--why]
"""

from __future__ import annotations

import argparse
import json
import math
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np
from mpmath import mp

sys.path.insert(0, str(Path(__file__).parent))

from digits import STEP, Digits, Unusable, step_at
from extrapolation import Doubles
from programs import CORPUS, REFERENCES, Program, groups, programs, references
from standins import load

PATIENCE = 40  # seconds for one program
NEAR = 1e-6  # digits that are lost on the way are lost by more than that


def _out_of_patience(*_: Any) -> None:
    raise TimeoutError("too slow at 80 digits")


def at_digits(program: Program, names: dict[str, Any]) -> dict[str, Any]:
    """The reference at 80 digits; whatever is raised says why there is none."""
    signal.signal(signal.SIGALRM, _out_of_patience)
    signal.alarm(PATIENCE)
    mp.dps = 80 if all(step_at(float(t)) >= STEP for t in np.ravel(program.point)) else 130
    try:
        run = Digits(names[program.name.split("@")[0]], program.point)
        value = [float(v) for v in run.at()]
        found = {"value": value, "precise": True, **run.jacobian(), "hessian": None}
        if len(value) == 1 and "left" not in found:
            found["hessian"] = run.hessian()
        return found
    finally:
        mp.dps = 80
        signal.alarm(0)


def at_doubles(program: Program) -> dict[str, Any]:
    run = Doubles(program.function, program.point)
    value = run.at(np.zeros(run.n))
    matrix, error = run.jacobian()
    if not np.isfinite(matrix).all():
        raise Unusable("its differences are not finite")
    found = {
        "value": value.tolist(),
        "precise": False,
        "jacobian": matrix.tolist(),
        "error": error.tolist(),
        "hessian": None,
    }
    if value.size == 1:
        second, doubt = run.hessian()
        scale = max(np.abs(second).max(), np.abs(matrix).max(), 1e-300)
        if np.all(doubt <= 1e-4 * scale):
            found["hessian"], found["hessian_error"] = second.tolist(), doubt.tolist()
    return found


def disagreement(precise: dict[str, Any], rough: dict[str, Any]) -> str:
    """Where two references of one program differ by more than the error of the second; empty where nowhere."""
    for key, error in (("value", None), ("jacobian", "error"), ("hessian", "hessian_error")):
        a, b = precise[key], rough[key]
        if a is None or b is None or (key != "value" and "left" in precise):
            continue
        a, b = np.array(a, dtype=float), np.array(b, dtype=float)
        if a.shape != b.shape:
            return f"{key}: shapes {a.shape} and {b.shape}"
        doubt = np.array(rough[error], dtype=float) if error else 0.0
        with np.errstate(all="ignore"):
            bad = np.abs(a - b) > doubt + 1e-11 * np.maximum(np.abs(a), np.abs(a).max(initial=0.0) + 1e-3)
        if bad.any():
            k = int(np.argmax(bad))
            return f"{key}: {a.ravel()[k]!r} at 80 digits, {b.ravel()[k]!r} from doubles"
    return ""


def rough_is_blind(program: Program, precise: dict[str, Any], rough: dict[str, Any]) -> bool:
    """Whether a small plain difference sides with the 80 digits rather than with the extrapolation, or all agree."""
    a, b = (np.array(entry["jacobian"], dtype=float) for entry in (precise, rough))
    if np.nansum(np.abs(a - b)) <= NEAR * (1 + np.nansum(np.abs(a))):
        return True
    run = Doubles(program.function, program.point)
    columns = []
    for j in range(run.n):
        h = 1e-6 * (abs(float(np.ravel(program.point)[j])) or 0.1)
        unit = np.eye(run.n)[j]
        with np.errstate(all="ignore"):
            columns.append((run.guarded(h * unit) - run.guarded(-h * unit)) / (2 * h))
    local = np.stack(columns, -1)
    return bool(np.nansum(np.abs(local - a)) < np.nansum(np.abs(local - b)))


def reference(program: Program, names: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The best reference of a program, and a remark where something is odd."""
    try:
        precise, why = at_digits(program, names), ""
    except Exception as problem:  # noqa: BLE001 - any program may fail in any way on strange numbers
        precise, why = None, f"rough: {type(problem).__name__}: {str(problem)[:150]}"
    try:
        with np.errstate(all="ignore"):
            rough = at_doubles(program)
    except Unusable:
        if precise is None:
            raise
        return precise, ""
    if precise is None:
        return rough, why
    if any(not math.isfinite(v) for v in precise["value"]):
        return rough, "rough: the value is not finite at 80 digits"
    remark = disagreement(precise, rough)
    if remark.startswith("value") and not np.allclose(precise["value"], rough["value"], rtol=1e-6):
        return rough, f"rough, since at 80 digits it takes another way: {remark}"
    if remark.startswith("jacobian") and not rough_is_blind(program, precise, rough):
        return rough, f"rough, since digits are lost on the way: {remark}"
    return precise, f"DISAGREE {remark}" if remark else ""


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("groups", nargs="*")
    words.add_argument("--all", action="store_true", help="also programs whose source has not changed")
    words.add_argument("--why", action="store_true", help="say why a reference is rough")
    words.add_argument("--rough", action="store_true", help="try the rough ones again")
    options = words.parse_args()
    REFERENCES.mkdir(exist_ok=True)
    for group in options.groups or groups():
        names = load((CORPUS / f"{group}.py").read_text(encoding="utf-8"), str(CORPUS / f"{group}.py"))
        known, kept = references(group), {}
        for program in programs(group):
            old = known.get(program.name)
            fresh = old is not None and old["source"] == program.source and not options.all
            if fresh and (old["precise"] or not options.rough):
                kept[program.name] = old
                continue
            try:
                found, remark = reference(program, names)
            except Exception as problem:  # noqa: BLE001 - the program itself is broken: say so, go on
                print(f"{group}.{program.name}: BROKEN {type(problem).__name__}: {problem}")
                continue
            kept[program.name] = {"source": program.source, **found}
            if remark and (options.why or remark.startswith("DISAGREE")):
                print(f"{group}.{program.name}: {remark}")
        lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in kept.items())
        (REFERENCES / f"{group}.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
        precise = sum(entry["precise"] for entry in kept.values())
        print(f"{group}: {len(kept)} programs, {precise} precise", flush=True)


if __name__ == "__main__":
    main()
