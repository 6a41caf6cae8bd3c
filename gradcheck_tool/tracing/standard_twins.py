"""Recording twins of Python's own library: `statistics` is followed; what wants bare numbers is refused by name."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import construct, reductions
from gradcheck_tool.tracing.builtin_twins import Disguised
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.text import refuse_text

_HOMES = {"_struct": "struct", "_decimal": "decimal", "json.encoder": "json", "_statistics": "statistics"}
# Functions that take the numbers themselves, in C or as text.
_REFUSED = {
    "ast": ("literal_eval",),
    "json": ("dumps", "dump", "loads"),
    "struct": ("pack", "pack_into"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
}
STANDARD = (*_REFUSED, "statistics")


def home(x: Any) -> str:
    """The module of the standard library that x is, or is from, if twins of it may be needed."""
    name = x.__name__ if isinstance(x, ModuleType) else getattr(x, "__module__", None)
    name = _HOMES.get(name, name) if isinstance(name, str) else ""
    return name if name in STANDARD and name in sys.modules else ""


def standard_twins(recorder: Recording, name: str) -> dict[str, Any]:
    """The twins of one module, by name."""
    module = sys.modules[name]
    if name != "statistics":
        return {word: _refusing(recorder, name, getattr(module, word)) for word in _REFUSED[name]}
    changed: dict[str, Any] = {}
    for word in module.__all__:
        original = getattr(module, word)
        if callable(original) and not isinstance(original, type):
            entry = _STATISTICS.get(word)
            changed[word] = (
                _refusing(recorder, name, original) if entry is None else _followed(recorder, entry, original)
            )
        elif word == "NormalDist":
            changed[word] = _refusing(recorder, name, original)
    return changed


def _refusing(recorder: Recording, module: str, original: Any) -> Any:
    name = f"{module}.{original.__name__}"

    def check(args: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        for x in args:
            refuse_text(recorder, name, x)
        if any(_holds_active(recorder, x) for x in (*args, *keywords.values())):
            raise CannotFollow(
                f"{name} has no derivative rule here",
                where=here(),
                remedy="write that step with math or NumPy functions, or check against differences alone",
            )

    if isinstance(original, type):

        def make(_cls: Any, *args: Any, **keywords: Any) -> Any:
            check(args, keywords)
            return original(*args, **keywords)

        return Disguised(original.__name__, (), {"original": original, "__new__": make})

    @functools.wraps(original)
    def twin(*args: Any, **keywords: Any) -> Any:
        check(args, keywords)
        return original(*args, **keywords)

    return twin


def _holds_active(recorder: Recording, x: Any) -> bool:
    if isinstance(x, dict):
        return any(_holds_active(recorder, inner) for inner in x.values())
    if issubclass(type(x), list | tuple | set | frozenset):
        return any(_holds_active(recorder, inner) for inner in x)
    return construct.holds_recorded(x) and recorder.active(x)


def _followed(recorder: Recording, entry: Callable[..., Any], original: Callable[..., Any]) -> Callable[..., Any]:
    """A function of one or two samples: computed by Python, differentiated through `entry`."""

    @functools.wraps(original)
    def twin(*samples: Any, **keywords: Any) -> Any:
        samples = tuple(x if x is None or construct.is_number(x) else list(x) for x in samples)
        plain = tuple(construct.bare(recorder, x) for x in samples)
        value = original(*plain, **{name: construct.bare(recorder, x) for name, x in keywords.items()})
        if not any(_holds_active(recorder, x) for x in (*samples, *keywords.values())):
            return value
        start = len(recorder.value)
        result = _patched(recorder, entry(*samples, **keywords), value)
        recorder.restamp(start)
        return result

    return twin


def _patched(recorder: Recording, result: Any, value: Any) -> Any:
    if isinstance(value, tuple):
        return type(value)(*(_patched(recorder, *pair) for pair in zip(result, value, strict=True)))
    patched = reductions.patched(recorder, result, value)
    return recorder.wrap(value, recorder.line(patched)) if recorder.active(patched) else value


def _mean(data: list[Any]) -> Any:
    return _sum(data) / len(data)


def _sum(terms: Any) -> Any:
    return functools.reduce(lambda a, b: a + b, terms)


def _weighted(data: list[Any], weights: Any = None) -> Any:
    if weights is None:
        return _mean(data)
    return _sum([w * x for w, x in zip(weights, data, strict=True)]) / _sum(list(weights))


def _median(data: list[Any]) -> Any:
    ordered = sorted(data)
    n = len(ordered)
    return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2


def _variance(data: list[Any], mean: Any = None, *, lost: int = 1) -> Any:
    center = _mean(data) if mean is None else mean
    return _sum([(x - center) ** 2 for x in data]) / (len(data) - lost)


def _root(variance: Callable[..., Any]) -> Callable[..., Any]:
    return lambda data, mean=None: variance(data, mean) ** 0.5


def _population(data: list[Any], mean: Any = None) -> Any:
    return _variance(data, mean, lost=0)


def _geometric(data: list[Any]) -> Any:
    # Not by math.log: a twin of it belongs to the user's code alone.
    return _product([x ** (1.0 / len(data)) for x in data])


def _product(factors: list[Any]) -> Any:
    return functools.reduce(lambda a, b: a * b, factors)


def _harmonic(data: list[Any], weights: Any = None) -> Any:
    weights = [1.0] * len(data) if weights is None else list(weights)
    return _sum(weights) / _sum([w / x for w, x in zip(weights, data, strict=True)])


def _products(x: list[Any], y: list[Any]) -> Any:
    a, b = _mean(x), _mean(y)
    return _sum([(v - a) * (w - b) for v, w in zip(x, y, strict=True)])


def _covariance(x: list[Any], y: list[Any]) -> Any:
    return _products(x, y) / (len(x) - 1)


def _correlation(x: list[Any], y: list[Any]) -> Any:
    return _products(x, y) / (_products(x, x) * _products(y, y)) ** 0.5


def _regression(x: list[Any], y: list[Any]) -> tuple[Any, Any]:
    slope = _products(x, y) / _products(x, x)
    return slope, _mean(y) - slope * _mean(x)


_STATISTICS: dict[str, Callable[..., Any]] = {
    "mean": _mean,
    "fmean": _weighted,
    "median": _median,
    "median_low": lambda data: sorted(data)[(len(data) - 1) // 2],
    "median_high": lambda data: sorted(data)[len(data) // 2],
    "variance": lambda data, xbar=None: _variance(data, xbar),
    "pvariance": lambda data, mu=None: _population(data, mu),
    "stdev": lambda data, xbar=None: _root(_variance)(data, xbar),
    "pstdev": lambda data, mu=None: _root(_population)(data, mu),
    "geometric_mean": _geometric,
    "harmonic_mean": _harmonic,
    "covariance": _covariance,
    "correlation": _correlation,
    "linear_regression": _regression,
}
