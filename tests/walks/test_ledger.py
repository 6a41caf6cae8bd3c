"""The evaluation ledger: what it prints is what the run did."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from gradcheck_tool.report.ledger_cells import panels
from gradcheck_tool.report.ledger_view import ledger_lines
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.numbers import compact
from gradcheck_tool.tracing.record import record
from gradcheck_tool.walks.ledger import ledger
from gradcheck_tool.walks.recompute import is_formula, recompute

BOOK = json.loads((Path(__file__).parents[1] / "data" / "table2_3_traces.json").read_text())
# The textbook numbers the inputs v-1 and v0, and the sine before the sum.
OURS = {"v-1": "x1", "v0": "x2", "v1": "v1", "v2": "v2", "v3": "v4", "v4": "v3", "v5": "v5"}
WORLD = {
    name: getattr(np, name)
    for name in [
        "abs",
        "sign",
        "sqrt",
        "cbrt",
        "sin",
        "cos",
        "tan",
        "asin",
        "atan",
        "atan2",
        "exp",
        "log",
        "log2",
        "log10",
        "log1p",
        "logaddexp",
        "tanh",
        "cosh",
        "hypot",
        "maximum",
        "minimum",
        "floor",
        "rint",
        "where",
        "sum",
        "outer",
        "cumsum",
        "reshape",
        "pi",
    ]
}
WORLD |= {name: getattr(np.linalg, name) for name in ("norm", "solve", "inv", "det", "cholesky")}
WORLD |= {"trace": np.trace, "einsum": np.einsum, "transpose": np.transpose, "erf": np.vectorize(math.erf)}


class Lists:
    """``A[1, 2]`` is the array of 1 and 2."""

    def __getitem__(self, entries):
        return np.array(entries if isinstance(entries, tuple) else (entries,), dtype=float)


def evaluated(text):
    """The value of a printed text, read without the package's own reader."""
    number = r"(?<![\w.\[])((?:\d+\.?\d*)(?:e[+-]?\d+)?|nan|inf)(?![\w.\]])"
    text = re.sub(r"(?<![\w\])])\[", "A[", text)
    if not re.search(r"\]\[|axis|reshape", text):
        text = re.sub(number, r"D(\1)", text)
    with np.errstate(all="ignore"):
        return eval(text, {"A": Lists(), "D": np.float64, "nan": math.nan, "inf": math.inf, **WORLD})  # noqa: S307 - our own page


def run(f, **at):
    """The ledger of f at a point; `row` and `along` are options, not arguments of f."""
    options = {key: at.pop(key) for key in ("row", "along") if key in at}
    trace = record(f, at, call=lambda values: f(**values), label="")
    return ledger(trace, target="m.py:f", name="f", where="m.py:1", point="here", **options)


def cells(row):
    return (
        (row.primal, row.primal_numbers, row.value),
        (row.tangent, row.tangent_numbers, row.tangent_value),
        (row.adjoint, row.adjoint_numbers, row.adjoint_value),
    )


def textbook(x1, x2):
    return math.log(x1) + x1 * x2 - math.sin(x2)


def quotients(x, y):
    return x / y - y / (x * 3.0) + 1 / (x - y) - (-x) * (-2.5)


def powers(x, y):
    return x**2 + x**3 + x**0.5 + x**-1 + x**y + 2**x + (y - 4) ** 3


def bells(x, y):
    return math.exp(-x * x) + math.erf(x) * np.logaddexp(x, y) + math.tanh(x * y)


def logarithms(x, y):
    return math.log2(x) + np.log10(y) * math.log1p(x) - math.atan2(y, x) + math.hypot(x, y)


def roots(x, y):
    return math.sqrt(x) * math.tan(y) + math.cbrt(x * y) - math.asin(x / 9) * math.atan(y)


def corners(x, y):
    return abs(x - y) + max(x, y) + np.minimum(x, 1.0) + (x * 7) % y + x // y + math.floor(x)


def branches(x, y):
    total = x
    for _ in range(3):
        total = total / y if total > 2 * y else total * x + y
    return total


def shared(x, y):
    z = x * y
    return z * z * z - z / x


def vectors(x):
    y = np.maximum(x, 1.0) * x[0]
    return y + np.sum(x * x) + np.dot(x, x) + np.linalg.norm(x) + x @ np.eye(3) @ x + np.sort(x)[0]


def matrices(a, b):
    solved = np.linalg.solve(a, b)
    return solved @ np.array([b[0], 1.0]) + np.where(b > 2, b, a[0]).sum() + a.T.ravel()[1] + np.cumsum(b)[1]


def broadcasts(a, b):
    return np.sum(a * b + np.exp(a[0] * 0.5) - b[1], axis=0)


def layer(w, b, x):
    h = np.tanh(w @ x + b)
    return np.sum(h**2) + x @ w @ b


def algebra(a, b):
    inverse = np.linalg.inv(a) @ a.T + np.outer(b, b) * np.linalg.det(a)
    return np.sum(inverse @ b) + np.linalg.slogdet(a)[1] + np.sum(inverse * b.sum(keepdims=True))


def products(a, b):
    total = np.einsum("ij,j->ij", a, b) + np.linalg.cholesky(a @ a.T) + np.tensordot(b, b, 0)
    return total.mean(axis=0) - np.concatenate([b[:1], a[0, 1:]]) + np.broadcast_to(b[1], (2,)) + b[::-1]


PAIR = {"x": 2.3, "y": 0.7}
TWO = {"a": np.array([[2.0, 1.0], [1.0, 3.0]]), "b": np.array([1.0, 2.5])}
CASES = [
    (textbook, {"x1": 2.0, "x2": 5.0}),
    *((f, PAIR) for f in (quotients, powers, bells, logarithms, roots, corners, branches, shared)),
    (vectors, {"x": np.array([1.5, 0.7, 2.0])}),
    (matrices, TWO),
    *((f, TWO) for f in (broadcasts, algebra, products)),
    (layer, {"w": np.array([[1.0, 2.0], [3.0, -1.0]]), "b": np.array([0.1, -0.2]), "x": np.array([0.3, 0.4])}),
]
cases = pytest.mark.parametrize(("f", "at"), CASES, ids=lambda case: getattr(case, "__name__", ""))


def value_of(shown):
    return shown if isinstance(shown, float) else np.asarray(evaluated(shown))


@cases
def test_every_row_comes_to_its_value(f, at):
    """Each text with numbers, read back as it stands, is the value beside it to 1e-12."""
    found = run(f, **at, along=1)
    checked = 0
    for row in found.rows:
        for rule, put_in, value in cells(row):
            if put_in and row.name != "if":
                assert np.allclose(evaluated(put_in), value_of(value), rtol=1e-12, atol=0), (row.name, rule, put_in)
                assert np.allclose(recompute(put_in), value_of(value), rtol=1e-12, atol=0), (row.name, rule, put_in)
                checked += 1
        if row.name == "if":
            assert str(evaluated(row.primal_numbers)) == row.value
        if row.increments:
            total = sum(recompute(term) for term in row.increments)
            seeded = value_of(row.adjoint_value)
            assert np.allclose(total, seeded, rtol=1e-12, atol=0), row
    assert checked >= len(found.rows)


@pytest.mark.parametrize(("f", "at"), CASES[:9], ids=lambda case: getattr(case, "__name__", ""))
def test_scalar_rules_never_lack_their_numbers(f, at):
    """Where a rule is more than one name or constant, its numbers are put in."""
    for row in run(f, **at).rows:
        for rule, put_in, _value in cells(row):
            single = re.fullmatch(r"(\w+['~]?|seed|input|not used)|", rule)
            assert bool(put_in) != bool(single), (row.name, rule, put_in)


@cases
@pytest.mark.parametrize("width", [60, 80])
def test_every_row_of_the_page_comes_to_the_digits_it_shows(f, at, width):
    """The page shortens numbers, but not so far that a row no longer comes to its shown value."""
    found = run(f, **at)
    checked = 0
    for panel in panels(found.rows):
        for (_rule, put_in, shown), row in zip(panel.cells, found.rows, strict=True):
            for text in put_in.replace("\n= ", "\n").split("\n"):
                if row.name != "if" and text and is_formula(text):
                    came_to = [compact(float(number)) for number in np.ravel(recompute(text))]
                    wanted = [compact(float(number)) for number in np.ravel(evaluated(shown))]
                    assert [n.replace("-0", "0") if n == "-0" else n for n in came_to] == wanted, (row.name, text)
                    checked += 1
    assert checked > 3
    text = [line.plain for line in ledger_lines(found, Look(width))]
    assert all(len(line) <= width for line in text if not re.match(r"  \S+:\d+   ", line))


@pytest.mark.parametrize("along", [0, 1])
def test_the_textbook_table(along):
    """ln x1 + x1 x2 - sin x2 at (2, 5): every number of tables 2 and 3 of Baydin et al. (2018)."""
    found = run(textbook, x1=2.0, x2=5.0, along=along)
    rows = {row.name: row for row in found.rows}
    assert list(rows) == ["x1", "x2", "v1", "v2", "v3", "v4", "v5"]
    tangents = BOOK[f"tangent_dx{1 + along}"]
    last = {step["var"]: step["value"] for step in BOOK["adjoint_steps"]}
    for theirs, ours in OURS.items():
        assert rows[ours].value == pytest.approx(float(BOOK["primal"][theirs]), rel=1e-15)
        assert rows[ours].tangent_value == pytest.approx(float(tangents[theirs]), rel=1e-15)
        assert rows[ours].adjoint_value == pytest.approx(float(last[theirs]), rel=1e-15)
    first, second = (float(step["value"]) for step in BOOK["adjoint_steps"] if step["var"] == "v0")
    assert [float(term) for term in rows["x2"].increments] == pytest.approx([second - first, first], rel=1e-15)
    assert [float(slope) for _name, slope in found.derivatives] == pytest.approx(list(map(float, BOOK["gradient"])))
    assert [name for name, _slope in found.derivatives] == ["df/dx1", "df/dx2"]
    assert float(found.value) == float(BOOK["float64"]["y"])
    assert found.direction == f"x{1 + along}"


def test_the_textbook_rules():
    """The rules read as a textbook prints them."""
    rows = {row.name: row for row in run(textbook, x1=2.0, x2=5.0).rows}
    assert (rows["v2"].primal, rows["v2"].tangent, rows["v2"].tangent_numbers) == (
        "x1*x2",
        "x1'*x2 + x1*x2'",
        "1*5 + 2*0",
    )
    assert (rows["v4"].tangent, rows["v4"].adjoint) == ("cos(x2)*x2'", "-v5~")
    assert (rows["x1"].adjoint, rows["x1"].adjoint_numbers) == ("v1~/x1 + v2~*x2", "1/2 + 1*5")
    assert (rows["x2"].adjoint, rows["x2"].adjoint_numbers) == ("v2~*x1 + v4~*cos(x2)", "1*2 + -1*cos(5)")
    assert (rows["v1"].tangent, rows["v5"].adjoint) == ("x1'/x1", "seed")


@pytest.mark.parametrize(
    ("text", "tangent"),
    [
        ("x ** 3.0", "3*x**2*x'"),
        ("x ** 2.0", "2*x*x'"),
        ("x ** -1.0", "-x**-2*x'"),
        ("2.0 ** x", "v1*log(2)*x'"),
        ("math.tanh(x)", "x'/cosh(x)**2"),
        ("math.log2(x)", "x'/(log(2)*x)"),
        ("math.exp(x)", "v1*x'"),
        ("math.tan(x)", "(1 + v1*v1)*x'"),
        ("1 / x", "-v1/x*x'"),
        ("np.maximum(x, 0.0)", "x'"),
        ("np.minimum(x, 0.0)", "0"),
        ("abs(x)", "sign(x)*x'"),
        ("2.5 - x", "-x'"),
    ],
)
def test_tangent_rules(text, tangent):
    """One rule each, with the table's inner words spelled out and trivial factors left out."""
    assert run(eval(f"lambda x: {text}"), x=1.25).rows[-1].tangent == tangent  # noqa: S307 - the texts above


@pytest.mark.parametrize(
    ("text", "tangent", "adjoint"),
    [
        ("np.linalg.solve(a, b)", "-solve(a, a' @ v1) + solve(a, b')", "-solve(a.T, v1~) @ v1.T"),
        ("a @ b", "a' @ b + a @ b'", "v1~ @ b.T"),
        ("np.linalg.inv(a) @ b", "v1' @ b + v1 @ b'", "-v1.T @ v1~ @ v1.T"),
        ("a[0, :]", "a'[0, :]", "v1~ at [0, :]"),
        ("a.T", "a'.T", "v1~.T"),
        ("np.sum(a, axis=0)", "sum(a', axis=0)", "v1~ spread"),
    ],
)
def test_structural_rules(text, tangent, adjoint):
    """Matrices in a line of text; what a rule subtracts is written with a minus."""
    matrices = {"a": np.array([[2.0, 1.0], [0.5, 3.0]]), "b": np.array([[1.0, 2.0], [3.0, 5.0]])}
    rows = run(eval(f"lambda a, b: {text}"), **matrices).rows  # noqa: S307 - the texts above
    assert (rows[-1].tangent, rows[0].adjoint) == (tangent, adjoint)


def test_words_that_would_overflow_stay_exact():
    """cosh(360)**2 overflows where the derivative is 2e-312: there the table's own word stays."""
    row = run(eval("lambda x: math.tanh(x)"), x=360.0).rows[-1]  # noqa: S307 - a lambda the linter would unwrap
    assert 0 < row.tangent_value == recompute(row.tangent_numbers)
    assert row.tangent == "sech2(x)*x'"


@cases
def test_a_rule_of_one_name_is_that_rows_value(f, at):
    """``v3~`` stands beside the adjoint of v3, ``x'`` beside the tangent of x."""
    found = run(f, **at, along=1)
    rows = {row.name: row for row in found.rows}
    checked = 0
    for row in found.rows:
        for rule, value in ((row.tangent, row.tangent_value), (row.adjoint, row.adjoint_value)):
            if re.fullmatch(r"\w+['~]", rule):
                of = rows[rule[:-1]]
                assert value == (of.tangent_value if rule.endswith("'") else of.adjoint_value), (row.name, rule)
                checked += 1
    assert checked or f is branches  # where every rule has a factor


@pytest.mark.parametrize(
    ("floor", "tangent"), [(1.0, "where(1 < x, x', 0)"), (0.0, "x'"), (9.0, "0"), (0.7, "where(0.7 < x, x', 0.5*x')")]
)
def test_choices_are_written_as_far_as_they_are_open(floor, tangent):
    """maximum(x, floor) at (1.5, 0.7, 2): mixed, all, none, and a tie."""
    assert run(lambda x: np.maximum(x, floor), x=np.array([1.5, 0.7, 2.0])).rows[-1].tangent == tangent


def test_an_output_entry_and_an_input_entry_can_be_chosen():
    """The adjoints belong to f[2], the tangents to x[1]."""
    found = run(vectors, x=np.array([1.5, 0.7, 2.0]), row=2, along=1)
    assert found.direction == "x[1]"
    assert found.adjoint_of.endswith("[2]")
    slopes = dict(found.derivatives)
    assert float(slopes["df[2]/dx[1]"]) == pytest.approx(recompute(found.rows[-1].tangent_value)[2], rel=1e-14)


def test_decisions_have_rows():
    """A comparison stands before the operations it led to, with its source."""
    found = run(branches, **PAIR)
    decision = found.rows[3]
    assert (decision.name, decision.primal, decision.value) == ("if", "x > v1", "True")
    assert decision.source.startswith("total = total / y if")
    assert (decision.tangent, decision.adjoint) == ("", "")


def test_names_do_not_collide_with_the_users():
    """A parameter called v1 moves the operations to another letter."""
    found = run(lambda v1, y: v1 * y + y, v1=2.0, y=3.0)
    assert [row.name for row in found.rows] == ["v1", "y", "w1", "w2"]


def test_large_arrays_are_named_by_their_shape():
    """Nothing of an array of 200 is written out."""
    found = run(lambda x: np.sum(x * np.arange(200.0)), x=np.ones(200))
    assert [row.value for row in found.rows] == ["array (200,)", "array (200,)", 19900.0]
    assert found.rows[1].primal == "x*array (200,)"
    assert found.rows[1].adjoint == "v2~ spread"
    assert all(row.primal_numbers == "" for row in found.rows)


def test_a_pole_the_walk_stepped_over_prints_no_false_numbers():
    """sqrt at 0 with a still input: the tangent is 0, and 0/0 is not printed."""
    row = run(lambda x, y: np.sqrt(x) * y, x=0.0, y=1.0, along=1).rows[2]
    assert (row.tangent_value, row.tangent_numbers) == (0.0, "")


def test_outputs_that_do_not_move_or_are_inputs():
    """A constant has no adjoints; an input that is returned is its own seed."""
    assert [row.adjoint_value for row in run(lambda x: 3.0 + 0 * round(x), x=2.0).rows] == [0.0]
    (row,) = run(lambda x: x, x=2.0).rows
    assert (row.adjoint, row.adjoint_value) == ("seed", 1.0)


def test_an_output_that_is_used_again_adds_its_seed():
    """f returns v1 and 2*v1: the adjoint of v1 is its seed for f[0], and 2 from its use for f[1]."""

    def f(x):
        y = x * x
        return y, 2 * y

    first, second = (run(f, x=3.0, row=row) for row in (0, 1))
    assert first.derivatives == (("df[0]/dx", "6"),)
    assert (first.rows[1].adjoint, first.rows[1].adjoint_numbers) == ("seed + v2~*2", "1 + 0*2")
    assert second.derivatives == (("df[1]/dx", "12"),)
    assert second.rows[1].adjoint == "v2~*2"


def test_zeros_have_no_sign_on_the_page():
    """-0.0 keeps its sign in the data; a reader is spared it."""
    found = run(lambda x, y: x * y - y * x, x=0.0, y=-2.0)
    assert found.rows[2].value == 0.0
    assert np.signbit(found.rows[2].value)
    assert not re.search(r"-0(?![\w.])", "\n".join(line.plain for line in ledger_lines(found, Look())))


def test_a_long_trace_shows_its_beginning_and_its_end():
    """The page says how many rows it leaves out; the ledger, and -v, have them all."""

    def logistic(x):
        for _ in range(100):
            x = 3.7 * x * (1 - x)
        return x

    found = run(logistic, x=0.3)
    assert len(found.rows) == 301
    short, full = ("\n".join(line.plain for line in ledger_lines(found, Look(80, verbosity=level))) for level in (0, 1))
    assert "... 259 more rows" in short
    assert "v150 " not in short
    assert "v150 " in full
    assert "more rows" not in full
    assert "300 operations" in short
