"""numpy.fft and the cosine and sine transforms of scipy.fft, by their matrices, at 80 digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import scipy.fft
from arrays_of_real import array, each, lifted
from mpmath import mp, mpf
from real import Real


def _transform(sign: int) -> Callable[..., Any]:
    def transform(x, n=None, axis=-1, norm=None):
        x = np.moveaxis(array(x), axis, -1)
        n = n or x.shape[-1]
        scale = {1: mpf(1), -1: mpf(1) / n}[sign] if norm in (None, "backward") else None
        if norm == "ortho":
            scale = 1 / mp.sqrt(n)
        elif norm == "forward":
            scale = {1: mpf(1) / n, -1: mpf(1)}[sign]
        m = min(n, x.shape[-1])
        W = lifted(np.empty((m, n), dtype=object))
        for j, k in np.ndindex(m, n):
            W[j, k] = Real(mp.expjpi(-sign * mpf(2 * j * k % (2 * n)) / n) * scale)
        return np.moveaxis(lifted(np.asarray(x[..., :m]) @ np.asarray(W)), -1, axis)

    return transform


fft, ifft = _transform(1), _transform(-1)


def rfft(x, n=None, axis=-1, norm=None):
    x = array(x)
    n = n or x.shape[axis]
    return np.take(fft(x, n, axis, norm), range(n // 2 + 1), axis=axis)


def irfft(x, n=None, axis=-1, norm=None):
    x = np.moveaxis(array(x), axis, -1)
    n = n or 2 * (x.shape[-1] - 1)
    m = n // 2 + 1
    half = lifted(np.zeros((*x.shape[:-1], m)))
    half[..., : min(m, x.shape[-1])] = x[..., :m]
    full = lifted(np.zeros((*x.shape[:-1], n)))
    full[..., :m] = half
    full[..., 0] = each(lambda z: z.real, half[..., 0])
    if n % 2 == 0:
        full[..., n // 2] = each(lambda z: z.real, half[..., n // 2])
    for k in range(1, (n + 1) // 2):
        full[..., n - k] = each(mpmath.conj, half[..., k])
    return np.moveaxis(each(lambda z: z.real, ifft(full, n, -1, norm)), -1, axis)


def hfft(x, n=None, axis=-1, norm=None):
    return irfft(each(mpmath.conj, array(x)), n, axis, norm) * (n or 2 * (np.shape(x)[axis] - 1))


def many(one: Callable[..., Any]) -> Callable[..., Any]:
    def transform(x, s=None, axes=None, norm=None):
        x = array(x)
        axes = axes if axes is not None else range(x.ndim)
        for k, axis in enumerate(axes):
            x = one(x, None if s is None else s[k], axis, norm)
        return x

    return transform


def rfft2(x, s=None, axes=(-2, -1), norm=None):
    return fft(rfft(x, None, axes[1], norm), None, axes[0], norm)


def irfft2(x, s=None, axes=(-2, -1), norm=None):
    x = ifft(array(x), None if s is None else s[0], axes[0], norm)
    return irfft(x, None if s is None else s[1], axes[1], norm)


FFT: dict[str, Any] = {
    "fft": fft, "ifft": ifft, "rfft": rfft, "irfft": irfft, "hfft": hfft, "fft2": many(fft), "ifft2": many(ifft),
    "fftn": many(fft), "ifftn": many(ifft), "rfft2": rfft2, "irfft2": irfft2, "fftshift": np.fft.fftshift,
    "ifftshift": np.fft.ifftshift, "fftfreq": np.fft.fftfreq, "rfftfreq": np.fft.rfftfreq,
}  # fmt: skip


def cosine_transform(x, type=2, n=None, axis=-1, norm=None, **_):
    """The cosine transforms of kinds 1 to 4, as SciPy scales them."""
    return _by_matrix(scipy.fft.dct, x, type, axis, norm, {
        2: lambda k, j, n: 2 * mp.cospi(mpf(k * (2 * j + 1)) / (2 * n)),
        3: lambda k, j, n: mpf(1) if j == 0 else 2 * mp.cospi(mpf((2 * k + 1) * j) / (2 * n)),
    })  # fmt: skip


def sine_transform(x, type=2, n=None, axis=-1, norm=None, **_):
    return _by_matrix(scipy.fft.dst, x, type, axis, norm, {
        2: lambda k, j, n: 2 * mp.sinpi(mpf((k + 1) * (2 * j + 1)) / (2 * n)),
        1: lambda k, j, n: 2 * mp.sinpi(mpf((k + 1) * (j + 1)) / (n + 1)),
    })  # fmt: skip


def _by_matrix(_theirs, x, kind, axis, norm, kinds):
    if norm not in (None, "backward"):
        raise TypeError("not written at 80 digits")
    x = np.moveaxis(array(x), axis, -1)
    n = x.shape[-1]
    W = lifted(np.empty((n, n), dtype=object))
    for j, k in np.ndindex(n, n):
        W[j, k] = Real(kinds[kind](k, j, n))
    return np.moveaxis(lifted(np.asarray(x) @ np.asarray(W)), -1, axis)
