"""The function every survey of automatic differentiation explains: ln(x1) + x1*x2 - sin(x2) at (2, 5).

``gradcheck trace`` prints its evaluation trace, with the tangents and adjoints of the textbook tables.
"""
# expect: f agree

from math import cos, log, sin


def f(x1, x2):
    # gradcheck: at={"x1": 2.0, "x2": 5.0}
    return log(x1) + x1 * x2 - sin(x2)


def f_grad(x1, x2):
    return 1 / x1 + x2, x1 - cos(x2)
