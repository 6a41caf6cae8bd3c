"""|x| at 0: any slope between -1 and 1 is a valid choice."""
# expect: size kink GC201


def size(x):
    # gradcheck: at=0.0
    return abs(x)


def size_prime(x):
    return 1.0 if x >= 0 else -1.0
