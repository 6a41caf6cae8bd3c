"""A hundred logistic steps: rounding grows as fast as the derivative, which is therefore about nothing."""
# expect: orbit agree GC210


def orbit(x):
    # gradcheck: at=0.2
    v = x
    for _ in range(100):
        v = 4.0 * v * (1.0 - v)
    return v


def orbit_prime(x):
    v, dv = x, 1.0
    for _ in range(100):
        v, dv = 4.0 * v * (1.0 - v), 4.0 * dv - 8.0 * v * dv
    return dv
