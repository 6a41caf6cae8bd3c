"""Value and gradient over the plain primal, against HIPS autograd and torch in the same run.

``python benchmarks/value_and_gradient.py`` prints the table of docs/performance.md. Every round times the
primal and the three engines one after the other, so that a drift of the machine meets all of them; figures are
medians over the rounds. One BLAS thread. The gradients are compared before anything is timed.
"""

from __future__ import annotations

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import platform
import statistics
import sys
import time
from pathlib import Path

import autograd
import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent))

from workloads import workloads

import gradcheck_tool as gradcheck

ROUNDS = 9
SECONDS = 0.05  # a figure of one round repeats its call for at least this long


def timed(call):
    """Seconds per call, the best of as many repeats as fit."""
    best, spent = float("inf"), 0.0
    while spent < SECONDS:
        start = time.perf_counter()
        call()
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
    return best


def torch_gradient(function, point):
    def call():
        x = torch.tensor(point, requires_grad=True)
        value = function(x)
        value.backward()
        return value, x.grad

    return call


def main():
    torch.set_num_threads(1)
    only = sys.argv[1:]
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, torch {torch.__version__}")
    print()
    print("| workload | primal | ours / primal | HIPS / primal | torch / primal | ours / HIPS | ours / torch |")
    print("|---|---|---|---|---|---|---|")
    for work in workloads():
        if only and not any(word in work.name for word in only):
            continue
        hips_gradient = autograd.value_and_grad(work.hips)
        calls = {
            "primal": lambda work=work: work.plain(work.point),
            "ours": lambda work=work: gradcheck.value_and_gradient(work.plain, work.point),
            "hips": lambda work=work, both=hips_gradient: both(work.point),
            "torch": torch_gradient(work.torch, work.point),
        }
        ours, hips = calls["ours"]()[1], calls["hips"]()[1]
        assert np.allclose(ours, hips, rtol=1e-9), work.name
        assert np.allclose(ours, calls["torch"]()[1].numpy(), rtol=1e-9), work.name
        slow = timed(calls["hips"]) > 0.5
        rounds = [{name: timed(call) for name, call in calls.items()} for _ in range(3 if slow else ROUNDS)]
        middle = {name: statistics.median(each[name] for each in rounds) for name in calls}

        def ratio(a, b, rounds=rounds):
            return statistics.median(each[a] / each[b] for each in rounds)

        print(
            f"| {work.name} | {middle['primal'] * 1e6:.1f} us | {ratio('ours', 'primal'):.1f} | "
            f"{ratio('hips', 'primal'):.1f} | {ratio('torch', 'primal'):.1f} | {ratio('ours', 'hips'):.2f} | "
            f"{ratio('ours', 'torch'):.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
