"""Functions of scipy.special that are Python around its ufuncs: rows of their own, or written with recorded operations.

The ufuncs themselves arrive through NumPy's protocols and need no entry. Values are SciPy's own, bit for bit; a
function that is neither here nor a row is refused by name.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.worlds.floats import ARRAY
from gradcheck_tool.calculus.worlds.scipy_words import special
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.complex_ufuncs import embedded
from gradcheck_tool.tracing.library import Entry
from gradcheck_tool.tracing.library.arguments import bare, holds_recorded
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, axes_of, patched
from gradcheck_tool.tracing.ufuncs import elementwise, refusal


def _given(recorder: Recorder, x: Any) -> Any:
    """Lists as arrays; what is one stays as it is."""
    return as_array(recorder, x) if isinstance(x, list | tuple) else x


def _row(recorder: Recorder, name: str, operands: tuple[Any, ...], function: Callable[..., Any], *plain: Any) -> Any:
    """A line of the row `name`, whose value is ``function(*plain)``, SciPy's own; nested, that of the word."""
    operands = tuple(_given(recorder, x) for x in operands)
    numbers = tuple(recorder.number(x) for x in operands)
    flags = tuple(recorder.active(x) for x in operands)
    value = ARRAY[name](*numbers) if holds_recorded(list(numbers)) else function(*plain)
    return elementwise(recorder, name, operands, numbers, flags, value)


def _kept(recorder: Recorder, result: Any, function: Callable[..., Any], *plain: Any, **keywords: Any) -> Any:
    """A composition with SciPy's own value; inside another recording its operations say the value."""
    if holds_recorded(list(plain)) or holds_recorded(keywords):
        return result
    return patched(recorder, result, function(*plain, **keywords))


def _refuse_complex(name: str, *numbers: Any) -> None:
    if any(is_complex(x) for x in numbers):
        raise refusal(f"{name} of complex numbers", "write that step with their real and imaginary parts")


def _polygamma(recorder: Recorder, n: Any, x: Any) -> Any:
    return _row(recorder, "polygamma", (n, x), special().polygamma, *bare(recorder, (n, x)))


def _zeta(recorder: Recorder, x: Any, q: Any = None, out: Any = None) -> Any:
    if out is not None:
        raise refusal("out= of scipy.special.zeta")
    plain = bare(recorder, (x, q))
    _refuse_complex("scipy.special.zeta", *plain)
    if q is None:
        return _row(recorder, "riemann_zeta", (x,), special().zeta, plain[0])
    return _row(recorder, "zeta", (x, q), special().zeta, *plain)


def _lambertw(recorder: Recorder, z: Any, k: Any = 0, tol: Any = 1e-8) -> Any:
    """The real branches, as the complex numbers SciPy makes of them."""
    number = bare(recorder, z)
    _refuse_complex("scipy.special.lambertw", number)

    def real(z: Any) -> Any:
        value = special().lambertw(z, k, tol)
        if np.any(value.imag != 0):
            raise refusal(
                "scipy.special.lambertw on a complex branch", "use k=0 from -1/e on, or k=-1 between -1/e and 0"
            )
        return np.ascontiguousarray(value.real) if np.ndim(value) else value.real

    return embedded(recorder, _row(recorder, "lambertw", (k, z), real, number))


def _softplus(recorder: Recorder, x: Any) -> Any:
    number = bare(recorder, x)
    if holds_recorded(number):
        return np.logaddexp(0.0, _given(recorder, x))
    return _row(recorder, "softplus", (x,), special().softplus, number)


def _spherical(name: str, sign: float, overall: float) -> Entry:
    """A spherical Bessel function; its derivative by the neighbours in the order, as the row of the function says."""

    def entry(recorder: Recorder, n: Any, z: Any, derivative: Any = False) -> Any:
        function = getattr(special(), name)
        plain = bare(recorder, (n, z))
        _refuse_complex(f"scipy.special.{name}", *plain)
        if not derivative:
            return _row(recorder, name, (n, z), function, *plain)
        order = np.asarray(plain[0])
        below, above = (
            _row(recorder, name, (k, z), function, k, plain[1]) for k in (np.maximum(order - 1, 0), order + 1)
        )
        slope = overall * (order * below + sign * (order + 1) * above) / (2 * order + 1)
        return _kept(recorder, slope, function, *plain, derivative=True)

    return entry


def _bessel_slope(name: str, sign: float, overall: float = 1.0) -> Entry:
    """``jvp(v, z, n)``: the n-th derivative as a sum of neighbours in the order."""

    def entry(recorder: Recorder, v: Any, z: Any, n: int = 1) -> Any:
        plain = bare(recorder, (v, z))
        _refuse_complex(f"scipy.special.{name}p", *plain)
        function = getattr(special(), name)
        z, order = _given(recorder, z), np.asarray(plain[0], dtype=float)[()]
        terms = [sign**k * math.comb(n, k) * function(order - n + 2 * k, z) for k in range(n + 1)]
        return _kept(recorder, sum(terms[1:], terms[0]) * (overall / 2) ** n, getattr(special(), f"{name}p"), *plain, n)

    return entry


def _shifted(recorder: Recorder, a: Any, axis: Any, weights: Any = None) -> tuple[Any, Any]:
    """An array less its largest entries, and those; they are constants here, since the shift cancels in the result."""
    number = recorder.number(a)
    counted = number if weights is None else np.where(np.equal(weights, 0), -np.inf, number)
    top = np.max(counted, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    return a - top, top


def _logsumexp(
    recorder: Recorder, a: Any, axis: Any = None, b: Any = None, keepdims: Any = False, return_sign: Any = False
) -> Any:
    plain = bare(recorder, (a, b))
    _refuse_complex("scipy.special.logsumexp", *plain)
    given = {"axis": axis, "keepdims": keepdims}
    a = as_array(recorder, a)
    if b is not None:
        b = as_array(recorder, b)
        a, b = np.broadcast_arrays(a, b)
    with np.errstate(all="ignore"):
        rest, top = _shifted(recorder, a, axis, recorder.number(b))
        if b is not None and not recorder.active(b):
            rest = np.where(np.equal(plain[1], 0), -np.inf, rest)  # what does not count may be too large for exp
        terms = np.exp(rest)
        total = np.sum(terms if b is None else b * terms, axis=axis, keepdims=bool(keepdims))
        if not keepdims:
            top = np.squeeze(top, axis=axes_of(axis, top.ndim))
        result = np.log(np.abs(total) if return_sign else total) + top
    if not return_sign:
        return _kept(recorder, result, special().logsumexp, plain[0], b=plain[1], **given)
    if holds_recorded(list(plain)):
        raise refusal("return_sign= of scipy.special.logsumexp inside another derivative")
    size, sign = special().logsumexp(plain[0], b=plain[1], return_sign=True, **given)
    return patched(recorder, result, size), sign


def _softmax(recorder: Recorder, x: Any, axis: Any = None) -> Any:
    _refuse_complex("scipy.special.softmax", bare(recorder, x))
    with np.errstate(all="ignore"):
        terms = np.exp(_shifted(recorder, as_array(recorder, x), axis)[0])
        result = terms / np.sum(terms, axis=axis, keepdims=True)
    return _kept(recorder, result, special().softmax, bare(recorder, x), axis=axis)


def _log_softmax(recorder: Recorder, x: Any, axis: Any = None) -> Any:
    _refuse_complex("scipy.special.log_softmax", bare(recorder, x))
    with np.errstate(all="ignore"):
        rest, _top = _shifted(recorder, as_array(recorder, x), axis)
        result = rest - np.log(np.sum(np.exp(rest), axis=axis, keepdims=True))
    return _kept(recorder, result, special().log_softmax, bare(recorder, x), axis=axis)


def _factorial(recorder: Recorder, n: Any, exact: Any = False, extend: Any = "zero") -> Any:
    if exact:
        raise refusal("exact= of scipy.special.factorial", "leave exact=False, or pass a plain whole number")
    if extend != "zero":
        raise refusal("extend= of scipy.special.factorial", "use scipy.special.gamma(n + 1)")
    n = _given(recorder, n)
    if np.any(n < 0):
        raise refusal("scipy.special.factorial of negative numbers", "use scipy.special.gamma(n + 1)")
    return _kept(recorder, special().gamma(n + 1), special().factorial, bare(recorder, n))


def _counted(function: str, count: Callable[[Any, Any], Any]) -> Entry:
    """``comb`` or ``perm``: the smooth function where it counts something, else a constant 0."""

    def entry(recorder: Recorder, n: Any, k: Any, *, exact: Any = False, repetition: Any = False) -> Any:
        if exact:
            raise refusal(f"exact= of scipy.special.{function}", "leave exact=False, or pass plain whole numbers")
        if repetition:
            return entry(recorder, n + k - 1, k)
        n, k = _given(recorder, n), _given(recorder, k)
        if not (np.all(k <= n) and np.all(n >= 0) and np.all(k >= 0)):
            raise refusal(f"scipy.special.{function} outside 0 <= k <= N", "use scipy.special.binom or poch there")
        return _kept(recorder, count(n, k), getattr(special(), function), *bare(recorder, (n, k)))

    return entry


def _multigammaln(recorder: Recorder, a: Any, d: Any) -> Any:
    a = _given(recorder, a)
    terms = [special().gammaln(a - j / 2) for j in range(int(d))]
    total = sum(terms[1:], terms[0]) + d * (d - 1) / 4 * math.log(math.pi)
    return _kept(recorder, total, special().multigammaln, *bare(recorder, (a, d)))


def _assoc_laguerre(recorder: Recorder, x: Any, n: Any, k: Any = 0.0) -> Any:
    return special().eval_genlaguerre(n, k, _given(recorder, x))


def _polynomial(recorder: Recorder, plain: Any, x: Any) -> Any:
    """``legendre(3)(x)``: SciPy's polynomials evaluate by their ufunc, scaled ones by their coefficients."""
    x = _given(recorder, x)
    evaluate = getattr(plain, "_eval_func", None)
    if evaluate is None:
        return np.polyval(np.asarray(plain.coeffs), x)
    return evaluate(x)


def _families(recorder: Recorder, plain: Any, *args: Any, **keywords: Any) -> Any:
    """Functions that SciPy bundles from several ufuncs: ``legendre_p`` without derivatives, the others by no rule."""
    name = next((name for name, found in vars(special()).items() if found is plain), "a MultiUFunc")
    if name != "legendre_p" or keywords or len(args) != 2:
        raise refusal(f"scipy.special.{name}", "use scipy.special.eval_legendre or lpmv, or differences alone")
    n, z = (_given(recorder, x) for x in args)
    return _kept(recorder, np.expand_dims(special().eval_legendre(n, z), 0), plain, *bare(recorder, (n, z)))


def _diric(recorder: Recorder, x: Any, n: Any) -> Any:
    x = _given(recorder, x)
    number = recorder.number(x)
    if recorder.active(n) or np.any(np.sin(number / 2) == 0):
        raise CannotFollow(
            "the derivative of scipy.special.diric at a multiple of 2*pi, or in n, is not known here",
            where=here(),
            remedy="write it as sin(n*x/2)/(n*sin(x/2)) away from there, or keep n constant",
        )
    return _kept(recorder, np.sin(n * x / 2) / (n * np.sin(x / 2)), lambda x: special().diric(x, n)[()], number)


_S = "scipy.special."
ENTRIES: dict[str, Entry] = {
    f"{_S}polygamma": _polygamma,
    f"{_S}zeta": _zeta,
    f"{_S}lambertw": _lambertw,
    f"{_S}softplus": _softplus,
    f"{_S}spherical_jn": _spherical("spherical_jn", -1.0, 1.0),
    f"{_S}spherical_yn": _spherical("spherical_yn", -1.0, 1.0),
    f"{_S}spherical_in": _spherical("spherical_in", 1.0, 1.0),
    f"{_S}spherical_kn": _spherical("spherical_kn", 1.0, -1.0),
    f"{_S}jvp": _bessel_slope("jv", -1.0),
    f"{_S}yvp": _bessel_slope("yv", -1.0),
    f"{_S}ivp": _bessel_slope("iv", 1.0),
    f"{_S}kvp": _bessel_slope("kv", 1.0, -1.0),
    f"{_S}logsumexp": _logsumexp,
    f"{_S}softmax": _softmax,
    f"{_S}log_softmax": _log_softmax,
    f"{_S}factorial": _factorial,
    f"{_S}comb": _counted("comb", lambda n, k: special().binom(n, k)),
    f"{_S}perm": _counted("perm", lambda n, k: special().poch(n - k + 1, k)),
    f"{_S}multigammaln": _multigammaln,
    f"{_S}assoc_laguerre": _assoc_laguerre,
    f"{_S}orthopoly1d.__call__": _polynomial,
    f"{_S}diric": _diric,
    f"{_S}MultiUFunc.__call__": _families,
}
