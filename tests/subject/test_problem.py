# ruff: noqa: T201 - the functions under test are what users write

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck_tool.subject import ExitError, Packing, Point, Problem


def at(function, **values):
    return Problem.at(function, Point(values, {}, "test"))


def test_a_plain_run_learns_the_shapes():
    """The flat point, the flat value and the names of the entries come from one run."""
    problem = at(lambda x, w: {"a": x * w.sum(), "b": w}, x=2.0, w=np.ones(3))
    assert problem.x.tolist() == [2.0, 1.0, 1.0, 1.0]
    assert problem.y.tolist() == [6.0, 1.0, 1.0, 1.0]
    assert problem.inputs.names == ("x", "w[0]", "w[1]", "w[2]")
    assert problem.evaluations == 1


def test_the_users_arrays_are_copied():
    """A function that writes into its argument changes only its own copy."""

    def spoil(x, table):
        x[0] = 9.0
        table[0] = 9
        return x.sum()

    table = [1]
    problem = Problem.at(spoil, Point({"x": np.ones(2)}, {"table": table}, "test"))
    assert problem.evaluate(np.ones(2)).tolist() == [10.0]
    assert problem.point.values["x"].tolist() == [1.0, 1.0]
    assert table == [1]


def test_prints_are_kept_and_not_shown(capsys):
    """What the function prints is kept in the problem."""
    problem = at(lambda x: print("hi") or x, x=1.0)
    assert problem.printed == ["hi\n"]
    assert capsys.readouterr().out == ""


def test_an_exit_is_an_exception():
    """A function that leaves does not end our process, at the point or beside it."""

    def leaves(x):
        if x != 1.0:
            raise SystemExit(2)
        return x

    problem = at(leaves, x=1.0)
    assert np.isnan(problem.evaluate(np.array([2.0]))).all()
    with pytest.raises(ExitError, match=r"sys\.exit\(2\)"):
        at(leaves, x=2.0)


def test_beside_the_domain_is_nan():
    """Where the function raises or changes its shape the value is nan."""

    def narrow(x):
        if x < 0:
            raise ValueError
        return np.ones(2) * x if x < 5 else x

    problem = at(narrow, x=1.0)
    assert np.isnan(problem.evaluate(np.array([-1.0]))).tolist() == [True, True]
    assert np.isnan(problem.evaluate(np.array([6.0]))).tolist() == [True, True]


@pytest.mark.parametrize(
    ("result", "says"),
    [(None, "returns None"), ("a", "returns a str"), (1j, "returns a complex"), (np.array([1j]), "dtype complex128")],
)
def test_results_that_are_not_real(complaint, result, says):
    """None, strings and complex numbers are refused in words."""
    found = complaint(at, lambda x: result, x=1.0)
    assert says in found.sentence
    assert found.code == "GC203"


@given(st.lists(st.floats(allow_nan=False), min_size=4, max_size=4))
def test_packing_is_its_own_inverse(numbers):
    """A nest packed and unpacked is the same nest, of the same types."""
    nest = {"a": numbers[0], "b": (np.array(numbers[1:3]), [numbers[3]])}
    packing = Packing.of(nest, "")
    back = packing.unpack(packing.pack(nest))
    assert packing.names == ("a", "b[0][0]", "b[0][1]", "b[1][0]")[:1] + packing.names[1:]
    assert (back["a"], back["b"][0].tolist(), back["b"][1]) == (numbers[0], numbers[1:3], [numbers[3]])
    assert type(back["b"]) is tuple
