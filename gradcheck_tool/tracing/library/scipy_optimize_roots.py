"""Roots and fixed points by SciPy: its solver finds the value, the implicit function theorem the derivative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import Callback, joined, plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.implicit import solution
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.results import completed, spoiled
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.ufuncs import inactive

Entry = Callable[..., Any]
_SETTLED = ("fun", "function_calls", "iterations", "converged", "flag", "method", "message", "success", "status")


def _moves(recorder: Recorder, callbacks: list[Any], *given: Any) -> bool:
    """Whether the call depends on the inputs at all."""
    return any(getattr(c, "active", False) for c in callbacks) or holds_active(recorder, list(given))


def _wrapped(recorder: Recorder, function: Any, what: str, args: Any) -> Any:
    return Callback(recorder, function, what, args) if callable(function) else plain(function)


def _equations(callback: Callback) -> Callable[[Any], Any]:
    """The residual as a function of the unknowns; a function that returns its Jacobian too is asked for the first."""

    def residual(x: Any) -> Any:
        return joined(callback.recorder, callback.recorded(x))

    return residual


def _first_of(residual: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: residual(x)[0]


def _bracketed(name: str) -> Entry:
    """``brentq(f, a, b, ...)`` and its kin."""
    what = f"scipy.optimize.{name}"

    def entry(recorder: Recorder, f: Any, a: Any, b: Any, args: Any = (), *rest: Any, **keywords: Any) -> Any:
        callback = Callback(recorder, f, what, args)
        found = original(what)(callback, plain(a), plain(b), (), *plain(rest), **plain(keywords))
        if not _moves(recorder, [callback], a, b):
            return found
        return _scalar_root(recorder, found, callback, what)

    return entry


def _scalar_root(recorder: Recorder, found: Any, callback: Callback, what: str) -> Any:
    """What a scalar solver found, a number or (number, details), with the root recorded."""
    value = found[0] if isinstance(found, tuple) else found
    root = solution(recorder, _equations(callback), value, callback.reach, what)
    if not isinstance(found, tuple):
        return root
    if len(found) == 2 and hasattr(found[1], "root"):
        return root, completed(recorder, found[1], what, {"root": root}, _SETTLED)
    return root, *found[1:]


def newton(recorder: Recorder, func: Any, x0: Any, fprime: Any = None, args: Any = (), *rest: Any,
           **keywords: Any) -> Any:  # fmt: skip
    """``newton``, also secant and Halley, for a number or for an array of independent equations."""
    what = "scipy.optimize.newton"
    callback = Callback(recorder, func, what, args)
    slope = _wrapped(recorder, fprime, what, args)
    rest = tuple(_wrapped(recorder, x, what, args) for x in rest)
    named = {key: _wrapped(recorder, x, what, args) for key, x in keywords.items()}
    found = original(what)(callback, plain(x0), slope, (), *rest, **named)
    if not _moves(recorder, [callback, slope, *rest, *named.values()], x0):
        return _as_made(recorder, found)
    return _scalar_root(recorder, found, callback, what)


def root_scalar(recorder: Recorder, f: Any, args: Any = (), method: Any = None, bracket: Any = None,
                fprime: Any = None, fprime2: Any = None, x0: Any = None, x1: Any = None,
                **keywords: Any) -> Any:  # fmt: skip
    """``root_scalar`` by any method."""
    what = "scipy.optimize.root_scalar"
    callback = Callback(recorder, f, what, args)
    slopes = [_wrapped(recorder, x, what, args) for x in (fprime, fprime2)]
    found = original(what)(
        callback, (), method, plain(bracket), *slopes, *plain([x0, x1]), **plain(keywords)
    )  # fmt: skip
    if not _moves(recorder, [callback, *slopes], bracket, x0, x1):
        return found
    if not found.converged:
        raise unsolved(what, f"the solver has not converged ({found.flag})", "give it a better start or more steps")
    residual = _equations(callback)
    pairs = bool(fprime) and not callable(fprime)
    value = solution(recorder, _first_of(residual) if pairs else residual, found.root, callback.reach, what)
    return completed(recorder, found, what, {"root": value}, _SETTLED)


def fixed_point(recorder: Recorder, func: Any, x0: Any, args: Any = (), *rest: Any, **keywords: Any) -> Any:
    """``fixed_point``: the root of ``x - func(x)``."""
    what = "scipy.optimize.fixed_point"
    callback = Callback(recorder, func, what, args)
    found = original(what)(callback, plain(x0), (), *plain(rest), **plain(keywords))
    if not _moves(recorder, [callback], x0):
        return _as_made(recorder, found)
    inner = _equations(callback)
    value = found[()] if np.ndim(found) == 0 else found
    return solution(recorder, lambda x: x - inner(x), value, callback.reach, what)


def fsolve(recorder: Recorder, func: Any, x0: Any, args: Any = (), fprime: Any = None, *rest: Any,
           **keywords: Any) -> Any:  # fmt: skip
    """``fsolve``; the Jacobian, if given, serves the search only."""
    what = "scipy.optimize.fsolve"
    callback, slope = Callback(recorder, func, what, args), _wrapped(recorder, fprime, what, args)
    found = original(what)(callback, plain(x0), (), slope, *plain(rest), **plain(keywords))
    if not _moves(recorder, [callback, slope], x0):
        return _as_made(recorder, found)
    full = isinstance(found, tuple)
    value = solution(recorder, _equations(callback), found[0] if full else found, callback.reach, what)
    if not full:
        return value
    details = {
        key: x if key in ("fvec", "nfev", "njev") else spoiled(recorder, x, f"{key} of the result of {what}")
        for key, x in found[1].items()
    }
    return value, details, *found[2:]


def root(recorder: Recorder, fun: Any, x0: Any, args: Any = (), method: Any = "hybr", jac: Any = None, tol: Any = None,
         callback: Any = None, options: Any = None) -> Any:  # fmt: skip
    """``root`` by any method."""
    what = "scipy.optimize.root"
    equations, slope = Callback(recorder, fun, what, args), _wrapped(recorder, jac, what, args)
    told = _wrapped(recorder, callback, what, ())
    found = original(what)(equations, plain(x0), (), method, slope, plain(tol), told, plain(options))
    if not _moves(recorder, [equations, slope], x0):
        return found
    residual = _equations_of_pair(equations) if bool(jac) and not callable(jac) else _equations(equations)
    value = solution(recorder, residual, found.x, equations.reach, what)
    return completed(recorder, found, what, {"x": value}, _SETTLED)


def _equations_of_pair(callback: Callback) -> Callable[[Any], Any]:
    return lambda x: joined(callback.recorder, callback.recorded(x)[0])


def _nonlinear(name: str) -> Entry:
    """``broyden1(F, xin, ...)`` and its kin."""
    what = f"scipy.optimize.{name}"

    def entry(recorder: Recorder, F: Any, xin: Any, *rest: Any, **keywords: Any) -> Any:
        callback = Callback(recorder, F, what)
        named = {key: _wrapped(recorder, x, what, ()) for key, x in keywords.items()}
        found = original(what)(callback, plain(xin), *plain(rest), **named)
        if not _moves(recorder, [callback], xin):
            return _as_made(recorder, found)
        return solution(recorder, _equations(callback), found, callback.reach, what)

    return entry


def _as_made(recorder: Recorder, found: Any) -> Any:
    """A result that does not depend on the inputs: its arrays may be filled with recorded values."""
    return inactive(recorder, found) if isinstance(found, np.ndarray | tuple) else found


ENTRIES = careful(
    {
        **{f"scipy.optimize.{name}": _bracketed(name) for name in ("brentq", "brenth", "bisect", "ridder", "toms748")},
        "scipy.optimize.newton": newton,
        "scipy.optimize.root_scalar": root_scalar,
        "scipy.optimize.fixed_point": fixed_point,
        "scipy.optimize.fsolve": fsolve,
        "scipy.optimize.root": root,
        **{
            f"scipy.optimize.{name}": _nonlinear(name)
            for name in (
                "broyden1",
                "broyden2",
                "anderson",
                "newton_krylov",
                "linearmixing",
                "diagbroyden",
                "excitingmixing",
            )
        },
    }
)
