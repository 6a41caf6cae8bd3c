"""A Newton loop that has nothing to do at the start returns a constant: the run has derivative 0, the root has not."""
# expect: root cannot-tell GC202
# expect: root_zero wrong GC208


def root(x):
    # gradcheck: at=1.0005
    v = 1.0
    while abs(v * v - x) > 1e-3:
        v = 0.5 * (v + x / v)
    return v


def root_prime(x):
    return 0.5 / x**0.5


def root_zero(x):
    # gradcheck: at=1.0005
    v = 1.0
    while abs(v * v - x) > 1e-3:
        v = 0.5 * (v + x / v)
    return v


def root_zero_prime(x):
    return 0.0
