"""A Jacobian: outputs are rows, inputs are columns."""
# expect: polar agree

import numpy as np


def polar(radius, angle):
    # gradcheck: at={"radius": 1.7, "angle": 0.6}
    return np.array([radius * np.cos(angle), radius * np.sin(angle)])


def polar_jac(radius, angle):
    return np.array([[np.cos(angle), -radius * np.sin(angle)], [np.sin(angle), radius * np.cos(angle)]])
