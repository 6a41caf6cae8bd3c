"""SciPy's distributions with recorded arguments, places and parameters, frozen or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.densities import CONTINUOUS, DISCRETE, Family
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.piecewise import finished
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array

Entry = Callable[..., Any]
_METHODS = ("pdf", "logpdf", "cdf", "logcdf", "sf", "logsf", "ppf", "isf")
_OTHER = "write the formula out with NumPy and scipy.special"


def _parameters(dist: Any, args: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[list[Any], Any, Any]:
    """Shape parameters, loc and scale, bound as SciPy binds them."""
    names = [*(dist.shapes.replace(" ", "").split(",") if dist.shapes else []), "loc"]
    if hasattr(dist, "pdf"):
        names.append("scale")
    if len(args) > len(names):
        raise TypeError(f"{dist.name} takes at most {len(names)} parameters")
    given = {**dict(zip(names, args, strict=False)), **keywords}
    unknown = given.keys() - set(names)
    missing = [name for name in names if name not in given and name not in ("loc", "scale")]
    if unknown or missing:
        raise TypeError(f"_parse_args() got unexpected or misses arguments: {sorted(unknown) or missing}")
    shapes = [given[name] for name in names if name not in ("loc", "scale")]
    return shapes, given.get("loc", 0), given.get("scale", 1)


def _arrays(recorder: Recorder, values: list[Any]) -> list[Any]:
    return [as_array(recorder, x) if isinstance(x, list | tuple) else x for x in values]


def _method(name: str, method: str) -> Entry:
    family = CONTINUOUS[name]
    full = f"scipy.stats.{name}.{method}"

    def entry(recorder: Recorder, dist: Any, x: Any, *args: Any, **keywords: Any) -> Any:
        value = getattr(dist, method)(plain(x), *plain(args), **plain(keywords))
        shapes, loc, scale = _parameters(dist, args, keywords)
        place, loc, scale, *shapes = _arrays(recorder, [x, loc, scale, *shapes])
        result = _evaluated(recorder, family, method, (place, loc, scale, shapes), value, full)
        return finished(recorder, result, value, full)

    return entry


def _evaluated(
    recorder: Recorder, family: Family, method: str, given: tuple[Any, Any, Any, list[Any]], value: Any, full: str
) -> Any:
    """One method of one distribution, from its standard form."""
    place, loc, scale, shapes = given
    if method in ("ppf", "isf"):
        form = family.forms.get(method)
        q = plain(place)
        if form is None or not np.all((q > 0) & (q < 1)):
            raise unsolved(full, "quantiles of 0, of 1 or of this distribution have no derivative rule here", _OTHER)
        return form(place, *shapes) * scale + loc
    z = (place - loc) / scale
    at = plain(z)
    inside = (at > family.low) & (at < family.high)
    if np.any((at == family.low) | (at == family.high)):
        raise unsolved(full, "the end of the support is a kink", "keep the argument inside")
    if recorder.active(z) and np.isfinite(family.low + family.high):
        _ = (z > family.low) & (z < family.high)
    if not np.all(inside):
        centre = 0.5 if np.isfinite(family.high) else family.low + 1.0
        z = np.where(inside, z, centre)
    formula = _inside(family, method, z, scale, shapes, full)
    if np.all(inside):
        return formula
    return np.where(inside, formula, np.where(inside, 0.0, value))


def _inside(family: Family, method: str, z: Any, scale: Any, shapes: list[Any], full: str) -> Any:
    if method == "logpdf":
        return family.logpdf(z, *shapes) - np.log(scale)
    if method == "pdf":
        return np.exp(family.logpdf(z, *shapes)) / scale
    if method in family.forms:
        return family.forms[method](z, *shapes)
    bare = method.removeprefix("log")
    if method.startswith("log") and bare in family.forms:
        return np.log(family.forms[bare](z, *shapes))
    raise unsolved(full, "it has no derivative rule here", _OTHER)


def _discrete(name: str, method: str) -> Entry:
    logarithm, cumulative = DISCRETE[name]
    full = f"scipy.stats.{name}.{method}"

    def entry(recorder: Recorder, dist: Any, k: Any, *args: Any, **keywords: Any) -> Any:
        value = getattr(dist, method)(plain(k), *plain(args), **plain(keywords))
        shapes, loc, _ = _parameters(dist, args, keywords)
        if holds_active(recorder, [k, loc]):
            raise unsolved(
                full, "a count that depends on the inputs has no derivative rule here", "keep the counts constant"
            )
        count, *shapes = _arrays(recorder, [plain(k), *shapes])
        count = np.asarray(count, dtype=float) - plain(loc)
        ok = np.isfinite(value) & (np.asarray(value) > (0 if "log" not in method else -np.inf))
        if method in ("cdf", "sf"):
            ok = ok & (np.asarray(value) < 1)
        if not np.all(ok) or (method in ("cdf", "sf") and cumulative is None):
            raise unsolved(
                full, "counts outside of the support, or this function, have no derivative rule here", _OTHER
            )
        if method in ("cdf", "sf") and cumulative is not None:
            result = cumulative(count, *shapes)
            result = 1.0 - result if method == "sf" else result
        else:
            result = logarithm(count, *shapes)
            result = np.exp(result) if method == "pmf" else result
        return finished(recorder, result, value, full)

    return entry


class Frozen:
    """A stand-in for a distribution frozen with recorded parameters."""

    def __init__(
        self, recorder: Recorder, dist: Any, name: str, args: tuple[Any, ...], keywords: dict[str, Any]
    ) -> None:
        self._recorder, self.dist, self._name = recorder, dist, name
        self.args, self.kwds = args, keywords
        if hasattr(dist, "shapes"):
            _parameters(dist, args, keywords)  # SciPy looks at them here, too

    def __getattr__(self, method: str) -> Any:
        full = f"scipy.stats.{self._name}.{method}"
        entry = ENTRIES.get(full)
        if entry is None:
            raise unsolved(full, "it has no derivative rule here", _OTHER)
        return lambda *x, **keywords: entry(self._recorder, self.dist, *x, *self.args, **self.kwds, **keywords)


def _freeze(name: str) -> Entry:
    def entry(recorder: Recorder, dist: Any, *args: Any, **keywords: Any) -> Any:
        return Frozen(recorder, dist, name, args, keywords)

    return entry


def _of_frozen(method: str) -> Entry:
    """A method of a distribution frozen with constants, at recorded places."""

    def entry(recorder: Recorder, frozen: Any, x: Any) -> Any:
        full = f"scipy.stats.{frozen.dist.name}.{method}"
        known = ENTRIES.get(full)
        if known is None:
            raise unsolved(full, "it has no derivative rule here", _OTHER)
        return known(recorder, frozen.dist, x, *frozen.args, **frozen.kwds)

    return entry


def _rvs(name: str) -> Entry:
    full = f"scipy.stats.{name}.rvs"

    def entry(
        recorder: Recorder, dist: Any, *args: Any, size: Any = None, random_state: Any = None, **keywords: Any
    ) -> Any:
        shapes, loc, scale = _parameters(dist, args, keywords)
        if holds_active(recorder, shapes):
            raise unsolved(
                full, "samples with recorded shape parameters have no derivative rule here", "keep them constant"
            )
        loc, scale = _arrays(recorder, [loc, scale])
        if size is None:
            size = np.broadcast_shapes(
                np.shape(plain(loc)), np.shape(plain(scale)), *(np.shape(s) for s in plain(shapes))
            )
        drawn = dist.rvs(*plain(shapes), size=size, random_state=random_state)
        return drawn * scale + loc

    return entry


_MOMENTS: dict[str, Callable[[Any, Any], Any]] = {
    "mean": lambda loc, _scale: loc,
    "median": lambda loc, _scale: loc,
    "std": lambda _loc, scale: scale,
    "var": lambda _loc, scale: scale * scale,
}


def _moment(method: str) -> Entry:
    def entry(recorder: Recorder, dist: Any, *args: Any, **keywords: Any) -> Any:
        _, loc, scale = _parameters(dist, args, keywords)
        loc, scale = _arrays(recorder, [loc, scale])
        value = getattr(dist, method)(loc=plain(loc), scale=plain(scale))
        return finished(recorder, _MOMENTS[method](loc, scale) * 1.0, value, f"scipy.stats.norm.{method}")

    return entry


# --- the multivariate normal distribution --------------------------------------------------------


def _multivariate(method: str) -> Entry:
    full = f"scipy.stats.multivariate_normal.{method}"

    def entry(recorder: Recorder, dist: Any, x: Any, mean: Any = None, cov: Any = 1, allow_singular: Any = False,
              **keywords: Any) -> Any:  # fmt: skip
        if keywords or allow_singular:
            raise unsolved(full, "allow_singular= has no derivative rule here", "keep the covariance regular")
        if not isinstance(plain(cov), int | float | list | np.ndarray):
            raise unsolved(full, "a Covariance object has no derivative rule here", "give the matrix")
        value = getattr(dist, method)(plain(x), plain(mean), plain(cov))
        place = as_array(recorder, x)
        centre = 0.0 if mean is None else as_array(recorder, mean)
        spread = as_array(recorder, cov)
        d = max(np.size(plain(centre)), spread.shape[0] if np.ndim(spread) else 1)
        if np.ndim(spread) == 0:
            spread = spread * np.eye(d)
        elif np.ndim(spread) == 1:
            spread = np.diag(spread)
        spread = 0.5 * (spread + spread.T)
        gap = place - centre
        gap = np.reshape(gap, (-1, d))
        squares = np.sum(gap * np.linalg.solve(spread, gap.T).T, axis=-1)
        logarithm = -0.5 * (squares + np.linalg.slogdet(spread)[1] + d * np.log(2.0 * np.pi))
        result = np.reshape(logarithm, np.shape(value))
        return finished(recorder, np.exp(result) if method == "pdf" else result, value, full)

    return entry


def _frozen_multivariate(method: str) -> Entry:
    def entry(recorder: Recorder, frozen: Any, x: Any) -> Any:
        general = original("scipy.stats.multivariate_normal")
        return _multivariate(method)(recorder, general, x, frozen.mean, frozen.cov)

    return entry


ENTRIES = careful(
    {
        **{f"scipy.stats.{name}.{method}": _method(name, method) for name in CONTINUOUS for method in _METHODS},
        **{f"scipy.stats.{name}.rvs": _rvs(name) for name in CONTINUOUS},
        **{f"scipy.stats.{name}.{m}": _discrete(name, m) for name in DISCRETE for m in ("pmf", "logpmf", "cdf", "sf")},
        **{f"scipy.stats.{name}.__call__": _freeze(name) for name in (*CONTINUOUS, *DISCRETE)},
        **{f"scipy.stats.{name}.freeze": _freeze(name) for name in (*CONTINUOUS, *DISCRETE)},
        **{f"scipy.stats.norm.{method}": _moment(method) for method in _MOMENTS},
        **{f"scipy.stats.rv_continuous_frozen.{method}": _of_frozen(method) for method in _METHODS},
        **{f"scipy.stats.rv_discrete_frozen.{method}": _of_frozen(method) for method in ("pmf", "logpmf", "cdf", "sf")},
        **{f"scipy.stats.multivariate_normal_gen.{method}": _multivariate(method) for method in ("pdf", "logpdf")},
        "scipy.stats.multivariate_normal_gen.__call__": _freeze("multivariate_normal_gen"),
        **{f"scipy.stats.multivariate_normal_frozen.{m}": _frozen_multivariate(m) for m in ("pdf", "logpdf")},
    }
)
