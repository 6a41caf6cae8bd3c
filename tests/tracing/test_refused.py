"""What cannot be followed is refused: with the user's line and what to do, never with a wrong number."""

from __future__ import annotations

import copy
import math
import pickle
import re

import numpy as np
import pytest
import scipy.linalg
from following import assert_followed, jacobians

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record

X = np.array([0.83, 0.31, 0.57, 0.72])


def refused(f, x=X):
    with pytest.raises(CannotFollow) as caught:
        record(f, x)
    complaint = caught.value
    assert re.fullmatch(r".*test_refused\.py:\d+", complaint.where), complaint.where
    assert complaint.remedy
    return complaint


KEYWORDS = {
    "sum dtype": lambda x: np.sum(x, dtype=int),
    "cumsum dtype": lambda x: np.cumsum(x, dtype=int),
    "prod dtype": lambda x: x.prod(dtype=np.int64),
    "median overwrite_input": lambda x: np.median(x, overwrite_input=True),
    "quantile weights": lambda x: np.quantile(x, 0.3, weights=x, method="inverted_cdf"),
    "pad reflect_type": lambda x: np.pad(x, 1, mode="reflect", reflect_type="odd"),
    "interp period": lambda x: np.interp(x, [0.0, 1.0], [0.0, 2.0], period=x[0]),
    "multiply dtype": lambda x: np.multiply(x, x, dtype=np.float32),
    "concatenate dtype": lambda x: np.concatenate([x, x], dtype=np.float32),
}


@pytest.mark.parametrize("name", KEYWORDS)
def test_keywords_without_a_rule_are_refused_by_name(name):
    """A keyword that no rule honours is refused, and the sentence names the function."""
    assert "numpy" in refused(KEYWORDS[name]).sentence


def test_out_to_a_foreign_array_is_refused():
    """An array of another thread's, or of a library's, cannot take a recorded result."""
    buffer = np.frombuffer(bytearray(32)).reshape(4)
    box = [memoryview(buffer)]

    def f(x):
        target = np.asarray(box[0]).view(np.ndarray)
        return np.add(x, 1.0, out=target)

    with pytest.raises(CannotFollow):
        record(f, X)


LOST = {
    "object array": lambda x: np.array([x[0], None], dtype=object).astype(float),
    "complex": lambda x: np.sum(x * 1j),
    "complex power": lambda x: (-float(x[0])) ** 0.5,
    "complex number": lambda x: complex(x[0]),
    "float32 cast of nothing": lambda x: x.astype(complex),
    "pickle": lambda x: pickle.dumps(x),
    "pickle number": lambda x: pickle.dumps(x[0]),
    "scipy": lambda x: scipy.linalg.schur(np.outer(x, x))[0],
    "fft": lambda x: np.fft.fft(x),
    "view": lambda x: x.view(int),
    "eigenvalues": lambda x: np.linalg.eigvals(np.array([[x[0], 1.0], [0.0, x[0]]])),
    "nonsense": lambda x: np.histogram(x, bins="auto"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_would_lose_the_record_is_refused(name):
    """Everything that wants bare numbers of a value that depends on the inputs is refused."""
    refused(LOST[name])


def test_a_write_into_an_array_of_whole_numbers_is_refused():
    """NumPy would round the value silently."""

    def f(x):
        counts = np.zeros(3, dtype=int)
        counts[1] = x[0] * 10
        return counts.sum() + x[1]

    refused(f)


def test_object_arrays_of_recorded_values_are_absorbed_or_refused():
    """An object array never carries recorded values through NumPy unseen."""

    def f(x):
        cells = np.empty(2, dtype=object)
        cells[0], cells[1] = x[0], x[1]
        return np.sum(cells)

    try:
        assert_followed(f, X)
    except CannotFollow as complaint:
        assert complaint.where  # noqa: PT017 - both ends are right


_KEPT = []
_MEMORY = {}


def test_a_value_kept_from_an_earlier_run_is_the_plain_number():
    """What a run leaves in globals and lists is what the plain run would have left: no recorded value gets out."""

    def keeps(x):
        _KEPT.append(x[0] * 2.0)
        _KEPT.append(x * 2.0)
        return x[0]

    _KEPT.clear()
    record(keeps, X)
    assert [type(kept) for kept in _KEPT] == [np.float64, np.ndarray]
    assert_followed(lambda x: x[1] * _KEPT[0] + np.sum(_KEPT[1]), X)


def test_a_memory_table_is_left_as_it_was():
    """A table the user keeps by hand is not filled by a recorded run: the next one would read constants from it."""

    def f(x):
        if "factor" not in _MEMORY:
            _MEMORY["factor"] = math.exp(x[0])
        return x[1] * _MEMORY["factor"]

    _MEMORY.clear()
    for _ in range(2):
        forward, reverse = jacobians(f, X)
        assert np.all(forward == reverse)
        assert reverse[0, 0] == X[1] * math.exp(X[0])
    assert _MEMORY == {}


def test_a_value_hidden_from_an_earlier_run_is_refused():
    """A recorded value that survived where nothing looks is never mixed into another run."""

    def kept():
        value = None
        while True:
            given = yield value
            value = value if given is None else given

    cell = kept()
    next(cell)

    def keeps(x):
        cell.send(x[0] * 2.0)
        return x[0]

    record(keeps, X)
    assert "earlier run" in refused(lambda x: x[1] * cell.send(None)).sentence


def test_user_exceptions_pass_with_the_users_traceback():
    """The exception, its text and its lines are those of the plain run."""

    def helper(v):
        return math.log(v)

    def f(x):
        return helper(x[0] - 1.0)

    with pytest.raises(ValueError, match=r"math domain error|positive") as caught:
        record(f, X)
    assert [entry.frame.code.name for entry in caught.traceback if entry.path.name == "test_refused.py"][-2:] == [
        "f",
        "helper",
    ]


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x[4],
        lambda x: x[0] / 0 if isinstance(x[0], float) and not isinstance(x[0], np.generic) else float(x[0]) / 0,
        lambda x: np.linalg.inv(np.outer(x, 0 * x)),
        lambda x: np.linalg.cholesky(-np.outer(x, x)),
        lambda x: x @ np.ones(3),
        lambda x: np.reshape(x, (3, 3)),
        lambda x: x + np.ones(3),
        lambda x: x.nonsense,
        lambda x: np.concatenate([x, x.reshape(2, 2)]),
        lambda x: math.sqrt(-x[0]),
        lambda x: math.exp(1e5 * float(x[0])),
        lambda x: np.array([x, x[:2]]),
        lambda x: "a" + x[0],
        lambda x: x["a"],
        lambda x: {x: 1},
        lambda x: bool(x),
        lambda x: float(x),
        lambda x: math.sin(x),
    ],
)
def test_errors_are_those_of_the_plain_run(f):
    """Where the plain run raises, the recorded run raises the same class of exception."""
    with pytest.raises(Exception) as plain:  # noqa: PT011 - whatever the plain run raises
        f(X.copy())
    with pytest.raises(type(plain.value)):
        record(f, X)


def test_copies_of_recorded_values_stay_recorded():
    """copy.copy, copy.deepcopy and slicing keep the record."""
    assert_followed(lambda x: copy.deepcopy([x, x[0]])[1] * copy.copy(x)[1] * np.copy(x)[2] * x[:].copy()[3], X)


def test_a_refusal_inside_a_library_names_the_library_and_not_whoever_called_us():
    """Where the target itself is library code there is no user's line; the caller of the tool is not one."""
    linalg = pytest.importorskip("scipy.linalg")
    with pytest.raises(CannotFollow) as refused:
        record(linalg.schur, np.array([[0.3, 1.2], [-0.4, 0.1]]))
    assert "scipy" in refused.value.where
