"""x/(|x| + 1e-12): the slope at 0 is 1e12 on a stretch no step resolves; seen from afar it is a jump from -1 to 1."""
# expect: steep kink GC201
# expect: steep_sign kink GC201


def steep(x):
    # gradcheck: at=0.0
    return x / (abs(x) + 1e-12)


def steep_prime(x):
    return 1e-12 / (abs(x) + 1e-12) ** 2


def steep_sign(x):
    # gradcheck: at=0.0
    return x / (abs(x) + 1e-12)


def steep_sign_prime(x):
    return 1e-12 / (abs(x) + 1e-12) ** 2 if x else 0.0
