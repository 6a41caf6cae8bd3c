"""NumPy's functions in and out of the complex plane: real, imag, angle, isreal, real_if_close, and ``np.emath``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.tracing.complex_ufuncs import embedded, part, phase
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive

Entry = Callable[..., Any]


def _array(recorder: Recorder, x: Any) -> Any:
    """Lists become arrays, as NumPy's functions make them; recorded and plain numbers stay what they are."""
    return recorder.array(x) if isinstance(x, list | tuple) else x


def real(recorder: Recorder, val: Any) -> Any:
    """``np.real``: a view of an array. Also of real numbers a line: the complex step must not pass it."""
    val = _array(recorder, val)
    if is_complex(val) or not recorder.active(val):
        return val.real
    if type(val) is recorder.Array:
        return val.as_view(np.real, "real", None)
    return part(recorder, val, "real")


def imag(recorder: Recorder, val: Any) -> Any:
    """``np.imag``: a view of an array."""
    return _array(recorder, val).imag


def angle(recorder: Recorder, z: Any, deg: Any = False) -> Any:
    """``np.angle``: ``arctan2(imag, real)``."""
    z = _array(recorder, z)
    number = recorder.number(z)
    value = np.angle(number)
    if not recorder.active(z):
        return inactive(recorder, np.angle(number, deg))
    if is_complex(number):
        result = phase(recorder, z, value)
    else:
        # The angle of a real number is 0 or pi, and jumps at 0.
        result = recorder.emit("atan2", 0.0, recorder.line(z), value, 2)
    return result * (180 / np.pi) if deg else result


def kind(function: Callable[..., Any]) -> Entry:
    """A decision by the kind of a number alone. No input can turn it, but a complex step would."""

    def entry(recorder: Recorder, x: Any) -> Any:
        x = _array(recorder, x)
        if recorder.active(x):
            recorder.guard("kind", recorder.line(x), Constant(np.inf), held=True)
        return function(recorder.number(x))

    return entry


def isreal(recorder: Recorder, x: Any) -> Any:
    """``np.isreal``: a decision for every entry."""
    x = _array(recorder, x)
    if not (recorder.active(x) and is_complex(recorder.number(x))):
        return kind(np.isreal)(recorder, x)
    return imag(recorder, x) == 0


def iscomplex(recorder: Recorder, x: Any) -> Any:
    """``np.iscomplex``: the same decision turned round."""
    x = _array(recorder, x)
    if not (recorder.active(x) and is_complex(recorder.number(x))):
        return kind(np.iscomplex)(recorder, x)
    return imag(recorder, x) != 0


def real_if_close(recorder: Recorder, a: Any, tol: Any = 100) -> Any:
    """``np.real_if_close``: the real parts, where all imaginary ones are tiny; a decision of the run."""
    a = as_array(recorder, a)
    number = recorder.number(a)
    value = np.real_if_close(number, tol)
    if not (recorder.active(a) and is_complex(number)):
        return a
    if is_complex(value):
        return a
    if tol > 1:
        tol *= np.finfo(number.dtype.type).eps
    _decided = np.all(np.absolute(imag(recorder, a)) < tol)
    return real(recorder, a)


def _extended(function: Callable[..., Any], outside: Callable[[Any], Any], *positions: int) -> Entry:
    """A function of ``np.emath``: real arguments turn complex where any of them lies `outside` the real domain."""
    name = getattr(function, "__name__", "")

    def entry(recorder: Recorder, *args: Any) -> Any:
        args = tuple(_array(recorder, x) for x in args)
        moved = list(args)
        for k in positions:
            if not is_complex(recorder.number(args[k])) and np.any(outside(args[k])):
                moved[k] = embedded(recorder, args[k])
        return _EMATH[name](*moved)

    return entry


def _negative(x: Any) -> Any:
    return np.less(x, 0)


def _beyond_one(x: Any) -> Any:
    return np.greater(np.absolute(x), 1)


_EMATH: dict[str, Callable[..., Any]] = {
    "sqrt": np.sqrt,
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "logn": lambda n, x: np.log(x) / np.log(n),
    "power": np.power,
    "arccos": np.arccos,
    "arcsin": np.arcsin,
    "arctanh": np.arctanh,
}
_DOMAINS: tuple[tuple[str, Callable[[Any], Any], tuple[int, ...]], ...] = (
    *((name, _negative, (0,)) for name in ("sqrt", "log", "log2", "log10", "power")),
    ("logn", _negative, (0, 1)),
    *((name, _beyond_one, (0,)) for name in ("arccos", "arcsin", "arctanh")),
)

TABLE: dict[Any, Entry] = {
    np.real: real,
    np.imag: imag,
    np.angle: angle,
    np.isreal: isreal,
    np.iscomplex: iscomplex,
    np.iscomplexobj: kind(np.iscomplexobj),
    np.isrealobj: kind(np.isrealobj),
}
COMPOSED: dict[Any, Entry] = {
    np.real_if_close: real_if_close,
    **{
        getattr(np.emath, name): _extended(getattr(np.emath, name), outside, *positions)
        for name, outside, positions in _DOMAINS
    },
}
