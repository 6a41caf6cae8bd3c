# ruff: noqa: E501 - a table is read across, one row to a line
"""The table of elementary functions and their partial derivatives, one row each.

A text may use the operands of its row, the result `y`, Python's ``+ - * / **``, the comparisons ``<`` and
``<=`` (never ``==``: an equation between symbols is a statement, not a question), and the words every world
provides; `gradcheck_tool.calculus.tables.special.WORDS` gives the derivatives of the words that no user can
spell. The texts ``1``, ``-1`` and ``0`` are constant partials. Literals are whole numbers, so that a text
stays exact in a world of fractions; one half is the word ``half``.

Each partial is the variant that is accurate to a few ulp wherever the function itself is:

* ``tanh`` uses ``sech2(x)``, since ``1 - y*y`` is 0 at x = 20 where the truth is 1.7e-17, and ``1/cosh(x)**2``
  overflows beyond x = 710.
* ``tan`` uses ``1 + y*y``: a sum of positive terms loses nothing near a pole and costs no second cosine.
* ``expm1`` uses ``exp(x)``, since ``1 + y`` cancels for very negative x.
* ``asin``, ``acos``, ``acosh``, ``atanh`` use ``(1 - x)*(1 + x)``, since ``1 - x*x`` cancels near 1;
  ``acosh`` takes two roots, since ``(x - 1)*(x + 1)`` overflows.
* ``cbrt`` uses ``1/(3*y*y)``, since ``y/(3*x)`` is 0/0 at 0.
* ``mod`` and its kin take the whole number of periods from the result, ``rint((a - y)/b)``: a rounded ``a/b``
  can lie on the far side of the jump, as ``floor(1/0.1)`` does.
* ``maximum`` gives each side one half at a tie, which is the middle of the subgradients.

References: Abramowitz and Stegun (1964), sections 4.2-4.6; Higham (2002), section 1.7, on cancellation.
"""

from __future__ import annotations

from functools import cache

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.primitive import elementwise as row
from gradcheck_tool.calculus.tables.special import SPECIAL

_ANY = (-3.0, 3.0)
_UNIT = (-0.95, 0.95)
# Kink texts are differentiated too, to learn how far an input may move: they must not be flat where they are 0.
_ORIGIN = "where(hypot(a, b) <= 0, a + b, hypot(a, b))"
_PERIOD = "where(2 * fabs(y) < fabs(b), y, b - y)"
_TOWARDS_ZERO = "where(fabs(a) < fabs(b), fabs(b) - fabs(a), where(2 * fabs(y) < fabs(b), y, fabs(b) - fabs(y)))"
_WHOLE = _PERIOD.replace("y", "mod(a, b)")

# fmt: off
ARITHMETIC: tuple[Elementwise, ...] = (
    row("add",        "a b", "a + b",       ("1", "1"),          "operator.add numpy.add",                        probe=_ANY, rounding=1),
    row("sub",        "a b", "a - b",       ("1", "-1"),         "operator.sub numpy.subtract",                   probe=_ANY, rounding=1),
    row("mul",        "a b", "a * b",       ("b", "a"),          "operator.mul numpy.multiply",                   probe=_ANY, rounding=1),
    row("div",        "a b", "a / b",       ("1 / b", "-y / b"), "operator.truediv numpy.divide numpy.true_divide",           rounding=1),
    row("neg",        "x",   "-x",          ("-1",),             "operator.neg numpy.negative",                   probe=_ANY, rounding=0),
    row("pos",        "x",   "x",           ("1",),              "operator.pos numpy.positive",                   probe=_ANY, rounding=0),
    row("conjugate",  "x",   "x",           ("1",),              "numpy.conjugate numpy.conj",                    probe=_ANY, rounding=0, analytic=False),
    row("square",     "x",   "x * x",       ("2 * x",),          "numpy.square",                                  probe=_ANY, rounding=1),
    row("reciprocal", "x",   "1 / x",       ("-y * y",),         "numpy.reciprocal",                                          rounding=1),
    row("ldexp",      "x n", "ldexp(x, n)", ("ldexp(1, n)", "-"), "math.ldexp numpy.ldexp",         probe=(_ANY, (-3.0, 6.0)), rounding=0),
    row("deg2rad",    "x",   "x * (pi / 180)", ("pi / 180",),    "math.radians numpy.deg2rad numpy.radians",      probe=(-200.0, 200.0)),
    row("rad2deg",    "x",   "x * (180 / pi)", ("180 / pi",),    "math.degrees numpy.rad2deg numpy.degrees",      probe=_ANY),
)

POWERS: tuple[Elementwise, ...] = (
    row("pow",   "a b", "a ** b",      ("power_partial_base(a, b)", "power_partial_exponent(a, b, y)"),
        "operator.pow math.pow numpy.power numpy.pow numpy.float_power"),
    row("sqrt",  "x",   "sqrt(x)",     ("1 / (2 * y)",),                                "math.sqrt numpy.sqrt", rounding=1),
    row("cbrt",  "x",   "cbrt(x)",     ("1 / (3 * y * y)",),                            "math.cbrt numpy.cbrt scipy.special.cbrt"),
    row("hypot", "a b", "hypot(a, b)", ("a / where(y <= 0, 1, y)", "b / where(y <= 0, 1, y)"),
        "math.hypot numpy.hypot", probe=_ANY, kink=_ORIGIN),
)

EXPONENTIALS: tuple[Elementwise, ...] = (
    row("exp",        "x",   "exp(x)",           ("y",),              "math.exp numpy.exp",     probe=_ANY),
    row("exp2",       "x",   "exp2(x)",          ("y * ln2",),        "math.exp2 numpy.exp2 scipy.special.exp2",   probe=_ANY),
    row("expm1",      "x",   "expm1(x)",         ("exp(x)",),         "math.expm1 numpy.expm1 scipy.special.expm1", probe=_ANY),
    row("log",        "x",   "log(x)",           ("1 / x",),          "math.log numpy.log"),
    row("log2",       "x",   "log2(x)",          ("log2e / x",),      "math.log2 numpy.log2"),
    row("log10",      "x",   "log10(x)",         ("log10e / x",),     "math.log10 numpy.log10"),
    row("log1p",      "x",   "log1p(x)",         ("1 / (1 + x)",),    "math.log1p numpy.log1p scipy.special.log1p", probe=(-0.9, 9.0)),
    row("logaddexp",  "a b", "logaddexp(a, b)",  ("expit_gap(a, b)", "expit_gap(b, a)"),   "numpy.logaddexp",  probe=_ANY),
    row("logaddexp2", "a b", "logaddexp2(a, b)", ("expit2_gap(a, b)", "expit2_gap(b, a)"), "numpy.logaddexp2", probe=_ANY),
)

CIRCULAR: tuple[Elementwise, ...] = (
    row("sin",   "x",   "sin(x)",      ("cos(x)",),                        "math.sin numpy.sin",   probe=_ANY),
    row("cos",   "x",   "cos(x)",      ("-sin(x)",),                       "math.cos numpy.cos",   probe=_ANY),
    row("tan",   "x",   "tan(x)",      ("1 + y * y",),                     "math.tan numpy.tan",   probe=(-1.4, 1.4)),
    row("asin",  "x",   "asin(x)",     ("1 / sqrt((1 - x) * (1 + x))",),   "math.asin numpy.asin numpy.arcsin", probe=_UNIT),
    row("acos",  "x",   "acos(x)",     ("-1 / sqrt((1 - x) * (1 + x))",),  "math.acos numpy.acos numpy.arccos", probe=_UNIT),
    row("atan",  "x",   "atan(x)",     ("1 / (1 + x * x)",),               "math.atan numpy.atan numpy.arctan", probe=_ANY),
    row("atan2", "a b", "atan2(a, b)", ("b / hypot(a, b) / hypot(a, b)", "-a / hypot(a, b) / hypot(a, b)"),
        "math.atan2 numpy.atan2 numpy.arctan2", probe=_ANY, kink=f"where(b < 0, a, {_ORIGIN})"),
)

HYPERBOLIC: tuple[Elementwise, ...] = (
    row("sinh",  "x", "sinh(x)",  ("cosh(x)",),                           "math.sinh numpy.sinh",   probe=_ANY),
    row("cosh",  "x", "cosh(x)",  ("sinh(x)",),                           "math.cosh numpy.cosh",   probe=_ANY),
    row("tanh",  "x", "tanh(x)",  ("sech2(x)",),                          "math.tanh numpy.tanh",   probe=_ANY),
    row("asinh", "x", "asinh(x)", ("1 / hypot(1, x)",),                   "math.asinh numpy.asinh numpy.arcsinh", probe=_ANY),
    row("acosh", "x", "acosh(x)", ("1 / (sqrt(x - 1) * sqrt(x + 1))",),   "math.acosh numpy.acosh numpy.arccosh", probe=(1.1, 4.0)),
    row("atanh", "x", "atanh(x)", ("1 / ((1 - x) * (1 + x))",),           "math.atanh numpy.atanh numpy.arctanh", probe=_UNIT),
)

SELECTIONS: tuple[Elementwise, ...] = (
    row("abs",       "x",   "fabs(x)",        ("sign(x)",), "operator.abs builtins.abs math.fabs numpy.absolute numpy.abs numpy.fabs",
        probe=_ANY, kink="x", rounding=0, analytic=False),
    row("sign",      "x",   "sign(x)",        ("0",), "numpy.sign", probe=_ANY, kink="x", rounding=0, analytic=False),
    row("copysign",  "a b", "copysign(a, b)", ("sign(a) * copysign(1, b)", "0"), "math.copysign numpy.copysign",
        probe=_ANY, kink="a * b", rounding=0, analytic=False),
    row("heaviside", "x h", "heaviside(x, h)", ("0", "where(x < 0, 0, where(0 < x, 0, 1))"), "numpy.heaviside",
        probe=_ANY, kink="x", rounding=0, analytic=False),
    row("maximum",   "a b", "maximum(a, b)",  ("where(b < a, 1, where(a < b, 0, half))", "where(a < b, 1, where(b < a, 0, half))"),
        "numpy.maximum", probe=_ANY, kink="a - b", rounding=0, analytic=False),
    row("minimum",   "a b", "minimum(a, b)",  ("where(a < b, 1, where(b < a, 0, half))", "where(b < a, 1, where(a < b, 0, half))"),
        "numpy.minimum", probe=_ANY, kink="a - b", rounding=0, analytic=False),
    # In fmax and fmin a nan loses: `b <= b` is false for nan alone.
    row("fmax",      "a b", "fmax(a, b)",
        ("where(b < a, 1, where(a < b, 0, where(a <= b, half, where(b <= b, 0, 1))))",
         "where(a < b, 1, where(b < a, 0, where(a <= b, half, where(b <= b, 1, 0))))"),
        "numpy.fmax", probe=_ANY, kink="a - b", rounding=0, analytic=False),
    row("fmin",      "a b", "fmin(a, b)",
        ("where(a < b, 1, where(b < a, 0, where(a <= b, half, where(b <= b, 0, 1))))",
         "where(b < a, 1, where(a < b, 0, where(a <= b, half, where(b <= b, 1, 0))))"),
        "numpy.fmin", probe=_ANY, kink="a - b", rounding=0, analytic=False),
)

STEPS: tuple[Elementwise, ...] = (
    row("mod",       "a b", "mod(a, b)",            ("1", "-rint((a - y) / b)"), "operator.mod numpy.mod numpy.remainder",
        probe=((-9.0, 9.0), (0.5, 2.5)), kink=_PERIOD, rounding=1, analytic=False),
    row("fmod",      "a b", "fmod(a, b)",           ("1", "-rint((a - y) / b)"), "math.fmod numpy.fmod",
        probe=((-9.0, 9.0), (0.5, 2.5)), kink=_TOWARDS_ZERO, rounding=0, analytic=False),
    row("remainder", "a b", "ieee_remainder(a, b)", ("1", "-rint((a - y) / b)"), "math.remainder",
        probe=((-9.0, 9.0), (0.5, 2.5)), kink="fabs(b) - 2 * fabs(y)", rounding=0, analytic=False),
    row("floordiv",  "a b", "rint((a - mod(a, b)) / b)", ("0", "0"), "operator.floordiv numpy.floor_divide",
        probe=((-9.0, 9.0), (0.5, 2.5)), kink=_WHOLE, rounding=0, analytic=False),
    row("floor",     "x",   "floor(x)", ("0",), "math.floor numpy.floor", probe=_ANY, kink="x - rint(x)", rounding=0, analytic=False),
    row("ceil",      "x",   "ceil(x)",  ("0",), "math.ceil numpy.ceil",   probe=_ANY, kink="x - rint(x)", rounding=0, analytic=False),
    row("trunc",     "x",   "trunc(x)", ("0",), "math.trunc numpy.trunc", probe=_ANY,
        kink="where(fabs(x) < 1, 1 - fabs(x), x - rint(x))", rounding=0, analytic=False),
    # One unit in the last place further: between the jumps of that unit the slope is 1.
    row("nextafter", "a b", "nextafter(a, b)", ("1", "0"), "math.nextafter numpy.nextafter", probe=_ANY, kink="a - b", rounding=2, analytic=False),
    row("rint",      "x",   "rint(x)",  ("0",), "numpy.rint scipy.special.round", probe=_ANY, kink="x - floor(x) - half", rounding=0, analytic=False),
)
# fmt: on

ELEMENTWISE: tuple[Elementwise, ...] = (
    *ARITHMETIC,
    *POWERS,
    *EXPONENTIALS,
    *CIRCULAR,
    *HYPERBOLIC,
    *SELECTIONS,
    *STEPS,
    *SPECIAL,
)


@cache
def by_spelling() -> dict[str, Elementwise]:
    """The rows by the dotted name users write: ``by_spelling()["numpy.tanh"].name == "tanh"``."""
    return {spelling: entry for entry in ELEMENTWISE for spelling in entry.spellings}


@cache
def by_name() -> dict[str, Elementwise]:
    """The rows by the field's name of the operation: ``by_name()["tanh"]``."""
    return {entry.name: entry for entry in ELEMENTWISE}
