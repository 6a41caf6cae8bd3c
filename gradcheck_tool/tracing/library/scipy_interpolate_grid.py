"""Linear interpolation on a rectangular grid."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from gradcheck_tool.tracing.library.arguments import holds_active
from gradcheck_tool.tracing.library.aside import plain, unsolved
from gradcheck_tool.tracing.library.careful import careful
from gradcheck_tool.tracing.library.originals import original
from gradcheck_tool.tracing.library.piecewise import finished
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array

_NAME = "scipy.interpolate.RegularGridInterpolator"


class Grid:
    """A stand-in for ``RegularGridInterpolator`` of values that depend on the inputs."""

    def __init__(self, recorder: Recorder, plainly: Any, values: Any) -> None:
        self._recorder, self._plainly, self.values = recorder, plainly, values

    def __call__(self, xi: Any, method: Any = None, *, nu: Any = None) -> Any:
        """The values at the places xi, (..., d) or a tuple of d arrays."""
        plainly, recorder = self._plainly, self._recorder
        if (method or plainly.method) != "linear" or nu is not None:
            raise unsolved(
                _NAME, "method= other than 'linear', and nu=, have no derivative rule here", "use method='linear'"
            )
        axes = plainly.grid
        if isinstance(xi, tuple):
            parts = [as_array(recorder, part) for part in xi]
            value = plainly(tuple(plain(part) for part in parts))
        else:
            places = as_array(recorder, xi)
            value = plainly(plain(places))
            if np.ndim(places) == 1 and len(axes) > 1:
                places = np.reshape(places, (1, -1))
            parts = [places[..., k] for k in range(len(axes))] if np.ndim(places) > 1 or len(axes) > 1 else [places]
        corners: list[tuple[Any, Any]] = []
        for part, grid in zip(parts, axes, strict=True):
            at = plain(part)
            if np.any((at < grid[0]) | (at > grid[-1])) and plainly.fill_value is not None:
                raise unsolved(
                    _NAME, "a place outside of the grid has no derivative rule here", "keep the places inside"
                )
            below = np.clip(np.searchsorted(grid, at, side="right") - 1, 0, len(grid) - 2)
            if recorder.active(part):
                _ = part < np.where(below < len(grid) - 2, grid[below + 1], np.inf)
                _ = part >= np.where(below > 0, grid[below], -np.inf)
            corners.append((below, (part - grid[below]) / (grid[below + 1] - grid[below])))
        total: Any = 0.0
        for sides in itertools.product((0, 1), repeat=len(axes)):
            weight: Any = 1.0
            for side, (_, share) in zip(sides, corners, strict=True):
                weight = weight * (share if side else 1.0 - share)
            corner = self.values[tuple(below + side for side, (below, _) in zip(sides, corners, strict=True))]
            total = (
                total
                + np.reshape(
                    weight, (*np.shape(plain(weight)), *(1,) * (np.ndim(plain(corner)) - np.ndim(plain(weight))))
                )
                * corner
            )
        return finished(recorder, np.reshape(total, np.shape(value)), value, _NAME)


def regular_grid(recorder: Recorder, points: Any, values: Any, method: Any = "linear", bounds_error: Any = True,
                 fill_value: Any = np.nan, **keywords: Any) -> Any:  # fmt: skip
    """``RegularGridInterpolator`` of values that depend on the inputs."""
    if holds_active(recorder, [points, fill_value]):
        raise unsolved(_NAME, "a grid that depends on the inputs has no derivative rule here", "keep the grid constant")
    data = as_array(recorder, values)
    plainly = original(_NAME)(plain(points), plain(data), method, bounds_error, plain(fill_value), **plain(keywords))
    for k, (given, kept) in enumerate(zip(plain(points), plainly.grid, strict=True)):
        if np.asarray(given)[0] != kept[0]:
            data = np.flip(data, axis=k)  # SciPy turns falling axes round
    return Grid(recorder, plainly, data)


def regular_grid_call(recorder: Recorder, plainly: Any, xi: Any, method: Any = None, *, nu: Any = None) -> Any:
    """A constant ``RegularGridInterpolator`` at places that depend on the inputs."""
    return Grid(recorder, plainly, plainly.values)(xi, method, nu=nu)


ENTRIES = careful({_NAME: regular_grid, f"{_NAME}.__call__": regular_grid_call})
