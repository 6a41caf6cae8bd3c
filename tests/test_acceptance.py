"""What the tool promises, held against it from outside: commands, exit codes, reports, mutants."""

# ruff: noqa: S603 - the processes started here are the command itself
from __future__ import annotations

import contextlib
import inspect
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gradcheck_tool import check
from gradcheck_tool.checking import curve, run
from gradcheck_tool.cli import main
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Packing, find, points

SAMPLES = Path(__file__).parent.parent / "sample_models"
CLEAN = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("GRADCHECK_", "NO_COLOR", "FORCE", "COLUMNS", "LC_"))
}
CLEAN.update({"PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"})


def process(*words, code=None, cwd=None, **environment):
    """Run the command, or a line of Python, as its own process."""
    start = [sys.executable, "-c", code] if code else [sys.executable, "-m", "gradcheck_tool"]
    return subprocess.run(
        [*start, *words],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**CLEAN, **environment},
        check=False,
        timeout=120,
    )


@pytest.fixture
def command(capsys, monkeypatch):
    """The command in this process: exit code and stdout for the words typed."""
    for name in [name for name in os.environ if name.startswith("GRADCHECK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")

    def typed(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        return code, capsys.readouterr().out

    return typed


def sample(name):
    return f"{SAMPLES}/{name}"


class TestTargets:
    def test_a_function_of_an_installed_package_is_a_target(self, command):
        """SciPy's rosen has rosen_der and rosen_hess beside it; both are found, named and right."""
        code, out = command("scipy.optimize:rosen")
        assert code == 0
        assert "agree  rosen_der" in out
        code, out = command("scipy.optimize:rosen", "--order", "2")
        assert code == 0
        assert "agree  rosen_hess" in out

    def test_a_gradient_in_another_file(self, command, tmp_path):
        """``--grad other.py:name`` judges that one, not the one beside the function."""
        other = tmp_path / "other.py"
        other.write_text("import numpy as np\ndef slope(x):\n    return np.array([x[1], 2 * x[0]])\n", encoding="utf-8")
        model = tmp_path / "model.py"
        model.write_text(
            "import numpy as np\ndef f(x):\n    return x[0] * x[1]\ndef f_grad(x):\n    return x[::-1].copy()\n",
            encoding="utf-8",
        )
        assert command(f"{model}:f", "--at", "[1.5, 2]")[0] == 0
        code, out = command(f"{model}:f", "--at", "[1.5, 2]", "--grad", f"{other}:slope")
        assert code == 1
        assert "slope is wrong in 1 of 2 entries: df/dx[1]" in out

    def test_a_function_that_returns_its_gradient_too(self, command):
        """``--returns value-and-grad`` takes the pair apart."""
        code, out = command(sample("right/value_and_gradient.py:quadratic"), "--returns", "value-and-grad")
        assert code == 0
        assert "3 entries" in out

    @pytest.mark.parametrize(
        "name",
        ["f_jac", "df", "f_deriv", "f_grad", "grad_f", "f_gradient", "f_jacobian", "jac_f", "f_prime", "f_der"],
    )
    def test_the_usual_names_of_a_gradient_are_found(self, command, tmp_path, name):
        """The derivative is found by its name, and the report names it."""
        model = tmp_path / "model.py"
        text = f"def f(x):\n    return x**3\ndef {name}(x):\n    return 3 * x**2\n"
        model.write_text(text, encoding="utf-8")
        code, out = command(f"{model}:f", "--at", "1.3", "--against", "forward,differences")
        assert code == 0
        assert f"agree  {name}, 1 entry" in out

    @pytest.mark.parametrize("name", ["f_hess", "f_hessian", "hess_f", "hessian_f"])
    def test_the_usual_names_of_a_hessian_are_found(self, command, tmp_path, name):
        """With ``--order 2``."""
        model = tmp_path / "model.py"
        text = f"def f(x):\n    return x[0]**2 * x[1]\ndef {name}(x):\n    return [[2*x[1], 2*x[0]], [2*x[0], 0]]\n"
        model.write_text(text, encoding="utf-8")
        code, out = command(f"{model}:f", "--at", "[1.3, 0.7]", "--order", "2")
        assert code == 0, out
        assert f"agree  {name}, 4 entries" in out


class TestCost:
    def test_sympy_is_not_imported_where_it_is_not_asked(self):
        """Checking against the other methods does not pay for SymPy."""
        code = (
            "import sys; from gradcheck_tool.cli import main\n"
            f"code = main([{sample('right/evaluation_trace.py:f')!r}, '--against', 'forward,reverse,differences'])\n"
            "sys.exit(10 * code + ('sympy' in sys.modules))"
        )
        done = process(code=code)
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.parametrize("words", [["--version"], ["--help"], ["check", "--help"]], ids=str)
    def test_asking_for_help_is_cheap(self, words):
        """Neither NumPy nor SymPy nor rich's tables are imported for a page of text."""
        code = (
            "import sys; from gradcheck_tool.cli import main\n"
            f"assert main({words!r}) == 0\n"
            "sys.exit(sum(name in sys.modules for name in ('numpy', 'sympy', 'rich.table')))"
        )
        done = process(code=code)
        assert done.returncode == 0
        assert "gradcheck" in done.stdout


class TestExitCodes:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (["right/polar.py:polar"], 0),
            (["wrong/sign.py:ripple"], 1),
            (["right/polar.py:none"], 2),
            (["right/polar.py:polar", "wrong/sign.py:ripple"], 1),
            (["right/polar.py:polar", "wrong/sign.py:ripple", "right/polar.py:none"], 2),
            (["kinks/abs.py:lasso"], 0),
            (["kinks/abs.py:lasso", "--strict"], 1),
            (["noise/mutation.py:normalised"], 0),
            (["noise/mutation.py:normalised", "--strict"], 1),
        ],
        ids=str,
    )
    def test_the_exit_code_is_the_verdict(self, command, monkeypatch, words, expected):
        """0 nothing wrong, 1 wrong, 2 could not check; ``--strict`` lets a doubt fail too."""
        monkeypatch.chdir(SAMPLES)
        assert command(*words)[0] == expected

    def test_several_targets_are_all_told(self, command, monkeypatch):
        """Each target is in the list, the wrong one in full."""
        monkeypatch.chdir(SAMPLES)
        code, out = command("right/polar.py:polar", "wrong/sign.py:ripple", "kinks/abs.py:lasso")
        assert code == 1
        assert "ripple_grad is wrong in 1 of 3 entries: df/dx[1]" in out
        assert re.search(r"3 checked: 1 wrong, .*1 kink, .*1 agree", out), out
        for target in ("right/polar.py:polar", "wrong/sign.py:ripple", "kinks/abs.py:lasso"):
            assert target in out

    def test_success_is_one_sentence_and_quiet_success_is_silence(self, command):
        """Nothing to do: one line, with ``-q`` none."""
        code, out = command(sample("right/polar.py:polar"))
        assert (code, len(out.splitlines())) == (0, 1)
        assert command(sample("right/polar.py:polar"), "-q") == (0, "")

    def test_quiet_failure_is_one_line(self, command):
        """With ``-q`` a wrong derivative is one line to grep for."""
        code, out = command(sample("wrong/sign.py:ripple"), "-q")
        assert (code, len(out.splitlines())) == (1, 1)
        assert "GC101" in out


class TestReports:
    def test_the_fields_of_the_json_report(self, command):
        """The schema programs rely on."""
        code, out = command(sample("wrong/sign.py:ripple"), "--format", "json", "--seed", "5")
        report = json.loads(out)
        assert (report["schema"], report["seed"], report["exit_code"]) == ("gradcheck/report/1", 5, code)
        [result] = report["results"]
        assert {"target", "verdict", "reason", "point", "max_rel_error", "confirmed", "entries", "findings"} < set(
            result
        )
        assert {"curves", "methods", "again", "order", "shape"} < set(result)
        assert result["point"] == {"x": [0.4, 1.1, 2.0]}
        entry = result["entries"][0]
        assert {"name", "verdict", "yours", "reference", "bound"} < set(entry)
        assert (entry["name"], entry["verdict"]) == ("df/dx[1]", "wrong")
        for method in ("forward", "reverse", "symbolic", "differences"):
            assert json.dumps(entry).count(f'"{method}"') >= 1
        assert {"code", "kind", "where", "message", "remedy"} <= set(result["findings"][0])

    def test_floats_keep_all_their_digits(self, command):
        """A number read back from JSON is the double that was judged."""
        _, out = command(sample("wrong/sign.py:ripple"), "--format", "json")
        entry = json.loads(out)["results"][0]["entries"][0]
        assert entry["yours"] == np.sin(1.1)
        assert f'"yours": {float(np.sin(1.1))!r}' in out

    @pytest.mark.parametrize("name", ["wrong/sign.py:ripple", "kinks/abs.py:lasso", "noise/mutation.py:normalised"])
    def test_the_printed_command_repeats_the_verdict(self, command, monkeypatch, name):
        """What stands after ``again`` is typed as it is, and says the same."""
        monkeypatch.chdir(SAMPLES)
        _, out = command(name)
        [again] = re.findall(r"^ +again +gradcheck (.*)$", out, flags=re.MULTILINE)
        assert command(*shlex.split(again))[1].splitlines()[:2] == out.splitlines()[:2]

    def test_a_random_point_is_repeated_by_its_command(self, command, tmp_path):
        """Also where the tool chose the point itself."""
        model = tmp_path / "model.py"
        model.write_text("def f(x):\n    return x**3\ndef df(x):\n    return 2 * x**2\n", encoding="utf-8")
        _, out = command(f"{model}:f")
        [again] = re.findall(r"^ +again +gradcheck (.*)$", out, flags=re.MULTILINE)
        _, repeated = command(*shlex.split(again))
        yours = [
            line.split()[:2] for line in (*out.splitlines(), *repeated.splitlines()) if line.startswith("    yours")
        ]
        assert len(yours) == 2
        assert yours[0] == yours[1]

    def test_colour_is_for_terminals_that_want_it(self):
        """NO_COLOR wins over FORCE_COLOR, and a pipe gets none."""
        target = sample("wrong/sign.py:ripple")
        assert "\x1b[" not in process(target, NO_COLOR="1", FORCE_COLOR="1").stdout
        assert "\x1b[" not in process(target).stdout
        assert "\x1b[" in process(target, FORCE_COLOR="1").stdout


class TestPoints:
    def test_the_seed_repeats_the_points(self, tmp_path):
        """The same seed gives the same points, another seed others; no point is asked for twice."""
        model = tmp_path / "model.py"
        model.write_text("def f(x):\n    return x[0]**3 * x[1]\n", encoding="utf-8")

        def chosen(seed):
            subject = find(f"{model}:f")
            return [point.values["x"].tolist() for point in points(subject, at=None, count=4, seed=seed)]

        assert chosen(1) == chosen(1)
        assert chosen(1) != chosen(2)
        assert len({tuple(point) for point in chosen(1)}) == 4
        first, second = (run((f"{model}:f",), Settings(seed=1)).results[0] for _ in range(2))
        assert first.point == second.point
        assert first.seed == second.seed

    def test_more_points_find_what_few_miss(self, command, tmp_path):
        """A gradient that is wrong only below 0 passes at a point above it and fails with enough points."""
        model = tmp_path / "model.py"
        model.write_text("def f(x):\n    return x**3\ndef df(x):\n    return 3 * x * abs(x)\n", encoding="utf-8")
        assert command(f"{model}:f", "--at", "1.7")[0] == 0
        assert command(f"{model}:f", "--points", "30", "--against", "forward,differences")[0] == 1


def test_nothing_the_function_prints_gets_out(capfd):
    """From Python too a check prints nothing, however often it runs the function."""

    def talkative(x):
        print("called with", x)  # noqa: T201 - a user's print
        return x**3

    assert check(talkative, at=1.3, jac=lambda x: 3 * x**2).results[0].verdict == "agree"
    assert capfd.readouterr() == ("", "")


def test_the_curve_of_the_logistic_map_has_the_textbook_slopes():
    """Forward differences rise like h and 1/h, central ones like h**2 and 1/h."""
    result = curve(sample("right/logistic_map.py:l_4"), Settings(at="0.2"))
    slopes = {each.method: (each.slope_truncation, each.slope_rounding) for each in result.curves}
    assert slopes["forward"] == pytest.approx((1.0, -1.0), abs=0.1)
    assert slopes["central"] == pytest.approx((2.0, -1.0), abs=0.1)


MUTANTS = {
    "right/rosenbrock.py:rosenbrock",
    "right/helmholtz.py:helmholtz",
    "right/logistic_map.py:l_4",
    "right/logistic_regression.py:loss",
    "right/network.py:cross_entropy",
    "right/gaussian_process.py:log_likelihood",
    "right/bank_account.py:balance",
    "right/matrix_input.py:misfit",
    "right/evaluation_trace.py:f",
    "right/polar.py:polar",
    "noise/compiled.py:spectrum",
    "noise/compiled.py:chance",
}


def changed(place, value):
    def change(slope):
        slope[place(slope)] = value(slope, place(slope))
        return slope

    return change


def largest(slope):
    return int(np.argmax(np.abs(slope)))


def smallest(slope):
    return int(np.argmin(np.where(slope == 0, np.inf, np.abs(slope))))


def swapped(slope):
    first, second = largest(slope), smallest(slope)
    slope[first], slope[second] = slope[second], slope[first]
    return slope


def scaled(factor):
    return lambda slope, place: slope[place] * factor


CHANGES = {
    f"{name} {where.__name__}": changed(where, value)
    for where in (largest, smallest)
    for name, value in {
        "1e-2": scaled(1 + 1e-2),
        "1e-4": scaled(1 + 1e-4),
        "1e-5": scaled(1 + 1e-5),
        "sign": scaled(-1.0),
        "dropped": scaled(0.0),
        "nan": scaled(np.nan),
    }.items()
} | {"swapped": swapped}


def mutated(gradient, change):
    def mutant(**values):
        slope = gradient(**values)
        packing = Packing.of(slope, "g")
        with contextlib.suppress(IndexError):
            return packing.unpack(change(packing.pack(slope).copy()))
        return slope

    return mutant


@pytest.mark.parametrize("target", sorted(MUTANTS))
def test_no_mutant_survives_and_no_right_gradient_is_accused(target):
    """One entry wrong by a hundredth of a permille is called wrong, and the right gradient never."""
    subject = find(sample(target))
    [point] = points(subject, at=None, count=1, seed=0)
    methods = ("forward", "reverse", "differences")
    right = subject.gradient.function

    def verdict(gradient):
        def jac(**values):
            return gradient(**values)

        jac.__signature__ = inspect.signature(subject.function)
        [result] = check(subject.function, at=dict(point.values), jac=jac, against=methods).results
        return result.verdict

    assert verdict(right) == "agree"
    alone = Packing.of(right(**point.values), "g").size == 1
    survivors = [
        name
        for name, change in CHANGES.items()
        if not (alone and name == "swapped") and verdict(mutated(right, change)) != "wrong"
    ]
    assert survivors == []
