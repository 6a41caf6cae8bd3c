"""How far one rounding moves the value of a line."""

from fractions import Fraction

import numpy as np
import pytest

from gradcheck_tool.tracing import record
from gradcheck_tool.walks.rounding import UNIT, slips, unit
from gradcheck_tool.walks.values import column


def last_slip(f, x):
    trace = record(f, x)
    return slips(trace, column(trace))[-1]


def test_inputs_and_moved_entries_do_not_slip():
    """Reading, reshaping and stacking round nothing."""
    trace = record(lambda x: np.stack([x[::-1], x.reshape(2, 2).T.ravel()]), np.arange(4.0))
    assert all(np.all(slip == 0) for slip in slips(trace, column(trace)))


@pytest.mark.parametrize("text", ["a + 0.1", "a - 0.1", "a * 0.1", "a / 0.3"])
def test_correctly_rounded_operations_slip_by_half_an_ulp(text):
    """The exact result, as a fraction of whole numbers, lies within the slip of the computed one."""
    source = compile(text, "<operation>", "eval")
    words = {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__, "/": Fraction.__truediv__}
    _, word, constant = text.split()
    for a in np.random.default_rng(3).normal(size=200).tolist():
        slip = last_slip(lambda x: eval(source, {"a": x}), a)  # noqa: S307 - a literal above
        exact = words[word](Fraction(a), Fraction(float(constant)))
        computed = eval(source, {"a": a})  # noqa: S307 - the same
        assert abs(Fraction(computed) - exact) <= Fraction(slip)
        assert slip == UNIT * abs(computed)


@pytest.mark.parametrize("n", [2, 10, 1000])
@pytest.mark.parametrize("f", [np.sum, lambda x: np.cumsum(x)[-1], lambda x: x @ np.ones(x.size)])
def test_sums_slip_by_no_less_than_they_really_do(f, n):
    """Against the exact sum of the doubles as a fraction; and by less than the n units of the worst case."""
    rng = np.random.default_rng(n)
    for _ in range(10):
        x = rng.normal(size=n) * 10.0 ** rng.uniform(-2, 2, n)
        trace = record(f, x)
        total = max(float(np.max(slip)) for slip in slips(trace, column(trace)))
        exact = sum(map(Fraction, x.tolist()))
        assert abs(Fraction(float(f(x))) - exact) <= Fraction(total)
        assert total <= 2 * n * UNIT * np.sum(np.abs(x))


def test_the_unit_is_that_of_the_values_own_precision():
    """A float32 array rounds at 2**-24, whatever it is computed from."""
    assert unit(np.float32(1)) == 2.0**-24
    assert unit(np.zeros(3, np.float16)) == 2.0**-11
    assert unit(np.zeros(3)) == unit(1.0) == 2.0**-53


def test_a_solution_slips_with_the_condition_of_its_matrix():
    """Near a singular matrix all digits may be gone; beside the unit matrix none are."""
    near = np.array([[1.0, 2.0], [2.0, 4.0 + 1e-14]])

    def largest(matrix):
        trace = record(lambda x: np.linalg.solve(matrix * x, np.array([1.0, 2.0])), 1.0)
        return max(float(np.max(slip)) for slip in slips(trace, column(trace)))

    assert largest(near) > 1e-3
    assert largest(np.eye(2)) < 1e-14
