"""SymPy differentiates the value texts with its own rules and must find our partials."""

import random
import re
import subprocess
import sys

import mpmath
import numpy as np
import pytest
import sympy as sp

from gradcheck_tool.calculus.primitive import elementwise
from gradcheck_tool.calculus.tables.complexes import COMPLEX_WORDS
from gradcheck_tool.calculus.tables.elementwise import ELEMENTWISE, by_name
from gradcheck_tool.calculus.tables.special import SCIPY, SCIPY_WORDS, WORDS
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.calculus.worlds.own_words import OWN_WORDS
from gradcheck_tool.calculus.worlds.scipy_words import SCIPY_WORDS as SCIPY_NAMES
from gradcheck_tool.calculus.worlds.symbol import function_of, rational, say, slope, symbol_names, unsayable


def words_of(row):
    """The words of a row's value."""
    return set(re.findall(r"[A-Za-z_]\w*", row.value)) - set(row.operands)


ROWS = [row for row in (*ELEMENTWISE, *WORDS) if row not in (*SCIPY, *SCIPY_WORDS)]
CASES = [
    pytest.param(row, k, id=f"{row.name}-{k}") for row in ROWS for k, text in enumerate(row.partials) if text != "-"
]


def residual(row, position):
    """SymPy's derivative of the value minus our partial, and the symbols it is written in."""
    symbols = {name: sp.Symbol(name, real=True) for name in row.operands}
    value = say(row, *symbols.values())
    names = {"y": value, **symbols}
    ours = sp.sympify(eval(row.partials[position], dict(symbol_names()), names))  # noqa: S307 - our own text
    return slope(value, symbols[row.operands[position]]) - ours, tuple(symbols.values())


@pytest.mark.parametrize(("row", "position"), CASES)
def test_sympy_finds_the_same_partial(row, position):
    """The derivative SymPy derives and the partial of the table differ by nothing at random exact fractions."""
    gap, symbols = residual(row, position)
    if gap == 0:
        return
    vanishes = function_of(symbols, gap)
    draw = random.Random(row.name)
    with mpmath.workdps(60):
        for _ in range(8):
            point = [
                mpmath.mpf(draw.randint(int(1000 * low), int(1000 * high))) / 1000 + mpmath.mpf(1) / 7919
                for low, high in row.probe
            ]
            assert abs(vanishes(*point)) < mpmath.mpf(10) ** -40


def test_a_wrong_partial_is_seen():
    """The identity test fails for a hyperbolic cosine with the circular one's sign."""
    wrong = elementwise("cosh", "x", "cosh(x)", ("-sinh(x)",), "math.cosh")
    with pytest.raises(AssertionError):
        test_sympy_finds_the_same_partial(wrong, 0)


def test_the_words_are_those_of_the_float_worlds():
    """Whatever a text may say to floats it may say to symbols, but for some special functions, which decline."""
    assert symbol_names().keys() <= ARRAY.keys()
    unsaid = ARRAY.keys() - symbol_names().keys()
    assert unsaid <= SCIPY_NAMES.keys() | OWN_WORDS.keys() | COMPLEX_WORDS.keys()


@pytest.mark.parametrize(
    "row", [row for row in SCIPY if words_of(row) <= symbol_names().keys()], ids=lambda row: row.name
)
def test_sympy_says_the_special_functions_and_their_slopes(row):
    """Where SymPy has the function, its value and the derivative it finds are SciPy's and ours."""
    pytest.importorskip("scipy")
    symbols = {name: sp.Symbol(name, real=True) for name in row.operands}
    draw = random.Random(row.name)
    for _ in range(2):
        point = [draw.uniform(*interval) for interval in row.probe]
        if row.operands[0] in ("n", "k"):
            point[0] = float(round(point[0]))  # a degree or a branch
        floats = {**dict(zip(row.operands, point, strict=True))}
        floats["y"] = eval(row.value, dict(ARRAY), floats)  # noqa: S307 - our own text
        for place, text in enumerate(row.partials):
            if text == "-":
                continue
            name = row.operands[place]
            fixed = [
                symbols[word] if word == name else rational(value)
                for word, value in zip(row.operands, point, strict=True)
            ]
            value = say(row, *fixed)
            found = slope(value, symbols[name])
            with mpmath.workdps(30):
                at = mpmath.mpf(point[place])
                assert abs(function_of((symbols[name],), value)(at) - floats["y"]) < 1e-11 * (1 + abs(floats["y"]))
                if unsayable(found):
                    continue  # SymPy leaves it open: the method declines
                ours = float(eval(text, dict(ARRAY), floats))  # noqa: S307 - our own text
                assert abs(function_of((symbols[name],), found)(at) - ours) < 1e-11 * (1 + abs(ours))


def test_numbers_are_exact():
    """A float is the fraction it is, whole floats are integers, and nothing is rounded to a pretty number."""
    assert rational(0.1) == sp.Rational(3602879701896397, 2**55) != sp.Rational(1, 10)
    assert rational(2.0) == sp.Integer(2)
    assert rational(2.0).is_Integer
    assert rational(np.pi) != sp.pi
    assert rational(float("nan")) is sp.nan
    assert rational(float("-inf")) == -sp.oo


def test_arrays_of_symbols_broadcast():
    """A row said of object arrays gives the object array of its values."""
    x = np.array(sp.symbols("p q", real=True), dtype=object)
    together = say(by_name()["mul"], x[:, None], x)
    assert together.shape == (2, 2)
    assert together[0, 1] == x[0] * x[1]
    assert say(by_name()["tanh"], x[0]) == sp.tanh(x[0])


@pytest.mark.parametrize("name", ["floor", "mod", "fmod", "remainder", "trunc", "rint", "ceil", "copysign", "cbrt"])
def test_steps_leave_no_unsaid_derivative(name):
    """The slope of a step function of an expression contains no Derivative, Subs or DiracDelta."""
    row = by_name()[name]
    x = sp.Symbol("x", real=True)
    operands = (sp.sin(x), sp.exp(x))[: len(row.operands)]
    found = slope(say(row, *operands), x)
    assert not found.has(sp.Derivative, sp.Subs, sp.DiracDelta)


def test_sympy_is_imported_late():
    """Importing the world costs nothing of SymPy's import time."""
    code = "import sys, gradcheck_tool.calculus.worlds.symbol; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own interpreter
