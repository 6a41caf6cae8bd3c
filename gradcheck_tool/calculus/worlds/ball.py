"""The EXACT world: real balls that provably contain the result in real arithmetic (Johansson 2017, Arb).

Constants are the exact doubles of the program. A comparison that a ball cannot decide raises `Undecided`:
more bits decide it, or the point lies on the boundary of a branch. python-flint is loaded when first used.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import Ruled
from gradcheck_tool.calculus.primitive import Linear
from gradcheck_tool.calculus.worlds.ball_decide import Undecided, sign
from gradcheck_tool.calculus.worlds.ball_matrices import PULLS, VALUES, contracted, solved
from gradcheck_tool.calculus.worlds.ball_special import special_balls
from gradcheck_tool.calculus.worlds.ball_statistics import statistical_balls
from gradcheck_tool.calculus.worlds.world import World


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Compute with so many bits."""
    import flint  # noqa: PLC0415 - only those who ask for exact arithmetic pay for it

    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


@cache
def _kind() -> Any:
    """The class of Arb's balls."""
    import flint  # noqa: PLC0415 - only those who ask for exact arithmetic pay for it

    return flint.arb


def _arb(x: Any) -> Any:
    if type(x) is Ball or isinstance(x, Ball):
        return x.ball
    if type(x) is float:
        return _kind()(x)
    return _kind()(int(x)) if isinstance(x, int | np.integer | np.bool_) else _kind()(float(x))


def _operator(symbol: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """A binary operator and its mirror image, written out: they are called for every number of every line."""
    operate: Callable[[Any, Any], Any] = getattr(operator, symbol)
    new = object.__new__

    def forward(self: Any, other: Any) -> Any:
        if type(other) is not Ball:
            if isinstance(other, np.ndarray):
                return NotImplemented
            other = Ball(other)
        out = new(Ball)
        out.ball = operate(self.ball, other.ball)
        return out

    def backward(self: Any, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else Ball(operate(_arb(other), self.ball))

    return forward, backward


class Ball:
    """One real ball with the operators the rows are written in."""

    __slots__ = ("ball",)

    ball: Any

    def __init__(self, x: Any) -> None:
        while type(x) is np.ndarray:  # without axes: NumPy leaves such arrays in entries of others
            x = x[()]
        self.ball = x.ball if isinstance(x, Ball) else _arb(x) if isinstance(x, int | float | np.generic) else x

    __add__, __radd__ = _operator("add")
    __sub__, __rsub__ = _operator("sub")
    __mul__, __rmul__ = _operator("mul")
    __truediv__, __rtruediv__ = _operator("truediv")

    def __pow__(self, other: Any) -> Ball:
        return Ball(_power(self.ball, _arb(other)))

    def __rpow__(self, other: Any) -> Ball:
        return Ball(_power(_arb(other), self.ball))

    def __neg__(self) -> Ball:
        return Ball(-self.ball)

    def __pos__(self) -> Ball:
        return self

    def __lt__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else sign(self.ball - _arb(other)) < 0

    def __le__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else sign(self.ball - _arb(other)) <= 0

    def __gt__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else sign(self.ball - _arb(other)) > 0

    def __ge__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else sign(self.ball - _arb(other)) >= 0

    def __eq__(self, other: object) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else sign(self.ball - _arb(other)) == 0

    def __hash__(self) -> int:
        return hash(str(self.ball))

    def sqrt(self) -> Ball:
        """NumPy calls the method of that name on entries of object arrays."""
        return Ball(self.ball.sqrt())

    @property
    def shape(self) -> tuple[int, ...]:
        """A ball is a number."""
        return ()

    def apply_linear(self, leaf: Linear, detail: Any) -> Any:
        """A linear row on a single number."""
        return leaf.forward(boxed(self), detail, 0)

    def contract_with(self, text: str, other: Any) -> Any:
        """A contraction in which this number is one operand."""
        return np.einsum(text, boxed(self), boxed(other))

    contracted = staticmethod(contracted)
    solved = staticmethod(solved)

    @staticmethod
    def by_rule(function: Ruled, operands: tuple[Any, ...]) -> Any:
        """A function of the rules, in object arrays."""
        return function.plain(*(boxed(x) for x in operands))


def boxed(x: Any) -> Any:
    """An object array of balls; a single number becomes a 0-d one."""
    array = np.asarray(x, dtype=object) if not isinstance(x, Ball) else np.empty((), dtype=object)
    if isinstance(x, Ball):
        array[()] = x
        return array
    out = np.empty(array.shape, dtype=object)
    flat = out.reshape(-1)
    for k, entry in enumerate(array.reshape(-1)):
        flat[k] = Ball(entry)
    return out


def all_balls(x: Any) -> Any:
    """A number or array of this world; NumPy leaves floats in object arrays, and two of those would be rounded."""
    if type(x) is not np.ndarray:
        return x if isinstance(x, Ball) else Ball(x)
    if x.dtype == object and all(type(entry) is Ball for entry in x.flat):
        return x
    return boxed(x)


def _power(base: Any, exponent: Any) -> Any:
    if exponent.is_integer():
        return base ** int(float(exponent.mid()))
    return base**exponent


def _each(function: Callable[..., Any], operands: int = 1) -> Callable[..., Any]:
    """A function of balls, for single ones and for object arrays of them."""
    over = np.frompyfunc(function, operands, 1)

    def word(*xs: Any) -> Any:
        if any(isinstance(x, np.ndarray) for x in xs):
            return over(*xs)
        return function(*xs)

    return word


def _of_balls(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *xs: Ball(function(*map(_arb, xs)))


def _method(name: str) -> Callable[..., Any]:
    return _each(lambda x: Ball(getattr(_arb(x), name)()))


def _choose(condition: Any, first: Any, second: Any) -> Any:
    return first if condition else second


def _floor(x: Any) -> Ball:
    low = _arb(x).floor()
    if not low.is_exact():
        raise Undecided("a rounding to whole numbers is closer than the balls can tell")
    return Ball(low)


def _rint(x: Any) -> Any:
    whole = _floor(Ball(x) + 0.5)
    tie = (Ball(x) + 0.5 - whole).ball.is_zero()
    return whole - 1 if tie and int(float(whole.ball)) % 2 else whole


def _trunc(x: Any) -> Ball:
    return _floor(x) if Ball(x) >= 0 else -_floor(-Ball(x))


def _mod(a: Any, b: Any) -> Any:
    return Ball(a) - Ball(b) * _floor(Ball(a) / b)


def _fmod(a: Any, b: Any) -> Any:
    return Ball(a) - Ball(b) * _trunc(Ball(a) / b)


def _ieee(a: Any, b: Any) -> Any:
    return Ball(a) - Ball(b) * _rint(Ball(a) / b)


def _signum(x: Any) -> Ball:
    return Ball(sign(_arb(x)))


def _cbrt(x: Any) -> Ball:
    return Ball(_arb(x).root(3)) if Ball(x) >= 0 else -Ball((-_arb(x)).root(3))


def _logaddexp(a: Any, b: Any) -> Any:
    return Ball(a) + Ball((_arb(b) - _arb(a)).exp().log1p())


def _expit(x: Any) -> Ball:
    grown = (-abs(_arb(x))).exp()
    return Ball(1 / (1 + grown)) if Ball(x) >= 0 else Ball(grown / (1 + grown))


def _heaviside(x: Any, middle: Any) -> Ball:
    side = sign(_arb(x))
    return Ball(middle) if side == 0 else Ball(1 if side > 0 else 0)


def _times_log(a: Any, b: Any, name: str) -> Any:
    return Ball(0) if _arb(a).is_zero() else Ball(a) * Ball(getattr(_arb(b), name)())


def _sinc_slope(x: Any) -> Any:
    return Ball(0) if _arb(x).is_zero() else (Ball(_arb(x).cos_pi()) - Ball(_arb(x).sinc_pi())) / x


def _power_partial_base(a: Any, b: Any) -> Any:
    return Ball(0) if _arb(b).is_zero() else Ball(b) * Ball(a) ** (Ball(b) - 1)


def _power_partial_exponent(a: Any, b: Any, y: Any) -> Any:
    return Ball(0) if _arb(a).is_zero() and Ball(b) > 0 else Ball(y) * Ball(_arb(a).log())


@cache
def ball_world() -> World:
    """The world of balls; python-flint is imported here."""
    import flint  # noqa: PLC0415 - only those who ask for exact arithmetic pay for it

    two = flint.arb(2)
    special = {**special_balls(), **statistical_balls()}
    words: dict[str, Any] = {
        **{name: _each(_of_balls(function), count) for name, (count, function) in special.items()},
        **{
            name: _method(name)
            for name in (
                "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp",
                "expm1", "log", "log1p", "sqrt", "erf", "erfc", "gamma", "digamma",
            )
        },
        "exp2": _each(lambda x: Ball(two ** _arb(x))),
        "log2": _each(lambda x: Ball(_arb(x).log() / flint.arb(2).log())),
        "log10": _each(lambda x: Ball(_arb(x).log() / flint.arb(10).log())),
        "fabs": _each(lambda x: Ball(abs(_arb(x)))),
        "sign": _each(_signum),
        "floor": _each(_floor),
        "ceil": _each(lambda x: -_floor(-Ball(x))),
        "trunc": _each(_trunc),
        "rint": _each(_rint),
        "cbrt": _each(_cbrt),
        "sech2": _each(lambda x: Ball(_arb(x).sech() ** 2)),
        "gaussian": _each(lambda x: Ball((-(_arb(x) ** 2)).exp())),
        "gaussian_half": _each(lambda x: Ball((-(_arb(x) ** 2) / 2).exp())),
        "lgamma": _each(lambda x: Ball(abs(_arb(x).gamma()).log())),
        "trigamma": _each(lambda x: Ball(flint.arb(2).zeta(_arb(x)))),
        "expit": _each(_expit),
        "expit_gap": _each(lambda a, b: _expit(Ball(a) - b), 2),
        "expit2_gap": _each(lambda a, b: _expit((Ball(a) - b) * Ball(flint.arb(2).log())), 2),
        "atan2": _each(lambda a, b: Ball(flint.arb.atan2(_arb(a), _arb(b))), 2),
        "hypot": _each(lambda a, b: Ball((_arb(a) ** 2 + _arb(b) ** 2).sqrt()), 2),
        "copysign": _each(lambda a, b: Ball(abs(_arb(a))) * _signum(b), 2),
        "mod": _each(_mod, 2),
        "fmod": _each(_fmod, 2),
        "ieee_remainder": _each(_ieee, 2),
        "ldexp": _each(lambda x, n: Ball(_arb(x) * two ** int(float(_arb(n)))), 2),
        "maximum": _each(lambda a, b: Ball(_arb(a).max(_arb(b))), 2),
        "minimum": _each(lambda a, b: Ball(_arb(a).min(_arb(b))), 2),
        "fmax": _each(lambda a, b: Ball(_arb(a).max(_arb(b))), 2),
        "fmin": _each(lambda a, b: Ball(_arb(a).min(_arb(b))), 2),
        "logaddexp": _each(_logaddexp, 2),
        "logaddexp2": _each(
            lambda a, b: Ball(a) + Ball((two ** (_arb(b) - _arb(a))).log1p() / flint.arb(2).log()), 2
        ),
        "power_partial_base": _each(_power_partial_base, 2),
        "power_partial_exponent": _each(_power_partial_exponent, 3),
        "where": _each(_choose, 3),
        "heaviside": _each(_heaviside, 2),
        "xlogy": _each(lambda a, b: _times_log(a, b, "log"), 2),
        "xlog1py": _each(lambda a, b: _times_log(a, b, "log1p"), 2),
        "sinc_slope": _each(_sinc_slope),
        "sinc": _each(lambda x: Ball(_arb(x).sinc_pi())),
        "pi": _Constant(flint.arb.pi),
        "ln2": _Constant(lambda: flint.arb(2).log()),
        "ln10": _Constant(lambda: flint.arb(10).log()),
        "log2e": _Constant(lambda: 1 / flint.arb(2).log()),
        "log10e": _Constant(lambda: 1 / flint.arb(10).log()),
        "half": 0.5,
    }  # fmt: skip
    # With `times` the rules make numbers of this world of constants too: 1/3 in a partial must not be a double.
    return World("ball", words, words, _number, operator.mul, VALUES, PULLS)


class _Constant(Ball):
    """A constant of nature, computed anew at the precision in force."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @property
    def ball(self) -> Any:
        """Its value at this precision."""
        return self._make()


def _number(value: Any) -> Any:
    return boxed(value) if isinstance(value, np.ndarray) else Ball(value)


RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
