"""Piecewise polynomials with recorded coefficients, break points or places: what SciPy's interpolators come down to."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.aside import plain, unsolved
from gradcheck_tool.tracing.recorder import Recorded, Recorder
from gradcheck_tool.tracing.reductions import as_array


class Piecewise:
    """A stand-in for a ``PPoly`` of SciPy's.

    Parameters
    ----------
    coefficients
        Shape (k + 1, m, ...), highest power first, in ``t - breaks[i]``; plain or recorded.
    breaks
        The m + 1 break points, increasing; plain or recorded.
    extrapolate
        As SciPy's: whether the end pieces go on, or "periodic".
    original
        The plain object of SciPy's, which gives the values and answers all other questions; None for a derived one.
    smooth
        How many derivatives are continuous at the break points.
    axis
        Where the axis of the places stands in the results.
    """

    def __init__(
        self, recorder: Recorder, coefficients: Any, breaks: Any, *, extrapolate: Any, original: Any, name: str,
        smooth: int = 0, axis: int = 0,
    ) -> None:  # fmt: skip
        self._recorder = recorder
        self.c, self.x = coefficients, breaks
        self.extrapolate, self._original, self._name = extrapolate, original, name
        self._smooth, self.axis = smooth, axis

    @property  # type: ignore[misc]  # object declares it as an attribute
    def __class__(self) -> type:  # isinstance answers as for the plain object
        return Piecewise if self._original is None else type(self._original)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise unsolved(
            f"{self._name}.{name}", "it has no derivative rule here", "evaluate the spline and compute with its values"
        )

    def __call__(self, x: Any, nu: int = 0, extrapolate: Any = None) -> Any:
        """The value, or the derivative of order `nu`, at x."""
        recorder = self._recorder
        places = as_array(recorder, x)
        mode = self.extrapolate if extrapolate is None else extrapolate
        value = None if self._original is None else self._original(plain(places), nu, plain(mode))
        result = self._evaluate(places, nu, mode)
        return finished(recorder, result, value, self._name)

    def _evaluate(self, places: Any, nu: int, mode: Any) -> Any:
        breaks = plain(self.x)
        if mode == "periodic":
            first, last = self.x[0], self.x[-1]
            places = first + (places - first) % (last - first)
        at = plain(places)
        piece = np.clip(np.searchsorted(breaks, at, side="right") - 1, 0, len(breaks) - 2)
        if self._smooth < 2 + nu:
            _decided(self._recorder, places, breaks, piece)
        offset = places - self.x[piece]
        degree = self.c.shape[0] - 1
        tail = (1,) * (self.c.ndim - 2)
        offset = np.reshape(offset, (*np.shape(at), *tail))
        result: Any = np.zeros((*np.shape(at), *self.c.shape[2:]))
        for k in range(degree - nu + 1):
            power = degree - k
            factor = math.perm(power, nu)
            result = result * offset + float(factor) * self.c[k][piece]
        if mode is False or mode == 0:
            inside = (at >= breaks[0]) & (at <= breaks[-1])
            result = np.where(np.reshape(inside, (*np.shape(at), *tail)), result, np.nan)
        if self.axis:
            result = np.moveaxis(result, range(np.ndim(at)), range(self.axis, self.axis + np.ndim(at)))
        return result

    def derivative(self, nu: int = 1) -> Piecewise:
        """The derivative, a piecewise polynomial."""
        degree = self.c.shape[0] - 1
        factors = [float(math.perm(degree - k, nu)) for k in range(max(degree - nu + 1, 0))]
        scaled = np.stack([factor * self.c[k] for k, factor in enumerate(factors)]) if factors else 0.0 * self.c[:1]
        return self._derived(
            scaled, self._smooth - nu, None if self._original is None else self._original.derivative(nu)
        )

    def antiderivative(self, nu: int = 1) -> Piecewise:
        """The antiderivative that is zero at the first break point, a piecewise polynomial."""
        if nu != 1:
            raise unsolved(f"{self._name}.antiderivative", f"nu={nu} has no derivative rule here", "take it once")
        degree = self.c.shape[0] - 1
        width = self.x[1:] - self.x[:-1]
        width = np.reshape(width, (-1, *(1,) * (self.c.ndim - 2)))
        raised = [self.c[k] / float(degree - k + 1) for k in range(degree + 1)]
        whole: Any = 0.0
        for part in raised:
            whole = (whole + part) * width
        starts = np.concatenate([np.zeros((1, *self.c.shape[2:])), np.cumsum(whole, axis=0)[:-1]])
        plainly = None if self._original is None else self._original.antiderivative(nu)
        return self._derived(np.stack([*raised, starts]), self._smooth + 1, plainly)

    def integrate(self, a: Any, b: Any, extrapolate: Any = None) -> Any:
        """The integral from a to b."""
        mode = self.extrapolate if extrapolate is None else extrapolate
        if mode == "periodic":
            raise unsolved(
                f"{self._name}.integrate",
                "a periodic spline has no derivative rule here",
                "integrate within one period",
            )
        value = None if self._original is None else self._original.integrate(plain(a), plain(b), extrapolate)
        total = self.antiderivative()
        recorder = self._recorder
        result = total._evaluate(as_array(recorder, b), 0, mode) - total._evaluate(as_array(recorder, a), 0, mode)  # noqa: SLF001 - the same class
        return finished(recorder, result, value, self._name)

    def _derived(self, coefficients: Any, smooth: int, original: Any) -> Piecewise:
        return Piecewise(
            self._recorder, coefficients, self.x, extrapolate=self.extrapolate, original=original, name=self._name,
            smooth=smooth, axis=self.axis,
        )  # fmt: skip


def _decided(recorder: Recorder, places: Any, breaks: Any, piece: Any) -> None:
    """Leave a guard: between which break points the places lie."""
    if recorder.active(places):
        inner = (piece < len(breaks) - 2) & (plain(places) >= breaks[0])
        _ = places < np.where(inner, breaks[piece + 1], np.inf)
        _ = places >= np.where(piece > 0, breaks[piece], -np.inf)


def _held(recorder: Recorder, result: Any) -> Any:
    """The number behind a result in this recording."""
    return recorder.value[recorder.line(result)] if recorder.active(result) else recorder.number(result)


def finished(recorder: Recorder, result: Any, value: Any, name: str) -> Any:
    """The result with the library's own value, which it must agree with; as an array where that is one."""
    if value is None or isinstance(type(_held(recorder, result)), Recorded):
        return result  # of an enclosing recording, whose own operations made it
    if not recorder.active(result):
        return recorder.wrap(value, -1) if isinstance(value, np.ndarray) else value
    mine = plain(result)
    slack = 1e-9 * (1.0 + float(np.max(np.abs(value), initial=0.0, where=np.isfinite(value))))
    if np.shape(mine) != np.shape(value) or not np.allclose(mine, value, rtol=1e-6, atol=slack, equal_nan=True):
        raise unsolved(
            name, "these arguments have no derivative rule here", "write the interpolation out with NumPy functions"
        )
    if type(value) is np.ndarray:
        result = as_array(recorder, result)
    kept = np.array(value, dtype=float) if type(value) is np.ndarray else value
    return recorder.emit("pos", recorder.line(result), None, kept, 1)
