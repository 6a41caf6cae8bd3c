"""Checks of functions of many inputs from the outside, and ``--prove``."""

import json
from dataclasses import replace

import numpy as np
import pytest

from gradcheck_tool import check
from gradcheck_tool.examine import proving
from gradcheck_tool.judgement.power import power
from gradcheck_tool.report.json import from_json, to_json
from gradcheck_tool.report.record import Report
from gradcheck_tool.report.terminal import render


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def gradient(x):
    g = np.zeros_like(x)
    g[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    g[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return g


def hidden(x):
    """The same function where it cannot be recorded."""
    return float(rosenbrock(np.frombuffer(x.tobytes())))


def spoiled(column, factor):
    def wrong(x):
        g = gradient(x)
        g[column] *= factor
        return g

    return wrong


FAST = ("forward", "reverse", "differences", "complex-step")


def judged(f, jac, n, **more):
    return check(f, np.linspace(0.5, 1.6, n), jac=jac, against=FAST, **more).results[0]


def rows(result):
    return {row.method: row for row in result.methods}


@pytest.mark.parametrize("n", [300, 10_000])
def test_a_right_gradient_of_many_inputs_agrees_in_few_evaluations(n):
    result = judged(rosenbrock, gradient, n)
    assert result.verdict == "agree"
    assert rows(result)["differences"].evaluations <= 40
    assert len(render(Report((result,)))) < 25


@pytest.mark.parametrize("n", [1000, 10_000])
def test_an_error_of_a_millionth_in_one_component_is_found_and_named(n):
    """By the recording, entry by entry; its neighbours are not accused, and the entry is measured as well."""
    result = judged(rosenbrock, spoiled(n // 3, 1 + 1e-6), n)
    assert result.verdict == "wrong"
    (entry,) = [entry for entry in result.entries if entry.verdict == "wrong"]
    assert entry.name == f"df/dx[{n // 3}]"
    assert rows(result)["differences"].evaluations <= 80


def test_it_is_found_and_named_without_a_recording():
    result = judged(hidden, spoiled(777, 1 + 1e-6), 10_000)
    assert [entry.name for entry in result.entries if entry.verdict == "wrong"] == ["df/dx[777]"]


def test_what_directions_cannot_see_is_said():
    """A component a billion times smaller than the others, without a recording: open, with the way to know more."""

    def f(x):
        y = np.frombuffer(x.tobytes())
        return float(np.sum(y**3) + 1e-13 * y[5])

    def slope(x):
        g = 3 * x**2
        g[5] = 1e-13
        return g

    x = np.linspace(0.5, 1.6, 400)
    x[5] = 1e-9
    result = check(f, x, jac=slope, against=FAST).results[0]
    assert result.verdict == "cannot-tell"
    (entry,) = [entry for entry in result.entries if entry.verdict == "cannot-tell"]
    assert entry.name == "df/dx[5]"
    assert "--full" in entry.reason


def test_forward_and_the_complex_step_compare_along_directions():
    """No method holds a matrix of n by n; what they did instead is said, and is no finding."""
    result = judged(rosenbrock, gradient, 2000)
    for method in ("forward", "complex-step"):
        assert "random directions it agrees with reverse mode" in rows(result)[method].reason
    assert result.findings == ()


def test_a_kink_of_many_inputs_is_named():
    x = np.linspace(-1, 1, 1001)
    result = check(lambda x: np.sum(np.abs(x)) + np.sum(x * x), x, jac=lambda x: np.sign(x) + 2 * x, against=FAST)
    assert result.results[0].verdict == "kink"
    assert "x[500]" in result.results[0].reason


def test_full_takes_every_input():
    """At most 1.3 times two evaluations each."""
    result = judged(rosenbrock, gradient, 600, full=True)
    assert result.verdict == "agree"
    assert 1200 <= rows(result)["differences"].evaluations <= 1.3 * 1200


def test_zeros_of_a_large_jacobian_are_counted_and_not_listed():
    def f(x):
        y = np.sin(x)
        y[1:] += x[1:] * x[:-1]
        return y

    def jacobian(x):
        at = np.arange(x.size - 1)
        result = np.diag(np.cos(x))
        result[at + 1, at + 1] += x[:-1]
        result[at + 1, at] += x[1:]
        return result

    n = 250
    result = judged(f, jacobian, n)
    assert result.verdict == "agree"
    assert len(result.entries) == 2 * n - 1
    assert f"and {n * n - 2 * n + 1} zeros" in result.reason
    assert rows(result)["differences"].evaluations <= 120

    def wrong(x):
        spoilt = jacobian(x)
        spoilt[7, 100] = 1e-3
        return spoilt

    found = judged(f, wrong, n)
    assert [entry.name for entry in found.entries if entry.verdict == "wrong"] == ["df[7]/dx[100]"]


def product(x):
    return np.exp(x[0]) * x[1] - np.sin(x[2]) * x[0]


def product_gradient(x):
    return np.array([np.exp(x[0]) * x[1] - np.sin(x[2]), np.exp(x[0]), -np.cos(x[2]) * x[0]])


POINT = np.array([0.5, 1.2, 0.7])


def test_prove_shows_every_entry_going_red():
    report = check(product, POINT, jac=product_gradient, against=FAST, prove=True)
    (result,) = report.results
    assert result.verdict == "agree"
    assert [proof.entry for proof in result.proofs] == ["df/dx[0]", "df/dx[1]", "df/dx[2]"]
    assert all(proof.caught and abs(proof.error) > 3 * proof.power for proof in result.proofs)
    assert report.exit_code == 0
    text = "\n".join(line.plain for line in render(report))
    assert "every one was called wrong" in text
    assert from_json(to_json(report)) == report


def test_prove_really_judges(monkeypatch):
    """With a check that calls nothing wrong the proof fails, and so does the run."""
    blind = proving.judge

    def lenient(case):
        return blind(replace(case, rtol=1.0))

    monkeypatch.setattr(proving, "judge", lenient)
    report = check(product, POINT, jac=product_gradient, against=FAST, prove=True)
    assert not any(proof.caught for proof in report.results[0].proofs)
    assert report.exit_code == 1


def test_prove_takes_differences_again_where_they_start_from_the_claim():
    """Without a recording the directions are all there is: the changed gradient is measured anew, in a sample."""
    result = judged(hidden, gradient, 300, prove=True)
    assert len(result.proofs) == 24
    assert all(proof.caught for proof in result.proofs)


def test_prove_fails_where_the_error_is_smaller_than_what_is_said_to_be_caught(monkeypatch):
    """The stated power is no more than the truth: half of it passes."""
    monkeypatch.setattr(proving, "TIMES", 0.5)
    report = check(product, POINT, jac=product_gradient, against=FAST, prove=True)
    assert not any(proof.caught for proof in report.results[0].proofs)
    assert report.exit_code == 1


def test_an_error_above_the_power_in_the_json_is_called_wrong():
    """One hundredth above, put into the user's own function."""
    report = check(product, POINT, jac=product_gradient, against=FAST)
    entry = report.results[0].entries[0]
    written = json.loads(to_json(report))["results"][0]["entries"]
    (told,) = {row["caught_above"] for row in written if row["name"] == entry.name}
    assert told == power(entry)

    def changed(x):
        g = product_gradient(x)
        g[entry.column] += 1.01 * told
        return g

    result = check(product, POINT, jac=changed, against=FAST).results[0]
    assert [each.name for each in result.entries if each.verdict == "wrong"] == [entry.name]
