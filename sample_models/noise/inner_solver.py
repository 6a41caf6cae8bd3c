"""A bisection inside the function stops at 1e-9: its branches do not follow the input, its values are noisy.

The recording sees a midpoint that does not depend on the input. The derivative by the implicit function theorem
is right, and differences across many of the solver's steps confirm it to six digits. Without a derivative written
by hand nothing is left to rely on.
"""
# expect: root agree GC204
# expect: root_doubled wrong GC102
# expect: root_alone cannot-tell GC204


def solve(a):
    low, high = 0.0, 10.0
    while high - low > 1e-9:
        middle = 0.5 * (low + high)
        if middle**3 + middle > a:
            high = middle
        else:
            low = middle
    return 0.5 * (low + high)


def root(a):
    # gradcheck: at=3.0
    return solve(a)


def root_prime(a):
    return 1.0 / (3.0 * solve(a) ** 2 + 1.0)


def root_doubled(a):
    # gradcheck: at=3.0
    return solve(a)


def root_doubled_prime(a):
    return 2.0 / (3.0 * solve(a) ** 2 + 1.0)


def root_alone(a):
    # gradcheck: at=3.0
    return solve(a)
