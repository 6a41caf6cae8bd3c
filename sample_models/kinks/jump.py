"""A function that jumps has no derivative at the jump, whatever its gradient says; beside it all is well.

``fare`` counts started kilometres. A constant gradient is right between two jumps, and is not taken for stale.
"""
# expect: fare cannot-tell GC202
# expect: fare_between agree

import math


def fare(distance):
    # gradcheck: at=2.0
    return 3.5 + 2.0 * math.floor(distance) + 0.1 * distance


def fare_prime(distance):
    return 0.1


def fare_between(distance):
    # gradcheck: at=2.4
    return 3.5 + 2.0 * math.floor(distance) + 0.1 * distance


def fare_between_prime(distance):
    return 0.1
