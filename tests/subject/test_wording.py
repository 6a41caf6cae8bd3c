import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck_tool.subject import Point, again, describe, from_callable, points


def point(seed=None, fixed=None, **values):
    return Point(values, fixed or {}, "--at", seed)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (point(x=np.array([1.5, 0.7, 2.0])), "x = [1.5, 0.7, 2]"),
        (point(x1=2.0, x2=5.0), "x1 = 2, x2 = 5"),
        (point(x=np.eye(2)), "x = [[1, 0], [0, 1]]"),
        (point(x={"a": 1.0, "b": np.array([0.1])}), 'x = {"a": 1, "b": [0.1]}'),
        (point(x=1e-5, fixed={"n": 3, "mode": "a"}), "x = 1e-05, n = 3, mode = 'a'"),
        (point(x=np.zeros(6)), "x = [0, 0, 0, 0, 0, 0]"),
        (point(x=np.zeros(50), seed=1), "50 numbers, seed 1"),
        (point(x=np.zeros(7)), "7 numbers"),
        (point(x=float("nan")), "x = nan"),
        (point(x=-0.0), "x = -0"),
    ],
)
def test_a_point_in_words(shown, text):
    """At most six numbers in their shortest form, else how many there are."""
    assert describe(shown) == text


def test_digits_round_for_reading():
    """Fewer digits can be asked for."""
    assert describe(point(x=math.pi), 3) == "x = 3.14"


@pytest.mark.parametrize(
    ("repeated", "text"),
    [
        (point(x=np.array([1.0, 0.1])), "[1.0, 0.1]"),
        (point(x=2.0), "2.0"),
        (point(x1=2.0, x2=np.array([5.0])), '{"x1": 2.0, "x2": [5.0]}'),
        (point(x={"a": 1.0}), '{"x": {"a": 1.0}}'),
        (point(x=1.0, fixed={"n": 3}), '{"x": 1.0, "n": 3}'),
        (point(x=np.array([math.nan, math.inf])), "[NaN, Infinity]"),
    ],
)
def test_the_words_that_repeat_a_point(repeated, text):
    """One parameter is bare, several and dicts are by name."""
    assert again(repeated) == text


def test_one_of_several_defaults_is_named():
    """Where the bare form would mean another parameter the name is written."""
    subject = from_callable(lambda x=1.0, y=2.0: x * y)
    [repeated] = points(subject, at='{"y": 3}', count=1, seed=0)
    assert again(repeated, subject) == '{"y": 3.0}'


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=5))
def test_repeating_is_exact(numbers):
    """The words give back every bit of every number."""
    subject = from_callable(lambda x: x)
    [back] = points(subject, at=again(point(x=np.array(numbers))), count=1, seed=0)
    assert back.values["x"].tobytes() == np.array(numbers).tobytes()


def test_objects_are_written_as_well_as_they_can_be():
    """What JSON cannot say does not raise."""
    assert json.loads(again(point(x=1.0, fixed={"model": json})))["x"] == 1.0
