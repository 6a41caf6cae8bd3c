"""Recording twins of the functions of `cmath`, of `complex` and of ``np.complex128``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.catalogue import ROWS, SPELLED
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import construct, reductions
from gradcheck_tool.tracing.builtin_twins import Disguised
from gradcheck_tool.tracing.complex_ufuncs import absolute, embedded, phase
from gradcheck_tool.tracing.dispatch import Recording, to_number
from gradcheck_tool.tracing.parts import joined, part_value
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorded
from gradcheck_tool.tracing.text import refuse_text
from gradcheck_tool.tracing.ufuncs import elementwise

_DECISIONS = ("isnan", "isinf", "isfinite", "isclose")


def cmath_twins(recorder: Recording, module: ModuleType) -> dict[str, Any]:
    """Twins of all functions of `cmath`, by name: exactly the C library's own values, recorded."""
    changed: dict[str, Any] = {}
    for name, original in vars(module).items():
        if callable(original) and not name.startswith("_"):
            twin = _SPECIAL.get(name, _of_row)(recorder, name, original)
            changed[name] = functools.wraps(original)(_stamped(recorder, twin))
    return changed


def _stamped(recorder: Recording, twin: Callable[..., Any]) -> Callable[..., Any]:
    """A twin whose lines all belong to the user's one line."""

    def stamping(*args: Any, **keywords: Any) -> Any:
        start = len(recorder.value)
        result = twin(*args, **keywords)
        recorder.restamp(start)
        return result

    return stamping


def _number(recorder: Recording, x: Any) -> Any:
    """An argument as a recorded complex number; arrays of one entry count as that number."""
    if type(x) is recorder.Array:
        kind = complex if is_complex(x) else float
        x = to_number(recorder, x, kind)
    return embedded(recorder, x) if recorder.active(x) else x


def _of_row(recorder: Recording, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    number = SPELLED.get(f"math.{name}")

    def twin(z: Any, /) -> Any:
        z = _number(recorder, z)
        value = original(recorder.number(z))
        if not recorder.active(z):
            return value
        if number is None:
            raise CannotFollow(
                f"cmath.{name} has no derivative rule here",
                where=here(),
                remedy="write that step with NumPy functions, or check against differences alone",
            )
        return elementwise(recorder, ROWS[number].name, (z,), (recorder.number(z),), (True,), value)

    return twin


def _log(recorder: Recording, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    plain = _of_row(recorder, name, original)

    def twin(z: Any, *base: Any) -> Any:
        if not base:
            return plain(z)
        value = original(*(recorder.number(x) for x in (z, *base)))
        if not any(recorder.active(x) for x in (z, *base)):
            return value
        return reductions.patched(recorder, plain(z) / plain(base[0]), value)

    return twin


def _phase(recorder: Recording, _name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(z: Any, /) -> Any:
        z = _number(recorder, z)
        value = original(recorder.number(z))
        return phase(recorder, z, value) if recorder.active(z) else value

    return twin


def _polar(recorder: Recording, _name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(z: Any, /) -> Any:
        z = _number(recorder, z)
        size, turn = original(recorder.number(z))
        if not recorder.active(z):
            return size, turn
        return absolute(recorder, z, size), phase(recorder, z, turn)

    return twin


def _rect(recorder: Recording, _name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(r: Any, phi: Any, /) -> Any:
        r, phi = (to_number(recorder, x, float) if recorder.active(x) else x for x in (r, phi))
        value = original(*(recorder.number(x) for x in (r, phi)))
        if not (recorder.active(r) or recorder.active(phi)):
            return value
        return joined(recorder, r * np.cos(phi), r * np.sin(phi), value)

    return twin


def _decision(recorder: Recording, _name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def twin(*args: Any, **keywords: Any) -> Any:
        return original(*(recorder.number(x) for x in args), **keywords)

    return twin


_SPECIAL: dict[str, Callable[[Recording, str, Callable[..., Any]], Callable[..., Any]]] = {
    **dict.fromkeys(_DECISIONS, _decision),
    "log": _log,
    "phase": _phase,
    "polar": _polar,
    "rect": _rect,
}


def complex_twin(recorder: Recording) -> type:
    """`complex` that keeps the record. A subclass of np.complex128, so that ``dtype=complex`` still means that."""

    def make(cls: Any, *args: Any, **keywords: Any) -> Any:
        given = dict(zip(("real", "imag"), args, strict=False)) | keywords
        refuse_text(recorder, "complex()", list(args))
        if not any(recorder.active(x) for x in given.values()):
            return complex(*(recorder.number(x) for x in args), **{k: recorder.number(x) for k, x in keywords.items()})
        a, b = (_scalar(recorder, given.get(name, 0.0)) for name in ("real", "imag"))
        if "imag" not in given:
            return to_number(recorder, a, complex)
        numbers = recorder.number(a), recorder.number(b)
        value = None if any(isinstance(type(x), Recorded) for x in numbers) else complex(*numbers)
        if not any(is_complex(x) for x in numbers):
            return joined(recorder, a, b, value)
        # complex(a, b) is a + 1j*b, also where the two are complex themselves.
        re = part_value(recorder, a, "real") - part_value(recorder, b, "imag")
        im = part_value(recorder, a, "imag") + part_value(recorder, b, "real")
        return joined(recorder, re, im, value)

    def stamped(cls: Any, *args: Any, **keywords: Any) -> Any:
        start = len(recorder.value)
        result = make(cls, *args, **keywords)
        recorder.restamp(start)
        return result

    return Disguised("complex", (np.complex128,), {"original": complex, "__new__": stamped})


def _scalar(recorder: Recording, x: Any) -> Any:
    """An argument of `complex` as a number."""
    if type(x) is recorder.Array and recorder.active(x):
        return to_number(recorder, x, complex if is_complex(x) else float)
    return recorder.number(x) if not recorder.active(x) else x


def complex128_twin(recorder: Recording) -> type:
    """``np.complex128`` that keeps the record; given an array, it is a conversion of the array."""
    whole = complex_twin(recorder)

    def make(cls: Any, x: Any = 0.0, *imag: Any) -> Any:
        if imag:
            return to_number(recorder, whole(x, *imag), np.complex128)
        if construct.holds_recorded(x) and not isinstance(type(x), type(recorder.Scalar)):
            x = recorder.array(x)
        if type(x) is recorder.Array and x.ndim:
            return construct.copied(recorder, x, np.array(x.value, dtype=complex))
        return to_number(recorder, x, np.complex128) if recorder.active(x) else np.complex128(recorder.number(x))

    return Disguised("complex128", (np.complex128,), {"original": np.complex128, "__new__": make})
