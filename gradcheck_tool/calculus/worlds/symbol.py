"""The words of the rules for SymPy: what a row's text means when its operands are real symbols.

SymPy differentiates with rules of its own, so what comes out of this world is evidence about our table.
SymPy is imported on first use: nobody else pays for it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise
from gradcheck_tool.calculus.worlds.symbol_special import special_symbols, spelled_in_mpmath

_PRETTY = 1000  # fractions with larger denominators come from doubles


def rational(value: Any) -> Any:
    """The exact value of a double as SymPy's number: 0.1 is the fraction 3602879701896397/2**55, 2.0 is 2.

    NaN and infinities become SymPy's own.
    """
    import sympy  # noqa: PLC0415 - imported late

    number = float(value)
    if number != number:  # noqa: PLR0124 - true for nan alone
        return sympy.nan
    if number in (float("inf"), float("-inf")):
        return sympy.oo if number > 0 else -sympy.oo
    return sympy.Rational(*number.as_integer_ratio())


@cache
def symbol_names() -> dict[str, Any]:
    """The words for SymPy expressions in real symbols.

    Steps are written with ``floor`` (``rint`` sends ties up, where NumPy sends them to even: ties are kinks
    anyway); ``where`` is a `Piecewise`.
    """
    import sympy as sp  # noqa: PLC0415 - imported late

    one = sp.Integer(1)
    half = one / 2

    def trunc(x: Any) -> Any:
        return sp.sign(x) * sp.floor(sp.Abs(x))

    def where(condition: Any, first: Any, second: Any) -> Any:
        return sp.Piecewise((first, condition), (second, True))

    same = ("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh")
    return {
        **special_symbols(),
        "sinc_slope2": lambda x: (2 - (sp.pi * x) ** 2) * sp.sinc(sp.pi * x) / x**2 - 2 * sp.cos(sp.pi * x) / x**2,
        "nextafter": lambda a, _b: a,
        **{name: getattr(sp, name) for name in (*same, "exp", "log", "sqrt", "sign", "floor", "erf", "erfc", "gamma")},
        "pi": sp.pi,
        "half": half,
        "ln2": sp.log(2),
        "ln10": sp.log(10),
        "log2e": 1 / sp.log(2),
        "log10e": 1 / sp.log(10),
        "where": where,
        "exp2": lambda x: sp.Integer(2) ** x,
        "expm1": lambda x: sp.exp(x) - 1,
        "log2": lambda x: sp.log(x) / sp.log(2),
        "log10": lambda x: sp.log(x) / sp.log(10),
        "log1p": lambda x: sp.log(1 + x),
        "cbrt": lambda x: sp.sign(x) * sp.Abs(x) ** sp.Rational(1, 3),
        "hypot": lambda a, b: sp.sqrt(a * a + b * b),
        "fabs": sp.Abs,
        "ceil": sp.ceiling,
        "trunc": trunc,
        "rint": lambda x: sp.floor(x + half),
        "copysign": lambda a, b: sp.Abs(a) * sp.sign(b),
        "heaviside": lambda x, h: sp.Piecewise((0, x < 0), (1, x > 0), (h, True)),
        "mod": lambda a, b: a - b * sp.floor(a / b),
        "fmod": lambda a, b: a - b * trunc(a / b),
        "ieee_remainder": lambda a, b: a - b * sp.floor(a / b + half),
        "ldexp": lambda x, n: x * sp.Integer(2) ** n,
        "maximum": sp.Max,
        "minimum": sp.Min,
        "fmax": sp.Max,
        "fmin": sp.Min,
        "logaddexp": lambda a, b: sp.log(sp.exp(a) + sp.exp(b)),
        "logaddexp2": lambda a, b: sp.log(sp.Integer(2) ** a + sp.Integer(2) ** b) / sp.log(2),
        "lgamma": lambda x: sp.log(sp.Abs(sp.gamma(x))) if x.is_number and x < 0 else sp.loggamma(x),
        "digamma": sp.digamma,
        "trigamma": sp.trigamma,
        "sinc": lambda x: sp.sinc(sp.pi * x),
        "sinc_slope": lambda x: (sp.cos(sp.pi * x) - sp.sinc(sp.pi * x)) / x,
        "sech2": lambda x: sp.cosh(x) ** -2,
        "gaussian": lambda x: sp.exp(-x * x),
        "gaussian_half": lambda x: sp.exp(-x * x / 2),
        "expit": lambda x: 1 / (1 + sp.exp(-x)),
        "expit_gap": lambda a, b: 1 / (1 + sp.exp(b - a)),
        "expit2_gap": lambda a, b: 1 / (1 + sp.Integer(2) ** (b - a)),
        "xlogy": lambda a, b: a * sp.log(b),
        "xlog1py": lambda a, b: a * sp.log(1 + b),
        "power_partial_base": lambda a, b: b * a ** (b - 1),
        "power_partial_exponent": lambda a, _b, y: y * sp.log(a),
    }


@cache
def _meaning(text: str, operands: tuple[str, ...]) -> Any:
    return eval(f"lambda {', '.join(operands)}: {text}", dict(symbol_names()))  # noqa: S307 - the texts are our own table


def say(row: Elementwise, *operands: Any) -> Any:
    """The value of a row for SymPy operands, or object arrays of them, which broadcast; an array or one expression."""
    meaning = _meaning(row.value, row.operands)
    if not any(isinstance(operand, np.ndarray) for operand in operands):
        return meaning(*operands)
    return np.frompyfunc(meaning, len(operands), 1)(*operands)


@cache
def _stand_ins() -> tuple[tuple[Any, Any], ...]:
    """Pairs of SymPy's step functions and functions of the same name whose slope is said outright."""
    import sympy as sp  # noqa: PLC0415 - imported late

    def stand_in(name: str, inner: Any) -> Any:
        return type(name, (sp.Function,), {"is_real": True, "fdiff": lambda self, _position=1: inner(self.args[0])})

    steps = tuple(
        (step, stand_in(step.__name__, lambda _x: sp.Integer(0)))
        for step in (sp.floor, sp.ceiling, sp.sign, sp.Heaviside)
    )
    return (*steps, (sp.Abs, stand_in("Abs", sp.sign)))


def slope(expression: Any, symbol: Any) -> Any:
    """SymPy's derivative of an expression away from its jumps.

    Left alone, SymPy does not say the derivative of ``floor``, calls that of ``sign`` a `DiracDelta`, and takes
    that of ``Abs(log(x))`` apart into real and imaginary halves. Away from the step all of these are plain.
    """
    import sympy as sp  # noqa: PLC0415 - imported late

    found = sp.sympify(expression)
    for step, plain in _stand_ins():
        found = found.replace(step, plain)
    found = sp.diff(found, symbol)
    for step, plain in _stand_ins():
        found = found.replace(plain, step)
    return found


def function_of(symbols: tuple[Any, ...], expression: Any) -> Any:
    """A function of mpmath numbers that evaluates `expression` at the working precision.

    A list of expressions gives a list; what they share is computed once.
    """
    import sympy as sp  # noqa: PLC0415 - imported late

    def told(part: Any) -> Any:
        plain = sp.sympify(part).replace(
            sp.Heaviside, lambda x, *_at_zero: sp.Piecewise((0, x < 0), (1, x > 0), (sp.Rational(1, 2), True))
        )
        return plain.replace(sp.loggamma, lambda x: sp.log(sp.Abs(sp.gamma(x))))

    many = isinstance(expression, list)
    wanted = [told(part) for part in expression] if many else told(expression)
    return sp.lambdify(symbols, wanted, modules=[spelled_in_mpmath(), "mpmath"], cse=True, dummify=True)


def symbols_like(names: list[str], shape: tuple[int, ...]) -> Any:
    """An object array of real symbols, shape `shape`, called `names` in C order."""
    import sympy as sp  # noqa: PLC0415 - imported late

    out = np.empty(len(names), dtype=object)
    out[:] = [sp.Symbol(name, real=True) for name in names]
    return out.reshape(shape)


def unsayable(expression: Any) -> bool:
    """Whether SymPy left something open, infinite or undefined in an expression."""
    import sympy as sp  # noqa: PLC0415 - imported late

    return bool(sp.sympify(expression).has(sp.Derivative, sp.Subs, sp.Integral, sp.nan, sp.zoo, sp.oo, -sp.oo))


def text_of(expression: Any) -> str:
    """An expression as Python would spell it; fractions that only a double can have look like the double."""
    import sympy as sp  # noqa: PLC0415 - imported late

    plain = sp.sympify(expression)
    doubles = {part: sp.Float(part, 15) for part in plain.atoms(sp.Rational) if part.q > _PRETTY}
    return str(sp.sstr(plain.xreplace(doubles), full_prec=False))


def tidy(expression: Any) -> Any:
    """The shorter of an expression and itself with common factors taken out.

    Not `simplify`: it may take minutes over a page of hyperbolic tangents, and prefers phase shifts to
    ``sin(x) + cos(x)``.
    """
    import sympy as sp  # noqa: PLC0415 - imported late

    plain = sp.sympify(expression)
    return min((plain, sp.factor_terms(plain)), key=lambda found: len(str(found)))


def precision(digits: int) -> Any:
    """A context in which SymPy's numbers, those of mpmath, carry so many decimal digits."""
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    return mpmath.workdps(digits)


def number(value: float) -> Any:
    """A double as a number of the working precision, exactly."""
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    return mpmath.mpf(float(value))


def real(value: Any) -> Any:
    """A number without its imaginary part; nan where that is more than rounding."""
    import mpmath  # noqa: PLC0415 - imported late, with sympy

    if not isinstance(value, mpmath.mpc):
        return mpmath.mpf(value)
    return value.real if abs(value.imag) <= abs(value.real) * mpmath.mpf(10) ** -30 else mpmath.nan
