"""A table read at the nearest entry is a staircase; read by interpolation it has a slope on every stretch."""
# expect: nearest cannot-tell GC202
# expect: nearest_zero agree GC214
# expect: between agree
# expect: between_meant wrong

import numpy as np

GRID = np.linspace(0.0, 3.0, 31)
SINES = np.sin(GRID)


def nearest(x):
    # gradcheck: at=0.33
    return SINES[np.argmin(np.abs(GRID - x))]


def nearest_prime(x):
    return np.cos(x)


def nearest_zero(x):
    # gradcheck: at=0.33
    return SINES[np.argmin(np.abs(GRID - x))]


def nearest_zero_prime(x):
    return 0.0


def between(x):
    # gradcheck: at=0.33
    return np.interp(x, GRID, SINES)


def between_prime(x):
    k = int(np.searchsorted(GRID, x)) - 1
    return (SINES[k + 1] - SINES[k]) / (GRID[k + 1] - GRID[k])


def between_meant(x):
    # gradcheck: at=0.33
    return np.interp(x, GRID, SINES)


def between_meant_prime(x):
    return np.cos(x)
