"""Forty-four scalar functions at one point each, written once for doubles and for mpmath."""

import math
from dataclasses import dataclass
from typing import Any

import mpmath


@dataclass(frozen=True, slots=True)
class Known:
    name: str
    point: float
    noise: float  # a bound on the rounding error of the value, from a running error analysis
    formula: Any  # (x, m) -> value, m being math or mpmath

    def __call__(self, x):
        return self.formula(x, math)

    @property
    def slope(self):
        """The derivative at the double `point`, to 30 digits."""
        with mpmath.workdps(80):
            return mpmath.diff(lambda t: self.formula(t, mpmath), mpmath.mpf(self.point), h=mpmath.mpf(10) ** -35)


def logistic(n):
    def f(v, m):
        for _ in range(n - 1):
            v = 4 * v * (1 - v)
        return v

    return f


def wilkinson(x, m):
    product = 1
    for k in range(1, 11):
        product = product * (x - k)
    return product


def newton_root(x, m):
    v = 1
    for _ in range(6):
        v = (v + x / v) / 2
    return v


def exp_series(x, m):
    term, total = 1, 1
    for k in range(1, 25):
        term = term * x / k
        total = total + term
    return total


def fourier(x, m):
    return sum(m.sin(k * x) / k for k in range(1, 60))


def cubic(z, m):
    return z * z * z - 3 * z * z + 3 * z - 1


def lorentz(x, m):
    return 1 / (1 + x * x)


def cancelling(x, m):
    return (1 - m.cos(x)) / (x * x)


ROWS = (
    # name, point, noise of the value, formula
    ("sin", 1.0, 1.9e-16, lambda x, m: m.sin(x)),
    ("exp", 1e-3, 2.2e-16, lambda x, m: m.exp(x)),
    ("lorentz", 0.5, 3.9e-16, lorentz),
    ("lorentz, third derivative 0", 1.0, 2.8e-16, lorentz),
    ("logistic4", 0.2, 3.9e-15, logistic(4)),
    ("logistic8", 0.2, 5e-14, logistic(8)),
    ("logistic16", 0.3, 2.6e-11, logistic(16)),
    ("(1-cos)/x^2 far", 1e-1, 2.2e-14, cancelling),
    ("(1-cos)/x^2 near", 1e-3, 2.2e-10, cancelling),
    ("offset 1e6", 1.0, 2.2e-10, lambda x, m: m.sin(x) + 1e6),
    ("log near 1", 1.0001, 2.2e-20, lambda x, m: m.log(x)),
    ("log near 0", 1e-6, 3.1e-15, lambda x, m: m.log(x)),
    ("sqrt", 1.0, 2.2e-16, lambda x, m: m.sqrt(x)),
    ("sqrt near 0", 1e-8, 2.2e-20, lambda x, m: m.sqrt(x)),
    ("atan", 0.5, 1e-16, lambda x, m: m.atan(x)),
    ("tan", 1.5, 3.1e-15, lambda x, m: m.tan(x)),
    ("exp(-x/1e6)", 1.0, 2.2e-16, lambda x, m: m.exp(-x / 1e6)),
    ("two squares", 1.0, 5e-15, lambda x, m: (m.exp(x) - 1) ** 2 + (1 / m.sqrt(1 + x * x) - 1) ** 2),
    ("sin(100x)", 0.7, 1e-14, lambda x, m: m.sin(100 * x)),
    ("sin(1e4x)", 0.7, 1.3e-12, lambda x, m: m.sin(1e4 * x)),
    ("x^2", 1.0, 2.2e-16, lambda x, m: x * x),
    ("linear", 1.7, 1.4e-15, lambda x, m: 3 * x + 2),
    ("constant", 1.0, 1.1e-15, lambda x, m: 0 * x + 5),
    ("cubic near its root", 1.001, 2.9e-15, cubic),
    ("cubic", 3.0, 2.4e-14, cubic),
    ("wilkinson", 5.5, 3.9e-12, wilkinson),
    ("newton root", 2.0, 7.9e-16, newton_root),
    ("exp series at -5", -5.0, 5e-14, exp_series),
    ("exp series at -15", -15.0, 1.1e-09, exp_series),
    ("exp(30 sin)", 1.0, 0.0011, lambda x, m: m.exp(30 * m.sin(x))),
    ("tanh(50x)", 0.01, 1.9e-16, lambda x, m: m.tanh(50 * x)),
    ("tanh saturated", 20.0, 2.2e-16, lambda x, m: m.tanh(x)),
    ("gauss", 3.0, 2.7e-19, lambda x, m: m.exp(-x * x)),
    ("runge", 0.9, 4.1e-17, lambda x, m: 1 / (1 + 25 * x * x)),
    ("1/x", 1e-4, 2.2e-12, lambda x, m: 1 / x),
    ("x^5 large", 1e3, 0.22, lambda x, m: x**5),
    ("x^5 small", 1e-3, 2.2e-31, lambda x, m: x**5),
    ("fourier sum", 0.3, 2.2e-14, fourier),
    ("log cosh", 3.0, 7.3e-16, lambda x, m: m.log(m.cosh(x))),
    ("softplus", -20.0, 2.2e-16, lambda x, m: m.log(1 + m.exp(x))),
    ("baydin", 2.0, 7.3e-15, lambda x, m: m.log(x) + 5 * x - m.sin(5)),
    ("stationary cos", 0.0, 2.2e-16, lambda x, m: m.cos(x)),
    ("sin at 0", 0.0, 0, lambda x, m: m.sin(x)),
    ("stationary x exp(-x)", 1.0, 1.6e-16, lambda x, m: x * m.exp(-x)),
)

KNOWN = tuple(Known(*row) for row in ROWS)
