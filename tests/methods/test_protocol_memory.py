"""What functions keep from call to call is noticed and named, and harmless memory accuses nobody."""

import numpy as np
import pytest

from gradcheck_tool.methods.handwritten import handwritten
from gradcheck_tool.methods.protocol import repeat
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Handwritten, Point
from gradcheck_tool.tracing.memory import Memory

X = np.array([1.3, 0.7])
TABLE: dict = {}


def cubes(x):
    return float(np.sum(x**3))


def rounded_table(x):
    key = tuple(np.round(x, 6))
    if key not in TABLE:
        TABLE[key] = float(np.sum(x**3))
    return TABLE[key]


def problem_of(function, x=X):
    return Problem.at(function, Point({"x": x}, {}, "test"))


def remarks_of(gradient, function=cubes):
    found = handwritten(problem_of(function), Handwritten("g", "g.py:1", "--grad", gradient))
    return [remark.kind for remark in found.remarks], found.jacobian


@pytest.mark.parametrize("decimals", [2, 4, 6, 8])
def test_a_table_with_rounded_keys_is_found_and_named(decimals):
    """The value of a neighbour is returned: the place of the table is given, and nobody is accused."""
    table = {}

    def f(x):
        key = tuple(np.round(x, decimals))
        if key not in table:
            table[key] = float(np.sum(x**3))
        return table[key]

    assert repeat(problem_of(f)).kind == "remembers"


def test_the_line_of_the_table_is_given():
    """``path:line`` of the first line that names what changed."""
    remark = repeat(problem_of(rounded_table))
    line = rounded_table.__code__.co_firstlineno + 2
    assert remark.kind == "remembers"
    assert remark.where.endswith(f"test_protocol_memory.py:{line}")


def test_memory_that_changes_no_value_is_nobodys_business():
    """A table under exact keys, a log and a counter are harmless."""
    table, log, calls = {}, [], [0]

    def f(x):
        calls[0] += 1
        log.append(x.copy())
        return table.setdefault(x.tobytes(), cubes(x))

    assert repeat(problem_of(f)) is None


def test_a_counter_in_the_value_is_memory_and_noise_is_not():
    """What putting the memory back cures is memory; what nothing cures is random."""
    calls = [0]
    stream = np.random.default_rng(3)

    def counting(x):
        calls[0] += 1
        return cubes(x) + calls[0]

    assert repeat(problem_of(counting)).kind == "remembers"
    assert repeat(problem_of(lambda x: cubes(x) + stream.random())).kind == "random"


def test_a_gradient_of_the_point_before_is_stale():
    """Each call answers for the point of the last one."""
    last = {}

    def g(x):
        before = last.get("x", x)
        last["x"] = x.copy()
        return 3 * before**2

    assert remarks_of(g)[0] == ["stale"]


def test_a_gradient_that_needs_f_to_be_called_first_is_named_and_read_after_f():
    """What f left behind at the point is the right derivative; the remark says that it depends on it."""
    left = {}

    def f(x):
        left["x"] = x.copy()
        return cubes(x)

    kinds, jacobian = remarks_of(lambda x: 3 * left["x"] ** 2, f)
    assert kinds == ["order"]
    assert jacobian.tolist() == [(3 * X**2).tolist()]


def test_a_gradient_that_writes_into_its_argument_is_named():
    """The numbers are right, the caller's point is not his any more."""

    def g(x):
        x *= x
        return 3 * x

    kinds, jacobian = remarks_of(g)
    assert kinds == ["mutates"]
    assert jacobian.tolist() == [(3 * X**2).tolist()]


def test_a_plain_gradient_has_no_remarks():
    """Nothing is said where there is nothing to say."""
    assert remarks_of(lambda x: 3 * x**2)[0] == []


def test_memory_is_put_back():
    """Dicts, lists, arrays and names are as they were after a restore."""
    kept, row, places = {"a": 1}, [1], np.zeros(2)

    def f(x):
        kept["b"] = x
        row.append(x)
        places[0] = x
        return x

    memory = Memory(f)
    assert not memory.changed()
    f(2.0)
    assert memory.changed()
    memory.restore()
    assert not memory.changed()
    assert (kept, row, places.tolist()) == ({"a": 1}, [1], [0.0, 0.0])
