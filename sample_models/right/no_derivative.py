"""No derivative written by hand: automatic differentiation itself is checked, against SymPy and differences."""
# expect: distance agree

import numpy as np


def distance(x, y):
    # gradcheck: at={"x": [1.0, 2.0], "y": [0.5, -0.3]}
    return np.sqrt(np.sum((x - y) ** 2)) + np.tanh(x[0] * y[1])
