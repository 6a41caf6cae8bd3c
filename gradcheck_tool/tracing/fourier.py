"""``numpy.fft`` on recorded arrays: crops, pads, shifts and the linear row ``dft``, one axis at a time.

The DFT of length n costs O(n log n) in every mode, since its matrix is its own transpose. The real transforms
are made of it: ``rfft`` keeps the first half, ``irfft`` restores the other half as the conjugate of the first, and
``hfft`` and ``ihfft`` are those with the direction turned round.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcheck_tool.tracing.complex_ufuncs import embedded
from gradcheck_tool.tracing.recorder import Recorded, Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.ufuncs import inactive

Entry = Callable[..., Any]
TURNED = {None: "forward", "backward": "forward", "forward": "backward", "ortho": "ortho"}


def dft(recorder: Recorder, a: Any, axis: int, *, inverse: bool, norm: Any) -> Any:
    """The DFT of an array along one axis at its full length."""
    a = embedded(recorder, a)
    if not recorder.active(a):
        return (np.fft.ifft if inverse else np.fft.fft)(recorder.number(a), axis=axis, norm=norm)
    detail = (axis % a.ndim, inverse, norm)
    value = (np.fft.ifft if inverse else np.fft.fft)(recorder.number(a), axis=axis, norm=norm)
    return recorder.emit("dft", recorder.line(a), detail, solid(value))


def fitted(a: Any, n: int, axis: int) -> Any:
    """The array cropped, or padded with zeros, to n entries along an axis."""
    lead = (slice(None),) * (axis % a.ndim)
    size = a.shape[axis]
    if n <= size:
        return a if n == size else a[(*lead, slice(0, n))]
    shape = list(a.shape)
    shape[axis] = n - size
    return np.concatenate([a, np.zeros(shape)], axis=axis)


def half(recorder: Recorder, a: Any, n: int, axis: int, norm: Any) -> Any:
    """``rfft``: the first ``n // 2 + 1`` entries of the DFT of n real numbers."""
    whole = dft(recorder, fitted(a, n, axis), axis, inverse=False, norm=norm)
    return fitted(whole, n // 2 + 1, axis)


def whole(recorder: Recorder, a: Any, n: int, axis: int, norm: Any) -> Any:
    """``irfft``: n real numbers from the first ``n // 2 + 1`` entries of their DFT."""
    lead = (slice(None),) * (axis % a.ndim)
    first = fitted(a, n // 2 + 1, axis)
    rest = np.conjugate(first[(*lead, slice(1, (n + 1) // 2))])[(*lead, slice(None, None, -1))]
    return np.real(dft(recorder, np.concatenate([first, rest], axis=axis), axis, inverse=True, norm=norm))


def _called(function: Callable[..., Any], number: Any, *args: Any) -> Any:
    """The transform itself; of a value of an enclosing recording the one of NumPy, which that one follows."""
    if isinstance(type(number), Recorded):
        function = getattr(np.fft, function.__name__)
    return function(number, *args)


def one_axis(function: Callable[..., Any], make: Callable[..., Any], length: Callable[[int], int]) -> Entry:
    """A transform along an axis, written by ``make(recorder, a, n, axis, norm)``; by default n is ``length(size)``."""

    def entry(recorder: Recorder, a: Any, n: Any = None, axis: int = -1, norm: Any = None) -> Any:
        a = as_array(recorder, a)
        value = _called(function, recorder.number(a), n, axis, norm)  # which also judges the arguments
        if not recorder.active(a):
            return inactive(recorder, value)
        count = length(a.shape[axis]) if n is None else operator.index(n)
        return patched(recorder, make(recorder, a, count, axis, norm), value)

    return entry


def several(function: Callable[..., Any], steps: Callable[..., Any], default: Any, *, ends_real: bool = False) -> Entry:
    """A transform along several axes; ``steps(recorder, a, sizes, axes, norm)`` writes it."""

    def entry(recorder: Recorder, a: Any, s: Any = None, axes: Any = default, norm: Any = None) -> Any:
        a = as_array(recorder, a)
        value = _called(function, recorder.number(a), s, axes, norm)
        if not recorder.active(a):
            return inactive(recorder, value)
        sizes, places = _sizes(a.shape, s, axes, ends_real=ends_real)
        return patched(recorder, steps(recorder, a, sizes, places, norm), value)

    return entry


def _sizes(shape: tuple[int, ...], s: Any, axes: Any, *, ends_real: bool) -> tuple[list[int], list[int]]:
    """The length of the transform along each axis, as NumPy reads its arguments."""
    if axes is None:
        axes = range(-len(shape if s is None else s), 0)
    places = [int(axis) for axis in axes]
    sizes = [-1] * len(places) if s is None else [int(n) for n in s]
    full = [shape[axis] if n == -1 else n for n, axis in zip(sizes, places, strict=True)]
    if ends_real and sizes[-1] == -1 and s is None:
        full[-1] = 2 * (shape[places[-1]] - 1)
    return full, places


def _along(recorder: Recorder, a: Any, sizes: Sequence[int], axes: Sequence[int], norm: Any, *, inverse: bool) -> Any:
    """Complex transforms along the axes, the last one first, as NumPy does them."""
    for n, axis in zip(reversed(sizes), reversed(axes), strict=True):
        a = dft(recorder, fitted(a, n, axis), axis, inverse=inverse, norm=norm)
    return a


def forward_axes(recorder: Recorder, a: Any, sizes: list[int], axes: list[int], norm: Any) -> Any:
    """``fftn``."""
    return _along(recorder, a, sizes, axes, norm, inverse=False)


def backward_axes(recorder: Recorder, a: Any, sizes: list[int], axes: list[int], norm: Any) -> Any:
    """``ifftn``."""
    return _along(recorder, a, sizes, axes, norm, inverse=True)


def real_forward(recorder: Recorder, a: Any, sizes: list[int], axes: list[int], norm: Any) -> Any:
    """``rfftn``: the last axis first."""
    a = half(recorder, a, sizes[-1], axes[-1], norm)
    return _along(recorder, a, sizes[:-1], axes[:-1], norm, inverse=False)


def real_backward(recorder: Recorder, a: Any, sizes: list[int], axes: list[int], norm: Any) -> Any:
    """``irfftn``: the last axis last."""
    a = _along(recorder, a, sizes[:-1][::-1], axes[:-1][::-1], norm, inverse=True)
    return whole(recorder, a, sizes[-1], axes[-1], norm)


def whole_axis(*, inverse: bool) -> Callable[..., Any]:
    """``fft`` or ``ifft``."""
    return lambda recorder, a, n, axis, norm: dft(recorder, fitted(a, n, axis), axis, inverse=inverse, norm=norm)


def hermitian(recorder: Recorder, a: Any, n: int, axis: int, norm: Any) -> Any:
    """``hfft``."""
    return whole(recorder, np.conjugate(a), n, axis, TURNED[norm])


def inverse_hermitian(recorder: Recorder, a: Any, n: int, axis: int, norm: Any) -> Any:
    """``ihfft``."""
    return np.conjugate(half(recorder, a, n, axis, TURNED[norm]))


def same_length(n: int) -> int:
    """The default n of most transforms."""
    return n


def real_length(n: int) -> int:
    """The default n of those that end in real numbers."""
    return 2 * (n - 1)


def shift(function: Callable[..., Any]) -> Entry:
    """``fftshift`` or ``ifftshift``: a roll by half the length."""
    sign = 1 if function.__name__ == "fftshift" else -1

    def entry(recorder: Recorder, x: Any, axes: Any = None) -> Any:
        x = as_array(recorder, x)
        value = function(recorder.number(x), axes)
        if not recorder.active(x):
            return inactive(recorder, value)
        places = tuple(range(x.ndim)) if axes is None else tuple(int(axis) for axis in np.atleast_1d(axes))
        halves = tuple(sign * (x.shape[axis] // 2) for axis in places)
        return patched(recorder, np.roll(x, halves, places), value)

    return entry


ENTRIES: dict[Any, Entry] = {
    np.fft.fft: one_axis(np.fft.fft, whole_axis(inverse=False), same_length),
    np.fft.ifft: one_axis(np.fft.ifft, whole_axis(inverse=True), same_length),
    np.fft.rfft: one_axis(np.fft.rfft, half, same_length),
    np.fft.irfft: one_axis(np.fft.irfft, whole, real_length),
    np.fft.hfft: one_axis(np.fft.hfft, hermitian, real_length),
    np.fft.ihfft: one_axis(np.fft.ihfft, inverse_hermitian, same_length),
    np.fft.fft2: several(np.fft.fft2, forward_axes, (-2, -1)),
    np.fft.ifft2: several(np.fft.ifft2, backward_axes, (-2, -1)),
    np.fft.fftn: several(np.fft.fftn, forward_axes, None),
    np.fft.ifftn: several(np.fft.ifftn, backward_axes, None),
    np.fft.rfft2: several(np.fft.rfft2, real_forward, (-2, -1)),
    np.fft.irfft2: several(np.fft.irfft2, real_backward, (-2, -1), ends_real=True),
    np.fft.rfftn: several(np.fft.rfftn, real_forward, None),
    np.fft.irfftn: several(np.fft.irfftn, real_backward, None, ends_real=True),
    np.fft.fftshift: shift(np.fft.fftshift),
    np.fft.ifftshift: shift(np.fft.ifftshift),
}
