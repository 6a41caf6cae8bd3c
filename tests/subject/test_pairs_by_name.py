import pytest

from gradcheck_tool.subject import find

NAMES = [
    *("f_jac", "df", "f_deriv", "f_derivative", "f_grad", "grad_f", "f_gradient"),
    *("gradient_f", "f_jacobian", "jac_f", "f_prime", "fprime", "f_der"),
]


@pytest.mark.parametrize("name", NAMES)
def test_the_usual_names_are_found(write, name):
    """Each usual name of a derivative is found beside the function."""
    path = write("m.py", f"def f(x):\n    return x\n\ndef {name}(x):\n    return 1.0")
    gradient = find(f"{path}:f").gradient
    assert (gradient.name, gradient.origin, gradient.where) == (name, "found by name", "m.py:4")


@pytest.mark.parametrize("name", ["f_hess", "f_hessian", "hess_f"])
def test_the_usual_names_of_a_hessian(write, name):
    """Each usual name of a Hessian is found beside the function."""
    path = write("m.py", f"def f(x):\n    return x\n\ndef {name}(x):\n    return 1.0")
    assert find(f"{path}:f").hessian.name == name
    assert find(f"{path}:f").gradient is None


@pytest.mark.parametrize(
    "other",
    ["def df(x, y):\n    return 1.0", "def df():\n    return 1.0", "df = 3.0", "class df:\n    pass"],
)
def test_a_pair_that_does_not_fit_is_no_pair(write, other):
    """A guessed derivative that takes other arguments, or is no function, is not used."""
    assert find(write("m.py", f"def f(x):\n    return x\n\n{other}") + ":f").gradient is None


def test_a_pair_that_does_not_fit_lets_the_next_name_through(write):
    """One unfit name does not hide a fit one."""
    path = write("m.py", "def f(x):\n    return x\ndef df(x, y):\n    return 0\ndef f_grad(x):\n    return 1.0")
    assert find(f"{path}:f").gradient.name == "f_grad"


def test_other_parameter_names_are_translated(write):
    """A derivative may call its parameter what it likes."""
    path = write("m.py", "def f(x, y, scale=1.0):\n    return x\ndef df(u, v, scale=2.0):\n    return u, v, scale")
    gradient = find(f"{path}:f").gradient
    assert gradient.function(x=1.0, y=2.0) == (1.0, 2.0, 2.0)
    assert gradient.function(y=2.0, x=1.0, scale=5.0) == (1.0, 2.0, 5.0)
    assert gradient.function.__wrapped__(1.0, 2.0) == (1.0, 2.0, 2.0)


def test_equal_names_in_another_order_stay_names(write):
    """Parameters are matched by name before place."""
    path = write("m.py", "def f(x, y):\n    return x\ndef df(y, x):\n    return x, y")
    assert find(f"{path}:f").gradient.function(x=1.0, y=2.0) == (1.0, 2.0)


def test_an_asked_gradient_in_the_same_file(write):
    """--grad NAME means a function of the same file, and wins over a usual name."""
    path = write("m.py", "def f(x):\n    return x\ndef df(x):\n    return 0.0\ndef slope(x):\n    return 1.0")
    subject = find(f"{path}:f", grad="slope", hess="df")
    assert (subject.gradient.name, subject.gradient.origin, subject.gradient.where) == ("slope", "--grad", "m.py:5")
    assert (subject.hessian.name, subject.hessian.origin) == ("df", "--hess")


def test_an_asked_gradient_elsewhere(write):
    """--grad may be a full target."""
    write("other.py", "def slope(x):\n    return 7.0")
    subject = find(write("m.py", "def f(x):\n    return x") + ":f", grad="other.py:slope")
    assert subject.gradient.function(x=1.0) == 7.0
    assert subject.gradient.where == "other.py:1"


def test_an_asked_gradient_that_is_misspelled(write, complaint):
    """A misspelled --grad suggests the name that was meant."""
    path = write("m.py", "def f(x):\n    return x\ndef slope(x):\n    return 1.0")
    found = complaint(find, f"{path}:f", grad="slop")
    assert "there is no slop in m.py" in found.sentence
    assert "did you mean slope?" in found.remedy


def test_an_asked_gradient_with_other_arguments(write, complaint):
    """An explicit derivative that cannot take the function's arguments is refused, both lists shown."""
    path = write("m.py", "def f(x):\n    return x\ndef slope(x, y):\n    return 1.0")
    found = complaint(find, f"{path}:f", grad="slope")
    assert found.sentence == "slope(x, y) cannot take the arguments of f(x)"
    assert found.where == "m.py:3"


def test_a_property_that_raises_is_no_derivative(write):
    """Looking for a usual name must not fail on what stands under it."""
    text = "class A:\n    def f(self, x):\n        return x\n    @property\n    def df(self):\n        raise KeyError"
    assert find(write("m.py", text) + ":A.f").gradient is None
