"""Integrals by SciPy: its own value, and the derivative of a recorded sum that agrees with it."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import Callback, plain, stand_in, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.implicit import with_value
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.quadrature import edges, integral
from gradcheck_tool.tracing.library.results import spoiled
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.ufuncs import inactive

_AGREES = 1e-9


def quad(recorder: Recorder, func: Any, a: Any, b: Any, args: Any = (), full_output: Any = 0, epsabs: Any = 1.49e-8,
         epsrel: Any = 1.49e-8, limit: Any = 50, points: Any = None, weight: Any = None, wvar: Any = None,
         wopts: Any = None, maxp1: Any = 50, limlst: Any = 50, complex_func: Any = False) -> Any:  # fmt: skip
    """``quad``: limits, break points and whatever the integrand uses may depend on the inputs."""
    what = "scipy.integrate.quad"
    integrand = Callback(recorder, func, what, args)
    found = original(what)(
        integrand, plain(a), plain(b), (), full_output, plain(epsabs), plain(epsrel), limit, plain(points), weight,
        plain(wvar), wopts, maxp1, limlst, complex_func,
    )  # fmt: skip
    if not (integrand.active or holds_active(recorder, [a, b, points, wvar])):
        return found
    if weight is not None or complex_func:
        raise unsolved(
            what, "weight= and complex_func= have no derivative rule here", "write the weight into the integrand"
        )
    value, error = float(found[0]), float(found[1])
    total = _agreeing(recorder, integrand, (a, b), _listed(points), value, error, what)
    return total, error, *(spoiled(recorder, part, f"a detail of the result of {what}") for part in found[2:])


def quad_vec(recorder: Recorder, f: Any, a: Any, b: Any, epsabs: Any = 1e-200, epsrel: Any = 1e-8, norm: Any = "2",
             cache_size: Any = 100e6, limit: Any = 10000, workers: Any = 1, points: Any = None, quadrature: Any = None,
             full_output: Any = False, *, args: Any = ()) -> Any:  # fmt: skip
    """``quad_vec``: integrands whose values are arrays."""
    what = "scipy.integrate.quad_vec"
    integrand = Callback(recorder, f, what, args)
    found = original(what)(
        integrand, plain(a), plain(b), epsabs, epsrel, norm, cache_size, limit, workers, plain(points), quadrature,
        full_output,
    )  # fmt: skip
    if not (integrand.active or holds_active(recorder, [a, b, points])):
        return inactive(recorder, found)
    total = _agreeing(recorder, integrand, (a, b), _listed(points), found[0], float(found[1]), what)
    return total, found[1], *(spoiled(recorder, part, f"a detail of the result of {what}") for part in found[2:])


def _listed(points: Any) -> list[Any]:
    return [] if points is None else [points[k] for k in range(len(points))]


def _agreeing(
    recorder: Recorder,
    integrand: Callback,
    limits: tuple[Any, Any],
    points: list[Any],
    value: Any,
    error: float,
    what: str,
) -> Any:
    """The recorded integral, believed where it is the number the library found, which it keeps."""
    if recorder.searching:
        return stand_in(recorder, value)  # an outer solver wants the number alone
    if not integrand.active:
        ends = edges(recorder, integrand.recorded, *limits, what)
        return with_value(recorder, value + ends, value)
    total, size = integral(recorder, integrand.recorded, *limits, points, what)
    if not np.all(np.abs(plain(total) - value) <= _AGREES * size + error):
        raise unsolved(
            what,
            "the value is not accurate enough to be differentiated",
            "tighten epsabs= and epsrel=, or split the range",
        )
    if np.shape(plain(total)) != np.shape(value):
        raise unsolved(what, "the integrand changes its shape", "return arrays of one shape")
    return with_value(recorder, total, value)


def fixed_quad(recorder: Recorder, func: Any, a: Any, b: Any, args: Any = (), n: int = 5) -> Any:
    """``fixed_quad``: Gauss-Legendre nodes, recorded as they are."""
    what = "scipy.integrate.fixed_quad"
    rule = Callback(recorder, func, what, args)
    found = original(what)(rule, plain(a), plain(b), (), n)
    if not (rule.active or holds_active(recorder, [a, b])):
        return inactive(recorder, found)
    nodes, weights = np.polynomial.legendre.leggauss(n)
    places = (b - a) * (nodes + 1) / 2.0 + a
    total = (b - a) / 2.0 * np.sum(weights * as_array(recorder, rule.recorded(places)), axis=-1)
    return patched(recorder, total, found[0]), None


ENTRIES = careful(
    {
        "scipy.integrate.quad": quad,
        "scipy.integrate.quad_vec": quad_vec,
        "scipy.integrate.fixed_quad": fixed_quad,
    }
)
