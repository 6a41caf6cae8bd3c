"""The words of the rules for floats: `SCALAR` for Python floats, `ARRAY` for NumPy arrays of them.

`SCALAR` is the fast one and raises as `math` does (a pole is `ValueError`, an overflow `OverflowError`, and
Python's own division `ZeroDivisionError`). `ARRAY` never raises on NumPy numbers: it answers inf or nan, and
warnings are the caller's business. Both evaluate every argument of ``where`` before it chooses.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.tables.complexes import COMPLEX_WORDS
from gradcheck_tool.calculus.worlds.accurate import accurate_words
from gradcheck_tool.calculus.worlds.own_words import OWN_WORDS
from gradcheck_tool.calculus.worlds.psi import digamma, trigamma
from gradcheck_tool.calculus.worlds.scipy_words import SCIPY_WORDS, dispatched

CONSTANTS: dict[str, float] = {
    "pi": math.pi,
    "ln2": 0.6931471805599453,
    "ln10": 2.302585092994046,
    "log2e": 1.4426950408889634,
    "log10e": 0.4342944819032518,
    "half": 0.5,
}

_SERIES_TERMS = 12


def _choose(condition: Any, first: Any, second: Any) -> Any:
    return first if condition else second


def _sign(x: float) -> float:
    return 1.0 if x > 0 else -1.0 if x < 0 else x


def _heaviside(x: float, h: float) -> float:
    return 1.0 if x > 0 else 0.0 if x < 0 else x or h


def _maximum(a: float, b: float) -> float:
    return b if a < b or b != b else a  # noqa: PLR0124 - b != b holds for nan alone


def _minimum(a: float, b: float) -> float:
    return b if b < a or b != b else a  # noqa: PLR0124 - b != b holds for nan alone


def _fmax(a: float, b: float) -> float:
    return a if b <= a or b != b else b  # noqa: PLR0124 - b != b holds for nan alone


def _fmin(a: float, b: float) -> float:
    return a if a <= b or b != b else b  # noqa: PLR0124 - b != b holds for nan alone


def _logaddexp(a: float, b: float) -> float:
    return a + CONSTANTS["ln2"] if a == b else _maximum(a, b) + math.log1p(math.exp(-abs(a - b)))


def _logaddexp2(a: float, b: float) -> float:
    return a + 1.0 if a == b else _maximum(a, b) + math.log1p(math.exp2(-abs(a - b))) * CONSTANTS["log2e"]


def _power_partial_base(a: float, b: float) -> float:
    """``b * a**(b - 1)``, exactly 0 for b = 0. An inexact ``b - 1`` would cost log(a) units, so divide there."""
    if b == 0:
        return 0.0
    lower = b - 1
    return b * math.pow(a, lower) if lower + 1 == b or a == 0 else b * (math.pow(a, b) / a)


def _power_partial_exponent(a: float, b: float, y: float) -> float:
    """``y * log(a)``, and its limit 0 at a = 0 for b > 0."""
    return 0.0 if a == 0 and b > 0 else y * math.log(a)


def _xlogy(a: float, b: float) -> float:
    return a * math.log(b) if a else 0.0


def _xlog1py(a: float, b: float) -> float:
    return a * math.log1p(b) if a else 0.0


def _sinc(x: float) -> float:
    return math.sin(math.pi * x) / (math.pi * x) if x else 1.0


def _sinc_slope(x: float) -> float:
    """``(cos(pi*x) - sinc(x))/x``; near 0, where that cancels, its power series."""
    if abs(x) < 0.5:
        square = (math.pi * x) ** 2
        total = 0.0
        for k in range(_SERIES_TERMS, 0, -1):
            total = (2 * k - total * square) / ((2 * k) * (2 * k + 1))
        return -total * math.pi * math.pi * x
    whole = round(x)
    turn = -1.0 if whole % 2 else 1.0
    angle = math.pi * (x - whole)
    return turn * (math.cos(angle) - math.sin(angle) / (math.pi * x)) / x


def _sinc_slope2(x: float) -> float:
    """The second derivative of sinc; near 0, where ``-pi**2*sinc(x) - 2*sinc_slope(x)/x`` cancels, its power series."""
    if abs(x) >= 0.5:
        return -math.pi * math.pi * _sinc(x) - 2 * _sinc_slope(x) / x
    square = (math.pi * x) ** 2
    total = 0.0
    for k in reversed(range(_SERIES_TERMS)):
        total = 1 / (2 * k + 3) - square / ((2 * k + 1) * (2 * k + 2)) * total
    return -total * math.pi * math.pi


def _gamma(x: float) -> float:
    """`math.gamma` without its exceptions: inf beyond the range, nan at the negative poles."""
    if x == 0:
        return math.copysign(math.inf, x)
    try:
        return math.gamma(x)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def _quiet(function: Callable[..., float], pole: float) -> Callable[..., float]:
    def answer(*values: float) -> float:
        try:
            return function(*values)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return pole

    return answer


def _each(function: Callable[..., float], operands: int = 1) -> Callable[..., Any]:
    """A float function over arrays, broadcasting; a number stays a number."""
    ufunc = np.frompyfunc(function, operands, 1)

    def over(*values: Any) -> Any:
        return np.asarray(ufunc(*(np.asarray(value, dtype=float) for value in values)), dtype=float)[()]

    return over


def _array_power_partial_base(a: Any, b: Any) -> Any:
    lower = b - 1
    powers = a * 0.0 + b  # the shape of the result
    exact = lower + 1 == b
    if np.all(exact):
        powers = np.float_power(a, lower)
    else:
        powers = np.where(exact | (a == 0), np.float_power(a, lower), np.true_divide(np.float_power(a, b), a))
    return np.where(b == 0, 0.0, b * powers)


def _array_power_partial_exponent(a: Any, b: Any, y: Any) -> Any:
    limit = np.logical_and(np.equal(a, 0), np.greater(b, 0))
    return np.where(limit, 0.0, y * np.log(np.where(limit, 1.0, a)))


# Words that math and NumPy spell alike, and those NumPy writes without a detour.
_SHARED = (
    *("sin", "cos", "tan", "sinh", "cosh", "tanh"),
    *("asin", "acos", "atan", "atan2", "asinh", "acosh", "atanh"),
    *("exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sqrt", "cbrt", "hypot", "fabs", "copysign", "fmod"),
)
_SPECIAL = ("erf", "erfc", "gamma", "lgamma")
_NUMPY_ONLY = (
    *("nextafter", "where", "sign", "floor", "ceil", "trunc", "rint", "mod", "heaviside", "sinc"),
    *("maximum", "minimum", "fmax", "fmin", "logaddexp", "logaddexp2"),
)

SCALAR: dict[str, Any] = {
    **CONSTANTS,
    **{name: getattr(math, name) for name in (*_SHARED, *_SPECIAL)},
    **accurate_words(math.exp, math.exp2, abs, _choose),
    "where": _choose,
    "sign": _sign,
    "floor": lambda x: float(math.floor(x)),
    "ceil": lambda x: float(math.ceil(x)),
    "trunc": lambda x: float(math.trunc(x)),
    "rint": lambda x: float(round(x)),
    "mod": operator.mod,
    "ieee_remainder": math.remainder,
    "ldexp": lambda x, n: math.ldexp(x, int(n)),
    "nextafter": math.nextafter,
    "maximum": _maximum,
    "minimum": _minimum,
    "fmax": _fmax,
    "fmin": _fmin,
    "logaddexp": _logaddexp,
    "logaddexp2": _logaddexp2,
    "power_partial_base": _power_partial_base,
    "power_partial_exponent": _power_partial_exponent,
    "digamma": digamma,
    "trigamma": trigamma,
    "heaviside": _heaviside,
    "xlogy": _xlogy,
    "xlog1py": _xlog1py,
    "sinc": _sinc,
    "sinc_slope": _sinc_slope,
    "sinc_slope2": _sinc_slope2,
    **SCIPY_WORDS,
    **OWN_WORDS,
}

_NUMPY_SPELLING = {
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
}

ARRAY: dict[str, Any] = {
    **CONSTANTS,
    **{name: getattr(np, _NUMPY_SPELLING.get(name, name)) for name in (*_SHARED, *_NUMPY_ONLY)},
    **accurate_words(np.exp, np.exp2, np.fabs, np.where),
    "ldexp": lambda x, n: np.ldexp(x, np.asarray(n).astype(int)),
    "ieee_remainder": _each(_quiet(math.remainder, math.nan), 2),
    "power_partial_base": _array_power_partial_base,
    "power_partial_exponent": _array_power_partial_exponent,
    "xlogy": lambda a, b: np.where(np.equal(a, 0), 0.0, a * np.log(np.where(np.equal(a, 0), 1.0, b))),
    "xlog1py": lambda a, b: np.where(np.equal(a, 0), 0.0, a * np.log1p(np.where(np.equal(a, 0), 0.0, b))),
    "erf": _each(math.erf),
    "erfc": _each(math.erfc),
    "gamma": _each(_gamma),
    "lgamma": _each(_quiet(math.lgamma, math.inf)),
    "digamma": _each(_quiet(digamma, math.nan)),
    "trigamma": _each(_quiet(trigamma, math.inf)),
    "sinc_slope": _each(_sinc_slope),
    "sinc_slope2": _each(_sinc_slope2),
    **SCIPY_WORDS,
    **OWN_WORDS,
    **COMPLEX_WORDS,
}
for _name in ("erf", "erfc", "gamma", "lgamma", "digamma", "trigamma", "sinc", "sinc_slope", "sinc_slope2"):
    ARRAY[_name] = dispatched(_name, ARRAY[_name])
