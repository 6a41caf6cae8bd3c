"""The table proves itself: exact probes, spellings, and a vocabulary without holes."""

import ast
import importlib
import math
import random

import mpmath
import numpy as np
import pytest

from gradcheck_tool.calculus.primitive import elementwise
from gradcheck_tool.calculus.tables.complexes import COMPLEX_WORDS
from gradcheck_tool.calculus.tables.elementwise import ELEMENTWISE, by_name, by_spelling
from gradcheck_tool.calculus.tables.special import SCIPY, SCIPY_WORDS, SPECIAL, WORDS
from gradcheck_tool.calculus.worlds.floats import ARRAY, CONSTANTS, SCALAR

UNIT = 2.0**-53
TINY = 2.0**-1074  # what underflow loses
ROWS = (*ELEMENTWISE, *WORDS)
# What SciPy computes is held to mpmath in test_special_rows, to its own accuracy.
EXACT = [row for row in ELEMENTWISE if row not in SCIPY]
KINKED = [row for row in ELEMENTWISE if row.kink]

HARD = {
    "div": [(1e-300, 1e-10), (1e300, 1e10), (-7.0, 3e-5)],
    "pow": [
        (1e300, 0.1),
        (1e-300, 0.1),
        (-2.5, 3.0),
        (0.5, -700.3),
        (3.0, 0.0),
        (1.0000001, 1e6),
        (0.0, 2.0),
        (0.0, 1.0),
    ],
    "sqrt": [(1e-300,), (1e300,)],
    "cbrt": [(-27.5,), (1e-200,), (-1e-9,)],
    "hypot": [(3e200, 4e200), (3e-200, 4e-200), (1e-9, 2.0), (-1.0, 1e300)],
    "expm1": [(1e-12,), (-1e-12,), (-30.0,), (-700.0,)],
    "log1p": [(1e-12,), (-1e-12,), (-0.9999999999,), (1e12,)],
    "logaddexp": [(1000.0, -1000.0), (-1000.1, -300.7), (700.1, -3.3), (350.1, -350.3), (1e-12, 0.3)],
    "logaddexp2": [(1000.0, -1000.0), (700.1, -3.3), (1e-12, 0.3), (-400.3, 600.1)],
    "tan": [(1.5707963267948966,), (1.5707,), (-1.57079,), (1e-9,), (3.1415,)],
    "asin": [(1 - 2**-53,), (0.999999999,), (1e-12,), (-0.9999999,)],
    "acos": [(1 - 2**-53,), (0.999999999,), (1e-12,), (-0.9999999,)],
    "atan": [(1e8,), (1e-9,), (1e100,)],
    "atan2": [(3e200, -4e200), (3e-200, 4e-200), (1.0, 1e-300), (-1e-9, -2.0)],
    "sinh": [(700.0,), (1e-12,)],
    "cosh": [(700.0,), (1e-12,)],
    "tanh": [(20.0,), (-20.0,), (1e-12,), (340.0,)],
    "asinh": [(1e200,), (1e-12,), (-1e9,)],
    "acosh": [(1 + 2**-52,), (1e200,), (1.0000001,)],
    "atanh": [(1 - 2**-53,), (0.999999999,), (1e-12,)],
    "erf": [(5.3,), (-9.7,), (1e-12,), (26.1,)],
    "erfc": [(5.3,), (-9.7,), (1e-12,), (26.1,)],
    "ndtr": [(-5.7,), (5.3,), (1e-12,)],
    "gamma": [(1.4616321449683622,), (1.46,), (100.3,), (-0.7,), (1e-9,)],
    "lgamma": [(1.4616321449683622,), (1.46,), (100.3,), (-0.7,), (1e-9,), (1e100,)],
    "digamma": [(1e-9,), (100.3,), (-0.7,), (1e9,)],
    "sinc": [(1e-12,), (0.4999,), (0.5001,), (-7.0,)],
    "bessel_i0": [(0.0,), (18.9,), (19.1,), (1e-9,), (-300.0,)],
    "expit": [(-700.0,), (36.0,), (-36.0,), (1e-12,)],
    "logit": [(1e-12,), (1 - 2**-40,)],
    "log_expit": [(-700.0,), (36.0,), (-36.0,), (700.0,)],
    "sech2": [(20.0,), (-300.0,)],
    "gaussian": [(5.3,), (-26.1,), (1e-12,)],
    "gaussian_half": [(5.3,), (-30.1,), (1e-12,)],
    "mod": [(1.0, 0.1), (0.3, 0.1), (-1e-3, 0.7), (7.0, -2.5)],
    "fmod": [(1.0, 0.1), (0.3, 0.1), (-7.3, 2.5)],
    "remainder": [(1.0, 0.1), (0.3, 0.1), (-7.3, 2.5)],
}


def _mp_words():
    m = mpmath
    cut = {"floor": m.floor, "ceil": m.ceil, "rint": m.nint}
    trunc = lambda x: m.floor(x) if x >= 0 else m.ceil(x)  # noqa: E731 - one word among many
    alike = """sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp expm1 log log1p sqrt hypot fabs
    sign erf erfc gamma digamma"""
    return {
        **{name: getattr(m, name) for name in alike.split()},
        **cut,
        "pi": m.pi,
        "half": m.mpf(1) / 2,
        "trunc": trunc,
        "where": lambda c, a, b: a if c else b,
        "exp2": lambda x: m.mpf(2) ** x,
        "log2": lambda x: m.log(x) / m.log(2),
        "log10": lambda x: m.log(x) / m.log(10),
        "ln2": m.log(2),
        "cbrt": lambda x: m.sign(x) * m.cbrt(abs(x)),
        "ldexp": lambda x, n: x * m.mpf(2) ** n,
        "copysign": lambda a, b: abs(a) * math.copysign(1, b),
        "mod": lambda a, b: a - b * m.floor(a / b),
        "fmod": lambda a, b: a - b * trunc(a / b),
        "ieee_remainder": lambda a, b: a - b * m.floor(a / b + m.mpf(1) / 2),
        "maximum": max,
        "minimum": min,
        "fmax": max,
        "fmin": min,
        "heaviside": lambda x, h: m.mpf(x > 0) if x else h,
        "xlogy": lambda a, b: a * m.log(b),
        "xlog1py": lambda a, b: a * m.log1p(b),
        "logaddexp": lambda a, b: m.log(m.exp(a) + m.exp(b)),
        "logaddexp2": lambda a, b: m.log(m.mpf(2) ** a + m.mpf(2) ** b) / m.log(2),
        "lgamma": lambda x: m.log(abs(m.gamma(x))),
        "trigamma": lambda x: m.psi(1, x),
        "polygamma": m.psi,
        "bessel_i": m.besseli,
        "sinc_slope2": lambda x: m.diff(lambda t: m.sinc(m.pi * t), x, 2),
        "nextafter": lambda a, _b: a,
        "sinc": lambda x: m.sin(m.pi * x) / (m.pi * x),
        "sinc_slope": lambda x: (m.cos(m.pi * x) - m.sin(m.pi * x) / (m.pi * x)) / x,
        "expit": lambda x: 1 / (1 + m.exp(-x)),
        "expit_gap": lambda a, b: 1 / (1 + m.exp(b - a)),
        "expit2_gap": lambda a, b: 1 / (1 + m.mpf(2) ** (b - a)),
        "sech2": lambda x: m.cosh(x) ** -2,
        "gaussian": lambda x: m.exp(-x * x),
        "gaussian_half": lambda x: m.exp(-x * x / 2),
        "power_partial_base": lambda a, b: b * a ** (b - 1),
        "power_partial_exponent": lambda a, _b, c: c * m.log(a),
    }


def points_of(row, count=20):
    """Random points of the row's probe, then its hard ones."""
    draw = random.Random(row.name)
    drawn = [tuple(draw.uniform(low, high) for low, high in row.probe) for _ in range(count)]
    if row.name == "ldexp":
        drawn = [(x, float(round(n))) for x, n in drawn]
    if row.name == "bessel_i":
        drawn = [(float(round(n)), x) for n, x in drawn]
    return [*drawn, *HARD.get(row.name, [])]


def exact_partial(row, point, position):
    """The derivative of the value text at exactly these doubles, to some forty digits."""
    words = _mp_words()
    code = compile(row.value, row.name, "eval")

    def along(t):
        operands = [mpmath.mpf(value) for value in point]
        operands[position] = t
        return eval(code, words, dict(zip(row.operands, operands, strict=True)))  # noqa: S307 - our own text

    at = mpmath.mpf(point[position])
    # Twelve hundred digits carry 1e200 beside 1 and exp(1000) beside exp(-1000) under a step far below every scale.
    step = mpmath.mpf(10) ** -int(0.35 * mpmath.mp.dps) * (abs(at) or 1)
    return (along(at + step) - along(at - step)) / (2 * step)


def digits_for(row):
    """Many, for sums of the very large and the very small; fewer where mpmath's series would take seconds."""
    return 200 if row.name in {"gamma", "lgamma", "digamma", "bessel_i0", "bessel_i"} else 1200


def exact_value(row, point):
    """The value text at exactly these doubles, to hundreds of digits."""
    with mpmath.workdps(digits_for(row)):
        names = dict(zip(row.operands, map(mpmath.mpf, point), strict=True))
        return eval(row.value, _mp_words(), names)  # noqa: S307 - our own text


def value_in(world, row, values):
    with np.errstate(all="ignore"):
        return eval(row.value, dict(world), dict(zip(row.operands, values, strict=True)))  # noqa: S307 - our own text


def partial_in(world, row, point, position):
    number = float if world is SCALAR else np.float64
    names = dict(zip(row.operands, map(number, point), strict=True))
    with np.errstate(all="ignore"):
        names["y"] = eval(row.value, dict(world), names)  # noqa: S307 - our own text
        return eval(row.partials[position], dict(world), names)  # noqa: S307 - our own text


CASES = [
    pytest.param(row, k, id=f"{row.name}-{k}")
    for row in (*EXACT, *WORDS)
    if row not in SCIPY_WORDS
    for k, text in enumerate(row.partials)
    if text != "-"
]


@pytest.mark.parametrize(("row", "position"), CASES)
def test_every_partial_is_right_to_eight_units_in_the_last_place(row, position):
    """Each partial, in floats and in arrays, equals the derivative of the value text at the exact operands."""
    with mpmath.workdps(digits_for(row)):
        for point in points_of(row):
            if row.name == "pow" and position == 1 and point[0] <= 0:
                continue  # the exponent of a negative base cannot move
            exact = exact_partial(row, point, position)
            for world in (SCALAR, ARRAY):
                got = partial_in(world, row, point, position)
                error = abs(mpmath.mpf(float(got)) - exact)
                assert error <= 8 * UNIT * abs(exact) + TINY, (row.name, point, float(got), float(exact), float(error))


@pytest.mark.parametrize("row", EXACT, ids=lambda row: row.name)
def test_every_spelling_is_the_function_of_its_row(row):
    """Calling what the user spells gives the exact value of the row's text, within the rounding the row states."""
    for spelling in row.spellings:
        module, _, name = spelling.rpartition(".")
        scipy = module.startswith("scipy")
        spelled = getattr(pytest.importorskip(module) if scipy else importlib.import_module(module), name)
        # Errors of special functions grow in the tails: there the stated rounding is that of the probe interval.
        for point in points_of(row)[: 20 if row in SPECIAL else None]:
            arguments = [int(v) if operand == "n" else v for operand, v in zip(row.operands, point, strict=True)]
            exact = exact_value(row, point)
            error = abs(mpmath.mpf(float(spelled(*arguments))) - exact)
            assert error <= row.rounding * UNIT * abs(exact) + TINY, (spelling, point, float(error / exact / UNIT))


@pytest.mark.parametrize("row", EXACT, ids=lambda row: row.name)
def test_the_value_text_is_the_same_in_floats_and_arrays(row):
    """The value text gives one number in both float worlds, and arrays of points give an array of it."""
    points = points_of(row)
    columns = [np.array(column) for column in zip(*points, strict=True)]
    together = value_in(ARRAY, row, columns)
    assert together.shape == (len(points),)
    for point, entry in zip(points, together, strict=True):
        alone = value_in(SCALAR, row, [float(value) for value in point])
        assert abs(alone - entry) <= 8 * UNIT * abs(alone)


def test_no_two_rows_claim_one_spelling():
    """A spelling and a name each lead to exactly one row."""
    spellings = [spelling for row in ELEMENTWISE for spelling in row.spellings]
    names = [row.name for row in ELEMENTWISE]
    assert len(set(spellings)) == len(spellings) == len(by_spelling())
    assert len(set(names)) == len(names) == len(by_name())
    assert by_spelling()["numpy.tanh"] is by_spelling()["math.tanh"] is by_name()["tanh"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_is_complete(row):
    """A row has one partial and one ordered probe interval per operand, and a user can spell it unless it is a word."""
    assert len(row.partials) == len(row.operands) == len(row.probe)
    assert all(low < high for low, high in row.probe)
    assert bool(row.spellings) != (row in WORDS) or row.name == "riemann_zeta"  # scipy.special.zeta of one argument
    assert "y" not in row.operands


def words_of(text):
    """The names a text mentions."""
    return {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_texts_speak_only_the_vocabulary(row):
    """Every name in a text is an operand, the result, or a word of both float worlds; no text asks ``==``."""
    texts = [text for text in (row.value, *row.partials, row.kink) if text not in {"-", ""}]
    for text in texts:
        assert words_of(text) - {*row.operands, "y"} <= SCALAR.keys() & ARRAY.keys()
        assert not any(isinstance(node, ast.Eq) for node in ast.walk(ast.parse(text, mode="eval")))
    assert "y" not in words_of(row.value)


def test_both_float_worlds_have_the_same_words():
    """`SCALAR` and `ARRAY` differ in what a word does, not in which words there are."""
    assert SCALAR.keys() == ARRAY.keys() - COMPLEX_WORDS.keys()


def test_every_word_of_a_partial_can_be_differentiated():
    """The vocabulary is closed: each function in a partial text has a row of its own, except the choice ``where``."""
    mentioned = {
        word for row in ROWS for text in row.partials if text != "-" for word in words_of(text) - {*row.operands, "y"}
    }
    spoken = {row.value.partition("(")[0] for row in ROWS if row.value.endswith(f"({', '.join(row.operands)})")}
    assert mentioned - CONSTANTS.keys() - {"where"} <= spoken


SLOPELESS = """equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor logical_not
isfinite isinf isnan signbit isclose nextafter spacing ulp comb perm factorial gcd lcm isqrt"""
OF_MANY_NUMBERS = "matmul vecdot matvec vecmat dist fsum prod sumprod fma modf frexp"


@pytest.mark.parametrize("module", [math, np], ids=lambda module: module.__name__)
def test_no_differentiable_function_is_missing(module):
    """Each float function of one or two numbers in math and each such ufunc of NumPy has a row, or no slope."""
    if module is np:
        ufuncs = {name: f for name, f in vars(np).items() if isinstance(f, np.ufunc)}
        found = {name for name, f in ufuncs.items() if "d" in "".join(f.types) and f.nout == 1}
    else:
        found = {name for name, f in vars(math).items() if callable(f) and not name.startswith("_")}
    found -= {*SLOPELESS.split(), *OF_MANY_NUMBERS.split()}
    assert {f"{module.__name__}.{name}" for name in found} <= by_spelling().keys()


def test_every_arithmetic_operator_has_a_row():
    """What Python spells as an operator is in the table under its name in `operator`."""
    names = "add sub mul truediv floordiv mod pow neg pos abs"
    assert {f"operator.{name}" for name in names.split()} | {"builtins.abs"} <= by_spelling().keys()


def test_a_wrong_sign_is_seen():
    """The probe test fails for a cosine whose derivative lost its minus sign."""
    wrong = elementwise("cos", "x", "cos(x)", ("sin(x)",), "math.cos")
    with pytest.raises(AssertionError):
        test_every_partial_is_right_to_eight_units_in_the_last_place(wrong, 0)


@pytest.mark.parametrize(
    ("name", "point", "slopes"),
    [
        ("abs", (0.0,), (0.0,)),
        ("hypot", (0.0, 0.0), (0.0, 0.0)),
        ("maximum", (2.0, 2.0), (0.5, 0.5)),
        ("fmin", (2.0, 2.0), (0.5, 0.5)),
        ("fmax", (math.nan, 2.0), (0.0, 1.0)),
        ("fmin", (2.0, math.nan), (1.0, 0.0)),
        ("pow", (0.0, 1.0), (1.0, 0.0)),
        ("pow", (0.0, 3.0), (0.0, 0.0)),
        ("pow", (0.0, 0.0), (0.0, None)),
        ("tanh", (800.0,), (0.0,)),
        ("logaddexp", (-math.inf, 3.0), (0.0, 1.0)),
        ("logaddexp2", (-math.inf, 3.0), (0.0, 1.0)),
        ("erf", (1e200,), (0.0,)),
        ("sinc", (0.0,), (0.0,)),
    ],
)
def test_slopes_at_the_corners(name, point, slopes):
    """Ties, origins and infinities give the documented value in both worlds, not an exception and not nan."""
    row = by_name()[name]
    for world in (SCALAR, ARRAY):
        for position, slope in enumerate(slopes):
            if slope is not None:
                assert float(partial_in(world, row, point, position)) == slope


@pytest.mark.parametrize("row", KINKED, ids=lambda row: row.name)
def test_a_kink_text_is_a_number_that_is_rarely_zero(row):
    """At random points, which are no kinks, the kink text is finite and not zero in both worlds."""
    for point in points_of(row)[:20]:
        for world, number in ((SCALAR, float), (ARRAY, np.float64)):
            names = dict(zip(row.operands, map(number, point), strict=True))
            names["y"] = eval(row.value, dict(world), names)  # noqa: S307 - our own text
            distance = float(eval(row.kink, dict(world), names))  # noqa: S307 - our own text
            assert math.isfinite(distance)
            assert distance != 0


KINKS = {
    "abs": [(0.0,)],
    "sign": [(0.0,)],
    "hypot": [(0.0, 0.0)],
    "atan2": [(0.0, 0.0), (0.0, -2.0)],
    "copysign": [(0.0, 2.0), (2.0, 0.0)],
    "heaviside": [(0.0, 0.5)],
    "maximum": [(2.0, 2.0)],
    "minimum": [(2.0, 2.0)],
    "fmax": [(2.0, 2.0)],
    "fmin": [(2.0, 2.0)],
    "mod": [(6.0, 2.0), (0.0, 2.0)],
    "fmod": [(6.0, 2.0)],
    "floordiv": [(6.0, 2.0)],
    "remainder": [(5.0, 2.0)],
    "floor": [(3.0,)],
    "ceil": [(3.0,)],
    "trunc": [(3.0,)],
    "rint": [(2.5,)],
    "nextafter": [(2.0, 2.0)],
    "i0e": [(0.0,)],
}


@pytest.mark.parametrize("row", KINKED, ids=lambda row: row.name)
def test_a_kink_text_is_zero_at_the_kink(row):
    """Where the value or the derivative jumps, the kink text is exactly zero."""
    for point in KINKS[row.name]:
        names = dict(zip(row.operands, map(np.float64, point), strict=True))
        names["y"] = eval(row.value, dict(ARRAY), names)  # noqa: S307 - our own text
        assert float(eval(row.kink, dict(ARRAY), names)) == 0  # noqa: S307 - our own text
