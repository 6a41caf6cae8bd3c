"""Least squares by SciPy's solvers: a minimum of half the sum of the squared residuals."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import bare, holds_active
from gradcheck_tool.tracing.library.aside import Callback, joined, plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.implicit import solution, with_value
from gradcheck_tool.tracing.library.inner_gradient import recorded_gradient
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.results import completed, spoiled
from gradcheck_tool.tracing.library.scipy_optimize_minima import inside
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import inactive

_SETTLED = ("grad", "optimality", "active_mask", "nfev", "njev", "status", "success", "message")


def _minimum(recorder: Recorder, residuals: Any, x: Any, scale: Any, what: str) -> Any:
    """The x at which half the sum of the squares of ``residuals(x)`` is smallest, recorded."""

    def cost(point: Any) -> Any:
        r = np.reshape(joined(recorder, residuals(point)), -1)
        return 0.5 * np.sum(r * r)

    return solution(recorder, lambda point: recorded_gradient(recorder, cost, point), x, scale, what)


def least_squares(recorder: Recorder, fun: Any, x0: Any, jac: Any = "2-point", bounds: Any = (-np.inf, np.inf),
                  method: Any = "trf", *, loss: Any = "linear", args: Any = (), kwargs: Any = None,
                  callback: Any = None, **keywords: Any) -> Any:  # fmt: skip
    """``least_squares`` with the plain sum of squares, at a minimum that no bound holds."""
    what = "scipy.optimize.least_squares"
    named = kwargs or {}
    residuals = Callback(recorder, (lambda x, *rest: fun(x, *rest, **named)) if named else fun, what, args)
    slope = Callback(recorder, jac, what, args) if callable(jac) else jac
    if callback is not None:
        keywords["callback"] = _unwatched(what)
    found = original(what)(residuals, plain(x0), slope, plain(bounds), method, loss=loss, **plain(keywords))
    if not (residuals.active or getattr(slope, "active", False) or holds_active(recorder, [x0, bounds])):
        return found
    if loss != "linear":
        raise unsolved(
            what, f"loss={loss!r} has no derivative rule here", "use loss='linear', or scipy.optimize.minimize"
        )
    low, high = (bounds.lb, bounds.ub) if hasattr(bounds, "lb") else bounds
    inside(plain(low), plain(high), found.x, what)
    x = _minimum(recorder, residuals.recorded, found.x, residuals.reach, what)
    rest = joined(recorder, residuals.recorded(x))
    known = {
        "x": x,
        "fun": with_value(recorder, np.reshape(rest, -1), found.fun),
        "cost": with_value(recorder, 0.5 * np.sum(np.reshape(rest, -1) ** 2), np.float64(found.cost)),
    }
    return completed(recorder, found, what, known, _SETTLED)


def _unwatched(what: str) -> Any:
    def told(*_args: Any, **_keywords: Any) -> Any:
        raise unsolved(what, "callback= has no derivative rule here", "leave the callback out")

    return told


def leastsq(recorder: Recorder, func: Any, x0: Any, args: Any = (), Dfun: Any = None, *rest: Any,
            **keywords: Any) -> Any:  # fmt: skip
    """``leastsq``."""
    what = "scipy.optimize.leastsq"
    residuals = Callback(recorder, func, what, args)
    slope = Callback(recorder, Dfun, what, args) if callable(Dfun) else Dfun
    found = original(what)(residuals, plain(x0), (), slope, *plain(rest), **plain(keywords))
    if not (residuals.active or getattr(slope, "active", False) or holds_active(recorder, x0)):
        return inactive(recorder, found)
    x = _minimum(recorder, residuals.recorded, found[0], residuals.reach, what)
    return x, *(spoiled(recorder, part, f"a detail of the result of {what}") for part in found[1:])


def curve_fit(recorder: Recorder, f: Any, xdata: Any, ydata: Any, p0: Any = None, sigma: Any = None,
              absolute_sigma: Any = False, check_finite: Any = None, bounds: Any = (-np.inf, np.inf),
              method: Any = None, jac: Any = None, *, full_output: Any = False, nan_policy: Any = None,
              **keywords: Any) -> Any:  # fmt: skip
    """``curve_fit``: the parameters; their covariance is given as a number without a derivative."""
    what = "scipy.optimize.curve_fit"
    data = as_array(recorder, xdata) if isinstance(xdata, list | tuple) else xdata
    model, slope = Callback(recorder, _at(f, data), what), jac
    if callable(jac):
        slope = _with_data(jac, Callback(recorder, _at(jac, data), what))
    found = original(what)(_with_data(f, model), plain(bare(recorder, xdata)), plain(ydata), plain(p0), plain(sigma),
                           absolute_sigma, check_finite, plain(bounds), method, slope, full_output=full_output,
                           nan_policy=nan_policy, **plain(keywords))  # fmt: skip
    if not (model.active or holds_active(recorder, [xdata, ydata, p0, sigma, bounds])):
        return inactive(recorder, tuple(found[:2])) + tuple(found[2:])
    if plain(sigma) is not None and np.ndim(plain(sigma)) > 1:
        raise unsolved(what, "a covariance matrix as sigma= has no derivative rule here", "whiten the data first")
    if keywords.get("loss", "linear") != "linear" or nan_policy is not None:
        raise unsolved(what, "loss= or nan_policy= has no derivative rule here", "leave it out")
    low, high = (bounds.lb, bounds.ub) if hasattr(bounds, "lb") else bounds
    inside(plain(low), plain(high), found[0], what)
    weights = 1.0 if sigma is None else 1.0 / as_array(recorder, sigma)
    measured = as_array(recorder, ydata)

    def residuals(p: Any) -> Any:
        return (model.recorded(*(p[k] for k in range(len(found[0])))) - measured) * weights

    x = _minimum(recorder, residuals, found[0], np.abs(found[0]), what)
    return x, *(spoiled(recorder, part, f"the covariance, or a detail, of {what}") for part in found[1:])


def _at(f: Any, data: Any) -> Any:
    return lambda *parameters: f(data, *parameters)


def _with_data(f: Any, inner: Callback) -> Any:
    """A model ``f(xdata, *parameters)`` for SciPy, which reads its signature; the data are already in `inner`."""

    def model(_data: Any, *parameters: Any) -> Any:
        return inner(*parameters)

    model.__signature__ = inspect.signature(f)  # type: ignore[attr-defined]  # what inspect reads first
    return model


ENTRIES = careful(
    {
        "scipy.optimize.least_squares": least_squares,
        "scipy.optimize.leastsq": leastsq,
        "scipy.optimize.curve_fit": curve_fit,
    }
)
