"""A loop that stops one short: the last column of the Jacobian keeps the zeros it was made of."""
# expect: neighbours wrong GC105 df[0]/dx[3]

import numpy as np


def neighbours(x):
    # gradcheck: at=[0.5, 1.5, -0.7, 2.2]
    return x[:-1] * x[1:] + x[-1] ** 2


def neighbours_jac(x):
    rows, columns = len(x) - 1, len(x)
    jacobian = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns - 1):
            if column == row:
                jacobian[row, column] = x[row + 1]
            if column == row + 1:
                jacobian[row, column] = x[row]
    return jacobian
