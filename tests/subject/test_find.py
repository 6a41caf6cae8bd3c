import functools
import importlib
import math
import os
import py_compile
import sys

import numpy as np
import pytest

from gradcheck_tool.subject import find, from_callable, points

PLAIN = """
    import numpy as np

    def waves(x):
        return x[0] ** 2 * x[1]

    def waves_grad(x):
        return np.array([2 * x[0] * x[1], x[0] ** 2])
"""


@pytest.mark.parametrize("form", ["{}:waves", "{}::waves"])
def test_a_file_and_a_function_are_found(write, form):
    """One and two colons mean the same, and the place is the path as typed with the line of the def."""
    subject = find(form.format(write("waves.py", PLAIN)))
    assert subject.function(x=[2.0, 3.0]) == 12.0
    assert (subject.name, subject.where, subject.target) == ("waves", "waves.py:3", form.format("waves.py"))


def test_the_path_stays_as_typed(write, tmp_path):
    """A path below a folder stays relative, an absolute one absolute."""
    write("deep/er/waves.py", PLAIN)
    assert find("./deep/er/waves.py:waves").where == "./deep/er/waves.py:3"
    assert find(f"{tmp_path}/deep/er/waves.py:waves").where == f"{tmp_path}/deep/er/waves.py:3"


def test_a_path_with_a_space(write):
    """A space in a folder and in a file name is part of the name."""
    path = write("my models/wave file.py", PLAIN)
    subject = find(f"{path}:waves")
    assert subject.function(x=[1.0, 5.0]) == 5.0
    assert subject.where == "my models/wave file.py:3"
    assert subject.gradient.name == "waves_grad"


def test_the_line_of_a_decorated_function_is_its_def(write):
    """Decorators stand above the def; the place to open is the def."""
    path = write(
        "deco.py",
        """
        import functools

        def keep(f):
            @functools.wraps(f)
            def inner(*a, **k):
                return f(*a, **k)
            return inner

        @keep
        @keep
        def f(x):
            return x
    """,
    )
    assert find(f"{path}:f").where == "deco.py:11"


def test_a_lambda_is_a_function(write):
    """A lambda with a name can be named."""
    subject = find(write("lam.py", "f = lambda x: x**2") + ":f")
    assert subject.function(x=3.0) == 9.0
    assert subject.where == "lam.py:1"


def test_a_lambda_inside_a_function_has_its_own_line():
    """The line of a lambda is its own, not that of the function it is written in."""
    code = (lambda x: x).__code__
    inner = lambda x: x  # noqa: E731 - a lambda is the point
    assert from_callable(inner).where.endswith(f"test_find.py:{code.co_firstlineno + 1}")


def test_a_lambda_in_a_long_statement(write):
    """A lambda's place is its own line in a statement of several."""
    assert find(write("lam.py", "f = (\n    lambda x:\n    x\n)") + ":f").where == "lam.py:2"


def test_package_relative_imports_work(write):
    """A file inside a package is imported under its dotted name from the package's parent."""
    write("root/pack/__init__.py")
    write("root/pack/sub/__init__.py")
    write("root/pack/rates.py", "RATE = 3.0")
    path = write(
        "root/pack/sub/model.py",
        """
        from ..rates import RATE
        from . import __name__ as parent

        def f(x):
            return RATE * x
    """,
    )
    subject = find(f"{path}:f")
    assert subject.function(x=2.0) == 6.0
    assert sys.modules["pack.sub.model"].f is subject.function
    assert subject.where == "root/pack/sub/model.py:4"


def test_helpers_beside_a_file_are_found(write):
    """The file's own folder comes first when it imports."""
    write("a/rates.py", "RATE = 2.0")
    path = write("a/model.py", "from rates import RATE\ndef f(x):\n    return RATE * x")
    assert find(f"{path}:f").function(x=1.0) == 2.0


def test_equal_names_in_two_folders_do_not_mix(write):
    """Two model.py with two rates.py beside them stay two models with two rates."""
    text = "import rates\ndef f(x):\n    return rates.RATE * x"
    paths = [write(f"{folder}/model.py", text) for folder in ("a", "b")]
    for folder, rate in (("a", 2.0), ("b", 3.0)):
        write(f"{folder}/rates.py", f"RATE = {rate}")
    first, second = (find(f"{path}:f").function for path in paths)
    assert (first(x=1.0), second(x=1.0)) == (2.0, 3.0)
    assert "model" not in sys.modules


def test_equal_packages_in_two_folders_do_not_mix(write):
    """Two packages of one name in two folders stay apart."""
    for folder, rate in (("a", 2.0), ("b", 3.0)):
        write(f"{folder}/pack/__init__.py")
        write(f"{folder}/pack/rates.py", f"RATE = {rate}")
        write(f"{folder}/pack/model.py", "from .rates import RATE\ndef f(x):\n    return RATE * x")
    values = [find(f"{folder}/pack/model.py:f").function(x=1.0) for folder in ("a", "b", "a")]
    assert values == [2.0, 3.0, 2.0]


def test_a_package_that_was_imported_before_does_not_answer(write, monkeypatch):
    """A package of the same name that the program itself has imported is not taken for the user's."""
    for folder, rate in (("a", 2.0), ("b", 3.0)):
        write(f"{folder}/pack/__init__.py")
        write(f"{folder}/pack/rates.py", f"RATE = {rate}")
        write(f"{folder}/pack/model.py", "from pack.rates import RATE\ndef f(x):\n    return RATE * x")
    monkeypatch.syspath_prepend("a")
    importlib.import_module("pack.rates")
    assert find("b/pack/model.py:f").function(x=1.0) == 3.0


def test_a_changed_file_is_read_again(write):
    """An edit of the same length within the same second is seen."""
    path = write("model.py", "def f(x):\n    return 2 * x")
    assert find(f"{path}:f").function(x=1.0) == 2.0
    write("model.py", "def f(x):\n    return 3 * x")
    assert find(f"{path}:f").function(x=1.0) == 3.0


def test_stale_byte_code_is_not_believed(write):
    """Byte code that Python left beside the file, dated to the same second, does not stand for the text."""
    path = write("model.py", "def f(x):\n    return 2 * x")
    os.utime(path, (1e9, 1e9))
    py_compile.compile(path)
    write("model.py", "def f(x):\n    return 3 * x")
    os.utime(path, (1e9, 1e9))
    assert find(f"{path}:f").function(x=1.0) == 3.0


def test_a_file_is_run_once_for_two_targets(write):
    """Two targets of one file share the module."""
    path = write("two.py", "def f(x):\n    return x\ndef g(x):\n    return x")
    assert find(f"{path}:f").function.__globals__ is find(f"{path}:g").function.__globals__


def test_a_file_named_like_a_library_does_not_hide_it(write):
    """A user's statistics.py must not answer a later import of the library's."""
    sys.modules.pop("statistics", None)
    path = write("statistics.py", "def mean(x):\n    return x.sum() / x.size")
    assert find(f"{path}:mean").function(x=np.ones(3)) == 1.0
    import statistics

    assert statistics.mean([1, 3]) == 2


def test_dataclasses_and_pickle_see_the_module(write):
    """While a file runs, its module is registered; dataclasses look their annotations up there."""
    path = write(
        "data.py",
        """
        from __future__ import annotations
        import dataclasses, pickle

        @dataclasses.dataclass
        class Rate:
            value: float = 2.0

        def f(x):
            return pickle.loads(pickle.dumps(Rate())).value * x
    """,
    )
    assert find(f"{path}:f").function(x=2.0) == 4.0


def test_nothing_is_left_beside_the_file(write, tmp_path):
    """No byte code is written into the user's folder."""
    write("pack/__init__.py")
    find(write("pack/model.py", "def f(x):\n    return x") + ":f")
    find(write("model.py", "def f(x):\n    return x") + ":f")
    assert not list(tmp_path.rglob("__pycache__"))


def test_imports_are_silent(write, capfd, recwarn):
    """What a module prints and warns at import stays inside."""
    path = write("loud.py", "import warnings\nprint('hello')\nwarnings.warn('old')\ndef f(x):\n    return x")
    find(f"{path}:f")
    assert capfd.readouterr().out == ""
    assert not recwarn.list


def test_scipy_rosen_with_both_derivatives():
    """A function of an installed package is found with its derivatives."""
    subject = find("scipy.optimize:rosen")
    assert subject.function(x=np.ones(3)) == 0.0
    assert (subject.gradient.name, subject.hessian.name) == ("rosen_der", "rosen_hess")
    assert subject.gradient.origin == subject.hessian.origin == "found by name"
    assert np.array_equal(subject.hessian.function(x=np.ones(2)), [[802.0, -400.0], [-400.0, 200.0]])
    assert "_optimize.py:" in subject.where


def test_a_module_of_the_working_directory(write):
    """The working directory is on the path for dotted names."""
    write("shop/__init__.py")
    write("shop/price.py", "def f(x):\n    return x\ndef df(x):\n    return 1.0")
    subject = find("shop.price:f")
    assert (subject.where, subject.gradient.name) == ("shop/price.py:1", "df")


@pytest.mark.parametrize(
    ("target", "value"), [("math:sin", math.sin(0.5)), ("numpy:sin", np.sin(0.5)), ("math:log", math.log(0.5))]
)
def test_c_functions_take_x(target, value):
    """A C function has no source and no named parameter: it is given one called x."""
    subject = find(target)
    assert subject.where == ""
    assert subject.function(x=0.5) == value


def test_positional_only_parameters_can_be_named(write):
    """A call by name works where the def forbids it, and the user's function stays within reach."""
    path = write("pos.py", "def f(a, b, /, c=1.0):\n    return a - b + c\ndef df(a, b, /, c=1.0):\n    return a, b")
    subject = find(f"{path}:f")
    assert subject.function(b=1.0, a=5.0) == 5.0
    assert subject.function(b=1.0, a=5.0, c=0.0) == 4.0
    assert subject.function.__wrapped__(5.0, 1.0) == 5.0
    assert subject.gradient.function(a=1.0, b=2.0) == (1.0, 2.0)
    assert subject.where == "pos.py:1"


CLASSES = """
    class Model:
        def __init__(self):
            self.rate = 2.0

        def loss(self, x):
            return self.rate * x

        def loss_grad(self, x):
            return self.rate

        @staticmethod
        def still(x):
            return x

        @classmethod
        def whole(cls, x):
            return cls().rate * x

    class Needy:
        def __init__(self, rate, size):
            self.rate = rate

        def loss(self, x):
            return self.rate * x

    class Broken:
        def __init__(self):
            raise KeyError("no data")

        def loss(self, x):
            return x

    needy = Needy(3.0, 1)
    TABLE = [1, 2]
"""


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [("Model.loss", 4.0, 5), ("Model.still", 2.0, 12), ("Model.whole", 4.0, 16), ("needy.loss", 6.0, 23)],
)
def test_methods(write, name, value, line):
    """Methods, static methods, class methods, and methods of an instance in the file can be named."""
    subject = find(write("cls.py", CLASSES) + ":" + name)
    assert subject.function(x=2.0) == value
    assert (subject.name, subject.where) == (name, f"cls.py:{line}")


def test_the_derivative_of_a_method_is_a_method_of_the_same_instance(write):
    """The class is the namespace for a method's derivative, and one instance serves both."""
    subject = find(write("cls.py", CLASSES) + ":Model.loss")
    assert subject.gradient.name == "loss_grad"
    assert subject.gradient.function.__self__ is subject.function.__self__
    named = find(write("cls.py", CLASSES) + ":Model.loss", grad="loss_grad")
    assert named.gradient.function.__self__ is named.function.__self__


def test_a_class_that_needs_arguments(write, complaint):
    """A class that cannot be made without arguments is refused with the way round it."""
    found = complaint(find, write("cls.py", CLASSES) + ":Needy.loss")
    assert "Needy needs arguments (rate, size)" in found.sentence
    assert "needy = Needy(rate, size)" in found.remedy
    assert found.code == "GC905"


def test_a_class_whose_init_raises(write, complaint):
    """An exception while the class is made is shown with its line."""
    found = complaint(find, write("cls.py", CLASSES) + ":Broken.loss")
    assert (found.code, found.where) == ("GC901", "cls.py:28")
    assert found.sentence == "Broken raised KeyError"
    assert found.details[-1] == "KeyError: 'no data'"


@pytest.mark.parametrize(
    ("name", "says"), [("Model", "is a class"), ("TABLE", "is a list, not a function"), ("needy", "is a Needy")]
)
def test_what_is_not_a_function_is_named(write, complaint, name, says):
    """A class, a list and an instance that cannot be called are refused by what they are."""
    found = complaint(find, write("cls.py", CLASSES) + ":" + name)
    assert says in found.sentence
    assert "Model.loss" in found.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [("async def f(x):\n    return x", "coroutine"), ("def f(x):\n    yield x", "generator")],
)
def test_coroutines_and_generators_are_refused(write, complaint, text, says):
    """Calling these gives no number, so they are refused before they run."""
    assert says in complaint(find, write("odd.py", text) + ":f").sentence


def test_value_and_gradient_are_two_halves(write):
    """The pair is split: the function gives the value alone, the gradient the other half."""
    path = write("pair.py", "def f(x):\n    return x**2, 2 * x\ndef f_grad(x):\n    return 0.0")
    subject = find(f"{path}:f", returns="value-and-grad")
    assert (subject.function(x=3.0), subject.gradient.function(x=3.0)) == (9.0, 6.0)
    assert subject.function.__wrapped__(3.0) == (9.0, 6.0)
    assert (subject.gradient.origin, subject.gradient.where) == ("second result of f", "pair.py:1")


def test_a_pair_that_is_none(write, complaint):
    """A function that does not return a pair is told so when it runs."""
    subject = find(write("pair.py", "def f(x):\n    return x**2") + ":f", returns="value-and-grad")
    found = complaint(subject.function, x=3.0)
    assert found.sentence == "f returns a float, not the pair (value, gradient)"
    assert points(subject, at=None, count=1, seed=0)[0].values.keys() == {"x"}


def test_an_unknown_kind_of_result(write, complaint):
    """The two kinds of result are named."""
    found = complaint(find, write("pair.py", "def f(x):\n    return x") + ":f", returns="both")
    assert "value or value-and-grad" in found.remedy


def test_live_objects():
    """The Python API's functions become the same record."""

    def f(x):
        return x**2

    def slope(v):
        return 2 * v

    subject = from_callable(f, jac=slope, hess=lambda x: 2.0)
    assert subject.function is f
    assert subject.name == "f"
    assert subject.where.startswith(("tests/subject/test_find.py:", "/"))
    assert subject.gradient.function(x=3.0) == 6.0
    assert (subject.gradient.name, subject.gradient.origin) == ("slope", "jac= argument")
    assert subject.hessian.origin == "hess= argument"


def test_live_pairs_and_partials():
    """A partial and a function that returns both are accepted live."""
    part = functools.partial(lambda a, x: (a * x, a), 3.0)
    subject = from_callable(part, returns="value-and-grad")
    assert (subject.function(x=2.0), subject.gradient.function(x=2.0)) == (6.0, 3.0)


def test_live_objects_that_are_no_functions(complaint):
    """What cannot be called is refused by name."""
    assert "the function is an int" in complaint(from_callable, 3).sentence
    assert "jac= is a bool" in complaint(from_callable, math.sin, jac=True).sentence
