"""Everything a user can get wrong ends in one clear sentence and exit code 2, never in a traceback."""

# ruff: noqa: S603 - the process started here is the command itself
from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from gradcheck_tool.cli import main

CLEAN = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("GRADCHECK_", "NO_COLOR", "FORCE", "COLUMNS", "LC_"))
}
CLEAN.update({"PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "COLUMNS": "400"})

GOOD = "import numpy as np\n\ndef f(x):\n    return x[0] * x[1]\n\ndef f_grad(x):\n    return np.array([x[1], x[0]])\n"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong: the text of ``m.py``, the words typed, and what the answer must say."""

    words: tuple[str, ...]
    code: str
    says: tuple[str, ...]
    source: str = GOOD
    exit_code: int = 2
    silent: tuple[str, ...] = ()


def at(point, *says, source=GOOD):
    return Mistake(("m.py:f", "--at", point), "GC902", says, source)


def scalar(body, code, *says, **rest):
    return Mistake(
        ("m.py:f", "--at", "2.0"), code, says, f"import sys\nimport numpy as np\n\ndef f(x):\n    {body}\n", **rest
    )


MISTAKES = {
    "missing file": Mistake(("nowhere.py:f",), "GC905", ("nowhere.py",)),
    "missing function": Mistake(
        ("m.py:wave",), "GC905", ("wave", "did you mean waves"), GOOD.replace("def f(", "def waves(")
    ),
    "no function named": Mistake(("m.py",), "GC905", ("m.py",)),
    "a number instead of a function": Mistake(("m.py:limit",), "GC905", ("limit",), "limit = 3\n"),
    "syntax error": Mistake(("m.py:f",), "GC903", ("m.py:2", "was never closed"), "x = 1\ndef f(x:\n    return x\n"),
    "indentation error": Mistake(("m.py:f",), "GC903", ("m.py:3",), "def f(x):\n    y = x\n  return y\n"),
    "failing import": Mistake(("m.py:f",), "GC903", ("no_such_package",), f"import no_such_package\n{GOOD}"),
    "raising while imported": Mistake(
        ("m.py:f",), "GC903", ("m.py:1", "oh dear"), f"raise ValueError('oh dear')\n{GOOD}"
    ),
    "raises at the point": scalar(
        "return 1.0 / (x - 2.0)",
        "GC901",
        "f raised ZeroDivisionError",
        "m.py:5",
        silent=("gradcheck_tool/", "site-packages"),
    ),
    "assertion at the point": scalar("assert x > 3, 'too small'", "GC901", "too small", "m.py:5"),
    "json error in --at": at("[1, 2", "--at"),
    "word in --at": at("[1, two]", "--at"),
    "too few numbers in --at": at("[1]", "needs 2"),
    "too many parameters in --at": Mistake(
        ("m.py:f", "--at", '{"x": 1, "y": 2, "z": 3}'), "GC902", ("z",), "def f(x, y):\n    return x * y\n"
    ),
    "unknown name in --at": at('{"z": [1, 2]}', "--at names z, the parameter of f is called x"),
    "wrong shape in --at": at("[[1, 2], [3]]", "--at"),
    "text as a number in --at": at('["a", "b"]', "--at"),
    "nan in --at": at("[NaN, 1.0]", "is not finite"),
    "missing point file": at("@nowhere.npy", "nowhere.npy"),
    "returns None": scalar("x * 2", "GC203", "f returns None"),
    "returns a string": scalar("return 'two'", "GC203", "f returns"),
    "returns an object array": scalar("return np.array([x, None])", "GC203", "f returns"),
    "returns complex numbers": scalar("return x + 1j", "GC203", "f returns", "complex"),
    "returns nan": scalar("return float('nan')", "GC203", "f returns nan at x = 2"),
    "exits": scalar("sys.exit(7)", "GC901", "SystemExit", "m.py:5"),
    "recursion without end": scalar("return f(x) + 1.0", "GC901", "RecursionError", "m.py:5"),
    "no parameters": Mistake(("m.py:f",), "GC902", ("f takes no parameter",), "def f():\n    return 1.0\n"),
    "empty target": Mistake(("",), "GC905", ()),
    "only a colon": Mistake((":",), "GC905", ()),
    "directory": Mistake((".:f",), "GC905", ()),
    "unknown gradient": Mistake(("m.py:f", "--grad", "slope"), "GC905", ("slope",)),
    "not a pair": scalar("return x * x", "GC203", "pair"),
    "gradient raises": Mistake(
        ("m.py:f", "--at", "[1, 2]"),
        "GC901",
        ("f_grad raised", "m.py:7"),
        GOOD.replace("np.array([x[1], x[0]])", "np.array([x[1], x[5]])"),
    ),
}
MISTAKES["not a pair"] = Mistake(
    (*MISTAKES["not a pair"].words, "--returns", "value-and-grad"), "GC203", ("pair",), MISTAKES["not a pair"].source
)
REFUSED = {
    "unknown option": Mistake(("m.py:f", "--nonsense"), "GC906", ("--nonsense",)),
    "unknown method": Mistake(("m.py:f", "--against", "forwrd"), "GC906", ("forwrd", "did you mean forward")),
    "no target": Mistake(("check",), "GC906", ("TARGET",)),
    "unknown format": Mistake(("m.py:f", "--order", "7"), "GC906", ("order",)),
}


def gradcheck(folder, mistake, *more):
    (folder / "m.py").write_text(mistake.source, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "gradcheck_tool", *mistake.words, *more],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=CLEAN,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_clear_sentence_on_stdout(name, tmp_path):
    """Exit code 2, what is wrong and where, and nothing of the tool's own insides."""
    mistake = MISTAKES[name]
    done = gradcheck(tmp_path, mistake)
    assert done.returncode == mistake.exit_code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout.startswith("! error"), done.stdout
    assert mistake.code in done.stdout
    for words in mistake.says:
        assert words in done.stdout
    for words in mistake.silent:
        assert words not in done.stdout


@pytest.mark.parametrize("name", MISTAKES)
def test_the_same_mistake_as_json_is_a_finding(name, tmp_path, monkeypatch, capfd):
    """Stdout is one valid JSON document that holds the code and a sentence."""
    mistake = MISTAKES[name]
    (tmp_path / "m.py").write_text(mistake.source, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exit_code = main([*mistake.words, "--format", "json"])
    out, err = capfd.readouterr()
    report = json.loads(out)
    assert exit_code == mistake.exit_code == report["exit_code"]
    [result] = report["results"]
    [finding] = result["findings"]
    assert (result["verdict"], finding["code"]) == ("error", mistake.code)
    assert finding["message"]
    assert "Traceback" not in out + err


@pytest.mark.parametrize("name", REFUSED)
def test_a_command_line_that_cannot_be_read_is_refused(name, tmp_path):
    """On stderr for people, because nothing was checked; as JSON on stdout for programs."""
    mistake = REFUSED[name]
    done = gradcheck(tmp_path, mistake)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    for words in mistake.says:
        assert words in done.stderr
    done = gradcheck(tmp_path, mistake, "--format", "json")
    [result] = json.loads(done.stdout)["results"]
    assert (done.returncode, result["findings"][0]["code"]) == (2, mistake.code)


def test_a_gradient_of_the_wrong_shape_is_a_wrong_derivative(tmp_path):
    """It runs and it is wrong: exit code 1, named as the wrong shape."""
    mistake = Mistake(("m.py:f", "--at", "[1, 2]"), "GC106", (), GOOD.replace("[x[1], x[0]]", "[x[1], x[0], 0.0]"))
    done = gradcheck(tmp_path, mistake)
    assert done.returncode == 1, done.stdout
    assert "f_grad returns shape (3,), the derivative of f has shape (2,)" in done.stdout
    assert "GC106 wrong-shape" in done.stdout


def test_what_f_prints_does_not_reach_the_findings(tmp_path):
    """Whatever the user's code prints, on import or when run, stdout stays one JSON document, or one sentence."""
    loud = GOOD.replace("return x[0]", "print('hello'); return x[0]")
    mistake = Mistake(("m.py:f", "--at", "[1.5, 2]"), "", (), f"print('importing')\n{loud}")
    done = gradcheck(tmp_path, mistake, "--format", "json")
    assert json.loads(done.stdout)["results"][0]["verdict"] == "agree"
    done = gradcheck(tmp_path, mistake)
    [sentence] = done.stdout.splitlines()
    assert sentence.startswith("✓ agree  f_grad, 2 entries")
