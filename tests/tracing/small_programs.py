"""One-line programs in x, and what the tests compare them with: differences, and differences of gradients."""

from __future__ import annotations

import copy

import numpy as np
from following import WEIGHTS, assert_followed, flat, numbers

from gradcheck_tool import gradient, hessian
from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record

X = np.array([0.83, 1.31, 0.57, 2.72, 1.44, 0.66])
# What a program may use beside x: parts and shapes of it that depend on x, and constants.
PRELUDE = """
    A = x.reshape(2, 3)
    T = np.stack([A, A * A, np.sin(A)], axis=1)
    y = x[::-1] * 1.5 + 0.1
    s = x[1]
"""
CONSTANTS = {
    "c": np.array([0.4, -1.2, 0.9, 2.2, -0.3, 1.7]),
    "C": np.array([[0.4, -1.2, 0.9], [2.2, -0.3, 1.7]]),
    "m": np.array([True, False, True, True, False, True]),
    "M": np.array([[True, False, True], [False, True, True]]),
    "nan": np.nan,
}


MODULES: dict[str, object] = {}  # libraries a program may use


def program(text):
    """The function of x that `text` describes: an expression, or statements that end in a return."""
    body = text if "return " in text else f"return {text}"
    lines = "\n".join(f"    {line.strip()}" for line in body.split(";"))
    space = {"np": np, **{name: copy.copy(value) for name, value in CONSTANTS.items()}, **MODULES}
    exec(f"def f(x):{PRELUDE}{lines}\n", space)  # noqa: S102 - the texts are the tests
    return space["f"]


def assert_right(text, x=X, *, second=True):
    """Forward and reverse Jacobians, and the Hessian of a weighted sum of all results, are those of the program."""
    f = program(text)
    trace = assert_followed(f, x, rtol=2e-8)
    assert any(type(line) is int for line in trace.outputs), "nothing depends on x"
    if second:
        assert_second(f, x)


def assert_second(f, x):
    """The Hessian of a weighted sum of what f returns against differences of its gradient."""
    x = np.array(x, dtype=float)
    weights = np.cos(np.arange(flat(f(x)).size) + 1.0)

    def combined(v):
        total, start = 0.0, 0
        for part in numbers(f(v)):
            size = np.size(part)
            total = total + np.sum(np.tanh(part) * weights[start : start + size].reshape(np.shape(part)))
            start += size
        return total

    direction = np.array([0.61, -0.83, 0.29, 1.17, -0.53, 0.77])[: x.size]
    h = 1e-3
    along = sum(
        weight * (gradient(combined, x + step * h * direction) - gradient(combined, x - step * h * direction))
        for step, weight in WEIGHTS
    )
    found = hessian(combined, x)
    np.testing.assert_allclose(found, found.T, rtol=1e-9, atol=1e-9 * (1 + np.abs(found).max()))
    np.testing.assert_allclose(found @ direction, along / h, rtol=1e-7, atol=1e-7 * (1 + np.abs(found).max()))


def refused(text, x=X):
    """The refusal of a program that is not followed."""
    try:
        record(program(text), x)
    except CannotFollow as refusal:
        return refusal
    raise AssertionError(f"{text} was followed")
