"""Compiled code cannot be recorded: a hand-written gradient is then judged by differences alone.

The error function of the C library, and a power spectrum, each with a right and with a wrong derivative.
"""
# expect: chance agree
# expect: chance_off wrong
# expect: spectrum agree
# expect: spectrum_off wrong

import ctypes
import ctypes.util
import math

import numpy as np

LIBM = ctypes.CDLL(ctypes.util.find_library("m"))
LIBM.erf.restype = ctypes.c_double
LIBM.erf.argtypes = [ctypes.c_double]

KERNEL = np.array([0.2, 0.5, -0.3, 0.1])


def chance(z):
    # gradcheck: at=0.7
    return 0.5 * (1.0 + LIBM.erf(z / math.sqrt(2.0)))


def chance_prime(z):
    return math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


def chance_off(z):
    # gradcheck: at=0.7
    return 0.5 * (1.0 + LIBM.erf(z / math.sqrt(2.0)))


def chance_off_prime(z):
    return 1.001 * math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


def spectrum(x):
    # gradcheck: at=[0.4, -1.1, 0.9, 2.0]
    return np.sum(np.abs(np.fft.fft(x * KERNEL)) ** 2)


def spectrum_grad(x):
    return 2.0 * len(x) * x * KERNEL**2


def spectrum_off(x):
    # gradcheck: at=[0.4, -1.1, 0.9, 2.0]
    return np.sum(np.abs(np.fft.fft(x * KERNEL)) ** 2)


def spectrum_off_grad(x):
    return 2.0 * x * KERNEL**2
