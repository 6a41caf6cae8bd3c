"""A value filled in at one point only: the function is smooth there, its derivative is not that of the branch.

(x**2 - 1)/(x - 1) is x + 1. At x = 1 the code returns the constant 2.0, whose derivative is 0 and not 1.
"""
# expect: quotient agree GC205
# expect: quotient_zero wrong GC205


def quotient(x):
    # gradcheck: at=1.0
    if x == 1.0:
        return 2.0
    return (x**2 - 1.0) / (x - 1.0)


def quotient_prime(x):
    return 1.0


def quotient_zero(x):
    # gradcheck: at=1.0
    if x == 1.0:
        return 2.0
    return (x**2 - 1.0) / (x - 1.0)


def quotient_zero_prime(x):
    return 0.0 if x == 1.0 else 1.0
