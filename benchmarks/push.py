"""One direction in forward mode: recording and one push, over the plain primal.

``python benchmarks/push.py [words]``. The directional derivative is compared with the gradient before it is timed.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import Rounds, prepare, table, versions  # isort: skip - decides the number of BLAS threads
import numpy as np
from workloads import chosen

import gradcheck_tool as gradcheck


def main():
    prepare()
    print(versions())
    print()
    row = table(["workload", "primal", "push / primal"])
    rng = np.random.default_rng(3)
    for _group, work in chosen(sys.argv[1:]):
        direction = rng.normal(size=work.point.shape)
        along = gradcheck.jvp(work.plain, work.point, direction)[1]
        slope = gradcheck.gradient(work.plain, work.point)
        assert abs(along - slope @ direction) <= 1e-10 * (abs(slope) @ abs(direction)), work.name
        calls = {
            "primal": lambda work=work: work.plain(work.point),
            "push": lambda work=work, v=direction: gradcheck.jvp(work.plain, work.point, v),
        }
        rounds = Rounds(calls)
        row(work.name, f"{rounds.seconds('primal') * 1e6:.1f} us", f"{rounds.ratio('push', 'primal'):.1f}")


if __name__ == "__main__":
    main()
