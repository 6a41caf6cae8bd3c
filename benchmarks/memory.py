"""Memory and time of long and large recordings, each in a process of its own.

``python benchmarks/memory.py``: a chain of a million scalar operations, and Rosenbrock's function of a million
entries, recorded and pulled. The peak is that of the resident set beyond what the imports take.
"""

from __future__ import annotations

import math
import multiprocessing
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import prepare, table, versions  # isort: skip - decides the number of BLAS threads
import numpy as np

import gradcheck_tool as gradcheck


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def chain(x):
    v = x
    for _ in range(333_333):
        v = v + math.sin(v) * 1e-5
    return v


def measured(name, queue):
    """Run one case and put down its lines, seconds and bytes."""
    prepare()
    function, point = (chain, 0.3) if name == "chain" else (rosenbrock, np.linspace(0.1, 1.0, 1_000_000))
    gradcheck.value_and_gradient(lambda x: x * x, 1.0)  # everything is loaded
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    gradcheck.value_and_gradient(function, point)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = 1_000_000 if name == "chain" else 12
    queue.put((lines, took, (peak - before) * 1024, peak * 1024))


def main():
    print(versions())
    print()
    row = table(["case", "lines", "seconds", "peak beyond the imports", "per line", "peak in all"])
    context = multiprocessing.get_context("spawn")  # a process that has used no memory yet
    for name, title in (("chain", "chain of 1e6 operations"), ("rosenbrock", "Rosenbrock, n = 1e6")):
        queue = context.Queue()
        process = context.Process(target=measured, args=(name, queue))
        process.start()
        lines, took, grown, peak = queue.get()
        process.join()
        row(
            title, lines, f"{took:.2f}", f"{grown / 2**20:.0f} MiB", f"{grown / lines:.0f} B", f"{peak / 2**20:.0f} MiB"
        )


if __name__ == "__main__":
    main()
