"""`if x == 1` changes one point only; what follows the branch there sees a constant."""
# expect: square agree GC205
# expect: square_flat wrong GC205


def square(x):
    # gradcheck: at=1.0
    if x == 1.0:
        return 1.0
    return x * x


def square_prime(x):
    return 2.0 * x


def square_flat(x):
    # gradcheck: at=1.0
    if x == 1.0:
        return 1.0
    return x * x


def square_flat_prime(x):
    return 0.0 if x == 1.0 else 2.0 * x
