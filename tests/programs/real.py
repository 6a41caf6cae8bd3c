"""Real: a number of 80 digits that plain NumPy code can be run on, and the elementary functions of it.

NumPy's loops over object arrays ask their elements for operators and for methods named as the function
(``x.sin()``), so arrays of `Real` go through the untouched source of a program. Turning one into a float is
refused, so that digits are never lost unseen.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from mpmath import mp, mpc, mpf

mp.dps = 80
HALF = mpf(1) / 2


class Lossy(TypeError):
    """The program asks for a float where the 80 digits would be lost."""


def raw(x: Any) -> Any:
    """The mpmath number behind x, or None where x is no number."""
    if isinstance(x, Real):
        return x.v
    if isinstance(x, (bool, np.bool_, int, np.integer)):
        return mpf(int(x))
    if isinstance(x, (float, np.floating)):
        return mpf(float(x))
    if isinstance(x, (complex, np.complexfloating)):
        return mpc(complex(x))
    if isinstance(x, np.ndarray) and x.ndim == 0:
        return raw(x[()])
    return x if isinstance(x, (mpf, mpc)) else None


def _operator(work: Callable[[Any, Any], Any]) -> tuple[Any, Any]:
    def forward(self, other):
        if isinstance(other, np.ndarray):
            return NotImplemented
        number = raw(other)
        return NotImplemented if number is None else Real(work(self.v, number))

    def backward(self, other):
        number = raw(other)
        return NotImplemented if number is None else Real(work(number, self.v))

    return forward, backward


def power(a: Any, b: Any) -> Any:
    if isinstance(b, mpf) and b == int(mpmath.nint(b)) and abs(b) < 10**6:
        return a ** int(b)
    result = a**b
    return mpf("nan") if isinstance(result, mpc) and not isinstance(a, mpc) and not isinstance(b, mpc) else result


class Real:
    """A real or complex number of 80 digits; `v` is its mpmath number."""

    __slots__ = ("v",)
    ndim = 0
    shape = ()
    size = 1

    def __init__(self, x: Any) -> None:
        self.v = raw(x)

    __add__, __radd__ = _operator(lambda a, b: a + b)
    __sub__, __rsub__ = _operator(lambda a, b: a - b)
    __mul__, __rmul__ = _operator(lambda a, b: a * b)
    __truediv__, __rtruediv__ = _operator(lambda a, b: a / b)
    __pow__, __rpow__ = _operator(power)
    __mod__, __rmod__ = _operator(lambda a, b: a - b * mpmath.floor(a / b))
    __floordiv__, __rfloordiv__ = _operator(lambda a, b: mpmath.floor(a / b))

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self

    def __neg__(self):
        return Real(-self.v)

    def __pos__(self):
        return self

    def __abs__(self):
        return Real(abs(self.v))

    def __eq__(self, other):
        return NotImplemented if isinstance(other, np.ndarray) or raw(other) is None else bool(self.v == raw(other))

    def __ne__(self, other):
        return NotImplemented if isinstance(other, np.ndarray) or raw(other) is None else bool(self.v != raw(other))

    def __lt__(self, other):
        return NotImplemented if isinstance(other, np.ndarray) else bool(self.v < raw(other))

    def __le__(self, other):
        return NotImplemented if isinstance(other, np.ndarray) else bool(self.v <= raw(other))

    def __gt__(self, other):
        return NotImplemented if isinstance(other, np.ndarray) else bool(self.v > raw(other))

    def __ge__(self, other):
        return NotImplemented if isinstance(other, np.ndarray) else bool(self.v >= raw(other))

    def __hash__(self):
        return hash(self.v)

    def __bool__(self):
        return bool(self.v != 0)

    def __float__(self):
        raise Lossy("a Real was asked for a float")

    __complex__ = __float__

    def __int__(self):
        return int(self.v)

    __trunc__ = __int__

    def __floor__(self):
        return int(mpmath.floor(self.v))

    def __ceil__(self):
        return int(mpmath.ceil(self.v))

    def __round__(self, digits=None):
        if digits is None:
            return int(mpmath.nint(self.v))
        return Real(mpmath.nint(self.v * mpf(10) ** digits) / mpf(10) ** digits)

    def __repr__(self):
        """All digits, as the text of a float has all of a float's."""
        return f"({self.real!r}+{self.imag!r}j)" if isinstance(self.v, mpc) else mpmath.nstr(self.v, mp.dps + 5)

    __str__ = __repr__

    def __format__(self, words):
        if words in ("", ".17g", ".16e"):
            return repr(self)
        return format(complex(self.v) if isinstance(self.v, mpc) else float(self.v), words)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @property
    def real(self):
        return Real(self.v.real)

    @property
    def imag(self):
        return Real(self.v.imag)

    def conjugate(self):
        return Real(mpmath.conj(self.v))

    conj = conjugate

    def item(self):
        return self

    copy = sum = mean = max = min = prod = tolist = squeeze = item

    def reshape(self, *shape):
        return np.array(self, dtype=object).reshape(*shape)

    def ravel(self):
        return self.reshape(1)

    flatten = ravel

    def __getitem__(self, key):
        if key in ((), Ellipsis):
            return self
        return np.array(self, dtype=object)[key]

    def astype(self, dtype):
        return int(self.v) if dtype in (int, np.int64) else self

    def is_integer(self):
        return bool(self.v == mpmath.floor(self.v))


numbers.Real.register(Real)


def sign(x: Any) -> Any:
    """-1, 0 or 1."""
    return mpf((x > 0) - (x < 0))


def real_only(work: Callable[..., Any]) -> Callable[..., Any]:
    """NumPy's domain: a real argument outside of it gives nan, not a complex number."""

    def inside(*args):
        result = work(*args)
        if isinstance(result, mpc) and not any(isinstance(x, mpc) for x in args):
            return result.real if result.imag == 0 else mpf("nan")
        return result

    return inside


def rounded(x: Any) -> Any:
    return mpmath.nint(x)


def truncated(x: Any) -> Any:
    return mpf(int(x))


def _arctan2(y: Any, x: Any) -> Any:
    return mpmath.atan2(y, x)


def _log(x: Any) -> Any:
    return mpf("-inf") if x == 0 else mpmath.log(x)


def _logaddexp(a: Any, b: Any) -> Any:
    top = max(a, b)
    return top if abs(a - b) > 10**6 else top + mpmath.log(mpmath.exp(a - top) + mpmath.exp(b - top))


# Names are NumPy's; the functions take and give mpmath numbers.
UNARY: dict[str, Callable[[Any], Any]] = {
    "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan, "exp": mpmath.exp, "log": _log,
    "arcsin": mpmath.asin, "arccos": mpmath.acos, "arctan": mpmath.atan,
    "sinh": mpmath.sinh, "cosh": mpmath.cosh, "tanh": mpmath.tanh,
    "arcsinh": mpmath.asinh, "arccosh": mpmath.acosh, "arctanh": mpmath.atanh,
    "sqrt": mpmath.sqrt, "cbrt": lambda x: sign(x) * mpmath.cbrt(abs(x)),
    "log2": lambda x: _log(x) / mpmath.log(2), "log10": lambda x: _log(x) / mpmath.log(10),
    "log1p": lambda x: mpmath.log(1 + x), "expm1": lambda x: mpmath.exp(x) - 1, "exp2": lambda x: mpf(2) ** x,
    "square": lambda x: x * x, "reciprocal": lambda x: 1 / x, "fabs": abs, "absolute": abs, "abs": abs,
    "negative": lambda x: -x, "positive": lambda x: x,
    "sign": sign, "floor": mpmath.floor, "ceil": mpmath.ceil, "rint": rounded, "trunc": truncated, "fix": truncated,
    "degrees": lambda x: x * 180 / mp.pi, "rad2deg": lambda x: x * 180 / mp.pi,
    "radians": lambda x: x * mp.pi / 180, "deg2rad": lambda x: x * mp.pi / 180,
    "sinc": lambda x: mpmath.sincpi(x), "i0": lambda x: mpmath.besseli(0, x),
    "conjugate": mpmath.conj, "conj": mpmath.conj,
    "angle": lambda x: mpmath.arg(x), "real": lambda x: x.real, "imag": lambda x: x.imag,
}  # fmt: skip
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "arctan2": _arctan2,
    "hypot": lambda a, b: mpmath.sqrt(a * a + b * b),
    "logaddexp": _logaddexp,
    "logaddexp2": lambda a, b: _logaddexp(a * mpmath.log(2), b * mpmath.log(2)) / mpmath.log(2),
    "copysign": lambda a, b: abs(a) * (sign(b) if b else 1),
    "heaviside": lambda a, b: b if a == 0 else mpf(a > 0),
    "fmod": lambda a, b: a - b * truncated(a / b),
    "float_power": power,
    "fmax": max,
    "fmin": min,
    "ldexp": lambda a, b: a * mpf(2) ** int(b),
}


def _method(work: Callable[..., Any]) -> Callable[..., Any]:
    inside = real_only(work)
    return lambda self, *rest: Real(inside(self.v, *map(raw, rest)))


for _name, _work in {**UNARY, **BINARY}.items():  # NumPy's object loops ask the elements for these by name
    if not hasattr(Real, _name):
        setattr(Real, _name, _method(_work))
