"""The command ``gradcheck``: words in, a report and an exit code out.

Exit codes: 0 nothing wrong, 1 a derivative is wrong, 2 could not check, 3 a bug of ours,
130 interrupted. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never raises what a user could meet."""
    words = list(sys.argv[1:] if argv is None else argv)
    from gradcheck_tool.cli.doorway import run  # noqa: PLC0415 - loaded here so that importing this package costs nothing

    return run(words)
