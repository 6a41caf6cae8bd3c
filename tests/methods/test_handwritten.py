import itertools

import numpy as np
import pytest
from scipy import sparse

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.methods.estimate import Declined
from gradcheck_tool.methods.handwritten import handwritten, repeat
from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Handwritten, Point

X = np.array([1.0, 2.0, 3.0])


def waves(x):
    return float(np.sum(np.sin(x)))


def problem_of(function, fixed=None, **values):
    return Problem.at(function, Point(values, fixed or {}, "test"))


def written(function, name="waves_grad"):
    return Handwritten(name, "waves.py:7", "--grad", function)


def answer(problem, value, order=1):
    """What is read when the user's derivative returns `value` whatever it is asked."""
    return handwritten(problem, written(lambda **_: value), order)


@pytest.mark.parametrize(
    ("value", "note"),
    [
        (np.cos(X), ""),
        (np.cos(X).tolist(), ""),
        (tuple(np.cos(X)), ""),
        (np.cos(X)[None, :], "shape (1, 3) read as (3,)"),
        (np.cos(X)[:, None], "shape (3, 1) read as (3,)"),
        (np.matrix(np.cos(X)), "shape (1, 3) read as (3,)"),
        (sparse.csr_matrix(np.cos(X)), "shape (1, 3) read as (3,)"),
        ({"x": np.cos(X)}, ""),
        ((np.cos(X),), ""),
        (np.cos(X).astype(np.float32), ""),
    ],
    ids=["array", "list", "tuple", "row", "column", "matrix", "sparse", "dict", "one-tuple", "float32"],
)
def test_gradients_come_in_many_shapes(value, note):
    """Whatever holds three numbers in an unmistakable order is the gradient of a function of three."""
    found = answer(problem_of(waves, x=X), value)
    assert found.jacobian.shape == (1, 3)
    assert found.jacobian[0] == pytest.approx(np.cos(X), rel=1e-7)
    assert found.formula.startswith(note) if note else found.formula in {"", "shape (1, 3) read as (3,)"}
    assert found.bound.tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("value", [1.5, np.float64(1.5), np.array(1.5), np.array([1.5]), np.array([[1.5]]), [1.5]])
def test_a_scalar_derivative_is_one_number(value):
    """A float, an array of one number and a list of one number are the same derivative."""
    assert answer(problem_of(lambda x: x * x, x=0.75), value).jacobian.tolist() == [[1.5]]


@pytest.mark.parametrize(
    "value",
    [(1.0, np.array([2.0, 3])), [1.0, np.array([2.0, 3])], {"b": [2.0, 3], "a": 1.0}, np.array([1.0, 2, 3])],
    ids=["tuple", "list", "dict", "flat"],
)
def test_several_parameters_are_joined_in_the_order_of_the_signature(value):
    """One entry per parameter, by place or by name, or one flat vector."""
    problem = problem_of(lambda a, b: a + float(np.sum(b)), a=1.0, b=np.array([1.0, 2]))
    assert answer(problem, value).jacobian.tolist() == [[1, 2, 3]]


def test_nested_parameters_are_read_as_they_are_nested():
    """A dict of arrays has a gradient that is a dict of arrays, with or without the parameter's name around it."""
    problem = problem_of(lambda w: float(np.sum(w["k"]) + w["b"]), w={"k": np.ones((2, 2)), "b": 0.5})
    value = {"b": 5.0, "k": [[1.0, 2], [3, 4]]}
    for given in (value, {"w": value}, (value,)):
        assert answer(problem, given).jacobian.tolist() == [[1, 2, 3, 4, 5]]


def test_matrix_inputs_have_matrix_gradients():
    """The gradient of a scalar with respect to a 2x3 matrix is a 2x3 matrix, and a 3x2 one is refused."""
    problem = problem_of(lambda w: float(np.sum(w)), w=np.ones((2, 3)))
    assert answer(problem, np.arange(6.0).reshape(2, 3)).jacobian.tolist() == [[0, 1, 2, 3, 4, 5]]
    with pytest.raises(Complaint, match=r"shape \(3, 2\)"):
        answer(problem, np.arange(6.0).reshape(3, 2))


def test_jacobians_have_outputs_first_and_are_never_transposed():
    """A 2x3 Jacobian is read row by row, a square one as it stands, and a 3x2 one is handed on as it is."""
    problem = problem_of(lambda x: x[:2] ** 2, x=X)
    assert answer(problem, [[1, 2, 3], [4, 5, 6]]).jacobian.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert answer(problem, np.ones((3, 2))).jacobian.shape == (3, 2)
    with pytest.raises(Complaint):
        answer(problem, np.ones((3, 3)))
    square = np.arange(9.0).reshape(3, 3)
    assert answer(problem_of(lambda x: x**2, x=X), square).jacobian.tolist() == square.tolist()


def test_outputs_of_several_scalars_keep_their_rows():
    """With two parameters and two outputs a tuple is one column block per parameter and an array holds rows."""
    problem = problem_of(lambda a, b: np.array([a * b, a - b]), a=2.0, b=3.0)
    columns = (np.array([3.0, 1.0]), np.array([2.0, -1.0]))
    for value in (columns, np.stack(columns, axis=1), [[3.0, 2.0], [1.0, -1.0]], dict(zip("ab", columns, strict=True))):
        assert answer(problem, value).jacobian.tolist() == [[3, 2], [1, -1]]


def test_nested_outputs_have_nested_derivatives():
    """A function that returns a dict has a derivative that is a dict of blocks."""
    problem = problem_of(lambda x: {"loss": float(x @ x), "first": x[:1]}, x=X)
    found = answer(problem, {"first": np.array([[1.0, 0, 0]]), "loss": 2 * X})
    assert found.jacobian.tolist() == [[2, 4, 6], [1, 0, 0]]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.ones(2), "waves_grad returns shape (2,), the derivative of waves has shape (3,)"),
        (1.0, "waves_grad returns shape (), the derivative of waves has shape (3,)"),
        (None, "waves_grad returns None, the derivative of waves has shape (3,)"),
        ("text", "waves_grad returns a str, the derivative of waves has shape (3,)"),
        ([[1.0], [2.0, 3.0]], "a list that is no array of numbers"),
        (np.ones(3) * 1j, "complex numbers"),
        ({"y": X}, "a dict"),
    ],
)
def test_an_unusable_shape_is_a_complaint(value, words):
    """The sentence says what was returned and what is wanted, with code and place."""
    with pytest.raises(Complaint) as caught:
        answer(problem_of(waves, x=X), value)
    assert words in caught.value.sentence
    assert (caught.value.code, caught.value.kind, caught.value.where) == ("GC106", "wrong-shape", "waves.py:7")


def test_values_that_are_not_finite_are_kept():
    """nan and inf are the user's answer and stay in it."""
    found = answer(problem_of(waves, x=X), np.array([np.nan, np.inf, 1.0]))
    assert np.isnan(found.jacobian[0, 0])
    assert found.jacobian[0, 1] == np.inf
    assert found.remarks == ()


def test_exceptions_of_the_user_pass_through():
    """An error inside the user's derivative is the user's to see."""

    def broken(x):
        raise ZeroDivisionError(x)

    with pytest.raises(ZeroDivisionError):
        handwritten(problem_of(waves, x=X), written(broken))


def test_the_derivative_gets_copies():
    """A derivative that writes into its argument changes neither the point nor its own later answers."""

    def destructive(x):
        x *= 0
        return x + 1

    problem = problem_of(waves, x=X)
    found = handwritten(problem, written(destructive))
    assert problem.x.tolist() == X.tolist()
    assert found.jacobian.tolist() == [[1, 1, 1]]


def test_a_reused_buffer_is_copied():
    """A derivative that returns the same array at every call is not seen to change."""
    buffer = np.zeros(3)

    def reusing(x):
        buffer[:] = np.cos(x)
        return buffer

    found = handwritten(problem_of(waves, x=X), written(reusing))
    assert found.jacobian[0].tolist() == np.cos(X).tolist()
    assert found.remarks == ()


def test_an_unstable_derivative_is_noticed():
    """Different numbers at the same point are remarked, with both."""
    stream = itertools.count(1)

    def counting(x):
        return np.cos(x) + next(stream)

    (remark,) = handwritten(problem_of(waves, x=X), written(counting)).remarks
    assert remark.kind == "unstable"
    assert "1.5403, then 3.5403" in remark.sentence


def test_a_stale_derivative_is_noticed():
    """The gradient of the first point, returned for ever, is remarked."""
    cache = []

    def caching(x):
        cache.append(np.cos(x))
        return cache[0]

    (remark,) = handwritten(problem_of(waves, x=X), written(caching)).remarks
    assert remark.kind == "stale"


@pytest.mark.parametrize(
    "function",
    [
        lambda x: float(3 * x[0] - x[1]),
        lambda x: float(np.float32(3) * np.float32(x[0]) - x[1]),
        lambda x: 5.0 + 0 * x[0],
    ],
    ids=["linear", "float32", "constant"],
)
def test_a_constant_gradient_of_a_linear_function_is_not_stale(function):
    """Where the slope of f is the same everywhere so is its gradient."""
    assert answer(problem_of(function, x=X), np.array([3.0, -1, 0])).remarks == ()


@pytest.mark.parametrize(
    "function",
    [lambda x: 3 * x + 2 * np.floor(x), lambda x: 3 * np.round(x, 6)],
    ids=["jump", "stairs"],
)
def test_a_constant_gradient_is_not_stale_because_f_jumps(function):
    """A slope measured across a jump speaks against no gradient."""
    assert answer(problem_of(function, x=2.0), 3.0).remarks == ()


def test_a_derivative_that_fails_elsewhere_is_judged_here():
    """An exception at the other point only means that there is no other point."""

    def narrow(x):
        if x[0] != 1:
            raise ValueError
        return np.cos(x)

    assert handwritten(problem_of(waves, x=X), written(narrow)).remarks == ()


def test_hessians_are_square():
    """A Hessian of a scalar function is n x n, of any layout with as many numbers in that order."""
    value = np.arange(9.0).reshape(3, 3)
    assert answer(problem_of(waves, x=X), value, order=2).jacobian.tolist() == value.tolist()
    assert answer(problem_of(lambda x: x**3, x=2.0), 12.0, order=2).jacobian.tolist() == [[12]]
    matrix = problem_of(lambda w: float(np.sum(w)), w=np.ones((2, 2)))
    assert answer(matrix, np.arange(16.0).reshape(2, 2, 2, 2), order=2).jacobian.shape == (4, 4)
    with pytest.raises(Complaint, match="second derivative"):
        answer(problem_of(waves, x=X), X, order=2)
    assert isinstance(answer(problem_of(lambda x: x, x=X), value, order=2), Declined)


def test_a_function_is_a_function_when_it_repeats_itself():
    """Nothing is remarked about a pure function, not even where it is nan."""
    assert repeat(problem_of(waves, x=X)) is None
    assert repeat(problem_of(lambda x: float(np.log(x)), x=-1.0)) is None


def test_random_functions_are_noticed():
    """Values that differ between calls are remarked with their spread."""
    stream = itertools.count()

    def dropout(x):
        return x + 0.25 * next(stream)

    remark = repeat(problem_of(dropout, x=1.0))
    assert remark.kind == "random"
    assert "0.5 apart" in remark.sentence


def test_functions_that_write_into_their_arguments_are_noticed():
    """The argument that is changed in place is named."""

    def normalised(a, x):
        x /= np.sum(x)
        return float(a * x[0])

    remark = repeat(problem_of(normalised, a=1.0, x=X))
    assert remark.kind == "mutates"
    assert remark.sentence == "normalised changes its argument x in place"


def test_arguments_that_are_passed_on_reach_the_derivative():
    """Fixed arguments are passed to the derivative as to the function."""
    problem = problem_of(lambda x, power: x**power, fixed={"power": 3}, x=2.0)
    found = handwritten(problem, written(lambda x, power: power * x ** (power - 1)))
    assert found.jacobian.tolist() == [[12]]
