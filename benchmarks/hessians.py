"""Whole Hessians over the plain primal, against HIPS autograd and torch in the same run.

``python benchmarks/hessians.py``. The three Hessians are compared before anything is timed.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import Rounds, prepare, table, versions  # isort: skip - decides the number of BLAS threads
import autograd
import numpy as np
import torch
from array_workloads import helmholtz, rosenbrock
from scalar_workloads import helmholtz_loop

import gradcheck_tool as gradcheck


def main():
    torch.set_num_threads(1)
    prepare()
    print(versions(torch))
    print()
    row = table(["workload", "primal", "ours / primal", "HIPS / primal", "torch / primal"])
    for work in (helmholtz(10), helmholtz(100), rosenbrock(100), helmholtz_loop(10)):
        hips = autograd.hessian(work.hips)
        point = torch.tensor(work.point)
        calls = {
            "primal": lambda work=work: work.plain(work.point),
            "ours": lambda work=work: gradcheck.hessian(work.plain, work.point),
            "hips": lambda work=work, hips=hips: hips(work.point),
            "torch": lambda work=work, point=point: torch.autograd.functional.hessian(work.torch, point),
        }
        ours = calls["ours"]()
        for other in (calls["hips"](), calls["torch"]().numpy()):
            assert np.allclose(ours, other, rtol=1e-8, atol=1e-10 * np.abs(ours).max()), work.name
        rounds = Rounds(calls)
        row(
            work.name,
            f"{rounds.seconds('primal') * 1e6:.1f} us",
            *(f"{rounds.ratio(name, 'primal'):.0f}" for name in ("ours", "hips", "torch")),
        )


if __name__ == "__main__":
    main()
