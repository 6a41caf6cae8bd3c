"""``np.r_`` and ``np.c_`` of recorded pieces: slices are ranges, a string says along which axis, as NumPy reads it."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing.construct import holds_recorded
from gradcheck_tool.tracing.ranges import arange, linspace
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import as_array
from gradcheck_tool.tracing.ufuncs import inactive, refusal


class Joined:
    """What ``np.r_`` (axis 0) or ``np.c_`` (axis -1, at least two axes) is while f runs."""

    def __init__(self, recorder: Recorder, original: Any) -> None:
        self._recorder = recorder
        self._original = original

    def __len__(self) -> int:
        return 0

    def __getitem__(self, key: Any) -> Any:
        pieces = key if isinstance(key, tuple) else (key,)
        if not any(_is_recorded(piece) for piece in pieces):
            return inactive(self._recorder, self._original[key])
        axis, ndim, leading = self._original.axis, self._original.ndmin, self._original.trans1d
        if isinstance(pieces[0], str):
            axis, ndim, leading = _directive(pieces[0], axis, ndim, leading)
            pieces = pieces[1:]
        return np.concatenate([self._shaped(piece, ndim, leading) for piece in pieces], axis=axis)

    def _shaped(self, piece: Any, ndim: int, leading: int) -> Any:
        if isinstance(piece, str):
            raise refusal("a string after the first entry of numpy.r_", "put the string first")
        if isinstance(piece, slice):
            array = self._range(piece)
            return np.reshape(array, _wide(array.shape, ndim, leading)) if ndim > 1 else array
        array = as_array(self._recorder, piece)
        if array.ndim == 0:
            return np.reshape(array, (1,) * max(ndim, 1))
        return np.reshape(array, _wide(array.shape, ndim, leading)) if array.ndim < ndim else array

    def _range(self, piece: slice) -> Any:
        recorder = self._recorder
        start = 0 if piece.start is None else piece.start
        step = 1 if piece.step is None else piece.step
        if isinstance(step, complex):
            return linspace(recorder, start, piece.stop, num=int(abs(step)))
        if any(recorder.active(x) for x in (start, piece.stop, step)):
            return arange(recorder, start, piece.stop, step)
        return np.arange(start, piece.stop, step)


def _is_recorded(piece: Any) -> bool:
    return holds_recorded([piece.start, piece.stop, piece.step] if isinstance(piece, slice) else piece)


def _directive(text: str, axis: int, ndim: int, leading: int) -> tuple[int, int, int]:
    """``'axis,ndim,where the given axes start'``; ``'r'`` and ``'c'`` make matrices and are refused."""
    numbers = text.split(",")
    if numbers[0] in ("r", "c"):
        raise refusal(f"{text!r} in numpy.r_, which makes a matrix", "use '0,2' or numpy.concatenate")
    given = [int(number) for number in numbers]
    found = (axis, ndim, leading)
    return (*given, *found[len(given) :])[:3]  # type: ignore[return-value]  # three numbers


def _wide(shape: tuple[int, ...], ndim: int, leading: int) -> tuple[int, ...]:
    """The shape with ones added until it has `ndim` axes, the given axes starting at `leading`."""
    missing = ndim - len(shape)
    before = missing if leading < 0 and leading == -1 else leading if leading >= 0 else missing + leading + 1
    return (*(1,) * before, *shape, *(1,) * (missing - before))
