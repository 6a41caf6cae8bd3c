"""Plain programs with discrete Fourier, cosine and sine transforms: nothing in here knows that it is recorded."""

from __future__ import annotations

import numpy as np
import scipy.fft as sfft
import scipy.fftpack
from scipy.fft import dct, idct

PROGRAMS = []


def prog(f):
    PROGRAMS.append(f)
    return f


def X(x):
    return np.concatenate([x, [x[0] * x[1], 0.3]])


def RI(z):
    return [z.real, z.imag]


@prog
def fft(x):
    return (
        RI(np.fft.fft(x))
        + RI(np.fft.fft(X(x) * 1j + 1, n=4))
        + RI(np.fft.fft(x, n=7))
        + RI(np.fft.fft(x, norm="ortho"))
        + RI(np.fft.fft(x, norm="forward"))
    )


@prog
def ifft(x):
    return (
        RI(np.fft.ifft(x))
        + RI(np.fft.ifft(X(x) * 1j + 1, n=4))
        + RI(np.fft.ifft(x, n=7))
        + RI(np.fft.ifft(x, norm="ortho"))
        + RI(np.fft.ifft(x, norm="forward"))
    )


@prog
def rfft(x):
    return (
        RI(np.fft.rfft(x))
        + RI(np.fft.rfft(X(x), n=5))
        + RI(np.fft.rfft(x, n=7))
        + RI(np.fft.rfft(x, norm="ortho"))
        + RI(np.fft.rfft(x, norm="forward"))
        + RI(np.fft.rfft(x, 1))
    )


@prog
def irfft(x):
    z = x * np.exp(1j * x)
    return [
        np.fft.irfft(z),
        np.fft.irfft(z, n=7),
        np.fft.irfft(z, n=4),
        np.fft.irfft(z, 5, norm="ortho"),
        np.fft.irfft(x, norm="forward"),
        np.fft.irfft(z, n=1),
        np.fft.irfft(z, n=2),
    ]


@prog
def hfft(x):
    z = x * np.exp(1j * x)
    return (
        [np.fft.hfft(z), np.fft.hfft(z, n=7), np.fft.hfft(z, n=4, norm="ortho"), np.fft.hfft(x, 5, norm="forward")]
        + RI(np.fft.ihfft(x))
        + RI(np.fft.ihfft(x, n=3, norm="ortho"))
        + RI(np.fft.ihfft(x, n=7, norm="forward"))
    )


@prog
def fft2(x):
    A = np.outer(x, x[:3]) + np.arange(3)
    B = A * np.exp(1j * A)
    return (
        RI(np.fft.fft2(A))
        + RI(np.fft.ifft2(B, s=(3, 4)))
        + RI(np.fft.fft2(B, norm="ortho"))
        + RI(np.fft.fft2(A, axes=(0,)))
        + RI(np.fft.fft2(A, s=(2, -1), axes=(0, 1)))
    )


@prog
def fftn(x):
    A = np.multiply.outer(np.outer(x[:2], x[:3]), x[:2]) + 1
    B = A * np.exp(1j * A)
    return (
        RI(np.fft.fftn(A))
        + RI(np.fft.ifftn(B, axes=(0, 2)))
        + RI(np.fft.fftn(B, s=(2, 2), axes=(1, 2), norm="ortho"))
        + RI(np.fft.fftn(B, axes=(1, 1)))
    )


@prog
def rfftn(x):
    A = np.outer(x, x[:3]) + np.arange(3)
    B = A * np.exp(1j * A)
    return (
        RI(np.fft.rfft2(A))
        + RI(np.fft.rfftn(A, axes=(0,)))
        + RI(np.fft.rfftn(A, s=(3, 4), axes=(0, 1), norm="ortho"))
        + [
            np.fft.irfft2(B),
            np.fft.irfftn(B, s=(3, 5), axes=(0, 1)),
            np.fft.irfftn(B, axes=(1, 0), norm="forward"),
            np.fft.irfft2(B, norm="ortho"),
        ]
    )


@prog
def axis(x):
    A = np.outer(x, x[:3]) + np.arange(3)
    return (
        RI(np.fft.fft(A, axis=0))
        + RI(np.fft.rfft(A, axis=0))
        + [np.fft.irfft(A * 1j + A, axis=0, n=5)]
        + RI(np.fft.ifft(A, axis=-2))
    )


@prog
def shift(x):
    A = np.outer(x, x[:3])
    return [
        np.fft.fftshift(x),
        np.fft.ifftshift(X(x)),
        np.fft.fftshift(A),
        np.fft.fftshift(A, axes=1),
        np.fft.ifftshift(A, axes=(0,)),
    ] + RI(np.fft.fftshift(np.fft.fft(x)))


@prog
def freq(x):
    return [np.fft.fftfreq(5, d=x[0]), np.fft.rfftfreq(5, x[1]), np.fft.fftfreq(4) * x[2]]


@prog
def spec(x):
    y = X(x)
    F = np.fft.rfft(y * np.hanning(len(y)))
    P = np.abs(F) ** 2
    f = np.fft.rfftfreq(len(y))
    return [np.sum(f * P) / np.sum(P), np.log(P[1:])]


@prog
def conv(x):
    return np.fft.irfft(np.fft.rfft(x, 8) * np.fft.rfft(x[::-1], 8), 8)


@prog
def deriv(x):
    k = np.fft.fftfreq(4, 1 / 4) * 1j
    return np.real(np.fft.ifft(k * np.fft.fft(x)))


@prog
def poisson(x):
    A = np.outer(x, x)
    k = np.fft.fftfreq(4)
    K = k[:, None] ** 2 + k**2
    K[0, 0] = 1
    F = np.fft.fft2(A) / K
    F[0, 0] = 0
    return np.real(np.fft.ifft2(F))


@prog
def fromlist(x):
    return RI(np.fft.fft([x[0], x[1] * 2, 1.0]))


@prog
def hilbert(x):
    F = np.fft.fft(x)
    h = np.zeros(4)
    h[0] = h[2] = 1
    h[1] = 2
    a = np.fft.ifft(F * h)
    return [np.abs(a), np.unwrap(np.angle(a))]


@prog
def s1(x):
    z = x * np.exp(1j * x)
    return (
        RI(sfft.fft(x))
        + RI(sfft.ifft(z, n=6, norm="ortho"))
        + RI(sfft.rfft(x, 5))
        + [sfft.irfft(z, n=5), sfft.hfft(z, norm="forward")]
        + RI(sfft.ihfft(x))
    )


@prog
def sn(x):
    A = np.outer(x, x[:3]) + np.arange(3)
    B = A * np.exp(1j * A)
    return (
        RI(sfft.fft2(A))
        + RI(sfft.ifftn(B, s=(2, 3)))
        + RI(sfft.rfft2(A))
        + [sfft.irfftn(B), sfft.hfft2(B), sfft.hfftn(B, s=(4, 5), norm="ortho")]
        + RI(sfft.ihfftn(A))
        + RI(sfft.ihfft2(A, norm="forward"))
        + RI(sfft.fftn(A, axes=0))
    )


@prog
def d1(x):
    A = np.outer(x, x[:3]) + 1
    t = []
    for ty in (1, 2, 3, 4):
        for nm in (None, "ortho", "forward", "backward"):
            t += [
                sfft.dct(x, ty, norm=nm),
                sfft.idct(x, type=ty, norm=nm),
                sfft.dst(x, ty, norm=nm),
                sfft.idst(x, ty, norm=nm),
            ]
    return t + [dct(A, axis=0), dct(x, n=3), idct(x, n=6, norm="ortho"), dct(x, norm="ortho", orthogonalize=False)]


@prog
def dn(x):
    A = np.outer(x, x[:3]) + 1
    return [
        sfft.dctn(A),
        sfft.idctn(A, norm="ortho"),
        sfft.dstn(A, 3, s=(3, 4)),
        sfft.idstn(A, axes=(0,)),
        sfft.dctn(A, s=2, axes=1),
    ]


@prog
def dcomplex(x):
    return RI(dct(x * 1j + x[::-1]))


@prog
def pack(x):
    A = np.outer(x, x[:3]) + 1
    return (
        [scipy.fftpack.dct(x), scipy.fftpack.idct(x, norm="ortho"), scipy.fftpack.rfft(x), scipy.fftpack.irfft(x, n=5)]
        + RI(scipy.fftpack.fft(x))
        + RI(scipy.fftpack.ifft(x, 6))
        + RI(scipy.fftpack.fft2(A))
    )


@prog
def sshift(x):
    return [sfft.fftshift(x), sfft.fftfreq(5, x[0]), sfft.rfftfreq(4, d=x[1])] + RI(
        sfft.fft(x, sfft.next_fast_len(len(x) + 1))
    )


@prog
def slist(x):
    return RI(sfft.fft([x[0], x[1], 1.0])) + [dct([x[0], 2.0])]
