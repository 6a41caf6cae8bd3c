"""What a report says about the one edit that makes a gradient right."""

import numpy as np

from gradcheck_tool.examine.derivative import examine
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Subject
from gradcheck_tool.subject.subject import Handwritten


def valley(x):
    return 100.0 * (x[1] - x[0] ** 2) ** 2 + (1.0 - x[0]) ** 2


def other_sign(x):
    d = x[1] + x[0] ** 2
    a = -400.0 * x[0] * d - 2.0 * (1.0 - x[0])
    return np.array([a, 200.0 * d])


def other_constant(x):
    d = x[1] - x[0] ** 2
    return np.array([-400.0 * x[0] * d - 2.0 * (1.0 - x[0]), 200.2 * d])


def another_function(x):
    return np.array([np.sin(37.0 * x[0]) * np.exp(x[1]) + 3.0, np.tan(x[0]) ** 3])


def pair(x):
    r2 = x[0] ** 2 + x[1] ** 2 + x[2] ** 2
    s6 = 1 / r2**3
    return 4 * (s6**2 - s6)


def other_power(x):
    r2 = x[0] ** 2 + x[1] ** 2 + x[2] ** 2
    s6 = 1 / r2**2
    slope = -24 * (2 * s6**2 - s6) / r2
    return [slope * x[0], slope * x[1], slope * x[2]]


def finding_of(gradient, x, function=valley, **settings):
    subject = Subject("m.py:f", "f", "m.py:1", function, Handwritten("f_grad", "m.py:9", "test", gradient))
    result = examine(subject, Point({"x": np.array(x)}, {}, "test"), Settings(**settings), 1)
    assert result.verdict == "wrong"
    return result.findings[0]


def line_of(function, ahead):
    return f"test_told_repairs.py:{function.__code__.co_firstlineno + ahead}"


def test_the_edit_alone_is_a_story():
    """Where no pattern of the numbers fits, the edit is told with a code of its own, at its line."""
    found = finding_of(other_power, [0.8, 0.6, 0.7], pair)
    assert (found.code, found.kind) == ("GC114", "one-edit")
    assert found.where.endswith(line_of(other_power, 2))
    told = dict(found.data)
    assert "pattern" not in told
    assert "replace `r2 ** 2` by `r2 ** 3`" in told["repair"]
    assert told["repair"].endswith("held at 2 fresh points)")


def test_a_pattern_and_an_edit_stand_side_by_side():
    """One story from each side: what turns the numbers into the right ones, and what turns the source."""
    found = finding_of(other_constant, [0.7, 1.3])
    told = dict(found.data)
    assert found.code == "GC102"
    assert told["pattern"].startswith("AD = yours / 1.001")
    assert "200.2 should be 200 in `200.2 * d`" in told["repair"]
    assert line_of(other_constant, 2) in told["repair"]


def test_no_edit_is_told_where_none_was_found():
    """A gradient of another function is not one edit away."""
    found = finding_of(another_function, [0.7, 1.3])
    assert found.code == "GC100"
    assert dict(found.data)["pattern"].startswith("no simple pattern fits")
    assert "repair" not in dict(found.data)


def test_no_edit_is_told_from_one_point():
    """Where f may not be called at other points, nothing is known about edits."""
    assert "repair" not in dict(finding_of(other_sign, [0.7, 1.3], max_evals=500).data)
