"""Complex numbers between real inputs and real outputs: their linear rows, and the rows that differ from the real ones.

The adjoint g of a complex line z means ``dL = Re(sum(g * dz))``. With that pairing the pull of a holomorphic
operation is ``g * f'(z)`` without conjugates, exactly as for real numbers, and most rows serve both. What is
not holomorphic is made of the linear rows here. Their transposes under the pairing are::

    real^T(g) = g as a complex number      imag^T(g) = -1j * g
    embed^T(g) = real(g)                   conj^T(g) = conj(g)

The DFT matrix ``exp(-+2 pi i jk / n)`` is symmetric, so the row ``dft`` is its own transpose.

The elementwise rows here stand in for real ones whose partials use real words only (``fabs``, ``hypot``,
comparisons), or would lose the sign of a zero, which says on which side of a branch cut a number lies. Their names
end in ``_z``.

References: Kreutz-Delgado (2009), "The complex gradient operator and the CR-calculus"; Kahan (1987) on branch cuts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.primitive import Elementwise, Linear
from gradcheck_tool.calculus.primitive import elementwise as row

_ANY = (-3.0, 3.0)


def _numpy(x: Any) -> Any:
    """A Python number as one of NumPy's, whose parts are NumPy's too."""
    return np.complex128(x) if type(x) is complex or type(x) is float else x


def _real(x: Any, _detail: Any, _extra: int) -> Any:
    return np.real(_numpy(x))


def _imag(x: Any, _detail: Any, _extra: int) -> Any:
    return np.imag(_numpy(x))


def _embed(x: Any, _detail: Any, _extra: int) -> Any:
    """A real number as a complex one; a complex one, and numbers of worlds that are real only, as they are."""
    return x if type(x) is np.ndarray and x.dtype.kind == "O" else np.add(x, 0j)


def _minus_i(x: Any, _detail: Any, _extra: int) -> Any:
    """``-1j * x``, for real x without the product 0 * x, which infinities spoil."""
    x = np.asarray(x)
    if x.dtype.kind == "c":
        return -1j * x
    out = np.zeros(x.shape, dtype=complex)
    out.imag = -x
    return out[()]


def _conj(x: Any, _detail: Any, _extra: int) -> Any:
    return np.conjugate(x)


def _dft(x: Any, detail: Any, _extra: int) -> Any:
    """The DFT along one axis, counted from the front; `detail` is ``(axis, inverse, norm)``."""
    axis, inverse, norm = detail
    return (np.fft.ifft if inverse else np.fft.fft)(x, axis=axis, norm=norm)


COMPLEX_LINEAR: tuple[Linear, ...] = (
    #      name       forward    transposed row and its detail
    Linear("real",    _real,     lambda _detail: ("embed", None)),
    Linear("embed",   _embed,    lambda _detail: ("real", None)),
    Linear("imag",    _imag,     lambda _detail: ("minus_i", None)),
    Linear("minus_i", _minus_i,  lambda _detail: ("imag", None)),
    Linear("conj",    _conj,     lambda _detail: ("conj", None)),
    Linear("dft",     _dft,      lambda detail: ("dft", detail)),
)  # fmt: skip

NOT_ANALYTIC = frozenset({"real", "imag", "conj", "embed", "minus_i"})
"""The rows in and out of the complex plane: the complex step cannot pass them."""

COMPLEX_ELEMENTWISE: tuple[Elementwise, ...] = (
    row("pow_z", "a b", "a ** b", ("power_base_z(a, b)", "power_exponent_z(a, b, y)"), "", probe=_ANY),
    row("tan_z", "x", "tan(x)", ("sec2_z(x)",), "", probe=_ANY),
    row("tanh_z", "x", "tanh(x)", ("sech2_z(x)",), "", probe=_ANY),
    row("asin_z", "x", "asin(x)", ("1 / circle_root_z(x)",), "", probe=_ANY),
    row("acos_z", "x", "acos(x)", ("-1 / circle_root_z(x)",), "", probe=_ANY),
    row("asinh_z", "x", "asinh(x)", ("1 / root_z(x)",), "", probe=_ANY),
    row("acosh_z", "x", "acosh(x)", ("1 / hyper_root_z(x)",), "", probe=_ANY),
)

COMPLEX_WORD_ROWS: tuple[Elementwise, ...] = (
    row("power_base_z", "a b", "power_base_z(a, b)", ("b * power_base_z(a, b - 1)", "a ** (b - 1) + y * log(a)"), ""),
    row("power_exponent_z", "a b c", "power_exponent_z(a, b, c)", ("c / a", "0", "log(a)"), ""),
    row("sech2_z", "x", "sech2_z(x)", ("-2 * tanh(x) * y",), "", probe=_ANY),
    row("sec2_z", "x", "sec2_z(x)", ("2 * tan(x) * y",), "", probe=_ANY),
    row("root_z", "x", "root_z(x)", ("x / y",), "", probe=_ANY),
    row("circle_root_z", "x", "circle_root_z(x)", ("-x / y",), "", probe=_ANY),
    row("hyper_root_z", "x", "hyper_root_z(x)", ("x / y",), "", probe=_ANY),
)
"""The derivatives of the words above, as ``special.WORDS`` gives those of the real ones."""


def _power_base(a: Any, b: Any) -> Any:
    """``b * a**(b - 1)``, exactly 0 for b = 0."""
    return np.where(np.equal(b, 0), 0.0, b * np.power(a, b - 1))


def _power_exponent(a: Any, b: Any, y: Any) -> Any:
    """``y * log(a)``, and its limit 0 at a = 0 for exponents with a positive real part."""
    limit = np.logical_and(np.equal(a, 0), np.greater(np.real(b), 0))
    return np.where(limit, 0.0, y * np.log(np.where(limit, 1.0, a)))


def _sech2(z: Any) -> Any:
    """``1/cosh(z)**2``, 0 where cosh overflows."""
    decay = np.exp(-2 * np.where(np.real(z) >= 0, z, -z))
    return 4 * decay / ((1 + decay) * (1 + decay))


def _root(z: Any) -> Any:
    """``sqrt(1 + z*z)`` on the branch of asinh. Subtracting -1 keeps the sign of a zero, adding 1 does not."""
    return np.sqrt(np.subtract(z * z, -1))


def _circle_root(z: Any) -> Any:
    """``sqrt(1 - z*z)`` on the branch of asin and acos."""
    return np.sqrt(-np.subtract(z, 1)) * np.sqrt(np.subtract(z, -1))


def _hyper_root(z: Any) -> Any:
    """``sqrt(z*z - 1)`` on the branch of acosh."""
    return np.sqrt(np.subtract(z, 1)) * np.sqrt(np.subtract(z, -1))


COMPLEX_WORDS: dict[str, Any] = {
    "power_base_z": _power_base,
    "power_exponent_z": _power_exponent,
    "sech2_z": _sech2,
    "sec2_z": lambda z: _sech2(1j * z),
    "root_z": _root,
    "circle_root_z": _circle_root,
    "hyper_root_z": _hyper_root,
}
"""What the words mean for floats and arrays; all are made of calls that NumPy's protocols dispatch."""

# Rows whose own texts hold for complex operands too, then those that have a twin above.
HOLOMORPHIC: dict[str, str] = {
    **{
        name: name
        for name in (
            "add", "sub", "mul", "div", "neg", "pos", "square", "reciprocal", "sqrt", "exp", "exp2", "expm1", "log",
            "log2", "log10", "log1p", "sin", "cos", "atan", "sinh", "cosh", "atanh",
        )
    },
    **{name: f"{name}_z" for name in ("pow", "tan", "tanh", "asin", "acos", "asinh", "acosh")},
}  # fmt: skip
MIXING = frozenset({"add", "sub", "mul", "div"})
"""Rows whose partials hold for a real operand beside a complex one; for the others it is embedded first."""
