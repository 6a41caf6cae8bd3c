"""Style and types are part of the tests: one command says everything."""

# ruff: noqa: S603 - the processes are this very Python
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKS = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "--strict"]]


@pytest.mark.parametrize("words", CHECKS, ids=" ".join)
def test_nothing_is_found(words):
    """Every finding is repaired, or has its reason beside it."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
