"""Minima by SciPy's solvers: the solver finds the value; the derivative is that of the root of the gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import Callback, joined, plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.implicit import solution, with_value
from gradcheck_tool.tracing.library.inner_gradient import recorded_gradient
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.results import completed, spoiled
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.ufuncs import inactive

Entry = Callable[..., Any]
# At a minimum the gradient is zero whatever the inputs are; the rest are counts and words.
_SETTLED = ("jac", "nfev", "njev", "nhev", "nit", "status", "success", "message", "grad", "optimality", "active_mask")


def _wrapped(recorder: Recorder, x: Any, what: str, args: Any = ()) -> Any:
    return Callback(recorder, x, what, args) if callable(x) else plain(x)


def _moves(recorder: Recorder, callbacks: list[Any], *given: Any) -> bool:
    return any(getattr(c, "active", False) for c in callbacks) or holds_active(recorder, list(given))


def _stationary(recorder: Recorder, objective: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: recorded_gradient(recorder, objective, x)


def _value_at(recorder: Recorder, objective: Callable[[Any], Any], x: Any, value: Any) -> Any:
    """The objective at the recorded minimum, with the value the solver reported."""
    found = objective(x)
    if np.ndim(plain(found)):
        found = np.reshape(found, -1)[0]
    return with_value(recorder, found, float(value) if type(value) is float else np.float64(value))


def minimize(recorder: Recorder, fun: Any, x0: Any, args: Any = (), method: Any = None, jac: Any = None,
             hess: Any = None, hessp: Any = None, bounds: Any = None, constraints: Any = (), tol: Any = None,
             callback: Any = None, options: Any = None) -> Any:  # fmt: skip
    """``minimize`` at an unconstrained, converged minimum."""
    what = "scipy.optimize.minimize"
    objective = Callback(recorder, fun, what, args)
    helpers = [_wrapped(recorder, x, what, args) for x in (jac, hess, hessp)]
    told = callback if callback is None else _told(recorder, callback, what)
    watched = _constraints(recorder, constraints, what)
    found = original(what)(
        objective, plain(x0), (), method, *helpers, _bounds(bounds), watched, plain(tol), told, plain(options)
    )
    limits = [bounds] if isinstance(bounds, list | tuple) else []
    if not _moves(recorder, [objective, *helpers], x0, *limits) and not _limits_move(watched):
        return found
    if not _is_empty(constraints):
        raise unsolved(what, "constraints= has no derivative rule here", _UNCONSTRAINED)
    _held(bounds, found.x, what)
    return _minimum(recorder, found, objective, helpers[0], what, pairs=bool(jac) and not callable(jac))


def _minimum(recorder: Recorder, found: Any, objective: Callback, slope: Any, what: str, *, pairs: bool) -> Any:
    """The result of ``minimize``, recorded."""

    def value(x: Any) -> Any:
        return objective.recorded(x)[0] if pairs else objective.recorded(x)

    def gradient(x: Any) -> Any:
        if pairs:
            return joined(recorder, objective.recorded(x)[1])
        return joined(recorder, slope.recorded(x)) if given else recorded_gradient(recorder, value, x)

    given = isinstance(slope, Callback)
    x = solution(recorder, gradient, found.x, objective.reach, what)
    known = {"x": x, "fun": _value_at(recorder, value, x, found.fun)}
    return completed(recorder, found, what, known, _SETTLED)


_UNCONSTRAINED = (
    "substitute the constraints into the objective, or solve the equations of the minimum with scipy.optimize.root"
)


def _told(recorder: Recorder, callback: Any, what: str) -> Any:
    """The user's `callback=`, under its own signature: SciPy looks whether it takes `intermediate_result`."""
    watching = Callback(recorder, callback, what)
    watching.active = True  # what it keeps of the search is never a constant

    def told(x: Any) -> Any:
        return watching(x)

    def told_all(*, intermediate_result: Any) -> Any:
        raise unsolved(what, "callback= with intermediate_result has no derivative rule here", "leave the callback out")

    names = getattr(getattr(callback, "__code__", None), "co_varnames", ())
    return told_all if "intermediate_result" in names else told


def _bounds(bounds: Any) -> Any:
    return plain(bounds)


def _is_empty(constraints: Any) -> bool:
    return isinstance(constraints, list | tuple | dict) and not constraints


def _constraints(recorder: Recorder, constraints: Any, what: str) -> Any:
    if isinstance(constraints, list | tuple):
        return type(constraints)(_constraints(recorder, c, what) for c in constraints)
    if type(constraints) is dict:
        return {key: _wrapped(recorder, x, what, constraints.get("args", ())) for key, x in constraints.items()
                if key != "args"}  # fmt: skip
    return constraints


def _limits_move(constraints: Any) -> bool:
    if isinstance(constraints, list | tuple):
        return any(_limits_move(c) for c in constraints)
    return type(constraints) is dict and any(getattr(x, "active", False) for x in constraints.values())


def _held(bounds: Any, x: Any, what: str) -> None:
    """Refuse a minimum that the `bounds` of ``minimize`` hold."""
    if bounds is None:
        return
    if hasattr(bounds, "lb"):
        inside(plain(bounds.lb), plain(bounds.ub), x, what)
        return
    pairs = plain(list(bounds))
    low = [-np.inf if pair[0] is None else pair[0] for pair in pairs]
    inside(low, [np.inf if pair[1] is None else pair[1] for pair in pairs], x, what)


def inside(low: Any, high: Any, x: Any, what: str) -> None:
    """Refuse a minimum that a bound holds, or nearly so: the gradient need not be zero there."""
    gap = 1e-6 * np.maximum(np.abs(x), 1.0)
    if np.any(x - np.asarray(low, dtype=float) < gap) or np.any(np.asarray(high, dtype=float) - x < gap):
        raise unsolved(what, "the minimum stands at a bound, which has no derivative rule here", _UNCONSTRAINED)


def minimize_scalar(recorder: Recorder, fun: Any, bracket: Any = None, bounds: Any = None, args: Any = (),
                    method: Any = None, tol: Any = None, options: Any = None) -> Any:  # fmt: skip
    """``minimize_scalar``."""
    what = "scipy.optimize.minimize_scalar"
    objective = Callback(recorder, fun, what, args)
    found = original(what)(objective, plain(bracket), plain(bounds), (), method, plain(tol), plain(options))
    if not _moves(recorder, [objective], bracket, bounds):
        return found
    if bounds is not None:
        inside(plain(bounds[0]), plain(bounds[1]), found.x, what)
    x = solution(recorder, _stationary(recorder, objective.recorded), found.x, objective.reach, what)
    known = {"x": x, "fun": _value_at(recorder, objective.recorded, x, found.fun)}
    return completed(recorder, found, what, known, _SETTLED)


def _older(name: str, *others: str) -> Entry:
    """``fmin(func, x0, ...)`` and its kin; `others` are the arguments after x0 that are functions too."""
    what = f"scipy.optimize.{name}"

    def entry(recorder: Recorder, func: Any, x0: Any, *rest: Any, args: Any = (), **keywords: Any) -> Any:
        if rest and others:
            keywords = {others[0]: rest[0], **keywords}
            rest = rest[1:]
        if rest:
            args, rest = rest[0], rest[1:]
        objective = Callback(recorder, func, what, args)
        named = {key: _wrapped(recorder, x, what, args) for key, x in keywords.items()}
        found = original(what)(objective, plain(x0), *([named.pop(others[0], None)] if others else []), (),
                               *plain(rest), **named)  # fmt: skip
        if not _moves(recorder, [objective, *named.values()], x0):
            return inactive(recorder, found) if isinstance(found, np.ndarray | tuple) else found
        full = isinstance(found, tuple)
        x = solution(
            recorder, _stationary(recorder, objective.recorded), found[0] if full else found, objective.reach, what
        )
        if not full:
            return x
        value = _value_at(recorder, objective.recorded, x, found[1])
        return x, value, *(spoiled(recorder, part, f"a detail of the result of {what}") for part in found[2:])

    return entry


def fminbound(recorder: Recorder, func: Any, x1: Any, x2: Any, args: Any = (), *rest: Any, **keywords: Any) -> Any:
    """``fminbound``."""
    what = "scipy.optimize.fminbound"
    objective = Callback(recorder, func, what, args)
    found = original(what)(objective, plain(x1), plain(x2), (), *plain(rest), **plain(keywords))
    if not _moves(recorder, [objective], x1, x2):
        return found
    value = found[0] if isinstance(found, tuple) else found
    inside(plain(x1), plain(x2), value, what)
    x = solution(recorder, _stationary(recorder, objective.recorded), value, objective.reach, what)
    if not isinstance(found, tuple):
        return x
    return x, _value_at(recorder, objective.recorded, x, found[1]), *found[2:]


ENTRIES = careful(
    {
        "scipy.optimize.minimize": minimize,
        "scipy.optimize.minimize_scalar": minimize_scalar,
        "scipy.optimize.fminbound": fminbound,
        **{f"scipy.optimize.{name}": _older(name) for name in ("fmin", "fmin_powell")},
        **{f"scipy.optimize.{name}": _older(name, "fprime") for name in ("fmin_bfgs", "fmin_cg")},
    }
)
