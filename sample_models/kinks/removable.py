"""A value set apart at one point only: the function is smooth there, its derivative is not that of the branch.

At x = 1 the code of ``square`` returns the constant 1.0, whose derivative is 0; the slope on both sides is 2.
``square_zero`` differentiates the branch instead.
"""
# expect: square agree GC205
# expect: square_zero wrong GC205
# expect: quotient cannot-tell GC209


def square(x):
    # gradcheck: at=1.0
    if x == 1.0:
        return 1.0
    return x**2


def square_prime(x):
    return 2.0 * x


def square_zero(x):
    # gradcheck: at=1.0
    if x == 1.0:
        return 1.0
    return x**2


def square_zero_prime(x):
    return 0.0 if x == 1.0 else 2.0 * x


def quotient(x):
    # gradcheck: at=1.0
    if x == 1.0:
        return 2.0
    return (x**2 - 1.0) / (x - 1.0)


def quotient_prime(x):
    return 1.0
