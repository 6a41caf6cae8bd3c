"""Every sample model states in its header what the tool must say about it; this holds the tool to it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck_tool.checking import run
from gradcheck_tool.cli import main
from gradcheck_tool.report.order import NOTES
from gradcheck_tool.settings import Settings

SAMPLES = Path(__file__).parent.parent / "sample_models"
MARK = "# expect: "
OPTIONS = {"order": int, "returns": str, "against": lambda text: tuple(text.split(",")), "at": str, "grad": str}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One ``# expect:`` line: function, verdict, and where stated the code, the worst entry and settings."""

    path: Path
    function: str
    verdict: str
    code: str
    entry: str
    settings: Settings

    def __str__(self) -> str:
        return f"{self.path.relative_to(SAMPLES)}:{self.function}"


def expectation(path: Path, line: str) -> Expectation:
    function, verdict, *rest = line.removeprefix(MARK).split()
    code = next((word for word in rest if word.startswith("GC")), "")
    options = dict(word.split("=", 1) for word in rest if "=" in word)
    entry = next((word for word in rest if word != code and "=" not in word), "")
    chosen: dict[str, Any] = {name: OPTIONS[name](text) for name, text in options.items()}
    return Expectation(path, function, verdict, code, entry, replace(Settings(), **chosen))


def expectations() -> list[Expectation]:
    return [
        expectation(path, line)
        for path in sorted(SAMPLES.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(MARK)
    ]


@pytest.mark.parametrize("expected", expectations(), ids=str)
def test_the_verdict_is_the_one_in_the_header(expected):
    """Verdict, code and worst entry are those an expert wrote into the sample's header."""
    report = run((f"{expected.path}:{expected.function}",), expected.settings)
    [result] = report.results
    codes = [finding.code for finding in result.findings]
    assert expected.verdict == result.verdict, (result.reason, result.findings)
    if expected.code:
        assert expected.code in codes, result.findings
    elif expected.verdict == "agree":
        assert [code for code in codes if not code.startswith("GC3") and code not in NOTES] == []
    if expected.entry:
        assert expected.entry == result.entries[0].name


@pytest.mark.parametrize("name", ["check", "curve", "trace"])
@pytest.mark.parametrize("expected", expectations(), ids=str)
def test_no_command_breaks_on_a_sample(name, expected, capsys):
    """Drawn, traced or checked in full: an answer or a reason, in lines and in JSON, never a mistake of ours."""
    words = [name, f"{expected.path}:{expected.function}", "--color", "never"]
    words += ["--returns", expected.settings.returns] if name == "check" else []
    words += ["-v", "--order", str(expected.settings.order)] if name == "check" else []
    exit_code = main(words)
    out, err = capsys.readouterr()
    assert exit_code in (0, 1, 2), err
    assert out.strip()
    again = main([*words, "--format", "json"])
    # What is random, or remembers, may be recorded one time and not another.
    assert again == exit_code or expected.code in ("GC206", "GC212")
    assert json.loads(capsys.readouterr().out)["schema"].startswith("gradcheck/")


def test_every_sample_states_what_it_teaches():
    """Each file begins with a docstring and holds at least one expectation about a function of its own."""
    for path in SAMPLES.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        stated = [line for line in text.splitlines() if line.startswith(MARK)]
        assert text.startswith('"""'), path
        assert stated, path
        assert "gradcheck_tool" not in text, path
        for line in stated:
            assert f"def {expectation(path, line).function}(" in text, (path, line)


def test_the_corpus_knows_every_verdict():
    """The corpus would notice if one verdict were never given any more."""
    assert {each.verdict for each in expectations()} == {"agree", "wrong", "kink", "cannot-tell", "error"}
