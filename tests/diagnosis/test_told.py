"""What a report says about a wrong gradient, from the function to the finding."""

import numpy as np
import pytest

from gradcheck_tool.examine.derivative import examine
from gradcheck_tool.settings import Settings
from gradcheck_tool.subject import Point, Subject
from gradcheck_tool.subject.subject import Handwritten


def penalised(w):
    return np.sum(np.sin(w)) + 0.05 * np.sum(w**2)


def unpenalised(w):
    return np.cos(w)


def finding_of(function, gradient, x, **settings):
    subject = Subject("m.py:f", "f", "m.py:1", function, Handwritten("f_grad", "m.py:9", "test", gradient))
    point = Point({"w": np.array(x)}, {}, "test")
    result = examine(subject, point, Settings(**settings), 1)
    assert result.verdict == "wrong"
    return result.findings[0]


def test_a_story_says_at_how_many_fresh_points_it_held():
    """Formula, the place in f it is about, and the bracket."""
    found = finding_of(penalised, unpenalised, [0.5, 1.0, -0.7])
    told = dict(found.data)
    assert (found.code, found.kind) == ("GC104", "missing-term")
    assert told["pattern"].startswith("AD - yours = 0.1 * w   (residual ")
    assert told["pattern"].endswith(", held at 2 fresh points)")
    assert told["about"].endswith("yours lacks the derivative of 0.05 * np.sum(w**2)")
    assert "test_told.py:" in told["about"]


def test_where_f_may_not_be_called_again_one_point_only_looks_like_something():
    """With the number of runs limited no free number is told, and the rest is no more than a look."""
    found = finding_of(penalised, lambda w: 2 * (np.cos(w) + 0.1 * w), [0.5, 1.0, -0.7], max_evals=500)
    assert dict(found.data)["pattern"].startswith("looks like AD = yours / 2   (")
    found = finding_of(penalised, unpenalised, [0.5, 1.0, -0.7], max_evals=500)
    assert (found.code, dict(found.data)["pattern"]) == ("GC100", "no simple pattern fits")


def test_a_coincidence_of_the_tested_point_is_not_told():
    """At x = 2 a factor x looks like a factor 2; at other points it does not."""
    found = finding_of(lambda w: np.sum(w**3), lambda w: 3 * w, [2.0, 2.0])
    assert found.code == "GC103"
    assert dict(found.data)["pattern"].startswith("AD = yours * w ")


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_an_entry_that_is_undefined_at_this_point_only(bad):
    """The finding about it says that it is right beside the point."""
    found = finding_of(lambda w: np.sum(w**2), lambda w: np.where(w == 0, bad, 2 * w), [0.5, 0.0])
    assert found.code == "GC109"
    assert dict(found.data)["pattern"].startswith("yours is not finite at this point only; beside it, it is right")
