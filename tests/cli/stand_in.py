"""``gradcheck`` with a check of hand-made answers: the target's name says what happens."""

import os
import sys
import types
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
sys.path.insert(0, str(Path(__file__).parents[2]))

import hand_made_reports as made

import gradcheck_tool
from gradcheck_tool.cli import main
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.report.record import Report


def run(targets, settings, progress):
    if progress:
        progress(f"checking {targets[0]}")
    if "prints" in targets:
        print("printed by the user's code")  # noqa: T201 - stands for a user's print
        os.write(1, b"written by compiled code\n")
        targets = ("agree",)
    if "settings" in targets:
        raise Complaint(repr(settings))
    if "complaint" in targets:
        raise Complaint(
            "--at is not JSON",
            code="GC902",
            kind="bad-point",
            where="a.py:3",
            remedy="write JSON",
            details=("  [1,", "     ^"),
        )
    if "bug" in targets:
        raise ZeroDivisionError("inside of us")
    if "interrupt" in targets:
        raise KeyboardInterrupt
    if "list" in targets:
        return made.LIST
    return Report(tuple(made.EVERY[name] for name in targets), seed=settings.seed, strict=settings.strict)


def curve(target, settings):
    return made.CURVED if target == "curved" else run((target,), settings, None).results[0]


def ledger(target, settings):
    return made.SURVEY if target == "survey" else run((target,), settings, None)


if __name__ == "__main__":
    check = types.ModuleType("gradcheck_tool.checking")
    check.run, check.curve, check.ledger = run, curve, ledger
    sys.modules["gradcheck_tool.checking"] = gradcheck_tool.checking = check
    sys.exit(main())
