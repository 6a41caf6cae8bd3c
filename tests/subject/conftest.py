import sys
import textwrap

import pytest

from gradcheck_tool.complaint import Complaint


@pytest.fixture(autouse=True)
def _import_state():
    """What a test imports ends with the test, so that the order of tests means nothing."""
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        origin = getattr(sys.modules[name], "__file__", None) or ""
        if "pytest-" in origin:
            del sys.modules[name]


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file below the working directory, which is empty and temporary; give back its relative path."""
    monkeypatch.chdir(tmp_path)

    def writer(name, text=""):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return name

    return writer


@pytest.fixture
def complaint():
    """Run something that must end in a `Complaint`, and give the complaint back."""

    def run(function, *args, **named):
        with pytest.raises(Complaint) as caught:
            function(*args, **named)
        return caught.value

    return run
