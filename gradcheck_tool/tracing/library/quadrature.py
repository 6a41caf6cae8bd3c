"""Integrals as recorded sums: Gauss-Legendre panels that an adaptive search on plain numbers has found to be enough.

The search looks at the integrand and at its derivative in one random direction of all recorded values it uses, so
that the panels serve both. Where neither settles the integrand is not smooth enough, and the call is refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.library.aside import joined, plain, pushed, unsolved
from gradcheck_tool.tracing.library.inner_gradient import recorded_slope
from gradcheck_tool.tracing.recorder import Recorder

_COARSE, _FINE = (tuple(np.polynomial.legendre.leggauss(n)) for n in (12, 16))
_SPLIT = 0.5177  # no power of two and not rational in practice: a kink at a nice place never falls on a boundary
_TOLERANCE = 1e-12
_INSIDE = 11  # how often a panel may be divided away from the ends: more of it is a kink
_AT_ENDS = 8, 40  # and at the ends, which may be singular: before and after the range is stretched there
_SUSPICIOUS = 3  # from this depth on inside, second derivatives are looked at too
_SECOND = 1e-9
_PANELS = 400
_ROUGH = "the integrand is not smooth enough for its derivative: it has a kink, a jump or a pole inside the range"
_POINTS = "name the place with points=[...] of scipy.integrate.quad, or split the integral there"


@dataclass(frozen=True)
class Piece:
    """A part of the range of integration: t as a function of s in (0, 1), and dt/ds."""

    place: Callable[[float], Any]
    speed: Callable[[float], Any]


def pieces(low: Any, high: Any, points: list[Any]) -> list[Piece]:
    """The range from `low` to `high`, cut at `points`, which may be recorded; the ends are plain, perhaps infinite."""
    if np.isinf(low) and np.isinf(high):
        if low == high:
            return []
        sign = 1.0 if high > low else -1.0
        return [_ray(0.0, sign, 1.0), _ray(0.0, -sign, -1.0)]
    if np.isinf(high):
        return [_ray(low, 1.0 if high > 0 else -1.0, 1.0)]
    if np.isinf(low):
        return [_ray(high, 1.0 if low > 0 else -1.0, -1.0)]
    inner = sorted((p for p in points if min(low, high) < plain(p) < max(low, high)), key=plain, reverse=low > high)
    ends = [low, *inner, high]
    return [_segment(a, b) for a, b in itertools.pairwise(ends)]


def _segment(a: Any, b: Any) -> Piece:
    return Piece(lambda s: a + (b - a) * s, lambda _s: b - a)


def _ray(a: float, way: float, sense: float) -> Piece:
    """From a to infinity (`way` = 1) or minus infinity (-1), counted with the sign `way * sense`."""
    return Piece(lambda s: a + way * (s / (1.0 - s)), lambda s: way * sense / (1.0 - s) ** 2)


def _stretched(piece: Piece) -> Piece:
    """The piece in a variable u whose ends are approached with the fourth power: algebraic singularities vanish there.

    s is the smoothest step of degree 7, ``u^4 (35 - 84 u + 70 u^2 - 20 u^3)``, whose slope is ``140 u^3 (1 - u)^3``.
    """

    def step(u: float) -> float:
        return u**4 * (35.0 - 84.0 * u + 70.0 * u**2 - 20.0 * u**3)

    return Piece(lambda u: piece.place(step(u)), lambda u: piece.speed(step(u)) * (140.0 * (u * (1.0 - u)) ** 3))


class _RoughError(Exception):
    """The panels do not settle."""


class _Directions:
    """A random tangent for every line the integrand refers to, in proportion to the size of its value."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._random = np.random.default_rng(20)
        self._drawn: dict[int, Any] = {}

    def __call__(self, line: int) -> Any:
        if line not in self._drawn:
            value = np.asarray(plain(self._recorder.value[line]), dtype=float)
            drawn = self._random.uniform(0.5, 1.5, value.shape) * self._random.choice([-1.0, 1.0], value.shape)
            tangent = drawn * np.where(value == 0, 1.0, np.abs(value))
            self._drawn[line] = tangent[..., None] if value.ndim else float(tangent)
        return self._drawn[line]


class _Panel:
    """Both rules on one stretch of a piece, for the integrand and for its derivative in the random direction."""

    def __init__(self, search: _Search, piece: Piece, low: float, high: float, depth: int) -> None:
        self.piece, self.low, self.high, self.depth = piece, low, high, depth
        width = high - low
        fine = [np.array(part) for part in zip(*(search.at(piece, s) for s in _places(low, high, _FINE)), strict=True)]
        coarse = [
            np.array(part) for part in zip(*(search.at(piece, s) for s in _places(low, high, _COARSE)), strict=True)
        ]
        self.sums = [_sum(part, _FINE) * width for part in fine]
        self.sizes = [float(np.max(_sum(np.abs(part), _FINE) * width, initial=0.0)) for part in fine]
        rough = [_sum(part, _COARSE) * width for part in coarse]
        self.errors = [float(np.max(np.abs(a - b), initial=0.0)) for a, b in zip(self.sums, rough, strict=True)]

    def halves(self, search: _Search) -> list[_Panel]:
        """The panel divided."""
        at_end = self.low == 0.0 or self.high == 1.0
        middle = self.low + _SPLIT * (self.high - self.low)
        if self.depth >= (search.deepest if at_end else _INSIDE) or not self.low < middle < self.high:
            raise _RoughError
        ends = (self.low, middle), (middle, self.high)
        return [_Panel(search, self.piece, low, high, self.depth + 1) for low, high in ends]


def _places(low: float, high: float, rule: Any) -> list[float]:
    return [low + (high - low) * 0.5 * (1.0 + node) for node in rule[0].tolist()]


def _sum(values: Any, rule: Any) -> Any:
    return np.tensordot(0.5 * rule[1], values, axes=1)


class _Search:
    """The integrand on plain numbers."""

    def __init__(self, recorder: Recorder, integrand: Callable[[Any], Any], what: str) -> None:
        self.recorder, self.integrand, self.what = recorder, integrand, what
        self.deepest = _AT_ENDS[0]
        self._directions = _Directions(recorder)

    def at(self, piece: Piece, s: float) -> tuple[Any, Any]:
        """The value and the directional derivative of the integrand over s."""
        recorder = self.recorder
        mark = recorder.mark()
        start = len(recorder.value)
        try:
            result = joined(recorder, self.integrand(piece.place(s))) * piece.speed(s)
            value = np.asarray(plain(result), dtype=float)
            moved: Any = np.zeros(value.shape)
            if recorder.active(result):
                moved = pushed(recorder, start, self._directions, recorder.line(result))
                moved = np.zeros(value.shape) + np.reshape(moved, value.shape if np.size(moved) == value.size else ())
            if not (np.all(np.isfinite(value)) and np.all(np.isfinite(moved))):
                raise _RoughError
            return value, moved
        finally:
            recorder.discard(mark, f"a value computed while {self.what} looked for its panels")

    def second_at(self, piece: Piece, s: float) -> Any:
        """The second derivative of the integrand over s, or of the sum of its entries, in the random direction."""
        recorder = self.recorder
        mark = recorder.mark()
        start = len(recorder.value)
        try:
            result = joined(recorder, self.integrand(piece.place(s))) * piece.speed(s)
            if not recorder.active(result):
                return 0.0
            slope = recorded_slope(recorder, start, self._directions, recorder.line(result))
            if not recorder.active(slope):
                return 0.0
            return float(np.reshape(pushed(recorder, start, self._directions, recorder.line(slope)), ()))
        finally:
            recorder.discard(mark, f"a value computed while {self.what} looked for its panels")


def _settled(search: _Search, parts: list[Piece]) -> list[_Panel]:
    """Panels that serve the integral and its first two derivatives."""
    try:
        panels = _panels(search, parts)
    except _RoughError:
        search.deepest = _AT_ENDS[1]
        try:
            panels = _panels(search, [_stretched(piece) for piece in parts])
        except _RoughError:
            raise unsolved(search.what, _ROUGH, _POINTS) from None
    inside = max((panel.depth for panel in panels if panel.low > 0.0 and panel.high < 1.0), default=0)
    if inside >= _SUSPICIOUS and not _is_curved_smoothly(search, panels, inside):
        raise unsolved(search.what, _ROUGH, _POINTS)
    return panels


def _is_curved_smoothly(search: _Search, panels: list[_Panel], depth: int) -> bool:
    """Whether both rules agree about the second derivative on all panels; not so where a kink of a slope moves."""
    total = rough = 0.0
    for panel in panels:
        width = panel.high - panel.low
        try:
            fine, coarse = (
                np.array([search.second_at(panel.piece, s) for s in _places(panel.low, panel.high, rule)])
                for rule in (_FINE, _COARSE)
            )
        except CannotFollow:  # no second derivative here, which a Hessian will say itself
            return depth < 2 * _SUSPICIOUS
        total += width * _sum(np.abs(fine), _FINE)
        rough += width * abs(_sum(fine, _FINE) - _sum(coarse, _COARSE))
    return bool(rough <= _SECOND * total)


def _panels(search: _Search, parts: list[Piece]) -> list[_Panel]:
    """Panels on which the sums of both rules agree."""
    # Never the whole piece: a jump in its middle would look right to both rules, which are symmetric.
    panels = [_Panel(search, piece, low, high, 0) for piece in parts for low, high in ((0.0, _SPLIT), (_SPLIT, 1.0))]
    while True:
        sizes = np.sum([panel.sizes for panel in panels], axis=0)
        errors = np.sum([panel.errors for panel in panels], axis=0)
        if np.all(errors <= _TOLERANCE * sizes):
            return panels
        if len(panels) > _PANELS:
            raise _RoughError
        bounds = np.where(sizes > 0, sizes, 1.0)
        worst = max(panels, key=lambda panel: float(np.max(panel.errors / bounds)))
        panels.remove(worst)
        panels.extend(worst.halves(search))


def integral(
    recorder: Recorder, integrand: Callable[[Any], Any], low: Any, high: Any, points: list[Any], what: str
) -> tuple[Any, float]:
    """The integral, recorded, and the integral of the size of the integrand.

    Parameters
    ----------
    integrand
        Takes a plain or recorded number, returns a number or an array.
    low, high
        The ends, plain or recorded. How the result moves with them is the integral over a stretch without width.
    points
        Where the integrand may have a kink or a jump; plain or recorded.
    """
    first, last = float(plain(low)), float(plain(high))
    search = _Search(recorder, integrand, what)
    panels = _settled(search, pieces(first, last, points))
    terms: list[Any] = []
    weights: list[float] = []
    for panel in panels:
        for s, weight in zip(_places(panel.low, panel.high, _FINE), _FINE[1].tolist(), strict=True):
            terms.append(joined(recorder, integrand(panel.piece.place(s))) * panel.piece.speed(s))
            weights.append(0.5 * weight * (panel.high - panel.low))
    total: Any = _weighted(recorder, terms, weights)
    size = float(sum(panel.sizes[0] for panel in panels))
    return total + edges(recorder, integrand, low, high, what), size


def edges(recorder: Recorder, integrand: Callable[[Any], Any], low: Any, high: Any, what: str) -> Any:
    """How the integral moves with its ends: zero, with the derivatives that come from them."""
    total: Any = 0.0
    for end, sign in ((high, 1.0), (low, -1.0)):
        if recorder.active(end):
            total = total + sign * _edge(recorder, integrand, end, what)
    return total


def _weighted(recorder: Recorder, terms: list[Any], weights: list[float]) -> Any:
    if not terms:
        return 0.0
    total = np.tensordot(np.array(weights), recorder.array(terms), axes=1)
    return total if np.ndim(plain(total)) else total[()]


def _edge(recorder: Recorder, integrand: Callable[[Any], Any], end: Any, what: str) -> Any:
    """The integral from the number behind `end` to `end` itself: zero, with the derivatives of the integral."""
    fixed = float(plain(end))
    total: Any = 0.0
    for node, weight in zip(*(part.tolist() for part in np.polynomial.legendre.leggauss(4)), strict=True):
        value = joined(recorder, integrand(fixed + (end - fixed) * (0.5 * (1.0 + node))))
        if not np.all(np.isfinite(plain(value))):
            raise unsolved(what, "the integrand is infinite at an end of the range that depends on the inputs", _SHIFT)
        total = total + value * (0.5 * weight)
    return total * (end - fixed)


_SHIFT = "substitute the variable so that the ends are constants"
