"""Explicit Runge-Kutta integration with recorded numbers: SciPy's adaptive methods as they are, and a tight fixed mesh.

The adaptive run repeats the decisions and formulas of SciPy's ``RK23`` and ``RK45`` (Hairer, Norsett and Wanner,
Solving Ordinary Differential Equations I, II.4), step-size control included, so that its derivative is that of the
very numbers the user gets. Tableaus are read from SciPy's classes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.aside import joined, plain, unsolved
from gradcheck_tool.tracing.library.branches import is_one_branch
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.recorder import Recorder

Slope = Callable[[Any, Any], Any]
_SAFETY, _SHRINK, _GROW = 0.9, 0.2, 10.0
_STEPS = 20000
_SWITCH = "the right-hand side switches on the way, and the time of the switch depends on the inputs"
_UP_TO = "integrate up to the switch and on from there"


def _combined(stages: list[Any], weights: Any) -> Any:
    """The sum of the stages times their weights, in the memory order of SciPy's table of stages: the same rounding."""
    return np.dot(np.stack(stages).T, np.asarray(weights))


def _rms(x: Any) -> Any:
    return np.linalg.norm(x) / np.size(plain(x)) ** 0.5


class Adaptive:
    """One adaptive integration.

    Attributes
    ----------
    times, states
        The accepted steps, recorded; the first is the start.
    pieces
        One interpolant per step: where it starts, its width, the state there and its coefficients.
    """

    def __init__(self, recorder: Recorder, slope: Slope, span: tuple[Any, Any], start: Any, method: Any, what: str,
                 *, rtol: float, atol: Any, max_step: float, first_step: Any) -> None:  # fmt: skip
        self._recorder, self._slope, self._method, self._what = recorder, slope, method, what
        self._rtol, self._atol, self._max_step = rtol, atol, max_step
        self._ways: dict[Any, Any] = {}
        self._t, self._end = span
        self._way = 1.0 if plain(self._end) >= plain(self._t) else -1.0
        self._y = start
        self._f = self._at(self._t, self._y)
        self.times, self.states, self.pieces = [self._t], [self._y], []  # type: ignore[var-annotated]  # recorded
        self._width = self._first() if first_step is None else first_step
        self._run()

    def _at(self, t: Any, y: Any) -> Any:
        recorder = self._recorder
        lines, decisions = len(recorder.value), len(recorder.flags)
        slope = np.reshape(joined(recorder, self._slope(t, y)) * 1.0, np.shape(plain(y)))
        if not is_one_branch(recorder, lines, decisions, self._ways):
            raise unsolved(self._what, _SWITCH, _UP_TO)
        return slope

    def _first(self) -> Any:
        """The first step that the sizes of the state, the slope and its change suggest."""
        length = abs(self._end - self._t)
        if plain(length) == 0.0:
            return 0.0
        scale = self._atol + np.abs(self._y) * self._rtol
        d1 = plain(_rms(self._f / scale)) if np.any(plain(self._f)) else 0.0
        d0 = plain(_rms(self._y / scale)) if np.any(plain(self._y)) else 0.0
        trial = 1e-6 if d0 < 1e-5 or d1 < 1e-5 else 0.01 * _rms(self._y / scale) / _rms(self._f / scale)
        trial = min(trial, length)
        moved = self._at(self._t + trial * self._way, self._y + trial * self._way * self._f)
        change = (moved - self._f) / scale
        d2 = plain(_rms(change) / trial) if np.any(plain(change)) else 0.0
        if d1 <= 1e-15 and d2 <= 1e-15:
            wanted: Any = max(1e-6, plain(trial) * 1e-3)
        else:
            larger = _rms(self._f / scale) if d1 >= d2 else _rms(change) / trial
            wanted = (0.01 / larger) ** (1.0 / (self._method.error_estimator_order + 1))
        return min(100.0 * trial, wanted, length, self._max_step)

    def _run(self) -> None:
        for _ in range(_STEPS):
            if self._way * (plain(self._t) - plain(self._end)) >= 0:
                return
            self._step()
        raise unsolved(self._what, f"more than {_STEPS} steps", "loosen the tolerances, or integrate a shorter time")

    def _step(self) -> None:
        """One accepted step."""
        least = 10 * abs(np.nextafter(plain(self._t), self._way * np.inf) - plain(self._t))
        width = self._width
        if plain(width) > self._max_step:
            width = self._max_step
        elif plain(width) < least:
            width = float(least)
        rejected = False
        while True:
            if plain(width) < least:
                raise unsolved(self._what, "the step size becomes too small", "use a smoother right-hand side")
            t = self._t + width * self._way
            if self._way * (plain(t) - plain(self._end)) > 0:
                t = self._end
            h = t - self._t
            width = h * self._way
            y, f, stages = self._stages(t, h)
            error = _combined(stages, self._method.E) * h
            scale = self._atol + np.maximum(np.abs(self._y), np.abs(y)) * self._rtol
            size = _rms(error / scale) if np.any(plain(error)) else 0.0
            if size < 1:
                factor = _GROW if type(size) is float else min(_GROW, self._factor(size))
                width = width * (min(1.0, factor) if rejected else factor)
                break
            shrunk = self._factor(size)
            width = width * (max(_SHRINK, shrunk))
            rejected = True
        self.pieces.append((self._t, h, self._y, stages))
        self._t, self._y, self._f, self._width = t, y, f, width
        self.times.append(t)
        self.states.append(y)

    def _factor(self, size: Any) -> Any:
        return _SAFETY * size ** (-1.0 / (self._method.error_estimator_order + 1))

    def _stages(self, t: Any, h: Any) -> tuple[Any, Any, list[Any]]:
        stages = [self._f]
        for s in range(1, len(self._method.C)):
            moved = self._y + _combined(stages, self._method.A[s][:s]) * h
            stages.append(self._at(self._t + float(self._method.C[s]) * h, moved))
        y = self._y + h * _combined(stages, self._method.B)
        f = self._at(t, y)
        return y, f, [*stages, f]

    def between(self, places: Any) -> Any:
        """The states at plain times, shape (n, len(places)), by the interpolant of each step."""
        ends = [float(plain(t)) for t in self.times]
        columns = []
        for place in places.tolist():
            inner = ends[1:-1] if self._way > 0 else [-t for t in ends[1:-1]]
            k = int(np.searchsorted(inner, self._way * place, side="left"))
            start, h, y, stages = self.pieces[k]
            x = (place - start) / h
            powers, power = [], x
            for _ in range(self._method.P.shape[1]):
                powers.append(power)
                power = power * x
            weights = self._method.P @ self._recorder.array(powers)
            columns.append(y + h * (np.stack(stages, axis=-1) @ weights))
        return np.stack(columns, axis=-1)


def tight(recorder: Recorder, slope: Slope, searching: Slope, start: Any, times: Any, what: str) -> list[Any]:
    """The states at `times`, by steps of order 8 whose widths a plain run with tight tolerances has found.

    `searching` is the right-hand side on plain numbers. Only the mesh is constant: `times` may be recorded.
    """
    method = original("scipy.integrate.DOP853")
    ends = [float(t) for t in plain(np.stack(times) if isinstance(times, list) else times)]
    state, states, taken = start, [start], 0
    lines, decisions = len(recorder.value), len(recorder.flags)
    for k in range(len(ends) - 1):
        shares = _mesh(searching, plain(state), ends[k], ends[k + 1], what)
        taken += len(shares)
        if taken > _STEPS // 4:
            raise unsolved(
                what, "the problem needs too many steps (it may be stiff)", "integrate with a scheme of your own"
            )
        length = times[k + 1] - times[k]
        for low, high in itertools.pairwise(shares):
            state = _fixed_step(recorder, slope, times[k] + low * length, (high - low) * length, state, method)
        states.append(state)
    if not is_one_branch(recorder, lines, decisions):
        raise unsolved(what, _SWITCH, _UP_TO)
    return states


def _mesh(searching: Slope, start: Any, low: float, high: float, what: str) -> list[float]:
    """Where between 0 and 1 the steps end."""
    if low == high:
        return [0.0]
    scale = float(np.max(np.abs(start), initial=0.0)) or 1.0
    solver = original("scipy.integrate.DOP853")(searching, low, np.array(start, dtype=float), high, rtol=1e-12,
                                                atol=1e-14 * scale)  # fmt: skip
    shares = [0.0]
    while solver.status == "running":
        solver.step()
        shares.append((solver.t - low) / (high - low))
        if len(shares) > _STEPS // 4:
            break
    if solver.status != "finished":
        raise unsolved(
            what, "the problem cannot be integrated tightly (it may be stiff)", "integrate with a scheme of your own"
        )
    shares[-1] = 1.0
    return shares


def _fixed_step(recorder: Recorder, slope: Slope, t: Any, h: Any, y: Any, method: Any) -> Any:
    stages: list[Any] = []
    for s in range(method.n_stages):
        moved = y + _combined(stages, method.A[s][:s]) * h if s else y
        stages.append(np.reshape(joined(recorder, slope(t + float(method.C[s]) * h, moved)) * 1.0, np.shape(plain(y))))
    return y + h * _combined(stages, method.B)
