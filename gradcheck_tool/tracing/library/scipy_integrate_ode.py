"""Initial value problems: SciPy's own run gives the numbers, a recorded Runge-Kutta run their derivatives."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import Callback, plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.implicit import with_value
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.results import completed, spoiled
from gradcheck_tool.tracing.library.runge_kutta import Adaptive, tight
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import inactive

_FOLLOWED = ("RK23", "RK45")
_CLOSE = 1e-6
_TIGHTER = "tighten rtol= and atol=, or use solve_ivp with method='RK45', which is followed step by step"
_SETTLED = ("nfev", "njev", "nlu", "status", "message", "success", "sol", "t_events", "y_events")


def solve_ivp(recorder: Recorder, fun: Any, t_span: Any, y0: Any, method: Any = "RK45", t_eval: Any = None,
              dense_output: Any = False, events: Any = None, vectorized: Any = False, args: Any = None,
              **options: Any) -> Any:  # fmt: skip
    """``solve_ivp``: RK45 and RK23 step by step, the other methods where their value is accurate."""
    what = "scipy.integrate.solve_ivp"
    slope = Callback(recorder, fun, what, () if args is None else tuple(args))
    helpers = {key: Callback(recorder, x, what, slope.args) if callable(x) else plain(x) for key, x in options.items()}
    told = _events(recorder, events, what, slope.args)
    given = plain(list(t_span)), plain(as_array(recorder, y0)), method, plain(t_eval)
    found = original(what)(slope, *given, dense_output, told, vectorized, **helpers)
    watched = [slope, *(told if isinstance(told, list) else [told]), *helpers.values()]
    moving = any(getattr(x, "active", False) for x in watched)
    if not (moving or holds_active(recorder, [list(t_span), y0, t_eval, options])):
        found.t, found.y = inactive(recorder, found.t), inactive(recorder, found.y)
        return found
    if events is not None or vectorized or holds_active(recorder, [t_eval, options]):
        raise unsolved(
            what, "events=, vectorized= and recorded t_eval= or options have no derivative rule here",
            "integrate to a fixed time with scipy.integrate.solve_ivp, or with a Runge-Kutta loop of your own",
        )  # fmt: skip
    if found.status != 0:
        raise unsolved(what, f"the integration has failed ({found.message})", "use a smoother right-hand side")
    start = as_array(recorder, y0) * 1.0
    span = t_span[0] * 1.0, t_span[1] * 1.0
    name = method if isinstance(method, str) else getattr(method, "__name__", "")
    if name in _FOLLOWED and not isinstance(plain(options.get("rtol", 0.0)), np.ndarray):
        known = _stepped(recorder, slope, span, start, name, found, t_eval, helpers)
    else:
        known = _tightly(recorder, slope, span, start, found, t_eval, what)
    if dense_output:
        known["sol"] = spoiled(recorder, found.sol, f"sol of the result of {what}")
    return completed(recorder, found, what, known, _SETTLED)


def _events(recorder: Recorder, events: Any, what: str, args: Any) -> Any:
    if events is None:
        return None
    listed = list(events) if isinstance(events, list | tuple) else [events]
    return [_like(Callback(recorder, event, what, args), event) for event in listed]


def _like(callback: Callback, event: Any) -> Callback:
    for name in ("terminal", "direction"):
        if hasattr(event, name):
            setattr(callback, name, getattr(event, name))
    return callback


def _stepped(
    recorder: Recorder, slope: Callback, span: tuple[Any, Any], start: Any, method: str, found: Any, t_eval: Any,
    options: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """Times and states by the recorded adaptive run."""
    what = "scipy.integrate.solve_ivp"
    unknown = options.keys() - {"rtol", "atol", "max_step", "first_step"}
    if unknown:
        raise unsolved(what, f"{min(unknown)}= has no derivative rule here", "leave it out")
    run = Adaptive(
        recorder, slope.recorded, span, start, original(f"scipy.integrate.{method}"), what,
        rtol=max(float(options.get("rtol", 1e-3)), 100 * np.finfo(float).eps), atol=options.get("atol", 1e-6),
        max_step=float(options.get("max_step", np.inf)), first_step=options.get("first_step"),
    )  # fmt: skip
    if t_eval is None:
        times, states = recorder.array(run.times), np.stack(run.states, axis=-1)
    else:
        times, states = found.t, run.between(np.asarray(plain(t_eval), dtype=float))
    for mine, theirs in ((times, found.t), (states, found.y)):
        same = np.shape(plain(mine)) == np.shape(theirs)
        if not same or not np.allclose(plain(mine), theirs, rtol=_CLOSE, atol=_CLOSE * np.max(np.abs(theirs))):
            raise unsolved(what, "the steps cannot be followed", "integrate with a Runge-Kutta loop of your own")
    times = with_value(recorder, times, found.t) if recorder.active(times) else inactive(recorder, found.t)
    return {"t": times, "y": with_value(recorder, states, found.y)}


def _tightly(recorder: Recorder, slope: Callback, span: tuple[Any, Any], start: Any, found: Any, t_eval: Any,
             what: str) -> dict[str, Any]:  # fmt: skip
    """States at the end, or at `t_eval`, by the tight recorded run; the times of the steps in between are lost."""
    if t_eval is None:
        times: list[Any] = [span[0], span[1]]
    else:
        asked = np.asarray(plain(t_eval), dtype=float).tolist()
        times = [span[0], *asked[1:]] if asked[0] == plain(span[0]) else [span[0], *asked]
    states = tight(recorder, slope.recorded, slope, start, times, what)
    if t_eval is None:
        _near(states[-1], found.y[:, -1], what)
        why = f"a value between the ends of the range, at a time that {what} chose,"
        return {
            "t": _framed(recorder, found.t, [span[0], span[1]], why),
            "y": _framed(recorder, found.y, [states[0], states[-1]], why),
        }
    y = np.stack(states[len(states) - len(asked) :], axis=-1)
    _near(y, found.y, what)
    return {"t": inactive(recorder, found.t), "y": with_value(recorder, y, found.y)}


def _framed(recorder: Recorder, found: Any, ends: list[Any], why: str) -> Any:
    """What the solver found along the last axis, with recorded ends; entries between them are refused when used."""
    buffer = recorder.wrap(found.copy(), -1)
    if found.shape[-1] > 2:
        buffer[..., 1:-1] = spoiled(recorder, found[..., 1:-1], why)
    for place, end in zip((0, -1), ends, strict=True):
        buffer[..., place] = with_value(recorder, end, found[..., place])
    return buffer


def _near(mine: Any, theirs: Any, what: str) -> None:
    scale = np.max(np.abs(theirs), axis=-1, keepdims=True) if np.ndim(theirs) > 1 else np.maximum(np.abs(theirs), 1e-3)
    if not np.all(np.abs(plain(mine) - theirs) <= _CLOSE * scale):
        raise unsolved(what, "the numbers it returned are not accurate enough to be differentiated", _TIGHTER)


def odeint(recorder: Recorder, func: Any, y0: Any, t: Any, args: Any = (), Dfun: Any = None, *rest: Any,
           tfirst: Any = False, **keywords: Any) -> Any:  # fmt: skip
    """``odeint`` where its value is that of the solution to six digits."""
    what = "scipy.integrate.odeint"
    slope = Callback(recorder, func, what, args)
    helper = Callback(recorder, Dfun, what, args) if callable(Dfun) else Dfun
    start, times = as_array(recorder, y0), as_array(recorder, t)
    found = original(what)(
        slope, plain(start), plain(times), (), helper, *plain(rest), tfirst=tfirst, **plain(keywords)
    )
    if not (slope.active or getattr(helper, "active", False) or holds_active(recorder, [y0, t])):
        return inactive(recorder, found)
    full = isinstance(found, tuple)
    value = found[0] if full else found
    start = np.reshape(start * 1.0, -1)

    def along(time: Any, state: Any) -> Any:
        return slope.recorded(time, state) if tfirst else slope.recorded(state, time)

    def searching(time: Any, state: Any) -> Any:
        return slope(time, state) if tfirst else slope(state, time)

    states = np.stack(tight(recorder, along, searching, start, [times[k] for k in range(len(value))], what))
    for k in range(value.shape[1]):
        _near(plain(states)[:, k], value[:, k], what)
    result = with_value(recorder, states, value)
    return (result, spoiled(recorder, found[1], f"a detail of {what}")) if full else result


ENTRIES = careful({"scipy.integrate.solve_ivp": solve_ivp, "scipy.integrate.odeint": odeint})
