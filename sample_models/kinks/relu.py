"""A unit of a network exactly at its threshold: zero bias and a dead input put relu at 0."""
# expect: unit kink GC201 df/dw[0]

import numpy as np


def unit(w, b):
    # gradcheck: at={"w": [0.5, -0.25], "b": 0.0}
    signal = np.array([1.0, 2.0])
    return np.maximum(w @ signal + b, 0.0) + b**2
