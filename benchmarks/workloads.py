"""All workloads, in the groups that docs/performance.md has bars for."""

from __future__ import annotations

from array_workloads import large_workloads, small_workloads
from scalar_workloads import scalar_workloads

GROUPS = {"Python numbers": scalar_workloads, "small arrays": small_workloads, "large arrays": large_workloads}


def chosen(words):
    """Pairs of (group, workload) whose name holds one of the words; all where there are none."""
    for group, make in GROUPS.items():
        for work in make():
            if not words or any(word in work.name or word in group for word in words):
                yield group, work
