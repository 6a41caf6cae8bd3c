"""A loop is only a long formula: the derivative of x <- 4x(1 - x), repeated, by the chain rule.

After three steps this is a polynomial of degree 16 for SymPy, and eight lines for a recording.
"""
# expect: l_4 agree


def l_4(x):
    # gradcheck: at=0.2
    for _ in range(3):
        x = 4.0 * x * (1.0 - x)
    return x


def l_4_prime(x):
    slope = 1.0
    for _ in range(3):
        slope = slope * (4.0 - 8.0 * x)
        x = 4.0 * x * (1.0 - x)
    return slope
