"""SciPy's linear filters, written out: convolutions and the recurrence of ``lfilter``."""

from __future__ import annotations

import itertools
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
_MODES = ("full", "same", "valid")


def _full(a: Any, b: Any) -> Any:
    """The full convolution of two arrays with as many axes: shifted copies of one, weighted by the other."""
    if np.size(plain(b)) > np.size(plain(a)):
        a, b = b, a
    shape = tuple(n + m - 1 for n, m in zip(plain(a).shape, plain(b).shape, strict=True))
    total: Any = 0.0
    for place in itertools.product(*(range(m) for m in plain(b).shape)):
        before_after = [(k, n - k - size) for k, n, size in zip(place, shape, plain(a).shape, strict=True)]
        total = total + np.pad(a, before_after) * b[place]
    return total


def _part(whole: Any, a: Any, b: Any, mode: str) -> Any:
    """The part of a full convolution that `mode` asks for."""
    if mode == "full":
        return whole
    first, second = np.shape(plain(a)), np.shape(plain(b))
    if mode == "same":
        wanted = first
    else:
        swap = all(m >= n for n, m in zip(first, second, strict=True)) and first != second
        large, small = (second, first) if swap else (first, second)
        wanted = tuple(n - m + 1 for n, m in zip(large, small, strict=True))
    starts = [(n - m) // 2 for n, m in zip(np.shape(plain(whole)), wanted, strict=True)]
    return whole[tuple(slice(start, start + size) for start, size in zip(starts, wanted, strict=True))]


def _convolution(name: str, *, correlated: bool = False) -> Entry:
    full = f"scipy.signal.{name}"

    def entry(recorder: Recorder, in1: Any, in2: Any, mode: str = "full", *rest: Any, **keywords: Any) -> Any:
        a, b = as_array(recorder, in1), as_array(recorder, in2)
        value = original(full)(plain(a), plain(b), mode, *rest, **keywords)
        if mode not in _MODES or keywords.keys() - {"method"} or (rest and name.endswith("2d")):
            raise unsolved(
                full,
                "boundary=, fillvalue= and axes= have no derivative rule here",
                "pad the array with numpy.pad first",
            )
        if correlated:
            b = b[(slice(None, None, -1),) * np.ndim(plain(b))]
        return finished(recorder, _part(_full(a, b), a, b, mode), value, full)

    return entry


def lfilter(recorder: Recorder, b: Any, a: Any, x: Any, axis: int = -1, zi: Any = None) -> Any:
    """``lfilter``: the difference equation, sample by sample, in transposed direct form II."""
    name = "scipy.signal.lfilter"
    ahead, back, signal = (np.atleast_1d(as_array(recorder, given)) for given in (b, a, x))
    start = None if zi is None else as_array(recorder, zi)
    value = original(name)(plain(ahead), plain(back), plain(signal), axis, plain(start))
    signal = np.moveaxis(signal, axis, 0)
    order = max(len(plain(ahead)), len(plain(back)))
    ahead, back = ahead / back[0], back / back[0]
    states: list[Any] = [0.0] * (order - 1)
    if start is not None:
        moved = np.moveaxis(start, axis, 0)
        states = [moved[k] for k in range(order - 1)]
    found = []
    for n in range(len(plain(signal))):
        y = ahead[0] * signal[n] + (states[0] if states else 0.0)
        following = [*states[1:], 0.0]
        states = [
            following[k]
            + (ahead[k + 1] * signal[n] if k + 1 < len(plain(ahead)) else 0.0)
            - (back[k + 1] * y if k + 1 < len(plain(back)) else 0.0)
            for k in range(order - 1)
        ]
        found.append(y)
    result = np.moveaxis(np.stack(found), 0, axis)
    if zi is None:
        return finished(recorder, result, value, name)
    last = np.moveaxis(np.stack([s + 0.0 * found[0] for s in states]), 0, axis)
    return finished(recorder, result, value[0], name), finished(recorder, last, value[1], name)


def detrend(recorder: Recorder, data: Any, axis: int = -1, type: str = "linear", bp: Any = 0,  # noqa: A002 - SciPy's name
            overwrite_data: Any = False) -> Any:  # fmt: skip
    """``detrend`` without break points: the data less their mean, or less the line of least squares."""
    name = "scipy.signal.detrend"
    array = as_array(recorder, data)
    value = original(name)(plain(array), axis, type, bp)
    if np.any(plain(bp)) or overwrite_data:
        raise unsolved(name, "bp= and overwrite_data= have no derivative rule here", "detrend each part")
    moved = np.moveaxis(array, axis, -1)
    moved = moved - np.mean(moved, axis=-1, keepdims=True)
    if type in ("linear", "l"):
        n = plain(array).shape[axis]
        line = np.arange(n) - (n - 1) / 2.0
        moved = moved - np.sum(moved * line, axis=-1, keepdims=True) * (line / (line @ line))
    return finished(recorder, np.moveaxis(moved, -1, axis), value, name)


ENTRIES = careful(
    {
        **{
            f"scipy.signal.{name}": _convolution(name)
            for name in ("convolve", "fftconvolve", "oaconvolve", "convolve2d")
        },
        **{f"scipy.signal.{name}": _convolution(name, correlated=True) for name in ("correlate", "correlate2d")},
        "scipy.signal.lfilter": lfilter,
        "scipy.signal.detrend": detrend,
    }
)
