"""The command as a user meets it: a process with words in, text and an exit code out."""

# ruff: noqa: S603, S607 - the processes started here are the command itself, and a shell to pipe it
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from gradcheck_tool.cli.texts import HELP

HERE = Path(__file__).parent
CLEAN = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("GRADCHECK_", "NO_COLOR", "FORCE", "COLUMNS", "LC_"))
}
CLEAN.update({"PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"})


def gradcheck(*words, **environment):
    return subprocess.run(
        [sys.executable, str(HERE / "stand_in.py"), *words],
        capture_output=True,
        encoding="utf-8",
        env={**CLEAN, **environment},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["agree"], 0),
        (["check", "agree"], 0),
        (["waves"], 1),
        (["agree", "waves"], 1),
        (["kink"], 0),
        (["noisy"], 0),
        (["kink", "--strict"], 1),
        (["noisy", "--strict"], 1),
        (["raised"], 2),
        (["list"], 2),
        (["complaint"], 2),
        (["bug"], 3),
        (["interrupt"], 130),
        (["curve", "curved"], 0),
        (["curve", "raised"], 2),
        (["curve", "complaint"], 2),
        (["trace", "survey"], 0),
        (["trace", "complaint"], 2),
        (["explain", "GC104"], 0),
        (["explain"], 0),
        (["explain", "GC999"], 2),
        (["--version"], 0),
        (["--help"], 0),
        (["check", "--help"], 0),
        ([], 2),
        (["check"], 2),
        (["agree", "--nonsense"], 2),
        (["agree", "--order", "3"], 2),
        (["agree", "--points", "0"], 2),
        (["agree", "--rtol", "-1"], 2),
        (["agree", "--rtol", "nan"], 2),
        (["agree", "--against", "forwrd"], 2),
        (["agree", "--against", ","], 2),
        (["agree", "-q", "-v"], 2),
        (["curve", "curved", "--step", "0"], 2),
        (["curve", "curved", "another"], 2),
    ],
    ids=str,
)
def test_the_exit_code_says_how_it_ended(words, code):
    """0 nothing wrong, 1 wrong, 2 could not check, 3 our bug, 130 interrupted; a traceback only for our bug."""
    done = gradcheck(*words)
    assert done.returncode == code, done.stderr
    assert ("Traceback" in done.stderr) == (code == 3)
    assert "Traceback" not in done.stdout


def test_a_bug_of_ours_asks_to_be_reported():
    """One sentence and the traceback, both on stderr."""
    done = gradcheck("bug")
    assert done.stdout == ""
    assert "please report it" in done.stderr.split("\n")[0]
    assert "inside of us" in done.stderr


def test_a_complaint_is_a_block_with_place_and_hint():
    """The user's mistake is told like every finding: on stdout, with details as they are."""
    assert gradcheck("complaint").stdout == (
        "! error  --at is not JSON\n  a.py:3  GC902 bad-point\n\n    [1,\n       ^\n\n"
        "  hint     write JSON\n\n1 checked: 1 error\n"
    )


def test_an_unknown_method_is_answered_with_the_nearest():
    """A misspelt --against names what was probably meant."""
    assert "did you mean forward?" in " ".join(gradcheck("agree", "--against", "forwrd").stderr.split())
    assert "--rtol" in gradcheck("agree", "--rtl", "1").stderr


@pytest.mark.parametrize(
    "words",
    [["waves"], ["complaint"], ["raised"], ["list"], ["prints"], ["agree", "--against", "x"], ["agree", "--nonsense"]],
    ids=str,
)
@pytest.mark.parametrize("option", [["--format", "json"], ["--output-format=json"]], ids=str)
def test_json_mode_writes_only_json(words, option):
    """Whatever happens, stdout is one report: user prints, complaints and refused options included."""
    done = gradcheck(*words, *option)
    report = json.loads(done.stdout)
    assert report["schema"] == "gradcheck/report/1"
    assert report["exit_code"] == done.returncode


def test_a_complaint_in_json_has_its_code():
    """Programs find the complaint as a finding of a result that is an error."""
    result = json.loads(gradcheck("complaint", "--format", "json").stdout)["results"][0]
    assert result["verdict"] == "error"
    assert result["target"] == "complaint"
    finding = result["findings"][0]
    assert (finding["code"], finding["where"], finding["remedy"]) == ("GC902", "a.py:3", "write JSON")


def test_curve_and_trace_as_json():
    """The other commands speak JSON too."""
    assert (
        json.loads(gradcheck("curve", "curved", "--format", "json").stdout)["results"][0]["curves"][0]["method"]
        == "forward"
    )
    trace = json.loads(gradcheck("trace", "survey", "--format", "json").stdout)
    assert trace["schema"] == "gradcheck/trace/1"
    assert trace["rows"][2]["primal"] == "log(x1)"


def test_what_the_user_prints_goes_to_stderr():
    """Python prints and compiled writes do not mix with the findings."""
    done = gradcheck("prints")
    assert done.stdout == gradcheck("agree").stdout
    assert "printed by the user's code" in done.stderr
    assert "written by compiled code" in done.stderr


@pytest.mark.parametrize(
    ("words", "environment", "told"),
    [
        ([], {}, "rtol=5e-07"),
        ([], {"GRADCHECK_RTOL": "1e-5"}, "rtol=1e-05"),
        (["--rtol", "1e-3"], {"GRADCHECK_RTOL": "1e-5"}, "rtol=0.001"),
        ([], {"GRADCHECK_STRICT": "1"}, "strict=True"),
        (["--no-strict"], {"GRADCHECK_STRICT": "1"}, "strict=False"),
        (["--jac", "slope"], {}, "grad='slope'"),
        (["--grad", "slope", "--hess", "curv"], {}, "hess='curv'"),
        (["--at", "[-1, 2]"], {}, "at='[-1, 2]'"),
        (["--at", "-1.5"], {}, "at='-1.5'"),
        (["--against", "reverse, differences,reverse"], {}, "against=('reverse', 'differences')"),
        ([], {"GRADCHECK_SEED": "7"}, "seed=7"),
        (["--max-memory", "500M"], {}, "max_memory=524288000"),
        (["--max-memory", "1.5g"], {"GRADCHECK_MAX_MEMORY": "9"}, "max_memory=1610612736"),
        ([], {"GRADCHECK_MAX_MEMORY": "64"}, "max_memory=67108864"),
        (["--returns", "value-and-grad", "--order", "2", "--points", "5"], {}, "points=5, seed=0, order=2"),
    ],
    ids=str,
)
def test_flags_come_before_the_environment_and_that_before_defaults(words, environment, told):
    """One request is made of the three, in this order."""
    report = json.loads(gradcheck("settings", *words, "--format", "json", **environment).stdout)
    assert told in report["results"][0]["reason"]


def test_a_bad_value_in_the_environment_is_named():
    """A variable that cannot be read is exit 2 with the option's name."""
    done = gradcheck("agree", GRADCHECK_RTOL="much")
    assert done.returncode == 2
    assert "--rtol" in done.stderr


@pytest.mark.parametrize("size", ["much", "0", "-2G", "5Q", "inf", ""])
def test_a_size_that_is_none_is_refused(size):
    """What is no number of bytes is exit 2 with an example of one that is."""
    done = gradcheck("agree", "--max-memory", size)
    assert done.returncode == 2
    assert "is not a size such as 500M or 2G" in " ".join(done.stderr.split())


def test_options_may_stand_before_the_target():
    """The default command takes its options in any order."""
    assert gradcheck("--strict", "kink").returncode == 1
    assert gradcheck("-q", "waves").stdout.startswith("waves.py:8: wrong GC103")


def test_quiet_is_silent_when_all_is_well():
    """Nothing wrong, nothing said."""
    done = gradcheck("-q", "agree", "kink")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_pipe_gets_no_escapes_and_eighty_columns():
    """Text for programs and logs: no ANSI, no progress, lines of at most 80 cells."""
    done = gradcheck("list")
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == ""
    assert "✗ wrong" in done.stdout


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"GRADCHECK_COLOR": "always"}, True),
    ],
    ids=str,
)
def test_colour_is_asked_for_in_one_order(words, environment, coloured):
    """--color, then NO_COLOR, then FORCE_COLOR; without colours no escape at all, the words unchanged."""
    out = gradcheck("waves", *words, **environment).stdout
    assert ("\x1b[1;31m" in out) == coloured
    assert ("\x1b" in out) == coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", out) == gradcheck("waves").stdout


def test_columns_sets_the_width():
    """COLUMNS=60 gives the layout for 60 columns."""
    lines = gradcheck("ridge", COLUMNS="60").stdout.split("\n")
    assert "    tolerance     8.7e-08" in lines


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "ja_JP.UTF-8"}], ids=str
)
def test_streams_without_the_glyphs_get_their_twins(environment):
    """An ASCII or Windows stream, and languages that draw the glyphs two cells wide."""
    done = gradcheck("list", **environment)
    assert done.returncode == 2
    assert done.stdout.startswith("x wrong  waves_grad")
    assert done.stdout.isascii()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["agree"], 0),
        (["waves"], 1),
        (["waves", "--format=json"], 1),
        (["waves", "--color=always"], 1),
        (["--help"], 0),
    ],
    ids=str,
)
def test_a_reader_that_has_already_left_changes_no_exit_code(words, code):
    """A closed pipe is not a finding: the verdict's exit code stands and nothing is said about it."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, str(HERE / "stand_in.py"), *words],
        stdout=writer,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=CLEAN,
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (code, "")


def test_a_reader_that_leaves_ends_the_run_quietly():
    """``gradcheck ... | head -1``: no traceback, no complaint about the pipe."""
    command = f'"{sys.executable}" "{HERE / "stand_in.py"}" matrix matrix list -v | head -1'
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, encoding="utf-8", env=CLEAN, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.startswith("✗ wrong")


@pytest.mark.parametrize(
    "words",
    [["--help"], ["check", "--help"], ["curve", "-h"], ["trace", "--help"], ["explain", "--help"], ["agree", "--help"]],
    ids=str,
)
def test_help_fits_eighty_columns(words):
    """Help is written by hand, for a screen of 80 columns, in ASCII."""
    out = gradcheck(*words).stdout
    assert out.startswith("gradcheck")
    assert out.isascii()
    assert max(map(len, out.split("\n"))) <= 80


@pytest.mark.parametrize("name", ["check", "curve", "trace", "explain"])
def test_help_names_every_option(name):
    """No option is missing from the hand-written text, and none is invented."""
    command = import_module(f"gradcheck_tool.cli.{name}").command
    known = {word for parameter in command.params for word in parameter.opts if word.startswith("-")}
    named = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", HELP[name].split("\n\n", 1)[1]))
    assert known - {"--output-format", "--quiet", "--verbose"} <= named
    assert named <= known


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["check", "--help"], ["curve", "--help"]], ids=str)
def test_starting_up_is_cheap(words):
    """Version and help load neither NumPy nor SymPy nor rich."""
    code = (
        "import sys; from gradcheck_tool.cli import main; "
        f"code = main({words!r}); heavy = {{'numpy', 'sympy', 'rich', 'flint'}} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=HERE.parents[1], check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_python_dash_m_is_the_command():
    """``python -m gradcheck_tool`` answers like ``gradcheck``."""
    done = subprocess.run(
        [sys.executable, "-m", "gradcheck_tool", "--version"],
        capture_output=True,
        encoding="utf-8",
        cwd=HERE.parents[1],
        check=False,
    )
    assert re.fullmatch(r"gradcheck \d+\.\d+\.\d+\n", done.stdout)
