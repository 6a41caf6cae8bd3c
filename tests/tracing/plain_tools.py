"""A user's helper module: nothing here knows of any recorder."""

import functools
import math
from math import sin as plain_sine

FACTOR = 1.5


def scaled(t, f=math.exp):
    return FACTOR * f(t)


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs) * 2.0

    return wrapper


@logged
def twice_sine(t):
    return plain_sine(t)


class Kernel:
    shape = staticmethod(math.exp)

    def __init__(self, width):
        self.width = width
        self.inner = math.cos

    def __call__(self, a, b):
        return self.shape(-((a - b) ** 2) / self.width) + self.inner(a * b)
