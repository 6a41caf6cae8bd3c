"""Fourier transforms, convolutions and filters."""

import numpy as np
from numpy.fft import fft as F
from numpy.fft import ifft

N = 5
H = np.array([0.25, 0.5, 0.25])


def fft_power(x):
    return np.abs(np.fft.fft(x)) ** 2


def fft_real_imag(x):
    z = np.fft.fft(x)
    return np.concatenate([z.real, z.imag])


def fft_zero_padded(x):
    return np.abs(np.fft.fft(x, 8)) ** 2


def fft_truncated(x):
    return np.abs(np.fft.fft(x, n=3)) ** 2


def fft_ortho(x):
    return np.sum(np.abs(np.fft.fft(x, norm="ortho")) ** 2)


def fft_forward_norm(x):
    return np.fft.fft(x, norm="forward").real


def ifft_of_fft(x):
    return np.real(ifft(F(x) * np.exp(-0.1 * np.arange(N))))


def rfft_energy(x):
    return np.sum(np.abs(np.fft.rfft(x)) ** 2)


def rfft_phase(x):
    return np.angle(np.fft.rfft(x))[1:]


def irfft_filter(x):
    spectrum = np.fft.rfft(x)
    spectrum[2:] = 0
    return np.fft.irfft(spectrum, n=len(x))


def irfft_scaled(x):
    return np.fft.irfft(np.fft.rfft(x) * np.array([1.0, 0.5, 0.1]), 5)


def irfft_default_length(x):
    return np.fft.irfft(np.fft.rfft(x))


def hfft_symmetric(x):
    return np.fft.hfft(x)


def fft_two(x):
    return np.abs(np.fft.fft2(np.outer(x[:2], x[2:]))) ** 2


def ifft_two(x):
    A = np.outer(x[:2], x[2:])
    return np.fft.ifft2(np.fft.fft2(A) ** 2).real


def fft_n(x):
    return np.fft.fftn(np.outer(x[:2], x[2:])).real


def rfft_two(x):
    z = np.fft.rfft2(np.outer(x[:3], x[1:]))
    return np.sum(np.abs(z) ** 2)


def irfft_two(x):
    A = np.outer(x[:4], x[1:])
    return np.fft.irfft2(np.fft.rfft2(A) * 0.5, s=A.shape)


def fft_axis(x):
    A = np.outer(x[:3], x)
    return np.fft.fft(A, axis=0).imag


def fft_shift(x):
    return np.fft.fftshift(np.abs(np.fft.fft(x)))


def ifft_shift(x):
    return np.fft.ifftshift(x) * x


def spectral_derivative(x):
    k = np.fft.fftfreq(N, 1 / N)
    return np.real(np.fft.ifft(1j * k * np.fft.fft(x)))


def rfft_frequency_mean(x):
    f = np.fft.rfftfreq(N, d=0.1)
    p = np.abs(np.fft.rfft(x)) ** 2
    return np.sum(f * p) / np.sum(p)


def power_spectrum_window(x):
    w = np.hanning(N + 2)[1:-1]
    return np.abs(np.fft.rfft(w * x)) ** 2 / np.sum(w**2)


def log_spectrum(x):
    return np.log(np.abs(np.fft.rfft(x)) + 1e-3)


def circular_convolution(x):
    return np.real(np.fft.ifft(np.fft.fft(x) * np.fft.fft(np.array([1.0, 0.5, 0, 0, 0.5]))))


def autocorrelation_fft(x):
    z = np.fft.fft(x, 2 * N)
    return np.fft.ifft(z * np.conj(z)).real[:N]


def convolve_full(x):
    return np.convolve(x, H)


def convolve_same(x):
    return np.convolve(x, H, mode="same")


def convolve_valid(x):
    return np.convolve(x, H, "valid") ** 2


def convolve_active_kernel(x):
    return np.convolve([1.0, 2.0, 3.0], x)


def convolve_self(x):
    return np.convolve(x, x)


def correlate_valid(x):
    return np.correlate(x, H)


def correlate_full(x):
    return np.correlate(x, x, mode="full")


def correlate_same(x):
    return np.correlate(x, H, "same") ** 2


def dft_by_hand(x):
    n = np.arange(N)
    W = np.exp(-2j * np.pi * np.outer(n, n) / N)
    return np.abs(W @ x)


def goertzel(x):
    w = 2 * np.cos(2 * np.pi / N)
    s1 = s2 = 0.0
    for v in x:
        s0 = v + w * s1 - s2
        s2, s1 = s1, s0
    return s1**2 + s2**2 - w * s1 * s2


def recursive_filter(x):
    y = np.zeros(N)
    for n in range(N):
        y[n] = 0.3 * x[n] + (0.7 * y[n - 1] if n else 0.0)
    return y


def scipy_dct(x):
    from scipy.fft import dct

    return dct(x)


def scipy_fft_module(x):
    import scipy.fft

    return np.abs(scipy.fft.rfft(x)) ** 2


def scipy_dst(x):
    import scipy.fft as sf

    return sf.dst(x, type=2)


def hilbert_envelope(x):
    z = np.fft.fft(x)
    h = np.array([1.0, 2.0, 2.0, 0.0, 0.0])
    return np.abs(np.fft.ifft(z * h))


def phase_correlation(x):
    a, b = np.fft.fft(x), np.fft.fft(np.roll(x, 1) + 0.1)
    r = a * np.conj(b)
    return np.fft.ifft(r / np.abs(r)).real


POINTS = {}
DEFAULT = [0.7, -1.3, 0.4, 2.2, 0.9]
