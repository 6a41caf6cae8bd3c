# ruff: noqa: PLR0917, T201 - the functions under test are what users write

import json

import numpy as np
import pytest

from gradcheck_tool.subject import again, find, from_callable, point_from, points
from gradcheck_tool.subject.recipe import DRAWS, ordinary


def at(subject, words, **named):
    """The one point that the words give."""
    return points(subject, at=words, count=1, seed=0, **named)[0]


def vector(x):
    return x[0] * x[1]


def pair(x1, x2):
    return x1 * x2


def mixed(x, n: int, flag=False, power=2, scale=1.5):  # noqa: FBT002 - what users write
    return x * n


class TestGiven:
    def test_an_array(self):
        """One list is the one parameter, whole numbers become floats."""
        point = at(from_callable(vector), "[1, 2]")
        assert point.values["x"].dtype == float
        assert point.values["x"].tolist() == [1.0, 2.0]
        assert (point.fixed, point.origin, point.seed) == ({}, "--at", None)

    def test_a_scalar(self):
        """One number is a plain Python float."""
        value = at(from_callable(lambda x: x), "2").values["x"]
        assert (value, type(value)) == (2.0, float)

    def test_a_matrix(self):
        """Lists of lists become a matrix."""
        assert at(from_callable(lambda W: W), "[[1, 2, 3], [4, 5, 6]]").values["W"].shape == (2, 3)

    def test_names(self):
        """An object gives parameters by name, in the order of the signature."""
        point = at(from_callable(lambda x, w: x * w), '{"w": [1, 2], "x": 1.0}')
        assert list(point.values) == ["x", "w"]
        assert point.values["w"].tolist() == [1.0, 2.0]

    def test_one_number_for_each_parameter(self):
        """A list as long as the parameters gives each its own."""
        assert at(from_callable(pair), "[2, 5]").values == {"x1": 2.0, "x2": 5.0}

    def test_one_array_for_each_parameter(self):
        """The elements of such a list may be arrays."""
        values = at(from_callable(pair), "[[[1, 2], [3, 4]], [1, 2]]").values
        assert [np.shape(value) for value in values.values()] == [(2, 2), (2,)]

    def test_a_dict_parameter(self):
        """Keys that are no parameter names are the keys of the one dict parameter."""
        value = at(from_callable(lambda params: 0), '{"a": 1, "w": {"b": [1, 2]}}').values["params"]
        assert (value["a"], value["w"]["b"].tolist()) == (1.0, [1.0, 2.0])

    def test_whole_numbers_stay_whole(self):
        """Parameters annotated or defaulted as counts and flags are passed on as they are."""
        point = at(from_callable(mixed), '{"x": 1, "n": 3, "flag": true, "power": 3, "scale": 2}')
        assert point.values == {"x": 1.0, "scale": 2.0}
        assert point.fixed == {"n": 3, "flag": True, "power": 3}
        assert type(point.fixed["n"]) is int

    def test_a_broken_number_for_a_whole_default_is_a_float(self):
        """A default of 2 does not forbid 2.5."""
        assert at(from_callable(mixed), '{"x": 1, "n": 3, "power": 2.5}').values == {"x": 1.0, "power": 2.5}

    def test_only_whole_defaults(self):
        """Where nothing else can be differentiated by, whole defaults are floats at a given point."""
        assert at(from_callable(lambda x=1, y=2: x * y), '{"x": 3}').values == {"x": 3.0}

    def test_a_count_without_annotation(self):
        """A whole number that the function can only use as such is passed on as it is."""

        def power_sum(x, n):
            return sum(x**k for k in range(n))

        point = at(from_callable(power_sum), '{"x": 2, "n": 3}')
        assert (point.values, point.fixed) == ({"x": 2.0}, {"n": 3})
        assert at(from_callable(power_sum), "[2, 3]").fixed == {"n": 3}
        assert at(from_callable(pair), "[2, 3]").fixed == {}

    def test_words_and_null_are_passed_on(self):
        """Strings, true, false and null are never differentiated by."""
        point = at(from_callable(lambda x, mode, extra, on: x), '{"x": 1, "mode": "fast", "extra": null, "on": true}')
        assert point.fixed == {"mode": "fast", "extra": None, "on": True}

    def test_defaults_stay(self):
        """A default that is not named is neither differentiated by nor passed."""
        assert at(from_callable(lambda x, y=2.0: x * y), "3").values == {"x": 3.0}
        assert at(from_callable(lambda x=1.0, y=2.0: x * y), '{"y": 3}').values == {"y": 3.0}

    def test_keyword_only(self):
        """Keyword-only parameters are parameters like others."""
        subject = from_callable(lambda *, x, y: x - y)
        point = at(subject, "[5, 3]")
        assert subject.function(**point.values) == 2.0

    @pytest.mark.parametrize(("words", "value"), [("NaN", "nan"), ("-Infinity", "-inf"), ("1e400", "inf")])
    def test_numbers_that_are_not_finite(self, words, value):
        """NaN and infinities are numbers."""
        assert str(at(from_callable(lambda x: x), words).values["x"]) == value

    def test_files(self, write, tmp_path):
        """Arrays, named arrays and JSON are read from files."""
        write("p.json", '{"x1": 1, "x2": [2, 3]}')
        np.save(tmp_path / "p.npy", np.array([1, 2]))
        np.save(tmp_path / "scalar.npy", np.float32(2.5))
        np.savez(tmp_path / "p.npz", x1=1.0, x2=np.ones((2, 2)))
        assert at(from_callable(vector), "@p.npy").values["x"].tolist() == [1.0, 2.0]
        assert at(from_callable(vector), "@p.npy").values["x"].dtype == float
        assert at(from_callable(vector), "@scalar.npy").values == {"x": 2.5}
        assert at(from_callable(pair), "@p.npz").values["x2"].shape == (2, 2)
        assert at(from_callable(pair), "@p.npz").values["x1"] == 1.0
        assert at(from_callable(pair), "@p.json").values["x2"].tolist() == [2.0, 3.0]


BAD = [
    (vector, "[1.5, 0.7, ]", "--at is not JSON: a value is missing after the comma"),
    (vector, "[1, , 2]", "a value is missing after the comma"),
    (vector, "", "it is empty"),
    (vector, "[1, 2", "a comma or the closing bracket is missing"),
    (vector, "[1, 2]]", "it goes on after the value has ended"),
    (vector, "1,2", "it goes on after the value has ended"),
    (vector, "{'x': 1}", "double quotes"),
    (vector, "[one]", "one is not a number"),
    (vector, "[1, ", "a value is missing after the comma"),
    (vector, "[[1, 2], [3]]", "--at: x is ragged: its rows have 2, 1 entries"),
    (vector, "[[1, 2], 3]", "--at: x is ragged: its rows have 2, one number entries"),
    (vector, '[1, "a"]', "--at: x holds the string 'a' where a number belongs"),
    (vector, "[1, null]", "--at: x holds null where a number belongs"),
    (vector, "[]", "--at gives no numbers"),
    (vector, "{}", "--at gives no numbers"),
    (vector, '"a"', "--at gives no number to differentiate vector by"),
    (vector, "1" + "0" * 400, "--at: x is too large for a float"),
    (pair, "[1, 2, 3]", "--at gives 3 numbers, pair takes 2 parameters: x1, x2"),
    (pair, "[1]", "--at gives one number, pair takes 2 parameters: x1, x2"),
    (pair, "4", "--at gives one number, pair takes 2 parameters: x1, x2"),
    (pair, '{"x1": 1}', "--at gives no value for x2"),
    (pair, '{"x1": 1, "x3": 2}', "--at names x3, pair takes x1, x2"),
    (mixed, "1", "--at gives no value for n"),
    (mixed, '{"x": 1, "n": 2.5}', "--at: n is 2.5, but it is annotated as a whole number"),
    (vector, "@nowhere.npy", "nowhere.npy cannot be read"),
    (vector, "@", "--at names no file after the @"),
    (vector, "@p.txt", "p.txt is not a .npy, .npz or .json file"),
    (vector, "@bad.json", "bad.json is not JSON"),
    (vector, "@bad.npy", "bad.npy cannot be read"),
    (vector, "@bad.npz", "bad.npz cannot be read"),
    (vector, "@cut.npz", "cut.npz cannot be read"),
    (vector, "@words.npy", "--at: x is an array of <U1, not of real numbers"),
]


@pytest.mark.parametrize(("function", "words", "says"), BAD, ids=[words[:16] or "empty" for _, words, _ in BAD])
def test_bad_points(write, complaint, tmp_path, function, words, says):
    """Every bad point is a clear complaint with a remedy."""
    for name in ("p.txt", "bad.json", "bad.npy", "bad.npz"):
        write(name, "[1,,")
    (tmp_path / "cut.npz").write_bytes(b"PK\x03\x04cut")
    np.save(tmp_path / "words.npy", np.array(["a"]))
    found = complaint(at, from_callable(function), words)
    assert says in found.sentence
    assert (found.code, found.kind) == ("GC902", "bad-point")
    assert found.remedy


def test_a_caret_under_the_json(complaint):
    """The offending column is marked, also far to the right and on a later line."""
    found = complaint(at, from_callable(vector), "[1.5, 0.7, ]")
    assert found.details == ("[1.5, 0.7, ]", "           ^ here")
    long = "[" + "1.25, " * 100 + "oops]"
    text, caret = complaint(at, from_callable(vector), long).details
    assert text[caret.index("^") :].startswith("oops")
    assert len(text) <= 60
    text, caret = complaint(at, from_callable(vector), "[1,\n 2,\n x]").details
    assert text[caret.index("^")] == "x"


def test_a_misspelled_name(complaint):
    """A misspelled parameter is answered with the nearest one."""
    found = complaint(at, from_callable(lambda weight, bias: weight), '{"wieght": 1, "bias": 2}')
    assert found.remedy == "did you mean weight?"


def test_a_misspelled_file(write, complaint):
    """A misspelled file is answered with the nearest one."""
    write("start.json", "1")
    assert complaint(at, from_callable(vector), "@strat.json").remedy == "did you mean @start.json?"


@pytest.mark.parametrize("words", [None, "[1, 2]"])
def test_starred_parameters_and_none_at_all(complaint, words):
    """How many numbers f(*x) wants cannot be known, and f() wants none."""
    found = complaint(at, from_callable(lambda *x: sum(x)), words)
    assert "*x" in found.sentence
    assert "**x" in complaint(at, from_callable(lambda **x: sum(x)), words).sentence
    assert "takes no parameter" in complaint(at, from_callable(lambda: 1.0), words).sentence


class TestDeclared:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("def f(x):  # gradcheck: at=[1, 2]\n    return x[0]", 1),
            ("# gradcheck: at=[1, 2]\ndef f(x):\n    return x[0]", 1),
            ("# gradcheck: at=[1, 2]\n# a remark\n@staticmethod\ndef f(x):\n    return x[0]", 1),
            ("def f(x):\n    # gradcheck: at=[1, 2]\n    return x[0]", 2),
            ('def f(x):\n    """Doc."""\n    #gradcheck:at = [1, 2]\n    y = x[0]\n    return y', 3),
            ("def f(x):\n    return x[0]  # gradcheck: at=[1, 2]", 2),
            ("def f(x): return x[0]  # gradcheck: at=[1, 2]", 1),
            ("f = lambda x: x[0]  # gradcheck: at=[1, 2]", 1),
        ],
    )
    def test_a_comment(self, write, text, line):
        """A comment above, on, or at the top of the function states its point."""
        point = at(find(write("m.py", text) + ":f"), None)
        assert point.values["x"].tolist() == [1.0, 2.0]
        assert (point.origin, point.seed) == (f"comment m.py:{line}", None)

    @pytest.mark.parametrize(
        "text",
        [
            "# gradcheck: at=[1, 2]\n\ndef f(x):\n    return x[0]",
            "def g(x):\n    # gradcheck: at=[1, 2]\n    return x\ndef f(x):\n    return x[0]",
            "def f(x):\n    y = x[0]\n    return y\n# gradcheck: at=[1, 2]",
            'def f(x):\n    y = "# gradcheck: at=[1, 2]"\n    return x[0]',
        ],
    )
    def test_a_comment_elsewhere_is_none(self, write, text):
        """A comment of another function, at the end, or in a string is not this function's."""
        assert at(find(write("m.py", text) + ":f"), None).origin.startswith("random")

    def test_several_comments_are_several_points(self, write):
        """Each comment is a point, in the order of the lines."""
        path = write("m.py", "# gradcheck: at=1\n# gradcheck: at=2\ndef f(x):\n    return x")
        found = points(find(path + ":f"), at=None, count=5, seed=0)
        assert [point.values["x"] for point in found] == [1.0, 2.0]

    def test_a_broken_comment(self, write, complaint):
        """A comment that cannot be read is a complaint with its own line."""
        found = complaint(at, find(write("m.py", "def f(x):\n    # gradcheck: at=[1, 2\n    return x") + ":f"), None)
        assert (found.code, found.where) == ("GC902", "m.py:2")
        assert found.sentence.startswith("comment m.py:2 is not JSON")
        assert found.details[0] == "[1, 2"

    def test_a_comment_with_a_file(self, write):
        """A file in a comment is looked for beside the user's file."""
        write("deep/p.json", "[3, 4]")
        path = write("deep/m.py", "def f(x):  # gradcheck: at=@p.json\n    return x[0]")
        assert at(find(path + ":f"), None).values["x"].tolist() == [3.0, 4.0]

    def test_a_comment_of_a_method(self, write):
        """Methods have comments too."""
        path = write("m.py", "class A:\n    # gradcheck: at=3\n    def f(self, x):\n        return x")
        assert at(find(path + ":A.f"), None).values == {"x": 3.0}

    @pytest.mark.parametrize("name", ["F_X0", "f_x0", "X0", "x0"])
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("[1, 2]", [1.0, 2.0]),
            ("np.array([1.0, 2.0])", [1.0, 2.0]),
            ("(1, 2.0)", [1.0, 2.0]),
            ("3", 3.0),
            ("2.5", 2.5),
        ],
    )
    def test_a_constant(self, write, name, value, expected):
        """A constant of a usual name states the point."""
        path = write("m.py", f"import numpy as np\n{name} = {value}\ndef f(x):\n    return np.sum(x)")
        point = at(find(path + ":f"), None)
        assert np.asarray(point.values["x"]).tolist() == expected
        assert point.origin == f"{name} in m.py:2"

    def test_the_constant_of_the_function_wins(self, write):
        """The function's own constant comes before the file's, and a comment before both."""
        text = "X0 = 1.0\nF_X0 = 2.0\ndef f(x):\n    return x\ndef g(x):\n    # gradcheck: at=5\n    return x"
        path = write("m.py", text)
        assert at(find(path + ":f"), None).values == {"x": 2.0}
        assert at(find(path + ":g"), None).values == {"x": 5.0}

    def test_a_constant_of_several_parameters(self, write):
        """A tuple gives each parameter its own, a dict by name or as the one dict parameter."""
        path = write(
            "m.py",
            "G_X0 = {'a': 1, 'b': [1, 2]}\nF_X0 = ([1, 2], 3)\n"
            "def f(x, y):\n    return x[0] * y\ndef g(p):\n    return p['a']",
        )
        values = at(find(path + ":f"), None).values
        assert (values["x"].tolist(), values["y"]) == ([1.0, 2.0], 3.0)
        assert at(find(path + ":g"), None).values["p"]["a"] == 1.0

    def test_the_constant_of_another_function(self, write):
        """An X0 at which the function does not run is meant for another function."""
        path = write("m.py", "X0 = [1, 2]\ndef f(x):\n    return x[3]\ndef g(a, b, c):\n    return a * b * c")
        assert at(find(path + ":f"), None).origin.startswith("random")
        assert at(find(path + ":g"), None).origin.startswith("random")

    def test_an_own_constant_that_does_not_fit(self, write, complaint):
        """A constant with the function's own name must fit."""
        found = complaint(at, find(write("m.py", "F_X0 = [1, 2, 3]\ndef f(a, b):\n    return a * b") + ":f"), None)
        assert found.sentence == "F_X0 in m.py:1 gives 3 numbers, f takes 2 parameters: a, b"
        assert found.where == "m.py:1"

    def test_defaults(self):
        """Floats and arrays as defaults are the point where no parameter lacks one."""

        def f(x=1.5, y=np.ones(2), n=3, mode="a"):  # noqa: B008 - what users write
            return x * y * n

        point = at(from_callable(f), None)
        assert list(point.values) == ["x", "y"]
        assert (point.values["x"], point.fixed, point.origin) == (1.5, {}, "defaults of f")

    def test_only_whole_defaults_say_nothing(self, complaint):
        """A function whose defaults are whole numbers has nothing to differentiate by."""
        found = complaint(at, from_callable(lambda n=3: n), None)
        assert "n has the default 3" in found.sentence
        assert '{"n": 1.5}' in found.remedy


def square(x):
    assert x > 0
    return float(x) ** 0.5


def logs(x):
    if not 0 < x < 1:
        raise ValueError("math domain error")
    return np.log(x)


def chain(x):
    return sum(x[i] * x[i + 1] for i in range(len(x) - 1))


def unpacks(x):
    a, b = x
    return a * b


def two_of_many(x):
    return x[0] * x[1]


def five(x):
    return x[0] * x[4]


def exactly_four(x):
    a, b, c, d = x
    return a * b * c * d


def quadratic(x, A):
    return x @ A @ x


def layer(W, b, x):
    return np.tanh(W @ x + b).sum()


def fit(x, y):
    return (x[:-1] * y[1:]).sum()


def wide(W, x):
    if W.shape != (2, 3):
        raise ValueError("shape mismatch")
    return W @ x


def typed(x: float, y: np.ndarray):
    return x * y.sum()


class TestRandom:
    @pytest.mark.parametrize(
        ("function", "shapes"),
        [
            (lambda x: x**2, [()]),
            (square, [()]),
            (logs, [()]),
            (lambda x: (x**2).sum(), [(3,)]),
            (lambda x: np.sum(x**2), [(3,)]),
            (chain, [(3,)]),
            (unpacks, [(2,)]),
            (two_of_many, [(2,)]),
            (five, [(5,)]),
            (exactly_four, [(4,)]),
            (np.linalg.det, [(3, 3)]),
            (pair, [(), ()]),
            (quadratic, [(3,), (3, 3)]),
            (layer, [(3, 3), (3,), (3,)]),
            (fit, [(3,), (3,)]),
            (wide, [(2, 3), (3,)]),
            (typed, [(), (3,)]),
            (lambda a, b, c, d, e: a * b + c * d * e, [()] * 5),
        ],
    )
    def test_shapes_are_found(self, function, shapes):
        """The shapes of the parameters are found by trying."""
        point = at(from_callable(function), None)
        assert [np.shape(value) for value in point.values.values()] == shapes
        assert np.all(np.isfinite(function(*point.values.values())))

    def test_few_runs_are_needed(self, complaint):
        """A function that never works is tried at most some sixty times."""
        runs = []

        def f(a, b):
            runs.append(1)
            raise ValueError("no")

        complaint(at, from_callable(f), None)
        assert 10 < len(runs) <= 60

    def test_points_repeat(self):
        """The seed decides, the number of points does not change the first one."""
        subject = from_callable(chain)
        three = points(subject, at=None, count=3, seed=5)
        assert [again(point) for point in three] == [
            again(point) for point in points(subject, at=None, count=3, seed=5)
        ]
        assert again(three[0]) == again(points(subject, at=None, count=1, seed=5)[0])
        assert len({again(point) for point in (*three, *points(subject, at=None, count=3, seed=6))}) == 6
        assert (three[1].origin, three[1].seed) == ("random, seed 5", 5)

    def test_every_point_is_inside_the_domain(self):
        """Each of the points is one where the function works."""
        for point in points(from_callable(logs), at=None, count=8, seed=1):
            assert 0 < point.values["x"] < 1

    @pytest.mark.parametrize("draw", DRAWS)
    def test_numbers_are_ordinary(self, draw):
        """No number lies near a half or whole one, no two neighbours are alike."""
        numbers = ordinary(np.random.default_rng(3), draw, 200)
        assert np.min(np.abs(2 * numbers - np.round(2 * numbers))) > 0.03
        assert np.min(np.abs(np.diff(np.sort(np.abs(numbers[:20]))))) > 0.009

    def test_the_gradient_helps_to_find_the_shape(self):
        """A gradient that wants a vector decides where the function alone takes anything."""
        subject = from_callable(lambda x: np.mean(x * 0 + 1), jac=lambda x: np.zeros(len(x)))
        assert at(subject, None).values["x"].shape == (2,)
        hard = from_callable(lambda x: (x[:2] ** 2).sum(), jac=lambda x: np.array([2 * x[0], 2 * x[1]]))
        assert at(hard, None).values["x"].shape == (2,)

    def test_a_broken_gradient_does_not_prevent_a_point(self):
        """A gradient that never fits leaves the choice to the function."""

        def broken(x):
            raise KeyError("gradient")

        assert at(from_callable(chain, jac=broken), None).values["x"].shape == (3,)

    def test_a_function_without_a_real_result(self):
        """What the function returns is judged later: it ran, so it has a point."""
        assert list(at(from_callable(lambda x: None), None).values) == ["x"]

    @pytest.mark.parametrize(("note", "word"), [(int, "whole number"), (bool, "whole number"), (str, "string")])
    def test_counts_and_words_cannot_be_guessed(self, complaint, note, word):
        """A parameter that is no float must be given."""

        def f(x, n):
            return x

        f.__annotations__["n"] = note
        found = complaint(at, from_callable(f), None)
        assert f"f needs a {word} for n" in found.sentence
        assert '"x": 1.5, "n": ' in found.remedy
        assert found.code == "GC902"

    def test_no_point(self, write, complaint):
        """Where nothing works the last try and its reason are told."""
        path = write("m.py", "def f(x):\n    raise RuntimeError('the tank is empty')")
        found = complaint(at, find(path + ":f"), None)
        assert (found.code, found.kind, found.where) == ("GC904", "no-point", "m.py:2")
        assert "no point was found where f works" in found.sentence
        assert "it raised RuntimeError" in found.sentence
        assert found.details[-1] == "RuntimeError: the tank is empty"
        assert "--at" in found.remedy
        assert "# gradcheck: at=" in found.remedy

    def test_a_dict_cannot_be_guessed(self, write, complaint):
        """The keys that a function looks up in its parameter are offered as the form of a point."""
        path = write("m.py", "def f(p):\n    return p['rate'] * p['years']")
        found = complaint(at, find(path + ":f"), None)
        assert found.code == "GC904"
        assert """--at '{"rate": 1.5, "years": 1.5}'""" in found.remedy

    def test_a_count_cannot_be_guessed(self, complaint):
        """Where a run wanted a whole number the annotation that says so is the remedy."""
        found = complaint(at, from_callable(lambda x, n: sum(x**k for k in range(n))), None)
        assert found.remedy.startswith("annotate a count as n: int, and give one with --at")

    def test_nothing_finite(self, complaint):
        """A function that is nan everywhere has no point."""
        assert "the result is nan" in complaint(at, from_callable(lambda x: x * np.nan), None).sentence

    def test_an_exit_while_trying(self, complaint):
        """A function that leaves is a function that does not work."""
        found = complaint(at, from_callable(lambda x: (_ for _ in ()).throw(SystemExit(2))), None)
        assert "raised SystemExit" in found.sentence

    def test_no_points(self, complaint):
        """At least one point is asked for."""
        assert "--points" in complaint(points, from_callable(chain), at=None, count=0, seed=0).remedy

    def test_what_is_printed_while_trying_stays_inside(self, capsys):
        """A function's prints are not ours."""
        at(from_callable(lambda x: print("hello") or x), None)
        assert capsys.readouterr().out == ""


class TestLive:
    @pytest.mark.parametrize(
        ("function", "given", "expected"),
        [
            (vector, np.array([1, 2]), {"x": [1.0, 2.0]}),
            (vector, [1, 2], {"x": [1.0, 2.0]}),
            (vector, (1, 2), {"x": [1.0, 2.0]}),
            (vector, (np.array([1.0, 2.0]),), {"x": [1.0, 2.0]}),
            (vector, 2, {"x": 2.0}),
            (vector, np.float64(2), {"x": 2.0}),
            (vector, {"x": 3}, {"x": 3.0}),
            (vector, {"a": 3}, {"x": {"a": 3.0}}),
            (pair, (1, np.array([2.0])), {"x1": 1.0, "x2": [2.0]}),
            (pair, [1, 2], {"x1": 1.0, "x2": 2.0}),
        ],
    )
    def test_live_points(self, function, given, expected):
        """The Python API takes floats, arrays, arguments and dicts."""
        point = point_from(from_callable(function), given)
        assert json.loads(json.dumps(point.values, default=np.ndarray.tolist)) == expected
        assert point.origin == "at= argument"

    def test_other_objects_are_passed_on(self):
        """An object that is no number is an argument like a string."""
        point = point_from(from_callable(lambda x, model: x), {"x": 1, "model": json})
        assert point.fixed == {"model": json}

    def test_a_bad_live_point(self, complaint):
        """Complaints about a live point name the argument."""
        assert complaint(point_from, from_callable(pair), [1, 2, 3]).sentence.startswith("at= gives 3 numbers")
        assert "complex" in complaint(point_from, from_callable(vector), np.array([1j])).sentence


def test_a_drawn_point_that_sends_a_loop_on_for_ever_is_given_up(tmp_path, monkeypatch):
    """Newton's iteration for a square root never ends at a negative number; a positive one is found."""
    from gradcheck_tool.subject import guess, patience

    monkeypatch.setattr(patience, "SECONDS", 0.2)
    monkeypatch.setattr(patience.patience.__wrapped__, "__defaults__", (0.2,))
    file = tmp_path / "newton.py"
    file.write_text(
        "def root(a):\n    x = 1.0\n    while abs(x * x - a) > 1e-9 * abs(a):\n"
        "        x = 0.5 * (x + a / x)\n    return x\n"
    )
    subject = find(f"{file}:root")
    found = points(subject, at=None, count=3, seed=1)
    assert all(point.values["a"] > 0 for point in found)
    assert guess.attempt(subject, guess.replace(found[0], values={"a": -1.5})).hung
