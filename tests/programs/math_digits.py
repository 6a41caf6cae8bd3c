"""The modules math and cmath at 80 digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from mpmath import mpc, mpf
from real import BINARY, UNARY, Real, power, raw, truncated

PYTHON = {  # what the modules math and cmath call differently
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
    "atan2": "arctan2", "phase": "angle",
}  # fmt: skip


def strict(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """A function of `math`: numbers in, a number out, ValueError outside of the domain."""

    def called(*args):
        given = [raw(x[()] if isinstance(x, np.ndarray) and x.size == 1 else x) for x in args]
        if any(x is None for x in given):
            raise TypeError(f"{name} needs real numbers")
        if name == "log" and given[0] == 0:
            raise ValueError("math domain error")
        result = work(*given)
        if isinstance(result, mpc) or mpmath.isnan(result):
            raise ValueError("math domain error")
        if mpmath.isfinite(result) and abs(result) > mpf(2) ** 1024:
            raise OverflowError("math range error")
        return Real(result)

    return called


def _frexp(x: Any) -> Any:
    _, e = math.frexp(float(raw(x)))
    return Real(raw(x) / mpf(2) ** e), e


def _math() -> dict[str, Any]:
    names = {**UNARY, **BINARY}
    for theirs, ours in PYTHON.items():
        names[theirs] = names[ours]
    for name in ("floor", "ceil", "trunc"):
        del names[name]
    table = {name: strict(name, work) for name, work in names.items() if hasattr(math, name)}
    table["frexp"] = _frexp
    table["log"] = lambda x, base=None: strict("log", mpmath.log)(x, *(() if base is None else (base,)))
    table["pow"] = strict("pow", power)
    table["erf"], table["erfc"] = strict("erf", mpmath.erf), strict("erfc", mpmath.erfc)
    table["gamma"] = strict("gamma", mpmath.gamma)
    table["lgamma"] = strict("lgamma", lambda x: mpmath.log(abs(mpmath.gamma(x))))
    table["hypot"] = lambda *xs: Real(mpmath.sqrt(sum(raw(x) ** 2 for x in xs)))
    table["dist"] = lambda p, q: Real(mpmath.sqrt(sum((raw(a) - raw(b)) ** 2 for a, b in zip(p, q, strict=True))))
    table["fsum"] = lambda xs: Real(sum((raw(x) for x in xs), mpf(0)))
    table["sumprod"] = lambda p, q: Real(sum((raw(a) * raw(b) for a, b in zip(p, q, strict=True)), mpf(0)))
    table["modf"] = lambda x: (Real(raw(x) - truncated(raw(x))), Real(truncated(raw(x))))
    table["remainder"] = lambda a, b: Real(raw(a) - raw(b) * mpmath.nint(raw(a) / raw(b)))
    table["isnan"] = lambda x: bool(mpmath.isnan(raw(x)))
    table["isinf"] = lambda x: bool(mpmath.isinf(raw(x)))
    table["isfinite"] = lambda x: bool(mpmath.isfinite(raw(x)))
    table["isclose"] = lambda a, b, *, rel_tol=1e-9, abs_tol=0.0: bool(
        abs(raw(a) - raw(b)) <= max(rel_tol * max(abs(raw(a)), abs(raw(b))), abs_tol)
    )
    return table


def _cmath() -> dict[str, Any]:
    names = {name: UNARY[name] for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "sinh", "cosh", "tanh")}
    names |= {theirs: UNARY[ours] for theirs, ours in PYTHON.items() if ours in UNARY}
    table: dict[str, Any] = {name: (lambda z, w=work: Real(w(mpc(raw(z))))) for name, work in names.items()}
    table["polar"] = lambda z: (Real(abs(raw(z))), Real(mpmath.arg(raw(z))))
    table["rect"] = lambda r, t: Real(raw(r) * mpmath.expj(raw(t)))
    table["phase"] = lambda z: Real(mpmath.arg(raw(z)))
    return table


MATH, CMATH = _math(), _cmath()
