"""How everything here is timed: one BLAS thread, buffers kept, all rivals in every round.

Import this before NumPy: the number of BLAS threads is read when NumPy is loaded.
"""

from __future__ import annotations

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import gc
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from gradcheck_tool.cli.buffers import keep_buffers

SECONDS = 0.03  # one figure of one round repeats its call for at least this long


def prepare() -> None:
    """Keep freed buffers, as the command does, and turn to full precision of the clock."""
    keep_buffers()


def timed(call: Callable[[], object], seconds: float = SECONDS) -> float:
    """Seconds of processor time per call, the best of as many repeats as fit.

    Processor time, since other programs may run beside; collected first, so that nobody pays for another's garbage.
    """
    gc.collect()
    best, spent = float("inf"), 0.0
    while spent < seconds:
        start = time.process_time_ns()
        call()
        took = max(1e-9 * (time.process_time_ns() - start), 1e-9)
        best, spent = min(best, took), spent + took
    return best


def repeated(call: Callable[[], object]) -> Callable[[], object]:
    """The call as often as it takes to be long beside one reading of the clock."""
    start = time.process_time_ns()
    call()
    times = max(1, int(2e5 / max(time.process_time_ns() - start, 1000)))
    if times == 1:
        return call

    def many() -> None:
        for _ in range(times):
            call()

    many.times = times  # type: ignore[attr-defined]
    return many


class Rounds:
    """The figures of several calls over several rounds, in each of which all of them were timed once."""

    def __init__(self, calls: dict[str, Callable[[], object]], rounds: int = 9, budget: float = 12.0) -> None:
        for call in calls.values():
            call()  # compiled and warm
        many = {name: repeated(call) for name, call in calls.items()}
        self.figures: list[dict[str, float]] = []
        started = time.perf_counter()
        for count in range(rounds):
            if count >= 3 and time.perf_counter() - started > budget:
                break
            self.figures.append({name: timed(call) / getattr(call, "times", 1) for name, call in many.items()})

    def seconds(self, name: str) -> float:
        """The median over the rounds."""
        return statistics.median(each[name] for each in self.figures)

    def ratio(self, name: str, other: str) -> float:
        """The median over the rounds of the ratio within one round."""
        return statistics.median(each[name] / each[other] for each in self.figures)


def versions(*modules: object) -> str:
    """What ran."""
    named = ", ".join(f"{module.__name__} {module.__version__}" for module in modules)  # type: ignore[attr-defined]
    return f"Python {platform.python_version()}, NumPy {np.__version__}{', ' if named else ''}{named}"


def table(headings: Iterable[str]) -> Callable[..., None]:
    """Print the head of a Markdown table and return what prints its rows."""
    headings = list(headings)
    print("| " + " | ".join(headings) + " |")
    print("|" + "---|" * len(headings))
    return lambda *cells: print("| " + " | ".join(map(str, cells)) + " |", flush=True)
