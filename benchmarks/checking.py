"""What a check costs: evaluations of f and processor time, from three inputs to ten thousand.

    python benchmarks/checking.py

A vectorised Rosenbrock function with its gradient, recorded, and the same where it cannot be recorded; all methods
but SymPy. `plain` is the time of one plain run of f.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from gradcheck_tool import check

METHODS = ("forward", "reverse", "differences", "complex-step")


def rosenbrock(x: Any) -> Any:
    """Sum over neighbours."""
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def gradient(x: Any) -> Any:
    """By hand."""
    g = np.zeros_like(x)
    g[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    g[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return g


def hidden(x: Any) -> float:
    """The same, where it cannot be recorded."""
    return float(rosenbrock(np.frombuffer(x.tobytes())))


def wrong(x: Any) -> Any:
    """One component off by a millionth."""
    g = gradient(x)
    g[x.size // 3] *= 1 + 1e-6
    return g


def measured(f: Callable[..., Any], jac: Callable[..., Any], n: int, repeats: int, **more: Any) -> str:
    """One row of the table."""
    x = np.linspace(0.5, 1.6, n)
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        result = check(f, x, jac=jac, against=METHODS, **more).results[0]
        seconds.append(time.process_time() - start)
    calls = {row.method: row.evaluations for row in result.methods}
    accused = [entry.name for entry in result.entries if entry.verdict == "wrong"]
    start = time.process_time()
    for _ in range(100):
        f(x)
    plain = (time.process_time() - start) / 100
    named = ", ".join(accused[:3])
    return (
        f"{n:>7} {calls.get('differences', 0):>12} {sum(calls.values()):>7} {1e3 * median(seconds):>10.1f} "
        f"{1e6 * plain:>10.1f}   {result.verdict:<12} {named}"
    )


def main() -> None:
    """Print the table."""
    print(f"{'':<28}{'n':>7} {'differences':>12} {'calls':>7} {'cpu ms':>10} {'plain us':>10}   verdict")
    for n in (3, 200, 1000, 10_000):
        repeats = 9 if n <= 200 else 3
        for name, f, jac in (
            ("right", rosenbrock, gradient),
            ("one entry wrong by 1e-6", rosenbrock, wrong),
            ("right, not recorded", hidden, gradient),
            ("wrong, not recorded", hidden, wrong),
        ):
            print(f"{name:<28}{measured(f, jac, n, repeats)}")
    print(f"{'right, --full':<28}{measured(rosenbrock, gradient, 1000, 3, full=True)}")
    print(f"{'not recorded, --full':<28}{measured(hidden, gradient, 1000, 1, full=True)}")


if __name__ == "__main__":
    main()
