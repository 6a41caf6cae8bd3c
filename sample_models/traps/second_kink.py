"""abs(x)**2 is x*x: smooth, though a kink stands in its code. Its second derivative is 2 everywhere."""
# expect: square agree
# expect: square agree GC205 order=2


def square(x):
    # gradcheck: at=0.0
    return abs(x) ** 2


def square_prime(x):
    return 2.0 * x


def square_hess(x):
    return 2.0
