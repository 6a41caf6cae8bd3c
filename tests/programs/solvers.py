"""Roots, minima and integrals at 80 digits, for programs that call scipy.optimize and scipy.integrate."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NamedTuple

import mpmath
import numpy as np
import scipy.optimize
from arrays_of_real import array, lifted
from matrices import doubles, solve
from mpmath import mpf
from real import Real, raw

STEP = mpf(10) ** -26
DONE = mpf(10) ** -66


def _vector(x: Any) -> Any:
    return np.atleast_1d(lifted(np.asarray(array(x)) * Real(1)))


def _jacobian(f, x, step=STEP):
    columns = []
    for k in range(len(x)):
        up, down = x.copy(), x.copy()
        up[k], down[k] = x[k] + Real(step), x[k] - Real(step)
        columns.append(np.asarray(_vector(f(up)) - _vector(f(down))) / Real(2 * step))
    return lifted(np.stack(columns, axis=-1))


def system_root(f, x0, args=(), **_):
    """Newton's method from the root SciPy finds in doubles until the residual has vanished to 66 digits."""

    def residual(x):
        return _vector(f(x, *args))

    near = scipy.optimize.root(lambda y: doubles(residual(_vector(y))), doubles(_vector(x0)), tol=1e-12)
    x = _vector(near.x)
    for _ in range(20):
        r = residual(x)
        if max(abs(raw(v)) for v in r) < DONE:
            return x.reshape(np.shape(x0)) if np.ndim(x0) else x
        x = x - solve(_jacobian(residual, x), r)
    raise ArithmeticError("no root at 80 digits")


def bracketed(f, a, b, args=(), **_):
    """Bisection to 20 digits, then the secant method."""
    a, b = raw(a), raw(b)

    def at(t):
        value = f(Real(t), *args)
        return raw(value[0] if np.ndim(value) else value)

    fa = at(a)
    for _ in range(80):
        m = (a + b) / 2
        fm = at(m)
        if (fm > 0) == (fa > 0):
            a, fa = m, fm
        else:
            b = m
    x, y = a, b
    fx, fy = at(x), at(y)
    for _ in range(12):
        if fx == fy or abs(fy) < DONE:
            break
        x, y, fx = y, y - fy * (y - x) / (fy - fx), fy
        fy = at(y)
    return Real(y)


def newton(func, x0, fprime=None, args=(), **_):
    x = system_root(lambda v: func(v[0], *args), array([x0]) if np.ndim(x0) == 0 else x0)
    return x[0] if np.ndim(x0) == 0 else x


def minimum(f, x0, args=(), **_):
    """A stationary point by Newton's method on differences of f, from the minimum SciPy finds in doubles."""

    def gradient(x):
        out = []
        for k in range(len(x)):
            up, down = x.copy(), x.copy()
            up[k], down[k] = x[k] + Real(SMALL), x[k] - Real(SMALL)
            out.append((f(up, *args) - f(down, *args)) / Real(2 * SMALL))
        return lifted(np.array(out, dtype=object))

    near = scipy.optimize.minimize(lambda y: float(doubles(f(_vector(y), *args)).item()), doubles(_vector(x0)))
    x = _vector(near.x)
    for _ in range(20):
        g = gradient(x)
        if max(abs(raw(v)) for v in g) < mpf(10) ** -36:
            return x
        x = x - solve(_jacobian(gradient, x, mpf(10) ** -14), g)
    raise ArithmeticError("no minimum at 80 digits")


SMALL = mpf(10) ** -22


def _root(fun, x0, args=(), **_):
    x = system_root(fun, x0, args)
    return SimpleNamespace(x=x, success=True, fun=_vector(fun(x, *args)))


def _minimize(fun, x0, args=(), **_):
    x = minimum(fun, x0, args)
    return SimpleNamespace(x=x, success=True, fun=fun(x, *args))


def _minimize_scalar(fun, bracket=None, bounds=None, args=(), **_):
    start = bounds or bracket or (0.0, 1.0)
    x = minimum(lambda v: fun(v[0], *args), [(raw(start[0]) + raw(start[-1])) / 2])
    return SimpleNamespace(x=x[0], success=True, fun=fun(x[0], *args))


def _root_scalar(f, args=(), bracket=None, x0=None, **_):
    root = bracketed(f, *bracket, args=args) if bracket is not None else newton(f, x0, args=args)
    return SimpleNamespace(root=root, converged=True)


def _least_squares(fun, x0, args=(), **_):
    x = minimum(lambda v: np.sum(np.asarray(_vector(fun(v, *args))) ** 2) / 2, x0)
    return SimpleNamespace(x=x, success=True, fun=fun(x, *args))


def _fixed_point(func, x0, args=(), **_):
    x = system_root(lambda v: np.asarray(_vector(func(v if np.ndim(x0) else v[0], *args))) - v, np.atleast_1d(x0))
    return x if np.ndim(x0) else x[0]


class Quad(NamedTuple):
    y: Any
    abserr: float


def quad(func, a, b, args=(), **_):
    points = [raw(a), raw(b)]
    return Quad(Real(mpmath.quad(lambda t: raw(func(Real(t), *args)), points)), 0.0)


OPTIMIZE: dict[str, Any] = {
    "fsolve": system_root, "root": _root, "brentq": bracketed, "bisect": bracketed, "ridder": bracketed,
    "brenth": bracketed, "toms748": bracketed, "newton": newton, "minimize": _minimize,
    "minimize_scalar": _minimize_scalar, "root_scalar": _root_scalar, "least_squares": _least_squares,
    "fixed_point": _fixed_point,
}  # fmt: skip
INTEGRATE: dict[str, Any] = {
    "quad": quad,
    "trapezoid": np.trapezoid,
    "dblquad": lambda f, a, b, g, h, **_: Quad(
        Real(
            mpmath.quad(
                lambda x: mpmath.quad(
                    lambda y: raw(f(Real(y), Real(x))),
                    [raw(g(Real(x)) if callable(g) else g), raw(h(Real(x)) if callable(h) else h)],
                ),
                [raw(a), raw(b)],
            )
        ),
        0.0,
    ),
}
