"""A function that writes into its argument: the caller's numbers are not the same afterwards."""
# expect: normalised cannot-tell GC207

import numpy as np


def normalised(x):
    # gradcheck: at=[3.0, 1.0, 2.0]
    x /= np.sum(x)
    return np.sum(x**2)


def normalised_grad(x):
    total = np.sum(x)
    return 2.0 * x / total**2 - 2.0 * np.sum(x**2) / total**3
