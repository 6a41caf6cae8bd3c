"""SciPy's local interpolants: ``interp1d``, pchip and Akima, whose slopes come from neighbours by formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.piecewise import Piecewise, finished
from gradcheck_tool.tracing.library.scipy_interpolate_splines import make_interp_spline
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array

Entry = Callable[..., Any]
_DEGREES = {"slinear": 1, "quadratic": 2, "cubic": 3}
_STEPS = ("nearest", "nearest-up", "previous", "next")


class Interpolant:
    """A stand-in for ``interp1d`` of data, or at places, that depend on the inputs."""

    def __init__(self, recorder: Recorder, x: Any, y: Any, plainly: Any, kind: Any) -> None:
        self._recorder = recorder
        self.x, self.y, self._plainly, self._kind = x, y, plainly, kind

    def __call__(self, x: Any) -> Any:
        """The values at x, which must lie in the range of the data or be filled by a constant."""
        recorder, name = self._recorder, "scipy.interpolate.interp1d"
        places = as_array(recorder, x)
        at = plain(places)
        value = self._plainly(at)
        knots = plain(self.x)
        outside = (at < knots[0]) | (at > knots[-1])
        if self._kind in _STEPS:
            result = self.y[self._nearest(at)]
        elif self._kind == "linear":
            result = self._linear(places, at, knots)
        else:
            degree = _DEGREES.get(self._kind, self._kind)
            result = make_interp_spline(recorder, self.x, self.y, degree)(places)
        if np.any(outside) and self._plainly.fill_value != "extrapolate" and not self._plainly._extrapolate:  # noqa: SLF001 - what it was told
            result = np.where(outside, np.where(outside, value, 0.0), result)
        return finished(recorder, result, value, name)

    def _linear(self, places: Any, at: Any, knots: Any) -> Any:
        above = np.clip(np.searchsorted(knots, at), 1, len(knots) - 1)
        below = above - 1
        if self._recorder.active(places):
            last = len(knots) - 1
            _ = places <= np.where(above < last, knots[above], np.inf)
            _ = places > np.where(below > 0, knots[below], -np.inf)
        slope = (self.y[above] - self.y[below]) / (self.x[above] - self.x[below])
        return slope * (places - self.x[below]) + self.y[below]

    def _nearest(self, at: Any) -> Any:
        """Which data the plain interpolant takes, learned by letting it interpolate their numbers."""
        count = original("scipy.interpolate.interp1d")(
            plain(self.x), np.arange(len(self.x), dtype=float), kind=self._kind, bounds_error=False,
            fill_value=(0.0, len(self.x) - 1.0),
        )  # fmt: skip
        return np.asarray(count(at)).astype(int)


def interp1d(recorder: Recorder, x: Any, y: Any, kind: Any = "linear", axis: int = -1, copy: Any = True,
             bounds_error: Any = None, fill_value: Any = np.nan, assume_sorted: Any = False) -> Any:  # fmt: skip
    """``interp1d`` of vectors."""
    name = "scipy.interpolate.interp1d"
    places, data = as_array(recorder, x), as_array(recorder, y)
    if holds_active(recorder, [fill_value]) or np.ndim(data) != 1:
        raise unsolved(
            name,
            "a recorded fill_value= or data of several axes have no derivative rule here",
            "take one row at a time",
        )
    plainly = original(name)(
        plain(places), plain(data), kind, axis, copy, bounds_error, plain(fill_value), assume_sorted
    )  # fmt: skip
    if kind not in _STEPS and kind != "linear" and not isinstance(kind, int) and kind not in _DEGREES:
        raise unsolved(name, f"kind={kind!r} has no derivative rule here", "use 'linear', 'quadratic' or 'cubic'")
    if not assume_sorted:
        order = np.argsort(plain(places), kind="stable")
        if np.any(order[1:] < order[:-1]):
            places, data = places[order], data[order]
    return Interpolant(recorder, places, data, plainly, kind)


def interp1d_call(recorder: Recorder, plainly: Any, x: Any) -> Any:
    """A constant ``interp1d`` at places that depend on the inputs."""
    kind = plainly._kind  # noqa: SLF001 - what it was told
    if kind == "spline":
        spline = plainly._spline  # noqa: SLF001 - its own B-spline
        kind = spline.k
    if np.ndim(plainly.y) != 1:
        raise unsolved(
            "scipy.interpolate.interp1d", "data of several axes have no derivative rule here", "take one row at a time"
        )
    return Interpolant(recorder, plainly.x, plainly.y, plainly, kind)(x)


# --- Hermite pieces ------------------------------------------------------------------------------


def _hermite(x: Any, y: Any, slopes: Any) -> Any:
    """Cubic pieces from values and slopes at the break points, highest power first."""
    h = x[1:] - x[:-1]
    secant = (y[1:] - y[:-1]) / h
    bend = (slopes[:-1] + slopes[1:] - 2 * secant) / h
    return np.stack([bend / h, (secant - slopes[:-1]) / h - bend, slopes[:-1], y[:-1]])


def _pchip_end(h0: Any, h1: Any, m0: Any, m1: Any) -> Any:
    """The three-point slope at an end, limited to keep the shape (Moler, Numerical Computing with MATLAB, 3.6)."""
    slope = ((2 * h0 + h1) * m0 - h0 * m1) / (h0 + h1)
    if _sign(slope) != _sign(m0):
        return 0.0 * slope
    if _sign(m0) != _sign(m1) and abs(slope) > 3.0 * abs(m0):
        return 3.0 * m0
    return slope


def _sign(x: Any) -> int:
    return 1 if x > 0 else -1 if x < 0 else 0


def _pchip_slopes(recorder: Recorder, x: Any, y: Any) -> Any:
    """Weighted harmonic means of neighbouring secants, zero where they differ in sign (Fritsch and Butland, 1984)."""
    h = x[1:] - x[:-1]
    m = (y[1:] - y[:-1]) / h
    n = len(plain(x))
    if n == 2:
        return recorder.array([m[0], m[0]])
    slopes = [_pchip_end(h[0], h[1], m[0], m[1])]
    for k in range(1, n - 1):
        if _sign(m[k - 1]) * _sign(m[k]) <= 0:
            slopes.append(0.0)
        else:
            w1, w2 = 2 * h[k] + h[k - 1], h[k] + 2 * h[k - 1]
            slopes.append((w1 + w2) / (w1 / m[k - 1] + w2 / m[k]))
    return recorder.array([*slopes, _pchip_end(h[-1], h[-2], m[-1], m[-2])])


def _local(kind: str, slopes: Callable[[Recorder, Any, Any], Any]) -> Entry:
    name = f"scipy.interpolate.{kind}"

    def entry(recorder: Recorder, x: Any, y: Any, axis: int = 0, *rest: Any, **keywords: Any) -> Any:
        places, data = as_array(recorder, x), as_array(recorder, y)
        plainly = original(name)(plain(places), plain(data), axis, *rest, **plain(keywords))
        if np.ndim(data) != 1:
            raise unsolved(name, "data of several axes have no derivative rule here", "take one row at a time")
        if keywords.keys() - {"extrapolate"}:
            raise unsolved(name, f"{next(iter(keywords))}= has no derivative rule here", "leave it out")
        return Piecewise(
            recorder, _hermite(places, data, slopes(recorder, places, data)), places, extrapolate=plainly.extrapolate,
            original=plainly, name=name, smooth=1,
        )  # fmt: skip

    return entry


def _akima_slopes(recorder: Recorder, x: Any, y: Any) -> Any:
    """Means of the neighbouring secants weighted by how the outer ones bend (Akima, 1970)."""
    n = len(plain(x))
    inner = (y[1:] - y[:-1]) / (x[1:] - x[:-1])
    if n == 2:
        return recorder.array([inner[0], inner[0]])
    first, last = 2.0 * inner[0] - inner[1], 2.0 * inner[-1] - inner[-2]
    m = recorder.array([2.0 * first - inner[0], first, *(inner[k] for k in range(n - 1)), last, 2.0 * last - inner[-1]])
    bend = np.abs(m[1:] - m[:-1])
    f1, f2 = bend[2:], bend[:-2]
    weight = f1 + f2
    straight = plain(weight) <= 1e-9 * np.max(plain(weight), initial=-np.inf)
    if np.any(straight):
        raise unsolved(
            "scipy.interpolate.Akima1DInterpolator", "four neighbouring points on a line make a kink here", "use pchip"
        )
    return (f1 * m[1:-2] + f2 * m[2:-1]) / weight


# --- polynomials ---------------------------------------------------------------------------------


class Polynomial:
    """A stand-in for ``BarycentricInterpolator`` and ``KroghInterpolator`` of data that depend on the inputs."""

    def __init__(self, recorder: Recorder, x: Any, y: Any, plainly: Any, name: str) -> None:
        self._recorder, self._x, self._y = recorder, x, y
        self._plainly, self._name = plainly, name

    def __call__(self, x: Any) -> Any:
        """The values at x: Lagrange's products."""
        places = as_array(self._recorder, x)
        n = len(plain(self._x))
        total: Any = 0.0
        for i in range(n):
            term: Any = self._y[i]
            for j in range(n):
                if j != i:
                    term = term * ((places - self._x[j]) / (self._x[i] - self._x[j]))
            total = total + term
        return finished(self._recorder, total, self._plainly(plain(places)), self._name)

    def __getattr__(self, attribute: str) -> Any:
        raise unsolved(f"{self._name}.{attribute}", "it has no derivative rule here", "evaluate the polynomial instead")


def _polynomial(kind: str) -> Entry:
    name = f"scipy.interpolate.{kind}"

    def entry(recorder: Recorder, xi: Any, yi: Any, axis: int = 0, **keywords: Any) -> Any:
        places, data = as_array(recorder, xi), as_array(recorder, yi)
        plainly = original(name)(plain(places), plain(data), axis, **plain(keywords))
        if np.ndim(data) != 1 or keywords:
            raise unsolved(
                name, "data of several axes and further options have no derivative rule here", "take one row at a time"
            )
        if len(np.unique(plain(places))) < len(plain(places)):
            raise unsolved(
                name, "repeated places (given derivatives) have no derivative rule here", "use distinct places"
            )
        return Polynomial(recorder, places, data, plainly, name)

    return entry


def _polynomial_call(kind: str) -> Entry:
    name = f"scipy.interpolate.{kind}"

    def entry(recorder: Recorder, plainly: Any, x: Any) -> Any:
        values = plainly(plainly.xi)
        if np.ndim(values) != 1 or len(np.unique(plainly.xi)) < len(plainly.xi):
            raise unsolved(
                name, "this interpolant has no derivative rule here", "use distinct places and one row of data"
            )
        return Polynomial(recorder, plainly.xi, values, plainly, name)(x)

    return entry


def barycentric_interpolate(recorder: Recorder, xi: Any, yi: Any, x: Any, axis: int = 0, *, der: Any = 0,
                            rng: Any = None) -> Any:  # fmt: skip
    """``barycentric_interpolate``."""
    name = "scipy.interpolate.barycentric_interpolate"
    if der != 0 or axis != 0 or rng is not None:
        raise unsolved(name, "der=, axis= and rng= have no derivative rule here", "leave them out")
    return _polynomial("BarycentricInterpolator")(recorder, xi, yi)(x)


def pchip_interpolate(recorder: Recorder, xi: Any, yi: Any, x: Any, der: int = 0, axis: int = 0) -> Any:
    """``pchip_interpolate``."""
    if axis != 0 or not isinstance(der, int):
        raise unsolved(
            "scipy.interpolate.pchip_interpolate",
            "axis= and lists in der= have no derivative rule here",
            "leave them out",
        )
    return ENTRIES["scipy.interpolate.PchipInterpolator"](recorder, xi, yi)(x, der)


ENTRIES = careful(
    {
        "scipy.interpolate.interp1d": interp1d,
        "scipy.interpolate.interp1d.__call__": interp1d_call,
        "scipy.interpolate.PchipInterpolator": _local("PchipInterpolator", _pchip_slopes),
        "scipy.interpolate.Akima1DInterpolator": _local("Akima1DInterpolator", _akima_slopes),
        "scipy.interpolate.BarycentricInterpolator": _polynomial("BarycentricInterpolator"),
        "scipy.interpolate.KroghInterpolator": _polynomial("KroghInterpolator"),
        "scipy.interpolate.BarycentricInterpolator.__call__": _polynomial_call("BarycentricInterpolator"),
        "scipy.interpolate.KroghInterpolator.__call__": _polynomial_call("KroghInterpolator"),
        "scipy.interpolate.barycentric_interpolate": barycentric_interpolate,
        "scipy.interpolate.pchip_interpolate": pchip_interpolate,
    }
)
