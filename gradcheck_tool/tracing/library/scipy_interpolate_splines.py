"""SciPy's interpolating splines: linear in their data, so each learns its coefficients for every unit vector."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.piecewise import Piecewise, finished
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array

Entry = Callable[..., Any]
_KNOTS = "keep the places of the data constant"


def _constant(recorder: Recorder, name: str, **given: Any) -> None:
    """Refuse arguments that depend on the inputs where only constants have a rule."""
    for argument, x in given.items():
        if holds_active(recorder, x):
            raise unsolved(name, f"{argument} that depends on the inputs has no derivative rule here", _KNOTS)


def _learned(make: Callable[[Any], Any], count: int) -> tuple[Any, Any]:
    """The offset and the linear map from data to coefficients: shapes (...) and (..., count)."""
    offset = make(np.zeros(count))
    return offset, np.stack([make(row) - offset for row in np.eye(count)], axis=-1)


def _mapped(recorder: Recorder, make: Callable[[Any], Any], data: Any, axis: int) -> Any:
    """The coefficients of recorded data, whose axis `axis` is that of the places."""
    data = np.moveaxis(as_array(recorder, data), axis, 0)
    offset, matrix = _learned(make, data.shape[0])
    mapped = np.tensordot(matrix, data, axes=1)
    if not np.any(offset):
        return mapped
    return mapped + np.reshape(offset, (*offset.shape, *(1,) * (data.ndim - 1)))


def cubic_spline(recorder: Recorder, x: Any, y: Any, axis: int = 0, bc_type: Any = "not-a-knot",
                 extrapolate: Any = None) -> Any:  # fmt: skip
    """``CubicSpline`` of data that depend on the inputs."""
    name = "scipy.interpolate.CubicSpline"
    _constant(recorder, name, x=x, bc_type=bc_type)
    places, boundary = plain(x), plain(bc_type)
    spline = original(name)(places, plain(as_array(recorder, y)), axis, boundary, extrapolate)

    def coefficients(row: Any) -> Any:
        return original(name)(places, row, 0, boundary).c

    data = as_array(recorder, y)
    if boundary == "periodic":
        inner = coefficients

        def coefficients(row: Any) -> Any:  # of all data but the last, which is the first
            return inner(np.append(row, row[0]))

        data = np.moveaxis(data, axis, 0)[:-1]
        axis = 0
    return Piecewise(
        recorder, _mapped(recorder, coefficients, data, axis), spline.x, extrapolate=spline.extrapolate,
        original=spline, name=name, smooth=2, axis=spline.axis,
    )  # fmt: skip


def piecewise_of(recorder: Recorder, spline: Any, name: str, smooth: int) -> Piecewise:
    """A ``PPoly`` of constants, to be evaluated at recorded places."""
    return Piecewise(
        recorder, spline.c, spline.x, extrapolate=spline.extrapolate, original=spline, name=name, smooth=smooth,
        axis=spline.axis,
    )  # fmt: skip


def _call(name: str, smooth: int) -> Entry:
    def entry(recorder: Recorder, spline: Any, x: Any, nu: int = 0, extrapolate: Any = None) -> Any:
        return piecewise_of(recorder, spline, name, smooth)(x, nu, extrapolate)

    return entry


def _integrate(name: str, smooth: int) -> Entry:
    def entry(recorder: Recorder, spline: Any, a: Any, b: Any, extrapolate: Any = None) -> Any:
        return piecewise_of(recorder, spline, name, smooth).integrate(a, b, extrapolate)

    return entry


# --- B-splines -----------------------------------------------------------------------------------


def b_spline_pieces(recorder: Recorder, knots: Any, coefficients: Any, degree: int) -> tuple[Any, Any]:
    """Coefficients and break points of the pieces of a B-spline between its inner end knots."""
    count = len(knots) - degree - 1
    spline, polynomial = original("scipy.interpolate.BSpline"), original("scipy.interpolate.PPoly")
    pieces = slice(degree, count)

    def make(row: Any) -> Any:
        return polynomial.from_spline(spline(knots, row, degree)).c[:, pieces]

    return _mapped(recorder, make, coefficients[:count], 0), knots[degree : count + 1]


def _whole(spline: Any, name: str) -> None:
    if spline.c.ndim > 1 or spline.axis:
        raise unsolved(
            name, "coefficients of several columns have no derivative rule here", "take one column at a time"
        )


def b_spline(recorder: Recorder, t: Any, c: Any, k: int, extrapolate: Any = True, axis: int = 0) -> Any:
    """``BSpline`` with coefficients that depend on the inputs."""
    name = "scipy.interpolate.BSpline"
    _constant(recorder, name, t=t)
    spline = original(name)(plain(t), plain(as_array(recorder, c)), k, extrapolate, axis)
    _whole(spline, name)
    return _of_b_spline(recorder, spline, as_array(recorder, c), name)


def _of_b_spline(recorder: Recorder, spline: Any, c: Any, name: str) -> Piecewise:
    pieces, breaks = b_spline_pieces(recorder, spline.t, c, spline.k)
    # Repeated knots leave pieces without width, which no place falls into.
    wide = np.append(np.diff(breaks) > 0, True)
    return Piecewise(
        recorder, pieces[:, wide[:-1]], breaks[wide], extrapolate=spline.extrapolate, original=spline, name=name,
        smooth=spline.k - 1 if np.all(wide) else 0,
    )  # fmt: skip


def b_spline_call(recorder: Recorder, spline: Any, x: Any, nu: int = 0, extrapolate: Any = None) -> Any:
    """A constant ``BSpline`` at places that depend on the inputs."""
    name = "scipy.interpolate.BSpline.__call__"
    _whole(spline, name)
    return _of_b_spline(recorder, spline, spline.c, name)(x, nu, extrapolate)


def make_interp_spline(recorder: Recorder, x: Any, y: Any, k: int = 3, t: Any = None, bc_type: Any = None,
                       axis: int = 0, check_finite: Any = True) -> Any:  # fmt: skip
    """``make_interp_spline`` of data that depend on the inputs."""
    name = "scipy.interpolate.make_interp_spline"
    _constant(recorder, name, x=x, t=t, bc_type=bc_type)
    make, data = original(name), as_array(recorder, y)
    spline = make(plain(x), plain(data), k, plain(t), plain(bc_type), axis, check_finite)
    _whole(spline, name)
    if bc_type == "periodic":
        raise unsolved(
            name, "bc_type='periodic' has no derivative rule here", "use CubicSpline with bc_type='periodic'"
        )
    coefficients = _mapped(recorder, lambda row: make(plain(x), row, k, plain(t), plain(bc_type)).c, data, 0)
    return _of_b_spline(recorder, spline, coefficients, name)


def splrep(recorder: Recorder, x: Any, y: Any, w: Any = None, xb: Any = None, xe: Any = None, k: int = 3,
           task: int = 0, s: Any = None, t: Any = None, *rest: Any, **keywords: Any) -> Any:  # fmt: skip
    """``splrep`` of data that depend on the inputs, interpolating (s=0 without weights)."""
    name = "scipy.interpolate.splrep"
    _constant(recorder, name, x=x, w=w, t=t, s=s, xb=xb, xe=xe)
    if rest or keywords or task or t is not None or (w is not None and s is None) or plain(s) not in (None, 0, 0.0):
        raise unsolved(
            name, "a smoothing spline chooses its knots by the data and has no derivative rule here", "use s=0"
        )

    def make(row: Any) -> Any:
        return original(name)(plain(x), row, plain(w), plain(xb), plain(xe), k, 0, s)

    knots, value, degree = make(plain(as_array(recorder, y)))
    coefficients = _mapped(recorder, lambda row: make(row)[1], y, 0)
    return knots, finished(recorder, coefficients, value, name), degree


def splev(recorder: Recorder, x: Any, tck: Any, der: int = 0, ext: int = 0) -> Any:
    """``splev`` of a spline as knots, coefficients and degree."""
    name = "scipy.interpolate.splev"
    if not isinstance(tck, tuple | list):
        raise unsolved(name, "a BSpline object has no derivative rule here", "call the object itself")
    knots, c, k = tck
    _constant(recorder, name, t=knots)
    places = as_array(recorder, x)
    value = original(name)(plain(places), (plain(knots), plain(c), k), der, ext)
    pieces, breaks = b_spline_pieces(recorder, plain(knots), c, k)
    wide = np.append(np.diff(breaks) > 0, True)
    inner = Piecewise(
        recorder, pieces[:, wide[:-1]], breaks[wide], extrapolate=True, original=None, name=name,
        smooth=k - 1 if np.all(wide) else 0,
    )  # fmt: skip
    result = inner(places, der)
    outside = (plain(places) < breaks[0]) | (plain(places) > breaks[-1])
    if np.any(outside) and ext in (1, 3):
        ends = inner(np.where(plain(places) < breaks[0], breaks[0], breaks[-1]), der) if ext == 3 else 0.0
        result = np.where(outside, ends, result)
    return finished(recorder, result, value, name)


def univariate_call(recorder: Recorder, spline: Any, x: Any, nu: int = 0, ext: Any = None) -> Any:
    """A constant ``UnivariateSpline`` at places that depend on the inputs."""
    name = "scipy.interpolate.UnivariateSpline.__call__"
    places = as_array(recorder, x)
    value = spline(plain(places), nu, ext)
    knots, c, k = spline._eval_args  # noqa: SLF001 - the only way to the knots of all of them
    mode = {"extrapolate": 0, "zeros": 1, "raise": 2, "const": 3, None: spline.ext}.get(ext, ext)
    mode = {"extrapolate": 0, "zeros": 1, "raise": 2, "const": 3}.get(mode, mode)
    return finished(recorder, splev(recorder, places, (knots, c, k), nu, mode), value, name)


def interpolated_univariate(recorder: Recorder, x: Any, y: Any, w: Any = None, bbox: Any = (None, None), k: int = 3,
                            ext: Any = 0, check_finite: Any = False) -> Any:  # fmt: skip
    """``InterpolatedUnivariateSpline`` of data that depend on the inputs."""
    name = "scipy.interpolate.InterpolatedUnivariateSpline"
    _constant(recorder, name, x=x, w=w, bbox=bbox)
    if ext not in (0, "extrapolate"):
        raise unsolved(name, f"ext={ext!r} has no derivative rule here", "use ext=0")
    data = as_array(recorder, y)

    def make(row: Any) -> Any:
        return original(name)(plain(x), row, plain(w), list(bbox), k, ext, check_finite)

    spline = make(plain(data))
    knots, _, degree = spline._eval_args  # noqa: SLF001 - the only way to its knots
    coefficients = _mapped(recorder, lambda row: make(row)._eval_args[1], data, 0)  # noqa: SLF001 - as above
    pieces, breaks = b_spline_pieces(recorder, knots, coefficients, degree)
    return Piecewise(
        recorder, pieces, breaks, extrapolate=True, original=_Evaluated(spline), name=name, smooth=degree - 1
    )


class _Evaluated:
    """A FITPACK spline asked in the manner of a ``PPoly``."""

    def __init__(self, spline: Any) -> None:
        self._spline = spline

    def __call__(self, x: Any, nu: int = 0, _extrapolate: Any = None) -> Any:
        return self._spline(x, nu)

    def derivative(self, nu: int = 1) -> _Evaluated:
        """The derivative."""
        return _Evaluated(self._spline.derivative(nu))

    def antiderivative(self, nu: int = 1) -> _Evaluated:
        """The antiderivative."""
        return _Evaluated(self._spline.antiderivative(nu))

    def integrate(self, a: Any, b: Any, _extrapolate: Any = None) -> Any:
        """The integral."""
        return self._spline.integral(a, b)


_CONSTANT = {"CubicSpline": 2, "PchipInterpolator": 1, "Akima1DInterpolator": 1, "CubicHermiteSpline": 1, "PPoly": -1}
ENTRIES = careful(
    {
        "scipy.interpolate.CubicSpline": cubic_spline,
        "scipy.interpolate.BSpline": b_spline,
        "scipy.interpolate.make_interp_spline": make_interp_spline,
        "scipy.interpolate.InterpolatedUnivariateSpline": interpolated_univariate,
        "scipy.interpolate.splrep": splrep,
        "scipy.interpolate.splev": splev,
        "scipy.interpolate.BSpline.__call__": b_spline_call,
        **{
            f"scipy.interpolate.{kind}.__call__": univariate_call
            for kind in ("UnivariateSpline", "InterpolatedUnivariateSpline", "LSQUnivariateSpline")
        },
        **{
            f"scipy.interpolate.{kind}.__call__": _call(f"scipy.interpolate.{kind}", n) for kind, n in _CONSTANT.items()
        },
        **{
            f"scipy.interpolate.{kind}.integrate": _integrate(f"scipy.interpolate.{kind}", n)
            for kind, n in _CONSTANT.items()
        },
    }
)
