"""Value and gradient over the plain primal, against HIPS autograd and torch in the same run.

``python benchmarks/value_and_gradient.py [words]`` prints the first table of docs/performance.md, of the workloads
whose name or group holds one of the words. Every round times the primal and the three engines one after the other,
so that a drift of the machine meets all of them; figures are medians over the rounds. The gradients are compared
before anything is timed.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import Rounds, prepare, table, versions  # isort: skip - decides the number of BLAS threads
import autograd
import numpy as np
import torch
from workloads import chosen

import gradcheck_tool as gradcheck


def torch_gradient(function, point):
    def call():
        x = torch.tensor(point, requires_grad=True)
        value = function(x)
        value.backward()
        return value, x.grad

    return call


def calls_of(work):
    """The four calls of a workload, after a look that the three gradients are the same."""
    both = autograd.value_and_grad(work.hips)
    calls = {
        "primal": lambda: work.plain(work.point),
        "ours": lambda: gradcheck.value_and_gradient(work.plain, work.point),
        "hips": lambda: both(work.point),
        "torch": torch_gradient(work.torch, work.point),
    }
    ours = calls["ours"]()[1]
    for other in (calls["hips"]()[1], calls["torch"]()[1].numpy()):
        assert np.allclose(ours, other, rtol=1e-9, atol=1e-12 * np.abs(ours).max()), work.name
    return calls


def main():
    torch.set_num_threads(1)
    prepare()
    print(versions(autograd, torch) if hasattr(autograd, "__version__") else versions(torch))
    row = None
    seen = ""
    for group, work in chosen(sys.argv[1:]):
        if group != seen:
            print(f"\n**{group}**\n")
            per = ["lines", "ns / line"]
            row = table(
                ["workload", "primal", *per, "ours / primal", "HIPS / primal", "torch / primal", "ours / HIPS",
                 "ours / torch"]
            )  # fmt: skip
            seen = group
        lines = len(gradcheck.trace(work.plain, work.point))
        rounds = Rounds(calls_of(work))
        row(
            work.name,
            f"{rounds.seconds('primal') * 1e6:.1f} us",
            lines,
            f"{rounds.seconds('ours') * 1e9 / lines:.0f}",
            *(f"{rounds.ratio(name, 'primal'):.1f}" for name in ("ours", "hips", "torch")),
            f"{rounds.ratio('ours', 'hips'):.3f}",
            f"{rounds.ratio('ours', 'torch'):.3f}",
        )


if __name__ == "__main__":
    main()
