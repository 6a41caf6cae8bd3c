"""A module beside the user's, which imports for itself."""

import math

import numpy as np


def scaled_sum(x):
    y = np.zeros_like(x)
    y[...] = x
    return math.sqrt(np.sum(y**2))


class Scaler:
    def __init__(self, factor):
        self.factor = factor

    def apply(self, x):
        return math.exp(self.factor * x[0]) + np.sum(np.array([v * self.factor for v in x]))
