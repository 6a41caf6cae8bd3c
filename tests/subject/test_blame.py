import pytest

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject import Point, Problem, blame, find, points

BANK = """
    def balance(x):
        total = x[0] * (1 + rate(x[0], x[1]))
        return total


    def rate(amount, years):
        raise KeyError(f"no [red]rate[/red] for {years} years")
"""


def blamed(subject, words):
    """The complaint about running the function where the words say."""
    [point] = points(subject, at=words, count=1, seed=0)
    try:
        Problem.at(subject.function, point)
    except BaseException as error:  # noqa: BLE001 - any of them is to be told
        return blame(error, subject, point)
    raise AssertionError("the function did not raise")


def test_a_function_that_raises(write):
    """The sentence names function, exception and point; below are the user's own lines."""
    found = blamed(find(write("bank.py", BANK) + ":balance"), "[100, 3]")
    assert found.sentence == "balance raised KeyError at x = [100, 3]"
    assert (found.code, found.kind, found.where) == ("GC901", "your-code-raised", "bank.py:7")
    assert found.details == (
        "bank.py:2  balance   total = x[0] * (1 + rate(x[0], x[1]))",
        'bank.py:7  rate      raise KeyError(f"no [red]rate[/red] for {years} years")',
        "KeyError: 'no [red]rate[/red] for 3.0 years'",
    )
    assert found.remedy == "choose a point where balance works: --at '[...]'"


def test_library_frames_are_cut(write):
    """The user's line that called the library is to blame, not a line of the library."""
    path = write("m.py", "import numpy as np\ndef f(x):\n    return np.linalg.inv(x)")
    found = blamed(find(path + ":f"), "[[1, 1], [1, 1]]")
    assert found.details == ("m.py:3  f   return np.linalg.inv(x)", "numpy.linalg.LinAlgError: Singular matrix")


def test_a_library_function_keeps_its_frames():
    """Where there is no line of the user, those of the library are shown."""
    found = blamed(find("statistics:stdev"), "[1]")
    assert "statistics.py:" in found.where
    assert found.details[-1].startswith("statistics.StatisticsError")


def test_control_characters_are_stripped(write):
    """A message cannot rewrite the terminal."""
    path = write("m.py", "def f(x):\n    raise ValueError('a\\x1b[31mb\\u202ec\\x07')")
    assert blamed(find(path + ":f"), "1").details[-1] == "ValueError: a[31mbc"


def test_a_message_that_cannot_be_printed(write):
    """An exception whose own __str__ raises is still told."""
    path = write("m.py", "class E(Exception):\n    def __str__(self): raise KeyError\ndef f(x):\n    raise E()")
    assert "raised E at x = 1" in blamed(find(path + ":f"), "1").sentence


def test_a_recursion(write):
    """A thousand equal frames are a few lines."""
    found = blamed(find(write("m.py", "def f(x):\n    return f(x)") + ":f"), "1")
    assert "RecursionError" in found.sentence
    assert len(found.details) < 12
    assert any("more calls" in line for line in found.details)


def test_an_exit_inside_the_function(write):
    """sys.exit in the function is an error of the function, and our process stays."""
    found = blamed(find(write("m.py", "import sys\ndef f(x):\n    sys.exit(3)") + ":f"), "1")
    assert found.sentence == "f raised SystemExit at x = 1"
    assert (found.where, found.details[-1]) == ("m.py:3", "SystemExit: 3")


def test_an_interrupt_passes(write):
    """Ctrl-C is not the function's fault."""
    subject = find(write("m.py", "def f(x):\n    raise KeyboardInterrupt") + ":f")
    with pytest.raises(KeyboardInterrupt):
        blamed(subject, "1")


def test_a_complaint_stays():
    """A complaint needs no second one."""
    reason = Complaint("so it is")
    assert blame(reason, find("math:sin"), None) is reason


def test_a_syntax_error_while_running(write):
    """A syntax error in something the function imports is told like any other."""
    write("rates.py", "def (:")
    found = blamed(find(write("m.py", "def f(x):\n    import rates\n    return x") + ":f"), "1")
    assert found.sentence == "f raised SyntaxError at x = 1"
    assert found.where == "m.py:2"


def test_several_parameters_are_named_in_the_remedy(write):
    """The remedy has the form that the function's points have."""
    found = blamed(find(write("m.py", "def f(a, b):\n    raise ValueError") + ":f"), "[1, 2]")
    assert found.sentence == "f raised ValueError at a = 1, b = 2"
    assert found.remedy.endswith("""--at '{"a": ..., "b": ...}'""")


WAVES = """
    def waves(x):
        return x[0] ** 2 * x[1] + x[2]

    def plane(x):
        a, b = x
        return a * b

    def line(x):
        return float(x) + 1

    def broken(x):
        return x[0] * [][0]

    def either(x):
        return len(x) * x
"""


@pytest.mark.parametrize(
    ("name", "words", "says", "remedy"),
    [
        ("waves", "[1.5, 0.7]", "--at gives 2 numbers, waves needs 3: x[2] does not exist", "--at '[1.5, 0.7, 0]', or"),
        ("waves", "[1.5]", "--at gives one number, waves needs 3: x[1] does not exist", "--at '[1.5, 0, 0]', or"),
        ("waves", "1.5", "--at gives one number, waves needs 3", "--at '[1.5, 0, 0]', or"),
        ("plane", "[1, 2, 3]", "--at gives 3 numbers, plane needs 2", "--at '[1, 2]', or"),
        ("plane", "[1]", "--at gives one number, plane needs 2", "--at '[1, 0]', or"),
        ("line", "[1, 2]", "--at gives 2 numbers, line needs one plain number", "--at '1', or"),
        ("either", "2", "--at gives one number, either needs an array", "--at '[2]', or"),
    ],
)
def test_a_point_of_the_wrong_length(write, name, words, says, remedy):
    """Where another length is seen to work, the point is to blame and the right length is told."""
    found = blamed(find(write("waves.py", WAVES) + f":{name}"), words)
    assert (found.code, found.kind) == ("GC902", "bad-point")
    assert found.sentence == says
    assert found.remedy == f"{remedy} leave --at out and a point is found"
    assert found.where.startswith("waves.py:")
    assert found.details[0].startswith("waves.py:")


def test_an_index_error_that_is_the_functions_own(write):
    """Where no length works the function is to blame."""
    found = blamed(find(write("waves.py", WAVES) + ":broken"), "[1, 2]")
    assert found.code == "GC901"


def test_a_random_point_is_not_the_users_fault(write):
    """Only a point that the user gave can have the wrong length."""
    subject = find(write("waves.py", WAVES) + ":waves")
    error = IndexError("index 2 is out of bounds")
    assert blame(error, subject, Point({"x": 1.0}, {}, "random, seed 0", 0)).code == "GC901"
    assert blame(error, subject, Point({"x": 1.0}, {}, "at= argument")).sentence.startswith("at= gives one number")


def test_without_a_point(write):
    """An error before any point is known names only the function."""
    subject = find(write("waves.py", WAVES) + ":waves")
    assert blame(ValueError("x"), subject, None).sentence == "waves raised ValueError"
