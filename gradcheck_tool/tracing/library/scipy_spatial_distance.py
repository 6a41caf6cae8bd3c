"""Distances between recorded vectors, and tables of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.aside import plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.piecewise import finished
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array

Entry = Callable[..., Any]
Distance = Callable[[Any, Any], Any]


def _cosine(u: Any, v: Any) -> Any:
    return 1.0 - np.sum(u * v, axis=-1) / (np.linalg.norm(u, axis=-1) * np.linalg.norm(v, axis=-1))


def _centred(u: Any) -> Any:
    return u - np.mean(u, axis=-1, keepdims=True)


DISTANCES: dict[str, Distance] = {
    "euclidean": lambda u, v: np.linalg.norm(u - v, axis=-1),
    "sqeuclidean": lambda u, v: np.sum((u - v) ** 2, axis=-1),
    "cityblock": lambda u, v: np.sum(np.abs(u - v), axis=-1),
    "chebyshev": lambda u, v: np.max(np.abs(u - v), axis=-1),
    "cosine": _cosine,
    "correlation": lambda u, v: _cosine(_centred(u), _centred(v)),
    "braycurtis": lambda u, v: np.sum(np.abs(u - v), axis=-1) / np.sum(np.abs(u + v), axis=-1),
    "canberra": lambda u, v: np.sum(np.abs(u - v) / (np.abs(u) + np.abs(v)), axis=-1),
}


def _minkowski(p: Any) -> Distance:
    return lambda u, v: np.sum(np.abs(u - v) ** p, axis=-1) ** (1.0 / p)


def _single(kind: str) -> Entry:
    name = f"scipy.spatial.distance.{kind}"

    def entry(recorder: Recorder, u: Any, v: Any, w: Any = None) -> Any:
        if w is not None:
            raise unsolved(name, "w= has no derivative rule here", "scale the vectors first")
        first, second = (np.reshape(as_array(recorder, x), -1) for x in (u, v))
        return finished(recorder, DISTANCES[kind](first, second), original(name)(plain(first), plain(second)), name)

    return entry


def minkowski(recorder: Recorder, u: Any, v: Any, p: Any = 2, w: Any = None) -> Any:
    """``minkowski``."""
    name = "scipy.spatial.distance.minkowski"
    if w is not None:
        raise unsolved(name, "w= has no derivative rule here", "scale the vectors first")
    first, second = (np.reshape(as_array(recorder, x), -1) for x in (u, v))
    return finished(recorder, _minkowski(p)(first, second), original(name)(plain(first), plain(second), plain(p)), name)


def mahalanobis(recorder: Recorder, u: Any, v: Any, VI: Any) -> Any:
    """``mahalanobis``."""
    name = "scipy.spatial.distance.mahalanobis"
    first, second, inverse = (as_array(recorder, x) for x in (u, v, VI))
    gap = first - second
    value = original(name)(plain(first), plain(second), plain(inverse))
    return finished(recorder, np.sqrt(gap @ (inverse @ gap)), value, name)


def _chosen(name: str, metric: Any, keywords: dict[str, Any]) -> Distance:
    if metric == "minkowski" and keywords.keys() <= {"p"}:
        return _minkowski(keywords.get("p", 2))
    if callable(metric) or metric not in DISTANCES or keywords:
        raise unsolved(
            name,
            f"metric={metric!r} with these options has no derivative rule here",
            "write the distance out with NumPy",
        )
    return DISTANCES[metric]


def cdist(recorder: Recorder, XA: Any, XB: Any, metric: Any = "euclidean", *, out: Any = None,
          **keywords: Any) -> Any:  # fmt: skip
    """``cdist``: every row of one array against every row of the other."""
    name = "scipy.spatial.distance.cdist"
    first, second = as_array(recorder, XA), as_array(recorder, XB)
    if out is not None:
        raise unsolved(name, "out= has no derivative rule here", "assign the result")
    distance = _chosen(name, metric, keywords)
    value = original(name)(plain(first), plain(second), metric, **plain(keywords))
    n, m, d = len(plain(first)), len(plain(second)), plain(first).shape[1]
    left = np.broadcast_to(np.reshape(first, (n, 1, d)), (n, m, d))
    right = np.broadcast_to(np.reshape(second, (1, m, d)), (n, m, d))
    return finished(recorder, distance(left, right), value, name)


def pdist(recorder: Recorder, X: Any, metric: Any = "euclidean", *, out: Any = None, **keywords: Any) -> Any:
    """``pdist``: every pair of rows, as a vector."""
    name = "scipy.spatial.distance.pdist"
    rows = as_array(recorder, X)
    if out is not None:
        raise unsolved(name, "out= has no derivative rule here", "assign the result")
    distance = _chosen(name, metric, keywords)
    value = original(name)(plain(rows), metric, **plain(keywords))
    i, j = np.triu_indices(len(plain(rows)), 1)
    return finished(recorder, distance(rows[i], rows[j]), value, name)


def squareform(recorder: Recorder, X: Any, force: str = "no", checks: Any = True) -> Any:
    """``squareform``: between the vector of all pairs and the symmetric table."""
    name = "scipy.spatial.distance.squareform"
    given = as_array(recorder, X)
    value = original(name)(plain(given), force, checks)
    if np.ndim(given) == 2:
        i, j = np.triu_indices(len(plain(given)), 1)
        return finished(recorder, given[i, j], value, name)
    n = value.shape[0]
    places = np.zeros((n, n), dtype=int)
    i, j = np.triu_indices(n, 1)
    places[i, j] = places[j, i] = np.arange(len(plain(given)))
    return finished(recorder, given[places] * (1.0 - np.eye(n)), value, name)


ENTRIES = careful(
    {
        **{f"scipy.spatial.distance.{kind}": _single(kind) for kind in DISTANCES},
        "scipy.spatial.distance.minkowski": minkowski,
        "scipy.spatial.distance.mahalanobis": mahalanobis,
        "scipy.spatial.distance.cdist": cdist,
        "scipy.spatial.distance.pdist": pdist,
        "scipy.spatial.distance.squareform": squareform,
    }
)
