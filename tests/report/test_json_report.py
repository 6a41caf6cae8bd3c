"""JSON out and in again is the identity, and what goes out is always JSON."""

import json
import math
import pprint
from dataclasses import asdict

import hand_made_reports as made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.judgement.record import Curve, Entry, Finding
from gradcheck_tool.report.json import from_json, to_json
from gradcheck_tool.report.record import MethodRow, Report, Result

words = st.text(max_size=8).filter(lambda text: text not in ("NaN", "Infinity", "-Infinity"))
number = st.floats()
by_method = st.dictionaries(st.sampled_from(["forward", "reverse", "differences"]), number)
outcomes = st.sampled_from(["agree", "wrong", "kink", "cannot-tell", "error"])
several = st.lists(number, max_size=3).map(tuple)
entries = st.builds(
    Entry,
    words,
    st.integers(0, 9),
    st.integers(0, 9),
    outcomes,
    number,
    number,
    number,
    number,
    by_method,
    by_method,
    words,
)
findings = st.builds(
    Finding, words, words, words, words, words, words, st.lists(st.tuples(words, words), max_size=2).map(tuple)
)
methods = st.builds(MethodRow, words, words, words, words, st.integers(0), number, words, st.lists(words).map(tuple))
curves = st.builds(Curve, words, words, st.integers(1, 4), several, several, several, several, *[number] * 6)
points = st.none() | st.dictionaries(
    words, st.recursive(number | st.integers(), lambda inner: st.lists(inner, max_size=3))
)
results = st.builds(
    Result,
    words,
    words,
    words,
    outcomes,
    words,
    words,
    st.integers(1, 2),
    words,
    words,
    points,
    words,
    st.none() | st.integers(0),
    several,
    st.tuples(st.integers(0), st.integers(0)),
    number,
    number,
    number,
    st.lists(entries, max_size=2).map(tuple),
    st.lists(findings, max_size=2).map(tuple),
    st.lists(methods, max_size=2).map(tuple),
    st.lists(curves, max_size=1).map(tuple),
    st.lists(words, max_size=2).map(tuple),
    number,
)
reports = st.builds(Report, st.lists(results, max_size=2).map(tuple), st.integers(0), st.booleans(), number)


def spelled(report):
    """All fields in writing (nan equals nan there), the keys of dicts in one order."""
    return pprint.pformat(asdict(report))


def refuse(constant):
    raise AssertionError(f"{constant} is not JSON")


@given(reports)
def test_any_report_survives_the_round_trip(report):
    """Every field, nan and infinities included, comes back as it was; the text is strict JSON."""
    text = to_json(report)
    json.loads(text, parse_constant=refuse)
    again = from_json(text)
    assert spelled(again) == spelled(report)
    assert to_json(again) == text


@pytest.mark.parametrize("name", list(made.EVERY))
def test_the_hand_made_reports_survive_too(name):
    """A report as the tool makes it is the same after reading."""
    report = Report((made.EVERY[name],), seed=3, strict=True, seconds=0.5)
    assert spelled(from_json(to_json(report))) == spelled(report)


def test_the_public_keys():
    """Programs rely on these names."""
    data = json.loads(to_json(Report((made.WAVES,), seed=7)))
    assert data["schema"] == "gradcheck/report/1"
    assert (data["seed"], data["exit_code"], data["strict"]) == (7, 1, False)
    result = data["results"][0]
    assert {
        "target",
        "verdict",
        "reason",
        "point",
        "max_rel_error",
        "confirmed",
        "entries",
        "findings",
    } <= result.keys()
    worst = result["entries"][2]
    assert worst["bars"]["differences"] == 6.3e-14
    assert worst["yours"] == 0.16996714290024104
    assert {"name", "verdict", "yours", "reference", "bound", "tolerance"} <= worst.keys()
    assert {"code", "kind", "where", "message", "remedy"} <= result["findings"][0].keys()


def test_special_numbers_are_strings():
    """JSON has no nan: the names stand for it."""
    data = json.loads(to_json(Report((made.NANS,))), parse_constant=refuse)
    assert data["results"][0]["entries"][1]["yours"] == "NaN"
    assert data["results"][0]["entries"][2]["yours"] == "-Infinity"
    assert math.isnan(from_json(to_json(Report((made.NANS,)))).results[0].entries[1].yours)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"schema": "other/1"}', "{"])
def test_other_texts_are_refused(text):
    """What is not a report of ours is a complaint with a remedy, not a KeyError."""
    with pytest.raises(Complaint, match="not a report"):
        from_json(text)
