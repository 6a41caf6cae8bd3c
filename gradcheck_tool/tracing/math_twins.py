"""Recording twins of the functions of `math`: exactly the C library's own values, recorded."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from types import ModuleType
from typing import Any

from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import reductions
from gradcheck_tool.tracing.dispatch import Recording, to_number
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.scalars import unary
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import elementwise

_WHOLE = ("floor", "ceil", "trunc")


def math_twins(recorder: Recording, module: ModuleType) -> dict[str, Any]:
    """Twins of all functions of `math`, by name: recorded where a row spells them, else refused."""
    changed: dict[str, Any] = {}
    for name, original in vars(module).items():
        if callable(original) and not name.startswith("_"):
            special = _MATH_SPECIAL.get(name)
            if special is not None:
                twin = special(recorder, original)
                twin = twin if name == "log" else _numbers(recorder, name, twin)  # it looks for its caller
                changed[name] = functools.wraps(original)(_stamped(recorder, twin) if name in _COMPOSED else twin)
            elif f"math.{name}" in SPELLED:
                changed[name] = _math_twin(recorder, name, original)
            else:
                changed[name] = _math_refusal(recorder, name, original)
    return changed


def _math_twin(recorder: Recording, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    number = SPELLED[f"math.{name}"]
    scalar = recorder.Scalar
    one = unary(recorder, scalar, number, original, depth=2)
    row: Any = ROWS[number]  # only elementwise rows have spellings

    if len(row.operands) == 1:

        def twin(x: Any, /) -> Any:
            if type(x) is scalar:
                return one(x)
            x = _bare(recorder, x, name)
            return one(x) if type(x) is scalar else original(x)

        return twin

    def twin_of_two(*operands: Any) -> Any:
        operands = tuple(x if type(x) is scalar else _bare(recorder, x, name) for x in operands)
        flags = tuple(type(x) is scalar for x in operands)
        if not any(flags):
            return original(*operands)
        numbers = tuple(recorder.number(x) for x in operands)
        value = original(*numbers)
        if len(operands) != len(row.operands):
            return original(*operands)
        return elementwise(recorder, row.name, operands, numbers, flags, value)

    return twin_of_two


def _bare(recorder: Recording, x: Any, name: str) -> Any:
    """An argument for the C function: arrays of one recorded number are taken as that number."""
    if type(x) is recorder.Array:
        if recorder.active(x):
            if x.ndim == 0:
                return to_number(recorder, x, float)
            raise TypeError(f"only 0-dimensional arrays can be converted to Python scalars (math.{name})")
        return x.value
    return x


def _numbers(recorder: Recording, name: str, twin: Callable[..., Any]) -> Callable[..., Any]:
    """A twin that takes arrays without axes for the number they hold, as the C function does."""
    array = recorder.Array

    def taking(*args: Any, **keywords: Any) -> Any:
        if any(type(x) is array for x in args):
            args = tuple(_bare(recorder, x, name) if type(x) is array and x.ndim == 0 else x for x in args)
        return twin(*args, **keywords)

    return taking


def _whole(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(x: Any, /) -> Any:
        if type(x) is recorder.Scalar:
            return x._whole(original)  # noqa: SLF001 - the twins and the numbers are one room
        return original(x)

    return twin


def _stamped(recorder: Recording, twin: Callable[..., Any]) -> Callable[..., Any]:
    """A twin made of several operations, all of which belong to the user's one line."""

    def stamping(*args: Any, **keywords: Any) -> Any:
        start = len(recorder.value)
        result = twin(*args, **keywords)
        recorder.restamp(start)
        return result

    return stamping


def _log(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    one = unary(recorder, recorder.Scalar, SPELLED["math.log"], original, depth=2)

    def twin(x: Any, *base: Any) -> Any:
        if type(x) is recorder.Array:
            x = _bare(recorder, x, "log")
        if not base:
            return one(x) if type(x) is recorder.Scalar else original(x)
        if not any(type(part) is recorder.Scalar for part in (x, *base)):
            return original(x, *base)
        start = len(recorder.value)
        ratio = twin(x) / twin(base[0])
        result = reductions.patched(recorder, ratio, original(recorder.number(x), recorder.number(base[0])))
        recorder.restamp(start)
        return result

    return twin


def _hypot(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(*coordinates: Any) -> Any:
        if not any(type(x) is recorder.Scalar for x in coordinates):
            return original(*coordinates)
        numbers = tuple(recorder.number(x) for x in coordinates)
        if len(coordinates) == 2:
            flags = tuple(type(x) is recorder.Scalar for x in coordinates)
            return elementwise(recorder, "hypot", coordinates, numbers, flags, original(*numbers))
        length = reductions.norm2(recorder, recorder.array(list(coordinates)), None, keepdims=False)
        return reductions.patched(recorder, length, original(*numbers))

    return twin


def _dist(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(p: Any, q: Any, /) -> Any:
        p, q = list(p), list(q)
        numbers = [recorder.number(x) for x in p], [recorder.number(x) for x in q]
        value = original(*numbers)
        if not any(recorder.active(x) for x in (*p, *q)):
            return value
        gaps = [a - b for a, b in zip(p, q, strict=True)]
        return reductions.patched(
            recorder, reductions.norm2(recorder, recorder.array(gaps), None, keepdims=False), value
        )

    return twin


def _fsum(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(terms: Any, /) -> Any:
        terms = list(terms)
        value = original([recorder.number(x) for x in terms])
        if not any(recorder.active(x) for x in terms):
            return value
        return reductions.patched(recorder, reductions.sum_(recorder, recorder.array(terms)), value)

    return twin


def _prod(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(factors: Any, /, *, start: Any = 1) -> Any:
        factors = list(factors)
        value = original([recorder.number(x) for x in factors], start=recorder.number(start))
        if not any(recorder.active(x) for x in (*factors, start)):
            return value
        result = start
        for factor in factors:
            result = result * factor
        return reductions.patched(recorder, result, value)

    return twin


def _sumprod(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(p: Any, q: Any, /) -> Any:
        p, q = list(p), list(q)
        value = original([recorder.number(x) for x in p], [recorder.number(x) for x in q])
        if not any(recorder.active(x) for x in (*p, *q)):
            return value
        products = [a * b for a, b in zip(p, q, strict=True)]
        return reductions.patched(recorder, reductions.sum_(recorder, recorder.array(products)), value)

    return twin


def _decision(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(*args: Any, **keywords: Any) -> Any:
        numbers = [recorder.number(x) for x in args]
        held = original(*numbers, **keywords)
        if len(args) == 2 and any(recorder.active(x) for x in args):  # isclose
            recorder.guard("==", recorder.operand(args[0]), recorder.operand(args[1]), held=numbers[0] == numbers[1])
        return held

    return twin


def _modf(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(x: Any, /) -> Any:
        if type(x) is not recorder.Scalar:
            return original(x)
        fraction, whole = original(x.value)
        x._whole(math.trunc)  # noqa: SLF001 - the twins and the numbers are one room
        return reductions.patched(recorder, x - whole, fraction), whole

    return twin


def _frexp(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(x: Any, /) -> Any:
        if type(x) is not recorder.Scalar:
            return original(x)
        mantissa, power = original(x.value)
        recorder.guard("int", x.line, Constant(power), held=True)
        half = power // 2  # in two steps, for numbers whose inverse power of two overflows
        return reductions.patched(recorder, x * 2.0**-half * 2.0 ** (half - power), mantissa), power

    return twin


def _neighbour(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(x: Any, y: Any, /, **keywords: Any) -> Any:
        value = original(recorder.number(x), recorder.number(y), **keywords)
        if type(y) is recorder.Scalar:
            recorder.guard("<", y.line, Constant(recorder.number(x)), held=bool(y.value < recorder.number(x)))
        return recorder.emit("pos", x.line, None, value, 1) if type(x) is recorder.Scalar else value

    return twin


def _ulp(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(x: Any, /) -> Any:
        value = original(recorder.number(x))
        if type(x) is recorder.Scalar:
            recorder.guard("int", x.line, Constant(value), held=True)
        return value

    return twin


def _fma(recorder: Recording, original: Callable[..., Any]) -> Callable[..., Any]:
    """``math.fma`` of Python 3.13: a product and a sum, rounded once."""

    def twin(x: Any, y: Any, z: Any, /) -> Any:
        value = original(*(recorder.number(part) for part in (x, y, z)))
        if not any(recorder.active(part) for part in (x, y, z)):
            return value
        return reductions.patched(recorder, x * y + z, value)

    return twin


_COMPOSED = ("fma", "frexp", "hypot", "dist", "fsum", "prod", "sumprod", "modf")  # several operations each
_MATH_SPECIAL: dict[str, Callable[[Recording, Callable[..., Any]], Callable[..., Any]]] = {
    **dict.fromkeys(_WHOLE, _whole),
    **dict.fromkeys(("isnan", "isinf", "isfinite", "isclose"), _decision),
    "log": _log,
    "hypot": _hypot,
    "dist": _dist,
    "fsum": _fsum,
    "prod": _prod,
    "sumprod": _sumprod,
    "modf": _modf,
    "fma": _fma,
    "frexp": _frexp,
    "nextafter": _neighbour,
    "ulp": _ulp,
}


def _math_refusal(recorder: Recording, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def twin(*args: Any, **keywords: Any) -> Any:
        if any(type(x) is recorder.Scalar for x in args):
            original(*(recorder.number(x) for x in args), **keywords)  # Python's own error first
            raise CannotFollow(
                f"math.{name} has no derivative rule here",
                where=here(),
                remedy="write that step with supported functions, or check against differences alone",
            )
        return original(*args, **keywords)

    return twin
